"""A seccomp filter that takes from student code what no notebook needs.

Classic BPF, written by hand because the filter is small and the alternative is one more system
library. Denied calls fail with EPERM; ``clone3``, whose flags a filter can't read, with ENOSYS, so
that the C library falls back to ``clone``.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct

_LD_ABS, _JEQ, _JGE, _JSET, _RET, _ALU_AND = 0x20, 0x15, 0x35, 0x45, 0x06, 0x54
_ALLOW, _ERRNO, _KILL = 0x7FFF0000, 0x00050000, 0x80000000
_NR, _ARCH, _ARG0, _ARG1, _ARG2, _ARG3 = 0, 4, 16, 24, 32, 40
_AF_UNIX, _NO_FAMILY = 1, 0xFFFFFFFF
# CLONE_NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET, NEWNS, NEWTIME
_NAMESPACES = 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_NAMESPACES |= 0x00020000 | 0x00000080

# What is denied: memory that no limit counts, other processes' memory, keyrings, namespaces and
# mounts, kernel interfaces with a history of holes. Numbers: x86-64, aarch64 (None: absent).
_DENIED: dict[str, tuple[int | None, int | None]] = {
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195),
    "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180),
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "process_madvise": (440, 440), "kcmp": (312, 272), "pidfd_getfd": (438, 438),
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "open_tree": (428, 428),
    "mount_setattr": (442, 442), "swapon": (167, 224), "swapoff": (168, 225),
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "fanotify_init": (300, 262), "acct": (163, 89), "syslog": (103, 116),
    "personality": (135, 92), "vhangup": (153, 58), "settimeofday": (170, 170),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "iopl": (172, None), "ioperm": (173, None), "lookup_dcookie": (212, 18),
    "landlock_create_ruleset": (444, 444), "move_pages": (279, 239), "migrate_pages": (256, 238),
}  # fmt: skip
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_SOCKET = (41, 198)
# A descriptor that is on its way in a message belongs to no process: its file's space is uncounted.
_SEND_MESSAGE = ((46, 211), (307, 269))
_CLONE, _CLONE3 = (56, 220), (435, 435)
_SETSOCKOPT, _MMAP = (54, 208), (9, 222)
_SOL_SOCKET, _BUFFERS = 1, (7, 8, 32, 33)  # SO_SNDBUF, SO_RCVBUF and the same by force
_SHARED, _ANONYMOUS = 0x01, 0x20


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("filter", ctypes.c_void_p)]


def _instruction(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)


def program(machine: str | None = None, *, unix_sockets: bool = True) -> bytes:
    """Return the filter as BPF instructions for this machine type.

    Parameters
    ----------
    unix_sockets : bool
        Whether Unix sockets may be made, and descriptors sent: only where a network namespace
        keeps them inside, and files are of limited size.

    Raises
    ------
    OSError
        On a machine type whose system-call numbers are not listed here.
    """
    machine = machine or platform.machine()
    if machine not in _MACHINES:
        raise OSError(f"no seccomp filter for {machine}; known: {', '.join(_MACHINES)}")
    column, architecture = _MACHINES[machine]
    deny = _instruction(_RET, _ERRNO | errno.EPERM)
    allow = _instruction(_RET, _ALLOW)
    code = [
        _instruction(_LD_ABS, _ARCH),
        _instruction(_JEQ, architecture, 1, 0),
        _instruction(_RET, _KILL),
        _instruction(_LD_ABS, _NR),
    ]
    if machine == "x86_64":
        # The x32 interface numbers the same calls from 2**30 on.
        code += [_instruction(_JGE, 0x40000000, 0, 1), deny]
    denied = [*_DENIED.values(), *(() if unix_sockets else _SEND_MESSAGE)]
    for numbers in denied:
        number = numbers[column]
        if number is not None:
            code += [_instruction(_JEQ, number, 0, 1), deny]
    code += [_instruction(_JEQ, _CLONE3[column], 0, 1),
             _instruction(_RET, _ERRNO | errno.ENOSYS)]  # fmt: skip
    code += [
        _instruction(_JEQ, _CLONE[column], 0, 4),
        _instruction(_LD_ABS, _ARG0),
        _instruction(_JSET, _NAMESPACES, 0, 1),
        deny,
        allow,
    ]
    # Shared memory without a file can be let go of and still be held: no limit would count it.
    code += [
        _instruction(_JEQ, _MMAP[column], 0, 5),
        _instruction(_LD_ABS, _ARG3),
        _instruction(_JSET, _ANONYMOUS, 0, 2),
        _instruction(_JSET, _SHARED, 0, 1),
        deny,
        allow,
    ]
    # Larger buffers than usual are memory that no limit counts.
    code += [
        _instruction(_JEQ, _SETSOCKOPT[column], 0, 5 + len(_BUFFERS)),
        _instruction(_LD_ABS, _ARG1),
        _instruction(_JEQ, _SOL_SOCKET, 0, 1 + len(_BUFFERS)),
        _instruction(_LD_ABS, _ARG2),
        *(_instruction(_JEQ, name, len(_BUFFERS) - at, 0) for at, name in enumerate(_BUFFERS)),
        allow,
        deny,
    ]
    # Network is off: no socket but Unix ones, which see this sandbox only.
    family = _AF_UNIX if unix_sockets else _NO_FAMILY
    code += [
        _instruction(_JEQ, _SOCKET[column], 0, 3),
        _instruction(_LD_ABS, _ARG0),
        _instruction(_JEQ, family, 1, 0),
        deny,
        allow,
    ]
    return b"".join(code)


def install(libc: ctypes.CDLL, *, unix_sockets: bool = True) -> None:
    """Install the filter for this process and everything that it starts, for good."""
    code = program(unix_sockets=unix_sockets)
    buffer = ctypes.create_string_buffer(code, len(code))
    prog = _Program(len(code) // 8, ctypes.addressof(buffer))
    if libc.prctl(22, 2, ctypes.byref(prog), 0, 0) != 0:  # PR_SET_SECCOMP, MODE_FILTER
        number = ctypes.get_errno()
        raise OSError(number, "installing the seccomp filter failed")
