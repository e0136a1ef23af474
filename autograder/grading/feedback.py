"""Compose what instructor and student read about a failed case.

The instructor's message may quote anything. The student's sentence about a hidden case is made of
the kind of thing that is wrong, never of values, hidden source lines or text that student code
wrote (it could print the hidden inputs there).
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping

from autograder.grading.exceptions import StudentError
from autograder.wire.errors import ProtocolError

_CLASS = re.compile(r"got a value of type \w+")
# What close() says of a number; a text in its place could hold anything.
_NUMBERS = re.compile(r": got [\w.+-]+, not ([\w.+-]+)$")
# What close() says of shapes and lengths.
_SHAPE = re.compile(r"^expected shape .*")
_SIZE = re.compile(r" of shape \([\d, ]*\)|(?<=list|dict) of \d+|(?<=tuple) of \d+")


def instructor_message(error: BaseException, source_lines: list[str]) -> str:
    """Return what happened, with the test's source line and the notebook's."""
    line = ""
    for frame in traceback.extract_tb(error.__traceback__):
        if frame.filename.endswith(".py") and "/tests/q" in frame.filename.replace("\\", "/"):
            number = frame.lineno or 0
            line = source_lines[number - 1].strip() if 0 < number <= len(source_lines) else ""
            break
    parts = [f"{_kind(error)}: {error}" if str(error) else _kind(error)]
    if isinstance(error, StudentError) and error.line:
        parts.append(f"in the notebook, {error.line}")
    if line:
        parts.append(f"in the test: {line}")
    return "\n".join(parts)


def student_sentence(error: BaseException, hidden: bool, veiled: bool = False) -> str:
    """Return the sentence that the student reads about this failure.

    Parameters
    ----------
    hidden : bool
        Whether the case is: then no value is told.
    veiled : bool
        Whether the student's code has seen hidden inputs by now. It could tell them by what it
        returns to a public case: of that, only what was expected is told. The notebook, run by the
        student, says the rest.
    """
    expected = ""
    if veiled and not hidden and isinstance(error, AssertionError) and str(error):
        told = _NUMBERS.search(str(error).splitlines()[0])
        expected = told[1] if told else ""
    hidden = hidden or veiled
    if isinstance(error, ProtocolError):
        return "The result could not be read: it is too large, nested too deep, or no plain data."
    if isinstance(error, StudentError):
        text = "" if hidden else f": {error}" if str(error) else ""
        where = f" ({error.line.split(':')[0]})" if error.line else ""
        return f"Your code raised {error.kind}{text}{where}."
    if isinstance(error, AssertionError):
        text = str(error)
        if hidden:
            # close() and the tests put values after ": got"; what stands before names the property.
            # The name of a class is text that student code wrote.
            text = _CLASS.sub("got an object of another type", text)
            text = text.split(": got ")[0].splitlines()[0] if text else ""
            text = _SHAPE.sub("the shape of the result is not what the question asks for", text)
            text = _SIZE.sub("", text)
            text += f": it should be {expected}" if expected else ""
        return _sentence(text) if text else "The result is not right."
    if isinstance(error, TypeError) and "NoneType" in str(error):
        return "The result is None: does the function return what it computes?"
    if hidden:
        return f"The result could not be used as the question asks ({type(error).__name__})."
    return f"The result could not be used as the question asks ({type(error).__name__}: {error})."


def undefined_message(
    missing: list[str], cell_errors: Mapping[int, str], defined_in: Mapping[str, list[int]]
) -> str:
    """Return why names that a test needs are not there, linked to the cell that should make them.

    Parameters
    ----------
    missing : list of str
        Names that the notebook does not define at the check.
    cell_errors : mapping of int to str
        What went wrong in each failed cell.
    defined_in : mapping of str to list of int
        The cells whose source defines each name.
    """
    sentences = []
    for name in missing:
        cells = defined_in.get(name, [])
        failed = [number for number in cells if number in cell_errors]
        if failed:
            number = failed[0]
            sentences.append(f"`{name}` is not defined: cell {number} {cell_errors[number]}")
        elif cells:
            sentences.append(
                f"`{name}` is not defined at this check: "
                f"cell {cells[0]}, which defines it, runs later"
            )
        else:
            sentences.append(f"`{name}` is not defined: no cell of the notebook defines it")
    return "; ".join(sentences)


def _kind(error: BaseException) -> str:
    return error.kind if isinstance(error, StudentError) else type(error).__name__


def _sentence(text: str) -> str:
    text = text[0].upper() + text[1:]
    return text if text.endswith((".", "!", "?")) else text + "."
