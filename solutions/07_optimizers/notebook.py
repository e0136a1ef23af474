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
# # Optimizers and schedules
#
# A ball in a long, narrow valley: the walls are steep, the floor hardly slopes. A learning rate
# that suits the floor throws the ball from wall to wall; one that suits the walls takes for ever
# along the floor. Every optimizer in this notebook is an answer to that valley. You build nine of
# them in the order of the decks, catch four slides with numbers, let the learning rate fall, and
# hold a race. Unless another deck is named, an example comes from the second, *Practical deep
# learning in Python*.
#
# ## One interface for all
#
# Each optimizer is a function that makes **one step**:
#
# `new_params, new_state = step(params, grads, state, lr=0.1)`
#
# * `params`: a dict with an array of numbers for each name, such as `W` and `b`. Each array has a
#   shape of its own, and may hold whole numbers.
# * `grads`: a **function**. `grads(point)` returns the gradient at the point that you pass: a dict
#   with the names and shapes of `params`. Most optimizers ask at `params`; one asks elsewhere.
# * `state`: what the optimizer remembers, a plain dict. It is `{}` before the first step; later it
#   is what the step before returned. Each question names what is in it.
# * Hyper-parameters are keyword arguments with defaults. Any of them, the rate `lr` above all, may
#   change from step to step.
#
# **House rules**, which tests check: return new dicts and leave what you were given as it came;
# keep nothing anywhere but in `state`; compute entry by entry.
#
# Here is a small optimizer to look at. It walks by `lr` against the *sign* of each slope, and
# remembers the slopes that it last saw. The function `walk` calls any optimizer once for each rate.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np

Params = dict[str, np.ndarray]
Grads = Callable[[Params], Params]
Step = tuple[Params, dict]

BLUE, ORANGE, GREEN, RED, GREY = "#1f5f99", "#e07b39", "#2f8f5b", "#b5403a", "#777777"


def zeros(params: Params) -> Params:
    """Return zeros with the names and the shapes of params."""
    return {name: np.zeros(np.shape(x)) for name, x in params.items()}


def sign_step(params: Params, grads: Grads, state: dict, lr: float = 0.1) -> Step:
    """Make a step of length lr in each entry, against the sign of its slope."""
    last = state.get("last", zeros(params))  # zeros on the first step
    g = grads(params)
    print("now at", params["x"], " slope", g["x"], " last slope", last["x"])
    new = {name: x - lr * np.sign(g[name]) for name, x in params.items()}
    return new, {"last": g}


def walk(step: Callable, grads: Grads, start: Params, rates, **settings) -> list[Params]:
    """Return the start and the point after each step; rates holds one learning rate a step."""
    point, state, path = start, {}, [start]
    for lr in rates:
        point, state = step(point, grads, state, lr=lr, **settings)
        path.append(point)
    return path


def square_slope(point: Params) -> Params:
    """Return the slope of x squared."""
    return {"x": 2 * point["x"]}


path = walk(sign_step, square_slope, {"x": np.array([-5.0])}, rates=[1.0, 1.0, 0.5])
print("the walk:", [float(point["x"][0]) for point in path])

# %% [raw]
# # BEGIN QUESTION
# name: q1
# fixed:
#   state: "sgd remembers nothing, so its state is always empty; the momenta get many."

# %% [markdown]
# ## Question 1: SGD and three momenta
#
# Plain descent, in training called SGD, has one rate for all entries and no memory. In the valley
# it zig-zags, and where the ground is flat, as at a saddle, it all but stops. *Momentum* remembers
# a velocity $v$: steps that agree add up, steps to and fro cancel. The decks print three forms. For
# each parameter $x$ with gradient $g$ (asked at `params`), velocity $v$ (all three of one shape),
# rate $\eta$ and share kept $m$ (both numbers):
#
# | function | velocity | parameter | deck, and its name for $m$ |
# | --- | --- | --- | --- |
# | `sgd` | | $x' = x - \eta g$ | |
# | `momentum` | $v' = m v - \eta g$ | $x' = x + v'$ | second, $m$ |
# | `momentum_outside` | $v' = m v + g$ | $x' = x - \eta v'$ | third, $\gamma$ |
# | `momentum_mean` | $v' = m v - (1 - m) g$ | $x' = x + \eta v'$ | first, $\lambda$ |
#
# A prime marks the new value. `state["v"]` is a dict with one $v'$ for each parameter; before the
# first step all $v$ are 0. SGD remembers nothing: its state stays `{}`.
#
# By hand, `momentum` on $x^2$ from −5, with $\eta = 0.1$ and $m = 0.9$: $v' = 0 + 1$, $x' = -4$;
# then $v'' = 0.9 + 0.8$, $x'' = -2.3$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def sgd(params: Params, grads: Grads, state: dict, lr: float = 0.1) -> Step:
    """Make one step of plain gradient descent.

    Parameters
    ----------
    params : dict of ndarray
        Where we are: an array for each name.
    grads : callable
        grads(point) returns a dict of gradients at point.
    state : dict
        Always empty here.
    lr : float, optional
        Learning rate.

    Returns
    -------
    new_params : dict of ndarray
        In the shapes of params.
    new_state : dict
        Empty.

    Examples
    --------
    >>> sgd({"x": np.array([-5.0])}, square_slope, {}, lr=0.1)
    ({'x': array([-4.])}, {})
    """
    # BEGIN SOLUTION
    g = grads(params)
    return {name: x - lr * g[name] for name, x in params.items()}, {}
    # END SOLUTION


def momentum(params: Params, grads: Grads, state: dict, lr: float = 0.1, m: float = 0.9) -> Step:
    """Make one step of momentum, the learning rate inside the velocity.

    Parameters
    ----------
    params, grads, state, lr
        As in sgd; state["v"] holds the velocities from the second step on.
    m : float, optional
        The share of the velocity that is kept.

    Returns
    -------
    new_params : dict of ndarray
    new_state : dict
        {"v": dict of ndarray}

    Examples
    --------
    >>> momentum({"x": np.array([-5.0])}, square_slope, {}, lr=0.1, m=0.9)
    ({'x': array([-4.])}, {'v': {'x': array([1.])}})
    """
    # BEGIN SOLUTION
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}
    # END SOLUTION


def momentum_outside(
    params: Params, grads: Grads, state: dict, lr: float = 0.1, m: float = 0.9
) -> Step:
    """Make one step of momentum, the learning rate outside the velocity.

    Parameters and what is returned are those of momentum.

    Examples
    --------
    >>> momentum_outside({"x": np.array([-5.0])}, square_slope, {}, lr=0.1, m=0.9)
    ({'x': array([-4.])}, {'v': {'x': array([-10.])}})
    """
    # BEGIN SOLUTION
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] + g[name] for name in params}
    return {name: x - lr * v[name] for name, x in params.items()}, {"v": v}
    # END SOLUTION


def momentum_mean(
    params: Params, grads: Grads, state: dict, lr: float = 0.1, m: float = 0.9
) -> Step:
    """Make one step of momentum, the velocity a running mean of minus the gradient.

    Parameters and what is returned are those of momentum.

    Examples
    --------
    >>> momentum_mean({"x": np.array([-5.0])}, square_slope, {}, lr=1.0, m=0.5)
    ({'x': array([0.])}, {'v': {'x': array([5.])}})
    """
    # BEGIN SOLUTION
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] - (1 - m) * g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}
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


