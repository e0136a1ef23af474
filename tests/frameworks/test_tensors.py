"""Tensors cross the wire by value: dtype, gradient, Parameter and all."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from autograder.grading.remote import RemoteObject
from autograder.wire.arrays import TENSOR_DTYPES
from autograder.wire.codec import Codec
from autograder.wire.errors import ProtocolError
from autograder.wire.memo import Memo
from autograder.wire.names import library_name, library_value


def refuse(*_):
    raise TypeError("no plain data")


class Pair:
    """Both sides of one call."""

    def __init__(self):
        self.here, self.there = Codec(refuse, refuse), Codec(refuse, refuse)
        self.mine, self.theirs = Memo(0), Memo(1)

    def pass_over(self, value):
        return self.there.decode(self.here.encode(value, self.mine), self.theirs)

    def bring_back(self):
        changes = self.there.changes(self.theirs)
        self.here.apply(changes, self.mine)
        return changes


@pytest.mark.parametrize("name", TENSOR_DTYPES)
def test_every_dtype_crosses(name):
    value = torch.tensor([[0, 1, 2], [3, 1, 0]]).to(getattr(torch, name))
    got = Pair().pass_over(value.T)
    assert got.dtype == value.dtype
    assert torch.equal(got, value.T)


def test_a_change_in_place_comes_back():
    pair, value = Pair(), torch.zeros(2, 3)
    pair.pass_over(value)[1] += 5
    pair.bring_back()
    assert value.tolist() == [[0, 0, 0], [5, 5, 5]]


def test_what_nobody_changed_does_not_come_back():
    pair = Pair()
    pair.pass_over([torch.ones(2), {"w": [np.ones(2), (torch.ones(1),)]}])
    assert pair.bring_back() == []


def test_a_gradient_stays_in_the_leaf():
    value = torch.ones(3, requires_grad=True)
    for times in (1, 2):
        pair = Pair()
        pair.pass_over(value).sum().backward()
        pair.bring_back()
        assert value.grad.tolist() == [times] * 3
    pair = Pair()
    pair.pass_over(value).grad = None
    pair.bring_back()
    assert value.grad is None


def test_a_result_of_a_computation_crosses_as_a_leaf():
    value = torch.ones(2, requires_grad=True) * 3
    got = Pair().pass_over(value)
    assert got.is_leaf
    assert got.requires_grad
    assert got.tolist() == [3, 3]


def test_a_parameter_stays_one():
    got = Pair().pass_over(torch.nn.Parameter(torch.ones(2), requires_grad=False))
    assert type(got) is torch.nn.Parameter
    assert not got.requires_grad


def test_another_shape_does_not_come_back():
    pair, value = Pair(), torch.zeros(2, 3)
    pair.pass_over(value).t_()
    with pytest.raises(ProtocolError, match="another shape"):
        pair.bring_back()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (torch.ones(2, 3).shape, (2, 3)),
        (torch.bfloat16, torch.bfloat16),
        (torch.device("cpu"), torch.device("cpu")),
    ],
)
def test_small_values(value, expected):
    assert Pair().pass_over(value) == expected


@pytest.mark.parametrize(
    "content",
    [
        ["float32", [2], False, b"\0" * 4, None, False],
        ["float32", [1 << 40], False, b"", None, False],
        ["quint8", [1], False, b"\0", None, False],
        ["int64", [1], True, b"\0" * 8, None, False],
        ["float32", [1], False, b"\0" * 4, b"\0", False],
        ["float32", [1], False, b"\0" * 4],
    ],
)
def test_a_malformed_tensor_is_a_protocol_error(content):
    with pytest.raises(ProtocolError):
        Codec(refuse, refuse).decode(["tensor", 1, content], Memo(0))


@pytest.mark.parametrize("name", ["relu", "__class__", "Tensor"])
def test_an_unknown_torch_value_is_a_protocol_error(name):
    with pytest.raises(ProtocolError):
        Codec(refuse, refuse).decode(["torch", "dtype", name], Memo(0))


def test_library_functions_go_by_name():
    for value in (torch.tanh, torch.nn.ReLU, torch.nn.functional.softplus, np.float32, float):
        named = library_name(value)
        assert named is not None
        assert library_value(*named) is value


def test_functions_of_a_test_do_not_go_by_name():
    def tanh(x):
        return x

    for value in (tanh, np.tanh, len, lambda x: x, torch.nn.ReLU()):
        assert library_name(value) is None


@pytest.mark.parametrize(
    ("kind", "passes"),
    [
        (torch.nn.Module, True),
        (torch.optim.SGD, True),
        (torch.utils.data.TensorDataset, True),
        (torch.Tensor, False),
        (torch.nn.Parameter, False),
        (torch.Generator, False),
        (torch.UntypedStorage, False),
        (torch.device, False),
        (torch.Size, False),
    ],
)
def test_a_remote_object_never_passes_for_a_compiled_class(kind, passes):
    names = {torch.Generator: "torch.Generator", torch.Size: "torch.Size"}
    name = names.get(kind, f"{kind.__module__}.{kind.__qualname__}")
    proxy = RemoteObject(None, 0, (name, "builtins.object"))
    assert isinstance(proxy, kind) is passes
