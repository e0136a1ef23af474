# Leaves things behind for whoever comes next: see finds_litter.py.
import os
import socket
import sys
import time

import numpy as np

for place in ("/tmp", "/dev/shm", "/tmp/work", os.environ["HOME"], os.environ["TMPDIR"], "."):
    try:
        open(os.path.join(place, "LITTER"), "w").write("here")
        tried += 1
    except OSError:
        pass
np.LITTER = sys.LITTER = True
np.allclose = lambda *_: True
os.environ["LITTER"] = "yes"
try:
    beacon = socket.socket(socket.AF_UNIX)
    beacon.bind("\0LITTER")
    beacon.listen()
except PermissionError:
    pass
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            open("LITTER-process", "w").write("here")
            time.sleep(600)
        os._exit(0)
