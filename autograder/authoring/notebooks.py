"""Notebooks in one normal form, so that the same source gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.errors import AuthoringError

__all__ = ["code_cell", "code_cells", "dump", "markdown_cell", "normal", "read_student_notebook"]

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}


def code_cell(cell_id: str, source: str, metadata: dict[str, Any] | None = None) -> Any:
    """Return a code cell with this id."""
    return nbformat.v4.new_code_cell(source, id=cell_id, metadata=metadata or {})


def code_cells(notebook: Any) -> list[Any]:
    """Return the notebook's code cells; grading counts them from 1."""
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def markdown_cell(cell_id: str, source: str) -> Any:
    """Return a text cell with this id."""
    return nbformat.v4.new_markdown_cell(source, id=cell_id)


def normal(cells: list[Any]) -> Any:
    """Return a notebook of these cells with the least metadata that every front end accepts.

    Outputs, counts and the cells' metadata go, but for what folds the setup cell.
    """
    kept = []
    for cell in cells:
        folded = {k: v for k, v in cell.metadata.items() if k in ("cellView", "jupyter")}
        if cell.cell_type == "code":
            kept.append(code_cell(cell.id, cell.source, folded))
        else:
            kept.append(markdown_cell(cell.id, cell.source))
    notebook = nbformat.v4.new_notebook(
        cells=kept, metadata={"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
    )
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    return notebook


def dump(notebook: Any) -> bytes:
    """Return a notebook file's bytes: keys sorted, sources as lists of lines, one last newline."""
    nbformat.validate(notebook)
    plain = json.loads(nbformat.writes(notebook))
    text = json.dumps(plain, indent=1, sort_keys=True, ensure_ascii=False)
    return (text + "\n").encode()


def read_student_notebook(root: Path, stage_id: str) -> tuple[Path, Any]:
    """Return the committed student notebook of a stage, and where it is.

    Raises
    ------
    AuthoringError
        When it is not there or is no notebook.
    """
    path = root / "assignments" / stage_id / f"{stage_id}.ipynb"
    try:
        notebook = nbformat.read(str(path), as_version=4)
    except (OSError, ValueError) as error:
        raise AuthoringError(
            f"the student notebook cannot be read: {error}",
            str(path),
            f"Run: autograder build {stage_id}",
        ) from None
    return path, notebook
