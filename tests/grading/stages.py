"""Small built stages, written by hand, for tests of the engine."""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from autograder.grading.batch import grade_all
from autograder.grading.find import Submission
from autograder.grading.results import QuestionResult, SubmissionResult
from autograder.grading.stage import Case, Limits, Question, Stage

QUICK = Limits(cpu_seconds=12, cell_seconds=1, case_seconds=1, wall_factor=3, memory_mib=512)


def write_stage(
    folder: Path,
    tests: dict[str, list[tuple[str, bool, float, str]]],
    reference: str = "",
    probes: str = "",
    imports: Sequence[str] = ("numpy",),
    limits: Limits = QUICK,
) -> Path:
    """Write ``dist/<stage>`` with, per question, cases of (name, hidden, points, function)."""
    (folder / "tests").mkdir(parents=True)
    questions = []
    for name, cases in tests.items():
        source = f'from otter.test_files import test_case\n\nname = "{name}"\npoints = None\n\n'
        for case, hidden, points, function in cases:
            source += f"@test_case(name={case!r}, hidden={hidden}, points={points})\n"
            source += textwrap.dedent(function).strip() + "\n\n"
        (folder / "tests" / f"{name}.py").write_text(source)
        functions = re.findall(r"^def (\w+)", source, re.MULTILINE)
        assert len(functions) == len(set(functions)) == len(cases), "one function hides another"
        listed = tuple(Case(case, hidden, points) for case, hidden, points, _ in cases)
        questions.append(Question(name, name, sum(case[2] for case in cases), listed))
    (folder / "reference.py").write_text(textwrap.dedent(reference))
    if probes:
        (folder / "probes.py").write_text(textwrap.dedent(probes))
    stage = Stage(folder.name, "A stage", "v1", tuple(imports), limits, tuple(questions))
    (folder / "stage.json").write_bytes(msgspec.json.encode(stage))
    return folder


def notebook(*cells: str, **extra: Any) -> bytes:
    """Return a notebook file with these code cells."""
    return json.dumps(
        {
            "nbformat": 4,
            "nbformat_minor": 5,
            "metadata": {},
            "cells": [
                {
                    "cell_type": "code",
                    "id": f"c{i}",
                    "metadata": {},
                    "outputs": [],
                    "execution_count": None,
                    "source": textwrap.dedent(cell).strip(),
                }
                for i, cell in enumerate(cells)
            ],
            **extra,
        }
    ).encode()


def submission(content: bytes, student: str = "ann") -> Submission:
    return Submission(f"{student}.ipynb", student, hashlib.sha256(content).hexdigest(), content)


Grade = Callable[..., SubmissionResult]


def grade(stage: Path, *cells: str, sandbox: str = "bwrap") -> SubmissionResult:
    return grade_files(stage, notebook(*cells), sandbox=sandbox)[0]


def grade_files(stage: Path, *files: bytes, sandbox: str = "bwrap") -> list[SubmissionResult]:
    submissions = [submission(content, f"s{i}") for i, content in enumerate(files)]
    return grade_all(stage, submissions, jobs=1, sandbox=sandbox, on_result=lambda _: None)


def question(result: SubmissionResult, name: str) -> QuestionResult:
    return next(q for q in result.questions if q.name == name)


def scores(result: SubmissionResult) -> dict[str, float]:
    return {q.name: q.score for q in result.questions}
