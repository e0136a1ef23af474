"""The test files load in otter and say what the master says."""

from __future__ import annotations

import pytest
from otter.test_files import ExceptionTestFile

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import read_master
from autograder.authoring.testcase import read_case, render_case
from autograder.authoring.testfile import render_tests, verify_tests


def cell(body, parameters="f"):
    head = '""" # BEGIN TEST CONFIG\npoints: 1\nhidden: true\n""" # END TEST CONFIG\n'
    return f'{head}def test_it({parameters}):\n    """It\'s "so"."""\n{body}\n'


def test_cases_have_names_points_and_imports(tiny):
    text = (tiny.dist / "tests" / "q1.py").read_text()
    loaded = ExceptionTestFile.from_file(str(tiny.dist / "tests" / "q1.py"))
    public, hidden = loaded.test_cases
    assert public.name == 'It\'s "twice": 2 gives 4, the ½ of 8 — and a \\ too.'
    assert (hidden.points, hidden.hidden, loaded.possible) == (2.5, True, 3.5)
    assert "# a comment that students read" in text
    assert text.count("import reference") == 1


def test_the_generator_is_the_engines_or_seeded_by_stage_question_and_case():
    case = read_case(cell("    f(rng.normal())", "f, rng"), "x.py:1")
    one, again = render_case(case, "s/q1"), render_case(case, "s/q1")
    assert one == again != render_case(case, "s/q2")
    assert "def test_it(f, autograder_rng):" in one

    class Given:
        def normal(self):
            return "given"

    def values(**given):
        names = {"test_case": lambda **_: lambda function: function}
        exec(one, names)
        seen = []
        names["test_it"](seen.append, **given)
        return seen

    assert values(autograder_rng=Given()) == ["given"]
    assert values(autograder_rng=None) == values(autograder_rng=None)


def test_a_name_that_the_body_binds_is_not_imported():
    body = "    import math as np\n    def close(x): ...\n    close(np.pi)\n    f(np)"
    assert "from checks" not in render_case(read_case(cell(body), "x.py:1"), "s/q1")


def test_unicode_before_the_generators_name():
    case = read_case(cell("    f(größe, rng)", "größe, f, rng"), "x.py:1")
    assert "def test_it(größe, f, autograder_rng):" in render_case(case, "s/q1")


def test_an_annotation_that_needs_an_import_is_refused(course, master_text):
    text = master_text.replace("def test_total(total)", "def test_total(total: np.ndarray)")
    question = read_master(course(text).folder / "notebook.py").questions[1]
    with pytest.raises(AuthoringError, match=r"(?s)cannot load.*'np' is not def.*Annotations"):
        verify_tests(question, render_tests("01_tiny", question))


def test_a_file_that_lost_a_case_is_refused(tiny):
    question = read_master(tiny.folder / "notebook.py").questions[0]
    text = render_tests("01_tiny", question)
    verify_tests(question, text)
    with pytest.raises(AuthoringError, match="other cases than the master has"):
        verify_tests(question, text.replace("points=2.5", "points=2"))
