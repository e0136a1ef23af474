"""What is said after a run: the table, what went wrong, what changed, who is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from autograder.gradebook.changes import Change
from autograder.gradebook.run import ClassRun
from autograder.grading.results import CaseResult, QuestionResult, SubmissionResult
from autograder.grading.roster import Roster
from autograder.report.tables import class_table, shown_path
from autograder.report.text import count, number, one_line, plain

_LISTED = 12


def class_summary(
    run: ClassRun, ignored: Sequence[str] = (), roster: Roster | None = None
) -> list[RenderableType]:
    """Return what to print after a run, in order.

    Parameters
    ----------
    run : ClassRun
    ignored : sequence of str
        Files that were found and are no notebooks.
    roster : Roster, optional
        Tells who has not handed in.
    """
    shown: list[RenderableType] = [
        "",
        class_table(run.results, skipped=run.skipped, instead=run.instead),
        "",
        average(run.results, run.instead),
    ]
    if named := mistakes(run.results, run.instead):
        shown += ["", named]
    if stopped := happenings(run.results):
        shown += [Text("\nNot graded in full:", style="bold"), *stopped]
    if run.regraded:
        head = f"\nThe stage changed: {count(run.regraded, 'submission')} graded again, "
        head += f"{len(run.changes) or 'none'} with another result. The old grades are kept."
        shown += [Text(head, style="bold"), *change_lines(run.changes)]
    return shown + _loose_ends(run, ignored, roster)


def _loose_ends(
    run: ClassRun, ignored: Sequence[str], roster: Roster | None
) -> list[RenderableType]:
    shown: list[RenderableType] = []
    students = {result.student for result in run.results}
    if roster is not None:
        missing = [one for one in roster.students if one not in students]
        strangers = sorted(students - set(roster.students))
        if missing:
            shown.append(f"Not handed in, {len(missing)} of the roster: {_listed(missing)}")
        if strangers:
            shown.append(f"Not on the roster: {_listed(strangers)}")
    elif run.stage.id in students and run.instead:
        shown.append(
            f"Several files are called {run.stage.id}, so they pass for one student's. "
            "Give the class list with --roster to tell them apart."
        )
    if ignored:
        shown.append(f"Passed over, {count(len(ignored), 'file')} of other kinds: {_few(ignored)}")
    return [Text(f"\n{line}") for line in shown]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(shown_path(name) for name in names)


def _few(names: Sequence[str]) -> str:
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return _listed(names[:_LISTED]) + more


def average(results: Sequence[SubmissionResult], instead: Mapping[str, str]) -> str:
    """Return how many handed in, and their mean score, counting each student once."""
    scores = [one.score for one in results if one.submission not in instead]
    students = len({one.student for one in results})
    head = f"{count(len(results), 'submission')} by {count(students, 'student')}"
    if not scores:
        return head
    mean, possible = sum(scores) / len(scores), max(one.possible for one in results)
    return f"{head}; mean {number(round(mean, 1))} of {number(possible)}"


def mistakes(
    results: Sequence[SubmissionResult], instead: Mapping[str, str]
) -> RenderableType | None:
    """Return a table of the mistakes that were named, the most frequent first; None without any."""
    found = Counter(
        (question.name, case.diagnosis.id, case.diagnosis.advice)
        for one in results
        if one.submission not in instead
        for question in one.questions
        for case in _first_named(question)
        if case.diagnosis
    )
    if not found:
        return None
    table = Table(box=None, pad_edge=False, title="Mistakes that were named", title_justify="left")
    table.add_column("question")
    table.add_column("students", justify="right")
    table.add_column("mistake")
    table.add_column("what they are told")
    ranked = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    for (question, name, advice), times in ranked[:_LISTED]:
        table.add_row(*map(Text, (one_line(question), str(times), one_line(name), plain(advice))))
    if len(ranked) > _LISTED:
        table.caption = f"and {len(ranked) - _LISTED} more"
    return table


def _first_named(question: QuestionResult) -> list[CaseResult]:
    """Return one case with a diagnosis, where there is one: all of them have the same."""
    return [case for case in question.cases if case.diagnosis][:1]


def happenings(results: Sequence[SubmissionResult]) -> list[RenderableType]:
    """Return what kept submissions from being graded in full, one paragraph each."""
    shown: list[RenderableType] = []
    for result in sorted(results, key=lambda one: one.submission):
        if result.status != "graded":
            shown.append(Text(f"{shown_path(result.submission)}: {result.status}", style="bold"))
            shown.append(
                Padding(
                    Text(plain(result.message) or "no more is known"), (0, 0, 0, 2), expand=False
                )
            )
    return shown


def change_lines(changes: Sequence[Change]) -> list[RenderableType]:
    """Return who has another grade since the stage changed, with the cases that made it so."""
    shown: list[RenderableType] = []
    for change in changes:
        old, new = change.before, change.after
        line = (
            f"{one_line(new.student)}: {number(old.score)}/{number(old.possible)} → "
            f"{number(new.score)}/{number(new.possible)}  ({shown_path(new.submission)})"
        )
        shown.append(Text(line, style="bold"))
        shown += [
            Padding(Text(one_line(reason)), (0, 0, 0, 2), expand=False) for reason in change.reasons
        ]
    return shown
