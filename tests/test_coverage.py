"""docs/coverage.md is true: no system is lost, and every question that it names exists."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from autograder.course import load_course

ROOT = Path(__file__).parent.parent
# How many systems each part of the decks has: a row that is dropped is found here.
SYSTEMS = {
    1: 16, 2: 7, 3: 10, 4: 12, 5: 11, 6: 12, 7: 7, 8: 2, 9: 11, 10: 13, 11: 6, 12: 13, 13: 8,
    14: 13, 15: 12, 16: 17,
}  # fmt: skip
FRAMING = {
    "Learning types",
    "Dementia and spirometry cases",
    "Shortest-program view",
    "Data-size estimates",
}
TAUGHT = re.compile(r"`(\w+)` (q\d+(?:, q\d+)*)")
NOT_YET = re.compile(r"\*not yet\* \((\w+)\)")


def rows() -> list[tuple[int, str, str, str]]:
    """Return part, system, deck and what teaches it, of every row."""
    found, part = [], 0
    for line in (ROOT / "docs" / "coverage.md").read_text().splitlines():
        if heading := re.match(r"## (\d+)\. ", line):
            part = int(heading[1])
        elif line.startswith("| ") and part and not line.startswith(("| system", "| ---")):
            system, deck, taught = (cell.strip() for cell in line.strip("|").split("|"))
            found.append((part, system, deck, taught))
    return found


ROWS = rows()


def questions(stage: str) -> set[str]:
    master = (ROOT / "solutions" / stage / "notebook.py").read_text()
    return set(re.findall(r"^# name: (q\d+)$", master, re.MULTILINE))


def test_no_system_is_lost() -> None:
    assert Counter(part for part, *_ in ROWS) == SYSTEMS
    names = Counter((part, system) for part, system, *_ in ROWS)
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_a_row_says_what_teaches_it(row: tuple[int, str, str, str]) -> None:
    _, system, deck, taught = row
    assert re.search(r"D\d:\d|NB |code/", deck)
    if system in FRAMING:
        assert taught == "*framing*"
    elif planned := NOT_YET.fullmatch(taught):
        assert planned[1] not in load_course(ROOT).stages, "the stage is there: name its question"
    else:
        found = TAUGHT.fullmatch(taught)
        assert found, taught
        assert set(found[2].split(", ")) <= questions(found[1])


@pytest.mark.parametrize("stage", load_course(ROOT).stages)
def test_every_question_teaches_a_system(stage: str) -> None:
    named = {
        question
        for *_, taught in ROWS
        if (found := TAUGHT.fullmatch(taught)) and found[1] == stage
        for question in found[2].split(", ")
    }
    assert named == questions(stage)
