"""What several commands share: where things are, how errors end, where output goes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.gradebook.book import Gradebook

GRADEBOOK = "gradebook.sqlite"
_PIPE_WIDTH = 120

StageArgument = Annotated[
    str,
    typer.Argument(
        metavar="STAGE", help="A stage's id or the start of it: 01.", show_default=False
    ),
]
StagesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[STAGE]...",
        help="Stages, by id or the start of it: 01 05. Without any: all.",
        show_default=False,
    ),
]
GradebookOption = Annotated[
    Path | None,
    typer.Option(
        "--gradebook",
        metavar="FILE",
        help=f"The gradebook, an SQLite file. Without it: {GRADEBOOK} beside course.toml.",
        show_default=False,
    ),
]
SandboxOption = Annotated[
    str,
    typer.Option(
        "--sandbox",
        metavar="auto|bwrap|uid|none",
        help="The walls around student code; auto takes the strongest that works here. none is for "
        "code that you trust.",
    ),
]
JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        min=1,
        metavar="N",
        help="Work on N at a time. Without it: one a core.",
        show_default=False,
    ),
]


def fail(message: str, status: int = 2) -> NoReturn:
    """End the command with a message on stderr; whatever is in it, the terminal obeys none."""
    from autograder.report.text import plain

    typer.echo(plain(message), err=True)
    raise typer.Exit(status)


@contextmanager
def mendable(*kinds: type[Exception], status: int = 2) -> Iterator[None]:
    """Turn errors that the person at the keyboard can mend into their message, and exit."""
    try:
        yield
    except kinds as error:
        fail(str(error), status)


def make_console(*, stderr: bool = False) -> Console:
    """Return where a command prints: no guessed colours in names, wide enough in a pipe."""
    from rich.console import Console

    console = Console(stderr=stderr, highlight=False, markup=False, emoji=False)
    if not console.is_terminal and "COLUMNS" not in console._environ:
        console.width = _PIPE_WIDTH
    return console


def cores() -> int:
    """Return how many cores this process may use."""
    import os

    return len(os.sched_getaffinity(0))


def find_stage(text: str) -> tuple[Path, str]:
    """Return the course's folder and the id of the stage that ``text`` names."""
    from autograder.course import CourseError, find_root, load_course, resolve_stage

    with mendable(CourseError):
        root = find_root()
        return root, resolve_stage(load_course(root), text)


def find_stages(texts: list[str] | None) -> tuple[Path, list[str]]:
    """Return the course's folder and the ids of the stages named, or of all."""
    from autograder.course import CourseError, find_root, load_course, resolve_stage

    with mendable(CourseError):
        root = find_root()
        course = load_course(root)
        named = [resolve_stage(course, text) for text in texts or []]
    return root, list(dict.fromkeys(named)) or list(course.stages)


def course_stages() -> list[str]:
    """Return the ids of the course's stages, none outside a course."""
    from autograder.course import CourseError, find_root, load_course

    try:
        root = find_root()
    except CourseError:
        return []
    with mendable(CourseError):
        return list(load_course(root).stages)


def read_gradebook(path: Path | None) -> Gradebook:
    """Return the gradebook, to be read: the one given, or the course's."""
    from autograder.course import CourseError, find_root
    from autograder.gradebook.book import GradebookError, open_gradebook

    with mendable(CourseError, GradebookError):
        return open_gradebook(path or find_root() / GRADEBOOK, create=False)


def write_text(path: Path, text: str) -> None:
    """Write a file that was asked for; ``-`` is stdout."""
    if str(path) == "-":
        typer.echo(text, nl=False)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        fail(f"{path} cannot be written ({error.strerror}). Give another file.")


def check_writable(option: str, path: Path | None) -> None:
    """End the command now if a file asked for could not be written after the work."""
    if path is None or str(path) == "-":
        return
    if path.is_dir() or not path.parent.is_dir():
        reason = (
            "is a folder" if path.is_dir() else f"would lie in {path.parent}, which is not there"
        )
        fail(f"{option}: {path} {reason}. Give a file in a folder that exists.")
