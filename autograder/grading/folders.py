"""Notebooks and zips in folders, read with care: links, pipes and giants stay closed."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from autograder.grading import archive
from autograder.grading.archive import BadArchive, Budget, Entry

_NO_FILE = "is a device, pipe or link, not a file"
_DEEPEST = 100


def walk(
    root: Path, budget: Budget, ignored: list[str], folder: Path | None = None
) -> Iterator[Entry]:
    """Yield the notebooks below a folder, and those in the zips below it, sorted by name.

    ``root`` must be resolved. What cannot be read is an entry with a problem; a link that stays
    inside ``root`` is read, and no link to a folder is followed.
    """
    folder = folder or root
    below = folder.relative_to(root)
    inner = "" if folder == root else below.as_posix() + "/"
    if len(below.parts) > _DEEPEST:
        yield Entry(inner.rstrip("/"), b"", 0.0, problem="lies too deep in folders: not opened")
        return
    try:
        with os.scandir(folder) as scan:
            entries = sorted((one for one in scan if not archive.is_junk(one.name)), key=_name)
    except OSError as error:
        yield Entry(inner.rstrip("/"), b"", 0.0, problem=f"cannot be opened ({error.strerror})")
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        name, path = inner + entry.name, folder / entry.name
        kind = path.suffix.lower()
        if entry.is_dir(follow_symlinks=False):
            yield from walk(root, budget, ignored, path)
        elif kind not in (".ipynb", ".zip"):
            ignored.append(name)
        elif archive.is_checkpoint(entry.name, names):
            continue
        elif entry.is_symlink() and not _stays(path, root):
            yield Entry(name, b"", 0.0, problem="is a link out of the folder: not followed")
        elif kind == ".ipynb":
            yield replace(read_notebook(path.resolve(), budget), name=name)
        else:
            yield from _student_zip(path.resolve(), name, budget, ignored)


def read_notebook(path: Path, budget: Budget) -> Entry:
    """Return the file's bytes under its own name; ``path`` must be resolved."""
    limit = min(archive.NOTEBOOK_BYTES, budget.left)
    try:
        handle, status = _open(path)
        with os.fdopen(handle, "rb") as stream:
            content = stream.read(limit + 1) if status.st_size <= limit else b""
    except OSError as error:
        return Entry(path.name, b"", 0.0, problem=f"cannot be read ({error.strerror})")
    if status.st_size > limit or len(content) > limit:
        return Entry(path.name, b"", status.st_mtime, problem=archive.too_large(limit))
    budget.left -= len(content)
    return Entry(path.name, content, status.st_mtime)


def read_zip_file(path: Path, budget: Budget, ignored: list[str]) -> list[Entry]:
    """Return the notebooks of the zip at ``path``, which must be resolved.

    Raises
    ------
    BadArchive
        When it cannot be opened or is no zip.
    """
    try:
        handle, _ = _open(path)
        with os.fdopen(handle, "rb") as stream:
            return list(archive.read_zip(stream, budget, ignored))
    except OSError as error:
        raise BadArchive(f"cannot be read ({error.strerror})") from None


def _student_zip(path: Path, name: str, budget: Budget, ignored: list[str]) -> Iterator[Entry]:
    """Yield what one student's zip holds, with a share of the bytes that is its own."""
    share = min(archive.ZIP_BYTES, budget.left)
    own, skipped = Budget(share), list[str]()
    try:
        entries = read_zip_file(path, own, skipped)
    except BadArchive as error:
        yield Entry(name, b"", 0.0, problem=str(error))
        return
    budget.left -= share - own.left
    ignored.extend(f"{name}/{one}" for one in skipped)
    if not entries:
        yield Entry(name, b"", 0.0, problem=archive.NO_NOTEBOOK)
    for entry in entries:
        yield replace(
            entry, name=f"{name}/{entry.name}", container=f"{name}/{entry.container}".rstrip("/")
        )


def _open(path: Path) -> tuple[int, os.stat_result]:
    """Open a regular file and nothing else: a pipe would wait, a device may do anything."""
    if not stat.S_ISREG(path.lstat().st_mode):
        raise OSError(errno.EINVAL, _NO_FILE)
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, _NO_FILE)
    return handle, status


def _name(entry: os.DirEntry[str]) -> str:
    return entry.name


def _stays(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False
