"""Choose the sandbox driver: try the whole stack, not only whether bubblewrap is there."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.grading.stage import Limits
from autograder.sandbox.template import Template, TemplateError

DRIVERS = ("auto", "bwrap", "none")


class SandboxUnavailable(Exception):
    """No sandbox works here; the message says what was tried and what to install."""


def choose(name: str) -> str:
    """Return the driver that ``name`` stands for, after it was seen to work.

    Raises
    ------
    SandboxUnavailable
        When the driver does not work here. ``none`` is never chosen by ``auto``.
    """
    if name == "none":
        return "none"
    if name not in DRIVERS:
        raise SandboxUnavailable(f"--sandbox {name}: unknown; choose one of {', '.join(DRIVERS)}")
    if shutil.which("bwrap") is None:
        raise SandboxUnavailable(
            "student code cannot be isolated here: bubblewrap is not installed. "
            "Install it (Debian, Ubuntu: sudo apt-get install bubblewrap; "
            "Fedora: sudo dnf install bubblewrap), or, for code that you trust, "
            "pass --sandbox none."
        )
    try:
        Template("bwrap", (), Limits(), absent=(Path.home() / ".ssh",)).close()
    except TemplateError as error:
        raise SandboxUnavailable(
            f"student code cannot be isolated here: bubblewrap is installed, but {error}. "
            "In a container, allow it user namespaces; or, for code that you trust, "
            "pass --sandbox none."
        ) from None
    return "bwrap"
