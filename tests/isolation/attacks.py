"""The attacks as notebooks, and what it takes to grade them as an ordinary user."""

from __future__ import annotations

import os
import re
import site
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "grading"))
USER = 54321

from vault import HONEST  # noqa: E402

CHECKS = [f"grader.check({name!r})" for name in ("q1", "q2", "q3", "q4", "q5", "q6")]
# Without walls the one reads the disk, and the other would signal the whole machine; the third
# takes its time, and shows nothing that depends on walls.
NEEDS_WALLS = ("reads_the_answers", "exits_and_signals", "never_reads")


def sources(folder: str) -> dict[str, str]:
    helper = (HERE / "cheats" / "_forge.py").read_text()
    return {
        path.stem: path.read_text().replace("from _forge import *\n", helper)
        for path in sorted((HERE / folder).glob("[a-z]*.py"))
    }


CHEATS, ESCAPES = sources("cheats"), sources("escapes")


def submissions(driver: str) -> Any:
    honest = HONEST + "\nfound, tried, ended = [], 1, True\n"
    yield "honest", honest
    for name, source in CHEATS.items():
        if driver != "none" or name not in NEEDS_WALLS:
            yield name, source
            yield "honest", honest
    if driver != "none":
        for name, source in ESCAPES.items():
            yield name, f"found, tried = [], 0\n# %%\n{source}\nended = True\n"
        yield "honest", honest


def as_user() -> list[str]:
    """Return the command that makes an ordinary user of root, and nothing for anybody else.

    The interpreter may lie in a folder that only root can enter: it is put where it is once more,
    below parents that everybody can.
    """
    if os.getuid() != 0:
        return []
    needed = [Path(place).resolve() for place in (sys.base_prefix, sys.prefix, ROOT)]
    closed = {
        parent for path in needed for parent in path.parents if not parent.stat().st_mode & 0o001
    }
    command = [
        "bwrap",
        "--dev-bind",
        "/",
        "/",
        "--cap-add",
        "CAP_SETUID",
        "--cap-add",
        "CAP_SETGID",
    ]
    for parent in sorted(closed):
        command += ["--perms", "0755", "--tmpfs", str(parent)]
    for path in needed:
        if closed & set(path.parents):
            for parent in [p for p in reversed(path.parents) if closed & set(p.parents)]:
                command += ["--perms", "0755", "--dir", str(parent)]
            command += ["--ro-bind", str(path), str(path)]
    become = (
        f"import os, sys; os.setgroups([]); os.setresgid(*[{USER}] * 3); "
        f"os.setresuid(*[{USER}] * 3); os.execv(sys.argv[1], sys.argv[1:])"
    )
    return [*command, "--", sys.executable, "-c", become]


def visible() -> set[str]:
    """Return the folders that the sandbox needs as parents of what it binds."""
    bound = [sys.base_prefix, *site.getsitepackages()]
    return {str(parent) for path in bound for parent in Path(path).parents}


def touched() -> set[str]:
    """Return the marks that an attack may have left on this machine."""
    places = [ROOT, Path("/"), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path(sys.prefix)]
    places += [Path(place) for place in (*site.getsitepackages(), sys.base_prefix)]
    pattern = re.compile(r"MARK|LITTER|big\d+$|file\d+$")
    return {
        str(path)
        for place in places
        for path in (place.iterdir() if place.is_dir() else ())
        if pattern.match(path.name)
    }
