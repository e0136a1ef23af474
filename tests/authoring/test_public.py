"""The public tests, read back from what students get."""

from __future__ import annotations

import shutil

import pytest

from autograder.authoring.errors import AuthoringError
from autograder.authoring.public import write_public_stage
from autograder.grading.stage import load_stage
from autograder.grading.tests import load_tests


def test_the_student_notebook_is_enough(tiny, tmp_path):
    built = load_stage(tiny.root / "dist" / "01_tiny")
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root, ignore=shutil.ignore_patterns("solutions", "dist"))
    stage = write_public_stage(root, "01_tiny", tmp_path / "public")
    written = load_stage(tmp_path / "public")
    assert not any(case.hidden for question in written.questions for case in question.cases)
    assert (stage.id, stage.title, stage.imports) == (built.id, built.title, built.imports)
    assert stage.limits == built.limits
    for mine, full in zip(stage.questions, built.questions, strict=True):
        assert mine.name == full.name
        public = [case.name for case in full.cases if not case.hidden]
        assert [case.name for case in mine.cases if not case.hidden] == public
        assert sum(case.hidden for case in mine.cases) == len(full.cases) - len(public)
    tests = load_tests(stage, tmp_path / "public")
    for question in stage.questions:
        listed = [case.name for case in question.cases if not case.hidden]
        assert [case.name for case in tests[question.name].test_cases] == listed


def test_no_student_notebook(tiny, tmp_path):
    root = tmp_path / "course"
    shutil.copytree(tiny.root, root, ignore=shutil.ignore_patterns("assignments"))
    with pytest.raises(AuthoringError, match="cannot be read"):
        write_public_stage(root, "01_tiny", tmp_path / "public")
