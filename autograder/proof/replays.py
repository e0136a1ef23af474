"""Notebooks from outside the catalogue whose wrong questions are known: how are they judged?

``replay.toml`` stands beside the notebooks:

    [notebooks."amira.ipynb"]
    wrong = ["q3", "q5"]
    why = "q3: the bias is left out; q5: ..."
"""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from autograder.authoring.errors import AuthoringError
from autograder.grading.results import SubmissionResult
from autograder.proof.composed import Composed
from autograder.proof.findings import ReplayFinding

FILE = "replay.toml"


class _Entry(msgspec.Struct, forbid_unknown_fields=True):
    wrong: list[str]
    why: str = ""


class _File(msgspec.Struct, forbid_unknown_fields=True):
    notebooks: dict[str, _Entry]


@dataclass(frozen=True)
class Replays:
    """The notebooks, and the questions that each answers wrongly, by the notebook's name."""

    notebooks: tuple[Composed, ...]
    wrong: dict[str, frozenset[str]]


def read_replays(folder: Path, questions: Collection[str]) -> Replays:
    """Read a folder of notebooks with its replay.toml; a folder without the file holds none.

    Raises
    ------
    AuthoringError
        When the file is malformed, or names a notebook or a question that is not there.
    """
    path = folder / FILE
    if not path.is_file():
        return Replays((), {})
    do = 'Write a table [notebooks."name.ipynb"] with wrong = ["q3"] for each notebook.'
    try:
        entries = msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _File).notebooks
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise AuthoringError(f"cannot be read: {error}", str(path), do) from None
    there = {one.name for one in folder.glob("*.ipynb")}
    if odd := sorted(there ^ set(entries)):
        where = "is not in the folder" if odd[0] in entries else "is not listed"
        raise AuthoringError(f"{odd[0]} {where}", str(path), do)
    for name, entry in entries.items():
        if unknown := sorted(set(entry.wrong) - set(questions)):
            raise AuthoringError(
                f"{name}: there is no question {unknown[0]!r}",
                str(path),
                f"Use {', '.join(questions)}.",
            )
    notebooks = tuple(
        Composed("replay", "", Path(name).stem, (folder / name).read_bytes())
        for name in sorted(entries)
    )
    return Replays(
        notebooks,
        {f"replay-{Path(name).stem}": frozenset(one.wrong) for name, one in entries.items()},
    )


def summary(replays: Replays, results: Sequence[SubmissionResult]) -> ReplayFinding:
    """Return how the notebooks were judged."""
    right = accepted = wrong = rejected = advised = 0
    misjudged = []
    for notebook, result in zip(replays.notebooks, results, strict=True):
        for question in result.questions:
            full = question.full
            if question.name in replays.wrong[notebook.name]:
                wrong += 1
                rejected += not full
                advised += not full and any(case.diagnosis for case in question.cases)
                if full:
                    misjudged.append(
                        f"{notebook.id}: the wrong {question.name} earns full marks: add a hidden "
                        "case that sees it"
                    )
            else:
                right += 1
                accepted += full
                if not full:
                    why = next(case.message for case in question.cases if not case.passed)
                    misjudged.append(
                        f"{notebook.id}: the right {question.name} loses marks "
                        f"({why.splitlines()[0]})"
                    )
    return ReplayFinding(len(results), right, accepted, wrong, rejected, advised, tuple(misjudged))
