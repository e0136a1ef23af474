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
# # Backpropagation by hand
#
# To train a network you ask of every weight: if it grows a little, does the error rise or fall,
# and how fast? In the network below, the weight $w_5$ is 0.24. Make it 0.241, and the error rises
# by about 0.00008. Backpropagation finds such slopes for all weights in one sweep, from the error
# back to the inputs. You make one such sweep on a network so small that you can follow each
# number: 2 inputs, 2 hidden units, 2 outputs, 8 weights, 2 biases.
#
# The first deck works this example out to nine decimals. You redo it, and you audit it: several of
# its printed numbers are wrong. What counts here is the correct number, never the printed one.
#
# Everything is in double precision (`float64`, what Python's `float` is). Keep it so: single
# precision loses the ninth decimal.

# %%
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np

WORKED_EXAMPLE_CSV = """\
worked_example,i1,i2,b1,b2,w1,w2,w3,w4,w5,w6,w7,w8,t1,t2,eta
constants,0.1,0.5,0.40,0.36,0.04,0.12,0.16,0.08,0.24,0.32,0.28,0.20,0.05,0.95,0.5
"""
names, numbers = [line.split(",")[1:] for line in WORKED_EXAMPLE_CSV.split()]
EXAMPLE = {name: float(number) for name, number in zip(names, numbers, strict=True)}


def sigmoid(net):
    """Return 1 / (1 + exp(-net)): what a unit makes of its net input."""
    return 1 / (1 + np.exp(-net))


# %% [markdown]
# All constants are in `EXAMPLE`: `EXAMPLE["w5"]` is 0.24. (The lecture slide shows only some; you
# do not need the slide.)

# %%
NODES = {
    "i1": (0, 1), "i2": (0, 0), "h1": (1, 1), "h2": (1, 0), "o1": (2, 1), "o2": (2, 0),
}  # fmt: skip
EDGES = {
    "w1": ("i1", "h1"), "w2": ("i2", "h1"), "w3": ("i1", "h2"), "w4": ("i2", "h2"),
    "w5": ("h1", "o1"), "w6": ("h2", "o1"), "w7": ("h1", "o2"), "w8": ("h2", "o2"),
}  # fmt: skip


def draw_network(axes, title, inside, beside, on_edges, strength=None):
    """Draw the 2-2-2 network with a text in and beside each node and on each edge."""
    for name, (start, end) in EDGES.items():
        (x0, y0), (x1, y1) = NODES[start], NODES[end]
        size = 0.35 if strength is None else strength[name]
        color = "0.6" if strength is None else ("tab:red" if size > 0 else "tab:blue")
        axes.plot([x0, x1], [y0, y1], color=color, lw=1 + 5 * abs(size), zorder=1)
        at = 0.5 if y0 == y1 else 0.3
        axes.text(
            x0 + at * (x1 - x0), y0 + at * (y1 - y0), on_edges[name], ha="center", va="center",
            fontsize=9, bbox={"fc": "white", "ec": "none", "pad": 1.5}, zorder=2,
        )  # fmt: skip
    for name, (x, y) in NODES.items():
        axes.scatter(x, y, s=2400, color="white", edgecolor="black", zorder=3)
        axes.text(x, y, inside[name], ha="center", va="center", fontsize=9, zorder=4)
        away = y + 0.24 if y else y - 0.24
        axes.text(
            x, away, beside.get(name, ""), ha="center", va="bottom" if y else "top", fontsize=9
        )
    axes.set(title=title, xlim=(-0.35, 2.35), ylim=(-0.5, 1.5))
    axes.axis("off")


def draw_constants():
    """Draw the network with its constants."""
    named = {name: f"{name} = {EXAMPLE[name]:g}" for name in EXAMPLE}
    beside = {"h1": f"bias {named['b1']}", "h2": f"bias {named['b1']}"}
    for k in ("1", "2"):
        beside["i" + k] = named["i" + k]
        beside["o" + k] = f"bias {named['b2']}\ntarget {named['t' + k]}"
    _, axes = plt.subplots(figsize=(8, 4.4))
    draw_network(axes, "The network of the first deck", {n: n for n in NODES}, beside, named)
    plt.show()


draw_constants()

# %% [markdown]
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $i_1, i_2$ | inputs | scalars |
# | $w_1, \dots, w_8$ | weights, one for each edge | scalars |
# | $b_1$, $b_2$ | biases: both hidden units **share** $b_1$, both outputs share $b_2$ | scalars |
# | $\text{net}, \text{out}$ | what reaches a unit, and what leaves it | a scalar each |
# | $t_1, t_2$ | targets: what $\text{out}_{o1}$ and $\text{out}_{o2}$ should be | scalars |
# | $\eta$ | learning rate, 0.5 (`eta`) | scalar |
#
# A unit first adds up what reaches it, its *net input*, and then squashes the sum:
#
# $$\text{net}_{h1} = w_1 i_1 + w_2 i_2 + b_1, \qquad
# \text{out}_{h1} = \sigma(\text{net}_{h1}) = \frac{1}{1 + e^{-\text{net}_{h1}}}$$
#
# The picture says which weights reach $h_2$. The outputs do the same with $\text{out}_{h1}$ and
# $\text{out}_{h2}$ in the place of the inputs. The error, with the target $t_k$ of output $k$, is
#
# $$E_{\text{total}} = E_{o1} + E_{o2}, \qquad E_{ok} = \tfrac12\,(t_k - \text{out}_{ok})^2$$

# %% [raw]
# # BEGIN QUESTION
# name: q1
# memorizable: "The answers are the worked example's own eight numbers, in plain variables: no call
#   can ask for others."

# %% [markdown]
# ## Question 1: by hand
#
# Take a calculator and fill in eight numbers, each to nine decimals; more do no harm. The checks
# allow a difference of 0.000000002, so going on with numbers rounded to nine decimals is fine.
# `out_o2` needs $\text{net}_{o2}$, which has no line of its own. Each check looks at one line,
# given the lines above it, and says how far off that line is: start with the first ✗.

# %% [raw]
# # BEGIN SOLUTION

