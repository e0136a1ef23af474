"""autograder grades: the gradebook for other programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from autograder.cli.common import (
    GradebookOption,
    check_writable,
    course_stages,
    mendable,
    read_gradebook,
    write_text,
)


def grades(
    format: Annotated[
        Literal["csv", "json"], typer.Option("--format", help="What to write.")
    ] = "csv",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", metavar="FILE", help="Write to this file, not to stdout.", show_default=False
        ),
    ] = None,
    gradebook: GradebookOption = None,
) -> None:
    """List the grades that count: one row a student, one column a stage.

    Example: autograder grades --format csv --out grades.csv
    """
    from autograder.gradebook.book import GradebookError
    from autograder.report.exports import grades_csv, grades_json
    from autograder.report.text import plain

    check_writable("--out", out)
    book = read_gradebook(gradebook)
    with mendable(GradebookError):
        found = book.current_grades()
        stages = list(dict.fromkeys([*course_stages(), *book.stages()]))
    text = grades_csv(found, stages) if format == "csv" else grades_json(found, stages)
    if out is None and sys.stdout.isatty():
        text = plain(text)
    write_text(out or Path("-"), text)
