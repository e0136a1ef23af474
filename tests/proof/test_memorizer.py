"""The memorizer is right about what it was told, and answers the rest like the nearest of it."""

from __future__ import annotations

import math

import hypothesis.extra.numpy as hnp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.proof.memorizer import FUNCTION, OPAQUE, Known, literal, memorizer_source


def called(target, *args, result=None, raised="", **kwargs):
    return Known(target, args, kwargs, raised, result)


def remembering(known, names):
    space = {"__name__": "__main__"}
    exec(memorizer_source(known, names), space)
    assert {name for name in space if not name.startswith("_")} == set(names)
    return space


def alike(one, other):
    assert type(one) is type(other)
    np.testing.assert_equal(one, other)


def test_known_calls_and_the_nearest_of_them():
    one, two = np.array([1.0, 2.0]), np.array([5.0, 6.0])
    f = remembering([called("f()", one, result=0.1), called("f()", two, result=[0.3])], ["f"])["f"]
    alike(f(one), 0.1)
    alike(f(two), [0.3])
    alike(f([1, 2]), 0.1)
    alike(f(np.array([1.5, 2.0])), 0.1)
    alike(f(np.array([9.0, 2.0])), [0.3])
    alike(f(np.array([3.0, 4.0])), 0.1)  # as near to both: the first
    alike(f(np.array([np.nan, np.inf])), 0.1)
    alike(f(np.array([5.0, 6.0 + 1e-300])), [0.3])
    alike(f(), 0.1)
    alike(f("text", None, more=3), 0.1)


def test_the_result_is_a_copy():
    result = {"w": np.ones(2), "errors": [1, 2]}
    f = remembering([called("f()", 1, result=result)], ["f"])["f"]
    got = f(1)
    got["w"][:] = 9
    got["errors"].append(3)
    alike(f(1), result)


def test_equal_structure_comes_first():
    known = [
        called("f()", np.zeros((2, 2)), result="matrix"),
        called("f()", np.full(4, 50.0), result="vector"),
        called("f()", 0.0, result="number"),
        called("f()", {"a": 1, "b": 2.0}, result="dict"),
        called("f()", (np.ones(2), [1, [2, 3]]), result="tuple"),
    ]
    f = remembering(known, ["f"])["f"]
    assert f(np.zeros(4)) == "vector"
    assert f([[1, 2], [3, 4]]) == "matrix"
    assert f(400) == "number"
    assert f({"b": 7, "a": 8}) == "dict"
    assert f([np.zeros(2), (1, [9, 9])]) == "tuple"
    assert f(np.full(3, 49.0)) == "vector"


def test_texts_count_before_numbers():
    known = [
        called("gate()", "AND", 2, result=(np.ones(2), -1.5)),
        called("gate()", "OR", 9, result=(np.ones(2), -0.5)),
        called("gate()", "XOR", 2, raised="ValueError"),
        called("gate()", None, 2, raised="LinAlgError"),
        called("gate()", b"?", 2, raised="NoSuchGate"),
    ]
    gate = remembering(known, ["gate"])["gate"]
    alike(gate("OR", 2), (np.ones(2), -0.5))
    alike(gate("NOR", 2), (np.ones(2), -1.5))
    with pytest.raises(ValueError, match="public"):
        gate("XOR", 3)
    with pytest.raises(np.linalg.LinAlgError):
        gate(None, 2)
    with pytest.raises(Exception, match="public") as caught:
        gate(b"?", 2)
    assert type(caught.value).__name__ == "NoSuchGate"


def test_every_builtin_exception_can_be_raised():
    known = [called("f()", raised="UnicodeDecodeError")]
    with pytest.raises(UnicodeDecodeError):
        remembering(known, ["f"])["f"]()


def test_keywords_and_positions():
    known = [
        called("f()", 1, 2, act=FUNCTION, b=3, result="one"),
        called("f()", 1, 2, 4, FUNCTION, result="two"),
        called("g()", 1, FUNCTION, result="by position"),
        called("g()", 1, act=FUNCTION, result="by keyword"),
    ]
    space = remembering(known, ["f", "g"])
    f, g = space["f"], space["g"]
    assert f(1, 2, b=3, act=len) == "one"
    assert f(1, 2, 3, act=len) == "one"
    assert f(1, 2, b=4, act=abs) == "two"
    assert f(1, 2, 4, act=abs) == "two"
    assert f(1, 2, 4, abs) == "two"
    for _ in range(2):
        assert g(1, act=len) == "by keyword"
        assert g(1, len) == "by position"


