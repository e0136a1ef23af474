"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake(
    "q1",
    id="the_slides_centre",
    advice="Look at the window in the middle once more: which cell of the filter lies on the nose?",
)
def variables():
    row_2 = [1, 0, 1, 2, 1]


@mistake(
    "q1",
    id="without_the_filter",
    advice="Check what a pixel counts for that lies under a 0 of the filter.",
)
def variables():
    row_2 = [1, 2, 1, 2, 1]
    row_3 = [2, 4, 4, 4, 2]
    row_4 = [2, 3, 3, 3, 2]


@mistake(
    "q1",
    id="turned",
    advice="Lay the filter on the window just as it stands in the picture.",
)
def variables():
    row_2 = [0, 2, 0, 0, 0]
    row_3 = [0, 0, 2, 3, 1]
    row_4 = [2, 2, 1, 0, 1]


@mistake(
    "q1",
    id="mirrored",
    advice="Check which column of the filter lies on the left column of the window.",
)
def variables():
    row_2 = [1, 2, 0, 0, 1]
    row_3 = [0, 1, 2, 4, 1]
    row_4 = [1, 2, 1, 0, 0]


@mistake(
    "q1",
    id="transposed",
    advice="Check whether the first row of the filter, 0 0 1, lies along a row of the window.",
)
def variables():
    row_2 = [0, 2, 0, 1, 0]
    row_3 = [1, 1, 3, 2, 1]
    row_4 = [2, 1, 1, 0, 1]


@mistake(
    "q1",
    id="ones_and_zeros",
    advice="A cell of the map is a sum: can it be larger than any pixel?",
)
def variables():
    row_2 = [1, 0, 0, 1, 1]
    row_3 = [1, 1, 1, 1, 0]
    row_4 = [0, 0, 1, 1, 1]


# --- question 2 ---


@mistake("q2", id="rounds_up", advice="Try 8 pixels, a filter of 3 and stride 2 on paper.")
def conv_out(n, k, stride=1, pad=0):
    return -(-(n + 2 * pad - k) // stride) + 1


@mistake(
    "q2", id="pads_one_end", advice="Count the zeros that padding adds to a row, at both ends."
)
def conv_out(n, k, stride=1, pad=0):
    return (n + pad - k) // stride + 1


@mistake(
    "q2", id="no_plus_one", advice="Count the places of a filter that is as large as the image."
)
def conv_out(n, k, stride=1, pad=0):
    return (n + 2 * pad - k) // stride


@mistake(
    "q2",
    id="divides_only",
    advice="Try sizes where the stride does not fit, and look at the kind of number.",
)
def conv_out(n, k, stride=1, pad=0):
    return (n + 2 * pad - k) / stride + 1


@mistake(
    "q2",
    id="one_added_too_early",
    advice="Check what is divided by the stride: is the last 1 part of it?",
)
def conv_out(n, k, stride=1, pad=0):
    return (n + 2 * pad - k + 1) // stride


@mistake(
    "q2",
    id="all_axes_padded",
    advice="Pad a stack of two channels and count the channels afterwards.",
)
def pad2d(x, p):
    return np.pad(x, p)


@mistake(
    "q2",
    id="first_axes_padded",
    advice="Print the shape of a padded stack of pictures: which two axes grew?",
)
def pad2d(x, p):
    return np.pad(x, [(p, p)] * 2 + [(0, 0)] * (np.ndim(x) - 2))


@mistake(
    "q2",
    id="right_and_bottom_only",
    advice="Look at all four sides of a picture that you padded.",
)
def pad2d(x, p):
    return np.pad(x, [(0, 0)] * (np.ndim(x) - 2) + [(0, 2 * p)] * 2)


@mistake(
    "q2",
    id="edge_repeated",
    advice="Look at the numbers in your border.",
)
def pad2d(x, p):
    return np.pad(x, [(0, 0)] * (np.ndim(x) - 2) + [(p, p)] * 2, mode="edge")


@mistake(
    "q2",
    id="bordered_twice",
    advice="Count the rows of the face with a border of 1: 7, and then?",
)
def pad2d(x, p):
    return np.pad(x, [(0, 0)] * (np.ndim(x) - 2) + [(2 * p, 2 * p)] * 2)


# --- question 3 ---


@mistake(
    "q3",
    id="correlate_turned",
    advice="Look at which of your two functions turns the filter.",
)
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    k = k[::-1, ::-1]
    rows, cols = range(0, h - kh + 1, stride), range(0, w - kw + 1, stride)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="correlate_turned",
    advice="Look at which of your two functions turns the filter.",
)
def convolve(img, k):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(h - kh + 1), range(w - kw + 1)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="last_window_missing",
    advice="Count the places of a filter of 3 in a row of 5 pixels, and the cells of your map.",
)
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(0, h - kh, stride), range(0, w - kw, stride)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="square_assumed",
    advice="Try a filter of 2 x 3, and check which of its two lengths is used in which direction.",
)
def cross_correlate(img, k, stride=1):
    (h, w), kh = img.shape, k.shape[0]
    out = np.zeros(((h - kh) // stride + 1, (w - k.shape[1]) // stride + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            down, right = i * stride, j * stride
            window = img[down : down + kh, right : right + kh]
            width = min(window.shape[1], k.shape[1])
            out[i, j] = np.sum(window[:, :width] * k[:, :width])
    return out


@mistake(
    "q3",
    id="image_mirrored_in_axes",
    advice="Check with an image that is not square which index runs over rows.",
)
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(0, h - kh + 1, stride), range(0, w - kw + 1, stride)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for i in rows] for j in cols])


