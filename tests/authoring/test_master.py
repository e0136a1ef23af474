"""What is wrong in a master is said with its file and line."""

from __future__ import annotations

import zipfile

import pytest

from autograder.authoring.build import build_stage
from autograder.authoring.errors import AuthoringError
from autograder.authoring.lint import advise, count_words, key_lines, lint
from autograder.authoring.master import read_master

STAGE = "01_tiny"

CASES = [
    # old, new, what the message says, the text of the line that it points to
    ("# name: q2", "# name: q1", "a second question is named q1", None),
    ("# name: q2", "# name: q2\n# points: 3", "unknown setting 'points'", None),
    ("# name: q2", "# title: q2", "the question has no name", None),
    ("# name: q2", "# name: Q 2", "the question's name is 'Q 2'", None),
    ("# name: q2", "# name: q2\n# builds_on: q1", "builds_on is 'q1'", None),
    ("# name: q2", "# name: q2\n# builds_on: [q3]", "builds_on names 'q3', which is no ear", None),
    ("# name: q2", "# name: q2\n# builds_on: [q2]", "builds_on names 'q2', which is no ear", None),
    ("# name: q2", "# name: q2\n# builds_on: [[q1]]", "builds_on names ['q1'], which is no", None),
    ("# name: q2", "# name: q2\n# builds_on: [q1, q1]", "builds_on names q1 twice", None),
    ("# name: q2", "# name: q2\n# extra: 1", "extra is 1", None),
    ("# name: q2", "# name: q2\n# extra: true", "q2 is extra, and its heading does not", None),
    ("# name: q2", "# name: q2\n# memorizable: true", "memorizable is True", None),
    ("# name: q2", "# name: q2\n# memorizable: ' '", "memorizable is ' '", None),
    ("# name: q2", "# name: q2\n# memorizable:", "memorizable is None", None),
    ("# name: q1", "# name: q1\n# fixed: [x]", "fixed is ['x']", None),
    ("# name: q1", "# name: q1\n# fixed: {x: 3}", "fixed gives 3 as the reason for x", None),
    ("# name: q1", "# name: q1\n# fixed: {x y: so}", "fixed names 'x y', which is no para", None),
    ("# name: q1", "# name: q1\n# fixed: {y: so}", "fixed names 'y', which no answer of q1", None),
    ("# name: q1", "# name: q1\n# fixed: {x", "the question's settings are no YAML", None),
    ("# # BEGIN SOLUTION\n\n# %%\ntotal", "# # BEGIN SOLUTIN\n\n# %%\ntotal", "marks noth", None),
    ("    doubled = np", "    doubled == = np", "no Python: invalid syntax", "doubled == ="),
    ("    # END SOLUTION\n", "", "# BEGIN SOLUTION is not ended", "# BEGIN SOLUTION"),
    ("    # BEGIN SOLUTION\n", "", "# BEGIN and # END SOLUTION do not pair", "# END SOLUTION"),
    ("42.75  # SOLUTION", "(42.75 +  # SOLUTION\n 0)", "several lines", "(42.75 +"),
    ("START, (", "BOUND = 3  # SOLUTION\nSTART, (", "outside a SOLUTION block", "BOUND = 3"),
    ("42.75  # SOLUTION", "42.75  # SOLUTION!", "a mark that nothing removes", "total = 42.75"),
    ("total = 42.75  # SOLUTION", "total = 42.75", "q2 has nothing to answer", None),
    ('"""total is above 0."""', "pass", "test_sign has no docstring", None),
    ("    assert total > 0\n", "", "test_sign tests nothing", None),
    ("def test_sign(total):", "def test_sign(total=1):", "parameters that otter cannot", None),
    ("def test_sign(total):", "X = 1\ndef test_sign(total):", "not exactly one plain", None),
    ("def test_sign(total):", "def test_total(total):", "two test cases called test_total", None),
    ("total is right", "total is above 0", "two test cases called 'total is above 0.'", None),
    ("assert total > 0", "assert total > 0 +", "no Python: invalid syntax", None),
    ("assert total > 0", "assert total > given(1)", "uses 'given', which nothing gives", None),
    ("assert total > 0", "close(total, reference.total)", "students do not have", None),
    ("def test_small(twice)", "def test_small(twice, rng)", "students do not have", None),
    ("points: 2.5", "points: lots", "points is 'lots'", None),
    ("points: 2.5\nhidden: true", "points: 2.5", "the test's settings are", None),
    ("points: 2.5", "points: -1", "points is -1", None),
    ('""" # BEGIN TEST CONFIG\npoints: 2.5', '""" # TEST\npoints: 2.5', "without settings", None),
    ("# ## Question 2: By hand", "# Do it.", "q2 has no heading", None),
    ("# # BEGIN TESTS", "# # BEGIN QUESTION\n# name: q9", "inside QUESTION", None),
    ("    doubled =", "    # NO MUTANTS\n    doubled =", "that nothing removes", "# NO MUTANTS"),
    ("x) * 2", "x) * 2 # no mutants", "that nothing removes: 'doubled = np", "doubled = np"),
    ("x) * 2", "x) * 2   # NO MUTANTS", "that nothing removes: 'doubled = np", "doubled = np"),
    ("x) * 2", "x) * 2  # NO MUTANT", "that nothing removes: 'doubled = np", "doubled = np"),
    ("42.75  # SOLUTION", "42.75  # NO MUTANTS  # SOLUTION", "that nothing removes", "total ="),
    ("START, (", "BOUND = 3  # NO MUTANTS\nSTART, (", "outside a solution", "BOUND = 3"),
    ("def twice(x: float) -> float:", "def twice(x):  # NO MUTANTS", "outside a sol", "def twice"),
    ("    # END SOLUTION", "    # END SOLUTION  # NO MUTANTS", "outside a solution", "# END SO"),
    ("assert total > 0", "assert total > 0  # NO MUTANTS", "# NO MUTANTS in a test", "total > 0"),
    ("# # END QUESTION\n\n# %%\n@pic", "# # END TESTS\n\n# %%\n@pic", "without its # BEGIN", None),
]


