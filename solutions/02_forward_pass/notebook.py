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
# # Forward pass, softmax and losses
#
# Give a small network the numbers 1 and 0.5. Three hidden nodes turn them into 0.574, 0.668 and
# 0.750; two output nodes turn those into the scores 0.516 and 1.214; softmax turns the scores into
# 33 % and 67 %. If the second class was right, the loss is −ln 0.67 = 0.40. That was a forward
# pass and a loss. Training, later, only makes that last number small.
#
# Here you write every step, for one sample and for a batch, with the networks of the lecture
# decks. Some slides go wrong in ways that their own example hides; you catch them with numbers.
#
# **House rules.** They hold in every question; tests check them.
#
# * A function never modifies its arguments.
# * Where an array may stand, a list or an integer array may too.
# * Samples lie on axis 0: a batch has shape $(n, d)$, one sample $(d,)$.
# * What is right comes first, `y_true`; what the network says comes second, `y_pred`.
# * A loss is one number. Logs are natural unless the name ends in `_bits`.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), in the shape of x."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def identity(x):
    """Return x: the activation that does nothing."""
    return x


def node_by_node(x, W, b):
    """Return what reaches each node of a layer: one sample, one sum for each node."""
    return np.array([sum(x[i] * W[i][j] for i in range(len(x))) + b[j] for j in range(len(b))])


# The network of the second deck: 2 inputs, 3 hidden nodes, 2 outputs.
PARAMS = {
    "W1": np.array([[0.1, 0.3, 0.5], [0.2, 0.4, 0.6]]),
    "b1": np.array([0.1, 0.2, 0.3]),
    "W2": np.array([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]]),
    "b2": np.array([0.1, 0.2]),
}

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: One layer
#
# Each node of a layer multiplies every input by a weight, adds the products and then its own bias.
# The second deck has inputs 1 and 2 and no biases yet; the weights into its three nodes are
# (1, 2), (3, 4) and (5, 6):
#
# $$1 \cdot 1 + 2 \cdot 2 = 5, \qquad 1 \cdot 3 + 2 \cdot 4 = 11, \qquad
# 1 \cdot 5 + 2 \cdot 6 = 17.$$
#
# `node_by_node` above does this, one sum at a time. A matrix product does it for all nodes and all
# samples at once. Write the *affine map*
#
# $$Y = X W + b.$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $X$ | $n$ samples of $d$ inputs, or one sample | $(n, d)$ or $(d,)$ |
# | $W$ | weights; column $j$ belongs to node $j$ | $(d, m)$ |
# | $b$ | biases, one for each node | $(m,)$ |
# | $Y$ | what reaches the $m$ nodes | $(n, m)$ or $(m,)$ |
#
# The bias shifts a node's threshold: with one input, $xw$ passes 0 at $x = 0$, but $xw + b$ passes
# it at $x = -b / w$. The third deck recommends this order, $XW$ rather than $Wx$: samples stay on
# axis 0. Its layer takes $(n, 11)$ to $(n, 16)$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def affine(X: ArrayLike, W: ArrayLike, b: ArrayLike) -> np.ndarray:
    """Return what reaches each node of a layer.

    Parameters
    ----------
    X : array_like, shape (n, d) or (d,)
        Samples, or one sample.
    W : array_like, shape (d, m)
        Weights.
    b : array_like, shape (m,)
        Biases.

    Returns
    -------
    ndarray, shape (n, m) or (m,)

    Examples
    --------
    >>> affine([1, 2], [[1, 3, 5], [2, 4, 6]], [0, 0, 0])
    array([ 5, 11, 17])
    """
    # BEGIN SOLUTION
    return np.asarray(X) @ np.asarray(W) + np.asarray(b)
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


