"""Grade with plain ``otter run``, to compare scores: the same files, without the walls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

Scores = Mapping[str, float]


class OtterError(Exception):
    """otter run gave no result; the message holds the last line that it wrote."""


def otter_scores(zip_path: Path, notebook: bytes, name: str) -> Scores:
    """Return the score of each question that ``otter run`` gives a notebook.

    Parameters
    ----------
    zip_path : Path
        The autograder zip of ``dist/<stage>``.
    notebook : bytes
        The submission. Trusted: otter runs it in its own process, as this user.
    name : str
        The file's name without its ending.
    """
    with tempfile.TemporaryDirectory(prefix="otter-") as folder:
        path = Path(folder) / f"{name}.ipynb"
        path.write_bytes(notebook)
        environment = os.environ | {"KERAS_BACKEND": "torch", "MPLBACKEND": "Agg"}
        done = subprocess.run(
            [sys.executable, "-m", "otter", "run", "-a", str(zip_path), "-o", folder, str(path)],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        results = Path(folder) / "results.json"
        if not results.exists():
            said = (done.stderr or done.stdout).strip().splitlines() or ["nothing"]
            raise OtterError(f"otter run gave no result for {name}; its last words: {said[-1]}")
        tests = json.loads(results.read_text())["tests"]
    return {test["name"]: test["score"] for test in tests if test.get("max_score") is not None}


def compare(
    zip_path: Path,
    notebooks: Mapping[str, bytes],
    ours: Mapping[str, Scores],
    jobs: int,
    on_done: Callable[[], None],
) -> list[str]:
    """Return a line for each notebook and question to which ``otter run`` gives another score."""

    def one(name: str) -> list[str]:
        try:
            theirs = otter_scores(zip_path, notebooks[name], name)
        except OtterError as error:
            return [str(error)]
        finally:
            on_done()
        return [
            f"{name}, {question}: otter run gives {theirs.get(question)}, ours {score:g}"
            for question, score in ours[name].items()
            if abs(theirs.get(question, -1.0) - score) > 1e-9
        ]

    with ThreadPoolExecutor(jobs) as pool:
        return [line for lines in pool.map(one, notebooks) for line in lines]
