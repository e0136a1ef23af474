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
# # Convolution and pooling by hand
#
# Feed a picture of 28 × 28 pixels to a dense layer of 100 units, and the layer has
# (784 + 1) · 100 = 78,500 numbers to learn. It does not even know which pixels are neighbours, and
# a face one pixel further to the left is news to it. A *convolution* looks through a small window
# instead, with the same few weights everywhere: a filter of 3 × 3 has nine.
#
# Here you slide a filter by hand, find the wrong cells on the slides, run filters over a
# photograph, and build the layers of a convolutional network: convolution, pooling, flatten. The
# examples come from the second deck, *Practical deep learning in Python*.
#
# **House rules.** They hold in every question; tests check them.
#
# * Rows come first, and all counting starts at 0: cell (2, 1) is in the third row, second column.
# * No function changes its arguments. Arrays that come in may hold whole numbers where the result
#   needs fractions. Whether a result is 5 or 5.0 does not matter.
# * A later function gets an earlier one as an *argument*, with yours as the default. Call the
#   argument: tests put a function of their own there.

# %%
import time
from collections.abc import Callable

import matplotlib.pyplot as plt
import numpy as np
from sklearn.datasets import load_sample_image

BLUE, ORANGE = "#1f5f99", "#e07b39"

CONV_IMAGE_CSV = """\
0,0,0,0,0,0,0
0,1,0,0,0,1,0
0,0,0,0,0,0,0
0,0,0,1,0,0,0
0,1,0,0,0,1,0
0,0,1,1,1,0,0
0,0,0,0,0,0,0
"""
CONV_FILTER_CSV = """\
0,0,1
1,0,0
0,1,1
"""


def read_table(text):
    """Return the numbers of a table that has no header."""
    return np.array([line.split(",") for line in text.split()], dtype=int)


IMAGE, FILTER = read_table(CONV_IMAGE_CSV), read_table(CONV_FILTER_CSV)


def draw_cells(axis, numbers, title, boxes=(), room=None):
    """Draw a table of numbers; put a box round each (row, column, height, width)."""
    numbers = np.array(numbers, dtype=float)
    axis.imshow(numbers, cmap="Blues", vmin=0, vmax=2 * max(1, np.nanmax(numbers)))
    for (i, j), number in np.ndenumerate(numbers):
        axis.text(j, i, "?" if np.isnan(number) else f"{number:g}", ha="center", va="center")
    for i, j, height, width in boxes:
        corner = (j - 0.5, i - 0.5)
        box = plt.Rectangle(corner, width, height, fill=False, ec=ORANGE, lw=3, clip_on=False)
        axis.add_patch(box)
    rows, columns = numbers.shape
    axis.set(title=title, xticks=range(columns), yticks=range(rows))
    axis.set(ylim=((room or rows) - 0.5, -0.5))
    axis.tick_params(length=0, labeltop=True, labelbottom=False, colors="0.5")
    axis.spines[:].set_visible(False)


def first_rows():
    """Draw the image, the filter, and the first two rows of the map."""
    _, axes = plt.subplots(1, 3, figsize=(9, 4.2), width_ratios=[7, 3, 5], layout="constrained")
    so_far = np.full((5, 5), np.nan)
    so_far[:2] = read_table("0,1,0,0,0 0,1,1,1,0")
    draw_cells(axes[0], IMAGE, "The image, with a window", [(0, 1, 3, 3)], room=7)
    draw_cells(axes[1], FILTER, "The filter", room=7)
    draw_cells(axes[2], so_far, "The map, so far", [(0, 1, 1, 1)], room=7)
    plt.show()


first_rows()

# %% [raw]
# # BEGIN QUESTION
# name: q1
# memorizable: "The answers are fifteen cells of the deck's own map, in plain variables: no call can
#   ask for others."

# %% [markdown]
# ## Question 1: By hand
#
# The deck's face has 7 × 7 pixels. Lay the filter on a window of the image, multiply the cells that
# lie on each other, add the nine products: that is one cell of the *feature map*. Move on by one
# column, and at the end of the row by one row. The filter fits into 5 × 5 places.
#
# The window in the picture, rows 0 to 2 and columns 1 to 3, gives cell (0, 1). The filter's ones
# lie on the pixels (0, 3), (1, 1), (2, 2) and (2, 3), that is 0 + 1 + 0 + 0 = 1.
#
# Rows 0 and 1 are done. Fill in the other three, five cells each.

# %% [raw]
# # BEGIN SOLUTION

