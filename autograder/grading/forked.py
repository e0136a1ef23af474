"""Run something in a fork that is thrown away, and hear what it reports."""

from __future__ import annotations

import contextlib
import math
import os
import resource
import signal
import socket
import time
from collections.abc import Callable, Iterator

from autograder.student.walls import die_with_parent
from autograder.wire.channel import Channel
from autograder.wire.errors import ProtocolError

_MEMORY = 4 << 30

Report = Callable[[bytes], None]


def limit_cpu(seconds: float) -> None:
    """Have the kernel end this process once it has used so much more CPU time."""
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = math.ceil(time.process_time() + seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


def reports(run: Callable[[Report], None], seconds: float) -> Iterator[bytes]:
    """Yield what ``run`` reports from its fork, until it ends or its time is over.

    The fork may use 4 GiB of data: a hostile value must not fill the machine.
    """
    ours, theirs = socket.socketpair()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        try:
            # Nobody reads what it would find out once its parent is gone.
            die_with_parent()
            if os.getppid() != parent:
                return
            ours.close()
            null = os.open("/dev/null", os.O_RDWR)
            for standard in (0, 1, 2):
                os.dup2(null, standard)
            resource.setrlimit(resource.RLIMIT_DATA, (_MEMORY, _MEMORY))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            run(Channel(theirs).send)
        finally:
            os._exit(0)
    theirs.close()
    channel = Channel(ours)
    deadline = time.monotonic() + seconds

    def late() -> None:
        if time.monotonic() > deadline:
            raise ProtocolError("its time is over")

    try:
        with contextlib.suppress(ProtocolError):
            while True:
                yield channel.receive(late)
    finally:
        channel.close()
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
