"""Which property of a result differs from the key's, in a sentence for the student.

A sentence names the kind of slip and never a value, a size or a shape of what is expected. Inside,
sentences speak of "it" and "its shape"; what holds the value puts its name there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Any

import numpy as np

from autograder.grading.diagnosis.compare import alike
from autograder.grading.diagnosis.forms import (
    DEEPEST,
    Entries,
    Exact,
    Form,
    Forms,
    Numbers,
    Parts,
    key_text,
)
from autograder.grading.diagnosis.slips import NEARLY, TOLERANCE, WRONG, numbers_slip

__all__ = ["argument_changed", "difference"]

_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_IS = {
    "numbers": "is made of numbers",
    "complex": "is made of complex numbers",
    "truth": "is made of True and False",
    "text": "is text",
    "bytes": "is bytes",
    "set": "is a set",
    "dict": "is a dict",
    "slice": "is a slice",
    "sequence": "is made of several parts",
    "object": "is an object",
}
_ASKED = {
    "numbers": "numbers",
    "complex": "complex numbers",
    "truth": "True or False",
    "text": "text",
    "bytes": "bytes",
    "set": "a set",
    "dict": "a dict",
    "slice": "a slice",
    "sequence": "several values",
    "object": "an object of its own kind",
}
_CALLABLE = {"function", "builtin_function_or_method", "method", "type", "ufunc", "lambda"}
_LAZY = {"generator", "map", "filter", "zip", "enumerate", "reversed"}

_NONE = "it is None."


def difference(got: Any, right: Any, sizes: Collection[int] = ()) -> str:
    """Return a sentence on how a result differs from the right one, "" when nothing can be said.

    Parameters
    ----------
    sizes : collection of int
        Dimensions and sizes of the arguments. A factor that is one of them, or the same of the
        result, tells of a sum in the place of a mean.
    """
    with np.errstate(all="ignore"):
        text = _Comparison(sizes).told(got, right)
    if text in ("", WRONG):
        return ""
    if text == _NONE:
        return "The function returns None: does it return what it computes?"
    text = _named("the result", text, always=False)
    return text[0].upper() + text[1:]


def argument_changed(position_or_name: int | str) -> str:
    """Return the sentence on an argument that a call changed.

    Parameters
    ----------
    position_or_name : int or str
        The first argument has position 0.
    """
    which = "one of its arguments"
    if isinstance(position_or_name, int):
        if 0 <= position_or_name < len(_ORDINALS):
            which = f"its {_ORDINALS[position_or_name]} argument"
    elif position_or_name.isidentifier():
        which = f"its argument `{position_or_name}`"
    return f"Your function changes {which}; it should leave it as it came."


class _Comparison:
    """One result beside the right one, part by part."""

    def __init__(self, sizes: Collection[int]) -> None:
        self._sizes = sizes
        self._got, self._right = Forms(), Forms()
        # Pairs that were looked at without finding more than what is nearly right. Rows made for
        # it are kept, since an id is only worth something while its object lives.
        self._seen: set[tuple[int, int]] = set()
        self._kept: list[Any] = []

    def told(self, got: Any, right: Any, depth: int = 0) -> str:
        """Return what is to be said of "it", "" when both agree."""
        mine, key = self._got.of(got), self._right.of(right)
        in_parts = _in_parts(right, key)
        slip = _kind_slip(mine, key, got, right, in_parts)
        if slip:
            return slip
        if depth > DEEPEST:
            return WRONG
        if isinstance(mine, Entries) and isinstance(key, Entries):
            return self._entries(mine, key, got, right, depth)
        if in_parts:
            return self._parts(mine, got, right, depth)
        if alike(mine, key, TOLERANCE):
            return ""
        if isinstance(mine, Numbers) and isinstance(key, Numbers):
            return numbers_slip(mine, key, self._sizes)
        if isinstance(mine, Exact) and isinstance(key, Exact):
            return _exact_slip(mine, key)
        return WRONG

    def _parts(self, mine: Form, got: Any, right: Sequence[Any], depth: int) -> str:
        many = len(mine.values) if isinstance(mine, Numbers) else len(got)
        if many != len(right):
            less = "fewer" if many < len(right) else "more"
            return f"it has {less} parts than the question asks for."
        parts = got
        if not isinstance(got, list | tuple):
            parts = list(mine.values if isinstance(mine, Numbers) else got)
            self._kept.append(parts)
        if not depth and 2 <= many <= len(_ORDINALS) and self._reordered(parts, right):
            return "the right values are there, but in another order."
        label = f"item of the {'tuple' if isinstance(right, tuple) else 'list'}"
        if isinstance(right, tuple) and not depth:
            label = "of the returned values"
        return self._first(
            (
                (f"{_ordinal(position)} {label}", one, other)
                for position, (one, other) in enumerate(zip(parts, right, strict=True))
            ),
            depth,
        )

    def _reordered(self, parts: Sequence[Any], right: Sequence[Any]) -> bool:
        """Whether the parts, which are few, are the right ones in another order."""
        left = [self._right.of(other) for other in right]
        forms = [self._got.of(part) for part in parts]
        if all(map(alike, forms, left, [TOLERANCE] * len(left))):
            return False
        for form in forms:
            place = next((i for i, one in enumerate(left) if alike(form, one, TOLERANCE)), None)
            if place is None:
                return False
            del left[place]
        return True

    def _entries(
        self, mine: Entries, key: Entries, got: dict[Any, Any], right: dict[Any, Any], depth: int
    ) -> str:
        if mine.items.keys() != key.items.keys() or mine.size != key.size:
            if mine.items.keys() < key.items.keys():
                return "it lacks a key that the question asks for."
            if mine.items.keys() > key.items.keys():
                return "it has a key that the question does not ask for."
            return "its keys are not those that the question asks for."
        # Looked up by text: student code can choose keys that all have one hash.
        values = {key_text(name): value for name, value in got.items()}
        return self._first(
            (
                (f"the value under {_shown(name)}", values[key_text(name)], value)
                for name, value in right.items()
            ),
            depth,
        )

    def _first(self, parts: Iterable[tuple[str, Any, Any]], depth: int) -> str:
        """Return what is to be said of the first wrong part; of one that is nearly right last.

        A test may ask for less precision of one part than of another.
        """
        nearly = ""
        for label, got, right in parts:
            if (id(got), id(right)) in self._seen:
                continue
            self._seen.add((id(got), id(right)))
            text = self.told(got, right, depth + 1)
            if text and not text.endswith(NEARLY):
                return _named(label, text)
            nearly = nearly or (text and _named(label, text))
        return nearly


def _named(label: str, text: str, *, always: bool = True) -> str:
    """Return a sentence about "it" as one about what the label names."""
    if text.startswith("it "):
        return f"{label} {text[3:]}"
    owned = re.match(r"its (\w+) ", text)
    if owned:
        return f"the {owned[1]} of {label} {text[owned.end() :]}"
    return f"{label}: {text}" if always else text


def _ordinal(position: int) -> str:
    return f"the {_ORDINALS[position]}" if position < len(_ORDINALS) else "one"


def _shown(key: Any) -> str:
    """Return a key as the student wrote it, if it is short and plain."""
    if isinstance(key, str) and len(key) <= 40 and key.isprintable():
        return repr(key)
    if type(key) is int and -1000 < key < 1000:
        return str(key)
    return "one of the keys"


def _in_parts(right: Any, key: Form) -> bool:
    """Whether a right answer is spoken of part by part: a tuple, or a list that is no array."""
    if isinstance(right, tuple):
        return True
    plain = (list, bool, int, float, complex, np.generic)
    return isinstance(right, list) and (
        isinstance(key, Parts) or not all(isinstance(item, plain) for item in right)
    )


def _kind_slip(mine: Form, key: Form, got: Any, right: Any, in_parts: bool) -> str:
    """Return what is to be said when the result is another kind of thing."""
    have, want = _kind(mine), _kind(key)
    if have == want == "None":
        return ""
    if have == "None":
        return _NONE
    if want == "None":
        return "it is something where the question asks for nothing (None)."
    if isinstance(mine, Exact) and have == "object":
        if want == "object":
            same = isinstance(key, Exact) and mine.value == key.value
            return "" if same else "it is another kind of object than the question asks for."
        if mine.value in _CALLABLE:
            return "it is a function, not what a function returns: is a call missing?"
        if mine.value in _LAZY:
            return "it is an iterator, not yet its values: make a list or an array of it."
    if in_parts:
        return _parts_slip(mine, key, have, got)
    if isinstance(key, Numbers) and isinstance(got, tuple) and not isinstance(right, list):
        return _tuple_slip(mine, key)
    if isinstance(key, Numbers) and have == "sequence":
        return "its parts differ in length or kind: they make no array of numbers."
    if have == want or (have, want) == ("numbers", "complex"):
        return ""
    if isinstance(mine, Numbers) and not mine.values.size and isinstance(key, Numbers):
        return ""  # an empty array is neither numbers nor truth values
    return _kinds_differ(mine, have, want)


def _parts_slip(mine: Form, key: Form, have: str, got: Any) -> str:
    if isinstance(got, list | tuple) or have == "sequence":
        return ""
    if isinstance(mine, Numbers) and isinstance(key, Numbers) and mine.values.ndim:
        return ""  # an array will do for a tuple of numbers
    if isinstance(mine, Numbers):
        return "it is one value where the question asks for several."
    return _kinds_differ(mine, have, "sequence")


def _tuple_slip(mine: Form, key: Numbers) -> str:
    """Return what is to be said of a tuple in the place of an array or a number."""
    if isinstance(mine, Numbers) and mine.values.shape == key.values.shape:
        return ""  # it will do
    many = len(mine.values) if isinstance(mine, Numbers) else 0
    if isinstance(mine, Parts):
        many = len(mine.items)
    if many == 1:
        return "it is a tuple around one value: is there a comma too many after it?"
    if many and isinstance(mine, Numbers) and mine.values.ndim == 1 and key.values.ndim:
        return ""  # numbers in parentheses: their shape says more
    return "it is a tuple of several values where the question asks for one."


def _kinds_differ(mine: Form, have: str, want: str) -> str:
    verb = _IS[have]
    if isinstance(mine, Numbers) and not mine.values.ndim:
        verb = {"truth": "is True or False", "complex": "is a complex number"}.get(
            have, "is a number"
        )
    return f"it {verb} where the question asks for {_ASKED[want]}."


def _kind(form: Form) -> str:
    match form:
        case Numbers(values=values):
            return {"b": "truth", "c": "complex"}.get(values.dtype.kind, "numbers")
        case Parts(kind=kind):
            return kind
        case Entries():
            return "dict"
    return {"number": "numbers", "range": "sequence"}.get(form.kind, form.kind)


def _exact_slip(mine: Exact, key: Exact) -> str:
    match mine.kind, key.kind:
        case "text", "text":
            if mine.value.casefold() == key.value.casefold():
                return "it differs from the right text only in capital letters."
            if "".join(mine.value.split()) == "".join(key.value.split()):
                return "it differs from the right text only in spaces or line breaks."
        case "set", "set":
            if mine.value[1] < key.value[1]:
                return "it lacks a member that belongs to it."
            if mine.value[1] > key.value[1]:
                return "it has a member that does not belong to it."
        case "number", "number":
            if mine.value == -key.value:
                return "it has the wrong sign."
    return WRONG
