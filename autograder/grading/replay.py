"""Replay variants of the key: what would the tests say if this answer stood there instead?

One child runs the key's cells up to the question's answer and stops. Each variant is a fork of it
that runs the cells from there to the question's check, and is tested like a submission.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from autograder.grading.child import Budget, Child, Spawn
from autograder.grading.examiner import Examiner, Transcripts
from autograder.grading.notebook import Cell
from autograder.grading.results import QuestionResult
from autograder.grading.stage import Limits, Stage

KEY = "key"
"""The id of the variant in which nothing differs."""

_LEAST_SECONDS = 2.0


class Variant(msgspec.Struct, frozen=True):
    """Another answer: ``cells`` holds, by number, the code cells that differ from the key's.

    ``seed`` other than 0 has the tests draw other random numbers.
    """

    id: str
    cells: dict[int, str] = {}
    seed: int = 0


class Task(msgspec.Struct, frozen=True):
    """Variants of one question.

    Attributes
    ----------
    stop_early : bool
        Be content with the first failed case.
    patience : float
        Stop a cell or case that takes this many times what the whole question takes with the key;
        0 leaves the stage's limits.
    record : bool
        Return the transcripts of the cases too.
    """

    question: str
    variants: tuple[Variant, ...]
    stop_early: bool = False
    patience: float = 0.0
    record: bool = True


class Replayed(msgspec.Struct, frozen=True):
    """What one variant came to. ``status`` is a submission's: graded, timeout, memory, crashed."""

    question: str
    id: str
    status: str
    result: QuestionResult
    transcripts: Transcripts

    @property
    def passed(self) -> dict[str, bool]:
        """Whether each case passed, by name."""
        return {case.name: case.passed for case in self.result.cases}


def replay(
    stage: Stage,
    tests: Mapping[str, Any],
    key: Sequence[Cell],
    spawn: Spawn,
    tasks: Sequence[Task],
    on_replayed: Callable[[Replayed], None],
) -> None:
    """Run the tasks' variants, the questions in the notebook's order.

    Parameters
    ----------
    key : sequence of Cell
        The key's code cells.
    spawn : callable
        Has the template fork a child on the given socket.
    """
    child = Child(spawn, Budget(stage.limits))
    done = 0

    def run(task: Task, variant: Variant, limits: Limits) -> Replayed:
        """Test one variant in a branch of the child, which stands before cell ``done``."""
        budget = Budget(limits)
        found: list[tuple[QuestionResult, Transcripts]] = []
        examiner = Examiner(
            stage=stage,
            tests=tests,
            cells=[
                msgspec.structs.replace(cell, source=variant.cells.get(cell.number, cell.source))
                for cell in key
            ],
            spawn=spawn,
            budget=budget,
            on_testing=lambda _: None,
            on_question=lambda result, transcripts: found.append((result, transcripts)),
            child=child.branch(budget),
            first=done,
            stop_early=task.stop_early,
            seed=variant.seed,
        )
        examiner.run([question for question in stage.questions if question.name == task.question])
        result, transcripts = found[0]
        kept = transcripts if task.record else {}
        return Replayed(task.question, variant.id, examiner.status, result, kept)

    try:
        for first, task in sorted(((_first(key, t), t) for t in tasks), key=lambda pair: pair[0]):
            for cell in key[done:first]:
                child.run_cell(cell.number, cell.source)
            done = first
            limits = stage.limits
            if task.patience:
                started = time.monotonic()
                run(task, Variant(KEY), limits)
                limits = _patient(limits, task.patience * (time.monotonic() - started))
            for variant in task.variants:
                on_replayed(run(task, variant, limits))
    finally:
        child.close()


def _first(key: Sequence[Cell], task: Task) -> int:
    """Return the position of the first cell that any variant changes, else that of the check."""
    changed = {number for variant in task.variants for number in variant.cells}
    for position, cell in enumerate(key):
        if cell.number in changed or task.question in cell.checks:
            return position
    return len(key)


def _patient(limits: Limits, seconds: float) -> Limits:
    """Return the limits with no more than these seconds for a cell and for a case."""
    seconds = max(seconds, _LEAST_SECONDS)
    return msgspec.structs.replace(
        limits,
        cell_seconds=min(limits.cell_seconds, seconds),
        case_seconds=min(limits.case_seconds, seconds),
    )
