"""A wrong answer is named: the student's transcript is compared with those of known mistakes."""

from __future__ import annotations

import json
import shutil

import msgspec
import pytest
from stages import grade_files, notebook, question, write_stage

from autograder.grading.stage import Stage

TESTS = {
    "q1": [
        (
            "a small batch",
            False,
            1,
            """
            def case_public(mean_loss):
                from checks import close
                import numpy as np
                close(mean_loss(np.array([1.0, 3.0])), 2.0)
            """,
        ),
        (
            "random batches",
            True,
            2,
            """
            def case_batches(mean_loss, autograder_rng):
                from checks import close
                import numpy as np
                autograder_rng = autograder_rng or np.random.default_rng(1)
                for n in (3, 5):
                    x = autograder_rng.normal(size=(n, 4))
                    before = x.copy()
                    close(mean_loss(x), before.mean())
                    close(x, before)
            """,
        ),
        (
            "an empty batch is refused",
            True,
            1,
            """
            def case_empty(mean_loss):
                from checks import raises
                import numpy as np
                with raises(ValueError):
                    mean_loss(np.zeros(0))
            """,
        ),
    ],
    "q2": [
        (
            "a list of parts",
            True,
            1,
            """
            def case_parts(parts, autograder_rng):
                from checks import close
                import numpy as np
                autograder_rng = autograder_rng or np.random.default_rng(2)
                x = autograder_rng.normal(size=6)
                close(parts(x), (x[:3], x[3:]))
            """,
        ),
    ],
}
KEY = """\
def mean_loss(x):
    if x.size == 0:
        raise ValueError("no samples")
    return x.mean()
"""
Q2 = "def parts(x):\n    return x[:3], x[3:]\n"
SETUP = "import numpy as np"
CHECKS = ["grader.check('q1')", "grader.check('q2')"]

SUMS = KEY.replace("x.mean()", "x.sum()")
ROWS = SUMS.replace("x.sum()", "x.mean(axis=0).sum()")
NO_CHECK = "def mean_loss(x):\n    return x.sum() / max(1, x.size)\n"
CENTERS = SUMS.replace("return x.sum()", "m = x.mean(); x -= m; return m")
CRASHES = "def mean_loss(x):\n    raise TypeError('later')\n"

MISTAKES = {
    "sums": (SUMS, "Divide by the number of entries."),
    "averages_rows_only": (ROWS, "Look at the axis."),
    "no_check": (NO_CHECK, "Think of an empty batch."),
    "centers": (CENTERS, "Look at what happens to x."),
    "centers_twin": (CENTERS.replace("; x -= m", "; x[...] = x - m"), "The same, told otherwise."),
    "crashes": (CRASHES, "Read the exception."),
}


def cells(mean_loss: str, parts: str = Q2) -> list[str]:
    return [SETUP, mean_loss, CHECKS[0], parts, CHECKS[1]]


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    folder = write_stage(tmp_path_factory.mktemp("s") / "01_s", TESTS)
    (folder / "key.ipynb").write_bytes(notebook(*cells(KEY)))
    mistakes = [
        {"question": "q1", "id": name, "advice": advice, "cells": {"2": source}}
        for name, (source, advice) in MISTAKES.items()
        if name != "centers_twin"
    ]
    mistakes += [
        {"question": "q2", "id": "swapped", "advice": "Which half comes first?",
         "cells": {"4": "def parts(x):\n    return x[3:], x[:3]\n"}},
    ]  # fmt: skip
    (folder / "catalogue.json").write_text(json.dumps({"mistakes": mistakes, "alternatives": []}))
    return folder


def graded(stage, *notebooks):
    return grade_files(stage, *(notebook(*one) for one in notebooks))


def named(result, name="q1"):
    return {case.diagnosis.id if case.diagnosis else None
            for case in question(result, name).cases if not case.passed}  # fmt: skip


