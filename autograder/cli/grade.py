"""autograder grade: a class, graded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.common import (
    GRADEBOOK,
    GradebookOption,
    JobsOption,
    SandboxOption,
    StageArgument,
    check_writable,
    cores,
    fail,
    find_stage,
    make_console,
    mendable,
    write_text,
)

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import StageConfig
    from autograder.gradebook.book import Gradebook
    from autograder.gradebook.run import ClassRun, Plan
    from autograder.grading.roster import Roster
    from autograder.grading.stage import Stage


def grade(
    stage: StageArgument,
    paths: Annotated[
        list[Path],
        typer.Argument(
            metavar="PATH",
            help="Notebooks, folders, and zips as a learning platform exports them.",
            show_default=False,
        ),
    ],
    gradebook: GradebookOption = None,
    jobs: JobsOption = None,
    sandbox: SandboxOption = "auto",
    json: Annotated[
        Path | None,
        typer.Option(
            "--json",
            metavar="FILE",
            help="Write the results as JSON; - for stdout.",
            show_default=False,
        ),
    ] = None,
    roster: Annotated[
        Path | None,
        typer.Option(
            "--roster",
            metavar="CSV",
            help="The class list: a column student, and others that occur in file names "
            "(email, login, name).",
            show_default=False,
        ),
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option(
            "--feedback",
            metavar="DIR",
            help="Write a page for each student, in Markdown.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Grade submissions of a stage, isolated from each other and from this machine.

    What has its grade already is skipped; what is graded is kept, even if you stop midway.

    Example: autograder grade 01 export.zip --roster class.csv --feedback feedback/
    """
    from autograder.course import load_course
    from autograder.gradebook.book import GradebookError, open_gradebook
    from autograder.gradebook.run import make_plan
    from autograder.grading.find import FindError, find_submissions, refuse_other_stages
    from autograder.grading.roster import RosterError, load_roster
    from autograder.grading.stage import StageError, load_stage
    from autograder.sandbox import SandboxUnavailable, choose

    root, stage_id = find_stage(stage)
    course = load_course(root)
    ignored: list[str] = []
    with mendable(StageError, RosterError, FindError, SandboxUnavailable, GradebookError):
        built = load_stage(root / "dist" / stage_id)
        _check_settings(course.stages[stage_id], built)
        class_list = load_roster(roster) if roster else None
        found = find_submissions(paths, class_list, stage=stage_id, ignored=ignored)
        found = refuse_other_stages(found, stage_id, course.stages)
        check_writable("--json", json)
        _make_folder(feedback)
        driver = choose(sandbox)
        book = open_gradebook(gradebook or root / GRADEBOOK)
        plan = make_plan(book, built, found)
    console = make_console(stderr=str(json) == "-")
    run = _grade(console, book, plan, root, jobs or cores(), driver)
    _report(console, run, ignored, class_list)
    if feedback:
        from autograder.report.feedback import write_feedback

        try:
            pages = write_feedback(feedback, built, run.results, run.instead)
        except OSError as error:
            fail(
                f"--feedback: {error.filename or feedback} cannot be written ({error.strerror}). "
                f"Make room or give another folder: the grades are kept in {book.path}, and the "
                "same command writes the pages."
            )
        console.print(f"Feedback: {len(pages)} pages in {feedback}")
    if json:
        from autograder.report.exports import results_json

        write_text(json, results_json(run.results))
    console.print(f"Gradebook: {book.path}")


def _check_settings(config: StageConfig, built: Stage) -> None:
    """Refuse to grade by settings that course.toml no longer has."""
    from autograder.grading.stage import StageError

    if (config.limits.limits(), tuple(config.imports)) != (built.limits, built.imports):
        raise StageError(
            f"course.toml changed since {built.id} was built: its limits or imports are others. "
            f"Run: autograder build {built.id}"
        )


def _make_folder(folder: Path | None) -> None:
    if folder:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            fail(f"--feedback: {folder} cannot be made ({error.strerror}). Give another folder.")


def _grade(
    console: Console, book: Gradebook, plan: Plan, root: Path, jobs: int, driver: str
) -> ClassRun:
    """Grade what is to do, with its progress shown; say what is kept if that is interrupted."""
    from autograder.gradebook.book import GradebookError
    from autograder.gradebook.run import run_plan
    from autograder.grading.batch import GradingError
    from autograder.report.progress import progress
    from autograder.sandbox import TemplateError, describe

    console.print(f"Isolation: {describe(driver)}")
    console.print(f"{len(plan.done)} already graded, {len(plan.todo)} to do")
    kept = 0
    try:
        with (
            mendable(GradebookError, GradingError, TemplateError),
            progress(console, len(plan.todo)) as shown,
        ):

            def show(result: object) -> None:
                nonlocal kept
                kept += 1
                shown(result)  # type: ignore[arg-type]

            return run_plan(
                book,
                plan,
                root / "dist" / plan.stage.id,
                jobs=jobs,
                sandbox=driver,
                absent=(root / "solutions", root / "dist"),
                show=show,
            )
    except KeyboardInterrupt:
        left = len(plan.todo) - kept
        fail(
            f"Interrupted. {len(plan.done) + kept} of {len(plan.submissions)} grades are kept in "
            f"{book.path}; the same command grades the other {left}.",
            130,
        )


def _report(console: Console, run: ClassRun, ignored: list[str], roster: Roster | None) -> None:
    from autograder.report.summary import class_summary

    for item in class_summary(run, ignored, roster):
        console.print(item, soft_wrap=isinstance(item, str))
