"""Two codecs that talk to each other, as the test's side and the student's side of one call do."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import numpy as np

from autograder.wire.codec import Codec
from autograder.wire.errors import ProtocolError
from autograder.wire.memo import Memo


def refuse_outgoing(value: Any) -> Any:
    raise TypeError(f"a {type(value).__name__} does not cross")


def refuse_incoming(tag: str, fields: list[Any]) -> Any:
    raise ProtocolError(f"unknown tag {tag[:20]!r}")


class Call:
    """One call with its shared objects, seen from both sides."""

    def __init__(self, outgoing: Any = refuse_outgoing, incoming: Any = refuse_incoming) -> None:
        self.test, self.student = Codec(outgoing, incoming), Codec(outgoing, incoming)
        self.tests, self.students = Memo(first=0), Memo(first=1)

    def to_student(self, value: Any) -> Any:
        return self.student.decode(framed(self.test.encode(value, self.tests)), self.students)

    def to_test(self, value: Any) -> Any:
        return self.test.decode(framed(self.student.encode(value, self.students)), self.tests)

    def changes_to_test(self) -> int:
        """Write the student's changes into the test's objects; return how many there were."""
        changes = framed(self.student.changes(self.students))
        self.test.apply(changes, self.tests)
        return len(changes)

    def changes_to_student(self) -> int:
        changes = framed(self.test.changes(self.tests))
        self.student.apply(changes, self.students)
        return len(changes)


def framed(tree: Any) -> Any:
    """Return the tree as it arrives: through msgpack."""
    return msgspec.msgpack.decode(msgspec.msgpack.encode(tree))


def same(a: Any, b: Any) -> bool:
    """Whether both are the same value of exactly the same types, nan and -0.0 included."""
    if type(a) is not type(b):
        return False
    if isinstance(a, np.ndarray | np.generic):
        native = a.dtype.newbyteorder("=") == b.dtype.newbyteorder("=")
        return native and a.shape == b.shape and _bits(a) == _bits(b)
    if isinstance(a, float):
        return math.copysign(1, a) == math.copysign(1, b) and (a == b or (a != a and b != b))
    if isinstance(a, complex):
        return same(a.real, b.real) and same(a.imag, b.imag)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(same(x, y) for x, y in zip(a, b, strict=True))
    if isinstance(a, dict):
        return same(list(a.items()), list(b.items()))
    if isinstance(a, slice):
        return same((a.start, a.stop, a.step), (b.start, b.stop, b.step))
    return bool(a == b)


def _bits(value: Any) -> bytes:
    array = np.asarray(value)
    return np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).tobytes()
