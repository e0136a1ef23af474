"""What a test can do with a notebook's objects, through the whole engine."""

from __future__ import annotations

import pytest
from stages import grade_files, notebook, question, write_stage

REFERENCE = """
import numpy as np

TABLE = np.arange(6.0).reshape(2, 3)
"""

# One question for each thing that tests do; the name says what.
TESTS = {
    "a_number_and_an_array": """
        def case(sigmoid):
            import numpy as np
            from checks import close
            x = np.linspace(-3, 3, 7)
            close(sigmoid(x), 1 / (1 + np.exp(-x)))
            close(sigmoid(0.0), 0.5)
            assert type(sigmoid(x)) is np.ndarray
            assert isinstance(sigmoid(0.0), float)
        """,
    "keyword_arguments_and_defaults": """
        def case(scaled):
            assert scaled(3) == 6
            assert scaled(3, by=10) == 30
            assert scaled(*[1, 2], **{}) == 2
        """,
    "a_changed_argument_is_seen": """
        def case(double_in_place):
            import numpy as np
            x, items, table = np.ones(3), [1], {"a": np.zeros(2)}
            view = x[1:]
            assert double_in_place(x, items, table) is None
            assert x.tolist() == [2, 2, 2]
            assert view.tolist() == [2, 2]
            assert items == [1, 1]
            assert table["a"].tolist() == [1, 1] and table["b"] is items
        """,
    "what_is_returned_may_be_the_argument": """
        def case(same):
            import numpy as np
            x = np.ones(3)
            assert same(x) is x
            f = lambda: 3
            assert same(f) is f
            assert same([f, f])[1] is f
        """,
    "what_is_new_may_be_in_two_places": """
        def case(extend):
            items = []
            new = extend(items, None)
            assert items[0] is new and new == [1]
            got = []
            assert extend(got, lambda made: made is got[-1] and made.append(2)) == [1, 2]
            assert got == [[1, 2]]
        """,
    "a_function_over_what_is_perturbed": """
        def case(numerical_gradient):
            import numpy as np
            from checks import close
            x, w = np.array([1.0, 2.0, 3.0]), np.array([3.0, 4.0, 5.0])
            def loss():
                return float((w * x**2).sum())
            close(numerical_gradient(loss, x), 2 * w * x, rtol=1e-6)
            assert x.tolist() == [1, 2, 3]
        """,
    "spies": """
        def case(xor):
            calls = []
            def gate(name, table):
                def spy(a, b):
                    calls.append(name)
                    return table[a + b]
                return spy
            gates = {"AND": gate("AND", [0, 0, 1]), "OR": gate("OR", [0, 1, 1]),
                     "NAND": gate("NAND", [1, 1, 0])}
            assert [xor(a, b, gates) for a in (0, 1) for b in (0, 1)] == [0, 1, 1, 0]
            assert set(calls) == {"AND", "OR", "NAND"} and len(calls) == 12
            gates["NAND"] = gate("broken", [0, 0, 0])
            assert xor(0, 1, gates) == 0
            assert callable(gates["AND"]) and gates["AND"](1, 1) == 1
        """,
    "callbacks_may_call_back": """
        def case(apply, sigmoid):
            assert apply(lambda x: apply(lambda y: y + 1, x) * 2, 3) == 8
            assert apply(sigmoid, 0.0) == 0.5
        """,
    "a_callback_that_raises": """
        def case(apply, survive):
            from checks import raises
            def bad(x):
                raise KeyError("a hidden thing")
            with raises(KeyError):
                apply(bad, 1)
            assert survive(bad) == ["KeyError", "raised by the function that was passed in"]
        """,
    "generators": """
        def case(draw):
            import random
            import numpy as np
            rng, twin = np.random.default_rng(3), np.random.default_rng(3)
            assert draw(rng).tolist() == twin.normal(size=3).tolist()
            assert rng.normal() == twin.normal()
            rng, twin = np.random.Generator(np.random.MT19937(3)), np.random.Generator(
                np.random.MT19937(3))
            draw(rng), twin.normal(size=3)
            assert rng.integers(1 << 40) == twin.integers(1 << 40)
        """,
    "random_numbers_are_the_tests_own": """
        def case(same, autograder_rng):
            assert autograder_rng is None
            assert same(3) == 3
        """,
    "exceptions": """
        def case(fail):
            import numpy as np
            for name in ("ValueError", "KeyError", "ZeroDivisionError", "AssertionError", "OSError",
                         "NotImplementedError", "StopIteration", "MemoryError", "RecursionError",
                         "UnicodeError", "TimeoutError", "IndexError", "FloatingPointError"):
                try:
                    fail(name)
                except Exception as error:
                    assert type(error).__name__ == name, name
                    assert isinstance(error, getattr(__builtins__, name, None) or
                                      __builtins__[name])
                    assert "of the notebook" in str(error), name
                else:
                    raise AssertionError(name)
            for name, nearest in [("Own", ValueError), ("Plain", RuntimeError),
                                  ("Group", RuntimeError), ("SystemExit", RuntimeError),
                                  ("KeyboardInterrupt", RuntimeError),
                                  ("UnicodeDecodeError", UnicodeError),
                                  ("LinAlgError", np.linalg.LinAlgError)]:
                try:
                    fail(name)
                except nearest:
                    continue
                raise AssertionError(name)
        """,
    "warnings": """
        def case(warn):
            import warnings
            with warnings.catch_warnings(record=True) as caught:
                warnings.simplefilter("always")
                assert warn() == 5
            assert [(w.category, str(w.message)) for w in caught] == [
                (RuntimeWarning, "overflow encountered"), (UserWarning, "my own")]
        """,
    "standard_output": """
        def case(say):
            import contextlib, io
            with contextlib.redirect_stdout(io.StringIO()) as out:
                say("hello")
            assert out.getvalue() == "hello\\nhello\\n"
        """,
    "objects": """
        def case(Net, Base, make):
            import numpy as np
            net = Net(3, rate=0.5)
            assert net.size == 3 and net.rate == 0.5
            assert len(net) == 3 and net[1] == 1
            assert [item for item in net] == [0, 1, 2]
            assert isinstance(net, Net) and isinstance(net, Base) and not isinstance(3, Net)
            assert not isinstance(make(), Net)
            net.rate = 2.0
            assert net.step(np.ones(2)).tolist() == [2, 2]
            net[0] = 7
            assert net[0] == 7 and net.weights.tolist() == [7, 1, 2]
            with net as inner:
                assert inner.depth == 1
            assert net.depth == 0
            assert net.chain().chain().size == 3
            assert net.chain() == net and not net != net.chain() and net != make()
            assert net in [net.chain()] and {net: 1}[net.chain()] == 1
            assert not hasattr(net, "missing")
            assert net.layers[0].size == 1 and net.table["first"].size == 1
            assert Net.__name__ if False else Net.kind == "dense"
            assert "Net" in repr(net) and f"{net}"
        """,
    "objects_go_back": """
        def case(Net, total_size, attach):
            net = Net(3)
            assert total_size([net, Net(4)], {"x": (net,)}) == 10
            attach(net, lambda x: x + 1)
            assert net.hook(1) == 2 if False else True
        """,
    "what_an_object_refuses": """
        def case(Net, same):
            import math, operator
            import numpy as np
            net = Net(3)
            refused = [
                bool, float, int, complex, abs, math.sqrt, operator.index, operator.neg, np.asarray,
                np.array, np.sum, np.sqrt, lambda n: n + 1, lambda n: 1 - n,
                lambda n: n * np.ones(2), lambda n: np.ones(2) @ n, lambda n: n < 1,
                lambda n: n == 1, lambda n: 1 != n,
                lambda n: np.ones(2) == n, lambda n: n in [1.0], lambda n: np.asarray([n]) + 1,
                lambda n: [1, 2][n], lambda n: "x" * n, memoryview,
                lambda n: np.frombuffer(n), lambda n: n.__dict__, lambda n: n._secret,
                lambda n: n.__array_interface__, round,
            ]
            for place, act in enumerate(refused):
                try:
                    result = act(net)
                except (TypeError, AttributeError):
                    continue
                raise AssertionError(f"{place}: {result!r}")
        """,
    "values_of_the_notebook_are_read_only": """
        def case(weights, Net):
            from checks import raises
            with raises(ValueError):
                weights[0] = 5
            net = Net(3)
            with raises(ValueError):
                net.weights[0] = 5
            assert weights.tolist() == [1, 2, 3]
        """,
    "constants_are_fresh_in_every_case": """
        def case(zero):
            import reference
            assert reference.TABLE.sum() == 15
            zero(reference.TABLE)
            assert reference.TABLE.sum() == 0
        def again(zero):
            import reference
            assert reference.TABLE.sum() == 15
            zero(reference.TABLE)
        """,
    "many_kinds_of_values": """
        def case(same):
            import numpy as np
            for value in (1 << 200, -0.0, "ä\\n", b"x", None, True, ..., range(3),
                          slice(1, None, 2), (1, [2, {"a": {3}}]), frozenset({1}),
                          {(1, "k"): [None]}, 1j,
                          np.float32(1.5), np.bool_(True), np.int8(-3), np.str_("x")):
                got = same(value)
                assert got == value and type(got) is type(value), repr(value)
            for array in (np.zeros((0, 3)), np.array(3), np.array(["a", "bc"]), np.eye(3)[::2].T,
                          np.ones(2, bool), np.ones(2, "f2"), np.ones(2, "c8")):
                got = same(array)
                assert got.dtype == array.dtype and got.shape == array.shape
                assert (got == array).all()
            assert np.isnan(same(float("nan")))
        """,
    "types_and_functions_of_libraries": """
        def case(zeros):
            import numpy as np
            assert zeros(np.float32).dtype == np.float32
            assert zeros(int).dtype.kind == "i"
        """,
}

