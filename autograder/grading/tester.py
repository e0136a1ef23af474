"""The trusted end of the calls: one question's tests talk to the student's process through it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import msgspec

from autograder.grading.exceptions import reissue, student_exception
from autograder.grading.remote import RemoteObject, proxy_class
from autograder.grading.transcript import Entry, Recorder
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
        self._known: dict[str, RemoteObject] = {}
        self._on_wait = on_wait
        self._depth = 0
        self._callbacks = 0
        self._numbers = 0
        # The first breach of the protocol since it was last cleared: a test that expects any
        # exception may have swallowed it.
        self.breach: ProtocolError | None = None
        #: What was asked and answered; whoever starts a case puts a new one here.
        self.recorder = Recorder()
        # What a handle stands for, in the words of a transcript.
        self._labels: dict[int, str] = {}
        self._arrived = 0

    def get(self, name: str) -> tuple[bool, Any]:
        """Return whether the notebook defines this name, and its value."""
        if name in self._known:
            return True, self._known[name]
        reply = self._ask(_Exchange(self), Get(name), Entry(name))
        if isinstance(reply, RemoteObject):
            # The cases of a question ask for the same functions; data may have changed meanwhile.
            self._known[name] = reply
        return (False, None) if reply is _MISSING else (True, reply)

    def probe(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a function of the stage's probes.py beside the student's objects."""
        exchange = _Exchange(self)
        encoded = exchange.arguments(args, kwargs)
        return self._ask(exchange, Probe(name, *encoded), Entry(f"probes.{name}()", *encoded))

    def call(self, handle: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        """Call a remote object; what it changes in the arguments is changed here too."""
        exchange = _Exchange(self)
        encoded = exchange.arguments(args, kwargs)
        entry = Entry(f"{self._label(handle)}()", *encoded)
        return self._ask(exchange, Call(handle, *encoded, []), entry)

    def operate(self, handle: int, operation: str, *args: Any) -> Any:
        """Apply a listed operation to a remote object."""
        exchange = _Exchange(self)
        arguments, _ = exchange.arguments(args, {})
        if operation == "getattr":
            entry = Entry(f"{self._label(handle)}.{args[0]}")
        elif operation in ("getitem", "setitem"):
            entry = Entry(f"{self._label(handle)}[]", arguments)
        else:
            entry = Entry(f"{operation}({self._label(handle)})", arguments)
        return self._ask(exchange, Operate(handle, operation, arguments), entry)

    def _ask(self, exchange: _Exchange, request: ToTester, entry: Entry) -> Any:
        before = self._arrived
        try:
            self._send(request)
            return exchange.reply(entry, may_miss=isinstance(request, Get))
        except ProtocolError as error:
            self.breach = self.breach or error
            raise
        finally:
            # That a function is there says nothing yet, and it is asked for once a question.
            if not (isinstance(request, Get) and _is_handle(entry.value)):
                self.recorder.add(entry, self._arrived - before)

    def label(self, handle: int, target: str) -> None:
        """Note what a handle stands for: what was asked when it first came."""
        self._labels.setdefault(handle, target)

    def _label(self, handle: int) -> str:
        return self._labels.get(handle, "object")

    def new_number(self) -> int:
        """Return a number for a callback that no other one has had."""
        self._numbers += 1
        return self._numbers

    def _send(self, message: ToTester) -> None:
        self._channel.send(_encode(message), on_wait=self._on_wait)

    def _receive(self) -> FromTester:
        frame = self._channel.receive(self._on_wait)
        self._arrived += len(frame)
        try:
            message: FromTester = _decode(frame)
            return message
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise ProtocolError(f"malformed message: {error}") from None


_MISSING = object()


def _is_handle(value: Any) -> bool:
    return isinstance(value, list) and value[:1] == ["handle"]


class _Exchange:
    """One request with its shared arguments and callbacks, until its reply."""

    def __init__(self, tester: Tester) -> None:
        self._tester = tester
        self._memo = Memo(first=0)
        self._target = ""
        self._functions: dict[int, Callable[..., Any]] = {}
        self._codec = Codec(self._outgoing, self._incoming)

    def arguments(
        self, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> tuple[list[Any], dict[str, Any]]:
        """Return the arguments in encoded form."""
        encode, memo = self._codec.encode, self._memo
        return [encode(arg, memo) for arg in args], {
            key: encode(arg, memo) for key, arg in kwargs.items()
        }

    def reply(self, entry: Entry, may_miss: bool = False) -> Any:
        """Serve the call's callbacks until it returns or raises; fill in the entry."""
        self._target = entry.target
        entry.steps = []
        while True:
            match self._tester._receive():
                case CallBack(number, args, kwargs, changes):
                    entry.steps.append([changes, [*args, *kwargs.values()]])
                    self._codec.apply(changes, self._memo)
                    self._call_back(number, args, kwargs, entry)
                case Returned(value, changes, output, warned):
                    entry.outcome, entry.value = "returned", value
                    entry.steps.append([changes, []])
                    entry.warned = [warning.category for warning in warned]
                    self._codec.apply(changes, self._memo)
                    result = self._codec.decode(value, self._memo)
                    sys.stdout.write(output)
                    for warning in warned:
                        reissue(warning.category, warning.message)
                    return result
                case Raised(types, message, line, changes, output, _):
                    entry.outcome, entry.value = "raised", types
                    entry.steps.append([changes, []])
                    self._codec.apply(changes, self._memo)
                    sys.stdout.write(output)
                    raise student_exception(types, message, line)
                case Missing() if may_miss:
                    return _MISSING
                case _:
                    raise ProtocolError("a message out of turn")

    def _call_back(
        self, number: int, args: list[Any], kwargs: dict[str, Any], entry: Entry
    ) -> None:
        """Run a function that was passed to this call, and only such a one."""
        tester, codec, memo = self._tester, self._codec, self._memo
        function = self._function(number)
        tester._callbacks += 1
        if tester._callbacks > MAX_CALLBACKS or tester._depth >= MAX_CALLBACK_DEPTH:
            raise ProtocolError("too many callbacks, or nested too deep")
        tester._depth += 1
        try:
            value = function(
                *[codec.decode(arg, memo) for arg in args],
                **{key: codec.decode(arg, memo) for key, arg in kwargs.items()},
            )
        except ProtocolError:
            raise
        except Exception as error:
            # By type only: the text may hold what a hidden test knows.
            tester._send(CallbackRaised(type(error).__name__))
        else:
            changes = codec.changes(memo)
            encoded = codec.encode(value, memo)
            entry.steps.append([changes, [encoded]])
            tester._send(CallbackReturned(encoded, changes))
        finally:
            tester._depth -= 1

    def _outgoing(self, value: Any) -> Any:
        if isinstance(value, RemoteObject):
            return ["handle", object.__getattribute__(value, "_handle")]
        named = library_name(value)
        if named is not None:
            return ["library", *named]
        if callable(value):
            # Numbers are never used twice: code that kept a function of an earlier call must not
            # reach another one by it.
            known = [number for number, f in self._functions.items() if f is value]
            number = known[0] if known else self._tester.new_number()
            self._functions[number] = value
            return ["callback", number]
        raise TypeError(f"a {type(value).__name__} cannot be passed to student code")

    def _function(self, number: int) -> Callable[..., Any]:
        if number not in self._functions:
            raise ProtocolError("a callback that was not passed to this call")
        return self._functions[number]

    def _incoming(self, tag: str, fields: list[Any]) -> Any:
        match tag, fields:
            case "handle", [int(number), str(name), list(mro), bool(is_class)]:
                if len(mro) > 20 or not all(isinstance(base, str) for base in mro):
                    raise ProtocolError("malformed handle")
                self._tester.label(number, self._target)
                return proxy_class(name, is_class)(self._tester, number, tuple(mro))
            case "callback", [int(number)]:
                return self._function(number)
        raise ProtocolError(f"unknown tag {tag[:20]!r}")
