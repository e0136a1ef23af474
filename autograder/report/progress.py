"""How far a run is: a bar on a terminal, a line a submission elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from autograder.grading.results import SubmissionResult
from autograder.report.tables import result_line
from autograder.report.text import one_line


@contextmanager
def progress(console: Console, total: int) -> Iterator[Callable[[SubmissionResult], None]]:
    """Yield what to call with each result as it comes; ``total`` of them are expected."""
    if not console.is_terminal:
        done = 0

        def line(result: SubmissionResult) -> None:
            nonlocal done
            done += 1
            width = len(str(total))
            # As Text: of a string rich would make emoji where a name has :smile: in it.
            text = Text(f"[{done:{width}}/{total}] {result_line(result)}")
            console.print(text, soft_wrap=True)

        yield line
        return
    columns = (
        TextColumn("grading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        # A file's name may look like rich's markup; escaping it by hand has failed before.
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=total)

        def step(result: SubmissionResult) -> None:
            name = one_line(result.submission.rpartition("/")[2], 40)
            bar.update(task, advance=1, description=name)

        yield step


@contextmanager
def steps(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    """Yield what to call with a step's name, how much of it is done and how much there is."""
    if not console.is_terminal:
        begun: set[str] = set()

        def line(what: str, done: int, total: int) -> None:
            if what not in begun:
                begun.add(what)
                console.print(f"{what} ({total})" if total > 1 else what, soft_wrap=True)

        yield line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")

        def step(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total)

        yield step
