"""autograder validate: what a student runs before submitting."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import (
    SandboxOption,
    fail,
    find_stages,
    make_console,
    mendable,
)

if TYPE_CHECKING:
    from autograder.grading.find import Submission


def validate(
    notebook: Annotated[
        Path,
        typer.Argument(metavar="NOTEBOOK", help="The notebook to look at.", show_default=False),
    ],
    stage: Annotated[
        str | None,
        typer.Option(
            "--stage",
            metavar="STAGE",
            help="Which stage it is, where its name and text do not say.",
            show_default=False,
        ),
    ] = None,
    sandbox: SandboxOption = "auto",
) -> None:
    """Run a notebook's public checks from top to bottom, as grading will.

    Hidden checks run when you submit. Exit status 1: a public check fails.

    Example: autograder validate 01_logic_gates.ipynb
    """
    from autograder.authoring.errors import AuthoringError
    from autograder.authoring.public import write_public_stage
    from autograder.grading.batch import GradingError, grade_all
    from autograder.grading.find import FindError, find_submissions
    from autograder.grading.stage import StageError
    from autograder.report.validation import print_validation
    from autograder.sandbox import SandboxUnavailable, TemplateError, choose

    root, stages = find_stages([stage] if stage else None)
    with (
        mendable(AuthoringError, StageError, FindError, SandboxUnavailable),
        mendable(GradingError, TemplateError),
        tempfile.TemporaryDirectory(prefix="autograder-") as scratch,
    ):
        if notebook.suffix.lower() != ".ipynb":
            raise FindError(f"{notebook}: is no notebook (.ipynb). Give one.")
        (submission,) = find_submissions([notebook])
        stage_id = stages[0] if stage else _recognize(submission, stages)
        folder, driver = Path(scratch) / stage_id, choose(sandbox)
        public = write_public_stage(root, stage_id, folder)
        (result,) = grade_all(
            folder,
            [submission],
            jobs=1,
            sandbox=driver,
            on_result=lambda _: None,
            public_only=True,
        )
    raise typer.Exit(0 if print_validation(make_console(), public, result) else 1)


def _recognize(submission: Submission, stages: list[str]) -> str:
    """Return the stage of a notebook: by its file's name, else by what its text calls the file."""
    name = Path(submission.path).stem.casefold()
    text = submission.content.decode("utf-8", "replace")
    for found in (
        [one for one in stages if one.casefold() in name],
        [one for one in stages if re.search(rf"\b{re.escape(one)}\.ipynb\b", text)],
        [one for one in stages if re.match(rf"{one[:2]}(?!\d)", name)],
    ):
        if len(found) == 1:
            return found[0]
    fail(
        f"{submission.path}: neither its name nor its text says which stage it is. "
        f"Add --stage with one of: {', '.join(stages)}."
    )
