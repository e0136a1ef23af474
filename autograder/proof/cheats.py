"""Universal cheats: answers that know nothing of their question, and must earn nothing in it.

A cheat is Python text to run after the key's answer in the same notebook. It rebinds what the
answer defines; what a name stands for, a function, a class or a value, is seen when it runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

__all__ = ["CHEATS", "cheat_source"]

CHEATS: Mapping[str, str] = {
    "none": "None, whatever is asked",
    "empty_dict": "an empty dict, whatever is asked",
    "empty_list": "an empty list, whatever is asked",
    "empty_array": "an empty array, whatever is asked",
    "empty_rows": "an array of no rows, which broadcasts against any, whatever is asked",
    "nan": "the key's result with nan for every number in it",
    "infinity": "the key's result with infinity for every number in it",
    "zeros": "the key's result with 0 for every number in it",
    "ones": "the key's result with 1 for every number in it",
    "argument": "the first argument, as it came",
    "zeroed_arguments": "the first array or list argument, after zeroing all of them in place",
    "equal_to_everything": "an object that agrees with whatever it is compared with",
}


def cheat_source(names: Sequence[str], cheat: str) -> str:
    """Return Python code that rebinds names to cheating versions of themselves.

    Parameters
    ----------
    names : sequence of str
        The names that the key's answer defines. Modules, imported classes, and names that are not
        bound when the code runs, are left alone.
    cheat : str
        One of ``CHEATS``.

    Notes
    -----
    What the key's own code calls is not cheated in turn: a cheating ``sigmoid_grad`` calls the
    key's ``sigmoid``. A class cheats in its public methods and in what a test may do with its
    objects (call, index, iterate, take the length); what ``__init__`` made stays as it is.
    """
    return "\n\n".join((_HEAD, _ANSWERS[cheat], _BINDING, f"_cheat_in({list(names)!r})\n"))


_HEAD = """\
import copy as _cheat_copy
import functools as _cheat_functools
import sys as _cheat_sys

import numpy as _cheat_np

_cheat_running = []  # the key's own calls under way: what they call is not cheated
_cheat_twins = {}  # by the id of an object: it, its twin, and the attributes that the twin has
_cheat_owners = {}  # by the id of a twin: the object


def _cheat_honest(function, *args, **kwargs):
    _cheat_running.append(function)
    try:
        return function(*args, **kwargs)
    finally:
        _cheat_running.pop()


def _cheat_copied(value):
    try:
        return _cheat_copy.deepcopy(value)
    except Exception:  # a running generator, a tensor inside a graph
        return value


def _cheat_twin(owner):
    # The key's methods run on a copy, so that nothing honest shows in the object's attributes.
    if isinstance(owner, type):
        return owner
    if id(owner) not in _cheat_twins:
        twin = _cheat_copied(owner)
        _cheat_twins[id(owner)] = owner, twin, dict(getattr(owner, "__dict__", {}))
        _cheat_owners[id(twin)] = owner
    _, twin, known = _cheat_twins[id(owner)]
    for name, value in getattr(owner, "__dict__", {}).items():
        if known.get(name, known) is not value:  # somebody has set it since
            known[name] = value
            setattr(twin, name, _cheat_copied(value))
    return twin
"""

_CONSTANT = """\
def _cheat_answer(call, args, kwargs):
    return @VALUE@


def _cheat_value(value):
    return @VALUE@
"""

_FILLED = """\
_cheat_number = @VALUE@
_cheat_finite = bool(_cheat_np.isfinite(_cheat_number))


def _cheat_answer(call, args, kwargs):
    args = [_cheat_copied(one) for one in args]
    kwargs = {name: _cheat_copied(one) for name, one in kwargs.items()}
    return _cheat_value(_cheat_honest(call, *args, **kwargs))


def _cheat_value(value):
    if id(value) in _cheat_owners:
        return _cheat_owners[id(value)]  # the method returned self
    if isinstance(value, getattr(_cheat_sys.modules.get("torch"), "Tensor", ())):
        return _cheat_tensor(value)
    if isinstance(value, (_cheat_np.ndarray, _cheat_np.generic)):
        filled = _cheat_np.full(value.shape, _cheat_number, _cheat_dtype(value.dtype))
        return filled if isinstance(value, _cheat_np.ndarray) else filled[()]
    if isinstance(value, tuple) and hasattr(value, "_make"):
        return value._make(map(_cheat_value, value))
    for kind in (tuple, list, set, frozenset):
        if isinstance(value, kind):
            return kind(map(_cheat_value, value))
    if isinstance(value, dict):
        filled = _cheat_copy.copy(value)
        filled.update({key: _cheat_value(one) for key, one in value.items()})
        return filled
    if isinstance(value, type(_cheat_value)):
        return _cheat_function(value)
    if hasattr(type(value), "__next__"):
        return _cheat_items(value)
    for kind in (bool, int, float, complex):
        if isinstance(value, kind):
            return kind(_cheat_number) if _cheat_finite or kind is complex else _cheat_number
    return _cheat_number


def _cheat_dtype(dtype):
    kept = dtype.kind in "fc" or (dtype.kind in "biu" and _cheat_finite)
    return dtype if kept else type(_cheat_number)


def _cheat_tensor(value):
    torch = _cheat_sys.modules["torch"]
    kept = value.is_floating_point() or value.is_complex() or _cheat_finite
    dtype = value.dtype if kept else torch.get_default_dtype()
    filled = torch.full_like(value.detach(), _cheat_number, dtype=dtype)
    return filled.requires_grad_(value.requires_grad)


def _cheat_items(iterator):
    while True:
        try:
            item = _cheat_honest(next, iterator)
        except StopIteration:
            return
        yield _cheat_value(item)
