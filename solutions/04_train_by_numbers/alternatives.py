"""Right answers written another way; each must get full marks."""

import numpy as np

from autograder.authoring import alternative

# --- question 1 ---


@alternative("q1", id="last_layer_first")
def init_params(d, m, k, rng, std=0.01):
    params = {"b2": np.zeros((k,)), "W2": std * rng.standard_normal((m, k))}
    params["b1"] = np.array([0.0] * m)
    params["W1"] = std * rng.standard_normal((d, m))
    return params


@alternative("q1", id="one_long_draw")
def init_params(d, m, k, rng, std=0.01):
    weights = rng.normal(scale=std, size=d * m + m * k)
    first, second = np.split(weights, [d * m])
    return dict(
        zip(
            ["W1", "b1", "W2", "b2"],
            [first.reshape(d, m), np.zeros(m), second.reshape(m, k), np.zeros(k)],
            strict=True,
        )
    )


# --- question 2 ---


@alternative("q2", id="softmax_row_by_row")
def softmax(z):
    z = np.array(z, dtype=float)
    if z.ndim > 1:
        return np.array([softmax(row) for row in z])
    return np.exp(z - max(z)) / sum(np.exp(z - max(z)))


@alternative("q2", id="softmax_by_logarithm")
def softmax(z):
    z = np.array(z, dtype=float)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


@alternative("q2", id="node_by_node")
def predict_proba(params, X, softmax=softmax):
    X = np.array(X, dtype=float)
    W1, b1, W2, b2 = (params[name] for name in ["W1", "b1", "W2", "b2"])
    columns = [1 / (1 + np.exp(-(X @ W1[:, j] + b1[j]))) for j in range(len(b1))]
    hidden = np.stack(columns, axis=-1)
    return softmax(np.dot(hidden, W2) + b2)


# --- question 3 ---


@alternative("q3", id="picks_the_class")
def net_loss(params, X, Y, predict=predict_proba):
    P, Y = np.asarray(predict(params, X)), np.asarray(Y)
    if P.ndim == 1:
        P, Y = P[None], Y[None]
    right = P[np.arange(len(P)), Y.argmax(axis=1)]
    return float(np.mean(-np.log(np.clip(right, 1e-12, None))))


@alternative("q3", id="a_little_added")
def net_loss(params, X, Y, predict=predict_proba):
    logs = np.log(np.asarray(predict(params, X)) + 1e-12)
    return np.mean(-np.sum(np.multiply(Y, logs), axis=-1))


@alternative("q3", id="sample_by_sample")
def net_loss(params, X, Y, predict=predict_proba):
    P, total = np.atleast_2d(predict(params, X)), 0.0
    for p, y in zip(P, np.atleast_2d(Y), strict=True):
        total -= sum(t * np.log(max(q, 1e-12)) for q, t in zip(p, y, strict=True))
    return total / len(P)


# --- question 4 ---


@alternative("q4", id="changed_and_put_back")
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name in params:
        array = params[name]
        slopes = np.zeros_like(array)
        it = np.nditer(array, flags=["multi_index"])
        while not it.finished:
            i = it.multi_index
            value = float(array[i])
            array[i] = value + h
            up = loss(params, X, Y)
            array[i] = value - h
            down = loss(params, X, Y)
            array[i] = value
            slopes[i] = (up - down) / (2 * h)
            it.iternext()
        grads[name] = slopes
    return grads


@alternative("q4", id="fresh_dicts")
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    def slope(name, step):
        step = step.reshape(params[name].shape)
        up = loss({**params, name: params[name] + step}, X, Y)
        return (up - loss({**params, name: params[name] - step}, X, Y)) / h / 2

    return {
        name: np.array([slope(name, e) for e in h * np.eye(value.size)]).reshape(value.shape)
        for name, value in params.items()
    }


# --- question 5 ---


@alternative("q5", id="copies_then_in_place")
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    params = {name: np.array(params[name], dtype=float) for name in params}
    losses = np.zeros(steps + 1)
    for step in range(steps + 1):
        losses[step] = loss(params, X, Y)
        if step < steps:
            slopes = grads(params, X, Y)
            for name in slopes:
                params[name] -= lr * np.asarray(slopes[name])
    return params, losses


