"""A class on the terminal: one row a submission, the points of each question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from autograder.grading.results import QuestionResult, SubmissionResult
from autograder.report.text import number, one_line

# A zip may hold names of any length.
_PATH_WIDTH = 200


def class_table(
    results: Sequence[SubmissionResult],
    *,
    skipped: Iterable[str] = (),
    instead: Mapping[str, str] | None = None,
) -> Table:
    """Return one row a submission, sorted by path, with each question's points.

    Parameters
    ----------
    results : sequence of SubmissionResult
        Of one stage.
    skipped : iterable of str
        Paths whose grade was there before.
    instead : mapping of str to str, optional
        Path of a submission that does not count, to the path of the one that does.
    """
    questions: dict[str, str] = {}
    for result in results:
        for question in result.questions:
            top = f"{'+' if question.extra else '/'}{number(question.possible)}"
            questions[question.name] = top
    base = common_folder([result.submission for result in results])
    table = Table(box=None, pad_edge=False, header_style="bold", collapse_padding=True)
    table.add_column("file", overflow="fold", min_width=10)
    table.add_column("student", overflow="fold", min_width=7)
    table.add_column("score", justify="right", no_wrap=True)
    for name, top in questions.items():
        table.add_column(f"{one_line(name, 6)}\n{top}", justify="right", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("note", overflow="fold")
    before, others = set(skipped), instead or {}
    for result in sorted(results, key=lambda one: one.submission):
        scores = {question.name: question for question in result.questions}
        table.add_row(
            Text(shown_path(result.submission, base)),
            Text(one_line(result.student, 40)),
            points(result.score, result.possible, of=True),
            *(_cell(scores.get(name)) for name in questions),
            Text(result.status, style="" if result.status == "graded" else "bold red"),
            Text(_note(result, base, before, others), style="dim"),
        )
    return table


def result_line(result: SubmissionResult) -> str:
    """Return a result on one line, for where no table can grow."""
    line = (
        f"{shown_path(result.submission)}  {number(result.score)}/{number(result.possible)}"
        f"  {result.status}"
    )
    return line if result.status == "graded" else f"{line}: {one_line(result.message, 160)}"


def shown_path(path: str, base: str = "") -> str:
    """Return a submission's path on one line, without the folders that need not be said."""
    return one_line(path.removeprefix(base), _PATH_WIDTH)


def _note(
    result: SubmissionResult, base: str, skipped: set[str], instead: Mapping[str, str]
) -> str:
    notes = []
    if result.submission in instead:
        notes.append(f"{shown_path(instead[result.submission], base)} counts")
    elif result.submission in instead.values():
        notes.append("counts")
    if result.submission in skipped:
        notes.append("graded before")
    return ", ".join(notes)


def _cell(question: QuestionResult | None) -> Text:
    if question is None:
        return Text("-", style="dim")
    return points(question.score, question.possible)


def points(score: float, possible: float, *, of: bool = False) -> Text:
    """Return a score, green when full and red when nothing; with ``of``, also what was possible."""
    style = "green" if score >= possible else "red" if score <= 0 else "yellow"
    tail = f"/{number(possible)}" if of else ""
    return Text(f"{number(score)}{tail}", style=style)


def common_folder(paths: Sequence[str]) -> str:
    """Return the folders that all paths begin with, and that need not be said in each row."""
    folders = [path.split("/")[:-1] for path in paths]
    shared = []
    for parts in zip(*folders, strict=False):
        if len(set(parts)) > 1:
            break
        shared.append(parts[0])
    return "/".join([*shared, ""]) if shared else ""
