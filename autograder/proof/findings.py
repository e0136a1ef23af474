"""What the check found; ``check --json`` writes these records as they stand."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

MOST_EQUIVALENT = 0.1
"""The share of a stage's mutants that may be listed as equivalent."""


class MistakeFinding(msgspec.Struct, frozen=True):
    """A catalogued mistake.

    ``diagnosed`` is true when it is diagnosed as itself, ``taken_for`` what else it was taken for.
    ``spills`` are other questions that lost marks, but for those that build on its own; these are
    in ``allowed``.
    """

    id: str
    score: float
    diagnosed: bool
    spills: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    taken_for: str = ""


class AlternativeFinding(msgspec.Struct, frozen=True):
    """Another right answer: its score in its question, and other questions that lost marks."""

    id: str
    score: float
    spills: tuple[str, ...]


class MutantsFinding(msgspec.Struct, frozen=True):
    """Mutants of the key. ``timed_out`` counts among the killed; ``survived`` are their diffs."""

    made: int = 0
    killed: int = 0
    timed_out: int = 0
    equivalent: int = 0
    survived: tuple[str, ...] = ()

    @property
    def to_kill(self) -> int:
        """The mutants that are not equivalent to the key."""
        return self.made - self.equivalent


class CheatFinding(msgspec.Struct, frozen=True):
    """A universal cheat that passes hidden cases."""

    id: str
    passes: tuple[str, ...]


