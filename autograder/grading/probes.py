"""What ``import probes`` gives a hidden test: functions that run beside the student's objects."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

from autograder.grading.tester import Tester


class RemoteProbes(types.ModuleType):
    """Stands for the stage's probes.py, which runs in the sandbox and never here."""

    tester: Tester | None = None

    def __getattr__(self, name: str) -> Callable[..., Any]:
        """Return a function that calls the probe of this name."""
        tester = self.tester
        if tester is None or name.startswith("_"):
            raise AttributeError(f"probes has no {name} here")
        return lambda *args, **kwargs: tester.probe(name, args, kwargs)


MODULE = RemoteProbes("probes")
