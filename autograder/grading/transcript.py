"""What a test case asked the notebook, and what came back: the case's transcript.

A transcript keeps the messages as they crossed the wire, so recording costs next to nothing; they
are read only where somebody wants to know more about a failed case.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

import msgspec

from autograder.grading.diagnosis.forms import Opaque
from autograder.wire.codec import Codec
from autograder.wire.errors import ProtocolError
from autograder.wire.memo import Memo

MAX_BYTES = 1 << 20
_OWN_IDS = 1 << 40  # beyond those that cross


class Entry(msgspec.Struct, array_like=True):
    """One exchange.

    Attributes
    ----------
    target : str
        What was asked, as a test would write it: ``weights``, ``perceptron()``,
        ``Layer().forward()``, ``len(Layer())``.
    args, kwargs : encoded values
        The arguments, as they were sent.
    outcome : {"returned", "raised", "missing"}
    value : encoded value
        What was returned; for an exception the names of its classes, nearest first.
    steps : list of [changes, values]
        Of each further message, in order: what changed in shared objects, and what a function that
        was passed got or returned.
    warned : list of str
        The categories of warnings.
    """

    target: str
    args: list[Any] = []
    kwargs: dict[str, Any] = {}
    outcome: Literal["returned", "raised", "missing"] = "missing"
    value: Any = None
    steps: list[list[Any]] = []
    warned: list[str] = []


@dataclass(frozen=True)
class Seen:
    """An entry as values.

    ``args`` and ``kwargs`` are the arguments as they were sent; ``left`` is what they were when
    the exchange was over.
    """

    target: str
    outcome: str
    result: Any
    args: tuple[Any, ...]
    kwargs: dict[str, Any] = field(default_factory=dict)
    left: tuple[Any, ...] = ()
    warned: tuple[str, ...] = ()


def read(entry: Entry) -> Seen:
    """Return the entry as values; ``Opaque`` stands for functions and objects.

    Raises
    ------
    ProtocolError
        When the student's side wrote what is no value.
    """
    before = _decode_arguments(entry)[1]
    memo, after = _decode_arguments(entry)
    codec = _codec()
    for changes, values in entry.steps:
        codec.apply(changes, memo)
        for value in values:
            codec.decode(value, memo)
    if entry.outcome == "raised":
        result: Any = entry.value
    else:
        result = codec.decode(entry.value, memo)
    return Seen(
        entry.target,
        entry.outcome,
        result,
        tuple(before[: len(entry.args)]),
        dict(zip(entry.kwargs, before[len(entry.args) :], strict=True)),
        tuple(after),
        tuple(entry.warned),
    )


class _Shared(Memo):
    """A memo for reading: it takes the ids of both sides."""

    def __init__(self) -> None:
        super().__init__(first=_OWN_IDS)

    def accept(self, number: int, value: Any) -> None:
        """Share an object under the id that either side gave it."""
        self._share(number, value)


def _decode_arguments(entry: Entry) -> tuple[Memo, list[Any]]:
    memo = _Shared()
    codec = _codec()
    encoded = [*entry.args, *entry.kwargs.values()]
    return memo, [codec.decode(one, memo) for one in encoded]


def _codec() -> Codec:
    # Nothing is sent; a container that is decoded is encoded again to remember what it holds.
    return Codec(lambda _: ["handle", 0], _stand_in)


def _stand_in(tag: str, fields: list[Any]) -> Any:
    """Return what stands for an object or a function in a value that is only looked at."""
    match tag, fields:
        case "handle", [int(), str(name), *_]:
            return Opaque(name)
        case "handle", [int()]:
            return Opaque("object")
        case "callback", [int()]:
            return Opaque("function")
        case "library", [str(module), str(name)]:
            return Opaque(f"{module}.{name}")
    raise ProtocolError(f"unknown tag {tag[:20]!r}")


class Recorder:
    """Collects the entries of one case, up to a size."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._left = MAX_BYTES

    def add(self, entry: Entry, size: int) -> None:
        """Keep an entry whose messages took ``size`` bytes, while there is room."""
        self._left -= size
        if self._left >= 0:
            self.entries.append(entry)
