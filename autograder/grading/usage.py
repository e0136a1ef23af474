"""What a process tree uses, read from /proc by the trusted side."""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_KILL_ROUNDS = 20
_PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(root: int) -> list[int]:
    """Return the pids of root and all its descendants that are alive."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        with contextlib.suppress(OSError):
            for task in os.listdir(f"/proc/{pid}/task"):
                todo += map(int, _read(f"/proc/{pid}/task/{task}/children").split())
    return found


def _read(path: str) -> bytes:
    """Return a file of /proc; half of what pathlib takes, and this runs after every cell."""
    fd = os.open(path, os.O_RDONLY)
    try:
        found = b""
        while chunk := os.read(fd, 1 << 16):
            found += chunk
        return found
    finally:
        os.close(fd)


def cpu_seconds(pids: list[int]) -> float:
    """Return the CPU time that the processes and their reaped children have used."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError, IndexError):
            fields = _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()
            ticks += sum(int(field) for field in fields[11:15])
    return ticks / _TICK


def memory_bytes(pids: list[int], enough: int) -> int:
    """Return the memory that the processes hold together, shared pages counted once.

    Reading proportional sizes costs milliseconds; while the plain sum of resident sizes is under
    ``enough``, that sum is returned.
    """
    resident = 0
    for pid in pids:
        with contextlib.suppress(OSError, IndexError):
            resident += int(_read(f"/proc/{pid}/statm").split()[1]) * _PAGE
    if resident <= enough:
        return resident
    return sum(_proportional(pid) for pid in pids)


def _proportional(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        names: tuple[str, ...] = ("Pss:", "SwapPss:")
    except OSError:
        # A process that hides its maps is charged with all that it alone could hold.
        try:
            text = Path(f"/proc/{pid}/status").read_text()
        except OSError:
            return 0
        names = ("RssAnon:", "RssShmem:", "VmSwap:")
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith(names))


def kill_tree(root: int, spare: tuple[int, ...] = ()) -> None:
    """Kill root and its descendants bar the spared, until a look finds none that is alive."""
    for _ in range(_KILL_ROUNDS):
        pids = [pid for pid in tree(root) if pid not in spare and _alive(pid)]
        if not pids:
            return
        for pid in pids:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)


def _alive(pid: int) -> bool:
    try:
        return _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[0] != b"Z"
    except OSError:
        return False
