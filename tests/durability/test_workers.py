"""Workers that are killed: their work is done again, and one bad submission stops no other."""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import small_course as small

from autograder.grading import batch
from autograder.grading.find import Submission
from autograder.grading.results import SubmissionResult


def grade_here(submission: Submission) -> SubmissionResult:
    """Stand in for the engine: the content says whether its worker lives."""
    mark = Path(submission.content.decode()) if submission.content else None
    if mark is not None and (mark.name == "always" or not mark.exists()):
        mark.touch()
        os._exit(9)
    head = (submission.path, submission.sha256, submission.student, small.STAGE)
    return SubmissionResult(*head, "graded", 1.0, 1.0)


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    @contextmanager
    def open_workers(_: Path, jobs: int, *__: Any) -> Iterator[ProcessPoolExecutor]:
        with ProcessPoolExecutor(jobs, multiprocessing.get_context("fork")) as pool:
            yield pool

    monkeypatch.setattr(batch, "open_workers", open_workers)
    monkeypatch.setattr(batch, "grade_here", grade_here)
    return small.write_course(tmp_path) / "dist" / small.STAGE


def submissions(count: int, deadly: dict[int, Path]) -> list[Submission]:
    return [
        Submission(f"s{i}.ipynb", f"s{i}", "", str(deadly[i]).encode() if i in deadly else b"")
        for i in range(count)
    ]


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_workers_may_die_as_often_as_they_like(stage: Path, tmp_path: Path, jobs: int) -> None:
    todo = submissions(30, {i: tmp_path / str(i) for i in range(0, 30, 3)})
    seen: Counter[str] = Counter()
    results = batch.grade_all(
        *(stage, todo), jobs=jobs, sandbox="none", on_result=lambda one: seen.update([one.student])
    )
    assert [one.student for one in results] == [one.student for one in todo]
    assert seen == Counter(one.student for one in todo)


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("place", [0, 5, 11])
def test_who_kills_every_worker_is_named_and_costs_nobody_else(
    stage: Path, tmp_path: Path, jobs: int, place: int
) -> None:
    todo = submissions(12, {place: tmp_path / "always"})
    seen: Counter[str] = Counter()
    with pytest.raises(batch.GradingError, match=rf"with s{place}\.ipynb in hand, .* Try fewer"):
        batch.grade_all(
            *(stage, todo),
            jobs=jobs,
            sandbox="none",
            on_result=lambda one: seen.update([one.student]),
        )
    assert seen == Counter(one.student for one in todo if one is not todo[place])
