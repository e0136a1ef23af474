"""Read a submitted notebook: which cells to run, and after which cell each question is tested."""

from __future__ import annotations

import ast
import json
from functools import lru_cache
from typing import Any

import msgspec

MAX_CELLS = 2000
MAX_SOURCE = 1_000_000
MAX_SOURCES = 2_000_000
# Python 3.11 parses in a time that may grow with the square of the length.
_PARSED = 20_000


class NotebookError(Exception):
    """A file is no notebook that can be graded; the message says what was found."""


class Cell(msgspec.Struct, frozen=True):
    """One code cell: its number among the code cells from 1 on, its source, what it checks."""

    number: int
    source: str
    checks: tuple[str, ...]


def read_cells(content: bytes, questions: tuple[str, ...]) -> list[Cell]:
    """Return the code cells of a notebook file, in order.

    Raises
    ------
    NotebookError
        When the file is no notebook, or too large to be one that somebody wrote.
    """
    notebook = _parse(content)
    sources = [
        _source(cell)
        for cell in notebook["cells"]
        if isinstance(cell, dict) and cell.get("cell_type") == "code"
    ]
    if not sources:
        raise NotebookError("the notebook has no code cells; submit the one that you worked in")
    if len(sources) > MAX_CELLS:
        raise NotebookError(f"the notebook has {len(sources):,} code cells; at most {MAX_CELLS:,}")
    if sum(map(len, sources)) > MAX_SOURCES:
        raise NotebookError(f"the code cells have more than {MAX_SOURCES:,} characters together")
    checked = [_checks(source, questions) for source in sources]
    # A question that is checked twice counts as it stands at its last check.
    last = {name: index for index, names in enumerate(checked) for name in names}
    return [
        Cell(
            index + 1,
            "" if _only_shows(source) else source,
            tuple(n for n in dict.fromkeys(names) if last[n] == index),
        )
        for index, (source, names) in enumerate(zip(sources, checked, strict=True))
    ]


def _parse(content: bytes) -> dict[str, Any]:
    if not content.strip():
        raise NotebookError("the file is empty; save the notebook and submit it again")
    try:
        notebook: dict[str, Any] = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise NotebookError("the file is not text in UTF-8, so it is no notebook") from None
    except RecursionError:
        raise NotebookError("the file is nested too deep to be a notebook") from None
    except ValueError as error:
        raise NotebookError(
            f"the file is no complete notebook (JSON ends or breaks: {error}); "
            "save it again and submit the .ipynb file itself"
        ) from None
    if not isinstance(notebook, dict):
        raise NotebookError("the file is JSON, but no notebook")
    if notebook.get("nbformat") != 4 and "worksheets" in notebook:
        notebook = _upgrade(notebook)
    if not isinstance(notebook.get("cells"), list):
        raise NotebookError("the file is JSON, but no notebook: it has no list of cells")
    return notebook


def _upgrade(notebook: dict[str, Any]) -> dict[str, Any]:
    """Return a notebook of format 3 in today's form."""
    import nbformat

    try:
        upgraded = nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception as error:
        raise NotebookError(
            f"the notebook has the old format {_format(notebook)} and could not be "
            f"converted ({type(error).__name__}); open it in Jupyter and save it again"
        ) from None
    return dict(upgraded)


def _format(notebook: dict[str, Any]) -> str:
    number = notebook.get("nbformat")
    return str(number) if isinstance(number, int) and abs(number) < 1000 else "?"


def _source(cell: dict[str, Any]) -> str:
    source = cell.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    if len(source) > MAX_SOURCE:
        raise NotebookError(f"a cell has {len(source):,} characters; at most {MAX_SOURCE:,}")
    return source.encode("utf-8", "replace").decode("utf-8")


def _only_shows(source: str) -> bool:
    """Return whether the cell is one function under ``@picture()``, which waits for no question.

    No question waits for it either, and it may take long: it is not run.
    """
    match source.strip().splitlines():
        case ["@picture()", head, *lines]:
            return head.startswith("def ") and all(one[:1] in ("", " ", "\t") for one in lines)
    return False


def _checks(source: str, questions: tuple[str, ...]) -> list[str]:
    """Return the questions that the cell checks by a top-level ``grader.check("q1", ...)``."""
    if "grader" not in source:
        return []
    found = []
    for statement in _parsed(source) or ():
        match statement:
            case ast.Expr(
                ast.Call(ast.Attribute(ast.Name("grader"), "check"), [ast.Constant(str(name)), *_])
            ) if name in questions:
                found.append(name)
    return found


def _parsed(source: str) -> list[ast.stmt] | None:
    """Return the cell's statements; None where Python does not parse it, or not soon."""
    if len(source) > _PARSED:
        return None
    try:
        return ast.parse(_plain(source)).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _plain(source: str) -> str:
    """Return source without the lines that only IPython understands."""
    return "\n".join(
        "" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.splitlines()
    )


def defines(source: str, name: str) -> bool:
    """Whether a cell's source has a top-level definition or assignment of name."""
    names = _defined(source)
    if names is None:
        return f"def {name}" in source or f"class {name}" in source or f"{name} =" in source
    return name in names


@lru_cache(maxsize=MAX_CELLS)
def _defined(source: str) -> frozenset[str] | None:
    """Return the names that a cell defines; asked for each test that misses one."""
    body = _parsed(source)
    if body is None:
        return None
    names = set()
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign | ast.Import | ast.ImportFrom):
            names |= _bound(node)
    return frozenset(names)


def _bound(node: ast.stmt) -> set[str]:
    names = {
        n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }
    if isinstance(node, ast.Import | ast.ImportFrom):
        names |= {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return names
