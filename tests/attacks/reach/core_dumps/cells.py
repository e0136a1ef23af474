# Hopes that a crash writes memory to a file, here or wherever the machine keeps such files.
import glob
import os
import resource
import signal

try:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY,) * 2)
    found.append("the limit on cores can be raised")
except (ValueError, OSError):
    pass
for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGQUIT):
    tried += 1
    if (pid := os.fork()) == 0:
        os.kill(os.getpid(), number)
        os._exit(0)
    if os.WCOREDUMP(os.waitpid(pid, 0)[1]):
        found.append(f"a core of {number}")
for place in ("core*", "/tmp/**/core*", "/var/crash/*", "/var/lib/systemd/coredump/*", "/cores/*"):
    found += glob.glob(place)
