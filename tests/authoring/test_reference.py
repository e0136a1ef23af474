"""reference.py holds definitions and constants, and imports on its own."""

from __future__ import annotations

import nbformat
import pytest

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import read_master
from autograder.authoring.reference import check_uses, render_reference, verify_module


def reference_of(*sources, answer=()):
    cells = [nbformat.v4.new_code_cell(text, id=f"code-{i}") for i, text in enumerate(sources)]
    cells += [nbformat.v4.new_code_cell(t, id=f"q1-answer-{i}") for i, t in enumerate(answer)]
    return render_reference(nbformat.v4.new_notebook(cells=cells), "01_x")


def test_the_tiny_reference(tiny):
    names = {}
    exec((tiny.dist / "reference.py").read_text(), names)
    assert names["twice"](3) == 6
    assert names["total"] == 42.75
    assert names["ROWS"] == [["1", "2"]]
    assert names["START"] == 5
    assert names["RIGHT"] < -3
    assert names["noise"].shape == (3,)
    assert names["given"](1) == 2
    for gone in ("trained", "plot", "line", "plt", "grader", "close", "test_small"):
        assert gone not in names


@pytest.mark.parametrize(
    ("source", "kept"),
    [
        ("x = 3", True),
        ("x: int = 3", True),
        ("x = ...", False),
        ("x = {'a': [1, (2, None)], 'b': -1e-3j}", True),
        ("import numpy as np\nx = np.array([[1, 2]], dtype=int).T / 2", True),
        ("import math\nx = f'{math.pi:.3f}'", True),
        ("import random\nx = random.random()", False),
        ("def f(): return 1\nx = f()", False),
        ("x = open('secret').read()", False),
        ("x = lambda: 3", False),
        ("x = [i * j for i in range(3) if i for j in [i]]", True),
        ("x = [unknown for i in range(3)]", False),
        ("x = {}\nx['a'] = 3", True),
        ("y = unknown()\ny['a'] = 3\nx = y", False),
        ("n = 3\nn += 1\nx = n", True),
        ("n = 3\nn = unknown()\nx = n", False),
        ("for x in range(3): pass", False),
        ("if True:\n    x = 3", False),
        ("%timeit 3\nx = 3", True),
    ],
)
def test_what_is_a_constant(source, kept):
    text = reference_of(source)
    compile(text, "reference.py", "exec")
    assert ("x = " in text or "x: int = " in text) == kept


def test_definitions_with_decorators_and_comments_survive():
    text = reference_of(
        "from dataclasses import dataclass",
        "import os",
        answer=["@dataclass\nclass A:\n    # why\n    b: int = 1", "async def f():\n    ..."],
    )
    assert "@dataclass\nclass A:\n    # why\n    b: int = 1" in text
    assert "from dataclasses import dataclass" in text
    assert "import os" not in text  # nothing uses it


def test_a_drawing_helper_is_dropped_but_an_answer_that_draws_is_kept():
    given = "import matplotlib.pyplot as plt\ndef show():\n    plt.plot([])"
    assert "show" not in reference_of(given)
    text = reference_of("import matplotlib.pyplot as plt", answer=["def show():\n    plt.plot([])"])
    assert "import matplotlib.pyplot as plt" in text
    assert "def show" in text


def test_a_reference_that_needs_the_notebook_is_refused(tmp_path):
    with pytest.raises(AuthoringError, match="does not import cleanly: NameError: name 'model'"):
        verify_module("reference", {"reference.py": b"def f(m=model): ...\n"}, tmp_path)
    with pytest.raises(AuthoringError, match="does not import cleanly: hello"):
        verify_module("probes", {"probes.py": b"print('hello')\n"}, tmp_path)


def test_a_test_that_uses_what_the_reference_lacks(course, master_text):
    text = master_text.replace("reference.total", "reference.trained")
    master = read_master(course(text).folder / "notebook.py")
    with pytest.raises(AuthoringError, match=r"test_total uses reference.trained, which"):
        check_uses(master, {"reference": "def twice(): ...", "probes": "def half(): ..."})
    with pytest.raises(AuthoringError, match=r"uses probes.half, which probes.py does not have"):
        check_uses(master, {"reference": "twice = trained = 1"})
