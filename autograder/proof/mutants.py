"""Mutants of the key: each answer with one small change, by cosmic-ray's operators.

A mutant that earns full marks shows a line of the key that the tests do not pin down.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import BEGIN, END, INLINE, Cell, Master
from autograder.authoring.source import bound_names, lines_of, parse
from autograder.proof.operators import OPERATORS, load

__all__ = ["Mutant", "describe", "make_mutants"]

ARITHMETIC = {"arith_expr", "term", "power", "expr", "and_expr"}
"""What a binary operator stands in: cosmic-ray also takes the * of ``def f(a, *, b)`` for one."""

WRITTEN_OUT = {"dictorsetmaker", "expr_stmt", "testlist_comp", "testlist_star_expr"}
"""What a number stands in that is a value by itself: in a tuple, a list, a dict, an assignment."""


@dataclass(frozen=True)
class Mutant:
    """One change of the key.

    Attributes
    ----------
    question : str
    operator : str
        As in ``autograder.proof.operators``: "ReplaceBinaryOperator_Add_Sub".
    definition : str
        The top-level function, class or variable that holds the changed line; several variables
        with commas between them, and empty for a statement that binds nothing.
    before, after : str
        The changed line, stripped; several lines are joined by blanks.
    cell : str
        The id of the answer cell in the key.
    source : str
        The whole cell with the change.
    """

    question: str
    operator: str
    definition: str
    before: str
    after: str
    cell: str
    source: str

    @property
    def diff(self) -> str:
        """The change in one line."""
        return describe(self.question, self.definition, self.before, self.after)


@dataclass(frozen=True)
class _Change:
    """Where a piece of a cell is replaced, and the new piece."""

    start: tuple[int, int]
    operator: str
    source: str


def describe(question: str, definition: str, before: str, after: str) -> str:
    """Return a change in one line: q3 train: `w = w + x` became `w = w - x`."""
    return f"{' '.join((question, definition)).strip()}: `{before}` became `{after}`"


def make_mutants(master: Master, key: Any) -> list[Mutant]:
    """Return the mutants of a key, by cell, line and operator.

    Only the solution's lines change. Signatures and docstrings that students are given, lines
    marked ``# NO MUTANTS``, error messages, annotations, what is printed and zip's ``strict``
    stay as they are.

    Parameters
    ----------
    master : Master
        The stage's master, which knows what is solution.
    key : NotebookNode
        The key that was built from it.

    Raises
    ------
    AuthoringError
        When the key was built from another master.
    """
    sources = {cell.get("id"): cell.source for cell in key.cells}
    return [
        mutant
        for cell in master.cells
        if cell.role == "answer"
        for mutant in _mutate(master, cell, sources.get(cell.id))
    ]


def _mutate(master: Master, cell: Cell, source: str | None) -> Iterator[Mutant]:
    """Yield the mutants of one answer cell."""
    rows = list(_rows(cell))
    if source != "\n".join(row for row, _ in rows):
        raise AuthoringError(
            f"the key's cell {cell.id} is not the master's",
            f"{master.path}:{cell.line}",
            "Build the stage again: autograder build",
        )
    free = {number for number, (_, solution) in enumerate(rows, 1) if solution}
    seen = {ast.dump(parse(source))}
    for change in sorted(_changes(source, free), key=lambda one: (one.start[0], one.operator)):
        same = ast.dump(tree) if (tree := _compiled(change.source)) else None
        if same is None or same in seen:
            continue
        seen.add(same)
        before, after = _changed_lines(source, change.source)
        yield Mutant(
            question=cell.question or "",
            operator=change.operator,
            definition=_definition(source, change.start[0]),
            before=before,
            after=after,
            cell=cell.id,
            source=change.source,
        )


def _rows(cell: Cell) -> Iterator[tuple[str, bool]]:
    """Yield the lines of an answer cell as the key has them, and whether each may change."""
    inside = False
    for number, row in enumerate(cell.source.splitlines(), 1):
        if BEGIN.match(row) or END.match(row):
            inside = bool(BEGIN.match(row))
        else:
            solution = inside or bool(INLINE.search(row))
            yield INLINE.sub("", row), solution and number not in cell.spared


def _changes(source: str, free: set[int]) -> Iterator[_Change]:
    """Yield what the operators change in these lines of a cell."""
    nodes = list(ast_nodes(get_ast(source)))
    for name in (name for family in OPERATORS for name in family.names):
        operator = load(name)
        occurrence = -1
        for node in nodes:
            for index, (start, end) in enumerate(operator.mutation_positions(node)):
                occurrence += 1
                if free.issuperset(range(start[0], end[0] + 1)) and _useful(name, node, index):
                    whole = mutate_code(source, operator, occurrence)
                    yield _Change(start, name, _spliced(source, whole, start, end))


def _useful(name: str, node: Any, index: int) -> bool:
    """Return whether an operator's change of a parso node teaches something."""
    if _unseen(node):
        return False
    if name.startswith("ReplaceBinaryOperator"):
        return node.parent.type in ARITHMETIC
    if name == "NumberReplacer" and index == 1:  # one less; 0 is one more
        around = node.parent.parent if node.parent.type == "factor" else node.parent
        return node.value.isdecimal() and around.type not in WRITTEN_OUT
    if name == "AddNot":  # a comparison has operators of its own, and so has `not x`
        condition = node.children[2 if node.type == "test" else 1]
        own = condition.type == "comparison" and condition.children[1].type == "operator"
        return not own and condition.type != "not_test"
    if name == "ReplaceBreakWithContinue":  # `while True` would never end
        return bool(node.search_ancestor("for_stmt", "while_stmt").type == "for_stmt")
    return True


