"""Frames over a Unix socket: four bytes of length, then one msgpack message."""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Callable, Sequence

from autograder.wire.errors import ChannelClosed, ProtocolError

MAX_FRAME = 64 * 1024 * 1024
TICK = 0.05
_CHUNK = 1 << 16
_TIMEOUT = struct.pack("ll", 0, int(TICK * 1e6))
_HEADER = struct.Struct(">I")
_CREDENTIALS = struct.Struct("iII")


class Channel:
    """One end of a socket pair that carries whole frames.

    The receiver never allocates more than ``MAX_FRAME`` bytes for a frame, whatever the header
    says, and grows its buffer with what has really arrived.

    Who sends or receives may pass ``on_wait``, which is called every ``TICK`` seconds, over any
    number of frames: neither bytes that trickle, nor a flood of small frames, nor a reader that
    never reads keeps the limits from being looked at. What it raises ends the wait.

    Descriptors that come along with a frame are refused by the kernel unless ``accept_fds``;
    only the student side accepts them. With ``attest`` the kernel tells who sends: ``peer_pid`` is
    then the sender of the latest bytes, as this process sees it, whatever the message says.
    """

    def __init__(self, sock: socket.socket, accept_fds: bool = False, attest: bool = False) -> None:
        self.sock = sock
        self.fds: list[int] = []
        self.peer_pid = 0
        self._arrived = bytearray()
        self._times_out = False
        self._accept_fds = accept_fds
        self._attest = attest
        self._due = time.monotonic() + TICK
        if attest:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)

    def send(
        self, frame: bytes, fds: Sequence[int] = (), on_wait: Callable[[], None] | None = None
    ) -> None:
        """Send one frame; ChannelClosed when nobody reads, ProtocolError when it is too large."""
        if len(frame) > MAX_FRAME:
            raise ProtocolError(
                f"a message of {len(frame):,} bytes is over the limit of {MAX_FRAME:,}"
            )
        header = _HEADER.pack(len(frame))
        try:
            if fds:
                self._wait_to_send(on_wait)
                socket.send_fds(self.sock, [header], fds)
            elif len(frame) <= _CHUNK:
                # In one piece, so that the reader wakes up once.
                frame = header + frame
            else:
                self._write(header, on_wait)
            self._write(frame, on_wait)
        except OSError as error:
            raise ChannelClosed(str(error)) from None

    def _write(self, data: bytes, on_wait: Callable[[], None] | None) -> None:
        if on_wait is None:
            self.sock.sendall(data)
            return
        left = memoryview(data)
        while left:
            try:
                left = left[self.sock.send(left, socket.MSG_DONTWAIT) :]
            except BlockingIOError:
                self._wait_to_send(on_wait)

    def _wait_to_send(self, on_wait: Callable[[], None] | None) -> None:
        """Return once the socket takes bytes, calling ``on_wait`` whenever it is due."""
        while on_wait is not None:
            now = time.monotonic()
            if now >= self._due:
                on_wait()
                self._due = time.monotonic() + TICK
            if select.select([], [self.sock], [], max(0.0, self._due - now))[1]:
                return

    def receive(self, on_wait: Callable[[], None] | None = None) -> bytes:
        """Return the next frame."""
        (size,) = _HEADER.unpack(self._exactly(_HEADER.size, on_wait))
        if size > MAX_FRAME:
            raise ProtocolError(f"a frame claims {size:,} bytes; the limit is {MAX_FRAME:,}")
        return self._exactly(size, on_wait)

    def _exactly(self, size: int, on_wait: Callable[[], None] | None) -> bytes:
        if on_wait is not None and not self._times_out:
            # The kernel ends a wait at each tick: one system call less than asking first.
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _TIMEOUT)
            self._times_out = True
        while len(self._arrived) < size:
            if on_wait is not None and time.monotonic() >= self._due:
                on_wait()
                self._due = time.monotonic() + TICK
            try:
                chunk = self._read(max(_CHUNK, min(size - len(self._arrived), 1 << 20)))
            except BlockingIOError:
                continue
            except OSError as error:
                raise ChannelClosed(str(error)) from None
            if not chunk:
                raise ChannelClosed("the other side closed the connection")
            self._arrived += chunk
        wanted = bytes(self._arrived[:size])
        del self._arrived[:size]
        return wanted

    def _read(self, size: int) -> bytes:
        if self._accept_fds:
            chunk, fds, _, _ = socket.recv_fds(self.sock, size, 4)
            self.fds += fds
            return chunk
        if not self._attest:
            return self.sock.recv(size)
        chunk, ancillary, _, _ = self.sock.recvmsg(size, socket.CMSG_SPACE(_CREDENTIALS.size))
        for level, kind, data in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_CREDENTIALS:
                self.peer_pid = _CREDENTIALS.unpack(data)[0]
        return chunk

    def attested(self) -> None:
        """Stop asking who sends; what follows costs less."""
        self._attest = False
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 0)

    def close(self) -> None:
        """Close this end."""
        self.sock.close()
