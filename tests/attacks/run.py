"""Run the attacks with one worker, one after the other, and print what came of each: FOLDER DRIVER.

After each attack an honest notebook is graded, and this machine is looked at: what was written,
which processes are left.
"""

import importlib.util
import json
import os
import re
import site
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, ClassVar

import msgspec
from stages import notebook, submission
from suite import ROOT, Attack, attacks, wanted
from vault import CHECKS, HONEST, HONEST_PART, LIMITS

from autograder.grading import usage
from autograder.grading.find import FindError, Submission, find_submissions
from autograder.grading.worker import Worker
from autograder.sandbox import template, users

_MARKS = re.compile(r"MARK|LITTER|big\d+$|file\d+$")
_PATIENCE = 3.0


def visible() -> set[str]:
    """Return the folders that the sandbox needs as parents of what it binds."""
    bound = [sys.base_prefix, *site.getsitepackages()]
    return {str(parent) for path in bound for parent in Path(path).parents}


def touched(folder: Path) -> set[str]:
    """Return the marks that an attack may have left here, and what of ours is not as it was."""
    places = [ROOT, Path("/"), Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path(sys.prefix)]
    places += [Path(place) for place in (*site.getsitepackages(), sys.base_prefix)]
    found = {
        str(path)
        for place in places
        for path in (place.iterdir() if place.is_dir() else ())
        if _MARKS.match(path.name)
    }
    found |= {str(path) for path in (folder / "marks").iterdir()}
    for path in [*sorted((folder / "vault").rglob("*")), folder / "secret.txt"]:
        status = path.stat()
        found.add(f"{path} {status.st_size} {status.st_mtime_ns} {status.st_mode}")
    return found


def processes(users: set[int]) -> list[int]:
    """Return the processes below this one, and those of users that only its student code has."""
    found = set(usage.tree(os.getpid())) - {os.getpid()}
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            try:
                if path.stat().st_uid in users:
                    found.add(int(path.name))
            except OSError:
                continue
    return sorted(found)


class Users(users.User):
    """Remembers every user that a template of this run had."""

    had: ClassVar[set[int]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.had.add(self.uid)


class Machine:
    """What an attack must leave as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = touched(folder)
        self.processes = len(processes(Users.had))

    def changes(self) -> dict[str, Any]:
        """Return what is different now, once what is being killed had time to go."""
        deadline = time.monotonic() + _PATIENCE
        while (
            left := len(processes(Users.had)) - self.processes
        ) > 0 and time.monotonic() < deadline:
            time.sleep(0.02)
        files = touched(self.folder)
        return {"processes": max(left, 0), "files": sorted(files ^ self.files)}


def made(attack: Attack, folder: Path, honest: bytes) -> tuple[list[Submission], list[str], str]:
    """Return the submissions that are found among the files which the attack makes."""
    place = folder / f"{attack.kind}-{attack.name}"
    place.mkdir()
    spec = importlib.util.spec_from_file_location("make", attack.folder / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    ignored: list[str] = []
    target = module.make(place, honest) or place
    try:
        found = find_submissions([target], stage="vault", ignored=ignored)
    except FindError as error:
        return [], ignored, str(error)
    finally:
        # shutil does not climb down as deep as an attack digs.
        subprocess.run(["rm", "-rf", "--", str(place)], check=True)
    return found, [name.removeprefix(f"{place}/") for name in ignored], ""


def run(folder: Path, driver: str, only: list[str]) -> dict[str, Any]:
    places = json.loads((folder / "places.json").read_text())
    # Processes that student code sees in its /proc: the sandbox's own and itself.
    own = {"bwrap-each": 5}.get(driver, 2)
    places |= {"visible": visible(), "driver": driver, "own_processes": own}
    template.User = Users
    worker = Worker(folder / "vault", driver)
    honest_book = notebook(HONEST_PART, HONEST, *CHECKS)
    honest = submission(honest_book, "honest")
    neighbours = [worker.grade(honest)]
    machine = Machine(folder)
    outcomes = []
    for attack in attacks():
        if not wanted(attack, driver) or (only and attack.id not in only):
            continue
        ignored, refused = [], ""
        started = time.monotonic()
        if attack.makes_files:
            found, ignored, refused = made(attack, folder, honest_book)
        else:
            cells = attack.cells(places)
            found = [submission(notebook(HONEST_PART, *cells, *CHECKS), attack.id)]
        results = [worker.grade(one) for one in found]
        seconds = time.monotonic() - started
        outcomes.append(
            {
                "attack": attack.id,
                "results": results,
                "ignored": ignored,
                "refused": refused,
                "seconds": seconds,
                "allowed": max(len(found), 1) * LIMITS.cpu_seconds * LIMITS.wall_factor + 2,
                **machine.changes(),
            }
        )
        neighbours.append(worker.grade(honest))
    worker.close()
    return {"uid": os.getuid(), "outcomes": outcomes, "neighbours": neighbours}


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(run(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])))