# %%
net_h1 = 0.464  # SOLUTION
out_h1 = 0.613962657  # SOLUTION
net_h2 = 0.456  # SOLUTION
out_h2 = 0.612064837  # SOLUTION
net_o1 = 0.703211786  # SOLUTION
out_o1 = 0.668899481  # SOLUTION
out_o2 = 0.657983869  # SOLUTION
E_total = 0.234154994  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_net_h1(net_h1, EXAMPLE):
    """net_h1 adds w1 times i1, w2 times i2, and b1."""
    c = EXAMPLE
    for value in (net_h1,):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = net_h1 - (c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"])
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your net_h1 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_out_h1(out_h1, net_h1):
    """out_h1 is the sigmoid of your net_h1."""
    for value in (out_h1, net_h1):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = out_h1 - 1 / (1 + np.exp(-net_h1))
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your out_h1 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_net_h2(net_h2, EXAMPLE):
    """net_h2 adds what the two edges into h2 bring, and b1."""
    c = EXAMPLE
    for value in (net_h2,):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = net_h2 - (c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"])
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your net_h2 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_out_h2(out_h2, net_h2):
    """out_h2 is the sigmoid of your net_h2."""
    for value in (out_h2, net_h2):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = out_h2 - 1 / (1 + np.exp(-net_h2))
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your out_h2 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_net_o1(net_o1, out_h1, out_h2, EXAMPLE):
    """net_o1 adds your out_h1 and out_h2, each times its weight into o1, and b2."""
    c = EXAMPLE
    for value in (net_o1, out_h1, out_h2):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = net_o1 - (c["w5"] * out_h1 + c["w6"] * out_h2 + c["b2"])
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your net_o1 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_out_o1(out_o1, net_o1):
    """out_o1 is the sigmoid of your net_o1."""
    for value in (out_o1, net_o1):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = out_o1 - 1 / (1 + np.exp(-net_o1))
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your out_o1 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_out_o2(out_o2, out_h1, out_h2, EXAMPLE):
    """out_o2 is the sigmoid of what reaches o2: two weighted outputs, and b2."""
    c = EXAMPLE
    for value in (out_o2, out_h1, out_h2):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = out_o2 - 1 / (1 + np.exp(-(c["w7"] * out_h1 + c["w8"] * out_h2 + c["b2"])))
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your out_o2 is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 0.125
hidden: false
"""  # END TEST CONFIG


def test_total_error(E_total, out_o1, out_o2, EXAMPLE):
    """E_total is half the squared miss of o1, plus the same for o2."""
    c = EXAMPLE
    for value in (E_total, out_o1, out_o2):
        one_number = np.ndim(value) == 0 and np.asarray(value).dtype.kind in "iuf"
        assert one_number, f"expected one number, got {value!r}; use a decimal point"
    off = E_total - ((c["t1"] - out_o1) ** 2 + (c["t2"] - out_o2) ** 2) / 2
    which = "small" if off < 0 else "large"
    assert abs(off) < 2e-9, f"your E_total is too {which} by {abs(off):.9f}"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_hidden_units(net_h1, out_h1, net_h2, out_h2):
    """The two hidden units have the correct values, from the stated constants."""
    close(net_h1, 0.464000000, rtol=0, atol=2e-9)
    close(out_h1, 0.613962657, rtol=0, atol=2e-9)
    close(net_h2, 0.456000000, rtol=0, atol=2e-9)
    close(out_h2, 0.612064837, rtol=0, atol=2e-9)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_outputs_and_error(net_o1, out_o1, out_o2, E_total):
    """The outputs and the total error have the correct values."""
    close(net_o1, 0.703211786, rtol=0, atol=2e-9)
    close(out_o1, 0.668899481, rtol=0, atol=2e-9)
    close(out_o2, 0.657983869, rtol=0, atol=2e-9)
    close(E_total, 0.234154994, rtol=0, atol=2e-9)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** $\text{out}_{h2} = 0.611114647$. Check it: which net input has this
# > sigmoid? It is $\ln\frac{p}{1-p}$ with $p$ the printed output. Compare it with your `net_h2`.

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: the forward pass and its error
#
# Now write it once, for any constants. `c` is a dictionary with the keys of `EXAMPLE`, but its
# numbers change: read all of them from `c`. Leave `c` itself as it is, and add no keys to it: your
# results go into a dictionary of their own.

# %% [raw]
# # BEGIN SOLUTION


# %%
def forward_222(c: dict[str, float]) -> dict[str, float]:
    """Return the net input and the output of each of the four units.

    Parameters
    ----------
    c : dict of float
        The constants, with the keys of EXAMPLE: i1, i2, b1, b2, w1 ... w8, t1, t2, eta.

    Returns
    -------
    dict of float
        Eight numbers under the keys net_h1, out_h1, net_h2, out_h2, net_o1, out_o1, net_o2, out_o2.

    Examples
    --------
    >>> round(float(forward_222(EXAMPLE)["net_h1"]), 9)
    0.464
    """
    # BEGIN SOLUTION
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    f["out_h1"], f["out_h2"] = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * f["out_h1"] + c["w6"] * f["out_h2"] + c["b2"]
    f["net_o2"] = c["w7"] * f["out_h1"] + c["w8"] * f["out_h2"] + c["b2"]
    f["out_o1"], f["out_o2"] = sigmoid(f["net_o1"]), sigmoid(f["net_o2"])
    return f
    # END SOLUTION


def errors(c: dict[str, float], f: dict[str, float]) -> tuple[float, float, float]:
    """Return E_o1, E_o2 and E_total.

    Parameters
    ----------
    c : dict of float
        The constants; only the targets t1 and t2 are needed.
    f : dict of float
        The forward pass, as forward_222 returns it; only out_o1 and out_o2 are needed.

    Returns
    -------
    tuple of three floats

    Examples
    --------
    >>> errors({"t1": 0.5, "t2": 1.0}, {"out_o1": 0.5, "out_o2": 0.5})
    (0.0, 0.125, 0.125)
    """
    # BEGIN SOLUTION
    e1 = 0.5 * (c["t1"] - f["out_o1"]) ** 2
    e2 = 0.5 * (c["t2"] - f["out_o2"]) ** 2
    return e1, e2, e1 + e2
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


def test_each_weight_in_its_place(forward_222):
    """Each weight multiplies what comes along its own edge (the picture shows which)."""
    c = {"i1": 1, "i2": 10, "b1": 100, "w1": 1, "w2": 2, "w3": 20, "w4": -12}
    c |= {"b2": 0.4, "w5": 0.1, "w6": 0.2, "w7": 0.5, "w8": 0.8, "t1": 0, "t2": 1, "eta": 0.5}
    right = {"net_h1": 121, "net_h2": 0, "out_h1": 1.0, "out_h2": 0.5}
    right |= {"net_o1": 0.6, "net_o2": 1.3}
    right |= {"out_o1": 1 / (1 + np.exp(-0.6)), "out_o2": 1 / (1 + np.exp(-1.3))}
    close(forward_222(c), right)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_half_squares(errors):
    """Each error is half the squared miss, and the third number is their sum."""
    found = errors({"t1": 0.5, "t2": 0.0}, {"out_o1": 0.75, "out_o2": 0.5})
    close(found, (0.03125, 0.125, 0.15625))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_forward_fresh(forward_222, rng):
    """Fresh constants, the stated ones to nine digits, and nothing is changed in c."""
    for _ in range(3):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        expected = reference.forward_222(c)
        before = dict(c)
        close(forward_222(c), expected)
        close(c, before)
    f = forward_222(dict(reference.EXAMPLE))
    close(f["net_h2"], 0.456, rtol=0, atol=5.1e-10)
    close(f["out_h2"], 0.612064837, rtol=0, atol=5.1e-10)
    close(f["net_o1"], 0.703211786, rtol=0, atol=5.1e-10)
    close(f["out_o1"], 0.668899481, rtol=0, atol=5.1e-10)
    close(f["net_o2"], 0.654322511, rtol=0, atol=5.1e-10)
    close(f["out_o2"], 0.657983869, rtol=0, atol=5.1e-10)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_errors_fresh(errors, rng):
    """Fresh outputs and targets, and the example's errors to nine digits."""
    for _ in range(3):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        f = reference.forward_222(c)
        e1 = (c["t1"] - f["out_o1"]) ** 2 / 2
        e2 = (c["t2"] - f["out_o2"]) ** 2 / 2
        before = dict(c), dict(f)
        close(errors(c, f), (e1, e2, e1 + e2))
        close((c, f), before)
    c = dict(reference.EXAMPLE)
    found = errors(c, reference.forward_222(c))
    close(found, (0.191518284, 0.042636710, 0.234154994), rtol=0, atol=5.1e-10)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_deck_forward_pass(forward_222, errors, rng):
    """With the slide's own second hidden unit you get the slide's digits."""
    c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
    expected = reference.forward_222(c)
    expected_errors = reference.errors(c, expected)
    close(forward_222(c), expected)
    close(errors(c, expected), expected_errors)
    deck = {**reference.EXAMPLE, "w3": 0.12}
    right = reference.forward_222(deck)
    f = forward_222(dict(deck))
    printed = {
        "net_h1": 0.464,
        "out_h1": 0.613962657,
        "net_h2": 0.452,
        "out_h2": 0.611114647,
        "net_o1": 0.702907725,
        "out_o1": 0.668832137,
        "out_o2": 0.657941101,
    }
    for name in printed:
        close(f[name], printed[name], rtol=0, atol=5.1e-10)
    close(f["out_o1"] - deck["t1"], 0.618832137, rtol=0, atol=5.1e-10)
    close(errors(deck, right), (0.191476607, 0.042649200, 0.234125807), rtol=0, atol=5.1e-10)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Backwards, one link at a time
#
# How does $E_{\text{total}}$ change with $w_5$? The weight acts through $\text{net}_{o1}$, then
# $\text{out}_{o1}$, then $E$. The chain rule multiplies the three links:
#
# $$\frac{\partial E}{\partial w_5} = \frac{\partial E}{\partial \text{out}_{o1}} \cdot
# \frac{\partial \text{out}_{o1}}{\partial \text{net}_{o1}} \cdot
# \frac{\partial \text{net}_{o1}}{\partial w_5}, \qquad
# \frac{\partial E}{\partial \text{out}_{o1}} = \text{out}_{o1} - t_1$$
#
# In the first link the ½ cancels the 2, and the inner derivative −1 turns $t_1 - \text{out}_{o1}$
# round. The product of the first two is the **delta** of the unit,
# $\delta_{o1} = \partial E / \partial \text{net}_{o1}$. The middle link is the slope of the
# sigmoid, $\sigma' = \text{out}\,(1 - \text{out})$.
#
# > **The slide says** $\partial\text{out}_{o1}/\partial\text{net}_{o1} = 0.337664274$. Check it:
# > compute `(sigmoid(0.7001) - sigmoid(0.6999)) / 0.0002`. The sigmoid is steepest at 0. How
# > steep is it there?

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: the deltas of the outputs
#
# Return $\delta_{o1}$ and $\delta_{o2}$ as an array of shape `(2,)`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def output_deltas(c: dict[str, float], f: dict[str, float]) -> np.ndarray:
    """Return dE/dnet_o1 and dE/dnet_o2.

    Parameters
    ----------
    c : dict of float
        The constants.
    f : dict of float
        The forward pass, as forward_222 returns it.

    Returns
    -------
    ndarray, shape (2,), float64

    Examples
    --------
    >>> output_deltas({"t1": 0.0, "t2": 1.0}, {"out_o1": 0.5, "out_o2": 0.5})
    array([ 0.125, -0.125])
    """
    # BEGIN SOLUTION
    out = np.array([f["out_o1"], f["out_o2"]])
    target = np.array([c["t1"], c["t2"]])
    return (out - target) * out * (1 - out)
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


def test_two_small_deltas(output_deltas):
    """Miss times slope, in float64: 0.8 has the slope 0.16, and 0.5 has the slope 0.25."""
    found = output_deltas({"t1": 0.3, "t2": 0.9}, {"out_o1": 0.8, "out_o2": 0.5})
    close(found, np.array([0.5 * 0.16, -0.4 * 0.25]), rtol=0, atol=1e-12)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_no_miss_no_delta(output_deltas):
    """No miss, no delta; a miss of 0.00000001 has a small one, which float32 would lose."""
    found = output_deltas({"t1": 0.2, "t2": 0.49999999}, {"out_o1": 0.2, "out_o2": 0.5})
    close(found, np.array([0.0, 0.0000000025]), rtol=1e-6, atol=1e-15)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_output_deltas_fresh(output_deltas, rng):
    """Fresh constants: each delta is the derivative of the error in that net input."""
    for _ in range(4):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        f = reference.forward_222(c)
        net = np.array([f["net_o1"], f["net_o2"]])
        target = np.array([c["t1"], c["t2"]])
        # A step along the imaginary axis gives the derivative without rounding.
        derivative = ((target - reference.sigmoid(net + 1e-20j)) ** 2 / 2).imag / 1e-20
        before = dict(c), dict(f)
        close(output_deltas(c, f), derivative)
        close((c, f), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_output_deltas_example(output_deltas, rng):
    """The example to nine digits, the slide's own pass, and other targets."""
    c = dict(reference.EXAMPLE)
    found = output_deltas(c, reference.forward_222(c))
    close(found, np.array([0.137069503, -0.065715631]), rtol=0, atol=5.1e-10)
    deck = {**reference.EXAMPLE, "w3": 0.12}
    found = output_deltas(deck, reference.forward_222(deck))
    close(found, np.array([0.137068663, -0.065729201]), rtol=0, atol=5.1e-10)
    close(found[1] * deck["w7"], -0.018404176, rtol=0, atol=5.1e-10)
    c |= {"t1": float(rng.uniform(0.7, 1)), "t2": float(rng.uniform(0, 0.6))}
    f = reference.forward_222(c)
    expected = reference.output_deltas(c, f)
    close(output_deltas(c, f), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: the deltas of the hidden units
#
# A hidden unit feeds **both** outputs, so its part in the error comes back along both edges:
#
# $$\frac{\partial E}{\partial \text{out}_{h1}} =
# \frac{\partial E_{o1}}{\partial \text{out}_{h1}} +
# \frac{\partial E_{o2}}{\partial \text{out}_{h1}} = \delta_{o1} w_5 + \delta_{o2} w_7, \qquad
# \delta_{h1} = \frac{\partial E}{\partial \text{out}_{h1}} \cdot \sigma'(\text{net}_{h1})$$
#
# For $h_2$, look up in the picture which two weights leave it. The output deltas are an argument,
# so a slip in question 3 costs nothing here.
#
# > **The slide says** $\partial E_{o2}/\partial\text{net}_{h1}$: this is its label of the second
# > term, but it prints the value of $\partial E_{o2}/\partial\text{out}_{h1}$. Check it: which of
# > the two belongs in a sum that is multiplied by $\sigma'$ afterwards?

# %% [raw]
# # BEGIN SOLUTION


# %%
def hidden_deltas(c: dict[str, float], f: dict[str, float], delta_o: np.ndarray) -> np.ndarray:
    """Return dE/dnet_h1 and dE/dnet_h2.

    Parameters
    ----------
    c : dict of float
        The constants.
    f : dict of float
        The forward pass, as forward_222 returns it.
    delta_o : ndarray, shape (2,)
        The deltas of o1 and o2.

    Returns
    -------
    ndarray, shape (2,), float64

    Examples
    --------
    >>> c = {"w5": 1.0, "w6": 0.0, "w7": 3.0, "w8": 2.0}
    >>> hidden_deltas(c, {"out_h1": 0.5, "out_h2": 0.5}, np.array([1.0, 1.0]))
    array([1. , 0.5])
    """
    # BEGIN SOLUTION
    out = np.array([f["out_h1"], f["out_h2"]])
    weights = np.array([[c["w5"], c["w7"]], [c["w6"], c["w8"]]])
    return (weights @ delta_o) * out * (1 - out)
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


def test_both_outputs_send_back(hidden_deltas):
    """Each hidden delta sums over both outputs, along the unit's own two edges."""
    c = {"w5": 1.0, "w6": 2.0, "w7": 4.0, "w8": 8.0}
    f = {"out_h1": 0.5, "out_h2": 0.5}
    close(hidden_deltas(c, f, np.array([1.0, 10.0])), np.array([41 * 0.25, 82 * 0.25]))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_own_slope(hidden_deltas):
    """The sum is multiplied once, by the slope of the hidden unit itself, in float64."""
    c = {"w5": 1.0, "w6": 1.0, "w7": 2.0, "w8": 4.0}
    f = {"out_h1": 0.5, "out_h2": 0.2}
    found = hidden_deltas(c, f, np.array([1.0, 1.0]))
    close(found, np.array([3 * 0.25, 5 * 0.16]), rtol=0, atol=1e-12)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_hidden_deltas_derivative(hidden_deltas, rng):
    """Fresh constants: each delta is the derivative of the error in that net input."""
    for _ in range(4):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        f = reference.forward_222(c)
        delta_o = reference.output_deltas(c, f)
        derivative = []
        for nudge in (np.array([1e-20j, 0]), np.array([0, 1e-20j])):
            h = reference.sigmoid(np.array([f["net_h1"], f["net_h2"]]) + nudge)
            weights = np.array([[c["w5"], c["w6"]], [c["w7"], c["w8"]]])
            miss = np.array([c["t1"], c["t2"]]) - reference.sigmoid(weights @ h + c["b2"])
            derivative.append((miss**2).sum().imag / 2e-20)
        before = dict(c), dict(f), delta_o.copy()
        close(hidden_deltas(c, f, delta_o), np.array(derivative))
        for now, kept in zip((c, f, delta_o), before, strict=True):
            close(now, kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_hidden_deltas_example(hidden_deltas, rng):
    """The example to nine digits, the slide's own pass, and any deltas coming back."""
    c = dict(reference.EXAMPLE)
    f = reference.forward_222(c)
    delta_o = reference.output_deltas(c, f)
    found = hidden_deltas(c, f, delta_o)
    close(found, np.array([0.003435805, 0.007293992]), rtol=0, atol=5.1e-10)
    deck = {**c, "w3": 0.12}
    f = reference.forward_222(deck)
    found = hidden_deltas(deck, f, np.array([1 / deck["w5"], 0.0]))
    close(found[0], 0.237012513, rtol=0, atol=5.1e-10)
    for _ in range(3):
        delta_o = rng.normal(size=2)
        expected = reference.hidden_deltas(deck, f, delta_o)
        close(hidden_deltas(deck, f, delta_o), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: the gradient
#
# The last link is short: $\partial\text{net}_{o1}/\partial w_5 = \text{out}_{h1}$. So the slope
# for a weight is the delta at the **end** of its edge times what comes in at the **start**:
#
# $$\frac{\partial E}{\partial w_5} = \delta_{o1}\,\text{out}_{h1}, \qquad
# \frac{\partial E}{\partial w_1} = \delta_{h1}\,i_1$$
#
# A bias is a weight on the constant 1. Ask how many units each bias enters.

# %% [raw]
# # BEGIN SOLUTION


# %%
def weight_grads(
    c: dict[str, float], f: dict[str, float], delta_o: np.ndarray, delta_h: np.ndarray
) -> np.ndarray:
    """Return dE/dw1 ... dE/dw8, in this order.

    Parameters
    ----------
    c : dict of float
        The constants.
    f : dict of float
        The forward pass, as forward_222 returns it.
    delta_o, delta_h : ndarray, shape (2,)
        The deltas of o1 and o2, and of h1 and h2.

    Returns
    -------
    ndarray, shape (8,), float64

    Examples
    --------
    >>> f = {"out_h1": 0.5, "out_h2": 0.25}
    >>> weight_grads({"i1": 1.0, "i2": 2.0}, f, np.array([4.0, 8.0]), np.array([1.0, 3.0]))
    array([1., 2., 3., 6., 2., 1., 4., 2.])
    """
    # BEGIN SOLUTION
    inputs = np.array([c["i1"], c["i2"]])
    hidden = np.array([f["out_h1"], f["out_h2"]])
    return np.concatenate([np.outer(delta_h, inputs).ravel(), np.outer(delta_o, hidden).ravel()])
    # END SOLUTION


def bias_grads(delta_o: np.ndarray, delta_h: np.ndarray) -> np.ndarray:
    """Return dE/db1 and dE/db2, of the two shared biases.

    Parameters
    ----------
    delta_o, delta_h : ndarray, shape (2,)
        The deltas of o1 and o2, and of h1 and h2.

    Returns
    -------
    ndarray, shape (2,), float64

    Examples
    --------
    >>> bias_grads(np.array([4.0, 8.0]), np.array([1.0, 3.0]))
    array([ 4., 12.])
    """
    # BEGIN SOLUTION
    return np.array([np.sum(delta_h), np.sum(delta_o)])
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


def test_end_times_start(weight_grads):
    """The slope is the delta at the edge's end times the value at its start, with all digits."""
    c = {"i1": 0.1, "i2": 10.0}
    f = {"net_h1": 0.0, "net_h2": 0.0, "out_h1": 0.5, "out_h2": 0.25}
    found = weight_grads(c, f, np.array([100.0, 200.0]), np.array([3.0, 7.0]))
    right = np.array([0.3, 30.0, 0.7, 70.0, 50.0, 25.0, 100.0, 50.0])
    close(found, right, rtol=0, atol=1e-12)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_shared_biases(bias_grads):
    """b1 comes first; a shared bias collects from every unit that it enters."""
    found = bias_grads(np.array([10.0, 20.0]), np.array([0.1, 0.2]))
    close(found, np.array([0.3, 30.0]), rtol=0, atol=1e-12)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_weight_grads_derivative(weight_grads, rng):
    """Fresh constants: each entry is the derivative of the error in that weight."""
    for _ in range(3):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        f = reference.forward_222(c)
        delta_o = reference.output_deltas(c, f)
        delta_h = reference.hidden_deltas(c, f, delta_o)
        derivative = np.zeros(8)
        for k in range(8):
            nudged = {**c, f"w{k + 1}": c[f"w{k + 1}"] + 1e-20j}
            total = reference.errors(nudged, reference.forward_222(nudged))[2]
            derivative[k] = total.imag / 1e-20
        before = dict(c), dict(f), delta_o.copy(), delta_h.copy()
        close(weight_grads(c, f, delta_o, delta_h), derivative)
        for now, kept in zip((c, f, delta_o, delta_h), before, strict=True):
            close(now, kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_bias_grads_derivative(bias_grads, rng):
    """Fresh constants: each entry is the derivative of the error in that shared bias."""
    for _ in range(3):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        f = reference.forward_222(c)
        delta_o = reference.output_deltas(c, f)
        delta_h = reference.hidden_deltas(c, f, delta_o)
        derivative = []
        for name in ("b1", "b2"):
            nudged = {**c, name: c[name] + 1e-20j}
            total = reference.errors(nudged, reference.forward_222(nudged))[2]
            derivative.append(total.imag / 1e-20)
        before = delta_o.copy(), delta_h.copy()
        close(bias_grads(delta_o, delta_h), np.array(derivative))
        close((delta_o, delta_h), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_grads_example(weight_grads, bias_grads, rng):
    """The example to nine digits, the slide's own pass, and any deltas."""
    weights = [0.000343581, 0.001717903, 0.000729399, 0.003646996]
    weights += [0.084155556, 0.083895423, -0.040346943, -0.040222227]
    deck_weights = [0.000343486, 0.001717429, 0.000729980, 0.003649899]
    deck_weights += [0.084155041, 0.083764668, -0.040355275, -0.040168078]
    for w3, right, biases in (
        (0.16, weights, [0.010729797, 0.071353873]),
        (0.12, deck_weights, [0.010734654, 0.071339462]),
    ):
        c = {**reference.EXAMPLE, "w3": w3}
        f = reference.forward_222(c)
        delta_o = reference.output_deltas(c, f)
        delta_h = reference.hidden_deltas(c, f, delta_o)
        close(weight_grads(c, f, delta_o, delta_h), np.array(right), rtol=0, atol=5.1e-10)
        close(bias_grads(delta_o, delta_h), np.array(biases), rtol=0, atol=5.1e-10)
    delta_o, delta_h = rng.normal(size=2), rng.normal(size=2)
    by_weight = reference.weight_grads(c, f, delta_o, delta_h)
    by_bias = reference.bias_grads(delta_o, delta_h)
    close(weight_grads(c, f, delta_o, delta_h), by_weight)
    close(bias_grads(delta_o, delta_h), by_bias)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The next cell puts your functions in a row and draws both sweeps: values going right, slopes
# coming back. A red edge means that a larger weight makes the error larger, a blue one smaller;
# the thicker, the faster, compared within its own layer.


# %%
def shaped(name, found, size):
    """Return found; refuse all but `size` numbers (wrong shapes would grow from step to step)."""
    if np.shape(found) != (size,):
        what = "None" if found is None else f"shape {np.shape(found)}"
        raise ValueError(f"{name} returns {what}: make it return {size} numbers, shape ({size},)")
    return found


def gradients(c):
    """Return dE/dw, shape (8,), and dE/db, shape (2,), by your four functions."""
    f = forward_222(c)
    delta_o = shaped("output_deltas (question 3)", output_deltas(c, f), 2)
    delta_h = shaped("hidden_deltas (question 4)", hidden_deltas(c, f, delta_o), 2)
    by_weight = shaped("weight_grads (question 5)", weight_grads(c, f, delta_o, delta_h), 8)
    return by_weight, shaped("bias_grads (question 5)", bias_grads(delta_o, delta_h), 2)


@picture("q2", "q3", "q4", "q5")
def both_sweeps():
    """Draw the network with its values and its gradient."""
    c = dict(EXAMPLE)
    f = forward_222(c)
    delta_o = output_deltas(c, f)
    delta_h = hidden_deltas(c, f, delta_o)
    by_weight, by_bias = gradients(c)
    inside = {n: f"{n}\n{c[n]:g}" for n in ("i1", "i2")}
    inside |= {n: f"{n}\n{f['out_' + n]:.4f}" for n in ("h1", "h2", "o1", "o2")}
    beside = {"h1": rf"$\delta$ = {delta_h[0]:.4f}", "h2": rf"$\delta$ = {delta_h[1]:.4f}"}
    beside |= {"o1": rf"$\delta$ = {delta_o[0]:.4f}", "o2": rf"$\delta$ = {delta_o[1]:.4f}"}
    slopes = {name: f"{by_weight[k]:+.5f}" for k, name in enumerate(EDGES)}
    largest = np.repeat(np.abs(np.reshape(by_weight, (2, 4))).max(axis=1), 4)
    strength = {name: by_weight[k] / largest[k] for k, name in enumerate(EDGES)}
    _, axes = plt.subplots(figsize=(8, 4.6))
    title = "In the nodes: outputs. On the edges: dE/dw (widths: each layer on its own scale)"
    draw_network(axes, title, inside, beside, slopes, strength)
    biases = f"shared biases:   dE/db1 = {by_bias[0]:+.5f}   dE/db2 = {by_bias[1]:+.5f}"
    axes.text(1, -0.5, biases, ha="center", va="top", fontsize=9)
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: one step
#
# Gradient descent moves every weight a little against its slope:
#
# $$w_k^{+} = w_k - \eta\,\frac{\partial E}{\partial w_k}, \qquad k = 1, \dots, 8$$
#
# All slopes belong to the **old** weights. The deck leaves the biases alone; with `biases=True`
# you move $b_1$ and $b_2$ by the same rule. **Change no argument**: return a new dictionary.

# %% [raw]
# # BEGIN SOLUTION


# %%
def step(
    c: dict[str, float], eta: float, gradients: Callable = gradients, biases: bool = False
) -> dict[str, float]:
    """Return the constants after one step of gradient descent; c itself stays as it is.

    Parameters
    ----------
    c : dict of float
        The constants.
    eta : float
        The learning rate to use (c["eta"] is not looked at).
    gradients : callable
        gradients(c) returns the slopes of the weights, shape (8,), and of the biases, shape (2,).
    biases : bool
        Whether b1 and b2 move too.

    Returns
    -------
    dict of float
        A new dictionary with all the keys of c.

    Examples
    --------
    >>> slopes = lambda c: (np.ones(8), np.ones(2))
    >>> new = step(EXAMPLE, 0.25, slopes)
    >>> round(float(new["w7"]), 9), new["b1"]
    (0.03, 0.4)
    """
    # BEGIN SOLUTION
    by_weight, by_bias = gradients(c)
    new = dict(c)
    for k in range(8):
        new[f"w{k + 1}"] = c[f"w{k + 1}"] - eta * by_weight[k]
    if biases:
        new["b1"], new["b2"] = c["b1"] - eta * by_bias[0], c["b2"] - eta * by_bias[1]
    return new
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


def test_weights_go_down_the_slope(step, EXAMPLE):
    """Each weight loses eta times its own slope; everything else stays as it was."""
    slopes = np.array([1.0, 2.0, 3.0, 4.0, -1.0, -2.0, -3.0, -4.0])
    right = {**EXAMPLE, "w1": -0.06, "w2": -0.08, "w3": -0.14, "w4": -0.32}
    right |= {"w5": 0.34, "w6": 0.52, "w7": 0.58, "w8": 0.6}
    close(step(dict(EXAMPLE), 0.1, lambda c: (slopes, np.array([5.0, 6.0]))), right)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_biases_on_request(step, EXAMPLE):
    """With biases=True, b1 and b2 go down their slopes too."""
    new = step(dict(EXAMPLE), 0.1, lambda c: (np.zeros(8), np.array([1.0, -2.0])), biases=True)
    close(new, {**EXAMPLE, "b1": 0.3, "b2": 0.56})


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_weights_step_fresh(step, rng):
    """Fresh constants and rates, weights only; c is left alone."""
    for eta in (0.05, 0.5, float(rng.uniform(1, 3))):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        by_weight = reference.gradients(c)[0]
        expected = {**c, **{f"w{k + 1}": c[f"w{k + 1}"] - eta * by_weight[k] for k in range(8)}}
        before = dict(c)
        close(step(c, eta, reference.gradients), expected)
        close(c, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_biases_step_fresh(step, rng):
    """Fresh constants and rates, biases too; c is left alone."""
    for eta in (0.05, 0.5, float(rng.uniform(1, 3))):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        by_weight, by_bias = reference.gradients(c)
        expected = {**c, **{f"w{k + 1}": c[f"w{k + 1}"] - eta * by_weight[k] for k in range(8)}}
        expected |= {"b1": c["b1"] - eta * by_bias[0], "b2": c["b2"] - eta * by_bias[1]}
        before = dict(c)
        close(step(c, eta, reference.gradients, biases=True), expected)
        close(c, before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_step_example(step, rng):
    """The example to nine digits, the digits where the slide is right, another rate."""
    c = dict(reference.EXAMPLE)
    right = {
        "w1": 0.039828210,
        "w2": 0.119141049,
        "w3": 0.159635300,
        "w4": 0.078176502,
        "w5": 0.197922222,
        "w6": 0.278052288,
        "w7": 0.300173472,
        "w8": 0.220111113,
    }
    close(step(c, 0.5, reference.gradients), {**c, **right}, rtol=0, atol=5.1e-10)
    # The slide takes its slopes at w3 = .12 and steps from w3 = .16.
    new = step(c, 0.5, lambda now: reference.gradients({**now, "w3": 0.12}))
    printed = {"w3": 0.159635010, "w4": 0.078175051, "w7": 0.300177638}
    for name in printed:
        close(new[name], printed[name], rtol=0, atol=5.1e-10)
    right |= {"b1": 0.394635101, "b2": 0.324323064}
    new = step(c, 0.5, reference.gradients, biases=True)
    close(new, {**c, **right}, rtol=0, atol=5.1e-10)
    eta = float(rng.uniform(1, 3))
    expected = reference.step(c, eta, reference.gradients)
    close(step(c, eta, reference.gradients), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## The audit
#
# Now the slide. The next cell holds every number that it prints, and `slide_lines`, which redoes
# the slide line by line with your functions:
#
# * `slide_lines(EXAMPLE)` starts from the constants alone: the *correct* numbers.
# * `slide_lines(EXAMPLE, PRINTED)` takes the printed numbers above a line as they stand and redoes
#   only that line: what *follows* on the slide.
#
# Two lines are named by where they stand: "dE/dw1 (in w1+)" is this slope as the slide writes it
# again while it updates $w_1$, and "dE_o2/dnet_h1 (in the sum)" is the term of question 4's box.

# %%
# Every number printed on the slide.
SLIDE_NUMBERS_CSV = """\
quantity,printed
net_h1,0.464
out_h1,0.613962657
out_h2,0.611114647
net_o1,0.702907725
out_o1,0.668832137
out_o2,0.657941101
E_o1,0.191476607
E_o2,0.042649200
E_total,0.234125807
dE/dout_o1,0.618832137
dout_o1/dnet_o1,0.337664274
dE/dnet_o1,0.208957504
dE/dw5,0.128292105
dE_o1/dout_h1,0.050149801
dE_o2/dout_h1,-0.018404176
dE_o2/dnet_h1 (in the sum),-0.018404176
dE/dout_h1,0.031745625
dout_h1/dnet_h1,0.237012513
dE/dw1,0.000752411
dE/dw1 (in w1+),0.0000752411
w1+,0.039623795
w2+,0.118118973
w3+,0.159635010
w4+,0.078175051
w5+,0.858539475
w6+,0.238117666
w7+,0.300177638
w8+,0.300084039
"""
rows = [line.split(",") for line in SLIDE_NUMBERS_CSV.splitlines()[1:]]
PRINTED = {quantity: float(printed) for quantity, printed in rows}
HALF_DIGIT = 5.1e-10  # half of the ninth decimal, and a little for the float behind it


def slide_lines(c, taken=None):
    """Return what every line of the slide gives; lines below use a number in `taken` as it is."""
    c, lines = dict(c), {}

    def line(name, value):
        lines[name] = float(value)
        return lines[name] if taken is None else taken[name]

    f = forward_222(c)
    line("net_h1", f["net_h1"])
    h1, h2 = line("out_h1", f["out_h1"]), line("out_h2", f["out_h2"])
    net_o1 = line("net_o1", c["w5"] * h1 + c["w6"] * h2 + c["b2"])
    o1 = line("out_o1", sigmoid(net_o1))
    o2 = line("out_o2", sigmoid(c["w7"] * h1 + c["w8"] * h2 + c["b2"]))
    f = {"out_h1": h1, "out_h2": h2, "out_o1": o1, "out_o2": o2}
    e1, e2, _ = errors(c, f)
    line("E_total", line("E_o1", e1) + line("E_o2", e2))
    # The slide writes the path through o1 link by link, so each link is a line.
    delta_o = output_deltas(c, f)
    miss = line("dE/dout_o1", o1 - c["t1"])
    slope_o1 = line("dout_o1/dnet_o1", delta_o[0] / (o1 - c["t1"]))
    along_o1 = line("dE_o1/dout_h1", line("dE/dnet_o1", miss * slope_o1) * c["w5"])
    along_o2 = line("dE_o2/dout_h1", delta_o[1] * c["w7"])
    back = line("dE/dout_h1", along_o1 + along_o2)
    slope_h1 = line("dout_h1/dnet_h1", h1 * (1 - h1))
    line("dE_o2/dnet_h1 (in the sum)", along_o2 * slope_h1)
    # The other updates appear without their links: they come from the outputs directly.
    by_weight = np.array(weight_grads(c, f, delta_o, hidden_deltas(c, f, delta_o)))
    by_weight[4] = line("dE/dw5", miss * slope_o1 * h1)
    by_weight[0] = line("dE/dw1", back * slope_h1 * c["i1"])
    by_weight[1] = by_weight[0] * c["i2"] / c["i1"]
    line("dE/dw1 (in w1+)", by_weight[0])
    new = step(c, c["eta"], lambda _: (by_weight, np.zeros(2)))
    for k in range(1, 9):
        line(f"w{k}+", new[f"w{k}"])
    return {name: lines[name] for name in PRINTED}


@picture("q2", "q3", "q4", "q5", "q6")
def side_by_side():
    """Print the slide's numbers, the correct ones and those that follow on the slide."""
    correct, follows = slide_lines(EXAMPLE), slide_lines(EXAMPLE, PRINTED)
    print(f"{'quantity':28}{'printed':>13}{'correct':>13}{'follows':>13}")
    for name in PRINTED:
        decimals = 10 if name == "dE/dw1 (in w1+)" else 9
        print(f"{name:28}{PRINTED[name]:13.{decimals}f}{correct[name]:13.9f}{follows[name]:13.9f}")


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: find the slips, and repeat them
#
# A printed number is **right** when it agrees with the correct one, whether or not it follows on
# the slide. Of the wrong ones, a number that agrees with what follows on the slide is
# **inherited**: someone calculated well with bad input. The others are the **slips**. Two numbers
# agree when they differ by at most `HALF_DIGIT`.
# Don't widen the tolerance: $w_3^{+}$ is wrong by only 0.00000029.
#
# A slip is understood once you can repeat it. `repeat_slips` makes the seven slips on purpose, for
# any constants: every number of the slide now comes from the arguments, except the 0.15 of `w5+`.
#
# * `out_h2`: one weight is the wrong one.
# * `dout_o1/dnet_o1`: a minus stands where a product belongs.
# * `dE_o2/dnet_h1 (in the sum)`: the box of question 4 says which value is printed.
# * `dE/dw1 (in w1+)`: the decimal point slipped one place. The slide prints this slope twice:
#   compare, to see which way.
# * `w5+`: the slide's line is $0.15 - 0.5 \cdot 0.128292105 = 0.858539475$. Here 0.5 is $\eta$, and
#   0.128292105 is the slope of $w_5$; 0.15 is the slide's own start, whatever the constants. The
#   point of the result slipped too: work out the line, to see which way.
# * `w6+` and `w8+`: both updates start from the same wrong weight. Undo one of them: which weight
#   has the value that it started from?

# %% [raw]
# # BEGIN SOLUTION


# %%
def find_slide_errors(
    printed: dict[str, float], correct: dict[str, float], follows: dict[str, float]
) -> tuple[set[str], set[str]]:
    """Return the names of the slips and the names of the inherited numbers.

    Parameters
    ----------
    printed : dict of float
        The printed numbers by name.
    correct, follows : dict of float
        For each of these names (and maybe for more) the correct number, and the number that
        follows from the printed ones above it.

    Returns
    -------
    slips, inherited : set of str
        Both leave out the names whose printed number is right, wherever it came from.

    Examples
    --------
    >>> find_slide_errors({"a": 3.0, "b": 6.0}, {"a": 2.0, "b": 4.0}, {"a": 2.0, "b": 6.0})
    ({'a'}, {'b'})
    """
    # BEGIN SOLUTION
    wrong = {name for name in printed if abs(printed[name] - correct[name]) > HALF_DIGIT}
    slips = {name for name in wrong if abs(printed[name] - follows[name]) > HALF_DIGIT}
    return slips, wrong - slips
    # END SOLUTION


def repeat_slips(
    c: dict[str, float], f: dict[str, float], delta_o: np.ndarray, slopes: np.ndarray
) -> dict[str, float]:
    """Return what the slide's seven slips give with these constants.

    Parameters
    ----------
    c : dict of float
        The constants.
    f : dict of float
        The forward pass, as forward_222 returns it.
    delta_o : ndarray, shape (2,)
        The deltas of o1 and o2.
    slopes : ndarray, shape (8,)
        The slopes dE/dw1 ... dE/dw8 that the updates use.

    Returns
    -------
    dict of float
        The wrong numbers under their names in PRINTED: "out_h2", "dout_o1/dnet_o1",
        "dE_o2/dnet_h1 (in the sum)", "dE/dw1 (in w1+)", "w5+", "w6+", "w8+".
    """
    # BEGIN SOLUTION
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": (0.15 - c["eta"] * slopes[4]) * 10,
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }
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


def test_three_kinds(find_slide_errors):
    """Here "a" is right, "b" a slip, "c" follows from "b"; "d" is right, but does not follow."""
    printed = {"a": 0.25, "b": 0.75, "c": 0.375, "d": 0.125}
    correct = {"a": 0.25, "b": 0.5, "c": 0.25, "d": 0.125, "not printed": 1.0}
    follows = {"a": 0.25, "b": 0.5, "c": 0.375, "d": 0.5, "not printed": 1.0}
    found = find_slide_errors(printed, correct, follows)
    assert isinstance(found, tuple | list), f"expected two sets, got {type(found).__name__}"
    expected = {"slips": {"b"}, "inherited": {"c"}}
    for (what, right), got in zip(expected.items(), found, strict=True):
        assert isinstance(got, set), f"{what}: expected a set, got {type(got).__name__}"
        message = f"{what}: missing {right - got or 'none'}, too many {got - right or 'none'}"
        assert got == right, message


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_half_of_the_last_digit(find_slide_errors):
    """A difference of at most HALF_DIGIT is rounding; 0.0000000006 is more."""
    printed = {"rounded": 0.123456789, "wrong": 0.987654321, "edge": 0.0, "inherited": 0.0}
    correct = {"rounded": 0.1234567894, "wrong": 0.9876543216, "edge": 5.1e-10, "inherited": 1.0}
    follows = {**correct, "inherited": 5.1e-10}
    found = find_slide_errors(printed, correct, follows)
    assert isinstance(found, tuple | list), f"expected two sets, got {type(found).__name__}"
    expected = {"slips": {"wrong"}, "inherited": {"inherited"}}
    for (what, right), got in zip(expected.items(), found, strict=True):
        assert isinstance(got, set), f"{what}: expected a set, got {type(got).__name__}"
        message = f"{what}: missing {right - got or 'none'}, too many {got - right or 'none'}"
        assert got == right, message


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_digits_of_the_slide(repeat_slips, EXAMPLE, PRINTED):
    """With the slide's numbers your seven slips give the seven printed numbers."""
    f = {f"out_{n}": PRINTED[f"out_{n}"] for n in ("h1", "h2", "o1", "o2")}
    f |= {f"net_{n[4:]}": np.log(f[n] / (1 - f[n])) for n in f}
    delta_o = np.array([0.208957504, PRINTED["dE_o2/dout_h1"] / EXAMPLE["w7"]])
    slopes = np.array([0.000752411, 0.003762055, 0.00072998, 0.003649899])
    slopes = np.concatenate([slopes, [0.128292105, 0.083764668, -0.040355275, -0.040168078]])
    found, wrong = repeat_slips(dict(EXAMPLE), f, delta_o, slopes), []
    names = ["out_h2", "dout_o1/dnet_o1", "dE_o2/dnet_h1 (in the sum)", "dE/dw1 (in w1+)"]
    assert isinstance(found, dict), f"expected a dict, got {type(found).__name__}"
    close(dict.fromkeys(found, 0), dict.fromkeys([*names, "w5+", "w6+", "w8+"], 0))
    for name in found:
        try:
            close(found[name], PRINTED[name], rtol=0, atol=1e-9)
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert not wrong, "; ".join(wrong)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_slips_with_other_constants(repeat_slips, EXAMPLE):
    """With other constants the same slips give other numbers."""
    c = {**EXAMPLE, "i1": 0.3, "i2": 1.0, "w2": 2.0, "w4": -1.0}
    c |= {"w5": 0.7, "w6": 0.9, "w7": 0.5, "w8": 0.1, "eta": 0.25}
    f = {"net_h1": 0.0, "out_h1": 0.5, "net_h2": 0.0, "out_h2": 0.5}
    f |= {"net_o1": np.log(3), "out_o1": 0.75, "net_o2": 0.0, "out_o2": 0.5}
    slopes = np.array([0.5, 9.0, 9.0, 9.0, 0.2, 0.4, 9.0, -0.8])
    right = {"out_h2": 0.5, "dout_o1/dnet_o1": 0.5, "dE_o2/dnet_h1 (in the sum)": 1.0}
    right |= {"dE/dw1 (in w1+)": 0.05, "w5+": 1.0, "w6+": 0.4, "w8+": 0.7}
    found, wrong = repeat_slips(c, f, np.array([1.0, 2.0]), slopes), []
    assert isinstance(found, dict), f"expected a dict, got {type(found).__name__}"
    close(dict.fromkeys(found, 0), dict.fromkeys(right, 0))
    for name in right:
        try:
            close(found[name], right[name])
        except AssertionError as error:
            wrong.append(f"{name}: {error}")
    assert not wrong, "; ".join(wrong)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_find_fresh(find_slide_errors, rng):
    """Fresh tables: large and small misses, both signs, right numbers below wrong ones."""
    for _ in range(3):
        correct = {f"line {k}": float(v) for k, v in enumerate(rng.uniform(-9, 9, 12))}
        follows, printed = dict(correct), dict(correct)
        slips, inherited = set(), set()
        for k, miss in enumerate((4e-10, -4e-10, 6e-10, -6e-10, 2.9e-7, -9.5e-4, 0.4)):
            printed[f"line {k}"] += miss
            if k > 1:
                slips.add(f"line {k}")
        for k, miss in ((7, 1e-8), (8, -0.03), (9, -3e-9)):
            printed[f"line {k}"] += miss
            follows[f"line {k}"] = printed[f"line {k}"] + float(rng.uniform(-4e-10, 4e-10))
            inherited.add(f"line {k}")
        follows["line 10"] += 0.01  # two errors cancelled: the printed number is right
        correct["not printed"] = follows["not printed"] = 1.0
        order = [list(printed)[i] for i in rng.permutation(12)]
        printed = {name: printed[name] for name in order}
        before = dict(printed), dict(correct), dict(follows)
        close(find_slide_errors(printed, correct, follows), (slips, inherited))
        close((printed, correct, follows), before, rtol=0, atol=0)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_find_on_the_slide(find_slide_errors, rng):
    """The slide's table, and the same table with other slips in it."""
    correct = reference.slide_lines(reference.EXAMPLE)
    follows = reference.slide_lines(reference.EXAMPLE, reference.PRINTED)
    slips = {"w5+", "w6+", "w8+", "out_h2", "dout_o1/dnet_o1", "dE/dw1 (in w1+)"}
    slips |= {"dE_o2/dnet_h1 (in the sum)"}
    right = {"net_h1", "out_h1", "dout_h1/dnet_h1"}
    inherited = set(reference.PRINTED) - slips - right
    found = find_slide_errors(dict(reference.PRINTED), correct, follows)
    close(found, (slips, inherited))
    c = dict(zip(reference.EXAMPLE, rng.uniform(0.1, 0.9, 15).tolist(), strict=True))
    correct = reference.slide_lines(c)
    printed = {name: round(correct[name], 9) for name in correct}
    printed["E_o2"] = round(printed["E_o2"] + 2e-9, 9)
    printed["w3+"] = round(printed["w3+"] - 3e-7, 9)
    printed["E_total"] = round(printed["E_o1"] + printed["E_o2"], 9)
    follows = {**correct, "E_total": printed["E_o1"] + printed["E_o2"]}
    off = abs(printed["E_total"] - correct["E_total"]) > reference.HALF_DIGIT
    expected = ({"E_o2", "w3+"}, {"E_total"} if off else set())
    close(find_slide_errors(printed, correct, follows), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_repeat_fresh(repeat_slips, rng):
    """The seven slips with fresh constants."""
    for _ in range(3):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        f = reference.forward_222(c)
        delta_o, slopes = rng.normal(size=2), rng.normal(size=8)
        expected = reference.repeat_slips(c, f, delta_o, slopes)
        before = dict(c), dict(f), delta_o.copy(), slopes.copy()
        close(repeat_slips(c, f, delta_o, slopes), expected)
        for now, kept in zip((c, f, delta_o, slopes), before, strict=True):
            close(now, kept)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_every_printed_number(repeat_slips, rng):
    """Every printed number comes out again, the wrong ones from their slips."""
    c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
    fresh = c, reference.forward_222(c), rng.normal(size=2), rng.normal(size=8)
    expected = reference.repeat_slips(*fresh)
    close(repeat_slips(*fresh), expected)
    printed, example = reference.PRINTED, reference.EXAMPLE
    deck = {**example, "w3": 0.12}
    f = reference.forward_222(deck)
    slopes = reference.gradients(deck)[0]
    slopes[0], slopes[4] = printed["dE/dw1"], printed["dE/dw5"]  # these two come from the slip
    rounded = {name: round(float(f[name]), 9) for name in f}
    found = repeat_slips(dict(example), rounded, reference.output_deltas(deck, f), slopes)
    again = {**reference.slide_lines(example, printed), **found}
    assert len(printed) == 28
    assert len(found) == 7
    for name in printed:
        close(again[name], printed[name], rtol=0, atol=5.1e-10)
    # Where the slide's arithmetic is right, the deck's forward pass alone gives the digits.
    lines = {**reference.slide_lines(deck), "w3+": example["w3"] - 0.5 * slopes[2]}
    names = ["net_h1", "out_h1", "out_h2", "net_o1", "out_o1", "out_o2", "E_o1", "E_o2", "E_total"]
    names += ["dE/dout_o1", "dE_o2/dout_h1", "dout_h1/dnet_h1", "w3+", "w4+", "w7+"]
    for name in names:
        close(lines[name], printed[name], rtol=0, atol=5.1e-10)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q2", "q3", "q4", "q5", "q6", "q7")
def audit():
    """Draw how far each printed number is off, and to which side the printed updates miss."""
    correct, follows = slide_lines(EXAMPLE), slide_lines(EXAMPLE, PRINTED)
    slips, inherited = find_slide_errors(dict(PRINTED), correct, follows)
    kinds = {"slip": ("tab:red", slips), "inherited": ("tab:orange", inherited)}
    kinds["right"] = ("tab:green", set(PRINTED) - set(slips) - set(inherited))
    names = list(PRINTED)[::-1]
    _, (left, right) = plt.subplots(1, 2, figsize=(11, 6.5), width_ratios=(3, 2))
    for kind, (color, members) in kinds.items():
        at = [k for k, name in enumerate(names) if name in members]
        off = [max(abs(PRINTED[names[k]] - correct[names[k]]), 1e-10) for k in at]
        left.hlines(at, 1e-10, off, color=color, lw=1)
        left.scatter(off, at, color=color, label=f"{kind} ({len(at)})", zorder=2)
    left.axvline(HALF_DIGIT, color="0.5", ls="--", lw=1)
    left.set_yticks(range(len(names)), names, fontsize=8)
    note = "dashed: half the last digit; 0 is drawn at 1e-10"
    left.set(xscale="log", xlabel=f"|printed - correct|  ({note})")
    left.set(title="How far each printed number is off", xlim=(9e-11, 9))
    left.legend(loc="upper right", framealpha=1)
    for k in range(1, 9):
        off = PRINTED[f"w{k}+"] - correct[f"w{k}+"]
        color = next(color for color, members in kinds.values() if f"w{k}+" in members)
        right.hlines(k, 0, off, color=color, lw=1)
        right.scatter(off, k, color=color, zorder=2)
        right.text(off, k - 0.2, f"{off:+.2g}", ha="center", va="bottom", fontsize=9)
    right.axvline(0, color="0.5", lw=1)
    right.set_xscale("symlog", linthresh=1e-7)
    right.set_xticks([-1e-2, -1e-5, 0, 1e-5, 1e-2])
    right.set_yticks(range(1, 9), [f"w{k}+" for k in range(1, 9)])
    right.set(xlabel="printed - correct  (log scale to both sides)", xlim=(-2, 50), ylim=(8.5, 0.4))
    right.set(title="The eight updates: to which side")
    plt.tight_layout()
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q8

# %% [markdown]
# ## Question 8: the verdict
#
# One number judges the slide: does its update lower the error? `updates` holds new values for
# some of the constants: weights, biases, inputs or targets. `verdict` returns the total error with
# `c`, the total error once the updates have **replaced** their constants, and whether it fell. An
# error that stays the same has not fallen: without updates, nothing has improved.
#
# The picture then judges three updates: the eight printed weights, your eight weights (biases left
# alone, as in the deck), and your weights and biases. After changing question 2, rerun this cell.

# %% [raw]
# # BEGIN SOLUTION


# %%
def verdict(
    c: dict[str, float],
    updates: dict[str, float],
    forward: Callable = forward_222,
    errors: Callable = errors,
) -> tuple[float, float, bool]:
    """Return the total error before and after an update, and whether it fell.

    Parameters
    ----------
    c, updates : dict of float
        The constants, and new values for some of them. Neither is changed.
    forward, errors : callable
        Your functions of question 2: forward(c) returns f, and errors(c, f) three errors.

    Returns
    -------
    before, after : float
    improved : bool
        True when after is less than before.

    Examples
    --------
    >>> verdict(EXAMPLE, {})[2]  # no update, no improvement
    False
    """
    # BEGIN SOLUTION
    new = {**c, **updates}
    before = errors(c, forward(c))[2]
    after = errors(new, forward(new))[2]
    return before, after, bool(after < before)
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


def test_before_and_after(verdict):
    """Before comes first, the update replaces its constant, and only a smaller error is True."""

    def forward(c):
        return {"out": c["w1"]}

    def errors(c, f):
        return 10.0, 20.0, f["out"] ** 2

    close(verdict({"w1": 3.0}, {"w1": 2.0}, forward, errors), (9.0, 4.0, True))
    close(verdict({"w1": 3.0}, {"w1": 4.0}, forward, errors), (9.0, 16.0, False))
    close(verdict({"w1": 3.0}, {}, forward, errors), (9.0, 9.0, False))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_verdict_fresh(verdict, rng):
    """Fresh constants: steps down and up the slope, weights alone and with the biases."""
    for k in range(4):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-1, 1, 15).tolist(), strict=True))
        eta = 0.05 if k % 2 else -0.05
        new = reference.step(c, eta, reference.gradients, biases=k > 1)
        names = [f"w{j}" for j in range(1, 9)] + ["b1", "b2"][: 2 * (k > 1)]
        updates = {name: float(new[name]) for name in names}
        before = reference.errors(c, reference.forward_222(c))[2]
        after = reference.errors(new, reference.forward_222(new))[2]
        kept = dict(c), dict(updates)
        found = verdict(c, updates, reference.forward_222, reference.errors)
        close(found, (before, after, eta > 0))
        close((c, updates), kept)
        found = verdict(c, {}, reference.forward_222, reference.errors)
        close(found, (before, before, False))  # nothing changed, so nothing improved


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_verdict_on_the_slide(verdict, rng):
    """The slide's updates, the correct weights, weights and biases, and fresh updates."""
    c, given = dict(reference.EXAMPLE), (reference.forward_222, reference.errors)
    start = 0.234154994
    printed = {f"w{k}": reference.PRINTED[f"w{k}+"] for k in range(1, 9)}
    close(verdict(c, printed, *given), (start, 0.274270327, False), rtol=0, atol=5.1e-10)
    weights = reference.step(c, 0.5, reference.gradients)
    close(verdict(c, weights, *given), (start, 0.225493137, True), rtol=0, atol=5.1e-10)
    both = reference.step(c, 0.5, reference.gradients, biases=True)
    close(verdict(c, both, *given), (start, 0.222906788, True), rtol=0, atol=5.1e-10)
    both |= {name: float(rng.uniform(1, 2)) for name in ("b2", "i1", "t2")}
    after = reference.errors(both, reference.forward_222(both))[2]
    found = verdict(c, both, *given)
    close(found[:2], (start, after), rtol=0, atol=5.1e-10)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q2", "q3", "q4", "q5", "q6", "q8")
def after_one_step_and_after_many():
    """Draw the error after one step for each update, and its way over 300 more."""
    updates = {"printed weights": {f"w{k}": PRINTED[f"w{k}+"] for k in range(1, 9)}}
    updates["your weights"] = step(dict(EXAMPLE), EXAMPLE["eta"])
    updates["your weights\nand biases"] = step(dict(EXAMPLE), EXAMPLE["eta"], biases=True)
    bars, paths = {"before": float(verdict(dict(EXAMPLE), {})[0])}, {}
    for name, update in updates.items():
        bars[name] = float(verdict(dict(EXAMPLE), update)[1])
        now, paths[name] = {**EXAMPLE, **update}, [bars["before"]]
        for _ in range(300):
            paths[name].append(float(errors(now, forward_222(now))[2]))
            now = step(now, EXAMPLE["eta"], biases="biases" in name)
    colors = ["0.6", "tab:red", "tab:blue", "tab:green"]
    _, (left, right) = plt.subplots(1, 2, figsize=(11, 4))
    drawn = left.bar(list(bars), list(bars.values()), color=colors)
    left.bar_label(drawn, fmt="%.6f", label_type="center", color="white", fontsize=9)
    left.axhline(bars["before"], color="0.4", ls="--", lw=1)
    left.set(ylabel="total error", title="The error after one step")
    for (name, path), color in zip(paths.items(), colors[1:], strict=True):
        first, label = name.startswith("printed"), name.replace("\n", " ")
        label = "printed weights, then your steps" if first else label
        right.plot(path, color=color, ls="--" if first else "-", zorder=2 + first, label=label)
    right.set(yscale="log", xlabel="steps", ylabel="total error")
    right.set(title="300 more steps, all yours: red nears blue")
    right.legend()
    plt.tight_layout()
    plt.show()


# %% [markdown]
# The printed update makes the network worse. One bar says what nine decimals hide: a gradient is
# checked by what its step does to the error. The red path recovers only because its later steps
# are yours. A program with the slide's slips in it would make them again at every step.

# %% [raw]
# # BEGIN QUESTION
# name: q9

# %% [markdown]
# ## Question 9: the same step for any sizes
#
# Naming weights one by one stops being practical; matrices work for any size. Let $x$ hold $n$
# inputs, $h$ the outputs of $m$ hidden units, $o$ those of $k$ output units, and let every unit now
# have a bias of its own:
#
# $$h = \sigma(x W_1 + b_1), \qquad o = \sigma(h W_2 + b_2), \qquad
# E = \tfrac12 \sum_{j=1}^{k} (t_j - o_j)^2$$
#
# $W_1$ has the shape $(n, m)$ and $W_2$ the shape $(m, k)$: row = start of the edge, column = end.
# So $w_2$ is `W1[1, 0]`. Each delta is a vector now, and questions 3 to 6 become one line each. On
# the way back, a hidden unit collects what question 4 collects: for each edge that leaves it, the
# delta at the end times the weight. The weights of these edges are one row of $W_2$. **Change no
# argument**.

# %% [raw]
# # BEGIN SOLUTION


# %%
def matrix_step(
    W1: np.ndarray, b1: np.ndarray, W2: np.ndarray, b2: np.ndarray,
    x: np.ndarray, t: np.ndarray, eta: float,
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:  # fmt: skip
    """Return W1, b1, W2 and b2 after one step on one sample; no argument is changed.

    Parameters
    ----------
    W1, b1 : ndarray, shapes (n, m) and (m,)
        Weights and biases of the hidden units.
    W2, b2 : ndarray, shapes (m, k) and (k,)
        Weights and biases of the output units.
    x, t : ndarray, shapes (n,) and (k,)
        The inputs and the targets.
    eta : float
        The learning rate.

    Returns
    -------
    tuple of four ndarrays, shapes (n, m), (m,), (m, k) and (k,), float64

    Examples
    --------
    >>> zero = np.zeros((1, 1)), np.zeros(1), np.zeros((1, 1)), np.zeros(1)
    >>> matrix_step(*zero, x=np.array([1.0]), t=np.array([0.0]), eta=1.0)[2:]
    (array([[-0.0625]]), array([-0.125]))
    """
    # BEGIN SOLUTION
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    new_W1 = W1 - eta * np.outer(x, delta_h)
    new_W2 = W2 - eta * np.outer(h, delta_o)
    return new_W1, b1 - eta * delta_h, new_W2, b2 - eta * delta_o
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


def test_shapes_and_zero_weights(matrix_step):
    """3 inputs, 5 hidden units, 4 outputs: with zero weights only W2 and b2 move."""
    zero = np.zeros((3, 5)), np.zeros(5), np.zeros((5, 4)), np.zeros(4)
    x, t = np.array([1.0, 2.0, 3.0]), np.array([0.5, 0.0, 1.0, 0.5])
    W1, b1, W2, b2 = matrix_step(*zero, x, t, 1.0)
    close(W1, np.zeros((3, 5)))
    close(b1, np.zeros(5))
    close(W2, np.tile([0.0, -0.0625, 0.0625, 0.0], (5, 1)))
    close(b2, np.array([0.0, -0.125, 0.125, 0.0]))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_back_through_the_weights(matrix_step):
    """1 input, 1 hidden unit, 2 outputs: W1 and b1 move by what comes back along both edges."""
    W1, b1 = np.zeros((1, 1)), np.array([np.log(3)])  # so h is 0.75, and both outputs are 0.5
    W2, b2 = np.array([[2.0, -1.0]]), np.array([-1.5, 0.75])
    new = matrix_step(W1, b1, W2, b2, np.array([3.0]), np.array([1.0, 0.0]), 2.0)
    close(new[0], np.array([[0.421875]]))
    close(new[1], np.array([np.log(3) + 0.140625]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_any_size(matrix_step, rng):
    """3-5-4, 2-2-2 and other sizes: every entry moves by eta times its derivative."""
    for n, m, k in ((3, 5, 4), (2, 2, 2), (1, 4, 2), (4, 1, 3), (5, 3, 1)):
        sizes = (n, m), (m,), (m, k), (k,)
        parameters = [rng.normal(size=size) for size in sizes]
        x, t, eta = rng.normal(size=n), rng.uniform(0, 1, k), float(rng.uniform(0.1, 2))
        expected = []
        for which, array in enumerate(parameters):
            derivative = np.zeros(array.shape)
            for index in np.ndindex(array.shape):
                nudged = [one.astype(complex) for one in parameters]
                nudged[which][index] += 1e-20j
                h = 1 / (1 + np.exp(-(x @ nudged[0] + nudged[1])))
                o = 1 / (1 + np.exp(-(h @ nudged[2] + nudged[3])))
                derivative[index] = ((o - t) ** 2).sum().imag / 2e-20
            expected.append(array - eta * derivative)
        for one, right in zip(matrix_step(*parameters, x, t, eta), expected, strict=True):
            close(one, right)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_arguments_stay(matrix_step, rng):
    """No argument is changed, whole-number inputs and targets are fine."""
    arguments = [rng.normal(size=size) for size in ((3, 2), (2,), (2, 4), (4,))]
    arguments += [np.array([1, 0, 2]), np.array([0, 1, 1, 0])]
    expected = reference.matrix_step(*arguments, 0.7)
    before = [one.copy() for one in arguments]
    found = matrix_step(*arguments, 0.7)
    for now, kept in zip(arguments, before, strict=True):
        close(now, kept)
    for one, right in zip(found, expected, strict=True):
        close(one, right)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_the_same_as_by_name(matrix_step, rng):
    """On the 2-2-2 network the matrices move like the named weights, whatever the constants."""
    for k in range(3):
        c = dict(zip(reference.EXAMPLE, rng.uniform(-2, 2, 15).tolist(), strict=True))
        c = dict(reference.EXAMPLE) if k == 0 else c
        new = reference.step(c, c["eta"], reference.gradients)
        W1, W2 = np.array([[c["w1"], c["w3"]], [c["w2"], c["w4"]]]), np.zeros((2, 2))
        W2[:, 0], W2[:, 1] = (c["w5"], c["w6"]), (c["w7"], c["w8"])
        right = np.array([[new["w1"], new["w3"]], [new["w2"], new["w4"]]])
        right2 = np.array([[new["w5"], new["w7"]], [new["w6"], new["w8"]]])
        b1, b2 = np.full(2, c["b1"]), np.full(2, c["b2"])
        x, t = np.array([c["i1"], c["i2"]]), np.array([c["t1"], c["t2"]])
        found = matrix_step(W1, b1, W2, b2, x, t, c["eta"])
        close(found[0], right)
        close(found[2], right2)
    # The two moves of a shared bias add up to the moves of its copies.
    new = reference.step(c, c["eta"], reference.gradients, biases=True)
    close(float(np.sum(found[1] - b1)), new["b1"] - c["b1"])
    close(float(np.sum(found[3] - b2)), new["b2"] - c["b2"])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you can do now
#
# You can carry an error back through a network, weight by weight and with matrices of any size.
# You can tell a slip from a number that merely inherits one. And you can judge any update by the
# error after it.
#
# In the next stage, *Computational graphs and layers*, each link of the chain becomes a small
# object with a `forward` and a `backward`, and a network is a list of them.
