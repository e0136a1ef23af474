"""The bubblewrap command line: what the template sees of this machine, and nothing else."""

from __future__ import annotations

import os
import site
import sys
from collections.abc import Callable
from pathlib import Path

import autograder

INSIDE = "/opt/autograder"
_SYSTEM = ("/usr/bin", "/usr/sbin", "/usr/lib", "/usr/lib32", "/usr/lib64", "/usr/libexec")
_LINKS = ("/bin", "/sbin", "/lib", "/lib32", "/lib64")
_FILES = ("/etc/ld.so.cache", "/etc/alternatives", "/etc/localtime", "/usr/share/zoneinfo")
_COVERED = ("/tmp/", "/dev/shm/")
_ONE_THREAD = ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "VECLIB_MAXIMUM")


def library_settings() -> dict[str, str]:
    """Return what libraries must find in the environment, in the sandbox and in a worker alike.

    Both fork, and a fork inherits half of a thread pool; the limit also binds student code that
    asks for more threads.
    """
    threads = {f"{name}_NUM_THREADS": "1" for name in _ONE_THREAD}
    return threads | {"OMP_THREAD_LIMIT": "1", "KERAS_BACKEND": "torch"}


def environment(home: str) -> dict[str, str]:
    """Return the whole environment of the template: nothing of ours is inherited."""
    return library_settings() | {
        "PATH": "/usr/bin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "USER": "student",
        "LOGNAME": "student",
        "LANG": "C.UTF-8",
        "TERM": "dumb",
        "MPLBACKEND": "Agg",
        "MPLCONFIGDIR": f"{home}/.matplotlib",
        "IPYTHONDIR": f"{home}/.ipython",
        "KERAS_HOME": f"{home}/.keras",
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PIP_NO_INDEX": "1",
        "PIP_RETRIES": "0",
    }


def site_packages() -> list[str]:
    """Return the folders that third-party packages are imported from."""
    wanted = {str(Path(place).resolve()) for place in site.getsitepackages()}
    return [
        path
        for path in dict.fromkeys(sys.path)
        if str(Path(path).resolve()) in wanted or path.endswith(("site-packages", "dist-packages"))
    ]


def python_command(
    fd: int, uid: int, package_root: str, place: Callable[[str], str] = str
) -> list[str]:
    """Return the command that runs the template, isolated from the user's own settings.

    ``place`` tells where a path of this machine is seen by the command.
    """
    packages = [place(folder) for folder in site_packages()]
    code = (
        f"import sys; sys.path[:0] = [{package_root!r}]; sys.path += {packages!r}; "
        "from autograder.student.template import main; main()"
    )
    executable = place(os.path.realpath(sys.executable))
    # The environment is ours and is obeyed: it fixes the hash seed.
    return [executable, "-P", "-s", "-S", "-c", code, str(fd), str(uid)]


def _inside(path: str) -> str:
    """Return where the sandbox shows a path: elsewhere if each child covers it with its own."""
    return INSIDE + path if path.startswith(_COVERED) else path


def _parents(paths: list[str]) -> list[str]:
    """Return the folders above these paths, the outer before the inner, bar what is bound."""
    above = {str(parent) for path in paths for parent in Path(path).parents}
    inside = tuple(path + "/" for path in paths)
    return sorted(p for p in above if p != "/" and not f"{p}/".startswith(inside))


def readable() -> list[str]:
    """Return the paths that student code may read, where it sees this machine's own."""
    package = Path(autograder.__file__).resolve().parent
    own = [str(package / part) for part in ("__init__.py", "student", "wire")]
    kernel = [f"/proc/{name}" for name in ("cpuinfo", "meminfo", "filesystems", "stat")]
    system = [*_SYSTEM, *_LINKS, *_FILES, "/sys/devices/system/cpu"]
    return [*system, sys.base_prefix, *site_packages(), *own, *kernel]


def command(fd: int, uid: int, tmpfs_mib: int = 0) -> list[str]:
    """Return the command that starts a template inside bubblewrap.

    Parameters
    ----------
    fd : int
        The descriptor of the control socket; it is inherited.
    uid : int
        The unprivileged user to become, when run as root; 0 keeps the present user.
    tmpfs_mib : int
        Size of /tmp and of /dev/shm, in MiB, where children do not mount their own.
    """
    package = Path(autograder.__file__).resolve().parent
    args = ["bwrap", "--die-with-parent", "--new-session", "--clearenv"]
    args += ["--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts"]
    if uid:
        # bubblewrap's own /proc for root is partly covered, and the kernel then refuses the fresh
        # one that each child mounts; the template mounts it, and drops root.
        for capability in ("CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN"):
            args += ["--cap-add", capability]
        args += ["--dir", "/proc"]
    else:
        args += ["--unshare-user", "--proc", "/proc"]
    size = ["--size", str(tmpfs_mib << 20)] if tmpfs_mib else []
    args += ["--dev", "/dev", "--perms", "1777", *size, "--tmpfs", "/tmp"]
    if tmpfs_mib:
        # The template is PID 1: bubblewrap's own would be within reach of its only child.
        args += ["--perms", "1777", *size, "--tmpfs", "/dev/shm", "--as-pid-1"]
    # A shared mapping of it is memory that no limit counts.
    args += ["--dev-bind", "/dev/null", "/dev/zero"]
    binds = [(path, path) for path in (*_SYSTEM, *_LINKS, *_FILES) if Path(path).exists()]
    links = [path for path, _ in binds if path in _LINKS and Path(path).is_symlink()]
    binds = [(path, path) for path, _ in binds if path not in links]
    if sys.base_prefix != "/usr":
        binds.append((sys.base_prefix, _inside(sys.base_prefix)))
    for folder in site_packages():
        if not folder.startswith((sys.base_prefix + "/", "/usr/lib/")):
            binds.append((folder, _inside(folder)))
    for part in ("__init__.py", "student", "wire"):
        binds.append((str(package / part), f"{INSIDE}/autograder/{part}"))
    for folder in _parents([target for _, target in binds]):
        # bubblewrap would make them readable for root alone.
        args += ["--perms", "0755", "--dir", folder]
    for link in links:
        args += ["--symlink", str(Path(link).readlink()), link]
    for source, target in binds:
        args += ["--ro-bind", source, target]
    for name, value in environment("/tmp").items():
        args += ["--setenv", name, value]
    args += ["--chdir", "/tmp", "--remount-ro", "/dev", "--remount-ro", "/"]
    return [*args, "--", *python_command(fd, uid, INSIDE, _inside)]
