# Hopes that who waits for the rest of a frame waits without a limit, or reads on in the next one.
from _forge import *
import socket
import time

frame = msgspec.msgpack.encode(returned(0.0))
parts = [
    lambda: put(struct.pack(">I", len(frame)) + frame[:-1]), lambda: put(b"\0\0"),
    lambda: [os.close(fd) for fd in wires()],
    lambda: [socket.socket(fileno=os.dup(fd)).shutdown(socket.SHUT_WR) for fd in wires()],
]
turn = iter(parts * 20)


def answer(*_, **__):
    next(turn)()
    time.sleep(60)


number = answer
score = total = draw = refuse = lambda *_: 0.0
