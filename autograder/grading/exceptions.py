"""Exceptions that cross from student code to a test, as the nearest type that tests may expect."""

from __future__ import annotations

import builtins
import warnings

import numpy as np

_FATAL = ("MemoryError", "RecursionError")


class StudentError(Exception):
    """Mixed into every exception that student code raised, so that feedback can tell it apart.

    Attributes
    ----------
    kind : str
        The class name that student code reported.
    line : str
        The notebook line that raised, or empty.
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
    for name in names:
        found = np.linalg.LinAlgError if name == "LinAlgError" else getattr(builtins, name, None)
        if isinstance(found, type) and issubclass(found, Exception) and found is not Exception:
            base = found
            break
    if issubclass(base, UnicodeError) and base is not UnicodeError:
        base = UnicodeError  # its children take five arguments
    kind = type(base.__name__, (StudentError, base), {})
    error = kind(message)
    assert isinstance(error, StudentError)
    error.kind = names[0][:80] if names else "Exception"
    error.line = line
    return error


def warning_category(name: str) -> type[Warning]:
    """Return the built-in warning category of this name, UserWarning for any other."""
    found = getattr(builtins, name, None)
    good = isinstance(found, type) and issubclass(found, Warning)
    return found if good and found is not None else UserWarning


def reissue(category: str, message: str) -> None:
    """Warn here of what student code warned of there."""
    warnings.warn(message, warning_category(category), stacklevel=4)
