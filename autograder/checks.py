"""How the tests compare: strict about shape and kind, fair about rounding.

Needs NumPy alone. Hidden tests import it; ``build`` copies ``close`` and ``raises`` into each
student notebook, so that students can read what judges them.
"""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["close", "raises"]


def close(actual: Any, expected: Any, rtol: float | None = None, atol: float | None = None) -> None:
    """Raise AssertionError, saying what differs, unless actual equals expected.

    Kind comes first (number, array, text, dict...; True and False are no numbers), then shape,
    then values. Where an array is expected, a list will do. Without ``rtol`` and ``atol`` the
    tolerance follows the dtype: 1e-9 for float64 and lists, 1e-5 for float32, 1e-2 below.
    """
    wrong = f"expected {_kind(expected)}, got {_kind(actual)}"
    if isinstance(expected, dict):
        assert isinstance(actual, dict), wrong
        for key in expected:
            assert key in actual, f"the dict lacks the key {key!r}"
            close(actual[key], expected[key], rtol, atol)
        assert len(actual) == len(expected), "the dict has keys that nobody asked for"
    elif isinstance(expected, list | tuple):
        assert isinstance(actual, list | tuple) or np.ndim(_array(actual, wrong)), wrong
        assert len(actual) == len(expected), wrong
        for one, right in zip(actual, expected, strict=True):
            close(one, right, rtol, atol)
    elif expected is None or isinstance(expected, str | bytes | set | frozenset):
        assert isinstance(actual, type(expected)), wrong
        assert actual == expected, "the value is wrong: got " + repr(actual)
    else:
        got, right = _array(actual, wrong), _array(expected, wrong)
        assert (got.dtype.kind == "b") == (right.dtype.kind == "b"), wrong
        assert got.dtype.kind != "c" or right.dtype.kind == "c", wrong
        assert got.shape == right.shape, f"expected shape {right.shape}, got shape {got.shape}"
        strange = ~np.isfinite(got) & np.isfinite(right)
        assert not strange.any(), "the result holds nan or infinity"
        default = max(_tolerance(got), _tolerance(right))
        rtol, atol = default if rtol is None else rtol, default / 1000 if atol is None else atol
        bad = ~np.isclose(got, right, rtol=rtol, atol=atol, equal_nan=True)
        if bad.any():
            place = tuple(np.argwhere(bad)[0].tolist())
            at = f" at index {place[0] if len(place) == 1 else place}" if place else ""
            raise AssertionError(f"the value is wrong{at}: got {got[place]}, not {right[place]}")


def raises(kind: type[Exception]) -> Any:
    """Return a context manager that raises AssertionError unless its block raises this kind."""

    class Raises:
        def __enter__(self) -> None: ...

        def __exit__(self, found: type[BaseException] | None, *_: object) -> bool:
            assert found is not None, f"expected a {kind.__name__}, but nothing was raised"
            return issubclass(found, kind)

    return Raises()


def _array(value: Any, wrong: str) -> Any:
    """Return numbers, or True and False, as an array; raise AssertionError for anything else."""
    if type(value).__module__.startswith("torch"):
        value = value.detach().cpu().numpy()
    try:
        array = np.asarray(value)
    except (TypeError, ValueError):
        raise AssertionError(wrong) from None
    assert array.dtype.kind in "biufc", wrong
    return array


def _tolerance(array: Any) -> float:
    """Return the relative tolerance that is fair for this array's dtype."""
    digits = np.finfo(array.dtype).precision if array.dtype.kind in "fc" else 15
    return 1e-9 if digits >= 15 else 1e-5 if digits >= 6 else 1e-2


def _kind(value: Any) -> str:
    """Return words for what value is."""
    if value is None:
        return "None (does the function return its result?)"
    if isinstance(value, bool | np.bool_):
        return "True or False"
    if isinstance(value, int | float | np.number):
        return "a number"
    if isinstance(value, np.ndarray):
        what = "True and False" if value.dtype.kind == "b" else "numbers"
        return f"an array of {what} of shape {value.shape}"
    if isinstance(value, list | tuple | dict):
        return f"a {type(value).__name__} of {len(value)}"
    return f"a value of type {type(value).__name__}"
