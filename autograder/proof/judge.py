"""From what was graded and replayed to what it says about each question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from autograder.authoring.master import Master
from autograder.grading.replay import Replayed
from autograder.grading.results import SubmissionResult
from autograder.grading.stage import Stage
from autograder.proof.composed import Composed
from autograder.proof.degenerate import degenerate
from autograder.proof.findings import (
    AlternativeFinding,
    CheatFinding,
    ForcedFinding,
    MistakeFinding,
    MutantsFinding,
    QuestionFinding,
)
from autograder.proof.mutants import Mutant
from autograder.proof.variants import Answer


@dataclass(frozen=True)
class Trials:
    """Everything that was graded; the mappings are by question."""

    graded: Sequence[tuple[Composed, SubmissionResult]]
    replayed: Sequence[SubmissionResult]
    keys: Mapping[str, Replayed]
    mutants: Mapping[str, Sequence[Replayed]]
    cheats: Mapping[str, Sequence[Replayed]]
    seeds: Mapping[str, Sequence[Replayed]]
    memorizers: Mapping[str, Replayed]
    forced: ForcedFinding | None


def judge(
    stage: Stage,
    master: Master,
    answers: Mapping[str, Answer],
    trials: Trials,
    mutants: Sequence[Mutant],
    equivalent: Collection[int],
) -> tuple[tuple[QuestionFinding, ...], tuple[str, ...], tuple[str, ...]]:
    """Return the questions' findings, the failed cases of right notebooks, and wrong equivalents.

    Parameters
    ----------
    mutants : sequence of Mutant
        The ids of replayed mutants are places in it.
    equivalent : collection of int
        The places of those that the author lists as equivalent.
    """
    catalogue = _Catalogue(stage, master, trials.graded)
    findings = []
    for question in master.questions:
        name = question.name
        findings.append(
            QuestionFinding(
                name=name,
                points=catalogue.possible[name],
                key=catalogue.scores["key"][name],
                starter=catalogue.scores["starter"][name],
                without=catalogue.scores[f"without-{name}"][name],
                without_spills=catalogue.spills(f"without-{name}", name)[0],
                mistakes=catalogue.mistakes(name),
                alternatives=catalogue.alternatives(name),
                mutants=_mutants(trials.mutants[name], mutants, equivalent),
                memorizer=_hidden_points(trials.memorizers[name]),
                memorizable=question.memorizable or None,
                seeds=sum(all(one.passed.values()) for one in trials.seeds[name]),
                cheats=_cheats(trials.cheats[name]),
                degenerate=tuple(
                    degenerate(
                        trials.keys[name].transcripts,
                        list(answers[name].cells.values()),
                        question.fixed,
                    )
                ),
            )
        )
    unlisted = tuple(
        f"equivalent.toml lists a mutant that a test kills: {mutants[int(one.id)].diff}: "
        "remove the entry"
        for ones in trials.mutants.values()
        for one in ones
        if int(one.id) in equivalent and not all(one.passed.values())
    )
    return tuple(findings), catalogue.failures(), unlisted


class _Catalogue:
    """The graded notebooks, by name."""

    def __init__(
        self, stage: Stage, master: Master, graded: Sequence[tuple[Composed, SubmissionResult]]
    ) -> None:
        self._graded = graded
        self.possible = {question.name: question.points for question in stage.questions}
        self.scores = {
            notebook.name: {question.name: question.score for question in result.questions}
            for notebook, result in graded
        }
        self._builds_on: dict[str, set[str]] = {}
        for question in master.questions:
            found = set(question.builds_on)
            for earlier in question.builds_on:
                found |= self._builds_on[earlier]
            self._builds_on[question.name] = found

    def spills(self, notebook: str, question: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the other questions that lost marks: those that must not, those that may."""
        lost = [
            name
            for name, score in self.scores[notebook].items()
            if name != question and score < self.possible[name]
        ]
        may = tuple(name for name in lost if question in self._builds_on[name])
        return tuple(name for name in lost if name not in may), may

    def mistakes(self, question: str) -> tuple[MistakeFinding, ...]:
        """Return the question's mistakes."""
        findings = []
        for one, result in self._of(question, "mistake"):
            named = {
                case.diagnosis.id
                for graded in result.questions
                if graded.name == question
                for case in graded.cases
                if case.diagnosis
            }
            spills, allowed = self.spills(one.name, question)
            findings.append(
                MistakeFinding(
                    one.id,
                    self.scores[one.name][question],
                    named == {one.id},
                    spills,
                    allowed,
                    ", ".join(sorted(named - {one.id})),
                )
            )
        return tuple(findings)

    def alternatives(self, question: str) -> tuple[AlternativeFinding, ...]:
        """Return the question's other right answers."""
        return tuple(
            AlternativeFinding(
                one.id, self.scores[one.name][question], sum(self.spills(one.name, question), ())
            )
            for one, _ in self._of(question, "alternative")
        )

    def failures(self) -> tuple[str, ...]:
        """Return the failed cases of keys and alternatives, for the author to read."""
        return tuple(
            f"{notebook.name}: {question.name}, {case.name}: {case.message}"
            for notebook, result in self._graded
            if notebook.kind in ("key", "alternative")
            for question in result.questions
            for case in question.cases
            if not case.passed
        )

    def _of(self, question: str, kind: str) -> list[tuple[Composed, SubmissionResult]]:
        return [
            (one, result)
            for one, result in self._graded
            if one.question == question and one.kind == kind
        ]


def _mutants(
    replayed: Sequence[Replayed], mutants: Sequence[Mutant], equivalent: Collection[int]
) -> MutantsFinding:
    """Count the mutants; those that survive and are not listed are shown."""
    alive = [one for one in replayed if all(one.passed.values())]
    survived = [one for one in alive if int(one.id) not in equivalent]
    return MutantsFinding(
        made=len(replayed),
        killed=len(replayed) - len(alive),
        timed_out=sum(one.status == "timeout" for one in replayed),
        equivalent=len(alive) - len(survived),
        survived=tuple(mutants[int(one.id)].diff for one in survived),
    )


def _hidden_points(replayed: Replayed) -> float:
    return sum(case.points for case in replayed.result.cases if case.hidden and case.passed)


def _cheats(replayed: Sequence[Replayed]) -> tuple[CheatFinding, ...]:
    """Return the cheats that pass a hidden case."""
    found = []
    for one in replayed:
        passes = [case.name for case in one.result.cases if case.hidden and case.passed]
        if passes:
            found.append(CheatFinding(one.id, tuple(passes)))
    return tuple(found)
