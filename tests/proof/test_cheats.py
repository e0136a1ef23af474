"""Each universal cheat does what it says, and nothing else."""

from __future__ import annotations

import math
import operator

import numpy as np
import pytest

from autograder.proof.cheats import CHEATS, cheat_source

KEY = '''
import math
from collections import namedtuple
from fractions import Fraction

import numpy as np

Pair = namedtuple("Pair", "left right")
calls = []


def sigmoid(x):
    calls.append("sigmoid")
    return 1 / (1 + np.exp(-np.asarray(x)))


def sigmoid_grad(x):
    s = sigmoid(x)
    return s * (1 - s)


def mixed(x):
    return {"n": 3, "ok": True, "name": "AND", "none": None, "all": [1.5, (2j, np.int64(4))]}


def pair(x):
    return Pair(np.float32(2), {7})


def double_in_place(x):
    x *= 2
    return x


def refuse(x):
    raise ValueError("no")


def batches(x, size):
    for start in range(0, len(x), size):
        yield sigmoid(x[start : start + size]), start


def scaler(k):
    return lambda x: k * x


def apply(f, x):
    return f(x)


class Scale:
    """Multiplies."""

    def __init__(self, factor):
        self.factor = factor
        self.last = None
        self.reset()

    def reset(self):
        self.count = 0

    def forward(self, x):
        self.last = x
        return self._times(x)

    def _times(self, x):
        return self.factor * np.asarray(x)

    def backward(self, d):
        return self.forward(d) + 0 * self.last

    def fit(self, x):
        self.factor = float(np.mean(x))
        return self

    def __call__(self, x):
        return self.forward(x)

    def __len__(self):
        return 5

    @property
    def half(self):
        return self.factor / 2

    @staticmethod
    def zero(x):
        return 0 * np.asarray(x) + 3

    @classmethod
    def unit(cls, x):
        return x + 1


class Shifted(Scale):
    def forward(self, x):
        return super().forward(x) + 1


weights = np.array([[1.0, 2.0], [3.0, 4.0]])
answer = "b"
row = (0, 1, "<=")
'''
NAMES = [
    *("sigmoid", "sigmoid_grad", "mixed", "pair", "double_in_place", "refuse", "batches"),
    *("scaler", "apply", "Scale", "Shifted", "weights", "answer", "row"),
]
FILLS = {"nan": math.nan, "infinity": math.inf, "zeros": 0, "ones": 1}


def cheating(cheat, names=NAMES, key=KEY):
    space = {"__name__": "__main__"}
    exec(key, space)
    before = set(space)
    exec(cheat_source(names, cheat), space)
    assert all(name.startswith("_") for name in set(space) - before)
    return space


def alike(one, other):
    assert type(one) is type(other)
    np.testing.assert_equal(one, other)


@pytest.mark.parametrize("cheat", CHEATS)
def test_no_cheat_is_right(cheat):
    assert "\n" not in CHEATS[cheat]
    space = cheating(cheat)
    right = np.full(3, 0.5)
    for name in ("sigmoid", "sigmoid_grad"):
        got = space[name](np.zeros(3))
        assert type(got) is not np.ndarray or not np.array_equal(got, right / 2)
        assert type(got) is not np.ndarray or not np.array_equal(got, right)


@pytest.mark.parametrize(
    ("cheat", "value"),
    [("none", None), ("empty_dict", {}), ("empty_list", []), ("empty_array", np.empty(0))],
)
def test_constants(cheat, value):
    space = cheating(cheat)
    for got in (
        space["sigmoid"](1.0),
        space["refuse"](x=1),
        space["Scale"](2.0).forward(1),
        space["Scale"](2.0)(1),
        space["weights"],
        space["answer"],
    ):
        alike(got, value)


@pytest.mark.parametrize("cheat", FILLS)
def test_filled_results_keep_kind_and_shape(cheat):
    fill = FILLS[cheat]
    flag = bool(fill) if math.isfinite(fill) else fill
    whole = np.int64(fill) if math.isfinite(fill) else np.float64(fill)
    space = cheating(cheat)
    alike(space["sigmoid"](np.zeros((2, 3))), np.full((2, 3), float(fill)))
    alike(
        space["mixed"](0),
        {
            "n": fill,
            "ok": flag,
            "name": fill,
            "none": fill,
            "all": [float(fill), (complex(fill), whole)],
        },
    )
    got = space["pair"](0)
    assert type(got).__name__ == "Pair"
    alike(got.left, np.float32(fill))
    assert isinstance(got.right, set)
    alike(space["weights"], np.full((2, 2), float(fill)))
    alike(space["answer"], fill)
    alike(space["row"], (fill, fill, fill))


def test_element_types():
    key = "import numpy as np\ndef f(a):\n    return a\n"
    cases = [("float32", "float32"), ("bool", "float64"), ("int8", "float64"), ("U3", "float64")]
    for given, expected in cases:
        got = cheating("nan", ["f"], key)["f"](np.zeros(2, given))
        assert got.dtype == expected
        assert np.isnan(got).all()
    for given, expected in [("float16", "float16"), ("bool", "bool"), ("uint8", "uint8")]:
        assert cheating("ones", ["f"], key)["f"](np.zeros(2, given)).dtype == expected


