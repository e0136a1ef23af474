"""Arrays and tensors as data: bytes, shape and an enumerated element type."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np

from autograder.wire.errors import ProtocolError

MAX_NUMBERS = MAX_BYTES = 1 << 26

# Array element types that may cross, by their NumPy code; text arrays ("<U7") are apart.
DTYPES = frozenset(
    {"|b1", "|i1", "|u1"}
    | {f"<{kind}{size}" for kind in "iu" for size in (2, 4, 8)}
    | {"<f2", "<f4", "<f8", "<c8", "<c16"}
)
TENSOR_DTYPES = {
    "bool": "|b1", "uint8": "|u1", "int8": "|i1", "int16": "<i2", "int32": "<i4", "int64": "<i8",
    "float16": "<f2", "float32": "<f4", "float64": "<f8", "complex64": "<c8",
    "complex128": "<c16", "bfloat16": "<i2",
}  # fmt: skip


def loaded_torch() -> Any:
    """Return torch where it is loaded; the wire itself never loads it."""
    torch = sys.modules.get("torch")
    if torch is None:
        raise ProtocolError("a tensor arrived where torch is not loaded")
    return torch


def dtype_code(dtype: np.dtype[Any]) -> str | None:
    """Return the code that a dtype crosses under, or None when it may not."""
    code = dtype.newbyteorder("<").str
    if code in DTYPES:
        return code
    return code if dtype.kind == "U" and 0 < dtype.itemsize <= 4000 else None


def checked_dtype(code: str) -> np.dtype[Any]:
    """Return the dtype of a code that may cross; ProtocolError for any other."""
    text = code.startswith("<U") and len(code) <= 5 and code[2:].isdecimal() and code != "<U0"
    if code not in DTYPES and not text:
        raise ProtocolError(f"arrays of type {code[:20]!r} do not cross")
    return np.dtype(code)


def _checked_shape(shape: Any) -> tuple[int, ...]:
    good = isinstance(shape, list) and len(shape) <= 32
    if not good or not all(type(n) is int and n >= 0 for n in shape):
        raise ProtocolError("malformed shape")
    # An empty array may not claim huge sizes beside its 0: a sum along that axis would make them.
    if math.prod(n for n in shape if n) > MAX_NUMBERS:
        raise ProtocolError("an array has too large a shape")
    return tuple(shape)


def _elements(code: str, shape: Any, raw: Any) -> np.ndarray[Any, Any]:
    """Return a fresh array of these bytes, in which each element is one that NumPy itself makes."""
    if not isinstance(raw, bytes):
        raise ProtocolError("malformed array")
    array = np.frombuffer(raw, checked_dtype(code)).reshape(_checked_shape(shape)).copy()
    if array.dtype.kind == "b":
        return np.asarray(array.view(np.uint8) != 0)
    if array.dtype.kind == "U":
        points = np.frombuffer(raw, "<u4")
        if ((points > sys.maxunicode) | ((points >= 0xD800) & (points < 0xE000))).any():
            raise ProtocolError("an array holds text that is no valid Unicode")
    return array


def new_scalar(code: str, raw: bytes) -> Any:
    """Return the NumPy scalar of these bytes."""
    return _elements(code, [], raw)[()]


def _check_size(size: int) -> None:
    """Refuse what no frame holds before it is copied; a broadcast array may claim any size."""
    if size > MAX_BYTES:
        raise ProtocolError(f"an array of {size:,} bytes is over the limit of {MAX_BYTES:,}")


def array_content(value: np.ndarray[Any, Any]) -> list[Any]:
    """Return code, shape, whether it may be written, and the elements in C order."""
    _check_size(value.nbytes)
    code = dtype_code(value.dtype)
    data = np.ascontiguousarray(value, dtype=code)
    return [code, list(value.shape), bool(value.flags.writeable), data.tobytes()]


def new_array(content: Any) -> np.ndarray[Any, Any]:
    """Return a fresh array with this content."""
    code, shape, writeable, raw = content
    if not isinstance(writeable, bool):
        raise ProtocolError("malformed array")
    array = _elements(code, shape, raw)
    array.flags.writeable = writeable
    return array


def tensor_content(value: Any) -> list[Any]:
    """Return dtype, shape, requires_grad, elements, gradient's elements, whether a Parameter.

    A gradient crosses with a leaf, so that code which forgets to clear it adds to it the next time.
    """
    torch = loaded_torch()
    grad = value.grad if value.is_leaf else None
    if grad is not None and (grad.layout is not torch.strided or grad.dtype != value.dtype):
        grad = None
    return [
        str(value.dtype)[6:],
        list(value.shape),
        bool(value.requires_grad),
        _tensor_bytes(value),
        None if grad is None else _tensor_bytes(grad),
        type(value) is torch.nn.Parameter,
    ]


def new_tensor(content: Any) -> Any:
    """Return a fresh tensor with this content."""
    name, shape, requires_grad, raw, grad, parameter = content
    tensor = _tensor_of(name, shape, raw)
    if parameter is True:
        tensor = loaded_torch().nn.Parameter(tensor, requires_grad=requires_grad is True)
    elif requires_grad is True:
        tensor.requires_grad_(True)
    if grad is not None:
        tensor.grad = _tensor_of(name, shape, grad)
    return tensor


def write_tensor(value: Any, content: Any) -> None:
    """Give a tensor this content in place: elements, and of a leaf the gradient too."""
    new = new_tensor(content)
    if new.shape != value.shape or new.dtype != value.dtype:
        raise ProtocolError("an argument came back with another shape or dtype")
    with loaded_torch().no_grad():
        if _tensor_bytes(value) != content[3]:
            value.copy_(new)
        if not value.is_leaf:
            return
        value.requires_grad_(new.requires_grad)
        if value.grad is None or new.grad is None:
            value.grad = new.grad
        else:
            value.grad.copy_(new.grad)


def _tensor_bytes(value: Any) -> bytes:
    """Return a tensor's elements in C order; bfloat16 as its bits."""
    torch = loaded_torch()
    _check_size(value.numel() * value.element_size())
    plain = value.detach().cpu().contiguous().resolve_conj().resolve_neg()
    if plain.dtype == torch.bfloat16:
        plain = plain.view(torch.int16)
    raw: bytes = plain.numpy().tobytes()
    return raw


