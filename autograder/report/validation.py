"""What `autograder validate` says: the public checks, and that hidden ones are still to come."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from autograder.grading.results import QuestionResult, SubmissionResult
from autograder.grading.stage import Question, Stage
from autograder.report.text import count, one_line, plain


def print_validation(console: Console, stage: Stage, result: SubmissionResult) -> bool:
    """Print the public checks of each question; return whether all of them passed."""
    console.print(Text(f"{stage.title} ({stage.id})", style="bold"))
    if result.message:
        console.print(Padding(Text(plain(result.message)), (0, 0, 0, 2), expand=False))
    found = {question.name: question for question in result.questions}
    right = result.status == "graded"
    for question in stage.questions if result.status != "unreadable" else ():
        right = _print_question(console, question, found.get(question.name)) and right
    if result.status == "unreadable":
        return False
    if right:
        console.print("\nThe public checks pass. Save the notebook and hand it in.")
    else:
        console.print("\nNot every public check passes. You may hand in what you have.")
    return right


def _print_question(console: Console, question: Question, result: QuestionResult | None) -> bool:
    cases = [case for case in result.cases if not case.hidden] if result else []
    public = sum(not case.hidden for case in question.cases)
    hidden = len(question.cases) - public
    passed = sum(case.passed for case in cases)
    parts = []
    if public:
        parts.append(f"{passed} of {count(public, 'public check')} passed")
    if hidden:
        what = ("hidden one" if public else "hidden check") + ("" if hidden == 1 else "s")
        parts.append(f"{hidden} {what} {'runs' if hidden == 1 else 'run'} when you submit")
    style = "green" if passed == public else "red"
    console.print(Text(f"{question.name}: {'; '.join(parts)}.", style=style))
    for case in cases:
        if not case.passed:
            console.print(Padding(Text(f"✗ {one_line(case.name)}"), (0, 0, 0, 2), expand=False))
            # Nothing here is hidden, and the notebook is the reader's own.
            said = case.feedback or case.message
            if said:
                console.print(Padding(Text(plain(said)), (0, 0, 0, 4), expand=False))
    return passed == public