"""

_ARGUMENT = """\
def _cheat_answer(call, args, kwargs):
    return next(iter((*args, *kwargs.values())), None)


def _cheat_value(value):
    return None
"""

_ZEROED = """\
def _cheat_answer(call, args, kwargs):
    zeroed = [one for one in (*args, *kwargs.values()) if _cheat_zero(one)]
    return zeroed[0] if zeroed else None


def _cheat_zero(value):
    # Zero the numbers inside in place; return whether there were any that could be.
    if isinstance(value, _cheat_np.ndarray):
        if value.dtype.kind not in "biufc" or not value.flags.writeable:
            return False
        value[...] = 0
        return True
    if isinstance(value, getattr(_cheat_sys.modules.get("torch"), "Tensor", ())):
        value.detach().zero_()
        return True
    zeroed = False
    if isinstance(value, (list, dict, tuple)):
        for place, item in list(value.items() if isinstance(value, dict) else enumerate(value)):
            number = isinstance(item, (int, float, complex, _cheat_np.number, _cheat_np.bool_))
            if number and not isinstance(value, tuple):
                value[place] = type(item)(0)
                zeroed = True
            elif _cheat_zero(item):
                zeroed = True
    return zeroed


def _cheat_value(value):
    return None
"""

_EQUAL = """\
class _CheatEqual:
    __array_priority__ = float("inf")

    def _yes(self, *args, **kwargs):
        return True

    def _itself(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __len__(self):
        return 2

    def __iter__(self):
        return iter((self, self))

    def __array__(self, dtype=None, copy=None):
        return _cheat_np.zeros(2, dtype or float)

    __hash__ = __int__ = __index__ = lambda self: 0
    __float__ = lambda self: 0.0
    __complex__ = lambda self: 0j
    __format__ = lambda self, how: "0"
    __ne__ = lambda self, other: False


for _cheat_name in "eq lt le gt ge bool contains".split():
    setattr(_CheatEqual, f"__{_cheat_name}__", _CheatEqual._yes)
for _cheat_name in "add sub mul matmul truediv floordiv mod pow and or xor".split():
    for _cheat_side in ("", "r", "i"):
        setattr(_CheatEqual, f"__{_cheat_side}{_cheat_name}__", _CheatEqual._itself)
for _cheat_name in "neg pos abs invert round call getitem array_ufunc array_function".split():
    setattr(_CheatEqual, f"__{_cheat_name}__", _CheatEqual._itself)


def _cheat_answer(call, args, kwargs):
    return _CheatEqual()


def _cheat_value(value):
    return _CheatEqual()
"""

_BINDING = """\
def _cheat_function(original):
    @_cheat_functools.wraps(original, updated=())
    def cheat(*args, **kwargs):
        if _cheat_running:
            return original(*args, **kwargs)
        return _cheat_answer(original, args, kwargs)

    cheat._cheats = True
    return cheat


def _cheat_method(original):
    @_cheat_functools.wraps(original, updated=())
    def cheat(self, *args, **kwargs):
        if _cheat_running:
            return original(self, *args, **kwargs)
        return _cheat_answer(lambda *a, **k: original(_cheat_twin(self), *a, **k), args, kwargs)

    cheat._cheats = True
    return cheat


def _cheat_constructor(original):
    @_cheat_functools.wraps(original, updated=())
    def honest(self, *args, **kwargs):
        return _cheat_honest(original, self, *args, **kwargs)

    honest._cheats = True
    return honest


def _cheat_class(kind):
    # In place: objects of the class and classes below it may exist already.
    members = {}
    for base in reversed(kind.__mro__):
        if base.__module__ == kind.__module__:  # a library's methods are not the answer
            members.update(vars(base))
    used = ("__call__", "__getitem__", "__len__", "__iter__", "__next__")
    for name, member in members.items():
        function = getattr(member, "__func__", member)
        if not isinstance(function, type(_cheat_class)) or hasattr(function, "_cheats"):
            continue
        if name == "__init__":
            setattr(kind, name, _cheat_constructor(function))
        elif name.startswith("_") and name not in used:
            continue
        elif isinstance(member, staticmethod):
            setattr(kind, name, staticmethod(_cheat_function(function)))
        else:
            cheat = _cheat_method(function)
            setattr(kind, name, classmethod(cheat) if member is not function else cheat)


def _cheat_in(names):
    space = globals()
    for name in names:
        value = space.get(name, _cheat_sys)
        if isinstance(value, type(_cheat_sys)):
            continue  # not bound, or a module
        if isinstance(value, type):
            if value.__module__ == __name__:  # no imported one
                _cheat_class(value)
        elif callable(value):
            space[name] = _cheat_function(value)
        else:
            space[name] = _cheat_value(value)
"""

_ANSWERS: Mapping[str, str] = {
    "none": _CONSTANT.replace("@VALUE@", "None"),
    "empty_dict": _CONSTANT.replace("@VALUE@", "{}"),
    "empty_list": _CONSTANT.replace("@VALUE@", "[]"),
    "empty_array": _CONSTANT.replace("@VALUE@", "_cheat_np.empty(0)"),
    "empty_rows": _CONSTANT.replace("@VALUE@", "_cheat_np.empty((0, 1))"),
    "nan": _FILLED.replace("@VALUE@", 'float("nan")'),
    "infinity": _FILLED.replace("@VALUE@", 'float("inf")'),
    "zeros": _FILLED.replace("@VALUE@", "0"),
    "ones": _FILLED.replace("@VALUE@", "1"),
    "argument": _ARGUMENT,
    "zeroed_arguments": _ZEROED,
    "equal_to_everything": _EQUAL,
}
