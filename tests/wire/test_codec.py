"""Values cross the wire as they are; what does not, and what nobody would send, is refused."""

from __future__ import annotations

import contextlib
import random

import hypothesis.extra.numpy as hnp
import msgspec
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sides import Call, framed, refuse_incoming, refuse_outgoing, same

from autograder.wire.codec import MAX_DEPTH, MAX_INT_BYTES, MAX_ITEMS, Codec
from autograder.wire.errors import ProtocolError
from autograder.wire.generators import BIT_GENERATORS
from autograder.wire.memo import Memo

quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))

KINDS = ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", "U5"]
BIG = (1 << (8 * MAX_INT_BYTES - 1)) - 1
plain = (
    st.none()
    | st.booleans()
    | st.integers(-BIG, BIG)
    | st.floats()
    | st.complex_numbers()
    | st.text()
    | st.binary()
    | st.just(...)
    | st.builds(range, st.integers(), st.integers(), st.integers(1, 9))
    | st.builds(slice, st.none() | st.integers(), st.none() | st.integers(), st.none())
)
dtypes = st.sampled_from(KINDS).map(np.dtype)
letters = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


def elements(dtype):
    return st.text(letters, max_size=5) if dtype.kind == "U" else None


arrays = dtypes.flatmap(
    lambda dtype: hnp.arrays(
        dtype, hnp.array_shapes(min_dims=0, min_side=0), elements=elements(dtype)
    )
)
scalars = st.sampled_from(KINDS[:-1]).flatmap(
    lambda kind: hnp.arrays(kind, ()).map(lambda array: array[()])
)
hashable = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary(),
    lambda inner: st.tuples(inner, inner) | st.frozensets(inner, max_size=3),
    max_leaves=5,
)
values = st.recursive(
    plain | arrays | scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner, inner)
        | st.dictionaries(hashable, inner, max_size=4)
        | st.sets(hashable, max_size=4)
        | st.frozensets(hashable, max_size=4)
    ),
    max_leaves=12,
)


# ---- what crosses ----


@quick
@given(values)
def test_a_value_arrives_as_itself_and_comes_back(value):
    call = Call()
    there = call.to_student(value)
    assert same(there, value)
    assert call.changes_to_test() == 0
    assert same(call.to_test(there), value)


@quick
@given(values)
def test_what_crossed_back_is_the_object_that_went(value):
    call = Call()
    back = call.to_test(call.to_student([value, value]))
    assert same(back, [value, value])
    if isinstance(value, list | dict | set | np.ndarray):
        assert back[0] is value
        assert back[1] is value


@pytest.mark.parametrize(
    "value",
    [BIG, -BIG, 1 << 63, -(1 << 63), (1 << 63) - 1, 0.0, -0.0, float("nan"), float("-inf")],
    ids=lambda value: f"{value:.3g}" if abs(value) < 1e300 or value != value else "huge",
)
def test_numbers_at_the_edges(value):
    assert same(Call().to_student(value), value)
    assert same(Call().to_student(range(0, 1 << 80))[:2], range(0, 2))


def test_integers_over_the_cap_are_refused():
    for value in (BIG + 1, -BIG - 1, 10**5000):
        with pytest.raises(ProtocolError, match="too large"):
            Call().to_student(value)


def test_layout_is_gone_and_shape_is_kept():
    base = np.arange(24.0).reshape(2, 3, 4)
    for view in (
        base.T,
        base[:, ::-2],
        np.asfortranarray(base),
        np.broadcast_to(base[0], (5, 3, 4)),
    ):
        got = Call().to_student(view)
        assert got.shape == view.shape
        assert np.array_equal(got, view)
        assert got.base is None


def test_foreign_byte_order_arrives_native_and_changes_come_back():
    call, value = Call(), np.arange(3, dtype=">f8")
    there = call.to_student(value)
    assert there.dtype == np.dtype("=f8")
    there[1] = 7
    call.changes_to_test()
    assert value.tolist() == [0, 7, 2]


def test_cycles_and_sharing_survive():
    inner = [1]
    outer = {"a": inner, "b": inner, "t": (inner,)}
    inner.append(outer)
    there = Call().to_student(outer)
    assert there["a"] is there["b"] is there["t"][0]
    assert there["a"][1] is there


class Sneaky(np.ndarray):
    pass


