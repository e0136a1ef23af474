"""Which catalogued mistake explains a failed question: compare transcripts.

The tests drew the same numbers for the student as for each mistake, on the same machine. Where a
mistake was made, the student's code answered as the mistake does, call by call, wrong values
included.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from autograder.grading.diagnosis.compare import same
from autograder.grading.diagnosis.properties import argument_changed, difference
from autograder.grading.transcript import Entry, Seen, read
from autograder.wire.errors import ProtocolError

# A mistake written another way rounds another way; two mistakes may differ in little more.
_TOLERANCES = (1e-12, 1e-6)

Cases = Mapping[str, Sequence[Entry]]


def diagnose(
    passed: Mapping[str, bool],
    cases: Cases,
    key: Cases,
    mistakes: Mapping[str, tuple[Mapping[str, bool], Cases]],
) -> str | None:
    """Return the id of the one mistake that answers as the student's code does, else None.

    Parameters
    ----------
    passed : mapping of str to bool
        Whether each of the question's cases passed.
    cases, key : mapping of str to sequence of Entry
        The transcripts of the student's code and of the key, by case.
    mistakes : mapping of str to (passed, cases)
        The same of each catalogued mistake of this question.
    """
    student, right = _read_all(cases), _read_all(key)
    if student is None or right is None:
        return None
    candidates = {}
    for name, (pattern, transcripts) in mistakes.items():
        wrong = _read_all(transcripts) if pattern == passed else None
        if wrong is not None:
            candidates[name] = wrong
    failed = [case for case, ok in passed.items() if not ok]
    for tolerance in _TOLERANCES:
        found = [
            name
            for name, wrong in candidates.items()
            if _matches(failed, student, wrong, right, tolerance)
        ]
        if found:
            return found[0] if len(found) == 1 else None
    return None


def differing_property(
    case: Sequence[Entry], key: Sequence[Entry], several_answers: bool = False
) -> str:
    """Return a sentence on how the first wrong answer differs from the key's, or an empty text.

    Where there are several right answers, only what is wrong whatever the answer is told.
    """
    try:
        pairs = [(read(a), read(b)) for a, b in zip(case, key, strict=False)]
    except ProtocolError:
        return ""
    directions = set()
    for mine, right in pairs:
        if mine.target != right.target or mine.outcome != "returned":
            return ""
        if right.outcome != "returned":
            return ""
        for position, (left, wanted) in enumerate(zip(mine.left, right.left, strict=False)):
            if not same(left, wanted, _TOLERANCES[-1]):
                return argument_changed(position)
        if several_answers and mine.result is not None:
            continue
        if not same(mine.result, right.result, 1e-9):
            said = difference(mine.result, right.result, _sizes(mine))
            if said or not _are_numbers(mine.result, right.result):
                return said
            directions.add(bool(mine.result > right.result))
    if len(directions) == 1:
        return f"The result is too {'large' if directions.pop() else 'small'} each time."
    return ""


def _are_numbers(*values: object) -> bool:
    return all(isinstance(value, int | float) and value == value for value in values)


def _sizes(seen: Seen) -> list[int]:
    """Return the sizes of array arguments: what a sum may stand in for a mean over."""
    arguments = (*seen.args, *seen.kwargs.values())
    arrays = [one for one in arguments if isinstance(one, np.ndarray)]
    return [size for one in arrays for size in (*one.shape, one.size)]


def _read_all(cases: Cases) -> dict[str, list[Seen]] | None:
    try:
        return {name: [read(entry) for entry in entries] for name, entries in cases.items()}
    except ProtocolError:
        return None


def _matches(
    failed: Sequence[str],
    student: Mapping[str, Sequence[Seen]],
    wrong: Mapping[str, Sequence[Seen]],
    right: Mapping[str, Sequence[Seen]],
    tolerance: float,
) -> bool:
    """Whether all exchanges of the failed cases agree, and one of them tells something."""
    telling = False
    for case in failed:
        pairs = zip(student.get(case, ()), wrong.get(case, ()), strict=False)
        for index, (mine, theirs) in enumerate(pairs):
            if not _agree(mine, theirs, tolerance):
                return False
            others = right.get(case, ())
            if index < len(others) and not telling:
                telling = _tells(mine) and not _agree(mine, others[index], tolerance)
    return telling


def _agree(one: Seen, other: Seen, tolerance: float) -> bool:
    if (one.target, one.outcome, set(one.warned)) != (
        other.target,
        other.outcome,
        set(other.warned),
    ):
        return False
    if one.outcome == "raised":
        return bool(one.result[:1] == other.result[:1])
    return same(one.result, other.result, tolerance) and same(one.left, other.left, tolerance)


def _tells(seen: Seen) -> bool:
    """Whether an exchange says more than None or the type of an exception."""
    return (seen.outcome == "returned" and seen.result is not None) or bool(seen.warned)
