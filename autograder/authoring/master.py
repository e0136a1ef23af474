"""A stage's master, ``solutions/<stage>/notebook.py``, read and checked."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import jupytext

from autograder.authoring.errors import AuthoringError
from autograder.authoring.settings import read_settings
from autograder.authoring.source import parse
from autograder.authoring.testcase import TestCase, read_case

__all__ = ["BEGIN", "END", "INLINE", "Cell", "Master", "Question", "read_master"]

BLOCK = re.compile(r"#\s+(BEGIN|END)\s+(QUESTION|SOLUTION|TESTS)\s*$", re.IGNORECASE)
BEGIN = re.compile(r"\s*#\s*BEGIN SOLUTION\s*$")
END = re.compile(r"\s*#\s*END SOLUTION\s*$")
INLINE = re.compile(r"\s*#\s*SOLUTION\s*$")
SPARED = re.compile(r"(?<=\S) {1,2}# NO MUTANTS\s*$")
LIKE_SPARED = re.compile(r"#\s*(?:(?:BEGIN|END)\s+)?NO[\s_-]*MUTANTS?\b", re.IGNORECASE)
CELL = re.compile(r"^# %%")


@dataclass(frozen=True)
class Cell:
    """One cell of the master that a student gets in some form.

    ``id`` is the cell's id in every notebook made from the master; ``role`` is given, prompt or
    answer; ``line`` is where its source begins in notebook.py. ``spared`` numbers the lines of
    ``source``, from 1, that end in ``# NO MUTANTS`` in notebook.py: the mark is in no source.
    """

    id: str
    kind: str
    source: str
    role: str
    question: str | None
    line: int
    spared: frozenset[int] = frozenset()


@dataclass
class Question:
    """One question: its name, the words of its heading, its test cases in order, its settings.

    The settings are as in ``autograder.authoring.settings``.
    """

    name: str
    line: int
    title: str = ""
    cases: list[TestCase] = field(default_factory=list)
    builds_on: tuple[str, ...] = ()
    extra: bool = False
    memorizable: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    several_answers: bool = False

    @property
    def points(self) -> float:
        """The points of all cases."""
        return sum(case.points for case in self.cases)


@dataclass
class Master:
    """The master: its notebook (with our cell ids), the cells a student gets, the questions."""

    path: Path
    notebook: Any
    cells: list[Cell] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)

    def fail(self, line: int, what: str, do: str) -> NoReturn:
        """Raise an AuthoringError that names the line."""
        raise AuthoringError(what, f"{self.path}:{line}", do)


def read_master(path: Path) -> Master:
    """Read notebook.py.

    Raises
    ------
    AuthoringError
        When a block is not closed, a question or a test is malformed, or a cell is no Python.
    """
    if not path.is_file():
        raise AuthoringError(
            "there is no master notebook",
            str(path),
            "A stage is a folder solutions/<stage>/ with a notebook.py in it.",
        )
    text = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="py:percent")
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    master = Master(path, notebook)
    starts = [i for i, line in enumerate(text.splitlines(), 1) if CELL.match(line)]
    lines = starts if len(starts) == len(notebook.cells) else [0] * len(notebook.cells)
    _Reader(master).read(zip(notebook.cells, lines, strict=True))
    if not master.cells or master.cells[0].kind != "markdown":
        master.fail(1, "the first cell is not text", "Begin with a markdown cell: the title.")
    return master


class _Reader:
    """Walks the cells with the open blocks as its state."""

    def __init__(self, master: Master) -> None:
        self.master = master
        self.blocks: list[str] = []
        self.question: Question | None = None
        self.counts: dict[str, int] = {}

    def read(self, cells: Iterator[tuple[Any, int]]) -> None:
        """Fill the master from its cells, each with the line of its ``# %%``."""
        line = 0
        for cell, line in cells:
            first = cell.source.split("\n", 1)[0]
            block = BLOCK.match(first) if cell.cell_type == "raw" else None
            if block:
                self._block(block[1].upper(), block[2].upper(), cell.source, line)
            elif cell.cell_type == "raw":
                self.master.fail(
                    line, f"a raw cell that marks nothing: {first!r}", "Remove it, or mend it."
                )
            elif self.blocks[-1:] == ["TESTS"]:
                self._test(cell, line)
            else:
                self._keep(cell, line)
        if self.blocks:
            self.master.fail(
                line, f"the {self.blocks[-1]} block is not ended", "Add its # END cell."
            )

    def _block(self, edge: str, kind: str, source: str, line: int) -> None:
        """Open or close a block."""
        fail = self.master.fail
        if edge == "END":
            if self.blocks[-1:] != [kind]:
                fail(line, f"# END {kind} without its # BEGIN {kind}", "Pair the two cells.")
            self.blocks.pop()
            if kind == "QUESTION" and self.question is not None:
                self._close(self.question)
            return
        if self.blocks != ([] if kind == "QUESTION" else ["QUESTION"]):
            inside = f"inside {self.blocks[-1]}" if self.blocks else "outside a question"
            fail(line, f"# BEGIN {kind} {inside}", "SOLUTION and TESTS stand in a QUESTION.")
        self.blocks.append(kind)
        if kind == "QUESTION":
            self.question = self._begin(source, line)
            self.master.questions.append(self.question)

    def _begin(self, source: str, line: int) -> Question:
        """Return the question that a cell begins."""
        earlier = [one.name for one in self.master.questions]
        said = read_settings(source, f"{self.master.path}:{line}", earlier)
        return Question(
            said.name,
            line,
            builds_on=said.builds_on,
            memorizable=said.memorizable,
            fixed=said.fixed,
            several_answers=said.several_answers,
            extra=said.extra,
        )

    def _close(self, question: Question) -> None:
        """Check a whole question at its end."""
        fail, cells = self.master.fail, self.master.cells
        name = question.name
        answers = [c for c in cells if c.question == name and c.role == "answer"]
        marks = (BEGIN, INLINE)
        if not any(m.search(row) for c in answers for row in c.source.splitlines() for m in marks):
            fail(question.line, f"{name} has nothing to answer", "Mark a # BEGIN SOLUTION.")
        if question.points <= 0:
            fail(question.line, f"{name} is worth nothing", "Give its test cases points.")
        if not question.title:
            fail(question.line, f"{name} has no heading", "Begin its prompt with ## Question.")
        if question.extra and "extra" not in question.title.lower():
            do = f"Write ## Question {name.removeprefix('q')} (extra): ..."
            fail(question.line, f"{name} is extra, and its heading does not say so", do)
        trees = [parse(one.source) for one in answers]
        known = {arg.arg for t in trees for arg in ast.walk(t) if isinstance(arg, ast.arg)}
        for parameter in question.fixed:
            if parameter not in known:
                fail(
                    question.line,
                    f"fixed names {parameter!r}, which no answer of {name} takes",
                    f"Its answers take: {', '.join(sorted(known)) or 'nothing'}.",
                )
        self.question = None

    def _test(self, cell: Any, line: int) -> None:
        """Add a test cell to its question."""
        assert self.question is not None
        if cell.cell_type != "code":
            self.master.fail(line, "text inside a TESTS block", "Keep only test cells there.")
        for i, row in enumerate(cell.source.splitlines(), 1):
            if LIKE_SPARED.search(row):
                self.master.fail(
                    line + i, "# NO MUTANTS in a test", "No mutant is there: remove it."
                )
        case = read_case(cell.source, f"{self.master.path}:{line}")
        for one in self.question.cases:
            if one.function == case.function or one.name == case.name:
                same = case.function if one.function == case.function else repr(case.name)
                self.master.fail(
                    line,
                    f"{self.question.name} has two test cases called {same}",
                    "Functions and docstrings' first lines are unique in a question.",
                )
        self.question.cases.append(case)

    def _keep(self, cell: Any, line: int) -> None:
        """Add a cell that students get, and give it its id."""
        solution = self.blocks[-1:] == ["SOLUTION"]
        role = "answer" if solution else "prompt" if self.question else "given"
        name = self.question.name if self.question else None
        fail = self.master.fail
        if solution and cell.cell_type != "code":
            fail(line, "text inside a SOLUTION block", "Only code is answered; move the text.")
        spared: frozenset[int] = frozenset()
        if cell.cell_type == "code":
            _check_code(self.master, cell.source, role, line)
            cell.source, spared = _take_spared(cell.source)
        elif self.question and not self.question.title:
            heading = re.search(r"^#+\s+(?:Question\s+\w+\s*[:.]\s*)?(.+)$", cell.source, re.M)
            self.question.title = heading[1].strip() if heading else ""
        stem = f"{name}-{role}" if name else "text" if cell.cell_type == "markdown" else "code"
        self.counts[stem] = self.counts.get(stem, 0) + 1
        cell.id = f"{stem}-{self.counts[stem]}"
        self.master.cells.append(
            Cell(cell.id, cell.cell_type, cell.source, role, name, line + 1, spared)
        )