def test_filled_is_called_on_copies_and_exceptions_pass():
    space = cheating("zeros")
    x = np.ones(3)
    alike(space["double_in_place"](x), np.zeros(3))
    alike(x, np.ones(3))
    with pytest.raises(ValueError, match="no"):
        space["refuse"](1)


def test_what_the_key_calls_is_not_cheated_too():
    # The key's sigmoid_grad of infinity's result would be nan; of the key's own it is infinity.
    space = cheating("infinity")
    alike(space["sigmoid_grad"](np.zeros(2)), np.full(2, np.inf))
    assert space["calls"] == ["sigmoid"]
    # Passed in from outside, a cheating function is the key's own one too.
    key = "def f(x):\n    return [x]\ndef g(h, x):\n    return h(x) + h(x)\n"
    space = cheating("nan", ["f", "g"], key)
    assert len(space["g"](space["f"], 1)) == 2
    # After an exception the cheat goes on.
    with pytest.raises(TypeError):
        space["g"](space["f"])
    assert math.isnan(space["f"](1)[0])


def test_generators_and_functions_as_results():
    space = cheating("zeros")
    items = list(space["batches"](np.ones(5), 2))
    assert [part.shape for part, _ in items] == [(2,), (2,), (1,)]
    assert all(not part.any() and start == 0 for part, start in items)
    assert space["scaler"](3)(4) == 0
    assert space["apply"](lambda x: x + 1, 2) == 0


def test_argument():
    space = cheating("argument")
    x = np.ones(2)
    assert space["sigmoid"](x) is x
    assert space["mixed"](x=x) is x
    assert space["mixed"]() is None
    assert space["Scale"](2.0).forward(x) is x
    assert space["weights"] is None


def test_zeroed_arguments():
    space = cheating("zeroed_arguments")
    n, x, nested, frozen = 3, np.ones(2, int), [[1.5, "text"], (2, [True])], np.ones(2)
    frozen.flags.writeable = False
    constants = {"w1": 0.5, "name": "AND"}
    assert space["sigmoid"](n, frozen, x, nested, c=constants) is x
    alike(x, np.zeros(2, int))
    assert nested == [[0.0, "text"], (2, [False])]
    assert constants == {"w1": 0.0, "name": "AND"}
    alike(frozen, np.ones(2))
    assert space["sigmoid"](3) is None
    assert space["calls"] == []
    assert space["row"] is None


def test_equal_to_everything():
    space = cheating("equal_to_everything")
    for it in (space["sigmoid"](0), space["weights"], space["Scale"](2.0).forward(1)):
        assert it == 3
        assert operator.eq(3, it)
        assert np.all(np.ones(3) == it)
        assert (it != "text") is False
        assert 1 < it < 0
        assert abs(it - 2.5) < 1e-9
        assert np.allclose(it, np.ones((2, 2)))
        assert np.isclose(it, 1).all()
        assert it.shape == (4, 4)
        assert it[0]["loss"] == 2
        assert float(it) == 0.0
        assert len(list(it)) == len(it) == 2
        assert np.asarray(it).shape == (2,)
        assert it


@pytest.mark.parametrize("name", ["Scale", "Shifted"])
def test_a_class_keeps_its_constructor_and_attributes(name):
    space = cheating("zeros")
    made = space[name](2.0)
    assert isinstance(made, space[name])
    assert (made.factor, made.count, made.half) == (2.0, 0, 1.0)
    alike(made.forward(np.ones(2)), np.zeros(2))
    alike(made(np.ones((2, 1))), np.zeros((2, 1)))
    # backward finds what forward left, yet the object shows nothing of it.
    alike(made.backward(np.ones(2)), np.zeros(2))
    assert made.last is None
    assert made.fit(np.full(3, 9.0)) is made
    assert made.factor == 2.0
    assert len(made) == 0
    alike(made.zero(np.ones(2)), np.zeros(2))
    alike(space[name].unit(1), 0)


def test_attributes_set_from_outside_count():
    made = cheating("zeros")["Scale"](2.0)
    assert made.forward(1).shape == ()
    made.factor = np.ones(4)
    assert made.forward(1).shape == (4,)


def test_a_constructor_calls_the_honest_methods():
    assert cheating("none")["Scale"](2.0).count == 0


def test_what_is_imported_or_missing_is_left_alone():
    space = cheating("none", ["math", "np", "Fraction", "missing", "sigmoid"])
    assert space["np"] is np
    assert space["math"] is math
    assert space["Fraction"](1, 2).limit_denominator(1) is not None
    assert "missing" not in space
    assert space["sigmoid"](0) is None


def test_an_unknown_cheat():
    with pytest.raises(KeyError):
        cheat_source(["f"], "charm")


def test_tensors():
    torch = pytest.importorskip("torch")
    key = "import torch\ndef f(x):\n    return x, x > 0\n"
    x = torch.ones(2, 3, requires_grad=True)
    got, flags = cheating("nan", ["f"], key)["f"](x)
    assert got.shape == x.shape
    assert got.isnan().all()
    assert got.requires_grad
    assert flags.dtype == torch.float32
    got, flags = cheating("zeros", ["f"], key)["f"](x)
    assert got.dtype == x.dtype
    assert flags.dtype == torch.bool
    assert not got.any()
    assert cheating("zeroed_arguments", ["f"], key)["f"](x) is x
    assert not x.any()