def test_sgd_path(sgd):
    """sgd on x squared from -5 with rate 0.1 goes to -4, -3.2, -2.56, -2.048, -1.6384."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4, -3.2, -2.56, -2.048, -1.6384]:
        params, state = sgd(params, lambda point: {"x": 2 * point["x"]}, state, lr=0.1)
        close(params["x"], [right])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_momentum_path(momentum):
    """momentum goes from -5 to -4, -2.3, -0.31, 1.543, 2.9021; state holds v by name."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4, -2.3, -0.31, 1.543, 2.9021]:
        params, state = momentum(params, lambda point: {"x": 2 * point["x"]}, state, 0.1, 0.9)
        close(params["x"], [right])
    close(state, {"v": {"x": [1.3591]}})


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_other_momenta(momentum_outside, momentum_mean):
    """momentum_outside walks as momentum does; momentum_mean goes to -4.9, -4.712, -4.44856 ..."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4, -2.3, -0.31, 1.543, 2.9021]:
        params, state = momentum_outside(params, lambda p: {"x": 2 * p["x"]}, state, lr=0.1, m=0.9)
        close(params["x"], [right])
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4.9, -4.712, -4.44856, -4.1224928, -3.746582464]:
        params, state = momentum_mean(params, lambda p: {"x": 2 * p["x"]}, state, lr=0.1, m=0.9)
        close(params["x"], [right])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sgd_any_shape(sgd, rng):
    """sgd moves parameters of all shapes by minus rate times gradient, and changes no argument."""
    for shapes in [{"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,), "d": (5,)}]:
        lr = rng.uniform(0.01, 2)
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}
        slopes = {name: rng.normal(size=shape) * 9 for name, shape in shapes.items()}
        before = {name: x.copy() for name, x in params.items()}
        expected = {name: x - lr * slopes[name] for name, x in params.items()}
        close(sgd(params, lambda p, slopes=slopes: slopes, {}, lr=lr)[0], expected)
        close(params, before)
        expected = {name: x - 0.1 * slopes[name] for name, x in params.items()}
        close(sgd(params, lambda p, slopes=slopes: slopes, {})[0], expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_sgd_whole_numbers(sgd, rng):
    """sgd moves parameters that hold whole numbers to where they belong, in between."""
    for shape in [(4,), (2, 3)]:
        params, lr = {"x": rng.integers(-6, 7, size=shape)}, rng.uniform(0.01, 0.3)
        slopes = {"x": rng.integers(1, 9, size=shape)}
        expected = {"x": params["x"] - lr * slopes["x"]}
        close(sgd(params, lambda p, slopes=slopes: slopes, {}, lr=lr)[0], expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_momentum_any_shape(momentum, rng):
    """momentum in bowls of several parameters, of equal and of different shapes."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, m = rng.uniform(0.05, 0.5), rng.uniform(0.3, 0.95)
        bend = {name: rng.uniform(0.2, 3, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(4):
            right, right_state = reference.momentum(right, grads, right_state, lr=lr, m=m)
            params, state = momentum(params, grads, state, lr=lr, m=m)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_outside_any_shape(momentum_outside, rng):
    """momentum_outside in bowls of several parameters, of equal and of different shapes."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, m = rng.uniform(0.05, 0.5), rng.uniform(0.3, 0.95)
        bend = {name: rng.uniform(0.2, 3, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(4):
            right, right_state = reference.momentum_outside(right, grads, right_state, lr=lr, m=m)
            params, state = momentum_outside(params, grads, state, lr=lr, m=m)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_mean_any_shape(momentum_mean, rng):
    """momentum_mean in bowls of several parameters, of equal and of different shapes."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, m = rng.uniform(0.5, 2), rng.uniform(0.3, 0.95)
        bend = {name: rng.uniform(0.2, 3, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(4):
            right, right_state = reference.momentum_mean(right, grads, right_state, lr=lr, m=m)
            params, state = momentum_mean(params, grads, state, lr=lr, m=m)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_falling_rate(momentum, momentum_outside, momentum_mean, rng):
    """Under a rate that halves with every step the three momenta part."""
    steps = {
        "momentum": (momentum, 1, 0.9051328125),
        "momentum_outside": (momentum_outside, 1, -2.134265625),
        "momentum_mean": (momentum_mean, 10, -2.134265625),
    }
    for name, (step, times, end) in steps.items():
        params, state = {"x": np.array([-5.0])}, {}
        for k in range(5):
            params, state = step(
                params, lambda p: {"x": 2 * p["x"]}, state, lr=times * 0.1 / 2**k, m=0.9
            )
        close(params["x"], [end])
        params, m = {"x": rng.normal(size=3)}, rng.uniform(0.3, 0.8)
        right, right_state, state = params, {}, {}
        for k in range(4):
            lr = rng.uniform(0.1, 0.3) / (k + 1)
            right, right_state = getattr(reference, name)(
                right, lambda p: {"x": 3 * p["x"]}, right_state, lr=lr, m=m
            )
            params, state = step(params, lambda p: {"x": 3 * p["x"]}, state, lr=lr, m=m)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_from_a_given_state(momentum, momentum_outside, momentum_mean, rng):
    """The momenta go on from the state that they are given, and change neither it nor params."""
    steps = {
        "momentum": momentum,
        "momentum_outside": momentum_outside,
        "momentum_mean": momentum_mean,
    }
    for name, step in steps.items():
        params = {"W": rng.integers(-6, 7, size=(3, 2)), "b": rng.normal(size=2)}
        speed = {"W": rng.normal(size=(3, 2)), "b": rng.normal(size=2)}
        slopes = {"W": rng.normal(size=(3, 2)), "b": rng.integers(-6, 7, size=2)}
        kept = {key: x.copy() for key, x in params.items()}
        state, fast = {"v": speed}, {"v": {key: x.copy() for key, x in speed.items()}}
        expected = getattr(reference, name)(params, lambda p, s=slopes: s, state)
        result = step(params, lambda p, s=slopes: s, state)
        close(result[0], expected[0])
        close(result[1], expected[1])
        close(params, kept)
        close(state, fast)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_two_runs_at_once(momentum, momentum_outside, momentum_mean, rng):
    """Two runs that take turns do not disturb each other, nor does a new run after an old one."""
    for step in [momentum, momentum_outside, momentum_mean]:
        m, lr = rng.uniform(0.3, 0.6), rng.uniform(0.1, 0.9)
        up, down = rng.uniform(1, 5, size=2), rng.uniform(-5, -1, size=2)
        ends = []
        for first, second in [(up, down), (down, up)]:
            one, two = {"x": np.zeros(2)}, {"x": np.zeros(2)}
            state_one = state_two = {}  # what is {} before the first step has to stay so
            for _ in range(3):
                one, state_one = step(one, lambda p, g=first: {"x": g}, state_one, lr=lr, m=m)
                two, state_two = step(two, lambda p, g=second: {"x": g}, state_two, lr=lr, m=m)
            ends.append((one["x"], two["x"]))
        close(ends[1], ends[0][::-1])
        assert np.max(ends[0][0]) < 0, "against a slope that is positive, x falls"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_long_run(momentum, momentum_outside, momentum_mean, rng):
    """Under a constant slope steps grow to 1 / (1 - m) times those of SGD; of the mean, to once."""
    for step, mean in [(momentum, False), (momentum_outside, False), (momentum_mean, True)]:
        m, lr, slope = rng.uniform(0.2, 0.5), rng.uniform(0.1, 0.9), rng.uniform(2, 9)
        params, state = {"x": np.array([0.0])}, {}
        for _ in range(40):
            last = params["x"]
            params, state = step(params, lambda p, g=slope: {"x": np.array([g])}, state, lr=lr, m=m)
        close(params["x"] - last, [-lr * slope / (1 if mean else 1 - m)], rtol=1e-7)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# With a steady slope the velocity grows until steps are $1 / (1 - m)$ times as long: ten times for
# 0.9. `momentum_mean` averages instead, so it needs a rate ten times as large to make the same
# walk. And is it the same walk? Only while the rate is constant. When the rate falls, a velocity
# with the old rates inside rolls on; outside, the new rate slows all of it.


# %%
@picture("q1")
def three_momenta():
    start, k = {"x": np.array([-5.0])}, np.arange(25)
    figure, axes = plt.subplots(1, 2, figsize=(10, 3.6), sharey=True, layout="constrained")
    for axis, rates, title in [
        (axes[0], np.full(25, 0.1), "constant rate 0.1"),
        (axes[1], 0.1 / 2.0**k, "the rate halves with every step"),
    ]:
        axis.axhline(0, color="0.8", linewidth=0.8)
        for step, times, style, width in [
            (momentum, 1, BLUE, 5),
            (momentum_outside, 1, ORANGE, 3),
            (momentum_mean, 10, "black", 1),
        ]:
            walked = walk(step, square_slope, start, times * rates, m=0.9)
            x = [float(point["x"][0]) for point in walked]
            name = step.__name__ + (", rate times 10" if times == 10 else "")
            axis.plot(x, color=style, linewidth=width, label=name)
        axis.set(title=title, xlabel="step")
        axis.spines[["top", "right"]].set_visible(False)
    axes[0].set_ylabel("x")
    figure.legend(*axes[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: Nesterov looks ahead
#
# Momentum will carry us on by $m v$ whatever the slope here says. So ask for the slope *there*
# (Nesterov accelerated gradient, NAG):
#
# $$v' = m v - \eta\, g(x + m v), \qquad x' = x + v'$$
#
# Here $g(\cdot)$ is `grads`, called once with all parameters moved ahead; the other symbols and
# `state["v"]` are those of `momentum`. The point ahead is only looked at: the step starts at $x$.
#
# On $x^2$ from −5 (0.1 and 0.9 again), the first step is that of momentum: $v' = 1$, $x' = -4$.
# Then we look at $-4 + 0.9 = -3.1$, where the slope is −6.2: $v'' = 0.9 + 0.62$, $x'' = -2.48$.
# Keras and PyTorch return the point ahead in place of $x$, so their first points are −3.1 and
# −1.112: the same walk, seen from one look ahead.

# %% [raw]
# # BEGIN SOLUTION


# %%
def nag(params: Params, grads: Grads, state: dict, lr: float = 0.1, m: float = 0.9) -> Step:
    """Make one step of momentum with the gradient taken at the point ahead.

    Parameters
    ----------
    params : dict of ndarray
        Where we are.
    grads : callable
        grads(point) returns a dict of gradients at point.
    state : dict
        {} on the first step, later {"v": dict of ndarray}.
    lr : float, optional
        Learning rate.
    m : float, optional
        The share of the velocity that is kept.

    Returns
    -------
    new_params : dict of ndarray
    new_state : dict
        {"v": dict of ndarray}

    Examples
    --------
    >>> nag({"x": np.array([-4.0])}, square_slope, {"v": {"x": np.array([1.0])}})
    ({'x': array([-2.48])}, {'v': {'x': array([1.52])}})
    """
    # BEGIN SOLUTION
    v = state.get("v", zeros(params))
    g = grads({name: x + m * v[name] for name, x in params.items()})
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}
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


def test_nag_path(nag):
    """nag on x squared from -5 goes to -4, -2.48, -0.8896, 0.433408, 1.29929216."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4, -2.48, -0.8896, 0.433408, 1.29929216]:
        params, state = nag(params, lambda point: {"x": 2 * point["x"]}, state, lr=0.1, m=0.9)
        close(params["x"], [right])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_shape(nag, rng):
    """nag in bowls of several parameters, of equal and of different shapes."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, m = rng.uniform(0.05, 0.4), rng.uniform(0.3, 0.95)
        bend = {name: rng.uniform(0.2, 3, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for k in range(4):
            rate = lr / (k + 1)
            right, right_state = reference.nag(right, grads, right_state, lr=rate, m=m)
            params, state = nag(params, grads, state, lr=rate, m=m)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_where_it_looks(nag, rng):
    """nag asks for the slope at x + m v, in all parameters at once."""
    for _ in range(3):
        m, seen = rng.uniform(0.3, 0.95), []
        params = {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=3)}
        speed = {"W": rng.normal(size=(2, 3)), "b": rng.normal(size=3)}

        def grads(p, seen=seen):
            seen.append({name: np.array(x) for name, x in p.items()})
            return {"W": p["W"] * np.sum(p["b"]), "b": p["b"] + np.sum(p["W"])}

        ahead = {name: x + m * speed[name] for name, x in params.items()}
        expected = reference.nag(params, grads, {"v": speed}, lr=0.2, m=m)
        seen.clear()
        close(nag(params, grads, {"v": speed}, lr=0.2, m=m)[0], expected[0])
        assert seen, "grads was never called"
        close(seen[-1], ahead)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_from_a_given_state(nag, rng):
    """nag goes on from the state that it is given, and changes neither it nor params."""
    for _ in range(3):
        params = {"W": rng.integers(-6, 7, size=(3, 2)), "b": rng.normal(size=2)}
        speed = {"W": rng.normal(size=(3, 2)), "b": rng.normal(size=2)}
        kept = {name: x.copy() for name, x in params.items()}
        state, fast = {"v": speed}, {"v": {name: x.copy() for name, x in speed.items()}}

        def grads(p):
            return {"W": 3 * p["W"] - 1, "b": p["b"] ** 2}

        expected = reference.nag(params, grads, state)
        result = nag(params, grads, state)
        close(result[0], expected[0])
        close(result[1], expected[1])
        close(params, kept)
        close(state, fast)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_two_runs_at_once(nag, rng):
    """Two runs that take turns do not disturb each other."""
    for _ in range(2):
        starts = [{"x": rng.uniform(1, 5, size=2)}, {"x": rng.uniform(-5, -1, size=2)}]
        expected, ends, states = [], list(starts), [{}, {}]
        for start in starts:
            point, state = start, {}
            for _ in range(3):
                point, state = reference.nag(point, lambda p: {"x": p["x"]}, state, lr=0.3, m=0.7)
            expected.append(point)
        for _ in range(3):
            for i in range(2):
                ends[i], states[i] = nag(ends[i], lambda p: {"x": p["x"]}, states[i], 0.3, 0.7)
        close(ends, expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Now the valley: the bowl $x^2 / 20 + y^2$ is twenty times as steep across as along. The cross
# marks the lowest point.


# %%
def bowl(point: Params) -> float:
    """Return the height of the stretched bowl."""
    return float(point["x"][0] ** 2 / 20 + point["y"][0] ** 2)


def bowl_slope(point: Params) -> Params:
    """Return the gradient of the stretched bowl."""
    return {"x": point["x"] / 10, "y": 2 * point["y"]}


BOWL_START = {"x": np.array([-7.0]), "y": np.array([2.0])}


def draw_walks(walks):
    """Draw each walk (title: points) over the contour lines of the bowl."""
    x, y = np.meshgrid(np.linspace(-8, 4, 121), np.linspace(-3, 3, 81))
    rows = -(-len(walks) // 2)
    size = (10, 2.4 * rows)
    _, axes = plt.subplots(rows, 2, figsize=size, sharex=True, sharey=True, layout="constrained")
    for axis, (title, points) in zip(axes.flat, walks.items(), strict=True):
        along = [float(point["x"][0]) for point in points]
        across = [float(point["y"][0]) for point in points]
        axis.contour(x, y, x**2 / 20 + y**2, levels=np.arange(1, 8) ** 2 / 6, colors="0.85")
        axis.plot(along, across, "o-", color=BLUE, markersize=3, linewidth=1)
        axis.plot(*[[value[0]] for value in BOWL_START.values()], "o", color=ORANGE)
        axis.plot(0, 0, "x", color="black")
        axis.set_title(f"{title}: height {bowl(points[-1]):.4f} at the end")
    plt.show()


@picture("q1", "q2")
def zig_zag():
    draw_walks(
        {
            "SGD, rate 0.98": walk(sgd, bowl_slope, BOWL_START, [0.98] * 30),
            "SGD, rate 0.1": walk(sgd, bowl_slope, BOWL_START, [0.1] * 30),
            "momentum, rate 0.1": walk(momentum, bowl_slope, BOWL_START, [0.1] * 30, m=0.8),
            "NAG, rate 0.1": walk(nag, bowl_slope, BOWL_START, [0.1] * 30, m=0.8),
        }
    )


# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: A rate for each entry
#
# One rate for all is the real trouble. A word that turns up once in a thousand sentences gets a
# slope once in a thousand steps: it should then move far. *AdaGrad* sums the squared slopes of
# every single entry and divides by the root. What rarely moves keeps its large rate, which suits
# sparse data. But the sum only grows, so the steps only shrink. *RMSprop* forgets: in place of the
# sum it keeps a running mean.
#
# $$\text{AdaGrad: } h' = h + g^2 \qquad \text{RMSprop: } h' = \rho h + (1 - \rho) g^2 \qquad
# \text{both: } x' = x - \eta \frac{g}{\sqrt{h'} + \varepsilon}$$
#
# For each parameter $x$ with gradient $g$, `state["h"]` holds $h'$, all of one shape, and 0 before
# the first step; squares and roots go entry by entry. $\eta$, $\rho$ and $\varepsilon$ are numbers.
#
# > **The slide has no ε.** Check it: an entry whose first slope is 0 has $h' = 0$, and gets
# > $0 / 0$. It should stay where it is.
#
# By hand, AdaGrad with rate 0.1 on $x^2$ from −5: $h' = 100$, so
# $x' = -5 + 0.1 \cdot 10 / 10 = -4.9$. The first step has length $\eta$, however steep the ground.

# %% [raw]
# # BEGIN SOLUTION


# %%
def adagrad(params: Params, grads: Grads, state: dict, lr: float = 0.1, eps: float = 1e-8) -> Step:
    """Make one step of AdaGrad.

    Parameters
    ----------
    params, grads, lr
        As in sgd.
    state : dict
        {} on the first step, later {"h": dict of ndarray}: the sums of squared slopes.
    eps : float, optional
        A small number beside the root.

    Returns
    -------
    new_params : dict of ndarray
    new_state : dict
        {"h": dict of ndarray}

    Examples
    --------
    >>> new, state = adagrad({"x": np.array([-5.0])}, square_slope, {}, lr=0.1)
    >>> new["x"].round(4), state
    (array([-4.9]), {'h': {'x': array([100.])}})
    """
    # BEGIN SOLUTION
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}
    # END SOLUTION


def rmsprop(
    params: Params,
    grads: Grads,
    state: dict,
    lr: float = 0.1,
    rho: float = 0.9,
    eps: float = 1e-8,
) -> Step:
    """Make one step of RMSprop.

    Parameters
    ----------
    params, grads, lr, eps
        As in adagrad.
    state : dict
        {} on the first step, later {"h": dict of ndarray}: the running means of squared slopes.
    rho : float, optional
        The share of the old mean that is kept.

    Returns
    -------
    new_params : dict of ndarray
    new_state : dict
        {"h": dict of ndarray}

    Examples
    --------
    >>> new, state = rmsprop({"x": np.array([-5.0])}, square_slope, {}, lr=0.1, rho=0.75)
    >>> new["x"].round(4), state
    (array([-4.8]), {'h': {'x': array([25.])}})
    """
    # BEGIN SOLUTION
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}
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


def test_adagrad_path(adagrad):
    """adagrad on x squared from -5, rate 0.1, goes to -4.9, -4.830007142, -4.773218482 ..."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4.9, -4.830007142, -4.773218482, -4.724277859, -4.680684047]:
        params, state = adagrad(params, lambda point: {"x": 2 * point["x"]}, state, lr=0.1)
        close(params["x"], [right], atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_rmsprop_path(rmsprop):
    """rmsprop on x squared from -5, rate 0.1, goes to -4.683772234, -4.461584606 ..."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4.683772234, -4.461584606, -4.279288725, -4.120054382, -3.976153619]:
        params, state = rmsprop(params, lambda p: {"x": 2 * p["x"]}, state, lr=0.1, rho=0.9)
        close(params["x"], [right], atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_flat_ground(adagrad, rmsprop):
    """Where the slope is 0 from the first step on, both stay where they are."""
    params = {"x": np.array([3.0, 3.0])}
    for step in [adagrad, rmsprop]:
        new = step(params, lambda point: {"x": np.array([0.0, 1.0])}, {}, lr=0.1)[0]
        close(new["x"][0], 3.0)
        assert new["x"][1] < 3, "the second entry has slope 1 and should have moved down"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_adagrad_any_shape(adagrad, rng):
    """adagrad on several parameters with steep, gentle and rare slopes of both signs."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, eps = rng.uniform(0.05, 0.9), rng.uniform(0.01, 0.2)
        bend = {name: 10 ** rng.uniform(-2, 1, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(4):
            right, right_state = reference.adagrad(right, grads, right_state, lr=lr, eps=eps)
            params, state = adagrad(params, grads, state, lr=lr, eps=eps)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rmsprop_any_shape(rmsprop, rng):
    """rmsprop on several parameters with steep, gentle and rare slopes of both signs."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, rho, eps = rng.uniform(0.05, 0.4), rng.uniform(0.6, 0.95), rng.uniform(0.01, 0.2)
        bend = {name: 10 ** rng.uniform(-2, 1, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(4):
            right, right_state = reference.rmsprop(right, grads, right_state, lr, rho, eps)
            params, state = rmsprop(params, grads, state, lr=lr, rho=rho, eps=eps)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_adagrad_given_state(adagrad, rng):
    """adagrad goes on from the state that it is given, and changes neither it nor params."""
    for _ in range(3):
        params = {"W": rng.integers(-6, 7, size=(3, 2)), "b": rng.normal(size=2)}
        sums = {"W": rng.uniform(0, 3, size=(3, 2)), "b": rng.uniform(0, 3, size=2)}
        slopes = {"W": rng.normal(size=(3, 2)), "b": rng.integers(-6, 7, size=2)}
        kept = {name: x.copy() for name, x in params.items()}
        state, old = {"h": sums}, {"h": {name: x.copy() for name, x in sums.items()}}
        expected = reference.adagrad(params, lambda p, s=slopes: s, state)
        result = adagrad(params, lambda p, s=slopes: s, state)
        close(result[0], expected[0])
        close(result[1], expected[1])
        close(params, kept)
        close(state, old)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_rmsprop_given_state(rmsprop, rng):
    """rmsprop goes on from the state that it is given, and changes neither it nor params."""
    for _ in range(3):
        params = {"W": rng.integers(-6, 7, size=(3, 2)), "b": rng.normal(size=2)}
        means = {"W": rng.uniform(0, 3, size=(3, 2)), "b": rng.uniform(0, 3, size=2)}
        slopes = {"W": rng.normal(size=(3, 2)), "b": rng.integers(-6, 7, size=2)}
        kept = {name: x.copy() for name, x in params.items()}
        state, old = {"h": means}, {"h": {name: x.copy() for name, x in means.items()}}
        expected = reference.rmsprop(params, lambda p, s=slopes: s, state)
        result = rmsprop(params, lambda p, s=slopes: s, state)
        close(result[0], expected[0])
        close(result[1], expected[1])
        close(params, kept)
        close(state, old)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_rare_slopes(adagrad, rmsprop, rng):
    """Entries whose slope is often 0, from the start or later, in two runs that take turns."""
    for name, step in [("adagrad", adagrad), ("rmsprop", rmsprop)]:
        ends = [{"x": rng.normal(size=5)}, {"x": rng.normal(size=5)}]
        right, states, right_states = list(ends), [{}, {}], [{}, {}]
        for k in range(4):
            for i in range(2):
                slope = rng.normal(size=5) * rng.integers(0, 2, size=5)
                slope[k] = 0

                def grads(p, slope=slope):
                    return {"x": slope}

                right[i], right_states[i] = getattr(reference, name)(
                    right[i], grads, right_states[i], lr=0.3
                )
                ends[i], states[i] = step(ends[i], grads, states[i], lr=0.3)
                close(ends[i], right[i])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: AdaDelta minds the units
#
# If $x$ is in metres and the loss in euros, $g$ is in euros per metre. Dividing $g$ by its own
# size, as RMSprop does, cancels *all* units, so the rate has to know what a metre is. *AdaDelta*
# takes the size of a step from $d$, a running mean of its squared steps so far. With $\Delta$ for
# the step, all of $x$'s shape:
#
# $$h' = \rho h + (1 - \rho) g^2, \qquad
# \Delta = -\frac{\sqrt{d + \varepsilon}}{\sqrt{h' + \varepsilon}}\, g, \qquad
# d' = \rho d + (1 - \rho) \Delta^2, \qquad x' = x + \eta \Delta$$
#
# Mind the order: $h'$ already knows this gradient; $d$ cannot yet know this step. This time
# $\varepsilon$ stands **inside** both roots: with $d = 0$ it makes the very first step possible.
# The rule has no rate; as Keras and PyTorch do, we keep a factor $\eta$, here 1 by default, and
# leave it out of $d'$. `state["h"]` and `state["d"]` start at 0.
#
# > **The slide says** $x' = x - \frac{\operatorname{RMS}(x)}{\operatorname{RMS}(g)}\, g$, with the
# > RMS (root of the mean square) of the *parameter*, and not of the steps. Check it: the cell below
# > follows the slide on $(x - 3)^2$ from −5. It jumps to 0 and comes close to 3. There slopes get
# > smaller and $x$ does not: the fraction grows until a step throws $x$ out, to swing for ever.

# %%
x, mean_x, mean_g = -5.0, 0.0, 0.0
for k in range(1, 1001):
    slope = 2 * (x - 3)
    mean_x, mean_g = 0.9 * mean_x + 0.1 * x**2, 0.9 * mean_g + 0.1 * slope**2
    fraction = (mean_x / mean_g) ** 0.5
    x -= fraction * slope
    if k in [1, 2, 3, 10, 20, 30, 32, 35, 998, 999, 1000]:
        print(f"the slide's rule, step {k:4}: x {x:8.4f}, fraction {fraction:7.4f}")


# %% [raw]
# # BEGIN SOLUTION


# %%
def adadelta(
    params: Params,
    grads: Grads,
    state: dict,
    lr: float = 1.0,
    rho: float = 0.9,
    eps: float = 1e-6,
) -> Step:
    """Make one step of AdaDelta.

    Parameters
    ----------
    params : dict of ndarray
        Where we are.
    grads : callable
        grads(point) returns a dict of gradients at point.
    state : dict
        {} on the first step, later {"h": dict of ndarray, "d": dict of ndarray}: the running means
        of squared slopes and of squared steps.
    lr : float, optional
        A factor for the step, normally 1.
    rho : float, optional
        The share of the old means that is kept.
    eps : float, optional
        A small number inside both roots.

    Returns
    -------
    new_params : dict of ndarray
    new_state : dict
        {"h": dict of ndarray, "d": dict of ndarray}

    Examples
    --------
    >>> new, state = adadelta({"x": np.array([-5.0])}, square_slope, {}, rho=0.75, eps=11)
    >>> new["x"].round(4), state["h"]["x"], state["d"]["x"].round(4)
    (array([0.5277]), array([25.]), array([7.6389]))
    """
    # BEGIN SOLUTION
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}
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


def test_adadelta_path(adadelta):
    """adadelta on x squared from -5 goes to -4.996837722, -4.993594267, -4.990295790 ..."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4.996837722, -4.993594267, -4.990295790, -4.986955130, -4.983579877]:
        params, state = adadelta(
            params, lambda point: {"x": 2 * point["x"]}, state, rho=0.9, eps=1e-6
        )
        close(params["x"], [right], atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_no_jump(adadelta):
    """adadelta on (x - 3) squared from -5 rises slowly: -4.9968, then -4.9936."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4.9968, -4.9936]:
        params, state = adadelta(params, lambda point: {"x": 2 * (point["x"] - 3)}, state)
        close(params["x"], [right], atol=1e-4)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_shape(adadelta, rng):
    """adadelta on several parameters, of equal and of different shapes, with a generous eps."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        rho, eps, lr = rng.uniform(0.5, 0.95), rng.uniform(0.01, 0.2), rng.uniform(0.3, 3)
        bend = {name: 10 ** rng.uniform(-1, 1, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(4):
            right, right_state = reference.adadelta(right, grads, right_state, lr, rho, eps)
            params, state = adadelta(params, grads, state, lr=lr, rho=rho, eps=eps)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_from_a_given_state(adadelta, rng):
    """adadelta goes on from the state that it is given, and changes neither it nor params."""
    for _ in range(3):
        params = {"W": rng.integers(-6, 7, size=(3, 2)), "b": rng.normal(size=2)}
        means = {"W": rng.uniform(0, 3, size=(3, 2)), "b": rng.uniform(0, 3, size=2)}
        steps = {"W": rng.uniform(0, 2, size=(3, 2)), "b": rng.uniform(0, 2, size=2)}
        slopes = {"W": rng.normal(size=(3, 2)), "b": rng.integers(-6, 7, size=2)}
        kept = {name: x.copy() for name, x in params.items()}
        state = {"h": means, "d": steps}
        old = {key: {name: x.copy() for name, x in one.items()} for key, one in state.items()}
        expected = reference.adadelta(params, lambda p, s=slopes: s, state)
        result = adadelta(params, lambda p, s=slopes: s, state)
        close(result[0], expected[0])
        close(result[1], expected[1])
        close(params, kept)
        close(state, old)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_towards_three(adadelta, rng):
    """adadelta on (x - c) squared comes nearer with every step, from either side."""
    for side in [-1, 1]:
        c = rng.uniform(2, 4)
        params, state = {"x": np.array([c + side * rng.uniform(5, 8)])}, {}
        right, right_state = params, {}
        for _ in range(12):
            right, right_state = reference.adadelta(
                right, lambda p, c=c: {"x": 2 * (p["x"] - c)}, right_state
            )
            last = abs(params["x"][0] - c)
            params, state = adadelta(params, lambda p, c=c: {"x": 2 * (p["x"] - c)}, state)
            close(params, right)
            assert abs(params["x"][0] - c) < last, "the step should lead towards the lowest point"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_rare_slopes(adadelta, rng):
    """Entries whose slope is 0 at first or later, in two runs that take turns."""
    ends = [{"x": rng.normal(size=5)}, {"x": rng.normal(size=5)}]
    right, states, right_states = list(ends), [{}, {}], [{}, {}]
    for k in range(4):
        for i in range(2):
            slope = rng.normal(size=5) * rng.integers(0, 2, size=5)
            slope[k] = 0

            def grads(p, slope=slope):
                return {"x": slope}

            right[i], right_states[i] = reference.adadelta(
                right[i], grads, right_states[i], rho=0.8
            )
            ends[i], states[i] = adadelta(ends[i], grads, states[i], rho=0.8)
            close(ends[i], right[i])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: Adam
#
# *Adam* joins both ideas: momentum's mean of slopes and RMSprop's mean of squares.
#
# $$m' = \beta_1 m + (1 - \beta_1) g, \qquad v' = \beta_2 v + (1 - \beta_2) g^2$$
#
# $$\hat m = \frac{m'}{1 - \beta_1^t}, \qquad \hat v = \frac{v'}{1 - \beta_2^t}, \qquad
# x' = x - \eta \frac{\hat m}{\sqrt{\hat v} + \varepsilon}$$
#
# $t$ counts the steps: 1 in the first one. Both means start at 0, so at first they are far too
# small; the hats mend that. $\beta_1$, $\beta_2$, $\eta$ and $\varepsilon$ are numbers.
# `state["m"]` and `state["v"]` hold $m'$ and $v'$ (without hats), each shaped as its $x$;
# `state["t"]` is the number of steps made.
#
# By hand on $x^2$ from −5 with rate 0.1: $m' = -1$ and $v' = 0.1$; the hats are −10 and 100; so
# $x' = -5 + 0.1 \cdot 10 / 10 = -4.9$. Without hats it would be −4.6838, more than three times as
# far.
#
# > **The slide** (first deck) **says** $v' = \beta_1 v + (1 - \beta_2) g^2$. The second deck never
# > says what the hats are, and calls Adam momentum plus AdaGrad. Check what a constant slope of 1
# > does to the mean of its squares, which ought to become 1. How long are the steps then?

# %%
for kept, name in [(0.9, "beta1, as on the slide"), (0.999, "beta2")]:
    mean_square = 0.0
    for _ in range(20000):
        mean_square = kept * mean_square + 0.001 * 1.0
    print(f"{name}: the mean becomes {mean_square:.4f}; 1 / root is {mean_square**-0.5:.1f}")


# %% [raw]
# # BEGIN SOLUTION


# %%
def adam(
    params: Params,
    grads: Grads,
    state: dict,
    lr: float = 0.001,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> Step:
    """Make one step of Adam.

    Parameters
    ----------
    params : dict of ndarray
        Where we are.
    grads : callable
        grads(point) returns a dict of gradients at point.
    state : dict
        {} on the first step, later {"m": dict of ndarray, "v": dict of ndarray, "t": int}.
    lr : float, optional
        Learning rate.
    beta1, beta2 : float, optional
        The shares of the old means that are kept: of slopes, and of squared slopes.
    eps : float, optional
        A small number beside the root.

    Returns
    -------
    new_params : dict of ndarray
    new_state : dict
        {"m": dict of ndarray, "v": dict of ndarray, "t": int}

    Examples
    --------
    >>> new, state = adam({"x": np.array([-5.0])}, square_slope, {}, 0.1, beta1=0.5, beta2=0.75)
    >>> new["x"].round(4), state
    (array([-4.9]), {'m': {'x': array([-5.])}, 'v': {'x': array([25.])}, 't': 1})
    """
    # BEGIN SOLUTION
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}
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


def test_adam_path(adam):
    """adam on x squared from -5 with rate 0.1 goes to -4.9, -4.800057757, -4.700213291 ..."""
    params, state = {"x": np.array([-5.0])}, {}
    for right in [-4.9, -4.800057757, -4.700213291, -4.600507674, -4.500982948]:
        params, state = adam(params, lambda point: {"x": 2 * point["x"]}, state, lr=0.1)
        close(params["x"], [right], atol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_first_step(adam):
    """adam's first step is as long as the rate, in each entry and parameter."""
    params = {"W": np.array([[1.0, 2.0], [3.0, 4.0]]), "b": np.array([5.0, 6.0])}
    slopes = {"W": np.array([[9.0, -0.2], [50.0, 0.7]]), "b": np.array([-3.0, 0.4])}
    new, state = adam(params, lambda point: slopes, {}, lr=0.5)
    close(new["W"], np.array([[0.5, 2.5], [2.5, 3.5]]), rtol=1e-6)
    close(new["b"], np.array([5.5, 5.5]), rtol=1e-6)
    close(state["t"], 1)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_shape(adam, rng):
    """adam on several parameters, of equal and of different shapes, all settings drawn."""
    for shapes in [{"a": (4,), "b": (4,)}, {"W": (2, 3), "b": (3,)}, {"k": (1, 2, 2), "c": (1,)}]:
        lr, eps = rng.uniform(0.05, 0.4), rng.uniform(0.05, 0.3)
        beta1, beta2 = rng.uniform(0.5, 0.8), rng.uniform(0.85, 0.98)
        bend = {name: 10 ** rng.uniform(-1, 1, size=shape) for name, shape in shapes.items()}
        params = {name: rng.normal(size=shape) * 3 for name, shape in shapes.items()}

        def grads(p, bend=bend):
            return {name: bend[name] * p[name] for name in bend}

        state, right, right_state = {}, params, {}
        for _ in range(5):
            right, right_state = reference.adam(right, grads, right_state, lr, beta1, beta2, eps)
            params, state = adam(params, grads, state, lr=lr, beta1=beta1, beta2=beta2, eps=eps)
            close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_ten_steps(adam, rng):
    """adam with all its defaults, ten steps on slopes that change sign."""
    params = {"W": rng.normal(size=(2, 2)), "b": rng.normal(size=3)}
    state, right, right_state = {}, params, {}
    for _ in range(10):
        slopes = {"W": rng.normal(size=(2, 2)), "b": rng.normal(size=3)}

        def grads(p, slopes=slopes):
            return slopes

        right, right_state = reference.adam(right, grads, right_state)
        params, state = adam(params, grads, state)
        close(params, right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_from_a_given_state(adam, rng):
    """adam goes on from the state that it is given, and changes neither it nor params."""
    for t in [1, 3, 12]:
        params = {"W": rng.integers(-6, 7, size=(3, 2)), "b": rng.normal(size=2)}
        means = {"W": rng.normal(size=(3, 2)), "b": rng.normal(size=2)}
        squares = {"W": rng.uniform(0.1, 3, size=(3, 2)), "b": rng.uniform(0.1, 3, size=2)}
        slopes = {"W": rng.normal(size=(3, 2)), "b": rng.integers(-6, 7, size=2)}
        kept = {name: x.copy() for name, x in params.items()}
        state = {"m": means, "v": squares, "t": t}
        old = {key: {name: x.copy() for name, x in state[key].items()} for key in ["m", "v"]}
        expected = reference.adam(params, lambda p, s=slopes: s, state, lr=0.2)
        result = adam(params, lambda p, s=slopes: s, state, lr=0.2)
        close(result[0], expected[0])
        close(result[1], expected[1])
        close(params, kept)
        close(state, {**old, "t": t})


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_small_slopes(adam, rng):
    """adam's first step is nearly as long as the rate even where slopes are tiny, and 0 at 0."""
    for lr in rng.uniform(0.1, 0.9, size=2):
        slope = np.append(0, 10 ** rng.uniform(-5, -3, size=4) * rng.choice([-1, 1], size=4))
        params = {"x": rng.normal(size=5)}
        expected = params["x"] - lr * slope / (np.abs(slope) + 1e-8)
        close(adam(params, lambda p, g=slope: {"x": g}, {}, lr=lr)[0], {"x": expected}, rtol=1e-8)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_constant_slope(adam, rng):
    """Under a constant slope all steps are as long as the rate, in two runs that take turns."""
    for size in [1, 3]:
        lr = rng.uniform(0.1, 0.9)
        slopes = [rng.uniform(1, 9, size=size), rng.uniform(-9, -1, size=size)]
        points, states = [{"x": np.zeros(size)}, {"x": np.zeros(size)}], [{}, {}]
        for k in range(1, 7):
            for i in range(2):
                points[i], states[i] = adam(
                    points[i], lambda p, g=slopes[i]: {"x": g}, states[i], lr=lr, beta2=0.99
                )
                close(points[i]["x"], -k * lr * np.sign(slopes[i]), rtol=1e-7)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# So with the slide's rule, steps under a steady slope become ten times too long. Your own
# optimizers, in the valley of question 2:


# %%
@picture("q3", "q4", "q5")
def adaptive_walks():
    draw_walks(
        {
            "AdaGrad, rate 1": walk(adagrad, bowl_slope, BOWL_START, [1.0] * 40),
            "RMSprop, rate 0.3": walk(rmsprop, bowl_slope, BOWL_START, [0.3] * 40),
            "AdaDelta, eps 0.01": walk(adadelta, bowl_slope, BOWL_START, [1.0] * 40, eps=0.01),
            "Adam, rate 0.5": walk(adam, bowl_slope, BOWL_START, [0.5] * 40),
        }
    )
    second = walk(adam, square_slope, {"x": np.array([-5.0])}, [0.1, 0.1])[2]["x"][0]
    print(f"on x squared, Adam's second point: yours {second:.6f}, the slide's rule -4.797433")


# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: Let the rate fall
#
# Far away, long steps; near the goal, short ones. With the rate $\eta_0$ at the start and the
# number of *steps* (batches, not epochs) made so far, $k$ = `step`, a whole number or an array of
# them:
#
# | schedule | rate | |
# | --- | --- | --- |
# | `exponential_decay` | $\eta_0\, r^{k/s}$ | $r$ is `rate`, $s$ is `decay_steps` (smooth) |
# | `step_decay` | $\eta_0\, r^{\lfloor k/s \rfloor}$ | $s$ is `every`; rounded down (stairs) |
# | `inverse_time_decay` | $\eta_0 / (1 + c k)$ | $c$ is `decay` |
#
# Then write `epoch_rates`, which asks any schedule for the rate after 0, 1, 2 ... epochs. Of $n$
# rows in batches of $B$, an epoch makes $\lceil n / B \rceil$ steps (rounded *up*: the last batch
# may be short).
#
# The third deck has 631 rows in batches of 4, hence 158 steps, and sets $s = 631 / 4 = 157.75$.
#
# > **The slides** give $\eta_0 = 0.02$, $r = 0.5$ to TensorFlow, and 0.2 with `decay` $= 4 / 631$
# > to (old) Keras, as if both halved the rate in every epoch. Check it in the picture: one goes on
# > to a quarter, the other to a *third*.

# %% [raw]
# # BEGIN SOLUTION


# %%
def exponential_decay(lr0: float, rate: float, decay_steps: float, step: int) -> float:
    """Return the learning rate after some steps, falling by a factor every decay_steps.

    Parameters
    ----------
    lr0 : float
        Learning rate at the start.
    rate : float
        The factor.
    decay_steps : float
        In how many steps the factor is applied once; need not be whole.
    step : int or ndarray of int
        Steps made so far.

    Returns
    -------
    float or ndarray of float
        In the shape of step.

    Examples
    --------
    >>> exponential_decay(0.4, 0.25, 10, 5)
    0.2
    """
    # BEGIN SOLUTION
    return lr0 * rate ** (step / decay_steps)
    # END SOLUTION


def step_decay(lr0: float, rate: float, every: int, step: int) -> float:
    """Return the learning rate after some steps, falling by a factor at once every so often.

    Parameters
    ----------
    lr0, rate, step
        As in exponential_decay.
    every : int
        After how many steps the factor is applied once more.

    Returns
    -------
    float or ndarray of float
        In the shape of step.

    Examples
    --------
    >>> step_decay(0.4, 0.5, 10, np.array([0, 9, 10, 25]))
    array([0.4, 0.4, 0.2, 0.1])
    """
    # BEGIN SOLUTION
    return lr0 * rate ** (step // every)
    # END SOLUTION


def inverse_time_decay(lr0: float, decay: float, step: int) -> float:
    """Return the learning rate after some steps, divided by a number that grows with the steps.

    Parameters
    ----------
    lr0, step
        As in exponential_decay.
    decay : float
        How much the divisor grows with each step.

    Returns
    -------
    float or ndarray of float
        In the shape of step.

    Examples
    --------
    >>> inverse_time_decay(0.4, 0.5, 6)
    0.1
    """
    # BEGIN SOLUTION
    return lr0 / (1 + decay * step)
    # END SOLUTION


def epoch_rates(schedule: Callable, rows: int, batch: int, epochs: int) -> np.ndarray:
    """Return the learning rate after 0, 1, 2 ... epochs.

    Parameters
    ----------
    schedule : callable
        schedule(step) returns the learning rate after a whole number of steps.
    rows : int
        Rows of the training table.
    batch : int
        Rows in a batch; the last batch of an epoch may have fewer.
    epochs : int

    Returns
    -------
    ndarray of float, shape (epochs + 1,)

    Examples
    --------
    >>> epoch_rates(lambda step: 1 / (1 + step), rows=10, batch=4, epochs=2).round(4)
    array([1.    , 0.25  , 0.1429])
    """
    # BEGIN SOLUTION
    steps = int(np.ceil(rows / batch))
    return np.array([schedule(epoch * steps) for epoch in range(epochs + 1)])
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


def test_deck_schedules(exponential_decay, inverse_time_decay):
    """After 158 steps the third deck's rates are 0.009989021 and 0.099920823."""
    close(exponential_decay(0.02, 0.5, 157.75, 158), 0.009989021131, rtol=1e-9)
    close(inverse_time_decay(0.2, 4 / 631, 158), 0.099920823436, rtol=1e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_stairs(step_decay):
    """step_decay by a half every 10 steps: 1 at step 9, 0.5 at 10 and 19, 0.25 at 20."""
    for step, right in [(0, 1.0), (9, 1.0), (10, 0.5), (19, 0.5), (20, 0.25)]:
        close(step_decay(1.0, 0.5, 10, step), right)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_short_last_batch(epoch_rates):
    """10 rows in batches of 4 make 3 steps an epoch, so schedule is asked at 0, 3, 6 and 9."""
    rates = epoch_rates(lambda step: 100.0 - step, 10, 4, 3)
    close(rates, np.array([100.0, 97.0, 94.0, 91.0]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_exponential(exponential_decay, rng):
    """exponential_decay at single steps and for arrays, whole and broken decay_steps."""
    for decay_steps in [7, 12.5, int(rng.integers(20, 40))]:
        lr0, rate = rng.uniform(0.1, 2), rng.uniform(0.2, 0.95)
        k = rng.integers(1, 60, size=8)
        before, expected = k.copy(), lr0 * np.exp(np.log(rate) * k / decay_steps)
        close(exponential_decay(lr0, rate, decay_steps, k), expected)
        close(k, before)
        close(exponential_decay(lr0, rate, decay_steps, int(k[0])), expected[0])
        close(exponential_decay(lr0, rate, decay_steps, 0), lr0)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_staircase(step_decay, rng):
    """step_decay at single steps and for arrays, on both sides of each stair."""
    for every in [3, 8, int(rng.integers(10, 20))]:
        lr0, rate = rng.uniform(0.1, 2), rng.uniform(0.2, 0.95)
        k = np.arange(3 * every + 2)
        stairs = np.repeat([0, 1, 2, 3], every)[: len(k)]
        expected = lr0 * rate**stairs
        close(step_decay(lr0, rate, every, k), expected)
        for i in [0, every - 1, every, 2 * every + 1]:
            close(step_decay(lr0, rate, every, i), expected[i])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_inverse_time(inverse_time_decay, rng):
    """inverse_time_decay at single steps and for arrays, slow and fast."""
    for decay in [1, rng.uniform(0.001, 0.01), rng.uniform(2, 4)]:
        lr0, k = rng.uniform(0.1, 2), rng.integers(1, 90, size=6)
        expected = np.array([lr0 / (1 + decay * float(one)) for one in k])
        close(inverse_time_decay(lr0, decay, k), expected)
        close(inverse_time_decay(lr0, decay, int(k[0])), expected[0])
        close(inverse_time_decay(lr0, decay, 0), lr0)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_epochs(epoch_rates, rng):
    """epoch_rates of the deck and of other tables, with and without a short last batch."""
    rates = epoch_rates(lambda step: 0.02 * 0.5 ** (step / 157.75), 631, 4, 3)
    close(rates, [0.02, 0.009989021131, 0.004989027158, 0.002491774885], rtol=1e-9)
    rates = epoch_rates(lambda step: 0.2 / (1 + 4 / 631 * step), 631, 4, 3)
    close(rates, [0.2, 0.099920823436, 0.066596306069, 0.049940641076], rtol=1e-9)
    for rows, batch in [(60, 6), (61, 6), (65, 6), (5, 8)]:
        slow, epochs = rng.uniform(0.01, 0.1), int(rng.integers(2, 6))

        def schedule(step, slow=slow):
            return 1 / (1 + slow * step)

        expected = reference.epoch_rates(schedule, rows, batch, epochs)
        close(epoch_rates(schedule, rows, batch, epochs), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_whole_steps(epoch_rates, rng):
    """epoch_rates asks its schedule for whole numbers of steps, which may index a table."""
    for rows, batch in [(20, 8), (9, 3), (7, 10)]:
        table = rng.uniform(0.1, 2, size=40)
        expected = reference.epoch_rates(lambda step, table=table: table[step], rows, batch, 3)
        rates = epoch_rates(lambda step, table=table: table[step], rows, batch, 3)
        close(rates, expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q6")
def falling_rates():
    k = np.arange(0, 4 * 158 + 1)
    half = np.array(0.2 * 0.5 ** np.arange(5))
    _, axis = plt.subplots(figsize=(8, 4), layout="constrained")
    curves = {
        "exponential_decay": (lambda step: exponential_decay(0.2, 0.5, 157.75, step), BLUE),
        "step_decay": (lambda step: step_decay(0.2, 0.5, 158, step), GREEN),
        "inverse_time_decay": (lambda step: inverse_time_decay(0.2, 4 / 631, step), ORANGE),
    }
    for name, (schedule, colour) in curves.items():
        axis.plot(k, schedule(k), color=colour, linewidth=2, label=name)
        at_epochs = np.asarray(epoch_rates(schedule, 631, 4, 4), dtype=float)
        axis.plot(np.arange(5) * 158, at_epochs, "o", color=colour)
        print(f"{name:18} after 0 to 4 epochs, parts of the start:", (at_epochs / 0.2).round(4))
    axis.plot(np.arange(5) * 158, half, "_", color="black", markersize=16, label="halves")
    axis.set(title="All start at 0.2; dots are ends of epochs", xlabel="step", ylabel="rate")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: The race
#
# A fair race gives every optimizer the same start and a memory of its own. Write `compare`.
# `optimizers` maps a name to a pair: a step function, and a schedule. Step $k = 0, 1, 2, \dots$ is
# called with `lr=schedule(k)` and no other setting. Return, for each name, the losses at the start
# and after each step. You may use `walk`.
#
# Then say who was fast: `steps_to_reach` returns after how many steps a list of losses is at
# `level` or below it for the first time, and `None` if it never is.
#
# With losses 5, 3, 1, 2 and level 2.5 the answer is 2; with level 0.5 it is `None`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def compare(
    loss: Callable, grads: Grads, start: Params, optimizers: dict, steps: int
) -> dict[str, np.ndarray]:
    """Return the losses along the walks of several optimizers.

    Parameters
    ----------
    loss : callable
        loss(point) returns a number.
    grads : callable
        grads(point) returns a dict of gradients at point.
    start : dict of ndarray
        Where each of them starts.
    optimizers : dict
        For each name a pair (step, schedule): step(params, grads, state, lr=...) returns the new
        params and the new state; schedule(k) returns the rate for step k = 0, 1, 2 ...
    steps : int
        How many steps each makes.

    Returns
    -------
    dict of ndarray
        For each name the losses, shape (steps + 1,).

    Examples
    --------
    >>> compare(bowl, bowl_slope, BOWL_START, {"a": (sgd, lambda k: 0.5)}, 2)["a"].round(4)
    array([6.45  , 2.2111, 1.9955])
    """
    # BEGIN SOLUTION
    losses = {}
    for name, (step, schedule) in optimizers.items():
        path = walk(step, grads, start, [schedule(k) for k in range(steps)])
        losses[name] = np.array([loss(point) for point in path])
    return losses
    # END SOLUTION


def steps_to_reach(losses: np.ndarray, level: float) -> int | None:
    """Return after how many steps the losses are at a level or below it for the first time.

    Parameters
    ----------
    losses : ndarray, shape (n,)
        At the start and after each step.
    level : float

    Returns
    -------
    int or None
        None if no loss is that low.

    Examples
    --------
    >>> steps_to_reach(np.array([5.0, 3.0, 1.0, 2.0]), 2.5)
    2
    """
    # BEGIN SOLUTION
    low = np.flatnonzero(np.asarray(losses) <= level)
    return int(low[0]) if len(low) else None
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


def test_one_walk_each(compare):
    """Two optimizers that go down by their rate: each starts anew, and the start counts."""

    def down(params, grads, state, lr):
        return {"x": params["x"] - lr}, {}

    optimizers = {"slow": (down, lambda k: 1.0), "faster": (down, lambda k: k + 1.0)}
    found = compare(lambda p: p["x"][0], lambda p: p, {"x": np.array([9.0])}, optimizers, 3)
    close(found, {"slow": np.array([9.0, 8.0, 7.0, 6.0]), "faster": np.array([9.0, 8.0, 6.0, 3.0])})


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_reach(steps_to_reach):
    """Losses 5, 3, 4, 4.5, 2, 1, 2.5: level 3 is reached after 1 step, 0.5 never."""
    losses = np.array([5.0, 3.0, 4.0, 4.5, 2.0, 1.0, 2.5])
    close(steps_to_reach(losses, 3.0), 1)
    close(steps_to_reach(losses, 0.5), None)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_memory(compare, rng):
    """Optimizers that remember get back the state that they returned, and {} at first."""
    for steps in [3, 5]:
        start = {"x": rng.normal(size=2), "y": rng.normal(size=(2, 2))}
        before = {name: x.copy() for name, x in start.items()}

        def step(params, grads, state, lr):
            sums = state.get("sums", {"x": np.zeros(2), "y": np.zeros((2, 2))})
            slopes = grads(params)
            sums = {name: sums[name] + slopes[name] for name in params}
            return {name: params[name] - lr * sums[name] for name in params}, {"sums": sums}

        def grads(p):
            return {name: 0.5 * p[name] for name in p}

        def loss(p):
            return float(np.sum(p["x"] ** 2) + np.sum(p["y"]))

        rates = rng.uniform(0.1, 0.4, size=3)
        optimizers = {
            name: (step, lambda k, lr=lr: lr) for name, lr in zip("abc", rates, strict=True)
        }
        expected = reference.compare(loss, grads, start, optimizers, steps)
        close(compare(loss, grads, start, optimizers, steps), expected)
        close(start, before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_rates(compare, rng):
    """Each optimizer gets the rates of its own schedule, one a step, from step 0 on."""
    for steps in [1, 4, 7]:
        tables = {name: rng.uniform(0.1, 0.9, size=12) for name in ["one", "two", "three"]}
        start = {"x": rng.normal(size=3)}
        optimizers = {
            name: (reference.sgd, lambda k, table=table: table[k]) for name, table in tables.items()
        }
        expected = reference.compare(
            lambda p: float(np.sum(p["x"] ** 2)), lambda p: p, start, optimizers, steps
        )
        found = compare(lambda p: float(np.sum(p["x"] ** 2)), lambda p: p, start, optimizers, steps)
        close(found, expected)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_momentum_wins(compare, rng):
    """In a stretched bowl at equal rates momentum and NAG end below SGD."""

    def loss(p):
        return float(p["x"][0] ** 2 / 20 + p["y"][0] ** 2)

    def grads(p):
        return {"x": p["x"] / 10, "y": 2 * p["y"]}

    for lr in rng.uniform(0.05, 0.15, size=1):
        start = {"x": rng.uniform(-9, -5, size=1), "y": rng.uniform(1, 2, size=1)}
        optimizers = {
            "momentum": (reference.momentum, lambda k, lr=lr: lr),
            "SGD": (reference.sgd, lambda k, lr=lr: lr),
            "NAG": (reference.nag, lambda k, lr=lr: lr),
        }
        expected = reference.compare(loss, grads, start, optimizers, 20)
        found = compare(loss, grads, start, optimizers, 20)
        close(found, expected)
        assert found["momentum"][-1] < found["SGD"][-1], "momentum should end lower than SGD"
        assert found["NAG"][-1] < found["SGD"][-1], "NAG should end lower than SGD"


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_levels(steps_to_reach, rng):
    """Losses that fall and rise again: the first time counts, and exactly at the level counts."""
    for n in [6, 11, 1]:
        losses = rng.permutation(np.arange(n)) / 2 - 1
        before = losses.copy()
        for extra in [0.1, 0.0]:
            for level in losses + extra:
                expected = next(i for i, value in enumerate(losses.tolist()) if value <= level)
                close(steps_to_reach(losses, level), expected)
        close(steps_to_reach(losses, -1.2), None)
        close(losses, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The second deck races five optimizers on customers who leave or stay ("churn"). Below is a made-up
# table of that kind for one sigmoid unit: four columns that every customer has, and two marks that
# only one in thirty has, but that matter much.

# %%
rng = np.random.default_rng(7)
customers = np.column_stack([rng.normal(size=(600, 4)), rng.random((600, 2)) < 1 / 30])
odds = customers @ [1.0, -0.5, 0.3, 0.0, 5.0, -5.0] - 0.5
leaves = (rng.random(600) < 1 / (1 + np.exp(-odds))).astype(float)


def churn_loss(point: Params) -> float:
    """Return the mean cross-entropy of the unit with weights w and bias b."""
    z = customers @ point["w"] + point["b"]
    return float(np.mean(np.logaddexp(0, z) - leaves * z))


def churn_slope(point: Params) -> Params:
    """Return the gradient of churn_loss."""
    miss = 1 / (1 + np.exp(-(customers @ point["w"] + point["b"]))) - leaves
    return {"w": customers.T @ miss / 600, "b": np.array([np.mean(miss)])}


@picture("q1", "q3", "q4", "q5", "q6", "q7")
def the_race():
    racers = {
        "SGD": (sgd, lambda k: 0.5),
        "momentum": (momentum, lambda k: 0.5),
        "AdaGrad": (adagrad, lambda k: 0.5),
        "RMSprop": (rmsprop, lambda k: 0.1),
        "RMSprop, falling rate": (rmsprop, lambda k: exponential_decay(0.1, 0.5, 25, k)),
        "AdaDelta": (adadelta, lambda k: 1.0),
        "Adam": (adam, lambda k: 0.1),
    }
    start = {"w": np.zeros(6), "b": np.zeros(1)}
    found = compare(churn_loss, churn_slope, start, racers, 150)
    _, axis = plt.subplots(figsize=(8, 4.5), layout="constrained")
    colours = [GREY, BLUE, GREEN, ORANGE, "black", RED, "#7b4fa0"]
    for (name, losses), colour in zip(found.items(), colours, strict=True):
        style = "--" if "falling" in name else "-"
        axis.plot(losses, style, color=colour, linewidth=2, label=name)
        steps = steps_to_reach(losses, 0.52)
        print(f"{name:22}", "not at 0.52 yet" if steps is None else f"at 0.52 after {steps} steps")
    axis.set(title="Customers who leave: your optimizers", xlabel="step", ylabel="loss")
    axis.spines[["top", "right"]].set_visible(False)
    axis.legend(frameon=False)
    plt.show()


# %% [markdown]
# Change the rates and race again (SGD at 5?): a winner is a winner *at its rate*. SGD needs long
# for the rare marks, whose slopes are small on average. A falling rate helps where slopes jitter,
# as with small batches; here it only costs. AdaDelta's steps start near $\sqrt\varepsilon$.
#
# ## What you can do now
#
# You can write any of these optimizers from its formulas, with a state for each parameter; you know
# where conventions differ, so that a rate from one library may not suit another; you can let the
# rate fall by steps and not by epochs, and compare optimizers fairly. You have put four slides to
# the test, the surest way to read a formula.
#
# Next comes **08: convolution and pooling by hand**, layers for pictures, which these optimizers
# train.
