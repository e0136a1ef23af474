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
# # Perceptrons and logic gates
#
# A neuron multiplies each input by a weight, adds the products and a bias, and decides. Take the
# weights 1 and 1 and the bias −1.5. The inputs (1, 1) give 1 + 1 − 1.5 = 0.5, which is above 0:
# the neuron fires. The inputs (1, 0) give −0.5: it stays silent. You have just built an AND gate.
#
# In this notebook you write that unit, choose its weights by hand, and let a rule find them. Then
# you prove that one unit can't be XOR, build XOR from three units, and meet the activations that
# networks use instead of a hard step. Most examples come from the second deck, *Practical deep
# learning in Python*.
#
# **House rules.** They hold in every question; tests check them.
#
# * A function never modifies its arguments.
# * Where an array may stand, as an argument or as a result, a list or an integer array may too.
# * Shapes are kept: a number in, a number (or an array of shape `()`) out; an array in, an array of
#   that shape out.
# * Units answer with the numbers 0 and 1, never with `True` and `False`.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

# Data for the pictures: the truth tables.
LOGIC_GATES_CSV = """\
a,b,and,or,xor,nand,nor
0,0,0,0,0,1,1
0,1,0,1,1,1,0
1,0,0,1,1,1,0
1,1,1,1,0,0,0
"""

header, *lines = LOGIC_GATES_CSV.split()
table = np.array([line.split(",") for line in lines], dtype=int)
ROWS = table[:, :2]  # the four inputs, in counting order
GATES = dict(zip(header.upper().split(",")[2:], table[:, 2:].T, strict=True))
print(LOGIC_GATES_CSV)

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: The unit
#
# A perceptron computes
#
# $$y = \varphi(x \cdot w + b), \qquad
# \operatorname{threshold}(z) = \begin{cases} 1 & z > 0 \\ 0 & z \le 0 \end{cases}$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $x$ | one sample of $d$ inputs, or $n$ samples | $(d,)$ or $(n, d)$ |
# | $w$ | weights | $(d,)$ |
# | $b$ | bias | a number |
# | $\varphi$ | activation, here the threshold | |
# | $y$ | the answer | a number, or $(n,)$ |
#
# At exactly 0 the unit is silent. Write `threshold`, and `perceptron` for one sample and for a
# batch. The activation is an argument: your unit has to use whichever one it is given. It works
# element by element, so one call can take a whole batch.

# %% [raw]
# # BEGIN SOLUTION


# %%
def threshold(x: ArrayLike) -> np.ndarray:
    """Return 1 where x is above 0 and 0 elsewhere.

    Parameters
    ----------
    x : float or array_like
        Numbers of any shape.

    Returns
    -------
    int or ndarray of int
        0 and 1, in the shape of x.

    Examples
    --------
    >>> threshold(np.array([-1.0, 1.0, 2.0]))
    array([0, 1, 1])
    """
    # BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1, 0)
    # END SOLUTION


def perceptron(
    x: ArrayLike, w: ArrayLike, b: float, activation: Callable = threshold
) -> np.ndarray:
    """Return the answer of one unit.

    Parameters
    ----------
    x : array_like, shape (d,) or (n, d)
        One sample, or n samples.
    w : array_like, shape (d,)
        Weights.
    b : float
        Bias.
    activation : callable, optional
        Applied to the weighted sum with its bias.

    Returns
    -------
    number or ndarray, shape (n,)
        One answer for each sample.

    Examples
    --------
    >>> perceptron([[1, 1], [1, 0]], [1, 1], -1.5)
    array([1, 0])
    """
    # BEGIN SOLUTION
    return activation(np.asarray(x) @ np.asarray(w) + b)
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


