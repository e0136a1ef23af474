"""`autograder grade`, from the words typed to the files written."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import msgspec
import pytest
from conftest import Kit

from autograder import sandbox
from autograder.gradebook.book import open_gradebook
from autograder.gradebook.schema import GradebookError
from autograder.grading.find import Submission
from autograder.grading.stage import Case, Stage


def rows(out: str) -> dict[str, str]:
    """Return the table's rows by their first word."""
    table = out[out.index("\nfile ") + 1 :].split("\n\n")[0]
    return {line.split()[0]: line for line in table.splitlines()[1:]}


class TestGrade:
    def test_a_class(self, kit: Kit) -> None:
        kit.submit("class/jane.ipynb")
        kit.submit("class/bob.ipynb", "10 101")
        (kit.root / "class/eve.ipynb").write_bytes(b"nonsense")
        run = kit("grade", "01", "class")
        assert (run.status, run.err) == (0, "")
        assert "0 already graded, 3 to do" in run.out
        found = rows(run.out)
        assert list(found) == ["bob.ipynb", "eve.ipynb", "jane.ipynb"]
        assert found["jane.ipynb"].split()[1:] == ["jane", "7/7", "3", "4", "graded"]
        assert found["bob.ipynb"].split()[1:] == ["bob", "3.5/7", "1", "2.5", "graded"]
        assert found["eve.ipynb"].split()[1:] == ["eve", "0/7", "-", "-", "unreadable"]
        assert "3 submissions by 3 students; mean 3.5 of 7" in run.out
        assert "class/eve.ipynb: unreadable\n  the file is no notebook\n" in run.out

    def test_a_second_run_skips_what_has_its_grade(self, kit: Kit) -> None:
        for name in "abc":
            kit.submit(f"class/{name}.ipynb", name=name)
        first = kit("grade", "01", "class")
        assert len(kit.graded) == 3
        again = kit("grade", "01", "class")
        assert "3 already graded, 0 to do" in again.out
        assert kit.graded == []
        assert set(rows(again.out)) == set(rows(first.out))
        kit.submit("class/b.ipynb", "00 000", when=2000)
        third = kit("grade", "01", "class")
        assert "2 already graded, 1 to do" in third.out
        assert kit.graded == ["class/b.ipynb"]
        assert " 0/7 " in rows(third.out)["b.ipynb"]

    def test_a_grade_is_in_the_book_before_it_is_shown(
        self, kit: Kit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from autograder.report import progress

        seen = []

        def line(result: object) -> str:
            seen.append(open_gradebook(kit.root / "gradebook.sqlite").students())
            return ""

        monkeypatch.setattr(progress, "result_line", line)
        for name in "ab":
            kit.submit(f"class/{name}.ipynb", name=name)
        kit("grade", "01", "class")
        assert seen == [["b"], ["a", "b"]]

    def test_an_interrupted_run_says_what_is_kept_and_resumes(self, kit: Kit) -> None:
        for name in "abcde":
            kit.submit(f"class/{name}.ipynb", name=name)
        kit.stop_after = 2
        run = kit("grade", "01", "class")
        assert run.status == 130
        assert "Interrupted. 2 of 5 grades are kept" in run.err
        assert "the same command grades the other 3" in run.err
        kit.stop_after = 9
        run = kit("grade", "01", "class")
        assert "2 already graded, 3 to do" in run.out
        assert len(kit.graded) == 3

    def test_a_changed_stage_regrades_and_says_why(self, kit: Kit, stage: Stage) -> None:
        kit.submit("class/jane.ipynb")
        kit.submit("class/bob.ipynb", "10 111")
        kit("grade", "01", "class")
        first = stage.questions[0]
        harder = msgspec.structs.replace(
            first, points=5, cases=(first.cases[0], Case("HIDDEN more", True, 4))
        )
        kit.build(
            msgspec.structs.replace(
                stage, version="b" * 64, questions=(harder, *stage.questions[1:])
            )
        )
        run = kit("grade", "01", "class")
        assert "0 already graded, 2 to do" in run.out
        assert "The stage changed: 2 submissions graded again, 2 with another result" in run.out
        assert "jane: 7/7 → 9/9  (class/jane.ipynb)" in run.out
        assert (
            "q1: 3/3 → 5/5: new case “HIDDEN more” passes; case “HIDDEN batches agree”" in run.out
        )
        history = open_gradebook(kit.root / "gradebook.sqlite").history("jane", stage.id)
        assert [(one.result.score, one.current) for one in history] == [(9, True), (7, False)]
        assert "The stage changed" not in kit("grade", "01", "class").out

    def test_of_two_files_the_later_counts(self, kit: Kit) -> None:
        kit.submit("class/early/jane.ipynb", "00 000", when=1000)
        kit.submit("class/late/jane.ipynb", when=2000)
        kit.submit("old/jane.ipynb", "10 000", when=500)
        found = rows(kit("grade", "01", "class").out)
        assert found["late/jane.ipynb"].split()[-1] == "counts"
        assert "late/jane.ipynb counts" in found["early/jane.ipynb"]
        assert kit("grades").out == "student,01_logic_gates,05_backprop\njane,7,\n"
        run = kit("grade", "01", "old")
        assert "class/late/jane.ipynb counts" in " ".join(run.out.split())
        assert "jane,7," in kit("grades").out

    def test_feedback_pages(self, kit: Kit) -> None:
        kit.submit("class/jane.ipynb", "1d 101")
        kit.submit("class/old/jane.ipynb", "00 000", when=10)
        run = kit("grade", "01", "class", "--feedback", "out/pages")
        assert "Feedback: 2 pages in out/pages" in run.out
        folder = kit.root / "out/pages"
        assert sorted(path.name for path in folder.iterdir()) == ["jane.2.md", "jane.md"]
        page = (folder / "jane.md").read_text()
        assert "**3.5 of 7 points**" in page
        assert "not the one that counts" in (folder / "jane.2.md").read_text()
        assert "HIDDEN" not in page
        assert "SECRET" not in page

    def test_json(self, kit: Kit) -> None:
        kit.submit("class/jane.ipynb", "1d 111")
        kit.submit("class/bob.ipynb")
        kit("grade", "01", "class", "--json", "out.json")
        written = json.loads((kit.root / "out.json").read_text())
        assert [one["submission"] for one in written] == ["class/bob.ipynb", "class/jane.ipynb"]
        jane = written[1]
        assert set(jane) >= {
            *("submission", "sha256", "student", "stage", "status", "score", "possible"),
            *("message", "seconds", "questions"),
        }
        case = jane["questions"][0]["cases"][1]
        assert case["diagnosis"] == {"id": "at_zero", "advice": "Look at exactly 0."}
        assert set(case) >= {"name", "hidden", "points", "passed", "message", "diagnosis"}

    def test_json_on_stdout_is_nothing_else(self, kit: Kit) -> None:
        kit.submit("class/jane.ipynb")
        run = kit("grade", "01", "class", "--json", "-")
        assert [one["student"] for one in json.loads(run.out)] == ["jane"]
        assert "jane.ipynb" in run.err

    def test_a_roster_names_and_counts(self, kit: Kit) -> None:
        (kit.root / "class.csv").write_text("student,login,name\ns1,doejane,Jane Doe\ns2,b,Bob\n")
        with zipfile.ZipFile(kit.root / "export.zip", "w") as export:
            text = kit.submit("x.ipynb").read_text()
            export.writestr("doejane_12345_67890_01_logic_gates.ipynb", text)
            export.writestr("stranger_01_logic_gates.ipynb", text)
            export.writestr("essay.pdf", b"")
        run = kit("grade", "01", "export.zip", "--roster", "class.csv")
        assert "Not handed in, 1 of the roster: s2" in run.out
        assert "Not on the roster: stranger_01_logic_gates" in run.out
        assert "Passed over, 1 file of other kinds: export.zip/essay.pdf" in run.out
        assert "s1,7," in kit("grades").out

    def test_files_that_all_have_one_name(self, kit: Kit) -> None:
        for folder in "ab":
            kit.submit(f"{folder}/01_logic_gates.ipynb", name=folder)
        run = kit("grade", "01", "a/01_logic_gates.ipynb", "b/01_logic_gates.ipynb")
        assert "Give the class list with --roster" in " ".join(run.out.split())

    def test_what_a_student_wrote_cannot_drive_the_terminal(self, kit: Kit) -> None:
        kit.submit(
            "class/\x1b[2Jjane [bold].ipynb",
            "00 000",
            status="crashed",
            message="\x1b]0;title\x07\x1b[31mred [link=x]y[/link]\u202e",
        )
        out = kit("grade", "01", "class").out + kit("why", "?[2Jjane [bold]", "01").out
        assert "\x1b" not in out
        assert "\u202e" not in out
        assert "red [link=x]y[/link]" in out

    def test_an_engine_that_finds_a_problem_gets_it(self, kit: Kit) -> None:
        problems: list[str] = []
        kit.before = lambda one: problems.append(one.problem)
        with zipfile.ZipFile(kit.root / "class.zip", "w") as export:
            export.writestr("jane.zip", b"cut")
        for _ in range(2):
            run = kit("grade", "01", "class.zip")
            assert "is not a zip that can be read" in run.out
        assert len(problems) == 2
        assert all("zip" in one for one in problems)

    def test_the_disk_fills_up(self, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
        from autograder.gradebook.book import Gradebook

        def full(*_: object) -> None:
            raise GradebookError("gradebook.sqlite: the disk is full. Make room.")

        monkeypatch.setattr(Gradebook, "record", full)
        kit.submit("class/jane.ipynb")
        run = kit("grade", "01", "class")
        assert (run.status, run.err) == (2, "gradebook.sqlite: the disk is full. Make room.\n")


class TestUsage:
    """A wrong call is one line on stderr and exit status 2, before anything is graded."""

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            ("grade", "Missing argument 'STAGE'"),
            ("grade 01", "Missing argument 'PATH'"),
            ("grade 01 gone", "gone: No such file or directory"),
            ("grade 01 gone.zip", "gone.zip: No such file or directory"),
            ("grade 07 class", "No stage starts with '07'"),
            ("grade 0 class", "is the start of 2 stages"),
            ("grade 05 class", "05_backprop is not built"),
            ("grade 01 empty", "empty: holds no notebook"),
            ("grade 01 class --roster gone.csv", "gone.csv: cannot be read"),
            ("grade 01 class --roster bad.csv", "bad.csv, row 1: has no column 'student'"),
            ("grade 01 class --jobs 0", "'--jobs'"),
            ("grade 01 class --json gone/x.json", "--json: gone/x.json would lie in gone"),
            ("grade 01 class --feedback bad.csv", "--feedback: bad.csv cannot be made"),
            ("grade 01 class --gradebook bad.csv", "bad.csv is no gradebook or is damaged"),
            ("grade 01 class --gradebook class", "class is a folder"),
            ("grade 01 class --speed 9", "No such option"),
            ("gade", "No such command 'gade'"),
            ("why jane", "Missing argument 'STAGE'"),
            ("why jane 01", "does not exist: nothing has been graded yet"),
            ("grades", "does not exist: nothing has been graded yet"),
            ("grades --format xml", "'--format'"),
            ("validate gone.ipynb", "gone.ipynb: No such file"),
            ("validate bad.csv", "is no notebook"),
        ],
    )
    def test_one_line(self, kit: Kit, words: str, says: str) -> None:
        kit.submit("class/jane.ipynb")
        (kit.root / "empty").mkdir()
        (kit.root / "bad.csv").write_text("id\n1\n")
        run = kit(*words.split())
        assert run.status == 2
        assert says in run.err
        assert run.err.count("\n") == 1
        assert run.out == ""
        assert kit.graded == []

    def test_no_sandbox(self, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
        def choose(name: str) -> str:
            raise sandbox.SandboxUnavailable("bubblewrap is not installed. Install it.")

        monkeypatch.setattr(sandbox, "choose", choose)
        kit.submit("class/jane.ipynb")
        run = kit("grade", "01", "class")
        assert (run.status, run.err) == (2, "bubblewrap is not installed. Install it.\n")
        assert not (kit.root / "gradebook.sqlite").exists()

    def test_outside_a_course(
        self, kit: Kit, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kit.submit("class/jane.ipynb")
        kit("grade", "01", "class")
        elsewhere = tmp_path_factory.mktemp("elsewhere")
        monkeypatch.chdir(elsewhere)
        run = kit("grade", "01", str(kit.root / "class"))
        assert run.status == 2
        assert "course.toml" in run.err
        book = str(kit.root / "gradebook.sqlite")
        assert kit("grades", "--gradebook", book).out == "student,01_logic_gates\njane,7\n"
        assert kit("why", "jane", "01", "--gradebook", book).status == 0

    @pytest.mark.parametrize(
        "command", ["", "demo", "build", "check", "grade", "validate", "grades", "why", "bench"]
    )
    def test_help_shows_an_example(self, kit: Kit, command: str) -> None:
        run = kit(*command.split(), "--help")
        assert run.status == 0
        assert f"autograder {command or 'demo'}" in run.out.split("Arguments")[0]


def test_problem_submissions_have_no_bytes(kit: Kit) -> None:
    seen: list[Submission] = []
    kit.before = seen.append
    kit.submit("class/jane.ipynb")
    (kit.root / "class/link.ipynb").symlink_to(Path("/etc/passwd"))
    kit("grade", "01", "class")
    assert {one.student: one.content for one in seen}["link"] == b""
