"""otter assign, run in a folder that is always removed: a failed run leaves hidden tests behind."""

from __future__ import annotations

import contextlib
import copy
import io
import logging
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import Master

__all__ = ["Assigned", "assign"]

CONFIG = """\
# ASSIGNMENT CONFIG
init_cell: false
check_all_cell: false
export_cell: false
python_version: "3.11"
tests:
  files: true
  ok_format: false
"""


@dataclass(frozen=True)
class Assigned:
    """What otter assign made: two notebooks, and the zip's files without tests and modules."""

    student: Any
    autograder: Any
    zip_files: dict[str, bytes]


def assign(
    master: Master,
    stage_id: str,
    setup: Any,
    last: Any,
    requirements: list[str],
) -> Assigned:
    """Run otter assign on the master with the setup cell after the title and the last cell.

    Raises
    ------
    AuthoringError
        When otter assign refuses the master.
    """
    with tempfile.TemporaryDirectory(prefix="autograder-assign-") as scratch:
        folder = Path(scratch)
        notebook = _with_frame(master.notebook, setup, last, requirements)
        path = folder / f"{stage_id}.ipynb"
        nbformat.write(notebook, str(path))
        _run(path, folder / "out", master.path)
        return _collect(folder / "out", path.name)


def _with_frame(notebook: Any, setup: Any, last: Any, requirements: list[str]) -> Any:
    """Return the master as otter assign wants it."""
    config = CONFIG
    if requirements:
        config += f"requirements: [{', '.join(requirements)}]\n"
    cells = [copy.deepcopy(cell) for cell in notebook.cells]
    cells[1:1] = [setup]
    whole = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_raw_cell(config), *cells, last],
        metadata={"kernelspec": {"name": "python3", "language": "python", "display_name": "py"}},
    )
    whole.nbformat, whole.nbformat_minor = 4, 5
    return whole


def _run(path: Path, out: Path, shown: Path) -> None:
    """Call otter assign, quietly."""
    from otter.assign import main  # 2 s to import: only a build pays for it

    said = io.StringIO()
    level, temporary = logging.root.manager.disable, tempfile.tempdir
    try:
        # When it fails, otter assign forgets a folder of hidden tests: let it lie in ours.
        tempfile.tempdir = str(path.parent)
        logging.disable(logging.INFO)
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            main(str(path), str(out), no_pdfs=True, no_run_tests=True)
    except Exception as error:
        raise AuthoringError(
            f"otter assign refuses this master: {type(error).__name__}: {error}",
            str(shown),
            "Mend what it names: blocks and marks stand as in the other stages' notebook.py.",
        ) from error
    finally:
        tempfile.tempdir = temporary
        logging.disable(level)


def _collect(out: Path, name: str) -> Assigned:
    """Read what otter assign wrote."""
    archives = sorted((out / "autograder").glob("*.zip"))
    with zipfile.ZipFile(archives[0]) as archive:
        files = {
            one: archive.read(one)
            for one in archive.namelist()
            if not one.startswith(("tests/", "files/"))
        }
    return Assigned(
        student=nbformat.read(str(out / "student" / name), as_version=4),
        autograder=nbformat.read(str(out / "autograder" / name), as_version=4),
        zip_files=files,
    )
