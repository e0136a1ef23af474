"""Text of bounded length."""

from __future__ import annotations

import io


def capped(text: str, limit: int = 500) -> str:
    """Return text that is valid UTF-8 and at most limit characters long."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    return text.encode("utf-8", "replace").decode("utf-8")


class CappedOutput(io.StringIO):
    """Standard output of student code: keeps the first ``limit`` characters, drops the rest."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit
        self._left = limit

    def write(self, text: str) -> int:
        """Keep what still fits; report all of it as written, as a terminal would."""
        if self._left > 0:
            super().write(text[: self._left])
            self._left -= len(text)
        return len(text)

    def close(self) -> None:
        """Stay open: student code may close its standard output, and goes on writing to it."""

    def drain(self) -> str:
        """Return what was kept, and start over."""
        kept = self.getvalue()
        if self._left < 0:
            kept += "\n… (more output was dropped)"
        self.seek(0)
        self.truncate()
        self._left = self._limit
        return kept
