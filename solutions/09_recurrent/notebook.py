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
# # Recurrent networks, LSTM gates, attention
#
# Translate a sentence word by word, and "bank" is a guess: money or a river? The words before it
# tell, and a network that sees one word at a time has forgotten them (second deck, *Practical deep
# learning in Python*). A *recurrent* network carries a state from step to step. You build one,
# measure how fast it forgets, build the LSTM that forgets when it chooses to, and end with
# attention, which just looks back.
#
# **House rules**, which tests check. Functions leave their arguments as they came; arrays may hold
# whole numbers. One sample $x$ has shape $(d,)$, a batch of $N$ has $(N, d)$, and each row of a
# batch gets what it would get alone. In a sequence the step comes first: $X$ has shape $(T, d)$ or
# $(T, N, d)$.
#
# | letter | counts | | letter | counts |
# | --- | --- | --- | --- | --- |
# | $d$ | inputs | | $T$ | steps of a sequence |
# | $n$ | units, the length of a state | | $N$ | samples of a batch |

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np

BLUE, ORANGE, GREEN, GREY = "#1f5f99", "#e07b39", "#2f8f5b", "#8a8a8a"

Params = dict[str, tuple[np.ndarray, np.ndarray]]


def sigmoid(x):
    """Return 1 / (1 + exp(-x)), in the shape of x."""
    return 0.5 * (1 + np.tanh(0.5 * np.asarray(x)))


def tanh_slope(h):
    """Return the slope of tanh where its result is h."""
    return 1 - h**2


def sigmoid_slope(h):
    """Return the slope of the sigmoid where its result is h."""
    return h * (1 - h)


# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: A network with a state
#
# $$h' = \varphi(x W_x + h W_h + b)$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $x$ | what comes in at this step | $(d,)$ or $(N, d)$ |
# | $h$, $h'$ | state before and after the step | $(n,)$ or $(N, n)$ |
# | $W_x$, $W_h$, $b$ | weights of the input, of the state; bias | $(d, n)$, $(n, n)$, $(n,)$ |
# | $\varphi$ | activation, entry by entry; mostly tanh | |
#
# By hand: one unit, $W_x = 1$, $W_h = 0.5$, $b = 0$, inputs 1, 0, 0. The states are tanh 1 = .762,
# tanh .381 = .363, tanh .182 = .180: an echo that fades.
#
# Write one step, and the walk through a sequence with the *same* weights at every step. Return the
# states after each step, without the one you started from.

# %% [raw]
# # BEGIN SOLUTION


# %%
def rnn_step(
    x: np.ndarray,
    h: np.ndarray,
    Wx: np.ndarray,
    Wh: np.ndarray,
    b: np.ndarray,
    activation: Callable = np.tanh,
) -> np.ndarray:
    """Return the state after one step.

    Parameters
    ----------
    x : ndarray, shape (d,) or (N, d)
        Input of this step.
    h : ndarray, shape (n,) or (N, n)
        State before it.
    Wx, Wh, b : ndarray, shapes (d, n), (n, n) and (n,)
        Weights and bias.
    activation : callable, optional
        Applied to the sum, entry by entry.

    Returns
    -------
    ndarray, shape of h

    Examples
    --------
    >>> rnn_step(np.array([1.0]), np.zeros(1), np.eye(1), np.eye(1), np.zeros(1))
    array([0.76159416])
    """
    # BEGIN SOLUTION
    return activation(x @ Wx + h @ Wh + b)
    # END SOLUTION


def rnn_forward(
    X: np.ndarray,
    h: np.ndarray,
    Wx: np.ndarray,
    Wh: np.ndarray,
    b: np.ndarray,
    step: Callable = rnn_step,
) -> np.ndarray:
    """Return the states after each step of a sequence.

    Parameters
    ----------
    X : ndarray, shape (T, d) or (T, N, d)
        Inputs, the first step first.
    h : ndarray, shape (n,) or (N, n)
        State before the first step.
    Wx, Wh, b
        As in rnn_step.
    step : callable, optional
        Makes one step: step(x, h, Wx, Wh, b).

    Returns
    -------
    ndarray, shape (T, n) or (T, N, n)

    Examples
    --------
    >>> X = np.array([[1.0], [0.0], [0.0]])
    >>> rnn_forward(X, np.zeros(1), np.eye(1), 0.5 * np.eye(1), np.zeros(1)).shape
    (3, 1)
    """
    # BEGIN SOLUTION
    states = []
    for x in X:
        h = step(x, h, Wx, Wh, b)
        states.append(h)
    return np.array(states)
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


