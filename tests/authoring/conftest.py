"""A tiny stage, with the ugly cases in it, built in a temporary course."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.authoring.build import BuildReport, build_stage

STAGE = "01_tiny"

COURSE = """\
[course]
title = "Tiny"
term = "2026"
timezone = "UTC"

[stages.01_tiny]
title = "A tiny stage"
imports = ["numpy", "matplotlib"]

[stages.01_tiny.limits]
cpu_seconds = 7
"""

MASTER = '''\
# %% [markdown]
# # Tiny — ein Heft für die Prüfung
#
# Two plus two is 4. The constant is 271.5.

# %%
import math

import matplotlib.pyplot as plt
import numpy as np

%matplotlib inline

TABLE = """a,b
1,2
"""
ROWS = [line.split(",") for line in TABLE.splitlines()[1:]]
START, (LEFT, RIGHT) = 5, (np.linspace(0, 1, 3), -math.pi)
noise = np.random.default_rng(0).normal(size=3)


def given(x):
    """Return x and one."""
    return x + 1


def plot(y):
    """Draw y."""
    plt.plot(y)


trained = given(3)

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: Twice "as much"
#
# Write `twice`.

# %% [raw]
# # BEGIN SOLUTION

# %%
def twice(x: float) -> float:
    """Return two times x.

    Examples
    --------
    >>> twice(2.0)
    4.0
    """
    # BEGIN SOLUTION
    doubled = np.asarray(x) * 2
    return doubled + 0.0
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_small(twice):
    """It's "twice": 2 gives 4, the ½ of 8 \\u2014 and a \\\\ too.

    More words.
    """
    # a comment that students read
    close(twice(2.0), 4.0)
    close(twice(np.array([1.0])), np.array([2.0]))

# %%
""" # BEGIN TEST CONFIG
points: 2.5
hidden: true
""" # END TEST CONFIG
def test_fresh(twice, rng):
    """Fresh 'numbers' agree."""
    for shape in [(5,), (2, 3)]:
        x = rng.normal(size=shape)
        expected = reference.twice(x)
        close(twice(x), expected)
    close(twice(987.25), 1974.5)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
@picture("q1")
def line():
    plt.plot(twice(np.arange(3.0)) + 1)
    plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: By hand

# %% [raw]
# # BEGIN SOLUTION

# %%
total = 42.75  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
""" # END TEST CONFIG
def test_sign(total):
    """total is above 0."""
    assert total > 0

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
""" # END TEST CONFIG
def test_total(total):
    """total is right."""
    close(total, reference.total)
    close(probes.half(total), 21.375)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
'''

PROBES = '''\
"""Looks at answers."""


def half(x):
    """Return half of x."""
    return x / 2
'''

MISTAKES = '''\
"""Wrong answers."""

import numpy as np

from autograder.authoring import mistake


@mistake("q1", id="thrice", advice="Count how often x is taken.")
def twice(x):
    return np.asarray(x) * 3.0


@mistake("q2", id="half", advice="Is it the "
         "whole?")
def variables():
    total = 42.75 / 2
'''

ALTERNATIVES = '''\
"""Right answers."""

from autograder.authoring import alternative


@alternative("q1", id="sum")
def twice(x):
    return np.asarray(x, dtype=float) + x
'''


@dataclass(frozen=True)
class Tiny:
    """A course in a folder, and its report when it was built."""

    root: Path
    report: BuildReport | None = None

    @property
    def dist(self) -> Path:
        return self.root / "dist" / STAGE

    @property
    def starter(self) -> Path:
        return self.root / "assignments" / STAGE / f"{STAGE}.ipynb"

    @property
    def folder(self) -> Path:
        return self.root / "solutions" / STAGE


def write_course(root: Path, master: str = MASTER) -> Tiny:
    """Write the tiny course's source."""
    (root / "course.toml").write_text(COURSE)
    tiny = Tiny(root)
    tiny.folder.mkdir(parents=True)
    texts = {"notebook": master, "probes": PROBES}
    texts |= {"mistakes": MISTAKES, "alternatives": ALTERNATIVES}
    for name, text in texts.items():
        (tiny.folder / f"{name}.py").write_text(text, encoding="utf-8")
    return tiny


@pytest.fixture
def course(tmp_path: Path) -> Callable[..., Tiny]:
    """Return a function that writes the tiny course, with another master if one is given."""

    def write(master: str = MASTER) -> Tiny:
        return write_course(tmp_path, master)

    return write


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    """Return the tiny course, built once; tests must not change it."""
    made = write_course(tmp_path_factory.mktemp("course"))
    return Tiny(made.root, build_stage(made.root, STAGE))


@pytest.fixture(scope="session")
def master_text() -> str:
    """Return the tiny master's text, for tests that spoil it."""
    return MASTER