@mistake("q3", id="stride_ignored", advice="Call your function with stride 1 and 2, and compare.")
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(h - kh + 1), range(w - kw + 1)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="stride_downwards_only",
    advice="Check in which directions your window moves by the stride.",
)
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(0, h - kh + 1, stride), range(w - kw + 1)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="stride_on_the_output",
    advice="With a stride of 2, where does the second window begin?",
)
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range((h - kh) // stride + 1), range((w - kw) // stride + 1)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="mean_of_products",
    advice="Check what is done with the products of a window at the end.",
)
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(0, h - kh + 1, stride), range(0, w - kw + 1, stride)
    return np.array([[np.mean(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake("q3", id="convolve_not_turned", advice="Convolve an image with a single bright pixel.")
def convolve(img, k):
    (h, w), (kh, kw) = img.shape, k.shape
    rows, cols = range(h - kh + 1), range(w - kw + 1)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="transposed_for_turned",
    advice="Turn a filter that is not square by 180 degrees on paper: does its shape change?",
)
def convolve(img, k):
    (h, w), (kw, kh) = img.shape, k.shape
    k = k.T
    rows, cols = range(h - kh + 1), range(w - kw + 1)
    return np.array([[np.sum(img[i : i + kh, j : j + kw] * k) for j in cols] for i in rows])


@mistake(
    "q3",
    id="turned_in_one_direction",
    advice="Turning by 180 degrees puts the top left corner where?",
)
def convolve(img, k):
    return cross_correlate(img, k[::-1])


# --- question 4 ---


@mistake("q4", id="counts_from_one", advice="Which number does the first row of a map have?")
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    return {(int(i) + 1, int(j) + 1): right[i, j].item() for i, j in np.argwhere(printed != right)}


@mistake("q4", id="columns_first", advice="Check which of the two numbers in your keys is the row.")
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    return {(int(j), int(i)): right[i, j].item() for i, j in np.argwhere(printed != right)}


@mistake("q4", id="the_printed_number", advice="Which of the two numbers of a cell is asked for?")
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    return {(int(i), int(j)): printed[i, j].item() for i, j in np.argwhere(printed != right)}


@mistake("q4", id="how_far_off", advice="Read what the values of the dict are.")
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    bad = np.argwhere(printed != right)
    return {(int(i), int(j)): (right[i, j] - printed[i, j]).item() for i, j in bad}


@mistake(
    "q4",
    id="first_of_each_row",
    advice="Try a map with two wrong cells in the same row.",
)
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    bad = {}
    for i in range(len(right)):
        for j in range(right.shape[1]):
            if printed[i, j] != right[i, j]:
                bad[i, j] = right[i, j].item()
                break
    return bad


@mistake(
    "q4",
    id="too_low_only",
    advice="Try a cell whose printed number is too large, and one where it is too small.",
)
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    return {(int(i), int(j)): right[i, j].item() for i, j in np.argwhere(printed < right)}


@mistake(
    "q4",
    id="the_good_cells",
    advice="Check which cells are in your dict: the right or the wrong ones?",
)
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError("different shapes")
    return {(int(i), int(j)): right[i, j].item() for i, j in np.argwhere(printed == right)}


@mistake(
    "q4",
    id="stretched",
    advice="Compare the shapes before the numbers: NumPy stretches a single row or column.",
)
def find_bad_cells(printed, right):
    printed, right = np.broadcast_arrays(printed, right)
    return {(int(i), int(j)): right[i, j].item() for i, j in np.argwhere(printed != right)}


@mistake(
    "q4",
    id="one_dimension_compared",
    advice="Try maps with equally many rows, but not equally many columns.",
)
def find_bad_cells(printed, right):
    if len(printed) != len(right):
        raise ValueError("different shapes")
    printed, right = np.broadcast_arrays(printed, right)
    return {(int(i), int(j)): right[i, j].item() for i, j in np.argwhere(printed != right)}


# --- question 5 ---


@mistake(
    "q5",
    id="first_channel_only",
    advice="Check how many channels of the input reach a map.",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    return np.array(
        [[correlate(x[0], k[0], stride) + v for k, v in zip(W, b, strict=True)] for x in X]
    )


@mistake(
    "q5",
    id="channels_kept_apart",
    advice="Count the axes of your result: where did the channels go?",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return np.array([correlate(x[c], k[c], stride) for c in range(len(k))])

    return np.array([[one(x, k) + v for k, v in zip(W, b, strict=True)] for x in X])


@mistake(
    "q5",
    id="mean_of_channels",
    advice="Read what happens to the results of the slices.",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return np.mean([correlate(x[c], k[c], stride) for c in range(len(k))], axis=0)

    return np.array([[one(x, k) + v for k, v in zip(W, b, strict=True)] for x in X])


@mistake(
    "q5",
    id="bias_for_each_channel",
    advice="Count how often the bias enters one cell when there are three channels.",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k, v):
        return sum(correlate(x[c], k[c], stride) + v for c in range(len(k)))

    return np.array([[one(x, k, v) for k, v in zip(W, b, strict=True)] for x in X])


@mistake("q5", id="no_bias", advice="Compare what you add up with the formula, term by term.")
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return sum(correlate(x[c], k[c], stride) for c in range(len(k)))

    return np.array([[one(x, k) for k in W] for x in X])


@mistake("q5", id="one_bias_for_all", advice="Check which bias each of your maps gets.")
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return sum(correlate(x[c], k[c], stride) for c in range(len(k))) + b[0]

    return np.array([[one(x, k) for k in W] for x in X])


@mistake(
    "q5",
    id="maps_before_pictures",
    advice="Compare the shape of your result with the table, axis by axis.",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return sum(correlate(x[c], k[c], stride) for c in range(len(k)))

    return np.array([[one(x, k) + v for x in X] for k, v in zip(W, b, strict=True)])


@mistake(
    "q5",
    id="stride_not_passed",
    advice="Follow the stride through your code: who uses it?",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return sum(correlate(x[c], k[c]) for c in range(len(k)))

    return np.array([[one(x, k) + v for k, v in zip(W, b, strict=True)] for x in X])


@mistake(
    "q5",
    id="own_correlate",
    advice="Check which function slides the filters: the one that came as an argument?",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return sum(cross_correlate(x[c], k[c], stride) for c in range(len(k)))

    return np.array([[one(x, k) + v for k, v in zip(W, b, strict=True)] for x in X])


@mistake(
    "q5",
    id="first_picture_only",
    advice="Call your layer with a batch of two different pictures.",
)
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    def one(x, k):
        return sum(correlate(x[c], k[c], stride) for c in range(len(k)))

    return np.array([[one(X[0], k) + v for k, v in zip(W, b, strict=True)] for x in X])


# --- question 6 ---


@mistake("q6", id="mean_pool", advice="Check which one number of a window is kept.")
def max_pool(x, size=2, stride=2, ceil=False):
    spare = stride - 1 if ceil else 0
    rows, cols = ((n - size + spare) // stride + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down, right = i * stride, j * stride
        window = x[..., down : down + size, right : right + size]
        out[..., i, j] = window.mean(axis=(-2, -1))
    return out


@mistake(
    "q6",
    id="zeros_outside",
    advice="Pool a map that is negative everywhere, with partial windows.",
)
def max_pool(x, size=2, stride=2, ceil=False):
    spare = stride - 1 if ceil else 0
    x = np.pad(x, [(0, 0)] * (np.ndim(x) - 2) + [(0, spare)] * 2)
    rows, cols = ((n - size) // stride + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down, right = i * stride, j * stride
        window = x[..., down : down + size, right : right + size]
        out[..., i, j] = window.max(axis=(-2, -1))
    return out


@mistake(
    "q6",
    id="starts_at_zero",
    advice="Pool a map that is negative everywhere.",
)
def max_pool(x, size=2, stride=2, ceil=False):
    spare = stride - 1 if ceil else 0
    rows, cols = ((n - size + spare) // stride + 1 for n in x.shape[-2:])
    out = np.zeros((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        for a in range(i * stride, min(i * stride + size, x.shape[-2])):
            for b in range(j * stride, min(j * stride + size, x.shape[-1])):
                out[..., i, j] = np.maximum(out[..., i, j], x[..., a, b])
    return out


@mistake(
    "q6",
    id="always_rounded_up",
    advice="Pool a map of 5 x 5 with ceil=False, and count the rows that remain.",
)
def max_pool(x, size=2, stride=2, ceil=False):
    rows, cols = (-((size - n) // stride) + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down, right = i * stride, j * stride
        window = x[..., down : down + size, right : right + size]
        out[..., i, j] = window.max(axis=(-2, -1))
    return out


@mistake(
    "q6",
    id="never_rounded_up",
    advice="Pool a map of 5 x 5 with ceil=True, and count the rows that remain.",
)
def max_pool(x, size=2, stride=2, ceil=False):
    rows, cols = ((n - size) // stride + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down, right = i * stride, j * stride
        window = x[..., down : down + size, right : right + size]
        out[..., i, j] = window.max(axis=(-2, -1))
    return out


@mistake(
    "q6",
    id="always_one_more",
    advice="Pool a map of 4 x 4 with ceil=True: does any window stick out?",
)
def max_pool(x, size=2, stride=2, ceil=False):
    rows, cols = ((n - size) // stride + 1 + ceil for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down = min(i * stride, x.shape[-2] - 1)
        right = min(j * stride, x.shape[-1] - 1)
        window = x[..., down : down + size, right : right + size]
        out[..., i, j] = window.max(axis=(-2, -1))
    return out


@mistake(
    "q6",
    id="stride_is_size",
    advice="Try windows of 3 with stride 2, which overlap.",
)
def max_pool(x, size=2, stride=2, ceil=False):
    spare = size - 1 if ceil else 0
    rows, cols = ((n - size + spare) // size + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        window = x[..., i * size : (i + 1) * size, j * size : (j + 1) * size]
        out[..., i, j] = window.max(axis=(-2, -1))
    return out


@mistake(
    "q6",
    id="across_the_stack",
    advice="Pool a stack of two different maps: is each pooled by itself?",
)
def max_pool(x, size=2, stride=2, ceil=False):
    spare = stride - 1 if ceil else 0
    rows, cols = ((n - size + spare) // stride + 1 for n in x.shape[-2:])
    out = np.empty((*x.shape[:-2], rows, cols))
    for i, j in np.ndindex(rows, cols):
        down, right = i * stride, j * stride
        out[..., i, j] = x[..., down : down + size, right : right + size].max()
    return out


@mistake(
    "q6",
    id="columns_first",
    advice="Write down the order in which your row takes the cells of a 2 x 3 map.",
)
def flatten(x):
    return np.array([sample.ravel(order="F") for sample in x])


@mistake(
    "q6",
    id="batch_merged",
    advice="Flatten two samples: how many rows should there be?",
)
def flatten(x):
    return x.reshape(1, -1)


@mistake(
    "q6",
    id="one_long_vector",
    advice="Flatten two samples, and count the axes of the result.",
)
def flatten(x):
    return x.ravel()


@mistake(
    "q6",
    id="maps_kept_apart",
    advice="Flatten one sample of two maps: how many axes has your result?",
)
def flatten(x):
    return x.reshape(*x.shape[:2], -1)


# --- question 7 ---


@mistake(
    "q7",
    id="input_channels_forgotten",
    advice="Ask how many slices a filter needs for a colour picture.",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * (k * k + 1)
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * (shape[0] + 1)
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake("q7", id="no_biases", advice="Check whether your counts have room for the biases.")
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * shape[0] * k * k
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * shape[0]
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake(
    "q7",
    id="one_bias_a_layer",
    advice="Ask who has a bias: the layer, or each filter and each unit?",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * shape[0] * k * k + 1
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * shape[0] + 1
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake(
    "q7",
    id="a_bias_for_each_slice",
    advice="Count the biases of one filter that has three slices.",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * shape[0] * (k * k + 1)
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * (shape[0] + 1)
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake(
    "q7",
    id="pooling_learns",
    advice="Ask what max pooling has to learn.",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * (shape[0] * k * k + 1)
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            count = shape[0] * k * k
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * (shape[0] + 1)
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake(
    "q7",
    id="pooling_keeps_the_shape",
    advice="Print the shape after each layer: what does pooling do to it?",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * (shape[0] * k * k + 1)
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        elif kind == "dense":
            count = numbers[0] * (shape[0] + 1)
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake(
    "q7",
    id="only_layers_that_learn",
    advice="Compare the length of your list with the number of layers.",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        if kind == "conv":
            maps, k, stride, pad = numbers
            counts.append(maps * (shape[0] * k * k + 1))
            shape = (maps, *[size_rule(n, k, stride, pad) for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[size_rule(n, k, stride, 0) for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            counts.append(numbers[0] * (shape[0] + 1))
            shape = (numbers[0],)
    return counts


@mistake(
    "q7",
    id="square_assumed",
    advice="Follow a picture that is not square through the layers.",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * (shape[0] * k * k + 1)
            side = size_rule(shape[1], k, stride, pad)
            shape = (maps, side, side)
        elif kind == "pool":
            k, stride = numbers
            side = size_rule(shape[1], k, stride, 0)
            shape = (shape[0], side, side)
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * (shape[0] + 1)
            shape = (numbers[0],)
        counts.append(count)
    return counts


@mistake(
    "q7",
    id="own_size_rule",
    advice="Check who says how many cells remain: the rule that came as an argument?",
)
def cnn_params(shape, layers, size_rule=conv_out):
    counts = []
    for kind, *numbers in layers:
        count = 0
        if kind == "conv":
            maps, k, stride, pad = numbers
            count = maps * (shape[0] * k * k + 1)
            shape = (maps, *[(n + 2 * pad - k) // stride + 1 for n in shape[1:]])
        elif kind == "pool":
            k, stride = numbers
            shape = (shape[0], *[(n - k) // stride + 1 for n in shape[1:]])
        elif kind == "flatten":
            shape = (int(np.prod(shape)),)
        else:
            count = numbers[0] * (shape[0] + 1)
            shape = (numbers[0],)
        counts.append(count)
    return counts


# --- question 8 ---


@mistake(
    "q8",
    id="channels_last",
    advice="Compare the order in which a row lists window cells and channels with the table.",
)
def im2col(X, kh, kw, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 2, 3, 4, 5, 1)
    return windows.reshape(-1, X.shape[1] * kh * kw)


@mistake(
    "q8",
    id="channels_last",
    advice="Compare the order in which a row lists window cells and channels with the table.",
)
def conv_fast(X, W, b, stride=1):
    (N, _, h, w), (O, _, kh, kw) = X.shape, W.shape
    Y = im2col(X, kh, kw, stride) @ W.transpose(0, 2, 3, 1).reshape(O, -1).T + b
    rows, cols = (h - kh) // stride + 1, (w - kw) // stride + 1
    return Y.reshape(N, rows, cols, O).transpose(0, 3, 1, 2)


@mistake(
    "q8",
    id="columns_for_rows",
    advice="Compare the shape of your matrix with the table.",
)
def im2col(X, kh, kw, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride].transpose(0, 2, 3, 1, 4, 5)
    return windows.reshape(-1, X.shape[1] * kh * kw).T


@mistake(
    "q8",
    id="columns_for_rows",
    advice="Compare the shape of your matrix with the table.",
)
def conv_fast(X, W, b, stride=1):
    (N, _, h, w), (O, _, kh, kw) = X.shape, W.shape
    Y = im2col(X, kh, kw, stride).T @ W.reshape(O, -1).T + b
    rows, cols = (h - kh) // stride + 1, (w - kw) // stride + 1
    return Y.reshape(N, rows, cols, O).transpose(0, 3, 1, 2)


@mistake(
    "q8",
    id="channels_as_rows",
    advice="Unroll a picture of two channels: how many rows should one window give?",
)
def im2col(X, kh, kw, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].reshape(-1, X.shape[1] * kh * kw)


@mistake(
    "q8",
    id="axes_not_moved_back",
    advice="Follow one cell of the product A V: to which map and which place does it belong?",
)
def conv_fast(X, W, b, stride=1):
    (N, _, h, w), (O, _, kh, kw) = X.shape, W.shape
    Y = im2col(X, kh, kw, stride) @ W.reshape(O, -1).T + b
    rows, cols = (h - kh) // stride + 1, (w - kw) // stride + 1
    return Y.reshape(N, O, rows, cols)


@mistake("q8", id="stride_ignored", advice="Call both functions with stride 1 and 2, and compare.")
def im2col(X, kh, kw, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(2, 3))
    return windows.transpose(0, 2, 3, 1, 4, 5).reshape(-1, X.shape[1] * kh * kw)


@mistake("q8", id="stride_ignored", advice="Call both functions with stride 1 and 2, and compare.")
def conv_fast(X, W, b, stride=1):
    (N, _, h, w), (O, _, kh, kw) = X.shape, W.shape
    Y = im2col(X, kh, kw) @ W.reshape(O, -1).T + b
    return Y.reshape(N, h - kh + 1, w - kw + 1, O).transpose(0, 3, 1, 2)


@mistake("q8", id="no_bias", advice="Compare what conv_fast adds up with what conv_layer does.")
def conv_fast(X, W, b, stride=1):
    (N, _, h, w), (O, _, kh, kw) = X.shape, W.shape
    Y = im2col(X, kh, kw, stride) @ W.reshape(O, -1).T
    rows, cols = (h - kh) // stride + 1, (w - kw) // stride + 1
    return Y.reshape(N, rows, cols, O).transpose(0, 3, 1, 2)


# --- question 9 ---


@mistake(
    "q9",
    id="last_window_wins",
    advice="A pixel that several windows saw hears from all of them: what happens to the earlier "
    "messages?",
)
def conv_backward(dout, X, W, stride=1):
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    kh, kw = W.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        down, right = i * stride, j * stride
        window = np.s_[:, :, down : down + kh, right : right + kw]
        dX[window] = np.einsum("no,ocab->ncab", dout[:, :, i, j], W)
        dW += np.einsum("no,ncab->ocab", dout[:, :, i, j], X[window])
    return dX, dW, dout.sum(axis=(0, 2, 3))


@mistake(
    "q9",
    id="filter_turned",
    advice="Go back by the same meetings of pixel and weight as on the way forward: is the filter "
    "turned?",
)
def conv_backward(dout, X, W, stride=1):
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    kh, kw = W.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        down, right = i * stride, j * stride
        window = np.s_[:, :, down : down + kh, right : right + kw]
        dX[window] += np.einsum("no,ocab->ncab", dout[:, :, i, j], W[:, :, ::-1, ::-1])
        dW += np.einsum("no,ncab->ocab", dout[:, :, i, j], X[window])
    return dX, dW, dout.sum(axis=(0, 2, 3))


@mistake(
    "q9",
    id="mean_over_the_batch",
    advice="Check what is done with the contributions of several pictures.",
)
def conv_backward(dout, X, W, stride=1):
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    kh, kw = W.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        down, right = i * stride, j * stride
        window = np.s_[:, :, down : down + kh, right : right + kw]
        dX[window] += np.einsum("no,ocab->ncab", dout[:, :, i, j], W)
        dW += np.einsum("no,ncab->ocab", dout[:, :, i, j], X[window])
    return dX, dW / len(X), dout.sum(axis=(0, 2, 3)) / len(X)


@mistake(
    "q9",
    id="one_slope_for_all_biases",
    advice="Compare the shape of your third result with that of b.",
)
def conv_backward(dout, X, W, stride=1):
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    kh, kw = W.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        down, right = i * stride, j * stride
        window = np.s_[:, :, down : down + kh, right : right + kw]
        dX[window] += np.einsum("no,ocab->ncab", dout[:, :, i, j], W)
        dW += np.einsum("no,ncab->ocab", dout[:, :, i, j], X[window])
    return dX, dW, np.full(len(W), dout.sum())


@mistake(
    "q9",
    id="stride_forgotten",
    advice="Check where the windows of the second row begin on the way back.",
)
def conv_backward(dout, X, W, stride=1):
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    kh, kw = W.shape[2:]
    for i, j in np.ndindex(dout.shape[2:]):
        window = np.s_[:, :, i : i + kh, j : j + kw]
        dX[window] += np.einsum("no,ocab->ncab", dout[:, :, i, j], W)
        dW += np.einsum("no,ncab->ocab", dout[:, :, i, j], X[window])
    return dX, dW, dout.sum(axis=(0, 2, 3))


@mistake(
    "q9",
    id="spread_over_ties",
    advice="Pool a map with two equal largest numbers: who receives?",
)
def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for *stack, i, j in np.ndindex(dout.shape):
        down, right = i * stride, j * stride
        window = np.s_[*stack, down : down + size, right : right + size]
        largest = x[window] == x[window].max()
        dx[window] += dout[*stack, i, j] * largest / largest.sum()
    return dx


@mistake(
    "q9",
    id="all_ties_receive_all",
    advice="Pool a map with two equal largest numbers: who receives, and how much in all?",
)
def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for *stack, i, j in np.ndindex(dout.shape):
        down, right = i * stride, j * stride
        window = np.s_[*stack, down : down + size, right : right + size]
        dx[window] += dout[*stack, i, j] * (x[window] == x[window].max())
    return dx


@mistake(
    "q9",
    id="last_of_ties",
    advice="Pool a map with two equal largest numbers: which of them receives?",
)
def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for *stack, i, j in np.ndindex(dout.shape):
        down, right = i * stride, j * stride
        window = x[*stack, down : down + size, right : right + size]
        a, b = np.argwhere(window == window.max())[-1]
        dx[*stack, down + a, right + b] += dout[*stack, i, j]
    return dx


@mistake(
    "q9",
    id="whole_window",
    advice="Check which cells of a window made a difference to its largest number.",
)
def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for *stack, i, j in np.ndindex(dout.shape):
        down, right = i * stride, j * stride
        dx[*stack, down : down + size, right : right + size] += dout[*stack, i, j]
    return dx


@mistake(
    "q9",
    id="overlaps_overwritten",
    advice="Try windows that overlap and choose the same cell.",
)
def max_pool_backward(dout, x, size=2, stride=2):
    dx = np.zeros(x.shape)
    for *stack, i, j in np.ndindex(dout.shape):
        down, right = i * stride, j * stride
        window = x[*stack, down : down + size, right : right + size]
        a, b = np.unravel_index(np.argmax(window), window.shape)
        dx[*stack, down + a, right + b] = dout[*stack, i, j]
    return dx
