"""autograder check: the proof that keys are right and tests are good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import (
    JobsOption,
    SandboxOption,
    StagesArgument,
    check_writable,
    cores,
    find_stages,
    make_console,
    mendable,
)


def check(
    stages: StagesArgument = None,
    json: Annotated[
        Path | None,
        typer.Option(
            "--json", metavar="FILE", help="Write what was found as JSON.", show_default=False
        ),
    ] = None,
    otter: Annotated[
        bool,
        typer.Option("--otter", help="Also grade everything with plain otter run, and compare."),
    ] = False,
    jobs: JobsOption = None,
    sandbox: SandboxOption = "auto",
) -> None:
    """Prove the stages: keys earn everything, starters nothing, mistakes lose marks.

    Exit status 1: something is not right, and is listed.

    Example: autograder check 01 --otter
    """
    from autograder.authoring.errors import AuthoringError
    from autograder.grading.batch import GradingError
    from autograder.grading.stage import StageError
    from autograder.proof.check import check_stages, write_json
    from autograder.report.progress import steps
    from autograder.report.proof_table import print_findings
    from autograder.sandbox import SandboxUnavailable, TemplateError, choose

    check_writable("--json", json)
    root, names = find_stages(stages)
    console = make_console()
    with (
        mendable(AuthoringError, StageError, status=1),
        mendable(SandboxUnavailable, TemplateError, GradingError),
        steps(console) as on_progress,
    ):
        findings = check_stages(
            root,
            names,
            jobs=jobs or cores(),
            sandbox=choose(sandbox),
            otter=otter,
            on_progress=on_progress,
        )
    print_findings(console, findings)
    if json is not None:
        write_json(findings, json)
    raise typer.Exit(0 if findings.ok else 1)
