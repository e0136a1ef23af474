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
# # Computational graphs and layers
#
# A network of 43 weights and biases needs 86 forward passes for one gradient, if you nudge each of
# them up and down. Going backward by hand is cheaper, but it is new work for every network. Today
# you build the way back once, from pieces that fit any network: one pass forward and one pass
# *backward* give all slopes at once, for 43 weights or 43 million.
#
# Each piece knows two things: how to compute its result, and how to hand a gradient back. You build
# such pieces, from a node that multiplies to a loss, check them, and plug them together into a
# network that you train. The layers follow the second deck, *Practical deep learning in Python*;
# boxes show where it needs repair.
#
# **House rules.** They hold in every question; tests check them.
#
# * `forward` keeps what `backward` will need, copied or not: no test changes an array in between.
#   A second `forward` replaces what the first one kept.
# * `backward(dout)` gets the gradient of the final result with respect to what `forward` returned,
#   and returns the gradient with respect to what `forward` got, in the same shape.
# * Each object keeps its own values: two layers of one class know nothing of each other.
# * No function or method changes its arguments. Arrays may hold whole numbers.

# %%
from time import perf_counter

import matplotlib.pyplot as plt
import numpy as np

BLUE, ORANGE, GREEN = "#1f5f99", "#e07b39", "#3a8a5f"


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), in the shape of x."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def log_softmax(x):
    """Return the logarithm of the softmax of each row of scores (or of one row)."""
    z = x - np.max(x, axis=-1, keepdims=True)
    return z - np.log(np.sum(np.exp(z), axis=-1, keepdims=True))


def numerical_gradient(f, array, h=1e-5):
    """Return the slope of f() in each entry of array, by central differences.

    f takes no argument; it reads array. Each entry is nudged in place and put back.
    """
    slopes = np.zeros(array.shape)
    for i in np.ndindex(array.shape):
        kept = array[i]
        array[i] = kept + h
        up = f()
        array[i] = kept - h
        down = f()
        array[i] = kept
        slopes[i] = (up - down) / (2 * h)
    return slopes


# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: Nodes that multiply and add
#
# Two apples at 100 each, tax factor 1.1: 2 · 100 = 200, 200 · 1.1 = 220. That is a *graph* of two
# multiply nodes. Now go back. The slope of the total in itself is 1. The last node computed
# 200 · 1.1, so one more on the 200 adds 1.1, and one more on the tax adds 200: the inputs,
# *swapped*. The first node receives 1.1 and sends on 1.1 · 100 = 110 to the apples and
# 1.1 · 2 = 2.2 to their price.
#
# | node | forward | backward |
# | --- | --- | --- |
# | multiply | $ab$ | $(D\,b,\; D\,a)$ |
# | add | $a + b$ | $(D,\; D)$ |
#
# Here $a$, $b$ and $D$ are numbers, or arrays of one shape; $D$ always means the `dout` of the
# code. A value that feeds two inputs hears from both, and its slopes *add up*: for $x \cdot x$ at
# 3 they are 3 + 3 = 6.
#
# Write both nodes. Then wire three multiply nodes and one add node into `checkout`, for apples and
# oranges, tax on the sum: pass the values forward, and 1 backward. The picture below shows the
# graph.

# %% [raw]
# # BEGIN SOLUTION


# %%
class MulNode:
    """A node that multiplies.

    Examples
    --------
    >>> node = MulNode()
    >>> node.forward(3.0, 5.0)
    15.0
    >>> node.backward(2.0)
    (10.0, 6.0)
    """

    def forward(self, a: float, b: float) -> float:
        """Return the product of two numbers, or of two arrays of one shape."""
        # BEGIN SOLUTION
        self.a, self.b = a, b
        return a * b
        # END SOLUTION

    def backward(self, dout: float) -> tuple[float, float]:
        """Return the gradients with respect to a and b."""
        # BEGIN SOLUTION
        return dout * self.b, dout * self.a
        # END SOLUTION


class AddNode:
    """A node that adds.

    Examples
    --------
    >>> node = AddNode()
    >>> node.forward(3.0, 5.0)
    8.0
    """

    def forward(self, a: float, b: float) -> float:
        """Return the sum of two numbers, or of two arrays of one shape."""
        # BEGIN SOLUTION
        return a + b
        # END SOLUTION

    def backward(self, dout: float) -> tuple[float, float]:
        """Return the gradients with respect to a and b."""
        # BEGIN SOLUTION
        return dout, dout
        # END SOLUTION


def checkout(
    apples: float, apple_price: float, oranges: float, orange_price: float, tax: float
) -> tuple[float, dict[str, float]]:
    """Return what a purchase costs, and its slope in each of the five numbers.

    Parameters
    ----------
    apples, oranges : float
        How many.
    apple_price, orange_price : float
        Of one.
    tax : float
        The factor on the sum, such as 1.1.

    Returns
    -------
    total : float
    slopes : dict of float
        Under the names of the five parameters.

    Examples
    --------
    >>> total, slopes = checkout(1.0, 10.0, 2.0, 20.0, 2.0)
    >>> total, slopes["oranges"]
    (100.0, 40.0)
    """
    # BEGIN SOLUTION
    of_apples, of_oranges, of_tax, both = MulNode(), MulNode(), MulNode(), AddNode()
    cost = both.forward(
        of_apples.forward(apples, apple_price), of_oranges.forward(oranges, orange_price)
    )
    total = of_tax.forward(cost, tax)
    slopes = {}
    d_cost, slopes["tax"] = of_tax.backward(1.0)
    d_apples, d_oranges = both.backward(d_cost)
    slopes["apples"], slopes["apple_price"] = of_apples.backward(d_apples)
    slopes["oranges"], slopes["orange_price"] = of_oranges.backward(d_oranges)
    return total, slopes
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


