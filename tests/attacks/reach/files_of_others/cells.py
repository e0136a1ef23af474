# Hopes that a process outside has a file of the machine open: its log, a library, a notebook.
import os
import stat

tried += 1
try:
    names = os.listdir("/proc")
except OSError:
    names = []
for pid in [name for name in names if name.isdecimal()]:
    try:
        numbers = os.listdir(f"/proc/{pid}/fd")
    except OSError:
        continue
    for number in numbers:
        for mode in (os.O_RDONLY, os.O_WRONLY):
            try:
                handle = os.open(f"/proc/{pid}/fd/{number}", mode | os.O_NONBLOCK)
            except OSError:
                continue
            status = os.fstat(handle)
            if stat.S_ISREG(status.st_mode) and status.st_dev != os.stat(".").st_dev:
                found.append(f"{os.readlink(f'/proc/{pid}/fd/{number}')} of {pid} opens with {mode}")
            os.close(handle)
for name in ("root", "cwd", "exe"):
    for pid in (1, 2, 3, os.getppid()):
        try:
            if os.path.exists(f"/proc/{pid}/{name}{secret}"):
                found.append(f"/proc/{pid}/{name}")
        except OSError:
            pass
