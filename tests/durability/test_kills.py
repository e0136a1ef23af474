"""`autograder grade`, killed again and again: nothing is lost, nothing is graded twice."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import small_course as small

from autograder.grading.usage import children
from autograder.sandbox import SandboxUnavailable, choose

STUDENTS = 200
KILLS = 25
SEED = 20260914
KINDS = ("grade", "worker", "template")
#: Far above what anything here takes: a run that stands still fails, and does not hang the tests.
PATIENCE = 120.0
_PR_SET_CHILD_SUBREAPER = 36


@pytest.fixture(autouse=True)
def orphans() -> Iterator[None]:
    """Have what a killed run leaves behind become a child of this process, where it is seen."""
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    assert prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0) == 0
    yield
    prctl(_PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@pytest.fixture
def driver() -> str:
    try:
        return choose("auto")
    except SandboxUnavailable:
        return "none"


class Grading:
    """One run of `autograder grade`, and what was below this process before it."""

    def __init__(self, root: Path, *words: str) -> None:
        self._before = set(children(os.getpid()))
        self.process = subprocess.Popen(
            small.grade_command(*words),
            cwd=root,
            env=small.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self.graded = 0

    def next_grade(self) -> bool:
        """Wait for the next submission's line; return whether there was one."""
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if line.startswith("["):
                self.graded += 1
                return True
        return False

    def kill(self, kind: str, moment: random.Random) -> bool:
        """Kill one of the run's processes of this kind; return whether there was one."""
        pid = self.process.pid
        found = {"grade": [pid], "worker": small.workers(pid), "template": small.templates(pid)}
        if not found[kind]:
            return False
        with suppress(ProcessLookupError):
            os.kill(moment.choice(sorted(found[kind])), signal.SIGKILL)
        return True

    def end(self) -> int:
        """Read to the end; return the exit status once nothing of the run is left."""
        # Who is left behind holds the pipe open: without an end to that we would read for ever.
        stayed: dict[int, list[str]] = {}
        timer = threading.Timer(PATIENCE, self._give_up, [stayed])
        timer.start()
        while self.next_grade():
            pass
        status = self.process.wait()
        while left := set(children(os.getpid())) - self._before:
            for orphan in left:
                with suppress(ChildProcessError):
                    os.waitpid(orphan, os.WNOHANG)
            time.sleep(0.01)
        timer.cancel()
        assert not stayed
        return status

    def _give_up(self, stayed: dict[int, list[str]]) -> None:
        for pid in set(children(os.getpid())) - self._before:
            stayed[pid] = small.words_of(pid)
            os.kill(pid, signal.SIGKILL)


def test_a_class_survives_twenty_five_kills(tmp_path: Path, driver: str) -> None:
    calm, rough = small.write_course(tmp_path / "calm"), small.write_course(tmp_path / "rough")
    for root in (calm, rough):
        small.write_class(root, STUDENTS)
    started = time.monotonic()
    assert Grading(calm, "--sandbox", driver).end() == 0
    pace = (time.monotonic() - started) / STUDENTS
    expected = small.rows(calm / "gradebook.sqlite")
    assert Counter(row[3] for row in expected) == {
        **{"graded": STUDENTS - 4, "timeout": 2, "crashed": 1, "unreadable": 1}
    }
    assert {row[4] for row in expected} == {0.0, 1.0, 2.0, 3.0, 4.0}

    moment = random.Random(SEED)
    kills: Counter[str] = Counter()
    before = 0
    run = Grading(rough, "--sandbox", driver)
    while kills.total() < KILLS:
        kind = KINDS[kills.total() % len(KINDS)]
        share = (STUDENTS - before - run.graded) // (KILLS - kills.total())
        for _ in range(moment.randint(0, share)):
            assert run.next_grade(), "the class is too small for so many kills"
        # Not right after a commit: somewhere within what comes next.
        time.sleep(moment.uniform(0, 2 * pace))
        kills[kind] += run.kill(kind, moment)
        if kind == "grade":
            assert run.end() == -signal.SIGKILL
            before += run.graded
            run = Grading(rough, "--sandbox", driver)
    assert run.end() == 0, run.lines[-5:]

    found = small.rows(rough / "gradebook.sqlite")
    assert small.alike(expected, found) == ""
    assert len(found) == STUDENTS
    assert min(kills.values()) >= KILLS // len(KINDS)


def test_a_run_killed_while_its_workers_start_leaves_nobody(tmp_path: Path, driver: str) -> None:
    root = small.write_course(tmp_path)
    small.write_class(root, 10)
    for moment in (0.0, 0.3):
        run = Grading(root, "--sandbox", driver)
        while not small.workers(run.process.pid):
            time.sleep(0.005)
        time.sleep(moment)
        run.kill("grade", random.Random(SEED))
        assert run.end() == -signal.SIGKILL
    assert Grading(root, "--sandbox", driver).end() == 0
    assert len(small.rows(root / "gradebook.sqlite")) == 10


def test_a_template_killed_within_a_submission_costs_it_nothing(
    tmp_path: Path, driver: str
) -> None:
    if driver == "none":
        pytest.skip("without walls there is no template that is nobody's child but the worker's")
    root = small.write_course(tmp_path)
    (root / "class").mkdir()
    for name in "abcd":
        cells = [f"name = {name!r}", small.RIGHT, "import time; time.sleep(0.4)"]
        cells += [small.CHECKS[0], small.DOUBLE, small.CHECKS[1]]
        (root / "class" / f"{name}.ipynb").write_bytes(small.notebook(*cells))
    run = Grading(root, "--sandbox", driver, "--jobs", "1")
    killed = 0
    while run.next_grade():
        time.sleep(0.2)
        killed += run.kill("template", random.Random(SEED))
    assert run.end() == 0
    assert killed >= 2
    found = small.rows(root / "gradebook.sqlite")
    assert [row[3:6] for row in found] == [("graded", 4.0, "")] * 4
