"""What ``import otter`` finds while grading: nothing to load, nothing to run.

The trusted side runs the tests; ``grader.check`` in the notebook only marks the place.
"""

from __future__ import annotations

import sys
import types
from importlib.machinery import ModuleSpec
from typing import Any


class Notebook:
    """Stands in for otter.Notebook; every method does nothing."""

    _grading_mode = True

    def __init__(self, *args: Any, **kwargs: Any) -> None: ...

    def check(self, *args: Any, **kwargs: Any) -> None:
        """Do nothing."""

    check_all = export = to_pdf = add_plugin_files = run_plugin = check


def install() -> None:
    """Put the stub where ``import otter`` looks first."""
    module = types.ModuleType("otter")
    module.__spec__ = ModuleSpec("otter", None)
    module.Notebook = Notebook  # type: ignore[attr-defined]
    module.__version__ = "0"  # type: ignore[attr-defined]
    sys.modules["otter"] = module
