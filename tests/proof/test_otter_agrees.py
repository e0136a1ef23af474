"""Plain otter run gives the same scores: key, starter, and mixes of right, wrong and other."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import build_stage
from autograder.authoring.compose import changed_cells
from autograder.grading.batch import grade_all
from autograder.proof.composed import compose_all, mixes
from autograder.proof.otter_run import compare

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("stage", ["01_logic_gates", "05_backprop_by_hand"])
def test_same_scores(stage: str) -> None:
    build_stage(ROOT, stage, solve=False)
    composed = compose_all(ROOT, stage)
    chosen = [*composed[:2], *mixes(composed)[:2]]
    results = grade_all(
        ROOT / "dist" / stage,
        [notebook.submission() for notebook in chosen],
        jobs=2,
        sandbox="bwrap",
        on_result=lambda _: None,
    )
    assert results[0].score == results[0].possible
    assert results[1].score == 0
    for mix in results[2:]:
        assert mix.score < mix.possible
    differences = compare(
        ROOT / "dist" / stage / f"{stage}.zip",
        {notebook.name: notebook.content for notebook in chosen},
        {
            notebook.name: {q.name: q.score for q in result.questions}
            for notebook, result in zip(chosen, results, strict=True)
        },
        2,
        lambda: None,
    )
    assert differences == []


def test_mixes_hold_every_answer_once() -> None:
    build_stage(ROOT, "01_logic_gates", solve=False)
    composed = compose_all(ROOT, "01_logic_gates")
    key = nbformat.reads(composed[0].content.decode(), as_version=4)
    mixed = mixes(composed)
    held = [
        (number, text)
        for mix in mixed
        for number, text in changed_cells(key, nbformat.reads(mix.content.decode(), 4)).items()
    ]
    for one in composed[2:]:
        variant = nbformat.reads(one.content.decode(), as_version=4)
        for item in changed_cells(key, variant).items():
            assert item in held, one.name
    counts = {q: sum(one.question == q for one in composed) for q in {c.question for c in composed}}
    assert len(mixed) == max(count for question, count in counts.items() if question)


def test_variants_draw_nothing_and_keep_what_stands_beside_a_picture() -> None:
    build_stage(ROOT, "04_train_by_numbers", solve=False)
    key, starter, *variants = compose_all(ROOT, "04_train_by_numbers")
    assert b"@picture(" in key.content
    assert b"@picture(" in starter.content
    for one in variants:
        assert b"@picture(" not in one.content, one.name
        assert b"def fit_net(X, y):" in one.content, one.name
