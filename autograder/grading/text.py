"""Text that student code may have had a hand in: what of it is kept, and what a student is told.

Student code that was tested knows the hidden inputs, and what the student reads could carry them
out. So once a hidden case has run, a student reads no text that the notebook's process made up.
"""

from __future__ import annotations

import builtins
import re

from autograder.wire.messages import CellDone

_LIMIT = 4000
# Messages that only quote a name; the group is that name.
_QUOTING = re.compile(
    r"name '([\w.]+)' is not defined|No module named '([\w.]+)'"
    r"|cannot access local variable '(\w+)' where it is not associated with a value"
    r"|cannot import name '(\w+)' from '[\w.]+' \(.*\)"
)


def printable(text: str, limit: int = _LIMIT) -> str:
    """Return text of bounded length that no terminal obeys."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def full_error(done: CellDone) -> str:
    """Return what the notebook's process says went wrong in a cell."""
    text = f"raised {done.error}: {done.message}" if done.message else f"raised {done.error}"
    return text + (f" (line {done.line})" if done.line else "")


def told_error(done: CellDone, source: str, notebook: str) -> str:
    """Return of it what is no message of the student's to himself.

    Parameters
    ----------
    source, notebook : str
        Of the cell, and of all cells: a name that is quoted must be one that stands there.
    """
    kind = getattr(builtins, done.error, None)
    known = isinstance(kind, type) and issubclass(kind, BaseException)
    text = f"raised {done.error}" if known else "raised an error"
    quoting = _QUOTING.fullmatch(done.message)
    if known and quoting:
        name = next(group for group in quoting.groups() if group)
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", notebook):
            text += f": {done.message.partition(' from ')[0]}"
    return text + (f" (line {done.line})" if 0 < done.line <= source.count("\n") + 1 else "")
