"""Mutants change the solution's lines, one slip at a time, and equivalent.toml names some."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path

import nbformat
import pytest
from cosmic_ray.plugins import operator_names

from autograder.authoring.build import build_stage
from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import BEGIN, END, INLINE, read_master
from autograder.proof.equivalent import Equivalent, read_equivalents, sort_out
from autograder.proof.mutants import Mutant, make_mutants
from autograder.proof.operators import LEFT_OUT, OPERATORS

QUESTION = '''\
# %% [raw]
# # BEGIN QUESTION
# name: q{number}

# %% [markdown]
# ## Question {number}: it

# %% [raw]
# # BEGIN SOLUTION

# %%
{answer}

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_it():
    """It is there."""
    assert 1 + 1 == 2

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
'''

WHOLE = '''\
import math


def given(x, y=3 + 4):
    """Return 1 + 1."""
    z = 5 * x
    # BEGIN SOLUTION
    """It is 2 - 2."""
    import math as m  # 3 * 3
    rate = 0.25 + 1  # NO MUTANTS
    return (
        rate * z  # NO MUTANTS
        - x
    )
    # END SOLUTION


from os.path import *  # SOLUTION

GIVEN = 7
a, b = 2 * GIVEN, True  # SOLUTION
epochs = 300  # SOLUTION # NO MUTANTS
if GIVEN == 8:
    a = "4"  # SOLUTION
print(a)
a[b] -= 0.5  # SOLUTION'''


@pytest.fixture
def read(tmp_path):
    """Return a function that makes a master of answers, and the key that belongs to it."""

    def make(*answers):
        path = tmp_path / "notebook.py"
        questions = (QUESTION.format(number=i, answer=one) for i, one in enumerate(answers, 1))
        path.write_text("# %% [markdown]\n# # Title\n\n" + "\n".join(questions))
        master = read_master(path)
        cells = [
            nbformat.v4.new_code_cell(unmarked(cell.source), id=cell.id)
            for cell in master.cells
            if cell.role == "answer"
        ]
        return master, nbformat.v4.new_notebook(cells=cells)

    return make


def unmarked(source):
    rows = [row for row in source.splitlines() if not (BEGIN.match(row) or END.match(row))]
    return "\n".join(INLINE.sub("", row) for row in rows)


@pytest.fixture
def afters(read):
    """Return a function that makes mutants of statements in a function and what they become."""

    def make(*rows):
        body = "\n".join(f"    {row}" for row in rows)
        answer = f"def f(x, y):\n    # BEGIN SOLUTION\n{body}\n    # END SOLUTION"
        return [one.after for one in make_mutants(*read(answer))]

    return make


def test_what_changes_and_what_stays(read):
    master, key = read(WHOLE)
    found = make_mutants(master, key)
    assert [(one.definition, one.before, one.after) for one in found] == [
        ("given", "- x", "+ x"),
        ("a, b", "a, b = 2 * GIVEN, True", "a, b = 3 * GIVEN, True"),
        ("a, b", "a, b = 2 * GIVEN, True", "a, b = 1 * GIVEN, True"),
        ("a, b", "a, b = 2 * GIVEN, True", "a, b = 2 / GIVEN, True"),
        ("a, b", "a, b = 2 * GIVEN, True", "a, b = 2 * GIVEN, False"),
        ("", "a[b] -= 0.5", "a[b] -= 1.5"),
        ("", "a[b] -= 0.5", "a[b] += 0.5"),
    ]
    assert found[0] == Mutant(
        question="q1",
        operator="ReplaceBinaryOperator_Sub_Add",
        definition="given",
        before="- x",
        after="+ x",
        cell="q1-answer-1",
        source=key.cells[0].source.replace("- x\n", "+ x\n"),
    )
    assert found[0].diff == "q1 given: `- x` became `+ x`"
    assert found[-1].diff == "q1: `a[b] -= 0.5` became `a[b] += 0.5`"


@pytest.mark.parametrize(
    ("row", "become"),
    [
        ("return x ** y", ["return x * y"]),
        ("return x // y", ["return x / y"]),
        ("return x / y", ["return x // y", "return x * y"]),
        ("return x % y", ["return x // y"]),
        ("return x @ y", []),
        ("x += y", ["x = y", "x -= y"]),
        ("return x <= y", ["return x >= y", "return x < y"]),
        ("return x is y", []),
        ("return -x", ["return x"]),
        ("return ~x & y", ["return ~x | y", "return x & y"]),
        ("return not x", ["return x"]),
        ("return x or y", ["return x and y"]),
        ("return x[1]", ["return x[2]", "return x[0]"]),
        ("return 1e-3", ["return 1.001"]),
        ("return 1e300", []),  # one more is the same number
        ("return (1, x)", ["return (2, x)"]),
        ("if(x): return y", ["if not(x): return y"]),
        ("return x if x not in y else y", ["return x if not x not in y else y"]),
        ("return x if x > y else y", ["return x if x >= y else y", "return x if x < y else y"]),
        ("return x if not y else y", ["return x if y else y"]),
        ("for i in x: continue", ["for i in x: break", "for i in []: continue"]),
        ("while x: break", ["while not x: break"]),
        ("return {**x}, f(*x, **y)", []),
        ("return lambda a, *, b: a", []),
        ('return x[f"w{y + 1}"]', [f'return x[f"w{{y {one}}}"]' for one in ("+ 2", "+ 0", "- 1")]),
        ('raise ValueError(f"{x + 1}")', []),
        ('assert x, f"{y + 1}"', ['assert not x, f"{y + 1}"']),
        ("print(x + 1)", []),
        ("return zip(x, y, strict=True)", []),
        ("return x.reshape(-1), np.reshape(x, (2, -1))", ["(3, -1)"]),
        ("z: tuple[int, 3] = x", []),
    ],
)
def test_operators(afters, row, become):
    found = afters(row)
    assert len(found) == len(become)
    assert all(one in after for one, after in zip(become, found, strict=True)), found


def test_given_signatures_stay_and_inner_ones_keep_their_types(afters):
    inner = "def g(a: list[1], *, b=2) -> list[3]:", "    return a"
    assert afters(*inner) == [
        "def g(a: list[1], *, b=3) -> list[3]:",
        "def g(a: list[1], *, b=1) -> list[3]:",
    ]


def test_a_change_keeps_the_layout(read):
    row = "return [\n        x,\n        # why\n        2 + x,\n    ]"
    answer = f"def f(x):\n    # BEGIN SOLUTION\n    {row}\n    # END SOLUTION"
    one_more = make_mutants(*read(answer))[0]
    assert one_more.source == unmarked(answer.replace("2 + x", "3 + x"))
    assert (one_more.before, one_more.after) == ("2 + x,", "3 + x,")


def test_a_change_of_several_lines_is_shown_on_one(afters):
    rows = "for i in zip(", "    x,", "    y,", "):", "    f(i)"
    assert afters(*rows) == ["for i in []:"]


def test_they_compile_differ_and_come_in_order_every_time(read):
    both = read(
        WHOLE,
        "def f(x):\n    # BEGIN SOLUTION\n    return x - 1 if x > 2 else -x\n    # END SOLUTION",
    )
    found = make_mutants(*both)
    assert make_mutants(*both) == found
    assert len({(one.cell, one.source) for one in found}) == len(found)
    originals = {cell.id: cell.source for cell in both[1].cells}
    for one in found:
        compile(one.source, "<mutant>", "exec")
        assert one.source != originals[one.cell]
    assert [one.question for one in found] == sorted(one.question for one in found)
    assert {one.question for one in found} == {"q1", "q2"}
    second = [one.operator for one in found if one.question == "q2"]
    assert second == sorted(second)


def test_the_key_that_a_build_writes(small):
    build_stage(small, "01_small", solve=False)
    key = nbformat.read(small / "dist" / "01_small" / "key.ipynb", 4)
    master = read_master(small / "solutions" / "01_small" / "notebook.py")
    assert [one.diff for one in make_mutants(master, key)] == [
        "q1 double: `return 2 * np.asarray(x)` became `return 3 * np.asarray(x)`",
        "q1 double: `return 2 * np.asarray(x)` became `return 1 * np.asarray(x)`",
        "q1 double: `return 2 * np.asarray(x)` became `return 2 / np.asarray(x)`",
        "q2 double_and_add: `return double(x) + y` became `return double(x) - y`",
    ]


def test_a_key_of_another_master(read):
    master, key = read("x = 1  # SOLUTION")
    key.cells[0].source = "x = 2"
    with pytest.raises(AuthoringError, match=r"notebook.py:\d+: the key's cell q1-answer-1 is not"):
        make_mutants(master, key)
    key.cells = []
    with pytest.raises(AuthoringError, match="the key's cell q1-answer-1 is not the master's"):
        make_mutants(master, key)


def test_every_operator_of_cosmic_ray_is_used_or_left_out():
    known = {name.removeprefix("core/") for name in operator_names()}
    used = [name for family in OPERATORS for name in family.names]
    ours = {name for name in used if name.startswith("ReplaceAugmentedAssignment_")}
    assert len(used) == len(set(used))
    assert set(used) - ours <= known
    patterns = [name for family in LEFT_OUT for name in family.names]
    left = known - set(used)
    assert [one for one in left if not any(fnmatchcase(one, p) for p in patterns)] == []
    assert [p for p in patterns if not any(fnmatchcase(one, p) for one in left)] == []


ENTRY = """\
[[mutant]]
question = "q1"
definition = "best"
before = 'best = 0'
after = 'best = 1'
reason = "Some weights are always right twice."
"""


def test_equivalents(read, tmp_path):
    path = tmp_path / "equivalent.toml"
    assert read_equivalents(path) == []
    path.write_text("")
    assert read_equivalents(path) == []
    path.write_text(ENTRY + ENTRY.replace("best = 1", "best = 2").replace('"best"', '""'))
    entries = read_equivalents(path)
    assert entries[0] == Equivalent(
        "q1", "best", "best = 0", "best = 1", "Some weights are always right twice."
    )
    mutants = make_mutants(*read("best = 0  # SOLUTION", "best = 0  # SOLUTION"))
    assert [one.question for one in mutants] == ["q1", "q2"]
    listed, stale = sort_out(mutants, entries)
    assert listed == {0}
    (message,) = stale
    assert "entry 2 is stale: no mutant is q1: `best = 0` became `best = 2`" in message
    assert "remove it, or renew" in message


def test_an_entry_stands_for_all_that_read_the_same(read):
    mutants = make_mutants(*read("x = []  # SOLUTION\nx += y  # SOLUTION\nx += y  # SOLUTION"))
    entry = Equivalent("q1", "x", "x += y", "x -= y", "so")
    listed, stale = sort_out(mutants, [entry, entry])
    assert [mutants[i].after for i in sorted(listed)] == ["x -= y", "x -= y"]
    assert stale == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[mutant]", "no TOML: "),
        ("b\xff", "no TOML: "),
        ("[[mutants]]", "unknown key 'mutants'"),
        ("[mutant]\nquestion = 'q1'", "mutant is {'question': 'q1'}"),
        ("mutant = [3]", "entry 1: it is 3"),
        (ENTRY + ENTRY.replace("reason", "because"), "entry 2: it has no reason"),
        (ENTRY.replace("'best = 1'", "1"), "entry 1: after is 1"),
        (ENTRY.replace("'best = 1'", "' '"), "entry 1: after is ' '"),
        (ENTRY + "why = 'so'", "entry 1: unknown key 'why'"),
    ],
)
def test_a_spoiled_list(tmp_path, text, says):
    path: Path = tmp_path / "equivalent.toml"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(AuthoringError) as caught:
        read_equivalents(path)
    assert str(caught.value).startswith(str(path))
    assert says in str(caught.value)
