"""What a student reads about a result that is not the right one: a property, never a value."""

from __future__ import annotations

import math
import time
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from test_compare import A_LOOP, VALUES, deep, shared_tree

from autograder.grading.diagnosis.forms import Opaque
from autograder.grading.diagnosis.properties import argument_changed, difference

R = np.array([[0.25, -1.5, 3.7], [2.2, 0.8, -0.6]])
V = np.array([0.25, -1.5, 3.7, 2.2, 0.8])
SQUARE = np.array([[0.25, -1.5, 3.7], [2.2, 0.8, -0.6], [1.1, 5.5, 4.2]])
IMAGE = np.arange(2.0, 27.0).reshape(5, 5) ** 1.5


def changed(array: np.ndarray[Any, Any], where: Any, by: float = 0.77) -> np.ndarray[Any, Any]:
    """Return a copy that is wrong there, in no simple way."""
    copy = array.astype(float)
    copy[where] += by * (1 + np.arange(copy[where].size)).reshape(copy[where].shape)
    return copy


KIND = [
    (None, R, "The function returns None: does it return what it computes?"),
    (1.0, None, "The result is something where the question asks for nothing (None)."),
    ("a", R, "The result is text where the question asks for numbers."),
    (R > 0, R, "The result is made of True and False where the question asks for numbers."),
    (True, 1, "The result is True or False where the question asks for numbers."),
    (1, True, "The result is a number where the question asks for True or False."),
    (R + 0j, R, "The result is made of complex numbers where the question asks for numbers."),
    ({"a": 1}, R, "The result is a dict where the question asks for numbers."),
    ({1}, [R, None], "The result is a set where the question asks for several values."),
    (b"a", "a", "The result is bytes where the question asks for text."),
    (slice(1), "a", "The result is a slice where the question asks for text."),
    (Opaque("Layer"), R, "The result is an object where the question asks for numbers."),
    (
        Opaque("Layer"),
        Opaque("Model"),
        "The result is another kind of object than the question asks for.",
    ),
    (
        R,
        Opaque("Model"),
        "The result is made of numbers where the question asks for an object of its own kind.",
    ),
    (
        Opaque("function"),
        R,
        "The result is a function, not what a function returns: is a call missing?",
    ),
    (
        Opaque("generator"),
        [1, 2],
        "The result is an iterator, not yet its values: make a list or an array of it.",
    ),
    (
        (R,),
        R,
        "The result is a tuple around one value: is there a comma too many after it?",
    ),
    ((R, V), R, "The result is a tuple of several values where the question asks for one."),
    ((1.0, 2.0), 1.0, "The result is a tuple of several values where the question asks for one."),
    (
        [[1.0], [1.0, 2.0]],
        R,
        "The parts of the result differ in length or kind: they make no array of numbers.",
    ),
    ((R,), (R, V), "The result has fewer parts than the question asks for."),
    ((R, V, 1), (R, V), "The result has more parts than the question asks for."),
    (R, (R, V), "The result is one value where the question asks for several."),
]

SHAPE = "The shape of the result is not what the question asks for"
SHAPES = [
    ((3, 2), (2, 3), ": rows and columns are swapped (transposed)."),
    ((3, 1), (1, 3), ": a column stands where a row should."),
    ((1, 3), (3, 1), ": a row stands where a column should."),
    ((4, 3, 2), (2, 3, 4), ": its dimensions are in another order."),
    ((3,), (2, 3), ": its first dimension, often that of the batch, is gone: was it summed, "
     "averaged, squeezed or indexed away?"),
    ((2,), (2, 3), ": a dimension is gone: was it summed, averaged, squeezed or indexed away?"),
    ((), (3,), ": it is a single number: is too much summed, averaged or indexed away?"),
    ((3,), (), ": is a sum, a mean or a choice of one value missing?"),
    ((1,), (), ": it is an array around a number where the number itself is asked for."),
    ((3, 1), (3,), ": it has one dimension too many, which holds nothing (look at keepdims, "
     "reshape and added axes)."),
    ((3, 2), (3,), ": it has one dimension too many: is a sum or a mean over an axis missing?"),
    ((3, 3), (3,), ": it looks as if a row and a column were combined into a table."),
    ((3, 3), (3, 1), ": it looks as if a row and a column were combined into a table."),
    ((2, 1), (2, 3), ": something is summed or averaged over that should stay apart."),
    ((2, 4), (2, 1), ": is a sum or a mean over an axis missing?"),
    ((6,), (2, 3), ": the values are as many as they should be, but arranged in another way."),
    ((4,), (3,), ": it is longer than it should be."),
    ((0,), (3,), ": it is shorter than it should be."),
    ((2, 4), (2, 3), ": its dimensions are as many as they should be, but not as long."),
    ((2, 3, 4, 5), (7, 2), ": it has too many dimensions."),
    ((5,), (7, 2, 3), ": it has too few dimensions."),
]  # fmt: skip

