"""Notebooks that were solved from the student copy alone keep their grades."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring.build import build_stage
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
        assert (result.status, result.score) == ("graded", result.possible)
