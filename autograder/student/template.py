"""The warm template: loads the stage's libraries once, then forks one child per submission.

Started inside the sandbox by the worker. It runs no student code itself, computes nothing and
stays single-threaded, because a forked child must not inherit half of a thread pool.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Any

import msgspec

from autograder.student import otter_stub, walls
from autograder.student.server import probe_functions
from autograder.wire.channel import Channel
from autograder.wire.errors import ProtocolError
from autograder.wire.messages import Hello, Ready, Spawn, Start, ToTemplate

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(ToTemplate).decode


def main() -> None:
    """Serve the worker on the descriptor named by the only argument."""
    fd, uid = int(sys.argv[1]), int(sys.argv[2])
    if uid:
        walls.drop_root(uid)
    walls.die_with_parent()
    channel = Channel(socket.socket(fileno=fd), accept_fds=True)
    start = _decode(channel.receive())
    assert isinstance(start, Start)
    from autograder.student.cells import make_shell

    for name in start.imports:
        importlib.import_module(name)
    _prepare_torch()
    otter_stub.install()
    probes = probe_functions(start.probes) if start.probes else {}
    shell = make_shell()
    failures = _try_walls(start) if start.walls != "none" else []
    if start.walls == "shared":
        walls.close_template()
    if start.walls != "nested":
        # Children are direct ones here, and there is no PID 1 of their own behind their init.
        walls.adopt()
    gc.collect()
    gc.freeze()
    channel.send(_encode(Ready(len(os.listdir("/proc/self/task")), failures)))
    with contextlib.suppress(ProtocolError):
        while True:
            request = _decode(channel.receive())
            assert isinstance(request, Spawn)
            _spawn(channel, start, request.folder, shell, probes)


def _prepare_torch() -> None:
    """Keep torch to one thread, and load now what its first optimizer would load in each child."""
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(1)
        importlib.import_module("torch._dynamo")


def _spawn(
    channel: Channel, start: Start, folder: str, shell: Any, probes: Mapping[str, Any]
) -> None:
    """Fork the child that serves the descriptor which came along."""
    sock = socket.socket(fileno=channel.fds.pop())
    pid = os.fork()
    if pid:
        sock.close()
        if start.walls == "nested":
            os.waitpid(pid, 0)
        return
    try:
        if start.walls == "nested":
            walls.enter_namespaces()
            if os.fork():
                os._exit(0)
        else:
            _belong_to_template(start)
        _init(sock, start, folder, shell, probes)
    except BaseException as error:
        # The trusted side sees a closed channel and this text in the template's log.
        print(f"the child could not start: {error!r}", file=sys.stderr, flush=True)
    finally:
        os._exit(1)


def _belong_to_template(start: Start) -> None:
    """End with the template, where no PID namespace sees to that."""
    parent = os.getppid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if start.walls == "uid":
        signal.signal(signal.SIGTERM, lambda *_: _end(start))
        walls.die_with_parent(signal.SIGTERM)
    else:
        walls.die_with_parent()
    if os.getppid() != parent:
        os._exit(1)


def _end(start: Start) -> None:
    """End the sandbox's init; the kernel or we take down what is left below it."""
    if start.walls == "uid":
        walls.end_all(start.uid)
    os._exit(0)


def _init(
    sock: socket.socket, start: Start, folder: str, shell: Any, probes: Mapping[str, Any]
) -> None:
    """Be the sandbox's init: shut the walls, start the runner, reap until it ends."""
    os.setsid()
    channel = Channel(sock, accept_fds=True)
    walls.shut(start)
    channel.send(_encode(Hello()))
    _close_descriptors(keep=sock.fileno())
    runner = os.fork()
    if runner == 0:
        try:
            from autograder.student.cells import Runner

            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            walls.become(start, folder)
            Runner(channel, shell, probes, start.output_mib).serve()
        finally:
            os._exit(0)
    sock.close()
    while True:
        with contextlib.suppress(ChildProcessError):
            if os.wait()[0] != runner:
                continue
        _end(start)


def _close_descriptors(keep: int) -> None:
    """Close all but the wire; standard input and output lead nowhere."""
    null = os.open("/dev/null", os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(3, keep)
    os.closerange(keep + 1, 65536)


def _try_walls(start: Start) -> list[str]:
    """Return what a child, with all its walls shut, finds wrong with them."""
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            if start.walls == "nested":
                walls.enter_namespaces()
            if os.fork():
                os.wait()
                os._exit(0)
            walls.shut(start)
            if os.fork() == 0:
                walls.become(start, os.environ["TMPDIR"])
                found = walls.self_test(start)
                os.write(write, "\n".join(found or ["ok"]).encode())
                os._exit(0)
            os.wait()
        except BaseException as error:
            os.write(write, f"the walls could not be put up: {error}".encode())
        finally:
            os._exit(0)
    os.close(write)
    os.waitpid(pid, 0)
    with os.fdopen(read, "rb") as stream:
        text = stream.read(65536).decode()
    if not text:
        return ["the walls could not be put up: the process that tried was killed"]
    return [] if text == "ok" else text.splitlines()
