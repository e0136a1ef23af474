"""Text from anywhere, made fit to be shown: on a terminal, in Markdown, as a file's name."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable

from autograder.grading.names import printable

# Escape sequences: colours and cursor (CSI), titles and links (OSC), and the short ones.
_SEQUENCE = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_].*?(?:\x1b\\|\x07|$)|\x1b.", re.DOTALL)
_CODE = re.compile(r"(?<![`\\])`([\w .,()\[\]=+*/:'-]{1,80})`(?!`)")
_MARKS = re.compile(r"[`*\[\]|~]|(?<![^\W_])_|_(?![^\W_])")
_LEADING = re.compile(r"^([#+=-]|\d+(?=[.)]))")
_ENTITIES = {
    **{"&": "&amp;", "<": "&lt;", ">": "&gt;", "$": "&#36;", "@": "&#64;"},
    # Escaped by another, and with a parenthesis behind it, it would be Jupyter's sign of a formula.
    "\\": "&#92;",
}
# A name beyond this says no more, and is often not allowed for a file.
_NAME_BYTES = 160
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def number(value: float) -> str:
    """Return points as a person writes them: 2, 1.5, 0.33."""
    return f"{round(value, 2):g}" if abs(value) < 100_000 else f"{value:.0f}"


def count(amount: int, thing: str) -> str:
    """Return "1 check", "2 checks"."""
    return f"{amount} {thing}" if amount == 1 else f"{amount} {thing}s"


def plain(text: str) -> str:
    """Return text that a terminal shows as it is: no control sequences; line ends are kept."""
    text = _SEQUENCE.sub("", text).replace("\r\n", "\n").expandtabs(4)
    return "\n".join(printable(line) for line in text.split("\n"))


def one_line(text: str, width: int = 0) -> str:
    """Return text on one line, cut to ``width`` characters where one is given."""
    line = " ".join(plain(text).split())
    return line if not width or len(line) <= width else line[: width - 1] + "…"


def markdown(text: str) -> str:
    """Return text that a Markdown page shows as it is, on one line.

    Nothing in it becomes a heading, link, image, formula, tag or mention; only names between
    backticks stay code.
    """
    line = one_line(text)
    parts = []
    last = 0
    for match in _CODE.finditer(line):
        parts += [_escape(line[last : match.start()]), match.group()]
        last = match.end()
    return _LEADING.sub(_lead, "".join([*parts, _escape(line[last:])]))


def _lead(match: re.Match[str]) -> str:
    """Return what begins a line so that it begins no heading or list: "\\- x", "1\\. x"."""
    return f"{match[1]}\\" if match[1].isdigit() else f"\\{match[1]}"


def _escape(text: str) -> str:
    text = "".join(_ENTITIES.get(char, char) for char in text)
    # An underscore within a word marks nothing, and reads better bare.
    text = _MARKS.sub(r"\\\g<0>", text)
    text = text.replace("://", "&#58;//")
    return re.sub(r"\bwww\.", "www&#46;", text, flags=re.IGNORECASE)


def file_names(students: Iterable[str]) -> dict[str, str]:
    """Return a name for each student's file: safe on any disk, and no two alike.

    A student's id is kept where it is safe; otherwise its safe characters are, with eight
    digits that belong to this id alone.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for student in sorted(set(students)):
        name = safe_name(student)
        if name.casefold() in taken:
            name = f"{name}-{_digits(student)}"
        taken.add(name.casefold())
        names[student] = name
    return names


def safe_name(text: str) -> str:
    """Return a file name, without suffix, that holds of ``text`` what is safe in one."""
    name = unicodedata.normalize("NFC", text)
    name = "".join(char if char.isalnum() or char in "-_.@+ " else "_" for char in name)
    name = name.strip(" .-")[:80].encode()[:_NAME_BYTES].decode(errors="ignore").rstrip(" .")
    # "jane.2" is also the name of jane's second page.
    if not name or name != text or _RESERVED.fullmatch(name) or re.search(r"\.\d+$", name):
        name = f"{name or 'student'}-{_digits(text)}"
    return name


def _digits(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]
