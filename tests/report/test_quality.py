"""docs/quality.md keeps the cards of stages that were not checked this time."""

from __future__ import annotations

from autograder.proof.findings import MutantsFinding, QuestionFinding, StageFinding
from autograder.report.quality import PLACE, fallen, update

STAGES = ["01_a", "02_b", "03_c"]


def stage(name: str, killed: int = 4) -> StageFinding:
    question = QuestionFinding(
        *("q1", 3.0, 3.0, 0.0, 0.0, (), (), ()),
        MutantsFinding(4, killed),
        *(0.0, None, 20, (), ()),
    )
    return StageFinding(name, False, (), 1.0, (question,))


def write(root, *stages):
    old, new = update(root, stages, STAGES)
    (root / PLACE).parent.mkdir(exist_ok=True)
    (root / PLACE).write_text(new)
    return old, new


def test_one_stage_at_a_time_gives_the_same_text_as_all_at_once(tmp_path):
    _, whole = write(tmp_path, *map(stage, STAGES))
    for name in STAGES:
        old, new = write(tmp_path, stage(name))
        assert old == new == whole
    assert [line for line in whole.splitlines() if line.startswith("## ")] == [
        f"## {name}" for name in STAGES
    ]


def test_a_stage_that_left_the_course_leaves_the_page(tmp_path):
    write(tmp_path, *map(stage, STAGES))
    _, new = update(tmp_path, [], STAGES[:2])
    assert "03_c" not in new


def test_a_figure_that_falls_is_named(tmp_path):
    old, _ = update(tmp_path, [stage("01_a")], STAGES)
    assert old == ""
    _, good = write(tmp_path, *map(stage, STAGES))
    _, worse = update(tmp_path, [stage("02_b", killed=3)], STAGES)
    (said,) = fallen(good, worse)
    assert said.startswith("02_b: share of mutants killed fell from 1 to 0.75")
    assert fallen(worse, good) == []
