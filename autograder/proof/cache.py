"""What was found right stays right until something it depends on changes."""

from __future__ import annotations

import hashlib
import sys
from importlib import metadata
from pathlib import Path

import msgspec

import autograder
from autograder.proof.findings import StageFinding

FOLDER = ".check_cache"
_LIBRARIES = ("numpy", "torch", "keras", "scikit-learn", "matplotlib", "otter-grader", "ipython")


def digest(root: Path, stage_id: str, replays: Path) -> str:
    """Return what all that the check of a stage depends on adds up to."""
    found = hashlib.sha256(f"{sys.version}\0{stage_id}".encode())
    for name in _LIBRARIES:
        found.update(f"{name} {metadata.version(name)}\0".encode())
    package = Path(autograder.__file__).parent
    places = (
        *(path for path in package.rglob("*") if path.suffix in (".py", ".tmpl")),
        *(root / "solutions" / stage_id).rglob("*"),
        *(root / "assignments" / stage_id).rglob("*"),
        *(root / "datasets").glob("*"),
        *replays.glob("*"),
        root / "course.toml",
        root / "constraints.txt",
    )
    for path in sorted(set(places)):
        if path.is_file() and "__pycache__" not in path.parts:
            data = path.read_bytes()
            found.update(f"{path}\0{len(data)}\0".encode())
            found.update(data)
    return found.hexdigest()


def load(root: Path, stage_id: str, key: str) -> StageFinding | None:
    """Return what was found last, if it was right and nothing has changed since."""
    try:
        data = (root / FOLDER / f"{stage_id}-{key}.json").read_bytes()
        found = msgspec.json.decode(data, type=StageFinding)
        return msgspec.structs.replace(found, unchanged=True)
    except (OSError, msgspec.DecodeError):
        return None


def save(root: Path, finding: StageFinding, key: str) -> None:
    """Keep a finding with no problem in it; what failed is looked at anew each time."""
    if finding.problems():
        return
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{finding.id}-*.json"):
        old.unlink()
    (folder / f"{finding.id}-{key}.json").write_bytes(msgspec.json.encode(finding))