def _unseen(node: Any) -> bool:
    """Return whether no test can see a change: in a message, an annotation, zip's strict.

    Nor in the -1 of ``reshape(n, -1)``: numpy takes -2 for the same, and 1 fits nowhere.
    """
    while (parent := node.parent) is not None:
        match parent.type:
            case "raise_stmt" | "tfpdef" | "decorator":
                return True
            case "assert_stmt" if node is not parent.children[1]:
                return True
            case "annassign" if node is parent.children[1]:
                return True
            case "funcdef" if node is parent.annotation:
                return True
            case "argument" if parent.children[0].get_code().strip() == "strict":
                return True
            case "atom_expr" if parent.children[0].get_code().strip() == "print":
                return True
            case _ if node.type == "factor" and _called(node).endswith("reshape"):
                return True
        node = parent
    return False


def _called(node: Any) -> str:
    """Return the code before the innermost brackets around a node, if they are a call's."""
    trailer = node.search_ancestor("trailer")
    return trailer.get_previous_sibling().get_code().strip() if trailer is not None else ""


def _spliced(source: str, whole: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the source with only the piece from start to end as it is in whole.

    Some operators drop the blanks, line ends and comments before what they change.
    """
    head, tail = source[: _offset(source, start)], source[_offset(source, end) :]
    body = whole.removesuffix(tail)
    piece = body[_shared(head, body) :].strip()
    if not piece:
        return head + tail.lstrip(" ")
    apart = " " if head[-1:].isalpha() and piece[0].isalpha() else ""  # as in `if(x):`
    return f"{head}{apart}{piece}{tail}"


def _offset(source: str, position: tuple[int, int]) -> int:
    """Return the index of a line, counted from 1, and a column."""
    line, column = position
    return sum(len(row) + 1 for row in source.split("\n")[: line - 1]) + column


def _compiled(source: str) -> ast.Module | None:
    """Return the tree of a cell if it compiles."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        try:
            tree = parse(source)
            compile(tree, "<mutant>", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        except SyntaxError:
            return None
    return tree


def _definition(source: str, line: int) -> str:
    """Return what the top-level statement on a line binds."""
    for node in parse(source).body:
        first, last = lines_of(node)
        if first <= line <= last:
            return ", ".join(bound_names(node))
    return ""


def _changed_lines(old: str, new: str) -> tuple[str, str]:
    """Return the lines in which two sources differ, each side on one line."""
    a, b = old.split("\n"), new.split("\n")
    first = _shared(a, b)
    last = _shared(a[:first:-1], b[:first:-1])
    sides = (rows[first : len(rows) - last] for rows in (a, b))
    before, after = (" ".join(row.strip() for row in side).strip() for side in sides)
    return before, after


def _shared(a: Sequence[str], b: Sequence[str]) -> int:
    """Return how many items two sequences have in common at their beginning."""
    pairs = zip(a, b, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))
