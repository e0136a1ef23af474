"""The forms that values are compared in: a list of numbers is an array, a NumPy scalar a number.

Values may be hostile: lists that hold themselves or each other, numbers of any size. Each object is
therefore looked at once, whatever its holders are.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "DEEPEST", "Array", "Entries", "Exact", "Form",
    "Forms", "Numbers", "Opaque", "Parts", "key_text",
]  # fmt: skip

DEEPEST = 70  # a little more than the wire carries
_MOST = 1 << 22  # elements that may be copied to make arrays of nested lists

Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True)
class Opaque:
    """Stands for an object that is no data.

    Attributes
    ----------
    kind : str
        The name of its type, which student code may have chosen.
    """

    kind: str


@dataclass(frozen=True, eq=False)
class Numbers:
    """Numbers or truth values; one alone is a 0-d array.

    Attributes
    ----------
    coarse : float
        The relative tolerance that is fair for the coarsest element type among them.
    """

    values: Array
    coarse: float = 0.0


@dataclass(frozen=True, eq=False)
class Parts:
    """A list or tuple that is no array, or a slice."""

    kind: str
    items: tuple[Form, ...]


@dataclass(frozen=True, eq=False)
class Entries:
    """A dict; its keys as ``key_text`` writes them."""

    size: int
    items: dict[str, Form]


@dataclass(frozen=True, eq=False)
class Exact:
    """What is equal or is not: None, text, a set, a range, an object."""

    kind: str
    value: Any = None


Form: TypeAlias = Numbers | Parts | Entries | Exact

_TOO_DEEP = Exact("object", "nested too deep")
_LOOP = Exact("object", "a list that holds itself")


class Forms:
    """Brings values into their forms, each object once, so that shared parts keep their identity.

    The values must not change between the calls.
    """

    def __init__(self) -> None:
        # The value is kept beside its form, since an id is only worth something while it lives.
        self._known: dict[int, tuple[Any, Form]] = {}
        self._left = _MOST

    def of(self, value: Any, depth: int = 0) -> Form:
        """Return the form of a value."""
        kind = type(value)  # isinstance() would believe an object's __class__
        if kind is Opaque:
            return Exact("object", value.kind)
        if value is None:
            return Exact("None")
        if not issubclass(kind, np.generic):
            if issubclass(kind, str | bytes):
                return Exact("text" if issubclass(kind, str) else "bytes", value)
            if issubclass(kind, int | float | complex):
                return _number(value)
        if depth > DEEPEST:
            return _TOO_DEEP
        known = self._known.get(id(value))
        if known is not None:
            return known[1]
        self._known[id(value)] = value, _LOOP
        form = self._made(value, kind, depth)
        self._known[id(value)] = value, form
        return form

    def _made(self, value: Any, kind: type, depth: int) -> Form:
        if issubclass(kind, np.ndarray | np.generic):
            return self._array(np.asarray(value), depth)
        if issubclass(kind, list | tuple):
            return self._sequence(value, depth)
        if issubclass(kind, dict):
            items = {key_text(key): self.of(item, depth + 1) for key, item in value.items()}
            return Entries(len(value), items)
        if issubclass(kind, set | frozenset):
            return Exact("set", (len(value), frozenset(map(key_text, value))))
        if kind is slice:
            ends = (value.start, value.stop, value.step)
            return Parts("slice", tuple(self.of(one, depth + 1) for one in ends))
        if kind is range:
            return self._range(value)
        return self._tensor(value, kind)

    def _array(self, array: Array, depth: int) -> Form:
        if not array.size and array.dtype.kind in "biufcSU":
            return Numbers(np.empty(array.shape, np.int8))
        if array.dtype.kind in "biufc":
            return Numbers(array, _coarse(array.dtype))
        if array.dtype.kind in "SU":
            return self.of(array.tolist(), depth + 1)
        return Exact("object", f"array of {array.dtype.name}")

    def _sequence(self, value: Sequence[Any], depth: int) -> Form:
        kinds = set(map(type, value))
        if all(kind is bool for kind in kinds) or not any(map(_other_than_number, kinds)):
            array = _numeric_array(value)
            if array is not None:
                scalars = [np.dtype(kind) for kind in kinds if issubclass(kind, np.generic)]
                return Numbers(array, max(map(_coarse, scalars), default=0.0))
        items = tuple(self.of(item, depth + 1) for item in value)
        arrays = [item for item in items if isinstance(item, Numbers)]
        if len(arrays) == len(items) and self._form_one_array([one.values for one in arrays]):
            stacked = np.stack([one.values for one in arrays])
            return Numbers(stacked, max(one.coarse for one in arrays))
        return Parts("sequence", items)

    def _form_one_array(self, arrays: Sequence[Array]) -> bool:
        """Whether arrays may be the rows of one; if so, what that takes is taken."""
        shape = arrays[0].shape
        if any(array.shape != shape for array in arrays) or len(shape) > DEEPEST // 2:
            return False
        if arrays[0].size and len({array.dtype.kind == "b" for array in arrays}) > 1:
            return False
        # An empty array counts too: NumPy refuses the largest shapes even beside a zero.
        extent = math.prod(size or 1 for size in shape) * len(arrays)
        if extent > self._left:
            return False
        self._left -= extent
        return True

    def _range(self, value: range) -> Form:
        """Return the numbers of a range; one that is too long for a list is what its ends say."""
        ends = range(-_MOST, _MOST)
        if value.start in ends and value.stop in ends and len(value) <= self._left:
            self._left -= len(value)
            return Numbers(np.array(value, np.int64))
        return Exact("range", value)

    def _tensor(self, value: Any, kind: type) -> Form:
        """Return the form of a tensor, where torch is loaded, or of an object."""
        torch = sys.modules.get("torch")
        if torch is None or not hasattr(torch, "Tensor"):
            return Exact("object", kind.__name__)
        if kind is torch.dtype or kind is torch.device:
            return Exact("object", str(value))
        if kind is not torch.Tensor and kind is not torch.nn.Parameter:
            return Exact("object", kind.__name__)
        try:
            plain = value.detach().cpu().resolve_conj().resolve_neg()
            if plain.dtype == torch.bfloat16:
                return Numbers(plain.float().numpy(), 1e-2)
            return self._array(plain.numpy(), 0)
        except Exception:  # a layout or device whose elements are not to be had
            return Exact("object", kind.__name__)


def key_text(key: Any, depth: int = 0) -> str:
    """Return text that is the same for equal keys of the same kind, and different for others.

    Text, since student code can choose numbers that all have one hash.
    """
    if isinstance(key, np.generic):
        key = key.item()
    kind = type(key)
    if key is None or kind is bool:
        return str(key)
    if kind is int or (kind is float and key.is_integer()):
        return f"number {int(key):x}"
    if kind is float:
        return f"number {key.hex()}"
    if kind is complex:
        if key.imag == 0:
            return key_text(key.real)
        return f"complex {key_text(key.real)} {key_text(key.imag)}"
    if kind is str or kind is bytes:
        return repr(key)
    if depth > DEEPEST:
        return "nested too deep"
    if issubclass(kind, tuple | frozenset):
        texts = [key_text(item, depth + 1) for item in key]
        if issubclass(kind, frozenset):
            texts.sort()
        return f"{'set' if issubclass(kind, frozenset) else ''}({', '.join(texts)})"
    return f"object {key.kind if kind is Opaque else kind.__name__}"


def _number(value: complex) -> Form:
    """Return the form of one number or truth value of Python's."""
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        try:
            return Numbers(np.array(float(value)))
        except OverflowError:
            return Exact("number", int(value))
    return Numbers(np.array(value))


def _numeric_array(value: Collection[Any]) -> Array | None:
    """Return an array of plain numbers, None where one is too large for an array's."""
    try:
        array = np.array(value if value else np.empty(0))
    except OverflowError:
        return None
    return array if array.dtype.kind in "biufc" else None


def _other_than_number(kind: type) -> bool:
    if issubclass(kind, np.generic):
        return np.dtype(kind).kind not in "iufc"
    return kind not in (int, float, complex)


def _coarse(dtype: np.dtype[Any]) -> float:
    """Return the tolerance that this element type makes necessary, as ``close`` has it."""
    if dtype.kind not in "fc" or np.finfo(dtype).precision >= 15:
        return 0.0
    return 1e-5 if np.finfo(dtype).precision >= 6 else 1e-2
