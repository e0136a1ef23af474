"""Notebooks whose grade is known beforehand: the key, the starter, each mistake and alternative."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import nbformat

from autograder.authoring.compose import compose
from autograder.grading.find import Submission

Kind = Literal["key", "starter", "mistake", "alternative"]


@dataclass(frozen=True)
class Composed:
    """A notebook made from the key.

    Attributes
    ----------
    kind : {"key", "starter", "mistake", "alternative"}
    question : str
        The question whose answer was replaced; empty for key and starter.
    id : str
        The catalogue's id; empty for key and starter.
    """

    kind: Kind
    question: str
    id: str
    content: bytes

    @property
    def name(self) -> str:
        """A file name without its ending that says what the notebook is."""
        return "-".join(part for part in (self.kind, self.question, self.id) if part)

    def submission(self) -> Submission:
        """Return the notebook as something to grade."""
        digest = hashlib.sha256(self.content).hexdigest()
        return Submission(f"{self.name}.ipynb", self.name, digest, self.content)


def compose_all(root: Path, stage_id: str) -> list[Composed]:
    """Return every notebook of a built stage whose grade is known beforehand."""
    return list(_composed(root, root / "dist" / stage_id, stage_id))


def _composed(root: Path, dist: Path, stage_id: str) -> Iterator[Composed]:
    key_bytes = (dist / "key.ipynb").read_bytes()
    starter = root / "assignments" / stage_id / f"{stage_id}.ipynb"
    key: Any = nbformat.reads(key_bytes.decode(), as_version=4)
    catalogue = json.loads((dist / "catalogue.json").read_bytes())
    yield Composed("key", "", "", key_bytes)
    yield Composed("starter", "", "", starter.read_bytes())
    kinds: tuple[tuple[Kind, str], ...] = (
        ("mistake", "mistakes"),
        ("alternative", "alternatives"),
    )
    for kind, entry in kinds:
        for variant in catalogue[entry]:
            notebook = compose(key, variant["definitions"], variant["question"])
            content = nbformat.writes(notebook).encode()
            yield Composed(kind, variant["question"], variant["id"], content)
