# Hopes that the space of a removed file is not counted while its descriptor is in a socket.
tried += 1
# %%
import os
import socket
import time

written, (ours, theirs) = 0, socket.socketpair()
try:
    for number in range(16):
        with open(f"big{number}", "w+b") as file:
            file.write(bytes(10 << 20))
            file.flush()
            socket.send_fds(ours, [b"x"], [file.fileno()])
        os.unlink(f"big{number}")
        written += 10
except OSError:
    pass
time.sleep(0.2)
if written > 140:
    found.append(f"{written} MiB of disk")
