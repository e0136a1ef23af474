"""A disk that fills up, a gradebook that turns read-only, two graders at once: nothing is lost."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import small_course as small

STUDENTS = 30
BOOK = "disk/gradebook.sqlite"
_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE = 1


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = small.write_course(tmp_path)
    small.write_class(made, STUDENTS)
    (made / "disk").mkdir()
    return made


def start(
    root: Path, *words: str, prepare: Callable[[], object] | None = None
) -> subprocess.Popen[str]:
    """Grade the class without walls: they are not what is at stake here."""
    return subprocess.Popen(
        small.grade_command("--sandbox", "none", "--gradebook", BOOK, *words),
        cwd=root,
        env=small.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=prepare,
    )


def end(run: subprocess.Popen[str]) -> tuple[int, str, str]:
    out, err = run.communicate(timeout=120)
    assert "Traceback" not in out + err
    return run.returncode, out, err


def assert_clear(status: int, err: str, *says: str) -> None:
    """The file, what was found, what to do: in one message."""
    assert status == 2
    assert err.count("\n") == 1
    for words in says:
        assert words in err


def assert_whole(root: Path) -> None:
    """Everybody has one grade, and all of them are kept in the one file."""
    found = small.rows(root / BOOK)
    assert len(found) == STUDENTS
    assert len({row[0] for row in found}) == STUDENTS


class TestNoRoom:
    def test_a_gradebook_that_may_not_grow(self, root: Path) -> None:
        """A quota or a limit on the size of files; a full disk looks much the same to SQLite."""
        kept = []
        for room in (1_000, 40_000):
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            limit = (room, hard)
            run = start(root, prepare=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))  # noqa: B023
            status, out, err = end(run)
            assert_clear(status, err, f"{BOOK} cannot be written", "Make room and run")
            kept.append(out.count("\n["))
        assert kept[0] == 0
        assert 0 < kept[1] < STUDENTS
        assert len(small.rows(root / BOOK)) == kept[1]
        status, out, _ = end(start(root))
        assert status == 0
        assert f"{kept[1]} already graded, {STUDENTS - kept[1]} to do" in out
        assert_whole(root)

    def test_a_full_disk(self, root: Path) -> None:
        disk = ["bwrap", "--dev-bind", "/", "/", "--size", "400000", "--tmpfs", str(root / "disk")]
        if subprocess.run([*disk, "true"], capture_output=True, check=False).returncode:
            pytest.skip("no small disk can be made here")
        # The disk ends with its namespace: all of it happens in one.
        script = f"""
            import json, os, sys
            from pathlib import Path
            sys.path.insert(0, {str(small.HERE)!r})
            import small_course as small, test_disks as disks
            from autograder.gradebook.book import open_gradebook
            root, ballast = Path({str(root)!r}), Path({str(root / "disk" / "ballast")!r})
            found = []
            for left in (0, 62_000, None):
                ballast.unlink(missing_ok=True)
                open_gradebook(root / disks.BOOK) if left else None
                if left is not None:
                    disk = os.statvfs(ballast.parent)
                    ballast.write_bytes(bytes(disk.f_bavail * disk.f_bsize - left))
                found.append(disks.end(disks.start(root)))
            print(json.dumps(found))
            disks.assert_whole(root)
        """
        done = subprocess.run(
            [*disk, sys.executable, "-c", textwrap.dedent(script)],
            env=small.environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        full, nearly, roomy = json.loads(done.stdout)
        for status, _, err in (full, nearly):
            assert_clear(status, err, f"{BOOK}: the disk is full", "Make room and run")
        assert full[1].count("\n[") == 0
        kept = nearly[1].count("\n[")
        assert 0 < kept < STUDENTS
        assert roomy[0] == 0
        assert f"{kept} already graded, {STUDENTS - kept} to do" in roomy[1]

    def test_a_log_on_a_full_disk(self, root: Path) -> None:
        with Path("/dev/full").open("w") as full:
            done = subprocess.run(
                small.grade_command("--sandbox", "none", "--gradebook", BOOK),
                cwd=root,
                env=small.environment(),
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert "Traceback" not in done.stderr
        assert_clear(done.returncode, done.stderr, "The output cannot be written", "Make room")
        assert end(start(root))[0] == 0
        assert_whole(root)


@pytest.mark.parametrize("closed", [(BOOK,), (BOOK, "disk")])
def test_a_gradebook_that_turns_read_only(root: Path, closed: tuple[str, ...]) -> None:
    prctl = ctypes.CDLL(None).prctl

    def as_a_user() -> None:
        """Permissions bind root too, without this capability; nobody else has it."""
        prctl(_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, 0, 0, 0)

    run = start(root, prepare=as_a_user)
    assert run.stdout
    for line in run.stdout:
        if line.startswith("[ 5/"):
            break
    for place in closed:
        (root / place).chmod((root / place).stat().st_mode & ~0o222)
    status, out, err = end(run)
    assert_clear(status, err, f"{BOOK} is read-only", "Make ", "writable and run")
    kept = 5 + len([line for line in out.splitlines() if line.startswith("[")])
    assert len(small.rows(root / BOOK)) == kept < STUDENTS

    status, _, err = end(start(root, prepare=as_a_user))
    assert_clear(status, err, f"{BOOK} is read-only")
    # What the message names is all that has to be made writable.
    named = err.partition("Make ")[2].partition(" writable")[0].split(" and ")
    assert named
    for name in named:
        (root / name).chmod(0o755 if (root / name).is_dir() else 0o644)
    status, out, err = end(start(root, prepare=as_a_user))
    assert (status, err) == (0, "")
    assert f"{kept} already graded" in out
    assert_whole(root)


def test_two_graders_at_once_keep_one_grade_each(root: Path) -> None:
    runs = [start(root, "--jobs", "1") for _ in range(2)]
    for run in runs:
        status, out, err = end(run)
        assert (status, err) == (0, "")
        assert f"{STUDENTS} submissions by {STUDENTS} students" in out
    assert_whole(root)


def test_what_a_dead_run_left_in_the_log_is_read(root: Path) -> None:
    """A -wal file beside the gradebook holds grades: whole commits count, a half one never was."""
    assert end(start(root))[0] == 0
    command = (
        "import sqlite3, os; book = sqlite3.connect('gradebook.sqlite');\n"
        "for message in ('whole', 'torn'):\n"
        "    book.execute('UPDATE grades SET message = ?', (message,)); book.commit()\n"
        "os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", command], cwd=root / "disk", check=False)
    log = root / "disk" / "gradebook.sqlite-wal"
    # As by a machine that lost its power while it wrote.
    os.truncate(log, log.stat().st_size - 100)
    status, out, err = end(start(root))
    assert (status, err) == (0, "")
    assert f"{STUDENTS} already graded, 0 to do" in out
    assert_whole(root)
    assert {row[5] for row in small.rows(root / BOOK)} == {"whole"}
