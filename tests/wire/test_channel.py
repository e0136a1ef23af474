"""Frames over a socket: whole, bounded and in time, whatever the other side does."""

from __future__ import annotations

import os
import resource
import socket
import struct
import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.wire.channel import MAX_FRAME, Channel
from autograder.wire.errors import ChannelClosed, ProtocolError


class Enough(BaseException):
    """A limit was hit."""


@pytest.fixture
def ends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        yield Channel(ours), theirs


def limit(seconds):
    """Return an ``on_wait`` that raises after some time, and counts its calls."""
    until = time.monotonic() + seconds

    def on_wait():
        on_wait.calls += 1
        if time.monotonic() > until:
            raise Enough

    on_wait.calls = 0
    return on_wait


def in_background(function, *args):
    thread = threading.Thread(target=function, args=args, daemon=True)
    thread.start()
    return thread


@settings(max_examples=30, deadline=None)
@given(st.lists(st.binary(max_size=3000), max_size=5), st.booleans())
def test_frames_arrive_whole_and_in_order(frames, watched):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        sender, receiver = Channel(ours), Channel(theirs)
        on_wait = limit(60) if watched else None
        for frame in frames:
            sender.send(frame, on_wait=on_wait)
        assert [receiver.receive(on_wait) for _ in frames] == frames


@pytest.mark.parametrize("watched", [True, False])
def test_a_frame_larger_than_the_socket_holds(ends, watched):
    channel, theirs = ends
    frame = os.urandom(5_000_000)
    other = Channel(theirs)
    thread = in_background(lambda: other.send(other.receive()))
    on_wait = limit(60) if watched else None
    channel.send(frame, on_wait=on_wait)
    assert channel.receive(on_wait) == frame
    thread.join()


def test_too_large_a_frame_is_not_sent(ends):
    with pytest.raises(ProtocolError, match="limit"):
        ends[0].send(bytes(MAX_FRAME + 1))


@pytest.mark.parametrize("size", [MAX_FRAME + 1, (1 << 32) - 1])
def test_a_header_that_claims_too_much_is_refused(ends, size):
    channel, theirs = ends
    theirs.sendall(struct.pack(">I", size) + b"x" * 100)
    with pytest.raises(ProtocolError, match="claims"):
        channel.receive()


def test_memory_grows_with_what_arrives_not_with_what_is_claimed(ends):
    channel, theirs = ends
    theirs.sendall(struct.pack(">I", MAX_FRAME) + b"x" * 100)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(Enough):
        channel.receive(limit(0.1))
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 8 * 1024


@pytest.mark.parametrize("sent", [b"", b"\0\0", b"\0\0\0\5abc"])
def test_an_end_in_the_middle(ends, sent):
    channel, theirs = ends
    theirs.sendall(sent)
    theirs.close()
    with pytest.raises(ChannelClosed):
        channel.receive(limit(60))
    with pytest.raises(ChannelClosed):
        channel.send(b"x" * 1_000_000, on_wait=limit(60))


@pytest.mark.parametrize("sent", [b"", b"\0", b"\0\0\0\5abc"])
def test_silence_ends_at_the_limit(ends, sent):
    channel, theirs = ends
    theirs.sendall(sent)
    with pytest.raises(Enough):
        channel.receive(limit(0.1))


def test_a_trickle_ends_at_the_limit(ends):
    channel, theirs = ends
    theirs.sendall(struct.pack(">I", MAX_FRAME))
    over = threading.Event()

    def trickle():
        while not over.wait(0.001):
            theirs.send(b"x")

    thread = in_background(trickle)
    with pytest.raises(Enough):
        channel.receive(limit(0.15))
    over.set()
    thread.join()


def test_a_flood_of_small_frames_ends_at_the_limit(ends):
    channel, theirs = ends

    def flood():
        try:
            while True:
                theirs.sendall(struct.pack(">I", 1) + b"x")
        except OSError:
            return

    thread = in_background(flood)
    on_wait = limit(0.15)
    with pytest.raises(Enough):
        for _ in iter(lambda: channel.receive(on_wait), b""):
            pass
    assert on_wait.calls > 1
    channel.close()
    thread.join()


@pytest.mark.parametrize("fds", [0, 1])
def test_a_reader_that_never_reads_ends_at_the_limit(ends, fds):
    channel, theirs = ends
    with pytest.raises(Enough):
        channel.send(bytes(MAX_FRAME), on_wait=limit(0.1))
    with pytest.raises(Enough):
        channel.send(b"more", fds=[theirs.fileno()] * fds, on_wait=limit(0.1))


def open_descriptors():
    return len(os.listdir("/proc/self/fd"))


@pytest.mark.parametrize("attest", [True, False])
def test_descriptors_that_come_along_are_refused(attest):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours, attest=attest)
        before = open_descriptors()
        socket.send_fds(theirs, [struct.pack(">I", 3) + b"abc"], [0, 1, 2])
        assert channel.receive(limit(60)) == b"abc"
        assert open_descriptors() == before
        assert channel.fds == []


def test_the_kernel_says_who_sends():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        channel = Channel(ours, attest=True)
        pid = os.fork()
        if pid == 0:
            Channel(theirs).send(b"I am process 1")
            os._exit(0)
        channel.receive(limit(60))
        assert channel.peer_pid == pid
        os.waitpid(pid, 0)
        if os.getuid() != 0:  # root may name any process; student code is never root
            forged = [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, struct.pack("iII", 1, 0, 0))]
            with pytest.raises(PermissionError):
                theirs.sendmsg([b"x"], forged)
