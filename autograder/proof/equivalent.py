"""equivalent.toml: the mutants that no test can tell from the key, each with the reason."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring.errors import AuthoringError
from autograder.proof.mutants import Mutant, describe

__all__ = ["Equivalent", "read_equivalents", "sort_out"]

KEYS = ("question", "definition", "before", "after", "reason")
BLANK = {"definition"}
"""What may be empty: a statement that binds nothing has no definition."""


@dataclass(frozen=True)
class Equivalent:
    """One entry: a change as in ``Mutant``, and why it makes no difference."""

    question: str
    definition: str
    before: str
    after: str
    reason: str

    def matches(self, mutant: Mutant) -> bool:
        """Return whether the entry means this mutant."""
        mine = (self.question, self.definition, self.before, self.after)
        return mine == (mutant.question, mutant.definition, mutant.before, mutant.after)


def read_equivalents(path: Path) -> list[Equivalent]:
    """Read ``solutions/<stage>/equivalent.toml``; a missing file is an empty one.

    Raises
    ------
    AuthoringError
        Naming the file, the entry's number and the key that cannot be used.
    """
    if not path.is_file():
        return []
    do = f"Write a table [[mutant]] for each, with {', '.join(KEYS)}."
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:  # no TOML, or no UTF-8
        raise AuthoringError(f"no TOML: {error}", str(path), do) from None
    if extra := [key for key in content if key != "mutant"]:
        raise AuthoringError(f"unknown key {extra[0]!r}", str(path), do)
    entries = content.get("mutant", [])
    if not isinstance(entries, list):
        raise AuthoringError(f"mutant is {entries!r}", str(path), do)
    return [_entry(one, f"{path}, entry {number}") for number, one in enumerate(entries, 1)]


def sort_out(
    mutants: Sequence[Mutant], equivalents: Sequence[Equivalent]
) -> tuple[set[int], list[str]]:
    """Return the indices of the mutants that are listed, and a message for each stale entry.

    Parameters
    ----------
    mutants : sequence of Mutant
        All mutants of a stage.
    equivalents : sequence of Equivalent
        All entries of its equivalent.toml, in their order.
    """
    listed: set[int] = set()
    stale = []
    for number, entry in enumerate(equivalents, 1):
        found = {i for i, mutant in enumerate(mutants) if entry.matches(mutant)}
        if not found:
            change = describe(entry.question, entry.definition, entry.before, entry.after)
            stale.append(
                f"equivalent.toml, entry {number} is stale: no mutant is {change}; remove it, or "
                "renew its definition, before and after from the list of survivors"
            )
        listed |= found
    return listed, stale


def _entry(table: Any, where: str) -> Equivalent:
    """Return one entry once its keys are known to be right."""
    do = f"An entry has {', '.join(KEYS)}, each a text in quotes."
    if not isinstance(table, dict):
        raise AuthoringError(f"it is {table!r}", where, do)
    for key in KEYS:
        if key not in table:
            raise AuthoringError(f"it has no {key}", where, do)
        if not isinstance(table[key], str) or not (table[key].strip() or key in BLANK):
            raise AuthoringError(f"{key} is {table[key]!r}", where, do)
    if extra := [key for key in table if key not in KEYS]:
        raise AuthoringError(f"unknown key {extra[0]!r}", where, do)
    return Equivalent(**table)
