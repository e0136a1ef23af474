"""The check finds what is wrong with a stage, and says what to do about it."""

from __future__ import annotations

import json

import pytest

from autograder.authoring.build import build_stage
from autograder.proof.check import check_stages, write_json


@pytest.fixture(scope="module")
def found(small):
    build_stage(small, "01_small")
    return check_stages(small, ["01_small"], jobs=2, sandbox="bwrap")


def test_what_is_right_is_not_complained_about(found):
    (stage,) = found.stages
    assert [(q.name, q.points, q.key, q.starter) for q in stage.questions] == [
        ("q1", 4, 4, 0),
        ("q2", 4, 4, 0),
    ]
    assert not stage.stale
    assert stage.leaks == ()
    assert stage.questions[0].alternatives[0].score == 4


def test_a_mistake_with_full_marks(found):
    q2 = found.stages[0].questions[1]
    assert {m.id: m.score for m in q2.mistakes} == {"forgets_y": 0, "right_after_all": 4}
    assert not found.ok
    assert any(
        "mistake right_after_all earns full marks: add a hidden case" in problem
        for problem in found.stages[0].problems()
    )


def test_a_mistake_that_spills(found):
    q1 = found.stages[0].questions[0]
    assert q1.mistakes[0].spills == ("q2",)
    problems = found.stages[0].problems()
    assert any("in_place costs marks in q2 too" in problem for problem in problems)


def test_an_alternative_that_loses_marks(found):
    problems = found.stages[0].problems()
    assert any("alternative wrong_after_all earns 0 of 4" in problem for problem in problems)
    assert any("alternative-q2-wrong_after_all" in line for line in found.stages[0].failures)


def test_too_few_mistakes(found):
    assert any("only 1 mistakes are catalogued" in line for line in found.stages[0].problems())


def test_json(found, tmp_path):
    write_json(found, tmp_path / "check.json")
    written = json.loads((tmp_path / "check.json").read_text())
    assert written["ok"] is False
    mistake = written["stages"][0]["questions"][0]["mistakes"][0]
    assert (mistake["id"], mistake["spills"], mistake["allowed"]) == ("in_place", ["q2"], [])
    assert mistake["diagnosed"] is True


def test_a_stale_notebook_and_a_leak(small):
    build_stage(small, "01_small")
    path = small / "assignments" / "01_small" / "01_small.ipynb"
    text = path.read_text()
    path.write_text(text.replace("Double, then add.", "Hint: `return 2 * np.asarray(x)`."))
    try:
        (stage,) = check_stages(small, ["01_small"], jobs=1, sandbox="bwrap").stages
    finally:
        path.write_text(text)
    assert stage.stale
    assert any("np.asarray(x)" in leak for leak in stage.leaks)