def test_two_nodes(MulNode, AddNode):
    """At 3 and 5 with dout 2, multiply gives 15 and sends back 10 and 6; add gives 8, 2 and 2."""
    times, plus = MulNode(), AddNode()
    for what, got, right in [
        ("MulNode.forward", times.forward(3.0, 5.0), 15.0),
        ("AddNode.forward", plus.forward(3.0, 5.0), 8.0),
        ("MulNode.backward", times.backward(2.0), (10.0, 6.0)),
        ("AddNode.backward", plus.backward(2.0), (2.0, 2.0)),
    ]:
        try:
            close(got, right)
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_purchases(checkout):
    """Two apples at 100 cost 220 with tax; an apple at 10 and two oranges at 20, doubled, 100."""
    names = ["apples", "apple_price", "oranges", "orange_price", "tax"]
    for purchase, right_total, right_slopes in [
        ((2.0, 100.0, 0.0, 150.0, 1.1), 220.0, (110.0, 2.2, 165.0, 0.0, 200.0)),
        ((1.0, 10.0, 2.0, 20.0, 2.0), 100.0, (20.0, 2.0, 40.0, 4.0, 50.0)),
    ]:
        total, slopes = checkout(*purchase)
        assert isinstance(slopes, dict), "the second result should be a dict of slopes"
        assert {*slopes} == {*names}, f"the slopes have the wrong names: got {[*slopes]}"
        pairs = [(f"the slope in {name}", slopes[name]) for name in names]
        rights = [right_total, *right_slopes]
        for (what, got), right in zip([("the total", total), *pairs], rights, strict=True):
            try:
                close(got, right)
            except AssertionError as error:
                raise AssertionError(f"checkout{purchase}, {what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_nodes_anywhere(MulNode, AddNode, rng):
    """Nodes with numbers of either sign and with arrays; the last forward counts."""
    times, plus = MulNode(), AddNode()
    for shape in [(), (4,), (2, 3)]:
        a, b, dout = rng.normal(size=(3, *shape)) * 4
        right = a * b, (dout * b, dout * a), a + b, (dout, dout)
        before = np.array(a), np.array(b), np.array(dout)
        close(times.forward(a, b), right[0])
        close(times.backward(dout), right[1])
        close(plus.forward(a, b), right[2])
        close(plus.backward(dout), right[3])
        close((a, b, dout), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_nodes_apart(MulNode, rng):
    """Two multiply nodes, both forward before the first goes backward."""
    a, b, c, d, e, f = rng.uniform(1, 9, size=6).tolist()
    one, other = MulNode(), MulNode()
    close(one.forward(a, b), a * b)
    close(other.forward(c, d), c * d)
    close(one.backward(e), (e * b, e * a))
    close(other.backward(f), (f * d, f * c))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_purchases(checkout, rng):
    """Other purchases, and two apples with three oranges: 715."""
    names = ["apples", "apple_price", "oranges", "orange_price", "tax"]
    for _ in range(3):
        a, p, o, q, t = rng.uniform(1, 9, size=5).tolist()
        slopes = [p * t, a * t, q * t, o * t, a * p + o * q]
        right = (a * p + o * q) * t, dict(zip(names, slopes, strict=True))
        close(checkout(a, p, o, q, t), right)
    right = 715.0, dict(zip(names, [110.0, 2.2, 165.0, 3.3, 650.0], strict=True))
    close(checkout(2, 100, 3, 150, 1.1), right)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q1")
def purchase_as_a_graph():
    total, slopes = checkout(2.0, 100.0, 3.0, 150.0, 1.1)
    m1, m2, plus, m3 = MulNode(), MulNode(), AddNode(), MulNode()
    sums = [m1.forward(2.0, 100.0), m2.forward(3.0, 150.0)]
    cost = plus.forward(*sums)
    close(m3.forward(cost, 1.1), total)
    d_cost = m3.backward(1.0)[0]
    d_sums = plus.backward(d_cost)
    places = {
        "apples": (0, 5.5), "apple_price": (0, 3.7), "oranges": (0, 2.4), "orange_price": (0, 0.6),
        "tax": (0, -0.8), "m1": (2, 4.6), "m2": (2, 1.5), "plus": (4, 3), "m3": (6, 2),
        "end": (8, 2),
    }  # fmt: skip
    edges = [
        ("apples", "m1", 2, slopes["apples"]),
        ("apple_price", "m1", 100, slopes["apple_price"]),
        ("oranges", "m2", 3, slopes["oranges"]),
        ("orange_price", "m2", 150, slopes["orange_price"]),
        ("m1", "plus", sums[0], d_sums[0]),
        ("m2", "plus", sums[1], d_sums[1]),
        ("plus", "m3", cost, d_cost),
        ("tax", "m3", 1.1, slopes["tax"]),
        ("m3", "end", total, 1),
    ]
    signs = {"m1": "×", "m2": "×", "plus": "+", "m3": "×"}
    _, axis = plt.subplots(figsize=(10, 5), layout="constrained")
    for start, end, value, slope in edges:
        (x0, y0), (x1, y1) = places[start], places[end]
        axis.plot([x0, x1], [y0, y1], color="0.7", zorder=1)
        at = 0.3 if x0 == 0 else 0.5
        x, y = x0 + at * (x1 - x0), y0 + at * (y1 - y0)
        gap = 0.06 + 0.12 * abs(y1 - y0) / (x1 - x0)
        axis.text(x, y + gap, f"{value:g}", color=BLUE, ha="center", va="bottom", fontsize=11)
        axis.text(x, y - gap, f"{slope:g}", color=ORANGE, ha="center", va="top", fontsize=11)
    for name, (x, y) in places.items():
        if name in signs:
            axis.scatter(x, y, s=900, color="white", edgecolor="black", zorder=2)
            axis.text(x, y, signs[name], ha="center", va="center", fontsize=16)
        elif name != "end":
            axis.text(x - 0.1, y, name.replace("_", " "), ha="right", va="center")
    axis.text(8.1, 2, "total", va="center")
    axis.plot([], [], color=BLUE, label="values, forward: left to right")
    axis.plot([], [], color=ORANGE, label="slopes of the total, backward: right to left")
    axis.legend(frameon=False, loc="upper right")
    axis.set(title="Two apples, three oranges, tax", xlim=(-1.6, 9), ylim=(-1.2, 6))
    axis.axis("off")
    plt.show()


# %% [markdown]
# ## Layers
#
# A *layer* is a node for a whole batch: an array of shape $(n, d)$, $n$ samples of $d$ numbers, or
# one sample of shape $(d,)$. Three are written out for you below. `Sine` has nothing to learn.
# `Scale` has: one weight `W` and one bias `b` for all entries, and its `backward` leaves their
# gradients in `dW` and `db`. `HalfSquares` is a loss. Read them: yours follow the same pattern.


# %%
class Sine:
    """Answer sin(x), entry by entry."""

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return np.sin(self.x)

    def backward(self, dout):
        return dout * np.cos(self.x)


class Scale:
    """Answer W x + b, with one number W and one number b (kept in arrays of shape (1,))."""

    def __init__(self, W, b):
        self.W, self.b = np.array([W], dtype=float), np.array([b], dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x * self.W + self.b

    def backward(self, dout):
        self.dW, self.db = np.array([np.sum(dout * self.x)]), np.array([np.sum(dout)])
        return dout * self.W


class HalfSquares:
    """Half the sum of the squared misses: a loss."""

    def forward(self, x, y_true):
        self.miss = np.asarray(x) - np.asarray(y_true)
        return 0.5 * np.sum(self.miss**2)

    def backward(self, dout=1.0):
        return dout * self.miss


# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: ReLU
#
# $y = \max(x, 0)$. Where $x > 0$ the slope is 1 and `dout` passes; where $x \le 0$ it is 0 and
# nothing does. The deck's example is the batch (1, −0.5), (−2, 3). Return new arrays: `x` and
# `dout` belong to the caller.

# %% [raw]
# # BEGIN SOLUTION


# %%
class Relu:
    """The layer max(x, 0).

    Examples
    --------
    >>> layer = Relu()
    >>> layer.forward(np.array([2.0, -1.0]))
    array([2., 0.])
    >>> layer.backward(np.array([7.0, 8.0]))
    array([7., 0.])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return max(x, 0), entry by entry, for x of any shape."""
        # BEGIN SOLUTION
        self.passes = np.asarray(x) > 0
        return np.where(self.passes, x, 0)
        # END SOLUTION

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to x, in its shape."""
        # BEGIN SOLUTION
        return np.where(self.passes, dout, 0)
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


def test_relu_on_the_deck(Relu):
    """(1, -0.5), (-2, 3) becomes (1, 0), (0, 3); gradients pass where x was above 0, not at 0."""
    for name, x, dout, y, back in [
        ("the deck's batch", [[1.0, -0.5], [-2.0, 3.0]], [[5.0, 6.0], [7.0, -8.0]],
         [[1.0, 0.0], [0.0, 3.0]], [[5.0, 0.0], [0.0, -8.0]]),
        ("x = (0, 4)", [0.0, 4.0], [6.0, 9.0], [0.0, 4.0], [0.0, 9.0]),
    ]:  # fmt: skip
        layer, given_x, given_dout = Relu(), np.array(x), np.array(dout)
        for what, got, right in [
            ("forward", layer.forward(given_x), y),
            ("backward", layer.backward(given_dout), back),
            ("the caller's x, after the calls", given_x, x),
            ("the caller's dout, after the calls", given_dout, dout),
        ]:
            try:
                close(got, np.array(right))
            except AssertionError as error:
                raise AssertionError(f"{name}, {what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_relu_anywhere(Relu, rng):
    """Batches of every shape, with zeros among the inputs; the last forward counts."""
    layer = Relu()
    for shape in [(3, 4), (6,), (1, 2), (2, 3, 2)]:
        x, dout = rng.normal(size=shape) * 3, rng.normal(size=shape) + 0.5
        x.flat[0] = 0.0
        right = np.maximum(x, 0), dout * (x > 0)
        close(layer.forward(x), right[0])
        close(layer.backward(dout), right[1])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_relu_arguments(Relu, rng):
    """forward and backward leave their arguments as they came, ones and whole numbers too."""
    x = rng.integers(1, 9, size=(3, 4)) * rng.choice([-1, 1], size=(3, 4))
    x[0, :2] = 4, -4
    dout = np.ones(x.shape)
    before, right, passed = x.copy(), np.maximum(x, 0), (x > 0) * 1.0
    layer = Relu()
    out, back = layer.forward(x), layer.backward(dout)
    close(x, before)
    close(dout, np.ones(x.shape))
    close(out, right)
    close(back, passed)
    dout = rng.normal(size=x.shape)
    before, passed = dout.copy(), dout * (x > 0)
    close(layer.backward(dout), passed)
    close(dout, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_relus_apart(Relu, rng):
    """Two ReLU layers, both forward before the first goes backward."""
    one, other = Relu(), Relu()
    x = rng.uniform(1, 5, size=(2, 3)) * np.array([[1, -1, 1], [-1, 1, 1]])
    dout = rng.uniform(1, 5, size=(2, 3))
    right = np.maximum(x, 0), np.maximum(-x, 0), dout * (x > 0), dout * (x < 0)
    close(one.forward(x), right[0])
    close(other.forward(-x), right[1])
    close(one.backward(dout), right[2])
    close(other.backward(dout), right[3])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** `dout[self.mask] = 0` and returns `dout`, with the mask $x \le 0$. Check it:
# > before the call, your array `mine` holds ones. What does it hold afterwards, and what would a
# > second layer get that was to receive `mine` too?


# %%
def slide_relu_backward(mask, dout):
    """Do what the slide does."""
    dout[mask] = 0
    return dout


x, mine = np.array([[1.0, -0.5], [-2.0, 3.0]]), np.ones((2, 2))
print(f"x:\n{x}\nmine, before the call:\n{mine}")
slide_relu_backward(x <= 0, mine)
print(f"mine, after the call:\n{mine}")

# %% [markdown]
# Half of the ones are gone, for you and for that second layer.

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: Sigmoid
#
# $y = \sigma(x)$ has the slope $y\,(1 - y)$: the layer's own *result* says how steep it was. Entry
# by entry, in the shape of $x$:
#
# $$\frac{\partial L}{\partial x} = D \cdot y\,(1 - y)$$
#
# $L$ is the number at the far end. At most (at $x = 0$) the factor $y\,(1 - y)$ is .25, and at
# $x = \pm 6$ it is .0025: hardly anything comes back. The function `sigmoid` is given.

# %% [raw]
# # BEGIN SOLUTION


# %%
class Sigmoid:
    """The layer 1 / (1 + exp(-x)).

    Examples
    --------
    >>> layer = Sigmoid()
    >>> layer.forward(np.array([0.0]))
    array([0.5])
    >>> layer.backward(np.array([8.0]))
    array([2.])
    """

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return the sigmoid of x, entry by entry, for x of any shape."""
        # BEGIN SOLUTION
        self.y = sigmoid(x)
        return self.y
        # END SOLUTION

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Return the gradient with respect to x, in its shape."""
        # BEGIN SOLUTION
        return dout * self.y * (1 - self.y)
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


def test_sigmoid_by_hand(Sigmoid):
    """At ln 4 the sigmoid is 0.8 and its slope is 0.16, so dout 10 sends back 1.6."""
    layer = Sigmoid()
    for what, got, right in [
        ("forward", layer.forward(np.array([[np.log(4.0), 0.0]])), [[0.8, 0.5]]),
        ("backward", layer.backward(np.array([[10.0, 4.0]])), [[1.6, 1.0]]),
    ]:
        try:
            close(got, np.array(right))
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_sigmoid_anywhere(Sigmoid, rng):
    """Batches of every shape against a step along the imaginary axis; the last forward counts."""
    layer = Sigmoid()
    for shape in [(3, 4), (6,), (1, 2), (2, 3, 2)]:
        x, dout = rng.normal(size=shape) * 2, rng.normal(size=shape) * 3
        right = 1 / (1 + np.exp(-x)), dout * (1 / (1 + np.exp(-x - 1e-20j))).imag / 1e-20
        before = x.copy(), dout.copy()
        close(layer.forward(x), right[0])
        close(layer.backward(dout), right[1])
        close((x, dout), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sigmoid_on_the_deck(Sigmoid, rng):
    """The batch of the deck's notebook, sent back through the layer, and whole numbers."""
    layer = Sigmoid()
    x = np.array([[1.0, -0.5], [-2.0, 3.0]])
    y = np.array([[0.73105858, 0.37754067], [0.11920292, 0.95257413]])
    back = np.array([[0.19661193, -0.11750186], [-0.20998717, 0.13552998]])
    close(layer.forward(x), y, rtol=0, atol=6e-9)
    close(layer.backward(x), back, rtol=0, atol=6e-9)
    close(x, np.array([[1.0, -0.5], [-2.0, 3.0]]))
    whole = rng.integers(-3, 4, size=(2, 5))
    y = 1 / (1 + np.exp(-whole))
    close(layer.forward(whole), y)
    close(layer.backward(whole + 5), (whole + 5) * y * (1 - y))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sigmoids_apart(Sigmoid, rng):
    """Two sigmoid layers, both forward before the first goes backward."""
    one, other = Sigmoid(), Sigmoid()
    a, b, dout = rng.uniform(0.5, 2, size=(3, 4))
    p, q = 1 / (1 + np.exp(-a)), 1 / (1 + np.exp(-b - 2))
    close(one.forward(a), p)
    close(other.forward(b + 2), q)
    close(one.backward(dout), dout * p * (1 - p))
    close(other.backward(dout), dout * q * (1 - q))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q2", "q3")
def what_comes_back():
    x = np.sort(np.append(np.linspace(-6, 6, 241), 1e-9))
    _, axes = plt.subplots(1, 2, figsize=(10, 3.4), layout="constrained")
    for axis, layer, name in zip(axes, [Relu(), Sigmoid()], ["ReLU", "sigmoid"], strict=True):
        y, back = 1 * layer.forward(x), 1 * layer.backward(np.ones(x.shape))
        axis.plot(x, y, color=BLUE, linewidth=2, label="forward")
        axis.plot(x, back, color=ORANGE, linewidth=2, label="backward, for dout = 1")
        axis.set(title=f"Your {name}", xlabel="x", ylim=(-0.1, 2 if name == "ReLU" else 1.1))
        axis.spines[["top", "right"]].set_visible(False)
        axis.legend(frameon=False, loc="upper left")
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: Affine
#
# The layer with the weights: $Y = XW + b$. For `dout` $= D$,
#
# $$\frac{\partial L}{\partial X} = D\,W^\top, \qquad
# \frac{\partial L}{\partial W} = X^\top D, \qquad
# \frac{\partial L}{\partial b_j} = \sum_{i=1}^{n} D_{ij}$$
#
# | symbol | shape, batch | shape, one sample |
# | --- | --- | --- |
# | $X$, $\partial L/\partial X$ | $(n, d)$ | $(d,)$ |
# | $Y$, $D$ | $(n, k)$ | $(k,)$ |
# | $W$, `dW` | $(d, k)$ | $(d, k)$ |
# | $b$, `db` | $(k,)$ | $(k,)$ |
#
# Why the sum? Each bias feeds all $n$ samples, and slopes add up. Shapes are your compass: when
# $n$, $d$ and $k$ differ, only one product of $X$ and $D$ has the shape of $W$. One sample counts
# as $n = 1$, but comes and goes without a batch axis. `backward` returns $\partial L/\partial X$
# and sets the attributes `dW` and `db` *anew* at each call.

# %% [raw]
# # BEGIN SOLUTION


# %%
class Affine:
    """The layer x W + b.

    Parameters
    ----------
    W : ndarray, shape (d, k)
        Weights.
    b : ndarray, shape (k,)
        Biases.

    Attributes
    ----------
    W, b : ndarray of float
        As given (the same arrays or copies, both are right); training changes them.
    dW, db : ndarray
        The gradients with respect to W and b, in their shapes, after backward.

    Examples
    --------
    >>> layer = Affine(np.array([[1.0, 0.0, 2.0]]), np.array([5.0, 5.0, 5.0]))
    >>> layer.forward(np.array([[1.0], [2.0]]))
    array([[6., 5., 7.],
           [7., 5., 9.]])
    """

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        # BEGIN SOLUTION
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)
        # END SOLUTION

    def forward(self, x: np.ndarray) -> np.ndarray:
        """Return x W + b for a batch, shape (n, d), or for one sample, shape (d,)."""
        # BEGIN SOLUTION
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b
        # END SOLUTION

    def backward(self, dout: np.ndarray) -> np.ndarray:
        """Set dW and db; return the gradient with respect to x, in its shape."""
        # BEGIN SOLUTION
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=0)
        return dout @ self.W.T
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


def test_affine_forward(Affine):
    """The deck's sample (1, -0.5) becomes (-4, -3, -2), alone or as a batch of one."""
    layer = Affine(np.array([[0.0, 0.0, 0.0], [10.0, 10.0, 10.0]]), np.array([1.0, 2.0, 3.0]))
    for what, got, right in [
        ("one sample", layer.forward(np.array([1.0, -0.5])), [-4.0, -3.0, -2.0]),
        ("a batch of one", layer.forward(np.array([[1.0, -0.5]])), [[-4.0, -3.0, -2.0]]),
    ]:
        try:
            close(got, np.array(right))
        except AssertionError as error:
            raise AssertionError(f"forward of {what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_affine_backward(Affine):
    """Each gradient has the shape of what it belongs to: for two samples, then for one alone."""
    layer = Affine(np.array([[1.0, 0.0, 2.0], [0.0, 3.0, 0.0]]), np.array([0.0, 1.0, 2.0]))
    for name, x, dout, dx, dW, db in [
        ("two samples", [[10.0, 20.0], [1.0, 2.0]], [[1.0, 2.0, 3.0], [1.0, 0.0, 0.0]],
         [[7.0, 6.0], [1.0, 0.0]], [[11.0, 20.0, 30.0], [22.0, 40.0, 60.0]], [2.0, 2.0, 3.0]),
        ("one sample of shape (d,)", [10.0, 20.0], [1.0, 2.0, 3.0],
         [7.0, 6.0], [[10.0, 20.0, 30.0], [20.0, 40.0, 60.0]], [1.0, 2.0, 3.0]),
    ]:  # fmt: skip
        try:
            layer.forward(np.array(x))
            back = layer.backward(np.array(dout))
        except ValueError as error:
            raise AssertionError(f"{name}: {error}") from None
        for what, got, right in [
            ("what backward returns", back, dx),
            ("dW", layer.dW, dW),
            ("db", layer.db, db),
        ]:
            try:
                close(got, np.array(right))
            except AssertionError as error:
                raise AssertionError(f"{name}, {what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_affine_batches(Affine, rng):
    """Batches of many shapes; nothing that was passed in is changed."""
    for n, d, k in [(4, 4, 4), (5, 2, 3), (1, 3, 2), (3, 3, 1)]:
        W, b, x, dout = (rng.normal(size=s) * 3 for s in [(d, k), (k,), (n, d), (n, k)])
        right = x @ W + b, dout @ W.T, np.einsum("id,ik->dk", x, dout), np.ones(n) @ dout
        before = W.copy(), b.copy(), x.copy(), dout.copy()
        layer = Affine(W.copy(), b.copy())
        close(layer.forward(x), right[0])
        close(layer.backward(dout), right[1])
        close(layer.dW, right[2])
        close(layer.db, right[3])
        close((layer.W, layer.b, x, dout), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_affine_bias(Affine, rng):
    """db for the batch (.1, .2, .3), (-.4, .5, .6), and for other batches."""
    dout = np.array([[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]])
    for more in [0.0, *rng.normal(size=2)]:
        W, b, x = rng.normal(size=(4, 3)), rng.normal(size=3), rng.normal(size=(2, 4))
        right = x @ W + b, np.array([-0.3, 0.7, 0.9]) + 2 * more, (dout + more) @ W.T
        layer = Affine(W.copy(), b.copy())
        close(layer.forward(x), right[0])
        close(layer.backward(dout + more), right[2])
        close(layer.db, right[1])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_affine_one_sample(Affine, rng):
    """One sample of shape (d,), and whole numbers: every gradient in its shape."""
    for d, k in [(3, 3), (2, 4), (5, 1)]:
        W, b = rng.integers(-4, 5, size=(d, k)), rng.integers(-4, 5, size=k)
        x, dout = rng.integers(1, 9, size=d), rng.integers(1, 9, size=k)
        right = x @ W + b, dout @ W.T, np.outer(x, dout), dout.copy()
        layer = Affine(W.copy(), b.copy())
        close(layer.forward(x), right[0])
        close(layer.backward(dout), right[1])
        close(layer.dW, right[2])
        close(layer.db, right[3])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_affine_again(Affine, rng):
    """Each backward starts afresh, and two layers stay apart."""
    W, b = rng.normal(size=(3, 3)), rng.normal(size=3)
    one, other = Affine(W.copy(), b.copy()), Affine(-W, b.copy())
    for n in [2, 5, 5]:
        x, z, dout = rng.normal(size=(3, n, 3))
        right = x @ W + b, b - z @ W, x.T @ dout, dout.sum(axis=0), -dout @ W.T
        close(one.forward(x), right[0])
        close(other.forward(z), right[1])
        close(other.backward(dout), right[4])
        close(one.backward(dout), -right[4])
        close(one.dW, right[2])
        close(one.db, right[3])
        close(other.dW, z.T @ dout)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** `self.db = np.sum(dout)`. Check it: the cell below runs that line for `dout`
# > (.1, .2, .3), (−.4, .5, .6), and nudges each of the three biases. Which of them would the slide
# > move in the wrong direction?

# %%
dout = np.array([[0.1, 0.2, 0.3], [-0.4, 0.5, 0.6]])
x, W, b = np.array([[1.0, -0.5], [2.0, 0.0]]), np.ones((2, 3)), np.zeros(3)
slopes = numerical_gradient(lambda: np.sum(dout * (x @ W + b)), b)
print("the slide, for all three:", np.sum(dout).round(6))
print("nudged, one by one:      ", slopes.round(6))

# %% [markdown]
# The first one: 1.3 in place of −.3. There is worse, once you have a softmax to put behind it.

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Softmax with loss
#
# The last layer turns scores $x$ into probabilities $p$ and compares them with targets $t$:
#
# $$L = -\frac{1}{n} \sum_{i=1}^{n} \sum_{j=1}^{k} t_{ij} \ln p_{ij}, \qquad
# p_i = \operatorname{softmax}(x_i), \qquad
# \frac{\partial L}{\partial x} = \frac{p - t}{n}$$
#
# $x$, $p$ and $t$ (`y_true`; each row sums to 1) have the shape $(n, k)$: $n$ samples, $k$
# classes. One sample has the shape $(k,)$, and then $n = 1$. `backward(dout)` returns `dout` times
# $\partial L/\partial x$; here `dout` is a number, 1 where $L$ is the end. The given `log_softmax`
# returns $\ln p$ without overflow.

# %% [raw]
# # BEGIN SOLUTION


# %%
class SoftmaxWithLoss:
    """Softmax of each row, then the mean cross-entropy.

    Examples
    --------
    >>> layer = SoftmaxWithLoss()
    >>> round(float(layer.forward(np.array([0.0, 0.0]), np.array([1.0, 0.0]))), 6)
    0.693147
    >>> layer.backward()
    array([-0.5,  0.5])
    """

    def forward(self, x: np.ndarray, y_true: np.ndarray) -> float:
        """Return the loss of scores x against targets y_true, both (n, k) or both (k,)."""
        # BEGIN SOLUTION
        logs = log_softmax(x)
        self.n = len(np.atleast_2d(logs))
        self.slope = (np.exp(logs) - y_true) / self.n
        return -np.sum(y_true * logs) / self.n
        # END SOLUTION

    def backward(self, dout: float = 1.0) -> np.ndarray:
        """Return the gradient with respect to x, in its shape."""
        # BEGIN SOLUTION
        return dout * self.slope
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


def test_softmax_by_hand(SoftmaxWithLoss):
    """Scores ln 4 and ln 1 give 0.8 and 0.2: the loss is -ln 0.8, the gradient (-0.2, 0.2)."""
    layer = SoftmaxWithLoss()
    for name, shape in [("a batch of one", (1, 2)), ("one sample of shape (k,)", (2,))]:
        scores, y_true = np.log([4.0, 1.0]).reshape(shape), np.reshape([1.0, 0.0], shape)
        for what, got, right in [
            ("the loss", layer.forward(scores, y_true), -np.log(0.8)),
            ("the gradient", layer.backward(), np.reshape([-0.2, 0.2], shape)),
        ]:
            try:
                close(got, right, rtol=1e-6)
            except AssertionError as error:
                raise AssertionError(f"{name}, {what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_softmax_two_samples(SoftmaxWithLoss):
    """Two equal samples have the loss of one, and half its gradient each; dout 10 gives tenfold."""
    layer = SoftmaxWithLoss()
    scores, y_true = np.log(np.array([[4.0, 1.0]] * 2)), np.array([[1.0, 0.0]] * 2)
    for what, got, right in [
        ("the loss", layer.forward(scores, y_true), -np.log(0.8)),
        ("the gradient for dout 10", layer.backward(10.0), np.array([[-1.0, 1.0]] * 2)),
    ]:
        try:
            close(got, right, rtol=1e-6)
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_softmax_batches(SoftmaxWithLoss, rng):
    """Batches of 1, 2 and 7 against nudged scores; the last forward counts."""
    layer = SoftmaxWithLoss()
    for n, k in [(2, 3), (7, 4), (1, 5), (3, 3)]:
        x, y_true = rng.normal(size=(n, k)) * 2, np.eye(k)[rng.integers(k, size=n)]
        p = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
        right = np.mean(-np.log((p * y_true).sum(axis=1))), (p - y_true) / n

        def loss(x=x, y_true=y_true):
            sums = np.log(np.exp(x).sum(axis=1))
            return np.mean(sums - (x * y_true).sum(axis=1))

        nudged = reference.numerical_gradient(loss, x)
        before = x.copy(), y_true.copy()
        cost, found = layer.forward(x, y_true), layer.backward()
        close(cost, right[0], rtol=1e-6)
        close(found, right[1])
        close(found, nudged, rtol=1e-5, atol=1e-8)
        close((x, y_true), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_softmax_dout(SoftmaxWithLoss, rng):
    """dout scales the gradient, of a batch and of one sample."""
    layer = SoftmaxWithLoss()
    for shape in [(4, 3), (6,)]:
        x, dout = rng.normal(size=shape) * 2, float(rng.uniform(2, 5))
        y_true = np.eye(shape[-1])[rng.integers(shape[-1], size=shape[:-1])]
        p = np.exp(x) / np.exp(x).sum(axis=-1, keepdims=True)
        n = x.size // shape[-1]
        right = -np.sum(y_true * np.log(p)) / n, dout * (p - y_true) / n
        loss, back = layer.forward(x, y_true), layer.backward(dout)
        close(loss, right[0], rtol=1e-6)
        close(back, right[1])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_softmax_one_sample(SoftmaxWithLoss, rng):
    """One sample of shape (k,): the deck's scores (.2, .5, .3), and others."""
    layer = SoftmaxWithLoss()
    x, y_true = np.array([0.2, 0.5, 0.3]), np.array([0.0, 1.0, 0.0])
    slide = np.array([0.096477703, -0.203102056, 0.106624352])
    close(layer.forward(x, y_true), 0.939831061, rtol=1e-6)
    close(layer.backward(), 3 * slide, rtol=0, atol=3e-9)
    for k in [2, 4, 5]:
        x, y_true = rng.integers(-3, 4, size=k), np.eye(k)[rng.integers(k)]
        p = np.exp(x) / np.exp(x).sum()
        close(layer.forward(x, y_true), -np.log(p @ y_true), rtol=1e-6)
        close(layer.backward(), p - y_true)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_softmax_mean(SoftmaxWithLoss, rng):
    """Three rows with .7, .8 and .5 for the right class, soft targets, and scores of 1000."""
    layer = SoftmaxWithLoss()
    p = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.2, 0.5]])
    x = np.log(p) + rng.normal(size=(3, 1))
    loss, back = layer.forward(x, np.eye(3)), layer.backward()
    close(loss, 0.424321892, rtol=1e-6)
    close(back, (p - np.eye(3)) / 3)
    soft = rng.permutation(p)
    right = -np.sum(soft * np.log(p)) / 3
    close(layer.forward(x, soft), right, rtol=1e-6)
    close(layer.backward(), (p - soft) / 3, atol=1e-12)
    x = np.array([[1000.0, 1001.0], [-1000.0, -1000.0]])
    right = (np.log1p(np.exp(-1.0)) + np.log(2)) / 2
    close(layer.forward(x, np.array([[0.0, 1.0], [1.0, 0.0]])), right, rtol=1e-6)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** the gradient is $p - t$ over `y_true.shape[0]`. Check it for one sample, the
# > scores (.2, .5, .3) with the second class right. What did `shape[0]` count? And what becomes of
# > `dout`?


# %%
def slide_softmax_backward(p, y_true, dout=1.0):
    """Do what the slide does."""
    return (p - y_true) / y_true.shape[0]


scores, target = np.array([0.2, 0.5, 0.3]), np.array([0.0, 1.0, 0.0])
p = np.exp(log_softmax(scores))
slopes = numerical_gradient(lambda: -np.sum(target * log_softmax(scores)), scores)
print("the slide:             ", slide_softmax_backward(p, target).round(6))
print("the slide, dout = 10:  ", slide_softmax_backward(p, target, 10.0).round(6))
print("nudged:                ", slopes.round(6))
print("nudged, over the slide:", (slopes / slide_softmax_backward(p, target)).round(3))

# %% [markdown]
# It counted the three classes, and `dout` went unheard.
#
# > **The slide says**, of the loss: lay probabilities and targets out as a single row, take the
# > sum, divide by the number of rows. Check it for three samples with .7, .8 and .5 for the right
# > class. The last two lines go back to the slide's `db`: what does it find behind a softmax?


# %%
def slide_loss(p, y_true):
    """Do what the slide does."""
    p, y_true = p.reshape(1, -1), y_true.reshape(1, -1)
    return -np.sum(y_true * np.log(p)) / p.shape[0]


p, target = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.3, 0.2, 0.5]]), np.eye(3)
back = (p - target) / 3
print("loss, the slide:", slide_loss(p, target).round(9))
print("loss, the mean: ", np.mean([slide_loss(p[i], target[i]) for i in range(3)]).round(9))
print("gradient, sum of each row:", back.sum(axis=1).round(9) + 0.0)
print("np.sum, the slide's db:   ", np.sum(back).round(9) + 0.0)