def test_three_nodes(affine):
    """The inputs 1, 2 give 5, 11, 17 without biases, and 6, 13, 20 with the biases 1, 2, 3."""
    X, W = np.array([1, 2]), np.array([[1, 3, 5], [2, 4, 6]])
    close(affine(X, W, np.array([0, 0, 0])), np.array([5, 11, 17]))
    close(affine(X, W, np.array([1, 2, 3])), np.array([6, 13, 20]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_row_by_row(affine, node_by_node):
    """Each row of a batch of four becomes what node_by_node makes of it."""
    X = np.array([[1.0, 2.0], [0.0, -1.0], [0.5, 3.0], [-2.0, 1.0]])
    W, b = np.array([[1.0, 3.0, 5.0], [2.0, 4.0, 6.0]]), np.array([0.5, -1.0, 2.0])
    close(affine(X, W, b), np.array([node_by_node(x, W, b) for x in X]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_batches(affine, rng):
    """Batches of many sizes, of one sample, into many nodes and one, agree with the key."""
    for n, d, m in [(5, 11, 16), (4, 3, 2), (1, 5, 3), (6, 1, 4), (7, 4, 1)]:
        X, W, b = rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=m)
        expected = reference.affine(X, W, b)
        close(affine(X, W, b), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_one_sample(affine, rng):
    """One sample of shape (d,) gives an answer of shape (m,)."""
    for d, m in [(3, 5), (4, 1), (1, 2)]:
        x, W, b = rng.normal(size=d), rng.normal(size=(d, m)), rng.normal(size=m)
        expected = reference.affine(x, W, b)
        close(affine(x, W, b), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_square_weights(affine, rng):
    """Square weights that are not symmetric, lists and whole numbers; arguments stay."""
    for size in [3, 4]:
        X, W = rng.normal(size=(2, size, size))
        b = rng.normal(size=size)
        expected = reference.affine(X, W, b)
        before = X.copy(), W.copy(), b.copy()
        close(affine(X, W, b), expected)
        for now, kept in zip((X, W, b), before, strict=True):
            close(now, kept)
        close(affine(X.tolist(), W.tolist(), b.tolist()), expected)
        whole = rng.integers(-5, 6, size=(2, size))
        close(affine(whole, W, b), whole @ W + b)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Two layers
#
# A network is layers in a row, with an *activation* between them. Here is the first layer of the
# second deck's network, for the sample $x = (1, 0.5)$: sums, then sigmoids.

# %%
x = [1.0, 0.5]
a1 = node_by_node(x, PARAMS["W1"], PARAMS["b1"])
z1 = sigmoid(a1)
print("a1 =", a1)
print("z1 =", z1)

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: Two layers
#
# $$a = x W_1 + b_1, \qquad z = \varphi(a), \qquad y = z W_2 + b_2$$
#
# $W_1$, $b_1$, $W_2$, $b_2$ have shapes $(d, h)$, $(h,)$, $(h, m)$, $(m,)$; $\varphi$ is the
# activation. For one sample $a$ and $z$ have shape $(h,)$, $y$ has $(m,)$; for a batch each has
# $n$ rows. The outputs $y$ are plain sums, called *scores*: whatever turns them into an answer
# comes later.
#
# The layer is an argument. Call it like your `affine`: `layer(x, W, b)`.
#
# > **The slide says** `z = sigmoid(a)` and, one line below, goes on with `z1` (second deck). In a
# > fresh notebook that stops with a `NameError`. In this one `z1` exists, from the cell above.
# > Check it: would you see that anything is wrong at $x = (1, 0.5)$?

# %% [raw]
# # BEGIN SOLUTION


# %%
def two_layers(
    x: ArrayLike,
    params: dict[str, np.ndarray],
    activation: Callable = sigmoid,
    layer: Callable = affine,
) -> dict[str, np.ndarray]:
    """Return what a network of two layers computes on its way.

    Parameters
    ----------
    x : array_like, shape (d,) or (n, d)
        One sample, or n samples.
    params : dict
        Arrays W1 (d, h), b1 (h,), W2 (h, m) and b2 (m,).
    activation : callable, optional
        Applied to the sums of the first layer.
    layer : callable, optional
        Called as layer(x, W, b), once for each layer.

    Returns
    -------
    dict
        a, the first sums; z, what the activation makes of them; y, the scores.

    Examples
    --------
    >>> sorted(two_layers([1.0, 0.5], PARAMS))
    ['a', 'y', 'z']
    """
    # BEGIN SOLUTION
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    y = layer(z, params["W2"], params["b2"])
    return {"a": a, "z": z, "y": y}
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


def test_second_deck(two_layers, node_by_node, sigmoid, PARAMS):
    """The sample (1, 0.5) gives the sums 0.3, 0.7, 1.1 and the scores 0.516..., 1.214..."""
    found = two_layers([1.0, 0.5], PARAMS, sigmoid, node_by_node)
    close(found["a"], np.array([0.3, 0.7, 1.1]))
    close(found["z"], np.array([0.574442516812, 0.668187772168, 0.750260105595]), rtol=1e-8)
    close(found["y"], np.array([0.516159837793, 1.214026956166]), rtol=1e-8)
    close(len(found), 3)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_first_layer(two_layers, rng):
    """The sums and activations of three hidden nodes, many inputs; the arguments stay."""
    for d, h, m, n in [(2, 3, 2, 5), (4, 3, 5, 1), (1, 3, 1, 4), (3, 3, 3, 3)]:
        params = {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h)}
        params |= {"W2": rng.normal(size=(h, m)), "b2": rng.normal(size=m)}
        X = rng.normal(size=(n, d))
        before, kept = X.copy(), {name: value.copy() for name, value in params.items()}
        for x in [X[0], X]:
            expected = reference.two_layers(x, params)
            found = two_layers(x, params, reference.sigmoid, reference.affine)
            close(found["a"], expected["a"])
            close(found["z"], expected["z"])
        close(X, before)
        close(params, kept)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_random_scores(two_layers, rng):
    """The scores of networks of many sizes, for one sample and for batches."""
    for d, h, m, n in [(4, 3, 2, 6), (2, 5, 4, 1), (5, 1, 3, 2)]:
        params = {"W1": rng.normal(size=(d, h)), "b1": rng.normal(size=h)}
        params |= {"W2": rng.normal(size=(h, m)), "b2": rng.normal(size=m)}
        X = rng.normal(size=(n, d))
        for x in [X[0], X]:
            expected = reference.two_layers(x, params)
            close(two_layers(x, params, reference.sigmoid, reference.affine), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_activation(two_layers, rng):
    """The activation that is given is applied, between the layers and nowhere else."""
    for scale in rng.uniform(2, 5, size=3):

        def bent(z, scale=scale):
            return scale * np.maximum(z, 0.2)

        params = {"W1": rng.normal(size=(3, 4)), "b1": rng.normal(size=4)}
        params |= {"W2": rng.normal(size=(4, 2)), "b2": rng.normal(size=2)}
        X = rng.normal(size=(6, 3))
        expected = reference.two_layers(X, params, bent)
        close(two_layers(X, params, bent, reference.affine), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_first_deck(two_layers, rng):
    """The first deck's 2-2-2 network has the sums 0.464 and 0.456 in its hidden nodes."""
    params = {"W1": np.array([[0.04, 0.16], [0.12, 0.08]]), "b1": np.array([0.40, 0.40])}
    params |= {"W2": np.array([[0.24, 0.28], [0.32, 0.20]]), "b2": np.array([0.36, 0.36])}
    found = two_layers(np.array([0.1, 0.5]), params, reference.sigmoid, reference.affine)
    close(found["a"], np.array([0.464, 0.456]))
    close(found["z"], np.array([0.613962657, 0.612064837]), rtol=2e-9)
    close(found["y"][0], 0.703211786, rtol=2e-9)
    close(reference.sigmoid(found["y"][1]), 0.657983869, rtol=2e-9)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q2")
def the_network():
    found = two_layers([1.0, 0.5], PARAMS, sigmoid, node_by_node)
    values = [[1.0, 0.5], list(found["z"]), list(found["y"])]
    assert [len(column) for column in values] == [2, 3, 2], "a layer has the wrong number of nodes"
    sums = zip(PARAMS["b1"], found["a"], strict=True)
    notes = [["", ""], [f"bias {b:g}, sum {a:.1f}" for b, a in sums]]
    notes += [[f"bias {b:g}" for b in PARAMS["b2"]]]
    places = [[(2 * k, (len(c) - 1) / 2 - j) for j in range(len(c))] for k, c in enumerate(values)]
    _, axis = plt.subplots(figsize=(8, 4), layout="constrained")
    for k, name in enumerate(["W1", "W2"]):
        for i, (x0, y0) in enumerate(places[k]):
            for j, (x1, y1) in enumerate(places[k + 1]):
                w, t = PARAMS[name][i, j], 0.25 if k == 0 else 0.3
                axis.plot([x0, x1], [y0, y1], color="#9db8d2", lw=1 + 5 * w, zorder=1)
                axis.text(
                    x0 + t * (x1 - x0), y0 + t * (y1 - y0), f"{w:g}", ha="center", va="center",
                    fontsize=9, bbox={"fc": "white", "ec": "none", "pad": 1}, zorder=2,
                )  # fmt: skip
    for column, texts, numbers in zip(places, notes, values, strict=True):
        for (px, py), note, value in zip(column, texts, numbers, strict=True):
            axis.scatter(px, py, s=1900, color="white", edgecolor="#1f5f99", zorder=3)
            axis.text(px, py, f"{value:.3g}", ha="center", va="center", zorder=4)
            axis.text(px, py + 0.36, note, ha="center", va="bottom", fontsize=9)
    axis.set(title="The sample (1, 0.5) on its way", xlim=(-0.4, 4.4), ylim=(-1.4, 1.7))
    axis.axis("off")
    plt.show()


# %% [markdown]
# ## Many layers
#
# The fourth deck builds a network of three layers with PyTorch, and prints its weights. PyTorch
# stores them with one *row* for each node, the transpose of our $W$.

# %%
LAYERS = [
    (
        np.array([[0.4727, -0.5188], [-0.5681, -0.6032], [-0.0252, -0.3011]]),
        np.array([-0.6986, -0.6602, -0.4860]),
    ),
    (np.array([[-0.5549, 0.2550, 0.4584], [0.2930, 0.0849, -0.3146]]), np.array([0.1677, 0.0736])),
    (np.array([[0.4106, -0.3618]]), np.array([-0.2270])),
]
SAMPLES = np.array([[1.0, 2.0], [2.0, 3.0], [10.0, 5.0]])

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: Any number of layers
#
# $$h_0 = X, \qquad h_l = \varphi_l\left(h_{l-1} W_l^\top + b_l\right), \quad l = 1, \dots, L$$
#
# $L$ is the number of layers. Layer $l$ has weights $W_l$ of shape $(m_l, m_{l-1})$, biases $b_l$
# of shape $(m_l,)$ and its own activation $\varphi_l$; $h_l$ has shape $(n, m_l)$, or $(m_l,)$ for
# one sample. Return the list $[h_1, \dots, h_L]$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def network(
    X: ArrayLike,
    layers: list[tuple[np.ndarray, np.ndarray]],
    activations: tuple[Callable, ...],
    layer: Callable = affine,
) -> list[np.ndarray]:
    """Return the outputs of all layers, the first layer's first.

    Parameters
    ----------
    X : array_like, shape (n, d) or (d,)
        Samples, or one sample.
    layers : list of (W, b)
        W has one row for each node of the layer; b has one bias for each.
    activations : tuple of callable
        One for each layer.
    layer : callable, optional
        Called as layer(X, W, b) with W of shape (inputs, nodes), as your affine.

    Returns
    -------
    list of ndarray

    Examples
    --------
    >>> len(network(SAMPLES, LAYERS, (identity, identity, identity)))
    3
    """
    # BEGIN SOLUTION
    outputs = []
    for (W, b), activation in zip(layers, activations, strict=True):
        X = activation(layer(X, W.T, b))
        outputs.append(X)
    return outputs
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


def test_fourth_deck(network, node_by_node, identity, LAYERS):
    """The sample (1, 2) gives what the fourth deck prints: -1.2635, ... and -0.2625, -0.1530."""
    found = network([1.0, 2.0], LAYERS, (identity,) * 3, node_by_node)
    close(len(found), 3)
    close(found[0], np.array([-1.2635, -2.4348, -1.1135]), rtol=0, atol=6e-4)
    close(found[1], np.array([-0.2625, -0.1530]), rtol=0, atol=6e-4)
    close(np.shape(found[2]), (1,))
    doubled = network([1.0, 2.0], LAYERS, (identity, identity, lambda z: 2 * z), node_by_node)
    close(doubled[2], 2 * np.asarray(found[2]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_three_samples(network, rng):
    """The three samples of the fourth deck, with and without sigmoids."""
    X, layers = reference.SAMPLES, reference.LAYERS
    found = network(X, layers, (lambda z: z,) * 3, reference.affine)
    printed = [[-1.2635, -2.4348, -1.1135], [-1.3097, -3.6061, -1.4398], [1.4340, -9.3577, -2.2441]]
    close(found[0], np.array(printed), rtol=0, atol=7e-4)
    printed = [[-0.2625, -0.1530], [-0.6852, -0.1632], [-4.0429, 0.4054]]
    close(found[1], np.array(printed), rtol=0, atol=2e-4)
    close(found[2], np.array([[-0.279379177], [-0.449204818], [-2.033577538]]), rtol=5e-9)
    found = network(X, layers, (reference.sigmoid,) * 3, reference.affine)
    close(found[2], np.array([[0.4525623148], [0.4514413323], [0.4373497248]]), rtol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_random_networks(network, rng):
    """One to four layers of many sizes, each with its own activation; the arguments stay."""
    bends = [np.tanh, lambda z: np.maximum(z, 0.1), lambda z: 3 * z + 1, reference.sigmoid]
    for sizes in [(3, 5), (4, 2, 3), (1, 4, 3, 2), (2, 6, 1, 5, 3)]:
        inputs, nodes = sizes[:-1], sizes[1:]
        shapes = zip(nodes, inputs, strict=True)
        layers = [(rng.normal(size=shape), rng.normal(size=shape[0])) for shape in shapes]
        activations = tuple(bends[i] for i in rng.permutation(4)[: len(layers)])
        X = rng.normal(size=(5, sizes[0]))
        before, kept = X.copy(), [(W.copy(), b.copy()) for W, b in layers]
        for x in [X, X[:1], X[0]]:
            expected = reference.network(x, layers, activations)
            close(network(x, layers, activations, reference.affine), expected)
        close(X, before)
        close(layers, kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_square_layers(network, rng):
    """Three square layers in a row, none of them symmetric."""
    for size in [2, 3]:
        layers = [(rng.normal(size=(size, size)), rng.normal(size=size)) for _ in range(3)]
        X = rng.normal(size=(size, size))
        activations = (np.tanh, lambda z: 2 * z, lambda z: z - 1)
        expected = reference.network(X, layers, activations)
        close(network(X, layers, activations, reference.affine), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** that every node applies a sigmoid; the fourth deck's code has three linear
# > layers and no activation. Check it: without one, three layers are *one* affine map, however
# > many weights they have. Your network tells its slopes and its bias, and its level lines are
# > straight. Sigmoids bend them.


# %%
@picture("q3")
def why_activations():
    def output(points, activation):
        return network(points, LAYERS, (activation,) * 3, lambda X, W, b: np.dot(X, W) + b)[-1]

    bias = output(np.zeros((1, 2)), identity)
    slopes = output(np.eye(2), identity) - bias
    print(f"without activations: {slopes[0, 0]:.4f} x1 + {slopes[1, 0]:.4f} x2 + {bias[0, 0]:.4f}")
    side = np.linspace(-12, 12, 121)
    points = np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)
    _, axes = plt.subplots(1, 2, figsize=(9, 4), layout="constrained", sharey=True)
    for axis, activation in zip(axes, [identity, sigmoid], strict=True):
        y = np.reshape(output(points, activation), (121, 121))
        drawn = axis.contourf(side, side, y, levels=14, cmap="Blues")
        axis.contour(side, side, y, levels=14, colors="white", linewidths=0.6, linestyles="solid")
        axis.scatter(*SAMPLES.T, color="#e07b39", edgecolor="black", zorder=3)
        axis.set(title=f"output, {activation.__name__} everywhere", xlabel="$x_1$", aspect="equal")
        plt.colorbar(drawn, ax=axis, shrink=0.8)
    axes[0].set_ylabel("$x_2$")
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: Softmax
#
# For regression the scores are the answer. For $k$ classes we want probabilities. Softmax makes
# them, for each sample on its own:
#
# $$p_i = \frac{e^{x_i}}{\sum_{j=1}^{k} e^{x_j}} = \frac{e^{x_i - c}}{\sum_{j=1}^{k} e^{x_j - c}}$$
#
# $x$ holds the $k$ scores of one sample, $p$ their probabilities, both of shape $(k,)$. The
# constant $c$ cancels, so you may choose it. Choose it so that no exponent is above 0:
# $e^{1000}$ is infinity in floating point, $e^{-1000}$ is a harmless 0.
#
# Write it for arrays of any shape. `axis` says along which axis one sample's scores lie.
#
# > **The slide says** to divide by the sum of the whole array, and subtracts nothing (second
# > deck). Check it on 150 flowers with three equal scores each, and on the scores 1000 and 1001.


# %%
def slide_softmax(x):
    with np.errstate(all="ignore"):
        return np.exp(x) / np.sum(np.exp(x))


p = slide_softmax(np.zeros((150, 3)))
print(f"first flower: {p[0]}, sum {p[0].sum():.4f}; all flowers: sum {p.sum():.4f}")
print(f"loss of all flowers: {-np.log(p[:, 0]).sum():.2f}; right: {150 * np.log(3):.2f}")
print(f"1000 and 1001: {slide_softmax(np.array([1000.0, 1001.0]))}")

# %% [markdown]
# The largest entry of a row stays the largest, so accuracy hides the slip. The loss doesn't: with
# one sum for 150 flowers it can never go below 150 ln 150 = 751.6, however well the network learns.

# %% [raw]
# # BEGIN SOLUTION


# %%
def softmax(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """Return the probabilities of scores.

    Parameters
    ----------
    x : array_like
        Scores of any shape and size.
    axis : int, optional
        The axis along which one sample's scores lie; probabilities add up to 1 along it.

    Returns
    -------
    ndarray
        In the shape of x.

    Examples
    --------
    >>> softmax([[0, 0], [0, 0]])
    array([[0.5, 0.5],
           [0.5, 0.5]])
    """
    # BEGIN SOLUTION
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)
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


def test_two_scores(softmax):
    """The scores 0.516..., 1.214... become 0.332..., 0.667..., and the argument stays."""
    scores = np.array([0.516159837793, 1.214026956166])
    close(softmax(scores), np.array([0.332285284664, 0.667714715336]), rtol=1e-8)
    assert scores[1] == 1.214026956166, "the array given to softmax was changed"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rows(softmax, rng):
    """Each row of a batch is a sample of its own, whatever the number of rows and classes."""
    for n, k in [(1, 3), (3, 3), (5, 3), (150, 4), (2, 1)]:
        X = rng.normal(size=(n, k)) * 3
        before = X.copy()
        expected = np.array([np.exp(x) / sum(np.exp(x)) for x in X])
        close(softmax(X), expected)
        close(X, before)
    whole = rng.permutation(np.arange(-6, 6)).reshape(4, 3)
    expected = reference.softmax(whole)
    close(softmax(whole), expected)
    close(softmax(whole.tolist()), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_huge_scores(softmax, rng):
    """Scores of 1000 and more, or -1000 and less, give the same as small ones, no warnings."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        close(softmax(np.array([1000.0, 1001.0])), np.array([0.268941421370, 0.731058578630]))
        for far in rng.uniform(1000, 9000, size=4):
            x = rng.integers(-40, 40, size=rng.integers(2, 6)) / 8
            shifted = np.round(far) * rng.choice([-1, 1]) + x
            before, expected = shifted.copy(), reference.softmax(x)
            close(softmax(shifted), expected)
            close(shifted, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_rows_far_apart(softmax, rng):
    """Scores that lie thousands apart, in one sample and between the rows of a batch."""
    far = rng.uniform(900, 1200)
    close(softmax(np.array([0.0, far])), np.array([0.0, 1.0]))
    close(softmax(np.array([0.0, 0.0, 3 * far])), np.array([0.0, 0.0, 1.0]))
    x = rng.integers(-30, 30, size=(5, 3)) / 4
    expected = reference.softmax(x)
    levels = np.array([0, -4000, 1500, 9000, -800])
    close(softmax(x + rng.permutation(levels)[:, None]), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_axis(softmax, rng):
    """Scores may lie along any axis."""
    for shape, axis in [((4, 3), 0), ((2, 3, 4), 1), ((2, 3, 4), -3), ((3, 2, 5), 2)]:
        x = rng.normal(size=shape) * 2
        before, expected = x.copy(), np.exp(x) / np.exp(x).sum(axis=axis, keepdims=True)
        close(softmax(x, axis), expected)
        close(x, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Five samples in your softmax and in the slide's, where sample 3 takes 70 % of all probability.


# %%
@picture("q4")
def row_by_row():
    scores = np.array([[2.0, 1, 0], [0, 0, 0], [-1, 3, 1], [4, 4, 0], [0, 0, 2]])
    panels = [
        ("scores", scores),
        ("your softmax", np.asarray(softmax(scores))),
        ("the slide's softmax", slide_softmax(scores)),
    ]
    _, axes = plt.subplots(1, 3, figsize=(10, 3.6), layout="constrained")
    for axis, (title, table) in zip(axes, panels, strict=True):
        assert table.shape == (5, 3), f"{title}: expected shape (5, 3), got {table.shape}"
        top = 4 if title == "scores" else 1
        axis.imshow(table, cmap="Blues", vmin=0, vmax=1.4 * top, aspect="auto")
        for (i, j), value in np.ndenumerate(table):
            axis.text(j, i, f"{value:g}" if top == 4 else f"{value:.3f}", ha="center", va="center")
        if top == 1:
            for i, total in enumerate(table.sum(axis=1)):
                axis.text(2.6, i, f"sum {total:.3f}", va="center", fontsize=9)
        axis.set(title=title, xlabel="class", xticks=range(3), yticks=[])
    axes[0].set(ylabel="sample", yticks=range(5))
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Squared error, three ways
#
# How wrong is an answer? Take the differences, square them, and make one number of all $N$. The
# decks do it in three ways:
#
# | function | loss | deck |
# | --- | --- | --- |
# | `half_sse` | $\frac12 \sum_{i=1}^{N} (t_i - y_i)^2$ | second |
# | `mean_squared_error` | $\frac1N \sum_{i=1}^{N} (t_i - y_i)^2$ | first, and every library |
# | `mean_half_sse` | $\frac1N \sum_{i=1}^{N} \frac12 (t_i - y_i)^2$ | third |
#
# $t$ (`y_true`) and $y$ (`y_pred`) have one shape, $(k,)$ or $(n, k)$; $N$ counts all entries, so
# it is $nk$ for a batch.
#
# > **The slide says** *mean squared error* and computes the half-sum (second deck). Check it: the
# > first deck's example, $t = (0, 1)$ and $y = (0.4, 0.6)$, gives 0.16 either way, because
# > $N = 2$. Five outputs tell them apart, in the cell below the question.

# %% [raw]
# # BEGIN SOLUTION


# %%
def half_sse(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return half the sum of all squared differences.

    Examples
    --------
    >>> float(half_sse([3.0, 0.0, 0.0], [1.0, 0.0, 0.0]))
    2.0
    """
    # BEGIN SOLUTION
    return np.sum((np.asarray(y_true) - np.asarray(y_pred)) ** 2) / 2
    # END SOLUTION


def mean_squared_error(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the mean of all squared differences.

    Examples
    --------
    >>> float(mean_squared_error([3.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]))
    1.0
    """
    # BEGIN SOLUTION
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)
    # END SOLUTION


def mean_half_sse(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the mean of the halves of all squared differences.

    Examples
    --------
    >>> float(mean_half_sse([3.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]))
    0.5
    """
    # BEGIN SOLUTION
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2) / 2
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_first_deck_half_sse(half_sse):
    """half_sse of the first deck's example is 0.16."""
    close(half_sse([0.0, 1.0], [0.4, 0.6]), 0.16)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_first_deck_mean_squared_error(mean_squared_error):
    """mean_squared_error of the first deck's example is 0.16, too."""
    close(mean_squared_error([0.0, 1.0], [0.4, 0.6]), 0.16)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_first_deck_mean_half_sse(mean_half_sse):
    """mean_half_sse of the first deck's example is 0.08."""
    close(mean_half_sse([0.0, 1.0], [0.4, 0.6]), 0.08)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_half_sse(half_sse, rng):
    """half_sse of five outputs is 0.04; batches of many shapes, lists and whole numbers agree."""
    for shape in [(4, 3), (1, 6), (7, 1), (5, 5), (7,)]:
        y_true, y_pred = rng.normal(size=shape) * 3, rng.normal(size=shape) * 3
        before_true, before_pred = y_true.copy(), y_pred.copy()
        expected = reference.half_sse(y_true, y_pred)
        close(half_sse(y_true, y_pred), expected)
        close(y_true, before_true)
        close(y_pred, before_pred)
        whole = rng.integers(-9, 10, size=shape)
        expected = reference.half_sse(whole, y_pred)
        close(half_sse(whole, y_pred.tolist()), expected)
    close(half_sse([0, 0, 0, 0, 1], [0, 0, 0, 0.2, 0.8]), 0.04)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_mean_squared_error(mean_squared_error, rng):
    """mean_squared_error of five outputs is 0.016; batches of many shapes and lists agree."""
    for shape in [(4, 3), (1, 6), (7, 1), (5, 5), (7,)]:
        y_true, y_pred = rng.normal(size=shape) * 3, rng.normal(size=shape) * 3
        before_true, before_pred = y_true.copy(), y_pred.copy()
        expected = reference.mean_squared_error(y_true, y_pred)
        close(mean_squared_error(y_true, y_pred), expected)
        close(y_true, before_true)
        close(y_pred, before_pred)
        whole = rng.integers(-9, 10, size=shape)
        expected = reference.mean_squared_error(whole, y_pred)
        close(mean_squared_error(whole, y_pred.tolist()), expected)
    close(mean_squared_error([0, 0, 0, 0, 1], [0, 0, 0, 0.2, 0.8]), 0.016)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_mean_half_sse(mean_half_sse, rng):
    """mean_half_sse of five outputs is 0.008; batches of many shapes and lists agree."""
    for shape in [(4, 3), (1, 6), (7, 1), (5, 5), (7,)]:
        y_true, y_pred = rng.normal(size=shape) * 3, rng.normal(size=shape) * 3
        before_true, before_pred = y_true.copy(), y_pred.copy()
        expected = reference.mean_half_sse(y_true, y_pred)
        close(mean_half_sse(y_true, y_pred), expected)
        close(y_true, before_true)
        close(y_pred, before_pred)
        whole = rng.integers(-9, 10, size=shape)
        expected = reference.mean_half_sse(whole, y_pred)
        close(mean_half_sse(whole, y_pred.tolist()), expected)
    close(mean_half_sse([0, 0, 0, 0, 1], [0, 0, 0, 0.2, 0.8]), 0.008)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Does it matter? Move the last output a little and watch the slopes, which are what training
# follows.
#
# > **The slide says** that the error of one sample has a half, and that the cost of all samples has
# > none (overview deck). Check it below: the slopes differ by a factor of exactly 2.


# %%
@picture("q5")
def three_slopes():
    y_true, y_pred = np.array([0.0, 0, 0, 0, 1]), np.array([0, 0, 0, 0.2, 0.8])
    step = np.array([0, 0, 0, 0, 1e-4])
    rows = [("half_sse", half_sse, 1), ("sum, without the half", half_sse, 2)]
    rows += [("mean_squared_error", mean_squared_error, 1), ("mean_half_sse", mean_half_sse, 1)]
    text = "loss                    value   slope in the last output"
    for name, loss, times in rows:
        slope = (loss(y_true, y_pred + step) - loss(y_true, y_pred - step)) / 2e-4
        text += f"\n{name:22}  {times * loss(y_true, y_pred):.3f}   {times * slope:.3f}"
    print(text)


# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: Cross-entropy
#
# For probabilities there is a better loss. It asks how surprised the network is by the truth:
#
# $$C = -\frac1n \sum_{s=1}^{n} \sum_{i=1}^{k} t_{si} \ln(p_{si} + \varepsilon)$$
#
# $t$ (`y_true`) and $p$ (`y_pred`) have shape $(n, k)$, or $(k,)$ for one sample ($n = 1$). A row
# of $t$ is 1 at the right class and 0 elsewhere (*one-hot*), or any other probabilities. The small
# number $\varepsilon$ (`eps`) keeps $0 \cdot \ln 0$ from becoming nan. It is added to every
# probability, as in the second deck, whose $10^{-8}$ is the default.
#
# `cross_entropy_bits` is the same with $\log_2$ in the place of $\ln$. Recall
# $\log_2 u = \ln u / \ln 2$.
#
# > **The slide says** 0.736 for $t = (0, 1)$, $p = (0.4, 0.6)$, without a unit (first deck).
# > Check it: these are bits, cut off after three digits. Every library gives the 0.511 of the
# > natural log.
# >
# > **The slide says** to reshape both arrays into one row and to divide by the number of rows
# > (second deck). Check it: of a batch of three, how many rows are left? If the right classes of
# > the three got 0.7, 0.8 and 0.5, the slide's loss is 1.272965676. Is that a mean?
# >
# > **The slide writes** $-\sum p \ln t$, with $t$ and $p$ changed over (third deck). Check it: what
# > does that give for a one-hot $t$?

# %% [raw]
# # BEGIN SOLUTION


# %%
def cross_entropy(y_true: ArrayLike, y_pred: ArrayLike, eps: float = 1e-8) -> float:
    """Return the mean cross-entropy of the samples, in nats.

    Parameters
    ----------
    y_true : array_like, shape (n, k) or (k,)
        What is right: probabilities, often one-hot.
    y_pred : array_like, of the same shape
        The network's probabilities.
    eps : float, optional
        Added to each probability inside the log.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(cross_entropy([[0, 1], [1, 0]], [[0.5, 0.5], [0.5, 0.5]])), 4)
    0.6931
    """
    # BEGIN SOLUTION
    log_p = np.log(np.asarray(y_pred) + eps)
    return -np.mean(np.sum(np.asarray(y_true) * log_p, axis=-1))
    # END SOLUTION


def cross_entropy_bits(y_true: ArrayLike, y_pred: ArrayLike, eps: float = 1e-8) -> float:
    """Return the mean cross-entropy of the samples, in bits; arguments as for cross_entropy.

    Examples
    --------
    >>> round(float(cross_entropy_bits([0, 1], [0.5, 0.5])), 4)
    1.0
    """
    # BEGIN SOLUTION
    return cross_entropy(y_true, y_pred, eps) / np.log(2)
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


def test_second_deck(cross_entropy):
    """The second deck's five outputs give 0.2231435388142097, with the default eps."""
    close(cross_entropy([0, 0, 0, 0, 1], [0, 0, 0, 0.2, 0.8]), 0.2231435388142097)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_first_deck(cross_entropy_bits):
    """The first deck's example gives 0.736965594166 bits."""
    close(cross_entropy_bits([0, 1], [0.4, 0.6], 1e-14), 0.736965594166)


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_batches(cross_entropy, rng):
    """The loss of a batch is the mean over its samples, one-hot targets or not."""
    three, p = np.eye(3), np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.2, 0.5]])
    close(cross_entropy(three, p, 1e-30), 0.424321892, rtol=2e-9)
    for n, k in [(4, 3), (1, 5), (6, 2), (3, 3)]:
        y_true, y_pred = rng.dirichlet(np.ones(k), size=n), rng.dirichlet(np.ones(k), size=n)
        before_true, before_pred = y_true.copy(), y_pred.copy()
        expected = reference.cross_entropy(y_true, y_pred, 1e-30)
        close(cross_entropy(y_true, y_pred, 1e-30), expected)
        close(y_true, before_true)
        close(y_pred, before_pred)
        close(cross_entropy(y_true.tolist(), y_pred.tolist(), 1e-30), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_one_sample(cross_entropy, rng):
    """One sample of shape (k,): the first deck's in nats, and others."""
    close(cross_entropy([0, 1], [0.4, 0.6], 1e-30), 0.510825623766)
    for k in [2, 3, 7]:
        y_true, y_pred = rng.dirichlet(np.ones(k)), rng.dirichlet(np.ones(k))
        expected = reference.cross_entropy(y_true, y_pred, 1e-30)
        close(cross_entropy(y_true, y_pred, 1e-30), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_eps(cross_entropy, cross_entropy_bits, rng):
    """eps is added to the probabilities, in nats and in bits, and is 1e-8 unless given."""
    p = reference.softmax(np.array([0.6, 0.9]) @ np.random.RandomState(42).randn(2, 3))
    close(cross_entropy([0, 0, 1], p), 1.8025260716416405)
    for eps in rng.uniform(0.001, 0.01, size=2):
        y_true, y_pred = rng.dirichlet(np.ones(4), size=3), rng.dirichlet(np.ones(4), size=3)
        expected = reference.cross_entropy(y_true, y_pred, eps)
        close(cross_entropy(y_true, y_pred, eps), expected)
        close(cross_entropy_bits(y_true, y_pred, eps), expected / np.log(2))
    expected = reference.cross_entropy_bits(y_true[0], y_pred[0])
    close(cross_entropy_bits(y_true[0], y_pred[0]), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_zeros(cross_entropy, rng):
    """Probabilities of exactly 0 give a number, also where the right class has one."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for n in [1, 4, 5]:
            y_true = np.eye(3)[rng.integers(0, 3, size=n)]
            y_pred = np.eye(3)[rng.integers(0, 3, size=n)]
            y_pred[-1] = np.roll(y_true[-1], 1)
            expected = reference.cross_entropy(y_true, y_pred)
            close(cross_entropy(y_true, y_pred), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_bits(cross_entropy_bits, rng):
    """Batches in bits."""
    for n, k in [(3, 4), (5, 2), (2, 3)]:
        y_true, y_pred = rng.dirichlet(np.ones(k), size=n), rng.dirichlet(np.ones(k), size=n)
        expected = np.mean([-t @ np.log2(p) for t, p in zip(y_true, y_pred, strict=True)])
        before_true, before_pred = y_true.copy(), y_pred.copy()
        close(cross_entropy_bits(y_true, y_pred, 1e-30), expected)
        close(y_true, before_true)
        close(y_pred, before_pred)
        close(cross_entropy_bits(y_true.tolist(), y_pred.tolist(), 1e-30), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Why a new loss? Whoever gives the right class nearly no chance pays at most 1 in `half_sse`, but
# without limit in cross-entropy. The points mark the first deck's example.


# %%
@picture("q5", "q6")
def price_of_a_miss():
    p = np.linspace(0.003, 1, 400)
    curves = [
        ("cross-entropy, bits", cross_entropy_bits, "#7a3f98"),
        ("cross-entropy, nats", cross_entropy, "#1f5f99"),
        ("half_sse", half_sse, "#e07b39"),
    ]
    lines = [[float(loss([1, 0], [one, 1 - one])) for one in p] for _, loss, _ in curves]
    _, axis = plt.subplots(figsize=(7, 4.4), layout="constrained")
    for (name, loss, colour), values in zip(curves, lines, strict=True):
        axis.plot(p, values, color=colour, linewidth=2, label=name)
        value, above = float(loss([1, 0], [0.6, 0.4])), "bits" in name
        axis.plot(0.6, value, "o", color=colour)
        axis.annotate(
            f"{value:.3f}", (0.6, value), (3, 5) if above else (-32, -13),
            textcoords="offset points", color=colour,
        )  # fmt: skip
    axis.set(
        title="What a miss costs, for two classes",
        xlabel="probability given to the right class",
        ylabel="loss of one sample",
        ylim=(-0.2, 4),
    )
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: Labels
#
# Data rarely comes one-hot. It comes as labels, such as 2, 0, 2: whole numbers from 0 to $k - 1$.
#
# Write `one_hot`: labels of shape $(n,)$ become a table of shape $(n, k)$, with a 1 in each row in
# the column of its label. A class that does not occur keeps its column.
#
# A one-hot row picks one log out of $k$ and throws the others away. So you need no table:
#
# $$C = -\frac1n \sum_{s=1}^{n} \ln\left(p_{s,\,l_s} + \varepsilon\right)$$
#
# $l$ (`labels`) has shape $(n,)$, $p$ (`y_pred`) has shape $(n, k)$; $\varepsilon$ is as above.
# The first deck lists it under its Keras name, *sparse* categorical cross-entropy.

# %% [raw]
# # BEGIN SOLUTION


# %%
def one_hot(labels: ArrayLike, k: int) -> np.ndarray:
    """Return a table with a 1 in each row, in the column of its label.

    Parameters
    ----------
    labels : array_like of int, shape (n,)
        Classes from 0 to k - 1.
    k : int
        Number of classes.

    Returns
    -------
    ndarray of float, shape (n, k)

    Examples
    --------
    >>> one_hot([2, 0], 4)
    array([[0., 0., 1., 0.],
           [1., 0., 0., 0.]])
    """
    # BEGIN SOLUTION
    return np.eye(k)[np.asarray(labels)]
    # END SOLUTION


def sparse_cross_entropy(labels: ArrayLike, y_pred: ArrayLike, eps: float = 1e-8) -> float:
    """Return the mean cross-entropy of the samples, in nats, from labels.

    Parameters
    ----------
    labels : array_like of int, shape (n,)
        The right classes, from 0 to k - 1.
    y_pred : array_like, shape (n, k)
        The network's probabilities.
    eps : float, optional
        Added to the probability inside the log.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(sparse_cross_entropy([0, 1], [[0.5, 0.5], [0.5, 0.5]])), 4)
    0.6931
    """
    # BEGIN SOLUTION
    chosen = np.asarray(y_pred)[np.arange(len(labels)), np.asarray(labels)]
    return -np.mean(np.log(chosen + eps))
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


def test_nine_classes(one_hot):
    """The labels 0 to 8 with k = 9 give a 9 by 9 table with ones on its diagonal only."""
    table = np.zeros((9, 9))
    for i in range(9):
        table[i, i] = 1
    close(one_hot(np.array([0, 1, 2, 3, 4, 5, 6, 7, 8]), 9), table)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_samples(sparse_cross_entropy):
    """Probabilities 0.5 and 0.25 of the right classes give the mean of ln 2 and ln 4."""
    y_pred = np.array([[0.2, 0.5, 0.3], [0.25, 0.25, 0.5]])
    close(sparse_cross_entropy(np.array([1, 0]), y_pred, 1e-15), 1.5 * np.log(2))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_absent_classes(one_hot, rng):
    """Labels in any order, repeated or absent, also the last class; lists too."""
    for n, k in [(5, 5), (1, 4), (8, 3), (3, 7)]:
        labels = rng.integers(1, k - 1, size=n)
        before, expected = labels.copy(), np.zeros((n, k))
        for row, label in enumerate(labels):
            expected[row, label] = 1
        close(one_hot(labels, k), expected)
        close(labels, before)
        close(one_hot(labels.tolist(), k), expected)
    close(one_hot(np.array([k - 1, 0]), k)[0], np.eye(k)[-1])


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_random_labels(sparse_cross_entropy, rng):
    """Batches of many sizes: the mean over the samples, of the right class's log."""
    for n, k in [(5, 3), (3, 5), (1, 4), (4, 4), (9, 2)]:
        y_pred, labels = rng.dirichlet(np.ones(k), size=n), rng.integers(0, k, size=n)
        before_pred, before_labels = y_pred.copy(), labels.copy()
        expected = reference.sparse_cross_entropy(labels, y_pred, 1e-30)
        close(sparse_cross_entropy(labels, y_pred, 1e-30), expected)
        close(y_pred, before_pred)
        close(labels, before_labels)
        close(sparse_cross_entropy(labels.tolist(), y_pred.tolist(), 1e-30), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_from_scores(sparse_cross_entropy, rng):
    """After softmax: the second deck's one-layer network, three scores, and a sure miss."""
    W = np.random.RandomState(42).randn(2, 3)
    p = reference.softmax(np.array([[0.6, 0.9]]) @ W)
    close(sparse_cross_entropy([2], p), 1.8025260716416405)
    close(sparse_cross_entropy([2], p, 1e-15), 1.802526132291)
    p = reference.softmax(np.array([[0.2, 0.5, 0.3]]))
    close(sparse_cross_entropy([1], p, 1e-15), 0.939831061, rtol=2e-9)
    close(sparse_cross_entropy([0, 0], np.array([[0, 1], [1, 0]])), 4 * np.log(10), rtol=1e-8)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ## Question 8: Two classes
#
# With two classes one output is enough: the probability $p_s$ of class 1.
#
# $$B = -\frac1n \sum_{s=1}^{n} \left[t_s \ln(p_s + \varepsilon)
# + (1 - t_s) \ln(1 - p_s + \varepsilon)\right]$$
#
# Here $t$ and $p$ have shape $(n,)$, and $t_s$ is 0 or 1. Support vector machines use a *score*
# $y_s$ of any size, targets $t_s$ of **−1 or 1**, and the hinge loss, 0 for whoever is right with
# a margin of at least 1:
#
# $$H = \frac1n \sum_{s=1}^{n} \max(0,\; 1 - t_s y_s)$$
#
# Both formulas are in the first deck's list of Keras losses.

# %% [raw]
# # BEGIN SOLUTION


# %%
def binary_cross_entropy(y_true: ArrayLike, y_pred: ArrayLike, eps: float = 1e-8) -> float:
    """Return the mean binary cross-entropy, in nats.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        0 or 1.
    y_pred : array_like, shape (n,)
        Probabilities of class 1.
    eps : float, optional
        Added inside both logs.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(binary_cross_entropy([1, 0], [0.5, 0.5])), 4)
    0.6931
    """
    # BEGIN SOLUTION
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.mean(t * np.log(p + eps) + (1 - t) * np.log(1 - p + eps))
    # END SOLUTION


def hinge_loss(y_true: ArrayLike, y_pred: ArrayLike) -> float:
    """Return the mean hinge loss.

    Parameters
    ----------
    y_true : array_like, shape (n,)
        -1 or 1.
    y_pred : array_like, shape (n,)
        Scores of any size.

    Returns
    -------
    float

    Examples
    --------
    >>> float(hinge_loss([1, -1], [3.0, 1.0]))
    1.0
    """
    # BEGIN SOLUTION
    return np.mean(np.maximum(0, 1 - np.asarray(y_true) * np.asarray(y_pred)))
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


def test_two_probabilities(binary_cross_entropy):
    """Targets 1, 0 and probabilities 0.8, 0.3 give 0.289909247626."""
    close(binary_cross_entropy([1, 0], [0.8, 0.3], 1e-14), 0.289909247626)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_three_scores(hinge_loss):
    """Target 1 with score 0.5 costs 0.5; 1 with 2 costs 0; -1 with 0.5 costs 1.5."""
    close(hinge_loss([1], [0.5]), 0.5)
    close(hinge_loss([1], [2.0]), 0.0)
    close(hinge_loss([-1], [0.5]), 1.5)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_probabilities(binary_cross_entropy, rng):
    """Random targets and probabilities, batches of one and many, lists; arguments stay."""
    for n in [7, 1, 2, 30]:
        t, p = rng.integers(0, 2, size=n), rng.uniform(0.02, 0.98, size=n)
        before_t, before_p = t.copy(), p.copy()
        expected = reference.binary_cross_entropy(t, p, 1e-30)
        close(binary_cross_entropy(t, p, 1e-30), expected)
        close(t, before_t)
        close(p, before_p)
        close(binary_cross_entropy(t.tolist(), p.tolist(), 1e-30), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sure_answers(binary_cross_entropy, rng):
    """eps is added inside both logs, so probabilities of exactly 0 and 1 give a number."""
    import warnings

    t, p, eps = np.array([1, 0, 1]), rng.uniform(0.1, 0.9, size=3), rng.uniform(0.001, 0.01)
    expected = reference.binary_cross_entropy(t, p, eps)
    close(binary_cross_entropy(t, p, eps), expected)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for n in [4, 6]:
            t, p = rng.permutation(np.arange(n) % 2), rng.permutation(np.arange(n) % 2)
            t[0], p[0] = 1, 0
            expected = reference.binary_cross_entropy(t, p)
            close(binary_cross_entropy(t, p), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_scores(hinge_loss, rng):
    """Scores of any size and both signs, on all sides of the margin."""
    close(hinge_loss([1, 1, -1], [0.5, 2.0, 0.5]), 2 / 3)
    for n in [8, 1, 5]:
        t, y = rng.choice([-1, 1], size=n), rng.normal(size=n) * 3
        y[0] = -t[0] * rng.uniform(0.1, 2)
        y[-1] = t[-1] * rng.uniform(-0.9, 0.9)
        before_t, before_y = t.copy(), y.copy()
        expected = np.mean([max(0, 1 - a * b) for a, b in zip(t, y, strict=True)])
        close(hinge_loss(t, y), expected)
        close(t, before_t)
        close(y, before_y)
        close(hinge_loss(t.tolist(), y.tolist()), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Both losses fall as the score moves to the right side. Counting mistakes (dashed) is flat but for
# one jump, and a slope of 0 teaches nothing. The hinge is content at the margin; cross-entropy
# never quite is.


# %%
@picture("q8")
def two_class_losses():
    score = np.linspace(-3, 3, 301)
    hinge = [float(hinge_loss([1], [y])) for y in score]
    logistic = [float(binary_cross_entropy([1], [p])) for p in sigmoid(score)]
    _, axis = plt.subplots(figsize=(7, 3.8), layout="constrained")
    axis.step(score, score < 0, where="mid", color="0.6", linestyle="--", label="1 if wrong")
    axis.plot(score, hinge, color="#e07b39", linewidth=2, label="hinge")
    axis.plot(
        score, logistic, color="#1f5f99", linewidth=2, label="binary cross-entropy of the sigmoid"
    )
    axis.axvline(1, ymax=0.45, color="0.8", zorder=0)
    axis.text(1.05, 1.3, "the margin", color="0.4")
    axis.set(title="The loss of one score when class 1 is right", xlabel="score", ylabel="loss")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ## Question 9: Several losses, one number
#
# A network may have several outputs, each with its own loss. Training needs one number.
#
# > **The slide says** that the losses are averaged (overview deck and first deck). Check it
# > with a Keras run of a network with two outputs: losses 0.486689 and 5.912905, reported together
# > as 6.399594.
#
# Write what Keras does: with losses $\ell_i$ and weights $w_i$, both of shape $(m,)$, the total is
# $\sum_{i=1}^{m} w_i \ell_i$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def total_loss(losses: ArrayLike, weights: ArrayLike) -> float:
    """Return the one number that stands for several losses.

    Parameters
    ----------
    losses, weights : array_like, shape (m,)
        A loss and its weight for each output.

    Returns
    -------
    float

    Examples
    --------
    >>> float(total_loss([0.5, 2.0], [2, 1]))
    3.0
    """
    # BEGIN SOLUTION
    return np.sum(np.asarray(losses) * np.asarray(weights))
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


def test_two_outputs(total_loss):
    """Losses 0.486689 and 5.912905 with weights 1 give 6.399594; 4 and 2 with 0.5 and 3 give 8."""
    close(total_loss([0.486689, 5.912905], [1, 1]), 6.399594)
    close(total_loss([4, 2], [0.5, 3]), 8.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_weights(total_loss, rng):
    """One to five losses with weights, zero among them; arguments stay."""
    for m in [3, 1, 2, 5]:
        losses, weights = rng.uniform(0.1, 5, size=m), rng.uniform(0.1, 3, size=m)
        weights[m // 2] *= m < 3
        if m == 1:
            weights[0] = rng.uniform(2, 3)
        before_losses, before_weights = losses.copy(), weights.copy()
        expected = reference.total_loss(losses, weights)
        close(total_loss(losses, weights), expected)
        close(losses, before_losses)
        close(weights, before_weights)
        close(total_loss(losses.tolist(), weights.tolist()), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_equal_weights(total_loss, rng):
    """With weights of 1 the losses add up, however many there are."""
    for m in [2, 4]:
        losses = rng.uniform(0.1, 5, size=m)
        expected = losses.sum()
        close(total_loss(losses, np.ones(m)), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you can do now
#
# You can carry one sample or a batch through any number of layers, turn scores into probabilities
# that survive any size, and measure a miss in the unit that you choose. You know that a loss needs
# its convention beside it: sum or mean, half or whole, nats or bits. And you have seen that an
# example with one sample, or with two outputs, can hide a wrong formula.
#
# Next comes **03: numerical gradients and gradient descent**: how the loss changes when a weight
# does, and how to walk downhill.
