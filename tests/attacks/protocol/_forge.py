import os
import stat
import struct

import msgspec

from autograder.wire.messages import *
from autograder.wire.messages import CallBack, CellDone, Hello, Missing, Raised, Returned


def is_socket(fd):
    try:
        return stat.S_ISSOCK(os.fstat(fd).st_mode)
    except OSError:
        return False


def wires():
    return [fd for fd in range(3, 256) if is_socket(fd)]


def put(data):
    for fd in wires():
        os.write(fd, data)


def say(*messages):
    for message in messages:
        frame = msgspec.msgpack.encode(message)
        put(struct.pack(">I", len(frame)) + frame)


def returned(value, changes=()):
    return Returned(value, list(changes), "", [])
