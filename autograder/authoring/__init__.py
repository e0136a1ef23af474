"""solutions/ -> assignments/ and dist/, and the decorators of mistakes.py and alternatives.py.

The decorators do nothing: ``autograder build`` reads those files without importing them. They are
here so that the files are ordinary Python, which lints and runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

__all__ = ["alternative", "mistake"]

T = TypeVar("T")


def mistake(question: str, *, id: str, advice: str) -> Callable[[T], T]:
    """Mark a definition as a wrong answer that students give, with the sentence to tell them."""
    del question, id, advice
    return lambda definition: definition


def alternative(question: str, *, id: str) -> Callable[[T], T]:
    """Mark a definition as a right answer written another way."""
    del question, id
    return lambda definition: definition
