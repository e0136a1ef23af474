# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Entropy, information gain, decision trees
#
# For fourteen days somebody wrote down the weather, and whether golf was played. What about a hot,
# sunny and windy day, which is not among them? A *decision tree* answers by asking: What is the
# outlook? Sunny. Is it windy? Yes. Then no golf. You can read such a model aloud and check it by
# hand.
#
# Which question comes first? The one that leaves the least doubt, and doubt can be measured. In
# this notebook you measure it, grow the golf tree from the table to its five rules, cut numbers at
# thresholds, and let scikit-learn grow a tree on iris. The examples come from the second deck,
# *Practical deep learning in Python*.
#
# **House rules**, which tests check.
#
# * A table is a list of rows; a row is a dict from attribute to value, and values are texts. The
#   attribute to be answered is the `target`; its values are called labels.
# * No function changes its arguments.
# * Doubt is measured in bits: logarithms have base 2.
# * **Ties go to the first**, in the order in which things are given. Rounding makes equal sums
#   differ in the last digit, so gains that differ by less than 0.000000001 count as equal.
# * **Functions are arguments here.** What builds on an earlier piece takes it as an argument, with
#   yours as the default. Call the one that you are given: the tests bring their own. A default is
#   fixed when its cell runs, so after changing an answer run the cells below it again.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike
from sklearn.datasets import load_iris
from sklearn.metrics import confusion_matrix
from sklearn.tree import DecisionTreeClassifier, export_text

BLUE, ORANGE, GREY = "#1f5f99", "#e07b39", "0.6"
Row = dict[str, str]
Tree = dict | str

PLAY_GOLF_CSV = """\
outlook,temp,humidity,windy,play
Rainy,Hot,High,False,No
Rainy,Hot,High,True,No
Overcast,Hot,High,False,Yes
Sunny,Mild,High,False,Yes
Sunny,Cool,Normal,False,Yes
Sunny,Cool,Normal,True,No
Overcast,Cool,Normal,True,Yes
Rainy,Mild,High,False,No
Rainy,Cool,Normal,False,Yes
Sunny,Mild,Normal,False,Yes
Rainy,Mild,Normal,True,Yes
Overcast,Mild,High,True,Yes
Overcast,Hot,Normal,False,Yes
Sunny,Mild,High,True,No
"""


def read_rows(text):
    """Return a table in CSV as a list of rows."""
    header, *lines = text.split()
    return [dict(zip(header.split(","), line.split(","), strict=True)) for line in lines]


def count_labels(rows, target):
    """Return how many rows have each label, in the order in which the labels first appear."""
    counts = {}
    for row in rows:
        counts[row[target]] = counts.get(row[target], 0) + 1
    return counts


PLAY_GOLF = read_rows(PLAY_GOLF_CSV)
ATTRS = ["outlook", "temp", "humidity", "windy"]
print("the first row:", PLAY_GOLF[0])
print("all rows:     ", count_labels(PLAY_GOLF, "play"))
for value in ["Sunny", "Overcast", "Rainy"]:
    branch = [row for row in PLAY_GOLF if row["outlook"] == value]
    print(f"{value + ':':14}", count_labels(branch, "play"))

# %% [raw]
# # BEGIN QUESTION
# name: q1
# memorizable: "The answers are the golf table's own six numbers, in plain variables: no call can
#   ask for others."

# %% [markdown]
# ## Question 1: Doubt, by hand
#
# The *entropy* of a group of $n$ rows says how mixed its labels are:
#
# $$E = -\sum_c p_c \log_2 p_c, \qquad p_c = \frac{n_c}{n}, \qquad 0 \log_2 0 = 0,$$
#
# where $n_c$ is the number of rows with label $c$. Half Yes, half No gives 1 bit: full doubt. Only
# Yes gives 0. Three days with golf and one without give
# $-0.75 \log_2 0.75 - 0.25 \log_2 0.25 = 0.311278 + 0.5 = 0.811278$.
#
# Asking for an attribute $X$ sorts the rows into branches, one for each value $v$, with $n_v$ rows
# and entropy $E_v$. The doubt that is left, averaged over all *rows*, and the *information gain*,
# the doubt that the question has removed, are
#
# $$E(T \mid X) = \sum_v \frac{n_v}{n} E_v, \qquad \operatorname{Gain}(T, X) = E(T) - E(T \mid X)$$
#
# with $T$ the target and $E(T)$ the entropy of all $n$ rows.
#
# Take a calculator, or Python ($\log_2 x = \ln x / \ln 2$), and the counts printed above. Fill in
# six numbers, to six decimals: the entropy of all 14 days (`e_play`), that of each branch of
# outlook, what is left once outlook is known, and what is gained. The checks allow a difference of
# 0.000002.

# %% [raw]
# # BEGIN SOLUTION

# %%
e_play = 0.940286  # SOLUTION
e_sunny = 0.970951  # SOLUTION
e_overcast = 0.0  # SOLUTION
e_rainy = 0.970951  # SOLUTION
e_given_outlook = 0.693536  # SOLUTION
gain_outlook = 0.246750  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_all_days(e_play):
    """e_play is the entropy of 9 Yes and 5 No."""
    off = e_play + 9 / 14 * np.log2(9 / 14) + 5 / 14 * np.log2(5 / 14)
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-6, f"your e_play is too {which} by {abs(off):.6f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_what_is_left(e_given_outlook, e_sunny, e_overcast, e_rainy):
    """e_given_outlook weighs each branch's entropy with the branch's share of the 14 rows."""
    off = e_given_outlook - (5 * e_sunny + 4 * e_overcast + 5 * e_rainy) / 14
    which = "small" if off < 0 else "large"
    said = f"beside your three branches it is too {which} by {abs(off):.6f}: one of the four is off"
    assert abs(off) < 4e-6, said


# %%
""" # BEGIN TEST CONFIG
points: 1.5
hidden: true
"""  # END TEST CONFIG


def test_branches(e_sunny, e_overcast, e_rainy):
    """The three branches have the right entropies."""
    counts = {"sunny": (3, 2), "overcast": (4, 0), "rainy": (2, 3)}
    found = {"sunny": e_sunny, "overcast": e_overcast, "rainy": e_rainy}
    for name, pair in counts.items():
        expected = reference.entropy_bits(np.array(pair))
        close(found[name], expected, rtol=0, atol=2e-6)


# %%
""" # BEGIN TEST CONFIG
points: 1.5
hidden: true
"""  # END TEST CONFIG


def test_gain_by_hand(e_play, e_given_outlook, gain_outlook):
    """The entropy that is left and the gain are those of the table."""
    close(e_play, 0.940285958671, rtol=0, atol=2e-6)
    close(e_given_outlook, 0.693536138896, rtol=0, atol=2e-6)
    close(gain_outlook, 0.246749819774, rtol=0, atol=2e-6)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide** puts 0.36 and 0.64 into the formula, writes 0.94 and goes on with 0.940. For
# > $E(T \mid X)$ it writes 0.693, and it lists five overcast days. Check all three.


# %%
@picture("q1")
def three_slips():
    rounded = -0.36 * np.log2(0.36) - 0.64 * np.log2(0.64)
    overcast = [row for row in PLAY_GOLF if row["outlook"] == "Overcast"]
    print(f"0.36 and 0.64 give {rounded:.6f}; yours, from 5/14 and 9/14, is {e_play:.6f}")
    print(f"E(T | X) is {e_given_outlook:.6f}: cut off it is 0.693, rounded {e_given_outlook:.3f}")
    print(f"overcast days in the table: {len(overcast)}; the slide has the first one twice")


# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: Entropy
#
# Write `entropy_bits` for any number of labels. It takes counts; the shares $p_c$ come from
# dividing by their sum. A label that does not occur adds nothing, and no warning either:
# $0 \log_2 0$ is 0 by convention, but NumPy makes it `nan`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def entropy_bits(counts: ArrayLike) -> float:
    """Return the entropy of a group, in bits.

    Parameters
    ----------
    counts : array_like, shape (k,)
        How many rows have each of k labels: at least 0, not all 0. They need not be whole.

    Returns
    -------
    float
        At least 0, at most log2 of k.

    Examples
    --------
    >>> entropy_bits([2, 1, 1])
    1.5
    """
    # BEGIN SOLUTION
    counts = np.asarray(counts, dtype=float)
    p = counts[counts > 0] / counts.sum()
    return float(np.sum(p * np.log2(1 / p)))
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_known_entropies(entropy_bits):
    """(1, 1) has 1 bit, (3, 1) has 0.811278 and three labels (2, 1, 1) have 1.5."""
    close(entropy_bits([1, 1]), 1.0)
    close(entropy_bits(np.array([3, 1])), 0.811278124459)
    close(entropy_bits([2, 1, 1]), 1.5)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_no_doubt(entropy_bits):
    """(4, 0) has 0 bits: a label that does not occur makes neither nan nor a warning."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        close(entropy_bits([4, 0]), 0.0)
        close(entropy_bits(np.array([0, 1, 0, 1])), 1.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_many_labels(entropy_bits, rng):
    """Groups of one to nine labels, some of them absent; the counts are left alone."""
    import warnings

    for k in [1, 2, 3, 5, 9]:
        counts = rng.integers(1, 40, size=k)
        expected = np.log2(counts.sum()) - counts @ np.log2(counts) / counts.sum()
        counts = rng.permutation(np.append(counts, [0] * (k // 2)))
        before = counts.copy()
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            close(entropy_bits(counts), expected)
            close(counts, before)
            close(entropy_bits(counts.tolist()), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_scale(entropy_bits, rng):
    """Counts that are not whole, below 1 or very large: only the shares matter."""
    close(entropy_bits([9, 5]), 0.940285958671)
    close(entropy_bits([3, 2]), 0.970950594455)
    for scale in [1e-3, 0.07, 1, 1e9]:
        counts = rng.uniform(0.5, 4, size=4) * scale
        p = counts / np.sum(counts)
        before, expected = counts.copy(), -(p @ np.log2(p))
        close(entropy_bits(counts), expected)
        close(counts, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q2")
def doubt_of_two_labels():
    shares = np.linspace(0, 1, 201)
    curve = [float(entropy_bits([share, 1 - share])) for share in shares]
    _, axis = plt.subplots(figsize=(6.4, 3.8), layout="constrained")
    axis.plot(shares, curve, color=BLUE, linewidth=2)
    groups = {"all days 9 : 5": (9, 5), "sunny 3 : 2": (3, 2), "overcast 4 : 0": (4, 0)}
    groups["rainy 2 : 3"] = (2, 3)
    places = [(0.75, 0.97, "left"), (0.53, 0.78, "center"), (0.96, 0.06, "right")]
    places.append((0.27, 0.97, "right"))
    for (name, (yes, no)), (x, y, side) in zip(groups.items(), places, strict=True):
        at = yes / (yes + no), float(entropy_bits([yes, no]))
        style = {"arrowstyle": "-", "color": GREY}
        axis.annotate(name, at, (x, y), ha=side, va="center", arrowprops=style)
        axis.plot(*at, "o", color=ORANGE, zorder=3)
    axis.set(title="Doubt is greatest at half and half", xlabel="share of Yes", ylabel="bits")
    axis.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: What a question gains
#
# Write both formulas of question 1 for any table, attribute and target, with any number of values
# and labels. The measure of doubt is an argument: call `entropy` with the counts of a group. The
# given `count_labels(rows, name)` counts the values of any attribute.
#
# Mind the weights: a branch with ten rows matters ten times as much as a branch with one.

# %% [raw]
# # BEGIN SOLUTION


# %%
def conditional_entropy_bits(
    rows: list[Row], attr: str, target: str, entropy: Callable = entropy_bits
) -> float:
    """Return the entropy of the target that is left, on average, once attr is known.

    Parameters
    ----------
    rows : list of dict
        The table, at least one row.
    attr, target : str
        The attribute that is asked for, and the one to be answered.
    entropy : callable, optional
        Takes the counts of a group's labels, shape (k,), and returns its entropy.

    Returns
    -------
    float

    Examples
    --------
    >>> table = [{"x": "a", "y": "Yes"}, {"x": "a", "y": "No"}, {"x": "b", "y": "No"}]
    >>> round(conditional_entropy_bits(table, "x", "y"), 4)
    0.6667
    """
    # BEGIN SOLUTION
    left = 0.0
    for value, n in count_labels(rows, attr).items():
        branch = [row for row in rows if row[attr] == value]
        left += n / len(rows) * entropy(list(count_labels(branch, target).values()))
    return left
    # END SOLUTION


def information_gain(
    rows: list[Row], attr: str, target: str, entropy: Callable = entropy_bits
) -> float:
    """Return by how much asking for attr lowers the entropy of the target.

    Parameters
    ----------
    rows, attr, target, entropy
        As above.

    Returns
    -------
    float

    Examples
    --------
    >>> table = [{"x": "a", "y": "Yes"}, {"x": "b", "y": "No"}]
    >>> information_gain(table, "x", "y")
    1.0
    """
    # BEGIN SOLUTION
    total = entropy(list(count_labels(rows, target).values()))
    return total - conditional_entropy_bits(rows, attr, target, entropy)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_golf_outlook(conditional_entropy_bits, PLAY_GOLF):
    """Given the outlook, 0.693536 bits of doubt about golf are left; of a doubt of 7, 7."""

    def bits(counts):
        p = np.array([n for n in counts if n > 0]) / np.sum(counts)
        return float(-np.sum(p * np.log2(p)))

    left = conditional_entropy_bits(PLAY_GOLF, "outlook", "play", bits)
    close(left, 0.693536, rtol=0, atol=1e-6)
    close(conditional_entropy_bits(PLAY_GOLF, "outlook", "play", lambda counts: 7.0), 7.0)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_golf_gains(information_gain, PLAY_GOLF):
    """The gains of outlook and temp are 0.246750 and 0.029223."""

    def bits(counts):
        p = np.array([n for n in counts if n > 0]) / np.sum(counts)
        return float(-np.sum(p * np.log2(p)))

    for attr, gain in [("outlook", 0.246750), ("temp", 0.029223)]:
        close(information_gain(PLAY_GOLF, attr, "play", bits), gain, rtol=0, atol=1e-6)
    close(information_gain(PLAY_GOLF, "temp", "play", lambda counts: 7.0), 0.0)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_all_golf_numbers(conditional_entropy_bits, information_gain):
    """All four gains of the golf table, outlook from play, and a table with five customers."""
    golf, bits = reference.read_rows(reference.PLAY_GOLF_CSV), reference.entropy_bits
    deck = {"outlook": 0.246749819774, "temp": 0.029222565659}
    deck |= {"humidity": 0.151835501362, "windy": 0.0481270304083}
    for attr, expected in deck.items():
        close(information_gain(golf, attr, "play", bits), expected)
        close(conditional_entropy_bits(golf, attr, "play", bits), 0.940285958671 - expected)
    expected = bits([5, 4, 5]) - deck["outlook"]
    close(conditional_entropy_bits(golf, "play", "outlook", bits), expected)
    debts = reference.read_rows(reference.BAD_DEBT_CSV)
    found = information_gain(debts, "employed", "bad_debt", bits)
    close(found, 0.019973094, rtol=0, atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_tables_left(conditional_entropy_bits, rng):
    """Entropy left on tables with other attributes, three labels and uneven branches."""
    for n in [1, 7, 30]:
        rows = [
            {
                "shape": f"s{rng.integers(4) * rng.integers(2)}",
                "ring": f"r{rng.integers(2)}",
                "edible": f"e{rng.integers(3) * rng.integers(2)}",
            }
            for _ in range(n)
        ]
        before = [dict(row) for row in rows]
        for attr, target in [("shape", "edible"), ("ring", "edible"), ("edible", "ring")]:
            expected = reference.conditional_entropy_bits(rows, attr, target)
            found = conditional_entropy_bits(rows, attr, target, reference.entropy_bits)
            close(found, expected)
        close(rows, before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_given_doubt(conditional_entropy_bits, information_gain, rng):
    """Both use the measure of doubt that they are given, on unseen tables."""

    def impurity(counts):
        n = np.asarray(counts, dtype=float)
        return float(1 - np.sum((n / n.sum()) ** 2))

    for n in [9, 25]:
        rows = [
            {
                "soil": f"s{rng.integers(3) * rng.integers(2)}",
                "crop": f"c{rng.integers(4)}",
                "dry": f"d{rng.integers(2)}",
            }
            for _ in range(n)
        ]
        before = [dict(row) for row in rows]
        for attr, target in [("soil", "crop"), ("dry", "crop"), ("crop", "dry")]:
            left = reference.conditional_entropy_bits(rows, attr, target, impurity)
            gain = reference.information_gain(rows, attr, target, impurity)
            close(conditional_entropy_bits(rows, attr, target, impurity), left)
            close(information_gain(rows, attr, target, impurity), gain)
            gain = reference.information_gain(rows, attr, target)
            close(information_gain(rows, attr, target, reference.entropy_bits), gain)
        close(rows, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: The best question
#
# Write `best_attribute`: of the attributes in `attrs`, the one with the largest gain. Ask
# `gain(rows, attr, target)` for the gains. Ties go to the first in `attrs`, and the house rule
# about rounding applies: 0.1 + 0.2 is a little more than 0.3 in Python, and must not beat it.
#
# A row holds more than `attrs`: the target itself, whose gain nothing can beat, and perhaps a name.

# %% [raw]
# # BEGIN SOLUTION


# %%
def best_attribute(
    rows: list[Row], attrs: list[str], target: str, gain: Callable = information_gain
) -> str:
    """Return the attribute with the largest gain; of equal ones, the first in attrs.

    Parameters
    ----------
    rows : list of dict
        The table.
    attrs : list of str
        The attributes to choose from, at least one.
    target : str
        The attribute to be answered.
    gain : callable, optional
        ``gain(rows, attr, target)`` returns a number.

    Returns
    -------
    str

    Examples
    --------
    >>> best_attribute([], ["b", "a"], "t", gain=lambda rows, attr, target: 1.0)
    'b'
    """
    # BEGIN SOLUTION
    gains = [gain(rows, attr, target) for attr in attrs]
    near = np.isclose(gains, max(gains), rtol=0, atol=1e-9)
    return attrs[int(np.flatnonzero(near)[0])]
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_best_of_golf(best_attribute, PLAY_GOLF):
    """On the golf table outlook is best; without outlook, humidity."""
    gains = {"outlook": 0.247, "temp": 0.029, "humidity": 0.152, "windy": 0.048, "play": 0.94}

    def gain(rows, attr, target):
        return gains[attr]

    attrs = ["temp", "outlook", "humidity", "windy"]
    close(best_attribute(PLAY_GOLF, attrs, "play", gain), "outlook")
    close(best_attribute(PLAY_GOLF, ["windy", "temp", "humidity"], "play", gain), "humidity")


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_tie_to_the_first(best_attribute, PLAY_GOLF):
    """Gains of 0.3, 0.1 + 0.2 and 0 for temp, outlook and windy are a tie: temp comes first."""
    gains = {"temp": 0.3, "outlook": 0.1 + 0.2, "windy": 0.0}

    def gain(rows, attr, target):
        return gains[attr]

    close(best_attribute(PLAY_GOLF, ["temp", "outlook", "windy"], "play", gain), "temp")


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_best_of_other_tables(best_attribute, rng):
    """Unseen tables and orders of attributes; the arguments are left alone."""
    for n in [6, 12, 40]:
        rows = [
            {
                name: f"{name[0]}{rng.integers(k)}"
                for name, k in zip("vwxyz", range(2, 7), strict=True)
            }
            for _ in range(n)
        ]
        for target in ["v", "x", "z"]:
            attrs = rng.permutation([name for name in "vwxyz" if name != target]).tolist()
            before, kept = [dict(row) for row in rows], list(attrs)
            expected = reference.best_attribute(rows, attrs, target)
            close(best_attribute(rows, attrs, target, reference.information_gain), expected)
            expected = reference.best_attribute(rows, attrs[:2], target)
            close(best_attribute(rows, attrs[:2], target, reference.information_gain), expected)
            close(rows, before)
            close(attrs, kept)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_given_gains(best_attribute, rng):
    """Given gains, below 0 too: ties, and differences from rounding, go to the first."""
    for shift in [0.0, 0.4, -3.0]:
        for turn in range(5):
            names = rng.permutation(["kind", "area", "hue", "bark", "leaf"]).tolist()
            best = rng.uniform(0.5, 1)
            noise = rng.uniform(1e-14, 1e-12, size=5) * np.arange(5)
            values = best - np.array([0, 0.4, 0, 0, 1e-4]) + shift + noise
            gains = dict(zip(names, np.roll(values, turn).tolist(), strict=True))
            first = min((place + turn) % 5 for place in (0, 2, 3))
            rows = [
                {name: f"{name[0]}{rng.integers(4)}" for name in [*names, "tree"]}
                for _ in range(30)
            ]
            found = best_attribute(rows, names, "tree", lambda rows, attr, t, g=gains: g[attr])
            close(found, names[first])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Grow the tree
#
# Overcast days are all Yes: done, a *leaf*. Sunny and rainy days are still mixed: ask again, among
# those rows only. That is the whole method, known as ID3:
#
# 1. All rows have one label, or no attributes are left to ask for: return the most frequent label
#    (ties: the label that appears first in `rows`), a text.
# 2. Otherwise let `choose(rows, attrs, target)` name the attribute. Each of its values that occurs
#    in `rows` gets a branch: a tree of the rows with that value, which may ask for the *other*
#    attributes, in their order.
#
# A node is `{"attr": "windy", "branches": {"False": "Yes", "True": "No"}, "majority": "Yes"}`. Its
# `majority` is the most frequent label of the rows that reached it, by the rule of step 1. It will
# answer for values without a branch. No recorded sunny day was hot: a node that asks sunny days for
# temp would have no branch Hot.
#
# A gain of 0 is no reason to stop. In XOR neither input alone says anything, both together
# everything.

# %% [raw]
# # BEGIN SOLUTION


# %%
def build_tree(
    rows: list[Row], attrs: list[str], target: str, choose: Callable = best_attribute
) -> Tree:
    """Return a decision tree for the target.

    Parameters
    ----------
    rows : list of dict
        The table, at least one row.
    attrs : list of str
        The attributes that the tree may ask for; perhaps none.
    target : str
        The attribute to be answered.
    choose : callable, optional
        ``choose(rows, attrs, target)`` returns one of attrs.

    Returns
    -------
    str or dict
        A label, or a node: its ``attr``, its ``branches`` from value to tree, its ``majority``.

    Examples
    --------
    >>> build_tree([{"x": "a", "y": "Yes"}, {"x": "b", "y": "Yes"}], ["x"], "y")
    'Yes'
    """
    # BEGIN SOLUTION
    counts = count_labels(rows, target)
    majority = max(counts, key=counts.get)
    if len(counts) == 1 or not attrs:
        return majority
    attr = choose(rows, attrs, target)
    others = [one for one in attrs if one != attr]
    branches = {}
    for value in count_labels(rows, attr):
        reached = [row for row in rows if row[attr] == value]
        branches[value] = build_tree(reached, others, target, choose)
    return {"attr": attr, "branches": branches, "majority": majority}
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_golf_tree(build_tree, PLAY_GOLF, ATTRS):
    """The golf tree asks for outlook; sunny days go on to windy, rainy ones to humidity."""
    order = ["outlook", "windy", "humidity", "temp"]

    def choose(rows, attrs, target):
        if "humidity" in attrs and {row["outlook"] for row in rows} == {"Rainy"}:
            return "humidity"
        return min(attrs, key=order.index)

    tree = build_tree(PLAY_GOLF, ATTRS, "play", choose)
    sunny = {"attr": "windy", "branches": {"False": "Yes", "True": "No"}, "majority": "Yes"}
    rainy = {"attr": "humidity", "branches": {"High": "No", "Normal": "Yes"}, "majority": "No"}
    close(tree["attr"], "outlook")
    close(tree["majority"], "Yes")
    close(tree["branches"]["Overcast"], "Yes")
    close(tree["branches"]["Sunny"], sunny)
    close(tree["branches"]["Rainy"], rainy)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_leaves(build_tree):
    """One label only, or no attributes left: the tree is a text, the most frequent label."""
    rows = [{"x": x, "y": y} for x, y in ["ac", "bd", "ad", "be", "ae"]]
    close(build_tree(rows[1:3], ["x"], "y", lambda rows, attrs, target: attrs[0]), "d")
    close(build_tree(rows, [], "y", lambda rows, attrs, target: attrs[0]), "d")


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_other_trees(build_tree, rng):
    """Unseen tables with three labels and rows that agree in all but the label."""
    for n in [5, 14, 40]:
        for _ in range(3):
            kinds = {"cap": 3, "gills": 2, "odour": 4, "ring": 2}
            rows = [
                {name: f"{name[0]}{rng.integers(k)}" for name, k in kinds.items()}
                | {"kind": f"k{rng.integers(3)}"}
                for _ in range(n)
            ]
            attrs = rng.permutation(list(kinds)).tolist()[: 2 + n % 3]
            before, kept = [dict(row) for row in rows], list(attrs)
            expected = reference.build_tree(rows, attrs, "kind")
            close(build_tree(rows, attrs, "kind", reference.best_attribute), expected)
            close(rows, before)
            close(attrs, kept)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_given_choice(build_tree, rng):
    """The attribute is the one that choose names, at every node, also where nothing is gained."""

    def last(rows, attrs, target):
        return attrs[-1]

    def first(rows, attrs, target):
        return attrs[0]

    for k in [2, 3]:
        names = rng.permutation(["north", "south", "east"]).tolist()
        rows = [
            dict(zip([*names, "sum"], [*map(str, digits), str(sum(digits) % k)], strict=True))
            for digits in np.ndindex((k,) * 3)
        ]
        rows = [rows[i] for i in rng.permutation(len(rows))]
        for choose in [first, last, reference.best_attribute]:
            expected = reference.build_tree(rows, names, "sum", choose)
            close(build_tree(rows, names, "sum", choose), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_majorities(build_tree, rng):
    """Leaves and nodes answer with their own most frequent label, the first of equal ones."""

    def first(rows, attrs, target):
        return attrs[0]

    for _ in range(6):
        labels = rng.permutation(["oak", "elm", "ash", "fir"]).tolist()
        several = [labels[0], *labels[1:3] * 3]
        rows = [{"bark": "rough", "site": "dry", "tree": one} for one in several]
        rows += [{"bark": "smooth", "site": site, "tree": labels[3]} for site in ("wet", "dry") * 3]
        rows += [{"bark": "smooth", "site": "wet", "tree": labels[0]}]
        expected = reference.build_tree(rows, ["bark", "site"], "tree", first)
        close(build_tree(rows, ["bark", "site"], "tree", first), expected)
        expected = reference.build_tree(rows[:7], [], "tree", first)
        close(build_tree(rows[:7], [], "tree", first), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Here is the tree of *your* functions: in each box the labels of the rows that reach it, and their
# entropy.


# %%
def draw_tree(tree, rows, target):
    """Draw any tree: its questions and answers with counts and entropy, and values on the edges."""
    colours = dict(zip(count_labels(rows, target), ["#f6d5bf", "#c5d9ea", "#d5e8c8"], strict=False))
    _, axis = plt.subplots(figsize=(9, 4.6), layout="constrained")
    leaves = []

    def place(node, rows, depth):
        counts = count_labels(rows, target)
        lines = [", ".join(f"{n} {label}" for label, n in counts.items())]
        lines.append(f"E = {abs(float(entropy_bits(list(counts.values())))):.3f}")
        if isinstance(node, str):
            x, colour = float(len(leaves)), colours.get(node, "white")
            leaves.append(node)
            lines.insert(0, node)
        else:
            ends = {}
            for value, branch in node["branches"].items():
                reached_here = [one for one in rows if one[node["attr"]] == value]
                ends[value] = place(branch, reached_here, depth + 1)
            x, colour = float(np.mean(list(ends.values()))), "white"
            lines.insert(0, node["attr"] + "?")
            for value, end in ends.items():
                axis.plot([x, end], [-depth, -depth - 1], color=GREY, zorder=1)
                middle = {"ha": "center", "va": "center", "fontsize": 10}
                clear = {"fc": "white", "ec": "none", "pad": 1.5}
                axis.text((x + end) / 2, -depth - 0.5, value, bbox=clear, **middle)
        style = {"boxstyle": "round", "fc": colour, "ec": "0.3"}
        axis.text(x, -depth, "\n".join(lines), ha="center", va="center", bbox=style, zorder=2)
        axis.plot(x, -depth - 0.2, alpha=0)
        return x

    assert isinstance(tree, str | dict), (
        f"a tree is a text or a dict, yours is a {type(tree).__name__}"
    )
    place(tree, rows, 0)
    axis.margins(0.1, 0.12)
    axis.axis("off")
    plt.show()


@picture("q2", "q3", "q4", "q5")
def golf_tree():
    draw_tree(build_tree(PLAY_GOLF, ATTRS, "play"), PLAY_GOLF, "play")


# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: Ask the tree
#
# Write `predict`: start at the root, follow the branch with the row's value, until you hold a
# label. Where the node has no branch for that value, or the row lacks the attribute, the node's own
# `majority` answers. A tree may be a single leaf.

# %% [raw]
# # BEGIN SOLUTION


# %%
def predict(tree: Tree, row: Row) -> str:
    """Return the tree's label for a row.

    Parameters
    ----------
    tree : str or dict
        As build_tree makes it.
    row : dict
        From attribute to value. Values may be new, attributes may be missing or not asked for.

    Returns
    -------
    str

    Examples
    --------
    >>> node = {"attr": "windy", "branches": {"False": "Yes", "True": "No"}, "majority": "Yes"}
    >>> predict(node, {"windy": "True"})
    'No'
    """
    # BEGIN SOLUTION
    while isinstance(tree, dict):
        tree = tree["branches"].get(row.get(tree["attr"]), tree["majority"])
    return tree
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_questions(predict):
    """The label lies at the end of the path; a leaf alone answers for every row."""
    inner = {"attr": "size", "branches": {"big": "cow", "small": "cat"}, "majority": "cat"}
    tree = {"attr": "legs", "branches": {"two": "hen", "four": inner}, "majority": "hen"}
    close(predict(tree, {"legs": "two", "size": "small"}), "hen")
    close(predict(tree, {"legs": "four", "size": "big"}), "cow")
    close(predict(tree, {"legs": "four", "size": "small", "age": "old"}), "cat")
    close(predict("hen", {"legs": "four"}), "hen")


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_new_value(predict):
    """Where the branch or the value is missing, the majority of the node that asks answers."""
    leaves = {"large": "cow", "middle": "dog", "small": "dog", "tiny": "rat"}
    inner = {"attr": "size", "branches": leaves, "majority": "cat"}
    tree = {"attr": "legs", "branches": {"two": "hen", "four": inner}, "majority": "hen"}
    close(predict(tree, {"legs": "four", "size": "huge"}), "cat")
    close(predict(tree, {"legs": "six", "size": "large"}), "hen")
    close(predict(tree, {"legs": "four"}), "cat")


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_paths(predict, rng):
    """Every row that unseen trees of several depths can be asked for; the tree stays."""
    for n in [6, 15, 40]:
        kinds = {"cap": 3, "gills": 2, "odour": 4, "ring": 2}
        rows = [
            {name: f"{name[0]}{rng.integers(k)}" for name, k in kinds.items()}
            | {"kind": f"k{rng.integers(4)}"}
            for _ in range(n)
        ]
        tree = reference.build_tree(rows, list(kinds), "kind")
        before = reference.build_tree(rows, list(kinds), "kind")
        for row in rows:
            asked = {name: row[name] for name in kinds}
            expected = reference.predict(tree, asked)
            close(predict(tree, asked), expected)
        close(tree, before)
        close(predict(rows[0]["kind"], {}), rows[0]["kind"])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_without_a_branch(predict, rng):
    """Unseen values, and attributes that are missing, at every depth."""
    for _ in range(3):
        names = rng.permutation(["root", "stem", "twig"]).tolist()
        labels = iter(rng.permutation([f"answer {i}" for i in range(40)]).tolist())

        def grow(depth, names=names, labels=labels):
            if depth == 3:
                return next(labels)
            branches = {value: grow(depth + 1) for value in ("p", "q")}
            return {"attr": names[depth], "branches": branches, "majority": next(labels)}

        tree = grow(0)
        for values in np.ndindex((4,) * 3):
            row = {}
            for name, i in zip(names, values, strict=True):
                if i < 3:
                    row[name] = "pqr"[i]
            expected = reference.predict(tree, row)
            close(predict(tree, row), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Fourteen days are recorded, 36 kinds of day are possible. The picture shows what the tree says
# about each; nowhere does it ask for temp. Being right on days that the tree has grown from is
# easy. Harder: leave one day out, grow a tree from the other thirteen, ask it about that day, and
# do so for every day.


# %%
@picture("q3", "q4", "q5", "q6")
def all_days():
    tree = build_tree(PLAY_GOLF, ATTRS, "play")
    down = [(o, w) for o in ("Sunny", "Overcast", "Rainy") for w in ("False", "True")]
    across = [(h, t) for h in ("High", "Normal") for t in ("Hot", "Mild", "Cool")]
    days = [
        [{"outlook": o, "windy": w, "humidity": h, "temp": t} for h, t in across] for o, w in down
    ]
    colours = {"Yes": (0.77, 0.85, 0.92), "No": (0.96, 0.84, 0.75)}
    assert predict(tree, days[0][0]) in colours, "predict gives neither Yes nor No"
    _, axis = plt.subplots(figsize=(8, 4.4), layout="constrained")
    axis.imshow([[colours[predict(tree, day)] for day in row] for row in days], aspect="auto")
    for day in PLAY_GOLF:
        x, y = (
            across.index((day["humidity"], day["temp"])),
            down.index((day["outlook"], day["windy"])),
        )
        axis.text(x, y, day["play"], ha="center", va="center")
    axis.set_xticks(range(6), [f"{t}\n{h}" for h, t in across])
    axis.set_yticks(range(6), [o + (", windy" if w == "True" else ", calm") for o, w in down])
    axis.set_xticks(np.arange(0.5, 5), minor=True)
    axis.set_yticks(np.arange(0.5, 5), minor=True)
    axis.grid(which="minor", color="white", linewidth=2)
    axis.tick_params(which="both", length=0)
    right = sum(predict(tree, day) == day["play"] for day in PLAY_GOLF)
    alone = 0
    for i, day in enumerate(PLAY_GOLF):
        without = build_tree(PLAY_GOLF[:i] + PLAY_GOLF[i + 1 :], ATTRS, "play")
        alone += predict(without, day) == day["play"]
    axis.set_title(
        "Blue: the tree says Yes. Orange: No. Words: what was recorded.\n"
        f"Right on {right} of 14 recorded days; on {alone} of 14 when the day is left out"
    )
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: The tree as rules
#
# Every path from the root to a leaf is a rule. The second deck's example of one: IF the customer is
# female AND earns above 30,000 AND has not yet seen the advertisement THEN she clicks with
# probability 11 %.
# Here a rule is a pair, its conditions and its label:
# `({"outlook": "Sunny", "windy": "True"}, "No")`.
#
# Write `tree_to_rules`, one rule for each leaf, in any order; a leaf alone is one rule without
# conditions. And write `apply_rules` for any list of rules: the first one whose conditions all hold
# answers, `default` if there is none. A rule without conditions always holds.

# %% [raw]
# # BEGIN SOLUTION


# %%
def tree_to_rules(tree: Tree) -> list[tuple[Row, str]]:
    """Return the rules that say what the tree says.

    Parameters
    ----------
    tree : str or dict
        As build_tree makes it.

    Returns
    -------
    list of (dict, str)
        For each leaf the conditions, from attribute to value, and the label.

    Examples
    --------
    >>> node = {"attr": "windy", "branches": {"False": "Yes", "True": "No"}, "majority": "Yes"}
    >>> tree_to_rules(node)
    [({'windy': 'False'}, 'Yes'), ({'windy': 'True'}, 'No')]
    """
    # BEGIN SOLUTION
    if isinstance(tree, str):
        return [({}, tree)]
    rules = []
    for value, branch in tree["branches"].items():
        for conditions, label in tree_to_rules(branch):
            rules.append(({tree["attr"]: value, **conditions}, label))
    return rules
    # END SOLUTION


def apply_rules(rules: list[tuple[Row, str]], row: Row, default: str) -> str:
    """Return the label of the first rule whose conditions all hold, or default.

    Parameters
    ----------
    rules : list of (dict, str)
        Conditions, from attribute to value, and a label.
    row : dict
        From attribute to value; attributes may be missing, then a condition on them does not hold.
    default : str
        The answer where no rule holds.

    Returns
    -------
    str

    Examples
    --------
    >>> apply_rules([({"windy": "True"}, "No")], {"windy": "False"}, "Yes")
    'Yes'
    """
    # BEGIN SOLUTION
    for conditions, label in rules:
        if all(row.get(attr) == value for attr, value in conditions.items()):
            return label
    return default
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_three_rules(tree_to_rules):
    """A tree with three leaves gives three rules, with all conditions on the way."""
    inner = {"attr": "size", "branches": {"big": "cow", "small": "cat"}, "majority": "cat"}
    tree = {"attr": "legs", "branches": {"two": "hen", "four": inner}, "majority": "hen"}
    rules = {label: conditions for conditions, label in tree_to_rules(tree)}
    close(rules["hen"], {"legs": "two"})
    close(rules["cow"], {"legs": "four", "size": "big"})
    close(rules["cat"], {"legs": "four", "size": "small"})
    close(len(tree_to_rules(tree)), 3)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_the_advertisement(apply_rules):
    """The deck's rule answers for whom all three conditions hold, default for the others."""
    rules = [({"sex": "female", "income": "above 30,000", "seen": "no"}, "11 %")]
    customer = {"sex": "female", "income": "above 30,000", "seen": "no", "name": "Ann"}
    close(apply_rules(rules, customer, "unknown"), "11 %")
    close(apply_rules(rules, {**customer, "seen": "yes"}, "unknown"), "unknown")


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rules_of_other_trees(tree_to_rules, rng):
    """The golf tree's five rules, those of unseen trees, and of a leaf alone."""

    def in_order(rules):
        return sorted([sorted(conditions.items()), label] for conditions, label in rules)

    rows = reference.read_rows(reference.PLAY_GOLF_CSV)
    golf = reference.build_tree(rows, reference.ATTRS, "play")
    trees = [golf, "leaf"]
    for n in [6, 15, 40]:
        kinds = {"cap": 3, "gills": 2, "odour": 4, "ring": 2}
        rows = [
            {name: f"{name[0]}{rng.integers(k)}" for name, k in kinds.items()}
            | {"kind": f"k{rng.integers(3)}"}
            for _ in range(n)
        ]
        trees.append(reference.build_tree(rows, list(kinds), "kind"))
    for tree in trees:
        expected = in_order(reference.tree_to_rules(tree))
        found = tree_to_rules(tree)
        close(in_order(found), expected)
        close(in_order(reference.tree_to_rules(tree)), expected)
    close(len(tree_to_rules(golf)), 5)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rules_in_turn(apply_rules, rng):
    """Lists of rules that overlap, leave gaps, or end in a rule that always holds."""
    for size in [0, 1, 3, 6]:
        for _ in range(6):
            rules = []
            for i in range(size):
                names = rng.permutation(["hue", "form", "mass"])[: rng.integers(1, 4)].tolist()
                rules.append(({name: "ab"[rng.integers(2)] for name in names}, f"rule {i}"))
            rules += [({}, "always")] * int(rng.integers(2))
            row = {name: "abc"[rng.integers(3)] for name in ["hue", "form", "mass"]}
            del row[list(row)[rng.integers(3)]]
            row["site"] = "a"
            before, kept = [[dict(c), label] for c, label in rules], dict(row)
            expected = reference.apply_rules(rules, row, "none")
            close(apply_rules(rules, row, "none"), expected)
            close([[c, label] for c, label in rules], before)
            close(row, kept)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide's** fifth rule begins IF Outlook = Rain. Check what that word costs: the first count
