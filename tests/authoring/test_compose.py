"""Notebooks composed of a key's and other people's definitions."""

from __future__ import annotations

import nbformat
import pytest

from autograder.authoring.compose import ComposeError, compose, defined_names, mix


def notebook(**sources):
    cells = [
        nbformat.v4.new_code_cell(text, id=name.replace("_", "-")) for name, text in sources.items()
    ]
    return nbformat.v4.new_notebook(cells=cells)


def source(book, cell_id):
    return next(cell.source for cell in book.cells if cell.id == cell_id)


KEY = notebook(
    setup="def close(): ...",
    q1_answer_1="import math\n\n\n@deco\ndef f(x):\n    return 1  # é\n\n\ny = f(1); z = 2",
    q1_check="def f(): ...",
    code_1="y = 5",
    q2_answer_1="a, b = 1, 2\nclass C:\n    pass",
    q3_answer_1="y = 7",
)


def test_a_function_is_replaced_with_its_decorators():
    made = compose(KEY, {"f": "def f(x):\n    return 2\n"})
    wanted = "import math\n\n\ndef f(x):\n    return 2\n\n\ny = f(1); z = 2"
    assert source(made, "q1-answer-1") == wanted
    assert "return 1" in source(KEY, "q1-answer-1")


def test_several_at_once():
    made = compose(KEY, {"C": "class C:\n    x = 1", "f": "f = max"})
    assert source(made, "q2-answer-1") == "a, b = 1, 2\nclass C:\n    x = 1"
    assert "f = max" in source(made, "q1-answer-1")


def test_a_function_in_the_place_of_a_value_is_refused():
    with pytest.raises(ComposeError, match="write a function named variables with z = "):
        compose(KEY, {"z": "def z():\n    return 3"})


def test_one_of_two_names_is_set_afterwards():
    made = compose(KEY, {"b": "b = 9"})
    assert source(made, "q2-answer-1") == "a, b = 1, 2\nb = 9\nclass C:\n    pass"


def test_answers_come_before_given_cells_and_a_question_can_be_named():
    assert source(compose(KEY, {"y": "y = 8"}), "q3-answer-1") == "y = 8"
    assert source(compose(KEY, {"y": "y = 8"}, "q1"), "q3-answer-1") == "y = 7"


def test_statements_on_one_line():
    made = compose(KEY, {"y": "y = 8"}, "q1")
    assert source(made, "q1-answer-1").endswith("\ny = f(1); z = 2\ny = 8")


@pytest.mark.parametrize("name", ["close", "test_small", "math_", "g"])
def test_a_name_that_no_cell_defines(name):
    with pytest.raises(ComposeError, match=f"no cell of the notebook defines {name}"):
        compose(KEY, {name: f"{name} = 1"})


def test_cells_with_magics_and_broken_cells():
    odd = notebook(
        a="%%time\nx = 1", b="%matplotlib inline\nx = 1\n!ls", c="x = = 1", q1_answer_1="y = 1"
    )
    assert source(compose(odd, {"x": "x = 2"}), "b") == "%matplotlib inline\nx = 2\n!ls"


def test_mix_solves_only_the_questions_named(tiny):
    starter, key = (nbformat.read(path, 4) for path in (tiny.starter, tiny.dist / "key.ipynb"))
    mixed = mix(starter, key, {"q2"})
    assert source(mixed, "q1-answer-1") == source(starter, "q1-answer-1")
    assert source(mixed, "q2-answer-1") == "total = 42.75"
    assert mix(starter, key, {"q1", "q2"}) == key
    assert mix(starter, key, set()) == starter
    assert defined_names(key) == {"q1": {"twice"}, "q2": {"total"}}