NAN = (
    "The result holds nan (not a number): look for zero divided by zero, infinity minus infinity, "
    "or the logarithm or root of a negative number."
)
INFINITY = (
    "The result holds infinity: look for a division by zero, the logarithm of zero, or the "
    "exponential of a large number."
)
SUM = "Off by a factor, as if a sum stood where a mean should, or the other way round."
ROUNDED = "Right but for rounding: give the result as it is computed."
NEARLY = "Nearly right: is something rounded or approximated?"
NOISE = np.array([1.003, 0.996, 1.002, 0.999, 1.004])
VALUES_DIFFER = [
    (np.where(R > 3, np.nan, R), R, NAN),
    (math.nan, 1.0, NAN),
    (np.where(R > 3, -np.inf, R), R, INFINITY),
    (
        R.astype(int),
        R,
        "The fractions are cut off: look for an array of integers, int() or //.",
    ),
    (3, 3.7, "The fractions are cut off: look for an array of integers, int() or //."),
    (
        np.floor(R),
        R,
        "The values are rounded down to whole numbers: look for // or floor.",
    ),
    (np.rint(R), R, "The values are rounded to whole numbers."),
    (
        np.zeros(5),
        V,
        "Every value is zero: is the result filled in, and is it no array of integers?",
    ),
    (0, 0.7, "The result is zero where it should not be."),
    (-R, R, "Every value has the wrong sign."),
    (-0.7, 0.7, "The result has the wrong sign."),
    (np.abs(R), R, "The values are right but for the sign of some."),
    ([1, 0, 0], [0, 1, 1], "Zeros and ones are swapped everywhere."),
    (R * 2, R, "Every value is off by a constant factor."),
    (R.astype(np.float32) * 2, R, "Every value is off by a constant factor."),
    (R * -0.3, R, "Every value is off by a constant factor, and has the wrong sign."),
    (R * 1j, R + 0j, "Every value is off by a constant factor."),
    (R * 3, R, SUM),
    (R / 3, R, SUM),
    (np.full(5, 3.5), np.full(5, 0.7), SUM),
    (
        R + 0.5,
        R,
        "Every value is off by the same amount: is something added too much, or left out?",
    ),
    (V[::-1], V, "The values are right, but in reverse order."),
    (R[::-1], R, "The values are right, but in reverse order."),
    (R[:, ::-1], R, "The values are right, but in reverse order."),
    (V[[1, 0, 2, 4, 3]], V, "The values are right, but in another order."),
    (SQUARE.T, SQUARE, "The values are right, but rows and columns are swapped (transposed)."),
    (
        np.concatenate([[9.0], V[:-1]]),
        V,
        "The values are right, but each stands one place too late.",
    ),
    (
        np.concatenate([V[1:], [9.0]]),
        V,
        "The values are right, but each stands one place too early.",
    ),
    (
        np.round(np.pi * V, 2),
        np.pi * V,
        "Right but for rounding: give the result as it is computed.",
    ),
    (3.14, math.pi, "Right but for rounding: give the result as it is computed."),
    (V * NOISE, V, NEARLY),
    (3.15123, math.pi, NEARLY),
    (np.full(5, 0.8), V, "Every value is the same, where they should differ."),
    (changed(V, [1, 3]), V, "Some values are right, others are not."),
    (changed(V, [0]), V, "Only the first value is wrong."),
    (changed(V, [-1]), V, "Only the last value is wrong."),
    (
        changed(V, [0, -1]),
        V,
        "Some values are right, others are not: exactly those at both ends are wrong.",
    ),
    (
        np.where(np.pad(np.zeros((3, 3)), 1, constant_values=1) > 0, IMAGE**2, IMAGE),
        IMAGE,
        "Some values are right, others are not: exactly those at the edges are wrong.",
    ),
    (
        np.where(R < 0, R * R * -0.3, R),
        R,
        "Some values are right, others are not: exactly those that come out negative are wrong.",
    ),
    (
        np.where(R < 0, R * R * 0.3, R),
        R,
        "Some values are right, others are not: exactly those that should be negative are wrong.",
    ),
    (
        np.array([[1.0, 0.0], [0.0, 2.5]]),
        np.array([[1.0, 0.2], [0.7, 2.5]]),
        "Some values are right, others are not: exactly those that come out as zero are wrong.",
    ),
    (
        np.array([1.0, 2.5, np.inf, 4.0]),
        np.array([1.0, 2.0, np.inf, 4.0]),
        "Some values are right, others are not.",
    ),
    (R < 0, R > 0, "True and False are swapped everywhere."),
    (R > -1, R > 0, "The result is True in places where it should not be."),
    (R > 1, R > 0, "The result is False in places where it should not be."),
    (
        np.array([True, False, True]),
        np.array([False, True, True]),
        "Some values are right, others are not.",
    ),
    ("xor", "XOR", "The result differs from the right text only in capital letters."),
    ("a  b", "a b", "The result differs from the right text only in spaces or line breaks."),
    ({1}, {1, 2}, "The result lacks a member that belongs to it."),
    ({1, 2, 3}, {1, 2}, "The result has a member that does not belong to it."),
    (-(10**400), 10**400, "The result has the wrong sign."),
]

