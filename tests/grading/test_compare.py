"""When two results are the same mistake, whatever form they come in."""

from __future__ import annotations

import copy
import math
import time
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.grading.diagnosis.compare import same
from autograder.grading.diagnosis.forms import Opaque, key_text

DTYPES = st.sampled_from(
    ["?", "i1", "u1", "i2", "i8", "u8", "f2", "f4", "f8", ">f8", "c8", "c16", "U3", "S3"]
)
NUMBERS = st.one_of(
    st.integers(),
    st.sampled_from([0, -1, 2**63, 2**64, -(2**70), 10**400, -(10**4000)]),
    st.floats(),
    st.complex_numbers(),
)
ARRAYS = DTYPES.flatmap(
    lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0, max_side=3))
)
SCALARS = DTYPES.flatmap(lambda dtype: hnp.arrays(dtype, ())).map(lambda array: array[()])
KEYS = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    st.text(max_size=4),
    st.binary(max_size=4),
    st.tuples(NUMBERS, st.text(max_size=2)),
    st.frozensets(st.integers(), max_size=3),
    SCALARS,
    st.builds(Opaque, st.text(max_size=4)),
)
LEAVES = st.one_of(
    KEYS,
    ARRAYS,
    st.sets(KEYS, max_size=4),
    st.builds(slice, NUMBERS, st.none() | st.integers(), st.none()),
    st.builds(range, st.integers(), st.integers(), st.sampled_from([1, -1, 3, 10**30])),
    st.sampled_from([Ellipsis, np.datetime64("2026-01-01"), np.array([None, 1], dtype=object)]),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(NUMBERS, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(KEYS, inner, max_size=4),
        inner.map(lambda value: [value, value]),
    ),
    max_leaves=8,
)

FLOATS = np.array([0.25, -1.5, 3.0])
A_LOOP: list[Any] = [1.0]
A_LOOP.append(A_LOOP)


def shared_tree(depth: int, leaf: Any) -> Any:
    """Return a list of a list of... with two to the depth leaves, in as many objects as depth."""
    for _ in range(depth):
        leaf = [leaf, leaf]
    return leaf


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (2, 2.0),
        (2, np.array(2)),
        (np.float64(0.5), 0.5),
        (2, np.uint8(2)),
        (2**70, float(2**70)),
        ([10**5000], [10**5000]),
        (1.0, 1 + 0j),
        (True, np.bool_(True)),
        ([1, 2.5], (1, 2.5)),
        ([[1, 2], [3, 4]], np.array([[1.0, 2.0], [3.0, 4.0]])),
        ([np.ones(2), (1, 1)], np.ones((2, 2))),
        ([], np.zeros(0)),
        ([[], []], np.zeros((2, 0), bool)),
        (np.zeros((2, 0)), np.zeros((2, 0), "U3")),
        (["a", "b"], np.array(["a", "b"])),
        (range(3), [0, 1, 2]),
        (range(0, 10**30, 10**29), range(0, 10**30, 10**29)),
        (FLOATS, FLOATS * (1 + 1e-10)),
        (np.float32(1 / 3), 1 / 3),
        ([np.float32(1 / 3)], np.array([1 / 3])),
        (np.array([1 / 3], np.float16), 1 / 3 * np.ones(1, np.float32)),
        (math.nan, np.float32("nan")),
        ([math.inf, -math.inf, math.nan], np.array([math.inf, -math.inf, math.nan])),
        (-0.0, 0),
        (np.array([1.0, 1e-17]), np.array([1.0, 0.0])),
        (np.array([1.0, 3e-8], np.float32), np.array([1.0, 0.0])),
        (1.7e308 + 1.7e308j, 1.7e308 + 1.7e308j),
        ({"a": [1], 2: None}, {2.0: None, "a": np.array([1.0])}),
        ({1, 2}, frozenset({2.0, 1})),
        ({math.nan}, {float("nan")}),
        (slice(0, None), slice(0.0, None)),
        (None, None),
        (Opaque("Layer"), Opaque("Layer")),
        ((np.ones(2), None, {"x": "y"}), [[1, 1], None, {"x": "y"}]),
        (A_LOOP, copy.deepcopy(A_LOOP)),
        (np.zeros((0, 2**60), np.int8), np.zeros((0, 2**60), bool)),
    ],
)
def test_the_same_mistake(one: Any, other: Any) -> None:
    assert same(one, other, 1e-9)
    assert same(other, one, 1e-9)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (True, 1),
        (np.array([True]), np.array([1])),
        ([True, 1], [1, 1]),
        ({True: 0}, {1: 0}),
        ({True}, {1}),
        (0, None),
        ("1", 1),
        ("a", b"a"),
        ("a", "A"),
        (1, [1]),
        (np.ones(3), np.ones((3, 1))),
        (np.ones((1, 3)), np.ones(3)),
        (np.zeros((0, 3)), np.zeros((0, 2))),
        ([], [[]]),
        ([1, [2, 3]], [1, [2, 4]]),
        (FLOATS, FLOATS + 1e-6),
        (1_000_000_000, 1_000_000_001),
        (2**63, 2**63 + 1),
        (10**400, 10**401),
        (math.inf, -math.inf),
        (math.inf, 1.7e308),
        (1.7e308, -1.7e308),
        (math.nan, math.inf),
        (np.float32(1.0), 1.001),
        (np.array([1.0, 1e-8]), np.array([1.0, 0.0])),
        (1 + 1j, 1 - 1j),
        ({"a": 1}, {"b": 1}),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({1, 2}, {1, 3}),
        ({1, 2}, [1, 2]),
        (slice(1), [None, 1, None]),
        (range(10**30), range(10**31)),
        (Opaque("Layer"), Opaque("Model")),
        (Opaque("Layer"), "Layer"),
        (A_LOOP, [1.0, [1.0]]),
        ({"a": (1, None)}, {"a": (1, 0)}),
    ],
)
def test_another_mistake(one: Any, other: Any) -> None:
    assert not same(one, other, 1e-9)
    assert not same(other, one, 1e-9)


