"""The solution-key check: keys earn everything, starters nothing, mistakes lose marks.

Each notebook is graded by the same engine as a student's, in the same sandbox.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from autograder.authoring.build import build_stage, leaks, stale
from autograder.grading.batch import grade_all
from autograder.grading.results import SubmissionResult
from autograder.grading.stage import Stage, load_stage
from autograder.proof.composed import Composed, compose_all
from autograder.proof.findings import (
    AlternativeFinding,
    Findings,
    MistakeFinding,
    QuestionFinding,
    StageFinding,
)
from autograder.proof.otter_run import compare


def check_stages(
    root: Path,
    stage_ids: Sequence[str],
    *,
    jobs: int,
    sandbox: str,
    otter: bool = False,
    on_progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Findings:
    """Check stages; build each one's dist/ anew first.

    Parameters
    ----------
    root : Path
        The folder of course.toml.
    otter : bool
        Also grade every notebook with plain ``otter run`` and compare the scores.
    on_progress : callable
        Called with what is going on, how much of it is done, and how much there is.
    """
    stages = []
    for stage_id in stage_ids:
        stages.append(_check_stage(root, stage_id, jobs, sandbox, otter, on_progress))
    return Findings(all(not stage.problems() for stage in stages), tuple(stages))


def _check_stage(
    root: Path,
    stage_id: str,
    jobs: int,
    sandbox: str,
    otter: bool,
    on_progress: Callable[[str, int, int], None],
) -> StageFinding:
    started = time.monotonic()
    on_progress(f"{stage_id}: build", 0, 1)
    is_stale = bool(stale(root, stage_id))
    leaked = tuple(leaks(root, stage_id))
    build_stage(root, stage_id)
    dist = root / "dist" / stage_id
    stage = load_stage(dist)
    composed = compose_all(root, stage_id)
    done = 0

    def on_result(_: SubmissionResult) -> None:
        nonlocal done
        done += 1
        on_progress(f"{stage_id}: grade", done, len(composed))

    results = grade_all(
        dist,
        [notebook.submission() for notebook in composed],
        jobs=jobs,
        sandbox=sandbox,
        on_result=on_result,
        absent=(root / "solutions",),
    )
    graded = list(zip(composed, results, strict=True))
    differences = None
    if otter:
        differences = tuple(_compare(dist, stage_id, graded, jobs, on_progress))
    return StageFinding(
        id=stage_id,
        stale=is_stale,
        leaks=leaked,
        seconds=round(time.monotonic() - started, 2),
        questions=_questions(stage, graded),
        failures=tuple(_failures(graded)),
        otter=differences,
    )


def _questions(
    stage: Stage, graded: Sequence[tuple[Composed, SubmissionResult]]
) -> tuple[QuestionFinding, ...]:
    """Sort the results by question."""
    possible = {question.name: question.points for question in stage.questions}
    scores = {
        notebook.name: {question.name: question.score for question in result.questions}
        for notebook, result in graded
    }

    def spills(notebook: Composed) -> tuple[str, ...]:
        return tuple(
            name
            for name, score in scores[notebook.name].items()
            if name != notebook.question and score < possible[name]
        )

    findings = []
    for name, points in possible.items():
        mine = [notebook for notebook, _ in graded if notebook.question == name]
        findings.append(
            QuestionFinding(
                name=name,
                points=points,
                key=scores["key"][name],
                starter=scores["starter"][name],
                mistakes=tuple(
                    MistakeFinding(one.id, scores[one.name][name], spills(one))
                    for one in mine
                    if one.kind == "mistake"
                ),
                alternatives=tuple(
                    AlternativeFinding(one.id, scores[one.name][name], spills(one))
                    for one in mine
                    if one.kind == "alternative"
                ),
            )
        )
    return tuple(findings)


def _failures(graded: Sequence[tuple[Composed, SubmissionResult]]) -> list[str]:
    """Return the failed cases of keys and alternatives, for the author to read."""
    return [
        f"{notebook.name}: {question.name}, {case.name}: {case.message}"
        for notebook, result in graded
        if notebook.kind in ("key", "alternative")
        for question in result.questions
        for case in question.cases
        if not case.passed
    ]


def _compare(
    dist: Path,
    stage_id: str,
    graded: Sequence[tuple[Composed, SubmissionResult]],
    jobs: int,
    on_progress: Callable[[str, int, int], None],
) -> list[str]:
    done = 0

    def on_done() -> None:
        nonlocal done
        done += 1
        on_progress(f"{stage_id}: otter run", done, len(graded))

    return compare(
        dist / f"{stage_id}.zip",
        {notebook.name: notebook.content for notebook, _ in graded},
        {
            notebook.name: {question.name: question.score for question in result.questions}
            for notebook, result in graded
        },
        jobs,
        on_done,
    )


def write_json(findings: Findings, path: Path) -> None:
    """Write the findings as JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(findings), indent=1) + b"\n")
