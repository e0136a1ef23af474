"""The walls that a child puts around itself before the first student cell runs.

``enter_namespaces`` runs in the process that becomes the parent of the sandbox's init;
``shut`` runs in that init. Both run trusted code only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import socket
import sys
import tempfile
from pathlib import Path

from autograder.student import seccomp
from autograder.wire.messages import Start

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER = 0x00020000, 0x04000000, 0x08000000, 0x10000000
_NEWPID, _NEWNET = 0x20000000, 0x40000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 1 << 14, 1 << 18
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 4, 24, 38, 47
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_LAST_CAPABILITY = 63
_INODES = 4096

libc = ctypes.CDLL(None, use_errno=True)


def _check(result: int, what: str) -> None:
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def drop_root(uid: int) -> None:
    """Mount /proc, which takes root, and become an unprivileged user."""
    _check(
        libc.mount(b"proc", b"/proc", b"proc", _MS_NOSUID | _MS_NODEV | _MS_NOEXEC, None), "/proc"
    )
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # After a change of user a process does not own its /proc entries until it says so.
    libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)


def enter_namespaces() -> None:
    """Move to a user, mount, PID, network, IPC and UTS namespace of our own.

    The PID namespace takes effect for the next fork.
    """
    uid, gid = os.getuid(), os.getgid()
    flags = _NEWUSER | _NEWNS | _NEWPID | _NEWNET | _NEWIPC | _NEWUTS
    _check(libc.unshare(flags), "unshare")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"1000 {uid} 1")
    Path("/proc/self/gid_map").write_text(f"1000 {gid} 1")


def shut(start: Start) -> None:
    """Mount what is private, drop every privilege, set the limits. There is no way back."""
    if start.walls == "none":
        # Orphans must stay below this process, where they are counted and killed.
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
        os.chdir(tempfile.mkdtemp(prefix="run-", dir=os.environ["TMPDIR"]))
        set_limits(start)
        return
    disk = f"size={start.disk_mib}m,nr_inodes={_INODES},mode=0700"
    private = _MS_NOSUID | _MS_NODEV
    _check(libc.mount(b"none", b"/", None, _MS_REC | _MS_PRIVATE, None), "private mounts")
    _check(libc.mount(b"proc", b"/proc", b"proc", private | _MS_NOEXEC, None), "mount /proc")
    for place in ("/tmp", "/dev/shm"):
        _check(
            libc.mount(b"tmpfs", place.encode(), b"tmpfs", private, disk.encode()),
            f"mount {place}",
        )
    with contextlib.suppress(OSError):
        Path("/proc/sys/user/max_user_namespaces").write_text("0")
    Path("/tmp/work").mkdir()
    os.chdir("/tmp/work")
    drop_capabilities()
    set_limits(start)
    _check(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")
    seccomp.install(libc)


def drop_capabilities() -> None:
    """Empty every capability set, the bounding set included."""
    for capability in range(_LAST_CAPABILITY + 1):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break
    libc.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)  # PR_CAP_AMBIENT_CLEAR_ALL
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    _check(libc.capset(header, data), "capset")


def set_limits(start: Start) -> None:
    """Set the hard limits of each process; the trusted side limits the whole tree."""
    now = _data_bytes()
    limits = {
        resource.RLIMIT_CPU: start.cpu_seconds + 2,
        resource.RLIMIT_DATA: now + start.memory_mib * 1024 * 1024,
        resource.RLIMIT_FSIZE: start.disk_mib * 1024 * 1024,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 64 * 1024,
        resource.RLIMIT_MSGQUEUE: 0,
    }
    if start.walls != "none":
        limits[resource.RLIMIT_NPROC] = start.processes
    for which, value in limits.items():
        hard = resource.getrlimit(which)[1]
        value = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(which, (value, value))


def _data_bytes() -> int:
    """Return what RLIMIT_DATA counts of this process now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmData:"):
            return int(line.split()[1]) * 1024
    return 0


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends."""
    libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0)


def self_test(absent: list[str]) -> list[str]:
    """Return what is wrong with the walls, looked at from inside; an empty list is good."""
    failures = [f"{path} can be seen" for path in absent if Path(path).exists()]
    failures += [
        f"{path} cannot be seen"
        for path in sys.path
        if path.endswith(("site-packages", "dist-packages")) and not Path(path).is_dir()
    ]
    if os.getpid() == 1:
        failures.append("the runner is PID 1")
    if len([name for name in os.listdir("/proc") if name.isdecimal()]) > 3:
        failures.append("other processes can be seen in /proc")
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
        failures.append("a network socket can be made")
    if libc.unshare(_NEWUSER) == 0:
        failures.append("a further user namespace can be made")
    if libc.prctl(39, 0, 0, 0, 0) != 1:  # PR_GET_NO_NEW_PRIVS
        failures.append("no_new_privs is not set")
    if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0:
        failures.append("a file system can be mounted")
    status = Path("/proc/self/status").read_text()
    for name in ("CapPrm", "CapEff", "CapBnd", "CapInh", "CapAmb"):
        value = status.split(f"{name}:")[1].split()[0]
        if int(value, 16):
            failures.append(f"capabilities are left: {name} {value}")
    for place in ("/", "/dev", "/usr", "/proc/sys/kernel"):
        with contextlib.suppress(OSError):
            handle = os.open(place, os.O_TMPFILE | os.O_RDWR)
            os.close(handle)
            failures.append(f"{place} can be written")
    uid_map = Path("/proc/self/uid_map").read_text().split()
    if uid_map[1] == "0":
        failures.append("the student code runs as the host's root")
    return failures