KEY = """
import warnings
import numpy as np
import otter
grader = otter.Notebook("x.ipynb")

def sigmoid(x): return 1 / (1 + np.exp(-x))
def scaled(x, by=2): return x * by
def same(x): return x
def zero(x): x[...] = 0
def zeros(dtype): return np.zeros(3, dtype)
def apply(f, x): return f(x)
def draw(rng): return rng.normal(size=3)
weights = np.array([1, 2, 3])

def extend(items, f):
    new = [1]
    items.append(new)
    if f:
        f(new)
    return new

def double_in_place(x, items, table):
    x *= 2
    items.append(items[0])
    table["a"] += 1
    table["b"] = items

def numerical_gradient(f, x, h=1e-5):
    gradient = np.zeros_like(x)
    for i in range(x.size):
        old = x[i]
        x[i] = old + h
        up = f()
        x[i] = old - h
        gradient[i] = (up - f()) / (2 * h)
        x[i] = old
    return gradient

def xor(a, b, gates):
    return gates["AND"](gates["OR"](a, b), gates["NAND"](a, b))

def survive(f):
    try:
        f(1)
    except Exception as error:
        return [type(error).__name__, str(error).strip("'")]

class Own(ValueError): pass
class Plain(Exception): pass

def fail(name):
    kinds = {"Own": Own, "Plain": Plain, "LinAlgError": np.linalg.LinAlgError}
    if name == "Group":
        raise ExceptionGroup("of the notebook", [ValueError()])
    if name == "UnicodeDecodeError":
        b"\\xff".decode()
    raise kinds.get(name, vars(__builtins__).get(name) if not isinstance(__builtins__, dict)
                    else __builtins__.get(name))("of the notebook")

def warn():
    warnings.warn("overflow encountered", RuntimeWarning)
    warnings.warn("my own", type("Mine", (UserWarning,), {}))
    return 5

def say(text):
    print(text)
    import sys
    sys.stdout.write(text + "\\n")

class Base:
    def __init__(self, size): self.size = size
    def __len__(self): return self.size

class Net(Base):
    kind = "dense"
    def __init__(self, size, rate=1.0):
        super().__init__(size)
        self.rate, self.depth, self._secret = rate, 0, 1
        self.weights = np.arange(float(size))
        self.layers, self.table = [Base(1)], {"first": Base(1)}
    def __getitem__(self, i): return int(self.weights[i])
    def __setitem__(self, i, value): self.weights[i] = value
    def __iter__(self): return iter(range(self.size))
    def __enter__(self):
        self.depth += 1
        return self
    def __exit__(self, *_): self.depth -= 1
    def step(self, x): return x * self.rate
    def chain(self): return self

def make(): return Base(2)
def total_size(nets, table): return sum(len(n) for n in nets) + len(table["x"][0])
def attach(net, f): net.hook = f
"""

