"""The variants of a question's answer that its hidden tests are tried on, beside the catalogue."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.authoring.notebooks import code_cells
from autograder.authoring.source import bound_names, parse
from autograder.grading.diagnosis.forms import Opaque
from autograder.grading.replay import Replayed, Task, Variant
from autograder.grading.transcript import Entry, read
from autograder.proof.cheats import CHEATS, cheat_source
from autograder.proof.memorizer import FUNCTION, OPAQUE, Known, memorizer_source
from autograder.proof.mutants import Mutant

SEEDS = 20
PATIENCE = 10.0
MEMORIZER = "memorizer"


class Answer:
    """One question's answer in the key: its code cells by number, and the names that it defines."""

    def __init__(self, key: Any, question: str) -> None:
        code = code_cells(key)
        self.cells = {
            number: cell.source
            for number, cell in enumerate(code, 1)
            if cell.id.startswith(f"{question}-answer-")
        }
        self.numbers = {cell.id: number for number, cell in enumerate(code, 1)}
        self.names = list(
            dict.fromkeys(
                name
                for source in self.cells.values()
                for node in parse(source).body
                if not isinstance(node, ast.Import | ast.ImportFrom)
                for name in bound_names(node)
            )
        )

    def followed_by(self, source: str) -> dict[int, str]:
        """Return the cells with this source after the last of them."""
        last = max(self.cells)
        return {last: f"{self.cells[last]}\n\n\n{source}"}


def seeds(question: str) -> Task:
    """Return the key under other random numbers."""
    variants = tuple(Variant(f"seed {seed}", seed=seed) for seed in range(1, SEEDS + 1))
    return Task(question, variants, record=False)


def cheats(question: str, answer: Answer) -> Task:
    """Return the universal cheats."""
    variants = tuple(
        Variant(cheat, answer.followed_by(cheat_source(answer.names, cheat))) for cheat in CHEATS
    )
    return Task(question, variants, record=False)


def mutants(question: str, answer: Answer, made: Sequence[Mutant]) -> Task:
    """Return the mutants; their ids are their places in ``made``."""
    variants = tuple(
        Variant(str(place), {answer.numbers[mutant.cell]: mutant.source})
        for place, mutant in enumerate(made)
        if mutant.question == question
    )
    return Task(question, variants, stop_early=True, patience=PATIENCE, record=False)


def memorizer(question: str, answer: Answer, key: Replayed) -> Task:
    """Return the submission that knows what the public cases showed of the key."""
    public = {case.name for case in key.result.cases if not case.hidden}
    known = [
        one
        for name, entries in key.transcripts.items()
        if name in public
        for entry in entries
        for one in _known(entry)
    ]
    source = memorizer_source(known, answer.names)
    variant = Variant(MEMORIZER, answer.followed_by(source))
    return Task(question, (variant,), record=False)


def _known(entry: Entry) -> Iterator[Known]:
    seen = read(entry)
    if entry.target.startswith("probes."):
        return
    raised = str(seen.result[0]) if seen.outcome == "raised" else ""
    if seen.outcome == "missing":
        return
    yield Known(
        seen.target,
        tuple(_plain(one) for one in seen.args),
        {name: _plain(one) for name, one in seen.kwargs.items()},
        raised,
        None if raised else _plain(seen.result),
    )


def _plain(value: Any) -> Any:
    """Return the value with the memorizer's own stand-ins in it."""
    if isinstance(value, Opaque):
        return FUNCTION if value.kind == "function" else OPAQUE
    if isinstance(value, list | tuple):
        return type(value)(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return {name: _plain(one) for name, one in value.items()}
    return value
