"""The gradebook: every grade that was ever given, and which one counts."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Row, exists, insert, literal, select
from sqlalchemy.dialects.sqlite import insert as insert_new
from sqlalchemy.exc import DatabaseError

from autograder.gradebook.schema import GradebookError, connect, explain, grades, sightings
from autograder.grading.results import QuestionResult, SubmissionResult

# What makes two grades one; the message, for what could not be read has no bytes to be known by.
_SAME = ("student", "stage", "stage_version", "sha256", "message")

__all__ = ["Grade", "Gradebook", "GradebookError", "open_gradebook"]


@dataclass(frozen=True)
class Grade:
    """One grade of the history.

    Attributes
    ----------
    result : SubmissionResult
        As it was graded; ``submission`` is where the bytes were last seen.
    stage_version : str
        The version of the stage's tests that gave it.
    graded_at : str
        In UTC, as ISO 8601.
    submitted_at : float
        The last change of the submission, in seconds since 1970.
    current : bool
        Whether it is the one that counts: the newest grade of the latest submission.
    """

    id: int
    result: SubmissionResult
    stage_version: str
    graded_at: str
    submitted_at: float
    current: bool


class Gradebook:
    """A file of grades. Each call is a transaction of its own, on disk when it returns."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine

    def already_graded(
        self, stage: str, version: str, sha256: str, student: str, path: str
    ) -> SubmissionResult | None:
        """Return the student's grade of the same bytes by the same tests, under ``path``."""
        query = (
            select(grades)
            .where(
                grades.c.stage == stage,
                grades.c.stage_version == version,
                grades.c.sha256 == sha256,
                grades.c.student == student,
            )
            .order_by((grades.c.path == path).desc(), grades.c.id.desc())
        )
        with self._transaction() as connection:
            row = connection.execute(query.limit(1)).first()
        return None if row is None else _result(row, path)

    def record(self, result: SubmissionResult, version: str, when: float) -> bool:
        """Keep a grade, on disk when this returns; return whether it was not there yet.

        Where another run graded the same bytes by the same tests meanwhile, its grade stands.

        Parameters
        ----------
        result : SubmissionResult
        version : str
            The version of the stage that graded it.
        when : float
            When the submission was last changed, in seconds since 1970.
        """
        row = {
            "student": result.student,
            "stage": result.stage,
            "path": result.submission,
            "sha256": result.sha256,
            "stage_version": version,
            "status": result.status,
            "score": result.score,
            "possible": result.possible,
            "message": result.message,
            "seconds": result.seconds,
            "questions": msgspec.json.encode(result.questions).decode(),
            "graded_at": _now(),
        }
        same = exists().where(*(grades.c[name] == row[name] for name in _SAME))
        values = (literal(value, grades.c[name].type) for name, value in row.items())
        # One statement: between a look and an insert another run would find its moment.
        new = insert(grades).from_select(list(row), select(*values).where(~same))
        with self._transaction() as connection:
            kept = connection.execute(new).rowcount
            _see(connection, result, when)
        return kept == 1

    def seen_again(self, result: SubmissionResult, when: float) -> None:
        """Keep that a submission which has its grade was handed in here, at that time."""
        with self._transaction() as connection:
            _see(connection, result, when)

    def current_grades(self, stage: str | None = None) -> list[Grade]:
        """Return the grades that count, by student and stage; of one stage, or of all."""
        where = () if stage is None else (grades.c.stage == stage,)
        return [grade for grade in self._grades(*where) if grade.current]

    def of_stage(self, stage: str) -> list[Grade]:
        """Return every grade of a stage, the oldest first."""
        return sorted(self._grades(grades.c.stage == stage), key=lambda grade: grade.id)

    def history(self, student: str, stage: str) -> list[Grade]:
        """Return every grade of a student in a stage, the newest first."""
        found = self._grades(grades.c.student == student, grades.c.stage == stage)
        return sorted(found, key=lambda grade: grade.id, reverse=True)

    def students(self) -> list[str]:
        """Return everybody who has a grade, sorted."""
        with self._transaction() as connection:
            rows = connection.execute(select(grades.c.student).distinct())
            return sorted(row.student for row in rows)

    def stages(self, student: str | None = None) -> list[str]:
        """Return the stages in which the student, or anybody, has a grade, sorted."""
        query = select(grades.c.stage).distinct()
        if student is not None:
            query = query.where(grades.c.student == student)
        with self._transaction() as connection:
            return sorted(row.stage for row in connection.execute(query))

    def _grades(self, *where: Any) -> list[Grade]:
        with self._transaction() as connection:
            found = connection.execute(select(grades).where(*where).order_by(grades.c.id)).all()
            seen = connection.execute(
                select(sightings).order_by(
                    sightings.c.submitted_at, sightings.c.path, sightings.c.id
                )
            ).all()
        # Later rows replace earlier ones, so that each key keeps the last of its rows.
        place = {(row.student, row.stage, row.sha256): row for row in seen}
        latest = {(row.student, row.stage): row.sha256 for row in seen}
        newest = {(row.student, row.stage, row.sha256): row.id for row in found}
        listed = []
        for row in found:
            key = (row.student, row.stage, row.sha256)
            current = latest[key[:2]] == row.sha256 and newest[key] == row.id
            submitted = place[key].submitted_at
            result = _result(row, place[key].path)
            listed.append(
                Grade(row.id, result, row.stage_version, row.graded_at, submitted, current)
            )
        return sorted(listed, key=lambda grade: (grade.result.student, grade.result.stage))

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except DatabaseError as error:
            raise explain(self.path, error) from None


def open_gradebook(path: Path, *, create: bool = True) -> Gradebook:
    """Open the gradebook at ``path``.

    Parameters
    ----------
    path : Path
    create : bool
        Make it where there is none, and make sure that it can be written. Without, it is only
        to be read, and must exist.

    Raises
    ------
    GradebookError
        When it is read-only, damaged, no gradebook, or of a newer form.
    """
    return Gradebook(path, connect(path, create=create))


def _see(connection: Connection, result: SubmissionResult, when: float) -> None:
    row = {
        "student": result.student,
        "stage": result.stage,
        "sha256": result.sha256,
        "path": result.submission,
        "submitted_at": when,
        "seen_at": _now(),
    }
    connection.execute(insert_new(sightings).values(row).on_conflict_do_nothing())


def _result(row: Row[Any], path: str) -> SubmissionResult:
    return SubmissionResult(
        submission=path,
        sha256=row.sha256,
        student=row.student,
        stage=row.stage,
        status=row.status,
        score=row.score,
        possible=row.possible,
        message=row.message,
        seconds=row.seconds,
        questions=msgspec.json.decode(row.questions, type=tuple[QuestionResult, ...]),
    )


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