PARTS = [
    ((R, -V), (R, V), "The second of the returned values: every value has the wrong sign."),
    ((None, V), (R, V), "The first of the returned values is None."),
    (
        (R, V[:, None]),
        (R, V),
        "The shape of the second of the returned values is not what the question asks for: it has "
        "one dimension too many, which holds nothing (look at keepdims, reshape and added axes).",
    ),
    (np.array([0.7, -0.2]), (0.7, 0.2), "The second of the returned values has the wrong sign."),
    ((V, R), (R, V), "The right values are there, but in another order."),
    ((V, "<"), (V, ">"), "The second of the returned values is not right."),
    # What is nearly right may be right enough for the test.
    (
        (V * NOISE, -V),
        (V, V),
        "The second of the returned values: every value has the wrong sign.",
    ),
    (
        (V * NOISE, R),
        (V, R),
        "The first of the returned values: nearly right: is something rounded or approximated?",
    ),
    ([R, V * 2], [R, V], "The second item of the list: every value is off by a constant factor."),
    (["a", "c"], np.array(["a", "b"]), ""),
    (
        np.array(["a", "c"]),
        ["a", "b"],
        "The second item of the list is not right.",
    ),
    (
        (1, [R, (V, -0.7)]),
        (1, [R, (V, 0.7)]),
        "The second of the returned values: the second item of the list: the second item of the "
        "tuple has the wrong sign.",
    ),
    ((*[None] * 10, 1, -2.5), (*[None] * 10, 1, 2.5),
     "One of the returned values has the wrong sign."),
    ({"W": R, "b": -V}, {"b": V, "W": R}, "The value under 'b': every value has the wrong sign."),
    ({2: None}, {2: V}, "The value under 2 is None."),
    ({(0, 1): -0.7}, {(0, 1): 0.7}, "The value under one of the keys has the wrong sign."),
    ({"W": R}, {"b": V, "W": R}, "The result lacks a key that the question asks for."),
    ({"W": R, "x": 1}, {"W": R}, "The result has a key that the question does not ask for."),
    ({"w": R}, {"W": R}, "The keys of the result are not those that the question asks for."),
]  # fmt: skip

NOTHING_TO_SAY = [
    (R, R),
    (R.tolist(), R),
    (tuple(V), V),
    (3.2, 1.7),
    (3, 6),
    (True, False),
    ("a", "b"),
    (2, 4),  # twice as much, by chance
    ([9.0, 8.0, 6.5], V[:3]),
    (10**400, 3 * 10**400),
    (Opaque("Layer"), Opaque("Layer")),
    ((), ()),
    ([10**12, 7, 10**12], [10**12 + 1, 7, 10**12]),
    (2**63, 2**63 + 1),
    (np.zeros((0, 3)), np.zeros((0, 3), bool)),
    ({}, {}),
]


@pytest.mark.parametrize(("got", "right", "sentence"), [*KIND, *VALUES_DIFFER, *PARTS])
def test_sentence(got: Any, right: Any, sentence: str) -> None:
    assert difference(got, right) == sentence


@pytest.mark.parametrize(("got", "right", "tail"), SHAPES)
def test_shape(got: tuple[int, ...], right: tuple[int, ...], tail: str) -> None:
    assert difference(np.ones(got), np.ones(right)) == SHAPE + tail


@pytest.mark.parametrize(("got", "right"), NOTHING_TO_SAY)
def test_nothing_to_say(got: Any, right: Any) -> None:
    assert difference(got, right) == ""


