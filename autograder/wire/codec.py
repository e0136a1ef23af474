"""Values as data: the type tags of the wire, and the memo that makes call by copy-restore work.

A value becomes a tree of None, bool, int, float, str, bytes and tagged lists, which msgpack
frames. Nothing in it can carry code: no pickle, no object arrays, types by enumeration. Types are
matched exactly (``type(x) is ...``), so a subclass that overrides comparison or arithmetic never
passes for the plain type; it becomes a remote handle.

Mutable values (arrays, lists, dicts, sets, generators, tensors) get an identity in the ``Memo`` of
the running call. At each crossing the sender adds what changed in them since the last one, and the
receiver writes it into its own objects: shape and dtype are kept.
"""

from __future__ import annotations

import contextlib
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterator
from typing import Any

import numpy as np

from autograder.wire.arrays import (
    array_content,
    dtype_code,
    new_array,
    new_scalar,
    new_tensor,
    tensor_content,
    tensor_tag,
    torch_form,
    torch_value,
    write_tensor,
)
from autograder.wire.errors import ProtocolError
from autograder.wire.generators import generator_tag, new_generator, set_state, state_of
from autograder.wire.memo import Memo

MAX_DEPTH = 64
MAX_ITEMS = 1_000_000
MAX_INT_BYTES = 1024
_INT64 = range(-(1 << 63), 1 << 63)
_MUTABLE = ("array", "list", "set", "dict", "tensor", "generator", "random", "torch_generator")

Encoded = Any


