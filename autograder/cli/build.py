"""autograder build: what instructors write becomes what students get."""

from __future__ import annotations

from typing import Annotated

import typer

from autograder.cli.common import StagesArgument, find_stages, mendable


def build(
    stages: StagesArgument = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Write nothing; exit with 1 if assignments/ is out of date."),
    ] = False,
) -> None:
    """Build stages: solutions/ becomes assignments/ (for students) and dist/ (for grading).

    Example: autograder build 01
    """
    from autograder.authoring.build import build_stage, stale
    from autograder.authoring.errors import AuthoringError

    root, names = find_stages(stages)
    right = True
    for name in names:
        with mendable(AuthoringError, status=1):
            if check:
                messages = list(stale(root, name))
                right = right and not messages
                typer.echo(f"{name}: {'out of date' if messages else 'up to date'}")
            else:
                report = build_stage(root, name)
                count = len(report.changed)
                files = "file" if count == 1 else "files"
                changed = f"{count} {files} written" if count else "unchanged"
                typer.echo(f"{name}: {changed}, {report.words:,} words")
                messages = list(report.messages)
        for message in messages:
            typer.echo(f"  {message}")
    if not right:
        raise typer.Exit(1)
