"""Measure ours, otter run and the floor on the same submissions, interleaved in one run."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import msgspec

from autograder.bench.peak import sampled
from autograder.grading.batch import grade_here, open_workers
from autograder.grading.find import Submission
from autograder.grading.stage import load_stage
from autograder.proof.composed import Composed, compose_all
from autograder.proof.otter_run import otter_scores
from autograder.sandbox.bwrap import environment

SUBMISSIONS = 50
OTTER_RUNS = 5


class Spread(msgspec.Struct, frozen=True):
    """Seconds a submission, and the most memory that the process tree held at once."""

    median: float
    min: float
    max: float
    peak_mib: float


class StageBench(msgspec.Struct, frozen=True):
    """One stage's figures. ``limit`` is the floor; ``overhead_ms`` is ours - limit, paired."""

    id: str
    submissions: int
    ours: Spread
    otter_run: Spread
    limit: Spread
    ratio_otter: float
    overhead_ms: float


class Bench(msgspec.Struct, frozen=True):
    """All stages measured."""

    stages: tuple[StageBench, ...]


def measure(
    root: Path, stage_id: str, sandbox: str, on_progress: Callable[[str, int, int], None]
) -> StageBench:
    """Return what grading costs on this stage's key and alternatives, one worker, warm.

    The start of our template and of the floor's process is not counted; ``otter run`` starts anew
    for each submission, as it does in use, and is run on a few of them only.
    """
    dist = root / "dist" / stage_id
    load_stage(dist)
    right = [n for n in compose_all(root, stage_id) if n.kind in ("key", "alternative")]
    class_ = [right[i % len(right)] for i in range(SUBMISSIONS)]
    zip_path = dist / f"{stage_id}.zip"
    ours: list[float] = []
    floor: list[float] = []
    otter: list[float] = []
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        open_workers(dist, 1, sandbox) as pool,
    ):
        bare = _Floor(dist, class_, Path(folder))
        try:
            bare.run(0)
            _timed(pool, class_[0].submission())
            worker = pool.submit(os.getpid).result()
            every = SUBMISSIONS // OTTER_RUNS
            for index, notebook in enumerate(class_):
                floor.append(bare.run(index))
                ours.append(_timed(pool, notebook.submission()))
                if index % every == 0:
                    otter.append(_otter(zip_path, notebook))
                on_progress(f"{stage_id}: measure", index + 1, SUBMISSIONS)
            # Memory in a run of its own: sampling it takes time.
            one = class_[0]
            with sampled(worker) as our_peak:
                _timed(pool, one.submission())
            with sampled(bare.pid) as floor_peak:
                bare.run(0)
            with sampled(os.getpid(), excluded=(bare.pid, worker)) as otter_peak:
                _otter(zip_path, one)
        finally:
            bare.close()
    added = statistics.median(a - b for a, b in zip(ours, floor, strict=True))
    spreads = [
        _spread(seconds, peak.mib)
        for seconds, peak in ((ours, our_peak), (otter, otter_peak), (floor, floor_peak))
    ]
    return StageBench(
        id=stage_id,
        submissions=SUBMISSIONS,
        ours=spreads[0],
        otter_run=spreads[1],
        limit=spreads[2],
        ratio_otter=round(spreads[1].median / spreads[0].median, 1),
        overhead_ms=round(1000 * added, 1),
    )


def _spread(seconds: Sequence[float], peak_mib: float) -> Spread:
    return Spread(
        median=round(statistics.median(seconds), 4),
        min=round(min(seconds), 4),
        max=round(max(seconds), 4),
        peak_mib=peak_mib,
    )


def _timed(pool: ProcessPoolExecutor, submission: Submission) -> float:
    started = time.perf_counter()
    result = pool.submit(grade_here, submission).result()
    seconds = time.perf_counter() - started
    if not all(question.full for question in result.questions):
        raise ValueError(f"{submission.path} is right but earned {result.score}: run the check")
    return seconds


def _otter(zip_path: Path, notebook: Composed) -> float:
    started = time.perf_counter()
    otter_scores(zip_path, notebook.content, notebook.name)
    return time.perf_counter() - started


class _Floor:
    """The process that ``bench.floor`` runs in."""

    def __init__(self, dist: Path, notebooks: Sequence[Composed], folder: Path) -> None:
        paths = []
        for index, notebook in enumerate(notebooks):
            paths.append(folder / f"{index}.ipynb")
            paths[-1].write_bytes(notebook.content)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.bench.floor", str(dist), *map(str, paths)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=environment(str(folder)),
        )
        assert self._process.stdout is not None
        self._process.stdout.readline()

    @property
    def pid(self) -> int:
        return self._process.pid

    def run(self, index: int) -> float:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{index}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline().split()[0])

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