def _take_spared(source: str) -> tuple[str, frozenset[int]]:
    """Return the source without its NO MUTANTS marks, and the numbers of the lines they end."""
    rows = source.split("\n")
    marked = frozenset(i for i, row in enumerate(rows, 1) if SPARED.search(row))
    return "\n".join(SPARED.sub("", row) for row in rows), marked


def _check_code(master: Master, source: str, role: str, line: int) -> None:
    """Fail on code that is no Python or whose marks otter would not understand."""
    try:
        tree = parse(source)
    except SyntaxError as error:
        master.fail(line + (error.lineno or 1), f"no Python: {error.msg}", "Mend this cell.")
    open_at = 0
    marked = set()
    for i, whole in enumerate(source.splitlines(), 1):
        row = SPARED.sub("", whole)
        begin, end, inline = BEGIN.match(row), END.match(row), INLINE.search(row)
        solved = inline or (open_at and not end)
        odd = re.search(r"#.*\bSOLUTION\b", row) and not (begin or end or inline)
        if role != "answer" and (begin or end or inline):
            master.fail(line + i, "a SOLUTION mark outside a SOLUTION block", "Move or remove it.")
        if odd:
            master.fail(line + i, f"a mark that nothing removes: {row.strip()!r}", "Remove it.")
        if LIKE_SPARED.search(row):
            master.fail(
                line + i,
                f"a NO MUTANTS mark that nothing removes: {row.strip()!r}",
                "End the line itself with it, as in: epochs = 300  # NO MUTANTS",
            )
        if row != whole and not solved:
            master.fail(
                line + i, "# NO MUTANTS outside a solution", "No mutant is there: remove it."
            )
        if (begin and open_at) or (end and not open_at):
            master.fail(line + i, "# BEGIN and # END SOLUTION do not pair", "Pair them.")
        open_at = i if begin else 0 if end else open_at
        if inline:
            marked.add(i)
    if open_at:
        master.fail(line + open_at, "# BEGIN SOLUTION is not ended", "Add # END SOLUTION.")
    for node in tree.body:
        last = node.end_lineno or node.lineno
        if last > node.lineno and not hasattr(node, "body"):
            for i in sorted(marked & set(range(node.lineno, last + 1))):
                master.fail(
                    line + i,
                    "# SOLUTION on a statement of several lines leaves its other lines behind",
                    "Write it on one line, or put it between # BEGIN and # END SOLUTION.",
                )
