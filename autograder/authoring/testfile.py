"""The otter test files of a stage, written from the master and loaded again to prove them."""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import Question
from autograder.authoring.testcase import render_case

__all__ = ["render_tests", "verify_tests"]

HEAD = """\
from otter.test_files import test_case

OK_FORMAT = False

name = "{name}"
points = None
"""


def render_tests(stage_id: str, question: Question) -> str:
    """Return the test file of a question, every case named and with the imports that it uses."""
    seed = f"{stage_id}/{question.name}"
    parts = [HEAD.format(name=question.name)]
    parts += [render_case(case, seed) for case in question.cases]
    return "\n\n".join(parts)


def verify_tests(question: Question, text: str) -> None:
    """Load a test file as otter does.

    Raises
    ------
    AuthoringError
        When it does not load, or does not hold the cases and the points of the master.
    """
    from otter.test_files import ExceptionTestFile  # slow: only a build pays for it

    where = f"{question.cases[0].where} ({question.name})"
    with tempfile.TemporaryDirectory(prefix="autograder-tests-") as scratch:
        path = Path(scratch) / f"{question.name}.py"
        path.write_text(text, encoding="utf-8")
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                loaded = ExceptionTestFile.from_file(str(path))
        except Exception as error:
            raise AuthoringError(
                f"otter cannot load the test file: {type(error).__name__}: {error}",
                where,
                "Annotations and defaults in a test's signature are a usual cause: remove them.",
            ) from error
    found = [(case.name, case.points, case.hidden) for case in loaded.test_cases]
    wanted = [(case.name, case.points, case.hidden) for case in question.cases]
    if found != wanted or loaded.possible != question.points:
        raise AuthoringError(
            f"otter reads other cases than the master has: {found} for {wanted}",
            where,
            "Report this: the build wrote a wrong test file.",
        )
