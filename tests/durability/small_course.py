"""A course with one cheap stage, a class of 200, and a look at what a grading run left behind."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder.grading.stage import Limits
from autograder.grading.usage import children

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "grading"))

from stages import notebook, write_stage  # noqa: E402

STAGE = "01_small"
LIMITS = Limits(cpu_seconds=8.0, cell_seconds=0.4, case_seconds=0.4, memory_mib=512)
TESTS = {
    "q1": [
        (
            "adds",
            False,
            1.0,
            "def public(env):\n    assert env['add'](2, 3) == 5, 'expected 5'",
        ),
        (
            "HIDDEN adds what is below 0",
            True,
            2.0,
            "def hidden(env):\n    assert env['add'](-2, -3) == -5, 'expected -5'",
        ),
    ],
    "q2": [
        (
            "doubles",
            False,
            1.0,
            "def double(env):\n    assert env['double']('ab') == 'abab', 'expected abab'",
        ),
    ],
}
CHECKS = ("grader.check('q1')", "grader.check('q2')")
RIGHT = "def add(a, b):\n    return a + b"
PARTLY = "def add(a, b):\n    return abs(a) + abs(b)"
WRONG = "def add(a, b):\n    return a - b"
BROKEN = "def add(a, b):\n    return a + "
RAISES = "def add(a, b):\n    raise ValueError('no idea')"
HANGS = RIGHT + "\nwhile True:\n    pass"
EXITS = RIGHT + "\nimport os\nos._exit(1)"
DOUBLE = "def double(x):\n    return 2 * x"
ANSWERS = (RIGHT, PARTLY, WRONG, BROKEN, RAISES)
#: Too slow to be everybody's.
RARE = {17: HANGS, 60: EXITS, 120: HANGS}
UNREADABLE = 33

Row = tuple[str, str, str, str, float, str, str]


def write_course(root: Path, tests: dict[str, Any] = TESTS) -> Path:
    """Write a course with its stage built; return its folder."""
    root.mkdir(parents=True, exist_ok=True)
    limits = msgspec.to_builtins(LIMITS)
    lines = [f"{name} = {value}" for name, value in limits.items()]
    (root / "course.toml").write_text(
        '[course]\ntitle = "C"\nterm = "T"\ntimezone = "UTC"\n'
        f'[stages.{STAGE}]\ntitle = "A"\nimports = []\n[stages.{STAGE}.limits]\n'
        + "\n".join(lines)
        + "\n"
    )
    write_stage(root / "dist" / STAGE, tests, imports=(), limits=LIMITS)
    return root


def write_class(root: Path, count: int) -> None:
    """Write a class: right, partly right, wrong, broken; some that hang or exit, one unreadable."""
    folder = root / "class"
    folder.mkdir()
    for index in range(count):
        answer = RARE.get(index, ANSWERS[index % len(ANSWERS)])
        double = DOUBLE if index % 3 else "double = None"
        # No two files are alike: a grade belongs to its bytes.
        content = notebook(f"name = 'student {index}'", answer, CHECKS[0], double, CHECKS[1])
        if index == UNREADABLE:
            content = content[: len(content) // 2]
        file = folder / f"s{index:03}.ipynb"
        file.write_bytes(content)
        os.utime(file, (1000, 1000))


def grade_command(*words: str, jobs: int = 2) -> list[str]:
    """Return the words that grade the class; run them in the course's folder."""
    return [
        *(sys.executable, "-m", "autograder", "grade", STAGE, "class"),
        *("--jobs", str(jobs), *words),
    ]


def environment() -> dict[str, str]:
    """Return an environment in which the command finds this autograder from any folder."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


def rows(book: Path) -> list[Row]:
    """Return every grade but for its id and its times, sorted; looking leaves nothing behind."""
    with tempfile.TemporaryDirectory() as scratch:
        for file in book.parent.glob(f"{book.name}*"):
            shutil.copyfile(file, Path(scratch) / file.name)
        connection = sqlite3.connect(Path(scratch) / book.name)
        try:
            return sorted(
                connection.execute(
                    "SELECT student, stage, sha256, status, score, message, questions FROM grades"
                )
            )
        finally:
            connection.close()


def words_of(pid: int) -> list[str]:
    """Return a process's command line; nothing where it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode("utf-8", "replace").split("\0")
    except OSError:
        return []


def workers(main: int) -> list[int]:
    """Return a run's worker processes."""
    return [pid for pid in children(main) if "--multiprocessing-fork" in words_of(pid)]


def templates(main: int) -> list[int]:
    """Return the innermost process of each sandbox that a run's workers hold."""
    found = []
    for worker in workers(main):
        for outer in children(worker):
            if words_of(outer)[:1] == ["bwrap"]:
                inner = [deep for middle in children(outer) for deep in children(middle)]
                found += inner[:1]
    return found


def alike(one: Sequence[Row], other: Sequence[Row]) -> str:
    """Return in words how two gradebooks differ, nothing where they do not."""
    gone = [row for row in one if row not in other]
    new = [row for row in other if row not in one]
    lines = [f"- {row[0]} {row[3]} {row[4]} {row[5]!r}" for row in gone]
    lines += [f"+ {row[0]} {row[3]} {row[4]} {row[5]!r}" for row in new]
    return "\n".join(lines)
