"""The call server: serves the trusted side's calls on the student's objects.

It runs in a fork of the notebook's process, made at a question's check cell. Everything it says
may be a lie by then; the trusted side treats it as such.
"""

from __future__ import annotations

import contextlib
import linecache
import traceback
import types
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from autograder.student.text import CappedOutput, capped
from autograder.wire.channel import Channel
from autograder.wire.codec import Codec
from autograder.wire.errors import ChannelClosed, ProtocolError
from autograder.wire.memo import Memo
from autograder.wire.messages import (
    MAX_WARNINGS,
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
    Warned,
)
from autograder.wire.names import library_value

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(ToTester).decode

_OPERATIONS: dict[str, Callable[..., Any]] = {
    "len": len,
    "getitem": lambda value, key: value[key],
    "setitem": lambda value, key, item: value.__setitem__(key, item),
    "getattr": getattr,
    "setattr": setattr,
    "iter": iter,
    "next": next,
    "enter": lambda value: value.__enter__(),
    "exit": lambda value: value.__exit__(None, None, None),
    "isinstance": lambda kind, value: isinstance(value, kind),
}


class CallServer:
    """Serves one channel over one namespace until the trusted side closes it."""

    def __init__(
        self,
        channel: Channel,
        namespace: Mapping[str, Any],
        probes: Mapping[str, Any],
        output: CappedOutput,
    ) -> None:
        self._channel = channel
        self._namespace = namespace
        self._probes = probes
        self._output = output
        self._objects: list[Any] = []
        self._numbers: dict[int, int] = {}
        # The test's functions, by the identity of what stands for them here.
        self._callbacks: dict[int, tuple[Memo, int, Callable[..., Any]]] = {}

    def serve(self) -> None:
        """Answer requests until the other side has gone."""
        with contextlib.suppress(ProtocolError):
            while True:
                self._answer(_decode(self._channel.receive()))

    def _send(self, message: FromTester) -> None:
        self._channel.send(_encode(message))

    def _answer(self, request: ToTester) -> None:
        """Run one request. Its shared arguments live in a memo of its own, nested calls apart."""
        memo = Memo(first=1)
        codec = Codec(
            lambda value: self._outgoing(value, memo),
            lambda tag, fields: self._incoming(tag, fields, memo, codec),
        )
        if isinstance(request, Get) and request.name not in self._namespace:
            self._send(Missing())
            return
        self._output.drain()
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                value = self._perform(request, memo, codec)
                # The other side reads the changes first: what is new in them is introduced there.
                changes = codec.changes(memo)
                reply: FromTester = Returned(
                    codec.encode(value, memo), changes, self._written(), []
                )
            except ProtocolError as error:
                reply = _unsendable(error)
            except BaseException as error:
                reply = self._raised(error, memo, codec)
        if caught and isinstance(reply, Returned | Raised):
            reply = msgspec.structs.replace(reply, warnings=_warned(caught))
        try:
            self._send(reply)
        except ChannelClosed:
            raise
        except (ProtocolError, MemoryError) as error:
            self._send(_unsendable(error))

    def _perform(self, request: ToTester, memo: Memo, codec: Codec) -> Any:
        match request:
            case Get(name):
                return self._namespace[name]
            case Call(handle, args, kwargs, _):
                function = self._objects[handle]
            case Operate(handle, operation, args):
                decoded = [codec.decode(arg, memo) for arg in args]
                return _OPERATIONS[operation](self._objects[handle], *decoded)
            case Probe(name, args, kwargs):
                function = self._probes[name]
            case _:
                raise ProtocolError("a callback's answer without a callback")
        return function(
            *[codec.decode(arg, memo) for arg in args],
            **{key: codec.decode(arg, memo) for key, arg in kwargs.items()},
        )

    def _outgoing(self, value: Any, memo: Memo) -> Any:
        """Return a test's function as itself during the call that it was passed to."""
        known = self._callbacks.get(id(value))
        if known is not None and known[0] is memo:
            return ["callback", known[1]]
        return self._handle(value)

    def _handle(self, value: Any) -> Any:
        """Keep an object here and return what stands for it on the other side."""
        number = self._numbers.get(id(value))
        if number is None:
            number = len(self._objects)
            self._objects.append(value)
            self._numbers[id(value)] = number
        kind = type(value)
        names = [
            capped(f"{base.__module__}.{base.__qualname__}", 200) for base in kind.__mro__[:20]
        ]
        return ["handle", number, capped(kind.__name__, 80), names, isinstance(value, type)]

    def _incoming(self, tag: str, fields: list[Any], memo: Memo, codec: Codec) -> Any:
        match tag, fields:
            case "handle", [int(number)]:
                return self._objects[number]
            case "callback", [int(number)]:
                return self._callback(number, memo, codec)
            case "library", [str(module), str(name)]:
                return library_value(module, name)
        raise ProtocolError(f"unknown tag {tag[:20]!r}")

    def _callback(self, number: int, memo: Memo, codec: Codec) -> Callable[..., Any]:
        """Return a function that calls the test's function on the trusted side."""

        def function(*args: Any, **kwargs: Any) -> Any:
            changes = codec.changes(memo)
            encoded = [codec.encode(arg, memo) for arg in args]
            named = {key: codec.encode(arg, memo) for key, arg in kwargs.items()}
            self._send(CallBack(number, encoded, named, changes))
            while True:
                message = _decode(self._channel.receive())
                match message:
                    case CallbackReturned(value, changes):
                        codec.apply(changes, memo)
                        return codec.decode(value, memo)
                    case CallbackRaised(name):
                        raise _exception(name)("raised by the function that was passed in")
                    case _:
                        # The test's function itself calls back into the notebook.
                        self._answer(message)

        self._callbacks[id(function)] = memo, number, function
        return function

    def _raised(self, error: BaseException, memo: Memo, codec: Codec) -> Raised:
        types = [capped(base.__name__, 80) for base in type(error).__mro__[:20]]
        if not isinstance(error, Exception):
            types, text = ["RuntimeError"], "your code called exit()"
            if isinstance(error, KeyboardInterrupt):
                text = "your code raised KeyboardInterrupt"
        else:
            text = capped(_text(error))
        try:
            changes = codec.changes(memo)
        except Exception:
            changes = []
        return Raised(types, text, _line(error), changes, self._written(), [])

    def _written(self) -> str:
        return capped(self._output.drain(), 2000)


