"""Every committed starter runs top to bottom without a traceback and gives nothing away."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import leaks, stale
from autograder.authoring.solve import execute
from autograder.course import load_course

ROOT = Path(__file__).parent.parent
STAGES = list(load_course(ROOT).stages)


def test_assignments_and_course_toml_name_the_same_stages():
    assert sorted(path.name for path in (ROOT / "assignments").iterdir()) == sorted(STAGES)


@pytest.mark.parametrize("stage", STAGES)
def test_starter_runs(stage):
    starter = nbformat.read(ROOT / "assignments" / stage / f"{stage}.ipynb", 4)
    ran = execute(starter, stage)  # an error in any cell raises
    outputs = [output for cell in ran.cells for output in cell.get("outputs", [])]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]
    checks = [cell for cell in ran.cells if cell.id.endswith("-check")]
    assert checks
    for cell in checks:
        question = cell.id.removesuffix("-check")
        said = "".join(output.get("text", "") for output in cell.outputs)
        assert f"{question}: " in said.splitlines()[-1]
        assert "run when you submit" in said


@pytest.mark.parametrize("stage", STAGES)
def test_starter_is_what_its_source_builds(stage):
    assert stale(ROOT, stage) == []


@pytest.mark.parametrize("stage", STAGES)
def test_starter_gives_nothing_away(stage):
    assert leaks(ROOT, stage) == []
