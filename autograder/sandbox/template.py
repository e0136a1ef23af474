"""The trusted side's hold on a template: start it, have it fork children, end it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import msgspec

import autograder
from autograder.grading.stage import Limits
from autograder.sandbox import bwrap
from autograder.wire.channel import Channel
from autograder.wire.errors import ProtocolError
from autograder.wire.messages import Ready, Spawn, Start

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Ready).decode
_START_SECONDS = 120.0
_FIRST_UID = 64000


class TemplateError(Exception):
    """The template could not be started; the message says what stood in the way."""


class Template:
    """A warm process in the sandbox, with the stage's libraries loaded.

    Parameters
    ----------
    driver : {"bwrap", "none"}
        The walls. ``none`` gives limits only, for code that is trusted.
    imports : tuple of str
        Modules to load before the first fork.
    limits : Limits
    probes : str
        Source of the stage's probes.py, or empty.
    absent : tuple of Path
        What the self-test must find absent from inside.
    slot : int
        Number of this worker; as root, each slot has an unprivileged user of its own.
    """

    def __init__(
        self,
        driver: str,
        imports: tuple[str, ...],
        limits: Limits,
        probes: str = "",
        absent: tuple[Path, ...] = (),
        slot: int = 0,
    ) -> None:
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        # Removed when this process ends, if nobody closes the template.
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        uid = _FIRST_UID + slot if os.getuid() == 0 else 0
        # A file, not a pipe: nobody has to empty it for the template to go on.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        if driver == "none":
            self._folder = tempfile.TemporaryDirectory(
                prefix="autograder-", ignore_cleanup_errors=True
            )
            root = str(Path(autograder.__file__).resolve().parent.parent)
            command = bwrap.python_command(theirs.fileno(), 0, root)
            environment: dict[str, str] | None = bwrap.environment(self._folder.name)
        else:
            command, environment = bwrap.command(theirs.fileno(), uid), None
        try:
            self._process = subprocess.Popen(
                command,
                pass_fds=[theirs.fileno()],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=self._log,
                stderr=self._log,
            )
        except OSError as error:
            raise TemplateError(f"{command[0]} could not be started: {error}") from None
        finally:
            theirs.close()
        start = Start(
            imports=list(imports),
            probes=probes,
            walls=driver,
            memory_mib=limits.memory_mib,
            cpu_seconds=int(limits.cpu_seconds),
            processes=limits.processes,
            output_mib=limits.output_mib,
            disk_mib=limits.disk_mib,
            absent=[str(path) for path in absent],
        )
        try:
            self._await(start)
        except BaseException:
            self.close()
            raise

    def _await(self, start: Start) -> None:
        deadline = time.monotonic() + _START_SECONDS

        def late() -> None:
            if time.monotonic() > deadline:
                raise TemplateError(f"the sandbox did not start within {_START_SECONDS:g} s")

        try:
            self._channel.send(_encode(start))
            ready = _decode(self._channel.receive(late))
        except ProtocolError:
            self._process.wait(timeout=10)
            raise TemplateError(f"the sandbox did not start: {self._said()}") from None
        if ready.failures:
            raise TemplateError("its walls do not hold: " + "; ".join(ready.failures))
        if ready.threads != 1:
            raise TemplateError(f"the template has {ready.threads} threads and cannot fork safely")

    def _said(self) -> str:
        """Return the last line that the process wrote."""
        self._log.seek(0)
        lines = self._log.read()[-4000:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else f"it ended with status {self._process.returncode}"

    def spawn(self, sock: socket.socket) -> None:
        """Have the template fork a child that serves this socket."""
        self._channel.send(_encode(Spawn()), fds=[sock.fileno()])

    @property
    def alive(self) -> bool:
        """Whether the template still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the template and everything in its sandbox."""
        self._channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.5)
        self._process.kill()
        self._process.wait()
        self._log.close()
        if self._folder:
            self._folder.cleanup()
