"""A course with a made-up engine: what a submission earns stands in the submission itself."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
import pytest

from autograder import sandbox
from autograder.authoring import public
from autograder.cli import main
from autograder.grading import batch
from autograder.grading.find import Submission
from autograder.grading.results import CaseResult, Diagnosis, QuestionResult, SubmissionResult
from autograder.grading.stage import Case, Limits, Question, Stage, load_stage

STAGE = Stage(
    id="01_logic_gates",
    title="Perceptrons and logic gates",
    version="a" * 64,
    imports=("numpy",),
    limits=Limits(),
    questions=(
        Question(
            "q1",
            "a threshold unit",
            3,
            (Case("fires above 0", False, 1), Case("HIDDEN batches agree", True, 2)),
        ),
        Question(
            "q2",
            "logic gates",
            4,
            (
                Case("AND has one 1", False, 1),
                Case("HIDDEN gates of n inputs", True, 1.5),
                Case("HIDDEN noisy inputs", True, 1.5),
            ),
        ),
    ),
)


@dataclass
class Run:
    """How a command ended."""

    status: int
    out: str
    err: str


@dataclass
class Kit:
    """A course in a folder of its own, the engine's stand-in, and the command line."""

    root: Path
    capture: pytest.CaptureFixture[str]
    graded: list[str] = field(default_factory=list)
    stop_after: int = 10**9
    before: Callable[[Submission], None] = lambda _: None

    def build(self, stage: Stage) -> None:
        folder = self.root / "dist" / stage.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "stage.json").write_bytes(msgspec.json.encode(stage))

    def write_public_stage(self, root: Path, stage_id: str, folder: Path) -> Stage:
        """Stand in for reading the student notebook, which these courses do not have."""
        folder.mkdir()
        built = (root / "dist" / stage_id / "stage.json").read_bytes()
        (folder / "stage.json").write_bytes(built)
        return msgspec.json.decode(built, type=Stage)

    def submit(self, path: str, right: str = "11 111", when: float = 1000.0, **more: Any) -> Path:
        """Write a submission; ``right`` has a 1 for each case that it passes."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps({"right": right, **more}))
        os.utime(target, (when, when))
        return target

    def __call__(self, *words: str) -> Run:
        self.graded.clear()
        status = main(words)
        out, err = self.capture.readouterr()
        assert "Traceback" not in out + err
        return Run(status, out, err)

    def grade_all(
        self,
        stage_dir: Path,
        submissions: Sequence[Submission],
        *,
        jobs: int,
        sandbox: str,
        on_result: Callable[[SubmissionResult], None],
        public_only: bool = False,
        **_: Any,
    ) -> list[SubmissionResult]:
        stage, results = load_stage(stage_dir), []
        for submission in reversed(submissions):
            if len(results) >= self.stop_after:
                raise KeyboardInterrupt
            self.before(submission)
            self.graded.append(submission.path)
            results.append(_grade(stage, submission, public_only))
            on_result(results[-1])
        return results[::-1]


def _grade(stage: Stage, submission: Submission, public_only: bool) -> SubmissionResult:
    sha256 = hashlib.sha256(submission.content).hexdigest()
    head = (submission.path, sha256, submission.student, stage.id)
    try:
        answer = json.loads(submission.content)
        right = answer["right"].split()
    except (ValueError, KeyError):
        message = submission.problem or "the file is no notebook"
        return SubmissionResult(*head, "unreadable", 0, stage.possible, message)
    questions = []
    for question, passed in zip(stage.questions, right, strict=True):
        cases = []
        for case, mark in zip(question.cases, passed, strict=True):
            if case.hidden and public_only:
                continue
            secret = f"SECRET {case.name} wanted 42"
            diagnosis = Diagnosis("at_zero", "Look at exactly 0.") if mark == "d" else None
            cases.append(
                CaseResult(case.name, case.hidden, case.points, True)
                if mark == "1"
                else CaseResult(
                    case.name,
                    case.hidden,
                    case.points,
                    False,
                    secret,
                    "The shape is not right.",
                    diagnosis,
                )
            )
        score = sum(case.points for case in cases if case.passed)
        questions.append(QuestionResult(question.name, score, question.points, tuple(cases)))
    return SubmissionResult(
        *head,
        answer.get("status", "graded"),
        sum(question.score for question in questions),
        stage.possible,
        answer.get("message", ""),
        0.01,
        tuple(questions),
    )


@pytest.fixture
def kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Kit:
    (tmp_path / "course.toml").write_text(
        '[course]\ntitle = "C"\nterm = "T"\ntimezone = "UTC"\n'
        '[stages.01_logic_gates]\ntitle = "A"\n[stages.05_backprop]\ntitle = "B"\n'
    )
    made = Kit(tmp_path, capsys)
    made.build(STAGE)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(batch, "grade_all", made.grade_all)
    monkeypatch.setattr(public, "write_public_stage", made.write_public_stage)
    monkeypatch.setattr(sandbox, "choose", lambda name: "bwrap")
    return made


@pytest.fixture
def stage() -> Stage:
    return STAGE