@pytest.mark.parametrize(("old", "new", "says", "line"), CASES)
def test_a_spoiled_master(course, master_text, old, new, says, line):
    assert old in master_text
    path = course(master_text.replace(old, new)).folder / "notebook.py"
    with pytest.raises(AuthoringError) as caught:
        read_master(path)
    message = str(caught.value)
    assert says in message
    assert message.startswith(f"{path}:")
    assert len(message.splitlines()) >= 2
    if line:
        number = int(message.split(":")[1].split(" ")[0])
        assert line in path.read_text().splitlines()[number - 1]


def test_settings_of_a_question(course, master_text):
    said = "# name: q2\n# builds_on: [q1]\n# memorizable: >\n#   One number\n#   is all.\n"
    text = master_text.replace("# name: q2\n", said)
    text = text.replace("# name: q1\n", "# name: q1\n# fixed: {x: ' It is drawn. '}\n")
    first, second = read_master(course(text).folder / "notebook.py").questions
    assert (first.builds_on, first.memorizable, first.fixed) == ((), "", {"x": "It is drawn."})
    assert second.name == "q2"
    assert second.builds_on == ("q1",)
    assert (second.memorizable, second.fixed) == ("One number is all.", {})


def test_settings_stay_with_the_author(course, master_text):
    text = master_text.replace("# name: q2", "# name: q2\n# builds_on: [q1]\n# memorizable: secret")
    made = course(text)
    build_stage(made.root, STAGE, solve=False)
    built = [*made.dist.rglob("*"), made.starter]
    assert all(b"secret" not in path.read_bytes() for path in built if path.is_file())
    with zipfile.ZipFile(made.dist / f"{STAGE}.zip") as archive:
        assert all(b"secret" not in archive.read(name) for name in archive.namelist())


def test_no_file_and_no_title(course, tmp_path):
    with pytest.raises(AuthoringError, match="there is no master notebook"):
        read_master(tmp_path / "notebook.py")
    path = course("# %%\nx = 1\n").folder / "notebook.py"
    with pytest.raises(AuthoringError, match="the first cell is not text"):
        read_master(path)
    path.write_text("")
    with pytest.raises(AuthoringError, match="the first cell is not text"):
        read_master(path)


def test_a_block_that_is_not_ended(course, master_text):
    cut = master_text[: master_text.rindex("# %% [raw]")]
    with pytest.raises(AuthoringError, match="the QUESTION block is not ended"):
        read_master(course(cut).folder / "notebook.py")


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("assert np.allclose(twice(x), x)", "uses allclose"),
        ("np.testing.assert_allclose(twice(x), x)", "uses assert_allclose"),
        ("assert (twice(x) == x).all()", r"uses .all\(\)"),
        ("assert np.all(twice(x) == x)", r"uses .all\(\)"),
        ("assert [a == b for a, b in zip(twice(x), x)]", "uses zip without strict"),
    ],
)
def test_loose_comparisons_are_refused(course, master_text, statement, says):
    text = master_text.replace("        close(twice(x), expected)", f"        {statement}")
    master = read_master(course(text).folder / "notebook.py")
    with pytest.raises(AuthoringError, match=rf"notebook.py:\d+: test_fresh {says}"):
        lint(master)


def test_a_parameter_that_the_notebook_never_defines(course, master_text):
    text = master_text.replace("def test_sign(total)", "def test_sign(totall)")
    text = text.replace("assert total > 0", "assert totall > 0")
    with pytest.raises(AuthoringError, match="the parameter 'totall', which the notebook never"):
        lint(read_master(course(text).folder / "notebook.py"))


def test_advice_does_not_stop_a_build(course, master_text):
    long = "".join(f"    step_{i} = {i}\n" for i in range(30))
    text = master_text.replace("    doubled = np", f"{long}    doubled = np")
    text = text.replace("# Write `twice`.", "# " + "word " * 1600)
    advice = "\n".join(advise(read_master(course(text).folder / "notebook.py")))
    assert "words of prose: at most 1500" in advice
    assert "q1: its key has 32 lines: at most 25" in advice
    assert "q1: fewer than two hidden tests" in advice


def test_words_leave_code_and_formulas_out(course, master_text):
    path = course().folder / "notebook.py"
    before = count_words(read_master(path))
    more = "# Write `a b c` and $x + y$ [here](http://a.b/c): isn't it\n#\n# $$a\n# b$$"
    path.write_text(master_text.replace("# Write `twice`.", more))
    assert count_words(read_master(path)) == before + 4
    assert key_lines(read_master(path)) == {"q1": 2, "q2": 1}
