"""The gradebook keeps every grade, at once, and knows which counts."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder.gradebook import schema
from autograder.gradebook.book import GradebookError, open_gradebook
from autograder.gradebook.changes import compare
from autograder.gradebook.run import storable
from autograder.grading.results import CaseResult, Diagnosis, QuestionResult, SubmissionResult


def result(
    student: str = "jane", *, sha: str = "a", score: float = 1.0, path: str = "", **more: Any
) -> SubmissionResult:
    cases = (
        CaseResult("public", False, 1, score >= 1),
        CaseResult("deep", True, 1, score >= 2, "m", "f", Diagnosis("id", "Look.")),
    )
    return SubmissionResult(
        path or f"class/{student}.ipynb",
        sha * 64,
        student,
        "01_x",
        "graded",
        score,
        2.0,
        questions=(QuestionResult("q1", score, 2.0, cases),),
        **more,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "gradebook.sqlite"


class TestGrades:
    def test_a_grade_comes_back_as_it_was(self, file: Path) -> None:
        one = result(message="it “said”\nthis")
        open_gradebook(file).record(one, "v1", 5.0)
        (grade,) = open_gradebook(file, create=False).current_grades()
        assert grade.result == one
        assert (grade.stage_version, grade.submitted_at, grade.current) == ("v1", 5.0, True)
        assert grade.graded_at.endswith("+00:00")

    def test_already_graded_is_same_bytes_and_same_tests(self, file: Path) -> None:
        book = open_gradebook(file)
        book.record(result(), "v1", 5.0)

        def found(version: str, sha: str, student: str) -> SubmissionResult | None:
            return book.already_graded("01_x", version, sha * 64, student, "elsewhere.ipynb")

        assert found("v1", "a", "jane") == result(path="elsewhere.ipynb")
        assert found("v2", "a", "jane") is None
        assert found("v1", "b", "jane") is None
        assert found("v1", "a", "bob") is None

    def test_the_later_submission_counts_whenever_it_was_graded(self, file: Path) -> None:
        book = open_gradebook(file)
        book.record(result(sha="b", score=2, path="new.ipynb"), "v1", 20.0)
        book.record(result(sha="a", score=1, path="old.ipynb"), "v1", 10.0)
        assert [grade.result.score for grade in book.current_grades()] == [2]
        assert [grade.current for grade in book.history("jane", "01_x")] == [False, True]

    def test_at_the_same_time_the_path_decides(self, file: Path) -> None:
        book = open_gradebook(file)
        book.record(result(sha="a", path="b.ipynb", score=2), "v1", 10.0)
        book.record(result(sha="b", path="a.ipynb"), "v1", 10.0)
        assert [grade.result.score for grade in book.current_grades()] == [2]

    def test_a_regrade_counts_and_keeps_the_old(self, file: Path) -> None:
        book = open_gradebook(file)
        book.record(result(score=1), "v1", 10.0)
        book.record(result(score=2, path="../class/jane.ipynb"), "v2", 10.0)
        history = book.history("jane", "01_x")
        assert [(one.stage_version, one.result.score, one.current) for one in history] == [
            ("v2", 2, True),
            ("v1", 1, False),
        ]

    def test_an_old_file_handed_in_again_counts_again(self, file: Path) -> None:
        book = open_gradebook(file)
        book.record(result(sha="a", score=2), "v1", 10.0)
        book.record(result(sha="b", score=1), "v1", 20.0)
        book.seen_again(result(sha="a", score=2), 30.0)
        assert [grade.result.score for grade in book.current_grades()] == [2]
        assert len(book.history("jane", "01_x")) == 2

    def test_students_and_stages(self, file: Path) -> None:
        book = open_gradebook(file)
        book.record(result("jane"), "v", 1.0)
        book.record(msgspec.structs.replace(result("bob"), stage="05_y"), "v", 1.0)
        assert book.students() == ["bob", "jane"]
        assert book.stages() == ["01_x", "05_y"]
        assert book.stages("bob") == ["05_y"]
        assert [one.result.student for one in book.current_grades("01_x")] == ["jane"]

    def test_a_killed_run_keeps_what_it_recorded(self, file: Path) -> None:
        code = f"""
            import os, signal, sys
            sys.path[:0] = {[str(Path(__file__).parent), str(Path.cwd())]!r}
            from pathlib import Path
            from test_book import result
            from autograder.gradebook.book import open_gradebook
            book = open_gradebook(Path({str(file)!r}))
            for student in "abc":
                book.record(result(student), "v1", 1.0)
            os.kill(os.getpid(), signal.SIGKILL)
        """
        done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], check=False)
        assert done.returncode == -signal.SIGKILL
        assert open_gradebook(file).students() == ["a", "b", "c"]

    def test_each_commit_reaches_the_disk(self, file: Path) -> None:
        engine = schema.connect(file, create=True)
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar_one() == 2

    def test_two_writers_wait_for_each_other(self, file: Path) -> None:
        one, two = open_gradebook(file), open_gradebook(file)
        for i in range(10):
            one.record(result(f"a{i}"), "v", 1.0)
            two.record(result(f"b{i}"), "v", 1.0)
        assert len(one.students()) == 20

    def test_the_same_grade_is_kept_once(self, file: Path) -> None:
        book = open_gradebook(file)
        assert book.record(result(score=1), "v", 1.0)
        assert not open_gradebook(file).record(result(score=2, path="other.ipynb"), "v", 2.0)
        (kept,) = book.history("jane", "01_x")
        assert (kept.result.score, kept.result.submission) == (1, "other.ipynb")
        # What could not be read is known by what stood in the way.
        assert book.record(result(message="is a link"), "v", 1.0)
        assert not book.record(result(message="is a link"), "v", 1.0)

    def test_two_that_find_no_gradebook_make_one(self, file: Path) -> None:
        for number in range(50):
            path, start = file.with_name(f"{number}.sqlite"), threading.Barrier(2)

            def open_it(path: Path = path, start: threading.Barrier = start) -> list[str]:
                start.wait()
                return open_gradebook(path).students()

            with ThreadPoolExecutor(2) as pool:
                assert [one.result() for one in [pool.submit(open_it) for _ in "ab"]] == [[], []]

    def test_half_a_character_costs_no_grade(self, file: Path) -> None:
        book = open_gradebook(file)
        mended = storable(result(message="\ud800 here"))
        book.record(mended, "v", 1.0)
        assert book.current_grades()[0].result.message == "? here"
        assert storable(result(message="fine")).message == "fine"


class TestFiles:
    def test_no_gradebook(self, file: Path) -> None:
        with pytest.raises(GradebookError, match="does not exist: nothing has been graded"):
            open_gradebook(file, create=False)
        with pytest.raises(GradebookError, match="Make this folder"):
            open_gradebook(file.parent / "gone" / "g.sqlite")
        with pytest.raises(GradebookError, match="is a folder"):
            open_gradebook(file.parent)

    def test_damaged(self, file: Path) -> None:
        file.write_bytes(b"This is a diary, " * 100)
        for create in (True, False):
            with pytest.raises(GradebookError, match="is no gradebook or is damaged"):
                open_gradebook(file, create=create)

    def test_damaged_inside(self, file: Path) -> None:
        book = open_gradebook(file)
        for i in range(50):
            book.record(result(f"s{i}"), "v", 1.0)
        data = bytearray(file.read_bytes())
        data[4096:] = os.urandom(len(data) - 4096)
        file.write_bytes(data)
        with pytest.raises(GradebookError, match="damaged"):
            open_gradebook(file).current_grades()

    def test_another_database(self, file: Path) -> None:
        with sqlite3.connect(file) as other:
            other.execute("CREATE TABLE diary (day TEXT)")
        other.close()
        for create in (True, False):
            with pytest.raises(GradebookError, match="no gradebook"):
                open_gradebook(file, create=create)

    def test_a_newer_form(self, file: Path) -> None:
        open_gradebook(file)
        with sqlite3.connect(file) as newer:
            newer.execute("PRAGMA user_version = 99")
        newer.close()
        with pytest.raises(GradebookError, match=r"newer autograder \(form 99"):
            open_gradebook(file)

    def test_read_only(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        open_gradebook(file).record(result(), "v", 1.0)
        # Root may write anything, so the database itself is told that it may not.
        engine = schema.create_engine

        def read_only(_url: str, **more: Any) -> Any:
            return engine(f"sqlite:///file:{file}?mode=ro&uri=true", **more)

        monkeypatch.setattr(schema, "create_engine", read_only)
        with pytest.raises(GradebookError, match="read-only: no grade could be kept"):
            open_gradebook(file)
        assert open_gradebook(file, create=False).students() == ["jane"]

    def test_in_use(self, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        book = open_gradebook(file)
        monkeypatch.setattr(schema, "_wait", lambda c, _: c.execute("PRAGMA busy_timeout = 50"))
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match="in use by another program"):
            book.record(result(), "v", 1.0)
        other.close()


class TestChanges:
    def test_equal_grades_did_not_change(self) -> None:
        assert compare(result(), result(seconds=9.0)) is None

    def test_a_flipped_case_is_the_reason(self) -> None:
        change = compare(result(score=1), result(score=2))
        assert change is not None
        assert change.reasons == ("q1: 1/2 → 2/2: “deep” now passes",)

    def test_other_questions_cases_and_points(self) -> None:
        old = result(score=1)
        case = CaseResult("public", False, 3, True)
        new = msgspec.structs.replace(
            old,
            questions=(
                QuestionResult("q1", 3, 4, (case, CaseResult("fresh", True, 1, False))),
                QuestionResult("q2", 0, 1),
            ),
            status="timeout",
        )
        change = compare(old, new)
        assert change is not None
        assert change.reasons == (
            "q1: 1/2 → 3/4: “public” is worth 3, was 1; new case “fresh” fails; "
            "case “deep” is gone",
            "q2: is new (0/1)",
            "status: graded → timeout",
        )
        back = compare(new, old)
        assert back is not None
        assert "q2: is no longer asked (0/1)" in back.reasons
