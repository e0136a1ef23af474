"""Random generators as data: their state, which is checked before a library believes it."""

from __future__ import annotations

import random
import sys
from typing import Any

import numpy as np
import numpy.random  # loaded lazily otherwise: in every fork anew

from autograder.wire.errors import ProtocolError

BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def generator_tag(value: Any) -> str | None:
    """Return the tag of a random generator that crosses as its state, else None."""
    if type(value) is np.random.Generator:
        known = type(value.bit_generator).__name__ in BIT_GENERATORS
        return "generator" if known else None
    if type(value) is random.Random:
        return "random"
    torch = sys.modules.get("torch")
    if torch is not None and type(value) is getattr(torch, "Generator", None):
        return "torch_generator"
    return None


def state_of(value: Any) -> Any:
    """Return a generator's state as plain data."""
    if type(value) is np.random.Generator:
        return value.bit_generator.state
    if type(value) is random.Random:
        return value.getstate()
    return value.get_state().numpy().tobytes()


def new_generator(tag: str, state: Any) -> Any:
    """Return a fresh generator in this state."""
    value: Any
    if tag == "generator":
        name = state["bit_generator"]
        if name not in BIT_GENERATORS:
            raise ProtocolError("unknown bit generator")
        value = np.random.Generator(getattr(np.random, name)())
    elif tag == "random":
        value = random.Random()
    elif "torch" in sys.modules:
        value = sys.modules["torch"].Generator()
    else:
        raise ProtocolError("a torch generator arrived where torch is not loaded")
    set_state(value, state)
    return value


def set_state(value: Any, state: Any) -> None:
    """Put a generator in this state."""
    if type(value) is np.random.Generator:
        value.bit_generator.state = _checked(type(value.bit_generator), state)
    elif type(value) is random.Random:
        if type(state[2]) is not float and state[2] is not None:
            raise ProtocolError("malformed generator state")
        value.setstate(state)
    else:
        torch = sys.modules["torch"]
        value.set_state(torch.frombuffer(bytearray(state), dtype=torch.uint8))


def _checked(kind: Any, state: Any) -> Any:
    """Return state as NumPy reads it, once its position in the buffer is inside the buffer.

    NumPy takes any position, reads whatever memory is there, and returns it as random numbers.
    """
    trial = kind()
    trial.state = state
    read = trial.state
    position, size = 0, 0
    if kind.__name__ == "MT19937":
        position, size = read["state"]["pos"], len(read["state"]["key"])
    elif kind.__name__ == "Philox":
        position, size = read["buffer_pos"], len(read["buffer"])
    if not 0 <= position <= size:
        raise ProtocolError("malformed generator state")
    return read