class Codec:
    """Encode and decode values for one side of the wire.

    Parameters
    ----------
    outgoing : callable
        ``outgoing(value)`` returns the encoded form of a value that is no plain data (a handle, a
        callback), or raises TypeError.
    incoming : callable
        ``incoming(tag, fields)`` returns what such an encoded form stands for on this side.
    """

    def __init__(
        self,
        outgoing: Callable[[Any], Encoded],
        incoming: Callable[[str, list[Any]], Any],
    ) -> None:
        self._outgoing = outgoing
        self._incoming = incoming

    # ---- encoding ----

    def encode(self, value: Any, memo: Memo, depth: int = 0) -> Encoded:
        """Return value as a tree of plain data, introducing its mutable parts to the memo."""
        kind = type(value)
        if value is None or kind is bool or kind is float or kind is bytes:
            return value
        if kind is str:
            return value if value.isascii() else _unicode(value)
        if kind is int:
            return value if value in _INT64 else ["int", _big_int(value)]
        if depth > MAX_DEPTH:
            raise ProtocolError(f"the value is nested more than {MAX_DEPTH} deep")
        if kind is tuple:
            return ["tuple", self._encode_all(value, memo, depth)]
        if kind is complex:
            return ["complex", value.real, value.imag]
        if kind is frozenset:
            return ["frozenset", self._encode_all(value, memo, depth)]
        if kind is slice:
            return ["slice", *self._encode_all((value.start, value.stop, value.step), memo, depth)]
        if kind is range:
            return ["range", *self._encode_all((value.start, value.stop, value.step), memo, depth)]
        if value is Ellipsis:
            return ["ellipsis"]
        if isinstance(value, np.generic) and kind is value.dtype.type:
            code = dtype_code(value.dtype)
            if code is not None:
                return ["scalar", code, value.astype(code).tobytes()]
        tag = _mutable_tag(value)
        if tag is None:
            return torch_form(value) or self._outgoing(value)
        known = memo.id_of(value)
        if known is not None:
            return ["same", known]
        number = memo.introduce(value)
        content = self._content(tag, value, memo, depth)
        self._remember(tag, number, value, content, memo)
        return [tag, number, content]

    def _content(self, tag: str, value: Any, memo: Memo, depth: int) -> Encoded:
        """Return the content of a mutable value; its mutable items go by reference once known."""
        match tag:
            case "array":
                return array_content(value)
            case "list" | "set":
                return self._encode_all(value, memo, depth)
            case "dict":
                _check_items(value)
                return [self._encode_all(pair, memo, depth) for pair in value.items()]
            case "tensor":
                return tensor_content(value)
            case _:
                # The parts of a generator's state are nobody's shared objects.
                return self.encode(state_of(value), Memo(0), depth + 1)

    def _encode_all(self, items: Collection[Any], memo: Memo, depth: int) -> list[Encoded]:
        _check_items(items)
        return [self.encode(item, memo, depth + 1) for item in items]

    def _remember(self, tag: str, number: int, value: Any, content: Encoded, memo: Memo) -> None:
        """Note what both sides now hold, in the form in which ``changes`` will look at it.

        What crosses introduces the mutable items of a container in full; later they are references.
        """
        if tag == "dict" or (tag in ("list", "set") and any(type(x) is list for x in content)):
            content = self._content(tag, value, memo, 0)
        memo.seen(number, content)

    def changes(self, memo: Memo) -> list[Encoded]:
        """Return what changed in the shared objects since the last crossing."""
        changed = []
        for number, value in memo.items():
            tag = _mutable_tag(value)
            assert tag is not None
            content = self._content(tag, value, memo, 0)
            if not memo.seen(number, content):
                changed.append([number, content])
                self._remember(tag, number, value, content, memo)
        return changed

    # ---- decoding ----

    def decode(self, data: Encoded, memo: Memo) -> Any:
        """Return the value that data stands for.

        Raises
        ------
        ProtocolError
            When data is not what ``encode`` writes; never anything else.
        """
        with _refusing("value"):
            return self._decode(data, memo, 0)

    def _decode(self, data: Encoded, memo: Memo, depth: int) -> Any:
        if data is None or isinstance(data, bool | int | float | str | bytes):
            return data
        if depth > MAX_DEPTH or not isinstance(data, list) or not data:
            raise ProtocolError("malformed value: expected a tagged list")
        tag, *fields = data
        match tag, fields:
            case "int", [bytes(raw)] if len(raw) <= MAX_INT_BYTES:
                return int.from_bytes(raw, "big", signed=True)
            case "tuple", [list(items)]:
                return tuple(self._decode_all(items, memo, depth))
            case "complex", [float(real), float(imag)]:
                return complex(real, imag)
            case "frozenset", [list(items)]:
                return frozenset(self._decode_all(items, memo, depth))
            case "slice", [_, _, _]:
                return slice(*self._decode_all(fields, memo, depth))
            case "range", [_, _, _]:
                return range(*self._decode_all(fields, memo, depth))
            case "ellipsis", []:
                return Ellipsis
            case "scalar", [str(code), bytes(raw)]:
                return new_scalar(code, raw)
            case "torch", [str(kind), str(name)]:
                return torch_value(kind, name)
            case "same", [int(number)]:
                return memo.get(number)
            case str(), [int(number), content] if tag in _MUTABLE:
                return self._create(tag, number, content, memo, depth)
            case str(), _:
                return self._incoming(tag, fields)
        raise ProtocolError(f"malformed value: unknown tag {str(tag)[:20]!r}")

    def _decode_all(self, items: list[Encoded], memo: Memo, depth: int) -> list[Any]:
        if not isinstance(items, list):
            raise ProtocolError("malformed value: expected a list of items")
        _check_items(items)
        return [self._decode(item, memo, depth + 1) for item in items]

    def _create(self, tag: str, number: int, content: Encoded, memo: Memo, depth: int) -> Any:
        """Make a mutable value and share it under its id; containers first, for cycles."""
        value: Any
        match tag:
            case "array":
                value = new_array(content)
            case "list":
                value = []
            case "set":
                value = set()
            case "dict":
                value = {}
            case "tensor":
                value = new_tensor(content)
            case _:
                value = new_generator(tag, self._decode(content, Memo(1), depth + 1))
        memo.accept(number, value)
        if tag in ("list", "set", "dict"):
            self._write(tag, value, content, memo, depth)
        self._remember(tag, number, value, content, memo)
        return value

    def apply(self, changes: list[Encoded], memo: Memo) -> None:
        """Write what the other side changed into this side's objects, in place."""
        with _refusing("change"):
            for number, content in changes:
                value = memo.get(number)
                tag = _mutable_tag(value)
                assert tag is not None
                self._write(tag, value, content, memo, 0)
                self._remember(tag, number, value, content, memo)

    def _write(self, tag: str, value: Any, content: Encoded, memo: Memo, depth: int) -> None:
        match tag:
            case "array":
                new = new_array(content)
                if new.shape != value.shape or new.dtype != value.dtype.newbyteorder("="):
                    raise ProtocolError("an argument came back with another shape or dtype")
                value[...] = new
            case "list":
                value[:] = self._decode_all(content, memo, depth)
            case "set":
                items = set(self._decode_all(content, memo, depth))
                value.clear()
                value.update(items)
            case "dict":
                _check_items(content)
                pairs = dict(self._decode_all(pair, memo, depth) for pair in content)
                value.clear()
                value.update(pairs)
            case "tensor":
                write_tensor(value, content)
            case _:
                set_state(value, self._decode(content, Memo(1), depth + 1))


def _mutable_tag(value: Any) -> str | None:
    """Return the tag of a mutable value that crosses by copy-restore, else None."""
    kind = type(value)
    if kind is np.ndarray:
        return "array" if dtype_code(value.dtype) is not None else None
    if kind is list:
        return "list"
    if kind is dict or kind is OrderedDict or kind is defaultdict:
        return "dict"
    if kind is set:
        return "set"
    return tensor_tag(value) or generator_tag(value)


@contextlib.contextmanager
def _refusing(what: str) -> Iterator[None]:
    """Turn whatever malformed data makes fail into a ProtocolError."""
    try:
        yield
    except ProtocolError:
        raise
    except Exception as error:
        raise ProtocolError(f"malformed {what} ({type(error).__name__}: {error})") from None


def _check_items(items: Collection[Any]) -> None:
    if len(items) > MAX_ITEMS:
        raise ProtocolError(f"a collection of {len(items):,} items is over {MAX_ITEMS:,}")


def _unicode(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ProtocolError("the text is no valid Unicode") from None
    return text


def _big_int(value: int) -> bytes:
    size = value.bit_length() // 8 + 1
    if size > MAX_INT_BYTES:
        raise ProtocolError(f"an integer of {value.bit_length():,} bits is too large")
    return value.to_bytes(size, "big", signed=True)
