# Looks for other processes, and at what the kernel tells.
import os

me = os.getpid()
try:
    processes = [int(name) for name in os.listdir("/proc") if name.isdecimal()]
except PermissionError:
    processes = [me]
tried += len(processes)
if len(processes) > {own_processes}:
    found.append(f"processes {processes}")
for pid in range(1, 40_000):
    try:
        os.kill(pid, 0)
        if pid not in processes:
            found.append(f"process {pid}")
    except OSError:
        tried += 1
for file in ("environ", "cmdline", "maps", "mountinfo", "status"):
    for pid in processes:
        try:
            text = open(f"/proc/{pid}/{file}", "rb").read().decode("utf-8", "replace")
        except OSError:
            continue
        for secret in ("{canary}", "AUTOGRADER_CANARY", "{secret}", "{stage}"):
            if secret in text:
                found.append(f"{secret} in /proc/{pid}/{file}")
for file in ("/proc/kcore", "/proc/kmsg", "/dev/mem", "/dev/kmsg", "/proc/sysrq-trigger", "/dev/sda",
             "/dev/fuse", "/dev/kvm", "/dev/nvidia0", "/proc/sys/kernel/core_pattern"):
    for mode in ("rb", "wb")["core_pattern" in file :]:
        tried += 1
        try:
            with open(file, mode) as handle:
                if mode == "wb" or handle.read(16):
                    found.append(f"{file} opens for {mode}")
        except OSError:
            pass
if os.stat("/usr/bin").st_uid == os.getuid():
    found.append("the host's root")
