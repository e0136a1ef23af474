"""Right answers written another way; each must get full marks."""

import numpy as np

from autograder.authoring import alternative

# --- question 1 ---


@alternative("q1", id="backward_made_in_forward")
class MulNode:
    def forward(self, a, b):
        self.back = lambda dout: (b * dout, a * dout)
        return a * b

    def backward(self, dout):
        return self.back(dout)


@alternative("q1", id="add_as_a_list")
class AddNode:
    def forward(self, a, b):
        self.count = 2
        return b + a

    def backward(self, dout):
        return [1.0 * dout] * self.count


@alternative("q1", id="by_calculus")
def checkout(apples, apple_price, oranges, orange_price, tax):
    cost = apples * apple_price + oranges * orange_price
    return cost * tax, {
        "tax": cost,
        "apples": apple_price * tax,
        "apple_price": apples * tax,
        "oranges": orange_price * tax,
        "orange_price": oranges * tax,
    }


# --- question 2 ---


@alternative("q2", id="copy_then_zero")
class Relu:
    def __init__(self):
        self.mask = None

    def forward(self, x):
        self.mask = x <= 0
        out = x.copy()
        out[self.mask] = 0
        return out

    def backward(self, dout):
        dx = dout.copy()
        dx[self.mask] = 0
        return dx


@alternative("q2", id="products")
class Relu:
    def forward(self, x):
        self.slope = np.heaviside(x, 0)
        return self.slope * x

    def backward(self, dout):
        return self.slope * dout


@alternative("q2", id="from_the_output")
class Relu:
    def forward(self, x):
        self.y = np.maximum(x, 0)
        return self.y

    def backward(self, dout):
        return dout * np.sign(self.y)


@alternative("q2", id="loops")
class Relu:
    def forward(self, x):
        self.x = np.array(x)
        flat = [value if value > 0 else 0 for value in self.x.ravel().tolist()]
        return np.reshape(flat, self.x.shape)

    def backward(self, dout):
        pairs = zip(self.x.ravel().tolist(), np.ravel(dout).tolist(), strict=True)
        return np.reshape([d if value > 0 else 0.0 for value, d in pairs], self.x.shape)


# --- question 3 ---


@alternative("q3", id="slope_kept")
class Sigmoid:
    def forward(self, x):
        y = 1 / (1 + np.exp(-x))
        self.slope = y - y**2
        return y

    def backward(self, dout):
        return self.slope * dout


@alternative("q3", id="even_formula")
class Sigmoid:
    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return sigmoid(self.x)

    def backward(self, dout):
        e = np.exp(-np.abs(self.x))
        return dout * e / (1 + e) ** 2


@alternative("q3", id="by_tanh")
class Sigmoid:
    def forward(self, x):
        self.t = np.tanh(x / 2)
        return (self.t + 1) / 2

    def backward(self, dout):
        return dout * (1 - self.t**2) / 4


# --- question 4 ---


@alternative("q4", id="einsum")
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
        self.dW = self.db = None

    def forward(self, x):
        self.x = x
        return np.einsum("...d,dk->...k", x, self.W) + self.b

    def backward(self, dout):
        x = self.x if self.x.ndim == 2 else self.x[None]
        d = dout if dout.ndim == 2 else dout[None]
        self.dW = np.einsum("nd,nk->dk", x, d)
        self.db = np.einsum("nk->k", d)
        return np.einsum("...k,dk->...d", dout, self.W)


@alternative("q4", id="sample_by_sample")
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.asarray(W), np.asarray(b)

    def forward(self, x):
        self.x = np.array(x)
        if self.x.ndim == 1:
            return self.x @ self.W + self.b
        return np.array([row @ self.W + self.b for row in self.x])

    def backward(self, dout):
        self.dW, self.db = np.zeros(self.W.shape), np.zeros(self.b.shape)
        pairs = [(self.x, dout)] if self.x.ndim == 1 else zip(self.x, dout, strict=True)
        for row, d in pairs:
            self.dW += np.outer(row, d)
            self.db += d
        return (self.W @ np.transpose(dout)).T


@alternative("q4", id="one_sample_apart")
class Affine:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        if self.x.ndim == 1:
            self.dW, self.db = np.outer(self.x, dout), dout.copy()
        else:
            self.dW, self.db = np.dot(self.x.T, dout), np.ones(len(dout)) @ dout
        return np.dot(dout, self.W.T)


# --- question 5 ---


@alternative("q5", id="own_softmax_with_epsilon")
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        e = np.exp(x - x.max(axis=-1, keepdims=True))
        self.p = e / e.sum(axis=-1, keepdims=True)
        self.t = y_true
        self.n = 1 if self.p.ndim == 1 else self.p.shape[0]
        return -(self.t * np.log(self.p + 1e-12)).sum() / self.n

    def backward(self, dout=1.0):
        return (self.p - self.t) * dout / self.n


