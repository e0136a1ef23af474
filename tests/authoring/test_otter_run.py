"""The zip grades with plain ``otter run``, whatever the file is called."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.compose import compose, mix


def otter_run(tiny, notebook, folder, name):
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, str(path))
    command = [sys.executable, "-m", "otter", "run", "--no-logo", "-a"]
    done = subprocess.run(
        [*command, str(tiny.dist / "01_tiny.zip"), "-o", str(folder), str(path)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    tests = json.loads((Path(folder) / "results.json").read_text())["tests"]
    return {one["name"]: one["score"] for one in tests if "score" in one}


@pytest.mark.parametrize(
    ("name", "scores"),
    [
        ("key renamed by an LMS (1)", {"q1": 3.5, "q2": 3}),
        ("starter", {"q1": 0, "q2": 0}),
        ("mixed", {"q1": 0, "q2": 3}),
        ("mistake", {"q1": 3.5, "q2": 1}),
    ],
)
def test_scores(tiny, tmp_path, name, scores):
    starter, key = (nbformat.read(path, 4) for path in (tiny.starter, tiny.dist / "key.ipynb"))
    notebook = {
        "starter": starter,
        "mixed": mix(starter, key, {"q2"}),
        "mistake": compose(key, {"total": "total = 42.75 / 2"}),
    }.get(name, key)
    assert otter_run(tiny, notebook, tmp_path, name) == scores
