"""Nothing of the solution or the hidden tests gets out unseen."""

from __future__ import annotations

import nbformat
import pytest

from autograder.authoring.leak import find_leaks
from autograder.authoring.master import read_master


@pytest.fixture
def found(tiny):
    """Return a function that puts text into a cell of the starter and returns what is found."""
    master = read_master(tiny.folder / "notebook.py")

    def check(cell_id=None, text="", shipped=(), change=None):
        notebook = nbformat.read(tiny.starter, 4)
        for cell in notebook.cells:
            if cell.id == cell_id:
                cell.source += f"\n{text}"
        if change:
            change(notebook)
        return find_leaks(master, notebook, shipped)

    return check


def test_the_built_notebook_is_clean(found):
    assert found() == []


@pytest.mark.parametrize(
    ("cell", "text", "says"),
    [
        ("q1-answer-1", "    doubled = np.asarray( x )*2", "a line of the solution"),
        ("q1-answer-1", "    return doubled+0.0  # so", "a line of the solution"),
        ("q1-prompt-1", "Try `np.asarray(x) * 2`", None),
        ("q1-prompt-1", "Try `doubled = np.asarray(x) * 2`", "a line of the solution"),
        ("q1-prompt-1", "    return doubled + 0.0", "a line of the solution"),
        ("text-1", "total = 42.75", "a line of the solution"),
        ("code-1", "close(twice(987.25), 1974.5)", "a line of the hidden test test_fresh"),
        ("code-1", "for shape in [(5,), (2, 3)]:\n    pass", "hidden test test_fresh"),
        ("text-1", "Fresh 'numbers' agree.", "a line of the hidden test test_fresh"),
        ("text-1", "It is 1_974.50 or so", "the number 1974.5"),
        ("text-1", "It is 2.1375e1", "the number 21.375"),
        ("text-1", "It is 121.375", None),
        ("q1-answer-1", "# BEGIN SOLUTION", "the mark '# BEGIN SOLUTION' remains"),
        ("q2-answer-1", "b = 3 # SOLUTION", "the mark '# SOLUTION' remains"),
        ("q1-answer-1", "   return (", "no Python is left there"),
    ],
)
def test_what_is_and_is_not_a_leak(found, cell, text, says):
    messages = found(cell, text)
    if says is None:
        assert messages == []
    else:
        assert any(says in message for message in messages), messages
        assert cell in messages[0] or "number" in says


def test_a_solution_left_in_whole(found, tiny):
    key = nbformat.read(tiny.dist / "key.ipynb", 4)
    answer = next(cell.source for cell in key.cells if cell.id == "q1-answer-1")
    assert len(found("q1-answer-1", answer)) == 2
    master = read_master(tiny.folder / "notebook.py")
    whole = next(cell for cell in master.cells if cell.id == "q1-answer-1").source

    def put(notebook):
        for cell in notebook.cells:
            if cell.id == "q1-answer-1":
                cell.source = whole

    assert any("its solution was not taken out" in one for one in found(change=put))


def test_outputs_metadata_and_raw_cells(found):
    def spoil(notebook):
        notebook.metadata["otter"] = {"tests": {"q1": "close(twice(987.25), 1974.5)"}}
        notebook.cells.append(nbformat.v4.new_raw_cell("# ASSIGNMENT CONFIG"))
        notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="hi")]

    messages = "\n".join(found(change=spoil))
    assert "metadata holds otter's tests" in messages
    assert "a raw cell remains" in messages
    assert "holds outputs" in messages
    assert "the number 987.25" in messages


def test_a_shipped_table_states_its_numbers(found):
    assert found("text-1", "It is 21.375") != []
    assert found("text-1", "It is 21.375", shipped=["a,b\n21.375,1\n"]) == []
