# Sends its descriptors along, to fill the trusted side's table or to be written to.
from _forge import *
import socket

null = [os.open("/dev/null", os.O_RDWR) for _ in range(100)]


def answer(*_, **__):
    for fd in wires():
        wire = socket.socket(fileno=os.dup(fd))
        for _ in range(20):
            frame = msgspec.msgpack.encode(CallBack(1, [0], {}, []))
            socket.send_fds(wire, [struct.pack(">I", len(frame)) + frame], null)
    return 0.0


number = score = total = refuse = draw = answer
