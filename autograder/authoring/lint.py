"""What a master must not do in its tests, and what its author should know of its size."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import BEGIN, END, INLINE, Master, Question
from autograder.authoring.source import Definition, bound_names, parse
from autograder.authoring.testcase import TestCase

__all__ = ["advise", "count_words", "key_lines", "lint"]

LONGEST_KEY = 25
MOST_WORDS = 1500
MOST_PUBLIC = 0.4  # about a third
LOOSE = {"allclose", "assert_allclose", "assert_almost_equal", "assert_array_almost_equal"}


def lint(master: Master) -> None:
    """Fail on a test that would accept a wrong answer or lacks what it uses.

    Raises
    ------
    AuthoringError
        Naming file, test and what to use instead, one line for each finding.
    """
    given = {
        name
        for cell in master.cells
        if cell.kind == "code"
        for node in parse(cell.source).body
        for name in bound_names(node)
    }
    found = [
        f"{case.where}: {case.function} {problem}"
        for question in master.questions
        for case in question.cases
        for problem in (*_loose(case), *_missing(case, given))
    ]
    if not master.questions:
        found.append("there is no question")
    if found:
        raise AuthoringError("\n  ".join(found), str(master.path), "Mend each line above.")


def count_words(master: Master) -> int:
    """Return the words of prose: code, formulas and what they stand in are not counted."""
    words = 0
    for cell in master.cells:
        if cell.kind == "markdown":
            text = re.sub(r"```.*?```|~~~.*?~~~|\$\$.*?\$\$", " ", cell.source, flags=re.S)
            text = re.sub(r"\$[^$\n]+\$|`[^`\n]+`|<[^>\n]+>|\]\([^)\s]+\)", " ", text)
            words += len(re.findall(r"[A-Za-z0-9À-ɏ]+(?:['’-][A-Za-z]+)*|[一-鿿]", text))
    return words


def key_lines(master: Master) -> dict[str, int]:
    """Return the lines of each question's solution: blank lines and comments are not counted."""
    found = {question.name: 0 for question in master.questions}
    for cell in master.cells:
        if cell.role == "answer" and cell.question is not None:
            inside = False
            for row in cell.source.splitlines():
                if BEGIN.match(row) or END.match(row):
                    inside = bool(BEGIN.match(row))
                elif INLINE.search(row) or (inside and row.strip() and row.strip()[0] != "#"):
                    found[cell.question] += 1
    return found


def advise(master: Master) -> list[str]:
    """Return what an author should look at; none of it stops a build."""
    return [*_sizes(master), *(line for one in master.questions for line in _points(one))]


def _sizes(master: Master) -> Iterator[str]:
    """Yield what is too long."""
    words = count_words(master)
    if words > MOST_WORDS:
        yield f"{words} words of prose: at most {MOST_WORDS}"
    for name, lines in key_lines(master).items():
        if lines > LONGEST_KEY:
            yield f"{name}: its key has {lines} lines: at most {LONGEST_KEY}"
    for cell in master.cells:
        if cell.role != "answer":
            continue
        for node in parse(cell.source).body:
            if isinstance(node, Definition) and not ast.get_docstring(node):
                yield f"{cell.question}: {node.name} has no docstring"


def _points(question: Question) -> Iterator[str]:
    """Yield what is odd about a question's cases."""
    public = [case for case in question.cases if not case.hidden]
    share = sum(case.points for case in public) / question.points
    if not public:
        yield f"{question.name}: no public test tells students where they stand"
    if share > MOST_PUBLIC:
        yield f"{question.name}: public tests give {share:.0%} of the points: about a third"
    if len(question.cases) - len(public) < 2:
        yield f"{question.name}: fewer than two hidden tests"


def _loose(case: TestCase) -> Iterator[str]:
    """Yield the comparisons that pass where they should not."""
    for node in ast.walk(case.tree()):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in LOOSE:
            yield f"uses {name}, which lets other shapes and nan pass: use close(actual, expected)"
        elif name == "all" and isinstance(node.func, ast.Attribute):
            yield "uses .all(), which is True of nothing: use close(actual, expected)"
        elif name == "zip" and not any(
            one.arg == "strict" and isinstance(one.value, ast.Constant) and one.value.value is True
            for one in node.keywords
        ):
            yield "uses zip without strict=True, which stops at the shorter one"


def _missing(case: TestCase, given: set[str]) -> Iterator[str]:
    """Yield the names that the notebook lacks: otter would pass None and hide the slip."""
    for name in case.parameters:
        if name not in given | {"rng", "env"}:
            yield f"has the parameter {name!r}, which the notebook never defines"
    if not case.hidden:
        for name in sorted(case.free & {"torch", "keras"} - given):
            yield f"uses {name}, which no given cell imports"
