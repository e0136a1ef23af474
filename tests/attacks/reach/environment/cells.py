# Looks for what was inherited: variables, arguments, descriptors, modules, limits, capabilities.
import os
import resource
import stat
import subprocess
import sys

seen = repr(dict(os.environ)) + repr(sys.argv) + repr(sys.path)
seen += subprocess.run(["/usr/bin/env"], capture_output=True, text=True).stdout
for secret in ("{canary}", "AUTOGRADER_CANARY", "{secret}", "{stage}", "SSH", "TOKEN", "AWS"):
    tried += 1
    if secret in seen:
        found.append(f"{secret} in the environment")
kinds = []
for fd in range(0, 256):
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        continue
    if fd <= 2 and os.readlink(f"/proc/self/fd/{fd}") != "/dev/null":
        found.append(f"standard descriptor {fd} leads somewhere")
    if fd > 2:
        kinds.append("socket" if stat.S_ISSOCK(mode) else os.readlink(f"/proc/self/fd/{fd}"))
if kinds != ["socket"]:
    found.append(f"descriptors {kinds}")
for name in sys.modules:
    if name.startswith("autograder.") and name.split(".")[1] not in ("student", "wire"):
        found.append(name)
for which in ("CPU", "DATA", "FSIZE", "NOFILE", "NPROC", "CORE", "MEMLOCK", "MSGQUEUE"):
    tried += 1
    number = getattr(resource, f"RLIMIT_{which}")
    _, hard = resource.getrlimit(number)
    try:
        resource.setrlimit(number, (hard, hard + 1 if hard >= 0 else hard))
        found.append(f"{which} can be raised from {hard}")
    except (OSError, ValueError):
        pass
for line in open("/proc/self/status"):
    if line.startswith("Cap") and int(line.split()[1], 16):
        found.append(line.strip())
    if line.startswith("NoNewPrivs") and line.split()[1] != "1":
        found.append(line.strip())
    if line.startswith("Seccomp:") and line.split()[1] != "2":
        found.append(line.strip())
for act in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.setgroups([0]), lambda: os.nice(-5),
            lambda: os.open("/dev/tty", os.O_RDWR), lambda: os.chroot("/tmp"),
            lambda: os.mknod("/tmp/null", 0o600 | stat.S_IFCHR, os.makedev(1, 3))):
    tried += 1
    try:
        act()
        found.append("a privilege is left")
    except OSError:
        pass
