"""Whether two results are the same mistake: lenient about form, strict about shape and kind."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.grading.diagnosis.forms import (
    Array,
    Entries,
    Exact,
    Form,
    Forms,
    Numbers,
    Parts,
)  # fmt: skip

__all__ = ["alike", "closeness", "same", "tolerances"]

_BLOCK = 1 << 20


def same(one: Any, other: Any, rtol: float) -> bool:
    """Whether two values agree in all that matters for being the same mistake.

    Parameters
    ----------
    rtol : float
        Relative tolerance. Integers are compared exactly; where float32 or less is involved, the
        tolerance is at least what is fair for that. Near zero, a thousandth of the tolerance (for
        float32, a tenth) is allowed of the largest magnitude in the two arrays.
    """
    # The forms are made apart, so that what one value uses up leaves the other what it is.
    return one is other or alike(Forms().of(one), Forms().of(other), rtol)


def alike(one: Form, other: Form, rtol: float) -> bool:
    """Whether two forms agree; see ``same``."""
    # Forms found to agree are merged, so that none is compared more often than there are forms,
    # even where lists share their items in ways that make trees of endless size.
    merged: dict[int, int] = {}
    pairs = [(one, other)]
    while pairs:
        left, right = pairs.pop()
        first, second = _root(merged, id(left)), _root(merged, id(right))
        if first == second:
            continue
        merged[first] = second
        match left, right:
            case Numbers(), Numbers():
                if not _equal_numbers(left, right, rtol):
                    return False
            case Exact(), Exact():
                if left.kind != right.kind or left.value != right.value:
                    return False
            case Parts(), Parts():
                if left.kind != right.kind or len(left.items) != len(right.items):
                    return False
                pairs.extend(zip(left.items, right.items, strict=True))
            case Entries(), Entries():
                if left.size != right.size or left.items.keys() != right.items.keys():
                    return False
                pairs.extend((item, right.items[key]) for key, item in left.items.items())
            case _:
                return False
    return True


def tolerances(one: Array, other: Array, rtol: float, coarse: float) -> tuple[float, float]:
    """Return the relative and the absolute tolerance for two arrays; see ``same``."""
    atol = max(rtol / 1000, coarse / 10) * max(_magnitude(one), _magnitude(other))
    return max(rtol, coarse), atol


def closeness(one: Array, other: Array, rtol: float, atol: float) -> NDArray[np.bool_]:
    """Return where two arrays of one shape agree; nan agrees with nan, True with 1."""
    with np.errstate(all="ignore"):
        if one.dtype.kind == "c" or other.dtype.kind == "c":
            return _close(one.real, other.real, rtol, atol) & _close(
                one.imag, other.imag, rtol, atol
            )
        return _close(one, other, rtol, atol)


def _close(one: Array, other: Array, rtol: float, atol: float) -> NDArray[np.bool_]:
    left, right = one.astype(np.float64), other.astype(np.float64)
    # Of an infinity the tolerance would be infinite.
    largest = np.minimum(np.maximum(np.abs(left), np.abs(right)), sys.float_info.max)
    near = np.abs(left - right) <= np.maximum(rtol * largest, atol)
    close: NDArray[np.bool_] = near | (left == right) | (np.isnan(left) & np.isnan(right))
    return close


def _equal_numbers(one: Numbers, other: Numbers, rtol: float) -> bool:
    a, b = one.values, other.values
    if a.shape != b.shape:
        return False
    if not a.size:
        return True
    if (a.dtype.kind == "b") != (b.dtype.kind == "b"):
        return False
    if a.dtype.kind in "biu" and b.dtype.kind in "biu":
        return bool(np.array_equal(a, b))
    limits = tolerances(a, b, rtol, max(one.coarse, other.coarse))
    blocks = zip(_blocks(a), _blocks(b), strict=True)
    return all(closeness(x, y, *limits).all() for x, y in blocks)


def _magnitude(array: Array) -> float:
    """Return the largest finite magnitude."""
    largest = 0.0
    with np.errstate(all="ignore"):
        for block in _blocks(array):
            for part in (block.real, block.imag) if array.dtype.kind == "c" else (block,):
                size = np.abs(part.astype(np.float64))
                largest = max(largest, float(np.max(size, initial=0.0, where=np.isfinite(size))))
    return largest


def _blocks(array: Array) -> Iterator[Array]:
    """Yield the elements in blocks: a comparison makes several copies of what it compares."""
    flat = array.reshape(-1)
    for start in range(0, flat.size, _BLOCK):
        yield flat[start : start + _BLOCK]


def _root(merged: dict[int, int], number: int) -> int:
    while number in merged:
        parent = merged[number]
        merged[number] = merged.get(parent, parent)
        if merged[number] == parent:
            return parent
        number = merged[number]
    return number
