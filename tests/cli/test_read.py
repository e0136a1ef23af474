"""The commands that only look: grades, why, validate, build."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import time
from types import SimpleNamespace

import msgspec
import pytest
from conftest import Kit
from hypothesis import given
from hypothesis import strategies as st

from autograder.report.exports import guarded


class TestGrades:
    def test_csv_and_json(self, kit: Kit) -> None:
        kit.submit("class/jane.ipynb")
        kit.submit("class/bob.ipynb", "10 101")
        kit("grade", "01", "class")
        expected = "student,01_logic_gates,05_backprop\nbob,3.5,\njane,7,\n"
        assert kit("grades").out == expected
        assert kit("grades", "--out", "g.csv").out == ""
        assert (kit.root / "g.csv").read_text() == expected
        found = json.loads(kit("grades", "--format", "json").out)
        assert [row["student"] for row in found] == ["bob", "jane"]
        grade = found[0]["grades"]["01_logic_gates"]
        assert (grade["score"], grade["possible"], grade["status"]) == (3.5, 7, "graded")
        assert grade["submitted_at"] == "1970-01-01T00:16:40+00:00"

    def test_no_name_is_a_formula(self, kit: Kit) -> None:
        for name in ("=HYPERLINK(1)", "+1", "-2", "@sum", "plain"):
            kit.submit(f"class/{name}.ipynb")
        kit("grade", "01", "class")
        rows = list(csv.reader(io.StringIO(kit("grades").out)))
        assert [row[0] for row in rows[1:]] == ["'+1", "'-2", "'=HYPERLINK(1)", "'@sum", "plain"]

    @given(st.text())
    def test_guarded(self, text: str) -> None:
        safe = guarded(text)
        assert safe in (text, f"'{text}")
        assert safe[:1] not in ("=", "+", "-", "@", "\t", "\r")


class TestWhy:
    def test_cases_and_history(self, kit: Kit) -> None:
        kit.submit("class/jane.ipynb", "00 000", when=1000)
        kit("grade", "01", "class")
        kit.submit("class/jane.ipynb", "1d 111", when=2000)
        kit("grade", "01", "class")
        out = kit("why", "jane", "01").out
        assert "jane  01_logic_gates  5/7" in out
        assert "handed in 1970-01-01 00:33 UTC" in out
        assert "q1  1/3  1 public check passed; 1 hidden one did not pass." in out
        assert "✗ hidden 0/2   HIDDEN batches agree" in out
        assert "SECRET HIDDEN batches agree wanted 42" in out
        assert "mistake at_zero: Look at exactly 0." in out
        assert "Other grades, the newest first:" in out
        assert "  0/7  graded" in out

    def test_nobody_of_that_name(self, kit: Kit) -> None:
        for name in ("jane_doe", "bob"):
            kit.submit(f"class/{name}.ipynb")
        kit("grade", "01", "class")
        run = kit("why", "janedoe", "01")
        assert (run.status, run.out) == (2, "")
        assert run.err == "Nobody here is called 'janedoe'. Did you mean jane_doe?\n"
        assert "autograder grades lists everybody" in kit("why", "zzz", "01").err
        assert (
            "bob has no grade in 05_backprop. Graded: 01_logic_gates."
            in kit("why", "bob", "05").err
        )


class TestValidate:
    def test_public_checks_only(self, kit: Kit) -> None:
        kit.submit("doejane_01_logic_gates (1).ipynb", "11 000")
        run = kit("validate", "doejane_01_logic_gates (1).ipynb")
        assert run.status == 1
        assert "q1: 1 of 1 public check passed; 1 hidden one runs when you submit." in run.out
        assert "q2: 0 of 1 public check passed; 2 hidden ones run when you submit." in run.out
        assert "✗ AND has one 1" in run.out
        assert "The shape is not right." in run.out
        assert "HIDDEN" not in run.out
        assert not (kit.root / "gradebook.sqlite").exists()

    def test_all_public_pass(self, kit: Kit) -> None:
        kit.submit("01.ipynb", "10 100")
        run = kit("validate", "01.ipynb")
        assert run.status == 0
        assert "The public checks pass." in run.out
        assert "all tests" not in run.out.lower()

    def test_the_text_says_which_stage(self, kit: Kit) -> None:
        kit.submit("work.ipynb", text="Hand in this one file, `01_logic_gates.ipynb`.")
        assert kit("validate", "work.ipynb").status == 0
        kit.submit("mute.ipynb")
        run = kit("validate", "mute.ipynb")
        assert run.status == 2
        assert "Add --stage with one of: 01_logic_gates, 05_backprop" in run.err
        assert kit("validate", "mute.ipynb", "--stage", "01").status == 0

    def test_not_a_notebook(self, kit: Kit) -> None:
        (kit.root / "01.ipynb").write_text("oops")
        run = kit("validate", "01.ipynb")
        assert run.status == 1
        assert "the file is no notebook" in run.out

    def test_a_stage_that_hangs(self, kit: Kit) -> None:
        kit.submit("01.ipynb", "11 111", status="timeout", message="cell 3 was stopped")
        run = kit("validate", "01.ipynb")
        assert run.status == 1
        assert "cell 3 was stopped" in run.out


class TestBuild:
    def test_build_and_check(self, kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
        from autograder.authoring import build

        report = SimpleNamespace(changed=["a", "b"], words=1234, messages=("q1: look",))
        monkeypatch.setattr(build, "build_stage", lambda root, stage: report)
        monkeypatch.setattr(build, "stale", lambda root, stage: ["x differs"] * ("05" in stage))
        run = kit("build", "01")
        assert run.out == "01_logic_gates: 2 files written, 1,234 words\n  q1: look\n"
        assert kit("build", "--check", "01").status == 0
        run = kit("build", "--check")
        assert run.status == 1
        assert run.out.splitlines()[-2:] == ["05_backprop: out of date", "  x differs"]


def test_help_is_quick() -> None:
    start = time.process_time()
    code = (
        "import sys; from autograder.cli import main; main(['--help']);"
        "heavy = {'numpy', 'sqlalchemy', 'pydantic', 'nbformat', 'otter'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert time.process_time() - start < 5


def test_stage_fixture_is_whole(stage: object) -> None:
    assert msgspec.json.encode(stage)
