"""The notebooks made from a master: what a student gets, and the key."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import inspect
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder import checks
from autograder.authoring.assign import Assigned
from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import BEGIN, END, INLINE, Master, Question
from autograder.authoring.notebooks import code_cell, markdown_cell, normal

__all__ = ["Pair", "check_source", "last_cell", "otter_version", "pair", "setup_cell"]

CHECK_CELL = re.compile(r'\s*grader\.check\("([a-z0-9_]+)"\)\s*')
FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}


@dataclass(frozen=True)
class Pair:
    """The student's notebook and the key: the same cells, ids and all, but for the answers."""

    starter: Any
    key: Any


def pair(master: Master, stage_id: str, assigned: Assigned) -> Pair:
    """Return both notebooks, made of what otter assign left of the master."""
    starter = _finish(master, assigned.student, mask=True)
    key = _finish(master, assigned.autograder, mask=False)
    if [cell.id for cell in starter.cells] != [cell.id for cell in key.cells]:
        raise AuthoringError(
            "otter assign gave the student other cells than the key",
            str(master.path),
            f"Keep only code in the SOLUTION blocks of {stage_id}.",
        )
    return Pair(starter, key)


def setup_cell(root: Path) -> Any:
    """Return the cell that installs otter where it is missing and defines what checks need."""
    text = _template("setup_cell.py.tmpl").replace("@OTTER@", otter_version(root))
    source = text.replace("@CHECKS@", _checks_source())
    return code_cell("setup", source.strip("\n"), dict(FOLDED))


def last_cell(stage_id: str) -> Any:
    """Return the cell that says how to save and submit."""
    text = _template("last_cell.md.tmpl").replace("@STAGE@", stage_id)
    return markdown_cell("submit", text.strip("\n"))


def check_source(question: Question) -> str:
    """Return the check cell: the public tests as readable code, then the call that runs them."""
    public = [case for case in question.cases if not case.hidden]
    hidden = len(question.cases) - len(public)
    names = [f'"{question.name}"', *(case.function for case in public)]
    if hidden:
        names.append(f"hidden={hidden}")
    call = f"grader.check({', '.join(names)})"
    if len(call) > 88:
        call = "grader.check(\n    " + ",\n    ".join(names) + ",\n)"
    head = f"# The public checks of {question.name}: run this cell when you have answered."
    return "\n\n\n".join([head, *(case.source for case in public), call]).replace(
        f"{head}\n\n\n", f"{head}\n"
    )


def otter_version(root: Path) -> str:
    """Return the version of otter-grader that constraints.txt pins, or else the installed one."""
    pins = root / "constraints.txt"
    if pins.is_file():
        found = re.search(r"^otter-grader\s*==\s*([^\s;#]+)", pins.read_text("utf-8"), re.M)
        if found:
            return found[1]
    return importlib.metadata.version("otter-grader")


def _finish(master: Master, notebook: Any, mask: bool) -> Any:
    """Return assign's notebook with our check cells and ids, in normal form."""
    questions = {question.name: question for question in master.questions}
    cells = []
    for cell in notebook.cells:
        call = CHECK_CELL.fullmatch(cell.source) if cell.cell_type == "code" else None
        if call:
            question = questions[call[1]]
            cells.append(code_cell(f"{question.name}-check", check_source(question)))
            continue
        if not mask and cell.cell_type == "code" and "-answer-" in cell.id:
            cell.source = _without_marks(cell.source)
        cells.append(cell)
    return normal(cells)


def _without_marks(source: str) -> str:
    """Return a key's source without the marks that delimit its solutions."""
    rows = [row for row in source.splitlines() if not (BEGIN.match(row) or END.match(row))]
    return "\n".join(INLINE.sub("", row) for row in rows)


def _template(name: str) -> str:
    """Return the text of a template beside this file."""
    return (importlib.resources.files(__package__) / name).read_text(encoding="utf-8")


def _checks_source() -> str:
    """Return autograder/checks.py from its first definition on: the template has its imports."""
    source = inspect.getsource(checks)
    return source[source.index("\ndef close(") :].strip("\n")