# %% [markdown]
# A single row is always one row, so nothing was averaged. And each row of $p$ and of $t$ sums to 1,
# so each row of $p - t$ sums to 0: with the slide's `db`, the last layer's biases never move.

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: Check the gradients
#
# A wrong `backward` still trains, only badly, and nobody notices. So check each layer once against
# the slow, honest way. For a layer, an input $x$ and a $D$ of the shape of its output
# $y$ = `forward(x)`, take the number $f = \sum D\,y$. Its gradients are just what `backward(D)`
# claims. For $x$ and, if the layer has an attribute `W`, for `W` and `b`, compare the claim $g$
# with the nudged slopes $s$ of the same shape:
#
# $$e = \frac{\max |g - s|}{\max\left(\max |g|,\ \max |s|\right)},
# \qquad e = 0 \text{ if } g \text{ and } s \text{ are all } 0$$
#
# The sum and each $\max |\cdot|$ go over all entries. Why relative? A difference of 0.001 is
# nothing next to 1000, and everything next to 0.002.
#
# With the default `h` and inputs of ordinary size, right layers stay below 0.000001. Excused are a
# ReLU nudged across its kink, and a sigmoid whose inputs are all near 20: its slopes drown in
# rounding. What the check cannot see: the slide's ReLU passes, for what it *returns* is right. (So
# hand `backward` a copy of $D$.) A loss has two arguments; yours is checked near the end, in a
# network.
#
# `Faulty` lies about its gradients, so that your check has something to catch; in the picture below
# only about `W` and `b`. The given `numerical_gradient` nudges an array *in place*: give it a copy
# of $x$ (of floats), but the layer's own `W` and `b`.


