"""Say, at the end of a run, what came of the attacks."""

from __future__ import annotations

from typing import Any

from suite import COUNTS


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if COUNTS:
        terminalreporter.section("attacks")
    for way, counts in COUNTS.items():
        terminalreporter.write_line(
            f"{way}: {counts['tried']} attacks tried, {counts['points']:g} points gained, "
            f"{counts['processes']} processes left, {counts['files']} files touched"
        )
