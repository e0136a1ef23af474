# Hopes that what /proc calls a zombie is left alone: its other thread goes on.
import ctypes
import os
import platform
import threading
import time

leave = {"x86_64": 60, "aarch64": 93}[platform.machine()]
libc = ctypes.CDLL(None)


def go_on():
    while True:
        with open("pulse", "a") as file:
            file.write("x")
        time.sleep(0.01)


if os.fork() == 0:
    threading.Thread(target=go_on).start()
    libc.syscall(leave, 0)
time.sleep(0.1)
# %%
tried += os.path.getsize("pulse")
before = os.path.getsize("pulse")
time.sleep(0.2)
if os.path.getsize("pulse") > before:
    found.append("it goes on in the next cell")
