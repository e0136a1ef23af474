"""Names that strangers gave, as they may be shown and kept."""

from __future__ import annotations

import unicodedata

_UNPRINTABLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
_JOINERS = "\u200c\u200d"  # Persian and Indic names need them.


def printable(text: str) -> str:
    """Return text that any terminal, database and JSON file can hold: no controls, no halves."""
    return "".join(
        "?" if unicodedata.category(char) in _UNPRINTABLE and not _joins(text, place) else char
        for place, char in enumerate(text)
    )


def _joins(text: str, place: int) -> bool:
    """Return whether a joiner stands between what it may join, and not where it only hides."""
    around = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
    return (
        text[place] in _JOINERS
        and len(around) == 2
        and not any(char.isascii() or char in _JOINERS for char in around)
    )
