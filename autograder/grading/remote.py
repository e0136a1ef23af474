"""Remote objects: what tests hold of the student's functions, classes and objects.

A proxy forwards calls, public attributes and a short list of operations. It never forwards ==,
bool, hash, float, index, arithmetic or NumPy's array protocols: a proxy that answered those would
let np.asarray read and write any address of the trusted process.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NoReturn

import msgspec

from autograder.grading.exceptions import reissue, student_exception
from autograder.wire.channel import Channel
from autograder.wire.codec import Codec
from autograder.wire.errors import ProtocolError
from autograder.wire.memo import Memo
from autograder.wire.messages import (
    Call,
    CallBack,
    CallbackRaised,
    CallbackReturned,
    FromTester,
    Get,
    Missing,
    Operate,
    Probe,
    Raised,
    Returned,
    ToTester,
)
from autograder.wire.names import library_name

MAX_CALLBACKS = 1_000_000
MAX_CALLBACK_DEPTH = 20
_LIBRARIES = ("torch.", "keras.", "sklearn.", "matplotlib.")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(FromTester).decode


class Tester:
    """The trusted end of a call server: one question's tests talk to the student through it.

    Parameters
    ----------
    channel : Channel
        To the fork of the student's process.
    on_wait : callable
        Called while waiting; raises when a limit is hit.
    """

    def __init__(self, channel: Channel, on_wait: Callable[[], None]) -> None:
        self._channel = channel
        self._on_wait = on_wait
        self._depth = 0
        self._callbacks_left = MAX_CALLBACKS

    def get(self, name: str) -> tuple[bool, Any]:
        """Return whether the notebook defines this name, and its value."""
        exchange = _Exchange(self)
        self._send(Get(name))
        reply = exchange.reply()
        return (False, None) if reply is _MISSING else (True, reply)

    def probe(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the stage's probes.py beside the student's objects."""
        exchange = _Exchange(self)
        self._send(Probe(name, *exchange.arguments(args, kwargs)))
        return exchange.reply()

    def call(self, handle: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a remote object; what it changes in the arguments is changed here too."""
        exchange = _Exchange(self)
        self._send(Call(handle, *exchange.arguments(args, kwargs), []))
        return exchange.reply()

    def operate(self, handle: int, operation: str, *args: Any) -> Any:
        """Apply a listed operation to a remote object."""
        exchange = _Exchange(self)
        self._send(Operate(handle, operation, exchange.arguments(args, {})[0]))
        return exchange.reply()

    def _send(self, message: ToTester) -> None:
        self._channel.send(_encode(message))

    def _receive(self) -> FromTester:
        frame = self._channel.receive(self._on_wait)
        try:
            message: FromTester = _decode(frame)
            return message
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise ProtocolError(f"malformed message: {error}") from None


_MISSING = object()


class _Exchange:
    """One request with its shared arguments and callbacks, until its reply."""

    def __init__(self, tester: Tester) -> None:
        self._tester = tester
        self._memo = Memo(first=0)
        self._functions: list[Callable[..., Any]] = []
        self._codec = Codec(self._outgoing, self._incoming)

    def arguments(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments in encoded form."""
        encode, memo = self._codec.encode, self._memo
        return [encode(arg, memo) for arg in args], {
            key: encode(arg, memo) for key, arg in kwargs.items()
        }

    def reply(self) -> Any:
        """Serve the call's callbacks until it returns or raises."""
        while True:
            match self._tester._receive():
                case CallBack(number, args, kwargs, changes):
                    self._codec.apply(changes, self._memo)
                    self._call_back(number, args, kwargs)
                case Returned(value, changes, output, warned):
                    self._codec.apply(changes, self._memo)
                    result = self._codec.decode(value, self._memo)
                    sys.stdout.write(output)
                    for warning in warned:
                        reissue(warning.category, warning.message)
                    return result
                case Raised(types, message, line, changes, output, _):
                    self._codec.apply(changes, self._memo)
                    sys.stdout.write(output)
                    raise student_exception(types, message, line)
                case Missing():
                    return _MISSING
                case _:
                    raise ProtocolError("a message out of turn")

    def _call_back(self, number: int, args: list[Any], kwargs: dict[str, Any]) -> None:
        """Run a function that was passed to this call, and only such a one."""
        tester, codec, memo = self._tester, self._codec, self._memo
        if not 0 <= number < len(self._functions):
            raise ProtocolError("a callback that was not passed to this call")
        tester._callbacks_left -= 1
        if tester._callbacks_left < 0 or tester._depth >= MAX_CALLBACK_DEPTH:
            raise ProtocolError("too many callbacks, or nested too deep")
        tester._depth += 1
        try:
            value = self._functions[number](
                *[codec.decode(arg, memo) for arg in args],
                **{key: codec.decode(arg, memo) for key, arg in kwargs.items()},
            )
        except ProtocolError:
            raise
        except Exception as error:
            # By type only: the text may hold what a hidden test knows.
            tester._send(CallbackRaised(type(error).__name__))
        else:
            encoded = codec.encode(value, memo)
            tester._send(CallbackReturned(encoded, codec.changes(memo)))
        finally:
            tester._depth -= 1

    def _outgoing(self, value: Any) -> Any:
        if isinstance(value, RemoteObject):
            return ["handle", object.__getattribute__(value, "_handle")]
        named = library_name(value)
        if named is not None:
            return ["library", *named]
        if callable(value):
            if not any(value is known for known in self._functions):
                self._functions.append(value)
            return ["callback", next(i for i, f in enumerate(self._functions) if f is value)]
        raise TypeError(f"a {type(value).__name__} cannot be passed to student code")

    def _incoming(self, tag: str, fields: list[Any]) -> Any:
        match tag, fields:
            case "handle", [int(number), str(name), list(mro), bool(is_class)]:
                if len(mro) > 20 or not all(isinstance(base, str) for base in mro):
                    raise ProtocolError("malformed handle")
                return _proxy_class(name, is_class)(self._tester, number, tuple(mro))
            case "callback", [int(number)]:
                return self._functions[number]
        raise ProtocolError(f"unknown tag {tag[:20]!r}")


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
def _proxy_class(name: str, is_class: bool) -> type[RemoteObject]:
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
            if isinstance(found, type):
                return found
    return None


def _read_only(value: Any) -> Any:
    """Make a snapshot's arrays read-only, so that a test which edits one fails loudly."""
    import numpy as np

    if type(value) is np.ndarray:
        value.flags.writeable = False
    return value