# %%
row_2 = [1, 0, 0, 2, 1]  # SOLUTION
row_3 = [1, 4, 2, 1, 0]  # SOLUTION
row_4 = [0, 0, 1, 2, 1]  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_sums(row_2, row_3, row_4):
    """Each row has five whole numbers from 0 to 4; the rows add up to 4, 8 and 4."""
    for name, row, total in [("row_2", row_2, 4), ("row_3", row_3, 8), ("row_4", row_4, 4)]:
        assert np.shape(row) == (5,), f"{name}: expected a list of five numbers, got {row!r}"
        for cell in row:
            assert cell in range(5), f"{name}: four ones in the filter can't give {cell!r}"
        found = int(sum(row))
        assert found == total, f"{name} adds up to {found}, not {total}: look at each window again"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_middle_row(row_2):
    """Row 2, with the cell in the middle of the map, has the correct values."""
    close(row_2, np.array([1, 0, 0, 2, 1]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_last_rows(row_3, row_4):
    """Rows 3 and 4 have the correct values."""
    close(row_3, np.array([1, 4, 2, 1, 0]))
    close(row_4, np.array([0, 0, 1, 2, 1]))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: Padding and stride
#
# The map is smaller than the image. *Padding* puts a border of $p$ zeros round the image first:
# with $p = 1$ the face becomes 9 × 9, and its map 7 × 7 again. The *stride* $s$ is how far the
# window moves each time. Along $n$ pixels, a filter of length $k$ finds
#
# $$m = \left\lfloor \frac{n + 2p - k}{s} \right\rfloor + 1$$
#
# places. $\lfloor\cdot\rfloor$ rounds down: a window that would stick out is left out. Write
# `conv_out`, which returns $m$, and `pad2d`. A batch of colour pictures has the shape
# $(N, C, h, w)$: $N$ pictures, $C$ channels, $h$ rows, $w$ columns. Only rows and columns get a
# border, so `pad2d` pads the *last two* axes, however many stand before them.

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv_out(n: int, k: int, stride: int = 1, pad: int = 0) -> int:
    """Return how many cells a map has in one direction.

    Parameters
    ----------
    n, k : int
        Length of the image and of the filter in this direction; the filter is not longer than
        the padded image.
    stride : int, optional
        How far the window moves each time.
    pad : int, optional
        Zeros that are added at *each* of the two ends.

    Returns
    -------
    int

    Examples
    --------
    >>> conv_out(10, 4, stride=3, pad=1)
    3
    """
    # BEGIN SOLUTION
    return (n + 2 * pad - k) // stride + 1
    # END SOLUTION


def pad2d(x: np.ndarray, p: int) -> np.ndarray:
    """Return x with a border of zeros round its last two axes.

    Parameters
    ----------
    x : ndarray, shape (..., h, w)
        A picture, or any stack of pictures.
    p : int
        Width of the border; 0 for none.

    Returns
    -------
    ndarray, shape (..., h + 2 p, w + 2 p)

    Examples
    --------
    >>> pad2d(np.array([[5, 6]]), 1)
    array([[0, 0, 0, 0],
           [0, 5, 6, 0],
           [0, 0, 0, 0]])
    """
    # BEGIN SOLUTION
    return np.pad(x, [(0, 0)] * (np.ndim(x) - 2) + [(p, p)] * 2)
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


def test_face_sizes(conv_out):
    """Sizes: 7 pixels and a filter of 3 leave 5 cells, with padding 1 they leave 7."""
    for numbers, right in [((7, 3, 1, 0), 5), ((7, 3, 1, 1), 7), ((7, 3, 2, 0), 3)]:
        found = conv_out(*numbers)
        n, k, stride, pad = numbers
        what = f"n = {n}, k = {k}, stride {stride}, pad {pad}"
        assert found == right, f"{what}: got {found!r}, not {right}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_pad_small(pad2d):
    """A picture of 1 x 2 pixels with a border of 1 is 3 x 4; two channels stay two channels."""
    one = np.array([[0, 0, 0, 0], [0, 5, 6, 0], [0, 0, 0, 0]])
    close(pad2d(np.array([[5, 6]]), 1), one)
    close(pad2d(np.array([[[5, 6]], [[7, 8]]]), 1), np.array([one, one + 2 * (one > 0)]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_sizes_fresh(conv_out, rng):
    """Sizes of many pictures, filters, strides and borders, and of a well-known first layer."""
    close(conv_out(224, 11, 4, 2), 55)
    for _ in range(12):
        k, stride, pad = (int(v) for v in rng.integers([2, 1, 0], [6, 5, 4]))
        n = k + int(rng.integers(0, 30))
        padded = np.pad(np.zeros(n), pad)
        close(conv_out(n, k, stride, pad), len(range(0, len(padded) - k + 1, stride)))
        close(conv_out(n, k), n - k + 1)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_pad_fresh(pad2d, rng):
    """Pictures that are not square, stacks of several axes, borders of 0 to 3."""
    close(np.shape(pad2d(np.ones((7, 7)), 1)), (9, 9))
    for shape, p in [((4, 7), 2), ((3, 2, 5), 1), ((2, 3, 4, 1), 3), ((2, 2), 0)]:
        x = rng.normal(size=shape) - 2
        before = x.copy()
        expected = np.zeros((*shape[:-2], shape[-2] + 2 * p, shape[-1] + 2 * p))
        expected[..., p : p + shape[-2], p : p + shape[-1]] = x
        close(pad2d(x, p), expected)
        close(x, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3

# %% [markdown]
# ## Question 3: Slide a filter
#
# What you did by hand is called *cross-correlation*. Image $I$, of shape $(h, w)$, and filter $K$,
# of shape $(k_h, k_w)$, need not be square. With a stride $s$, cell $(i, j)$ of the map $M$ is
#
# $$M_{ij} = \sum_{a=0}^{k_h - 1} \sum_{b=0}^{k_w - 1} I_{si + a,\; sj + b}\, K_{ab}$$
#
# *Convolution*, in mathematics, turns the filter by 180° first: $K_{k_h - 1 - a,\; k_w - 1 - b}$
# takes the place of $K_{ab}$. Write both, for all windows that lie inside the image. There is no
# padding in them: where some is wanted, `pad2d` comes first.

# %% [raw]
# # BEGIN SOLUTION


# %%
def cross_correlate(img: np.ndarray, k: np.ndarray, stride: int = 1) -> np.ndarray:
    """Slide a filter over an image.

    Parameters
    ----------
    img : ndarray, shape (h, w)
        The image.
    k : ndarray, shape (kh, kw)
        The filter, not larger than the image.
    stride : int, optional
        How far the window moves each time, down and to the right.

    Returns
    -------
    ndarray
        The map. Only windows that lie inside the image count.

    Examples
    --------
    >>> cross_correlate(np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 1]]))
    array([[12, 23],
           [45, 56]])
    """
    # BEGIN SOLUTION
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(0, h - kh + 1, stride), range(0, w - kw + 1, stride)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])
    # END SOLUTION


def convolve(img: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Turn the filter by 180 degrees, then slide it over the image with stride 1.

    Parameters
    ----------
    img : ndarray, shape (h, w)
    k : ndarray, shape (kh, kw)

    Returns
    -------
    ndarray, shape (h - kh + 1, w - kw + 1)

    Examples
    --------
    >>> convolve(np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 1]]))
    array([[21, 32],
           [54, 65]])
    """
    # BEGIN SOLUTION
    return cross_correlate(img, k[::-1, ::-1])
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


def test_small_map(cross_correlate):
    """A 4 x 5 image and a 2 x 3 filter: a 3 x 3 map, with stride 2 a 2 x 2 map; and fractions."""
    img = np.array([[1, 0, 2, 0, 3], [0, 4, 0, 5, 0], [6, 0, 7, 0, 8], [0, 9, 0, 1, 0]])
    k = np.array([[1, 0, 0], [0, 0, 10]])
    close(cross_correlate(img, k), np.array([[1, 50, 2], [70, 4, 80], [6, 10, 7]]))
    close(cross_correlate(img, k, 2), np.array([[1, 2], [6, 7]]))
    close(cross_correlate(img, k / 4), np.array([[1, 50, 2], [70, 4, 80], [6, 10, 7]]) / 4)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_single_pixel(convolve):
    """Convolution copies the filter to where the only bright pixel is, and does not turn it."""
    img = np.zeros((3, 5))
    img[1, 2] = 1
    close(convolve(img, np.array([[1, 2, 3], [4, 5, 6]])), np.array([[1.0, 2, 3], [4, 5, 6]]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_face(cross_correlate):
    """The face's maps: plain, padded by 1, and with stride 2."""
    img = reference.read_table(reference.CONV_IMAGE_CSV)
    k = reference.read_table(reference.CONV_FILTER_CSV)
    plain = "01000 01110 10021 14210 00121"
    padded = "1100110 0010001 1011100 1100210 0142101 1001210 0111000"
    for image, stride, digits in [
        (img, 1, plain), (np.pad(img, 1), 1, padded), (img, 2, "000 101 011"),
    ]:  # fmt: skip
        right = np.array([[int(digit) for digit in row] for row in digits.split()])
        close(cross_correlate(image, k, stride), right)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_maps_fresh(cross_correlate, rng):
    """Images and filters that are not square, strides that fit and that do not."""
    for shape, size, stride in [
        ((5, 8), (2, 3), 1), ((9, 4), (3, 2), 2), ((8, 7), (3, 3), 3), ((6, 5), (6, 5), 1),
        ((4, 9), (1, 4), 2),
    ]:  # fmt: skip
        for img, k in [
            (rng.normal(size=shape), rng.normal(size=size)),
            (rng.integers(-9, 10, size=shape), rng.integers(-9, 10, size=size)),
        ]:
            before, expected = (img.copy(), k.copy()), reference.cross_correlate(img, k, stride)
            close(cross_correlate(img, k, stride), expected)
            close((img, k), before)
            close(cross_correlate(img, k), reference.cross_correlate(img, k))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_turned(convolve, rng):
    """Convolution of the face, and of images and filters that are not square."""
    digits = "00010 11011 02000 00231 22101"
    right = np.array([[int(digit) for digit in row] for row in digits.split()])
    face = reference.read_table(reference.CONV_IMAGE_CSV)
    close(convolve(face, reference.read_table(reference.CONV_FILTER_CSV)), right)
    for shape, size in [((5, 8), (2, 3)), ((7, 4), (3, 1)), ((6, 6), (4, 4))]:
        img, k = rng.normal(size=shape), rng.normal(size=size)
        before, expected = (img.copy(), k.copy()), reference.convolve(img, k)
        close(convolve(img, k), expected)
        close((img, k), before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** "convolution" for what you did by hand. Check it: which of the two maps below
# > is yours?


# %%
@picture("q3")
def two_maps():
    plain = np.asarray(cross_correlate(IMAGE, FILTER))
    turned = np.asarray(convolve(IMAGE, FILTER))
    assert plain.shape == turned.shape == (5, 5), "both maps should have 5 x 5 cells"
    print(f"cross_correlate:\n{plain}\nconvolve:\n{turned}")


# %% [markdown]
# The first. Deep-learning libraries also cross-correlate and call it convolution. That does no
# harm: a network learns its filters, and can learn them turned.
#
# ## Filters on a photograph
#
# Your code now runs the deck's nine kernels over 128 × 128 pixels of a photograph that scikit-learn
# brings along. Some kernels add up to 1 and some to 0. What does that do to an evenly grey area?

# %%
KERNELS_CSV = """\
name,divisor,rows
identity,1,0 0 0 / 0 1 0 / 0 0 0
edge_1,1,1 0 -1 / 0 0 0 / -1 0 1
edge_2,1,0 1 0 / 1 -4 1 / 0 1 0
edge_3,1,-1 -1 -1 / -1 8 -1 / -1 -1 -1
sharpen,1,0 -1 0 / -1 5 -1 / 0 -1 0
box_blur,9,1 1 1 / 1 1 1 / 1 1 1
gaussian_3,16,1 2 1 / 2 4 2 / 1 2 1
gaussian_5,256,1 4 6 4 1 / 4 16 24 16 4 / 6 24 36 24 6 / 4 16 24 16 4 / 1 4 6 4 1
unsharp_5,-256,1 4 6 4 1 / 4 16 24 16 4 / 6 24 -476 24 6 / 4 16 24 16 4 / 1 4 6 4 1
"""
KERNELS = {}
for line in KERNELS_CSV.splitlines()[1:]:
    name, divisor, rows = line.split(",")
    KERNELS[name] = np.array([row.split() for row in rows.split("/")], dtype=float) / int(divisor)

china = load_sample_image("china.jpg")[28:284, 84:340] / 255
PHOTO = china.reshape(128, 2, 128, 2, 3).mean(axis=(1, 3))  # every 2 x 2 pixels become one
GREY = PHOTO @ [0.299, 0.587, 0.114]  # (128, 128), from 0 (black) to 1 (white)


@picture("q3")
def kernels_at_work():
    _, axes = plt.subplots(3, 3, figsize=(9, 9.6), layout="constrained")
    for axis, (name, kernel) in zip(axes.flat, KERNELS.items(), strict=True):
        new = np.asarray(cross_correlate(GREY, kernel))
        total = abs(round(kernel.sum(), 9))
        low, high = (0, 1) if total else (-0.5, 0.5)  # where edges are sought, 0 is mid-grey
        axis.imshow(new, cmap="gray", vmin=low, vmax=high)
        axis.set(title=f"{name} (sum {total:g})", xticks=[], yticks=[])
    plt.show()


# %% [markdown]
# Sum 1 keeps the brightness. Sum 0 answers 0, drawn mid-grey, wherever nothing changes: edges
# remain. But `edge_1` is blind to upright and level ones: where are the pillars? All nine are the
# same when turned by 180°: with them, convolution and cross-correlation agree.

# %% [raw]
# # BEGIN QUESTION
# name: q4

# %% [markdown]
# ## Question 4: Find the wrong cells
#
# The deck prints the face's map and the map of the padded face. Some cells are wrong. Write
# `find_bad_cells`: compare a printed map with the right one, and return the right number of each
# cell in which they differ, in a dict under its (row, column). Maps of different shapes can't
# be compared: raise `ValueError`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def find_bad_cells(printed: np.ndarray, right: np.ndarray) -> dict[tuple[int, int], float]:
    """Return which cells of a printed map are wrong, and what should be there.

    Parameters
    ----------
    printed, right : ndarray
        Maps, each with two axes.

    Returns
    -------
    dict
        The right number of each wrong cell, under its (row, column).

    Raises
    ------
    ValueError
        When the shapes differ.

    Examples
    --------
    >>> find_bad_cells(np.array([[7, 8, 9]]), np.array([[7, 8, 5]]))
    {(0, 2): 5}
    """
    # BEGIN SOLUTION
    if printed.shape != right.shape:
        raise ValueError(f"a map of {printed.shape} can't be compared with one of {right.shape}")
    return {(int(i), int(j)): right[i, j].item() for i, j in np.argwhere(printed != right)}
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


def test_two_cells(find_bad_cells):
    """Cells (0, 2) and (1, 0) of a 2 x 3 map are wrong; 3 and 4 should be there."""
    printed, right = np.array([[1, 2, 0], [0, 5, 6]]), np.array([[1, 2, 3], [4, 5, 6]])
    close(find_bad_cells(printed, right), {(0, 2): 3, (1, 0): 4})


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_other_shape(find_bad_cells):
    """A map of 1 x 3 can't be compared with one of 2 x 3; of 1 x 1, one cell is wrong."""
    close(find_bad_cells(np.array([[1]]), np.array([[2]])), {(0, 0): 2})
    with raises(ValueError):
        find_bad_cells(np.array([[1, 2, 3]]), np.array([[1, 2, 3], [1, 2, 4]]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_slides(find_bad_cells):
    """The four wrong cells of the two slides."""
    img = reference.read_table(reference.CONV_IMAGE_CSV)
    k = reference.read_table(reference.CONV_FILTER_CSV)
    printed, right = reference.PRINTED_MAP_CSV, reference.cross_correlate(img, k)
    close(find_bad_cells(reference.read_table(printed), right), {(2, 2): 0})
    printed, right = reference.PRINTED_PADDED_CSV, reference.cross_correlate(np.pad(img, 1), k)
    cells = {(3, 3): 0, (6, 1): 1, (6, 4): 0}
    close(find_bad_cells(reference.read_table(printed), right), cells)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_fresh_slips(find_bad_cells, rng):
    """Slips in fresh maps that are not square, too high and too low."""
    for shape, slips in [((3, 6), 4), ((7, 2), 1), ((4, 4), 16), ((1, 9), 3)]:
        right = rng.integers(-9, 10, size=shape)
        printed, expected = right.copy(), {}
        for place in rng.permutation(right.size)[:slips]:
            i, j = (int(v) for v in np.unravel_index(place, shape))
            printed[i, j] += rng.choice([-3, -1, 1, 2])
            expected[i, j] = right[i, j]
        before = printed.copy(), right.copy()
        close(find_bad_cells(printed, right), expected)
        close((printed, right), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_shapes_fresh(find_bad_cells, rng):
    """Different shapes raise a ValueError, also such as NumPy would stretch."""
    printed = rng.integers(0, 9, size=(4, 5))
    right = printed.copy()
    right[2, 3] += 1
    close(find_bad_cells(printed, right), {(2, 3): right[2, 3]})
    for shape in [(4, 1), (1, 5), (5, 4), (3, 5), (4, 6)]:
        with raises(ValueError):
            find_bad_cells(printed, np.zeros(shape))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slides say** what you see below. Check it.

# %%
PRINTED_MAP_CSV = """\
0,1,0,0,0
0,1,1,1,0
1,0,1,2,1
1,4,2,1,0
0,0,1,2,1
"""
PRINTED_PADDED_CSV = """\
1,1,0,0,1,1,0
0,0,1,0,0,0,1
1,0,1,1,1,0,0
1,1,0,1,2,1,0
0,1,4,2,1,0,1
1,0,0,1,2,1,0
0,0,1,1,1,0,0
"""


@picture("q2", "q3", "q4")
def slides_audited():
    _, axes = plt.subplots(1, 2, figsize=(9, 4.4), width_ratios=[5, 7], layout="constrained")
    for axis, title, text, image in [
        (axes[0], "Printed map", PRINTED_MAP_CSV, IMAGE),
        (axes[1], "Printed map of the padded face", PRINTED_PADDED_CSV, pad2d(IMAGE, 1)),
    ]:
        printed = read_table(text)
        bad = find_bad_cells(printed, np.asarray(cross_correlate(image, FILTER)))
        boxes = [(i, j, 1, 1) for i, j in bad]
        draw_cells(axis, printed, f"{title}: {len(bad)} wrong", boxes, room=7)
        print(f"{title}; there should be", {cell: int(value) for cell, value in bad.items()})
    plt.show()


# %% [markdown]
# Cell (2, 2) on the left is worth a look: its window has the nose, pixel (3, 3), in the middle,
# where the filter has a 0. The slide counts it. On the right, the last printed row is the last but
# one row of the *image*.

# %% [raw]
# # BEGIN QUESTION
# name: q5

# %% [markdown]
# ## Question 5: A convolution layer
#
# A layer makes many maps (the deck shows one with 64), each with its own filter. When the input has
# several channels, such as red, green and blue, or the maps of the layer before, each filter has a
# slice for each channel. The slices slide over their channels, and the results *add up*; then comes
# one bias for the whole map:
#
# $$Y_{no} = b_o + \sum_{c=0}^{C - 1} X_{nc} \star W_{oc}$$
#
# | symbol | meaning | shape |
# | --- | --- | --- |
# | $X$ | $N$ pictures of $C$ channels | $(N, C, h, w)$ |
# | $W$ | $O$ filters | $(O, C, k_h, k_w)$ |
# | $b$ | biases | $(O,)$ |
# | $Y$ | $O$ maps of each picture | $(N, O, m_h, m_w)$ |
# | $\star$ | cross-correlation with the layer's stride | |
#
# Write `conv_layer`. For the star, call `correlate(channel, slice, stride)`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv_layer(
    X: np.ndarray,
    W: np.ndarray,
    b: np.ndarray,
    stride: int = 1,
    correlate: Callable = cross_correlate,
) -> np.ndarray:
    """Return the maps of a convolution layer.

    Parameters
    ----------
    X : ndarray, shape (N, C, h, w)
        Pictures.
    W : ndarray, shape (O, C, kh, kw)
        Filters.
    b : ndarray, shape (O,)
        Biases.
    stride : int, optional
        Of all filters, in both directions.
    correlate : callable, optional
        Slides one slice of a filter over one channel.

    Returns
    -------
    ndarray, shape (N, O, mh, mw)

    Examples
    --------
    >>> X, W = np.ones((1, 2, 5, 4)), np.ones((3, 2, 2, 2))
    >>> conv_layer(X, W, np.zeros(3)).shape
    (1, 3, 4, 3)
    """
    # BEGIN SOLUTION
    return np.array(
        [
            [
                sum(correlate(x, k, stride) for x, k in zip(picture, kernel, strict=True)) + bias
                for kernel, bias in zip(W, b, strict=True)
            ]
            for picture in X
        ]
    )
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


def test_one_pixel_filters(conv_layer):
    """Two channels, three filters of 1 x 1, and a correlate that gives 10 times too much."""

    def correlate(image, k, stride=1):  # enough for filters of 1 x 1
        return 10 * k[0, 0] * image[::stride, ::stride]

    X = np.array([[[[1, 2, 3], [4, 5, 6]], [[10, 20, 30], [40, 50, 60]]]])
    W, b = np.array([[1, 0], [0, 1], [2, 1]]).reshape(3, 2, 1, 1), np.array([0, 100, 200])
    right = [[10, 20, 30], [40, 50, 60]], [[200, 300, 400], [500, 600, 700]]
    right = np.array([[*right, [[320, 440, 560], [680, 800, 920]]]])
    close(conv_layer(X, W, b, 1, correlate), right)
    close(conv_layer(X, W, b, 2, correlate), right[:, :, ::2, ::2])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_like_torch(conv_layer, rng):
    """Batches of one and many, one channel and several, agree with PyTorch's layer."""
    for N, C, O, shape, size, stride in [
        (2, 3, 4, (5, 6), (2, 3), 1), (1, 1, 1, (4, 4), (3, 3), 1), (3, 2, 1, (7, 4), (3, 2), 2),
        (1, 4, 2, (6, 8), (2, 2), 3),
    ]:  # fmt: skip
        X, W = rng.normal(size=(N, C, *shape)), rng.normal(size=(O, C, *size))
        b = rng.normal(size=O) + 2
        before = X.copy(), W.copy(), b.copy()
        expected = torch.nn.functional.conv2d(*map(torch.tensor, before), stride=stride).numpy()
        close(conv_layer(X, W, b, stride, reference.cross_correlate), expected)
        close((X, W, b), before)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_given_correlate(conv_layer, rng):
    """The layer uses the correlate that it is given, here one that convolves."""

    def turned(image, k, stride=1):
        return 2 * reference.cross_correlate(image, k[::-1, ::-1], stride)

    for N, C, O, stride in [(1, 2, 3, 1), (2, 1, 2, 2)]:
        X, W = rng.integers(-5, 6, size=(N, C, 4, 5)), rng.integers(-5, 6, size=(O, C, 2, 2))
        b = rng.integers(1, 9, size=O)
        expected = reference.conv_layer(X, W, b, stride, turned)
        close(conv_layer(X, W, b, stride, turned), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6

# %% [markdown]
# ## Question 6: Max pooling and flatten
#
# *Max pooling* keeps the largest number of each window: the map shrinks, the strong answers stay,
# and a shift by a pixel changes less. There is nothing to learn in it. With windows of
# `size` × `size` cells, $n$ cells in one direction become
#
# $$\left\lfloor \frac{n - \text{size}}{\text{stride}} \right\rfloor + 1
# \qquad\text{or, rounding up,}\qquad
# \left\lceil \frac{n - \text{size}}{\text{stride}} \right\rceil + 1$$
#
# Rounding up, for `ceil=True`, keeps windows that stick out at the right and the bottom; of those,
# only the cells that exist count. The stride is never larger than the window. Pool each map
# by itself: the last two axes shrink, all others stay.
#
# `flatten` makes one row of each sample, reading its maps row by row, so that a dense layer can
# take over.

# %% [raw]
# # BEGIN SOLUTION


# %%
def max_pool(x: np.ndarray, size: int = 2, stride: int = 2, ceil: bool = False) -> np.ndarray:
    """Return the largest number of each window.

    Parameters
    ----------
    x : ndarray, shape (..., h, w)
        A map, or any stack of maps.
    size, stride : int, optional
        Of the windows, in both directions; stride <= size <= h and w.
    ceil : bool, optional
        Whether windows that stick out count.

    Returns
    -------
    ndarray, shape (..., mh, mw)

    Examples
    --------
    >>> max_pool(np.array([[1, 5, 2], [3, 4, 9]]), ceil=True)
    array([[5., 9.]])
    """
    # BEGIN SOLUTION
    spare = stride - 1 if ceil else 0
    rows, cols = ((n - size + spare) // stride + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down, right = i * stride, j * stride
        window = x[..., down : down + size, right : right + size]
        out[..., i, j] = window.max(axis=(-2, -1))
    return out
    # END SOLUTION


def flatten(x: np.ndarray) -> np.ndarray:
    """Return each sample as one row of numbers.

    Parameters
    ----------
    x : ndarray, shape (N, ...)
        N samples.

    Returns
    -------
    ndarray, shape (N, d)

    Examples
    --------
    >>> flatten(np.array([[[1, 2], [3, 4]], [[5, 6], [7, 8]]]))
    array([[1, 2, 3, 4],
           [5, 6, 7, 8]])
    """
    # BEGIN SOLUTION
    return x.reshape(len(x), -1)
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


def test_both_modes(max_pool):
    """A 3 x 4 map: windows of 2 give 1 x 2 cells, with partial windows 2 x 2."""
    x = np.array([[1, 2, 0, 5], [4, 3, 6, 0], [-7, -8, 9, 1]])
    close(max_pool(x, 2, 2), np.array([[4, 6]]))
    close(max_pool(x, 2, 2, ceil=True), np.array([[4, 6], [-7, 9]]))
    close(max_pool(x, 2, 1), np.array([[4, 6, 6], [4, 9, 9]]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_two_samples(flatten):
    """Two samples of one 2 x 3 map each give two rows of six, row by row."""
    x = np.arange(12).reshape(2, 1, 2, 3)
    close(flatten(x), np.array([[0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11]]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_pool_like_torch(max_pool, rng):
    """Stacks of maps that are not square, rounded down and up, agree with PyTorch."""
    for shape, size, stride in [
        ((2, 3, 7, 4), 2, 2), ((1, 1, 8, 9), 3, 2), ((3, 2, 5, 5), 2, 1), ((1, 2, 7, 10), 4, 3),
        ((1, 1, 2, 2), 2, 2),
    ]:  # fmt: skip
        x = rng.normal(size=shape)
        before = x.copy()
        for ceil in [False, True]:
            pooled = torch.nn.functional.max_pool2d(torch.tensor(before), size, stride, 0, 1, ceil)
            close(max_pool(x, size, stride, ceil), pooled.numpy())
            close(x, before)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_pool_negative(max_pool, rng):
    """The face's map in both modes; a single map; maps that are negative everywhere."""
    text = "0,1,0,0,0 0,1,1,1,0 1,0,0,2,1 1,4,2,1,0 0,0,1,2,1"
    face = reference.read_table(text)
    close(max_pool(face), np.array([[1, 1], [4, 2]]))
    close(max_pool(face, ceil=True), np.array([[1, 1, 0], [4, 2, 1], [0, 2, 1]]))
    for shape, size, stride in [((5, 7), 2, 2), ((3, 4, 5), 3, 2)]:
        x = -rng.integers(1, 90, size=shape)
        for ceil in [False, True]:
            expected = reference.max_pool(x, size, stride, ceil)
            close(max_pool(x, size, stride, ceil), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_flatten_fresh(flatten, rng):
    """The face's pooled map, and batches of several shapes."""
    pooled = np.array([[[1, 1, 0], [4, 2, 1], [0, 2, 1]]])
    close(flatten(pooled), np.array([[1, 1, 0, 4, 2, 1, 0, 2, 1]]))
    for shape in [(3, 2, 4, 5), (1, 3, 2, 2), (4, 1, 1, 3), (2, 6)]:
        x = rng.normal(size=shape)
        before = x.copy()
        close(flatten(x), np.array([list(sample.flat) for sample in before]))
        close(x, before)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# > **The slide says** that pooling with windows of 2 and stride 2 turns its 5 × 5 map into 3 × 3.
# > Its slide on ReLU, $\max(x, 0)$, starts from a 5 × 5 block that it calls a feature map. Check
# > both.


# %%
@picture("q3", "q4", "q6")
def two_slides():
    right = np.asarray(cross_correlate(IMAGE, FILTER))
    down, up = np.asarray(max_pool(right)), np.asarray(max_pool(right, ceil=True))
    assert (down.shape, up.shape) == ((2, 2), (3, 3)), "pooling gives 2 x 2 or 3 x 3 cells"
    bad = find_bad_cells(read_table("1,1,0 4,2,1 0,2,1"), up)
    block = read_table("0,0,0,0,0 0,1,0,0,0 0,0,0,0,0 0,0,0,1,0 0,1,0,0,0")
    no_map, no_image = find_bad_cells(block, right), find_bad_cells(block, IMAGE[:5, :5])
    print(f"rounded down:\n{down}\nrounded up:\n{up}")
    print("wrong cells of the printed pooled map, if rounded up:", len(bad))
    print("cells in which the block before ReLU differs from the map:", len(no_map))
    print("cells in which it differs from the corner of the image:", len(no_image))
    print("negative cells of the map, for ReLU to set to 0:", np.sum(right < 0))


# %% [markdown]
# The pooled map is right if partial windows are kept; most libraries drop them unless told. The
# block is a corner of the image. And where image and filter are nowhere negative, no map is: ReLU
# has work to do once there are negative weights, as below: your layer and your pooling, with three
# filters. Above, 0 is mid-grey; below, where ReLU has set the negative cells to 0, it is black.


# %%
@picture("q5", "q6")
def small_network():
    names = ["red, less blue", "blue, less red", "edges"]
    blur, edges = KERNELS["gaussian_3"], KERNELS["edge_2"] / 3
    W = np.array([[blur, 0 * blur, -blur], [-blur, 0 * blur, blur], [edges, edges, edges]])
    X = PHOTO.transpose(2, 0, 1)[None]
    maps = np.asarray(conv_layer(X, W, np.zeros(3), 2))
    pooled = np.asarray(max_pool(np.maximum(maps, 0), 3, 2))
    close(np.shape(flatten(pooled)), (1, pooled.size))
    figure, axes = plt.subplots(2, 4, figsize=(11, 5.8), layout="constrained")
    axes[0, 0].imshow(PHOTO)
    axes[0, 0].set(title="input")
    axes[1, 0].axis("off")
    for column, name in enumerate(names):
        for axis, stack, what in [(axes[0], maps, "map"), (axes[1], pooled, "ReLU, pooled")]:
            low = -0.4 if what == "map" else 0
            axis[column + 1].imshow(stack[0, column], cmap="gray", vmin=low, vmax=0.4)
            axis[column + 1].set(title=f"{name}, {what}")
    for axis in axes.flat:
        axis.set(xticks=[], yticks=[])
    figure.suptitle(f"{X.shape} → {maps.shape} → {pooled.shape}, flattened: (1, {pooled.size})")
    plt.show()


# %% [raw]
# # BEGIN QUESTION
# name: q7

# %% [markdown]
# ## Question 7: Count the parameters
#
# A parameter is a weight or a bias. Write `cnn_params`, which counts them layer by layer.
#
# | layer | as a tuple |
# | --- | --- |
# | convolution with `maps` filters of k × k, each with a bias | `("conv", maps, k, stride, pad)` |
# | max pooling, k × k | `("pool", k, stride)` |
# | flatten | `("flatten",)` |
# | dense, each unit with a bias | `("dense", units)` |
#
# Follow the shape through the layers, from $(c, h, w)$ to one row of $d$ numbers, which
# `("flatten",)` makes. `size_rule(n, k, stride, pad)` says how many of $n$ cells remain, for
# pooling too (with pad 0).

# %% [raw]
# # BEGIN SOLUTION


# %%
def cnn_params(
    shape: tuple[int, int, int], layers: list[tuple], size_rule: Callable = conv_out
) -> list[int]:
    """Return how many parameters each layer of a network has.

    Parameters
    ----------
    shape : tuple of int
        Channels, rows and columns of one input.
    layers : list of tuple
        As in the table above.
    size_rule : callable, optional
        Called as size_rule(n, k, stride, pad).

    Returns
    -------
    list of int
        One number for each layer.

    Examples
    --------
    >>> cnn_params((1, 2, 2), [("flatten",), ("dense", 10)])
    [0, 50]
    """
    # BEGIN SOLUTION
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            (c, *sides), (maps, k, stride, pad) = shape, numbers
            count = maps * (c * k * k + 1)
            shape = (maps, *[size_rule(n, k, stride, pad) for n in sides])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            (d,), (units,) = shape, numbers
            count, shape = units * (d + 1), (units,)
        counts.append(count)
    return counts
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


def test_first_conv(cnn_params):
    """Sixteen filters of 3 x 3 on a grey picture have 160 parameters; a dense layer has 78,500."""

    def size_rule(n, k, stride, pad):
        return 28

    close(cnn_params((1, 28, 28), [("conv", 16, 3, 1, 1)], size_rule), [160])
    close(cnn_params((1, 28, 28), [("flatten",), ("dense", 100)], size_rule), [0, 78500])


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_shape_followed(cnn_params):
    """size_rule is called for rows and columns, of convolution and of pooling, in turn."""
    calls = []

    def size_rule(n, k, stride, pad):
        calls.append((n, k, stride, pad))
        return n - 1

    counts = cnn_params((3, 9, 8), [("conv", 2, 5, 3, 1), ("pool", 4, 2)], size_rule)
    close(counts, [152, 0])
    close(sorted(set(calls)), [(7, 4, 2, 0), (8, 4, 2, 0), (8, 5, 3, 1), (9, 5, 3, 1)])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_deck_networks(cnn_params):
    """The two networks of the deck's notebooks, digits and faces, and one with 19 layers."""

    def size_rule(n, k, stride, pad):
        return reference.conv_out(n, k, stride, pad)

    layers = [("conv", 16, 3, 1, 1), ("pool", 2, 2), ("flatten",), ("dense", 256), ("dense", 10)]
    close(cnn_params((1, 28, 28), layers, size_rule), [160, 0, 0, 803072, 2570])
    layers = [("conv", 32, 3, 1, 0), ("pool", 2, 2)] * 2
    layers += [("flatten",), ("dense", 128), ("dense", 3)]
    counts = cnn_params((3, 64, 64), layers, size_rule)
    close(counts, [896, 0, 9248, 0, 0, 802944, 387])
    layers = []
    for maps, depth in [(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)]:
        layers += [("conv", maps, 3, 1, 1)] * depth + [("pool", 2, 2)]
    layers += [("flatten",), ("dense", 4096), ("dense", 4096), ("dense", 1000)]
    counts = cnn_params((3, 224, 224), layers, size_rule)
    close(sum(counts), 143667240)


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_networks_fresh(cnn_params, rng):
    """Fresh networks on pictures that are not square, with two rules for the sizes."""

    def rounded_up(n, k, stride, pad):
        return -((k - n - 2 * pad) // stride) + 1

    for size_rule in [rounded_up, reference.conv_out, rounded_up]:
        c, maps, more, k, stride, pad, units = (int(v) for v in rng.integers(2, 6, size=7))
        shape = (c, int(rng.integers(40, 60)), int(rng.integers(60, 80)))
        layers = [("conv", maps, k, stride, pad), ("pool", 3, 2), ("conv", more, 2, 1, 0)]
        layers += [("pool", 2, 2), ("flatten",), ("dense", units), ("dense", 7)]
        expected = reference.cnn_params(shape, layers, size_rule)
        before = list(layers)
        close(cnn_params(shape, layers, size_rule), expected)
        assert layers == before, "the list of layers was changed"


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
ALEX_NET = [
    ("conv", 64, 11, 4, 2), ("pool", 3, 2), ("conv", 192, 5, 1, 2), ("pool", 3, 2),
    ("conv", 384, 3, 1, 1), ("conv", 256, 3, 1, 1), ("conv", 256, 3, 1, 1), ("pool", 3, 2),
    ("flatten",), ("dense", 4096), ("dense", 4096), ("dense", 1000),
]  # fmt: skip
VGG_19 = []
for maps, depth in [(64, 2), (128, 2), (256, 4), (512, 4), (512, 4)]:
    VGG_19 += [("conv", maps, 3, 1, 1)] * depth + [("pool", 2, 2)]
VGG_19 += ALEX_NET[-4:]


@picture("q2", "q7")
def well_known_networks():
    for name, layers in [("AlexNet", ALEX_NET), ("VGG 19", VGG_19)]:
        counts = cnn_params((3, 224, 224), layers)
        dense = [n for n, layer in zip(counts, layers, strict=True) if layer[0] == "dense"]
        print(f"{name}: {np.count_nonzero(counts)} layers with parameters, {sum(counts):,} in all")
        print(f"    the first dense layer alone: {dense[0]:,}")


# %% [markdown]
# The third deck lists the layers of both; the first layer of AlexNet, with its 64 maps of 55 × 55,
# is also the fourth deck's example. Most parameters are not in the convolutions: sharing is cheap.
#
# ## Extra: fast, and backward
#
# The last two questions bring extra points; full marks need neither.

# %% [raw]
# # BEGIN QUESTION
# name: q8
# extra: true

# %% [markdown]
# ## Question 8 (extra): One matrix product
#
# Python loops are slow, matrix products fast. Write each window of $X$ as one row of a matrix $A$,
# and a layer is $A\,V^\top + b$, where row $o$ of $V$ is filter $o$, written out in the same order.
#
# | symbol | order | shape |
# | --- | --- | --- |
# | rows of $A$ | picture by picture, then map cells row by row | $N m_h m_w$ |
# | columns of $A$ | channel by channel, then window cells row by row | $C k_h k_w$ |
# | $V$ | rows: map by map; columns: as in $A$ | $(O,\; C k_h k_w)$ |
#
# `im2col` returns $A$; `conv_fast` returns what `conv_layer` does. Any code with the right result
# is right; the cell below shows how fast yours is. Worth a look:
# `np.lib.stride_tricks.sliding_window_view`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def im2col(X: np.ndarray, kh: int, kw: int, stride: int = 1) -> np.ndarray:
    """Return every window of a batch as a row.

    Parameters
    ----------
    X : ndarray, shape (N, C, h, w)
        Pictures.
    kh, kw : int
        Rows and columns of a window.
    stride : int, optional
        How far the window moves each time.

    Returns
    -------
    ndarray, shape (N * mh * mw, C * kh * kw)

    Examples
    --------
    >>> im2col(np.array([[[[1, 2, 3], [4, 5, 6]]]]), 2, 2)
    array([[1, 2, 4, 5],
           [2, 3, 5, 6]])
    """
    # BEGIN SOLUTION
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 2, 3, 1, 4, 5)
    return windows.reshape(-1, X.shape[1] * kh * kw)
    # END SOLUTION


def conv_fast(X: np.ndarray, W: np.ndarray, b: np.ndarray, stride: int = 1) -> np.ndarray:
    """Return the maps of a convolution layer, shape (N, O, mh, mw); see conv_layer.

    Examples
    --------
    >>> X, W = np.ones((1, 2, 5, 4)), np.ones((3, 2, 2, 2))
    >>> conv_fast(X, W, np.zeros(3)).shape
    (1, 3, 4, 3)
    """
    # BEGIN SOLUTION
    (N, _, h, w), (O, _, kh, kw) = X.shape, W.shape
    Y = im2col(X, kh, kw, stride) @ W.reshape(O, -1).T + b
    rows, cols = (h - kh) // stride + 1, (w - kw) // stride + 1
    return Y.reshape(N, rows, cols, O).transpose(0, 3, 1, 2)
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


def test_windows_as_rows(im2col):
    """Two channels: each row holds a window of the first, then the same of the second."""
    X = np.array([[[[1, 2, 3], [4, 5, 6]], [[10, 20, 30], [40, 50, 60]]]])
    right = np.array([[1, 2, 4, 5, 10, 20, 40, 50], [2, 3, 5, 6, 20, 30, 50, 60]])
    close(im2col(X, 2, 2), right)
    close(im2col(X, 1, 1, 2), np.array([[1, 10], [3, 30]]))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_fast_small(conv_fast):
    """A 2 x 3 picture, two filters of 2 x 2: two maps of 1 x 2."""
    X = np.array([[[[1, 2, 3], [4, 5, 6]]]])
    W = np.array([[[[1, 0], [0, 10]]], [[[0, 1], [0, 0]]]])
    close(conv_fast(X, W, np.array([0.5, 100])), np.array([[[[51.5, 62.5]], [[102, 103]]]]))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_rows_fresh(im2col, rng):
    """Batches, channels, windows and strides of many sizes, in the right order."""
    for shape, kh, kw, stride in [
        ((2, 3, 5, 6), 2, 3, 1), ((1, 2, 7, 4), 3, 1, 2), ((3, 1, 4, 9), 2, 2, 3),
    ]:  # fmt: skip
        X = rng.normal(size=shape)
        before = X.copy()
        unfolded = torch.nn.functional.unfold(torch.tensor(before), (kh, kw), stride=stride)
        rows = unfolded.transpose(1, 2).reshape(-1, shape[1] * kh * kw).numpy()
        close(im2col(X, kh, kw, stride), rows)
        close(X, before)
        close(im2col(X, kh, kw), reference.im2col(before, kh, kw))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_fast_like_torch(conv_fast, rng):
    """Batches of one and many, one channel and several, agree with PyTorch's layer."""
    for N, C, O, shape, size, stride in [
        (2, 3, 4, (5, 6), (2, 3), 1), (1, 1, 2, (4, 4), (3, 3), 1), (3, 2, 1, (7, 4), (3, 2), 2),
        (1, 4, 3, (6, 8), (2, 2), 3),
    ]:  # fmt: skip
        X, W = rng.normal(size=(N, C, *shape)), rng.normal(size=(O, C, *size))
        b = rng.normal(size=O) + 2
        before = X.copy(), W.copy(), b.copy()
        expected = torch.nn.functional.conv2d(*map(torch.tensor, before), stride=stride).numpy()
        close(conv_fast(X, W, b, stride), expected)
        close((X, W, b), before)
        close(conv_fast(X, W, b), reference.conv_fast(*before))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION


# %%
@picture("q5", "q8")
def race():
    rng = np.random.default_rng(8)
    X, W, b = rng.normal(size=(4, 3, 32, 32)), rng.normal(size=(8, 3, 3, 3)), np.zeros(8)
    conv_fast(X, W, b)
    start = time.perf_counter()
    slow = conv_layer(X, W, b)
    middle = time.perf_counter()
    fast = conv_fast(X, W, b)
    end = time.perf_counter()
    assert np.shape(fast) == np.shape(slow) == (4, 8, 30, 30), "both give 4 x 8 maps of 30 x 30"
    close(fast, np.asarray(slow), rtol=1e-4)
    print(f"with loops:        {1000 * (middle - start):8.1f} ms")
    print(f"one matrix product:{1000 * (end - middle):8.1f} ms")
    print(f"about {(middle - start) / (end - middle):.0f} times as fast")


# %% [raw]
# # BEGIN QUESTION
# name: q9
# extra: true

# %% [markdown]
# ## Question 9 (extra): The way back
#
# To train the layers, the gradient has to come back through them. `dout`, called $D$, is the
# gradient of a loss $L$ with respect to the layer's output, in its shape. In
# picture $n$, cell $(i, j)$ of map $o$ was fed by the pixel $X_{n,c,\;si+a,\;sj+b}$ of each channel
# $c$, times the weight $W_{ocab}$, where $(a, b)$ is a cell of the window. Each such product adds
#
# $$D_{noij}\, W_{ocab} \ \text{ to }\ \frac{\partial L}{\partial X_{n,c,\;si+a,\;sj+b}},
# \qquad
# D_{noij}\, X_{n,c,\;si+a,\;sj+b} \ \text{ to }\ \frac{\partial L}{\partial W_{ocab}},$$
#
# and $D_{noij}$ to the bias's $\partial L / \partial b_o$. Each gradient has the shape of its
# array; pixels that no window reached get 0.
#
# Max pooling hands each number of `dout` to the cell that was the largest of its window, and to the
# *first* of equals, row by row. Windows may overlap; what a cell receives adds up. The shape of
# `dout` tells whether partial windows were kept.

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv_backward(
    dout: np.ndarray, X: np.ndarray, W: np.ndarray, stride: int = 1
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients of a convolution layer.

    Parameters
    ----------
    dout : ndarray, shape (N, O, mh, mw)
        The gradient with respect to the layer's output.
    X : ndarray, shape (N, C, h, w)
        Pictures.
    W : ndarray, shape (O, C, kh, kw)
        Filters.
    stride : int, optional

    Returns
    -------
    dX, dW, db : ndarray
        The gradients with respect to X, W and b, in their shapes.

    Examples
    --------
    >>> X, W = np.ones((1, 1, 2, 2)), np.ones((1, 1, 1, 1))
    >>> conv_backward(np.ones((1, 1, 2, 2)), X, W)[2]
    array([4.])
    """
    # BEGIN SOLUTION
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    kh, kw = W.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        down, right = i * stride, j * stride
        window = np.s_[:, :, down : down + kh, right : right + kw]
        dX[window] += np.einsum("no,ocab->ncab", dout[:, :, i, j], W)
        dW += np.einsum("no,ncab->ocab", dout[:, :, i, j], X[window])
    return dX, dW, dout.sum(axis=(0, 2, 3))
    # END SOLUTION


def max_pool_backward(
    dout: np.ndarray, x: np.ndarray, size: int = 2, stride: int = 2
) -> np.ndarray:
    """Return the gradient of max pooling with respect to its input.

    Parameters
    ----------
    dout : ndarray, shape (..., mh, mw)
        The gradient with respect to what max_pool returned.
    x : ndarray, shape (..., h, w)
        The input of max_pool.
    size, stride : int, optional
        As for max_pool.

    Returns
    -------
    ndarray, shape (..., h, w)

    Examples
    --------
    >>> max_pool_backward(np.array([[7.0]]), np.array([[1, 3], [3, 2]]))
    array([[0., 7.],
           [0., 0.]])
    """
    # BEGIN SOLUTION
    dx = np.zeros(x.shape)
    for *stack, i, j in np.ndindex(dout.shape):
        down, right = i * stride, j * stride
        window = x[*stack, down : down + size, right : right + size]
        a, b = np.unravel_index(np.argmax(window), window.shape)
        dx[*stack, down + a, right + b] += dout[*stack, i, j]
    return dx
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


def test_back_small(conv_backward):
    """A 1 x 3 picture and a 1 x 2 filter: what one window and two windows send back."""
    X, W = np.array([[[[1.0, 2, 3]]]]), np.array([[[[4.0, 5]]]])
    dX, dW, db = conv_backward(np.array([[[[1.0, 10]]]]), X, W)
    close(db, np.array([11.0]))
    close(dW, np.array([[[[21.0, 32]]]]))
    close(dX, np.array([[[[4.0, 45, 50]]]]))
    found = conv_backward(np.array([[[[0.5, 0]]]]), X.astype(int), W.astype(int))
    close(found, (np.array([[[[2, 2.5, 0]]]]), np.array([[[[0.5, 1]]]]), np.array([0.5])))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_pool_back_small(max_pool_backward):
    """Two windows that overlap: the 9 that both chose receives 1 + 10; of equals, the first."""
    x = np.array([[1, 9, 2], [3, 4, 5]])
    close(max_pool_backward(np.array([[1, 10]]), x, 2, 1), np.array([[0, 11, 0], [0, 0, 0]]))
    equal = np.array([[6, 6], [6, 6]])
    close(max_pool_backward(np.array([[7]]), equal), np.array([[7, 0], [0, 0]]))


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_back_like_torch(conv_backward, rng):
    """The gradients agree with PyTorch's, for batches and strides that leave pixels over."""
    for N, C, O, shape, size, stride in [
        (2, 3, 4, (5, 6), (2, 3), 1), (1, 1, 2, (4, 4), (3, 3), 1), (3, 2, 1, (8, 4), (3, 2), 2),
        (1, 2, 3, (7, 9), (2, 2), 3),
    ]:  # fmt: skip
        arrays = rng.normal(size=(N, C, *shape)), rng.normal(size=(O, C, *size)), np.zeros(O)
        leaves = [torch.tensor(array, requires_grad=True) for array in arrays]
        Y = torch.nn.functional.conv2d(*leaves, stride=stride)
        dout = rng.normal(size=tuple(Y.shape))
        Y.backward(torch.tensor(dout))
        before = dout.copy(), arrays[0].copy(), arrays[1].copy()
        found = conv_backward(dout, arrays[0], arrays[1], stride)
        close(found, [leaf.grad.numpy() for leaf in leaves])
        close((dout, *arrays[:2]), before)
        if stride == 1:
            close(conv_backward(dout, *arrays[:2]), [leaf.grad.numpy() for leaf in leaves])


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
"""  # END TEST CONFIG


def test_pool_back_like_torch(max_pool_backward, rng):
    """Equal numbers, overlaps, partial windows and negative maps agree with PyTorch."""
    for shape, size, stride, ceil in [
        ((2, 3, 6, 4), 2, 2, False), ((1, 2, 7, 5), 3, 2, True), ((2, 1, 5, 6), 2, 1, False),
        ((1, 1, 5, 7), 2, 2, True),
    ]:  # fmt: skip
        x = rng.integers(-4, 0, size=shape).astype(float)
        leaf = torch.tensor(x, requires_grad=True)
        Y = torch.nn.functional.max_pool2d(leaf, size, stride, 0, 1, ceil)
        dout = rng.normal(size=tuple(Y.shape))
        Y.backward(torch.tensor(dout))
        before = dout.copy(), x.copy()
        close(max_pool_backward(dout, x, size, stride), leaf.grad.numpy())
        close((dout, x), before)
        close(max_pool_backward(dout[0, 0], x[0, 0], size, stride), leaf.grad.numpy()[0, 0])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# With gradients, a filter can be *learned*. Below, the deck's filter has turned a picture of pure
# noise into a map. From picture and map alone, gradient descent finds the filter, starting at
# zeros.


# %%
@picture("q5", "q9")
def learned_filter():
    X = np.random.default_rng(9).normal(size=(1, 1, 16, 16))
    target = np.asarray(conv_layer(X, FILTER[None, None], np.zeros(1)))
    W, losses, kept = np.zeros((1, 1, 3, 3)), [], {}
    for step in range(31):
        if step in (0, 3, 30):
            kept[step] = W[0, 0].round(2) + 0.0
        miss = np.asarray(conv_layer(X, W, np.zeros(1))) - target
        losses.append(np.mean(miss**2))
        W = W - 0.3 * np.asarray(conv_backward(2 * miss / miss.size, X, W)[1])
    _, axes = plt.subplots(1, 4, figsize=(11, 3.2), layout="constrained")
    axes[0].semilogy(losses, color=BLUE)
    axes[0].set(title="Mean squared miss", xlabel="step")
    axes[0].spines[["top", "right"]].set_visible(False)
    for axis, (step, numbers) in zip(axes[1:], kept.items(), strict=True):
        draw_cells(axis, numbers, f"Filter after {step} steps")
    plt.show()


# %% [markdown]
# ## What you can do now
#
# You can slide a filter by hand and in code, say how large a map gets, and tell cross-correlation
# from convolution. You have the layers of a convolutional network (the hidden tests compare them
# with PyTorch's), and know where its parameters are. And you have checked slides by computing what
# they claim.
#
# A picture has neighbours in space. Next comes **09: recurrent networks**, for data with neighbours
# in time.