class QuestionFinding(msgspec.Struct, frozen=True):
    """One question and all that its tests were tried on.

    Attributes
    ----------
    key, starter : float
        Their scores.
    without : float
        What the key earns in this question when its answer is the starter's.
    without_spills : tuple of str
        Other questions that lost marks by it, but for those that build on this one.
    memorizer : float
        Points from hidden cases of a submission that knows only what the public cases show.
    memorizable : str or None
        Why that may be.
    seeds : int
        With how many of the 20 other seeds the key passes every case.
    cheats : tuple of CheatFinding
        The universal cheats that earn something; none should.
    degenerate : tuple of str
        Inputs that teach the tests nothing.
    """

    name: str
    points: float
    key: float
    starter: float
    without: float
    without_spills: tuple[str, ...]
    mistakes: tuple[MistakeFinding, ...]
    alternatives: tuple[AlternativeFinding, ...]
    mutants: MutantsFinding
    memorizer: float
    memorizable: str | None
    seeds: int
    cheats: tuple[CheatFinding, ...]
    degenerate: tuple[str, ...]

    @property
    def named(self) -> int:
        """The mistakes that lose marks here and nowhere else, and are diagnosed as themselves."""
        return sum(m.diagnosed and m.score < self.points and not m.spills for m in self.mistakes)

    @property
    def accepted(self) -> int:
        """The alternatives that earn everything."""
        return sum(a.score >= self.points and not a.spills for a in self.alternatives)

    def problems(self) -> Iterator[str]:
        """Yield what is not right, each with what to write or mend."""
        if self.key < self.points:
            yield (
                f"the key earns {self.key:g} of {self.points:g}: mend the key or the test; "
                "the failed cases are listed below"
            )
            return  # everything else would only say the same again
        if self.starter > 0:
            yield (
                f"the untouched starter earns {self.starter:g}: some case passes on an unanswered "
                "question; have it call the answer and look at the result"
            )
        if self.without > 0:
            yield (
                f"the key without this answer still earns {self.without:g} here: some case does "
                "not look at the answer"
            )
        if self.without_spills:
            yield (
                f"without this answer {', '.join(self.without_spills)} lose marks too: hand them "
                f"the piece as an argument, or say builds_on: [{self.name}] there"
            )
        yield from self._catalogue_problems()
        yield from self._trial_problems()

    def _catalogue_problems(self) -> Iterator[str]:
        for mistake in self.mistakes:
            if mistake.score >= self.points:
                yield (
                    f"mistake {mistake.id} earns full marks: add a hidden case on which it differs "
                    "from the key"
                )
            elif not mistake.diagnosed:
                taken = (
                    f"taken for {mistake.taken_for}" if mistake.taken_for else "nothing is named"
                )
                yield (
                    f"mistake {mistake.id} is not diagnosed as itself ({taken}): have a hidden "
                    "case call it where its result, other than None or an exception, differs from "
                    "the key's and from every other mistake's"
                )
            if mistake.spills:
                yield (
                    f"mistake {mistake.id} costs marks in {', '.join(mistake.spills)} too: hand "
                    "those questions the piece as an argument instead of using the student's, or "
                    f"say builds_on: [{self.name}] there"
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

    def _trial_problems(self) -> Iterator[str]:
        for diff in self.mutants.survived:
            yield (
                f"no test sees this change of the key: {diff}; add a case that does, or list it in "
                "equivalent.toml with the reason"
            )
        if self.memorizer > 0 and self.memorizable is None:
            yield (
                f"who only knows the public answers earns {self.memorizer:g} from hidden cases: "
                "have each call with fresh inputs as well, or say why not under memorizable"
            )
        if self.memorizer == 0 and self.memorizable is not None:
            yield "it says memorizable, but the memorizer earns nothing: remove the setting"
        if self.seeds < 20:
            yield f"with other random numbers the key passes {self.seeds} times of 20 only"
        for cheat in self.cheats:
            yield (
                f"the cheat {cheat.id} passes {', '.join(map(repr, cheat.passes))}: look at "
                "values and shapes with close(actual, expected), on inputs that are no special "
                "case; where an exception is asked for, compare an ordinary call in the same case"
            )
        yield from self.degenerate


class ForcedFinding(msgspec.Struct, frozen=True):
    """A key with one changed line, graded like a submission; it must be reported as wrong."""

    change: str
    lost: float
    reported: str


class ReplayFinding(msgspec.Struct, frozen=True):
    """Notebooks from outside the catalogue, question by question.

    ``accepted`` are right answers with full marks, ``rejected`` wrong answers without;
    ``advised`` are rejected ones whose mistake was named. ``misjudged`` says which were not as
    they should be.
    """

    notebooks: int
    right: int
    accepted: int
    wrong: int
    rejected: int
    advised: int
    misjudged: tuple[str, ...] = ()


class StageFinding(msgspec.Struct, frozen=True):
    """One stage: whether its committed notebook is fresh and leaks nothing, and its questions.

    ``failures`` are failed cases of keys and alternatives, for the author. ``equivalents`` are
    complaints about equivalent.toml. ``unchanged``: it was found right before, and nothing that it
    depends on has changed since. ``otter`` lists where plain ``otter run`` gave another
    score; null when it was not asked.
    """

    id: str
    stale: bool
    leaks: tuple[str, ...]
    seconds: float
    questions: tuple[QuestionFinding, ...]
    failures: tuple[str, ...] = ()
    equivalents: tuple[str, ...] = ()
    forced: ForcedFinding | None = None
    replay: ReplayFinding | None = None
    unchanged: bool = False
    otter: tuple[str, ...] | None = None

    @property
    def mutants(self) -> MutantsFinding:
        """The mutants of all questions together."""
        each = [question.mutants for question in self.questions]
        return MutantsFinding(
            sum(one.made for one in each),
            sum(one.killed for one in each),
            sum(one.timed_out for one in each),
            sum(one.equivalent for one in each),
            tuple(diff for one in each for diff in one.survived),
        )

    def problems(self) -> list[str]:
        """Return everything that is not right with this stage."""
        found = ["the committed student notebook is stale: run autograder build"] * self.stale
        found += [f"leak: {leak}" for leak in self.leaks]
        broken = [question for question in self.questions if question.key < question.points]
        for question in broken or self.questions:
            found += [f"{question.name}: {problem}" for problem in question.problems()]
        if broken:
            return [*found, "the rest can be judged once the key earns everything"]
        found += self.equivalents
        mutants = self.mutants
        if mutants.equivalent > MOST_EQUIVALENT * mutants.made:
            found.append(
                f"{mutants.equivalent} of {mutants.made} mutants are listed as equivalent: at most "
                f"{MOST_EQUIVALENT:.0%}; write the key so that its changes can be seen"
            )
        if self.forced and (self.forced.lost <= 0 or not self.forced.reported):
            found.append(
                f"a wrong key is not reported: {self.forced.change} lost {self.forced.lost:g} "
                f"points and says {self.forced.reported!r}"
            )
        if self.replay:
            found += [f"replay: {line}" for line in self.replay.misjudged]
        return found + [f"otter run differs: {line}" for line in self.otter or ()]


class Findings(msgspec.Struct, frozen=True):
    """The whole check."""

    ok: bool
    stages: tuple[StageFinding, ...]