# %%
class Faulty(Scale):
    """A Scale whose gradients of x, W and b are off by three factors."""

    def __init__(self, W, b, factors):
        super().__init__(W, b)
        self.factors = factors

    def backward(self, dout):
        dx = super().backward(dout)
        self.dW, self.db = self.dW * self.factors[1], self.db * self.factors[2]
        return dx * self.factors[0]


# %% [raw]
# # BEGIN SOLUTION


# %%
def gradient_check(
    layer: object, x: np.ndarray, dout: np.ndarray, h: float = 1e-5
) -> dict[str, float]:
    """Return how far a layer's gradients are from the nudged ones.

    Parameters
    ----------
    layer : object with forward and backward
        Maybe with W and b, and then with dW and db after backward.
    x : ndarray
        An input.
    dout : ndarray
        In the shape of the layer's output.
    h : float, optional
        The step of the central differences.

    Returns
    -------
    dict of float
        The error e under "x" and, for a layer with W, under "W" and "b".

    Examples
    --------
    >>> errors = gradient_check(Faulty(2.0, 1.0, (1, 1, 2)), np.ones(3), np.ones(3))
    >>> round(float(errors["b"]), 6)
    0.5
    """
    # BEGIN SOLUTION
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors
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


def test_catches_faulty(gradient_check, Faulty):
    """Gradients 2, 4 and 5 times as large as is right give the errors 0.5, 0.75 and 0.8."""
    x, dout = np.array([[1.0, -2.0], [3.0, 0.5]]), np.array([[2.0, 1.0], [-1.0, 3.0]])
    found = gradient_check(Faulty(3.0, 1.0, (2, 4, 5)), x, dout)
    assert isinstance(found, dict), "expected a dict of errors"
    assert {*found} == {"x", "W", "b"}, f"the keys should be x, W and b: got {[*found]}"
    for name, right in [("x", 0.5), ("W", 0.75), ("b", 0.8)]:
        try:
            close(found[name], right, rtol=1e-4)
        except AssertionError as error:
            raise AssertionError(f"the error of {name}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_trusts_sine(gradient_check, Sine):
    """Sine has no W, and its backward is right: one error, tiny for the default h, 0.16 for h 1."""
    x, dout = np.array([0.5, -1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    found = gradient_check(Sine(), x, dout, h=1.0)
    try:
        close(found, {"x": 1 - np.sin(1.0)}, rtol=1e-4)
    except AssertionError as error:
        raise AssertionError(f"the error of x for h = 1: {error}") from None
    error = gradient_check(Sine(), x, dout)["x"]
    assert abs(error) < 1e-6, f"got an error of {error} for a right layer"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_faulty_anywhere(gradient_check, Faulty, rng):
    """Layers that lie in all three gradients, upwards and downwards, at many scales."""
    for shape in [(3, 2), (5,), (1, 4)]:
        x = rng.normal(size=shape) * rng.uniform(1, 9) + 0.5
        dout = rng.normal(size=shape) + 0.5
        W, b = rng.normal(size=2) + 2
        factors = (rng.uniform(1.5, 3), rng.uniform(0.1, 0.8), rng.uniform(-2, -1))
        expected = reference.gradient_check(reference.Faulty(W, b, factors), x, dout)
        before, layer = (x.copy(), dout.copy()), Faulty(W, b, factors)
        close(gradient_check(layer, x, dout), expected, rtol=1e-4)
        close((x, dout), before)
        close((layer.W, layer.b), (np.array([W]), np.array([b])))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_wide_steps(gradient_check, Sine, rng):
    """The step h is used, at the given x, for arrays of floats and of whole numbers."""
    for h in rng.uniform(0.3, 0.9, size=2):
        x, dout = rng.normal(size=(2, 3)), rng.normal(size=(2, 3)) * 5
        expected = reference.gradient_check(reference.Sine(), x, dout, h)
        close(gradient_check(Sine(), x, dout, h), expected, rtol=1e-4)
        x = rng.integers(-4, 5, size=4)
        dout = rng.integers(1, 6, size=4)
        expected = reference.gradient_check(reference.Sine(), x, dout, h)
        close(gradient_check(Sine(), x, dout, h), expected, rtol=1e-4)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_right_layers(gradient_check, Faulty, Scale, rng):
    """Right layers stay below 0.000001, small gradients are judged like large, zeros give 0."""
    x = rng.normal(size=(3, 4)) + 1
    for scale in [1e-4, 1e3]:
        dout = rng.normal(size=(3, 4)) * scale + scale
        expected = reference.gradient_check(reference.Faulty(0.5, 2.0, (3, 2, 4)), x, dout)
        close(gradient_check(Faulty(0.5, 2.0, (3, 2, 4)), x, dout), expected, rtol=1e-4)
        found = gradient_check(Scale(0.5, 2.0), x, dout)
        assert max(map(abs, found.values())) < 1e-6, "a right layer is said to be wrong"
    zeros = gradient_check(Faulty(0.5, 2.0, (3, 2, 4)), x, np.zeros((3, 4)))
    close(zeros, {"x": 0.0, "W": 0.0, "b": 0.0})


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q2", "q3", "q4", "q6")
def are_my_layers_right():
    rng = np.random.default_rng(6)
    x, dout = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))
    layers = {"Relu": Relu(), "Sigmoid": Sigmoid(), "Sine": Sine()}
    layers |= {"Affine": Affine(rng.normal(size=(3, 3)), rng.normal(size=3))}
    layers |= {"Faulty": Faulty(2.0, 1.0, (1, 1.02, 5))}
    names, errors = [], []
    for name, layer in layers.items():
        for part, error in gradient_check(layer, x, dout).items():
            names.append(f"{name}: {part}")
            errors.append(max(float(error), 1e-16))
    colours = [GREEN if error < 1e-6 else ORANGE for error in errors]
    _, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
    axis.hlines(names, 1e-17, errors, color=colours)
    axis.scatter(errors, names, color=colours, zorder=2)
    axis.axvline(1e-6, color="0.5", linestyle="--")
    axis.set(xscale="log", xlim=(1e-17, 9), xlabel="relative error (dashed: the limit)")
    axis.set(title="Which gradients can be trusted?")
    axis.invert_yaxis()
    axis.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: A network is a list of layers
#
# Forward, each layer gets what the one before it returned; the loss comes last. Backward, the loss
# speaks first, and each layer gets what the one *after* it sent back. By hand: the input 3 goes
# through `Scale(2, 1)` and `Scale(-1, 4)`, to 7 and to −3. With the target 1, `HalfSquares` gives
# $\frac12 \cdot 16 = 8$ and sends back −4. The second layer notes `dW` $= -4 \cdot 7 = -28$ and
# sends back $-4 \cdot (-1) = 4$; the first notes `dW` $= 4 \cdot 3 = 12$.
#
# `OneLayer` is a network of a single layer. Write `Net`, for any number of them. It works with the
# very layers that it is given, not with copies (of the list, a copy will do), so that training
# reaches them.


# %%
class OneLayer:
    """A network of one layer (with W and b) and a loss."""

    def __init__(self, layer, loss_layer):
        self.layers, self.loss_layer = [layer], loss_layer

    def predict(self, X):
        return self.layers[0].forward(X)

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        self.layers[0].backward(self.loss_layer.backward())
        return [(self.layers[0].dW, self.layers[0].db)]


# %% [raw]
# # BEGIN SOLUTION


# %%
class Net:
    """A network: layers, then a loss.

    Parameters
    ----------
    layers : list
        Layers in forward order; some have W and b, some have not.
    loss_layer : object
        With forward(x, y_true) and backward().

    Attributes
    ----------
    layers : list
        The layers that were given.

    Examples
    --------
    >>> net = Net([Scale(2, 1), Scale(-1, 4)], HalfSquares())
    >>> net.predict(np.array([3.0]))
    array([-3.])
    >>> net.gradient(np.array([3.0]), np.array([1.0]))
    [(array([12.]), array([4.])), (array([-28.]), array([-4.]))]
    """

    def __init__(self, layers: list, loss_layer: object) -> None:
        # BEGIN SOLUTION
        self.layers, self.loss_layer = layers, loss_layer
        # END SOLUTION

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Return what the last layer makes of X (without the loss)."""
        # BEGIN SOLUTION
        for layer in self.layers:
            X = layer.forward(X)
        return X
        # END SOLUTION

    def loss(self, X: np.ndarray, y_true: np.ndarray) -> float:
        """Return the loss of the predictions for X."""
        # BEGIN SOLUTION
        return self.loss_layer.forward(self.predict(X), y_true)
        # END SOLUTION

    def gradient(self, X: np.ndarray, y_true: np.ndarray) -> list[tuple[np.ndarray, np.ndarray]]:
        """Go forward and backward once; return (dW, db) of each layer with W, in forward order."""
        # BEGIN SOLUTION
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]
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


def test_net_by_hand(Net, Scale, HalfSquares):
    """The example: 3 becomes -3, the loss is 8, the gradients are 12, 4 and -28, -4."""
    net = Net([Scale(2.0, 1.0), Scale(-1.0, 4.0)], HalfSquares())
    x, y_true = np.array([3.0]), np.array([1.0])
    prediction, loss, pairs = net.predict(x), net.loss(x, y_true), net.gradient(x, y_true)
    assert len(pairs) == 2, f"gradient: expected a pair for each of two layers, got {len(pairs)}"
    for what, got, right in [
        ("predict", prediction, np.array([-3.0])),
        ("loss", loss, 8.0),
        ("gradient, dW of the first layer", pairs[0][0], np.array([12.0])),
        ("gradient, db of the first layer", pairs[0][1], np.array([4.0])),
        ("gradient, dW of the second layer", pairs[1][0], np.array([-28.0])),
        ("gradient, db of the second layer", pairs[1][1], np.array([-4.0])),
    ]:
        try:
            close(got, right)
        except AssertionError as error:
            raise AssertionError(f"{what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_deep_nets(Net, Scale, Sine, HalfSquares, rng):
    """Nets of one to six layers, with and without weights, at fresh batches."""
    for kinds in ["wsw", "w", "swsws", "wwswsw"]:
        numbers = rng.normal(size=(len(kinds), 2)) + 1

        def build(scale, sine, kinds=kinds, numbers=numbers):
            pairs = zip(kinds, numbers.tolist(), strict=True)
            return [scale(W, b) if kind == "w" else sine() for kind, (W, b) in pairs]

        X, y_true = rng.normal(size=(2, 4, 3))
        right = reference.Net(build(reference.Scale, reference.Sine), reference.HalfSquares())
        expected = right.predict(X), right.loss(X, y_true), right.gradient(X, y_true)
        before, net = (X.copy(), y_true.copy()), Net(build(Scale, Sine), HalfSquares())
        close(net.predict(X), expected[0])
        close(net.loss(X, y_true), expected[1])
        close(net.gradient(X, y_true), expected[2])
        close((X, y_true), before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_gradient_is_fresh(Net, Scale, Sine, HalfSquares, rng):
    """gradient goes forward itself: after the loss of other samples, and twice in a row."""
    a, b, c, d = rng.normal(size=4) + 1
    right = reference.Net(
        [reference.Scale(a, b), reference.Sine(), reference.Scale(c, d)], reference.HalfSquares()
    )
    layers = [Scale(a, b), Sine(), Scale(c, d)]
    net = Net(layers, HalfSquares())
    first, second = rng.normal(size=(2, 2, 5)), rng.normal(size=(2, 2, 5))
    expected = right.loss(*first), right.gradient(*second), right.gradient(*first)
    close(net.loss(*first), expected[0])
    close(net.gradient(*second), expected[1])
    close(net.gradient(*first), expected[2])
    close([layers[0].dW, layers[2].dW], [expected[2][0][0], expected[2][1][0]])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_same_layers(Net, Scale, Sine, HalfSquares, rng):
    """Whoever changes a layer changes the net, and the other way round."""
    W, b, new = (rng.normal(size=3) + 1).tolist()
    scale = Scale(W, b)
    net = Net([scale, Sine()], HalfSquares())
    X, y_true = rng.normal(size=(2, 3, 2))
    close(net.predict(X), np.sin(W * X + b))
    scale.W = np.array([new])
    close(net.predict(X), np.sin(new * X + b))
    net.layers[0].b = np.array([new])
    slope = (np.sin(new * X + new) - y_true) * np.cos(new * X + new)
    close(net.gradient(X, y_true), [(np.array([(slope * X).sum()]), np.array([slope.sum()]))])
    close(scale.db, np.array([slope.sum()]))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ## Question 8: Train
#
# The deck's recipe: start with small random weights (whoever builds the layers does that); then,
# again and again, feed a batch, go forward, compare with the targets, go backward and update.
#
# `sgd_step` updates each layer that has an attribute `W`:
# $W \leftarrow W - \eta\, \texttt{dW}$ and $b \leftarrow b - \eta\, \texttt{db}$, with the learning
# rate $\eta$ (`lr`). The new values must be *in the layer* afterwards.
#
# `train` goes through all $n$ samples in each epoch:
#
# * draw a new order, `rng.permutation(n)`;
# * cut the order into batches of `batch_size`, the last one perhaps smaller; after each batch's
#   `net.gradient`, one `sgd_step`;
# * at the end of the epoch, note the loss of *all* samples.

# %% [raw]
# # BEGIN SOLUTION


# %%
def sgd_step(layers: list, lr: float) -> None:
    """Move W and b of each layer that has them one step downhill.

    Parameters
    ----------
    layers : list
        After backward: those with W and b have dW and db, which stay as they are.
    lr : float
        Learning rate.

    Examples
    --------
    >>> layer = Scale(2.0, 1.0)
    >>> layer.dW, layer.db = np.array([3.0]), np.array([-5.0])
    >>> sgd_step([layer, Sine()], 0.1)
    >>> layer.W, layer.b
    (array([1.7]), array([1.5]))
    """
    # BEGIN SOLUTION
    for layer in layers:
        if hasattr(layer, "W"):
            layer.W = layer.W - lr * layer.dW
            layer.b = layer.b - lr * layer.db
    # END SOLUTION


def train(
    net: object,
    X: np.ndarray,
    y_true: np.ndarray,
    lr: float,
    epochs: int,
    batch_size: int,
    rng: np.random.Generator,
) -> list[float]:
    """Train a network by mini-batches; return the loss of all samples after each epoch.

    Parameters
    ----------
    net : object with layers, loss and gradient
        A Net or a OneLayer; its layers change.
    X, y_true : ndarray, shapes (n, d) and (n, k)
        Samples and targets.
    lr : float
        Learning rate.
    epochs : int
        How many times to go through all samples.
    batch_size : int
        Samples in a batch.
    rng : Generator
        Draws one permutation for each epoch, and nothing else.

    Returns
    -------
    list of float, length epochs

    Examples
    --------
    >>> net, X = OneLayer(Scale(0.0, 0.0), HalfSquares()), np.array([[1.0], [2.0]])
    >>> losses = train(net, X, 3 * X, 0.1, 5, 2, np.random.default_rng(0))
    >>> len(losses)
    5
    """
    # BEGIN SOLUTION
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses
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


def test_one_step(sgd_step, Scale, Sine):
    """W 2 and b 1 with dW 3 and db -5 become 1.7 and 1.5 for the learning rate 0.1."""
    layer = Scale(2.0, 1.0)
    layer.dW, layer.db = np.array([3.0]), np.array([-5.0])
    sgd_step([layer, Sine()], 0.1)
    for what, got, right in [("W", layer.W, 1.7), ("b", layer.b, 1.5)]:
        try:
            close(got, np.array([right]))
        except AssertionError as error:
            raise AssertionError(f"the layer's {what} after the step: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_epochs(train, OneLayer, Scale, HalfSquares):
    """Two epochs, of two samples in one batch, then of three equal ones in batches of two."""
    for name, X, y_true, W, b, right_losses in [
        ("one batch an epoch", [1.0, 2.0], [5.0, 10.0], 3.3, 1.95, [6.625, 1.0825]),
        ("two batches an epoch", [1.0] * 3, [5.0] * 3, 1.924, 1.924, [8.64, 1.990656]),
    ]:
        net, rng = OneLayer(Scale(0.0, 0.0), HalfSquares()), np.random.default_rng(0)
        losses = train(net, np.array(X)[:, None], np.array(y_true)[:, None], 0.1, 2, 2, rng)
        count = len(losses)
        assert count == 2, f"{name}: expected one loss for each of two epochs, got {count}"
        for what, got, right in [
            ("W at the end", net.layers[0].W, np.array([W])),
            ("b at the end", net.layers[0].b, np.array([b])),
            ("the loss of all samples after epoch 1", losses[0], right_losses[0]),
            ("the loss of all samples after epoch 2", losses[1], right_losses[1]),
        ]:
            try:
                close(got, right, rtol=1e-6)
            except AssertionError as error:
                raise AssertionError(f"{name}, {what}: {error}") from None


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_steps(sgd_step, Scale, Sine, rng):
    """Layers with and without weights, several steps; forward sees the new weights."""
    for count in [1, 3]:
        numbers = rng.normal(size=(count, 4)) + 2
        layers, plain = [], []
        for W, b, dW, db in numbers.tolist():
            layer = Scale(W, b)
            layer.dW, layer.db = np.array([dW]), np.array([db])
            layers += [Sine(), layer]
            plain.append(layer)
        lr = float(rng.uniform(0.1, 0.9))
        sgd_step(layers, lr)
        sgd_step(layers, 2 * lr)
        for layer, (W, b, dW, db) in zip(plain, numbers, strict=True):
            x = rng.normal(size=(2, 3))
            close(layer.W, np.array([W - 3 * lr * dW]))
            close(layer.b, np.array([b - 3 * lr * db]))
            close(layer.forward(x), (W - 3 * lr * dW) * x + b - 3 * lr * db)
            close([layer.dW, layer.db], [np.array([dW]), np.array([db])])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_training(train, OneLayer, Scale, HalfSquares, rng):
    """Batches that fit and that do not; the same generator gives the same losses."""
    for n, size, epochs in [(7, 3, 4), (6, 2, 3), (5, 5, 2), (4, 9, 2)]:
        seed, W, b = int(rng.integers(2**32)), rng.normal(), rng.normal()
        X, lr = rng.normal(size=(n, 2)) * 2, float(rng.uniform(0.01, 0.03))
        y_true = 3 * X - 1 + rng.normal(size=(n, 2))
        right = reference.OneLayer(reference.Scale(W, b), reference.HalfSquares())
        expected = reference.train(right, X, y_true, lr, epochs, size, np.random.default_rng(seed))
        before, net = (X.copy(), y_true.copy()), OneLayer(Scale(W, b), HalfSquares())
        losses = train(net, X, y_true, lr, epochs, size, np.random.default_rng(seed))
        close(losses, expected, rtol=1e-6)
        close(net.layers[0].W, right.layers[0].W, rtol=1e-6)
        close((X, y_true), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_line_found(train, OneLayer, Scale, HalfSquares, rng):
    """A net of one layer finds the line that the samples lie on."""
    for seed in [int(rng.integers(2**32)), int(rng.integers(2**32))]:
        W, b = rng.uniform(1, 3, size=2) * rng.choice([-1, 1], size=2)
        X = np.linspace(-1, 1, 10)[:, None]
        net = OneLayer(Scale(0.0, 0.0), HalfSquares())
        losses = train(net, X, W * X + b, 0.2, 60, 4, np.random.default_rng(seed))
        assert losses[-1] < 1e-3 * losses[0], "the last loss is not far below the first"
        close([net.layers[0].W, net.layers[0].b], [np.array([W]), np.array([b])], rtol=1e-2)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## All together
#
# On iris, the network of layers in the deck's notebook gets 146 of 150 flowers right, the very ones
# that it trained on. Three spirals are harder: no line parts them. Your `Affine`, `Relu`,
# `SoftmaxWithLoss`, `Net` and `train` get the job, and are judged by new points.
#
# First, the price of *one* gradient. Nudging costs two forward passes for each weight and bias: the
# 43 of the beginning cost 86, and now there are 195. Going backward costs as much as one or two
# forward passes, however many weights there are.


# %%
def spirals(rng, n=60):
    """Return points on three spiral arms, shape (3 n, 2), and one-hot targets, shape (3 n, 3)."""
    t = np.tile(np.linspace(0.1, 1, n), 3)
    arm = np.repeat(np.arange(3), n)
    angle = 4 * t + arm * 2 * np.pi / 3 + rng.normal(size=3 * n) * 0.12
    return np.column_stack([t * np.cos(angle), t * np.sin(angle)]), np.eye(3)[arm]


def spiral_net(rng, hidden=32):
    """Return a network 2-32-3 with small random weights."""
    W1, W2 = rng.normal(size=(2, hidden)), rng.normal(size=(hidden, 3)) * 0.1
    layers = [Affine(W1, np.zeros(hidden)), Relu(), Affine(W2, np.zeros(3))]
    return Net(layers, SoftmaxWithLoss())


@picture("q2", "q4", "q5", "q7")
def price_of_a_gradient():
    X, y_true = spirals(np.random.default_rng(1))
    net = spiral_net(np.random.default_rng(2))
    passes = []

    def loss():
        passes.append(1)
        return net.loss(X, y_true)

    start = perf_counter()
    pairs = net.gradient(X, y_true)
    middle = perf_counter()
    weighted = [layer for layer in net.layers if hasattr(layer, "W")]
    nudged = [[numerical_gradient(loss, array) for array in (one.W, one.b)] for one in weighted]
    end = perf_counter()
    off = max(
        np.abs(a - b).max()
        for pair, slow in zip(pairs, nudged, strict=True)
        for a, b in zip(pair, slow, strict=True)
    )
    print(f"weights and biases: {len(passes) // 2}")
    print(f"nudging:  {len(passes)} forward passes, {1000 * (end - middle):.1f} ms")
    print(f"backprop: 1 forward and 1 backward pass, {1000 * (middle - start):.1f} ms")
    print(f"largest difference between the two gradients: {off:.1e}")


# %%
@picture("q2", "q4", "q5", "q7", "q8")
def spirals_learned():
    X, y_true = spirals(np.random.default_rng(1))
    net = spiral_net(np.random.default_rng(2))
    losses = train(net, X, y_true, 0.5, 300, 30, np.random.default_rng(3))
    new_X, new_y = spirals(np.random.default_rng(4))
    right = np.mean(net.predict(X).argmax(axis=1) == y_true.argmax(axis=1))
    fresh = np.mean(net.predict(new_X).argmax(axis=1) == new_y.argmax(axis=1))
    side = np.linspace(-1.25, 1.25, 201)
    a, b = np.meshgrid(side, side)
    regions = net.predict(np.column_stack([a.ravel(), b.ravel()])).argmax(axis=1).reshape(a.shape)
    colours = [BLUE, ORANGE, GREEN]
    _, (left, axis) = plt.subplots(1, 2, figsize=(10, 4.2), layout="constrained")
    left.semilogy(range(1, len(losses) + 1), losses, color=BLUE)
    left.set(title="The loss of your network", xlabel="epoch", ylabel="mean cross-entropy")
    left.spines[["top", "right"]].set_visible(False)
    for k, colour in enumerate(colours):
        axis.contourf(a, b, 1.0 * (regions == k), levels=[0.5, 1.5], colors=[colour], alpha=0.25)
        axis.scatter(*X[y_true[:, k] == 1].T, s=14, color=colour, edgecolor="white", linewidth=0.3)
    title = f"Right: {right:.1%} of these points,\n{fresh:.1%} of {len(new_X)} new ones"
    axis.set(title=title, aspect="equal")
    axis.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    plt.show()


# %% [markdown]
# ## What you can do now
#
# You can read a calculation as a graph and send gradients back through it. You have three layers
# and a loss whose gradients agree with nudging, a network that is a list of layers, and a training
# loop. You know three ways in which a layer can look right and be wrong: it writes into what it was
# given, it sums over all entries where each bias wants its own sum, it divides by the wrong size.
#
# Your `sgd_step` walks straight down. Next comes **07: optimizers and schedules**, with steps that
# remember where they came from.
