"""Exceptions that cross from student code to a test, as the nearest type that tests may expect."""

from __future__ import annotations

import builtins
import re
import warnings

import numpy as np

# The one says nothing, the other is made of exceptions, not of text.
_UNUSABLE = (Exception, ExceptionGroup)
# Four digits are more than a cell has; a longer number would be a message of the student's.
_LINE = re.compile(r"cell (\d{1,4}), line (\d{1,4}): .*")


class StudentError(Exception):
    """Mixed into every exception that student code raised, so that feedback can tell it apart.

    Attributes
    ----------
    kind : str
        The name of the class that it arrives as; student code has no say in it.
    line : str
        The notebook line that raised ("cell 3, line 2: ..."), or empty. Up to the colon it is
        checked; behind it stands what student code wrote.
    """

    kind: str = ""
    line: str = ""


def student_exception(names: list[str], message: str, line: str) -> Exception:
    """Return an exception whose class derives from the nearest allowed one and StudentError.

    Parameters
    ----------
    names : list of str
        The class names that the student side reported, nearest first.
    """
    base: type[Exception] = RuntimeError
    for name in names[:20]:
        found = np.linalg.LinAlgError if name == "LinAlgError" else getattr(builtins, name, None)
        if isinstance(found, type) and issubclass(found, Exception) and found not in _UNUSABLE:
            base = found
            break
    if names and names[0] != base.__name__:
        message = f"{names[0][:80]}: {message}"
    if issubclass(base, UnicodeError) and base is not UnicodeError:
        base = UnicodeError  # its children take five arguments
    kind = type(base.__name__, (StudentError, base), {})
    error = kind(message)
    assert isinstance(error, StudentError)
    error.kind = base.__name__
    error.line = line if _LINE.fullmatch(line) else ""
    return error


def place(error: StudentError) -> tuple[int, int]:
    """Return the cell and the line that raised, as far as the student's side says so; 0 and 0."""
    found = _LINE.fullmatch(error.line)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def warning_category(name: str) -> type[Warning]:
    """Return the built-in warning category of this name, UserWarning for any other."""
    found = getattr(builtins, name, None)
    good = isinstance(found, type) and issubclass(found, Warning)
    return found if good and found is not None else UserWarning


def reissue(category: str, message: str) -> None:
    """Warn here of what student code warned of there."""
    warnings.warn(message, warning_category(category), stacklevel=4)
