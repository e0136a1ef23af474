"""What a regrade changed, and which test cases made the difference."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.grading.results import QuestionResult, SubmissionResult


@dataclass(frozen=True)
class Change:
    """Two grades of the same bytes, and why they differ: one sentence a reason."""

    before: SubmissionResult
    after: SubmissionResult
    reasons: tuple[str, ...]


def compare(before: SubmissionResult, after: SubmissionResult) -> Change | None:
    """Return what differs between two grades of the same submission, None if nothing does."""
    old = {question.name: question for question in before.questions}
    new = {question.name: question for question in after.questions}
    reasons = []
    for name in dict.fromkeys([*new, *old]):
        if name not in new:
            reasons.append(f"{name}: is no longer asked ({_points(old[name])})")
        elif name not in old:
            reasons.append(f"{name}: is new ({_points(new[name])})")
        elif causes := _causes(old[name], new[name]):
            scores = f"{_points(old[name])} → {_points(new[name])}"
            reasons.append(f"{name}: {scores}: {'; '.join(causes)}")
    if before.status != after.status:
        reasons.append(f"status: {before.status} → {after.status}")
    same = (before.score, before.possible) == (after.score, after.possible)
    if same and not reasons:
        return None
    return Change(before, after, tuple(reasons))


def _causes(old: QuestionResult, new: QuestionResult) -> list[str]:
    """Return what happened to a question's cases."""
    was = {case.name: case for case in old.cases}
    now = {case.name: case for case in new.cases}
    causes = []
    for name, case in now.items():
        if name not in was:
            causes.append(f"new case “{name}” {'passes' if case.passed else 'fails'}")
        elif case.passed != was[name].passed:
            causes.append(f"“{name}” now {'passes' if case.passed else 'fails'}")
        elif case.points != was[name].points:
            causes.append(f"“{name}” is worth {case.points:g}, was {was[name].points:g}")
    causes += [f"case “{name}” is gone" for name in was if name not in now]
    if not causes and (old.score, old.possible) != (new.score, new.possible):
        causes.append("the points changed")
    return causes


def _points(question: QuestionResult) -> str:
    return f"{question.score:g}/{question.possible:g}"
