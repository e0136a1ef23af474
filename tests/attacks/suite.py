"""The attacks as data, and the ways to run them in.

An attack is a folder ``<class>/<name>``: ``attack.toml`` says what it tries and what must come of
it, and ``cells.py`` holds its cells, or ``make.py`` makes its files. README.md has the fields.
"""

from __future__ import annotations

import dataclasses
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE.parent / "grading"))
USER = 54321
#: What the next command needs to run at all: the interpreter, its packages, the project.
NEEDED = [Path(place).resolve() for place in (sys.base_prefix, sys.prefix, ROOT)]
#: What came of each way, for the end of the run.
COUNTS: dict[str, dict[str, float]] = {}
CELL = "# %%\n"

WAYS = {
    "bwrap as root": "bwrap",
    "bwrap as a user": "bwrap",
    "bwrap for each, as a user": "bwrap-each",
    "uid as root": "uid",
    "none": "none",
}


@dataclass(frozen=True)
class Attack:
    """What an attack is and what must come of it.

    Attributes
    ----------
    kind, name : str
        The folders' names.
    tries : str
    status : str or list of str
        Of the result; with several, the machine's pace decides which.
    score : float
        The points of the honest part of the notebook that survive the attack: 1 unless the
        attack itself spoils it.
    reports : bool
        It says what it found, in ``found``, and the hidden test of ``walls`` looks at that.
    walls : bool
        It means nothing, or would do harm, without walls.
    files : mapping
        For ``make.py``: the status of each file that is graded.
    ignored : tuple of str
        For ``make.py``: the files that are passed over, by name.
    refused : str
        For ``make.py``: what the message says when nothing can be graded.
    """

    kind: str
    name: str
    tries: str
    status: str | list[str] = "graded"
    score: float = 1
    reports: bool = False
    walls: bool = False
    files: Mapping[str, str] = dataclasses.field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    refused: str = ""

    @property
    def id(self) -> str:
        return f"{self.kind}/{self.name}"

    @property
    def folder(self) -> Path:
        return HERE / self.kind / self.name

    @property
    def makes_files(self) -> bool:
        return (self.folder / "make.py").exists()

    def cells(self, places: Mapping[str, Any]) -> list[str]:
        """Return the cells with ``{places}`` filled in and shared helpers put in their place."""
        source = (self.folder / "cells.py").read_text()
        helper = (HERE / "protocol" / "_forge.py").read_text()
        source = source.replace("from _forge import *\n", helper)
        for place, path in places.items():
            source = source.replace("{" + place + "}", str(path))
        cells = [cell for cell in source.split(CELL) if cell.strip()]
        if self.reports:
            cells = ["found, tried, ended = [], 0, False", *cells, "ended = True"]
        return cells

    def under(self, driver: str) -> Attack:
        """Return what must come of it under this driver: ``[uid]`` in attack.toml differs."""
        return load(self.folder, driver)


def load(folder: Path, driver: str = "") -> Attack:
    """Read a folder; a field that is not one of an attack's raises TypeError."""
    fields = tomllib.loads((folder / "attack.toml").read_text())
    differences = {name: fields.pop(name, {}) for name in ("bwrap", "bwrap-each", "uid", "none")}
    return Attack(folder.parent.name, folder.name, **(fields | differences.get(driver, {})))


def attacks() -> list[Attack]:
    return [load(path.parent) for path in sorted(HERE.glob("*/*/attack.toml"))]


def wanted(attack: Attack, driver: str) -> bool:
    """Return whether the attack is run under this driver."""
    return driver != "none" or not (attack.walls or attack.reports or attack.makes_files)


def read_only(folder: Path) -> list[str]:
    """Return the command that runs the next one where it can write to this folder only.

    What runs without walls could harm who runs these tests. Python and the project may lie below
    one of the emptied places, in a virtual environment under ``/tmp`` for one.
    """
    kept = [word for place in NEEDED for word in ("--ro-bind", str(place), str(place))]
    private = [word for place in ("/tmp", "/var/tmp", "/dev/shm") for word in ("--tmpfs", place)]
    return [
        *("bwrap", "--unshare-user", "--uid", str(USER), "--gid", str(USER), "--unshare-pid"),
        *("--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc", *private, *kept),
        *("--bind", str(folder), str(folder), "--die-with-parent", "--"),
    ]


def reachable(uid: int = 0) -> list[str]:
    """Return the command that runs the next one where every user can enter Python's folders.

    The interpreter may lie in a folder that only root can enter: it is put where it is once more,
    below parents that everybody can. With ``uid``, the next command is run as this ordinary user.
    """
    if os.getuid() != 0:
        return []
    closed = {
        parent for path in NEEDED for parent in path.parents if not parent.stat().st_mode & 0o001
    }
    command = ["bwrap", "--dev-bind", "/", "/", "--cap-add", "ALL"]
    for parent in sorted(closed):
        command += ["--perms", "0755", "--tmpfs", str(parent)]
    for path in NEEDED:
        if closed & set(path.parents):
            for parent in [p for p in reversed(path.parents) if closed & set(p.parents)]:
                command += ["--perms", "0755", "--dir", str(parent)]
            command += ["--ro-bind", str(path), str(path)]
    if not uid:
        return [*command, "--"]
    become = (
        f"import os, sys; os.setgroups([]); os.setresgid(*[{uid}] * 3); "
        f"os.setresuid(*[{uid}] * 3); os.execv(sys.argv[1], sys.argv[1:])"
    )
    return [*command, "--", sys.executable, "-c", become]
