"""Notebooks that were solved from the student copy alone keep their grades."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.build import build_stage
from autograder.cli import main
from autograder.grading.batch import grade_all
from autograder.grading.find import find_submissions

ROOT = Path(__file__).parents[1]
SOLVED = sorted(path for path in (ROOT / "tests" / "students").iterdir() if path.is_dir())


@pytest.mark.parametrize("folder", SOLVED, ids=lambda folder: folder.name)
def test_full_marks(folder: Path) -> None:
    build_stage(ROOT, folder.name, solve=False)
    submissions = find_submissions([folder])
    results = grade_all(
        ROOT / "dist" / folder.name,
        submissions,
        jobs=2,
        sandbox="bwrap",
        on_result=lambda _: None,
    )
    for result in results:
        lost = [
            f"{question.name}, {case.name}: {case.message}"
            for question in result.questions
            for case in question.cases
            if not case.passed
        ]
        assert lost == []
        assert result.status == "graded"
        assert result.score == sum(question.possible for question in result.questions)


@pytest.mark.parametrize("folder", SOLVED, ids=lambda folder: folder.name)
def test_validate_says_that_the_public_checks_pass(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    (notebook,) = folder.glob("*.ipynb")
    assert main(["validate", str(notebook)]) == 0
    said = capsys.readouterr().out
    assert "hidden ones run when you submit." in said
    assert "The public checks pass. Save the notebook and hand it in." in said


def test_a_notebook_of_another_stage_is_not_graded_as_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    build_stage(ROOT, "05_backprop_by_hand", solve=False)
    folder = ROOT / "tests" / "students" / "01_logic_gates"
    book = str(tmp_path / "book.sqlite")
    assert main(["grade", "05", str(folder), "--gradebook", book]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "unreadable" in said
    assert "this is a notebook of 01_logic_gates, not of 05_backprop_by_hand" in said
