"""Remote objects: what tests hold of the student's functions, classes and objects.

A proxy forwards calls, public attributes and a short list of operations. It never forwards ==,
bool, hash, float, index, arithmetic or NumPy's array protocols: a proxy that answered those would
let np.asarray read and write any address of the trusted process.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

if TYPE_CHECKING:
    from autograder.grading.tester import Tester

_LIBRARIES = ("torch.", "keras.", "sklearn.", "matplotlib.")
_PLAIN_SIZE = type("Plain", (), {}).__basicsize__
_HEAP_TYPE = 1 << 9  # Py_TPFLAGS_HEAPTYPE


class RemoteObject:
    """Stands for an object that lives in the student's process."""

    __slots__ = ("_handle", "_mro", "_tester")
    __array_ufunc__ = None  # arithmetic with arrays raises TypeError

    def __init__(self, tester: Tester, handle: int, mro: tuple[str, ...]) -> None:
        object.__setattr__(self, "_tester", tester)
        object.__setattr__(self, "_handle", handle)
        object.__setattr__(self, "_mro", mro)

    @property  # type: ignore[misc]
    def __class__(self) -> Any:
        """The listed library class that the object reports to be, else the proxy's own."""
        return _library_class(object.__getattribute__(self, "_mro")) or type(self)

    def _operate(self, operation: str, *args: Any) -> Any:
        tester = object.__getattribute__(self, "_tester")
        return tester.operate(object.__getattribute__(self, "_handle"), operation, *args)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:  # noqa: D102 - what it says
        tester = object.__getattribute__(self, "_tester")
        return tester.call(object.__getattribute__(self, "_handle"), args, kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"{name}: names with an underscore are not forwarded")
        return _read_only(self._operate("getattr", name))

    def __setattr__(self, name: str, value: Any) -> None:
        if name.startswith("_"):
            raise AttributeError(f"{name}: names with an underscore are not forwarded")
        self._operate("setattr", name, value)

    def __len__(self) -> int:
        size = self._operate("len")
        if type(size) is not int or not 0 <= size < 1 << 40:
            raise TypeError("len() of the object is no sensible number")
        return size

    def __getitem__(self, key: Any) -> Any:
        return self._operate("getitem", key)

    def __setitem__(self, key: Any, value: Any) -> None:
        self._operate("setitem", key, value)

    def __iter__(self) -> Iterator[Any]:
        iterator = self._operate("iter")
        if not isinstance(iterator, RemoteObject):
            raise TypeError("iter() of the object is no iterator")
        return iterator

    def __next__(self) -> Any:
        return self._operate("next")

    def __enter__(self) -> Any:
        return self._operate("enter")

    def __exit__(self, *_: object) -> None:
        self._operate("exit")

    def __eq__(self, other: object) -> bool:
        """Whether both are the same object of the notebook; comparing one with data fails."""
        if other is None:
            return False
        # type(), because isinstance() believes __class__.
        if not issubclass(type(other), RemoteObject):
            raise TypeError("an object of the notebook cannot be compared with data")
        return hash(self) == hash(other)

    def __hash__(self) -> int:
        tester = object.__getattribute__(self, "_tester")
        return hash((id(tester), object.__getattribute__(self, "_handle")))

    def __bool__(self) -> NoReturn:
        raise TypeError("an object of the notebook has no truth value in a test")

    def __array__(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError(f"a value of type {type(self).__name__} is no array")

    def __repr__(self) -> str:
        return f"<{type(self).__name__} in the notebook>"


class RemoteClass(RemoteObject):
    """Stands for a class that lives in the student's process."""

    __slots__ = ()

    def __instancecheck__(self, value: Any) -> bool:
        return isinstance(value, RemoteObject) and self._operate("isinstance", value) is True


@lru_cache(maxsize=1000)
def proxy_class(name: str, is_class: bool) -> type[RemoteObject]:
    """Return a proxy class that bears the student's type name, for messages."""
    safe = name if re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]{0,60}", name) else "object"
    base = RemoteClass if is_class else RemoteObject
    return type(safe, (base,), {"__slots__": ()})


def _library_class(mro: tuple[str, ...]) -> type | None:
    """Return the nearest listed library class that is loaded here, by its reported name."""
    for name in mro:
        module, _, attribute = name.rpartition(".")
        if name.startswith(_LIBRARIES) and module in sys.modules:
            found = getattr(sys.modules[module], attribute, None)
            if isinstance(found, type) and _is_plain(found):
                return found
    return None


def _is_plain(kind: type) -> bool:
    """Whether a class is written in Python, down to object.

    A proxy must pass for no other: compiled code that asks isinstance (torch's does, of tensors,
    generators, storages) then reads the object's memory as that of its own kind.
    """
    compiled = any(not base.__flags__ & _HEAP_TYPE for base in kind.__mro__[:-1])
    return not compiled and kind.__basicsize__ == _PLAIN_SIZE and not kind.__itemsize__


def _read_only(value: Any) -> Any:
    """Make a snapshot's arrays read-only, so that a test which edits one fails loudly."""
    if type(value) is np.ndarray:
        value.flags.writeable = False
    return value
