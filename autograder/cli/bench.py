"""autograder bench: how fast, beside otter run and the floor."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.common import (
    SandboxOption,
    StagesArgument,
    check_writable,
    find_stages,
    make_console,
    mendable,
)


def bench(
    stages: StagesArgument = None,
    json: Annotated[
        Path | None,
        typer.Option(
            "--json", metavar="FILE", help="Write the numbers as JSON.", show_default=False
        ),
    ] = None,
    sandbox: SandboxOption = "auto",
) -> None:
    """Measure grading beside otter run and a bare fork, on this machine.

    Grades 50 right submissions a stage, one after the other. The stages must be built.

    Example: autograder bench 01
    """
    import msgspec

    from autograder.bench.measure import Bench, measure
    from autograder.grading.batch import GradingError
    from autograder.grading.stage import StageError
    from autograder.report.bench_table import print_bench
    from autograder.report.progress import steps
    from autograder.sandbox import SandboxUnavailable, TemplateError, choose

    check_writable("--json", json)
    root, names = find_stages(stages)
    console = make_console()
    with (
        mendable(StageError, SandboxUnavailable, TemplateError, GradingError),
        steps(console) as on_progress,
    ):
        driver = choose(sandbox)
        found = Bench(tuple(measure(root, name, driver, on_progress) for name in names))
    print_bench(console, found)
    if json is not None:
        json.write_bytes(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
