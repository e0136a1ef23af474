"""Grades for other programs: one row a student, one column a stage."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence

import msgspec

from autograder.gradebook.book import Grade
from autograder.grading.results import SubmissionResult
from autograder.report.text import number

# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSEEN = " \u00a0\u200b\u200c\u200d\u2060\ufeff"
_SPLITS = re.compile(r"""[,;|"'\s]""")


def grades_csv(grades: Sequence[Grade], stages: Sequence[str]) -> str:
    """Return a CSV: ``student``, then each stage's score; empty where there is no grade."""
    scores = {(one.result.student, one.result.stage): one.result.score for one in grades}
    lines = [["student", *map(_cell, stages)]]
    for student in _students(grades):
        found = [scores.get((student, stage)) for stage in stages]
        cells = ["" if score is None else number(score) for score in found]
        lines.append([_cell(student), *cells])
    return "".join(",".join(line) + "\n" for line in lines)


def grades_json(grades: Sequence[Grade], stages: Sequence[str]) -> str:
    """Return a JSON list: each student with the grade of each stage that has one."""
    rows = []
    for student in _students(grades):
        found = {one.result.stage: one for one in grades if one.result.student == student}
        rows.append(
            {
                "student": student,
                "grades": {stage: _grade(found[stage]) for stage in stages if stage in found},
            }
        )
    return _json(rows)


def results_json(results: Sequence[SubmissionResult]) -> str:
    """Return a JSON list of results, sorted by path."""
    return _json(sorted(results, key=lambda one: one.submission))


def _cell(text: str) -> str:
    """Return a cell that is one cell, and text, to any program.

    A spreadsheet may split at semicolons or tabs too, by its owner's country; what stood behind
    one would begin a cell of its own.
    """
    text = guarded(text)
    return '"{}"'.format(text.replace('"', '""')) if _SPLITS.search(text) else text


def guarded(text: str) -> str:
    """Return text that a spreadsheet takes for text and not for a formula."""
    shown = text.lstrip(_UNSEEN)
    return f"'{text}" if text.startswith(_FORMULA) or shown.startswith(_FORMULA) else text


def _grade(grade: Grade) -> dict[str, object]:
    one = grade.result
    submitted = datetime.datetime.fromtimestamp(grade.submitted_at, datetime.UTC)
    return {
        "score": one.score,
        "possible": one.possible,
        "status": one.status,
        "submission": one.submission,
        "sha256": one.sha256,
        "submitted_at": submitted.isoformat(timespec="seconds"),
        "graded_at": grade.graded_at,
    }


def _students(grades: Sequence[Grade]) -> list[str]:
    return sorted({one.result.student for one in grades})


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
