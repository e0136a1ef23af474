"""Choose the sandbox driver: try the whole stack, not only whether bubblewrap is there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from autograder.grading.stage import Limits
from autograder.sandbox.template import Template, TemplateError
from autograder.student import landlock

DRIVERS = ("auto", "bwrap", "uid", "none")
_MEANS = {
    "bwrap": "bubblewrap, namespaces of its own for each submission",
    "bwrap-each": "bubblewrap, started anew for each submission: this machine lets no namespace "
    "be made inside another, so it takes longer",
    "uid": "an unprivileged user and Landlock, no namespaces; docs/security.md says what that "
    "does not hold",
    "none": "none: the code runs as you, and reads and writes what you may",
}
_INSTALL = (
    "Install it (Debian, Ubuntu: sudo apt-get install bubblewrap; Fedora: sudo dnf install "
    "bubblewrap)"
)


class SandboxUnavailable(Exception):
    """No sandbox works here; the message says what was tried and what to install."""


def choose(name: str) -> str:
    """Return the driver that ``name`` stands for, after it was seen to work.

    Parameters
    ----------
    name : {"auto", "bwrap", "uid", "none"}
        ``auto`` takes the strongest that works here. ``none`` is never chosen by ``auto``.

    Returns
    -------
    str
        ``bwrap``, ``bwrap-each`` (where bubblewrap works, but not a second one inside), ``uid``
        or ``none``.

    Raises
    ------
    SandboxUnavailable
        When the driver does not work here.
    """
    if name == "none":
        return "none"
    if name not in DRIVERS:
        raise SandboxUnavailable(f"--sandbox {name}: unknown; choose one of {', '.join(DRIVERS)}")
    failed = []
    for driver in ("bwrap", "bwrap-each", "uid"):
        if name in ("auto", driver.partition("-")[0]):
            why = _why_not(driver)
            if not why:
                return driver
            if why not in failed:
                failed.append(why)
    advice = "In a container, allow it user namespaces; or, for code"
    if shutil.which("bwrap") is None and name != "uid":
        advice = f"{_INSTALL}, or, for code"
    raise SandboxUnavailable(
        f"student code cannot be isolated here: {'; '.join(failed)}. "
        f"{advice} that you trust, pass --sandbox none."
    )


def describe(driver: str) -> str:
    """Return what a driver that ``choose`` returned means, in a sentence's end."""
    return _MEANS[driver]


def _why_not(driver: str) -> str:
    """Return why a driver does not work here, or nothing when it does."""
    if driver.startswith("bwrap") and shutil.which("bwrap") is None:
        return "bubblewrap is not installed"
    if driver == "uid" and os.getuid() != 0:
        return "a user of its own for student code takes root"
    if driver == "uid" and landlock.version() == 0:
        return "a user of its own is not enough without Landlock, which this kernel has not"
    try:
        Template(driver, (), Limits(), absent=(Path.home() / ".ssh",)).close()
    except TemplateError as error:
        names = {
            "bwrap": "bubblewrap is installed, but",
            "bwrap-each": "one for each submission:",
            "uid": "a user of its own:",
        }
        return f"{names[driver]} {error}"
    return ""