STARTER = "\n".join(
    f"def {name}(*args, **kwargs):\n    ..." for name in ("sigmoid", "same", "apply", "fail")
)


def cases(source):
    """Return the cases of one question, under names that are unique in it."""
    import ast
    import textwrap

    source = textwrap.dedent(source)
    return [
        (node.name, True, 1.0, ast.get_source_segment(source, node))
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef)
    ]


@pytest.fixture(scope="module", params=["bwrap", "none"])
def graded(request, tmp_path_factory):
    stage = write_stage(
        tmp_path_factory.mktemp("engine") / "behaviours",
        {name: cases(source) for name, source in TESTS.items()},
        reference=REFERENCE,
    )
    checks = [f"grader.check({name!r})" for name in TESTS]
    return grade_files(stage, notebook(KEY, *checks), notebook(STARTER), sandbox=request.param)


@pytest.mark.parametrize("name", TESTS)
def test_the_key_passes(graded, name):
    result = question(graded[0], name)
    assert [case.message for case in result.cases if not case.passed] == []
    assert result.score == result.possible


def test_the_key_is_graded_in_full(graded):
    assert graded[0].score == graded[0].possible == len(TESTS) + 1
    assert (graded[0].status, graded[0].message) == ("graded", "")


def test_the_starter_gets_nothing(graded):
    assert [q.name for q in graded[1].questions if q.score] == []
    assert graded[1].status == "graded"
