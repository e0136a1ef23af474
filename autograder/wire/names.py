"""Library functions and classes by name: a test passes torch.tanh, and torch.tanh arrives.

As a callback it would run on the trusted side, with tensors by value, and cut the graph that
gradients flow along; a class such as numpy.float32 would be no dtype any more. Names go one way,
from the tests to the student's process.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

_NAMESPACES = (
    "torch", "torch.nn", "torch.nn.functional", "torch.nn.init", "torch.optim",
    "keras", "keras.activations", "keras.initializers", "keras.layers", "keras.losses",
    "keras.metrics", "keras.ops", "keras.optimizers",
)  # fmt: skip
_CLASSES_ONLY = ("builtins", "numpy")


def library_name(value: Any) -> list[str] | None:
    """Return module and name of a listed library's function or class, None for any other value."""
    name = getattr(value, "__name__", None)
    if type(name) is not str:
        return None
    for module in _NAMESPACES + (_CLASSES_ONLY if isinstance(value, type) else ()):
        if getattr(sys.modules.get(module), name, None) is value:
            return [module, name]
    return None


def library_value(module: str, name: str) -> Any:
    """Return what has this name in a library."""
    return getattr(importlib.import_module(module), name)
