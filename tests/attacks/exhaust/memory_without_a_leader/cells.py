# Hopes that a process whose first thread is gone shows no memory: its entry in /proc says zombie.
tried += 1
# %%
import ctypes
import os
import platform
import threading
import time

leave = {"x86_64": 60, "aarch64": 93}[platform.machine()]
libc = ctypes.CDLL(None)


told, tell = os.pipe()


def hold():
    block = b"x" * (80 << 20)
    os.write(tell, b"x")
    time.sleep(60)


for _ in range(8):
    if os.fork() == 0:
        threading.Thread(target=hold).start()
        libc.syscall(leave, 0)
held = 0
while held < 8:
    held += len(os.read(told, 8))
time.sleep(1)
found.append("640 MiB in processes without a first thread")