def _unsendable(error: Exception) -> Raised:
    why = str(error) or "it does not fit in memory twice"
    return Raised(["ValueError"], f"the result cannot be handed over: {why}", "", [], "", [])


def _text(error: object) -> str:
    """Return the text of an exception or warning; ``__str__`` is student code."""
    try:
        return str(error)
    except BaseException:
        return ""


def _line(error: BaseException) -> str:
    """Return the notebook line that raised, with its number in the cell."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename.startswith("<cell "):
            line = linecache.getline(frame.filename, frame.lineno or 0).strip()
            return capped(f"{frame.filename[1:-1]}, line {frame.lineno}: {line}", 300)
    return ""


def _warned(caught: list[warnings.WarningMessage]) -> list[Warned]:
    return [
        Warned(capped(entry.category.__name__, 80), capped(_text(entry.message), 300))
        for entry in caught[:MAX_WARNINGS]
    ]


def _exception(name: str) -> type[Exception]:
    import builtins

    kind = getattr(builtins, name, None)
    good = isinstance(kind, type) and issubclass(kind, Exception)
    return kind if good and kind is not None else RuntimeError


def probe_functions(source: str) -> dict[str, Any]:
    """Return the public functions of a stage's probes.py."""
    module = types.ModuleType("probes")
    exec(compile(source, "probes.py", "exec"), module.__dict__)
    return {name: value for name, value in vars(module).items() if not name.startswith("_")}