# > is with the slide's rules, the second with the table's word, *Rainy*.

# %%
SLIDE_RULES = [
    ({"outlook": "Sunny", "windy": "False"}, "Yes"),
    ({"outlook": "Sunny", "windy": "True"}, "No"),
    ({"outlook": "Overcast"}, "Yes"),
    ({"outlook": "Rainy", "humidity": "High"}, "No"),
    ({"outlook": "Rain", "humidity": "Normal"}, "Yes"),
]


@picture("q7")
def count_right_days():
    for word in ["Rain", "Rainy"]:
        fifth = ({"outlook": word, "humidity": "Normal"}, "Yes")
        answers = [apply_rules([*SLIDE_RULES[:4], fifth], day, "no rule") for day in PLAY_GOLF]
        assert "Yes" in answers, "apply_rules finds no rule for any day"
        right = [answer == day["play"] for answer, day in zip(answers, PLAY_GOLF, strict=True)]
        print(f"{word:5}: {sum(right)} of 14 days right, {answers.count('no rule')} without a rule")


# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ## Question 8: Where to cut a number
#
# A balance of 29,000 is not a branch of its own. Trees ask *is it at most $t$?*, with a threshold
# $t$. The second deck's bad-debt table, sorted by balance:
#
# | balance | 20,000 | 25,000 | 29,000 | 72,000 | 115,000 |
# | --- | --- | --- | --- | --- | --- |
# | bad debt | Y | N | Y | N | N |
#
# Only the four gaps are worth trying, each cut in its middle. In the gap between 29,000 and 72,000
# that is 50,500. Three of the 5 rows are at most that, two Y and one N: 0.918296 bits. Above it all
# are N: 0 bits. All five have 0.970951 bits, so the gain is $0.970951 - \tfrac35 \cdot 0.918296 =
# 0.419973$, the best of the four.
#
# Write `best_threshold` for numbers $x$ of shape $(n,)$, in any order, and their $n$ labels. Equal
# numbers have no gap. Of equal gains the smallest threshold wins, rounding as in question 4.

