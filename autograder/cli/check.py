"""autograder check: the proof that keys are right and tests are good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.proof.findings import Findings


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
    replay: Annotated[
        Path | None,
        typer.Option(
            "--replay",
            metavar="FOLDER",
            help="Grade the notebooks there, whose wrong questions its replay.toml states, in "
            "place of the stage's own. Name one stage.",
            show_default=False,
        ),
    ] = None,
    fresh: Annotated[
        bool,
        typer.Option("--fresh", help="Check again what was right and has not changed since."),
    ] = False,
    frozen: Annotated[
        bool,
        typer.Option("--frozen", help="Fail where docs/quality.md would change; write nothing."),
    ] = False,
    jobs: JobsOption = None,
    sandbox: SandboxOption = "auto",
) -> None:
    """Prove the stages: the tests accept every right answer and reject every wrong one.

    Tries the key, the starter, each mistake and alternative, machine-made changes of the key,
    cheats, and other random numbers; writes docs/quality.md when all is right.

    Exit status 1: something is not right, and is listed.

    Example: autograder check 01
    """
    check_writable("--json", json)
    root, names = find_stages(stages)
    from autograder.authoring.errors import AuthoringError
    from autograder.grading.batch import GradingError
    from autograder.grading.stage import StageError
    from autograder.proof.check import check_stages, write_json
    from autograder.proof.replays import FILE
    from autograder.report.progress import steps
    from autograder.report.proof_table import print_findings
    from autograder.sandbox import SandboxUnavailable, TemplateError, choose

    if replay is not None and (len(names) != 1 or not (replay / FILE).is_file()):
        raise typer.BadParameter(
            f"{replay} has no {FILE}" if len(names) == 1 else "name one stage",
            param_hint="--replay",
        )
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
            replays=replay,
            fresh=fresh,
            on_progress=on_progress,
        )
    print_findings(console, findings)
    if json is not None:
        write_json(findings, json)
    good = findings.ok
    if good and replay is None:
        good = _keep_quality(console, root, findings, frozen)
    raise typer.Exit(0 if good else 1)


def _keep_quality(console: Console, root: Path, findings: Findings, frozen: bool) -> bool:
    """Write docs/quality.md anew where it has changed; return False where that must not be."""
    from autograder.course import load_course
    from autograder.report.quality import PLACE, fallen, update

    old, new = update(root, findings.stages, list(load_course(root).stages))
    if lower := fallen(old, new):
        for line in lower:
            console.print(line, style="red", markup=False, highlight=False)
        return False
    if old == new:
        return True
    if frozen:
        console.print(f"{PLACE} is stale. Run: autograder check", style="red")
        return False
    (root / PLACE).parent.mkdir(exist_ok=True)
    (root / PLACE).write_text(new, encoding="utf-8")
    console.print(f"wrote {PLACE}")
    return True
