"""How the tests compare: strict about shape and kind, fair about rounding.

Needs NumPy alone. Hidden tests import it; ``build`` copies ``close`` and ``raises`` into each
student notebook, so that students can read what judges them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np

__all__ = ["close", "raises"]


def close(actual: Any, expected: Any, rtol: float | None = None, atol: float | None = None) -> None:
    """Raise AssertionError, saying which property differs, unless actual equals expected.

    Compares kind first (array, number, text, list...), then shape, then that every number is
    finite, then the values. Integers and floats compare by value; True and False are no numbers.
    A list or tuple may stand where an array is expected, but a number may not.

    Parameters
    ----------
    actual, expected : number, str, None, array, tensor, or list, tuple, set or dict of them
        What your code returned, and what is right.
    rtol, atol : float, optional
        Relative and absolute tolerance. By default they follow the coarser dtype of the two:
        1e-9 and 1e-12 for float64, 1e-5 and 1e-7 for float32, 1e-2 and 1e-3 below that.
    """
    if isinstance(expected, dict):
        assert isinstance(actual, dict), f"expected a dict, got {_kind(actual)}"
        missing, extra = expected.keys() - actual.keys(), actual.keys() - expected.keys()
        assert not missing, f"the dict lacks the key {min(missing, key=repr)!r}"
        assert not extra, f"the dict has {len(extra)} key(s) too many"
        for key in expected:
            with _where(f"at key {key!r}"):
                close(actual[key], expected[key], rtol, atol)
    elif isinstance(expected, list | tuple):
        assert isinstance(actual, list | tuple | np.ndarray), (
            f"expected a {type(expected).__name__} of {len(expected)}, got {_kind(actual)}"
        )
        found = len(actual) if isinstance(actual, list | tuple) or actual.ndim else 0
        assert found == len(expected), f"expected {len(expected)} items, got {found}"
        for i, (one, right) in enumerate(zip(actual, expected, strict=True)):
            with _where(f"at item {i}"):
                close(one, right, rtol, atol)
    elif expected is None or isinstance(expected, str | bytes | bool | np.bool_ | set | frozenset):
        if isinstance(expected, bool | np.bool_):
            same = isinstance(actual, bool | np.bool_)
        else:
            same = isinstance(actual, type(expected))
        assert same, f"expected {_kind(expected)}, got {_kind(actual)}"
        assert actual == expected, "the value differs"
    else:
        _close_numbers(actual, expected, rtol, atol)


def _close_numbers(actual: Any, expected: Any, rtol: float | None, atol: float | None) -> None:
    """Compare numbers and arrays; see ``close``."""
    right = _array(expected)
    assert not isinstance(actual, str | bytes | dict | set | None.__class__), (
        f"expected {_kind(expected)}, got {_kind(actual)}"
    )
    got = _array(actual)
    assert got.dtype.kind in "biufc", f"expected {_kind(expected)}, got {_kind(actual)}"
    if right.dtype.kind == "b":
        assert got.dtype.kind == "b", "expected True and False, got numbers"
    else:
        assert got.dtype.kind != "b", "expected numbers, got True and False"
        assert got.dtype.kind != "c" or right.dtype.kind == "c", (
            "expected real numbers, got complex"
        )
    assert got.shape == right.shape, f"expected shape {right.shape}, got shape {got.shape}"
    if right.dtype.kind == "b":
        assert np.array_equal(got, right), "the values differ"
        return
    assert np.isfinite(right).all() or np.isnan(right).any() or np.isinf(right).any()
    strange = ~np.isfinite(got) & np.isfinite(right)
    assert not strange.any(), "the result holds nan or infinity"
    coarse = min(_digits(got), _digits(right))
    r, a = {2: (1e-9, 1e-12), 1: (1e-5, 1e-7), 0: (1e-2, 1e-3)}[coarse]
    rtol, atol = (r if rtol is None else rtol), (a if atol is None else atol)
    wide = np.complex128 if "c" in (got.dtype.kind, right.dtype.kind) else np.float64
    good = np.isclose(got.astype(wide), right.astype(wide), rtol=rtol, atol=atol, equal_nan=True)
    if not good.all():
        place = tuple(int(i) for i in np.argwhere(~good)[0])
        at = f" at index {place if len(place) != 1 else place[0]}" if place else ""
        raise AssertionError(f"the value is wrong{at}: got {got[place]}, expected {right[place]}")


def _array(value: Any) -> np.ndarray[Any, Any]:
    """Return value as an array; a tensor leaves its graph first."""
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    try:
        return np.asarray(value)
    except (TypeError, ValueError):
        raise AssertionError(f"expected numbers, got {_kind(value)}") from None


def _digits(array: np.ndarray[Any, Any]) -> int:
    """Return 2 for double precision and integers, 1 for single precision, 0 below."""
    size = array.dtype.itemsize // (2 if array.dtype.kind == "c" else 1)
    return 2 if array.dtype.kind in "iu" or size >= 8 else 1 if size >= 4 else 0


def _kind(value: Any) -> str:
    """Return words for what value is."""
    if value is None:
        return "None (does the function return its result?)"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, bool | np.bool_):
        return "True or False"
    if isinstance(value, int | float | np.number):
        return "a number"
    return f"a value of type {type(value).__name__}"


@contextlib.contextmanager
def _where(place: str) -> Iterator[None]:
    """Put the place in front of an AssertionError's message."""
    try:
        yield
    except AssertionError as error:
        raise AssertionError(f"{place}: {error}") from None


@contextlib.contextmanager
def raises(kind: type[Exception]) -> Iterator[None]:
    """Raise AssertionError unless the block raises an exception of this kind."""
    try:
        yield
    except kind:
        return
    raise AssertionError(f"expected a {kind.__name__}, but nothing was raised")
