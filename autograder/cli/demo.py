"""autograder demo: a small class, start to finish."""

from __future__ import annotations

import shutil
from pathlib import Path

from autograder.cli.common import fail, find_stages, make_console, mendable

_FOLDER = "demo"
_MARK = "made_by_autograder_demo"


def demo() -> None:
    """Build the course, make up a small class, grade it, and show the table.

    Everything it makes is in the folder demo/ of the course; it may be deleted.

    Example: autograder demo
    """
    from autograder.authoring.build import build_stage
    from autograder.authoring.errors import AuthoringError
    from autograder.cli.grade import grade
    from autograder.cli.grades import grades
    from autograder.proof.demo_class import write_class
    from autograder.sandbox import SandboxUnavailable, choose, describe

    root, stages = find_stages(None)
    console = make_console()
    folder = _fresh(root / _FOLDER)
    try:
        driver = choose("auto")
    except SandboxUnavailable as error:
        driver = "none"
        console.print(f"Note: {error}")
        console.print("The demo's own notebooks are trusted, so it goes on without.\n")
    console.print(f"Isolation: {describe(driver)}")
    for index, stage in enumerate(stages):
        with mendable(AuthoringError, status=1):
            build_stage(root, stage, solve=False)
        count = write_class(root, stage, folder / "class" / stage, hostile=index == 0)
        console.print(f"\n{stage}: built; {count} notebooks handed in")
        grade(
            stage,
            [folder / "class" / stage],
            gradebook=folder / "gradebook.sqlite",
            jobs=None,
            sandbox=driver,
            json=folder / f"{stage}.json",
            roster=None,
            feedback=folder / "feedback" / stage,
        )
    grades(format="csv", out=folder / "grades.csv", gradebook=folder / "gradebook.sqlite")
    console.print(f"\nThe class, its feedback pages, results and grades are in {folder}")
    console.print("Read one page: " + str(folder / "feedback" / stages[0] / "grace.md"))


def _fresh(folder: Path) -> Path:
    """Return the demo's folder, empty; never delete one that the demo did not make."""
    if folder.exists() and not (folder / _MARK).exists():
        fail(f"{folder} exists and was not made by the demo. Move it away, then run again.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / _MARK).touch()
    return folder
