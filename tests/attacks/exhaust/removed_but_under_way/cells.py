# Hopes that the space of a removed file is not counted while its descriptor is in a socket.
import os
import socket
import time

written, (ours, theirs) = 0, socket.socketpair()
try:
    for number in range(6):
        with open(f"big{number}", "w+b") as file:
            file.write(bytes(30 << 20))
            file.flush()
            socket.send_fds(ours, [b"x"], [file.fileno()])
        os.unlink(f"big{number}")
        written += 30
        tried += 1
except OSError:
    pass
if written > 64:
    found.append(f"{written} MiB of disk")
time.sleep(0.2)
