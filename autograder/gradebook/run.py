"""One grading run: skip what has its grade, keep each new grade at once, say what changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from autograder.gradebook.book import Gradebook
from autograder.gradebook.changes import Change, compare
from autograder.grading.find import Submission
from autograder.grading.results import SubmissionResult
from autograder.grading.stage import Stage


@dataclass(frozen=True)
class Plan:
    """What a run will do: ``done`` has its grade already, by path; ``todo`` is to be graded."""

    stage: Stage
    submissions: tuple[Submission, ...]
    done: dict[str, SubmissionResult]
    todo: tuple[Submission, ...]


@dataclass(frozen=True)
class ClassRun:
    """What a run found.

    Attributes
    ----------
    stage : Stage
    results : tuple of SubmissionResult
        Sorted by path; those that were graded before are here too.
    skipped : frozenset of str
        The paths of the latter.
    instead : dict of str to str
        Path of a submission that does not count, to the path of the one that does.
    changes : tuple of Change
        Regrades of the same bytes by another version of the stage that came out otherwise.
    regraded : int
        How many regrades there were.
    """

    stage: Stage
    results: tuple[SubmissionResult, ...]
    skipped: frozenset[str] = frozenset()
    instead: dict[str, str] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    regraded: int = 0


def make_plan(book: Gradebook, stage: Stage, submissions: Sequence[Submission]) -> Plan:
    """Return which submissions have a grade by these very tests and which have none."""
    done = {}
    for one in submissions:
        found = book.already_graded(stage.id, stage.version, one.sha256, one.student, one.path)
        # What could not be read has no bytes to be known by.
        if found is not None and not one.problem:
            done[one.path] = found
    todo = tuple(one for one in submissions if one.path not in done)
    return Plan(stage, tuple(submissions), done, todo)


def run_plan(
    book: Gradebook,
    plan: Plan,
    stage_dir: Path,
    *,
    jobs: int,
    sandbox: str,
    absent: tuple[Path, ...] = (),
    show: Callable[[SubmissionResult], None],
) -> ClassRun:
    """Grade what is to do. Each grade is in the book before it is shown.

    ``absent`` is what must not be seen from inside the sandbox, besides the gradebook.
    Interrupted at any point, the grades shown are kept, and the same call does the rest.
    """
    from autograder.grading.batch import grade_all

    stage = plan.stage
    when = {one.path: one.when for one in plan.submissions}
    for path, result in plan.done.items():
        book.seen_again(result, when[path])
    older = {
        (grade.result.student, grade.result.sha256): grade.result
        for grade in book.of_stage(stage.id)
        if grade.stage_version != stage.version
    }
    graded: dict[str, SubmissionResult] = {}

    def keep(result: SubmissionResult) -> None:
        result = storable(result)
        path, sha256, student = result.submission, result.sha256, result.student
        new = book.record(result, stage.version, when[path])
        if not new and result.status != "unreadable":
            result = book.already_graded(stage.id, stage.version, sha256, student, path) or result
        graded[result.submission] = result
        show(result)

    if plan.todo:
        absent = (*absent, book.path.resolve())
        grade_all(stage_dir, plan.todo, jobs=jobs, sandbox=sandbox, on_result=keep, absent=absent)
    results = {**plan.done, **graded}
    before = {path: older.get((one.student, one.sha256)) for path, one in graded.items()}
    pairs = [(old, graded[path]) for path, old in sorted(before.items()) if old is not None]
    changes = [change for old, new in pairs if (change := compare(old, new)) is not None]
    return ClassRun(
        stage,
        tuple(results[path] for path in sorted(results)),
        frozenset(plan.done),
        _instead(book, stage.id, results, when),
        tuple(changes),
        len(pairs),
    )


def storable(result: SubmissionResult) -> SubmissionResult:
    """Return the result with nothing in its texts that UTF-8 cannot hold.

    A student's message may hold half a character; it must not cost the student the grade.
    """
    try:
        msgspec.json.encode(result)
    except UnicodeEncodeError:
        return msgspec.convert(_mended(msgspec.to_builtins(result)), SubmissionResult)
    return result


def _mended(value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _mended(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(item) for item in value]
    return value


def _instead(
    book: Gradebook, stage: str, results: dict[str, SubmissionResult], when: dict[str, float]
) -> dict[str, str]:
    """Return, for each path that does not count, the one that does."""
    current = {grade.result.student: grade.result for grade in book.current_grades(stage)}
    last: dict[tuple[str, str], str] = {}
    for path in sorted(results, key=lambda path: (when[path], path)):
        last[results[path].student, results[path].sha256] = path
    instead = {}
    for path, result in results.items():
        counts = current[result.student]
        chosen = last.get((counts.student, counts.sha256), counts.submission)
        if chosen != path:
            instead[path] = chosen
    return instead
