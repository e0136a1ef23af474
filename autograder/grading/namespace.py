"""The notebook's names as a test sees them."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.grading.tester import Tester


class Namespace:
    """What a test sees of the notebook: otter looks its parameters up here."""

    def __init__(self, tester: Tester, rng_seed: int | None) -> None:
        self._tester = tester
        self._seed = rng_seed
        self.missing: list[str] = []

    def get(self, name: str, default: Any = None) -> Any:
        """Return the notebook's value of this name; arrays are read-only."""
        if name == "autograder_rng":
            # Without one a test draws from its own, as under plain otter: the same numbers.
            return None if self._seed is None else np.random.default_rng(self._seed)
        found, value = self._tester.get(name)
        if not found:
            self.missing.append(name)
            return default
        if type(value) is np.ndarray:
            value.flags.writeable = False
        return value

    def __getitem__(self, name: str) -> Any:
        found, value = self._tester.get(name)
        if not found:
            raise KeyError(name)
        return value

    def __contains__(self, name: str) -> bool:
        return self._tester.get(name)[0]
