"""Notebooks composed from a key: with definitions replaced, or solved in some questions only."""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Mapping
from typing import Any

from autograder.authoring.notebooks import code_cells
from autograder.authoring.source import Definition, bound_names, lines_of, parse, plain_python

__all__ = ["ComposeError", "all_names", "changed_cells", "compose", "defined_names", "mix"]


class ComposeError(Exception):
    """A definition has no place in the notebook, or is no replacement for what stands there."""


def compose(notebook: Any, definitions: Mapping[str, str], question: str | None = None) -> Any:
    """Return the notebook with these definitions in place of its own.

    Parameters
    ----------
    notebook : NotebookNode
        Usually a key; it is not changed.
    definitions : mapping of str to str
        A name, and the source of the function, class or assignment that replaces the last
        top-level one of that name.
    question : str, optional
        Look in the answers of this question only. By default all answers come first, then the
        other cells: a name may be bound again after its question.

    Raises
    ------
    ComposeError
        When the notebook does not define one of the names, or a function is to replace a value.
    """
    composed = copy.deepcopy(notebook)
    cells = [cell for cell in reversed(composed.cells) if _replaceable(cell)]
    own = f"{question or ''}-answer-"
    answers = [c for c in cells if (c.id.startswith(own) if question else own in c.id)]
    others = [] if question else [cell for cell in cells if own not in cell.id]
    for name, source in definitions.items():
        for cell in answers + others:
            if (node := _find(cell.source, name)) is not None:
                if _is_value(node) and isinstance(parse(source).body[-1], Definition):
                    raise ComposeError(
                        f"{name} is a value in the notebook, and a function in its place is not: "
                        f"write a function named variables with {name} = ... in its body"
                    )
                cell.source = _replace(cell.source, node, name, source)
                break
        else:
            raise ComposeError(f"no cell of the notebook defines {name}")
    return composed


def changed_cells(key: Any, composed: Any) -> dict[int, str]:
    """Return the code cells of a composed notebook that differ from the key's, by their number."""
    pairs = zip(code_cells(key), code_cells(composed), strict=True)
    return {
        number: new.source for number, (old, new) in enumerate(pairs, 1) if old.source != new.source
    }


def mix(starter: Any, key: Any, solved: Collection[str]) -> Any:
    """Return the starter with the key's answers in the questions that solved names."""
    answers = {cell.id: cell.source for cell in key.cells}
    mixed = copy.deepcopy(starter)
    for cell in mixed.cells:
        question, _, rest = cell.id.partition("-answer-")
        if rest and question in solved:
            cell.source = answers[cell.id]
    return mixed


def defined_names(notebook: Any) -> dict[str, set[str]]:
    """Return, for each question of a key, the names that its answers define."""
    found: dict[str, set[str]] = {}
    for cell in notebook.cells:
        question, _, rest = cell.id.partition("-answer-")
        if rest:
            names = {name for node in parse(cell.source).body for name in bound_names(node)}
            found.setdefault(question, set()).update(names)
    return found


def all_names(notebook: Any) -> set[str]:
    """Return every name that the notebook's cells define at their top level."""
    return {
        name
        for cell in code_cells(notebook)
        for node in parse(cell.source).body
        for name in bound_names(node)
    }


def _replaceable(cell: Any) -> bool:
    """Return whether a cell may hold a definition to replace: not a test's, not the setup's."""
    return (
        cell.cell_type == "code"
        and cell.get("id") != "setup"
        and not str(cell.get("id", "")).endswith("-check")
    )


def _find(source: str, name: str) -> ast.stmt | None:
    """Return the last top-level statement of a cell that binds name."""
    if len(plain_python(source).splitlines()) != len(source.splitlines()):
        return None  # a cell magic: its lines are not statements of this notebook
    try:
        body = parse(source).body
    except SyntaxError:
        return None
    plain = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign)
    bound = [node for node in body if isinstance(node, plain) and name in bound_names(node)]
    return bound[-1] if bound else None


def _is_value(node: ast.stmt) -> bool:
    """Whether a statement sets a value that is no function."""
    return isinstance(node, ast.Assign | ast.AnnAssign) and not isinstance(node.value, ast.Lambda)


def _replace(source: str, node: ast.stmt, name: str, definition: str) -> str:
    """Return the cell's source with the statement replaced by the definition."""
    lines = source.splitlines()
    first, last = lines_of(node)
    beside = [one for one in parse(source).body if one is not node and _overlap(one, first, last)]
    if len(bound_names(node)) > 1 or beside:
        # `a, b = 1, 2` or `a = 1; b = 2`: the others keep their values, this one is set after.
        first = last + 1
    kept = lines[: first - 1], lines[last:]
    return "\n".join([*kept[0], definition.rstrip("\n"), *kept[1]])


def _overlap(node: ast.stmt, first: int, last: int) -> bool:
    """Return whether a statement shares a line with those from first to last."""
    start, end = lines_of(node)
    return start <= last and first <= end
