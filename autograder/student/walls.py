"""The walls that a child puts around itself before the first student cell runs.

``enter_namespaces`` runs in the process that becomes the parent of the sandbox's init; ``shut``
runs in that init, and ``become`` in the runner below it. All run trusted code only.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

from autograder.student import landlock, seccomp
from autograder.wire.messages import Start

_NEWNS, _NEWUTS, _NEWIPC, _NEWUSER = 0x00020000, 0x04000000, 0x08000000, 0x10000000
_NEWPID, _NEWNET = 0x20000000, 0x40000000
_MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 2, 4, 8, 1 << 14, 1 << 18
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_CAP_AMBIENT = 4, 24, 38, 47
_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER, _PR_CAPBSET_READ = 1, 36, 23
_LAST_CAPABILITY = 63
_INODES = 4096
_END_ROUNDS = 200
_DEVICES = [f"/dev/{name}" for name in ("null", "full", "random", "urandom")]

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
    _change_user(uid)


def _change_user(uid: int) -> None:
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
    """Mount what is private, drop every privilege, set the limits. There is no way back.

    Under ``uid`` the init stays what it is, out of the reach of whom it reaps; see ``become``.
    """
    if start.walls != "nested":
        # Orphans must stay below this process, where they are counted and killed.
        libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    if start.walls == "uid":
        return
    if start.walls == "nested":
        _mount(start)
    if start.walls in ("nested", "shared"):
        Path("/tmp/work").mkdir(exist_ok=True)
        os.chdir("/tmp/work")
        drop_capabilities()
    set_limits(start)
    if start.walls in ("nested", "shared"):
        _allow_no_gain()
        seccomp.install(libc)


def close_template() -> None:
    """Close the template to its own children, who run as the same user beside it.

    They could write into its memory, and reach what it holds, were it not hidden from them.
    """
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _allow_no_gain()
    seccomp.install(libc)


def _allow_no_gain() -> None:
    """Have no program give this process, or one below it, a privilege; filters ask for that."""
    _check(libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "no_new_privs")


def _mount(start: Start) -> None:
    """Mount /proc, /tmp and /dev/shm of our own, and allow no further user namespace."""
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


def become(start: Start, folder: str) -> None:
    """Become the unprivileged user of the ``uid`` walls, who reaches ``folder`` and little else.

    Nothing to do under other walls, but to go to ``folder`` where there is one.
    """
    if folder:
        os.chdir(folder)
    if start.walls == "shared":
        libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    if start.walls != "uid":
        return
    os.environ.update(HOME=folder, TMPDIR=folder)
    tempfile.tempdir = None
    _drop_bounding_set()
    _change_user(start.uid)
    drop_capabilities()
    set_limits(start)
    _allow_no_gain()
    landlock.restrict(start.readable, [folder], _DEVICES)
    seccomp.install(libc, unix_sockets=False)


def end_all(uid: int) -> None:
    """Kill every process of an unprivileged user that nobody else is. Takes root."""
    for _ in range(_END_ROUNDS):
        pid = os.fork()
        if pid == 0:
            try:
                _change_user(uid)
                # The kernel leaves out who asks, and nobody can fork past it.
                os.kill(-1, signal.SIGKILL)
            finally:
                os._exit(0)
        os.waitpid(pid, 0)
        # They go when the kernel comes to it; their numbers are the next child's to use up.
        if not _lives(uid):
            return
        time.sleep(0.002)


def _lives(uid: int) -> bool:
    """Return whether a user has a process that is more than a zombie."""
    for name in os.listdir("/proc"):
        if name.isdecimal():
            with contextlib.suppress(OSError):
                if Path("/proc", name).stat().st_uid == uid:
                    return True
    return False


def adopt() -> None:
    """Have orphans come to this process, which ignores their end: the kernel then reaps them."""
    libc.prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)


def drop_capabilities() -> None:
    """Empty every capability set, the bounding set included."""
    _drop_bounding_set()
    libc.prctl(_PR_CAP_AMBIENT, 4, 0, 0, 0)  # PR_CAP_AMBIENT_CLEAR_ALL
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    data = (ctypes.c_uint32 * 6)()
    _check(libc.capset(header, data), "capset")


def _drop_bounding_set() -> None:
    """Give up what a program could give back; takes a capability, so it comes before the user."""
    for capability in range(_LAST_CAPABILITY + 1):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            break


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


def die_with_parent(by: signal.Signals = signal.SIGKILL) -> None:
    """Have the kernel send this process a signal when its parent ends."""
    libc.prctl(_PR_SET_PDEATHSIG, by, 0, 0, 0)


def self_test(start: Start) -> list[str]:
    """Return what is wrong with the walls, looked at from inside; an empty list is good."""
    failures = [f"{path} can be read" for path in start.absent if _can_read(path)]
    if start.walls != "uid":
        failures += [f"{path} can be seen" for path in start.absent if Path(path).exists()]
    failures += _privileges() + (_user() if start.walls == "uid" else _namespaces(start))
    libraries = [path for path in sys.path if path.endswith(("site-packages", "dist-packages"))]
    failures += [
        f"{path} cannot be read by who runs student code: a folder above it is closed; install "
        "Python and its packages where everybody may read"
        for path in (*libraries, os.__file__)
        if not _can_read(path)
    ]
    for place in ("/", "/dev", "/usr", "/proc/sys/kernel", "/var/tmp", "/etc"):
        with contextlib.suppress(OSError):
            handle = os.open(place, os.O_TMPFILE | os.O_RDWR)
            os.close(handle)
            failures.append(f"{place} can be written")
    return failures


def _can_read(path: str) -> bool:
    """Return whether a file can be opened, or a folder listed."""
    try:
        os.close(os.open(path, os.O_RDONLY))
    except OSError:
        return False
    return True


def _privileges() -> list[str]:
    failures = []
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM).close()
        failures.append("a network socket can be made")
    if libc.unshare(_NEWUSER) == 0:
        failures.append("a further user namespace can be made")
    if libc.prctl(39, 0, 0, 0, 0) != 1:  # PR_GET_NO_NEW_PRIVS
        failures.append("no_new_privs is not set")
    if libc.mount(b"tmpfs", b"/tmp", b"tmpfs", 0, None) == 0:
        failures.append("a file system can be mounted")
    header, data = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    if libc.capget(header, data) != 0 or any(data):
        failures.append("capabilities are left")
    if any(libc.prctl(_PR_CAPBSET_READ, number, 0, 0, 0) == 1 for number in range(64)):
        failures.append("capabilities can be gained")
    return failures


def _namespaces(start: Start) -> list[str]:
    failures = []
    if os.getpid() == 1:
        failures.append("the runner is PID 1")
    # Those of the sandbox itself: its init, the runner; bubblewrap's and the template.
    own = 3 if start.walls == "nested" else 4
    if len([name for name in os.listdir("/proc") if name.isdecimal()]) > own:
        failures.append("other processes can be seen in /proc")
    # Root outside owns this folder, and has another number here, or none.
    if Path("/usr/bin").stat().st_uid == os.getuid():
        failures.append("the student code runs as the host's root")
    return failures


def _user() -> list[str]:
    failures = []
    if 0 in (*os.getresuid(), *os.getresgid(), *os.getgroups()):
        failures.append("the student code runs as root")
    for pid in (1, os.getppid()):
        with contextlib.suppress(OSError):
            os.kill(pid, 0)
            failures.append(f"process {pid} can be signalled")
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close()
        failures.append("a socket can be made")
    for place in ("/tmp", "/dev/shm", "/proc"):
        if _can_read(place):
            failures.append(f"{place} can be read")
    return failures
