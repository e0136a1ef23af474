"""Unprivileged users for student code, when grading runs as root: one a template, never shared."""

from __future__ import annotations

import contextlib
import pwd
import socket

_FIRST, _LAST = 64000, 64999


class NoUser(Exception):
    """Every unprivileged user is taken; the message says which were looked at."""


class User:
    """An unprivileged user that no account and no other template of this machine has.

    The claim is an abstract socket: the kernel gives its name to one process at a time and takes
    it back when that process ends, however it ends.

    Raises
    ------
    NoUser
        When all are taken.
    """

    def __init__(self) -> None:
        for uid in range(_FIRST, _LAST + 1):
            with contextlib.suppress(KeyError):
                pwd.getpwuid(uid)
                continue
            self._claim = socket.socket(socket.AF_UNIX)
            try:
                self._claim.bind(f"\0autograder-user-{uid}")
            except OSError:
                self._claim.close()
                continue
            self.uid = uid
            return
        raise NoUser(f"every user from {_FIRST} to {_LAST} has an account or is in use")

    def release(self) -> None:
        """Let another template have this user."""
        self._claim.close()
