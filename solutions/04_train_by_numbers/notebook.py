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
# # A network trained by numerical gradients
#
# An iris has four lengths that one can measure, and belongs to one of three species. A network with
# 4 inputs, 5 hidden nodes and 3 outputs can learn to tell which. It holds 43 numbers. You measure
# how the loss changes with each of them, move all 43 a little downhill, and do that again: this is
# training, with nothing hidden. Later notebooks only make it faster.
#
# The second deck, *Practical deep learning in Python*, trains this net and reports 98 % right. You
# build it piece by piece, find out why the deck's settings work only together with a slip in its
# code, and end with the number that counts: how many flowers it gets right that it has never seen.
#
# **House rules.** They hold in every question; tests check them.
#
# * When a function returns, its arguments are as they came.
# * `X`, `Y`, `y`: arrays or lists, of floats or whole numbers. Samples lie on axis 0.
# * The parameters of a net are a dict of float arrays, here called `params`. A function that trains
#   returns a new dict.
# * All chance comes from the generator `rng` that a function is given.
# * **Functions are arguments here.** What builds on an earlier piece takes it as an argument, with
#   yours as the default. Call the one that you are given: the tests bring their own. A default is
#   fixed when its cell runs, so after changing an answer run the cells below it again.

# %%
import time
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike
from sklearn.datasets import load_iris

BLUE, ORANGE, GREY = "#1f5f99", "#e07b39", "0.6"
FLOWERS, SPECIES = load_iris(return_X_y=True)  # (150, 4) lengths in cm, (150,) numbers 0, 1, 2
TARGETS = np.eye(3)[SPECIES]  # (150, 3): a 1 in the column of the species, 0 elsewhere
NAMES = ["setosa", "versicolor", "virginica"]
Params = dict[str, np.ndarray]


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), in the shape of x."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


print(FLOWERS[:3], SPECIES[:3])

# %% [raw]
# # BEGIN QUESTION
# name: q1
# several_answers: true

# %% [markdown]
# ## Question 1: Where to start
#
# | name | meaning | shape |
# | --- | --- | --- |
# | `W1` | weights from $d$ inputs to $m$ hidden nodes | $(d, m)$ |
# | `b1` | biases of the hidden nodes | $(m,)$ |
# | `W2` | weights from hidden nodes to $k$ classes | $(m, k)$ |
# | `b2` | biases of the classes | $(k,)$ |
#
# With $d, m, k = 4, 5, 3$ that makes $20 + 5 + 15 + 3 = 43$ numbers. If all weights start equal,
# the hidden nodes stay copies of each other for ever. So `init_params` draws every weight from the
# normal distribution with mean 0 and standard deviation `std`, and starts all biases at 0. Any
# order of drawing is right.

# %% [raw]
# # BEGIN SOLUTION


# %%
def init_params(d: int, m: int, k: int, rng: np.random.Generator, std: float = 0.01) -> Params:
    """Return parameters of a new net.

    Parameters
    ----------
    d, m, k : int
        Number of inputs, hidden nodes and classes.
    rng : numpy.random.Generator
        Draws the weights.
    std : float, optional
        Standard deviation of the weights.

    Returns
    -------
    dict of ndarray of float
        W1 (d, m), b1 (m,), W2 (m, k), b2 (k,).

    Examples
    --------
    >>> init_params(4, 5, 3, np.random.default_rng(0))["b2"]
    array([0., 0., 0.])
    """
    # BEGIN SOLUTION
    return {
        "W1": rng.normal(0, std, size=(d, m)),
        "b1": np.zeros(m),
        "W2": rng.normal(0, std, size=(m, k)),
        "b2": np.zeros(k),
    }
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


def test_shapes(init_params):
    """A 4-5-3 net: W1 (4, 5), b1 (5,), W2 (5, 3), b2 (3,), and the biases are 0."""
    params = init_params(4, 5, 3, np.random.default_rng(0), 0.5)
    close(
        {name: np.shape(params[name]) for name in params},
        {"W1": (4, 5), "b1": (5,), "W2": (5, 3), "b2": (3,)},
    )
    close(params["b1"], np.zeros(5))
    close(params["b2"], np.zeros(3))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_spread(init_params, rng):
    """Large nets: the weights have mean 0, the asked standard deviation, and a normal shape."""
    for std in [0.5, 0.01, 3.0]:
        d, m, k = (int(size) for size in rng.integers(60, 90, size=3))
        params = init_params(d, m, k, np.random.default_rng(int(rng.integers(2**32))), std)
        close(params["b1"], np.zeros(m))
        close(params["b2"], np.zeros(k))
        for name, shape in [("W1", (d, m)), ("W2", (m, k))]:
            assert np.shape(params[name]) == shape, f"{name} has another shape"
            scaled = np.asarray(params[name]) / std
            close(np.mean(scaled), 0.0, rtol=0, atol=0.1)
            close(np.std(scaled), 1.0, rtol=0.1)
            close(np.mean(np.abs(scaled) < 1), 0.683, rtol=0, atol=0.05)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_default_std(init_params, rng):
    """Without a std the weights spread by 0.01; a 4-5-3 net has 43 parameters, none equal."""
    params = init_params(4, 5, 3, np.random.default_rng(int(rng.integers(2**32))))
    values = np.concatenate([np.ravel(params[name]) for name in ["W1", "W2", "b1", "b2"]])
    close(values.shape, (43,))
    close(values[35:], np.zeros(8))
    close(len(set(values[:35].tolist())), 35)
    spread = np.sqrt(np.mean(values[:35] ** 2))
    assert 0.004 < spread < 0.02, f"the weights spread by {spread:.3g}"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rng(init_params, rng):
    """Two nets from one generator differ; the same seed gives the same net again."""
    for d, m, k in [(3, 3, 3), (2, 6, 4)]:
        seed = int(rng.integers(2**32))
        generator = np.random.default_rng(seed)
        first, second = (init_params(d, m, k, generator, 1.0) for _ in range(2))
        again = init_params(d, m, k, np.random.default_rng(seed), 1.0)
        other = init_params(d, m, k, np.random.default_rng(seed + 1), 1.0)
        close(first, again)
        for name in ["W1", "W2"]:
            for net in [second, other]:
                nearest = np.min(np.abs(np.asarray(first[name]) - net[name]))
                assert nearest > 0, f"two nets share weights in {name}"
            assert np.std(first[name]) > 0.1, f"the weights in {name} hardly differ"
        shared = set(np.ravel(first["W1"]).tolist()) & set(np.ravel(first["W2"]).tolist())
        assert not shared, "W1 and W2 share weights"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: What the net says
#
# $$H = \sigma(X W_1 + b_1), \qquad S = H W_2 + b_2, \qquad
# p_{ij} = \frac{e^{s_{ij}}}{\sum_{l=1}^{k} e^{s_{il}}}$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $X$ | $n$ samples, or one | $(n, d)$ or $(d,)$ |
# | $H$ | hidden nodes after the sigmoid $\sigma$ | $(n, m)$ or $(m,)$ |
# | $S$ | scores $s_{ij}$ | $(n, k)$ or $(k,)$ |
# | $p_{ij}$ | probability that sample $i$ is of class $j$ | like $S$ |
#
# `sigmoid` is given above. The sum in softmax runs over the classes of *one* sample. Two samples
# with scores (0, 0) and (7, 7) both get (0.5, 0.5). Subtract the largest score of each sample
# first, so that scores of 1000 do no harm. Write `softmax`, then `predict_proba`, which uses the
# softmax that it is given.

# %% [raw]
# # BEGIN SOLUTION