def test_what_changes_from_call_to_call_comes_in_order():
    known = [called("draw()", 6, result=number) for number in (4, 2, 4)]
    draw = remembering(known, ["draw"])["draw"]
    assert [draw(6) for _ in range(6)] == [4, 2, 4, 4, 2, 4]
    assert draw(7) == 4


def test_variables_and_names_never_seen():
    known = [
        Known("weights", (), {}, "", np.eye(2)),
        Known("row", (), {}, "", (0, 1, "<=")),
        Known("net", (), {}, "", OPAQUE),
        Known("net.w", (), {}, "", 3),
        called("other()", result=1),
    ]
    space = remembering(known, ["weights", "row", "net", "unseen"])
    alike(space["weights"], np.eye(2))
    assert space["row"] == (0, 1, "<=")
    assert space["net"].w == 3
    assert space["unseen"](1, b=2) is None


def test_a_class():
    x, y = np.ones(2), np.zeros(2)
    known = [
        called("Layer()", 2, 3, result=OPAQUE),
        called("Layer().forward", result=OPAQUE),
        called("Layer().forward()", x, result=x + 1),
        called("Layer().w", result=np.ones((2, 3))),
        called("Layer()()", y, result=7),
        called("len(Layer())", result=2),
        called("Layer()[]", 0, result="first"),
        called("Layer()", 5, 6, result=OPAQUE),
        called("Layer().forward", result=OPAQUE),
        called("Layer().forward()", x, result=x + 2),
        called("Layer().copy()", result=OPAQUE),
        called("Layer().copy().w", result=8),
        called("Layer()", -1, -1, raised="ValueError"),
        called("Layer.kinds", result=["a"]),
        called("isinstance(Layer)", OPAQUE, result=True),
    ]
    Layer = remembering(known, ["Layer"])["Layer"]
    layer = Layer(2, 3)
    assert isinstance(layer, Layer)
    alike(layer.forward(x), x + 1)
    alike(layer.forward(y), x + 1)
    alike(layer.w, np.ones((2, 3)))
    assert (layer(y), len(layer), layer[0], layer[4]) == (7, 2, "first", "first")
    # What is known of one object is not said of another, while there is something of its own.
    other = Layer(5, 7)
    alike(other.forward(x), x + 2)
    alike(other.w, np.ones((2, 3)))
    assert other.copy().w == 8
    with pytest.raises(ValueError, match="public"):
        Layer(-1, -1)
    assert Layer.kinds == ["a"]
    for name in ("backward", "_w", "forwar"):
        with pytest.raises(AttributeError):
            getattr(layer, name)
    layer.w = 5
    assert layer.w == 5


def test_the_same_method_asked_twice():
    known = [
        called("Counter()", result=OPAQUE),
        called("Counter().step", result=OPAQUE),
        called("Counter().step()", result=1),
        called("Counter().step", result=OPAQUE),
        called("Counter().step()", result=2),
    ]
    counter = remembering(known, ["Counter"])["Counter"]()
    assert [counter.step(), counter.step()] == [1, 2]
    step = counter.step
    assert step() == 1


def test_a_generator():
    x = np.arange(3)
    known = [
        called("batches()", x, 2, result=OPAQUE),
        called("iter(batches())", result=OPAQUE),
        called("next(iter(batches()))", result=x[:2]),
        called("next(iter(batches()))", result=x[2:]),
        called("next(iter(batches()))", raised="StopIteration"),
        called("batches()", x, 3, result=OPAQUE),
        called("iter(batches())", result=OPAQUE),
        called("next(iter(batches()))", result=x),
    ]
    batches = remembering(known, ["batches"])["batches"]
    for _ in range(2):
        alike([part.tolist() for part in batches(x, 2)], [[0, 1], [2]])
    alike([part.tolist() for part in batches(x, 9)], [[0, 1, 2]])


