"""Right answers written another way; each must get full marks."""

import numpy as np

from autograder.authoring import alternative

# --- question 1 ---


@alternative("q1", id="arrays_and_tuples")
def variables():
    row_2 = np.array([1, 0, 0, 2, 1])
    row_3 = (1, 4, 2, 1, 0)
    row_4 = [0.0, 0.0, 1.0, 2.0, 1.0]


# --- question 2 ---


@alternative("q2", id="counted")
def conv_out(n, k, stride=1, pad=0):
    cells, start = 0, -pad
    while start + k <= n + pad:
        cells, start = cells + 1, start + stride
    return cells


@alternative("q2", id="floor_of_a_float")
def conv_out(n, k, stride=1, pad=0):
    return np.floor((n + 2 * pad - k) / stride) + 1


@alternative("q2", id="into_zeros")
def pad2d(x, p):
    *stack, h, w = np.shape(x)
    out = np.zeros((*stack, h + 2 * p, w + 2 * p))
    out[..., p : p + h, p : p + w] = x
    return out


@alternative("q2", id="strips")
def pad2d(x, p):
    *stack, h, w = np.shape(x)
    side, end = np.zeros((*stack, h, p)), np.zeros((*stack, p, w + 2 * p))
    return np.concatenate([end, np.concatenate([side, x, side], axis=-1), end], axis=-2)


# --- question 3 ---


@alternative("q3", id="four_loops")
def cross_correlate(img, k, stride=1):
    h, w = len(img), len(img[0])
    kh, kw = len(k), len(k[0])
    out = []
    for i in range(0, h - kh + 1, stride):
        row = []
        for j in range(0, w - kw + 1, stride):
            total = 0
            for a in range(kh):
                for b in range(kw):
                    total += img[i + a][j + b] * k[a][b]
            row.append(total)
        out.append(row)
    return out


@alternative("q3", id="shifted_images")
def cross_correlate(img, k, stride=1):
    (h, w), (kh, kw) = img.shape, k.shape
    out = np.zeros((h - kh + 1, w - kw + 1))
    for (a, b), weight in np.ndenumerate(k):
        out += weight * img[a : a + out.shape[0], b : b + out.shape[1]]
    return out[::stride, ::stride]


