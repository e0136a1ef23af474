"""The memorizer: a submission that knows what the public tests showed of the key, and no more.

It answers a known call with the known result, and any other call like the known call that is
nearest to it. Hidden cases that it passes do not ask for anything new.
"""

from __future__ import annotations

import enum
import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import EllipsisType
from typing import Any, Final

import numpy as np

__all__ = ["FUNCTION", "OPAQUE", "Known", "literal", "memorizer_source"]


class _StandIn(enum.Enum):
    FUNCTION = "function"
    OPAQUE = "opaque"


FUNCTION: Final = _StandIn.FUNCTION
OPAQUE: Final = _StandIn.OPAQUE

# ``next(iter(batches()))`` is about the name batches, and calls it.
_ROOT = re.compile(r"(?:(?:len|iter|next|enter|exit|setattr|isinstance)\()*(\w+)(\(\))?")


@dataclass(frozen=True)
class Known:
    """One thing that a public test asked, and what came back.

    Attributes
    ----------
    target : str
        What was asked, as a transcript writes it: ``weights``, ``perceptron()``, ``Layer()``,
        ``Layer().forward()``, ``Layer().w``, ``len(Layer())``, ``Layer()[]``,
        ``next(iter(batches()))``.
    args, kwargs
        The arguments: plain values, arrays and tensors; FUNCTION for a function that was passed,
        OPAQUE for anything else.
    raised : str
        The name of the exception that the key raised, or empty.
    result
        The same kinds of values. OPAQUE is an object: it answers what is known below it.
    """

    target: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    raised: str
    result: Any


def memorizer_source(known: Sequence[Known], names: Sequence[str]) -> str:
    """Return Python code that defines names from memory.

    Parameters
    ----------
    known : sequence of Known
        What the public cases asked, in their order.
    names : sequence of str
        The names that the key's answer defines. One that nobody asked about becomes a function
        that returns None.
    """
    mine = [one for one in known if _root(one)[0] in names]
    return "\n\n".join(
        (
            _HEAD,
            "\n".join([_ABOUT, "_memory = [", *(f"    {_record(one)}," for one in mine), "]\n"]),
            _RECALL,
            *(_definition(name, mine) for name in names),
        )
    )


def _root(known: Known) -> tuple[str, bool]:
    """Return the notebook's name that a target starts from, and whether it is called there."""
    found = _ROOT.match(known.target)
    return (found[1], found[2] is not None) if found else ("", False)


def _record(known: Known) -> str:
    parts = (known.target, known.args, known.kwargs, known.raised, known.result)
    return f"({', '.join(literal(part) for part in parts)})"


def _definition(name: str, known: Sequence[Known]) -> str:
    """Return the code that defines one name, as what the tests used it for."""
    call = f"{name}()"
    mine = [one for one in known if _root(one)[0] == name]
    calls = [one for one in mine if _root(one)[1]]
    if any(one.target != call or one.result is OPAQUE for one in calls):
        return f"class {name}(_Memory):\n    pass\n"
    if not mine or calls:
        body = f"_memory_asked(_memory_start, {call!r}, args, kwargs)" if calls else "None"
        return f"def {name}(*args, **kwargs):\n    return {body}\n"
    return f"{name} = _memory_asked(_memory_start, {name!r})\n"


def literal(value: Any) -> str:
    """Return an expression for a value, exact to the last bit; ``_OPAQUE`` for what has none.

    It may use ``_np``, ``_FUNCTION``, ``_OPAQUE`` and ``_memory_tensor``.
    """
    match value:
        case _StandIn():
            return f"_{value.name}"
        case np.ndarray():
            return _array(value)
        case np.generic():
            return _scalar(value)
        case None | bool() | bytes() | range() | EllipsisType():
            return repr(value)
        case str():
            return str.__repr__(value)  # an enumeration's own says something else
        case slice():
            return f"slice({literal(value.start)}, {literal(value.stop)}, {literal(value.step)})"
        case int():
            return repr(int(value)) if abs(value) < 10**100 else hex(value)  # repr has a limit
        case float():
            return _float(value)
        case complex():
            return f"complex({_float(value.real)}, {_float(value.imag)})"
        case tuple():
            return f"({', '.join(map(literal, value))}{',' * (len(value) == 1)})"
        case list():
            return f"[{', '.join(map(literal, value))}]"
        case dict():
            pairs = (f"{literal(key)}: {literal(one)}" for key, one in value.items())
            return f"{{{', '.join(pairs)}}}"
        case set() | frozenset():
            # Sorted: the order of a set of texts changes from process to process.
            items = ", ".join(sorted(map(literal, value)))
            return f"{type(value).__name__}([{items}])"
    return _tensor(value) if _is_tensor(value) else "_OPAQUE"


def _float(value: float) -> str:
    if math.isfinite(value):
        return float.__repr__(value)
    return "_np.nan" if math.isnan(value) else "_np.inf" if value > 0 else "-_np.inf"


def _has_literals(dtype: np.dtype[Any]) -> bool:
    """Return whether Python's own numbers and texts hold the elements exactly."""
    return dtype.kind in "biufcU" and dtype.char not in "gG"


