"""The notebook that a student gets, and what it says while they work."""

from __future__ import annotations

import copy
import json

import nbformat
import pytest

from autograder.authoring.solve import execute
from autograder.authoring.student import otter_version


@pytest.fixture(scope="module")
def starter(tiny):
    return nbformat.read(tiny.starter, 4)


@pytest.fixture(scope="module")
def cells(starter):
    return {cell.id: cell for cell in starter.cells}


def said(notebook, cell_id):
    cell = next(cell for cell in notebook.cells if cell.id == cell_id)
    return "".join(o.get("text", "") for o in cell.outputs)


def test_cells_and_their_ids(starter, tiny):
    assert [cell.id for cell in starter.cells] == [
        *("text-1", "setup", "code-1", "q1-prompt-1", "q1-answer-1", "q1-check", "code-2"),
        *("q2-prompt-1", "q2-answer-1", "q2-check", "submit"),
    ]
    key = nbformat.read(tiny.dist / "key.ipynb", 4)
    assert [c.id for c in key.cells] == [c.id for c in starter.cells]


def test_the_file_is_in_normal_form(tiny, starter):
    text = tiny.starter.read_text(encoding="utf-8")
    raw = json.loads(text)
    assert text == json.dumps(raw, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    assert raw["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for cell in starter.cells:
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)
        assert cell.metadata == {} or cell.id == "setup"


def test_answers_are_taken_out_and_docstrings_stay(cells):
    assert cells["q1-answer-1"].source.endswith('    4.0\n    """\n    ...')
    assert cells["q2-answer-1"].source == "total = ..."


def test_the_check_cell_is_readable(cells):
    assert cells["q1-check"].source == (
        "# The public checks of q1: run this cell when you have answered.\n"
        "def test_small(twice):\n"
        '    """It\'s "twice": 2 gives 4, the ½ of 8 \\u2014 and a \\\\ too.\n\n'
        '    More words.\n    """\n'
        "    # a comment that students read\n"
        "    close(twice(2.0), 4.0)\n"
        "    close(twice(np.array([1.0])), np.array([2.0]))\n\n\n"
        'grader.check("q1", test_small, hidden=1)'
    )


def test_the_key_has_no_marks(tiny):
    assert "SOLUTION" not in (tiny.dist / "key.ipynb").read_text()


def test_setup_installs_the_pinned_otter(tmp_path, cells):
    assert f"%pip install -q otter-grader=={otter_version(tmp_path)}" in cells["setup"].source
    (tmp_path / "constraints.txt").write_text("otter-grader-x==1\notter-grader==9.8.7  # why\n")
    assert otter_version(tmp_path) == "9.8.7"


def test_untouched_it_runs_and_says_what_is_missing(starter, tmp_path):
    ran = execute(starter, "starter")
    assert said(ran, "q1-check") == (
        '✗ It\'s "twice": 2 gives 4, the ½ of 8 — and a \\ too.\n'
        "    AssertionError: expected a number, got None (does the function return its result?)\n"
        "q1: 0 of 1 public checks passed; 1 hidden one is run when you submit.\n"
    )
    assert "total is still ...: put your answer in its place." in said(ran, "q2-check")
    assert said(ran, "code-2") == (
        "Finish q1 to see this picture.\n    TypeError: unsupported operand type(s) for +: "
        "'NoneType' and 'int' (does the function return its result?)\n"
    )


def test_a_demonstration_that_fails_says_so(starter):
    notebook = copy.deepcopy(starter)
    cell = next(cell for cell in notebook.cells if cell.id == "code-2")
    cell.source = "@picture()\ndef show():\n    raise OSError('no screen')"
    ran = execute(notebook, "starter")
    assert said(ran, "code-2") == "This could not be drawn.\n    OSError: no screen\n"


def test_other_answers(starter):
    def answered(cell_id, source):
        notebook = copy.deepcopy(starter)
        next(cell for cell in notebook.cells if cell.id == cell_id).source = source
        return execute(notebook, "answered")

    ran = answered("q1-answer-1", "def twice(x):\n    raise KeyError('a\\nb')")
    assert "    KeyError: 'a\\nb'\n" in said(ran, "q1-check")
    ran = answered("q1-answer-1", "pass")
    assert "twice is not defined yet: run the cell that defines it." in said(ran, "q1-check")
    ran = answered("q2-answer-1", "total = 1")
    right = "✓ q2: 1 of 1 public checks passed; 1 hidden one is run when you submit.\n"
    assert said(ran, "q2-check") == right


def test_nothing_is_written_beside_the_notebook(starter):
    notebook = copy.deepcopy(starter)
    notebook.cells[-1] = nbformat.v4.new_code_cell("import os; print(os.listdir())", id="end")
    assert said(execute(notebook, "starter"), "end") == "[]\n"


def test_a_question_without_public_tests(course, master_text):
    from autograder.authoring.master import read_master
    from autograder.authoring.student import check_source

    text = master_text.replace("points: 1\nhidden: false", "points: 1\nhidden: true")
    question = read_master(course(text).folder / "notebook.py").questions[0]
    assert check_source(question).endswith('grader.check("q1", hidden=2)')
