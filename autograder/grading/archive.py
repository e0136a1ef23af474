"""Notebooks inside zips, read as data: nothing is ever extracted to a disk."""

from __future__ import annotations

import datetime
import io
import lzma
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

MIB = 1024 * 1024
NOTEBOOK_BYTES = 200 * MIB
ZIP_BYTES = 400 * MIB
TOTAL_BYTES = 2048 * MIB
NO_NOTEBOOK = "is a zip without a notebook (.ipynb) in it"
# Deflate cannot pack more than about 1,030 to one: what claims more was made to do harm.
_RATIO = 1100
_RATIO_FROM = 16 * MIB
_UNIX_TIME = 0x5455
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)


class BadArchive(Exception):
    """The bytes are no zip that can be read; the message says why."""


@dataclass
class Budget:
    """How many bytes may still be unpacked; shared by what is read with it."""

    left: int


@dataclass(frozen=True)
class Entry:
    """One notebook of a zip, or a zip in it that could not be read.

    ``container`` is the name of the zip inside the zip that held it, if any. ``problem`` says
    why ``content`` is empty.
    """

    name: str
    content: bytes
    when: float
    container: str = ""
    problem: str = ""


def is_junk(name: str) -> bool:
    """Return whether a path holds a part that no student wrote: checkpoints, dotfiles, macOS's."""
    return any(part.startswith(".") or part == "__MACOSX" for part in name.split("/"))


def is_checkpoint(name: str, names: set[str]) -> bool:
    """Return whether ``name`` is Jupyter's copy of a notebook that lies beside it."""
    return name.endswith("-checkpoint.ipynb") and (
        name.removesuffix("-checkpoint.ipynb") + ".ipynb" in names
    )


def read_zip(
    data: bytes | io.BufferedIOBase, budget: Budget, ignored: list[str], depth: int = 0
) -> Iterator[Entry]:
    """Yield the notebooks of a zip and of the zips in it, sorted by name.

    Raises
    ------
    BadArchive
        At once, when the data is no zip.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data) if isinstance(data, bytes) else data)
    except _DAMAGE as error:
        raise BadArchive(f"is not a zip that can be read ({error})") from None
    # Not is_dir(): an entry without a name makes it raise.
    files = [info for info in archive.infolist() if not info.filename.endswith("/")]
    infos = [(safe_name(info), info) for info in files]
    infos = [(name, info) for name, info in infos if not is_junk(name)]
    names = {name for name, _ in infos}
    return _entries(archive, sorted(infos, key=_order), names, budget, ignored, depth)


def _order(item: tuple[str, zipfile.ZipInfo]) -> tuple[list[str], int]:
    return item[0].split("/"), item[1].header_offset


def _entries(
    archive: zipfile.ZipFile,
    infos: list[tuple[str, zipfile.ZipInfo]],
    names: set[str],
    budget: Budget,
    ignored: list[str],
    depth: int,
) -> Iterator[Entry]:
    for name, info in infos:
        kind = name.lower().rpartition(".")[2]
        if kind not in ("ipynb", "zip"):
            ignored.append(name)
        elif not is_checkpoint(name, names):
            content, problem = _read(archive, info, budget)
            when = _when(info)
            if problem or kind == "ipynb":
                yield Entry(name, content, when, problem=problem)
            elif depth:
                yield Entry(name, b"", when, problem="is a zip in a zip in a zip: not opened")
            else:
                yield from _inner(name, content, when, budget, ignored)


def _inner(
    name: str, data: bytes, when: float, budget: Budget, ignored: list[str]
) -> Iterator[Entry]:
    """Yield what a student's zip holds. Its bytes are its own: a bomb costs the others nothing."""
    own = Budget(min(ZIP_BYTES, budget.left))
    start, skipped = own.left, list[str]()
    try:
        entries = list(read_zip(data, own, skipped, depth=1))
    except BadArchive as error:
        yield Entry(name, b"", when, problem=str(error))
        return
    finally:
        budget.left -= min(start - own.left, ZIP_BYTES)
    ignored.extend(f"{name}/{one}" for one in skipped)
    if not entries:
        yield Entry(name, b"", when, problem=NO_NOTEBOOK)
    for entry in entries:
        yield Entry(f"{name}/{entry.name}", entry.content, entry.when, name, entry.problem)


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> tuple[bytes, str]:
    """Return an entry's bytes, or none and why."""
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
        return b"", "is a link or a special file inside the zip: not followed"
    if info.flag_bits & 0x1:
        return b"", "is encrypted. Submit it without a password"
    size, packed = info.file_size, max(info.compress_size, 1)
    if size > _RATIO_FROM and size / packed > _RATIO:
        return b"", f"unpacks from {packed:,} to {size:,} bytes: not unpacked"
    limit = min(NOTEBOOK_BYTES, budget.left)
    if size <= limit:
        try:
            with archive.open(info) as stream:
                content = stream.read(limit + 1)
        except _DAMAGE as error:
            return b"", f"is damaged inside the zip ({error or type(error).__name__})"
        if len(content) <= limit:
            budget.left -= len(content)
            return content, ""
    return b"", too_large(limit)


def too_large(limit: int) -> str:
    """Return what to say of a notebook over the limit that was met first."""
    if limit < NOTEBOOK_BYTES:
        return (
            "is not read: the submissions before it use up the memory set aside for them. "
            "Grade in several runs, or clear the notebooks' outputs"
        )
    return f"is larger than {NOTEBOOK_BYTES // MIB} MiB. Clear its outputs and save it again"


def safe_name(info: zipfile.ZipInfo) -> str:
    """Return an entry's name as a relative path: no root, drive, ``..``, or backslash."""
    name = info.filename
    if not info.flag_bits & 0x800:
        # Without the flag it should be cp437, but many tools write UTF-8 all the same.
        try:
            name = name.encode("cp437").decode("utf-8")
        except UnicodeError:
            name = info.filename
    name = re.sub(r"^[A-Za-z]:", "", name.replace("\\", "/"))
    parts = [part for part in name.split("/") if part not in ("", ".", "..")]
    return "/".join(parts) or "unnamed"


def _when(info: zipfile.ZipInfo) -> float:
    """Return when the entry was last changed, in seconds since 1970."""
    extra = info.extra
    while len(extra) >= 4:
        tag, size = struct.unpack_from("<HH", extra)
        if tag == _UNIX_TIME and size >= 5 and len(extra) >= 9 and extra[4] & 1:
            return float(struct.unpack_from("<i", extra, 5)[0])
        extra = extra[4 + size :]
    try:
        # A zip's own times have no zone: this machine's is the best guess.
        return datetime.datetime(*info.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0