def test_the_tolerance_is_the_callers() -> None:
    assert same(1.0, 1.0005, 1e-3)
    assert not same(1.0, 1.0005, 1e-6)
    assert not same(0.1 + 0.2, 0.3, 0.0)
    assert same([1.0, 2.0], np.array([1.0, 2.0]), 0.0)


def test_keys_are_told_apart_by_kind() -> None:
    keys = [None, True, 1, "1", "None", b"1", (1,), ("1",), frozenset({1}), 1.5, 1j, math.nan]
    assert len({key_text(key) for key in keys}) == len(keys)
    assert key_text(1) == key_text(1.0) == key_text(np.float32(1)) == key_text(1 + 0j)


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_reflexive(value: Any) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(value, value, 0.0)
        assert same(value, copy.deepcopy(value), 0.0)


@settings(max_examples=150, deadline=None)
@given(VALUES, VALUES, st.sampled_from([0.0, 1e-9, 1e-2]))
def test_symmetric(one: Any, other: Any, rtol: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(one, other, rtol) is same(other, one, rtol)


@settings(max_examples=100, deadline=None)
@given(
    hnp.arrays(st.sampled_from(["f4", "f8", "c16"]), (3,)),
    hnp.arrays("f8", (3,), elements=st.floats(0.999, 1.001)),
    st.sampled_from([0.0, 1e-9, 1e-3]),
)
def test_symmetric_in_what_is_nearly_the_same(
    one: np.ndarray[Any, Any], factor: np.ndarray[Any, Any], rtol: float
) -> None:
    with np.errstate(all="ignore"):
        other = one * factor
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert same(one, other, rtol) is same(other, one, rtol)


@settings(max_examples=60, deadline=None)
@given(hnp.arrays("f8", hnp.array_shapes(max_side=3)))
def test_an_array_is_its_nested_list(array: np.ndarray[Any, Any]) -> None:
    assert same(array, array.tolist(), 0.0)


def deep(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = (value,)
    return value


def many_names_of_few() -> tuple[Any, Any]:
    """Return lists whose items are few objects met often, each paired with every other."""
    rows = [[float(i)] * 2000 for i in range(300)]
    return [rows[i % 300] for i in range(90_000)], [rows[i // 300] for i in range(90_000)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (shared_tree(60, 1.0), shared_tree(60, 1.0)),
        (shared_tree(60, None), shared_tree(60, None)),
        (shared_tree(60, np.ones(1000)), shared_tree(60, np.ones(1000))),
        ([np.ones(100_000)] * 100_000, [np.ones(100_000)] * 100_000),
        ([range(4_000_000)] * 50, [range(4_000_000)] * 50),
        ([range(4_000_000 + i) for i in range(50)], [range(4_000_000 + i) for i in range(50)]),
        (deep(5000), deep(5000)),
        ([[] for _ in range(30_000)], [[] for _ in range(30_000)]),
        ([[1.0] for _ in range(30_000)], np.ones((30_000, 1))),
        (
            {k * (2**61 - 1): None for k in range(3_000)},
            {k * (2**61 - 1): None for k in range(3_000)},
        ),
        ("x" * 10_000_000, "x" * 9_999_999 + "x"),
        (np.ones(3_000_000, np.float16), np.ones(3_000_000)),
    ],
)
def test_large_values_take_no_long(one: Any, other: Any) -> None:
    started = time.process_time()
    assert same(one, other, 1e-9)
    assert time.process_time() - started < 8


def test_each_shared_object_is_compared_once() -> None:
    one, other = many_names_of_few()
    started = time.process_time()
    assert not same(one, other, 1e-9)
    assert time.process_time() - started < 8


def test_tensors() -> None:
    torch = pytest.importorskip("torch")
    assert same(torch.tensor([1.0, 2.0], requires_grad=True), [1.0, 2.0], 1e-9)
    assert same(torch.tensor([0.1], dtype=torch.bfloat16), [0.1], 1e-9)
    assert same(torch.tensor([1 + 2j]).conj(), [1 - 2j], 1e-9)
    assert same(torch.nn.Parameter(torch.ones(2, 2)), np.ones((2, 2)), 1e-9)
    assert same([torch.tensor(1.0), torch.tensor(2.0)], [1, 2], 1e-9)
    assert same(torch.float32, torch.float32, 1e-9)
    assert not same(torch.float32, torch.float64, 1e-9)
    assert not same(torch.ones(2), torch.ones(2, 1), 1e-9)
    sparse = torch.eye(2).to_sparse()
    assert same(sparse, sparse.clone(), 1e-9)
    assert not same(torch.ones(2, device="meta"), np.ones(2), 1e-9)
