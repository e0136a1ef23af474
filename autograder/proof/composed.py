"""Notebooks whose grade is known beforehand: the key, the starter, each mistake and alternative."""

from __future__ import annotations

import ast
import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

import nbformat

from autograder.authoring.compose import changed_cells, compose, defined_names, mix
from autograder.authoring.notebooks import code_cells
from autograder.authoring.source import lines_of, parse
from autograder.grading.find import Submission

Kind = Literal["key", "starter", "without", "mistake", "alternative", "mix", "forced", "replay"]


@dataclass(frozen=True)
class Composed:
    """A notebook made from the key.

    Attributes
    ----------
    kind : str
        ``without`` is the key with the starter's answer to one question, ``mix`` one with several
        answers replaced, ``forced`` the key with one changed line, ``replay`` a notebook that
        somebody wrote.
    question : str
        The question whose answer was replaced; empty where there is none.
    id : str
        The catalogue's id, or whose notebook it is.
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


def mixes(composed: Sequence[Composed]) -> list[Composed]:
    """Return few notebooks that together hold every answer of these, one a question in each.

    What costs seconds a notebook, such as ``otter run``, is done for a mix as for one answer.
    """
    original: Any = nbformat.reads(composed[0].content.decode(), as_version=4)
    plain = _without_pictures(original)
    cells: dict[str, list[dict[int, str]]] = {}
    for one in composed:
        if one.question:
            variant: Any = nbformat.reads(one.content.decode(), as_version=4)
            cells.setdefault(one.question, []).append(changed_cells(plain, variant))
    mixed = []
    for number, several in enumerate(zip_longest(*cells.values(), fillvalue=None), 1):
        together = {at: text for changed in several for at, text in (changed or {}).items()}
        notebook = with_cells(plain, together, "", "mix")
        mixed.append(replace(notebook, id=str(number)))
    return mixed


def with_cells(key: Any, cells: Mapping[int, str], question: str, kind: Kind) -> Composed:
    """Return the key with other sources in some of its code cells, which count from 1."""
    changed = copy.deepcopy(key)
    code = code_cells(changed)
    for number, source in cells.items():
        code[number - 1].source = source
    return Composed(kind, question, "", nbformat.writes(changed).encode())


def _composed(root: Path, dist: Path, stage_id: str) -> Iterator[Composed]:
    key_bytes = (dist / "key.ipynb").read_bytes()
    starter = root / "assignments" / stage_id / f"{stage_id}.ipynb"
    key: Any = nbformat.reads(key_bytes.decode(), as_version=4)
    catalogue = json.loads((dist / "catalogue.json").read_bytes())
    yield Composed("key", "", "", key_bytes)
    yield Composed("starter", "", "", starter.read_bytes())
    # Pictures take more time than the rest of a notebook, and no test looks at them: the key, the
    # starter and notebooks from outside draw them, these variants do not.
    plain = _without_pictures(key)
    empty: Any = nbformat.reads(starter.read_text(encoding="utf-8"), as_version=4)
    questions = list(defined_names(key))
    for name in questions:
        others = [one for one in questions if one != name]
        content = nbformat.writes(_without_pictures(mix(empty, key, others))).encode()
        yield Composed("without", name, "", content)
    kinds: tuple[tuple[Kind, str], ...] = (
        ("mistake", "mistakes"),
        ("alternative", "alternatives"),
    )
    for kind, entry in kinds:
        for variant in catalogue[entry]:
            notebook = compose(plain, variant["definitions"], variant["question"])
            content = nbformat.writes(notebook).encode()
            yield Composed(kind, variant["question"], variant["id"], content)


def _without_pictures(notebook: Any) -> Any:
    """Return the notebook without the functions that only draw."""
    plain = copy.deepcopy(notebook)
    for cell in code_cells(plain):
        if "@picture(" in cell.source:
            lines = cell.source.splitlines()
            for node in reversed(parse(cell.source).body):
                if isinstance(node, ast.FunctionDef) and any(map(_is_picture, node.decorator_list)):
                    first, last = lines_of(node)
                    del lines[first - 1 : last]
            cell.source = "\n".join(lines).strip()
    return plain


def _is_picture(decorator: ast.expr) -> bool:
    match decorator:
        case ast.Call(func=ast.Name("picture")):
            return True
    return False
