"""A stage, built: solutions/<stage> becomes assignments/<stage> and dist/<stage>."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.authoring.leak import find_leaks
from autograder.authoring.lint import advise, count_words
from autograder.authoring.master import read_master
from autograder.authoring.notebooks import dump, read_student_notebook
from autograder.authoring.render import Rendered, render_stage, shipped_tables
from autograder.authoring.solve import execute, failed_checks
from autograder.course import load_course

__all__ = ["BuildReport", "build_stage", "leaks", "stale"]


@dataclass(frozen=True)
class BuildReport:
    """What a build did: the files that changed, and what the author may want to look at."""

    stage: str
    changed: tuple[Path, ...]
    words: int
    points: float
    messages: tuple[str, ...]


def build_stage(
    root: Path, stage_id: str, solve: bool = True, rendered: Rendered | None = None
) -> BuildReport:
    """Write assignments/<stage> and dist/<stage>.

    Parameters
    ----------
    root : Path
        The folder of course.toml.
    stage_id : str
        The stage's whole id.
    solve : bool, default True
        Whether to execute the key for solved.ipynb, which takes seconds. Otherwise the one from
        before is kept while the key is the same.
    rendered : Rendered, optional
        What ``render_stage`` returned just now, which takes seconds too.

    Raises
    ------
    AuthoringError
        When the source cannot be built or something would leak. Nothing is written then.
    """
    rendered = rendered or render_stage(root, stage_id)
    dist, messages = dict(rendered.dist), advise(rendered.master)
    if solve:
        solved = execute(rendered.pair.key, str(rendered.master.path))
        dist["solved.ipynb"] = dump(solved)
        messages += [f"the key fails a public check: {line}" for line in failed_checks(solved)]
    else:
        dist |= _solved_before(root / "dist" / stage_id, dist["key.ipynb"])
    changed = _write(root / "assignments" / stage_id, {f"{stage_id}.ipynb": rendered.starter})
    changed += _write(root / "dist" / stage_id, dist)
    return BuildReport(
        stage=stage_id,
        changed=tuple(changed),
        words=count_words(rendered.master),
        points=rendered.stage.possible,
        messages=tuple(messages),
    )


def stale(root: Path, stage_id: str, rendered: Rendered | None = None) -> list[str]:
    """Return why the committed assignments/<stage> is not what a build would write; [] when it is.

    Raises
    ------
    AuthoringError
        When the source cannot be built.
    """
    folder = root / "assignments" / stage_id
    name = f"{stage_id}.ipynb"
    do = f"Run: autograder build {stage_id}"
    wanted = (rendered or render_stage(root, stage_id)).starter
    path = folder / name
    if not path.is_file():
        return [f"assignments/{stage_id}/{name} does not exist. {do}"]
    messages = []
    if path.read_bytes() != wanted:
        place = _difference(path.read_bytes(), wanted)
        messages.append(f"assignments/{stage_id}/{name} differs from its source at {place}. {do}")
    for extra in sorted(p.name for p in folder.iterdir() if p.name != name):
        messages.append(f"assignments/{stage_id}/{extra} comes from no source. Remove it.")
    return messages


def leaks(root: Path, stage_id: str, rendered: Rendered | None = None) -> list[str]:
    """Return what the committed student notebook gives away, whoever wrote it there."""
    config = load_course(root).stages[stage_id]
    source = root / "solutions" / stage_id / "notebook.py"
    master = rendered.master if rendered else read_master(source)
    _, notebook = read_student_notebook(root, stage_id)
    return find_leaks(master, notebook, shipped_tables(root, config))


def _solved_before(folder: Path, key: bytes) -> dict[str, bytes]:
    """Return the solved notebook of an earlier build if it was made from this very key."""
    old_key, solved = folder / "key.ipynb", folder / "solved.ipynb"
    if solved.is_file() and old_key.is_file() and old_key.read_bytes() == key:
        return {"solved.ipynb": solved.read_bytes()}
    return {}


def _difference(found: bytes, wanted: bytes) -> str:
    """Return the first line at which two texts differ."""
    pairs = zip(found.splitlines(), wanted.splitlines(), strict=False)
    same = next((i for i, (a, b) in enumerate(pairs) if a != b), -1)
    return f"line {same + 1}" if same >= 0 else "its end"


def _write(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Make the folder hold these files and no others; return the paths that changed."""
    changed = []
    for name, data in sorted(files.items()):
        path = folder / name
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as scratch:
            scratch.write(data)
        Path(scratch.name).chmod(0o644)
        Path(scratch.name).replace(path)
        changed.append(path)
    for path in sorted(folder.rglob("*")):
        if "__pycache__" in path.parts or not path.is_file():
            continue
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
            changed.append(path)
    return changed
