# Takes the place of the runner: reads the requests and answers them with what it likes.
from _forge import *
import socket

[fd] = wires()
wire = socket.socket(fileno=os.dup(fd))
say(CellDone("", "", 0, ""))
while True:
    header, fds, _, _ = socket.recv_fds(wire, 4, 4)
    if not header:
        os._exit(0)
    wire.recv(struct.unpack(">I", header)[0])
    if not fds:
        say(CellDone("", "", 0, ""))
        continue
    if os.fork() == 0:
        calls = socket.socket(fileno=fds[0])

        def reply(message):
            frame = msgspec.msgpack.encode(message)
            calls.sendall(struct.pack(">I", len(frame)) + frame)

        reply(Hello())
        answers = [
            ["handle", 0, "function", ["builtins.function"], False],
            ["array", 1, ["<f8", [3], True, bytes(24)]],
            True, 0.0, 7, ["same", 0], ["callback", 1], ["list", 3, [["same", 3]]],
        ]
        for turn in range(10_000):
            size = calls.recv(4, socket.MSG_WAITALL)
            if not size:
                os._exit(0)
            calls.recv(struct.unpack(">I", size)[0], socket.MSG_WAITALL)
            reply(returned(answers[turn % len(answers)]))
        os._exit(0)
    os.close(fds[0])
