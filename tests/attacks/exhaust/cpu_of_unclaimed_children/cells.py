# Hopes that the time of children is lost when their parent ignores SIGCHLD: two at a time.
tried += 1
# %%
import os
import signal
import time

signal.signal(signal.SIGCHLD, signal.SIG_IGN)
for _ in range(13):
    for _ in range(2):
        if os.fork() == 0:
            end = time.process_time() + 0.05
            while time.process_time() < end:
                pass
            os._exit(0)
    try:
        os.wait()
    except ChildProcessError:
        pass
found.append("1.3 s of 1 s")
