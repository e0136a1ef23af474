"""The stage as grading sees it: what ``autograder build`` wrote to ``dist/<stage>/``."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec


class StageError(Exception):
    """A stage's built files are missing or unusable; the message says what to run."""


class Case(msgspec.Struct, frozen=True):
    """One test case of a question. ``name`` is unique in its question and means something."""

    name: str
    hidden: bool
    points: float


class Question(msgspec.Struct, frozen=True):
    """One question: its otter test file is ``tests/<name>.py``.

    ``several_answers``: other values than the key's are right too. ``extra``: its points come on
    top of what a full answer earns.
    """

    name: str
    title: str
    points: float
    cases: tuple[Case, ...]
    several_answers: bool = False
    extra: bool = False


class Limits(msgspec.Struct, frozen=True):
    """What one submission may use: CPU time is the measure, wall time ``wall_factor`` times it."""

    cpu_seconds: float = 60.0
    cell_seconds: float = 10.0
    case_seconds: float = 5.0
    wall_factor: float = 4.0
    memory_mib: int = 1024
    processes: int = 64
    output_mib: int = 1
    disk_mib: int = 64


class Stage(msgspec.Struct, frozen=True):
    """``dist/<stage>/stage.json``.

    ``imports`` are the modules that the template loads before it forks (``numpy``, ``torch``...).
    ``version`` is the sha256 of everything that can change a grade: tests, reference, checks,
    probes and limits; and of what can change its explanation.
    ``feedback`` says what students read about failed hidden cases: only that they failed; the
    kind of slip and the advice; or all that the instructor reads.
    """

    id: str
    title: str
    version: str
    imports: tuple[str, ...]
    limits: Limits
    questions: tuple[Question, ...]
    feedback: Literal["none", "advice", "full"] = "advice"

    @property
    def possible(self) -> float:
        """The points that a full answer earns, extra ones aside."""
        return sum(question.points for question in self.questions if not question.extra)


def load_stage(folder: Path) -> Stage:
    """Read ``folder/stage.json``.

    Raises
    ------
    StageError
        When the stage was not built or the file is not what ``build`` writes.
    """
    path = folder / "stage.json"
    try:
        return msgspec.json.decode(path.read_bytes(), type=Stage)
    except FileNotFoundError:
        raise StageError(
            f"{folder.name} is not built: {path} does not exist. "
            f"Run: autograder build {folder.name}"
        ) from None
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise StageError(
            f"{path} is not what this version of autograder build writes ({error}). "
            f"Run: autograder build {folder.name}"
        ) from None