def test_one_step(rnn_step):
    """One step of two inputs and two units, by hand; then with an activation that does nothing."""
    x, h, b = np.array([1.0, 2.0]), np.array([0.5, -1.0]), np.array([0.1, -0.2])
    Wx, Wh = np.array([[0.1, 0.3], [0.2, 0.4]]), np.array([[0.5, -0.5], [1.0, 0.0]])
    total = np.array([-0.15, 0.65])
    close(rnn_step(x, h, Wx, Wh, b), np.tanh(total))
    close(rnn_step(x, h, Wx, Wh, b, lambda z: z), total)
    close(rnn_step(np.array([x, -x]), np.array([h, -h]), Wx, Wh, 0 * b, lambda z: z)[1], b - total)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_echo(rnn_forward):
    """The inputs 1, 0, 0 leave the states tanh 1, tanh(half of that), and so on: three in all."""
    X, zero, one = np.array([[1.0], [0.0], [0.0]]), np.zeros(1), np.ones((1, 1))
    first = np.tanh(1)
    second = np.tanh(0.5 * first)
    third = np.tanh(0.5 * second)
    close(rnn_forward(X, zero, one, 0.5 * one, zero), [[first], [second], [third]])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_step_against_torch(rnn_step, rng):
    """rnn_step agrees with torch.nn.RNNCell for one sample and for batches."""
    for N, d, n in [(4, 3, 3), (5, 2, 4), (1, 4, 2)]:
        x, h = rng.normal(size=(N, d)), rng.normal(size=(N, n))
        Wx, Wh, b = rng.normal(size=(d, n)), rng.normal(size=(n, n)), rng.normal(size=n)
        cell = torch.nn.RNNCell(d, n, dtype=torch.float64)
        new = {"weight_ih": Wx.T, "weight_hh": Wh.T, "bias_ih": b, "bias_hh": 0 * b}
        cell.load_state_dict({name: torch.tensor(value) for name, value in new.items()})
        expected = cell(torch.tensor(x), torch.tensor(h)).detach().numpy()
        kept = x.copy(), h.copy(), Wx.copy(), Wh.copy(), b.copy()
        close(rnn_step(x, h, Wx, Wh, b), expected)
        close((x, h, Wx, Wh, b), kept)
        close(rnn_step(x[0], h[0], Wx, Wh, b), expected[0])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_step_activation(rnn_step, rng):
    """rnn_step puts the whole sum, of whole numbers too, through the activation it was given."""
    for d, n in [(3, 3), (2, 4)]:
        scale = rng.uniform(2, 5)
        x, h = rng.integers(-4, 5, size=(3, d)), rng.integers(-4, 5, size=(3, n))
        Wx, Wh = rng.integers(-3, 4, size=(d, n)), rng.integers(-3, 4, size=(n, n))
        b = rng.normal(size=n)
        expected = scale * np.abs(x @ Wx + h @ Wh + b)
        close(rnn_step(x, h, Wx, Wh, b, lambda z, scale=scale: scale * np.abs(z)), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_walk(rnn_forward, rng):
    """rnn_forward carries the state along, for one sequence and for batches, from any start."""

    def step(x, h, Wx, Wh, b):
        return np.tanh(x @ Wx + h @ Wh + b)

    for T, N, d, n in [(5, 3, 2, 2), (1, 1, 3, 2), (7, 2, 1, 4)]:
        X, h = rng.normal(size=(T, N, d)), rng.normal(size=(N, n))
        Wx, Wh, b = rng.normal(size=(d, n)), rng.normal(size=(n, n)), rng.normal(size=n)
        now, expected = h, []
        for x in X:
            now = step(x, now, Wx, Wh, b)
            expected.append(now)
        expected, before, start = np.array(expected), X.copy(), h.copy()
        close(rnn_forward(X, h, Wx, Wh, b, step), expected)
        close(X, before)
        close(h, start)
        close(rnn_forward(X[:, 0], h[0], Wx, Wh, b, step), expected[:, 0])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_step(rnn_forward, rng):
    """rnn_forward makes each step with the function it was given."""
    for T in [4, 6]:
        X, h, keep = rng.normal(size=(T, 3)), rng.normal(size=3), rng.uniform(0.2, 0.8)
        Wx, Wh, b = rng.normal(size=(3, 3)), rng.normal(size=(3, 3)), rng.normal(size=3)

        def step(x, h, Wx, Wh, b, keep=keep):
            return keep * h + x @ Wx - h @ Wh + 2 * b

        now, expected = h, []
        for x in X:
            now = step(x, now, Wx, Wh, b)
            expected.append(now)
        expected = np.array(expected)
        close(rnn_forward(X, h, Wx, Wh, b, step), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: What is left of the first state
#
# How much does the last state $h_T$ feel a nudge of the start $h_0$? By the chain rule, with one
# factor a step:
#
# $$J = \frac{\partial h_T}{\partial h_0} = J_T J_{T-1} \cdots J_1, \qquad
# J_t = \operatorname{diag}(s_t)\, W_h^\top$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $J$, $J_t$ | entry $(i, j)$: slope of the later unit $i$ in the earlier unit $j$ | $(n, n)$ |
# | $s_t$ | slopes of the activation at step $t$, computed from its result $h_t$ | $(n,)$ |
# | $H$ | the states $h_1, \dots, h_T$ of one sample | $(T, n)$ |
#
# States are rows, so $W_h$ comes in transposed ($\top$). `slope(h)` gives $s_t$: $1 - h^2$ for
# tanh, $h(1 - h)$ for the sigmoid.
#
# `gradient_norms` measures how far back a gradient reaches. Entry $k - 1$, for $k = 1, \dots, T$,
# is the norm of $\partial h_T / \partial h_{T-k}$, the product over the *last* $k$ steps. As norm
# take the most by which any nudge is stretched: `np.linalg.norm(J, 2)`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def jacobian_product(H: np.ndarray, Wh: np.ndarray, slope: Callable = tanh_slope) -> np.ndarray:
    """Return the slopes of the last state in the state before the first.

    Parameters
    ----------
    H : ndarray, shape (T, n)
        States after each step.
    Wh : ndarray, shape (n, n)
        Weights of the state.
    slope : callable, optional
        slope(h) returns the slopes of the activation where its results are h.

    Returns
    -------
    ndarray, shape (n, n)

    Examples
    --------
    >>> jacobian_product(np.array([[0.5], [0.0]]), np.array([[2.0]]))
    array([[3.]])
    """
    # BEGIN SOLUTION
    J = np.eye(len(Wh))
    for h in H:
        J = (slope(h)[:, None] * Wh.T) @ J
    return J
    # END SOLUTION


def gradient_norms(
    H: np.ndarray, Wh: np.ndarray, product: Callable = jacobian_product
) -> np.ndarray:
    """Return the norms of the last state's slopes in the states 1, 2, ..., T steps before it.

    Parameters
    ----------
    H, Wh : ndarray, shapes (T, n) and (n, n)
        As in jacobian_product.
    product : callable, optional
        product(H, Wh) returns the slopes over the steps in H. Call it: tests pass another one.

    Returns
    -------
    ndarray, shape (T,)

    Examples
    --------
    >>> gradient_norms(np.array([[0.5], [0.0]]), np.array([[2.0]]))
    array([2., 3.])
    """
    # BEGIN SOLUTION
    return np.array([np.linalg.norm(product(H[t:], Wh), 2) for t in range(len(H))])[::-1]
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


def test_two_steps(jacobian_product):
    """Two steps of two units, by hand: each step's factor stands left of those before it."""
    H, Wh = np.array([[0.5, 0.0], [0.0, 0.6]]), np.array([[1.0, 2.0], [0.0, 1.0]])
    close(jacobian_product(H[:1], Wh), [[0.75, 0.0], [2.0, 1.0]])
    close(jacobian_product(H[1:], Wh), [[1.0, 0.0], [1.28, 0.64]])
    close(jacobian_product(H, Wh), [[0.75, 0.0], [2.24, 0.64]])
    close(jacobian_product(H, Wh, lambda h: 0 * h + 2.0), [[4.0, 0.0], [16.0, 4.0]])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_fifty_steps(jacobian_product, gradient_norms):
    """From .5, fifty steps of tanh leave .033961, and the last one keeps more than all fifty."""
    states = [0.5]
    for _ in range(50):
        states.append(np.tanh(states[-1]))
    H, one = np.array(states[1:])[:, None], np.ones((1, 1))
    close(jacobian_product(H, one), [[0.033961]], rtol=1e-4)
    norms = gradient_norms(H, one)
    close(np.shape(norms), (50,))
    H2, Wh = np.array([[0.5, 0.0], [0.0, 0.6]]), np.array([[1.0, 2.0], [0.0, 1.0]])
    two = [np.linalg.norm(J, 2) for J in ([[1, 0], [1.28, 0.64]], [[0.75, 0], [2.24, 0.64]])]
    close(gradient_norms(H2, Wh), np.array(two))
    close([norms[0], norms[49]], [1 - states[50] ** 2, 0.033961], rtol=1e-4)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_finite_differences(jacobian_product, rng):
    """jacobian_product agrees with nudging the start of tanh networks of several sizes."""
    for T, n in [(1, 3), (2, 2), (5, 4), (9, 3)]:
        Wh, start, X = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=(T, n))
        h = np.concatenate([start + 1e-6 * np.eye(n), start - 1e-6 * np.eye(n), [start]])
        states = []
        for x in X:
            h = np.tanh(x / 2 + h @ Wh / 2)
            states.append(h[-1])
        expected = (h[:n] - h[n:-1]).T / 2e-6
        H, half = np.array(states), Wh / 2
        before, weights = H.copy(), half.copy()
        close(jacobian_product(H, half), expected, rtol=1e-5, atol=1e-8)
        close(H, before)
        close(half, weights)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_slope(jacobian_product, rng):
    """jacobian_product takes the slopes from the function it was given."""
    for T, n in [(3, 3), (6, 2)]:
        H, Wh = rng.uniform(0.1, 0.9, size=(T, n)), rng.integers(-3, 4, size=(n, n))
        power = rng.uniform(1, 3)
        for slope in [reference.sigmoid_slope, lambda h, power=power: np.abs(h) ** power]:
            expected = np.eye(n)
            for h in H:
                expected = np.diag(slope(h)) @ Wh.T @ expected
            close(jacobian_product(H, Wh, slope), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_norms(gradient_norms, rng):
    """gradient_norms looks one step back first and all steps back last."""
    for T, n in [(4, 3), (1, 2), (7, 5)]:
        H, Wh = np.tanh(rng.normal(size=(T, n))), rng.normal(size=(n, n))
        right = reference.jacobian_product
        expected = [np.linalg.svd(right(H[T - k :], Wh))[1][0] for k in range(1, T + 1)]
        before = H.copy()
        close(gradient_norms(H, Wh, right), np.array(expected))
        close(H, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_product(gradient_norms, rng):
    """gradient_norms measures the products of another network, when it is given them."""
    for T, n in [(5, 3), (3, 2)]:
        H, Wh = rng.uniform(0.1, 0.9, size=(T, n)), 3 * rng.normal(size=(n, n))

        def product(H, Wh):
            return reference.jacobian_product(H, Wh, reference.sigmoid_slope)

        expected = [np.linalg.norm(product(H[t:], Wh), 2) for t in range(T)][::-1]
        close(gradient_norms(H, Wh, product), np.array(expected))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Now measure. A network of 30 units reads 60 steps of weak noise; $W_h$ is a gain times a matrix
# that keeps every length. How far back does a gradient reach with the gains 0.5, 1.2 and 3?


# %%
@picture("q1", "q2")
def how_far_back_a_gradient_reaches():
    rng = np.random.default_rng(1)
    turn = np.linalg.qr(rng.normal(size=(30, 30)))[0]  # keeps every length
    X, Wx = rng.normal(size=(60, 3)), 0.1 * rng.normal(size=(3, 30))
    _, axis = plt.subplots(figsize=(7.5, 4), layout="constrained")
    for gain, color in [(0.5, BLUE), (1.2, GREEN), (3.0, ORANGE)]:
        H = rnn_forward(X, np.zeros(30), Wx, gain * turn, np.zeros(30))
        norms = np.asarray(gradient_norms(H, gain * turn))
        assert norms.shape == (60,), f"gradient_norms gives shape {norms.shape}, not (60,)"
        axis.semilogy(range(1, 61), norms, color=color)
        axis.annotate(f"gain {gain}", (60, norms[-1]), (5, -3), textcoords="offset points")
        print(f"gain {gain}: norm {norms[-1]:.1e} after 60 steps")
    axis.axhline(1, color="0.8", linewidth=0.8, zorder=0)
    axis.set(xlabel="steps back", ylabel="norm of the gradient", xlim=(0, 75))
    axis.set_title("The gradient of 30 units vanishes, lasts or explodes")
    axis.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [markdown]
# Sixty factors below 1 leave almost nothing; sixty above 1, a number that wrecks training. At gain
# 1.2 it lasts: as the states grow, the slopes of tanh fall and take back what the weights add.
#
# > **The slide says** tanh is used because its *second* derivative stays away from zero for long
# > (second deck). Check it with one unit of weight 1, fifty steps from .5: which product is the
# > slope that nudging finds?


# %%
@picture("q1", "q2")
def which_derivative():
    one, bias = np.ones((1, 1)), np.zeros(1)
    rows = {
        "tanh": (np.tanh, tanh_slope, lambda h: -2 * h * (1 - h**2)),
        "sigmoid": (sigmoid, sigmoid_slope, lambda h: h * (1 - h) * (1 - 2 * h)),
    }
    lines = ["              nudging    first derivatives  second derivatives"]
    for name, (activation, first, second) in rows.items():

        def states(start, steps, activation=activation):
            def step(x, h, Wx, Wh, b):
                return rnn_step(x, h, Wx, Wh, b, activation)

            return rnn_forward(np.zeros((steps, 1)), np.array([start]), one, one, bias, step)

        for steps in [10, 50]:
            nudged = (states(0.5 + 1e-4, steps) - states(0.5 - 1e-4, steps))[-1, 0] / 2e-4
            products = [jacobian_product(states(0.5, steps), one, s)[0, 0] for s in [first, second]]
            row = f"{name:7} {steps}: {nudged:10.2g} {products[0]:20.2g} {products[1]:19.2g}"
            lines.append(row)
    print("\n".join(lines))
    print(f"at their steepest, twenty tanhs: {1.0**20:g}, twenty sigmoids: {0.25**20:.3g}")


# %% [markdown]
# That of the first derivatives. Tanh's reaches 1, the sigmoid's never more than ¼. (The 0 in the
# column of nudges is a slope too small for them.)
#
# ## A memory with gates
#
# The *long short-term memory* (LSTM; first three decks) has, beside its state $h$, a memory $c$. A
# step multiplies $c$ by a gate and adds to it. No weight matrix stands in the way, so nothing need
# shrink:
#
# $$c' = f \odot c + i \odot \tilde c, \qquad h' = o \odot \tanh(c')$$
#
# The *gates* $f$ (forget), $i$ (input), $o$ (output) lie between 0, closed, and 1, open. $\tilde c$
# is the *candidate*, what there is to write; $\odot$ multiplies entry by entry. All of these have
# the shape of $c$: $(n,)$ or $(N, n)$. Each of the four has its own $W$, shape $(n + d, n)$, and
# $b$, shape $(n,)$, and sees the state and the input side by side: $[h, x]$, shape $(n + d,)$ or
# $(N, n + d)$, **the state first**.
#
# Questions 3 to 6 build the four pieces. Their example: one unit, one input, all weights .5, no
# bias; $h = .1$, $c = .2$, $x = 1$.

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: Forget
#
# $$f = \sigma([h, x]\, W + b), \qquad \text{kept} = f \odot c$$
#
# Here $\sigma$ is the sigmoid. In the example the sum is $.5 \cdot .1 + .5 \cdot 1 = .55$ and
# $f = \sigma(.55) = .634$, so .127 of .2 is kept. Mind the name: **1 keeps, 0 forgets**. `forget`
# returns what is kept.
#
# How long does a memory last? With $f$ at every step, $f^k$ of it is left after $k$ steps. Write
# `half_life`, the $k$ (not rounded) at which one half is left.

# %% [raw]
# # BEGIN SOLUTION


# %%
def forget(x: np.ndarray, h: np.ndarray, c: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return what the forget gate keeps of the memory.

    Parameters
    ----------
    x : ndarray, shape (d,) or (N, d)
        Input of this step.
    h : ndarray, shape (n,) or (N, n)
        State before it.
    c : ndarray, shape of h
        Memory before it.
    W, b : ndarray, shapes (n + d, n) and (n,)
        Weights and bias of this gate.

    Returns
    -------
    ndarray, shape of c

    Examples
    --------
    >>> forget(np.ones(1), np.zeros(1), np.array([3.0]), np.zeros((2, 1)), np.zeros(1))
    array([1.5])
    """
    # BEGIN SOLUTION
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) * c
    # END SOLUTION


def half_life(f: np.ndarray) -> np.ndarray:
    """Return the steps after which half of a memory is left.

    Parameters
    ----------
    f : float or ndarray
        The gate at each step, above 0 and below 1.

    Returns
    -------
    float or ndarray, shape of f

    Examples
    --------
    >>> half_life(np.array([0.25, 0.5]))
    array([0.5, 1. ])
    """
    # BEGIN SOLUTION
    return np.log(0.5) / np.log(f)
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


def test_forget_example(forget):
    """With all weights .5, f is .634135591; of 1 that much is kept, of .2 a fifth of it."""
    x, h, W, b = np.array([1.0]), np.array([0.1]), np.full((2, 1), 0.5), np.zeros(1)
    close(forget(x, h, np.array([1.0]), W, b), [0.634135591], rtol=2e-9)
    close(forget(x, h, np.array([0.2]), W, b), [0.2 * 0.634135591], rtol=2e-9)
    W, one = np.array([[0.0], [2.0]]), np.array([1.0])
    close(forget(x, h, one, W, b), [1 / (1 + np.exp(-2))])
    close(forget(x[None], h[None], one[None], W, b), [[1 / (1 + np.exp(-2))]])  # a batch of one


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_half_life_example(half_life):
    """A gate of .5 halves in 1 step, .25 in half a step, the square root of .5 in two."""
    close(half_life(np.array([0.5, 0.25, 0.5**0.5])), [1.0, 0.5, 2.0])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_forget_random(forget, rng):
    """forget agrees with the formula for one sample and for batches, and changes no argument."""
    for N, d, n in [(4, 3, 3), (1, 2, 4), (6, 5, 2)]:
        x, h, c = rng.normal(size=(N, d)), rng.normal(size=(N, n)), rng.normal(size=(N, n))
        W, b = rng.normal(size=(n + d, n)), rng.normal(size=n)
        expected = c / (1 + np.exp(-(h @ W[:n] + x @ W[n:] + b)))
        kept = x.copy(), h.copy(), c.copy(), W.copy(), b.copy()
        close(forget(x, h, c, W, b), expected)
        close((x, h, c, W, b), kept)
        close(forget(x[-1], h[-1], c[-1], W, b), expected[-1])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_forget_extremes(forget, rng):
    """An open gate keeps whole numbers as they are, and a closed one leaves nothing."""
    for n in [3, 4]:
        x, h, c = rng.normal(size=n), rng.normal(size=n), rng.integers(-9, 10, size=n)
        W, b = 0.1 * rng.normal(size=(2 * n, n)), rng.choice([-50.0, 50.0], size=n)
        b[:2] = 50, -50
        before, expected = c.copy(), np.where(b > 0, c, 0) * 1.0
        close(forget(x, h, c, W, b), expected)
        close(c, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_half_lives(half_life, rng):
    """After its half-life, half is left: for short and long ones, in any shape."""
    for shape in [(4,), (2, 3)]:
        k = rng.uniform(0.2, 90, size=shape)
        f = 0.5 ** (1 / k)
        before = f.copy()
        close(half_life(f), k, rtol=1e-7)
        close(f, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: Input gate
#
# $$i = \sigma([h, x]\, W + b)$$
#
# The same formula with weights of its own: here 1 lets the candidate in, 0 keeps it out. Units
# don't compete: all gates may be open at once. In the example $i$ is .634 again.
#
# A bias sets where a gate stands before training. Write `gate_bias`, the $b$ that makes
# $\sigma(b) = g$ for a wanted $g$: solve for $b$. (.5 needs 0, and .9 needs 2.197.)

# %% [raw]
# # BEGIN SOLUTION


# %%
def input_gate(x: np.ndarray, h: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return how far the input gate is open, for each unit.

    Parameters
    ----------
    x : ndarray, shape (d,) or (N, d)
        Input of this step.
    h : ndarray, shape (n,) or (N, n)
        State before it.
    W, b : ndarray, shapes (n + d, n) and (n,)
        Weights and bias of this gate.

    Returns
    -------
    ndarray, shape of h

    Examples
    --------
    >>> input_gate(np.ones(1), np.zeros(1), np.zeros((2, 1)), np.zeros(1))
    array([0.5])
    """
    # BEGIN SOLUTION
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b)
    # END SOLUTION


def gate_bias(g: np.ndarray) -> np.ndarray:
    """Return the bias that alone opens a gate to g.

    Parameters
    ----------
    g : float or ndarray
        Wanted, above 0 and below 1.

    Returns
    -------
    float or ndarray, shape of g

    Examples
    --------
    >>> gate_bias(np.array([0.5, 0.9])).round(3)
    array([0.   , 2.197])
    """
    # BEGIN SOLUTION
    return np.log(g / (1 - g))
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


def test_input_example(input_gate):
    """With all weights .5 the input gate is .634135591; other weights tell h from x."""
    x, h, b = np.array([1.0]), np.array([0.1]), np.zeros(1)
    close(input_gate(x, h, np.full((2, 1), 0.5), b), [0.634135591], rtol=2e-9)
    W = np.array([[0.0], [2.0]])
    close(input_gate(x, h, W, b - 1), [1 / (1 + np.exp(-1))])
    close(input_gate(x[None], h[None], W, b - 1), [[1 / (1 + np.exp(-1))]])  # a batch of one


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_bias_example(gate_bias):
    """A gate of .5 needs the bias 0, .9 needs 2.197225 and .1 the opposite."""
    close(gate_bias(np.array([0.5, 0.9, 0.1])), [0.0, 2.197225, -2.197225], rtol=1e-6, atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_input_random(input_gate, rng):
    """input_gate agrees with the formula for one sample and for batches, whole numbers too."""
    for N, d, n in [(3, 4, 4), (1, 3, 2), (7, 2, 5)]:
        x, h = rng.normal(size=(N, d)), rng.normal(size=(N, n))
        W, b = rng.normal(size=(n + d, n)), rng.normal(size=n)
        expected = 1 / (1 + np.exp(-(h @ W[:n] + x @ W[n:] + b)))
        kept = x.copy(), h.copy(), W.copy(), b.copy()
        close(input_gate(x, h, W, b), expected)
        close((x, h, W, b), kept)
        close(input_gate(x[0], h[0], W, b), expected[0])
        whole = rng.integers(-2, 3, size=(N, d))
        expected = 1 / (1 + np.exp(-(h @ W[:n] + whole @ W[n:] + b)))
        close(input_gate(whole, h, W, b), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_input_extremes(input_gate, rng):
    """Far from 0 a gate is fully open or fully closed, whatever the other units do."""
    for n in [2, 5]:
        x, h = rng.normal(size=n), rng.normal(size=n)
        W, b = 0.1 * rng.normal(size=(2 * n, n)), rng.choice([-60.0, 60.0], size=n)
        b[:2] = 60, 60
        expected = np.where(b > 0, 1.0, 0.0)
        close(input_gate(x, h, W, b), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_biases(gate_bias, rng):
    """The sigmoid of the bias is the wanted gate again, in any shape."""
    for shape in [(5,), (2, 3)]:
        g = rng.uniform(0.01, 0.99, size=shape)
        before = g.copy()
        close(reference.sigmoid(gate_bias(g)), g)
        close(g, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Candidate
#
# $$\tilde c = \tanh([h, x]\, W + b)$$
#
# The candidate is not a gate but news, and may be negative: it lies between −1 and 1. In the
# example it is tanh .55 = .500520211. With it the new memory is .634 · .2 + .634 · .501 = .444.

# %% [raw]
# # BEGIN SOLUTION


# %%
def candidate(x: np.ndarray, h: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return what there is to write into the memory.

    Parameters
    ----------
    x : ndarray, shape (d,) or (N, d)
        Input of this step.
    h : ndarray, shape (n,) or (N, n)
        State before it.
    W, b : ndarray, shapes (n + d, n) and (n,)
        Weights and bias of this candidate.

    Returns
    -------
    ndarray, shape of h

    Examples
    --------
    >>> candidate(np.ones(1), np.zeros(1), np.array([[5.0], [-1.0]]), np.zeros(1)).round(3)
    array([-0.762])
    """
    # BEGIN SOLUTION
    return np.tanh(np.concatenate([h, x], axis=-1) @ W + b)
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


def test_candidate_example(candidate):
    """With all weights .5 the candidate is .500520211; other weights tell h from x."""
    x, h, b = np.array([1.0]), np.array([0.1]), np.zeros(1)
    close(candidate(x, h, np.full((2, 1), 0.5), b), [0.500520211], rtol=2e-9)
    W = np.array([[0.0], [2.0]])
    close(candidate(x, h, W, b - 3), [-0.761594156], rtol=2e-9)
    close(candidate(x[None], h[None], W, b - 3), [[-0.761594156]], rtol=2e-9)  # a batch of one


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_candidate_random(candidate, rng):
    """candidate agrees with the formula for batches, and changes no argument."""
    for N, d, n in [(5, 3, 3), (1, 4, 3), (4, 2, 6)]:
        x, h = rng.normal(size=(N, d)), rng.normal(size=(N, n))
        W, b = rng.normal(size=(n + d, n)), rng.normal(size=n)
        expected = np.tanh(h @ W[:n] + x @ W[n:] + b)
        kept = x.copy(), h.copy(), W.copy(), b.copy()
        close(candidate(x, h, W, b), expected)
        close((x, h, W, b), kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_candidate_one_sample(candidate, rng):
    """candidate takes one sample, with whole numbers and with large ones."""
    for d, n, size in [(2, 2, 1), (3, 5, 1), (4, 1, 300)]:
        x, h = size * rng.integers(-3, 4, size=d), rng.normal(size=n)
        W, b = rng.normal(size=(n + d, n)) / 4, rng.normal(size=n) / 4
        expected = np.tanh(h @ W[:n] + x @ W[n:] + b)
        close(candidate(x, h, W, b), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: Output
#
# $$o = \sigma([h, x]\, W + b), \qquad h' = o \odot \tanh(c')$$
#
# The output gate decides what the rest of the network gets to see of the **new** memory $c'$. It
# looks at the old $h$. In the example $h' = .634 \cdot \tanh .444 = .265$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def output(
    x: np.ndarray, h: np.ndarray, c_new: np.ndarray, W: np.ndarray, b: np.ndarray
) -> np.ndarray:
    """Return the new state: what the output gate lets out of the new memory.

    Parameters
    ----------
    x : ndarray, shape (d,) or (N, d)
        Input of this step.
    h : ndarray, shape (n,) or (N, n)
        State before it.
    c_new : ndarray, shape of h
        Memory after it.
    W, b : ndarray, shapes (n + d, n) and (n,)
        Weights and bias of this gate.

    Returns
    -------
    ndarray, shape of h

    Examples
    --------
    >>> output(np.ones(1), np.zeros(1), np.array([9.0]), np.zeros((2, 1)), np.zeros(1)).round(3)
    array([0.5])
    """
    # BEGIN SOLUTION
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) * np.tanh(c_new)
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


def test_output_example(output):
    """With all weights .5 and the new memory .444224798 the new state is .264523473."""
    x, h, b = np.array([1.0]), np.array([0.1]), np.zeros(1)
    c_new = np.array([0.444224798])
    close(output(x, h, c_new, np.full((2, 1), 0.5), b), [0.264523473], rtol=4e-9)
    W = np.array([[0.0], [2.0]])
    half = 0.5 * np.tanh(0.444224798)
    close(output(x, h, c_new, W, b - 2), [half])
    close(output(x[None], h[None], c_new[None], W, b - 2), [[half]])  # a batch of one


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_output_random(output, rng):
    """output agrees with the formula for batches, and changes no argument."""
    for N, d, n in [(4, 4, 4), (1, 2, 3), (5, 3, 2)]:
        x, h, c = rng.normal(size=(N, d)), rng.normal(size=(N, n)), 2 * rng.normal(size=(N, n))
        W, b = rng.normal(size=(n + d, n)), rng.normal(size=n)
        expected = np.tanh(c) / (1 + np.exp(-(h @ W[:n] + x @ W[n:] + b)))
        kept = x.copy(), h.copy(), c.copy(), W.copy(), b.copy()
        close(output(x, h, c, W, b), expected)
        close((x, h, c, W, b), kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_output_one_sample(output, rng):
    """output takes one sample, with memories that are large whole numbers or zero."""
    for d, n in [(3, 3), (2, 5)]:
        x, h, c = rng.normal(size=d), rng.normal(size=n), rng.integers(-30, 31, size=n)
        W, b = rng.normal(size=(n + d, n)), rng.normal(size=n)
        for memory in [c, 0 * c, c / 40]:
            expected = np.tanh(memory) / (1 + np.exp(-(h @ W[:n] + x @ W[n:] + b)))
            close(output(x, h, memory, W, b), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: The cell
#
# $$c' = \text{forget}(x, h, c) + i \odot \tilde c, \qquad h' = \text{output}(x, h, c')$$
#
# `params` holds $(W, b)$ for each piece: `params["f"]`, `["i"]`, `["c"]` (candidate), `["o"]`. The
# four pieces are arguments; call each as your questions 3 to 6 define it. (After mending a piece
# run this cell again: it keeps the old one.) Then write the walk through a sequence, which returns
# all states and all memories, and count: how many numbers does a layer learn? The second deck's
# stock-price notebook has 10,400 ($d = 1$, $n = 50$) and 20,200 ($d = n = 50$), the third deck's
# text classifier 131,584 ($d = n = 128$). (PyTorch keeps two biases where one would do. Count one.)

# %% [raw]
# # BEGIN SOLUTION


# %%
def lstm_step(
    x: np.ndarray,
    h: np.ndarray,
    c: np.ndarray,
    params: Params,
    forget: Callable = forget,
    input_gate: Callable = input_gate,
    candidate: Callable = candidate,
    output: Callable = output,
) -> tuple[np.ndarray, np.ndarray]:
    """Return state and memory after one step.

    Parameters
    ----------
    x : ndarray, shape (d,) or (N, d)
        Input of this step.
    h, c : ndarray, shape (n,) or (N, n)
        State and memory before it.
    params : dict of (W, b)
        For "f", "i", "c" and "o", shapes (n + d, n) and (n,).
    forget, output : callable, optional
        Called as forget(x, h, memory, W, b) and output(x, h, memory, W, b).
    input_gate, candidate : callable, optional
        Called as input_gate(x, h, W, b) and candidate(x, h, W, b).

    Returns
    -------
    h_new, c_new : ndarray, shape of h

    Examples
    --------
    >>> params = {name: (np.zeros((2, 1)), np.zeros(1)) for name in "fico"}
    >>> lstm_step(np.ones(1), np.zeros(1), np.array([2.0]), params)[1]
    array([1.])
    """
    # BEGIN SOLUTION
    news = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    c_new = forget(x, h, c, *params["f"]) + news
    return output(x, h, c_new, *params["o"]), c_new
    # END SOLUTION


def lstm_forward(
    X: np.ndarray, h: np.ndarray, c: np.ndarray, params: Params, step: Callable = lstm_step
) -> tuple[np.ndarray, np.ndarray]:
    """Return the states and the memories after each step of a sequence.

    Parameters
    ----------
    X : ndarray, shape (T, d) or (T, N, d)
        Inputs, the first step first.
    h, c : ndarray, shape (n,) or (N, n)
        State and memory before the first step.
    params : dict of (W, b)
        As in lstm_step.
    step : callable, optional
        Makes one step: step(x, h, c, params) returns the new h and c.

    Returns
    -------
    H, C : ndarray, shape (T, n) or (T, N, n)
    """
    # BEGIN SOLUTION
    H, C = [], []
    for x in X:
        h, c = step(x, h, c, params)
        H.append(h)
        C.append(c)
    return np.array(H), np.array(C)
    # END SOLUTION


def lstm_params(d: int, n: int) -> int:
    """Return how many weights and biases an LSTM layer of n units with d inputs has.

    Examples
    --------
    >>> lstm_params(1, 50)
    10400
    """
    # BEGIN SOLUTION
    return 4 * ((n + d) * n + n)
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


def test_cell_example(lstm_step):
    """With all weights .5 the new state is .264523473 and the new memory .444224798."""
    params = {name: (np.full((2, 1), 0.5), np.zeros(1)) for name in "fico"}

    def gate(x, h, W, b):
        return 1 / (1 + np.exp(-(np.concatenate([h, x], axis=-1) @ W + b)))

    h, c = lstm_step(
        np.array([1.0]),
        np.array([0.1]),
        np.array([0.2]),
        params,
        forget=lambda x, h, c, W, b: gate(x, h, W, b) * c,
        input_gate=gate,
        candidate=lambda x, h, W, b: np.tanh(np.concatenate([h, x], axis=-1) @ W + b),
        output=lambda x, h, c, W, b: gate(x, h, W, b) * np.tanh(c),
    )
    close(c, [0.444224798], rtol=4e-9)
    close(h, [0.264523473], rtol=4e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_walk_example(lstm_forward):
    """A step that adds x to h and h to c: inputs 1, 2, 3 give the states 1, 3, 6."""
    X, zero = np.array([[1.0], [2.0], [3.0]]), np.zeros(1)
    H, C = lstm_forward(X, zero, zero + 5, {}, lambda x, h, c, params: (h + x, c + h))
    close(H, [[1.0], [3.0], [6.0]])
    close(C, [[5.0], [6.0], [9.0]])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_count_examples(lstm_params):
    """The decks' layers hold 10,400, 20,200 and 131,584 numbers."""
    close([lstm_params(1, 50), lstm_params(50, 50), lstm_params(128, 128)], [10400, 20200, 131584])


# %%
""" # BEGIN TEST CONFIG
points: 3
hidden: true
"""  # END TEST CONFIG


def test_cell_against_torch(lstm_step, rng):
    """With right gates, lstm_step agrees with torch.nn.LSTMCell, for batches and one sample."""
    right = {
        name: getattr(reference, name) for name in ["forget", "input_gate", "candidate", "output"]
    }
    for N, d, n in [(4, 3, 3), (1, 2, 5), (6, 4, 2)]:
        params = {name: (rng.normal(size=(n + d, n)), rng.normal(size=n)) for name in "fico"}
        x, h, c = rng.normal(size=(N, d)), rng.normal(size=(N, n)), rng.normal(size=(N, n))
        cell = torch.nn.LSTMCell(d, n, dtype=torch.float64)
        order = [params[name] for name in "ifco"]  # torch stacks them in this order
        new = {
            "weight_hh": np.concatenate([W[:n].T for W, _ in order]),
            "weight_ih": np.concatenate([W[n:].T for W, _ in order]),
            "bias_hh": np.concatenate([b for _, b in order]),
            "bias_ih": np.zeros(4 * n),
        }
        cell.load_state_dict({name: torch.tensor(value) for name, value in new.items()})
        found = cell(torch.tensor(x), (torch.tensor(h), torch.tensor(c)))
        expected = tuple(one.detach().numpy() for one in found)
        kept = x.copy(), h.copy(), c.copy()
        close(lstm_step(x, h, c, params, **right), expected)
        close((x, h, c), kept)
        close(lstm_step(x[0], h[0], c[0], params, **right), tuple(one[0] for one in expected))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_gates(lstm_step, rng):
    """lstm_step calls the four pieces it was given, each with its own weights."""
    for n in [2, 4]:
        x, h, c = rng.normal(size=n), rng.normal(size=n), rng.normal(size=n)
        params = {name: (rng.normal(size=(2 * n, n)), rng.normal(size=n)) for name in "fico"}
        s = rng.uniform(1, 3, size=4)
        pieces = (
            lambda x, h, c, W, b, s=s: s[0] * c - b,
            lambda x, h, W, b, s=s: s[1] * h + b,
            lambda x, h, W, b, s=s: s[2] * x @ W[: len(x)] + b,
            lambda x, h, c, W, b, s=s: s[3] * c + h * b,
        )
        new = pieces[0](x, h, c, *params["f"])
        new = new + pieces[1](x, h, *params["i"]) * pieces[2](x, h, *params["c"])
        expected = pieces[3](x, h, new, *params["o"]), new
        close(lstm_step(x, h, c, params, *pieces), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_sequence(lstm_forward, rng):
    """lstm_forward carries state and memory along, for one sequence and for batches."""

    def step(x, h, c, params):
        W, b = params["f"]
        return np.tanh(h + x @ W), np.tanh(c @ W.T + h * b)

    for T, N, n in [(5, 3, 2), (1, 1, 3), (8, 2, 4)]:
        X, h, c = rng.normal(size=(T, N, n)), rng.normal(size=(N, n)), rng.normal(size=(N, n))
        params = {"f": (rng.normal(size=(n, n)), rng.normal(size=n))}
        one, two, H, C = h, c, [], []
        for x in X:
            one, two = step(x, one, two, params)
            H.append(one)
            C.append(two)
        expected, kept = (np.array(H), np.array(C)), (X.copy(), h.copy(), c.copy())
        close(lstm_forward(X, h, c, params, step), expected)
        close((X, h, c), kept)
        first = expected[0][:, 0], expected[1][:, 0]
        close(lstm_forward(X[:, 0], h[0], c[0], params, step), first)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_counts(lstm_params, rng):
    """lstm_params counts what torch.nn.LSTM holds, less its second biases."""
    for _ in range(4):
        d, n = (int(one) for one in rng.integers(2, 40, size=2))
        held = sum(one.numel() for one in torch.nn.LSTM(d, n).parameters())
        close(lstm_params(d, n), held - 4 * n)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Wire a cell by hand and watch the gates work. It has one unit and three inputs: a value that never
# stops changing, a signal to write, a signal to read.


# %%
@picture("q3", "q4", "q5", "q6", "q7")
def a_memory_with_two_buttons():
    rng = np.random.default_rng(31)
    X = np.zeros((100, 3))
    X[:, 0] = np.cumsum(rng.normal(size=100)) / 4
    X[[10, 55], 1] = 1  # write
    X[35:45, 2] = X[80:90, 2] = 1  # read
    params = {  # rows of W: h, value, write, read
        "f": (np.array([[0.0], [0], [-40], [0]]), np.array([20.0])),
        "i": (np.array([[0.0], [0], [40], [0]]), np.array([-20.0])),
        "c": (np.array([[0.0], [1], [0], [0]]), np.array([0.0])),
        "o": (np.array([[0.0], [0], [0], [40]]), np.array([-20.0])),
    }
    H, C = lstm_forward(X, np.zeros(1), np.zeros(1), params)
    _, axis = plt.subplots(figsize=(9, 3.4), layout="constrained")
    axis.plot(np.tanh(X[:, 0]), color="0.7", label="tanh of the value")
    axis.step(range(100), C[:, 0], where="mid", color=BLUE, linewidth=2, label="memory $c$")
    axis.step(range(100), H[:, 0], where="mid", color=ORANGE, linewidth=2, label="state $h$")
    axis.fill_between(range(100), -1, 1, X[:, 2] > 0, color="0.93", label="read")
    for t in np.flatnonzero(X[:, 1]):
        axis.axvline(t, color=GREEN, linestyle=":", label="write" if t < 50 else None)
    axis.axhline(0, color="0.85", linewidth=0.8, zorder=0)
    axis.set(xlabel="step", title="Written twice, read twice, kept in between")
    axis.legend(frameon=False, loc="center left", bbox_to_anchor=(1, 0.5))
    axis.spines[["top", "right"]].set_visible(False)
    plt.show()
    print(f"memory at step 10: {C[10, 0]:.9f}, at step 54: {C[54, 0]:.9f}")


# %% [markdown]
# A write also closes the forget gate, so the new value replaces the old. After that the memory is
# multiplied by almost exactly 1. The state is $\tanh c$ while it is read, and else 0.
#
# > **The slide says** the LSTM solves vanishing *and exploding* gradients (first deck). Check it:
# > the next picture nudges the first memory of your LSTM and watches the states that follow, with
# > forget gates half open, wide open, and wide open with large weights.


# %%
@picture("q3", "q4", "q5", "q6", "q7")
def gradients_of_an_lstm():
    n, d, T, nudge = 20, 3, 40, 1e-7
    starts = nudge * np.concatenate([np.eye(n), -np.eye(n)])  # one sample for each nudge
    _, axis = plt.subplots(figsize=(7.5, 4), layout="constrained")
    cases = [
        ("half open", 0.1, 0.0, BLUE),
        ("wide open", 0.1, 6.0, GREEN),
        ("large weights", 12.0, 6.0, ORANGE),
    ]
    for name, gain, bias, color in cases:
        rng = np.random.default_rng(1)
        W = gain * rng.normal(size=(4, n + d, n)) / np.sqrt(n)
        params = {key: (W[k], np.full(n, bias * (key == "f"))) for k, key in enumerate("fico")}
        X = np.repeat(0.1 * rng.normal(size=(T, 1, d)), 2 * n, axis=1)
        H, _ = lstm_forward(X, np.zeros((2 * n, n)), starts, params)
        norms = np.linalg.norm((H[:, :n] - H[:, n:]) / (2 * nudge), 2, axis=(1, 2))
        axis.semilogy(range(1, T + 1), norms, color=color)
        axis.annotate(name, (T, norms[-1]), (5, -3), textcoords="offset points")
    axis.axhline(1, color="0.8", linewidth=0.8, zorder=0)
    axis.set(xlabel="steps after the nudge", ylabel="norm of the slopes", xlim=(0, 51))
    axis.set_title("An LSTM eases vanishing; large weights still explode")
    axis.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [markdown]
# Open gates carry a gradient over forty steps. But a gate doesn't
# tame large weights: the state still goes through $W$, and those slopes multiply as before.
# Clipping, in question 8, is for them.
#
# **Does it matter for learning?** Here both networks of PyTorch get the same task: the first input
# is +1 or −1, marked by a second input; then come 59 numbers of pure noise; name the first. Units,
# optimizer and clipping are equal. The LSTM's forget gates start once at $b = 0$ and once at $b =
# 4$: by your formulas gates of .5 and .982, half-lives of 1 step and 38.


# %%
@picture()
def remember_the_first_input():
    try:
        import torch
    except (ImportError, OSError):
        print("This demonstration needs PyTorch: pip install torch")
        return
    torch.set_num_threads(1)  # small matrices: more threads only wait for each other
    units, rounds, samples = 16, 250, 64

    def train(layer, T, bias):
        """Return the share of right answers in each round of training, on fresh sequences."""
        torch.manual_seed(3)
        net, head = layer(2, units), torch.nn.Linear(units, 1)
        if isinstance(net, torch.nn.LSTM):
            with torch.no_grad():
                net.bias_ih_l0[units : 2 * units] = bias  # the forget gates come second
        weights = [*net.parameters(), *head.parameters()]
        optimizer = torch.optim.Adam(weights, lr=0.01)
        right = []
        for _ in range(rounds):
            y = torch.randint(0, 2, (samples, 1)).float()
            X = torch.randn(T, samples, 2)
            X[:, :, 1] = 0
            X[0, :, 0], X[0, :, 1] = 2 * y[:, 0] - 1, 1  # the second input marks the first step
            answer = head(net(X)[0][-1])
            loss = torch.nn.functional.binary_cross_entropy_with_logits(answer, y)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(weights, 1.0)
            optimizer.step()
            right.append(((answer > 0) == (y > 0.5)).float().mean().item())
        return np.convolve(right, np.ones(20) / 20, "valid")

    _, axis = plt.subplots(figsize=(7.5, 4), layout="constrained")
    for layer, T, bias, color, style in [
        (torch.nn.RNN, 10, None, GREY, "--"),
        (torch.nn.RNN, 60, None, ORANGE, "-"),
        (torch.nn.LSTM, 60, 0.0, GREEN, "-"),
        (torch.nn.LSTM, 60, 4.0, BLUE, "-"),
    ]:
        right = train(layer, T, bias)
        name = f"{layer.__name__}, {T} steps" + ("" if bias is None else f", b = {bias:g}")
        axis.plot(range(20, rounds + 1), right, style, color=color, label=name)
        print(f"{name}: {right[-1]:.0%} right in the last 20 rounds")
    axis.axhline(0.5, color="0.8", linewidth=0.8, zorder=0)
    axis.set(xlabel="round", ylabel="right, mean of 20 rounds", ylim=(0.3, 1.05))
    axis.set_title("Name the first input of a sequence")
    axis.legend(frameon=False, loc="upper left", bbox_to_anchor=(0.62, 0.8))
    axis.spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [markdown]
# The plain network learns ten steps, but with sixty it goes on guessing. An LSTM that starts by
# forgetting fares no better; one that starts by remembering finds the rule. (Another seed
# may need more rounds.)

# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ## Question 8: Two more remedies
#
# *Against exploding:* clip by norm. All gradients $g_1, g_2, \dots$ of a network, arrays of any
# shapes, have one common norm
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum_a \sum_j g_{a,j}^2},$$
#
# the sum over all entries $j$ of all arrays $a$. If it is above `limit`, a positive number, scale
# **all** by one factor so that it becomes `limit`: shorter, same direction. Otherwise the numbers
# stay.
#
# *Against vanishing:* a shortcut (third deck). A residual network adds to what it has, layer by
# layer: $h_l = h_{l-1} + r_l(h_{l-1})$, all of one shape. With one unit a layer, where a plain
# chain multiplies the slopes $s_l$ of $r_l$, this one multiplies $1 + s_l$. Write the stack, and
# both products for the slopes of $L$ layers, shape $(L,)$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def clip_by_norm(grads: dict[str, np.ndarray], limit: float) -> dict[str, np.ndarray]:
    """Return the gradients, shortened together if their common norm is above limit.

    Parameters
    ----------
    grads : dict of ndarray
        Arrays of any shapes.
    limit : float
        Above 0.

    Returns
    -------
    dict of ndarray
        A new one, with the names and shapes of grads.

    Examples
    --------
    >>> clip_by_norm({"w": np.array([30.0, 40.0])}, 5.0)
    {'w': array([3., 4.])}
    """
    # BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    return {name: g * (limit / max(norm, limit)) for name, g in grads.items()}
    # END SOLUTION


def residual_stack(x: np.ndarray, layers: list[Callable]) -> np.ndarray:
    """Return what comes out of layers with a shortcut around each.

    Parameters
    ----------
    x : ndarray
        What goes in; every layer keeps its shape.
    layers : list of callable
        r_1, r_2, ..., applied in this order.

    Returns
    -------
    ndarray, shape of x

    Examples
    --------
    >>> residual_stack(np.array([1.0, 2.0]), [lambda h: 10 * h])
    array([11., 22.])
    """
    # BEGIN SOLUTION
    for g in layers:
        x = x + g(x)
    return x
    # END SOLUTION


def slope_chains(slopes: np.ndarray) -> tuple[float, float]:
    """Return the slope through a chain of layers, without and with shortcuts.

    Parameters
    ----------
    slopes : ndarray, shape (L,)
        The slope of each layer.

    Returns
    -------
    plain, shortcut : float

    Examples
    --------
    >>> slope_chains(np.array([0.5, 1.0]))
    (0.5, 3.0)
    """
    # BEGIN SOLUTION
    return float(np.prod(slopes)), float(np.prod(1 + slopes))
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


def test_clip_example(clip_by_norm):
    """(3, 0) and (4) have the common norm 5: limit 1 makes (.6, 0) and (.8), limit 10 nothing."""
    grads = {"W": np.array([[3.0, 0.0]]), "b": np.array([4.0])}
    close(clip_by_norm(grads, 1.0), {"W": [[0.6, 0.0]], "b": [0.8]})
    close(clip_by_norm(grads, 10.0), {"W": [[3.0, 0.0]], "b": [4.0]})
    close(grads["W"], [[3.0, 0.0]])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_shortcut_example(residual_stack, slope_chains):
    """Two layers, one that doubles, one that squares: 1 becomes 3, then 12; and their slopes."""
    x = np.array([1.0])
    close(residual_stack(x, [lambda h: 2 * h, lambda h: h**2]), [12.0])
    close(x, [1.0])
    close(slope_chains(np.array([2.0, 6.0])), (12.0, 21.0))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_clip_random(clip_by_norm, rng):
    """Gradients of several shapes are shortened together when they are too long."""
    for shapes in [[(3, 2), (2,)], [(4,)], [(2, 2, 2), (1,), (3, 1)]]:
        grads = {f"p{k}": 5 * rng.normal(size=shape) for k, shape in enumerate(shapes)}
        norm = np.linalg.norm(np.concatenate([g.ravel() for g in grads.values()]))
        before = {name: g.copy() for name, g in grads.items()}
        for limit in [norm * rng.uniform(0.1, 0.9), norm * 0.01]:
            expected = {name: g * limit / norm for name, g in before.items()}
            close(clip_by_norm(grads, limit), expected)
            close(grads, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_clip_short(clip_by_norm, rng):
    """Gradients that are short enough stay, whole numbers and all zeros included."""
    for limit in [rng.uniform(30, 60), 20]:
        for g in [rng.normal(size=(2, 3)), rng.integers(-4, 5, size=4), np.zeros(3)]:
            grads = {"a": g, "b": -g}
            close(clip_by_norm(grads, limit), {"a": g * 1.0, "b": g * -1.0})
    whole = rng.integers(5, 9, size=(3, 3))
    close(clip_by_norm({"a": whole}, 2), {"a": 2 * whole / np.sqrt(np.sum(whole**2))})


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_stack(residual_stack, rng):
    """Each layer gets what the one before handed on, shortcut included."""
    for count, shape in [(1, (4,)), (3, (2, 3)), (5, (3,))]:
        x, s = rng.normal(size=shape), rng.uniform(0.3, 0.9, size=count)
        layers = [lambda h, a=a: np.tanh(a * h) - a for a in s]
        before, expected = x.copy(), x
        for g in layers:
            expected = expected + g(expected)
        close(residual_stack(x, layers), expected)
        close(x, before)
    x = rng.integers(1, 5, size=3)
    close(residual_stack(x, [lambda h: h / 4]), x * 1.25)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_chains(slope_chains, rng):
    """Products of slopes, and of slopes with 1 added, in chains of several lengths."""
    for count in [1, 2, 10, 40]:
        slopes = rng.uniform(-0.5, 0.4, size=count)
        plain, shortcut = 1.0, 1.0
        for one in slopes:
            plain, shortcut = plain * one, shortcut * (1 + one)
        before = slopes.copy()
        close(slope_chains(slopes), (plain, shortcut), rtol=1e-7, atol=0)
        close(slopes, before)
    close(slope_chains(np.array([2, -3, 4])), (-24.0, -30.0))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** gradients vanish because of local minima (second deck). Check it: how much is
# > left by ten sigmoids at their steepest, wherever the minima are?


# %%
@picture("q8")
def ten_sigmoids():
    plain, shortcut = slope_chains(np.full(10, 0.25))
    print(f"slope through ten sigmoids: {plain:.2g}, with shortcuts {shortcut:.2g}")


# %% [markdown]
# A millionth. The slopes alone do it; no minimum is needed. Shortcuts keep a slope alive.

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ## Question 9: Attention
#
# Why squeeze all of the past into one state? *Attention* (third deck) keeps all $T$ pieces and
# takes a weighted mean, with weights from a softmax over the pieces:
#
# $$a_t = \frac{e^{s_t}}{\sum_u e^{s_u}}, \qquad \text{context} = \sum_t a_t v_t$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $s$ | scores: how well each piece suits; a row for each of $N$ queries | $(T,)$ or $(N, T)$ |
# | $a$ | weights, in the shape of $s$; each row sums to 1 | $(T,)$ or $(N, T)$ |
# | $v$ | values, one row for each piece | $(T, m)$ |
# | context | the mean that each query gets | $(m,)$ or $(N, m)$ |
#
# The scores 1, 2, 0 give .245, .665, .090. A `mask`, in the shape of $s$, says `True` where a piece
# may be seen; in each row at least one may. The others get weight 0, and **the rest still sums to
# 1**. Scores may be in the thousands, masked ones included: take care before you call `exp`.
#
# In the picture below, steps at the same point of a wave suit each other, and the mask hides the
# future.

# %% [raw]
# # BEGIN SOLUTION


# %%
def attention(
    scores: np.ndarray, values: np.ndarray, mask: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the weights of the pieces, and their weighted mean.

    Parameters
    ----------
    scores : ndarray, shape (T,) or (N, T)
        How well each piece suits.
    values : ndarray, shape (T, m)
        The pieces.
    mask : ndarray of bool, shape of scores, optional
        True where a piece may be seen; without it, all may.

    Returns
    -------
    weights : ndarray, shape of scores
    context : ndarray, shape (m,) or (N, m)

    Examples
    --------
    >>> attention(np.zeros(2), np.array([[1.0], [3.0]]))
    (array([0.5, 0.5]), array([2.]))
    """
    # BEGIN SOLUTION
    seen = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values
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


def test_three_pieces(attention):
    """The scores 1, 2, 0 give .244728471, .665240956, .090030573; a mask hides the second."""
    scores, values = np.array([1.0, 2.0, 0.0]), np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    weights, context = attention(scores, values)
    close(weights, [0.244728471, 0.665240956, 0.090030573], rtol=1e-8)
    close(context, [0.244728471, 0.665240956], rtol=1e-8)
    weights, context = attention(scores, values, np.array([True, False, True]))
    close(weights, [0.731058579, 0.0, 0.268941421], rtol=1e-8)
    close(context, [0.731058579, 0.0], rtol=1e-8, atol=1e-12)
    close(scores, [1.0, 2.0, 0.0])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_questions(attention):
    """Each row of scores is a question of its own, and scores of 1000 overflow nowhere."""
    import warnings

    scores, values = np.array([[1000.0, 1000.0], [0.0, 1000.0]]), np.array([[2.0], [4.0]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        weights, context = attention(scores, values)
        hidden = attention(np.array([5000.0, 1.0]), values, np.array([False, True]))
    close(weights, [[0.5, 0.5], [0.0, 1.0]])
    close(context, [[3.0], [4.0]])
    close(hidden, ([0.0, 1.0], [4.0]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_without_mask(attention, rng):
    """Weights and context of one question and of many, square tables included."""
    for N, T, m in [(4, 4, 4), (3, 5, 2), (1, 6, 3), (5, 1, 2)]:
        scores, values = 2 * rng.normal(size=(N, T)), rng.normal(size=(T, m))
        weights = np.exp(scores)
        weights /= weights.sum(axis=1, keepdims=True)
        expected, kept = (weights, weights @ values), (scores.copy(), values.copy())
        close(attention(scores, values), expected)
        close((scores, values), kept)
        close(attention(scores[0], values), (expected[0][0], expected[1][0]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_with_mask(attention, rng):
    """Hidden pieces get nothing and the rest sums to 1, with masks of every kind."""
    for N, T, m in [(5, 5, 2), (3, 6, 4), (2, 4, 1)]:
        scores, values = 2 * rng.normal(size=(N, T)), rng.normal(size=(T, m))
        mask = rng.random(size=(N, T)) < 0.5
        mask[:, 1], mask[0], mask[1] = True, True, np.arange(T) == 1
        weights = np.where(mask, np.exp(scores), 0.0)
        weights /= weights.sum(axis=1, keepdims=True)
        expected, kept = (weights, weights @ values), (scores.copy(), values.copy(), mask.copy())
        close(attention(scores, values, mask), expected)
        close((scores, values, mask * 1), (*kept[:2], kept[2] * 1))
        close(attention(scores[-1], values, mask[-1]), (expected[0][-1], expected[1][-1]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_large_scores(attention, rng):
    """Whole numbers in the thousands, seen or hidden, overflow nowhere."""
    import warnings

    for T in [3, 5]:
        low = rng.integers(-3, 4, size=(2, T))
        values, mask = rng.normal(size=(T, 2)), np.ones((2, T), dtype=bool)
        mask[:, 0] = False
        weights = np.where(mask, np.exp(low), 0.0)
        weights /= weights.sum(axis=1, keepdims=True)
        expected = weights, weights @ values
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            for shift in [4000, -4000]:
                close(attention(low + shift, values, mask), expected)
            low[:, 0] = 6000
            close(attention(low, values, mask), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q9")
def who_looks_at_whom():
    t = np.arange(24)
    wave = np.sin(2 * np.pi * t / 8)
    noisy = wave + 0.4 * np.random.default_rng(0).normal(size=24)
    phase = np.stack([np.cos(2 * np.pi * t / 8), np.sin(2 * np.pi * t / 8)], axis=1)
    scores = 6 * phase @ phase.T  # high where two steps are at the same point of the wave
    past = t[:, None] >= t
    _, axes = plt.subplots(1, 3, figsize=(11, 3.4), layout="constrained", width_ratios=[1, 1, 1.6])
    for axis, mask, title in zip(axes, [None, past], ["all steps", "no future"], strict=False):
        weights, context = attention(scores, noisy[:, None], mask)
        axis.imshow(weights, cmap="Blues", vmin=0, vmax=0.4)
        axis.set(title=f"weights, {title}", xlabel="looks at step", ylabel="step")
    axes[2].plot(t, noisy, "o", color=GREY, label="noisy values")
    axes[2].plot(t, wave, color="0.8", label="without the noise")
    axes[2].plot(t, context[:, 0], color=ORANGE, label="context, no future")
    axes[2].set(xlabel="step", title="A mean over steps that are alike")
    axes[2].legend(frameon=False, fontsize=8)
    axes[2].spines[["top", "right"]].set_visible(False)
    plt.show()


# %% [markdown]
# Without the future, the first eight steps have none like them: their context follows the noise.
#
# ## What you can do now
#
# You can run a network through time and say, in numbers, how much of a gradient comes back. You can
# explain why an LSTM's memory lasts, set its half-life, count its weights, and show where its
# promise ends. You can clip a gradient, build a shortcut, and let a model look back under a mask.
#
# Next comes **10: entropy, information gain, decision trees**: a model that learns without any
# gradient.
