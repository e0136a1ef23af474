"""The key, executed: the solved notebook to read, and the proof that the key runs."""

from __future__ import annotations

import copy
import re
import subprocess
import tempfile
from typing import Any

import nbclient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from autograder.authoring.errors import AuthoringError

__all__ = ["execute", "failed_checks"]

ADDRESS = re.compile(r"0x[0-9a-f]{6,}")


def execute(notebook: Any, where: str, timeout: float = 300.0) -> Any:
    """Return the notebook with its outputs, run top to bottom in an empty folder.

    Parameters
    ----------
    notebook : NotebookNode
        Not changed.
    where : str
        The file that an error names.
    timeout : float
        Seconds a cell may take.

    Raises
    ------
    AuthoringError
        When a cell raises, hangs or kills the kernel.
    """
    solved = copy.deepcopy(notebook)
    do = "Run the notebook from the top and mend that cell."
    with tempfile.TemporaryDirectory(prefix="autograder-run-") as folder:
        client = nbclient.NotebookClient(
            solved,
            timeout=timeout,
            kernel_name="python3",
            record_timing=False,
            resources={"metadata": {"path": folder}},
        )
        try:
            client.execute(stderr=subprocess.DEVNULL)  # the kernel's own log is no output
        except CellExecutionError as error:
            raise AuthoringError(
                f"cell {_failed(solved)} raised {error.ename}: {error.evalue}", where, do
            ) from None
        except (CellTimeoutError, DeadKernelError) as error:
            raise AuthoringError(f"cell {_failed(solved)}: {error}", where, do) from None
        for cell in solved.cells:
            cell.metadata.pop("execution", None)
            if cell.cell_type == "code":
                cell.outputs = [_steady(one, folder) for one in _merged(cell.outputs)]
    return solved


def failed_checks(solved: Any) -> list[str]:
    """Return what the public checks of an executed notebook found wrong, a line each."""
    return [
        line
        for cell in solved.cells
        if cell.id.endswith("-check")
        for output in cell.outputs
        for line in output.get("text", "").splitlines()
        if line.startswith("✗")
    ]


def _failed(notebook: Any) -> str:
    """Return the id of the last cell that ran, with its position."""
    code = [(i, c) for i, c in enumerate(notebook.cells, 1) if c.cell_type == "code"]
    ran = [one for one in code if one[1].execution_count or one[1].outputs] or code[:1]
    place, cell = ran[-1]
    return f"{place} ({cell.id})"


def _merged(outputs: list[Any]) -> list[Any]:
    """Join neighbouring pieces of the same stream: where they break is chance."""
    merged: list[Any] = []
    for one in outputs:
        last = merged[-1] if merged else None
        if (
            last is not None
            and one.output_type == last.output_type == "stream"
            and one.name == last.name
        ):
            last.text += one.text
        else:
            merged.append(one)
    return merged


def _steady(output: Any, folder: str) -> Any:
    """Return an output without memory addresses and the folder it ran in."""

    def clean(text: str) -> str:
        return ADDRESS.sub("0x0", text.replace(folder, "."))

    if "text" in output:
        output.text = clean(output.text)
    for kind, value in output.get("data", {}).items():
        if kind.startswith("text/") and isinstance(value, str):
            output.data[kind] = clean(value)
    return output
