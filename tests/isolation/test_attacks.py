"""No attack gains a point, touches anything outside, or changes another submission's grade.

``cheats/`` are notebooks that want points without knowing the answers; ``escapes/`` are notebooks
that look for a hole in the walls and report what they found.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from attacks import (
    CHEATS,
    CHECKS,
    ESCAPES,
    HERE,
    NEEDS_WALLS,
    ROOT,
    USER,
    as_user,
    submissions,
    touched,
    visible,
)
from stages import notebook
from vault import write_vault

WAYS = ["bwrap as root", "bwrap as a user", "none"]


@pytest.fixture(scope="session", params=WAYS)
def graded(request: pytest.FixtureRequest) -> Any:
    """All attacks, graded one after the other by one worker, honest work in between."""
    way = request.param
    if way == "bwrap as root" and os.getuid() != 0:
        pytest.skip("these tests run as an ordinary user")
    driver = way.split()[0]
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attacks-")))
        folder.chmod(0o755)
        home, marks = folder / "home", folder / "marks"
        for place in (home, marks):
            place.mkdir()
            place.chmod(0o777)
        (folder / "secret.txt").write_text("the host's secret")
        stage = write_vault(folder / "vault")
        listener = stack.enter_context(socket.socket(socket.AF_UNIX))
        listener.bind(str(home / "listener"))
        abstract = stack.enter_context(socket.socket(socket.AF_UNIX))
        abstract.bind("\0autograder-attacks-" + folder.name)
        port = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        for sock in (listener, abstract):
            sock.listen()
        places = {
            "stage": stage,
            "secret": folder / "secret.txt",
            "repository": ROOT,
            "home": home,
            "marks": marks,
            "python": sys.base_prefix,
            "visible": visible(),
            "canary": "canary-4711",
            "listener": home / "listener",
            "abstract": "autograder-attacks-" + folder.name,
            "port": port.getsockname()[1],
        }
        names = []
        for name, source in submissions(driver):
            for place, path in places.items():
                source = source.replace("{" + place + "}", str(path))
            cells = source.split("# %%\n")
            content = notebook(
                *cells, *(CHECKS if name not in ESCAPES else ["grader.check('walls')"])
            )
            (folder / f"{len(names):03}.ipynb").write_bytes(content)
            names.append(name)
        environment = {
            "PATH": "/usr/bin:/bin:/usr/sbin:/sbin",
            "HOME": str(home),
            "AUTOGRADER_CANARY": "canary-4711",
            "PYTHONPATH": f"{ROOT}:{HERE.parent / 'grading'}",
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        command = [sys.executable, str(HERE / "run.py"), str(folder), driver]
        before = touched()
        run = subprocess.run(
            [*(as_user() if way == "bwrap as a user" else []), *command],
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            # Descriptors that a careless caller leaves open must not reach the sandbox.
            pass_fds=[listener.fileno()],
        )
        assert run.returncode == 0, run.stderr[-4000:]
        results = json.loads(run.stdout)
        assert len(results["results"]) == len(names)
        yield SimpleNamespace(
            way=way,
            uid=results["uid"],
            results=list(zip(names, results["results"], strict=True)),
            marks=[str(path) for path in marks.iterdir()],
            touched=touched() - before,
            said=run.stderr,
        )


def result_of(graded, name):
    found = [result for other, result in graded.results if other == name]
    if not found:
        pytest.skip("needs walls")
    return found[0]


def test_who_grades(graded):
    user = os.getuid() or USER
    assert graded.uid == (user if graded.way == "bwrap as a user" else os.getuid())


@pytest.mark.parametrize("name", CHEATS)
def test_a_cheat_gains_nothing(graded, name):
    if graded.way == "none" and name in NEEDS_WALLS:
        pytest.skip("needs walls")
    result = result_of(graded, name)
    passed = [
        (q["name"], c["name"]) for q in result["questions"] for c in q["cases"] if c["passed"]
    ]
    # A test that only wants something to be raised is content with anything raised.
    assert {case for case in passed if case != ("q3", "only the raise")} == set()
    assert result["score"] == 0


@pytest.mark.parametrize("name", ESCAPES)
def test_an_escape_finds_nothing(graded, name):
    if graded.way == "none":
        pytest.skip("needs walls")
    result = result_of(graded, name)
    walls = next(q for q in result["questions"] if q["name"] == "walls")
    assert [case["message"] for case in walls["cases"]] == [""], result["message"]
    assert walls["score"] == 1
    assert result["status"] == "graded"


def test_nothing_outside_was_touched(graded):
    assert graded.marks == []
    assert graded.touched == set()


def test_honest_neighbours_keep_their_grade(graded):
    honest = [result for name, result in graded.results if name == "honest"]
    wanted = {
        key: honest[0][key] for key in ("score", "possible", "status", "message", "questions")
    }
    assert wanted["score"] == wanted["possible"] > 30
    assert wanted["status"] == "graded"
    for result in honest:
        assert {key: result[key] for key in wanted} == wanted


def test_no_hidden_text_reaches_the_student(graded):
    for _, result in graded.results:
        said = [c["feedback"] for q in result["questions"] for c in q["cases"]] + [
            result["message"]
        ]
        for text in said:
            assert "sesame" not in text
            assert "reference." not in text
            assert "WHISPER" not in text
            assert len(text) < 2000
