"""How numbers of one shape, or their shapes, differ from the right ones, in half a sentence."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.grading.diagnosis.compare import closeness, tolerances
from autograder.grading.diagnosis.forms import Array, Numbers

__all__ = ["NEARLY", "TOLERANCE", "WRONG", "numbers_slip"]

TOLERANCE = 1e-9  # what close() asks of float64
WRONG = "it is not right."
NEARLY = "nearly right: is something rounded or approximated?"
_SUM_OR_MEAN = "off by a factor, as if a sum stood where a mean should, or the other way round."
_NEAR = 1e-2
_LARGE = 1 << 22  # each look at the values makes several copies of them


@dataclass(frozen=True)
class _Pair:
    """A result and the right one: numbers of one shape."""

    got: Array
    right: Array
    coarse: float
    sizes: Collection[int]

    def where(self, one: Array, other: Array) -> NDArray[np.bool_]:
        """Return where two arrays agree."""
        return closeness(one, other, *tolerances(one, other, TOLERANCE, self.coarse))

    def agree(self, one: Array, other: Array) -> bool:
        """Whether two arrays agree everywhere."""
        return bool(self.where(one, other).all())

    @property
    def alone(self) -> bool:
        """Whether there is only one number: what holds "everywhere" says nothing then."""
        return self.right.size == 1

    @property
    def real(self) -> bool:
        """Whether the numbers can be ordered."""
        return self.got.dtype.kind != "c" and self.right.dtype.kind != "c"

    @property
    def varied(self) -> bool:
        """Whether the right values are unlike enough for their order to tell something."""
        others = self.right[self.right != self.right.flat[0]]
        return bool(others.size and (others.size == self.right.size - 1 == 1 or _vary(others)))


def numbers_slip(mine: Numbers, key: Numbers, sizes: Collection[int]) -> str:
    """Return how numbers differ from the right ones; "it is not right." when nothing is plain."""
    got, right = mine.values, key.values
    if got.shape != right.shape:
        slip = _shape_slip(got.shape, right.shape)
        return f"its shape is not what the question asks for: {slip}"
    if got.dtype.kind == "b":
        return _truth_slip(got, right)
    strange = ~np.isfinite(got) & np.isfinite(right)
    if np.isnan(got[strange]).any():
        return (
            "it holds nan (not a number): look for zero divided by zero, infinity minus infinity, "
            "or the logarithm or root of a negative number."
        )
    if strange.any():
        return (
            "it holds infinity: look for a division by zero, the logarithm of zero, or the "
            "exponential of a large number."
        )
    if got.size > _LARGE:
        return WRONG
    pair = _Pair(_wide(got), _wide(right), max(mine.coarse, key.coarse), sizes)
    if pair.agree(pair.got, pair.right):
        return WRONG  # large integers that differ in their last digits
    looks = _LOOKS if np.isfinite(pair.right).all() else (_partly,)
    return next((text for look in looks if (text := look(pair))), WRONG)


def _wide(array: Array) -> Array:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _vary(array: Array) -> bool:
    return bool((array != array.flat[0]).any())


def _shape_slip(got: tuple[int, ...], right: tuple[int, ...]) -> str:
    """Return what kind of slip one shape is for the other."""
    if not right:
        if set(got) == {1}:
            return "it is an array around a number where the number itself is asked for."
        return "is a sum, a mean or a choice of one value missing?"
    if not got:
        return "it is a single number: is too much summed, averaged or indexed away?"
    if len(got) == len(right) and sorted(got) == sorted(right):
        if len(got) > 2:
            return "its dimensions are in another order."
        if 1 not in got:
            return "rows and columns are swapped (transposed)."
        if got[1] == 1:
            return "a column stands where a row should."
        return "a row stands where a column should."
    if len(set(got)) == 1 and len(got) == 2 and right in (got[:1], (got[0], 1), (1, got[0])):
        return "it looks as if a row and a column were combined into a table."
    if len(got) == len(right) + 1 and right in _without_one(got):
        if right in _without_one(got, only=1):
            return (
                "it has one dimension too many, which holds nothing "
                "(look at keepdims, reshape and added axes)."
            )
        return "it has one dimension too many: is a sum or a mean over an axis missing?"
    if len(right) == len(got) + 1 and got in _without_one(right):
        which = "its first dimension, often that of the batch, is gone"
        if got == right[:-1] or got != right[1:]:
            which = "a dimension is gone"
        return f"{which}: was it summed, averaged, squeezed or indexed away?"
    return _sizes_slip(got, right)


def _sizes_slip(got: tuple[int, ...], right: tuple[int, ...]) -> str:
    if len(got) == len(right):
        changed = [(mine, key) for mine, key in zip(got, right, strict=True) if mine != key]
        if all(mine == 1 for mine, _ in changed):
            return "something is summed or averaged over that should stay apart."
        if all(key == 1 for _, key in changed):
            return "is a sum or a mean over an axis missing?"
    if math.prod(got) == math.prod(right) > 0:
        return "the values are as many as they should be, but arranged in another way."
    if len(got) == len(right) == 1:
        return f"it is {'longer' if got > right else 'shorter'} than it should be."
    if len(got) == len(right):
        return "its dimensions are as many as they should be, but not as long."
    return f"it has too {'many' if len(got) > len(right) else 'few'} dimensions."


def _without_one(shape: tuple[int, ...], only: int | None = None) -> list[tuple[int, ...]]:
    """Return the shapes that are left when one dimension goes, one of size ``only`` if given."""
    return [
        shape[:place] + shape[place + 1 :]
        for place, size in enumerate(shape)
        if only is None or size == only
    ]


def _truth_slip(got: Array, right: Array) -> str:
    if got.size == 1:
        return WRONG
    if not (got == right).any() and _vary(right):
        return "True and False are swapped everywhere."
    if (got | ~right).all():
        return "it is True in places where it should not be."
    if (~got | right).all():
        return "it is False in places where it should not be."
    return "some values are right, others are not." if (got == right).any() else WRONG


def _whole(pair: _Pair) -> str:
    """Zeros, and numbers that lost their fractions."""
    if not pair.got.any():
        if pair.alone:
            return "it is zero where it should not be."
        return "every value is zero: is the result filled in, and is it no array of integers?"
    if not pair.real or not _integers(pair.got) or _integers(pair.right):
        return ""
    if np.array_equal(pair.got, np.trunc(pair.right)):
        return "the fractions are cut off: look for an array of integers, int() or //."
    if np.array_equal(pair.got, np.floor(pair.right)):
        return "the values are rounded down to whole numbers: look for // or floor."
    if np.array_equal(pair.got, np.rint(pair.right)):
        return "the values are rounded to whole numbers."
    return ""


def _integers(array: Array) -> bool:
    return array.dtype.kind != "c" and bool((array == np.rint(array)).all())


def _sign(pair: _Pair) -> str:
    got, right = pair.got, pair.right
    if _zeros_and_ones(right) and pair.agree(got, 1 - right):
        return "zeros and ones are swapped everywhere."
    if pair.agree(got, -right):
        return "it has the wrong sign." if pair.alone else "every value has the wrong sign."
    if pair.real and _vary(np.abs(right)) and pair.agree(np.abs(got), np.abs(right)):
        return "the values are right but for the sign of some."
    return ""


def _zeros_and_ones(array: Array) -> bool:
    return bool(((array == 0) | (array == 1)).all()) and _vary(array)


def _scale(pair: _Pair) -> str:
    place = int(np.argmax(np.abs(pair.right)))
    factor = pair.got.flat[place] / pair.right.flat[place]
    if not np.isfinite(factor) or not factor or not pair.agree(pair.got / factor, pair.right):
        return ""
    # Whole numbers, and a factor of two, are too often multiples by chance or by another slip.
    telling = [size for size in (pair.right.size, *pair.right.shape, *pair.sizes) if size > 2]
    by_chance = pair.alone and (_integers(pair.got) or _integers(pair.right))
    for one in (factor, 1 / factor):
        if not by_chance and any(abs(one - size) <= 1e-6 * size for size in telling):
            return _SUM_OR_MEAN
    if pair.alone or not _vary(pair.right) or np.count_nonzero(pair.right) < 2:
        return ""
    if factor.real < 0 and not factor.imag:
        return "every value is off by a constant factor, and has the wrong sign."
    return "every value is off by a constant factor."


def _offset(pair: _Pair) -> str:
    shift = pair.got.flat[0] - pair.right.flat[0]
    if not pair.alone and pair.agree(pair.got - shift, pair.right):
        return "every value is off by the same amount: is something added too much, or left out?"
    return ""


def _order(pair: _Pair) -> str:
    got, right = pair.got, pair.right
    if pair.alone or not pair.varied:
        return ""
    if right.ndim == 2 and right.shape[0] == right.shape[1] and pair.agree(got, right.T):
        return "the values are right, but rows and columns are swapped (transposed)."
    if any(pair.agree(got, np.flip(right, axis)) for axis in range(min(right.ndim, 4))):
        return "the values are right, but in reverse order."
    # Sorting takes little more than linear time; the size is bounded.
    if pair.real and pair.agree(np.sort(got, axis=None), np.sort(right, axis=None)):
        return "the values are right, but in another order."
    if right.ndim == 1 and right.size > 3:
        later, earlier = pair.agree(got[1:], right[:-1]), pair.agree(got[:-1], right[1:])
        if later or earlier:
            return "the values are right, but each stands one place too " + (
                "late." if later else "early."
            )
    return ""


def _rounded(pair: _Pair) -> str:
    got, right = pair.got, pair.right
    if _integers(got) and _integers(right):
        return ""
    if pair.real and any(pair.agree(got, np.round(right, digits)) for digits in range(1, 7)):
        return "right but for rounding: give the result as it is computed."
    return NEARLY if (np.abs(got - right) <= _NEAR * np.abs(right)).all() else ""


def _constant(pair: _Pair) -> str:
    if pair.right.size > 2 and not _vary(pair.got) and _vary(pair.right):
        return "every value is the same, where they should differ."
    return ""


def _partly(pair: _Pair) -> str:
    """Some values right, others not; and which, if that can be said exactly."""
    wrong = ~pair.where(pair.got, pair.right)
    if wrong.all() or not wrong.any():
        return ""
    text = "some values are right, others are not"
    if wrong.ndim == 1 and wrong.size > 2 and not wrong[1:-1].any():
        if wrong[0] and wrong[-1]:
            return f"{text}: exactly those at both ends are wrong."
        return f"only the {'first' if wrong[0] else 'last'} value is wrong."
    if wrong.ndim > 1 and np.array_equal(wrong, _edges(wrong.shape)):
        return f"{text}: exactly those at the edges are wrong."
    if pair.real:
        for chosen, which in (
            (pair.got < 0, "that come out negative"),
            (pair.right < 0, "that should be negative"),
            (pair.got == 0, "that come out as zero"),
        ):
            if np.array_equal(wrong, chosen):
                return f"{text}: exactly those {which} are wrong."
    return f"{text}."


def _edges(shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return where the edges of the last two dimensions are, nowhere if they are all edge."""
    edges = np.ones(shape, np.bool_)
    edges[..., 1:-1, 1:-1] = False
    return edges & (min(shape[-2:]) > 2)


_LOOKS: Sequence[Callable[[_Pair], str]] = (
    _whole,
    _sign,
    _scale,
    _offset,
    _order,
    _rounded,
    _constant,
    _partly,
)
