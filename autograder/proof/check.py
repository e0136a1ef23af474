"""The solution-key check: the tests accept every right answer and reject every wrong one.

Everything is graded by the same engine as a student's notebook, in the same sandbox.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import nbformat

from autograder.authoring.build import build_stage, leaks, stale
from autograder.authoring.render import render_stage
from autograder.grading.batch import (
    grade_all,
    grade_here,
    lost_worker,
    open_workers,
    replay_here,
)
from autograder.grading.replay import KEY, Replayed, Task, Variant
from autograder.grading.stage import load_stage
from autograder.proof import cache, variants
from autograder.proof.composed import Composed, compose_all, mixes, with_cells
from autograder.proof.equivalent import read_equivalents, sort_out
from autograder.proof.findings import Findings, ForcedFinding, StageFinding
from autograder.proof.judge import Trials, judge
from autograder.proof.mutants import Mutant, make_mutants
from autograder.proof.otter_run import compare
from autograder.proof.replays import Replays, read_replays, summary
from autograder.proof.variants import Answer

Progress = Callable[[str, int, int], None]


def check_stages(
    root: Path,
    stage_ids: Sequence[str],
    *,
    jobs: int,
    sandbox: str,
    otter: bool = False,
    replays: Path | None = None,
    fresh: bool = False,
    on_progress: Progress = lambda *_: None,
) -> Findings:
    """Check stages; build each one's dist/ anew first.

    Parameters
    ----------
    root : Path
        The folder of course.toml.
    otter : bool
        Also grade the key, the starter and mixes of all other answers with plain ``otter run``,
        and compare the scores.
    replays : Path, optional
        A folder of notebooks from outside the catalogue, in place of the stage's own.
    fresh : bool
        Check a stage although nothing has changed since it was found right.
    on_progress : callable
        Called with what is going on, how much of it is done, and how much there is.
    """
    stages = []
    for stage_id in stage_ids:
        folder = replays or root / "solutions" / stage_id / "replay"
        key = cache.digest(root, stage_id, folder)
        known = None if fresh or otter else cache.load(root, stage_id, key)
        if known is None:
            known = _Check(root, stage_id, jobs, sandbox, folder, on_progress).run(otter)
            if replays is None:
                cache.save(root, known, key)
        stages.append(known)
    return Findings(all(not stage.problems() for stage in stages), tuple(stages))


@dataclass
class _Check:
    """The check of one stage."""

    root: Path
    stage_id: str
    jobs: int
    sandbox: str
    replay_folder: Path
    on_progress: Progress

    def run(self, otter: bool) -> StageFinding:
        """Build, grade, replay, judge."""
        started = time.monotonic()
        self.on_progress(f"{self.stage_id}: build", 0, 1)
        rendered = render_stage(self.root, self.stage_id)
        is_stale = bool(stale(self.root, self.stage_id, rendered))
        leaked = tuple(leaks(self.root, self.stage_id, rendered))
        build_stage(self.root, self.stage_id, rendered=rendered)
        self.dist = self.root / "dist" / self.stage_id
        self.stage = load_stage(self.dist)
        source = self.root / "solutions" / self.stage_id
        master = rendered.master
        key: Any = nbformat.read(self.dist / "key.ipynb", as_version=4)
        mutants = make_mutants(master, key)
        equivalent, stale_entries = sort_out(mutants, read_equivalents(source / "equivalent.toml"))
        replays = read_replays(self.replay_folder, [q.name for q in self.stage.questions])
        composed = compose_all(self.root, self.stage_id)
        answers = {q.name: Answer(key, q.name) for q in self.stage.questions}
        trials = self._trials(key, answers, mutants, composed, replays)
        questions, failures, unlisted = judge(
            self.stage, master, answers, trials, mutants, equivalent
        )
        differences = None
        if otter:
            differences = tuple(self._compare(composed))
        return StageFinding(
            id=self.stage_id,
            stale=is_stale,
            leaks=leaked,
            seconds=round(time.monotonic() - started, 2),
            questions=questions,
            failures=failures,
            equivalents=(*stale_entries, *unlisted),
            forced=trials.forced,
            replay=summary(replays, trials.replayed) if replays.notebooks else None,
            otter=differences,
        )

    def _trials(
        self,
        key: Any,
        answers: Mapping[str, Answer],
        mutants: Sequence[Mutant],
        composed: Sequence[Composed],
        replays: Replays,
    ) -> Trials:
        """Grade and replay everything, on one pool of workers."""
        names = list(answers)
        absent = (self.root / "solutions",)
        with open_workers(self.dist, self.jobs, self.sandbox, absent=absent) as pool:
            try:
                found = _wait(
                    self._follow("key"),
                    [pool.submit(replay_here, [Task(n, (Variant(KEY),)) for n in names])],
                )
                keys = {one.question: one for one in found[0]}
                tasks = [
                    pool.submit(replay_here, [task])
                    for name in names
                    for task in (
                        variants.mutants(name, answers[name], mutants),
                        variants.cheats(name, answers[name]),
                        variants.seeds(name),
                        variants.memorizer(name, answers[name], keys[name]),
                    )
                ]
                notebooks = [
                    pool.submit(grade_here, one.submission())
                    for one in (*composed, *replays.notebooks)
                ]
                results = _wait(self._follow("grade"), notebooks)
                replayed = _wait(self._follow("try"), tasks)
                graded = list(zip(composed, results, strict=False))
                split = [replayed[i::4] for i in range(4)]
                forced = self._force(pool, key, mutants, answers, split[0])
            except BrokenProcessPool:
                raise lost_worker() from None
        return Trials(
            graded=graded,
            replayed=results[len(composed) :],
            keys=keys,
            mutants=dict(zip(names, split[0], strict=True)),
            cheats=dict(zip(names, split[1], strict=True)),
            seeds=dict(zip(names, split[2], strict=True)),
            memorizers={name: found[0] for name, found in zip(names, split[3], strict=True)},
            forced=forced,
        )

    def _force(
        self,
        pool: ProcessPoolExecutor,
        key: Any,
        mutants: Sequence[Mutant],
        answers: Mapping[str, Answer],
        replayed: Sequence[Sequence[Replayed]],
    ) -> ForcedFinding | None:
        """Grade the key with one changed number, like a submission: is it really reported?"""
        killed = [mutants[int(one.id)] for ones in replayed for one in ones if not one.result.full]
        killed.sort(key=lambda mutant: "Number" not in mutant.operator)
        if not killed:
            return None
        mutant = killed[0]
        number = answers[mutant.question].numbers[mutant.cell]
        notebook = with_cells(key, {number: mutant.source}, mutant.question, "forced")
        result = pool.submit(grade_here, notebook.submission()).result()
        said = [
            case.message
            for question in result.questions
            if question.name == mutant.question
            for case in question.cases
            if not case.passed
        ]
        lost = sum(question.possible - question.score for question in result.questions)
        return ForcedFinding(mutant.diff, lost, "".join(said[:1]))

    def _compare(self, composed: Sequence[Composed]) -> list[str]:
        """Grade key, starter and mixes of all the answers by both; say where they differ."""
        follow = self._follow("otter run")
        notebooks = [*composed[:2], *mixes(composed)]
        results = grade_all(
            self.dist,
            [notebook.submission() for notebook in notebooks],
            jobs=self.jobs,
            sandbox=self.sandbox,
            on_result=lambda _: None,
            absent=(self.root / "solutions",),
        )
        done = 0

        def on_done() -> None:
            nonlocal done
            done += 1
            follow(done, len(notebooks))

        return compare(
            self.dist / f"{self.stage_id}.zip",
            {notebook.name: notebook.content for notebook in notebooks},
            {
                notebook.name: {question.name: question.score for question in result.questions}
                for notebook, result in zip(notebooks, results, strict=True)
            },
            self.jobs,
            on_done,
        )

    def _follow(self, what: str) -> Callable[[int, int], None]:
        return lambda done, of: self.on_progress(f"{self.stage_id}: {what}", done, of)


def _wait(follow: Callable[[int, int], None], futures: Sequence[Future[Any]]) -> list[Any]:
    """Return the results in order, telling how far it is."""
    results = []
    for future in futures:
        results.append(future.result())
        follow(len(results), len(futures))
    return results


def write_json(findings: Findings, path: Path) -> None:
    """Write the findings as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(findings), indent=1) + b"\n")