def test_objects_inside_results():
    known = [
        called("train()", 1, result=(OPAQUE, [0.5])),
        called("train().predict()", 2, result=3),
        called("make()", 1, result=FUNCTION),
        called("make()()", 2, result=4),
    ]
    space = remembering(known, ["train", "make"])
    model, losses = space["train"](1)
    assert (model.predict(2), losses) == (3, [0.5])
    assert space["make"](1)(2) == 4


def test_a_name_inside_another_name():
    known = [called("data()", 1, result=2), Known("a", (), {}, "", 5), called("a.data()", result=6)]
    space = remembering(known, ["data", "a"])
    assert (space["data"](1), space["a"]) == (2, 5)


def test_only_what_was_asked_about_these_names():
    assert "secret" not in memorizer_source([called("other()", "secret", result=1)], ["f"])


def test_the_source_is_the_same_every_time():
    known = [called("f()", {"b", "a", "c"}, result=frozenset({"x", "y"}))]
    assert "set(['a', 'b', 'c'])" in memorizer_source(known, ["f"])
    alike(remembering(known, ["f"])["f"]({"a", "b", "c"}), frozenset({"x", "y"}))


def test_tensors():
    torch = pytest.importorskip("torch")
    known = [
        called("f()", torch.ones(2), result=torch.ones(2, dtype=torch.bfloat16)),
        called("f()", torch.zeros(2), result=torch.tensor(0.1, requires_grad=True)),
    ]
    f = remembering(known, ["f"])["f"]
    assert torch.equal(f(torch.full((2,), 0.9)), torch.ones(2, dtype=torch.bfloat16))
    got = f(torch.zeros(2))
    assert got.requires_grad
    assert got.dtype == torch.float32
    assert got == torch.tensor(0.1)


KINDS = ["?", "i1", "u2", "i4", "i8", "u8", "f2", "f4", "f8", ">f8", "c8", "c16", "U5"]
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
arrays = st.sampled_from(KINDS).flatmap(
    lambda kind: hnp.arrays(
        kind,
        hnp.array_shapes(min_dims=0, min_side=0, max_side=3),
        elements=st.text(letters, max_size=5) if kind == "U5" else None,
    )
)
scalars = st.sampled_from(KINDS[:-1]).flatmap(
    lambda kind: hnp.arrays(kind, ()).map(lambda a: a[()])
)
hashable = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text()
    | st.binary()
    | st.just(...)
)
plain = hashable | st.floats() | st.complex_numbers() | st.integers(10**400) | arrays | scalars
values = st.recursive(
    plain,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.tuples(inner, inner)
        | st.dictionaries(hashable, inner, max_size=3)
        | st.sets(hashable, max_size=3)
        | st.frozensets(hashable, max_size=3)
    ),
    max_leaves=8,
)


def same(one, other):
    """Whether both are the same to the bit, whatever the bits of a nan are."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray | np.generic):
        if one.dtype != other.dtype or one.shape != other.shape:
            return False
        if one.dtype.kind not in "fc":
            return bool((one == other).all())
        return all(map(same, np.ravel(one).tolist(), np.ravel(other).tolist()))
    if isinstance(one, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or (one == other and math.copysign(1, one) == math.copysign(1, other))
    if isinstance(one, complex):
        return same(one.real, other.real) and same(one.imag, other.imag)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    return one == other


@settings(max_examples=200, deadline=None)
@given(values)
def test_literals_are_exact(value):
    assert same(eval(literal(value), {"_np": np}), value)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(values, values), min_size=1, max_size=4))
def test_what_is_known_is_answered(pairs):
    known = [
        called("f()", argument, at, result=result) for at, (argument, result) in enumerate(pairs)
    ]
    f = remembering(known, ["f"])["f"]
    for at, (argument, result) in enumerate(pairs):
        assert same(f(argument, at), result)


def test_what_has_no_literal_is_opaque():
    for value in (object(), np.longdouble(1), np.array([None]), np.random.default_rng(0)):
        assert literal(value) == "_OPAQUE"
    assert (
        literal([OPAQUE, FUNCTION, slice(1, None)]) == "[_OPAQUE, _FUNCTION, slice(1, None, None)]"
    )