def test_threshold_numbers(threshold):
    """threshold gives 0, 1, 1 for -1, 1, 2, and 0 at exactly 0."""
    close(threshold(np.array([-1.0, 1.0, 2.0])), np.array([0, 1, 1]))
    close(threshold(0.0), 0)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_and_unit(perceptron):
    """Weights 1, 1 and bias -1.5 make AND, and the given activation gets the weighted sum."""

    def step(z):
        return (np.asarray(z) > 0).astype(int)

    close(perceptron([1, 1], [1, 1], -1.5, step), 1)
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    close(perceptron(rows, np.array([1, 1]), -1.5, step), np.array([0, 0, 0, 1]))
    close(perceptron([1, 1], [1, 1], -1.5, activation=lambda z: 10 * z), 5.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_threshold_shapes(threshold, rng):
    """threshold keeps every shape, fires above 0 only, takes lists and leaves its input alone."""
    for shape in [(6,), (3, 4), (2, 1, 5), (1,)]:
        x = rng.integers(-2, 3, size=shape) * rng.uniform(0.1, 9)
        x.flat[0] = 0.0
        before, expected = x.copy(), reference.threshold(x)
        close(threshold(x), expected)
        close(x, before)
        close(threshold(x.tolist()), expected)
    big = rng.uniform(1, 9)
    close(threshold(big), 1)
    close(threshold(-big), 0)
    close(threshold(big * 1e-9), 1)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_weighted_sum(perceptron, rng):
    """perceptron forms weights times inputs plus bias for one sample and for batches."""
    for n, d in [(4, 4), (7, 3), (1, 5), (6, 1)]:
        x, w, b = rng.normal(size=(n, d)), rng.normal(size=d), rng.normal()
        before_x, before_w, expected = x.copy(), w.copy(), x @ w + b
        close(perceptron(x, w, b, lambda z: z), expected)
        close(x, before_x)
        close(w, before_w)
        close(perceptron(x[0], w, b, lambda z: z), expected[0])
        close(perceptron(x.tolist(), w.tolist(), b, lambda z: np.asarray(z)), expected)
        whole, steps = rng.integers(-6, 7, size=(n, d)), rng.integers(1, 5, size=d)
        expected = whole @ steps + b
        close(perceptron(whole, steps, b, lambda z: z), expected)
        close(perceptron(whole[0], steps, b, lambda z: z), expected[0])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_activation(perceptron, rng):
    """perceptron applies the activation it is given, after the bias."""
    for scale in rng.uniform(2, 5, size=3):

        def bent(z, scale=scale):
            return scale * np.abs(z)

        x, w, b = rng.normal(size=(5, 3)), rng.normal(size=3), rng.uniform(1, 2)
        expected = bent(x @ w + b)
        close(perceptron(x, w, b, bent), expected)
        close(perceptron(x[0], w, b, activation=bent), expected[0])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# several_answers: true

# %% [markdown]
# ## Question 2: Gates with a margin
#
# The second deck prints truth tables for AND, OR, XOR and NOT. For $n$ inputs:
#
# | gate | answers 1 when |
# | --- | --- |
# | AND | all inputs are 1 |
# | OR | at least one input is 1 |
# | NAND | AND answers 0 |
# | NOR | OR answers 0 |
# | NOT | its only input is 0 (always $n = 1$) |
#
# The inputs of a real circuit are not exactly 0 and 1. **Your gates have to answer right when
# every input is off by as much as $0.2 / n$**, that is 0.1 for two inputs. AND with weights 1, 1
# and bias −1 is right on the four exact rows, but (1, 0.1) already makes it fire.
#
# Many answers are right and all earn the points. Names are exact. One that is not in the table,
# such as `"XOR"`, which no weights make, or `"and"`, raises `ValueError`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def gate_weights(name: str, n: int = 2) -> tuple[np.ndarray, float]:
    """Return the weights and the bias that make one threshold unit a gate.

    Parameters
    ----------
    name : str
        "AND", "OR", "NAND", "NOR" or "NOT".
    n : int, optional
        Number of inputs. "NOT" is only ever asked for with n = 1.

    Returns
    -------
    w : ndarray, shape (n,)
        Weights.
    b : float
        Bias.

    Raises
    ------
    ValueError
        For any name that is not in the table, "XOR" and "and" included.

    Examples
    --------
    >>> w, b = gate_weights("NAND", 3)
    >>> w.shape
    (3,)
    """
    # BEGIN SOLUTION
    units = {
        "AND": (np.ones(n), 0.5 - n),
        "OR": (np.ones(n), -0.5),
        "NAND": (-np.ones(n), n - 0.5),
        "NOR": (-np.ones(n), 0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    if name not in units:
        raise ValueError(f"no weights make one unit {name!r}")
    return units[name]
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


def test_truth_tables(gate_weights):
    """The gates of two inputs and NOT follow their tables, and AND is silent on (1, 0.1)."""
    rows = [(0, 0), (0, 1), (1, 0), (1, 1)]
    tables = {"AND": [0, 0, 0, 1], "OR": [0, 1, 1, 1], "NAND": [1, 1, 1, 0], "NOR": [1, 0, 0, 0]}
    for name, truth in tables.items():
        w, b = gate_weights(name, 2)
        assert np.shape(w) == (2,), f"{name} has two inputs: got w of shape {np.shape(w)}"
        for row, right in zip(rows, truth, strict=True):
            answer = 1 if np.dot(row, w) + b > 0 else 0
            assert answer == right, f"{name} on {row}: got {answer}, not {right}"
    w, b = gate_weights("NOT", 1)
    assert np.shape(w) == (1,), f"NOT has one input: got w of shape {np.shape(w)}"
    for x in [0, 1]:
        answer = 1 if np.dot([x], w) + b > 0 else 0
        assert answer == 1 - x, f"NOT on {x}: got {answer}, not {1 - x}"
    w, b = gate_weights("AND", 2)
    assert np.dot((1, 0.1), w) + b <= 0, "AND on (1, 0.1): got 1, not 0"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_no_such_unit(gate_weights):
    """gate_weights raises a ValueError, no other error, for "XOR" and any name not in the table."""
    close(np.shape(gate_weights("AND", 2)[0]), (2,))
    for name in ["XOR", "XNOR", "and"]:
        with raises(ValueError):
            gate_weights(name, 2)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_and_or_of_n(gate_weights, rng):
    """AND and OR of three to seven exact inputs are right on every row."""
    for n in rng.permutation(np.arange(3, 8))[:3].tolist():
        X = np.indices((2,) * n).reshape(n, -1).T
        for name, truth in [("AND", X.min(axis=1)), ("OR", X.max(axis=1))]:
            w, b = gate_weights(name, n)
            assert np.shape(w) == (n,), f"{name} of n inputs has n weights: got {np.shape(w)}"
            fires = X @ np.asarray(w) + b > 0
            assert np.array_equal(fires, truth), f"{name} of n inputs is wrong on an exact row"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_nand_nor_of_n(gate_weights, rng):
    """NAND and NOR of three to seven exact inputs are right on every row, and so is NOT."""
    for n in rng.permutation(np.arange(3, 8))[:3].tolist():
        X = np.indices((2,) * n).reshape(n, -1).T
        for name, truth in [("NAND", 1 - X.min(axis=1)), ("NOR", 1 - X.max(axis=1))]:
            w, b = gate_weights(name, n)
            assert np.shape(w) == (n,), f"{name} of n inputs has n weights: got {np.shape(w)}"
            fires = X @ np.asarray(w) + b > 0
            assert np.array_equal(fires, truth), f"{name} of n inputs is wrong on an exact row"
    w, b = gate_weights("NOT", 1)
    fires = np.array([[0], [1]]) @ np.asarray(w) + b > 0
    assert np.array_equal(fires, [1, 0]), "NOT is wrong on an exact input"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_margin(gate_weights, rng):
    """Every gate is still right when each input is off by nearly 0.2 / n."""
    for n in [2, int(rng.integers(3, 5)), int(rng.integers(5, 8)), 12, 1]:
        X = np.indices((2,) * n).reshape(n, -1).T
        low, high = X.min(axis=1), X.max(axis=1)
        gates = {"AND": low, "OR": high, "NAND": 1 - low, "NOR": 1 - high}
        for name, truth in (gates if n > 1 else {"NOT": 1 - low}).items():
            w, b = gate_weights(name, n)
            assert np.shape(w) == (n,), f"{name} of n inputs has n weights: got {np.shape(w)}"
            signs = [np.ones(X.shape), -np.ones(X.shape), rng.uniform(-1, 1, size=X.shape)]
            for sign in signs:
                fires = (X + sign * 0.19 / n) @ np.asarray(w) + b > 0
                assert np.array_equal(fires, truth), f"{name} is wrong when inputs are a bit off"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# A unit fires on one side of the line $w_1 a + w_2 b + \text{bias} = 0$ (blue) and is silent on
# the other. Each square holds the inputs that are off by at most 0.1: the line must cut none.


# %%
@picture("q1", "q2")
def decision_lines():
    side = np.linspace(-0.4, 1.4, 181)
    a, b = np.meshgrid(side, side)
    points = np.column_stack([a.ravel(), b.ravel()])
    figure, axes = plt.subplots(1, 4, figsize=(11, 3), sharey=True, layout="constrained")
    for axis, name in zip(axes, ["AND", "OR", "NAND", "NOR"], strict=True):
        w, bias = gate_weights(name, 2)
        fires = np.reshape(perceptron(points, w, bias), a.shape)
        axis.contourf(a, b, fires, levels=[-0.5, 0.5, 1.5], colors=["#f1f1ee", "#b9d6ee"])
        axis.contour(a, b, fires, levels=[0.5], colors="#1f5f99", linewidths=1.5)
        for corner in ROWS:
            axis.add_patch(plt.Rectangle(corner - 0.1, 0.2, 0.2, fill=False))
        for value, colour in [(0, "white"), (1, "#e07b39")]:
            rows = ROWS[GATES[name] == value]
            axis.scatter(
                *rows.T, s=50, color=colour, edgecolor="black", zorder=3, label=f"should be {value}"
            )
        axis.set(title=name, xlabel="a", xticks=[0, 1], yticks=[0, 1], aspect="equal")
    axes[0].set_ylabel("b")
    figure.legend(
        *axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=2, frameon=False
    )
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: The perceptron rule
#
# Nobody sets a million weights by hand. The perceptron rule learns them from mistakes. For a
# sample $x$ of shape $(d,)$ with label $y \in \{0, 1\}$ and the unit's answer
# $o = \operatorname{threshold}(x \cdot w + b)$:
#
# $$w \leftarrow w + \eta\,(y - o)\,x, \qquad b \leftarrow b + \eta\,(y - o),$$
#
# where the number $\eta$ is the learning rate. If $o = y$, nothing changes. The details that fix
# the result:
#
# * start with all weights and the bias at 0;
# * take the samples in the order given, and update after each mistake at once;
# * a sample counts as an error of the epoch when its answer is wrong at its turn, before the
#   update;
# * run all epochs, even after one without errors.

# %% [raw]
# # BEGIN SOLUTION


# %%
def train_perceptron(
    X: ArrayLike, y: ArrayLike, lr: float, epochs: int
) -> tuple[np.ndarray, float, np.ndarray]:
    """Train one threshold unit with the perceptron rule.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Samples.
    y : array_like of int, shape (n,)
        Labels, 0 or 1.
    lr : float
        Learning rate.
    epochs : int
        Passes over the samples.

    Returns
    -------
    w : ndarray, shape (d,)
        Weights after the last epoch.
    b : float
        Bias after the last epoch.
    errors : ndarray of int, shape (epochs,)
        Errors made in each epoch.

    Examples
    --------
    >>> w, b, errors = train_perceptron([[0.0], [1.0]], [0, 1], lr=0.5, epochs=3)
    >>> w, float(b), errors
    (array([0.5]), 0.0, array([1, 1, 0]))
    """
    # BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + lr * miss * x
            b = b + lr * miss
            errors[epoch] += abs(miss)
    return w, b, errors
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


def test_learns_and(train_perceptron):
    """AND with learning rate 0.5: errors 1, 3, 3, 2, 1 and then none."""
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    w, b, errors = train_perceptron(rows, np.array([0, 0, 0, 1]), 0.5, 8)
    close(errors, np.array([1, 3, 3, 2, 1, 0, 0, 0]))
    close(w, np.array([1.0, 0.5]))
    close(b, -1.0)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_never_learns_xor(train_perceptron):
    """XOR: not one of 50 epochs is free of errors, and the last one makes 4."""
    rows = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    errors = train_perceptron(rows, np.array([0, 1, 1, 0]), 1.0, 50)[2]
    close(len(errors), 50)
    assert min(errors) > 0, "an epoch counts no error, but no unit gets all of XOR right"
    close(errors[-1], 4)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_separable(train_perceptron, rng):
    """Random points that a plane separates: weights, bias and errors agree with the rule."""
    for n, d in [(12, 3), (25, 5), (9, 1)]:
        X = rng.integers(-8, 9, size=(n, d)) / 4
        y = (X @ rng.normal(size=d) + rng.normal() > 0).astype(int)
        before_X, before_y = X.copy(), y.copy()
        right_w, right_b, right_errors = reference.train_perceptron(X, y, 0.25, 12)
        w, b, errors = train_perceptron(X, y, 0.25, 12)
        close(errors, right_errors)
        close(w, right_w)
        close(b, right_b)
        close(X, before_X)
        close(y, before_y)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_xor_elsewhere(train_perceptron, rng):
    """XOR at the corners of random parallelograms is never learned, and the errors agree."""
    for labels in [[0, 1, 1, 0], [1, 0, 0, 1]]:
        p, u, v = rng.integers(1, 9, size=(3, 2)) / 2
        X = np.array([p, p + u, p + v, p + u + v])
        right_w, right_b, right_errors = reference.train_perceptron(X, np.array(labels), 0.5, 30)
        w, b, errors = train_perceptron(X, np.array(labels), 0.5, 30)
        assert min(right_errors) > 0
        close(errors, right_errors)
        close(w, right_w)
        close(b, right_b)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rates_and_lists(train_perceptron, rng):
    """Other learning rates, lists and whole-number samples give the rule's result too."""
    for lr in rng.uniform(0.02, 0.9, size=3):
        X, y = rng.normal(size=(10, 4)), rng.permutation([0, 1] * 5)
        right_w, right_b, right_errors = reference.train_perceptron(X, y, lr, 6)
        w, b, errors = train_perceptron(X.tolist(), y.tolist(), lr, 6)
        close(errors, right_errors)
        close(w, right_w)
        close(b, right_b)
    X, y = rng.integers(-5, 6, size=(14, 3)), rng.permutation([0, 1] * 7)
    right_w, right_b, right_errors = reference.train_perceptron(X, y, 0.125, 5)
    w, b, errors = train_perceptron(X, y, 0.125, 5)
    close(errors, right_errors)
    close(w, right_w)
    close(b, right_b)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Left, the line after each of the first five epochs. Once all four rows are right nothing changes
# any more, so the last line touches a corner: no margin. Right, the errors of 15 epochs. The
# weights change during an epoch, so XOR's 4 errors of 4 are not the score of any one unit.


# %%
@picture("q3")
def the_rule_at_work():
    side = np.linspace(-0.6, 1.6, 300)
    a, b = np.meshgrid(side, side)
    _, (plane, curve) = plt.subplots(1, 2, figsize=(10, 4), layout="constrained")
    for epochs in range(1, 6):
        w, bias, _ = train_perceptron(ROWS, GATES["AND"], 0.5, epochs)
        z = w[0] * a + w[1] * b + bias
        colour = plt.get_cmap("Blues")(0.25 + 0.15 * epochs)
        if z.min() < 0 < z.max():
            plane.contour(a, b, z, levels=[0], colors=[colour], linewidths=1 + 0.3 * epochs)
        plane.plot([], [], color=colour, linewidth=1 + 0.3 * epochs, label=f"after epoch {epochs}")
    fires = np.where(z > 0, 1, 0)
    plane.contourf(a, b, fires, levels=[-0.5, 0.5, 1.5], colors=["white", "#dcebf7"])
    plane.scatter([], [], s=120, marker="s", color="#dcebf7", label="fires after epoch 5")
    for value, colour in [(0, "white"), (1, "#e07b39")]:
        rows = ROWS[GATES["AND"] == value]
        plane.scatter(
            *rows.T, s=90, color=colour, edgecolor="black", zorder=3, label=f"should be {value}"
        )
    plane.set(
        title="Learning AND",
        xlabel="a",
        ylabel="b",
        xticks=[0, 1],
        yticks=[0, 1],
        aspect="equal",
    )
    plane.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    for name, colour in [("AND", "#1f5f99"), ("XOR", "#e07b39")]:
        errors = train_perceptron(ROWS, GATES[name], 0.5, 15)[2]
        curve.plot(np.arange(1, 16), errors, "o-", color=colour, label=name)
    curve.set(
        title="Learning AND, and trying XOR",
        xlabel="epoch",
        ylabel="errors during the epoch",
        xticks=[1, 5, 10, 15],
        yticks=range(5),
    )
    curve.legend(frameon=False, loc="center right")
    curve.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: The best that one unit can do
#
# Is the rule too weak for XOR, or is the unit? Ask all units. A truth table of $n$ inputs has
# $2^n$ rows in counting order, (0, 0), (0, 1), (1, 0), (1, 1) for $n = 2$. A unit's score is the
# number of rows that it answers right. `best_score` returns the highest that any one threshold
# unit reaches on a table of two or three inputs.
#
# You needn't try infinitely many units. For up to three inputs, the weights −2, −1, 0, 1, 2 and
# the biases −2.5, −1.5, …, 2.5 reach every table that any unit can produce. A call should take
# well under a second.

# %% [raw]
# # BEGIN SOLUTION


# %%
def best_score(table: ArrayLike) -> int:
    """Return the largest number of rows that one threshold unit gets right.

    Parameters
    ----------
    table : array_like of int, shape (4,) or (8,)
        The wanted answers, for two or three inputs in counting order.

    Returns
    -------
    int
        The best score, at most the number of rows.

    Examples
    --------
    >>> best_score([0, 0, 0, 1])
    4
    """
    # BEGIN SOLUTION
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((5,) * n).reshape(n, -1) - 2
    best = 0
    for b in np.arange(-2.5, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        scores = (answers == table[:, None]).sum(axis=0)
        best = max(best, int(scores.max()))
    return best
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


def test_and_and_xor(best_score):
    """One unit gets 4 of 4 rows of AND, but no unit gets more than 3 rows of XOR."""
    close(best_score([0, 0, 0, 1]), 4)
    close(best_score(np.array([0, 1, 1, 0])), 3)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_majority(best_score):
    """The majority of three inputs is one unit: 8 of 8 rows."""
    close(best_score(np.array([0, 0, 0, 1, 0, 1, 1, 1])), 8)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_all_sixteen(best_score, rng):
    """All 16 tables of two inputs, and the same with a third input that must be ignored."""
    tables = np.indices((2,) * 4).reshape(4, -1).T[rng.permutation(16)]
    for table in tables:
        expected, before = reference.best_score(table), table.copy()
        close(best_score(table), expected)
        close(table, before)
    wide = [np.tile(table, 2) for table in tables[:3]]
    expected = [reference.best_score(table) for table in wide]
    close([best_score(table) for table in wide], expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_three_inputs(best_score, rng):
    """Tables of three inputs: some that one unit can do, some that it misses by a row or two."""
    X = np.indices((2, 2, 2)).reshape(3, -1).T
    parity = X.sum(axis=1) % 2
    flipped = np.abs(parity - np.eye(8, dtype=int)[rng.integers(8)])
    # Of easy and its complement one needs a weight of 2, the other one of -2; AND and its
    # complement need the outermost biases.
    easy = ((X ^ rng.integers(0, 2, size=3)) @ rng.permutation([1, 1, 2]) > 1.5).astype(int)
    conjunction = X.min(axis=1)
    tables = [parity, flipped, easy, conjunction, *rng.integers(0, 2, size=(2, 8))]
    tables = [one.tolist() for table in tables for one in (table, 1 - table)]
    tables = [tables[i] for i in rng.permutation(len(tables))]
    expected = [reference.best_score(table) for table in tables]
    close([best_score(table) for table in tables], expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5
# memorizable: >
#   The rows and the multipliers are values: they say XOR's four inequalities, and there is no
#   second XOR to ask about. Only inequality can be asked about fresh samples.
# several_answers: true

# %% [markdown]
# ## Question 5: Why XOR is impossible
#
# A search finds no unit. A proof says why. Each row of a truth table demands one inequality of
# the weights $w_1$, $w_2$ and the bias $b$, three numbers. AND, for instance, must be silent on
# the row (1, 0), so $1 w_1 + 0 w_2 + 1 b \le 0$. We write it as `(1, 0, 1, "<=")`: three
# coefficients, and the sense (`">"`, `">="`, `"<"` or `"<="`) of the comparison with 0.
#
# 1. Write XOR's four inequalities as `row_00`, `row_01`, `row_10`, `row_11`. An inequality must
#    hold exactly when the unit answers that row right. You may multiply it by any number but 0; a
#    negative factor turns the sense.
# 2. Fill in `multipliers`, one number per row, in the same order, none of them 0. Choose them so
#    that the multiplied inequalities all point the same way and their left sides add up to
#    $0 w_1 + 0 w_2 + 0 b$. The sum then says $0 > 0$ or $0 < 0$: no unit exists.
# 3. Write `inequality`, which does step 1 for any sample of $d$ inputs and any target, with the
#    same freedom to multiply.

# %% [raw]
# # BEGIN SOLUTION


# %%
row_00 = (0, 0, 1, "<=")  # SOLUTION
row_01 = (0, 1, 1, ">")  # SOLUTION
row_10 = (1, 0, 1, ">")  # SOLUTION
row_11 = (1, 1, 1, "<=")  # SOLUTION

multipliers = (-1, 1, 1, -1)  # SOLUTION


def inequality(x: ArrayLike, target: int) -> tuple:
    """Return what a unit's weights and bias must obey to answer a sample right.

    Parameters
    ----------
    x : array_like, shape (d,)
        One sample.
    target : int
        The wanted answer, 0 or 1.

    Returns
    -------
    tuple
        d + 1 coefficients, of the weights and of the bias, then the sense as text.

    Examples
    --------
    >>> inequality([1, 0], 0)
    (1, 0, 1, '<=')
    """
    # BEGIN SOLUTION
    return (*x, 1, ">" if target == 1 else "<=")
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


def test_two_units(row_00, row_01, row_10, row_11, multipliers):
    """OR and a unit of zeros obey just the inequalities of rows they get right; no factor is 0."""
    holds = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
    rows = {"row_00": row_00, "row_01": row_01, "row_10": row_10, "row_11": row_11}
    for unit, right in [([1, 1, -0.5], [1, 1, 1, 0]), ([0, 0, 0], [1, 0, 0, 1])]:
        for (name, row), wanted in zip(rows.items(), right, strict=True):
            *coefficients, sense = row
            assert sense in holds, f"in {name} the sense must be >, >=, < or <=: got {sense!r}"
            obeyed = holds[sense](np.dot(np.asarray(coefficients, dtype=float), unit), 0)
            should = "should hold" if wanted else "should not hold"
            assert obeyed == wanted, f"the inequality {name} {should} for w1, w2, b = {unit}"
    assert np.shape(multipliers) == (4,), f"expected four multipliers: got {multipliers}"
    assert 0 not in tuple(multipliers), f"a multiplier is 0, which drops its row: got {multipliers}"
    left_sides = [np.dot(np.asarray(row[:3], dtype=float), [1, 1, -0.5]) for row in rows.values()]
    total = np.dot(np.asarray(multipliers, dtype=float), left_sides)
    assert abs(total) < 1e-9, f"for OR, multiplied left sides should add up to 0: got {total}"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_one_sample(inequality):
    """w = (1, -1), b = -1 fires on (2, 0.5): it obeys that sample's inequality for 1 only."""
    holds = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
    for target, wanted in [(1, 1), (0, 0)]:
        *coefficients, sense = inequality([2, 0.5], target)
        assert sense in holds, (
            f"with target {target} the sense must be >, >=, < or <=: got {sense!r}"
        )
        obeyed = holds[sense](np.dot(np.asarray(coefficients, dtype=float), [1, -1, -1]), 0)
        should = "should hold" if wanted else "should not hold"
        assert obeyed == wanted, f"the inequality for target {target} {should} for this unit"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_random_units(row_00, row_01, row_10, row_11, rng):
    """For random units each of the four inequalities holds exactly when its row is right."""
    holds = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
    units = rng.integers(-3, 4, size=(300, 3))
    rows = {(0, 0): row_00, (0, 1): row_01, (1, 0): row_10, (1, 1): row_11}
    for (a, b), row in rows.items():
        *coefficients, sense = row
        assert sense in holds, f"in row_{a}{b} the sense must be >, >=, < or <=: got {sense!r}"
        answers = (units @ np.array([a, b, 1]) > 0).astype(int)
        obeyed = holds[sense](units @ np.asarray(coefficients, dtype=float), 0)
        right = answers == (a != b)
        assert np.array_equal(obeyed, right), f"for some units row_{a}{b} is wrong"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_contradiction(row_00, row_01, row_10, row_11, multipliers, rng):
    """The multiplied inequalities point one way and their left sides cancel for every unit."""
    holds = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
    units = rng.normal(size=(200, 3))
    factors = np.asarray(multipliers, dtype=float)
    assert factors.shape == (4,), "expected four multipliers"
    direction, total, strict = [], np.zeros(200), 0.0
    rows = {(0, 0): row_00, (0, 1): row_01, (1, 0): row_10, (1, 1): row_11}
    for ((a, b), row), factor in zip(rows.items(), factors, strict=True):
        *coefficients, sense = row
        assert sense in holds, f"in row_{a}{b} the sense must be >, >=, < or <=: got {sense!r}"
        left_side = units @ np.asarray(coefficients, dtype=float)
        answers = (units @ np.array([a, b, 1]) > 0).astype(int)
        obeyed, right = holds[sense](left_side, 0), answers == (a != b)
        assert np.array_equal(obeyed, right), f"for some units row_{a}{b} is wrong"
        direction.append(factor * (1 if sense[0] == ">" else -1))
        total = total + factor * left_side
        strict = strict + abs(factor) * (len(sense) == 1)
    assert np.abs(total).max() < 1e-9, "the multiplied left sides do not cancel"
    same = min(direction) >= 0 or max(direction) <= 0
    assert same, "the multiplied inequalities do not all point the same way"
    assert strict > 0, "the sum of the multiplied inequalities is no contradiction"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_sample(inequality, rng):
    """inequality is right for samples of one to five inputs, for both targets."""
    holds = {">": np.greater, ">=": np.greater_equal, "<": np.less, "<=": np.less_equal}
    for d in [3, 2, 5, 1]:
        for target in [0, 1]:
            x = rng.integers(-6, 7, size=d) / 2
            units = rng.integers(-4, 5, size=(200, d + 1))
            units[:50, -1], units[:50, :-1] = 0, 0
            before = x.copy()
            sums = units @ np.append(x, 1)
            expected = ((sums > 0) == target).astype(int)
            for sample in [x, x.tolist()]:
                *coefficients, sense = inequality(sample, target)
                assert sense in holds, f"the sense must be >, >=, < or <=: got {sense!r}"
                close(len(coefficients), d + 1)
                left_side = units @ np.asarray(coefficients, dtype=float)
                close(holds[sense](left_side, 0).astype(int), expected)
            close(x, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: XOR from gates
#
# One unit can't be XOR, three can. The second deck leaves the circuit as an exercise: XOR is 1
# when at least one input is 1 and not both are.
#
# `xor` receives its gates as arguments. Each takes two inputs and returns one output, element by
# element for arrays. **Only `a`, `b` and what a gate returned may go into a gate, and the last
# gate's output is your result.** No arithmetic, comparison or constant is needed. Pass `a` and `b`
# on just as they come: numbers or arrays and, here alone, never lists.
#
# Tests pass their own gates, for noisy inputs and for codes other than 0 and 1. One test swaps
# the gates: it passes OR as `and_gate`, AND as `or_gate` and NOR as `nand_gate`. A correct circuit
# then gives XNOR.

# %% [raw]
# # BEGIN SOLUTION


# %%
def xor(
    a: float | np.ndarray,
    b: float | np.ndarray,
    and_gate: Callable,
    or_gate: Callable,
    nand_gate: Callable,
) -> np.ndarray:
    """Return a XOR b, computed by the given gates alone.

    Parameters
    ----------
    a, b : number or ndarray
        The inputs, of one shape.
    and_gate, or_gate, nand_gate : callable
        Each called as gate(p, q), element by element for arrays.

    Returns
    -------
    number or ndarray
        In the shape of a and b.

    Examples
    --------
    >>> xor(1, 0, lambda p, q: p & q, lambda p, q: p | q, lambda p, q: 1 - (p & q))
    1
    """
    # BEGIN SOLUTION
    return and_gate(or_gate(a, b), nand_gate(a, b))
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


def test_four_rows(xor):
    """The four rows come out right, also with gates that write 3 for false and 7 for true."""
    for no, yes in [(0, 1), (3, 7)]:

        def and_gate(p, q):
            return np.minimum(p, q)

        def or_gate(p, q):
            return np.maximum(p, q)

        def nand_gate(p, q, both=no + yes):
            return both - np.minimum(p, q)

        for a, b, right in [(no, no, no), (no, yes, yes), (yes, no, yes), (yes, yes, no)]:
            result = xor(a, b, and_gate, or_gate, nand_gate)
            assert np.array_equal(result, right), f"for a = {a}, b = {b}: got {result}, not {right}"
        a, b = np.array([[no, no], [yes, yes]]), np.array([[no, yes], [no, yes]])
        close(xor(a, b, and_gate, or_gate, nand_gate), np.array([[no, yes], [yes, no]]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_codes(xor, rng):
    """With gates that use other codes for false and true, XOR comes out in the same code."""
    for shape in [(8,), (2, 4), (2, 2, 2)]:
        low, high = rng.choice(np.arange(11, 99), size=2, replace=False)
        calls = []

        def gate(p, q, rule, low=low, high=high, calls=calls):
            calls.append(rule)
            return np.where(rule(np.asarray(p) == high, np.asarray(q) == high), high, low)

        order = rng.permutation(8)
        bits_a = np.array([0, 0, 1, 1] * 2)[order].reshape(shape)
        bits_b = np.array([0, 1, 0, 1] * 2)[order].reshape(shape)
        a, b = np.where(bits_a, high, low), np.where(bits_b, high, low)
        before_a, before_b = a.copy(), b.copy()
        result = xor(
            a,
            b,
            lambda p, q: gate(p, q, np.logical_and),
            lambda p, q: gate(p, q, np.logical_or),
            lambda p, q: gate(p, q, lambda s, t: ~(s & t)),
        )
        close(result, np.where(bits_a != bits_b, high, low))
        close(a, before_a)
        close(b, before_b)
        assert len(calls) > 2, "fewer than three gates were used"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_swapped_gates(xor, rng):
    """The result follows the gates: swapped ones give XNOR, gates that never fire give 0."""
    a, b = np.concatenate([[[0, 0, 1, 1], [0, 1, 0, 1]], rng.integers(0, 2, size=(2, 7))], axis=1)
    order = rng.permutation(11)
    a, b = a[order], b[order]
    calls = []

    def spied(rule):
        return lambda p, q: (calls.append(1), rule(np.asarray(p), np.asarray(q)))[1]

    result = xor(a, b, spied(np.bitwise_or), spied(np.bitwise_and), spied(lambda p, q: 1 - (p | q)))
    close(result, 1 - (a ^ b))
    assert len(calls) > 2, "fewer than three gates were used"
    dead = spied(lambda p, q: 0 * (p + q))
    close(xor(a, b, dead, dead, dead), 0 * a)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_noisy_inputs(xor, rng):
    """Threshold units with a margin as gates: noisy inputs of any shape give clean answers."""
    for shape in [(9,), (3, 4), (2, 3, 2)]:
        bits = rng.integers(0, 2, size=(2, *shape))
        bits[:, 0] = np.arange(bits[:, 0].size).reshape(bits[:, 0].shape) % 2
        bits[1] = np.where(rng.random(shape) < 0.5, bits[1], 1 - bits[0])
        noisy = bits + rng.uniform(-0.1, 0.1, size=bits.shape)
        result = xor(
            noisy[0],
            noisy[1],
            lambda p, q: np.where(np.add(p, q) > 1.5, 1, 0),
            lambda p, q: np.where(np.add(p, q) > 0.5, 1, 0),
            lambda p, q: np.where(np.add(p, q) < 1.5, 1, 0),
        )
        close(result, bits[0] ^ bits[1])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Your circuit on the whole plane, with the lines of OR and NAND. Three gates fire in the band
# between them; more gates may fill another shape and be as right at the corners.


# %%
@picture("q1", "q2", "q6")
def two_lines():
    side = np.linspace(-0.4, 1.4, 181)
    a, b = np.meshgrid(side, side)

    def unit(name):
        w, bias = gate_weights(name, 2)

        def gate(p, q):
            points = np.column_stack([np.ravel(p), np.ravel(q)])
            return np.reshape(perceptron(points, w, bias), np.shape(p))

        return gate

    fires = xor(a, b, unit("AND"), unit("OR"), unit("NAND"))
    _, axis = plt.subplots(figsize=(4.6, 4), layout="constrained")
    axis.contourf(a, b, fires, levels=[-0.5, 0.5, 1.5], colors=["#f1f1ee", "#b9d6ee"])
    for name, colour in [("OR", "#1f5f99"), ("NAND", "#7a3f98")]:
        axis.contour(a, b, unit(name)(a, b), levels=[0.5], colors=colour, linewidths=1.5)
        axis.plot([], [], color=colour, label=f"{name} line")
    for value, colour in [(0, "white"), (1, "#e07b39")]:
        rows = ROWS[GATES["XOR"] == value]
        axis.scatter(
            *rows.T, s=90, color=colour, edgecolor="black", zorder=3, label=f"should be {value}"
        )
    axis.set(
        title="XOR from your gates",
        xlabel="a",
        ylabel="b",
        xticks=[0, 1],
        yticks=[0, 1],
        aspect="equal",
    )
    axis.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    plt.show()


# %% [markdown]
# ## From a step to a slope
#
# The threshold is flat except for its jump at 0, so small changes of the weights change nothing,
# and there is no direction in which to improve. Smooth activations mend that.
#
# > **The slide says** $\tanh x = \dfrac{1 - e^{-2x}}{1 + e^{-2x}}$. As mathematics it is right;
# > as code, check it. tanh(−355) is −1 to double precision. What does the formula give?

# %%
with np.errstate(all="ignore"):
    for x in [-1.0, -354.0, -355.0]:
        print(f"x = {x:6}: the slide gives {(1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))}")

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: Sigmoid and tanh
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}, \quad \sigma' = \sigma (1 - \sigma), \qquad
# \tanh x = 2 \sigma(2x) - 1, \quad \tanh' = 1 - \tanh^2$$
#
# $x$ is a number or an array of any shape; each function works element by element, in double
# precision, and is right to nine digits. `np.tanh` is allowed; writing it yourself teaches more.
#
# From $x = 710$ on, $e^x$ is too large for a double. So the functions must be **stable**: right at
# −1000 and 1000, without any warning. A hint: $e^{-|x|}$ never overflows, and for $x < 0$ you may
# multiply top and bottom of $\sigma$ by $e^x$.
#
# The derivatives take the same $x$ as the functions, not their result.

# %% [raw]
# # BEGIN SOLUTION


# %%
def sigmoid(x: ArrayLike) -> np.ndarray:
    """Return 1 / (1 + exp(-x)), element by element, without overflow.

    Parameters
    ----------
    x : float or array_like
        Numbers of any shape.

    Returns
    -------
    float or ndarray
        Values from 0 to 1, in the shape of x.

    Examples
    --------
    >>> sigmoid(np.array([-1000.0, 0.0]))
    array([0. , 0.5])
    """
    # BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    small = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, small) / (1 + small)
    # END SOLUTION


def sigmoid_grad(x: ArrayLike) -> np.ndarray:
    """Return the derivative of the sigmoid at x, in the shape of x.

    Examples
    --------
    >>> float(sigmoid_grad(0.0))
    0.25
    """
    # BEGIN SOLUTION
    s = sigmoid(x)
    return s * (1 - s)
    # END SOLUTION


def tanh(x: ArrayLike) -> np.ndarray:
    """Return the hyperbolic tangent of x, without overflow, in the shape of x.

    Examples
    --------
    >>> tanh(np.array([-1000.0, 0.0]))
    array([-1.,  0.])
    """
    # BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    small = np.exp(-2 * np.abs(x))
    return np.sign(x) * (1 - small) / (1 + small)
    # END SOLUTION


def tanh_grad(x: ArrayLike) -> np.ndarray:
    """Return the derivative of tanh at x, in the shape of x.

    Examples
    --------
    >>> float(tanh_grad(0.0))
    1.0
    """
    # BEGIN SOLUTION
    return 1 - tanh(x) ** 2
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


def test_sigmoid_numbers(sigmoid, sigmoid_grad):
    """sigmoid is right at -1, 1, 2 and -1000, without a warning, and its slopes at 0 and 1."""
    import warnings

    expected = np.array([0.26894142, 0.73105858, 0.88079708])
    close(sigmoid(np.array([-1.0, 1.0, 2.0])), expected, atol=1e-8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        close(sigmoid(-1000.0), 0.0)
    close(sigmoid_grad(0.0), 0.25)
    close(sigmoid_grad(1.0), 0.19661193, atol=1e-8)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_tanh_numbers(tanh, tanh_grad):
    """tanh is right at -1, 1, 2 and -1000, without a warning, and its slopes at 0 and 1."""
    import warnings

    expected = np.array([-0.76159416, 0.76159416, 0.96402758])
    close(tanh(np.array([-1.0, 1.0, 2.0])), expected, atol=1e-8)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        close(tanh(-1000.0), -1.0)
    close(tanh_grad(0.0), 1.0)
    close(tanh_grad(1.0), 0.41997434, atol=1e-8)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sigmoid_shapes(sigmoid, rng):
    """sigmoid is right for numbers, lists, whole numbers and arrays of any shape."""
    for shape in [(), (7,), (3, 4), (2, 1, 3)]:
        x = rng.normal(size=shape) * 4
        before, expected = np.copy(x), 1 / (1 + np.exp(-x))
        close(sigmoid(x), expected)
        close(x, before)
    whole = rng.integers(-9, 10, size=8)
    expected = 1 / (1 + np.exp(-whole.astype(float)))
    close(sigmoid(whole), expected)
    close(sigmoid(whole.tolist()), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_sigmoid_stable(sigmoid, rng):
    """sigmoid gives 0 and 1 far from 0, among ordinary values, without a warning."""
    import warnings

    far = rng.uniform(750, 5000, size=6)
    near = rng.normal(size=4)
    expected = 1 / (1 + np.exp(-near))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        close(sigmoid(np.append(near, far)), np.append(expected, np.ones(6)))
        close(sigmoid(np.append(near, -far)), np.append(expected, np.zeros(6)))
        close(sigmoid(-far[0]), 0.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_tanh_stable(tanh, rng):
    """tanh is right near 0 and gives -1 and 1 far away, without a warning."""
    import warnings

    far = rng.uniform(360, 5000, size=6)
    near = rng.normal(size=(3, 4)) * 2
    before, expected = near.copy(), np.tanh(near)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        close(tanh(near), expected)
        close(near, before)
        close(tanh(near.tolist()), expected)
        close(tanh(far), np.ones(6))
        close(tanh(np.append(far, -far).reshape(3, 4)), np.repeat([1.0, -1.0], 6).reshape(3, 4))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_slopes(sigmoid_grad, tanh_grad, rng):
    """Both derivatives agree with the slopes of the curves, and vanish far from 0."""
    import warnings

    far = rng.uniform(750, 5000, size=3)
    for shape in [(9,), (4, 3)]:
        x = rng.normal(size=shape) * 2
        before = x.copy()
        slope_s, slope_t = np.exp(-x) / (1 + np.exp(-x)) ** 2, 1 / np.cosh(x) ** 2
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            close(sigmoid_grad(x), slope_s)
            close(tanh_grad(x), slope_t)
            close(sigmoid_grad(np.append(-far, far)), np.zeros(6))
            close(tanh_grad(np.append(-far, far)), np.zeros(6))
        close(x, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** that leaky ReLU is $\max(\alpha z, z)$. Check it with $\alpha = 2$ at
# > $z = -1$, where the answer should be $\alpha z = -2$.

# %%
for alpha in [0.01, 2.0]:
    print(f"alpha {alpha}: the slide gives {np.maximum(alpha * -1.0, -1.0)}, wanted {alpha * -1.0}")

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ## Question 8: ReLU and leaky ReLU
#
# $$\operatorname{relu}(z) = \begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases} \qquad
# \operatorname{leaky}(z) = \begin{cases} z & z > 0 \\ \alpha z & z \le 0 \end{cases}$$
#
# $z$ is a number or an array of any shape. The number $\alpha \ge 0$ may be above 1; the second
# deck's slide uses 0.01, its notebooks 0.2. At $z = 0$ there is no slope, so we choose one:
# **the derivative at 0 is 0 for ReLU and $\alpha$ for leaky ReLU.**
#
# A slide of the first deck calls ReLU linear. It isn't: relu(−1) + relu(1) = 1, yet
# relu(−1 + 1) = 0.

# %% [raw]
# # BEGIN SOLUTION


# %%
def relu(x: ArrayLike) -> np.ndarray:
    """Return x where x is above 0 and 0 elsewhere, in the shape of x.

    Examples
    --------
    >>> relu(np.array([-1.0, 1.0, 2.0]))
    array([0., 1., 2.])
    """
    # BEGIN SOLUTION
    return np.maximum(np.asarray(x), 0)
    # END SOLUTION


def relu_grad(x: ArrayLike) -> np.ndarray:
    """Return the derivative of ReLU at x, which is 0 at 0, in the shape of x.

    Examples
    --------
    >>> relu_grad(np.array([-1.0, 0.0, 2.0]))
    array([0., 0., 1.])
    """
    # BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, 0.0)
    # END SOLUTION


def leaky_relu(x: ArrayLike, alpha: float = 0.01) -> np.ndarray:
    """Return x where x is above 0 and alpha times x elsewhere.

    Parameters
    ----------
    x : float or array_like
        Numbers of any shape.
    alpha : float, optional
        Slope below 0; it may be above 1.

    Returns
    -------
    float or ndarray
        In the shape of x.

    Examples
    --------
    >>> leaky_relu(np.array([-1.0, 1.0, 2.0]))
    array([-0.01,  1.  ,  2.  ])
    """
    # BEGIN SOLUTION
    x = np.asarray(x)
    return np.where(x > 0, x, alpha * x)
    # END SOLUTION


def leaky_relu_grad(x: ArrayLike, alpha: float = 0.01) -> np.ndarray:
    """Return the derivative of leaky ReLU at x, which is alpha at 0, in the shape of x.

    Examples
    --------
    >>> leaky_relu_grad(np.array([-1.0, 0.0, 2.0]), alpha=0.2)
    array([0.2, 0.2, 1. ])
    """
    # BEGIN SOLUTION
    return np.where(np.asarray(x) > 0, 1.0, alpha)
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


def test_relu_numbers(relu, relu_grad):
    """relu of -1, 0, 2 is 0, 0, 2, its slopes there are 0, 0, 1, and its argument stays."""
    x = np.array([-1.0, 0.0, 2.0])
    close(relu(x), np.array([0.0, 0.0, 2.0]))
    assert x[0] == -1, "the array given to relu was changed"
    close(relu_grad(x), np.array([0.0, 0.0, 1.0]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_leaky_numbers(leaky_relu, leaky_relu_grad):
    """leaky_relu of -1, 0, 2 is -0.01, 0, 2, with alpha 2 it is -2, 0, 2 with slopes 2, 2, 1."""
    x = np.array([-1.0, 0.0, 2.0])
    close(leaky_relu(x), np.array([-0.01, 0.0, 2.0]))
    close(leaky_relu(x, 2.0), np.array([-2.0, 0.0, 2.0]))
    close(leaky_relu_grad(x, 2.0), np.array([2.0, 2.0, 1.0]))
    assert x[0] == -1, "the array given to leaky_relu or leaky_relu_grad was changed"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_relu_everywhere(relu, relu_grad, rng):
    """relu and its derivative, 0 included, for arrays of any shape, numbers and lists."""
    for shape in [(6,), (3, 4), (2, 1, 5)]:
        x = rng.integers(-3, 4, size=shape) * rng.uniform(0.2, 3)
        x.flat[:4] = 0.0, -1.5, rng.uniform(1, 3), rng.uniform(0.01, 0.3)
        before = x.copy()
        value, slope = x * (x > 0), 1.0 * (x > 0)
        close(relu(x), value)
        close(relu_grad(x), slope)
        close(x, before)
        close(relu(x.tolist()), value)
        close(relu_grad(x.tolist()), slope)
    z = rng.uniform(1, 5)
    close(relu(-z), 0)
    close(relu(z), z)
    close(relu_grad(z), 1.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_leaky_everywhere(leaky_relu, rng):
    """leaky_relu with alpha below and above 1, whole numbers and lists included."""
    for alpha in [rng.uniform(0.05, 0.5), rng.uniform(1.5, 4), 2]:
        x = rng.normal(size=(3, 5))
        whole = rng.permutation([-7, -2, 0, 1, 6])
        before = x.copy()
        close(leaky_relu(x, alpha), x * np.where(x > 0, 1, alpha))
        close(x, before)
        expected = whole * np.where(whole > 0, 1, alpha)
        close(leaky_relu(whole, alpha), expected)
        close(leaky_relu(whole.tolist(), alpha), expected)
    z = rng.uniform(1, 5)
    close(leaky_relu(-z), -0.01 * z)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_leaky_slopes(leaky_relu_grad, rng):
    """The derivative of leaky_relu is alpha at and below 0, also for alpha above 1."""
    for alpha in [rng.uniform(0.05, 0.5), rng.uniform(1.5, 4), 2]:
        x = rng.permutation(np.append(rng.normal(size=9), [0.0, -1.0, 1.0])).reshape(3, 4)
        before = x.copy()
        expected = np.where(x > 0, 1, alpha)
        close(leaky_relu_grad(x, alpha), expected)
        close(x, before)
        close(leaky_relu_grad(x.tolist(), alpha), expected)
    close(leaky_relu_grad(np.array([0.0, rng.uniform(1, 5)])), np.array([0.01, 1.0]))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q7", "q8")
def activations():
    x = np.arange(-200, 201) / 50
    pairs = {
        "sigmoid": (sigmoid(x), sigmoid_grad(x)),
        "tanh": (tanh(x), tanh_grad(x)),
        "ReLU": (relu(x), relu_grad(x)),
        "leaky ReLU, alpha 0.2": (leaky_relu(x, 0.2), leaky_relu_grad(x, 0.2)),
    }
    _, axes = plt.subplots(2, 4, figsize=(11, 4.6), sharex=True, layout="constrained")
    for (top, bottom), (name, (y, slope)) in zip(axes.T, pairs.items(), strict=True):
        shapes = np.shape(y), np.shape(slope)
        assert shapes == (x.shape, x.shape), f"{name} or its derivative changes the shape of x"
        for axis in [top, bottom]:
            axis.axhline(0, color="0.8", linewidth=0.8)
            axis.axvline(0, color="0.8", linewidth=0.8)
            axis.spines[["top", "right"]].set_visible(False)
        top.plot(x, y, color="#1f5f99", linewidth=2)
        for side in [x < 0, x > 0]:  # apart, so that no stroke joins a jump at 0
            bottom.plot(x[side], np.asarray(slope)[side], color="#e07b39", linewidth=2)
        bottom.plot(0, np.asarray(slope)[x == 0], "o", color="#e07b39", label="at 0")
        top.set(title=name, ylim=(-1.2, 2.2))
        bottom.set(ylim=(-0.1, 1.2), xlabel="x")
    axes[0, 0].set_ylabel("activation")
    axes[1, 0].set_ylabel("derivative")
    axes[1, 0].legend(frameon=False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q9
# several_answers: true

# %% [markdown]
# ## Question 9: A hill from two sigmoids
#
# Can units make any shape? With enough of them, nearly. A steep sigmoid is a soft step. A step up
# at 0.2 minus a step up at 0.5 is a bump between the two. Bumps side by side make a staircase that
# follows any continuous curve: that is the universal approximation theorem (Cybenko; second and
# third deck):
#
# $$G(x) = \sum_{j=1}^{N} v_j\, \sigma(w_j x + b_j).$$
#
# Here $x$ is a number, and $v$ (the slides write $\alpha$), $w$, $b$ have shape $(N,)$: one
# height, one weight and one bias per unit. The curve is cut at the `edges`
# $e_0 < e_1 < \dots < e_m$, shape $(m + 1,)$; between $e_i$ and $e_{i+1}$ it has the height $h_i$,
# with $h$ of shape $(m,)$:
#
# $$G(x) = \sum_{i=0}^{m-1} h_i \left[\sigma(s (x - e_i)) - \sigma(s (x - e_{i+1}))\right],$$
#
# where the number $s$ is `steep`. Return the units that make this $G$. Order and number of units
# are up to you.
#
# > **The slide writes** $b$ without an index, as if all units shared one bias (third deck). The
# > dashed line in the picture is your units with one bias: those of equal weight all step at the
# > same place.

# %% [raw]
# # BEGIN SOLUTION


# %%
def bump_units(
    edges: ArrayLike, heights: ArrayLike, steep: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the units whose weighted sum of sigmoids is a row of bumps.

    Parameters
    ----------
    edges : array_like, shape (m + 1,)
        Where the bumps begin and end, increasing.
    heights : array_like, shape (m,)
        Height between one edge and the next.
    steep : float
        Steepness of every step.

    Returns
    -------
    v, w, b : ndarray, shape (N,)
        For each unit its height, its weight and its bias.

    Examples
    --------
    >>> v, w, b = bump_units([0.0, 1.0, 3.0], [2.0, 5.0], steep=50)
    >>> v.shape == w.shape == b.shape
    True
    """
    # BEGIN SOLUTION
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, -heights])
    w = np.full(v.shape, float(steep))
    b = -steep * np.concatenate([edges[:-1], edges[1:]])
    return v, w, b
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


def test_one_bump(bump_units):
    """One bump of height 3 from 0.2 to 0.5: near 0 at 0 and 1, near 3 in the middle."""
    v, w, b = map(np.asarray, bump_units([0.2, 0.5], [3.0], 100))
    one_shape = v.shape == w.shape == b.shape
    assert one_shape, f"the shapes of v, w and b differ: got {v.shape}, {w.shape}, {b.shape}"
    x = np.array([0.0, 0.35, 1.0])
    z = w * x[:, None] + b
    close((1 / (1 + np.exp(-z))) @ v, np.array([0.0, 3.0, 0.0]), atol=1e-4)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_single_soft_bumps(bump_units, rng):
    """Single bumps anywhere, gentle or steep, agree with the formula at every point."""

    def s(z):
        return 0.5 * (1 + np.tanh(z / 2))

    for steep in rng.uniform(1, 12, size=4):
        edges = rng.normal() + np.array([0.0, rng.uniform(0.3, 3)])
        heights = rng.uniform(1, 4, size=1) * rng.choice([-1, 1])
        x = rng.uniform(-4, 4, size=30)
        expected = heights[0] * (s(steep * (x - edges[0])) - s(steep * (x - edges[1])))
        before_edges, before_heights = edges.copy(), heights.copy()
        v, w, b = map(np.asarray, bump_units(edges, heights, steep))
        close(edges, before_edges)
        close(heights, before_heights)
        one_shape = v.shape == w.shape == b.shape
        assert one_shape, f"the shapes of v, w and b differ: got {v.shape}, {w.shape}, {b.shape}"
        close(s(w * x[:, None] + b) @ v, expected, atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_rows_of_bumps(bump_units, rng):
    """Rows of several bumps of uneven widths agree with the formula, lists included."""

    def s(z):
        return 0.5 * (1 + np.tanh(z / 2))

    for m in [2, 3, 6]:
        steep = rng.uniform(2, 20)
        edges, heights = np.cumsum(rng.uniform(0.2, 1, size=m + 1)), rng.normal(size=m) * 3
        x = rng.uniform(-1, m + 2, size=40)
        steps = s(steep * (x[:, None] - edges))
        expected = (steps[:, :-1] - steps[:, 1:]) @ heights
        v, w, b = map(np.asarray, bump_units(edges.tolist(), heights.tolist(), steep))
        one_shape = v.shape == w.shape == b.shape
        assert one_shape, f"the shapes of v, w and b differ: got {v.shape}, {w.shape}, {b.shape}"
        close(s(w * x[:, None] + b) @ v, expected, atol=1e-9)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q7", "q9")
def bumps_follow_a_curve():
    x = np.linspace(0, 1, 801)

    def curve(t):
        return np.sin(2 * np.pi * t) + 0.5 * np.cos(5 * np.pi * t)

    _, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True, layout="constrained")
    for axis, m in zip(axes, [8, 40], strict=True):
        edges = np.linspace(-0.5 / m, 1 + 0.5 / m, m + 2)
        heights = curve((edges[:-1] + edges[1:]) / 2)
        v, w, b = map(np.asarray, bump_units(edges, heights, 20 * m))
        axis.plot(x, curve(x), color="0.55", linewidth=4, alpha=0.5, label="the curve")
        axis.plot(x, sigmoid(np.outer(x, w) + b) @ v, color="#1f5f99", label="your units")
        axis.plot(
            x,
            sigmoid(np.outer(x, w) + b.mean()) @ v,
            "--",
            color="#e07b39",
            label="the same with one bias",
        )
        axis.set(title=f"{m + 1} bumps side by side", xlabel="x")
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].legend(frameon=False)
    plt.show()


# %% [markdown]
# ## What you can do now
#
# You can write a unit, choose its weights with room to spare, train it with the perceptron rule and
# read its errors. You can show with four inequalities that one unit is not XOR, and build XOR from
# three. You know four activations and their slopes, and where a formula that is right on paper
# overflows in code.
#
# Next comes **02: forward pass, softmax and losses**. There many units form a layer, so that $w$
# becomes a matrix, and layers form a network.
