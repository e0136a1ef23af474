"""The check's findings on the terminal: one line a question, and what is not right."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.proof.findings import Findings, QuestionFinding, StageFinding


def print_findings(console: Console, findings: Findings) -> None:
    """Print a table of all questions, then each problem with what to do about it."""
    table = Table(box=None, pad_edge=False)
    for heading in ("stage", "question"):
        table.add_column(heading)
    for heading in ("points", "key", "starter", "mistakes lose", "alternatives pass"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for stage in findings.stages:
        for question in stage.questions:
            table.add_row(stage.id, *_row(question))
    console.print(table)
    for stage in findings.stages:
        _print_stage(console, stage)


def _row(question: QuestionFinding) -> list[Text]:
    good_mistakes = sum(m.score < question.points and not m.spills for m in question.mistakes)
    good_others = sum(a.score >= question.points and not a.spills for a in question.alternatives)
    cells = [
        question.name,
        f"{question.points:g}",
        f"{question.key:g}",
        f"{question.starter:g}",
        f"{good_mistakes}/{len(question.mistakes)}",
        f"{good_others}/{len(question.alternatives)}",
    ]
    problems = any(True for _ in question.problems())
    mark = Text("not right", style="red") if problems else Text("ok", style="green")
    return [*(Text(cell) for cell in cells), mark]


def _print_stage(console: Console, stage: StageFinding) -> None:
    problems = stage.problems()
    extra = "" if stage.otter is None else ", otter run agrees" * (not stage.otter)
    verdict = f"{len(problems)} problems" if problems else f"all right{extra}"
    console.print(Text(f"{stage.id}: {verdict} ({stage.seconds:.0f} s)"))
    for problem in problems:
        console.print(Text(f"  {problem}", style="red"))
    if problems:
        for failure in stage.failures[:20]:
            console.print(Text(f"  {failure}", style="dim"))
