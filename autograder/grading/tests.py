"""Load a stage's otter test files and the modules that they import, once per worker."""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.util
import sys
import types
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

from autograder import checks
from autograder.grading import probes
from autograder.grading.stage import Stage, StageError


def otter_test_files() -> Any:
    """Return otter's ExceptionTestFile without the second that ``import otter`` takes.

    Importing the package loads pandas, nbconvert and more; the module with the test-file classes
    needs none of it, so its parent packages are stood in for while it is imported.
    """
    if "otter" in sys.modules:
        from otter.test_files.exception_test import ExceptionTestFile

        return ExceptionTestFile

    spec = importlib.util.find_spec("otter")
    if spec is None or not spec.submodule_search_locations:
        raise StageError("otter-grader is not installed. Run: pip install -c constraints.txt .")
    root = Path(next(iter(spec.submodule_search_locations)))
    stand_ins = {"otter": root, "otter.test_files": root / "test_files"}
    for name, folder in stand_ins.items():
        module = types.ModuleType(name)
        module.__path__ = [str(folder)]
        sys.modules[name] = module
    try:
        abstract = importlib.import_module("otter.test_files.abstract_test")
        exception = importlib.import_module("otter.test_files.exception_test")
        # A generated test file says: from otter.test_files import test_case
        package = sys.modules["otter.test_files"]
        package.test_case = exception.test_case  # type: ignore[attr-defined]
        package.TestFile = abstract.TestFile  # type: ignore[attr-defined]
    except ImportError as error:
        raise StageError(f"otter-grader's test files cannot be loaded: {error}") from None
    return exception.ExceptionTestFile


def load_tests(stage: Stage, folder: Path) -> dict[str, Any]:
    """Return the stage's otter test files by question, and provide what they import.

    After this, ``import reference``, ``import probes`` and ``from checks import close`` work in
    this process, and what else the tests import is loaded: an examiner is a fork, and would load
    it anew for each submission.
    """
    sys.modules["checks"] = checks
    sys.modules["probes"] = probes.MODULE
    _preload(stage, folder)
    sys.meta_path[:] = [f for f in sys.meta_path if not isinstance(f, _Reference)]
    sys.meta_path.insert(0, _Reference(folder / "reference.py"))
    fresh_reference()
    importlib.import_module("reference")  # what it imports is loaded once, here
    test_file = otter_test_files()
    return {
        question.name: test_file.from_file(str(folder / "tests" / f"{question.name}.py"))
        for question in stage.questions
    }


def fresh_reference() -> None:
    """Have the next ``import reference`` run it anew.

    Call by copy-restore writes what student code did to an argument into the test's own object. A
    test may pass one of the reference's: the next case must not find it changed.
    """
    sys.modules.pop("reference", None)


class _Reference(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the stage's reference module."""

    def __init__(self, path: Path) -> None:
        self._path = str(path)
        self._code = compile(path.read_bytes(), self._path, "exec")

    def find_spec(self, name: str, *_: Any) -> ModuleSpec | None:
        """Return where the module named reference comes from, None for any other."""
        return ModuleSpec(name, self, origin=self._path) if name == "reference" else None

    def exec_module(self, module: types.ModuleType) -> None:
        """Run it."""
        module.__file__ = self._path
        exec(self._code, module.__dict__)


def _preload(stage: Stage, folder: Path) -> None:
    """Import the libraries that the test files use, and torch where tensors may come back."""
    libraries = {name.split(".")[0] for name in stage.imports}
    # An optimizer loads torch._dynamo, which takes seconds.
    wanted = {"torch", "torch._dynamo"} if libraries & {"torch", "keras"} else set()
    for question in stage.questions:
        for node in ast.walk(ast.parse((folder / "tests" / f"{question.name}.py").read_bytes())):
            if isinstance(node, ast.Import):
                wanted |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                wanted.add(node.module)
    own = {"checks", "probes", "reference"}
    for name in sorted(name for name in wanted - own if not name.startswith("otter")):
        try:
            importlib.import_module(name)
        except ImportError as error:
            raise StageError(
                f"the tests of {stage.id} import {name}, which cannot be loaded ({error}). "
                "Run: pip install -c constraints.txt ."
            ) from None
