"""The leak check: nothing of the solutions or the hidden tests is in what a student gets.

It reads the student's notebook as a stranger would, and trusts neither otter assign nor the rest
of the build. What the master states to students (given cells, prose, docstrings, public tests)
is no leak, wherever else it stands.
"""

from __future__ import annotations

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterable, Iterator
from typing import Any

from autograder.authoring.master import BEGIN, END, INLINE, Master
from autograder.authoring.source import parse
from autograder.authoring.testcase import TestCase

__all__ = ["find_leaks"]

MEANINGFUL = 10
"""A line with fewer characters than this, blanks apart, gives nothing away."""

MARK = re.compile(
    r"#\s*(?:BEGIN|END)\s+(?:SOLUTION|QUESTION|TESTS?|PROMPT|TEST CONFIG)\b|#\s*SOLUTION\b"
    r"|#\s*ASSIGNMENT CONFIG\b|#\s*HIDDEN\b"
)
NUMBER = re.compile(r"(?<![\w.])(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?(?![\w])")


def find_leaks(master: Master, student: Any, shipped: Iterable[str] = ()) -> list[str]:
    """Return one message for each thing in the student's notebook that gives something away.

    Parameters
    ----------
    master : Master
        The stage's master.
    student : NotebookNode
        The student's notebook, as it is handed out.
    shipped : iterable of str
        Texts that students get beside the notebook, such as tables.
    """
    hidden = [case for question in master.questions for case in question.cases if case.hidden]
    public = [case for question in master.questions for case in question.cases if not case.hidden]
    solution, filled, skeleton = _split_answers(master)
    given = [cell for cell in master.cells if cell.role != "answer"]
    code = [cell.source for cell in given if cell.kind == "code"]
    known = set(_lines([*code, *skeleton, *(case.source for case in public)], shortest=0))
    secrets = dict.fromkeys(_lines(solution), "a line of the solution")
    # A value filled in is short, `total = 42.7`, and all there is to the answer.
    secrets |= dict.fromkeys(_lines(filled, shortest=3), "a line of the solution")
    for case in hidden:
        what = f"a line of the hidden test {case.function}"
        secrets = dict.fromkeys(_lines([case.source]), what) | secrets
    secrets = {line: what for line, what in secrets.items() if line not in known}
    stated = [*(cell.source for cell in given), *skeleton, *shipped, *(c.source for c in public)]
    return [
        *_structure(master, student),
        *_lines_found(student, secrets),
        *_values_found(student, hidden, stated),
    ]


def _structure(master: Master, student: Any) -> Iterator[str]:
    """Yield what is wrong with the notebook's cells whatever the solution says."""
    answers = {cell.id: cell.source for cell in master.cells if cell.role == "answer"}
    for i, cell in enumerate(student.cells, 1):
        where = f"cell {i} ({cell.get('id', '?')})"
        if mark := MARK.search(cell.source):
            yield f"{where}: the mark {mark[0]!r} remains"
        if cell.get("outputs") or cell.get("attachments"):
            yield f"{where}: it holds outputs or attachments"
        if cell.cell_type == "raw":
            yield f"{where}: a raw cell remains"
        if cell.cell_type == "code":
            try:
                parse(cell.source)
            except SyntaxError as error:
                yield f"{where}: no Python is left there (line {error.lineno}: {error.msg})"
        if cell.get("id") in answers and cell.source == answers[cell.id]:
            marked = any(BEGIN.match(r) or INLINE.search(r) for r in cell.source.splitlines())
            if marked:
                yield f"{where}: its solution was not taken out"
    if "otter" in student.metadata:
        yield "the notebook's metadata holds otter's tests"


def _lines_found(student: Any, secrets: dict[str, str]) -> Iterator[str]:
    """Yield the secret lines that stand in a cell, as a line or between backticks."""
    for i, cell in enumerate(student.cells, 1):
        shown = cell.source.splitlines()
        if cell.cell_type == "markdown":
            shown += re.findall(r"`([^`\n]+)`", cell.source)
        for line in shown:
            if what := secrets.get(_normal(line)):
                yield f"cell {i} ({cell.get('id', '?')}): {what}: {line.strip()!r}"


def _values_found(student: Any, hidden: list[TestCase], given: list[str]) -> Iterator[str]:
    """Yield the literals of hidden cases that no given text states and the notebook holds."""
    stated_text = "\n".join(given)
    stated = _numbers(stated_text)
    text = "\n".join(_texts(json.loads(json.dumps(student))))
    numbers = _numbers(text)
    for case in hidden:
        for value in _literals(case):
            if isinstance(value, str):
                if value in text and value not in stated_text:
                    yield f"the text {value!r} of the hidden test {case.function}"
            elif value in numbers and value not in stated:
                yield f"the number {value!r} of the hidden test {case.function}"


def _split_answers(master: Master) -> tuple[list[str], list[str], list[str]]:
    """Return the solution's lines, the lines with a value filled in, and what is left."""
    solution, filled, left = [], [], []
    for cell in master.cells:
        if cell.role != "answer":
            continue
        inside = False
        for row in cell.source.splitlines():
            if BEGIN.match(row) or END.match(row):
                inside = bool(BEGIN.match(row))
            elif inside:
                solution.append(row)
            elif INLINE.search(row):
                filled.append(INLINE.sub("", row))
            else:
                left.append(row)
    return solution, filled, left


def _lines(sources: Iterable[str], shortest: int = MEANINGFUL) -> Iterator[str]:
    """Yield the lines of sources in normal form that have at least so many characters."""
    for source in sources:
        for line in source.splitlines():
            normal = _normal(line)
            if len(normal) >= shortest:
                yield normal


def _normal(line: str) -> str:
    """Return a line without blanks, comment, return, quotes around it and quotes' style."""
    line = line.strip().removeprefix("return ")
    if "#" in line:
        line = _without_comment(line)
    return re.sub(r"\s+", "", line).replace("'", '"').rstrip(",;").strip('"')


def _without_comment(line: str) -> str:
    """Return a line of code without the comment at its end; other text stays as it is."""
    try:
        for token in tokenize.generate_tokens(io.StringIO(line).readline):
            if token.type == tokenize.COMMENT:
                return line[: token.start[1]] or line
    except (tokenize.TokenError, SyntaxError, IndentationError):
        pass
    return line


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in a notebook but its cells' ids."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            if key not in ("id", "nbformat", "nbformat_minor"):
                yield from _texts(one)


def _literals(case: TestCase) -> Iterator[str | float | int]:
    """Yield the literals of a case that could give something away."""
    tree = case.tree()
    tree.body = tree.body[1:]  # its docstring is told apart, as lines
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool | None | bytes):
            continue
        if isinstance(node.value, str):
            if len(node.value.strip()) >= 4:
                yield node.value
        elif isinstance(node.value, int | float):
            written = ast.get_source_segment(case.source, node) or repr(node.value)
            if len(re.sub(r"[^0-9]", "", written).strip("0")) > 2:
                yield node.value


def _numbers(text: str) -> set[float]:
    """Return the numbers that text states."""
    found = set()
    for match in NUMBER.finditer(text):
        try:
            found.add(float(match[0].replace("_", "")))
        except ValueError:
            continue
    return found
