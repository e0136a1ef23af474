"""The trusted side's hold on a template: start it, have it fork children, end it."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import msgspec

import autograder
from autograder.grading.stage import Limits
from autograder.sandbox import bwrap
from autograder.sandbox.users import NoUser, User
from autograder.student import walls
from autograder.wire.channel import Channel
from autograder.wire.errors import ProtocolError
from autograder.wire.messages import Ready, Spawn, Start

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Ready).decode
_START_SECONDS = 120.0
# What a child has around it, by the driver.
_WALLS = {"bwrap": "nested", "bwrap-each": "shared", "uid": "uid", "none": "none"}


class TemplateError(Exception):
    """The template could not be started; the message says what stood in the way."""


class Template:
    """A warm process in the sandbox, with the stage's libraries loaded.

    Parameters
    ----------
    driver : {"bwrap", "bwrap-each", "uid", "none"}
        ``bwrap``: a bubblewrap whose children put themselves into namespaces of their own.
        ``bwrap-each``: a bubblewrap for one child. ``uid``: an unprivileged user; takes root.
        ``none``: limits only, for code that is trusted.
    imports : tuple of str
        Modules to load before the first fork.
    limits : Limits
    probes : str
        Source of the stage's probes.py, or empty.
    absent : tuple of Path
        What the self-test must find absent, or unreadable, from inside.

    Raises
    ------
    TemplateError
        When it does not start or its walls do not hold.
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
        self._owner = os.getpid()
        root = os.getuid() == 0
        try:
            self._user = User() if root and driver != "none" else None
        except NoUser as error:
            raise TemplateError(str(error)) from None
        uid = self._user.uid if self._user else 0
        if driver == "uid" and not root:
            raise TemplateError("only root can give student code a user of its own")
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours)
        # Removed when this process ends, if nobody closes the template.
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if driver in ("uid", "none"):
            self._folder = tempfile.TemporaryDirectory(
                prefix="autograder-", ignore_cleanup_errors=True
            )
        # A file, not a pipe: nobody has to empty it for the template to go on.
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed in close()
        try:
            self._process = self._start(theirs, uid, limits.disk_mib)
        except OSError as error:
            raise TemplateError(f"the template could not be started: {error}") from None
        finally:
            theirs.close()
        start = Start(
            imports=list(imports),
            probes=probes,
            walls=_WALLS[driver],
            uid=uid,
            readable=[*bwrap.readable(), self._folder.name] if self._folder else [],
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

    def _start(self, sock: socket.socket, uid: int, disk_mib: int) -> subprocess.Popen[bytes]:
        # bubblewrap gives the template an environment of ours; its own can be read from inside.
        environment = {"PATH": os.environ.get("PATH", os.defpath)}
        user = None
        if self._folder:
            Path(self._folder.name).chmod(0o711)
            root = str(Path(autograder.__file__).resolve().parent.parent)
            command = bwrap.python_command(sock.fileno(), 0, root)
            environment = bwrap.environment(self._folder.name)
        elif self._driver == "bwrap-each":
            # As root too an ordinary user's bubblewrap: its child has no privilege to be taken.
            command = bwrap.command(sock.fileno(), 0, tmpfs_mib=disk_mib)
            user = uid or None
        else:
            command = bwrap.command(sock.fileno(), uid)
        return subprocess.Popen(
            command,
            pass_fds=[sock.fileno()],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._log,
            stderr=self._log,
            user=user,
            group=user,
            extra_groups=None if user is None else [],
        )

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

    def spawn(self, sock: socket.socket) -> Path | None:
        """Have the template fork a child that serves this socket.

        Returns
        -------
        Path or None
            The folder that it works in, where it has no private ``/tmp``.
        """
        folder = self._run_folder()
        self._channel.send(_encode(Spawn(str(folder or ""))), fds=[sock.fileno()])
        return folder

    def _run_folder(self) -> Path | None:
        """Return a fresh folder for a child, once nothing of the last one is left."""
        if self._folder is None:
            return None
        self.clear()
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=self._folder.name))
        if self._driver == "uid" and self._user:
            os.chown(folder, self._user.uid, self._user.uid)
        return folder

    def clear(self) -> None:
        """End and remove what the last child left, where no namespace went down with it."""
        if self._driver == "uid" and self._user:
            walls.end_all(self._user.uid)
        if self._folder:
            left = [str(path) for path in Path(self._folder.name).glob("run-*")]
            if left:
                # rm climbs down as deep as student code may have dug; shutil does not.
                subprocess.run(["rm", "-rf", "--", *left], stderr=subprocess.DEVNULL)

    @property
    def alive(self) -> bool:
        """Whether the template still runs."""
        return self._process.poll() is None

    def close(self) -> None:
        """End the template and everything in its sandbox."""
        self._channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=0.5)
        if self._process.returncode is None or self._owner != os.getpid():
            # A fork of the one who started it may end it too, but cannot wait for it.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._log.close()
        self.clear()
        if self._folder:
            self._folder.cleanup()
        if self._user:
            self._user.release()
