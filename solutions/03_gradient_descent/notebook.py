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
# # Numerical gradients and gradient descent
#
# You stand on a hill in fog and want to get down. You cannot see the valley, but you can feel the
# ground: one small step forward tells you which way it slopes. Take the curve $x^2$ at 4. At 4.0001
# it is higher by 0.00080001, that is 8.0001 times the step. So the slope is about 8, and down is to
# the left.
#
# Training a network is that walk, with thousands of directions in place of one. In this notebook
# you measure slopes, first of curves, then of functions of whole arrays. You walk down with four
# learning rates, see what each does, and measure the gradient of a small softmax network. Most
# examples come from the second deck, *Practical deep learning in Python*.
#
# **House rules.** They hold in every question; tests check them.
#
# * A function never changes its arguments, not even for a moment.
# * Where an array may stand, a list or an integer array may too: in what you are given, and in
#   what a function that you are given returns.
# * Derivatives and gradients keep the shape: a number in, a number (or an array of shape `()`) out;
#   an array in, an array of that shape out.
# * **Functions are arguments here.** You get `f`, you call `f(...)`, and you know nothing else
#   about it: the tests bring functions of their own.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from numpy.typing import ArrayLike

BLUE, ORANGE, GREY = "#1f5f99", "#e07b39", "0.6"


def square(x):
    """Return x times x: the curve that the second deck differentiates."""
    return x**2


# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: Two ways to measure a slope
#
# The derivative of $f$ at $x$ is what the slope between $x$ and $x + h$ becomes as $h$ shrinks to
# 0. A computer takes a small $h$ and stops there:
#
# $$\text{forward: } \frac{f(x + h) - f(x)}{h} \qquad\qquad
# \text{central: } \frac{f(x + h) - f(x - h)}{2h}$$
#
# $h > 0$ is a number, $x$ a number or an array; $f$ works element by element. Write both.

# %% [raw]
# # BEGIN SOLUTION


# %%
def forward_diff(f: Callable, x: ArrayLike, h: float = 1e-4) -> np.ndarray:
    """Return the slope of f from x to x + h.

    Parameters
    ----------
    f : callable
        Takes a number, or an array and then works element by element.
    x : float or array_like
        Where the slope is wanted.
    h : float, optional
        Step, above 0.

    Returns
    -------
    float or ndarray of float
        In the shape of x.

    Examples
    --------
    >>> float(forward_diff(square, 4.0, h=0.5))
    8.5
    """
    # BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x)) / h
    # END SOLUTION


def central_diff(f: Callable, x: ArrayLike, h: float = 1e-4) -> np.ndarray:
    """Return the slope of f from x - h to x + h.

    Parameters
    ----------
    f : callable
        Takes a number, or an array and then works element by element.
    x : float or array_like
        Where the slope is wanted.
    h : float, optional
        Step to either side, above 0.

    Returns
    -------
    float or ndarray of float
        In the shape of x.

    Examples
    --------
    >>> float(central_diff(square, 4.0, h=0.5))
    8.0
    """
    # BEGIN SOLUTION
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)
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


