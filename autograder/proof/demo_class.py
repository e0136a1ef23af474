"""A made-up class for the demo: right, wrong, unfinished, hostile and broken notebooks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.compose import mix
from autograder.proof.composed import Composed, compose_all

_MISTAKES = 6
_ALTERNATIVES = 3
_LOOP = "# I wait for the loss to reach zero.\nloss = 1.0\nwhile loss > 0:\n    loss = loss / 2 + 1"
_HOARD = "history = []\nwhile True:\n    history.append(bytearray(50_000_000))"


def write_class(root: Path, stage_id: str, folder: Path, *, hostile: bool) -> int:
    """Write about a dozen notebooks of a built stage; return how many.

    Parameters
    ----------
    hostile : bool
        Whether one loops for ever, one eats memory, and one is no notebook at all.
    """
    composed = compose_all(root, stage_id)
    key, starter = composed[0], composed[1]
    mistakes = [one for one in composed if one.kind == "mistake"]
    others = [one for one in composed if one.kind == "alternative"]
    files = {
        "ada": key.content,
        "ben": starter.content,
        "chloe": _solved_in_part(root, stage_id, starter, key),
    }
    names = iter(("dmitri", "elif", "farid", "grace", "hana", "ivan", "jun", "kofi", "lin"))
    for one in (*_spread(mistakes, _MISTAKES), *_spread(others, _ALTERNATIVES)):
        files[next(names)] = one.content
    if hostile:
        files["loops_for_ever"] = _with_lines(key, "q4", _LOOP)
        files["eats_memory"] = _with_lines(key, "q6", _HOARD)
        files["no_notebook"] = b"Dear teacher, I could not export my notebook. Sorry."
    folder.mkdir(parents=True)
    for name, content in files.items():
        (folder / f"{name}.ipynb").write_bytes(content)
    return len(files)


def _spread(composed: Sequence[Composed], count: int) -> list[Composed]:
    """Return count notebooks evenly from the list, so that all questions have their share."""
    return [composed[i * len(composed) // count] for i in range(min(count, len(composed)))]


def _solved_in_part(root: Path, stage_id: str, starter: Composed, key: Composed) -> bytes:
    """Return a notebook whose first half is answered."""
    stage = json.loads((root / "dist" / stage_id / "stage.json").read_bytes())
    names = [question["name"] for question in stage["questions"]]
    mixed: Any = mix(_read(starter), _read(key), names[: len(names) // 2])
    return str(nbformat.writes(mixed)).encode()


def _with_lines(notebook: Composed, question: str, lines: str) -> bytes:
    """Return the notebook with lines before the answer to a question."""
    read = _read(notebook)
    answer = next(cell for cell in read.cells if cell.id.startswith(f"{question}-answer-"))
    answer.source = f"{lines}\n\n{answer.source}"
    return str(nbformat.writes(read)).encode()


def _read(notebook: Composed) -> Any:
    return nbformat.reads(notebook.content.decode(), as_version=4)
