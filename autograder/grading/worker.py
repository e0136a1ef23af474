"""One worker: a warm template, and an examiner forked for each submission."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from autograder.grading.child import Budget, Child, ChildLost
from autograder.grading.diagnosis.explain import Explainer
from autograder.grading.examiner import Examiner, Transcripts
from autograder.grading.find import Submission
from autograder.grading.forked import Report, limit_cpu, reports
from autograder.grading.notebook import NotebookError, read_cells
from autograder.grading.replay import Replayed, Task, replay
from autograder.grading.results import CaseResult, QuestionResult, Status, SubmissionResult
from autograder.grading.stage import Question, StageError, load_stage
from autograder.grading.tests import load_tests
from autograder.sandbox import Templates
from autograder.wire.errors import ProtocolError

_GRACE_SECONDS = 30.0
_REPLAY_SECONDS = 600.0
_LOST_EXAMINERS = 2
_LOST_TEMPLATES = 3


class _Testing(msgspec.Struct, tag=True):
    name: str


class _Done(msgspec.Struct, tag=True):
    status: Status
    notes: list[str]


class _Question(msgspec.Struct, tag=True):
    result: QuestionResult
    transcripts: Transcripts


class _Unreadable(msgspec.Struct, tag=True):
    message: str


_decode_replayed = msgspec.msgpack.Decoder(Replayed).decode
_Report = _Testing | _Done | _Question | _Unreadable
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(_Report).decode


class Worker:
    """Grades submissions of one stage, one after the other.

    Parameters
    ----------
    folder : Path
        The built stage, ``dist/<stage>``.
    driver : {"bwrap", "bwrap-each", "uid", "none"}
    absent : tuple of Path
        What must not be seen from inside the sandbox.
    """

    def __init__(
        self,
        folder: Path,
        driver: str,
        absent: tuple[Path, ...] = (),
        public_only: bool = False,
    ) -> None:
        self.stage = load_stage(folder)
        self._folder = folder
        self._tests = load_tests(self.stage, folder)
        probes = folder / "probes.py"
        self._public_only = public_only
        self._templates = Templates(
            driver,
            self.stage.imports,
            self.stage.limits,
            probes.read_text() if probes.exists() else "",
            (folder, *absent),
        )
        self._transcripts: dict[str, Transcripts] = {}
        self._explainer = None if public_only else Explainer(folder, self.stage, self.replay)

    def close(self) -> None:
        """End the template."""
        self._templates.close()

    def grade(self, submission: Submission) -> SubmissionResult:
        """Return the submission's grade, whatever is in it."""
        started = time.monotonic()
        if submission.problem:
            graded: dict[str, QuestionResult] = {}
            status: Status = "unreadable"
            notes = [submission.problem]
        else:
            self._transcripts = {}
            graded, status, notes = self._examine(submission.content)
            if self._explainer:
                graded = self._explainer.explain(graded, self._transcripts)
        # What could not be read has one message, not one a case.
        why = "" if status == "unreadable" else (notes[0] if notes else "not graded")
        questions = tuple(
            graded.get(question.name) or self._zero(question, why)
            for question in self.stage.questions
        )
        return SubmissionResult(
            submission=submission.path,
            sha256=submission.sha256,
            student=submission.student,
            stage=self.stage.id,
            status=status,
            score=sum(question.score for question in questions),
            possible=sum(question.possible for question in questions if not question.extra),
            message="\n".join(notes),
            seconds=round(time.monotonic() - started, 4),
            questions=questions,
        )

    def _examine(self, content: bytes) -> tuple[dict[str, QuestionResult], Status, list[str]]:
        """Run examiners until every question has a result; one is enough unless it is killed."""
        graded: dict[str, QuestionResult] = {}
        notes: list[str] = []
        lost_templates = 0
        # One for all examiners: the time that one took before it fell is not given again.
        budget = Budget(self.stage.limits)
        while True:
            todo = [q for q in self.stage.questions if q.name not in graded]
            end, testing = self._run_examiner(content, todo, graded, budget)
            undisturbed = isinstance(end, _Done) and end.status == "graded"
            if not undisturbed and lost_templates < _LOST_TEMPLATES and self._lost_template():
                # Killed from outside, and the notebook's process with it: no fault of the notebook,
                # which is graded from its start again.
                lost_templates += 1
                graded.clear()
                notes.clear()
                self._transcripts.clear()
                budget = Budget(self.stage.limits)
                continue
            match end:
                case _Done(status, said):
                    return (
                        graded,
                        ("crashed" if notes and status == "graded" else status),
                        [*notes, *said],
                    )
                case _Unreadable(message):
                    return {}, "unreadable", [message]
            # The examiner itself fell to what the submission returned; its question gets nothing.
            self._templates.restart()
            lost = testing or (todo[0].name if todo else "")
            if not lost or lost in graded or len(notes) >= _LOST_EXAMINERS:
                return graded, "crashed", [*notes, "the grading of this notebook was stopped"]
            text = f"{lost}: grading it was stopped: what the code returned could not be handled"
            notes.append(text)
            question = next(q for q in todo if q.name == lost)
            graded[lost] = self._zero(question, text)

    def _run_examiner(
        self,
        content: bytes,
        todo: list[Question],
        graded: dict[str, QuestionResult],
        budget: Budget,
    ) -> tuple[_Done | _Unreadable | None, str]:
        """Fork an examiner and collect what it reports; None when it ended without a last word."""
        self._templates.ready()
        testing = ""
        end: _Done | _Unreadable | None = None
        limits = self.stage.limits
        seconds = limits.cpu_seconds * limits.wall_factor + _GRACE_SECONDS
        for data in reports(lambda send: self._be_examiner(content, todo, budget, send), seconds):
            match _decode(data):
                case _Testing(name):
                    testing = name
                case _Question(result, transcripts):
                    graded[result.name] = result
                    self._transcripts[result.name] = transcripts
                case _Done() | _Unreadable() as last:
                    end = last
                    break
        self._templates.forked()
        return end, testing

    def _lost_template(self) -> bool:
        """Return whether the template was killed; a process that dies may still look alive."""
        if not self._templates.out_of_reach:
            return False
        if not self._templates.alive:
            return True
        try:
            Child(self._templates.spawn, Budget(self.stage.limits)).close()
        except (ChildLost, ProtocolError):
            self._templates.restart()
            return True
        return False

    def _be_examiner(
        self, content: bytes, todo: list[Question], budget: Budget, send: Report
    ) -> None:
        """Run in the fork: grade the notebook and report question by question."""
        limits = self.stage.limits
        limit_cpu(_GRACE_SECONDS)

        def report(entry: _Report) -> None:
            send(_encode(entry))

        told = ""

        def testing(name: str) -> None:
            nonlocal told
            if name != told:
                report(_Testing(name))
                told = name
            limit_cpu(2 * limits.case_seconds + 1)

        def tested(result: QuestionResult, transcripts: Transcripts) -> None:
            limit_cpu(limits.cpu_seconds * limits.wall_factor)
            failed = not result.full
            report(_Question(result, transcripts if failed else {}))

        try:
            cells = read_cells(content, tuple(q.name for q in self.stage.questions))
        except NotebookError as error:
            report(_Unreadable(str(error)))
            return
        except MemoryError:
            report(_Unreadable("the file is too large to be a notebook"))
            return
        examiner = Examiner(
            stage=self.stage,
            tests=self._tests,
            cells=cells,
            spawn=self._templates.spawn,
            budget=budget,
            on_testing=testing,
            on_question=tested,
            public_only=self._public_only,
        )
        examiner.run(todo)
        report(_Done(examiner.status, examiner.notes))

    def replay(self, tasks: Sequence[Task]) -> list[Replayed]:
        """Return what variants of the key come to; the order of the questions is the notebook's.

        Raises
        ------
        StageError
            When the key itself cannot be run.
        """
        names = tuple(question.name for question in self.stage.questions)
        key = read_cells((self._folder / "key.ipynb").read_bytes(), names)

        def run(send: Report) -> None:
            replay(
                *(self.stage, self._tests, key, self._templates.spawn, tasks),
                on_replayed=lambda one: send(_encode(one)),
            )

        wanted = sum(len(task.variants) for task in tasks)
        for _ in range(_LOST_TEMPLATES):
            self._templates.ready()
            replayed = [_decode_replayed(data) for data in reports(run, _REPLAY_SECONDS)]
            self._templates.forked()
            whole = len(replayed) == wanted and all(one.status != "crashed" for one in replayed)
            if whole or not self._lost_template():
                break
        if len(replayed) < wanted:
            raise StageError(
                f"{self.stage.id}: only {len(replayed)} of {wanted} variants of the key could be "
                f"run. Run: autograder build {self.stage.id}, and mend the key"
            )
        return replayed

    def _zero(self, question: Question, text: str) -> QuestionResult:
        cases = tuple(
            CaseResult(case.name, case.hidden, case.points, False, text, text)
            for case in question.cases
            if not (self._public_only and case.hidden)
        )
        possible = sum(case.points for case in cases)
        return QuestionResult(question.name, 0.0, possible, cases, question.extra)
