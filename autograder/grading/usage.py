"""What a process tree uses, read from /proc by the trusted side."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_KILL_ROUNDS = 20
_FILES = 4096
# A socket or pipe buffers 208 KiB unless it is told otherwise.
_USUAL_DESCRIPTORS, _BUFFER = 32, 208 * 1024
_PAGE = os.sysconf("SC_PAGE_SIZE")


def tree(root: int) -> list[int]:
    """Return the pids of root and all its descendants that are alive."""
    found, todo = [], [root]
    while todo:
        pid = todo.pop()
        found.append(pid)
        todo += children(pid)
    return found


def children(pid: int) -> list[int]:
    """Return the pids of the processes that this one started and that still run."""
    found: list[int] = []
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):
            found += map(int, _read(f"/proc/{pid}/task/{task}/children").split())
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

    ``pids`` begins with the sandbox's init. Files in its /tmp and /dev/shm are memory too, where
    they are its own, and so are page tables, and what many open sockets may buffer. Reading
    proportional sizes costs milliseconds; while a plain sum that is never too small is under
    ``enough``, that sum is returned.
    """
    files = _in_memory_files(pids[0]) if pids else 0
    buffers = sum(_buffers(pid) for pid in pids)
    places = [_with_memory(pid) for pid in pids]
    mapped, resident = [0], 0
    for place in places:
        with contextlib.suppress(OSError, IndexError):
            sizes = _read(f"{place}/statm").split()
            mapped.append(int(sizes[0]) * _PAGE)
            resident += int(sizes[1]) * _PAGE
    # The tables for what is mapped take at most a page for each 512 pages.
    if resident + files + buffers + sum(mapped) // 512 <= enough:
        return resident + files + buffers
    shares = [_proportional(place) for place in places]
    # A file that is mapped is in both.
    own, shared = sum(one for one, _ in shares), sum(one for _, one in shares)
    return own + max(shared, files) + buffers


def _buffers(pid: int) -> int:
    """Return what a process's descriptors may hold in the kernel, but for the usual few."""
    try:
        many = len(os.listdir(f"/proc/{pid}/fd")) - _USUAL_DESCRIPTORS
    except OSError:
        return 0
    return max(many, 0) * _BUFFER


def _with_memory(pid: int) -> str:
    """Return the folder in /proc that tells of the process's memory.

    Once its first thread has ended, a process looks like a zombie without memory; another thread
    tells.
    """
    place = f"/proc/{pid}"
    with contextlib.suppress(OSError):
        if _read(f"{place}/statm").startswith(b"0 "):
            for task in os.listdir(f"{place}/task"):
                with contextlib.suppress(OSError):
                    if not _read(f"{place}/task/{task}/statm").startswith(b"0 "):
                        return f"{place}/task/{task}"
    return place


def _in_memory_files(init: int) -> int:
    """Return the bytes of files that the sandbox keeps in memory; 0 where it has no such place."""
    return sum((s.f_blocks - s.f_bfree) * s.f_frsize for s in _private_places(init))


def _private_places(init: int) -> list[os.statvfs_result]:
    """Return the state of /tmp and /dev/shm, where the sandbox has its own."""
    found = []
    for place in ("tmp", "dev/shm"):
        with contextlib.suppress(OSError):
            path = Path(f"/proc/{init}/root/{place}")
            if path.stat().st_dev != Path("/", place).stat().st_dev:
                found.append(os.statvfs(path))
    return found


def _proportional(place: str) -> tuple[int, int]:
    """Return a process's share of what it maps, in bytes: memory and files, shared memory."""
    try:
        text = Path(f"{place}/status").read_text()
    except OSError:
        return 0, 0
    # A process that hides its maps is charged with all that it alone could hold.
    whole: tuple[str, ...] = ("RssAnon:", "RssShmem:", "VmSwap:", "VmPTE:")
    shared = "RssShmem:"
    with contextlib.suppress(OSError):
        rollup = Path(f"{place}/smaps_rollup").read_text()
        text = rollup + "".join(line for line in text.splitlines() if line.startswith("VmPTE:"))
        whole, shared = ("Pss:", "SwapPss:", "VmPTE:"), "Pss_Shmem:"
    sizes = [(line, int(line.split()[1]) * 1024) for line in text.splitlines() if "kB" in line]
    in_shared = sum(size for line, size in sizes if line.startswith(shared))
    return sum(size for line, size in sizes if line.startswith(whole)) - in_shared, in_shared


def disk_bytes(folder: Path | None, pids: list[int], enough: int) -> int:
    """Return the bytes on disk below a folder, and of removed files that are still held.

    Too many files to be looked through, or folders too deep, count as more than ``enough``.
    Without a folder files are memory, of limited size: then only their number counts.
    """
    if folder is None:
        many = sum(s.f_files - s.f_ffree for s in _private_places(pids[0]) if s.f_files)
        return enough + 1 if many > 3 * _FILES else 0
    found = _removed_but_held(pids)
    left = _FILES
    todo = [str(folder)]
    while todo and found <= enough:
        try:
            with os.scandir(todo.pop()) as scan:
                for entry in scan:
                    left -= 1
                    if left < 0:
                        return enough + 1
                    found += max(entry.stat(follow_symlinks=False).st_blocks * 512, _PAGE)
                    if entry.is_dir(follow_symlinks=False):
                        todo.append(entry.path)
        except FileNotFoundError:
            continue
        except OSError:
            return enough + 1
    return found


def _removed_but_held(pids: list[int]) -> int:
    """Return the bytes of files without a name that the processes have open or mapped."""
    found: dict[tuple[int, int], int] = {}
    for pid in pids:
        places = [f"/proc/{pid}/fd"]
        with contextlib.suppress(OSError):
            if b"(deleted)" in _read(f"/proc/{pid}/maps"):
                places.append(f"/proc/{pid}/map_files")
        for place in places:
            with contextlib.suppress(OSError):
                for name in os.listdir(place):
                    with contextlib.suppress(OSError):
                        status = Path(place, name).stat()
                        if stat.S_ISREG(status.st_mode) and status.st_nlink == 0:
                            found[status.st_dev, status.st_ino] = status.st_blocks * 512
    return sum(found.values())


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
        ended = _read(f"/proc/{pid}/stat").rpartition(b")")[2].split()[0] == b"Z"
        # What looks like a zombie may have lost its first thread only.
        return not ended or len(os.listdir(f"/proc/{pid}/task")) > 1
    except OSError:
        return False