def test_each_mistake_is_named_where_it_can_be(stage):
    names = [name for name in MISTAKES if name != "centers_twin"]
    results = graded(stage, *(cells(MISTAKES[name][0]) for name in names))
    found = {name: named(result) for name, result in zip(names, results, strict=True)}
    # An exception alone says nothing about which mistake was made.
    assert found == {name: {name} for name in names} | {"crashes": {None}}
    hidden = [case for case in question(results[0], "q1").cases if case.hidden and not case.passed]
    assert [case.feedback for case in hidden] == ["Divide by the number of entries."]


def test_a_mistake_written_another_way(stage):
    other = SUMS.replace("x.sum()", "float(sum(np.ravel(x).tolist()))")
    (result,) = graded(stage, cells(other))
    assert named(result) == {"sums"}


def test_a_pattern_of_cases_that_is_not_the_mistakes(stage):
    # Sums, but does not refuse an empty batch either: no catalogued mistake fails like this.
    (result,) = graded(stage, cells("def mean_loss(x):\n    return x.sum()\n"))
    assert named(result) == {None}


def test_an_unknown_mistake_is_told_by_its_property(stage):
    wrong = {
        "sign": KEY.replace("x.mean()", "-x.mean()"),
        "shape": KEY.replace("x.mean()", "x.mean(axis=0)"),
        "none": KEY.replace("return x.mean()", "x.mean()"),
    }
    results = graded(stage, *(cells(source) for source in wrong.values()))
    said = {}
    for name, result in zip(wrong, results, strict=True):
        case = question(result, "q1").cases[1]
        assert case.diagnosis is None
        assert not any(character.isdigit() for character in case.feedback), case.feedback
        said[name] = case.feedback
    assert "sign" in said["sign"]
    assert "shape" in said["shape"].lower()
    assert "None" in said["none"]


def test_another_question_is_diagnosed_by_its_own_mistakes(stage):
    (result,) = graded(stage, cells(SUMS, "def parts(x):\n    return x[3:].copy(), x[:3] + 0\n"))
    assert named(result, "q1") == {"sums"}
    assert named(result, "q2") == {"swapped"}


def test_two_mistakes_with_the_same_transcript_are_a_tie(stage, tmp_path):
    folder = shutil.copytree(stage, tmp_path / "01_s")
    catalogue = json.loads((folder / "catalogue.json").read_text())
    source, advice = MISTAKES["centers_twin"]
    catalogue["mistakes"].append(
        {"question": "q1", "id": "centers_twin", "advice": advice, "cells": {"2": source}}
    )
    (folder / "catalogue.json").write_text(json.dumps(catalogue))
    centred, summed = graded(folder, cells(CENTERS), cells(SUMS))
    assert named(centred) == {None}
    assert named(summed) == {"sums"}


@pytest.mark.parametrize("setting", ["none", "advice", "full"])
def test_what_students_read_of_hidden_cases(stage, tmp_path, setting):
    folder = shutil.copytree(stage, tmp_path / "01_s")
    built = msgspec.json.decode((folder / "stage.json").read_bytes(), type=Stage)
    built = msgspec.structs.replace(built, feedback=setting)
    (folder / "stage.json").write_bytes(msgspec.json.encode(built))
    (result,) = graded(folder, cells(SUMS))
    public, hidden, _ = question(result, "q1").cases
    assert hidden.diagnosis.id == "sums"
    assert "Divide by the number of entries." in public.feedback
    assert "got" in public.feedback
    told = {
        "none": "This hidden test did not pass.",
        "advice": "Divide by the number of entries.",
    }
    if setting == "full":
        assert "got" in hidden.feedback
        assert "Divide by" in hidden.feedback
    else:
        assert hidden.feedback == told[setting]


@pytest.mark.parametrize(
    "value",
    ["'x' * 10_000_000", "[[]] * 5", "float('nan')", "{1: {2: {3: x}}}", "lambda: 3", "(x, [x])"],
)
def test_hostile_values_cost_no_grade(stage, value):
    wrong, right = graded(stage, cells(f"def mean_loss(x):\n    return {value}\n"), cells(KEY))
    assert question(wrong, "q1").score == 0
    assert named(wrong) == {None}
    assert question(right, "q1").score == 4