@alternative("q3", id="window_view")
def cross_correlate(img, k, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(img, k.shape)
    return np.tensordot(windows[::stride, ::stride], k, axes=2)


@alternative("q3", id="turned_twice")
def convolve(img, k):
    return np.asarray(cross_correlate(img[::-1, ::-1], k))[::-1, ::-1]


@alternative("q3", id="by_rotation")
def convolve(img, k):
    return cross_correlate(img, np.rot90(k, 2))


# --- question 4 ---


@alternative("q4", id="loops")
def find_bad_cells(printed, right):
    if np.shape(printed) != np.shape(right):
        raise ValueError("the shapes differ")
    bad = {}
    for i in range(len(right)):
        for j in range(len(right[0])):
            if printed[i][j] != right[i][j]:
                bad[i, j] = float(right[i][j])
    return bad


@alternative("q4", id="numpy_keys")
def find_bad_cells(printed, right):
    if printed.shape != right.shape:
        raise ValueError
    places = np.nonzero(printed - right)
    return dict(zip(zip(*places, strict=True), right[places], strict=True))


# --- question 5 ---


@alternative("q5", id="filled_in")
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    N, C, h, w = X.shape
    O, _, kh, kw = W.shape
    Y = np.zeros((N, O, (h - kh) // stride + 1, (w - kw) // stride + 1))
    for n in range(N):
        for o in range(O):
            for c in range(C):
                Y[n, o] += correlate(X[n, c], W[o, c], stride)
            Y[n, o] += b[o]
    return Y


@alternative("q5", id="by_keyword")
def conv_layer(X, W, b, stride=1, correlate=cross_correlate):
    Y = [
        [[correlate(x, k, stride=stride) for x, k in zip(p, f, strict=True)] for f in W] for p in X
    ]
    return np.sum(Y, axis=2) + np.reshape(b, (1, -1, 1, 1))


# --- question 6 ---


@alternative("q6", id="padded_by_minus_infinity")
def max_pool(x, size=2, stride=2, ceil=False):
    x = np.asarray(x, dtype=float)
    if ceil:
        grow = [(0, -(n - size) % stride) for n in x.shape[-2:]]
        x = np.pad(x, [(0, 0)] * (x.ndim - 2) + grow, constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (size, size), axis=(-2, -1))
    return windows[..., ::stride, ::stride, :, :].max(axis=(-2, -1))


@alternative("q6", id="map_by_map")
def max_pool(x, size=2, stride=2, ceil=False):
    if np.ndim(x) > 2:
        return np.array([max_pool(one, size, stride, ceil) for one in x])
    rounded = np.ceil if ceil else np.floor
    rows, cols = (int(rounded((n - size) / stride)) + 1 for n in np.shape(x))
    out = []
    for i in range(rows):
        lines = x[i * stride : i * stride + size]
        out.append(
            [max(max(r[j * stride : j * stride + size]) for r in lines) for j in range(cols)]
        )
    return out


@alternative("q6", id="joined")
def flatten(x):
    return np.stack([np.ravel(sample) for sample in x])


@alternative("q6", id="plain_lists")
def flatten(x):
    return [[float(v) for v in sample.flat] for sample in x]


# --- question 7 ---


@alternative("q7", id="three_variables")
def cnn_params(shape, layers, size_rule=conv_out):
    c, h, w = shape
    d, counts = None, []
    for layer in layers:
        if layer[0] == "conv":
            _, maps, k, stride, pad = layer
            counts.append(maps * c * k**2 + maps)
            c, h, w = maps, size_rule(h, k, stride, pad), size_rule(w, k, stride, pad)
        elif layer[0] == "pool":
            _, k, stride = layer
            counts.append(0)
            h, w = size_rule(h, k, stride, 0), size_rule(w, k, stride, 0)
        elif layer[0] == "flatten":
            counts.append(0)
            d = c * h * w
        else:
            counts.append((d + 1) * layer[1])
            d = layer[1]
    return counts


@alternative("q7", id="one_layer_at_a_time")
def cnn_params(shape, layers, size_rule=conv_out):
    if not layers:
        return []
    (kind, *numbers), rest = layers[0], layers[1:]
    if kind == "flatten":
        return [0, *cnn_params([shape[0] * shape[1] * shape[2]], rest, size_rule)]
    if kind == "dense":
        weights = shape[0] * numbers[0]
        return [weights + numbers[0], *cnn_params(numbers, rest, size_rule)]
    pad = numbers.pop() if kind == "conv" else 0
    *maps, k, stride = numbers
    sides = [size_rule(n, k, stride, pad) for n in shape[1:]]
    count = maps[0] * (shape[0] * k * k + 1) if maps else 0
    return [count, *cnn_params([maps[0] if maps else shape[0], *sides], rest, size_rule)]


# --- question 8 ---


@alternative("q8", id="window_by_window")
def im2col(X, kh, kw, stride=1):
    rows = []
    for picture in X:
        for i in range(0, X.shape[2] - kh + 1, stride):
            for j in range(0, X.shape[3] - kw + 1, stride):
                rows.append(picture[:, i : i + kh, j : j + kw].ravel())
    return np.array(rows)


@alternative("q8", id="offset_by_offset")
def im2col(X, kh, kw, stride=1):
    N, C, h, w = X.shape
    mh, mw = (h - kh) // stride + 1, (w - kw) // stride + 1
    A = np.zeros((N, mh, mw, C, kh, kw))
    for a in range(kh):
        for b in range(kw):
            part = X[:, :, a : a + stride * mh : stride, b : b + stride * mw : stride]
            A[..., a, b] = part.transpose(0, 2, 3, 1)
    return A.reshape(N * mh * mw, -1)


@alternative("q8", id="einsum")
def conv_fast(X, W, b, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(X, W.shape[2:], axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride]
    return np.einsum("ncijab,ocab->noij", windows, W) + np.asarray(b)[:, None, None]


# --- question 9 ---


@alternative("q9", id="offset_by_offset")
def conv_backward(dout, X, W, stride=1):
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    mh, mw = dout.shape[2:]
    for a, b in np.ndindex(W.shape[2:]):
        part = np.s_[:, :, a : a + stride * mh : stride, b : b + stride * mw : stride]
        dX[part] += np.einsum("noij,oc->ncij", dout, W[:, :, a, b])
        dW[:, :, a, b] = np.einsum("noij,ncij->oc", dout, X[part])
    return dX, dW, np.einsum("noij->o", dout)


@alternative("q9", id="loops")
def conv_backward(dout, X, W, stride=1):
    dX, dW, db = np.zeros(X.shape), np.zeros(W.shape), np.zeros(len(W))
    kh, kw = W.shape[2:]
    for (n, o, i, j), d in np.ndenumerate(dout):
        i, j = i * stride, j * stride
        dX[n, :, i : i + kh, j : j + kw] += d * W[o]
        dW[o] += d * X[n, :, i : i + kh, j : j + kw]
        db[o] += d
    return [dX, dW, db]


@alternative("q9", id="map_by_map")
def max_pool_backward(dout, x, size=2, stride=2):
    if dout.ndim > 2:
        pairs = zip(dout, x, strict=True)
        return np.array([max_pool_backward(d, one, size, stride) for d, one in pairs])
    dx = np.zeros(x.shape)
    for i in range(dout.shape[0]):
        for j in range(dout.shape[1]):
            best = None
            for a in range(i * stride, min(i * stride + size, x.shape[0])):
                for b in range(j * stride, min(j * stride + size, x.shape[1])):
                    if best is None or x[a, b] > x[best]:
                        best = a, b
            dx[best] += dout[i, j]
    return dx
