"""The two framework stages, built once in a copy of this folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.authoring.build import build_stage

STAGES = ("90_torch", "91_keras")


@pytest.fixture(scope="session")
def root(tmp_path_factory):
    """The folder of a course with both stages built; nothing is written beside the sources."""
    here = Path(__file__).parent
    copy = tmp_path_factory.mktemp("frameworks")
    shutil.copy(here / "course.toml", copy)
    shutil.copytree(here / "solutions", copy / "solutions")
    for stage in STAGES:
        build_stage(copy, stage, solve=False)
    return copy