def _tensor_of(name: Any, shape: Any, raw: Any) -> Any:
    """Return a fresh tensor without gradient."""
    if name not in TENSOR_DTYPES:
        raise ProtocolError("malformed tensor")
    torch = loaded_torch()
    tensor = torch.from_numpy(_elements(TENSOR_DTYPES[name], shape, raw))
    return tensor.view(torch.bfloat16) if name == "bfloat16" else tensor


def torch_form(value: Any) -> list[Any] | None:
    """Return the encoded form of torch's small immutable values, None for any other value."""
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "Tensor"):
        return None
    if type(value) is torch.Size:
        return ["tuple", list(value)]
    if type(value) is torch.dtype or type(value) is torch.device:
        return ["torch", type(value).__name__, str(value).removeprefix("torch.")]
    return None


def torch_value(kind: str, name: str) -> Any:
    """Return the dtype or device of this name."""
    torch = loaded_torch()
    if kind == "device":
        return torch.device(name)
    if kind != "dtype" or name not in TENSOR_DTYPES:
        raise ProtocolError("unknown torch value")
    return getattr(torch, name)


def tensor_tag(value: Any) -> str | None:
    """Return the tag of a tensor that crosses by value, else None."""
    torch = sys.modules.get("torch")
    if torch is None or not hasattr(torch, "Tensor"):
        return None
    if type(value) is not torch.Tensor and type(value) is not torch.nn.Parameter:
        return None
    plain = value.layout is torch.strided and str(value.dtype)[6:] in TENSOR_DTYPES
    return "tensor" if plain else None
