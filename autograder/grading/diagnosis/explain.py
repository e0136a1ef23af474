"""What a student reads about a failed case beyond the bare fact, and what the instructor reads."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from autograder.grading.diagnosis.match import diagnose, differing_property
from autograder.grading.examiner import Transcripts
from autograder.grading.replay import KEY, Replayed, Task, Variant
from autograder.grading.results import CaseResult, Diagnosis, QuestionResult
from autograder.grading.stage import Stage, StageError

# Sentences about a result that a property of it puts better.
_SAYS_LESS = ("Expected ", "The value is wrong", "The shape of the result", "The result ")
_NOT_TOLD = "This hidden test did not pass."


class Explainer:
    """Diagnoses failed questions; replays a question's mistakes when one first fails, once.

    Parameters
    ----------
    folder : Path
        The built stage.
    replay : callable
        Runs variants of the key.
    """

    def __init__(
        self, folder: Path, stage: Stage, replay: Callable[[Sequence[Task]], list[Replayed]]
    ) -> None:
        self._stage = stage
        self._several = {one.name for one in stage.questions if one.several_answers}
        self._replay = replay
        self._mistakes: dict[str, dict[str, Variant]] = {}
        self._advice: dict[tuple[str, str], str] = {}
        self._replayed: dict[str, dict[str, Replayed]] = {}
        path = folder / "catalogue.json"
        for entry in json.loads(path.read_bytes())["mistakes"] if path.exists() else ():
            question, name = entry["question"], entry["id"]
            cells = {int(number): source for number, source in entry["cells"].items()}
            self._mistakes.setdefault(question, {})[name] = Variant(name, cells)
            self._advice[question, name] = entry["advice"]

    def explain(
        self, graded: Mapping[str, QuestionResult], transcripts: Mapping[str, Transcripts]
    ) -> dict[str, QuestionResult]:
        """Return the results with diagnosis and feedback in their failed cases."""
        self._prepare(
            name
            for name, result in graded.items()
            if any(transcripts.get(name, {}).values())
            and not all(case.passed for case in result.cases)
        )
        return {
            name: self._explained(result, transcripts.get(name, {}))
            for name, result in graded.items()
        }

    def _explained(self, result: QuestionResult, transcripts: Transcripts) -> QuestionResult:
        if all(case.passed for case in result.cases):
            return result
        diagnosis = None
        replayed = self._replayed.get(result.name, {})
        if any(transcripts.values()) and replayed:
            found = diagnose(
                {case.name: case.passed for case in result.cases},
                transcripts,
                replayed[KEY].transcripts,
                {
                    name: (one.passed, one.transcripts)
                    for name, one in replayed.items()
                    if name != KEY
                },
            )
            if found is not None:
                diagnosis = Diagnosis(found, self._advice[result.name, found])
        cases = []
        for case in result.cases:
            if case.passed:
                cases.append(case)
                continue
            hint = diagnosis.advice if diagnosis else ""
            if not hint and replayed:
                right = replayed[KEY].transcripts.get(case.name, [])
                mine = transcripts.get(case.name, [])
                hint = differing_property(mine, right, result.name in self._several)
            cases.append(self._told(case, diagnosis, hint))
        return msgspec.structs.replace(result, cases=tuple(cases))

    def _told(self, case: CaseResult, diagnosis: Diagnosis | None, hint: str) -> CaseResult:
        """Return the case with what the course lets a student read about it."""
        setting = self._stage.feedback
        if not case.hidden:
            # It shows what it got and wanted; how they differ is plain to see.
            feedback = f"{case.feedback} {diagnosis.advice}" if diagnosis else case.feedback
        elif setting == "none":
            feedback = _NOT_TOLD
        elif setting == "full":
            feedback = "\n".join(part for part in (case.message, hint) if part)
        elif diagnosis or (hint and case.feedback.startswith(_SAYS_LESS)):
            feedback = hint
        else:
            feedback = f"{case.feedback} {hint}".strip() if hint else case.feedback
        return msgspec.structs.replace(case, diagnosis=diagnosis, feedback=feedback)

    def _prepare(self, questions: Iterable[str]) -> None:
        """Replay key and mistakes of the questions that fail for the first time."""
        new = [name for name in questions if name not in self._replayed and self._mistakes]
        if not new:
            return
        self._replayed.update({name: {} for name in new})
        tasks = [Task(name, (Variant(KEY), *self._mistakes.get(name, {}).values())) for name in new]
        # A key that cannot be run is the check's to report; it must not cost a class its grades.
        with contextlib.suppress(StageError):
            for one in self._replay(tasks):
                self._replayed[one.question][one.id] = one
