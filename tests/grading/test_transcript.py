"""A transcript is read back as what crossed, and nothing that crossed can break the reading."""

from __future__ import annotations

import contextlib

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading.diagnosis.match import diagnose, differing_property
from autograder.grading.transcript import MAX_BYTES, Entry, Recorder, read
from autograder.wire.arrays import array_content
from autograder.wire.errors import ProtocolError

X = ["array", 0, array_content(np.array([1.0, 2.0]))]
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.text(max_size=5)
    | st.binary(max_size=9) | st.sampled_from(["array", "list", "same", "handle", "tuple", "<f8"]),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


def wire(entry):
    """Return the entry as it arrives from the examiner's process."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(entry), type=Entry)


def test_a_result_and_what_it_did_to_its_argument():
    changed = [0, array_content(np.array([0.0, 2.0]))]
    entry = Entry("f()", [X], {"k": 3}, "returned", ["same", 0], [[[changed], []]], ["UserWarning"])
    seen = read(wire(entry))
    assert (seen.target, seen.outcome, seen.kwargs) == ("f()", "returned", {"k": 3})
    assert seen.args[0].tolist() == [1, 2]
    assert seen.left[0].tolist() == [0, 2]
    assert seen.result is seen.left[0]


def test_a_callback_that_changed_the_argument_and_changed_it_back():
    there = [0, array_content(np.array([9.0, 2.0]))]
    back = [0, array_content(np.array([1.0, 2.0]))]
    f = ["callback", 1]
    steps = [[[there], [["same", 0]]], [[], [0.5]], [[back], []]]
    seen = read(wire(Entry("gradient()", [f, X], {}, "returned", 1.0, steps)))
    assert str(seen.args[0]) == "Opaque(kind='function')"
    assert seen.left[1].tolist() == seen.args[1].tolist() == [1, 2]


def test_functions_and_objects_inside_containers():
    functions = ["list", 0, [["callback", 1], ["library", "numpy", "float64"], ["list", 2, []]]]
    table = ["dict", 4, [["a", ["callback", 2]]]]
    layers = ["list", 1, [["handle", 0, "Layer", ["m.Layer"], False]]]
    seen = read(wire(Entry("f()", [functions, table], {}, "returned", layers, [[[], []]])))
    assert [one.kind for one in seen.args[0][:2]] == ["function", "numpy.float64"]
    assert seen.args[1]["a"].kind == "function"
    assert seen.result[0].kind == "Layer"


def test_only_so_much_is_kept():
    recorder = Recorder()
    recorder.add(Entry("f()"), 10)
    recorder.add(Entry("g()"), MAX_BYTES)
    recorder.add(Entry("h()"), 10)
    assert [entry.target for entry in recorder.entries] == ["f()"]


@given(JUNK, JUNK, st.lists(JUNK, max_size=2))
def test_junk_is_refused_or_read(value, changes, args):
    entry = Entry("f()", [X, *args], {}, "returned", value, [[changes, []]])
    with contextlib.suppress(ProtocolError):
        read(wire(entry))
    cases = {"a": [wire(entry)]}
    good = {"a": [wire(Entry("f()", [X], {}, "returned", 1.0))]}
    named = diagnose({"a": False}, cases, good, {"m": ({"a": False}, good)})
    assert named is None
    assert isinstance(differing_property(cases["a"], good["a"]), str)


@pytest.mark.parametrize("types", [["ValueError"], ["KeyError", "LookupError"]])
def test_an_exception_is_no_evidence(types):
    key = {"a": [Entry("f()", [X], {}, "returned", 1.0)]}
    raised = {"a": [Entry("f()", [X], {}, "raised", types)]}
    assert diagnose({"a": False}, raised, key, {"m": ({"a": False}, raised)}) is None
