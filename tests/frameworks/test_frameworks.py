"""A torch and a Keras notebook go through template, fork and wire, and through plain otter run."""

from __future__ import annotations

import functools
import hashlib
import json
import statistics

import nbformat
import pytest

from autograder.grading.batch import grade_all
from autograder.grading.find import Submission
from autograder.grading.stage import load_stage
from autograder.proof.composed import compose_all
from autograder.proof.otter_run import compare

POINTS = {"90_torch": {"q1": 5, "q2": 7}, "91_keras": {"q1": 3, "q2": 5}}
stages = pytest.mark.parametrize("stage", POINTS)

# What a notebook may do to the process that its tests are a fork of.
HEAVY = """\
import numpy as np
import torch

try:
    torch.ones(4 << 28)
except RuntimeError as error:
    refused = str(error)
print(refused)

rows = torch.utils.data.TensorDataset(torch.arange(10.0))
batches = torch.utils.data.DataLoader(rows, batch_size=2, num_workers=2)
assert sum(len(batch) for (batch,) in batches) == 10
"""


def scores(result):
    return {question.name: question.score for question in result.questions}


def grade(root, stage, submissions, sandbox):
    results = grade_all(
        root / "dist" / stage, submissions, jobs=1, sandbox=sandbox, on_result=lambda _: None
    )
    return {result.student: result for result in results}


def failures(result):
    return [(c.name, c.message) for q in result.questions for c in q.cases if not c.passed]


@pytest.fixture(params=["bwrap", "none"])
def sandbox(request):
    return request.param


@pytest.fixture(scope="session")
def grades(root):
    """A function that grades every notebook whose grade is known: name to result."""

    @functools.cache
    def grade_known(stage, sandbox):
        submissions = [one.submission() for one in compose_all(root, stage)]
        again = [Submission(f"{n}.ipynb", n, "", submissions[0].content) for n in ("b", "c")]
        found = grade(root, stage, [*submissions, *again], sandbox)
        warm = [found.pop(name).seconds for name in ("b", "c")]
        print(f"\n{stage}, {sandbox}: {statistics.mean(warm):.2f} s a submission once warm")
        return found

    return grade_known


@stages
def test_the_key_earns_everything(grades, stage, sandbox):
    key = grades(stage, sandbox)["key"]
    assert failures(key) == []
    assert (key.status, scores(key)) == ("graded", POINTS[stage])


@stages
def test_the_starter_earns_nothing(grades, stage, sandbox):
    starter = grades(stage, sandbox)["starter"]
    assert (starter.status, scores(starter)) == ("graded", {"q1": 0, "q2": 0})


@stages
def test_a_mistake_costs_its_own_question_only(grades, stage, sandbox):
    graded = grades(stage, sandbox)
    mistakes = {n: r for n, r in graded.items() if n.startswith("mistake")}
    assert len(mistakes) >= 3
    for name, result in mistakes.items():
        wrong = name.split("-")[1]
        assert result.status == "graded"
        for question, score in scores(result).items():
            if question == wrong:
                assert score < POINTS[stage][question], name
            else:
                assert score == POINTS[stage][question], (name, failures(result))


@pytest.mark.parametrize(
    ("stage", "names"),
    [
        ("90_torch", ("key", "starter", "mistake-q1-uses_argument")),
        ("91_keras", ("key", "starter")),
    ],
)
def test_otter_run_gives_the_same_scores(grades, root, stage, names):
    notebooks = {one.name: one.content for one in compose_all(root, stage) if one.name in names}
    ours = {name: scores(grades(stage, "bwrap")[name]) for name in names}
    archive = root / "dist" / stage / f"{stage}.zip"
    assert compare(archive, notebooks, ours, jobs=2, on_done=lambda: None) == []


def test_more_threads_memory_and_workers_than_are_good(root, sandbox, monkeypatch):
    """Threads are held at one, 4 GiB are refused, a loader's processes are let be."""
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    notebook = nbformat.read(str(root / "dist" / "90_torch" / "key.ipynb"), 4)
    check = next(i for i, cell in enumerate(notebook.cells) if cell.id == "q2-check")
    notebook.cells.insert(check, nbformat.v4.new_code_cell(HEAVY))
    content = nbformat.writes(notebook).encode()
    digest = hashlib.sha256(content).hexdigest()
    submission = Submission("heavy.ipynb", "heavy", digest, content)
    (result,) = grade(root, "90_torch", [submission], sandbox).values()
    assert failures(result) == []
    assert (result.status, result.message) == ("graded", "")


@stages
def test_the_stage_says_what_its_template_loads(root, stage):
    built = load_stage(root / "dist" / stage)
    assert built.imports == ("numpy", stage[3:])
    assert json.loads((root / "dist" / stage / "catalogue.json").read_text())["mistakes"]
