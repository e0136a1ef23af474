"""mistakes.py and alternatives.py: what is read, and what is refused with file and line."""

from __future__ import annotations

import pytest

from autograder.authoring.catalogue import read_catalogue
from autograder.authoring.errors import AuthoringError

NAMES = {"q1": {"f", "g", "A"}, "q2": {"total", "rate"}}
KNOWN = {"f", "g", "A", "total", "rate", "np", "helper"}
MARK = '@mistake("q1", id="a", advice="Look.")\n'
VARS = '@mistake("q2", id="a", advice="Look.")\ndef variables():\n'


def read(tmp_path, text, name="mistakes.py"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return read_catalogue(tmp_path, NAMES, KNOWN)


def test_definitions_under_one_id_belong_together(tmp_path):
    text = f"{MARK}def f(x):\n    return 'é'  # why\n\n\n{MARK}@helper\nclass A:\n    b = f(1)\n"
    (one,) = read(tmp_path, text).mistakes
    assert one.definitions == {
        "f": "def f(x):\n    return 'é'  # why",
        "A": "@helper\nclass A:\n    b = f(1)",
    }


def test_variables_stand_for_assignments(tmp_path):
    text = f'{VARS}    """Words."""\n    total = 1 + \\\n        2\n    rate = "%"\n'
    (one,) = read(tmp_path, text).mistakes
    assert one.definitions == {"total": "total = 1 + 2", "rate": "rate = '%'"}


def test_missing_files_are_empty(tmp_path):
    catalogue = read_catalogue(tmp_path, NAMES)
    assert (catalogue.mistakes, catalogue.alternatives) == ([], [])


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("x = (\n", 1, "no Python"),
        ("import numpy as np\n\nrate = 3\n", 3, "this is no definition with @mistake"),
        ('mistake("q1", id="a", advice="b")\n', 1, "The file is read, not run"),
        ("\ndef f(): ...\n", 2, "f has no @mistake"),
        ('@alternative("q1", id="a")\ndef f(): ...\n', 1, "not marked with one @mistake"),
        (f"{MARK}{MARK}def f(): ...\n", 1, "not marked with one @mistake"),
        ("@mistake\ndef f(): ...\n", 1, "@mistake is not a question, advice and id"),
        ('@mistake("q1", id="a")\ndef f(): ...\n', 1, "is not a question"),
        ('@mistake("q1", id="a", advice=" ")\ndef f(): ...\n', 1, "is not a question"),
        ('@mistake("q1", id="a", advice=x)\ndef f(): ...\n', 1, "is not a question"),
        ('@mistake("q1", id="a", advice="b", c="d")\ndef f(): ...\n', 1, "is not a question"),
        ('@mistake("q1", id="A b", advice="b")\ndef f(): ...\n', 1, "is not snake_case"),
        ('\n@mistake("q9", id="a", advice="b")\ndef f(): ...\n', 2, "no question 'q9'"),
        (f"{MARK}def h(): ...\n", 1, "the key of q1 does not define h"),
        (f"{MARK}def f(): ...\n{MARK}def f(): ...\n", 3, "'a' of q1 defines f twice"),
        (
            f"{MARK}def f(): ...\n{MARK.replace('Look', 'See')}def g(): ...\n",
            3,
            "q1 has two mistakes called 'a'",
        ),
        (f"{MARK}def f():\n    return _helper()\n", 1, "f uses _helper, which the notebook"),
        (f"{VARS}    print(3)\n", 3, "a statement that is not `name = value`"),
        (f"{VARS}    total = 1\n    total = 2\n", 1, "variables sets total twice"),
        (f"{VARS}    total += 1\n", 3, "a statement that is not `name = value`"),
        (f'{VARS}    """Words."""\n', 1, "variables sets nothing"),
        (f"{VARS}    f = 2\n", 1, "the key of q2 does not define f"),
    ],
)
def test_what_is_refused(tmp_path, text, line, says):
    with pytest.raises(AuthoringError) as caught:
        read(tmp_path, text)
    assert says in str(caught.value)
    assert str(caught.value).startswith(f"{tmp_path}/mistakes.py:{line}: ")
    assert len(str(caught.value).splitlines()) >= 2


def test_an_alternative_gives_no_advice(tmp_path):
    text = '@alternative("q1", id="a", advice="b")\ndef f(): ...\n'
    with pytest.raises(AuthoringError, match="@alternative is not a question, id"):
        read(tmp_path, text, "alternatives.py")