def test_forward_at_four(forward_diff):
    """forward_diff of x squared at 4 gives 8.0001 for h 0.0001, and 8.5 for h 0.5."""
    close(forward_diff(lambda x: x**2, 4.0, 1e-4), 8.00009999998963, rtol=0, atol=1e-10)
    close(forward_diff(lambda x: x**2, 4.0, 0.5), 8.5)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_central_at_four(central_diff):
    """central_diff gives 8 for x squared at 4, and 49 for x cubed at 4 with h 1."""
    close(central_diff(lambda x: x**2, 4.0, 1e-4), 7.999999999999119, rtol=0, atol=1e-10)
    close(central_diff(lambda x: x**3, 4.0, 1.0), 49.0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_forward_anywhere(forward_diff, rng):
    """forward_diff of random cubics with wide steps: numbers, whole numbers, arrays, lists."""
    for shape in [(), (5,), (2, 3)]:
        a, b, c = rng.uniform(0.5, 2, size=3)

        def f(x, a=a, b=b, c=c):
            x = np.asarray(x)
            return a * x**3 - b * x**2 + c * x

        h, x = rng.uniform(0.1, 0.9), rng.normal(size=shape) * 3
        before, expected = np.array(x), (f(x + h) - f(x)) / h
        close(forward_diff(f, x, h), expected)
        close(x, before)
        whole = rng.integers(-7, 8, size=4)
        expected = (f(whole + h) - f(whole)) / h
        close(forward_diff(f, whole, h), expected)
        close(forward_diff(f, whole.tolist(), h), expected)
        close(forward_diff(f, int(whole[0]), h), expected[0])
    close(forward_diff(lambda x: np.sin(x), 1.0) - np.cos(1.0), -4.2e-5, rtol=0.01, atol=0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_central_anywhere(central_diff, rng):
    """central_diff of random cubics with wide steps: numbers, whole numbers, arrays, lists."""
    for shape in [(), (4,), (3, 2)]:
        a, b, c = rng.uniform(0.5, 2, size=3)

        def f(x, a=a, b=b, c=c):
            x = np.asarray(x)
            return a * x**3 - b * x**2 + c * x

        h, x = rng.uniform(0.1, 0.9), rng.normal(size=shape) * 3
        before, expected = np.array(x), (f(x + h) - f(x - h)) / (2 * h)
        close(central_diff(f, x, h), expected)
        close(x, before)
        whole = rng.integers(-7, 8, size=4)
        expected = (f(whole + h) - f(whole - h)) / (2 * h)
        close(central_diff(f, whole, h), expected)
        close(central_diff(f, whole.tolist(), h), expected)
        close(central_diff(f, int(whole[0]), h), expected[0])
    miss = abs(central_diff(lambda x: np.sin(x), 1.0) - np.cos(1.0))
    assert miss < 2e-9, f"the slope of sin at 1 is off by {miss:.1e}; the formula's error is 9e-10"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Multiply out $(4 + h)^2$ and you see it: forward gives $8 + h$, central gives 8 exactly. In
# general the error of forward shrinks like $h$, that of central like $h^2$. Why not take the
# tiniest $h$, then? Two nearly equal numbers are subtracted, and rounding eats the digits that are
# left.


# %%
@picture("q1")
def error_of_the_slope():
    steps = 10.0 ** np.arange(-13, 0.5, 0.5)
    _, axis = plt.subplots(figsize=(7, 4), layout="constrained")
    for diff, colour, name in [(forward_diff, ORANGE, "forward"), (central_diff, BLUE, "central")]:
        misses = [abs(float(diff(np.sin, 1.0, h)) - np.cos(1.0)) for h in steps]
        axis.loglog(steps, misses, "o-", color=colour, markersize=4, label=name)
    axis.axvline(1e-4, color=GREY, linestyle=":", label="h = 0.0001, as on the slide")
    axis.set(title="How far off is the slope of sin at 1?", xlabel="step h", ylabel="error")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()
    print("x squared at 4, forward:", float(forward_diff(square, 4.0)))
    print("x squared at 4, central:", float(central_diff(square, 4.0)))


# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: The tangent
#
# Close to $x_0$ a smooth curve looks like a line: the *tangent*, which has the curve's height and
# slope at $x_0$. Its height at $t$ is
#
# $$f(x_0) + d\,(t - x_0), \qquad d = f'(x_0),$$
#
# where $x_0$ and $d$ are numbers and $t$ is a number or an array of any shape. Write `tangent`. The
# function `df` measures slopes: $d$ is `df(x0)`. It may be exact or as rough as `forward_diff`;
# yours has to use whichever one it is given.

# %% [raw]
# # BEGIN SOLUTION


# %%
def tangent(f: Callable, df: Callable, x0: float, t: ArrayLike) -> np.ndarray:
    """Return the height at t of the line that touches f at x0.

    Parameters
    ----------
    f : callable
        The curve; takes a number.
    df : callable
        Its slope; takes a number.
    x0 : float
        Where the line touches the curve.
    t : float or array_like
        Where the height is wanted.

    Returns
    -------
    float or ndarray of float
        In the shape of t.

    Examples
    --------
    >>> tangent(square, lambda x: 2 * x, 1.0, [0.0, 1.0, 2.0])
    array([-1.,  1.,  3.])
    """
    # BEGIN SOLUTION
    return f(x0) + df(x0) * (np.asarray(t) - x0)
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


def test_tangent_at_three(tangent):
    """The tangent of x squared at 3 is 6 t - 9: heights -9, 9 and 21 at t = 0, 3 and 5."""
    heights = tangent(lambda x: x**2, lambda x: 2 * x, 3.0, np.array([0.0, 3.0, 5.0]))
    close(heights, np.array([-9.0, 9.0, 21.0]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_tangents(tangent, rng):
    """Tangents of random cubics on both sides of zero, at one t and at arrays of t."""
    for shape in [(6,), (), (2, 3)]:
        a, b, x0 = rng.uniform(0.5, 2, size=3) * rng.choice([-1, 1], size=3)
        t = rng.normal(size=shape) * 4
        before = np.array(t)
        expected = a * x0**3 - b + 3 * a * x0**2 * (t - x0)
        heights = tangent(
            lambda x, a=a, b=b: a * x**3 - b, lambda x, a=a: 3 * a * x**2, float(x0), t
        )
        close(heights, expected)
        close(t, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_slope(tangent, rng):
    """tangent draws the line with the slope that df measures, for lists and whole numbers too."""
    for h in rng.uniform(0.5, 2, size=2):
        x0, t = int(rng.integers(2, 7)), rng.integers(-9, 10, size=5)

        def rough(x, h=h):
            return ((x + h) ** 2 - x**2) / h

        expected = x0**2 + (2 * x0 + h) * (t - x0)
        close(tangent(lambda x: x**2, rough, x0, t), expected)
        close(tangent(lambda x: x**2, rough, x0, t.tolist()), expected)
        close(tangent(lambda x: x**2, rough, x0, int(t[0])), expected[0])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q1", "q2")
def tangent_at_three():
    t = np.linspace(0, 5, 101)
    line = np.asarray(tangent(square, lambda x: central_diff(square, x), 3.0, t))
    assert line.shape == t.shape, f"t has shape {t.shape}, your heights have {line.shape}"
    _, axis = plt.subplots(figsize=(6, 4), layout="constrained")
    axis.axhline(0, color="0.8", linewidth=0.8)
    axis.plot(t, square(t), color=BLUE, linewidth=2, label="$x^2$")
    axis.plot(t, line, color=ORANGE, linewidth=2, label="your tangent at 3")
    axis.plot(3, 9, "o", color="black")
    axis.set(title="The slope at 3 is the steepness of this line", xlabel="t", ylabel="height")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: The gradient of anything
#
# The loss of a network depends on many numbers. Its *gradient* has one slope for each: move that
# one entry, keep all others where they are, and measure. For an array $x$ of any shape, $f(x)$ a
# number, and an index $i$ (of a matrix, a row and a column):
#
# $$g_i = \frac{f(x + h e_i) - f(x - h e_i)}{2h}$$
#
# Here $e_i$ has the shape of $x$ and is 0 except for a 1 at index $i$; $h$ is a number; $g$ has the
# shape of $x$. Note the *central* difference. You call `f` with arrays of the shape of $x$, never
# flattened.
#
# By hand: take $f(a, b) = ab$ at (2, 5) with $h = 0.5$. Along $a$: $f(2.5, 5) = 12.5$ and
# $f(1.5, 5) = 7.5$, so the slope is $5 / 1 = 5$. Back to $a = 2$; along $b$:
# $f(2, 5.5) - f(2, 4.5) = 2$. The gradient is (5, 2).
#
# > **The slide's code** writes the step into the array that it was given, and makes the result with
# > `zeros_like`. Check what a step becomes in whole numbers, and in single precision. The slope of
# > $x_0^2 + x_1^2$ along $x_0$ at (3, 4) is 6.

# %%
for kind in [np.int64, np.float32, np.float64]:
    right, left = np.array([3, 4], dtype=kind), np.array([3, 4], dtype=kind)
    right[0], left[0] = 3 + 1e-4, 3 - 1e-4  # now try index 1, with 4
    slope = (float(np.sum(right**2)) - float(np.sum(left**2))) / 2e-4
    print(f"{kind.__name__:8} from {left} to {right}: slope {slope:.5f}")

# %% [markdown]
# Your function has to get 6 for all three kinds.

# %% [raw]
# # BEGIN SOLUTION


# %%
def numerical_gradient(f: Callable, x: ArrayLike, h: float = 1e-4) -> np.ndarray:
    """Return the slope of f along each entry of x, by central differences.

    Parameters
    ----------
    f : callable
        Takes an array of float in the shape of x and returns a number.
    x : float or array_like
        Numbers of any shape and kind; never changed, not even while f runs.
    h : float, optional
        Step to either side, above 0.

    Returns
    -------
    ndarray of float
        In the shape of x, of kind float64.

    Examples
    --------
    >>> numerical_gradient(lambda v: v[0] * v[1], [2, 5], h=0.5)
    array([5., 2.])
    """
    # BEGIN SOLUTION
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient
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


def test_two_entries(numerical_gradient):
    """Of the sum of squares at (3, 4) the gradient is (6, 8)."""
    right = np.array([6.0, 8.0])
    close(numerical_gradient(lambda v: np.sum(v**2), np.array([3.0, 4.0])), right, rtol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_matrix(numerical_gradient):
    """Of the product of all entries of a 2 by 2 matrix, each slope is the product of the others."""
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    right = np.array([[24.0, 12.0], [8.0, 6.0]])
    close(numerical_gradient(lambda m: np.prod(m), x, 0.01), right, rtol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_shape(numerical_gradient, rng):
    """Functions that mix all entries, floats of no to three dimensions, agree with calculus."""
    for shape in [(4,), (2, 3), (3, 1), (2, 2, 3), ()]:
        c = rng.uniform(0.5, 2, size=shape)
        x = rng.normal(size=shape)

        def f(v, c=c):
            return np.sin(np.sum(c * v)) + np.sum(c * v**2)

        before = np.array(x)
        expected = c * np.cos(np.sum(c * x)) + 2 * c * x
        close(numerical_gradient(f, x), expected, rtol=1e-6, atol=1e-7)
        close(x, before)
    number = float(rng.uniform(1, 3))
    close(numerical_gradient(lambda v: v**3, number), 3 * number**2, rtol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_wide_steps(numerical_gradient, rng):
    """With a wide step, quartic functions give the central difference of just that step."""
    for shape in [(3,), (2, 4), (1, 2, 2)]:
        c, x = rng.uniform(0.5, 2, size=shape), rng.normal(size=shape)
        h = rng.uniform(0.2, 0.8)

        def f(v, c=c):
            return np.sum(c * v**4) - np.sum(v) ** 2

        # Worked out by hand: no even power of h is left in a difference to both sides.
        expected = 4 * c * x**3 + 4 * c * x * h**2 - 2 * np.sum(x)
        close(numerical_gradient(f, x, h), expected, rtol=1e-8, atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_whole_numbers(numerical_gradient, rng):
    """Integers, in arrays, in lists and alone, get the same gradient as floats."""
    for shape in [(5,), (3, 2)]:
        x, c = rng.integers(-6, 7, size=shape), rng.uniform(0.5, 2, size=shape)
        before, expected = x.copy(), 2 * c * x + np.sum(x)

        def f(v, c=c):
            return np.sum(c * np.square(v)) + np.sum(v) ** 2 / 2

        close(numerical_gradient(f, x), expected, rtol=1e-6, atol=1e-6)
        close(x, before)
        close(numerical_gradient(f, x.tolist()), expected, rtol=1e-6, atol=1e-6)
    close(numerical_gradient(lambda v: np.sum(v**2), np.array([3, 4])), [6.0, 8.0], rtol=1e-6)
    number = int(rng.integers(3, 8))
    close(numerical_gradient(lambda v: np.square(v) / 4, number), number / 2, rtol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_single_precision(numerical_gradient, rng):
    """A float32 array gets a gradient as exact as a float64 one."""
    for n in [2, 5]:
        x = np.append([3, 4], rng.normal(size=n) * 3).astype(np.float32)
        before, expected = x.copy(), 2 * x.astype(float)
        close(numerical_gradient(lambda v: np.sum(np.square(v)), x), expected, rtol=1e-6, atol=1e-6)
        close(x, before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_f_looks_at_the_array(numerical_gradient, rng):
    """f may look at the array that you were given while it runs: that array stays as it is."""
    for shape in [(3,), (2, 2)]:
        x = rng.normal(size=shape)
        expected = 3 * x

        def f(v, x=x):
            return np.sum(v**2) + np.sum(x * v)

        close(numerical_gradient(f, x), expected, rtol=1e-6, atol=1e-7)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_f_fails(numerical_gradient, rng):
    """When f raises an error half-way, the error comes out and the array is as it was."""
    for shape in [(2, 3), (4,)]:
        x = rng.normal(size=shape)
        before, count = x.copy(), []

        def f(v, count=count):
            count.append(1)
            if len(count) == 4:
                raise ZeroDivisionError
            return np.sum(v**2)

        with raises(ZeroDivisionError):
            numerical_gradient(f, x)
        close(x, before)
        close(numerical_gradient(f, x), 2 * before, rtol=1e-6, atol=1e-7)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **Which way is down?** Where the slope is positive, down is left, where it is negative, right: go
# *against* the slope. With many entries, go against the gradient. Each arrow below is minus your
# gradient: it crosses the contour lines at a right angle, straight down the bowl
# $f(a, b) = a^2 / 4 + b^2$, and is long where the bowl is steep.


# %%
@picture("q3")
def downhill_arrows():
    def bowl(v):
        return v[0] ** 2 / 4 + v[1] ** 2

    side = np.linspace(-3, 3, 121)
    a, b = np.meshgrid(side, side)
    spots = [(p, q) for p in np.linspace(-2.7, 2.7, 10) for q in np.linspace(-2.7, 2.7, 10)]
    slopes = np.array([numerical_gradient(bowl, np.array(spot)) for spot in spots], dtype=float)
    assert slopes.shape == (100, 2), "the gradient at a point (a, b) has two entries"
    figure, axis = plt.subplots(figsize=(5.2, 5), layout="constrained")
    axis.contour(a, b, bowl([a, b]), levels=12, colors="0.8", linewidths=1)
    axis.quiver(*np.transpose(spots), *-slopes.T, color=BLUE, angles="xy", width=0.004)
    axis.plot(0, 0, "o", color=ORANGE, label="the lowest point")
    axis.set(title="Against the gradient", xlabel="a", ylabel="b", aspect="equal")
    figure.legend(loc="outside lower center", frameon=False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: Gradient descent
#
# Take a step against the gradient, measure again, step again:
#
# $$x_{k+1} = x_k - \eta\, g(x_k)$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $x_k$ | the point after $k$ steps | a number or any shape |
# | $g(x_k)$ | the gradient there | that of $x_k$ |
# | $\eta$ | learning rate, `lr` | a number |
#
# Plus in place of minus is gradient *ascent*, which climbs to a maximum. Write
# `gradient_descent`. It gets the gradient as a function, and returns every point it visits, the
# start included. On $x^2$ from −5 with rate 0.8, the gradient is −10, and the first step goes to
# −5 + 8 = 3.

# %% [raw]
# # BEGIN SOLUTION


# %%
def gradient_descent(
    grad: Callable, x0: ArrayLike, lr: float = 0.3, steps: int = 100
) -> np.ndarray:
    """Return the points that gradient descent visits.

    Parameters
    ----------
    grad : callable
        Takes a point and returns the gradient there, in the point's shape.
    x0 : float or array_like
        Where to start; a number or an array of any shape.
    lr : float, optional
        Learning rate.
    steps : int, optional
        Number of steps; with 0 only the start is visited.

    Returns
    -------
    ndarray of float, shape (steps + 1, *shape of x0)
        The start first, the last point last.

    Examples
    --------
    >>> gradient_descent(lambda x: 2 * x, -5, lr=0.8, steps=2)
    array([-5. ,  3. , -1.8])
    """
    # BEGIN SOLUTION
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)
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


def test_small_rate(gradient_descent):
    """x squared from -5 with rate 0.1: the points are -5, -4, -3.2, -2.56, -2.048."""
    path = gradient_descent(lambda x: 2 * x, -5.0, 0.1, 4)
    close(path, np.array([-5.0, -4.0, -3.2, -2.56, -2.048]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_numbers(gradient_descent):
    """From (-5, 10) with rate 0.8, x squared in each entry: three points, each with two entries."""
    path = gradient_descent(lambda x: 2 * x, np.array([-5.0, 10.0]), 0.8, 2)
    close(path, np.array([[-5.0, 10.0], [3.0, -6.0], [-1.8, 3.6]]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rates_of_the_deck(gradient_descent):
    """On x squared from -5 each step multiplies by 1 - 2 lr, for rates from 0.1 to 1.1."""
    for lr in [0.8, 0.1, 1.0, 1.1, 0.5]:
        expected = -5.0 * (1 - 2 * lr) ** np.arange(10)
        close(gradient_descent(lambda x: 2 * x, -5.0, lr, 9), expected)
    path = gradient_descent(lambda x: 2 * x, -5.0, 0.8)
    close(path[:5], np.array([-5.0, 3.0, -1.8, 1.08, -0.648]))
    close(path[100], -3.27e-22, rtol=2e-3, atol=0)
    close(gradient_descent(lambda x: 2 * x, -5.0, 0.1)[100], -1.0185e-9, rtol=1e-4, atol=0)
    close(gradient_descent(lambda x: 2 * x, -5.0), -5.0 * 0.4 ** np.arange(101), atol=1e-14)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_bowls(gradient_descent, rng):
    """Tilted bowls in one to six entries, matrices too; every point of the path counts."""
    for shape in [(3,), (2, 2), (2, 1, 3), (1,)]:
        size = int(np.prod(shape))
        m, bottom = rng.normal(size=(size, size)), rng.normal(size=shape)
        bowl = np.eye(size) + m @ m.T / size

        def grad(x, bowl=bowl, bottom=bottom):
            return (bowl @ (x - bottom).ravel()).reshape(bottom.shape)

        x0, lr, steps = rng.normal(size=shape) * 4, rng.uniform(0.05, 0.3), int(rng.integers(3, 9))
        before, x = x0.copy(), x0.copy()
        expected = [x]
        for _ in range(steps):
            x = x - lr * grad(x)
            expected.append(x)
        close(gradient_descent(grad, x0, lr, steps), np.array(expected))
        close(x0, before)
        close(gradient_descent(grad, x0, lr, 0), np.array([before]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_whole_number_starts(gradient_descent, rng):
    """Starts of whole numbers, in arrays, lists or alone, give the same path as floats."""
    for steps in [3, 6]:
        x0, lr = rng.integers(2, 9, size=4), rng.uniform(0.05, 0.4)
        before = x0.copy()
        expected = (1 - 0.5 * lr) ** np.arange(steps + 1)[:, None] * x0
        close(gradient_descent(lambda x: 0.5 * x, x0, lr, steps), expected)
        close(x0, before)
        close(gradient_descent(lambda x: 0.5 * x, x0.tolist(), lr, steps), expected)
        close(gradient_descent(lambda x: 0.5 * x, int(x0[0]), lr, steps), expected[:, 0])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_slope_that_bends(gradient_descent, rng):
    """Where the slope is no straight line, each step measures it anew."""
    for x0 in rng.uniform(-2, 2, size=3):
        lr, steps = rng.uniform(0.1, 0.6), int(rng.integers(4, 12))
        expected = [x0]
        for _ in range(steps):
            expected.append(expected[-1] - lr * np.cos(expected[-1]))
        close(gradient_descent(lambda x: np.cos(x), float(x0), lr, steps), np.array(expected))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** `gradient_descent(func, -5)`, with the gradient from its own index iterator.
# > In slide order that stops with a `TypeError`: a plain number has no index. Check it: below, your
# > two functions work together on the number −5. The deck draws the rates 0.1, 0.8 and 1; we add
# > 1.1.


# %%
@picture("q3", "q4")
def four_rates():
    figure, axes = plt.subplots(1, 4, figsize=(12, 3.4), layout="constrained")
    for axis, lr in zip(axes, [0.1, 0.8, 1.0, 1.1], strict=True):
        path = np.asarray(gradient_descent(lambda x: numerical_gradient(square, x), -5, lr, 100))
        assert path.shape == (101,), f"100 steps visit 101 points, your path has {path.shape}"
        shown = path[:8]
        x = np.linspace(-1.1, 1.1, 101) * np.abs(shown).max()
        axis.plot(x, square(x), color="0.8", linewidth=2)
        axis.plot(shown, square(shown), "o-", color=BLUE, markersize=4, linewidth=1)
        axis.plot(shown[0], square(shown[0]), "o", color=ORANGE, label="start")
        axis.set(title=f"rate {lr}" if lr < 1.1 else f"rate {lr} (other scale)", xlabel="x")
        axis.spines[["top", "right"]].set_visible(False)
        print(f"rate {lr}: {path[:5].round(3)} ... after 100 steps {path[-1]:.5g}")
    axes[0].set_ylabel("$x^2$")
    axes[0].legend(frameon=False, loc="upper center")
    figure.suptitle("The first seven steps from −5")
    plt.show()


# %% [markdown]
# Does it matter which slope you walk with? Forward differences of $x^2$ measure $2x + h$, which is
# 0 at $-h/2$, not at the bottom. So a walk with forward slopes settles in the wrong place.


# %%
@picture("q1", "q4")
def where_the_walk_settles():
    for name, diff in [("forward", forward_diff), ("central", central_diff)]:
        path = gradient_descent(lambda x, diff=diff: diff(square, x, 0.5), -5, 0.1, 100)
        print(f"{name} slopes with h = 0.5 settle at {round(float(path[-1]), 6) + 0}")


# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Too slow, too fast
#
# On the curve $f(x) = a x^2$ with the number $a > 0$, the gradient is $2 a x$, so one step gives
# $x_{k+1} = (1 - 2 a \eta)\, x_k$. That factor decides everything. Write `classify_run`: it
# returns what a run from a start other than 0 does. Compare exactly; the tests keep away from cases
# that only rounding decides.
#
# | answer | the run |
# | --- | --- |
# | `"monotone"` | comes closer from one side |
# | `"one step"` | lands on 0 with its first step |
# | `"oscillating"` | changes sides with each step and comes closer |
# | `"cycling"` | jumps between two points for ever |
# | `"diverging"` | gets farther and farther away |

# %% [raw]
# # BEGIN SOLUTION


# %%
def classify_run(lr: float, a: float = 1.0) -> str:
    """Return what gradient descent does on the curve a x squared.

    Parameters
    ----------
    lr : float
        Learning rate, above 0.
    a : float, optional
        Steepness of the curve, above 0.

    Returns
    -------
    {"monotone", "one step", "oscillating", "cycling", "diverging"}

    Examples
    --------
    >>> classify_run(0.5)
    'one step'
    """
    # BEGIN SOLUTION
    factor = 1 - 2 * a * lr
    if factor >= 0:
        return "monotone" if factor > 0 else "one step"
    if factor >= -1:
        return "oscillating" if factor > -1 else "cycling"
    return "diverging"
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


def test_four_pictures(classify_run):
    """On x squared, the rates 0.1, 0.8, 1 and 1.1 do what the four pictures show."""
    close(classify_run(0.1), "monotone")
    close(classify_run(0.8), "oscillating")
    close(classify_run(1.0), "cycling")
    close(classify_run(1.1), "diverging")


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rates_on_x_squared(classify_run, rng):
    """On x squared: rates on both sides of each border, and rates exactly there."""
    for near in rng.uniform(0.01, 0.04, size=4):
        close(classify_run(0.5 - near), "monotone")
        close(classify_run(0.5 + near), "oscillating")
        close(classify_run(1 - near), "oscillating")
        close(classify_run(1 + near), "diverging")
        close(classify_run(near), "monotone")
        close(classify_run(1 / near), "diverging")
    close(classify_run(0.5), "one step")
    close(classify_run(1), "cycling")


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_curves(classify_run, rng):
    """On steep and on flat curves a x squared the borders lie elsewhere."""
    close(classify_run(rng.uniform(0.6, 0.9), 2), "diverging")
    for a in [0.125, 0.25, 0.5, 2, 4, 16]:
        close(classify_run(0.5 / a, a), "one step")
        close(classify_run(1 / a, a), "cycling")
        close(classify_run(rng.uniform(0.05, 0.45) / a, a), "monotone")
        close(classify_run(rng.uniform(0.55, 0.95) / a, a), "oscillating")
        close(classify_run(rng.uniform(1.05, 1.9) / a, a), "diverging")


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** that the error of one sample has a factor ½, and the next slide gives the
# > cost of all samples without it (the overview deck, *AI deep learning practice*). Check what that
# > does. Half the loss has half the gradient, so the same rate takes half the step, and 0.8 is one
# > thing on $x^2$ and another on $x^2 / 2$. A rate means something only together with its loss.


# %%
@picture("q3", "q5")
def half_or_whole():
    for name, a in [("x^2  ", 1.0), ("x^2/2", 0.5)]:
        slope = float(numerical_gradient(lambda x, a=a: a * x**2, 3.0))
        print(f"{name} at 3: slope {slope:.6f}; a run with rate 0.8 is {classify_run(0.8, a)}")


# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: The gradient of a network
#
# The second deck measures the gradient of a net with one layer and one sample:
#
# $$p = \operatorname{softmax}(x W), \qquad L(W) = -\sum_{c=1}^{k} y_c \ln p_c$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $x$ | the sample, (0.6, 0.9) in the deck | $(n,)$ |
# | $W$ | weights, drawn at random | $(n, k)$ |
# | $p$ | probabilities of the $k$ classes | $(k,)$ |
# | $y$ | target: 1 for the right class, 0 elsewhere | $(k,)$ |
# | $L$ | cross-entropy loss, with the natural logarithm | a number |
#
# Write `net_loss`, then `net_gradient`: the slope of the loss along every weight. It measures
# nothing itself: it calls `gradient(f, W)`, where `f` is the loss as a function of the weights
# alone. Do not add a small number inside the logarithm; the tests keep $p$ away from 0.

# %%
W = np.random.RandomState(42).randn(2, 3)  # the deck's weights
X = np.array([0.6, 0.9])
Y = np.array([0, 0, 1])
print(W)


def softmax(z):
    """Return the probabilities of scores z, shape (k,)."""
    e = np.exp(z - np.max(z))
    return e / e.sum()


# %% [raw]
# # BEGIN SOLUTION


# %%
def net_loss(W: ArrayLike, x: ArrayLike, y_true: ArrayLike) -> float:
    """Return the cross-entropy of a one-layer softmax net for one sample.

    Parameters
    ----------
    W : array_like, shape (n, k)
        Weights.
    x : array_like, shape (n,)
        The sample.
    y_true : array_like, shape (k,)
        Target: 1 for the right class, 0 elsewhere.

    Returns
    -------
    float

    Examples
    --------
    >>> round(float(net_loss([[0.0, 0.0]], [3.0], [0, 1])), 4)
    0.6931
    """
    # BEGIN SOLUTION
    p = softmax(np.asarray(x) @ np.asarray(W))
    return -np.sum(np.asarray(y_true) * np.log(p))
    # END SOLUTION


def net_gradient(
    W: ArrayLike, x: ArrayLike, y_true: ArrayLike, gradient: Callable = numerical_gradient
) -> np.ndarray:
    """Return the slope of net_loss along every weight.

    Parameters
    ----------
    W : array_like, shape (n, k)
        Weights.
    x : array_like, shape (n,)
        The sample.
    y_true : array_like, shape (k,)
        Target: 1 for the right class, 0 elsewhere.
    gradient : callable, optional
        Called as gradient(f, W): the gradient of f at W, in the shape of W.

    Returns
    -------
    ndarray of float, shape (n, k)

    Examples
    --------
    >>> net_gradient([[0.0, 0.0]], [3.0], [0, 1]).round(4)
    array([[ 1.5, -1.5]])
    """
    # BEGIN SOLUTION
    return gradient(lambda weights: net_loss(weights, x, y_true), W)
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


def test_loss_of_the_deck(net_loss):
    """The deck's net: the loss is 1.8025261 for class 2, and equal scores give ln 2."""
    W = np.random.RandomState(42).randn(2, 3)
    close(net_loss(W, np.array([0.6, 0.9]), np.array([0, 0, 1])), 1.802526132291, atol=1e-9)
    close(net_loss(np.zeros((1, 2)), np.array([3.0]), np.array([0, 1])), np.log(2))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_gradient_of_the_deck(net_gradient):
    """The deck's net: a gradient that looks along the first weight only finds 0.439338 there."""

    def along_the_first(f, W):
        step = np.array([[1e-4, 0, 0], [0, 0, 0]])
        return (f(np.add(W, step)) - f(np.subtract(W, step))) / 2e-4 * (step > 0)

    W = np.random.RandomState(42).randn(2, 3)
    slope = net_gradient(W, np.array([0.6, 0.9]), np.array([0, 0, 1]), along_the_first)
    close(slope, np.array([[0.439337989, 0, 0], [0, 0, 0]]), rtol=1e-6)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_other_losses(net_loss, rng):
    """Losses of nets of other sizes and classes, with whole numbers and lists too."""
    for n, k in [(2, 3), (4, 2), (3, 5), (1, 4)]:
        W, x, y = rng.normal(size=(n, k)), rng.normal(size=n), np.eye(k)[rng.integers(k)]
        before = W.copy(), x.copy(), y.copy()
        scores = x @ W
        expected = np.log(np.sum(np.exp(scores))) - np.sum(y * scores)
        close(net_loss(W, x, y), expected)
        close((W, x, y), before)
        close(net_loss(W.tolist(), x.tolist(), y.tolist()), expected)
    W, x = rng.integers(-2, 3, size=(2, 3)), rng.integers(-2, 3, size=2)
    scores = x @ W
    expected = np.log(np.sum(np.exp(scores))) - scores[1]
    close(net_loss(W, x, np.array([0, 1, 0])), expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_slopes_by_calculus(net_gradient, rng):
    """The measured slopes are those of calculus: the sample times the miss, x (p - y)."""

    def gradient(f, W):
        slopes = np.zeros(np.shape(W))
        for index in np.ndindex(slopes.shape):
            up, down = np.array(W, dtype=float), np.array(W, dtype=float)
            up[index] += 1e-4
            down[index] -= 1e-4
            slopes[index] = (f(up) - f(down)) / 2e-4
        return slopes

    deck = np.random.RandomState(42).randn(2, 3)
    right = np.array([[0.439337989192, 0.061732901808], [0.659006983789, 0.092599352712]])
    right = np.column_stack([right, [-0.501070891000, -0.751606336500]])
    slopes = net_gradient(deck, np.array([0.6, 0.9]), np.array([0, 0, 1]), gradient)
    close(slopes, right, rtol=0, atol=1e-8)
    for n, k in [(2, 3), (4, 2), (1, 5)]:
        W, x, y = rng.normal(size=(n, k)), rng.normal(size=n), np.eye(k)[rng.integers(k)]
        before = W.copy(), x.copy(), y.copy()
        p = np.exp(x @ W) / np.sum(np.exp(x @ W))
        close(net_gradient(W, x, y, gradient), np.outer(x, p - y), rtol=1e-6, atol=1e-7)
        close((W, x, y), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_gradient(net_gradient, rng):
    """net_gradient hands the loss to the gradient that it is given, here one with wide steps."""
    for wide in rng.uniform(0.5, 2, size=2):

        def gradient(f, W, wide=wide):
            slopes = np.zeros(np.shape(W))
            for index in np.ndindex(slopes.shape):
                up = np.array(W, dtype=float)
                up[index] += wide
                slopes[index] = (f(up) - f(np.array(W, dtype=float))) / wide
            return slopes

        W, x, y = rng.normal(size=(2, 4)), rng.normal(size=2), np.eye(4)[rng.integers(4)]

        def loss(weights, x=x, y=y):
            return np.log(np.sum(np.exp(x @ weights))) - np.sum(y * (x @ weights))

        expected = gradient(loss, W)
        close(net_gradient(W, x, y, gradient), expected, rtol=1e-7, atol=1e-9)
        close(net_gradient(W.tolist(), x.tolist(), y.tolist(), gradient=gradient), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide's** loss function ignores its argument: it reads the net's own weights, and works
# > only because the gradient function changes those very weights while it measures. Check what
# > *your* gradient, which works on copies, makes of such a function. The slide also adds
# > $10^{-8}$ inside the logarithm: see in which decimal that shows. Calculus gives the slope along
# > $W_{ic}$ as $x_i (p_c - y_c)$, so you can also check what you measured.


# %%
@picture("q3", "q6")
def slide_and_correct():
    loss = float(net_loss(W, X, Y))
    measured = np.asarray(net_gradient(W, X, Y, numerical_gradient), dtype=float)
    frozen = np.asarray(numerical_gradient(lambda weights: net_loss(W, X, Y), W), dtype=float)
    assert measured.shape == frozen.shape == W.shape, "a gradient has the shape of W"
    print("a function of its argument:\n", measured)
    print("by calculus:\n", np.outer(X, softmax(X @ W) - Y))
    print("a function that ignores it:\n", frozen)
    print(f"your loss   {loss:.12f}")
    print(f"the slide's {-np.log(softmax(X @ W)[2] + 1e-8):.12f}")


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: The valley next door
#
# Descent ends in the valley where it starts. The curve $x^4 - 4x^2 + x$ has two: a *local* minimum
# near 1.35, and the *global* one near −1.47, which is deeper (first and second deck). One remedy is
# to start several times and keep the best.
#
# Write `best_end`: run `descend(grad, start, lr, steps)` from each start; `descend` returns a
# path as in question 4. Look at the last point of each path, and return the one where `f` is
# lowest; if several are equally low, the first. A run that has flown off ends in `nan` or infinity
# of either sign, and so does `f` there: it must not win. At least one run stays finite.

# %% [raw]
# # BEGIN SOLUTION


# %%
def best_end(
    f: Callable,
    grad: Callable,
    starts: ArrayLike,
    lr: float,
    steps: int,
    descend: Callable = gradient_descent,
) -> np.ndarray:
    """Return the lowest of the points where descent from several starts ends.

    Parameters
    ----------
    f : callable
        Takes a point and returns a number.
    grad : callable
        Takes a point and returns the gradient of f there.
    starts : array_like, shape (m,) or (m, d)
        Where to start: m numbers, or m points of d entries.
    lr : float
        Learning rate.
    steps : int
        Steps of each run.
    descend : callable, optional
        Called as descend(grad, start, lr, steps); returns the path, shape (steps + 1, ...).

    Returns
    -------
    float or ndarray, shape (d,)
        A number for starts that are numbers, else a point.

    Examples
    --------
    >>> float(best_end(square, lambda x: 2 * x, [8.0, -4.0], 0.25, 2))
    -1.0
    """
    # BEGIN SOLUTION
    best, lowest = None, np.inf
    for start in starts:
        end = descend(grad, start, lr, steps)[-1]
        height = f(end)
        if height < lowest:
            best, lowest = end, height
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


def test_two_valleys(best_end):
    """On x^4 - 4x^2 + x, of the ends 1.35, -1.47 and 1.3 the second is the lowest."""
    paths = {2: [2.0, 1.5, 1.35], -2: [-2.0, -1.6, -1.47], 1: [1.0, 1.2, 1.3]}

    def descend(grad, x0, lr, steps):
        return np.array(paths[int(x0)])

    def f(x):
        return x**4 - 4 * x**2 + x

    def grad(x):
        return 4 * x**3 - 8 * x + 1

    close(best_end(f, grad, [2.0, -2.0, 1.0], 0.02, 2, descend), -1.47)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_tilted_wells(best_end, rng):
    """Wells tilted either way, few steps: the last points are compared, by the height of f."""

    def descend(grad, x0, lr, steps):
        path = [np.array(x0, dtype=float)]
        for _ in range(steps):
            path.append(path[-1] - lr * grad(path[-1]))
        return np.array(path)

    for tilt in [1.0, -1.0, 0.5, -0.5]:
        tilt = tilt * rng.uniform(0.5, 1)

        def f(x, tilt=tilt):
            return float(x) ** 4 - 4 * float(x) ** 2 + tilt * float(x)

        def grad(x, tilt=tilt):
            return 4 * x**3 - 8 * x + tilt

        starts, lr, steps = rng.uniform(-2, 2, size=6), rng.uniform(0.005, 0.03), 4
        before = starts.copy()
        expected = reference.best_end(f, grad, starts, lr, steps, descend)
        close(best_end(f, grad, starts, lr, steps, descend), expected)
        close(starts, before)
        close(best_end(f, grad, starts.tolist(), lr, steps, descend), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_points_of_several_entries(best_end, rng):
    """Starts with two and more entries; what comes back is a point of that many."""

    def descend(grad, x0, lr, steps):
        path = [np.array(x0, dtype=float)]
        for _ in range(steps):
            path.append(path[-1] - lr * grad(path[-1]))
        return np.array(path)

    for m, d in [(5, 2), (4, 3), (1, 4)]:
        c = rng.uniform(-1, 1, size=d)

        def f(x, c=c):
            return float(np.sum(x**4 - 4 * x**2 + c * x))

        def grad(x, c=c):
            return 4 * x**3 - 8 * x + c

        starts, steps = rng.uniform(-2, 2, size=(m, d)), int(rng.integers(3, 7))
        expected = reference.best_end(f, grad, starts, 0.02, steps, descend)
        close(best_end(f, grad, starts, 0.02, steps, descend), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_runs_that_fly_off(best_end, rng):
    """Runs that end in nan or infinity lose, wherever they stand among the starts."""

    def descend(grad, x0, lr, steps):
        ends = {9: np.nan, 8: np.inf, -8: -np.inf}
        path = float(x0) * lr ** np.arange(steps + 1)
        path[-1] = ends.get(int(x0), path[-1])
        return path

    for order in [[2, 9, -8, 3], [9, 3, 2, 8], [-8, -2, 3, 9], [8, 3, 9, 1]]:
        lr, steps = rng.uniform(0.5, 0.9), int(rng.integers(2, 5))
        starts, centre = np.array(order, dtype=float), rng.uniform(-1, 1)
        expected = reference.best_end(
            lambda x, c=centre: (x - c) ** 2, lambda x: x, starts, lr, steps, descend
        )
        end = best_end(lambda x, c=centre: (x - c) ** 2, lambda x: x, starts, lr, steps, descend)
        close(end, expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_runs_that_climb(best_end, rng):
    """With a rate that is too large the points on the way are lower, but the last ones count."""

    def descend(grad, x0, lr, steps):
        path = [float(x0)]
        for _ in range(steps):
            path.append(path[-1] - lr * grad(path[-1]))
        return np.array(path)

    for count in [3, 6]:
        starts, lr, steps = rng.normal(size=count) * 3, rng.uniform(1.1, 1.4), count - 1
        expected = reference.best_end(lambda x: x**2, lambda x: 2 * x, starts, lr, steps, descend)
        close(best_end(lambda x: x**2, lambda x: 2 * x, starts, lr, steps, descend), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_equal_ends(best_end, rng):
    """Of two ends of the same height the first counts."""

    def descend(grad, x0, lr, steps):
        path = [float(x0)]
        for _ in range(steps):
            path.append(path[-1] - lr * grad(path[-1]))
        return path

    for sign in [1, -1]:
        x0 = sign * rng.uniform(0.2, 1.5)
        starts, lr, steps = [3 * sign, x0, -x0], rng.uniform(0.05, 0.2), int(rng.integers(2, 6))
        expected = x0 * (1 - 2 * lr) ** steps
        close(best_end(lambda x: x**2, lambda x: 2 * x, starts, lr, steps, descend), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q4", "q7")
def two_valleys():
    def curve(x):
        return x**4 - 4 * x**2 + x

    def slope(x):
        return 4 * x**3 - 8 * x + 1

    starts = [-2.2, -0.6, 0.6, 2.2]
    x = np.linspace(-2.3, 2.3, 301)
    _, axis = plt.subplots(figsize=(7, 4), layout="constrained")
    axis.plot(x, curve(x), color="0.8", linewidth=2)
    for start in starts:
        path = np.asarray(gradient_descent(slope, start, 0.02, 60))
        axis.plot(path, curve(path), "o-", color=BLUE, markersize=3, linewidth=1)
        axis.plot(start, curve(start), "o", color=ORANGE)
    best = float(best_end(curve, slope, starts, 0.02, 60, gradient_descent))
    axis.plot(best, curve(best), "*", color="black", markersize=14, label="your best end")
    axis.plot([], [], "o", color=ORANGE, label="starts")
    axis.set(title="Four starts, two valleys", xlabel="x", ylabel="$x^4 - 4x^2 + x$")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False, loc="upper center")
    plt.show()


# %% [markdown]
# ## What you can do now
#
# You can measure slopes to one side and to both, and say how far off they are. You have a gradient
# for arrays of any shape and kind that leaves them alone. You can walk downhill, read off a rate
# what the walk will do, and restart when a valley may not be the deepest. You know that a function
# handed to another must use its argument.
#
# The price: central differences call `f` twice for each entry, so a network of 43 weights runs 86
# times for one step. Next comes **04: a network trained by numerical gradients**, which pays it.
