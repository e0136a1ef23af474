"""What the check found; ``check --json`` writes these records as they stand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec


class MistakeFinding(msgspec.Struct, frozen=True):
    """A catalogued mistake: its score in its question, and other questions that lost marks."""

    id: str
    score: float
    spills: tuple[str, ...]


class AlternativeFinding(msgspec.Struct, frozen=True):
    """Another right answer: its score in its question, and other questions that lost marks."""

    id: str
    score: float
    spills: tuple[str, ...]


class QuestionFinding(msgspec.Struct, frozen=True):
    """One question: points, and what key, starter, mistakes and alternatives earn."""

    name: str
    points: float
    key: float
    starter: float
    mistakes: tuple[MistakeFinding, ...]
    alternatives: tuple[AlternativeFinding, ...]

    def problems(self) -> Iterator[str]:
        """Yield what is not right, each with what to write or mend."""
        if self.key < self.points:
            yield (
                f"the key earns {self.key:g} of {self.points:g}: mend the key or the test; "
                "the failed cases are listed below"
            )
        if self.starter > 0:
            yield (
                f"the untouched starter earns {self.starter:g}: some case passes on an unanswered "
                "question; have it call the answer and look at the result"
            )
        for mistake in self.mistakes:
            if mistake.score >= self.points:
                yield (
                    f"mistake {mistake.id} earns full marks: add a hidden case on which it differs "
                    "from the key"
                )
            if mistake.spills:
                yield (
                    f"mistake {mistake.id} costs marks in {', '.join(mistake.spills)} too: hand "
                    "those questions the piece as an argument instead of using the student's"
                )
        for alternative in self.alternatives:
            if alternative.score < self.points or alternative.spills:
                lost = f" and spills into {', '.join(alternative.spills)}" * bool(
                    alternative.spills
                )
                yield (
                    f"alternative {alternative.id} earns {alternative.score:g} of "
                    f"{self.points:g}{lost}: a test depends on how the answer is written"
                )
        if len(self.mistakes) < 3:
            yield f"only {len(self.mistakes)} mistakes are catalogued; write at least 3"
        if not self.alternatives:
            yield "no alternative is catalogued; write at least 1"


class StageFinding(msgspec.Struct, frozen=True):
    """One stage: whether its committed notebook is fresh and leaks nothing, and its questions.

    ``otter`` lists where plain ``otter run`` gave another score; null when it was not asked.
    ``failures`` are failed cases of keys and alternatives, for the author.
    """

    id: str
    stale: bool
    leaks: tuple[str, ...]
    seconds: float
    questions: tuple[QuestionFinding, ...]
    failures: tuple[str, ...] = ()
    otter: tuple[str, ...] | None = None

    def problems(self) -> list[str]:
        """Return everything that is not right with this stage."""
        found = ["the committed student notebook is stale: run autograder build"] * self.stale
        found += [f"leak: {leak}" for leak in self.leaks]
        for question in self.questions:
            found += [f"{question.name}: {problem}" for problem in question.problems()]
        return found + [f"otter run differs: {line}" for line in self.otter or ()]


class Findings(msgspec.Struct, frozen=True):
    """The whole check."""

    ok: bool
    stages: tuple[StageFinding, ...]
