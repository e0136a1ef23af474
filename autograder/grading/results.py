"""The records that grading makes; ``grade --json`` writes them as they stand."""

from __future__ import annotations

from typing import Literal

import msgspec

Status = Literal["graded", "unreadable", "timeout", "memory", "disk", "crashed"]


class Diagnosis(msgspec.Struct, frozen=True):
    """A catalogued mistake that explains a failed case."""

    id: str
    advice: str


class CaseResult(msgspec.Struct, frozen=True):
    """What one test case found.

    ``message`` is for the instructor and may quote hidden tests and student text.
    ``feedback`` is the sentence composed for the student: it never shows a hidden value.
    Both are empty for a passed case.
    """

    name: str
    hidden: bool
    points: float
    passed: bool
    message: str = ""
    feedback: str = ""
    diagnosis: Diagnosis | None = None


class QuestionResult(msgspec.Struct, frozen=True):
    """One question's score and the cases behind it, public and hidden, in the test file's order.

    The points of an ``extra`` one count in the submission's score and not in what is possible.
    """

    name: str
    score: float
    possible: float
    cases: tuple[CaseResult, ...] = ()
    extra: bool = False

    @property
    def full(self) -> bool:
        """Whether it earned all it can."""
        return self.score >= self.possible


class SubmissionResult(msgspec.Struct, frozen=True):
    """One submission's grade.

    ``status`` is ``graded`` when every cell and test ran to its end (right or wrong); another
    value names the worst thing that happened. ``message`` says what happened, for the instructor
    and the student. ``score`` counts in every status: a hang in question 4 costs question 4 only.
    Points of extra questions are in ``score`` only, which may so be above ``possible``.
    """

    submission: str
    sha256: str
    student: str
    stage: str
    status: Status
    score: float
    possible: float
    message: str = ""
    seconds: float = 0.0
    questions: tuple[QuestionResult, ...] = ()
