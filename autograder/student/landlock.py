"""Landlock: the kernel lets a process open nothing but what is listed, whoever owns it.

It needs no namespaces and no mounts, so it works in containers that allow neither.
https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # on every machine type
_VERSION, _PATH_BENEATH = 1, 1
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_MAKE_CHAR, _MAKE_BLOCK, _IOCTL_DEVICE = 1 << 6, 1 << 11, 1 << 15
_FILE_RIGHTS = _EXECUTE | _WRITE_FILE | _READ_FILE | 1 << 14 | _IOCTL_DEVICE
_READ = _EXECUTE | _READ_FILE | _READ_DIR
# Rights that the kernel knows of, by the interface's version.
_KNOWN = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1}
_KNOWN_NOW = (1 << 16) - 1
_SCOPES = 0b11  # abstract sockets, signals: of this sandbox only

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long


def version() -> int:
    """Return the kernel's version of the interface; 0 where there is none."""
    found = libc.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    return max(int(found), 0)


def restrict(readable: Iterable[str], writable: Iterable[str], devices: Iterable[str]) -> None:
    """Let this process, and all that it starts, reach nothing but these paths. For good.

    Parameters
    ----------
    readable, writable : iterable of str
        Files, and folders with all that is below them; what is not there is left out.
    devices : iterable of str
        Device files that may be read and written.

    Raises
    ------
    OSError
        Where the kernel has no Landlock. ``no_new_privs`` must be set.
    """
    known = _KNOWN.get(version(), _KNOWN_NOW)
    rules = [(path, _READ) for path in readable]
    rules += [(path, known & ~_MAKE_CHAR & ~_MAKE_BLOCK & ~_IOCTL_DEVICE) for path in writable]
    rules += [(path, _READ_FILE | _WRITE_FILE) for path in devices]
    attributes = struct.pack("=QQQ", known, 0, _SCOPES)
    if version() < 6:  # the kernel refuses fields that it does not know
        attributes = attributes[:8]
    ruleset = _call(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), 0)
    try:
        for path, rights in rules:
            _allow(ruleset, path, rights & known)
        _call(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(handle).st_mode):
            rights &= _FILE_RIGHTS
        rule = struct.pack("=Qi", rights, handle)
        _call(_ADD_RULE, ruleset, _PATH_BENEATH, rule, 0)
    finally:
        os.close(handle)


def _call(number: int, *args: object) -> int:
    result = int(libc.syscall(number, *args))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, f"Landlock: {os.strerror(error)}")
    return result