# %%
def softmax(z: ArrayLike) -> np.ndarray:
    """Return the probabilities of scores, for each sample on its own.

    Parameters
    ----------
    z : array_like, shape (n, k) or (k,)
        Scores of any size.

    Returns
    -------
    ndarray of float, in the shape of z

    Examples
    --------
    >>> softmax([[0, 0], [7, 7]])
    array([[0.5, 0.5],
           [0.5, 0.5]])
    """
    # BEGIN SOLUTION
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)
    # END SOLUTION


def predict_proba(params: Params, X: ArrayLike, softmax: Callable = softmax) -> np.ndarray:
    """Return the probability of each class for each sample.

    Parameters
    ----------
    params : dict of ndarray
        W1 (d, m), b1 (m,), W2 (m, k), b2 (k,).
    X : array_like, shape (n, d) or (d,)
        Samples, or one sample.
    softmax : callable, optional
        Turns scores into probabilities.

    Returns
    -------
    ndarray of float, shape (n, k) or (k,)

    Examples
    --------
    >>> net = {"W1": np.zeros((1, 1)), "b1": np.zeros(1)}
    >>> net |= {"W2": np.zeros((1, 2)), "b2": np.log([1.0, 3.0])}
    >>> predict_proba(net, [[5.0]])
    array([[0.25, 0.75]])
    """
    # BEGIN SOLUTION
    hidden = sigmoid(np.asarray(X) @ params["W1"] + params["b1"])
    return softmax(hidden @ params["W2"] + params["b2"])
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


