"""The check's findings on the terminal: one line a question, and what is not right."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.proof.findings import Findings, QuestionFinding, StageFinding

_COLUMNS = (
    "points",
    "key",
    "starter",
    "mistakes",
    "alternatives",
    "mutants",
    "memorizer",
    "cheats",
    "seeds",
)


def print_findings(console: Console, findings: Findings) -> None:
    """Print a table of all questions, then each problem with what to do about it."""
    for stage in findings.stages:
        table = Table(box=None, pad_edge=False)
        table.add_column(stage.id)
        for heading in _COLUMNS:
            table.add_column(heading, justify="right")
        table.add_column("")
        for question in stage.questions:
            table.add_row(*_row(question))
        console.print(table)
        _print_stage(console, stage)


def _row(question: QuestionFinding) -> list[Text]:
    mutants = question.mutants
    cells = [
        question.name,
        f"{question.points:g}",
        f"{question.key:g}",
        f"{question.starter:g}",
        f"{question.named}/{len(question.mistakes)}",
        f"{question.accepted}/{len(question.alternatives)}",
        f"{mutants.killed}/{mutants.to_kill}",
        f"{question.memorizer:g}",
        str(len(question.cheats)),
        f"{question.seeds}/20",
    ]
    problems = any(True for _ in question.problems())
    mark = Text("not right", style="red") if problems else Text("ok", style="green")
    return [*(Text(cell) for cell in cells), mark]


def _print_stage(console: Console, stage: StageFinding) -> None:
    problems = stage.problems()
    extra = "" if stage.otter is None else ", otter run agrees" * (not stage.otter)
    verdict = f"{len(problems)} problems" if problems else f"all right{extra}"
    if stage.replay:
        replay = stage.replay
        verdict += (
            f"; replayed {replay.notebooks} notebooks: {replay.rejected}/{replay.wrong} wrong "
            f"answers rejected, {replay.advised} of them named, "
            f"{replay.accepted}/{replay.right} right ones accepted"
        )
    spent = "unchanged" if stage.unchanged else f"{stage.seconds:.0f} s"
    console.print(Text(f"{stage.id}: {verdict} ({spent})"))
    for problem in problems:
        console.print(Text(f"  {problem}", style="red"))
    if problems:
        for failure in stage.failures[:20]:
            console.print(Text(f"  {failure}", style="dim"))