@alternative("q5", id="recursive_lists")
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    here = float(loss(params, X, Y))
    if steps == 0:
        return params, [here]
    slopes = grads(params, X, Y)
    moved = {name: params[name] + slopes[name] * -lr for name in params}
    end, losses = train_full_batch(moved, X, Y, lr, steps - 1, grads, loss)
    return end, [here, *losses]


# --- question 6 ---


@alternative("q6", id="shuffle_and_split")
def minibatches(n, size, rng):
    order = np.arange(n)
    rng.shuffle(order)
    return np.split(order, range(size, n, size))


@alternative("q6", id="sorted_random_keys")
def minibatches(n, size, rng):
    left, batches = np.argsort(rng.random(n)).tolist(), []
    while left:
        batches.append(np.array(left[:size]))
        left = left[size:]
    return batches


@alternative("q6", id="generator")
def minibatches(n, size, rng):
    order = rng.choice(n, size=n, replace=False)
    for i in range(-(-n // size)):
        yield order[i * size : (i + 1) * size]


# --- question 7 ---


@alternative("q7", id="copies_then_in_place")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.array(X, dtype=float), np.array(Y, dtype=float)
    params = {name: np.array(params[name]) for name in params}
    losses = [loss(params, X, Y)]
    while len(losses) <= epochs:
        for rows in list(batches(X.shape[0], size, rng)):
            slopes = grads(params, np.take(X, rows, axis=0), np.take(Y, rows, axis=0))
            for name in params:
                params[name] -= lr * slopes[name]
        losses += [loss(params, X, Y)]
    return params, losses


@alternative("q7", id="by_full_batch")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = np.empty(epochs + 1)
    losses[0] = loss(params, X, Y)
    for epoch in range(1, epochs + 1):
        for rows in batches(n=len(Y), size=size, rng=rng):
            params, _ = train_full_batch(
                params, X[rows], Y[rows], lr, 1, grads, lambda params, X, Y: 0.0
            )
        losses[epoch] = loss(params, X, Y)
    return params, losses


# --- question 8 ---


@alternative("q8", id="split_by_mask")
def split_stratified(y, frac, rng):
    y = np.array(y)
    chosen = np.zeros(len(y), dtype=bool)
    for label in set(y.tolist()):
        rows = np.where(y == label)[0]
        chosen[rng.choice(rows, size=int(np.rint(frac * rows.size)), replace=False)] = True
    return np.flatnonzero(~chosen), np.flatnonzero(chosen)


@alternative("q8", id="split_as_cards")
def split_stratified(y, frac, rng):
    y = list(y)
    left = {label: round(frac * y.count(label)) for label in y}
    train, test = [], []
    for row in rng.permutation(len(y)).tolist():
        group = test if left[y[row]] > 0 else train
        left[y[row]] -= 1
        group.append(row)
    return train, test


@alternative("q8", id="counted_one_by_one")
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.array(X, dtype=float), np.array(y)
    seen, right = X[list(train)], 0
    mean = sum(seen) / len(seen)
    std = np.sqrt(sum((seen - mean) ** 2) / len(seen))
    params = fit((seen - mean) / std, y[list(train)])
    for p, label in zip(predict(params, (X[list(test)] - mean) / std), y[list(test)], strict=True):
        right += int(np.argmax(p)) == label
    return float(right / len(test))


# --- question 9 ---


@alternative("q9", id="add_at")
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k))
    np.add.at(matrix, (np.asarray(y_true), np.asarray(y_pred)), 1)
    return matrix


@alternative("q9", id="one_hot_product")
def confusion(y_true, y_pred, k):
    return np.eye(k)[np.asarray(y_true)].T @ np.eye(k)[np.asarray(y_pred)]


@alternative("q9", id="bincount")
def confusion(y_true, y_pred, k):
    places = k * np.array(y_true) + np.array(y_pred)
    return np.bincount(places, minlength=k * k).reshape(k, k)


@alternative("q9", id="lists")
def confusion(y_true, y_pred, k):
    pairs = [(int(t), int(p)) for t, p in zip(y_true, y_pred, strict=True)]
    return [[pairs.count((i, j)) for j in range(k)] for i in range(k)]
