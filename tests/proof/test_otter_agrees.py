"""Plain otter run gives the same scores: key, starter, and mixes of right, wrong and other."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import build_stage
from autograder.authoring.compose import compose
from autograder.grading.batch import grade_all
from autograder.proof.composed import Composed, compose_all
from autograder.proof.otter_run import compare

ROOT = Path(__file__).parents[2]


def _mixed(composed: list[Composed], which: int, root: Path, stage: str) -> Composed:
    """Return the key with a mistake in every third question, an alternative in the next."""
    notebook = nbformat.reads(composed[0].content.decode(), as_version=4)

    catalogue = json.loads((root / "dist" / stage / "catalogue.json").read_bytes())
    questions = list(dict.fromkeys(entry["question"] for entry in catalogue["mistakes"]))
    for index, question in enumerate(questions):
        kind = ("mistakes", "alternatives", "")[(index + which) % 3]
        entries = [e for e in catalogue.get(kind, []) if e["question"] == question]
        if entries:
            entry = entries[which % len(entries)]
            notebook = compose(notebook, entry["definitions"], question)
    return Composed("mistake", f"mix{which}", "", nbformat.writes(notebook).encode())


@pytest.mark.parametrize("stage", ["01_logic_gates", "05_backprop_by_hand"])
def test_same_scores(stage: str) -> None:
    build_stage(ROOT, stage, solve=False)
    composed = compose_all(ROOT, stage)
    chosen = [*composed[:2], *(_mixed(composed, which, ROOT, stage) for which in (0, 1))]
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
        assert 0 < mix.score < mix.possible
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
