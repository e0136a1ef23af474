# Hopes that what is on its way between two sockets is nobody's memory.
tried += 1
# %%
import os
import socket
import time


def fill(name):
    sent, kept = 0, []
    try:
        while sent < 64 << 20:
            kept.append(socket.socketpair())
            for end in kept[-1]:
                end.setblocking(False)
                try:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
                except OSError:
                    pass
                try:
                    while sent < 64 << 20:
                        sent += end.send(bytes(1 << 16))
                except BlockingIOError:
                    pass
    except OSError:
        pass
    with open(name, "w") as file:
        file.write(str(sent >> 20))
    time.sleep(60)


for number in range(14):
    if os.fork() == 0:
        fill(f"sent{number}")
time.sleep(1.5)
sent = sum(int(open(f"sent{number}").read() or 0) for number in range(14) if os.path.exists(f"sent{number}"))
if sent > 512:
    found.append(f"{sent} MiB in buffers")