# %% [raw]
# # BEGIN SOLUTION


# %%
def best_threshold(
    x: ArrayLike, y: ArrayLike, entropy: Callable = entropy_bits
) -> tuple[float, float]:
    """Return the threshold with the largest information gain, and that gain.

    Parameters
    ----------
    x : array_like, shape (n,)
        Numbers in any order, at least two of them different.
    y : array_like, shape (n,)
        Their labels, texts or whole numbers.
    entropy : callable, optional
        Takes the counts of a group's labels, shape (k,), and returns its entropy.

    Returns
    -------
    threshold : float
        In the middle between two neighbouring values of x.
    gain : float

    Examples
    --------
    >>> best_threshold([4.0, 1.0, 2.0], ["N", "Y", "Y"])[0]
    3.0
    """
    # BEGIN SOLUTION
    x, y = np.asarray(x, dtype=float), np.asarray(y)

    def doubt(part):
        return len(part) / len(y) * entropy([np.sum(part == label) for label in np.unique(part)])

    order = np.argsort(x)
    x, y = x[order], y[order]
    values, starts = np.unique(x, return_index=True)
    cuts = (values[1:] + values[:-1]) / 2
    gains = [doubt(y) - doubt(y[:i]) - doubt(y[i:]) for i in starts[1:]]
    first = np.flatnonzero(np.isclose(gains, np.max(gains), rtol=0, atol=1e-9))[0]
    return float(cuts[first]), float(gains[first])
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_bad_debt_balance(best_threshold):
    """The balance is cut at 50,500, with a gain of 0.419973."""

    def bits(counts):
        p = np.array([n for n in counts if n > 0]) / np.sum(counts)
        return float(-np.sum(p * np.log2(p)))

    x, y = [20000, 25000, 115000, 29000, 72000], ["Y", "N", "N", "Y", "N"]
    cut, gain = best_threshold(x, y, bits)
    close(cut, 50500.0)
    close(gain, 0.419973, rtol=0, atol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_first_of_equal_cuts(best_threshold):
    """Y N N N Y at 1, 2, 3, 3, 5 can be cut at 1.5 or 4 with equal gain: the smaller one wins."""

    def bits(counts):
        p = np.array([n for n in counts if n > 0]) / np.sum(counts)
        return float(-np.sum(p * np.log2(p)))

    cut, gain = best_threshold(np.array([5, 3, 2, 3, 1]), ["Y", "N", "N", "N", "Y"], bits)
    close(cut, 1.5)
    close(gain, 0.321928, rtol=0, atol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_cuts(best_threshold, rng):
    """Unseen numbers below and above 0, with repeats, in any order, with two to four labels."""
    for n, k in [(2, 2), (8, 2), (15, 3), (40, 4), (40, 2)]:
        x = rng.integers(-n, n, size=n) * rng.uniform(0.1, 3)
        x[:2] = n, -n
        y = rng.integers(k, size=n)
        y[:2] = 0, 1
        before_x, before_y = x.copy(), y.copy()
        expected = reference.best_threshold(x, y)
        close(best_threshold(x, y, reference.entropy_bits), expected)
        close(x, before_x)
        close(y, before_y)
        texts = [f"label {label}" for label in y]
        close(best_threshold(x.tolist(), texts, reference.entropy_bits), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_cut_anywhere(best_threshold, rng):
    """Cuts in the first gap, in the last, and where nothing is gained; with a given measure."""

    def impurity(counts):
        n = np.asarray(counts, dtype=float)
        return float(1 - np.sum((n / n.sum()) ** 2))

    for n in [3, 6, 11]:
        x = rng.permutation(np.cumsum(rng.uniform(0.5, 4, size=n)))
        for y in [x == x.min(), x == x.max(), x > np.sort(x)[1], x < 0]:
            labels = [int(one) for one in y]
            expected = reference.best_threshold(x, labels, impurity)
            close(best_threshold(x, labels, impurity), expected)
            expected = reference.best_threshold(x, labels)
            close(best_threshold(x, labels, reference.entropy_bits), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_equal_but_for_rounding(best_threshold, rng):
    """Labels that read the same from both ends: the smaller of equal cuts, despite rounding."""

    def doubt(part, n):
        return len(part) / n * reference.entropy_bits(np.bincount(part))

    for _ in range(4):
        first = last = 0
        while first == last:  # until rounding prefers a later cut
            half = rng.integers(4, size=rng.integers(3, 8))
            y = np.concatenate([half, half[::-1]])
            n = len(y)
            gains = [doubt(y, n) - doubt(y[:i], n) - doubt(y[i:], n) for i in range(1, n)]
            first = int(np.flatnonzero(np.isclose(gains, max(gains), rtol=0, atol=1e-9))[0])
            last = int(np.argmax(gains))
        x = np.cumsum(rng.uniform(0.5, 4, size=len(y)))
        order = rng.permutation(len(y))
        expected = (x[first] + x[first + 1]) / 2, gains[first]
        close(best_threshold(x[order], y[order], reference.entropy_bits), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_cut_of_iris(best_threshold):
    """The petals of iris: width and length tell setosa apart equally well."""
    from sklearn.datasets import load_iris

    flowers, species = load_iris(return_X_y=True)
    petals, species = flowers[:, 2:], species.tolist()
    width = best_threshold(petals[:, 1], species, reference.entropy_bits)
    length = best_threshold(petals[:, 0], species, reference.entropy_bits)
    close(width, reference.best_threshold(petals[:, 1], species))
    close(length, reference.best_threshold(petals[:, 0], species))
    close(width[1], float(np.log2(3) - 2 / 3))
    others = petals[50:]
    found = best_threshold(others[:, 1], species[50:], reference.entropy_bits)
    close(found, reference.best_threshold(others[:, 1], species[50:]))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
BAD_DEBT_CSV = """\
name,balance,age,employed,bad_debt
Mike,20000,42,N,Y
Mary,25000,33,Y,N
Claudio,115000,40,N,N
Robert,29000,23,Y,Y
Dora,72000,31,N,N
"""
BAD_DEBT = read_rows(BAD_DEBT_CSV)
FLOWERS, SPECIES = load_iris(return_X_y=True)
PETALS = FLOWERS[:, 2:]  # (150, 2): length and width in cm; SPECIES (150,) holds 0, 1, 2
NAMES = ["setosa", "versicolor", "virginica"]


@picture("q2", "q8")
def cuts():
    debts = [row["bad_debt"] for row in BAD_DEBT]
    panels = {
        "balance": ([float(row["balance"]) for row in BAD_DEBT], debts, ["N", "Y"]),
        "age": ([float(row["age"]) for row in BAD_DEBT], debts, ["N", "Y"]),
        "petal length (cm)": (PETALS[:, 0], SPECIES, [0, 1, 2]),
        "petal width (cm)": (PETALS[:, 1], SPECIES, [0, 1, 2]),
    }
    _, axes = plt.subplots(2, 2, figsize=(9, 5), layout="constrained")
    for axis, (name, (x, y, labels)) in zip(axes.flat, panels.items(), strict=True):
        cut, gain = best_threshold(x, y)
        for i, (label, colour) in enumerate(zip(labels, [BLUE, ORANGE, "0.4"], strict=False)):
            here = np.asarray(x)[np.asarray(y) == label]
            axis.plot(here, np.full(len(here), i), "o", color=colour, alpha=0.6, markersize=7)
        axis.axvline(cut, color="black", linestyle="--")
        axis.set(title=f"{name}: at most {cut:g}? gain {gain:.3f}", ylim=(-0.6, len(labels) - 0.4))
        axis.set_yticks(range(len(labels)), NAMES if len(labels) == 3 else ["paid", "bad debt"])
        axis.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [markdown]
# Petal length and petal width gain equally much at the root of iris: a tie. scikit-learn breaks
# ties at random, so it takes a seed.

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ## Question 9: Iris with scikit-learn
#
# `DecisionTreeClassifier(criterion="entropy", max_depth=..., random_state=...)` cuts as your
# `best_threshold` does, branch by branch, until a branch has one label only or lies `max_depth`
# questions deep; `None` means no limit. It has the methods `fit(X, y)` and `predict(X)`.
#
# Write `tree_report`. It fits such a tree to the training flowers and says which share of them, and
# of the test flowers, it gets right. The matrix $M$, shape $(k, k)$ for the $k$ labels in
# `y_train`, counts test flowers: $M_{ij}$ of true label $i$ are predicted as $j$. A label that is
# missing among the test flowers keeps its row.
#
# Then write `decision_mesh`, which calls the `predict` that it is given at points all over the
# plane, so that the regions can be coloured. Let $l$ and $h$ be the smallest and largest value of a
# column of `X`: its points are $l - g$, $l - g + s$, $l - g + 2s$, and so on below $h + g$, as
# `np.arange` makes them, with the numbers $g$ for `margin` and $s$ for `step`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def tree_report(
    X_train: ArrayLike,
    y_train: ArrayLike,
    X_test: ArrayLike,
    y_test: ArrayLike,
    max_depth: int | None = None,
    seed: int = 0,
) -> dict:
    """Return how well a tree that was fitted to training data does.

    Parameters
    ----------
    X_train, X_test : array_like, shapes (n, d) and (m, d)
        Numbers, one sample a row.
    y_train, y_test : array_like, shapes (n,) and (m,)
        Labels 0 to k - 1; each occurs in y_train, perhaps not in y_test.
    max_depth : int or None, optional
        How many questions in a row the tree may ask.
    seed : int, optional
        The tree's random_state.

    Returns
    -------
    dict
        "train" and "test": shares of right answers, from 0 to 1. "matrix": an array of int, shape
        (k, k), of the test samples; rows are true labels, columns predicted ones.

    Examples
    --------
    >>> tree_report([[1], [2], [3]], [0, 0, 1], [[5]], [1])["matrix"].tolist()
    [[0, 0], [0, 1]]
    """
    # BEGIN SOLUTION
    tree = DecisionTreeClassifier(criterion="entropy", max_depth=max_depth, random_state=seed)
    tree.fit(X_train, y_train)
    predicted = tree.predict(X_test)
    return {
        "train": float(np.mean(tree.predict(X_train) == np.asarray(y_train))),
        "test": float(np.mean(predicted == np.asarray(y_test))),
        "matrix": confusion_matrix(y_test, predicted, labels=np.unique(y_train)),
    }
    # END SOLUTION


def decision_mesh(
    predict: Callable, X: ArrayLike, step: float = 0.1, margin: float = 1.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return what predict says at points all over the plane.

    Parameters
    ----------
    predict : callable
        Takes points, shape (n, 2), and returns a label for each, shape (n,).
    X : array_like, shape (m, 2)
        The samples that the points should surround.
    step, margin : float, optional
        Distance between points, and how far they reach beyond the samples.

    Returns
    -------
    xs, ys : ndarray, shapes (p,) and (q,)
        The points of the first and of the second column.
    labels : ndarray, shape (q, p)
        labels[i, j] belongs to the point (xs[j], ys[i]).

    Examples
    --------
    >>> xs, ys, labels = decision_mesh(lambda points: points[:, 0], [[0, 0], [3, 1]], 1, 0.5)
    >>> labels.tolist()
    [[-0.5, 0.5, 1.5, 2.5], [-0.5, 0.5, 1.5, 2.5]]
    """
    # BEGIN SOLUTION
    low, high = np.min(X, axis=0) - margin, np.max(X, axis=0) + margin
    xs, ys = np.arange(low[0], high[0], step), np.arange(low[1], high[1], step)
    points = np.array([(x, y) for y in ys for x in xs])
    return xs, ys, np.asarray(predict(points)).reshape(len(ys), len(xs))
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_petals_at_depth_two(tree_report, PETALS, SPECIES):
    """On the petals, a tree of depth 2 gets 0.96 of the flowers right that it grew from."""
    report = tree_report(PETALS, SPECIES, PETALS, SPECIES, 2, 0)
    close(report["train"], 0.96)
    close(report["test"], 0.96)
    close(report["matrix"], np.array([[50, 0, 0], [0, 49, 1], [0, 5, 45]]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_small_mesh(decision_mesh):
    """Around (0, 0) and (1, 5), step 1 and margin 0.6: three points across and seven up."""

    def asked(points):
        return np.asarray(points)[:, 0] + 10 * np.asarray(points)[:, 1]

    xs, ys, labels = decision_mesh(asked, [[0, 0], [1, 5]], 1.0, 0.6)
    close(xs, np.array([-0.6, 0.4, 1.4]))
    close(ys, np.array([-0.6, 0.4, 1.4, 2.4, 3.4, 4.4, 5.4]))
    assert np.shape(labels) == (7, 3), f"labels: expected shape (7, 3), got {np.shape(labels)}"
    close(labels[0][2], 1.4 - 6.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_reports(tree_report, rng):
    """Unseen data with two to four labels, kept apart for training and test, several depths."""
    for k, depth in [(2, 1), (3, 2), (4, 4), (3, None)]:
        n, d, seed = 90, int(rng.integers(1, 5)), int(rng.integers(100))
        y = rng.permutation(np.arange(n) % k)
        X = rng.normal(size=(n, d)) * 1.3 + np.add.outer(y, np.arange(d)) ** 1.2
        cut = int(rng.integers(50, 70))
        data = X[:cut], y[:cut], X[cut:], y[cut:]
        before = [one.copy() for one in data]
        expected = reference.tree_report(*data, depth, seed)
        found = tree_report(*data, depth, seed)
        for part in ("train", "test", "matrix"):
            close(found[part], expected[part])
        for now, kept in zip(data, before, strict=True):
            close(now, kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_label_not_tested(tree_report, rng):
    """A label that no test sample has keeps its row and column; lists are fine."""
    for missing in [0, 1, 2]:
        y = rng.permutation(np.arange(60) % 3)
        X = rng.normal(size=(60, 2)) + y[:, None] * [1.5, -1.0]
        test = np.flatnonzero((y != missing) & (np.arange(60) >= 30))
        data = X[:30].tolist(), y[:30].tolist(), X[test].tolist(), y[test].tolist()
        expected = reference.tree_report(*data, 2, 1)
        found = tree_report(*data, 2, 1)
        for part in ("train", "test", "matrix"):
            close(found[part], expected[part])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_meshes(decision_mesh, rng):
    """Meshes around unseen samples, with other steps and margins, for a given predict."""
    for p, q in [(4, 7), (6, 3), (5, 5)]:
        step = rng.uniform(0.2, 2)
        margin = step * rng.uniform(0.2, 1)
        # p - 1/2 and q - 1/2 steps from end to end, so that rounding adds or loses no point.
        span = (np.array([p, q]) - 0.5) * step - 2 * margin
        low = rng.normal(size=2) * 4
        X = low + rng.uniform(0.1, 0.9, size=(5, 2)) * span
        X[1], X[3] = low, low + span
        a, b = rng.normal(size=2)

        def rule(points, a=a, b=b):
            return np.floor(a * np.asarray(points)[:, 0] + b * np.asarray(points)[:, 1] ** 2)

        before = X.copy()
        expected = reference.decision_mesh(rule, X, step, margin)
        found = decision_mesh(rule, X, step, margin)
        for one, right in zip(found, expected, strict=True):
            close(one, right)
        close(X, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_iris_mesh(decision_mesh):
    """The deck's mesh around the petals, with the default step and margin."""
    from sklearn.datasets import load_iris

    petals = load_iris().data[:, 2:]
    expected = reference.decision_mesh(lambda points: points @ np.array([1.0, 2.0]), petals)
    found = decision_mesh(lambda points: np.asarray(points) @ np.array([1.0, 2.0]), petals)
    close(len(found[0]), 79)
    close(len(found[1]), 44)
    for one, right in zip(found, expected, strict=True):
        close(one, right)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q9")
def petals():
    _, axes = plt.subplots(1, 3, figsize=(12, 3.9), layout="constrained")
    colours = [BLUE, ORANGE, "0.4"]
    pale = np.array([(0.77, 0.85, 0.92), (0.97, 0.87, 0.79), (0.85, 0.85, 0.85)])
    depths = [1, 2, 3, 4, None]
    for axis, depth in zip(axes[:2], [2, None], strict=True):
        model = DecisionTreeClassifier(criterion="entropy", max_depth=depth, random_state=0)
        model.fit(PETALS, SPECIES)
        xs, ys, labels = decision_mesh(model.predict, PETALS)
        edges = xs[0] - 0.05, xs[-1] + 0.05, ys[0] - 0.05, ys[-1] + 0.05
        regions = pale[np.asarray(labels)]
        axis.imshow(regions, origin="lower", extent=edges, aspect="auto", interpolation="none")
        for label in range(3):
            axis.plot(*PETALS[np.equal(SPECIES, label)].T, "o", color=colours[label], markersize=3)
        right = tree_report(PETALS, SPECIES, PETALS, SPECIES, depth)["train"]
        limit = "no limit" if depth is None else f"depth {depth}"
        axis.set(title=f"{limit}: {right:.3f} right", xlabel="petal length", ylabel="petal width")
        if depth == 2:
            print(export_text(model, feature_names=["petal length", "petal width"]))
    axes[0].legend(NAMES, frameon=False, fontsize=8)
    scores = {"train": [], "test": []}
    rng = np.random.default_rng(0)
    splits = [np.split(rng.permutation(150), [100]) for _ in range(20)]
    for depth in depths:
        reports = [
            tree_report(PETALS[a], SPECIES[a], PETALS[b], SPECIES[b], depth) for a, b in splits
        ]
        for part, shares in scores.items():
            shares.append(np.mean([report[part] for report in reports]))
    for part, colour in [("train", BLUE), ("test", ORANGE)]:
        axes[2].plot(range(5), scores[part], "o-", color=colour, label=part)
    axes[2].set_xticks(range(5), ["1", "2", "3", "4", "none"])
    axes[2].set(title="20 splits, 100 to train, 50 to test", xlabel="max_depth", ylim=(0.55, 1.02))
    axes[2].set_ylabel("share right")
    axes[2].spines[["top", "right"]].set_visible(False)
    axes[2].legend(frameon=False, loc="center right")
    plt.show()


# %% [markdown]
# A tree cuts along one axis at a time, so its regions are made of boxes. Without a limit it goes
# round single flowers, and still misses one in 150: three flowers measure the same, in two species.
# On new flowers the extra cuts gain nothing. That is *overfitting*. The deck counts right answers
# on the flowers that its tree grew from; only the test curve says what a tree is worth. Its matrix
# says which species it mixes up: row versicolor, column virginica, and the other way round.
#
# ## What you can do now
#
# You can measure doubt in bits and what a question removes of it; grow a tree from any table; say
# what it answers where nobody has looked; turn it into rules; cut numbers; and read a matrix and a
# decision boundary.
#
# Next comes **11: linear and logistic models**. They cut the plane obliquely, and a logistic one
# answers with a probability.