class Seven(int):
    def __eq__(self, other):
        return True

    __hash__ = int.__hash__


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]),
        np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]),
        np.array(["2020-01-01"], dtype="M8[D]"),
        np.array([b"x"]),
        np.zeros(2, np.longdouble),
        np.ma.masked_array([1.0, 2.0]),
        np.zeros(3).view(Sneaky),
        Seven(7),
        type("T", (tuple,), {})((1,)),
        type("D", (dict,), {})(a=1),
        type("S", (str,), {})("s"),
        random.SystemRandom(),
        np.dtype("f8"),
        object(),
        len,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_no_plain_data_goes_through_the_hook(value):
    seen = []
    codec = Codec(lambda v: seen.append(v) or ["handle", 5], lambda tag, fields: (tag, *fields))
    for wrapped in (value, [value], (value,), {"k": value}):
        seen.clear()
        data = framed(codec.encode(wrapped, Memo(0)))
        assert len(seen) >= 1
        assert all(one is value for one in seen)
        assert "handle" in repr(codec.decode(data, Memo(1)))
    with pytest.raises(TypeError):
        Call().to_student(value)


def test_text_that_is_no_unicode_is_refused():
    for value in ("\ud800", ["ok", "\udfff"], {"\ud83d": 1}):
        with pytest.raises(ProtocolError, match="Unicode"):
            Call().to_student(value)


def test_nesting_and_size_are_capped():
    deep = []
    for _ in range(MAX_DEPTH + 2):
        deep = [deep]
    with pytest.raises(ProtocolError, match="deep"):
        Call().to_student(deep)
    for big in ([0], (0,), frozenset(range(MAX_ITEMS + 1))):
        with pytest.raises(ProtocolError, match="items"):
            Call().to_student(big if isinstance(big, frozenset) else big * (MAX_ITEMS + 1))


# ---- copy-restore ----


@quick
@given(arrays, st.randoms(use_true_random=False))
def test_a_changed_array_is_changed_in_place(value, rng):
    call = Call()
    there = call.to_student(value)
    wanted = there.copy()
    if there.size:
        place = tuple(rng.randrange(n) for n in there.shape)
        there[place] = there.dtype.type(1) if there.dtype.kind != "U" else "x"
        wanted[place] = there[place]
    call.changes_to_test()
    assert same(value, wanted.astype(value.dtype))


def test_containers_are_changed_in_place_with_what_is_new_in_them():
    call = Call()
    items, table, names, array = [1, [2]], {"a": [1]}, {1, 2}, np.zeros(2)
    inner = items[1]
    there = call.to_student((items, table, names, array))
    there[0].append([there[3]])
    there[0][1].append(3)
    there[1]["b"] = there[0]
    del there[1]["a"]
    there[2].symmetric_difference_update({2, (3, "x")})
    there[3][:] += 1
    assert call.changes_to_test() == 5
    assert items[1] is inner
    assert inner == [2, 3]
    assert items[2][0] is array
    assert table == {"b": items}
    assert table["b"] is items
    assert names == {1, (3, "x")}
    assert array.tolist() == [1, 1]
    assert call.changes_to_test() == 0


def test_changes_cross_both_ways_and_only_once():
    call, array = Call(), np.zeros(3)
    there = call.to_student(array)
    array[0] = 1
    assert call.changes_to_student() == 1
    assert there[0] == 1
    there[1] = 2
    assert call.changes_to_test() == 1
    assert array.tolist() == [1, 2, 0]
    assert call.changes_to_student() == call.changes_to_test() == 0


def test_an_object_made_there_is_shared_from_then_on():
    call = Call()
    made = [np.zeros(1)]
    here = call.to_test(made)
    here[0][0] = 5
    call.changes_to_student()
    assert made[0][0] == 5


@pytest.mark.parametrize("name", BIT_GENERATORS)
def test_numpy_generators_cross_as_state_and_come_back_advanced(name):
    def fresh():
        return np.random.Generator(getattr(np.random, name)(3))

    call, rng, twin = Call(), fresh(), fresh()
    there = call.to_student(rng)
    assert type(there.bit_generator) is type(rng.bit_generator)
    assert same(there.normal(size=5), twin.normal(size=5))
    assert same(there.integers(9, dtype=np.int32), twin.integers(9, dtype=np.int32))
    assert call.changes_to_test() == 1
    assert same(rng.integers(1000, size=700), twin.integers(1000, size=700))


def test_pythons_generator_crosses_too():
    call, rng, twin = Call(), random.Random(3), random.Random(3)
    there = call.to_student(rng)
    assert there.gauss(0, 1) == twin.gauss(0, 1)
    call.changes_to_test()
    assert rng.gauss(0, 1) == twin.gauss(0, 1)
    assert rng.random() == twin.random()


