"""A small course with right and wrong things for the check to find."""

from __future__ import annotations

from pathlib import Path

import pytest

COURSE = """\
[course]
title = "Small"
term = "2026"
timezone = "UTC"

[stages.01_small]
title = "A small stage"
imports = ["numpy"]

[stages.01_small.limits]
cell_seconds = 2
case_seconds = 2
"""

MASTER = '''\
# %% [markdown]
# # Small
#
# Double, then add.

# %%
import numpy as np

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: double
#
# Return twice x.

# %% [raw]
# # BEGIN SOLUTION

# %%
def double(x):
    """Return twice x."""
    # BEGIN SOLUTION
    return 2 * np.asarray(x)
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
def test_one(double):
    """double of 1 is 2."""
    close(double(1), 2)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
""" # END TEST CONFIG
def test_many(double, rng):
    """Random batches agree."""
    x = rng.normal(size=(3, 2))
    expected = reference.double(x)
    close(double(x), expected)

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
""" # END TEST CONFIG
def test_kept(double, rng):
    """The argument is left alone."""
    x = rng.normal(size=4)
    before = x.copy()
    close(double(x), 2 * before)
    close(x, before)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: double and add

# %% [raw]
# # BEGIN SOLUTION

# %%
def double_and_add(x, y):
    """Return twice x plus y."""
    # BEGIN SOLUTION
    return double(x) + y
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
def test_sum(double_and_add):
    """double_and_add of 1 and 3 is 5."""
    close(double_and_add(1, 3), 5)

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
""" # END TEST CONFIG
def test_sums(double_and_add, rng):
    """Random pairs agree."""
    x, y = rng.normal(size=(2, 5))
    close(double_and_add(x, y), reference.double_and_add(x, y))

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
""" # END TEST CONFIG
def test_order(double_and_add, rng):
    """The first argument is the one that is doubled."""
    x, y = rng.normal(size=2).tolist()
    close(double_and_add(x, y), 2 * x + y)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
'''

MISTAKES = """\
from autograder.authoring import mistake


@mistake("q1", id="in_place", advice="Look at what happens to the argument.")
def double(x):
    x *= 2
    return x


@mistake("q2", id="forgets_y", advice="Look at what y does.")
def double_and_add(x, y):
    return double(x)


@mistake("q2", id="right_after_all", advice="This is no mistake.")
def double_and_add(x, y):
    return y + double(x)
"""

ALTERNATIVES = """\
from autograder.authoring import alternative


@alternative("q1", id="sum")
def double(x):
    return np.add(x, x)


@alternative("q2", id="wrong_after_all")
def double_and_add(x, y):
    return double(x + y)
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("course")
    folder = root / "solutions" / "01_small"
    folder.mkdir(parents=True)
    (root / "course.toml").write_text(COURSE)
    (folder / "notebook.py").write_text(MASTER)
    (folder / "mistakes.py").write_text(MISTAKES)
    (folder / "alternatives.py").write_text(ALTERNATIVES)
    return root
