"""Tests that were made weaker on purpose turn the check red, and it says where and what to do."""

from __future__ import annotations

import pytest
from guide import STAGE, edit, write_example

from autograder.authoring.build import build_stage
from autograder.authoring.errors import AuthoringError
from autograder.proof.check import check_stages

CASE = '''# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_left_alone'''


@pytest.fixture
def course(tmp_path):
    write_example(tmp_path)
    return tmp_path


def problems(root):
    build_stage(root, STAGE, solve=False)
    findings = check_stages(root, [STAGE], jobs=2, sandbox="bwrap")
    (stage,) = findings.stages
    assert findings.ok == (not stage.problems())
    return " / ".join(stage.problems())


def master(root):
    return root / "solutions" / STAGE / "notebook.py"


def test_a_hidden_test_removed(course):
    text = master(course).read_text()
    start = text.index(CASE)
    end = text.index("# %% [raw]\n# # END TESTS", start)
    master(course).write_text(text[:start] + text[end:])
    found = problems(course)
    assert "q1: mistake in_place" in found


def test_a_shape_check_dropped(course):
    edit(
        master(course),
        "        close(standardize(X), expected)\n\n\n# %%",
        "        close(np.ravel(standardize(X)), expected.ravel())\n\n\n# %%",
    )
    (course / "solutions" / STAGE / "mistakes.py").write_text(
        (course / "solutions" / STAGE / "mistakes.py").read_text()
        + '\n\n@mistake("q1", id="flat", advice="Look at the shape.")\n'
        "def standardize(X):\n"
        "    Z = (X - X.mean(axis=0)) / X.std(axis=0)\n"
        "    return Z if len(X) in (2, 6) else Z.ravel()\n"
    )
    assert "q1: mistake flat earns full marks: add a hidden case" in problems(course)


def test_a_tolerance_loosened_to_one(course):
    text = master(course).read_text()
    text = text.replace("close(standardize(X), expected)", "close(standardize(X), expected, 1, 1)")
    master(course).write_text(text)
    found = problems(course)
    assert "no test sees this change of the key: q1 standardize" in found
    assert "q1: the cheat zeros passes 'Tables of many sizes" in found


def test_a_mistake_made_right(course):
    edit(course / "solutions" / STAGE / "mistakes.py", "np.argmax", "np.argmin")
    assert "q2: mistake farthest earns full marks" in problems(course)


def test_an_alternative_made_wrong(course):
    edit(course / "solutions" / STAGE / "alternatives.py", "best = i\n", "best = i + 1\n")
    assert "q2: alternative norms earns" in problems(course)


def test_a_hidden_value_in_the_student_notebook(course):
    known = "    close(nearest(np.array([[0.0], [417.5]]), np.array([300.0])), 1)\n"
    end = "close(nearest(points, x), expected)\n\n\n# %% [raw]"
    edit(master(course), end, end.replace("\n\n\n", f"\n{known}\n\n"))
    assert problems(course) == ""
    path = course / "assignments" / STAGE / f"{STAGE}.ipynb"
    path.write_text(path.read_text().replace("one scale, and find", "one scale (417.5), and find"))
    findings = check_stages(course, [STAGE], jobs=2, sandbox="bwrap")
    found = " / ".join(findings.stages[0].problems())
    assert "leak: the number 417.5 of the hidden test test_far_along_one_axis" in found
    assert "stale" in found


def test_a_test_that_is_no_python(course):
    build_stage(course, STAGE, solve=False)
    edit(master(course), "    before, expected = X.copy()", "    before, expected = = X.copy()")
    with pytest.raises(AuthoringError, match=r"notebook\.py:\d+"):
        check_stages(course, [STAGE], jobs=2, sandbox="bwrap")


def test_a_parameter_with_one_value(course):
    edit(master(course), "points[0] = x + 9\n", "points[0] = x + 9\n            x[:] = 1.5\n")
    found = problems(course)
    assert "q2: nearest: the parameter x was a constant array in all calls" not in found
    # test_far_along_one_axis still varies x; without it nothing does.
    edit(master(course), "x = rng.normal(size=2)\n", "x = np.full(2, 1.5)\n")
    edit(master(course), "np.array([4.0, 4.0])), 1)\n", "np.array([1.5, 1.5])), 0)\n")
    assert "q2: nearest: the parameter x was a constant array in all calls" in problems(course)


def test_a_mistake_that_another_is_taken_for(course):
    path = course / "solutions" / STAGE / "mistakes.py"
    path.write_text(
        path.read_text() + '\n\n@mistake("q2", id="far_away", advice="Look again.")\n'
        "def nearest(points, x):\n"
        "    return int(np.argsort(-((points - x) ** 2).sum(axis=1), kind='stable')[0])\n"
    )
    found = problems(course)
    assert "mistake far_away is not diagnosed as itself" in found
    assert "mistake farthest is not diagnosed as itself" in found


def test_an_equivalent_that_is_none_and_one_that_is_stale(course):
    (course / "solutions" / STAGE / "equivalent.toml").write_text(
        '[[mutant]]\nquestion = "q2"\ndefinition = "nearest"\n'
        'before = "squares = ((points - x) ** 2).sum(axis=1)"\n'
        'after = "squares = ((points + x) ** 2).sum(axis=1)"\nreason = "I say so."\n'
        '[[mutant]]\nquestion = "q2"\ndefinition = "nearest"\nbefore = "gone"\n'
        'after = "still gone"\nreason = "It was there once."\n'
    )
    found = problems(course)
    assert "equivalent.toml lists a mutant that a test kills: q2 nearest" in found
    assert "gone" in found