def test_shape_and_dtype_stay():
    for change in (
        lambda a: a.resize((2, 2), refcheck=False),
        lambda a: setattr(a, "shape", (3, 1)),
        lambda a: setattr(a, "dtype", "i8"),
    ):
        call, array = Call(), np.ones(3)
        change(call.to_student(array))
        with pytest.raises(ProtocolError, match="shape or dtype"):
            call.changes_to_test()
        assert array.tolist() == [1, 1, 1]


def test_a_read_only_array_arrives_read_only_and_takes_no_change():
    call, array = Call(), np.ones(3)
    array.flags.writeable = False
    there = call.to_student(array)
    with pytest.raises(ValueError, match="read-only"):
        there[0] = 5
    there.flags.writeable = True
    there[0] = 5
    with pytest.raises(ProtocolError):
        call.changes_to_test()
    assert array[0] == 1


# ---- what nobody would send ----

# fmt: off
TAGS = (
    "int", "tuple", "complex", "frozenset", "slice", "range", "ellipsis", "scalar", "same",
    "array", "list", "set", "dict", "generator", "random", "tensor", "torch_generator", "torch",
    "handle", "callback", "library", "<f8", "<U9", "|b1", "|O",
)
# fmt: on
tags = st.sampled_from(TAGS)
junk = st.recursive(
    st.one_of(
        *(st.none(), st.booleans(), st.integers(-(1 << 63), (1 << 64) - 1), st.floats()),
        *(st.binary(), st.text(max_size=5), tags),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5),
        st.dictionaries(st.text(max_size=3), inner, max_size=2),
        st.tuples(tags, st.integers(0, 6), inner).map(list),
        st.tuples(tags, inner).map(list),
    ),
    max_leaves=20,
)


def refused_or_plain(data):
    """Decode and apply hostile data; only ProtocolError may come of it."""
    call = Call()
    call.to_student([np.zeros(2), {}, set(), [1], np.random.default_rng(0), random.Random(0)])
    for receive in (
        lambda: call.test.decode(data, call.tests),
        lambda: call.test.apply(data, call.tests),
        lambda: call.test.apply([[0, data]], call.tests),
        lambda: call.test.apply([[number, data] for number in range(2, 14, 2)], call.tests),
    ):
        try:
            receive()
        except ProtocolError:
            continue


@settings(quick, max_examples=500)
@given(junk)
def test_any_tree_is_a_value_or_a_protocol_error(data):
    refused_or_plain(data)


@settings(quick, max_examples=300)
@given(values, st.data())
def test_a_real_message_with_one_part_replaced(value, data):
    tree = framed(Codec(refuse_outgoing, refuse_incoming).encode(value, Memo(1)))
    at = tree
    while isinstance(at, list) and at:
        index = data.draw(st.integers(0, len(at) - 1))
        if not isinstance(at[index], list) or data.draw(st.booleans()):
            at[index] = data.draw(junk)
            break
        at = at[index]
    refused_or_plain(tree)


@quick
@given(st.binary(max_size=200))
def test_any_bytes(data):
    try:
        tree = msgspec.msgpack.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    refused_or_plain(tree)


def decode(data):
    return Codec(refuse_outgoing, refuse_incoming).decode(data, Memo(0))


@pytest.mark.parametrize(
    "data",
    [
        ["array", 1, ["<f8", [1 << 40], True, b""]],
        ["array", 1, ["<f8", [1 << 62, 1 << 62], True, b"\0" * 8]],
        ["array", 1, ["<f8", [0, 1 << 31, 1 << 31], True, b""]],
        ["array", 1, ["<f8", [0, 1 << 31], True, b""]],
        ["array", 1, ["<f8", [-1], True, b"\0" * 8]],
        ["array", 1, ["<f8", [1.0], True, b"\0" * 8]],
        ["array", 1, ["<f8", [True], True, b"\0" * 8]],
        ["array", 1, ["<f8", [1] * 40, True, b"\0" * 8]],
        ["array", 1, ["<f8", [2], True, b"\0" * 8]],
        ["array", 1, ["|O", [1], True, b"\0" * 8]],
        ["array", 1, ["<U999999", [0], True, b""]],
        ["array", 1, ["<U1", [1], True, b"\xff\xff\xff\xff"]],
        ["array", 1, ["<U1", [1], True, b"\0\xd8\0\0"]],
        ["scalar", "<U1", b"\0\0\x11\0"],
        ["scalar", "<f8", b"\0" * 16],
        ["scalar", "<f8", b""],
        ["int", b"\1" * (MAX_INT_BYTES + 1)],
        ["range", 0, 1, 0],
        ["range", 0.5, 1, 2],
        ["dict", 1, [[["list", 3, []], 1]]],
        ["set", 1, [["dict", 3, []]]],
        ["list", 1, [0] * (MAX_ITEMS + 1)],
        ["list", 1, "abc"],
        ["same", 0],
        ["same", [0]],
        ["tensor", 1, ["float64", [1], False, b"\0" * 8, None, False, 0]],
        ["torch", "dtype", "__builtins__"],
        ["__class__", 1],
        {"list": []},
        [],
    ],
    ids=lambda data: repr(data)[:50],
)
def test_lies_are_refused(data):
    with pytest.raises(ProtocolError):
        decode(data)


