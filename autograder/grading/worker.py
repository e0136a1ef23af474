"""One worker: a warm template, and an examiner forked for each submission."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import select
import signal
import time
from pathlib import Path
from typing import Any

import msgspec

from autograder.grading.child import Budget
from autograder.grading.examiner import Examiner
from autograder.grading.find import Submission
from autograder.grading.notebook import NotebookError, read_cells
from autograder.grading.results import CaseResult, QuestionResult, Status, SubmissionResult
from autograder.grading.stage import Question, load_stage
from autograder.grading.tests import load_tests
from autograder.sandbox import Template

_EXAMINER_MEMORY = 4 << 30
_GRACE_SECONDS = 30.0
_LOST_EXAMINERS = 2


class _Testing(msgspec.Struct, tag=True):
    name: str


class _Done(msgspec.Struct, tag=True):
    status: Status
    notes: list[str]


class _Question(msgspec.Struct, tag=True):
    result: QuestionResult


class _Unreadable(msgspec.Struct, tag=True):
    message: str


_Report = _Testing | _Done | _Question | _Unreadable
_decode = msgspec.json.Decoder(_Report).decode


class Worker:
    """Grades submissions of one stage, one after the other.

    Parameters
    ----------
    folder : Path
        The built stage, ``dist/<stage>``.
    driver : {"bwrap", "none"}
    slot : int
        Number of this worker among those of the run.
    absent : tuple of Path
        What must not be seen from inside the sandbox.
    """

    def __init__(
        self,
        folder: Path,
        driver: str,
        slot: int = 0,
        absent: tuple[Path, ...] = (),
        public_only: bool = False,
    ) -> None:
        self.stage = load_stage(folder)
        self._tests = load_tests(self.stage, folder)
        probes = folder / "probes.py"
        self._probes = probes.read_text() if probes.exists() else ""
        self._driver = driver
        self._slot = slot
        self._absent = (folder, *absent)
        self._public_only = public_only
        self._template = self._start()

    def _start(self) -> Template:
        return Template(
            self._driver,
            self.stage.imports,
            self.stage.limits,
            self._probes,
            self._absent,
            self._slot,
        )

    def close(self) -> None:
        """End the template."""
        self._template.close()

    def grade(self, submission: Submission) -> SubmissionResult:
        """Return the submission's grade, whatever is in it."""
        started = time.monotonic()
        if submission.problem:
            graded: dict[str, QuestionResult] = {}
            status: Status = "unreadable"
            notes = [submission.problem]
        else:
            graded, status, notes = self._examine(submission.content)
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
            possible=sum(question.possible for question in questions),
            message="\n".join(notes),
            seconds=round(time.monotonic() - started, 4),
            questions=questions,
        )

    def _examine(self, content: bytes) -> tuple[dict[str, QuestionResult], Status, list[str]]:
        """Run examiners until every question has a result; one is enough unless it is killed."""
        graded: dict[str, QuestionResult] = {}
        notes: list[str] = []
        while True:
            todo = [q for q in self.stage.questions if q.name not in graded]
            end, testing = self._run_examiner(content, todo, graded)
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
            self._template.close()
            self._template = self._start()
            lost = testing or (todo[0].name if todo else "")
            if not lost or lost in graded or len(notes) >= _LOST_EXAMINERS:
                return graded, "crashed", [*notes, "the grading of this notebook was stopped"]
            text = f"{lost}: grading it was stopped: what the code returned could not be handled"
            notes.append(text)
            question = next(q for q in todo if q.name == lost)
            graded[lost] = self._zero(question, text)

    def _run_examiner(
        self, content: bytes, todo: list[Question], graded: dict[str, QuestionResult]
    ) -> tuple[_Done | _Unreadable | None, str]:
        """Fork an examiner and collect what it reports; None when it ended without a last word."""
        if not self._template.alive:
            self._template.close()
            self._template = self._start()
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(read)
                self._be_examiner(content, todo, write)
            finally:
                os._exit(0)
        os.close(write)
        testing = ""
        limits = self.stage.limits
        deadline = time.monotonic() + limits.cpu_seconds * limits.wall_factor + _GRACE_SECONDS
        try:
            for line in _lines(read, deadline):
                match _decode(line):
                    case _Testing(name):
                        testing = name
                    case _Question(result):
                        graded[result.name] = result
                    case _Done() | _Unreadable() as end:
                        return end, testing
        finally:
            os.close(read)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        return None, testing

    def _be_examiner(self, content: bytes, todo: list[Question], write: int) -> None:
        """Run in the fork: grade the notebook and report line by line."""
        null = os.open("/dev/null", os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        limits = self.stage.limits
        _limit_examiner()
        _limit_cpu(_GRACE_SECONDS)

        def report(entry: Any) -> None:
            data = msgspec.json.encode(entry) + b"\n"
            while data:
                data = data[os.write(write, data) :]

        def testing(name: str) -> None:
            report(_Testing(name))
            _limit_cpu(2 * limits.case_seconds + 1)

        def tested(result: QuestionResult) -> None:
            _limit_cpu(limits.cpu_seconds * limits.wall_factor)
            report(_Question(result))

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
            spawn=self._template.spawn,
            budget=Budget(limits),
            on_testing=testing,
            on_question=tested,
            public_only=self._public_only,
        )
        examiner.run(todo)
        report(_Done(examiner.status, examiner.notes))

    def _zero(self, question: Question, text: str) -> QuestionResult:
        cases = tuple(
            CaseResult(case.name, case.hidden, case.points, False, text, text)
            for case in question.cases
            if not (self._public_only and case.hidden)
        )
        return QuestionResult(question.name, 0.0, sum(case.points for case in cases), cases)


def _limit_examiner() -> None:
    """Keep hostile values from hanging or filling the machine: the examiner has limits too."""
    resource.setrlimit(resource.RLIMIT_DATA, (_EXAMINER_MEMORY, _EXAMINER_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: float) -> None:
    """Have the kernel end this process once it has used so much more CPU time."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def _lines(fd: int, deadline: float) -> Any:
    """Yield the lines that arrive until the writer closes or the deadline passes."""
    buffer = b""
    while True:
        ready, _, _ = select.select([fd], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return
        chunk = os.read(fd, 1 << 16)
        if not chunk:
            return
        buffer += chunk
        *whole, buffer = buffer.split(b"\n")
        yield from whole
