# Hopes that the sender's number is what it says, or that the wire can be turned to somebody else.
from _forge import *
import array
import socket

for fd in wires():
    wire = socket.socket(fileno=os.dup(fd))
    for pid in (1, os.getppid(), 0, -1, 4_000_000):
        tried += 1
        try:
            wire.sendmsg([b""], [(socket.SOL_SOCKET, socket.SCM_CREDENTIALS, struct.pack("iII", pid, 0, 0))])
            found.append(f"spoke as {pid}")
        except OSError:
            pass
    for target in ("\0{abstract}", "{listener}", "\0autograder-user-64000"):
        try:
            wire.connect(target)
            found.append(f"connected to {target!r}")
        except (OSError, ValueError):
            pass
    try:
        wire.bind("\0MARK-wire"), wire.listen()
        found.append("the wire listens")
    except OSError:
        pass
