"""One grade on the terminal: the cases behind it, and the grades before it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from autograder.gradebook.book import Grade
from autograder.grading.results import CaseResult
from autograder.report.feedback import tally
from autograder.report.tables import points, shown_path
from autograder.report.text import number, one_line, plain


def print_grade(console: Console, grades: Sequence[Grade]) -> None:
    """Print the cases behind the current grade, and the grades before or beside it."""
    current = next((grade for grade in grades if grade.current), grades[0])
    result = current.result
    total = points(result.score, result.possible, of=True)
    console.print(Text.assemble((f"{one_line(result.student)}  {result.stage}  ", "bold"), total))
    console.print(
        Text(
            f"{shown_path(result.submission)}, {result.status}, handed in "
            f"{_utc(current.submitted_at)}, graded {_utc(current.graded_at)}, "
            f"tests {current.stage_version[:12]}"
        )
    )
    if result.message:
        console.print(Padding(Text(plain(result.message)), (0, 0, 0, 2), expand=False))
    for question in result.questions if result.status != "unreadable" else ():
        console.print()
        earned = points(question.score, question.possible, of=True)
        name = (f"{one_line(question.name)}  ", "bold")
        console.print(Text.assemble(name, earned, f"  {tally(question)}"))
        for case in question.cases:
            _print_case(console, case)
    older = [grade for grade in grades if grade is not current]
    if older:
        console.print(Text("\nOther grades, the newest first:", style="bold"))
        for grade in older:
            one = grade.result
            console.print(
                Text(
                    f"  {_utc(grade.graded_at)}  {number(one.score)}/{number(one.possible)}  "
                    f"{one.status}  tests {grade.stage_version[:12]}  "
                    f"{shown_path(one.submission)}"
                )
            )


def _print_case(console: Console, case: CaseResult) -> None:
    mark = Text("  ✓ ", style="green") if case.passed else Text("  ✗ ", style="red")
    kind = "hidden" if case.hidden else "public"
    earned = f"{number(case.points if case.passed else 0)}/{number(case.points)}"
    console.print(mark + Text(f"{kind} {earned:<5} ", style="dim") + Text(one_line(case.name)))
    details = []
    if case.message:
        details.append(("", plain(case.message)))
    if case.feedback:
        details.append(("the student reads: ", plain(case.feedback)))
    if case.diagnosis:
        details.append((f"mistake {one_line(case.diagnosis.id)}: ", plain(case.diagnosis.advice)))
    for label, text in details:
        console.print(Padding(Text.assemble((label, "dim"), text), (0, 0, 0, 6), expand=False))


def _utc(when: float | str) -> str:
    """Return a moment as the gradebook keeps it, in words that say its zone."""
    if not when:
        return "at an unknown time"
    if isinstance(when, str):
        moment = datetime.datetime.fromisoformat(when)
    else:
        moment = datetime.datetime.fromtimestamp(when, datetime.UTC)
    return f"{moment:%Y-%m-%d %H:%M} UTC"