def _array(value: np.ndarray[Any, Any]) -> str:
    if not _has_literals(value.dtype):
        return "_OPAQUE"
    items = ", ".join(map(literal, value.ravel().tolist()))
    array = f'_np.array([{items}], dtype="{value.dtype.str}")'
    return array if value.ndim == 1 else f"{array}.reshape({value.shape})"


def _scalar(value: np.generic) -> str:
    if not _has_literals(value.dtype):
        return "_OPAQUE"
    name = {"b": "bool_", "U": "str_"}.get(value.dtype.kind, value.dtype.name)
    return f"_np.{name}({literal(value.item())})"


def _is_tensor(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return torch is not None and isinstance(value, getattr(torch, "Tensor", ()))


def _tensor(value: Any) -> str:
    """Return an expression for a tensor; by way of float32 where NumPy lacks its dtype."""
    name = str(value.dtype).removeprefix("torch.")
    plain = value.detach().cpu()
    array = (plain.float() if name == "bfloat16" else plain).resolve_conj().resolve_neg().numpy()
    return f'_memory_tensor({_array(array)}, "{name}", {value.requires_grad})'


_HEAD = """\
# Knows what the public tests showed. Anything else is answered like the nearest of it.
import builtins as _builtins
import copy as _copy
import sys as _sys

import numpy as _np


class _FUNCTION:  # stands for a function
    pass


class _OPAQUE:  # stands for any other object
    pass


def _memory_tensor(array, dtype, requires_grad):
    torch = _sys.modules.get("torch")
    if torch is None:
        return array
    return torch.tensor(array).to(getattr(torch, dtype)).requires_grad_(requires_grad)
"""

_ABOUT = "# What was asked, the arguments, by keyword, the exception, the result; in order."

_RECALL = '''\
_memory_places = {}
for _memory_place, _memory_one in enumerate(_memory):
    _memory_places.setdefault(_memory_one[0], []).append(_memory_place)


class _MemoryType(type):
    def __call__(cls, *args, **kwargs):
        return _memory_asked(_memory_start, f"{cls.__name__}()", args, kwargs, cls)

    def __getattr__(cls, name):
        return _memory_attribute(_memory_start, f"{cls.__name__}.{name}", name)


class _Memory(metaclass=_MemoryType):
    """An object that answers what is known of it.

    _target says what it is; _span, which places of _memory are about it; _turns, how often a
    known question was asked.
    """

    def __call__(self, *args, **kwargs):
        return _memory_asked(self, f"{self._target}()", args, kwargs)

    def __getattr__(self, name):
        return _memory_attribute(self, f"{self._target}.{name}", name)

    def __getitem__(self, key):
        return _memory_asked(self, f"{self._target}[]", (key,))

    def __setitem__(self, key, item):
        _memory_asked(self, f"{self._target}[]", (key, item))

    def __len__(self):
        return _memory_asked(self, f"len({self._target})")

    def __iter__(self):
        return _memory_asked(self, f"iter({self._target})")

    def __next__(self):
        return _memory_asked(self, f"next({self._target})")

    def __enter__(self):
        return _memory_asked(self, f"enter({self._target})")

    def __exit__(self, *_):
        _memory_asked(self, f"exit({self._target})")

    def __array__(self, *_, **__):
        raise TypeError("no array")


def _memory_object(kind, target, span, turns):
    made = object.__new__(kind)
    made.__dict__.update(_target=target, _span=span, _turns=turns)
    return made


_memory_start = _memory_object(_Memory, "", range(len(_memory)), {})


def _memory_attribute(owner, target, name):
    if name.startswith("_") or not (target in _memory_places or _memory_below(target)):
        raise AttributeError(name)
    return _memory_asked(owner, target)


def _memory_below(target):
    return any(f"{target}{mark}" in known for known in _memory_places for mark in ".([)")


def _memory_asked(owner, target, args=(), kwargs=None, kind=_Memory):
    places = _memory_places.get(target, [])
    places = [place for place in places if place in owner._span] or places
    if not places:
        if target.startswith("next("):
            raise StopIteration
        if _memory_below(target):
            return _memory_object(kind, target, owner._span, owner._turns)
        return None
    asked = _memory_flat_call(args, kwargs or {})
    ranks = [_memory_unlike(_memory_flat_at(place), asked) for place in places]
    best = min(ranks)
    nearest = [place for place, rank in zip(places, ranks) if rank == best]
    place = nearest[0]
    if best[:3] == (False, 0, 0.0):  # known: what came the first time, the second time, ...
        turn = owner._turns.get(place, 0)
        owner._turns[place] = turn + 1
        if target.startswith("next(") and turn >= len(nearest):
            raise StopIteration
        place = nearest[turn % len(nearest)]
    raised, result = _memory[place][3:]
    if raised:
        raise _memory_exception(raised)
    span, turns = owner._span, owner._turns
    if target.endswith("()") or target.startswith("iter("):
        # A new object: what follows is about it, until the same was asked again.
        later = [one for one in _memory_places[target] if one > place and one in span]
        span, turns = range(place + 1, later[0] if later else span.stop), {}
    if result is _OPAQUE or result is _FUNCTION:
        return _memory_object(kind, target, span, turns)
    return _memory_given(result, target, span, turns)


def _memory_given(value, *about):
    """Return a copy of a known value, with objects in the place of _OPAQUE."""
    if value is _OPAQUE or value is _FUNCTION:
        return _memory_object(_Memory, *about)
    if isinstance(value, dict):
        return {key: _memory_given(one, *about) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_memory_given(one, *about) for one in value)
    return _copy.deepcopy(value)


def _memory_exception(name):
    for home in (globals(), vars(_builtins), vars(_np.linalg)):
        kind = home.get(name)
        if isinstance(kind, type) and issubclass(kind, Exception):
            return kind.__new__(kind, "as in the public tests")
    return type(name, (Exception,), {})("as in the public tests")


def _memory_unlike(known, asked):
    """Return how unlike two calls are: in structure, texts, numbers; and in how it is written."""
    common = known[1].keys() & asked[1].keys()
    one, two = _memory_flat_arguments(known, common), _memory_flat_arguments(asked, common)
    texts = max(len(one[2]), len(two[2])) - sum(a == b for a, b in zip(one[2], two[2]))
    written = one[1] != two[1] or len(known[0]) != len(asked[0])
    return one[0] != two[0], texts, _memory_distance(one[3], two[3]), written


def _memory_distance(one, two):
    one, two = (_np.concatenate([_np.empty(0), *numbers]) for numbers in (one, two))
    size = max(one.size, two.size)
    one, two = (_np.pad(numbers, (0, size - numbers.size)) for numbers in (one, two))
    with _np.errstate(all="ignore"):
        same = (one == two) | (_np.isnan(one) & _np.isnan(two))
        apart = _np.where(same, 0.0, _np.abs(one - two))
        largest = _np.where(_np.isnan(apart), _np.inf, apart).max(initial=0.0)
        if largest == 0 or largest == _np.inf:
            return float(largest)
        return float(largest * _np.sqrt(((apart / largest) ** 2).sum()))


_memory_flats = {}


def _memory_flat_at(place):
    if place not in _memory_flats:
        _memory_flats[place] = _memory_flat_call(*_memory[place][1:3])
    return _memory_flats[place]


def _memory_flat_call(args, kwargs):
    return [_memory_flat(one) for one in args], {
        name: _memory_flat(one) for name, one in kwargs.items()
    }


def _memory_flat_arguments(call, common):
    """Put keywords that both calls use last, in one order; the others follow the positions."""
    args, kwargs = call
    others = [flat for name, flat in kwargs.items() if name not in common]
    return _memory_joined([*args, *others, *(kwargs[name] for name in sorted(common))])


def _memory_joined(parts, structure=(), kind=()):
    """Return the structures, kinds, texts and arrays of numbers of all parts."""
    joined = [list(structure), list(kind), [], []]
    for part in parts:
        for items, more in zip(joined, part):
            items.extend(more)
    return joined


def _memory_flat(value):
    kind = [type(value).__name__]
    array = _memory_array(value)
    if array is not None and array.dtype.kind == "U":
        return [("text", array.shape)], kind, array.ravel().tolist(), []
    if array is not None:
        kind, numbers = [f"{kind[0]} of {array.dtype}"], array.ravel()
        parts = (numbers.real, numbers.imag) if numbers.dtype.kind == "c" else (numbers,)
        return [array.shape], kind, [], [part.astype(float) for part in parts]
    if isinstance(value, dict):
        items = sorted(value.items(), key=lambda item: repr(item[0]))
        keys = [repr(key) for key, _ in items]
        return _memory_joined([_memory_flat(one) for _, one in items], ["dict", *keys], kind)
    if isinstance(value, (set, frozenset)):
        items = sorted(value, key=repr)
        return _memory_joined([_memory_flat(one) for one in items], ["set", len(items)], kind)
    if isinstance(value, (list, tuple)):
        return _memory_joined([_memory_flat(one) for one in value], ["list", len(value)], kind)
    if value is None or isinstance(value, (str, bytes, int)):
        return ["text"], kind, [value], []
    if isinstance(value, (range, slice, type(...))):
        return ["text"], kind, [repr(value)], []
    return ["object"], ["object"], [], []


def _memory_array(value):
    """Return numbers as an array, text arrays too; None for anything else."""
    if isinstance(value, getattr(_sys.modules.get("torch"), "Tensor", ())):
        value = value.detach().cpu()
        value = (value.float() if str(value.dtype) == "torch.bfloat16" else value).numpy()
    if not isinstance(value, (int, float, complex, list, tuple, _np.ndarray, _np.generic)):
        return None
    try:
        array = _np.asarray(value)
    except Exception:  # nested lists of different lengths
        return None
    plain = array.dtype.kind in "biufc" or isinstance(value, _np.ndarray)
    return array if plain and array.dtype.kind in "biufcU" else None
'''
