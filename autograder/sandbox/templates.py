"""The templates of one worker: one for all that it grades, or one for each child."""

from __future__ import annotations

import socket
from pathlib import Path

from autograder.grading.stage import Limits
from autograder.sandbox.template import Template


class Templates:
    """Has a template ready whenever a child is to be forked.

    The parameters are those of ``Template``. A fork of this process may call ``spawn``; what
    that starts ends with the fork at the latest.
    """

    def __init__(
        self,
        driver: str,
        imports: tuple[str, ...],
        limits: Limits,
        probes: str = "",
        absent: tuple[Path, ...] = (),
    ) -> None:
        self._driver = driver
        self._settings = (driver, imports, limits, probes, absent)
        self._template = Template(*self._settings)
        self._used = False

    def spawn(self, sock: socket.socket) -> Path | None:
        """Have a template fork a child that serves this socket; see ``Template.spawn``."""
        if self._used and self._driver == "bwrap-each":
            self.restart()
        self._used = True
        return self._template.spawn(sock)

    def ready(self) -> None:
        """Have a template for the next submission; before anything is forked that calls spawn."""
        if not self._template.alive or (self._driver == "bwrap-each" and self._used):
            self.restart()

    def forked(self) -> None:
        """Say that a fork of this process had the use of the template."""
        self._used = True
        if self._template.alive:
            self._template.clear()

    @property
    def out_of_reach(self) -> bool:
        """Whether student code cannot end the template: who did, if it ended, is outside."""
        return self._driver in ("bwrap", "uid")

    @property
    def alive(self) -> bool:
        """Whether the template still runs, as far as can be seen."""
        return self._template.alive

    def restart(self) -> None:
        """Put a fresh template in the place of the one that is."""
        self._template.close()
        self._template = Template(*self._settings)
        self._used = False

    def close(self) -> None:
        """End the template."""
        self._template.close()