@alternative("q5", id="sample_by_sample")
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        self.shape = np.shape(x)
        self.x, self.t = np.atleast_2d(x), np.atleast_2d(y_true)
        losses = [-t @ log_softmax(row) for row, t in zip(self.x, self.t, strict=True)]
        return sum(losses) / len(losses)

    def backward(self, dout=1.0):
        rows = [np.exp(log_softmax(row)) - t for row, t in zip(self.x, self.t, strict=True)]
        return dout * np.reshape(rows, self.shape) / len(rows)


@alternative("q5", id="mean_of_row_sums")
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.miss = np.exp(logs) - y_true
        return np.mean(-(y_true * logs).sum(axis=-1))

    def backward(self, dout=1.0):
        return dout * self.miss * self.miss.shape[-1] / self.miss.size


# --- question 6 ---


@alternative("q6", id="own_differences")
def gradient_check(layer, x, dout, h=1e-5):
    def number(at):
        return float((np.asarray(dout) * layer.forward(at)).sum())

    def error(g, s):
        g, s = np.ravel(g), np.ravel(s)
        if not g.any() and not s.any():
            return 0
        return max(abs(g - s)) / max(*abs(g), *abs(s), 0)

    x = np.asarray(x)
    steps = h * np.eye(x.size)
    slopes = [
        (number(x + step.reshape(x.shape)) - number(x - step.reshape(x.shape))) / (2 * h)
        for step in steps
    ]
    layer.forward(x)
    result = {"x": error(layer.backward(dout), slopes)}
    for name in ["W", "b"]:
        if hasattr(layer, name):
            own, slopes = getattr(layer, name), []
            for i in range(own.size):
                ends = []
                for sign in [1, -1]:
                    moved = np.array(own, dtype=float)
                    moved.flat[i] += sign * h
                    setattr(layer, name, moved)
                    ends.append(number(x))
                slopes.append((ends[0] - ends[1]) / (2 * h))
            setattr(layer, name, own)
            result[name] = error(getattr(layer, "d" + name), slopes)
    return result


@alternative("q6", id="three_times")
def gradient_check(layer, x, dout, h=1e-5):
    def f():
        return np.vdot(dout, layer.forward(x))

    def compare(g, s):
        top = max(np.max(np.abs(g)), np.max(np.abs(s)))
        return 0.0 if top == 0 else float(np.max(np.abs(s - g)) / top)

    x = x.astype(float)
    f()
    dx = layer.backward(dout)
    errors = {"x": compare(dx, numerical_gradient(f, x, h))}
    try:
        errors["W"] = compare(layer.dW, numerical_gradient(f, layer.W, h))
        errors["b"] = compare(layer.db, numerical_gradient(f, layer.b, h))
    except AttributeError:
        pass
    return errors


# --- question 7 ---


@alternative("q7", id="indices_and_recursion")
class Net:
    def __init__(self, layers, loss_layer):
        self.layers = list(layers)
        self.last = loss_layer

    def predict(self, X, first=0):
        if first == len(self.layers):
            return X
        return self.predict(self.layers[first].forward(X), first + 1)

    def loss(self, X, y_true):
        return self.last.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.last.forward(self.predict(X), y_true)
        dout, pairs = self.last.backward(1.0), []
        for i in range(len(self.layers) - 1, -1, -1):
            dout = self.layers[i].backward(dout)
            if hasattr(self.layers[i], "dW"):
                pairs.insert(0, (self.layers[i].dW, self.layers[i].db))
        return pairs


@alternative("q7", id="reduce")
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        from functools import reduce

        return reduce(lambda value, layer: layer.forward(value), self.layers, X)

    def loss(self, X, y_true):
        return float(self.loss_layer.forward(self.predict(X), y_true))

    def gradient(self, X, y_true):
        from functools import reduce

        self.loss(X, y_true)
        start = self.loss_layer.backward()
        reduce(lambda value, layer: layer.backward(value), self.layers[::-1], start)
        return [[one.dW, one.db] for one in self.layers if "W" in vars(one)]


# --- question 8 ---


@alternative("q8", id="in_place")
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "dW"):
            layer.W -= lr * layer.dW
            layer.b -= lr * layer.db


@alternative("q8", id="by_name")
def sgd_step(layers, lr):
    for layer in layers:
        for name in {"W", "b"} & vars(layer).keys():
            setattr(layer, name, getattr(layer, name) - lr * getattr(layer, f"d{name}"))


@alternative("q8", id="split_the_order")
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for rows in np.split(order, range(batch_size, len(X), batch_size)):
            net.gradient(X[rows], y_true[rows])
            for layer in net.layers:
                if hasattr(layer, "W"):
                    layer.W, layer.b = layer.W - lr * layer.dW, layer.b - lr * layer.db
        losses[epoch] = net.loss(X, y_true)
    return losses


@alternative("q8", id="shuffled_copies")
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    while len(losses) < epochs:
        order = rng.permutation(len(X))
        inputs, targets = X[order], y_true[order]
        while len(inputs):
            net.gradient(inputs[:batch_size], targets[:batch_size])
            sgd_step(net.layers, lr)
            inputs, targets = inputs[batch_size:], targets[batch_size:]
        losses.append(net.loss(X, y_true))
    return losses
