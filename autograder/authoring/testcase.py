"""One test cell of a master, read and written as a case of an otter test file."""

from __future__ import annotations

import ast
import hashlib
import re
from dataclasses import dataclass

import yaml  # type: ignore[import-untyped]

from autograder.authoring.errors import AuthoringError
from autograder.authoring.source import free_names

__all__ = ["PROVIDED", "TestCase", "read_case", "render_case"]

CONFIG = re.compile(r'\s*"""\s*#\s*BEGIN TEST CONFIG\n(.*?)\n\s*"""\s*#\s*END TEST CONFIG\n?', re.S)

PROVIDED = {
    "close": "from checks import close",
    "raises": "from checks import raises",
    "keras": "import keras",
    "np": "import numpy as np",
    "probes": "import probes",
    "reference": "import reference",
    "torch": "import torch",
}
"""The names a test may use without importing them, and the import that build puts in."""

HIDDEN_ONLY = {"probes", "reference"}


@dataclass(frozen=True)
class TestCase:
    """A test case as it stands in the master.

    ``source`` is the function with its comments; ``name`` is its docstring's first line;
    ``where`` is ``file:line`` for messages.
    """

    __test__ = False  # pytest: not a test class

    function: str
    name: str
    points: float
    hidden: bool
    parameters: tuple[str, ...]
    source: str
    free: frozenset[str]
    where: str

    def tree(self) -> ast.FunctionDef:
        """Return the function's tree, with lines counted from ``source``."""
        node = ast.parse(self.source).body[0]
        assert isinstance(node, ast.FunctionDef)
        return node


def read_case(cell: str, where: str) -> TestCase:
    """Return the test case that a test cell holds.

    Raises
    ------
    AuthoringError
        When the cell is not one function with a docstring and readable settings.
    """
    match = CONFIG.match(cell)
    if not match:
        raise AuthoringError(
            "a test cell without settings",
            where,
            'Begin it with """ # BEGIN TEST CONFIG, points, hidden, """ # END TEST CONFIG.',
        )
    points, hidden = _settings(match[1], where)
    source = cell[match.end() :].strip("\n")
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        line = match[0].count("\n") + (error.lineno or 1)
        raise AuthoringError(
            f"no Python: {error.msg}", f"{where} (line {line} of the cell)", "Mend this test."
        ) from None
    if len(body) != 1 or not isinstance(body[0], ast.FunctionDef) or body[0].decorator_list:
        raise AuthoringError(
            "a test cell that is not exactly one plain function",
            where,
            "Write one def test_name(...) a cell; imports and helpers go inside it.",
        )
    node = body[0]
    doc = ast.get_docstring(node)
    if not doc or not doc.strip():
        raise AuthoringError(
            f"{node.name} has no docstring",
            where,
            "Its first line names the case: a sentence that helps who fails it.",
        )
    if len(node.body) < 2 or node.body[0].lineno == node.lineno:
        raise AuthoringError(
            f"{node.name} tests nothing" if len(node.body) < 2 else f"{node.name} is one line",
            where,
            "Write the docstring on a line of its own and a check below it.",
        )
    parameters = _parameters(node, where)
    case = TestCase(
        function=node.name,
        name=doc.strip().splitlines()[0].strip(),
        points=points,
        hidden=hidden,
        parameters=parameters,
        source=source,
        free=frozenset(free_names(source)),
        where=where,
    )
    _check_names(case)
    return case


def render_case(case: TestCase, seed: str) -> str:
    """Return the case as it stands in a test file: named, with its imports and its generator."""
    node = case.tree()
    lines = case.source.splitlines()
    first = node.body[0]
    indent = " " * first.col_offset
    added = [f"{indent}{PROVIDED[name]}" for name in sorted(case.free & PROVIDED.keys())]
    if "rng" in case.parameters:
        arg = next(one for one in node.args.args if one.arg == "rng")
        row = lines[arg.lineno - 1].encode()
        renamed = row[: arg.col_offset] + b"autograder_rng" + row[arg.col_offset + 3 :]
        lines[arg.lineno - 1] = renamed.decode()
        number = int.from_bytes(hashlib.sha256(f"{seed}/{case.name}".encode()).digest()[:4])
        if "np" not in case.free:
            added.append(f"{indent}import numpy as np")
        added.append(
            f"{indent}rng = autograder_rng if autograder_rng is not None "
            f"else np.random.default_rng({number})"
        )
    last = first.end_lineno or first.lineno
    body = "\n".join(lines[:last] + added + lines[last:])
    points = int(case.points) if case.points == int(case.points) else case.points
    return f"@test_case(name={case.name!r}, points={points}, hidden={case.hidden})\n{body}\n"


def _settings(text: str, where: str) -> tuple[float, bool]:
    """Return points and hidden from a test's settings."""
    do = "The settings are points: a number, and hidden: true or false."
    try:
        config = yaml.safe_load(text)
    except yaml.YAMLError:
        config = None
    if not isinstance(config, dict) or set(config) != {"points", "hidden"}:
        raise AuthoringError(f"the test's settings are {text.strip()!r}", where, do)
    points, hidden = config["points"], config["hidden"]
    if not isinstance(hidden, bool):
        raise AuthoringError(f"hidden is {hidden!r}", where, do)
    if isinstance(points, bool) or not isinstance(points, int | float) or points < 0:
        raise AuthoringError(f"points is {points!r}", where, do)
    return points, hidden


def _parameters(node: ast.FunctionDef, where: str) -> tuple[str, ...]:
    """Return the names of the function's parameters, which must be plain ones."""
    args = node.args
    if args.defaults or args.kwonlyargs or args.posonlyargs or args.vararg or args.kwarg:
        raise AuthoringError(
            f"{node.name} has parameters that otter cannot fill",
            where,
            "Use plain names: each is looked up in the student's notebook.",
        )
    return tuple(one.arg for one in args.args)


def _check_names(case: TestCase) -> None:
    """Fail on names that will not be there when the test runs."""
    if unknown := sorted(case.free - PROVIDED.keys()):
        raise AuthoringError(
            f"{case.function} uses {unknown[0]!r}, which nothing gives it",
            case.where,
            f"Make it a parameter, import it inside, or use one of {', '.join(PROVIDED)}.",
        )
    if case.hidden:
        return
    taken = sorted((case.free & HIDDEN_ONLY) | ({"rng"} & set(case.parameters)))
    if taken:
        raise AuthoringError(
            f"the public test {case.function} uses {taken[0]!r}, which students do not have",
            case.where,
            "Write the expected values out, or make the test hidden.",
        )
