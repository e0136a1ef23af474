"""autograder why: the test cases behind a grade."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import (
    GradebookOption,
    StageArgument,
    course_stages,
    fail,
    make_console,
    mendable,
    read_gradebook,
)

if TYPE_CHECKING:
    from autograder.gradebook.book import Gradebook


def why(
    student: Annotated[
        str, typer.Argument(metavar="STUDENT", help="As the table says.", show_default=False)
    ],
    stage: StageArgument,
    gradebook: GradebookOption = None,
) -> None:
    """Show the test cases behind a student's grade, and the grades before it.

    Example: autograder why jane 01
    """
    from autograder.gradebook.book import GradebookError
    from autograder.report.grade import print_grade

    book = read_gradebook(gradebook)
    with mendable(GradebookError):
        stage_id = _stage(book, stage)
        _check_student(book, student)
        grades = book.history(student, stage_id)
        if not grades:
            have = ", ".join(book.stages(student))
            fail(f"{student} has no grade in {stage_id}. Graded: {have}.")
    print_grade(make_console(), grades)


def _stage(book: Gradebook, text: str) -> str:
    """Return the stage that ``text`` names, of the course's and of those in the gradebook."""
    stages = list(dict.fromkeys([*course_stages(), *book.stages()]))
    found = [text] if text in stages else [one for one in stages if text and one.startswith(text)]
    if len(found) != 1:
        many = f"is the start of {', '.join(found)}" if found else "names no stage"
        fail(f"{text!r} {many}. Stages: {', '.join(stages) or 'none yet'}.")
    return found[0]


def _check_student(book: Gradebook, student: str) -> None:
    students = book.students()
    if student not in students:
        close = difflib.get_close_matches(student, students, n=3, cutoff=0.5)
        close += [one for one in students if student and student.casefold() in one.casefold()]
        hint = (
            f"Did you mean {', '.join(dict.fromkeys(close[:5]))}?"
            if close
            else ("autograder grades lists everybody.")
        )
        fail(f"Nobody here is called {student!r}. {hint}")
