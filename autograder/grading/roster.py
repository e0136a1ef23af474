"""Who a file belongs to: the class list, and the names that an LMS writes into paths."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from autograder.grading.names import printable

# Of ASCII values shorter than this, a token in a path says too little: "1" is also "jane (1)".
_SHORTEST_TOKEN = 3


class RosterError(Exception):
    """The roster cannot be used; the message names the file, the row and the remedy."""

    def __init__(self, message: str) -> None:
        super().__init__(printable(message))


@dataclass(frozen=True)
class Roster:
    """The class list.

    Attributes
    ----------
    students : tuple of str
        Every id of the ``student`` column, in the file's order.
    owners : dict
        Words of an identifying value (id, login, name...) to the students who have it.
    """

    students: tuple[str, ...]
    owners: dict[tuple[str, ...], frozenset[str]]

    def match(self, path: str, ignore: str = "") -> str | None:
        """Return the student whom ``path`` names, or None where it names nobody or several.

        A value that is the whole stem says most, then one that is a whole folder name, then one
        between delimiters anywhere in the path; among equals the longest. A value that several
        students share is narrowed down by the next.

        Parameters
        ----------
        path : str
            A ``/``-separated path; its last suffix says nothing.
        ignore : str
            Words that name no student although they may look so: the stage's id.
        """
        folders, _, name = path.rpartition("/")
        parts = [*folders.split("/"), name.rpartition(".")[0] or name]
        hits = sorted(self._hits(parts, words(ignore)), key=_weight, reverse=True)
        candidates: frozenset[str] = frozenset()
        used: list[_Hit] = []
        for _, group in groupby(hits, key=_weight):
            # What lies inside a longer hit, as "ann" in "Ann Lee", says nothing of its own.
            fresh = [hit for hit in group if not any(hit.inside(other) for other in used)]
            used += fresh
            named = frozenset[str]().union(*(self.owners[hit.run] for hit in fresh))
            candidates = (candidates & named) or candidates or named
            if len(candidates) == 1:
                return min(candidates)
        return None

    def _hits(self, parts: list[str], ignored: tuple[str, ...]) -> Iterator[_Hit]:
        longest = max(map(len, self.owners), default=0)
        for place, part in enumerate(parts):
            whole = words(part)
            if whole in self.owners:
                yield _Hit(place, 0, whole, 2 if place == len(parts) - 1 else 1)
            tokens = _without(whole, ignored)
            for i in range(len(tokens)):
                for run in (tokens[i : i + n] for n in range(1, min(longest, len(tokens) - i) + 1)):
                    if run in self.owners and _tells("".join(run)):
                        yield _Hit(place, i, run, 0)


@dataclass(frozen=True)
class _Hit:
    """A value of the roster at a place in a path; ``rank`` 2 is the stem, 1 a whole folder."""

    place: int
    start: int
    run: tuple[str, ...]
    rank: int

    def inside(self, other: _Hit) -> bool:
        """Return whether this lies within the other."""
        end, last = self.start + len(self.run), other.start + len(other.run)
        return self.place == other.place and other.start <= self.start and end <= last


def _weight(hit: _Hit) -> tuple[int, int]:
    return hit.rank, len("".join(hit.run))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a text as they are compared: letters and digits, without case."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return tuple(word for word in re.split(r"[\W_]+", folded) if word)


def load_roster(path: Path) -> Roster:
    """Read a CSV whose header has ``student`` and any other columns that identify someone.

    Raises
    ------
    RosterError
        When the file cannot be read as such; the message names the row.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RosterError(
            f"{path}: cannot be read ({error.strerror}). Give --roster the class list, a CSV file."
        ) from None
    except UnicodeDecodeError:
        raise RosterError(f'{path}: is not UTF-8 text. Save it as "CSV UTF-8".') from None
    # A spreadsheet in much of Europe separates with semicolons.
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [(reader.line_num, [printable(cell.strip()) for cell in row]) for row in reader]
    except csv.Error as error:
        raise RosterError(
            f"{path}, row {reader.line_num}: is not CSV ({error}). Check its quotes."
        ) from None
    return _read_rows(path, [(number, row) for number, row in rows if any(row)])


def _read_rows(path: Path, rows: list[tuple[int, list[str]]]) -> Roster:
    if not rows:
        raise RosterError(f"{path}: is empty. Its first row must name a column 'student'.")
    number, header = rows[0]
    columns = [name.casefold() for name in header]
    if "student" not in columns:
        found = ", ".join(header)
        raise RosterError(
            f"{path}, row {number}: has no column 'student' (found: {found}). "
            "Name the column with the students' ids so."
        )
    key = columns.index("student")
    seen: dict[str, int] = {}
    claims: dict[tuple[str, ...], set[str]] = {}
    for number, row in rows[1:]:
        if len(row) > len(columns):
            raise RosterError(
                f"{path}, row {number}: has {len(row)} cells, the header {len(columns)}. "
                "Put quotes around a value that holds the separator."
            )
        student = row[key] if key < len(row) else ""
        if not student:
            raise RosterError(f"{path}, row {number}: has no student id. Fill it in.")
        if student in seen:
            raise RosterError(
                f"{path}, row {number}: student {student!r} is also in row {seen[student]}. "
                "Keep one of them."
            )
        seen[student] = number
        for value in row:
            for form in _forms(value):
                claims.setdefault(form, set()).add(student)
    if not seen:
        raise RosterError(f"{path}: lists no students. Add a row for each below the header.")
    return Roster(tuple(seen), {form: frozenset(who) for form, who in claims.items()})


def _forms(value: str) -> set[tuple[str, ...]]:
    """Return the ways in which an LMS writes a value: Jane Doe, Doe Jane, janedoe, doejane."""
    name = words(value)
    if not name:
        return set()
    forms = {name}
    if len(name) > 1 and "@" not in value:
        turned = (name[-1], *name[:-1])
        other = (*name[1:], name[0])
        forms |= {turned, other, *(("".join(way),) for way in (name, turned, other))}
    return forms


def _tells(text: str) -> bool:
    return not text.isascii() or len(text) >= _SHORTEST_TOKEN


def _without(tokens: tuple[str, ...], ignored: tuple[str, ...]) -> tuple[str, ...]:
    """Return the tokens with every run of the ignored ones blanked out."""
    if not ignored:
        return tokens
    kept = list(tokens)
    for i in range(len(tokens) - len(ignored) + 1):
        if tokens[i : i + len(ignored)] == ignored:
            kept[i : i + len(ignored)] = [""] * len(ignored)
    return tuple(kept)
