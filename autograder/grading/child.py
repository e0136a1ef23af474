"""One sandboxed child as the trusted side holds it: its channel, its limits, its end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from autograder.grading import usage
from autograder.grading.stage import Limits
from autograder.grading.tester import Tester
from autograder.wire.channel import Channel
from autograder.wire.errors import ChannelClosed, ProtocolError
from autograder.wire.messages import Branch as BranchOff
from autograder.wire.messages import CellDone, Fork, FromRunner, FromTester, Hello, RunCell

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(FromRunner).decode
_decode_hello = msgspec.msgpack.Decoder(FromTester).decode
_START_SECONDS = 20.0
_END_SECONDS = 2.0
_ENDED = "the notebook's process ended (os._exit, a crash in compiled code, or a limit)"


Spawn = Callable[[socket.socket], Path | None]


class Overrun(BaseException):
    """Student code hit a limit. Not an Exception: a test must not swallow it.

    ``kind`` is timeout, memory or disk; ``total`` says that the whole submission is over its limit.
    """

    def __init__(self, kind: str, text: str, total: bool = False) -> None:
        super().__init__(text)
        self.kind = kind
        self.text = text
        self.total = total


def _too_long(what: str, cpu: float, wall: float) -> str:
    """Say it alike whichever limit was met first: that depends on what else the machine does."""
    return f"{what} ran longer than {cpu:g} s of CPU time or {wall:g} s in all"


class ChildLost(BaseException):
    """The student's process ended by itself, or broke the protocol. Not an Exception, likewise."""


