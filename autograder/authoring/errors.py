"""The error that an author can mend."""

from __future__ import annotations


class AuthoringError(Exception):
    """A stage's source cannot be built.

    Parameters
    ----------
    what : str
        What is wrong.
    where : str
        Where: a file, with the line where one is known, and what was found there.
    do : str
        What to do about it.
    """

    def __init__(self, what: str, where: str, do: str) -> None:
        super().__init__(f"{where}: {what}\n  {do}")
        self.what, self.where, self.do = what, where, do
