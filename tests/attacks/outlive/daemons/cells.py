# Hopes that one of them is not found: each would write a mark later on.
import os
import signal
import subprocess
import time

for number in range(1, 65):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
for _ in range(4):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.closerange(0, 256)
            os.chdir("/")
            time.sleep(0.5)
            for place in ("/tmp", "/var/tmp", "/dev/shm", "{marks}"):
                try:
                    open(f"{place}/MARK-daemon", "w").close()
                except OSError:
                    pass
            time.sleep(600)
        os._exit(0)
subprocess.Popen("nohup setsid sh -c 'sleep 600' & disown", shell=True, executable="/bin/bash")


def answer(x):
    if os.fork() == 0:
        os.setsid()
        if os.fork():
            os._exit(0)
        time.sleep(600)


number = score = total = draw = refuse = answer