class Budget:
    """What the submission as a whole has used, over all its children."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cpu_ended = 0.0
        self._started = time.monotonic()

    def check(self, cpu: float) -> None:
        """Raise Overrun when the whole submission is over its limit."""
        allowed = self.limits.cpu_seconds
        wall = allowed * self.limits.wall_factor
        if self.cpu_ended + cpu > allowed or time.monotonic() - self._started > wall:
            raise Overrun("timeout", _too_long("the notebook as a whole", allowed, wall), True)


class Child:
    """A sandboxed process that runs one notebook's cells.

    Parameters
    ----------
    spawn : callable
        ``spawn(socket)`` has the template fork a child that serves the socket, and returns the
        folder that it writes to, where that is one of this machine's.
    budget : Budget
        Shared by the children of one submission.
    """

    def __init__(self, spawn: Spawn, budget: Budget) -> None:
        # Cells that end their process at once would never be waited for.
        budget.check(0.0)
        self._budget = budget
        self._limits = budget.limits
        self._cpu = 0.0
        ours, theirs = socket.socketpair()
        self._channel = Channel(ours, attest=True)
        self._folder = spawn(theirs)
        theirs.close()
        self._pidfd = -1
        deadline = time.monotonic() + _START_SECONDS

        def late() -> None:
            if time.monotonic() > deadline:
                raise ChildLost("the sandboxed process did not start in time")

        try:
            self._hello(late)
            self._init = self._channel.peer_pid
            self._pidfd = os.pidfd_open(self._init)
            self._hello(late)
        except ProtocolError:
            raise ChildLost("the sandboxed process did not start") from None
        self._root, self._spared = self._init, (self._init, self._channel.peer_pid)
        self._channel.attested()

    def _hello(self, late: Callable[[], None]) -> None:
        if not isinstance(_decode(self._channel.receive(late)), Hello):
            raise ProtocolError("expected a greeting")

    def run_cell(self, number: int, source: str) -> CellDone:
        """Run one cell under the cell limits.

        Raises
        ------
        Overrun, ChildLost
            The child is then unusable.
        """
        watch = self._watch(self._limits.cell_seconds, "it")
        try:
            self._channel.send(_encode(RunCell(number, source)), on_wait=watch)
            reply = _decode(self._channel.receive(watch))
        except (ProtocolError, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ChildLost(self._how_it_ended(error)) from None
        if not isinstance(reply, CellDone):
            raise ChildLost("the process sent a message out of turn")
        # Processes that a cell leaves behind end with it: copies of the runner, fork bombs.
        usage.kill_tree(self._root, spare=self._spared)
        return reply

    def fork_tester(self) -> TesterFork:
        """Fork the child as it stands, for one question's tests."""
        return TesterFork(*self._forked(Fork(), "starting the tests"), self)

    def branch(self, budget: Budget) -> Branch:
        """Fork the child as it stands, to run other cells than it will."""
        return Branch(*self._forked(BranchOff(), "the branch"), self, budget)

    def _forked(self, request: Fork | BranchOff, what: str) -> tuple[Channel, int]:
        """Have the runner fork; return the channel to the new process, and its pid."""
        ours, theirs = socket.socketpair()
        channel = Channel(ours, attest=True)
        watch = self._watch(self._limits.case_seconds, what)
        try:
            self._channel.send(_encode(request), fds=[theirs.fileno()], on_wait=watch)
            theirs.close()
            if not isinstance(_decode_hello(channel.receive(watch)), Hello):
                raise ProtocolError("expected a greeting")
        except (ProtocolError, msgspec.DecodeError) as error:
            raise ChildLost(self._how_it_ended(error)) from None
        pid = channel.peer_pid
        channel.attested()
        return channel, pid

    def _watch(self, allowed: float, what: str) -> Callable[[], None]:
        """Return what looks at the limits while we wait for ``what``."""
        started = time.monotonic()
        # Read at the first look: most cells and cases end before it, and reading costs time.
        first_cpu: float | None = None
        wall = allowed * self._limits.wall_factor
        memory = self._limits.memory_mib * 1024 * 1024
        disk = self._limits.disk_mib * 1024 * 1024

        def watch() -> None:
            nonlocal first_cpu
            pids = self.pids()
            if not pids:
                # Its init was killed; whom it would reap is out of sight.
                raise ChildLost(_ENDED)
            self._cpu = cpu = usage.cpu_seconds(pids)
            first_cpu = cpu if first_cpu is None else first_cpu
            self._budget.check(cpu)
            if cpu - first_cpu > allowed or time.monotonic() - started > wall:
                raise Overrun("timeout", _too_long(what, allowed, wall))
            if usage.memory_bytes(pids, memory) > memory:
                raise Overrun(
                    "memory", f"{what} used more than {self._limits.memory_mib} MiB of memory"
                )
            if usage.disk_bytes(self._folder, pids, disk) > disk:
                raise Overrun(
                    "disk",
                    f"{what} wrote more than {self._limits.disk_mib} MiB or too many files to disk",
                )

        return watch

    def _how_it_ended(self, error: Exception) -> str:
        if isinstance(error, ChannelClosed):
            return _ENDED
        # What exactly it sent may be student text, and students read this.
        return "the notebook's process broke the protocol"

    def pids(self) -> list[int]:
        """Return the pids of init and all below it; none once init has ended.

        Its number may be another process's by then: student code can use up numbers at will.
        """
        ended, _, _ = select.select([self._pidfd], [], [], 0)
        return [] if ended else usage.tree(self._root)

    def close(self) -> None:
        """Kill the child and everything that it started, and wait until init is gone."""
        pids = self.pids() if self._pidfd >= 0 else []
        # Where it ended by itself there is nothing to read any more: what was read last counts.
        self._budget.cpu_ended += max(usage.cpu_seconds(pids), self._cpu)
        self._channel.close()
        if self._pidfd < 0:
            return
        # With a PID namespace the kernel takes the rest down with init; without one we do.
        for pid in reversed(pids):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if self.pids():
            usage.kill_tree(self._init)
        select.select([self._pidfd], [], [], _END_SECONDS)
        os.close(self._pidfd)
        self._pidfd = -1


class Branch(Child):
    """A fork of a child that runs cells of its own, while the child itself stands still.

    Its processes live in the child's sandbox and end with it at the latest.
    """

    def __init__(self, channel: Channel, pid: int, origin: Child, budget: Budget) -> None:
        self._channel = channel
        self._budget = budget
        self._limits = budget.limits
        self._cpu = 0.0
        self._init, self._pidfd, self._folder = origin._init, origin._pidfd, origin._folder
        self._root, self._spared = pid, (pid, pid)

    def close(self) -> None:
        """Kill the branch and everything that it started."""
        self._channel.close()
        usage.kill_tree(self._root)


class TesterFork:
    """A fork of the child that serves one question's tests, under per-case limits."""

    def __init__(self, channel: Channel, pid: int, child: Child) -> None:
        self._channel = channel
        self._pid = pid
        self._child = child
        self._watch: Callable[[], None] = lambda: None
        #: The test's end of the calls.
        self.tester = Tester(channel, lambda: self._watch())

    def start_case(self) -> None:
        """Start counting one case's limits."""
        limits = self._child._limits
        self.tester.breach = None
        self._watch = self._child._watch(limits.case_seconds, "the test case")

    def close(self) -> None:
        """Kill the fork."""
        self._channel.close()
        # Only what is below our child: who greeted us may have ended, and its number be reused.
        if self._pid in self._child.pids():
            usage.kill_tree(self._pid)
