"""The submissions behind what an instructor typed: notebooks, folders, zips as an LMS exports."""

from __future__ import annotations

import hashlib
import re
import stat
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.grading import archive, folders
from autograder.grading.archive import BadArchive, Budget, Entry
from autograder.grading.names import printable
from autograder.grading.roster import Roster

# What stands in the way of reading a file may quote what is in it.
_PROBLEM = 500


class FindError(Exception):
    """A path that was typed holds nothing to grade; the message says what to give instead."""

    def __init__(self, message: str) -> None:
        # A student's file name, completed by the shell, may drive the terminal.
        super().__init__(printable(message))


@dataclass(frozen=True)
class Submission:
    """One notebook to grade.

    Attributes
    ----------
    path : str
        Where it is, as it is displayed; unique in a run. Inside a zip: ``class.zip/jane.ipynb``.
    student : str
        The file's stem or its roster match.
    sha256 : str
        Of ``content``.
    content : bytes
        The file, or nothing where there is a ``problem``.
    problem : str
        Why it could not be read; empty for most.
    when : float
        When it was last changed, in seconds since 1970: of two, the later counts.
    """

    path: str
    student: str
    sha256: str
    content: bytes = field(repr=False)
    problem: str = ""
    when: float = 0.0


def find_submissions(
    paths: Sequence[Path],
    roster: Roster | None = None,
    *,
    stage: str = "",
    ignored: list[str] | None = None,
) -> list[Submission]:
    """Return the submissions in the order of the paths, each path's own sorted by name.

    Parameters
    ----------
    paths : sequence of Path
        Notebooks, folders (searched to any depth) and zips.
    roster : Roster, optional
        Names the students; without it, or where it names nobody, the file's stem does.
    stage : str
        The stage's id. A file that is still named like the handed-out notebook takes its
        student from the folder or zip that holds it.
    ignored : list of str, optional
        Receives the files found that are no notebooks, so that none is passed over in silence.

    Raises
    ------
    FindError
        For a typed path that does not exist, is of another kind or holds no notebook. A file
        *inside* a folder or zip that cannot be read is a submission with a ``problem``.
    """
    budget = Budget(archive.TOTAL_BYTES)
    passed: list[str] = [] if ignored is None else ignored
    seen: set[tuple[Path, int]] = set()
    taken: set[str] = set()
    found = []
    for path in paths:
        skipped: list[str] = []
        entries = _read(path, budget, skipped)
        passed.extend(f"{path}/{name}" for name in skipped)
        if not entries:
            raise FindError(f"{path}: holds no notebook (.ipynb). Give the folder or zip of them.")
        twins: dict[str, int] = {}
        for entry in entries:
            # The same file twice on the command line is one submission; two entries of one
            # name in a zip are two.
            twins[entry.name] = twins.get(entry.name, 0) + 1
            origin = (path.resolve() / entry.name, twins[entry.name])
            if origin not in seen:
                seen.add(origin)
                found.append(_submission(path, entry, roster, stage, taken))
    return found


def refuse_other_stages(
    submissions: Sequence[Submission], stage: str, stages: Iterable[str]
) -> list[Submission]:
    """Return the submissions; those that are another stage's notebook get that as their problem.

    A student notebook says in its last cell what file it is. One that names another stage and
    never this one would earn nothing here, without a word about why.
    """
    return [_refused(one, stage, stages) for one in submissions]


def _refused(submission: Submission, stage: str, stages: Iterable[str]) -> Submission:
    if submission.problem or f"`{stage}.ipynb`".encode() in submission.content:
        return submission
    for other in stages:
        if other != stage and f"`{other}.ipynb`".encode() in submission.content:
            problem = (
                f"this is a notebook of {other}, not of {stage}. "
                f"Grade it with: autograder grade {other}"
            )
            return replace(submission, problem=problem)
    return submission


def _read(path: Path, budget: Budget, ignored: list[str]) -> list[Entry]:
    """Return what a typed path holds; the name of a typed notebook is empty."""
    try:
        mode, real = path.stat().st_mode, path.resolve()
    except (OSError, ValueError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FindError(f"{path}: {reason}. Give a notebook, a folder or a zip.") from None
    kind = path.suffix.lower()
    if stat.S_ISDIR(mode):
        return list(folders.walk(real, budget, ignored))
    if not stat.S_ISREG(mode):
        raise FindError(f"{path}: is a device or pipe, not a file. Give a notebook.")
    if kind == ".ipynb":
        entry = folders.read_notebook(real, budget)
        return [Entry("", entry.content, entry.when, problem=entry.problem)]
    if kind != ".zip":
        raise FindError(f"{path}: is no notebook (.ipynb), folder or zip. Give one of these.")
    try:
        return folders.read_zip_file(real, budget, ignored)
    except BadArchive as error:
        raise FindError(f"{path}: {error}. Export it again, or give a folder.") from None


def _submission(
    base: Path, entry: Entry, roster: Roster | None, stage: str, taken: set[str]
) -> Submission:
    name = printable(f"{base}/{entry.name}" if entry.name else str(base))
    path, number = name, 1
    while path in taken:
        number += 1
        path = f"{name} ({number})"
    taken.add(path)
    student = _on_roster(base, entry, roster, stage) or _student(base, entry, stage)
    return Submission(
        path,
        printable(student).strip() or "unnamed",
        hashlib.sha256(entry.content).hexdigest(),
        entry.content,
        printable(entry.problem)[:_PROBLEM],
        entry.when,
    )


def _on_roster(base: Path, entry: Entry, roster: Roster | None, stage: str) -> str | None:
    """Return the student on the roster, looking no further from the file than is needed."""
    if roster is None:
        return None
    near = f"{base.name}/{entry.name}" if entry.name else base.name
    far = f"{base.parent.name}/{near}" if base.parent.name else near
    scopes = (entry.name, near, far)
    return next((who for scope in scopes if scope and (who := roster.match(scope, stage))), None)


def _student(base: Path, entry: Entry, stage: str) -> str:
    """Return the stem, or where everybody's file has the same name, what holds the file."""
    stem = _stem(entry.name or base.name)
    if not stage or not _is_handout(stem, stage):
        return stem
    folder = entry.name.rpartition("/")[0].removeprefix(entry.container).strip("/")
    if folder:
        return folder.rpartition("/")[2]
    if entry.container:
        return _stem(entry.container)
    return _stem(base.name) if base.suffix.lower() == ".zip" else stem


def _stem(name: str) -> str:
    last = name.rpartition("/")[2]
    return last.rpartition(".")[0] or last


def _is_handout(stem: str, stage: str) -> bool:
    """Return whether a stem is the stage's own, or a browser's or Jupyter's copy of it."""
    plain = re.sub(r"( ?\(\d+\)|-\d+|-Copy\d+)$", "", stem)
    return plain.casefold() == stage.casefold()