def test_too_deep_a_tree_is_refused():
    data = ["tuple", []]
    for _ in range(MAX_DEPTH + 2):
        data = ["tuple", [data]]
    with pytest.raises(ProtocolError):
        decode(data)


def test_a_truth_is_true_or_false():
    got = decode(["array", 1, ["|b1", [3], True, b"\0\2\xff"]])
    assert same(got, np.array([False, True, True]))
    assert got.view(np.uint8).tolist() == [0, 1, 1]


def test_ids_are_taken_once_and_from_ones_own_side():
    memo = Memo(first=0)
    codec = Codec(refuse_outgoing, refuse_incoming)
    codec.encode([], memo)
    for data in (["list", 0, []], ["list", 2, []], ["list", 1 << 40, []]):
        with pytest.raises(ProtocolError, match="other side"):
            codec.decode(data, memo)
    codec.decode(["list", 1, []], memo)
    with pytest.raises(ProtocolError, match="twice"):
        codec.decode(["list", 1, []], memo)


# NumPy itself takes any position, and hands out the memory there as random numbers.
@pytest.mark.parametrize("position", [-100, -1, 5, 625, 1 << 20, (1 << 31) - 1])
@pytest.mark.parametrize("name", ["MT19937", "Philox"])
def test_a_generators_position_stays_in_its_buffer(name, position):
    call, rng = Call(), np.random.Generator(getattr(np.random, name)(1))
    there = call.to_student(rng)
    state = there.bit_generator.state
    where, key = (state["state"], "pos") if name == "MT19937" else (state, "buffer_pos")
    where[key] = position
    there.bit_generator.state = state
    if name == "MT19937" and position == 5:
        call.changes_to_test()
        return
    before = rng.bit_generator.state
    with pytest.raises(ProtocolError):
        call.changes_to_test()
    assert repr(rng.bit_generator.state) == repr(before)


@quick
@given(st.data())
def test_a_generators_state_may_be_garbage(data):
    name = data.draw(st.sampled_from(BIT_GENERATORS))
    rng = np.random.Generator(getattr(np.random, name)(1))
    call = Call()
    call.to_student(rng)
    state = framed(call.test.encode(rng.bit_generator.state, Memo(1)))
    at = state
    while isinstance(at, list) and at:
        index = data.draw(st.integers(0, len(at) - 1))
        if not isinstance(at[index], list) or data.draw(st.integers(0, 4)) == 0:
            at[index] = data.draw(junk)
            break
        at = at[index]
    with contextlib.suppress(ProtocolError):
        call.test.apply([[0, state]], call.tests)
    rng.random(1000)
    rng.integers(5, size=10, dtype=np.int32)


def test_torchs_generator_may_be_sent_garbage():
    torch = pytest.importorskip("torch")
    rng, noise = torch.Generator().manual_seed(0), random.Random(0)
    good = rng.get_state().numpy().tobytes()
    before = torch.rand(3, generator=torch.Generator().manual_seed(0))
    for trial in range(60):
        call, state = Call(), bytearray(good)
        call.to_student(rng)
        for _ in range(trial % 5 + 1):
            state[noise.randrange(40 if trial % 2 else len(state))] = noise.randrange(256)
        hostile = [bytes(state), noise.randbytes(len(good)), b"", good[:-1]][trial % 4]
        with contextlib.suppress(ProtocolError):
            call.test.apply([[0, hostile]], call.tests)
        torch.rand(700, generator=rng)
    rng.set_state(torch.frombuffer(bytearray(good), dtype=torch.uint8))
    assert torch.equal(torch.rand(3, generator=rng), before)


@quick
@given(st.tuples(st.integers(0, 4), st.lists(st.integers(), max_size=9), st.none() | st.text()))
def test_pythons_generator_may_be_sent_garbage(state):
    rng, call = random.Random(0), Call()
    call.to_student(rng)
    with pytest.raises(ProtocolError):
        call.test.apply([[0, framed(call.test.encode(state, Memo(0)))]], call.tests)
