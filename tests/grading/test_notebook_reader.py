"""Whatever bytes a file holds, reading them as a notebook gives cells or a NotebookError, soon."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stages import notebook

from autograder.grading.notebook import MAX_CELLS, Cell, NotebookError, defines, read_cells

QUESTIONS = ("q1", "q2")
SOUND = notebook("def f(x):\n    return x", "grader.check('q1')", "%time 1\ngrader.check('q2')")

plain = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
values = st.recursive(
    plain, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8
)
sources = st.text() | st.lists(st.text() | plain) | values
sources |= st.lists(
    st.sampled_from(
        [
            "grader",
            ".check",
            "(",
            ")",
            "'q1'",
            '"q2"',
            "\n",
            "%%bash",
            "!",
            "def f",
            ":",
            "\0",
            "\\",
        ]
    )
).map("".join)
cells = st.fixed_dictionaries(
    {}, optional={"cell_type": st.just("code") | values, "source": sources, "input": sources}
)
old_cells = st.lists(st.fixed_dictionaries({"cells": st.lists(cells | values) | values}) | values)
notebooks = st.fixed_dictionaries(
    {},
    optional={
        "cells": st.lists(cells | values) | values,
        "nbformat": st.sampled_from([1, 2, 3, 4, 5, 99]) | values,
        "nbformat_minor": st.integers(-1, 9) | values,
        "worksheets": old_cells | values,
        "metadata": values,
    },
)


def read(content: bytes) -> list[Cell] | None:
    """Return the cells once they were looked at; None for what is refused in a few words."""
    found: list[Cell] = []
    refused = ""
    try:
        found = read_cells(content, QUESTIONS)
    except NotebookError as error:
        refused = str(error)
    assert len(refused) < 400
    if refused:
        return None
    assert 0 < len(found) <= MAX_CELLS
    assert [cell.number for cell in found] == list(range(1, len(found) + 1))
    checks = [name for cell in found for name in cell.checks]
    assert set(checks) <= set(QUESTIONS)
    assert len(checks) == len(set(checks))
    for cell in found:
        cell.source.encode()  # it must be text that can be sent
        assert defines(cell.source, "f") in (True, False)
    return found


def test_a_sound_notebook_is_read() -> None:
    found = read(SOUND)
    assert found is not None
    assert [cell.checks for cell in found] == [(), ("q1",), ("q2",)]


SHOWS = '@picture()\ndef show():\n    """Draw."""\n\n    plt.plot([1])\n\tplt.show()'


@pytest.mark.parametrize(
    ("source", "is_run"),
    [
        (SHOWS, False),
        (f"\n{SHOWS}\n\n", False),
        (SHOWS.replace("()", "('q1')", 1), True),
        (f"{SHOWS}\nx = 1", True),
        (f"x = 1\n{SHOWS}", True),
        (SHOWS.replace("def show():", "class Show:"), True),
        ("@picture()", True),
        ("picture()", True),
        ("", True),
    ],
)
def test_what_only_shows_something_is_not_run(source: str, is_run: bool) -> None:
    found = read(notebook("x = 2", source, "grader.check('q1')"))
    assert found is not None
    assert [cell.number for cell in found] == [1, 2, 3]
    assert found[1].source == (source.strip("\n") if is_run else "")


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    read(content)


@given(values)
def test_any_json(value: Any) -> None:
    read(json.dumps(value).encode())


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(notebooks)
def test_anything_like_a_notebook(book: dict[str, Any]) -> None:
    read(json.dumps(book).encode())


@given(st.data())
def test_a_sound_notebook_with_some_bytes_replaced(data: st.DataObject) -> None:
    content = bytearray(SOUND)
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content)))
        size = data.draw(st.integers(0, 20))
        content[start : start + size] = data.draw(
            st.binary(max_size=8)
            | st.sampled_from([b"{", b"}", b"[", b"]", b'"', b"\\ud800", b"9"])
        )
    read(bytes(content))


@pytest.mark.parametrize(
    "source",
    [
        "grader; f'" + "{1}" * 300_000 + "'",
        "grader; x = " + "(" * 100_000,
        "grader; x = 1" + "+1" * 400_000,
        "grader; x" + ".y" * 400_000,
        "grader; " + "-" * 900_000 + "1",
        "grader\n" + "a;" * 400_000,
        "grader\n" + "%" * 900_000,
        "grader\n" * 140_000,
        "grader; '" + "\\" * 900_000,
        "grader; x = [" + "[1, " * 200_000,
    ],
    ids=["formats", "brackets", "sums", "attributes", "signs", "statements", "magics", "lines",
         "escapes", "lists"],
)  # fmt: skip
def test_a_source_made_to_be_slow(source: str) -> None:
    started = time.process_time()
    assert read(notebook(source, source)) is not None
    assert time.process_time() - started < 3


def test_the_sources_together_are_limited() -> None:
    assert read(notebook(*["#" * 900_000] * 3)) is None


@pytest.mark.parametrize("depth", [100, 500, 900, 960, 990, 1000, 5000, 100_000])
@pytest.mark.parametrize("bracket", ["[]", "{}"])
def test_any_depth(depth: int, bracket: str) -> None:
    opened, closed = ("[", "]") if bracket == "[]" else ('{"a":', "}")
    deep = opened * depth + "1" + closed * depth
    for place in ("nbformat", "cells", "worksheets", "metadata"):
        read(f'{{"worksheets": [], "{place}": {deep}}}'.encode())
