"""The memo of one call: which mutable objects the two sides share, and what they last held."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from autograder.wire.errors import ProtocolError

MAX_OBJECTS = 1_000_000
_KEPT = 1000


class Memo:
    """The mutable objects that one call shares between the two sides.

    Ids of the side that opened the call are even, those of the other side odd, so that both may
    introduce objects. ``_seen`` holds the packed content at the last crossing, or its digest.
    """

    def __init__(self, first: int) -> None:
        self._objects: dict[int, Any] = {}
        self._ids: dict[int, int] = {}
        self._seen: dict[int, bytes] = {}
        self._next = first

    def id_of(self, value: Any) -> int | None:
        """Return the id of an object that is already shared, else None."""
        return self._ids.get(id(value))

    def introduce(self, value: Any) -> int:
        """Share a new object and return its id."""
        number = self._next
        self._next += 2
        self._share(number, value)
        return number

    def accept(self, number: int, value: Any) -> None:
        """Share an object under the id that the other side gave it."""
        if number % 2 == self._next % 2:
            raise ProtocolError(f"object {number} has an id of the other side's")
        self._share(number, value)

    def _share(self, number: int, value: Any) -> None:
        if number in self._objects or len(self._objects) > MAX_OBJECTS:
            raise ProtocolError(f"object {number} is introduced twice, or there are too many")
        self._objects[number] = value
        self._ids[id(value)] = number

    def get(self, number: int) -> Any:
        """Return the shared object with this id."""
        try:
            return self._objects[number]
        except (KeyError, TypeError):
            raise ProtocolError(f"object {number!r} is not shared in this call") from None

    def seen(self, number: int, content: Any) -> bool:
        """Remember the content at this crossing; True when it is what the last one had."""
        packed = msgspec.msgpack.encode(content)
        if len(packed) > _KEPT:
            packed = hashlib.blake2b(packed).digest()
        if self._seen.get(number) == packed:
            return True
        self._seen[number] = packed
        return False

    def items(self) -> list[tuple[int, Any]]:
        """Return the shared objects with their ids."""
        return list(self._objects.items())