def test_two_samples(softmax):
    """Scores (0, 0) and (7, 7): each sample gets 0.5 and 0.5; (0, ln 3) alone gets 0.25, 0.75."""
    close(softmax(np.array([[0.0, 0.0], [7.0, 7.0]])), np.full((2, 2), 0.5))
    try:
        alone = softmax(np.array([0.0, np.log(3)]))
    except (ValueError, IndexError) as error:
        raise AssertionError(f"one sample alone, scores of shape (2,), stops: {error}") from error
    close(alone, np.array([0.25, 0.75]))
    far = np.asarray(softmax([[1000, 1000], [0, 0]]))
    assert np.sum(np.isnan(far)) == 0, "a sample at 1000 beside one at 0: nan; whose largest score?"
    close(far, np.full((2, 2), 0.5))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_scores_of_a_net(predict_proba):
    """The second deck's 2-3-2 net has the scores 0.5161598 and 1.2140270 for (1, 0.5)."""
    net = {"W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]), "b1": np.array([0.1, 0.2, 0.3])}
    net |= {"W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]), "b2": np.array([0.1, 0.2])}
    right = np.array([[0.516159837793, 1.214026956166]])
    close(predict_proba(net, np.array([[1.0, 0.5]]), lambda scores: np.asarray(scores)), right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_softmax_rows(softmax, rng):
    """Batches of 1 to 150, one sample alone, whole numbers and lists: each sample adds up to 1."""
    for n, k in [(150, 3), (1, 4), (2, 5), (4, 2)]:
        z = rng.normal(size=(n, k)) * 3
        before = z.copy()
        expected = np.array([np.exp(row) / sum(np.exp(row)) for row in z])
        close(softmax(z), expected)
        close(z, before)
        close(softmax(z[0]), expected[0])
    whole = rng.integers(-4, 5, size=(3, 4))
    expected = reference.softmax(whole)
    close(softmax(whole), expected)
    close(softmax(whole.tolist()), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_softmax_far(softmax, rng):
    """Scores around 1000, and samples 1000 apart, are no different from small ones."""
    for n, k in [(3, 3), (5, 2)]:
        z = rng.normal(size=(n, k))
        expected = reference.softmax(z)
        close(softmax(z + 1000), expected)
        close(softmax(z - 1000), expected)
        close(softmax(z + 500 * np.arange(n)[:, None]), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_predict_nets(predict_proba, rng):
    """Nets of several sizes, batches and single samples, with a given softmax; nothing changes."""
    for n, d, m, k in [(150, 4, 5, 3), (1, 2, 3, 2), (6, 3, 2, 4), (4, 4, 4, 4)]:
        params = reference.init_params(d, m, k, rng, 1.0)
        params["b1"], params["b2"] = rng.normal(size=m), rng.normal(size=k)
        X = rng.normal(size=(n, d)) * 2
        kept, before = {name: params[name].copy() for name in params}, X.copy()
        expected = reference.predict_proba(params, X)
        close(predict_proba(params, X, reference.softmax), expected)
        close(predict_proba(params, X[0], reference.softmax), expected[0])
        close(params, kept)
        close(X, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_softmax(predict_proba, rng):
    """Another function in the place of softmax is used, with whole numbers and lists as samples."""
    for n, d, m, k in [(3, 2, 4, 3), (2, 5, 3, 2)]:
        params = reference.init_params(d, m, k, rng, 1.0)
        params["b1"], params["b2"] = rng.normal(size=m), rng.normal(size=k)
        X, shift = rng.integers(-3, 4, size=(n, d)), rng.uniform(1, 2)

        def other(z, shift=shift):
            return shift - 2 * np.asarray(z)

        expected = reference.predict_proba(params, X, other)
        close(predict_proba(params, X, softmax=other), expected)
        close(predict_proba(params, X.tolist(), other), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: How wrong it is
#
# Write `net_loss`, the *mean* cross-entropy of the $n$ samples:
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{k} y_{ij} \ln p_{ij}$$
#
# Here $p_{ij}$ comes from `predict(params, X)`, and $y_{ij}$ from the targets $Y$, shape $(n, k)$:
# 1 in the column of the right class, 0 elsewhere. For one sample, $X$ has shape $(d,)$, $Y$ and
# what `predict` returns have $(k,)$, and $n = 1$. A probability below $10^{-12}$ counts as
# $10^{-12}$: the logarithm of 0 would be infinite.
#
# By hand: three samples get the probabilities 0.7, 0.8 and 0.5 for their right classes. The loss is
# $(0.357 + 0.223 + 0.693) / 3 = 0.424$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def net_loss(
    params: Params, X: ArrayLike, Y: ArrayLike, predict: Callable = predict_proba
) -> float:
    """Return the mean cross-entropy of a net, in nats.

    Parameters
    ----------
    params : dict of ndarray
        Handed on to predict.
    X : array_like, shape (n, d) or (d,)
        Samples, or one sample.
    Y : array_like, shape (n, k) or (k,)
        Targets: 1 for the right class, 0 elsewhere.
    predict : callable, optional
        Called as predict(params, X); returns probabilities in the shape of Y.

    Returns
    -------
    float

    Examples
    --------
    >>> half = lambda params, X: np.full((2, 2), 0.5)
    >>> round(float(net_loss({}, [[3.0], [4.0]], [[1, 0], [0, 1]], half)), 4)
    0.6931
    """
    # BEGIN SOLUTION
    P = np.maximum(np.atleast_2d(predict(params, X)), 1e-12)
    return -np.sum(np.asarray(Y) * np.log(P)) / len(P)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
"""  # END TEST CONFIG


def test_three_samples(net_loss):
    """Probabilities 0.7, 0.8 and 0.5 for the right classes: the loss is 0.424321892."""
    P = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.2, 0.5]])
    net = {"W1": np.zeros((4, 2)), "b1": np.zeros(2), "W2": np.zeros((2, 3)), "b2": np.zeros(3)}
    loss = net_loss(net, np.zeros((3, 4)), np.eye(3), lambda params, X: P)
    assert abs(loss - np.log(3)) > 1e-6, "it used predict_proba, not the predict that it was given"
    close(loss, 0.424321892, atol=1e-9)
    p = np.array([0.25, 0.75])
    alone = net_loss(net, [0.0, 0.0], [0, 1], lambda params, X: p)
    assert abs(alone - np.log(4 / 3)) < 1e-9, f"one sample alone, 0.75 for the right class: {alone}"
    missed = net_loss(net, [0.0, 0.0], [0, 1], lambda params, X: np.array([1.0, 0.0]))
    assert abs(missed - 12 * np.log(10)) < 1e-6, f"probability 0 costs 27.63, not {missed}"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_batches(net_loss, rng):
    """Batches of 1 to 150, two to five classes, targets as arrays and as lists."""
    for n, k in [(4, 3), (150, 3), (1, 2), (3, 5), (5, 5)]:
        P, picked = rng.dirichlet(np.ones(k), size=n) * 0.9 + 0.1 / k, rng.integers(k, size=n)
        X, Y = rng.normal(size=(n, 2)), np.eye(k)[picked]
        before = P.copy(), Y.copy()
        expected = -sum(np.log(P[i, picked[i]]) for i in range(n)) / n
        close(net_loss({}, X, Y, lambda params, X, P=P: P), expected)
        close((P, Y), before)
        close(net_loss({}, X.tolist(), Y.astype(int).tolist(), lambda params, X, P=P: P), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_one_sample(net_loss, rng):
    """One sample alone: the samples, targets and probabilities have one axis."""
    for k in [2, 3, 6]:
        p, right = rng.dirichlet(np.ones(k)) * 0.9 + 0.1 / k, int(rng.integers(k))
        expected = -np.log(p[right])
        close(
            net_loss({}, rng.normal(size=4), np.eye(k)[right], lambda params, X, p=p: p), expected
        )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sure_misses(net_loss, rng):
    """Probabilities of exactly 0 and 1: a sure miss costs 12 ln 10 = 27.63, a sure hit nothing."""
    P = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]])
    for wrong in [1, 3, 0]:
        Y = np.roll(np.eye(3), 1, axis=1)[np.argmax(P, axis=1)] if wrong == 3 else P.copy()
        Y[0] = np.eye(3)[1] if wrong else P[0]
        expected = 12 * np.log(10) * float(np.sum((P - Y)[:, :] > 0)) / 4
        close(
            net_loss({}, np.zeros((4, 2)), Y, lambda params, X: P), expected, rtol=1e-8, atol=1e-9
        )


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_given_predict(net_loss, rng):
    """predict gets parameters and samples; a start costs ln 3, with one sum for all ln 450."""
    for n, k in [(3, 4), (5, 2)]:
        params = {"W": rng.normal(size=(2, k)), "b": rng.normal(size=k)}
        X, Y = rng.normal(size=(n, 2)), np.eye(k)[rng.integers(k, size=n)]

        def predict(params, X):
            e = np.exp(np.asarray(X) @ params["W"] + params["b"])
            return e / e.sum(axis=1, keepdims=True)

        expected = -np.sum(Y * np.log(predict(params, X))) / n
        close(net_loss(params, X, Y, predict=predict), expected)
    Y = np.eye(3)[np.arange(150) // 50]
    X, start = rng.normal(size=(150, 4)), reference.init_params(4, 5, 3, rng, 0.01)
    close(net_loss(start, X, Y, reference.predict_proba), 1.0986, rtol=0, atol=2e-3)

    def one_sum(params, X):
        return np.full((150, 3), 1 / 450)

    close(150 * net_loss(start, X, Y, one_sum), 916.38, rtol=0, atol=0.01)
    close(150 * net_loss(start, X, Y, lambda params, X: Y / 150), 751.6, rtol=0, atol=0.01)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** `np.exp(x) / np.sum(np.exp(x))`: one sum for all 150 flowers. Its loss turns
# > the batch into one long row, so nothing is divided by 150 either: the sum of our three samples'
# > losses is 1.27. Check both: at the start each of the 450 scores gets about 1/450, so each flower
# > costs $\ln 450$. A *perfect* net shares the sum equally among 150 right answers: no net can get
# > below what you see then.


# %%
def slide_softmax(z):
    """Return the slide's softmax: one sum for the whole batch."""
    e = np.exp(z)
    return e / np.sum(e)


def slide_loss(params, X, Y):
    """Return the slide's loss: its softmax, and the sum over all samples."""
    return len(X) * net_loss(params, X, Y, lambda p, x: predict_proba(p, x, slide_softmax))


@picture("q1", "q2", "q3")
def start_losses():
    start = init_params(4, 5, 3, np.random.default_rng(0), 0.01)
    perfect = 150 * net_loss(start, FLOWERS, TARGETS, lambda params, X: TARGETS / 150)
    print(f"yours: {net_loss(start, FLOWERS, TARGETS):.4f}    ln 3: {np.log(3):.4f}")
    print(
        f"slide: {slide_loss(start, FLOWERS, TARGETS):.2f}    150 ln 450: {150 * np.log(450):.2f}"
    )
    print(f"slide, perfect net: {perfect:.1f}    150 ln 150: {150 * np.log(150):.1f}")


# %% [markdown]
# A net that knows nothing spreads its bets: with small weights, a start loss near $\ln k$ is a good
# test of any classifier. Accuracy hides the slip, for each sample's largest probability stays its
# largest.

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: 86 losses for 43 slopes
#
# Write `numerical_grads`: for every single number $\theta$ in `params`, move it by $h$ to both
# sides while all others stay, and take the central difference
#
# $$\frac{\partial L}{\partial \theta} \approx \frac{L(\theta + h) - L(\theta - h)}{2h}.$$
#
# $L$ is `loss(params, X, Y)`, a number. The result is a dict with the names and shapes of `params`,
# which may be any. That takes two losses for each number, so 86 for our net; a hidden test counts
# them.
#
# > **The slide's** loss ignores its argument: it looks at the net's own weights, and works only
# > because the gradient changes those very weights while it measures. Whoever hands over a copy
# > gets a gradient of zeros. Copying is fine, if `loss` is given the copy that you moved.

# %% [raw]
# # BEGIN SOLUTION


# %%
def numerical_grads(
    params: Params, X: ArrayLike, Y: ArrayLike, loss: Callable = net_loss, h: float = 1e-4
) -> Params:
    """Return the slope of the loss along every parameter, by central differences.

    Parameters
    ----------
    params : dict of ndarray of float
        Any names and shapes.
    X, Y : array_like
        Samples and targets, handed on to loss.
    loss : callable, optional
        Called as loss(params, X, Y); returns a number.
    h : float, optional
        Step to either side, above 0.

    Returns
    -------
    dict of ndarray of float
        The names and shapes of params.

    Examples
    --------
    >>> numerical_grads({"w": np.array([3.0])}, [], [], lambda p, X, Y: p["w"][0] ** 2, h=0.5)
    {'w': array([6.])}
    """
    # BEGIN SOLUTION
    moved = {name: value.copy() for name, value in params.items()}
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            moved[name][index] = value[index] + h
            up = loss(moved, X, Y)
            moved[name][index] = value[index] - h
            down = loss(moved, X, Y)
            moved[name][index] = value[index]
            grads[name][index] = (up - down) / (2 * h)
    return grads
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


def test_two_parameters(numerical_grads):
    """The loss a b at a = 2, b = 5 has the slopes 5 and 2; params are then as before."""
    params = {"a": np.array([2.0]), "b": np.array([5.0])}
    grads = numerical_grads(params, [[0.0]], [[0.0]], lambda p, X, Y: p["a"][0] * p["b"][0], 0.5)
    for name, slope in [("a", 5.0), ("b", 2.0)]:
        got = np.asarray(grads[name])
        assert got.shape == (1,), f"the slope along {name} has shape {got.shape}, not (1,)"
        assert abs(got[0] - slope) < 1e-9, f"the slope along {name} is {slope}, not {got[0]}"
    close(grads, {"a": np.array([5.0]), "b": np.array([2.0])})
    close(params, {"a": np.array([2.0]), "b": np.array([5.0])})


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_samples_and_targets(numerical_grads):
    """The mean of (w x - y)^2 for x 1, 2 and y 1, 4 at w = 0 has the slope -9."""

    def loss(p, X, Y):
        return np.mean((np.asarray(X) * p["w"] - np.asarray(Y)) ** 2)

    X, Y = np.array([[1.0], [2.0]]), np.array([[1.0], [4.0]])
    close(
        numerical_grads({"w": np.zeros((1, 1))}, X, Y, loss), {"w": np.array([[-9.0]])}, rtol=1e-6
    )


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_wide_steps(numerical_grads, rng):
    """Cubic losses of dicts of many shapes, with wide steps; parameters that work on each other."""
    for shapes in [
        {"W": (2, 3), "b": (3,)},
        {"u": (1,), "v": (2, 1, 2), "w": (2, 2)},
        {"b2": (4,)},
    ]:
        params = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        c = {name: rng.uniform(0.5, 2, size=shape) for name, shape in shapes.items()}
        X, Y, h = rng.normal(size=(3, 2)), rng.normal(size=(3, 1)), rng.uniform(0.2, 0.8)
        tilt, total = np.sum(X) + 2 * np.sum(Y), sum(np.sum(params[name]) for name in params)

        def loss(p, X, Y, c=c):
            cubes = sum(np.sum(c[name] * p[name] ** 3) for name in c)
            return cubes + (np.sum(X) + 2 * np.sum(Y) + 1) * sum(np.sum(p[name]) for name in c) ** 2

        kept, before = {name: params[name].copy() for name in params}, X.copy()
        # Worked out by hand: the central difference of a cube is off by h squared.
        expected = {
            name: c[name] * (3 * params[name] ** 2 + h**2) + 2 * (tilt + 1) * total for name in c
        }
        close(numerical_grads(params, X, Y, loss, h), expected, rtol=1e-8, atol=1e-9)
        close(params, kept)
        close(X, before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_by_calculus(numerical_grads, rng):
    """The slopes of small softmax nets agree with calculus, biases included."""
    for n, d, m, k in [(5, 3, 2, 2), (1, 2, 3, 3)]:
        params = reference.init_params(d, m, k, rng, 1.0)
        params["b1"], params["b2"] = rng.normal(size=m), rng.normal(size=k)
        X, Y = rng.normal(size=(n, d)), np.eye(k)[rng.integers(k, size=n)]
        H = 1 / (1 + np.exp(-(X @ params["W1"] + params["b1"])))
        at_scores = (reference.predict_proba(params, X) - Y) / n
        at_hidden = at_scores @ params["W2"].T * H * (1 - H)
        expected = {"W1": X.T @ at_hidden, "b1": at_hidden.sum(axis=0)}
        expected |= {"W2": H.T @ at_scores, "b2": at_scores.sum(axis=0)}
        close(numerical_grads(params, X, Y, reference.net_loss), expected, rtol=1e-6, atol=1e-8)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_cost(numerical_grads, rng):
    """The 4-5-3 net: 86 losses; a batch in one sum has slopes 150 times as large at the start."""
    params = reference.init_params(4, 5, 3, rng, 0.01)
    X, Y = rng.normal(size=(150, 4)), np.eye(3)[rng.integers(3, size=150)]
    kept, count = {name: params[name].copy() for name in params}, []

    def right(p, X, Y):
        count.append(1)
        return reference.net_loss(p, X, Y)

    def slide(p, X, Y):
        hidden = 1 / (1 + np.exp(-(X @ p["W1"] + p["b1"])))
        e = np.exp(hidden @ p["W2"] + p["b2"])
        return -np.sum(Y * np.log(e / e.sum()))

    expected = reference.numerical_grads(params, X, Y, reference.net_loss)
    slopes = numerical_grads(params, X, Y, right)
    close(slopes, expected, rtol=1e-6, atol=1e-9)
    assert len(count) == 86, f"43 parameters took {len(count)} losses"
    steep = numerical_grads(params, X, Y, slide)
    close(params, kept)
    for name in ["W1", "b1", "W2", "b2"]:
        tiny = 0.02 * 150 * float(np.max(np.abs(expected[name])))
        close(np.asarray(steep[name]), 150 * expected[name], rtol=0.02, atol=tiny)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Look at the price of one step. And see what the deck's rate of 0.01 really was: where all
# probabilities are still nearly equal, its loss is 150 times as steep as the mean.


# %%
@picture("q1", "q2", "q3", "q4")
def price_of_a_step():
    start, count = init_params(4, 5, 3, np.random.default_rng(0), 0.01), []

    def counted(params, X, Y):
        count.append(1)
        return net_loss(params, X, Y)

    began = time.perf_counter()
    slopes = numerical_grads(start, FLOWERS, TARGETS, counted)
    spent = time.perf_counter() - began
    steep = numerical_grads(start, FLOWERS, TARGETS, slide_loss)
    size = sum(value.size for value in start.values())
    print(f"{size} parameters, {len(count)} forward passes, {1000 * spent:.1f} ms")
    for name, slope in slopes.items():
        ratio = np.linalg.norm(steep[name]) / np.linalg.norm(slope)
        print(f"{name}: the slide's gradient is {ratio:.2f} times as long as yours")
    print(f"so its rate of 0.01 acts like {0.01 * ratio:.2f}")


# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Train on everything at once
#
# In each step, measure all slopes at the present parameters, then move every parameter against its
# own slope: $\theta \leftarrow \theta - \eta \, \partial L / \partial \theta$, with the learning
# rate $\eta$ (`lr`). This is *full batch*: all samples count in every step.
#
# Write `train_full_batch`. Return the new parameters, and the losses: before the first step, and
# after each one. By hand, for the loss $w^2$ from $w = -5$ with rate 0.1, where the slope is $2w$:
# the parameter goes −5, −4, −3.2, so two steps return $w = -3.2$ and the losses 25, 16, 10.24.

# %% [raw]
# # BEGIN SOLUTION


# %%
def train_full_batch(
    params: Params,
    X: ArrayLike,
    Y: ArrayLike,
    lr: float,
    steps: int,
    grads: Callable = numerical_grads,
    loss: Callable = net_loss,
) -> tuple[Params, np.ndarray]:
    """Return parameters after gradient descent on all samples, and the losses on the way.

    Parameters
    ----------
    params : dict of ndarray of float
        Where to start; left as they came.
    X, Y : array_like
        Samples and targets, handed on to grads and loss.
    lr : float
        Learning rate.
    steps : int
        Number of steps.
    grads : callable, optional
        Called as grads(params, X, Y); returns the slopes, a dict like params.
    loss : callable, optional
        Called as loss(params, X, Y); returns a number.

    Returns
    -------
    params : dict of ndarray of float
    losses : ndarray of float, shape (steps + 1,)
    """
    # BEGIN SOLUTION
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
"""  # END TEST CONFIG


def test_two_steps(train_full_batch):
    """The loss w^2 from -5 with rate 0.1: two steps end at -3.2, with losses 25, 16, 10.24."""

    def grads(p, X, Y):
        return {"w": 2 * p["w"]}

    def loss(p, X, Y):
        return float(p["w"][0] ** 2)

    start = {"w": np.array([-5.0])}
    params, losses = train_full_batch(start, [[0.0]], [[0.0]], 0.1, 2, grads, loss)
    close(params, {"w": np.array([-3.2])})
    close(losses, np.array([25.0, 16.0, 10.24]))
    assert start["w"][0] == -5, "the parameters that were given have been changed"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_lines(train_full_batch, rng):
    """Lines through random samples, one to nine steps: parameters and every loss."""
    for n, d, k, steps in [(5, 2, 3, 4), (1, 3, 1, 9), (8, 1, 2, 1)]:
        X, Y = rng.normal(size=(n, d)), rng.normal(size=(n, k))
        start = {"W": rng.normal(size=(d, k)), "b": rng.normal(size=k)}
        lr = rng.uniform(0.05, 0.2)

        def grads(p, X, Y):
            miss = X @ p["W"] + p["b"] - Y
            return {"W": X.T @ miss, "b": miss.sum(axis=0)}

        def loss(p, X, Y):
            return float(np.sum((X @ p["W"] + p["b"] - Y) ** 2)) / 2

        expected = reference.train_full_batch(start, X, Y, lr, steps, grads, loss)
        kept, before = {name: start[name].copy() for name in start}, (X.copy(), Y.copy())
        close(train_full_batch(start, X, Y, lr, steps, grads, loss), expected)
        close(start, kept)
        close((X, Y), before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_names(train_full_batch, rng):
    """Parameters of any name and number, and slopes that come in another order."""
    for names in [["a", "b", "c"], ["W2"], ["x", "W1"]]:
        start = {name: rng.normal(size=(i + 1, 2)) for i, name in enumerate(names)}
        lr, steps = rng.uniform(0.1, 0.4), int(rng.integers(3, 7))

        def grads(p, X, Y):
            total = sum(float(np.sum(p[name])) for name in p)
            return {name: np.sin(p[name]) + 0.1 * total for name in sorted(p, reverse=True)}

        def loss(p, X, Y):
            return sum(float(np.sum(p[name] ** 2)) for name in p)

        expected = reference.train_full_batch(start, [[1.0]], [[1.0]], lr, steps, grads, loss)
        close(train_full_batch(start, [[1.0]], [[1.0]], lr, steps, grads, loss), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_no_steps(train_full_batch, rng):
    """No steps: the parameters as they were, and one loss; a huge rate may climb."""
    for steps, lr in [(0, 0.1), (3, 1.5)]:
        start = {"w": rng.uniform(1, 2, size=3)}

        def grads(p, X, Y):
            return {"w": 2 * p["w"]}

        def loss(p, X, Y):
            return float(np.sum(p["w"] ** 2))

        factors = (1 - 2 * lr) ** np.arange(steps + 1)
        expected = {"w": start["w"] * factors[-1]}, np.sum(start["w"] ** 2) * factors**2
        close(train_full_batch(start, [[0.0]], [[0.0]], lr, steps, grads, loss), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** weights of 0.01, rate 0.01, 3,000 steps, and gets 98 % right. Check the first
# > 100 steps with the right loss: grey does not move. The same start with rate 1.5 does, in jumps:
# > that rate is too large for these lengths. Dashed also brings all four lengths to mean 0 and
# > standard deviation 1. Blue adds larger weights and rate 2.

# %%
Z = (FLOWERS - FLOWERS.mean(axis=0)) / FLOWERS.std(axis=0)


@picture("q1", "q2", "q3", "q4", "q5")
def four_settings():
    steps = 100  # try 3000 some time: a minute or so
    figure, axis = plt.subplots(figsize=(7, 4.4), layout="constrained")
    for name, X, std, lr, colour, style in [
        ("as on the slide: rate 0.01", FLOWERS, 0.01, 0.01, GREY, "-"),
        ("the same, rate 1.5", FLOWERS, 0.01, 1.5, ORANGE, "-"),
        ("rate 1.5, standardized", Z, 0.01, 1.5, BLUE, "--"),
        ("standardized, weights 0.5, rate 2", Z, 0.5, 2.0, BLUE, "-"),
    ]:
        start = init_params(4, 5, 3, np.random.default_rng(0), std)
        params, losses = train_full_batch(start, X, TARGETS, lr, steps)
        assert np.shape(losses) == (steps + 1,), "one loss before the first step, one after each"
        right = np.mean(np.argmax(predict_proba(params, X), axis=1) == SPECIES)
        print(f"{name:34} loss {losses[0]:.4f} -> {losses[-1]:.4f}, right {right:.2f}")
        axis.plot(losses, color=colour, linestyle=style, linewidth=2, label=name)
    axis.set(title="Iris: one net, four settings", xlabel="step", ylabel="mean loss", ylim=(0, 2.3))
    axis.spines[["top", "right"]].set_visible(False)
    figure.legend(loc="outside lower center", ncols=2, frameon=False)
    plt.show()


# %% [markdown]
# The deck's result was no magic: dividing by one sum for all, and adding up where a mean belongs,
# made its rate of 0.01 one of about 1.5. We ran all 3,000 steps: the slide's loss falls from 916 to
# 761, with 98 % right; the right loss gets 98 % at rate 1.5 too, but only 70 to 85 % at 0.01. All
# on the flowers that they trained on.

# %% [raw]
# # BEGIN QUESTION
# name: q6
# several_answers: true

# %% [markdown]
# ## Question 6: Deal the flowers like cards
#
# A step needs no exact slope: 30 flowers show roughly where down is, and cost less. An *epoch* is
# one round in which every sample is used once. Shuffle the numbers 0 to $n - 1$, and deal them into
# *mini-batches* of `size`; what remains makes a last, smaller batch. Write `minibatches`, the
# batches of one epoch. With $n = 7$ and size 3, the batches may be (4, 0, 6), (2, 5, 1) and (3).
#
# > **The slide says** `random.choice(150, 30)`, for each batch anew. Python's takes one list, so
# > two arguments are a `TypeError`. NumPy's runs; check how many flowers five such batches reach,
# > with repeats inside a batch or without. Drawn anew, batches overlap either way.

# %%
chance = np.random.default_rng(0)
for repeats in [True, False]:
    drawn = [chance.choice(150, 30, replace=repeats) for _ in range(5)]
    print(f"repeats inside a batch: {repeats}, five reach {len(np.unique(drawn))} of 150 flowers")

# %% [raw]
# # BEGIN SOLUTION


# %%
def minibatches(n: int, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return the batches of one epoch: which samples each one holds.

    Parameters
    ----------
    n : int
        Number of samples.
    size : int
        Samples in a batch; the last one holds what remains.
    rng : numpy.random.Generator
        Shuffles.

    Returns
    -------
    list of ndarray of int
        Each of the numbers 0 to n - 1 occurs once, in random order.

    Examples
    --------
    >>> [len(batch) for batch in minibatches(7, 3, np.random.default_rng(0))]
    [3, 3, 1]
    """
    # BEGIN SOLUTION
    order = rng.permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
"""  # END TEST CONFIG


def test_seven_samples(minibatches):
    """Seven samples in threes: batches of 3, 3 and 1 that hold 0 to 6 once each."""
    batches = [np.asarray(batch) for batch in minibatches(7, 3, np.random.default_rng(1))]
    close([len(batch) for batch in batches], [3, 3, 1])
    close(np.sort(np.concatenate(batches)), np.arange(7))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_every_sample_once(minibatches, rng):
    """Epochs of many sizes: right number of samples in each batch, every sample exactly once."""
    for n, size in [(150, 30), (23, 4), (12, 4), (9, 1), (5, 8), (31, 30)]:
        sizes = [size] * (n // size) + [n % size] * (n % size > 0)
        batches = minibatches(n, size, np.random.default_rng(int(rng.integers(2**32))))
        batches = [np.asarray(batch) for batch in batches]
        close([len(batch) for batch in batches], sizes)
        close(np.sort(np.concatenate(batches)), np.arange(n))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_shuffled(minibatches, rng):
    """Another seed gives another order, the same seed the same one; every place is random."""
    for n, size in [(60, 7), (40, 10)]:
        seed = int(rng.integers(2**32))
        first, second, again = (
            np.concatenate(list(minibatches(n, size, np.random.default_rng(one))))
            for one in [seed, seed + 1, seed]
        )
        close(first, again)
        for order in [first, second]:
            close(np.sort(order), np.arange(n))
            assert 0.3 < np.mean(np.diff(order) > 0) < 0.7, "the numbers are not shuffled"
            far = np.mean(np.abs(order - np.arange(n))) / n
            assert 0.15 < far < 0.5, "the numbers stay near where they were"
        assert np.mean(first == second) < 0.3, "two seeds give the same order"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: Train on mini-batches
#
# In each epoch call `batches(n, size, rng)` once, and take one step for each batch that it returns:
# slopes measured on those samples and *their* targets only, at the parameters that the step before
# left. This is *stochastic* gradient descent, SGD.
#
# Write `train_minibatch`. Return the new parameters, and the losses of *all* samples: before the
# first epoch, and after each one.

# %% [raw]
# # BEGIN SOLUTION


# %%
def train_minibatch(
    params: Params,
    X: ArrayLike,
    Y: ArrayLike,
    lr: float,
    epochs: int,
    size: int,
    rng: np.random.Generator,
    grads: Callable = numerical_grads,
    loss: Callable = net_loss,
    batches: Callable = minibatches,
) -> tuple[Params, np.ndarray]:
    """Return parameters after SGD, and the loss of all samples after each epoch.

    Parameters
    ----------
    params : dict of ndarray of float
        Where to start; left as they came.
    X : array_like, shape (n, d)
        Samples.
    Y : array_like, shape (n, k)
        Targets.
    lr : float
        Learning rate.
    epochs : int
        Number of rounds through all samples.
    size : int
        Samples in a batch.
    rng : numpy.random.Generator
        Handed on to batches.
    grads : callable, optional
        Called as grads(params, X, Y); returns the slopes, a dict like params.
    loss : callable, optional
        Called as loss(params, X, Y); returns a number.
    batches : callable, optional
        Called as batches(n, size, rng); returns arrays of sample numbers.

    Returns
    -------
    params : dict of ndarray of float
    losses : ndarray of float, shape (epochs + 1,)
    """
    # BEGIN SOLUTION
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: false
"""  # END TEST CONFIG


def test_one_epoch(train_minibatch):
    """Moving w to the mean target of each batch: the batches (2, 0) and (1) end at 5."""
    X, Y = np.zeros((3, 1)), np.array([[1.0], [5.0], [3.0]])

    def grads(p, X, Y):
        return {"w": p["w"] - np.mean(Y)}

    def loss(p, X, Y):
        return float(np.mean((p["w"] - Y) ** 2))

    def deal(n, size, rng):
        return [np.array([2, 0]), np.array([1])]

    params, losses = train_minibatch(
        {"w": np.zeros(1)}, X, Y, 1.0, 1, 2, np.random.default_rng(0), grads, loss, deal
    )
    close(params, {"w": np.array([5.0])})
    close(losses, np.array([35 / 3, 20 / 3]))
    start, lists = {"w": np.zeros(1)}, (X.tolist(), Y.tolist())
    try:
        again = train_minibatch(
            start, *lists, 1.0, 1, 2, np.random.default_rng(0), grads, loss, deal
        )
    except (TypeError, AttributeError) as error:
        raise AssertionError(f"X and Y may be lists, which stops with: {error}") from error
    close(again[0], {"w": np.array([5.0])})


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_lines(train_minibatch, rng):
    """Lines through random samples: given batches, several epochs, a smaller last batch."""
    for n, size, epochs in [(7, 3, 2), (6, 2, 3), (5, 5, 1), (4, 1, 2)]:
        X, Y = rng.normal(size=(n, 2)), rng.normal(size=(n, 3))
        start, lr = {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=3)}, rng.uniform(0.05, 0.3)
        seed = int(rng.integers(2**32))

        def grads(p, X, Y):
            miss = (np.asarray(X) @ p["W"] + p["b"] - Y) / len(X)
            return {"W": np.asarray(X).T @ miss, "b": miss.sum(axis=0)}

        def loss(p, X, Y):
            return float(np.sum((np.asarray(X) @ p["W"] + p["b"] - Y) ** 2))

        def train(function, X, Y, seed=seed, start=start, lr=lr, epochs=epochs, size=size):
            generator = np.random.default_rng(seed)
            given = grads, loss, reference.minibatches
            return function(start, X, Y, lr, epochs, size, generator, *given)

        expected = train(reference.train_minibatch, X, Y)
        kept, before = {name: start[name].copy() for name in start}, (X.copy(), Y.copy())
        close(train(train_minibatch, X, Y), expected)
        close(start, kept)
        close((X, Y), before)
        close(train(train_minibatch, X.tolist(), Y.tolist()), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_batches(train_minibatch, rng):
    """Each epoch asks for batches once, and uses those it gets, whatever they hold."""
    for count, size, epochs in [(6, 2, 3), (9, 4, 4)]:
        X, Y = rng.normal(size=(count, 1)), rng.normal(size=(count, 2))
        start, lr = {"v": rng.normal(size=2)}, rng.uniform(0.1, 0.5)
        rounds = [
            [rng.integers(count, size=2), rng.integers(count, size=size)] for _ in range(epochs)
        ]

        def grads(p, X, Y):
            return {"v": p["v"] * np.mean(np.square(X)) - np.mean(np.asarray(X) * Y, axis=0)}

        def loss(p, X, Y):
            return float(np.mean((np.asarray(X) * p["v"] - Y) ** 2))

        def train(
            function,
            asked,
            samples=(X, Y, lr),
            size=size,
            epochs=epochs,
            rounds=rounds,
            start=start,
        ):
            def deal(n, size, rng):
                asked.append((n, size))
                return rounds[(len(asked) - 1) % len(rounds)]

            given = np.random.default_rng(1), grads, loss, deal
            return function(start, *samples, epochs, size, *given)

        mine, theirs = [], []
        expected = train(reference.train_minibatch, mine)
        close(train(train_minibatch, theirs), expected)
        close(theirs, [(count, size)] * epochs)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_it_learns(train_minibatch, rng):
    """Three clouds of samples: nine of ten fresh ones are right, from each of five starts."""
    centres = np.array([[2.0, 0, 0, 0], [0, 2.0, 0, 0], [0, 0, 2.0, 0]])

    def grads(p, X, Y):
        miss = (reference.softmax(X @ p["W"] + p["b"]) - Y) / len(X)
        return {"W": X.T @ miss, "b": miss.sum(axis=0)}

    def loss(p, X, Y):
        return -float(np.sum(Y * np.log(reference.softmax(X @ p["W"] + p["b"])))) / len(X)

    for _ in range(5):
        y = np.arange(60) % 3
        X, Y = centres[y] + 0.4 * rng.normal(size=(60, 4)), np.eye(3)[y]
        start = {"W": 0.5 * rng.normal(size=(4, 3)), "b": np.zeros(3)}
        generator = np.random.default_rng(int(rng.integers(2**32)))
        given = grads, loss, reference.minibatches
        params, losses = train_minibatch(start, X, Y, 0.5, 8, 12, generator, *given)
        fresh = centres[y] + 0.4 * rng.normal(size=(60, 4))
        right = np.mean(np.argmax(fresh @ params["W"] + params["b"], axis=1) == y)
        close(np.shape(losses), (9,))
        assert losses[8] < 0.6 * losses[0], "the loss hardly falls"
        assert right >= 0.9, f"only {right:.0%} of fresh samples are right"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q1", "q2", "q3", "q4", "q5", "q6", "q7")
def full_against_mini():
    start = init_params(4, 5, 3, np.random.default_rng(1), 0.5)
    _, slow = train_full_batch(start, Z, TARGETS, 2.0, 40)
    params, fast = train_minibatch(start, Z, TARGETS, 2.0, 40, 30, np.random.default_rng(2))
    assert np.shape(slow) == np.shape(fast) == (41,), "40 epochs give 41 losses"
    _, axis = plt.subplots(figsize=(7, 4), layout="constrained")
    axis.semilogy(slow, color=BLUE, linewidth=2, label="full batch: 1 step an epoch")
    axis.semilogy(fast, color=ORANGE, linewidth=2, label="batches of 30: 5 steps an epoch")
    axis.set(
        title="Iris: the same flowers, used better", xlabel="epoch", ylabel="loss of all flowers"
    )
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()
    right = np.mean(np.argmax(predict_proba(params, Z), axis=1) == SPECIES)
    print(f"batches of 30, right among those it trained on: {right:.4f} (deck, in batches: .9733)")


# %% [markdown]
# An epoch costs both the same: 86 losses for each of the 150 flowers. Batches make five steps of
# that work.


# %% [raw]
# # BEGIN QUESTION
# name: q8
# several_answers: true

# %% [markdown]
# ## Question 8: Flowers it has never seen
#
# > **The slide** counts right answers among the very flowers it trained on. A net that learns 150
# > flowers by heart would get 100 % there, and fail in the garden.
#
# So hold some out. Write `split_stratified`: it deals the row numbers into two groups, *within each
# class* at random. Of a class with $r$ rows, `round(frac * r)` go to the test group, the others to
# the training group. Any order within a group is right.
#
# Then write `held_out_accuracy`:
#
# 1. Bring each column of $X$, shape $(n, d)$, to $(x - \mu) / \tau$. Mean $\mu$ and standard
#    deviation $\tau$, both of shape $(d,)$, come from the *training* rows only: the test rows are
#    not known yet.
# 2. Train on the training rows: `fit(X, y)` returns parameters.
# 3. Return the share of *test* rows whose most probable class, by `predict(params, X)`, is right.

# %% [raw]
# # BEGIN SOLUTION


# %%
def split_stratified(
    y: ArrayLike, frac: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Return the row numbers of a training and of a test group, split within each class.

    Parameters
    ----------
    y : array_like, shape (n,)
        Classes, whole numbers.
    frac : float
        Share of each class that goes to the test group.
    rng : numpy.random.Generator
        Chooses the rows.

    Returns
    -------
    train, test : ndarray of int
        Together each of the numbers 0 to n - 1 once.

    Examples
    --------
    >>> train, test = split_stratified([7, 7, 8, 7, 8, 7], 0.5, np.random.default_rng(0))
    >>> len(train), len(test)
    (3, 3)
    """
    # BEGIN SOLUTION
    y = np.asarray(y)
    train, test = [], []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        cut = round(frac * len(rows))
        test.extend(rows[:cut])
        train.extend(rows[cut:])
    return np.array(train), np.array(test)
    # END SOLUTION


def held_out_accuracy(
    X: ArrayLike,
    y: ArrayLike,
    train: ArrayLike,
    test: ArrayLike,
    fit: Callable,
    predict: Callable = predict_proba,
) -> float:
    """Return the share of right answers on rows that took no part in training.

    Parameters
    ----------
    X : array_like, shape (n, d)
        Samples, not standardized; no column is constant in the training rows.
    y : array_like, shape (n,)
        Classes 0 to k - 1.
    train, test : array_like of int
        Row numbers.
    fit : callable
        Called as fit(X_train, y_train), with standardized samples; returns parameters.
    predict : callable, optional
        Called as predict(params, X); returns probabilities, shape (len(X), k).

    Returns
    -------
    float
    """
    # BEGIN SOLUTION
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X[train] - mean) / std, y[train])
    P = predict(params, (X[test] - mean) / std)
    return np.mean(np.argmax(P, axis=1) == y[test])
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


def test_split_of_six(split_stratified):
    """Classes 7, 7, 8, 7, 8, 7 and a share of 0.5: the test group gets 7, 7, 8."""
    y = np.array([7, 7, 8, 7, 8, 7])
    train, test = split_stratified(y, 0.5, np.random.default_rng(3))
    close(np.sort(np.concatenate([train, test])), np.arange(6))
    close(np.sort(y[np.asarray(test)]), np.array([7, 7, 8]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_held_out(held_out_accuracy):
    """Above the training mean of 4 means class 1: of the test rows 5 and 9, one is right."""
    X, y = np.array([[3.0], [5.0], [5.0], [9.0]]), np.array([0, 1, 1, 0])

    def fit(X, y):
        scaled = np.ravel(X).tolist()
        assert [round(x, 6) for x in scaled] == [-1, 1], (
            f"fit should get the training rows 3, 5 as -1, 1, not {scaled}: "
            "which rows do mean and standard deviation come from?"
        )
        return {"w": np.array([[-1.0, 1.0]])}

    def predict(p, X):
        return np.asarray(X) @ p["w"]

    close(held_out_accuracy(X, y, np.array([0, 1]), np.array([2, 3]), fit, predict), 0.5)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_split_counts(split_stratified, rng):
    """Mixed-up classes of unequal size: each row once, and the right share of every class."""
    for counts, frac in [([50, 50, 50], 0.3), ([11, 4, 23], 0.4), ([7, 33], 0.24), ([12], 0.75)]:
        labels = rng.choice(np.arange(-3, 9), size=len(counts), replace=False)
        y = rng.permutation(np.repeat(labels, counts))
        before = y.copy()
        generator = np.random.default_rng(int(rng.integers(2**32)))
        train, test = (np.asarray(rows) for rows in split_stratified(y, frac, generator))
        close(np.sort(np.concatenate([train, test])), np.arange(len(y)))
        for label, count in zip(labels.tolist(), counts, strict=True):
            close(int(np.sum(before[test] == label)), round(frac * count))
        close(y, before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_split_at_random(split_stratified, rng):
    """Two splits differ, the same seed gives the same; lists of classes are welcome."""
    for count, frac in [(30, 0.5), (40, 0.3)]:
        y = np.repeat([0, 1, 2], count).tolist()
        seed = int(rng.integers(2**32))
        generator = np.random.default_rng(seed)
        tests = []
        for source in [generator, generator, np.random.default_rng(seed)]:
            train, test = split_stratified(y, frac, source)
            close(np.sort(np.concatenate([train, test])), np.arange(3 * count))
            close(np.bincount(np.asarray(test) // count), [round(frac * count)] * 3)
            tests.append(np.sort(test))
        close(tests[2], tests[0])
        assert np.mean(np.isin(tests[1], tests[0])) < 0.85, "two splits have the same test group"
        places = [
            set((test[test // count == c] % count).tolist()) for c in range(3) for test in tests[:1]
        ]
        assert places[0] != places[1] or places[1] != places[2], "all classes are split alike"
        for place in places:
            assert max(place) - min(place) >= len(place), "the test rows lie side by side"


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_scores(held_out_accuracy, rng):
    """Test rows that lie elsewhere than the training rows, two to four classes, nothing changed."""
    scores, right, fitted, scaled = [], [], [], []
    for n, d, k in [(120, 3, 3), (90, 2, 2), (150, 4, 4)]:
        order = rng.permutation(n)
        test, train = order[: n // 3], order[n // 3 :]
        X, y = rng.normal(size=(n, d)) * rng.uniform(1, 9, size=d) + 5, rng.integers(k, size=n)
        X[test] = X[test] * 1.5 + 4

        def fit(X, y, k=k):
            centres = [np.mean(np.asarray(X)[np.asarray(y) == c], axis=0) for c in range(k)]
            return {"centres": np.array(centres)}

        def predict(params, X):
            gaps = np.asarray(X)[:, None, :] - params["centres"]
            waves = np.cos(np.asarray(X)[:, :1] * np.arange(1, len(params["centres"]) + 1))
            return np.exp(waves / 3 - np.sum(np.abs(gaps), axis=2) / 9)

        Z = (X - X[train].mean(axis=0)) / X[train].std(axis=0)
        known = fit(Z[train], y[train])
        # Labels that this rule often gets right, so that a mean over other rows shows.
        y[test] = np.where(
            rng.random(len(test)) < 0.7, np.argmax(predict(known, Z[test]), axis=1), y[test]
        )
        right.append(np.mean(np.argmax(predict(known, Z[test]), axis=1) == y[test]))
        scaled.append((Z[train], y[train]))
        before = X.copy(), y.copy(), train.copy(), test.copy()

        def spy(X, y, fit=fit):
            fitted.append((np.array(X), np.array(y)))
            return fit(X, y)

        scores.append(held_out_accuracy(X, y, train, test, spy, predict))
        close((X, y, train, test), before)
    close(scores, right)
    close(fitted, scaled)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_learned_by_heart(held_out_accuracy, rng):
    """A model that knows the training rows by heart earns only what it guesses on others."""
    for n in [24, 36]:
        X, y = rng.permutation(np.arange(3 * n).reshape(n, 3)), rng.integers(3, size=n)
        train, test = np.arange(0, n, 2), np.arange(1, n, 2)

        def fit(X, y):
            return {"rows": np.array(X), "answers": np.array(y)}

        def predict(params, X):
            found = [np.flatnonzero(np.abs(params["rows"] - x).sum(axis=1) < 1e-9) for x in X]
            return np.eye(3)[[params["answers"][i[0]] if len(i) else 2 for i in found]]

        expected = np.mean(y[test] == 2)
        close(held_out_accuracy(X, y, train, test, fit, predict), expected)
        rows = train.tolist(), test.tolist()
        close(held_out_accuracy(X.tolist(), y.tolist(), *rows, fit, predict), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ## Question 9: Which are taken for which
#
# Write `confusion`: the matrix $C$ of shape $(k, k)$ whose entry $C_{ij}$ counts the samples of
# true class $i$ (row) that were taken for class $j$ (column). Right answers lie on the diagonal.
# For the deck's net it is
#
# $$C = \begin{pmatrix} 50 & 0 & 0 \\ 0 & 47 & 3 \\ 0 & 0 & 50 \end{pmatrix}$$
#
# so three versicolor were taken for virginica, and $147 / 150 = .98$ are right. A class that does
# not occur keeps its row and its column.

# %% [raw]
# # BEGIN SOLUTION


# %%
def confusion(y_true: ArrayLike, y_pred: ArrayLike, k: int) -> np.ndarray:
    """Return how many samples of each class were taken for each class.

    Parameters
    ----------
    y_true : array_like of int, shape (n,)
        Right classes, 0 to k - 1.
    y_pred : array_like of int, shape (n,)
        What the net says, 0 to k - 1.
    k : int
        Number of classes.

    Returns
    -------
    ndarray of int, shape (k, k)
        Rows: right classes. Columns: what the net says.

    Examples
    --------
    >>> confusion([0, 0, 1], [0, 1, 1], 2)
    array([[1, 1],
           [0, 1]])
    """
    # BEGIN SOLUTION
    matrix = np.zeros((k, k), dtype=int)
    for true, said in zip(y_true, y_pred, strict=True):
        matrix[true, said] += 1
    return matrix
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


def test_four_samples(confusion):
    """Of class 0 one is right and two are taken for class 1; of class 1 one is right."""
    close(confusion(np.array([0, 0, 1, 0]), np.array([0, 1, 1, 1]), 2), np.array([[1, 2], [0, 1]]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_random_classes(confusion, rng):
    """Two to six classes, many samples, lists too; rows and columns are not interchangeable."""
    for n, k in [(40, 3), (90, 6), (15, 2), (1, 4)]:
        y_true, y_pred = rng.integers(k, size=n), np.minimum(rng.integers(k + 2, size=n), k - 1)
        before = y_true.copy(), y_pred.copy()
        expected = np.array(
            [[np.sum((y_true == i) & (y_pred == j)) for j in range(k)] for i in range(k)]
        )
        close(confusion(y_true, y_pred, k), expected)
        close((y_true, y_pred), before)
        close(confusion(y_true.tolist(), y_pred.tolist(), k), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_missing_classes(confusion, rng):
    """Classes that never occur, first, middle and last, keep rows and columns of zeros."""
    for k in [3, 5, 7]:
        used = rng.choice(k, size=2, replace=False)
        y_true, y_pred = (
            rng.choice(used, size=9),
            np.append(rng.choice(used, size=7), [used[0]] * 2),
        )
        expected = np.zeros((k, k), dtype=int)
        np.add.at(expected, (y_true, y_pred), 1)
        close(confusion(y_true, y_pred, k), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_deck(confusion, rng):
    """The deck's matrix, from its 150 flowers in any order: .98 right."""
    right = np.array([[50, 0, 0], [0, 47, 3], [0, 0, 50]])
    pairs = rng.permutation(np.repeat(np.argwhere(right > 0), right[right > 0], axis=0))
    matrix = confusion(pairs[:, 0], pairs[:, 1], 3)
    close(matrix, right)
    close(np.trace(np.asarray(matrix)) / 150, 0.98)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Now everything together: 105 flowers to train on, 45 held out.


# %%
def fit_net(X, y):
    """Return a 4-5-3 net after 100 steps of full-batch training."""
    start = init_params(4, 5, 3, np.random.default_rng(0), 0.5)
    return train_full_batch(start, X, np.eye(3)[y], 2.0, 100)[0]


@picture("q1", "q2", "q3", "q4", "q5", "q8", "q9")
def in_the_garden():
    truths, answers, scores, known = [], [], [], []

    def fit(X, y):
        params = fit_net(X, y)
        known.append(np.mean(np.argmax(predict_proba(params, X), axis=1) == y))
        return params

    def remember(params, X):
        answers.append(np.asarray(predict_proba(params, X)))
        return answers[-1]

    for seed in range(4):
        train, test = split_stratified(SPECIES, 0.3, np.random.default_rng(seed))
        scores.append(held_out_accuracy(FLOWERS, SPECIES, train, test, fit, remember))
        truths.append(SPECIES[test])
    said = np.argmax(np.concatenate(answers), axis=1)
    matrix = np.asarray(confusion(np.concatenate(truths), said, 3))
    assert matrix.shape == (3, 3), "three species make a matrix of shape (3, 3)"
    _, axis = plt.subplots(figsize=(5, 4.4), layout="constrained")
    axis.imshow(matrix, cmap="Blues", vmax=2 * matrix.max())
    for (i, j), count in np.ndenumerate(matrix):
        axis.text(j, i, count, ha="center", va="center", fontsize=14)
    axis.set(xticks=range(3), yticks=range(3), xticklabels=NAMES, yticklabels=NAMES)
    axis.set(title="Held-out flowers of four splits", xlabel="the net says", ylabel="it is")
    plt.show()
    print("held-out accuracy of each split:", np.round(scores, 3))
    print(f"mean: {np.mean(scores):.3f} held out, {np.mean(known):.3f} on the rows trained on")


# %% [markdown]
# One split of 45 flowers is a small sample: the four accuracies differ, though the net starts alike
# each time. The number that counts is their held-out mean. Setosa is easy; all errors are between
# the other two.
#
# ## What you can do now
#
# You can start, run and judge a classifier without any library: draw its weights, turn scores into
# probabilities, measure a mean loss, get its slopes and walk down, on all samples
# or on mini-batches, and report a number from samples that it has never seen. You know two alarms:
# small weights whose loss is not near $\ln k$, and an accuracy from the training rows.
#
# The price was 86 forward passes for a step with 43 numbers. A net with a million would need two
# million. Next comes **05: backpropagation by hand**, which gets all slopes from one pass forward
# and one pass back.