def test_a_sum_in_the_place_of_a_mean_is_told_by_the_arguments() -> None:
    assert difference(0.7 * 16, 0.7) == ""
    assert difference(0.7 * 16, 0.7, sizes=(16, 5)) == SUM
    assert difference(0.7 / 16, 0.7, sizes=(16, 5)) == SUM
    assert difference(V * 16, V, sizes=(16, 5)) == SUM
    assert difference(V * 17, V, sizes=(16, 5)) == "Every value is off by a constant factor."
    # A factor of two is as often a derivative's; whole numbers are multiples by chance.
    assert difference(V * 2, V, sizes=(2,)) == "Every value is off by a constant factor."
    assert difference(12, 4, sizes=(3,)) == ""


def test_argument_changed() -> None:
    tail = "; it should leave it as it came."
    assert argument_changed(0) == f"Your function changes its first argument{tail}"
    assert argument_changed(1) == f"Your function changes its second argument{tail}"
    assert argument_changed(99) == f"Your function changes one of its arguments{tail}"
    assert argument_changed(-1) == f"Your function changes one of its arguments{tail}"
    assert argument_changed("weights") == f"Your function changes its argument `weights`{tail}"
    assert argument_changed("`\n") == f"Your function changes one of its arguments{tail}"


def check(got: Any, right: Any, sizes: tuple[int, ...] = ()) -> str:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sentence = difference(got, right, sizes)
    assert sentence == "" or (sentence[0].isupper() and sentence[-1] in ".?")
    assert "\n" not in sentence
    return sentence


def without_keys(value: Any) -> bool:
    if isinstance(value, dict):
        return False
    return not isinstance(value, list | tuple) or all(map(without_keys, value))


@settings(max_examples=200, deadline=None)
@given(VALUES, VALUES)
def test_any_two_values(got: Any, right: Any) -> None:
    sentence = check(got, right)
    if without_keys(right):
        assert not any(letter.isdigit() for letter in sentence)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_a_value_and_itself(value: Any) -> None:
    assert check(value, value) == ""


CHANGES = (
    lambda a: -a,
    lambda a: a * 3,
    lambda a: a * 1e-300,
    lambda a: a + 1,
    lambda a: a[::-1],
    lambda a: a.T,
    lambda a: a.astype(np.float16),
    lambda a: a.astype(np.complex64),
    lambda a: np.round(a, 2),
    lambda a: np.trunc(a.real),
    lambda a: a.mean(axis=0),
    lambda a: a[..., None],
    lambda a: np.where(a < 0, 0, a),
    lambda a: np.sort(a, axis=None),
    lambda a: a * 0 + a.flat[0],
    lambda a: a / 0,
)
FLOATS = st.sampled_from(["f8", "f4", "f2", "i8", "u8", "c16"]).flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(max_dims=3, max_side=4))
)


@settings(max_examples=250, deadline=None)
@given(FLOATS, st.sampled_from(CHANGES), st.booleans())
def test_a_value_and_what_a_slip_makes_of_it(right: Any, change: Any, nested: bool) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        got = change(right)
    if nested:
        got, right = (1, [got, None]), (1, [right, None])
    sentence = check(got, right, (3, 4))
    assert not any(letter.isdigit() for letter in sentence)


@pytest.mark.parametrize(
    ("got", "right"),
    [
        (shared_tree(60, 1.0), shared_tree(60, 1.0)),
        (shared_tree(60, 1.0), shared_tree(60, 1.001)),
        (shared_tree(60, None), shared_tree(60, "x")),
        (shared_tree(60, (V, None)), [V, V, V]),
        (deep(5000), deep(5000)),
        (deep(500), (deep(499), 1)),
        (A_LOOP, [1.0, [2.0, 3.0]]),
        (A_LOOP, A_LOOP),
        ([np.ones(100_000)] * 100_000, (1.0,) * 100_000),
        (np.ones(300_000), [None] * 300_000),
        (np.ones(5_000_000), np.zeros(5_000_000)),
        (np.linspace(0, 1, 1_000_000), np.linspace(0, 1, 1_000_000) ** 2),
        (
            {k * (2**61 - 1): None for k in range(3_000)},
            {k * (2**61 - 1): 1 for k in range(3_000)},
        ),
    ],
)
def test_large_values_take_no_long(got: Any, right: Any) -> None:
    started = time.process_time()
    check(got, right)
    assert time.process_time() - started < 10


def test_tensors() -> None:
    torch = pytest.importorskip("torch")
    right = torch.tensor(R)
    assert check(-right, right) == "Every value has the wrong sign."
    assert check(right.T, R).startswith(SHAPE)
    assert check((right, -right), (right, right)).startswith("The second of the returned values")
    assert check(right, (R, V)).startswith("The result is one value")
