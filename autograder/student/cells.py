"""Runs a notebook's cells, one at a time, when the trusted side says so."""

from __future__ import annotations

import builtins
import contextlib
import os
import socket
import sys
import traceback
from collections.abc import Mapping
from typing import Any

import msgspec
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from autograder.student.server import CallServer
from autograder.student.text import CappedOutput, capped
from autograder.wire.channel import Channel
from autograder.wire.errors import ProtocolError
from autograder.wire.messages import Branch, CellDone, Fork, Hello, RunCell, ToRunner

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(ToRunner).decode


def make_shell() -> InteractiveShell:
    """Return an IPython shell that keeps no history and starts no thread."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.cache_size = 0
    config.InteractiveShell.xmode = "Plain"
    shell = InteractiveShell.instance(config=config)
    # Figures are for people; the real magic would render each of them to a picture.
    shell.register_magic_function(lambda line: None, "line", "matplotlib")
    shell.ask_exit = lambda: None
    shell.set_hook("show_in_pager", lambda *_: None)
    return shell


class Runner:
    """Owns the notebook's namespace; answers the trusted side until it has gone."""

    def __init__(
        self, channel: Channel, shell: InteractiveShell, probes: Mapping[str, Any], output_mib: int
    ) -> None:
        self._channel = channel
        self._shell = shell
        self._probes = probes
        self._output = CappedOutput(output_mib * 1024 * 1024)
        self._error: BaseException | None = None
        self._forks: list[int] = []
        self._pid = os.getpid()
        self._name = "<cell 0>"

    def serve(self) -> None:
        """Answer requests until the other side has gone."""
        sys.stdout = sys.stderr = self._output
        builtins.input = _no_input
        self._shell.showtraceback = self._note
        self._shell.showsyntaxerror = self._note
        self._shell.showindentationerror = self._note
        self._shell.compile.get_code_name = lambda *_: self._name
        self._channel.send(_encode(Hello()))
        with contextlib.suppress(ProtocolError):
            while True:
                request = _decode(self._channel.receive())
                self._reap()
                match request:
                    case RunCell(number, source):
                        self._channel.send(_encode(self._run(number, source)))
                    case Fork():
                        self._fork(socket.socket(fileno=self._channel.fds.pop()))
                    case Branch():
                        self._branch(socket.socket(fileno=self._channel.fds.pop()))

    def _note(self, *_: Any, **__: Any) -> None:
        """Take the place of IPython's traceback printing, which costs more than most cells."""
        self._error = sys.exc_info()[1]

    def _run(self, number: int, source: str) -> CellDone:
        self._name, self._error = f"<cell {number}>", None
        result = self._shell.run_cell(source, store_history=False)
        if os.getpid() != self._pid:
            # A copy that student code forked; the original answers.
            os._exit(0)
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            pyplot.close("all")
        sys.stdout = sys.stderr = self._output
        error = result.error_before_exec or result.error_in_exec or self._error
        output = capped(self._output.drain(), 4000)
        if error is None:
            return CellDone("", "", 0, output)
        if isinstance(error, SystemExit):
            return CellDone("SystemExit", "the cell called exit()", 0, output)
        kind = capped(type(error).__name__, 80)
        return CellDone(kind, _one_line(error), self._line(error), output)

    def _line(self, error: BaseException) -> int:
        """Return the line of the cell that raised, 0 when it is not known."""
        if isinstance(error, SyntaxError):
            return error.lineno or 0
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename == self._name:
                return frame.lineno or 0
        return 0

    def _fork(self, sock: socket.socket) -> None:
        """Fork a tester that serves calls on the namespace as it stands now."""
        pid = os.fork()
        if pid:
            sock.close()
            self._forks.append(pid)
            return
        try:
            self._channel.close()
            channel = Channel(sock)
            channel.send(_encode(Hello()))
            CallServer(channel, self._shell.user_ns, self._probes, self._output).serve()
        finally:
            os._exit(0)

    def _branch(self, sock: socket.socket) -> None:
        """Fork a runner that goes its own way from here; this one waits for its next request."""
        pid = os.fork()
        if pid:
            sock.close()
            self._forks.append(pid)
            return
        self._channel.close()
        self._channel = Channel(sock, accept_fds=True)
        self._pid = os.getpid()
        self._forks = []
        self._channel.send(_encode(Hello()))

    def _reap(self) -> None:
        """Collect testers and branches that have ended."""
        for pid in list(self._forks):
            with contextlib.suppress(ChildProcessError):
                if os.waitpid(pid, os.WNOHANG)[0] == 0:
                    continue
            self._forks.remove(pid)


def _one_line(error: BaseException) -> str:
    try:
        return capped(str(error))
    except BaseException:
        return ""


def _no_input(prompt: object = "") -> str:
    raise RuntimeError("input() is not available while grading: nobody is there to answer")
