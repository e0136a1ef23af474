"""The examiner: drives one submission's cells and runs otter's test files against it.

It lives in a fork of the worker that is thrown away afterwards, so nothing that a submission leaves
in a reference's arrays reaches the next one. It alone decides which cell runs next and which
question is tested when; what the student's side says never moves that pointer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from autograder.grading import probes
from autograder.grading.child import Budget, Child, ChildLost, Overrun, Spawn, TesterFork
from autograder.grading.exceptions import StudentError, place
from autograder.grading.feedback import instructor_message, student_sentence, undefined_message
from autograder.grading.namespace import Namespace
from autograder.grading.notebook import Cell, defines
from autograder.grading.results import CaseResult, QuestionResult, Status
from autograder.grading.stage import Question, Stage
from autograder.grading.tests import fresh_reference
from autograder.grading.text import full_error, printable, told_error
from autograder.grading.transcript import Entry, Recorder
from autograder.wire.errors import ChannelClosed

_OVERRUNS_PER_QUESTION = 2
_MAX_NOTES = 10
Transcripts = dict[str, list[Entry]]
_WORST: tuple[Status, ...] = ("graded", "crashed", "disk", "memory", "timeout")


class Examiner:
    """Grades one notebook.

    Parameters
    ----------
    stage, tests : Stage and mapping of question to otter test file
    cells : list of Cell
    spawn : callable
        Has the template fork a child on the given socket.
    on_testing : callable
        Called with a question's name before each of its cases.
    on_question : callable
        Called with a question's result as soon as it is known, and the transcripts of its cases.
    public_only : bool
        Run no hidden case.
    child : Child, optional
        A process that has run the cells before ``first`` already; it is closed in the end.
    stop_early : bool
        Be content with the first failed case of a question.
    seed : int
        Other than 0, the tests draw other random numbers than their own fixed ones.
    """

    def __init__(
        self,
        stage: Stage,
        tests: Mapping[str, Any],
        cells: list[Cell],
        spawn: Spawn,
        budget: Budget,
        on_testing: Callable[[str], None],
        on_question: Callable[[QuestionResult, Transcripts], None],
        public_only: bool = False,
        child: Child | None = None,
        first: int = 0,
        stop_early: bool = False,
        seed: int = 0,
    ) -> None:
        self._stage = stage
        self._tests = tests
        self._cells = cells
        self._spawn = spawn
        self._on_testing = on_testing
        self._on_question = on_question
        self._public_only = public_only
        self._budget = budget
        self._child = child
        self._is_replay = child is not None
        self._first = first
        self._stop_early = stop_early
        self._run_seed = seed
        self._skipped: set[int] = set()
        # What went wrong in each failed cell: in full, and as far as the student may read it.
        self._errors: dict[int, str] = {}
        self._told: dict[int, str] = {}
        self._hidden_ran = False
        self.status: Status = "graded"
        self.notes: list[str] = []

    def run(self, questions: list[Question]) -> None:
        """Run the notebook and test these questions, each at its check cell or at the end."""
        todo = {question.name: question for question in questions}
        try:
            for position, cell in enumerate(self._cells):
                if position < self._first:
                    continue
                if self._is_replay and not todo:
                    break
                self._run_cell(position)
                # A check cell that raised did not reach its check; the question waits for the end.
                if cell.number not in self._errors:
                    for name in cell.checks:
                        if name in todo:
                            self._test(todo.pop(name), position)
            for question in list(todo.values()):
                self._test(todo.pop(question.name), len(self._cells) - 1)
        except Overrun as overrun:
            self._note(overrun.kind, f"{overrun.text}; what came later was not graded")
            for question in todo.values():
                self._on_question(self._failed(question, f"not graded: {overrun.text}"), {})
        finally:
            self._drop_child()

    # ---- cells ----

    def _run_cell(self, position: int) -> None:
        """Bring a child to the state after this cell; a cell that kills it is skipped for good."""
        cell = self._cells[position]
        if self._child is None:
            self._replay(position)
        if self._child is None or cell.number in self._skipped:
            return
        try:
            done = self._child.run_cell(cell.number, cell.source)
        except (Overrun, ChildLost) as lost:
            self._lose(cell, lost)
            return
        if done.error:
            self._errors[cell.number] = full_error(done)
            notebook = "\n".join(c.source for c in self._cells)
            self._told[cell.number] = (
                told_error(done, cell.source, notebook)
                if self._hidden_ran
                else self._errors[cell.number]
            )

    def _replay(self, position: int) -> None:
        """Start a fresh child and run the cells before this position again, bar the skipped."""
        while True:
            self._drop_child()
            try:
                self._child = Child(self._spawn, self._budget)
            except ChildLost as lost:
                raise Overrun("crashed", str(lost), total=True) from None
            for cell in self._cells[:position]:
                if cell.number in self._skipped:
                    continue
                try:
                    self._child.run_cell(cell.number, cell.source)
                except (Overrun, ChildLost) as lost:
                    self._lose(cell, lost)
                    break
            else:
                return

    def _lose(self, cell: Cell, lost: Overrun | ChildLost) -> None:
        """Note that this cell ended its child, and skip it from now on."""
        self._skipped.add(cell.number)
        self._drop_child()
        if isinstance(lost, Overrun):
            text = f"was stopped: {lost.text}"
            self._note(lost.kind, f"cell {cell.number} was stopped: {lost.text}")
        else:
            text = f"ended the process: {lost}"
            self._note("crashed", f"cell {cell.number}: {lost}")
        self._errors[cell.number] = self._told[cell.number] = text
        if isinstance(lost, Overrun) and lost.total:
            raise lost

    def _drop_child(self) -> None:
        if self._child is not None:
            child, self._child = self._child, None
            child.close()

    def _note(self, kind: str, text: str) -> None:
        for status in _WORST:
            if status == kind and _WORST.index(status) > _WORST.index(self.status):
                self.status = status
        if len(self.notes) < _MAX_NOTES:
            self.notes.append(text)

    # ---- questions ----

    def _test(self, question: Question, position: int) -> None:
        """Run one question's cases in a fork of the child as it stands."""
        test_file = self._tests[question.name]
        fork: TesterFork | None = None
        lost = 0
        results: list[CaseResult] = []
        transcripts: Transcripts = {}
        try:
            for case in test_file.test_cases:
                if self._public_only and case.hidden:
                    continue
                if self._stop_early and not all(result.passed for result in results):
                    break
                if lost >= _OVERRUNS_PER_QUESTION:
                    text = f"not run: {lost} cases before it were stopped"
                    results.append(_case(case, text, _said(text)))
                    continue
                try:
                    if fork is None:
                        fork = self._fork(position)
                    fork.tester.recorder = Recorder()
                    transcripts[case.name] = fork.tester.recorder.entries
                    results.append(self._run_case(question, test_file, case, fork))
                    if fork.tester.breach:
                        # What it said may be half read; the next case asks a fresh one.
                        fork.close()
                        fork = None
                except (Overrun, ChildLost) as stop:
                    lost += 1
                    text = stop.text if isinstance(stop, Overrun) else str(stop)
                    results.append(_case(case, text, _said(text)))
                    self._note(
                        stop.kind if isinstance(stop, Overrun) else "crashed",
                        f"{question.name}: {text}",
                    )
                    if fork is not None:
                        fork.close()
                        fork = None
                    if isinstance(stop, Overrun) and stop.total:
                        lost = _OVERRUNS_PER_QUESTION
        finally:
            if fork is not None:
                fork.close()
        self._on_question(self._scored(question, test_file, results), transcripts)

    def _fork(self, position: int) -> TesterFork:
        """Fork the child; where it died between cells, bring a fresh one here first."""
        if self._child is None:
            self._replay(position + 1)
        assert self._child is not None
        try:
            return self._child.fork_tester()
        except (ChildLost, Overrun) as lost:
            # It may also stand still: stopped by a signal that the tests before left to it.
            if isinstance(lost, Overrun) and lost.total:
                raise
            self._replay(position + 1)
            return self._child.fork_tester()

    def _run_case(
        self, question: Question, test_file: Any, case: Any, fork: TesterFork
    ) -> CaseResult:
        self._on_testing(question.name)
        fork.start_case()
        self._hidden_ran = self._hidden_ran or case.hidden
        probes.MODULE.tester = fork.tester
        namespace = Namespace(fork.tester, self._seed(question, case))
        failure: Exception | None = None
        try:
            fresh_reference()
            case.body.call_func(namespace)
        except Exception as error:
            failure = error
        # A test that expects an exception may have taken a breach of the protocol for it.
        failure = fork.tester.breach or failure
        if isinstance(failure, ChannelClosed):
            raise ChildLost(
                "the tested code ended its process (os._exit, a crash in compiled code, or a limit)"
            )
        # A test that expects an exception may also have taken a missing name for it.
        if failure is not None or namespace.missing:
            failure = failure or NameError("a name that the test needs is missing")
            return self._explained(failure, case, test_file, namespace.missing)
        return _case(case, "", "", passed=True)

    def _explained(
        self, error: Exception, case: Any, test_file: Any, missing: list[str]
    ) -> CaseResult:
        if missing:
            defined_in = {
                name: [c.number for c in self._cells if defines(c.source, name)] for name in missing
            }
            text = undefined_message(missing, self._errors, defined_in)
            told = undefined_message(missing, self._told, defined_in)
            return _case(case, text, _said(told))
        if isinstance(error, StudentError) and not self._stands(*place(error)):
            # Numbers of a line that nobody wrote would be a message too.
            error.line = ""
        message = instructor_message(error, test_file.source_lines)
        # Code that saw hidden inputs could tell them in the text of a later exception, or in what
        # it returns to a later test.
        sentence = student_sentence(error, case.hidden, veiled=self._hidden_ran)
        return _case(case, message, sentence)

    def _stands(self, cell: int, line: int) -> bool:
        """Return whether the notebook has this line."""
        return any(
            one.number == cell and 0 < line <= one.source.count("\n") + 1 for one in self._cells
        )

    def _seed(self, question: Question, case: Any) -> int | None:
        """Return the seed of a case's random numbers; None leaves the test its own fixed ones."""
        if not self._run_seed:
            return None
        text = f"{self._stage.id}/{question.name}/{case.name}/{self._run_seed}"
        return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")

    def _scored(
        self, question: Question, test_file: Any, results: list[CaseResult]
    ) -> QuestionResult:
        possible = sum(result.points for result in results)
        score = sum(result.points for result in results if result.passed)
        if test_file.all_or_nothing and not all(result.passed for result in results):
            score = 0
        return QuestionResult(
            question.name, float(score), float(possible), tuple(results), question.extra
        )

    def _failed(self, question: Question, text: str) -> QuestionResult:
        """Return the result of a question that could not be tested."""
        test_file = self._tests[question.name]
        cases = [
            _case(case, text, _said(text))
            for case in test_file.test_cases
            if not (self._public_only and case.hidden)
        ]
        possible = sum(case.points for case in cases)
        return QuestionResult(question.name, 0.0, possible, tuple(cases), question.extra)


def _case(case: Any, message: str, feedback: str, passed: bool = False) -> CaseResult:
    return CaseResult(
        *(case.name, bool(case.hidden), float(case.points), passed),
        *(printable(message), printable(feedback)),
    )


def _said(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
