# Looks for what litter.py left.
import os
import socket
import sys

import numpy as np

tried += 1
for folder in ("/tmp", "/dev/shm", "/var/tmp", "/tmp/work", os.environ["HOME"], "."):
    try:
        found += [f"{folder}/{name}" for name in os.listdir(folder) if "LITTER" in name]
    except OSError:
        pass
if hasattr(np, "LITTER") or hasattr(sys, "LITTER") or "LITTER" in os.environ:
    found.append("state of the process")
if np.allclose(1, 2):
    found.append("a patched numpy")
try:
    if sum(name.isdecimal() for name in os.listdir("/proc")) > {own_processes}:
        found.append("a process")
except OSError:
    pass
try:
    with socket.socket(socket.AF_UNIX) as sock:
        sock.connect("\0LITTER")
    found.append("a socket")
except OSError:
    pass
