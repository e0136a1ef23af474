"""Right answers written another way; each must get full marks."""

import numpy as np

from autograder.authoring import alternative


@alternative("q1", id="left_to_python")
def variables():
    net_h1 = 0.04 * 0.1 + 0.12 * 0.5 + 0.4
    out_h1 = 1 / (1 + np.exp(-net_h1))
    net_h2 = 0.16 * 0.1 + 0.08 * 0.5 + 0.4
    out_h2 = 1 / (1 + np.exp(-net_h2))
    net_o1 = 0.24 * out_h1 + 0.32 * out_h2 + 0.36
    out_o1 = 1 / (1 + np.exp(-net_o1))
    out_o2 = 1 / (1 + np.exp(-(0.28 * out_h1 + 0.2 * out_h2 + 0.36)))
    E_total = ((0.05 - out_o1) ** 2 + (0.95 - out_o2) ** 2) / 2


@alternative("q1", id="all_digits_of_a_calculator")
def variables():
    net_h1 = 0.464
    out_h1 = 0.613962657291
    net_h2 = 0.456
    out_h2 = 0.612064837066
    net_o1 = 0.703211785611
    out_o1 = 0.668899481319
    out_o2 = 0.657983868605
    E_total = 0.234154994486


@alternative("q2", id="matrices")
def forward_222(c):
    W1 = np.array([[c["w1"], c["w3"]], [c["w2"], c["w4"]]])
    W2 = np.array([[c["w5"], c["w7"]], [c["w6"], c["w8"]]])
    net_h = np.array([c["i1"], c["i2"]]) @ W1 + c["b1"]
    out_h = 1 / (1 + np.exp(-net_h))
    net_o = out_h @ W2 + c["b2"]
    out_o = 1 / (1 + np.exp(-net_o))
    names = [f"{what}_{layer}{k}" for layer in "ho" for what in ("net", "out") for k in (1, 2)]
    return dict(zip(names, [*net_h, *out_h, *net_o, *out_o], strict=True))


@alternative("q2", id="array")
def errors(c, f):
    half = np.array([c["t1"] - f["out_o1"], c["t2"] - f["out_o2"]]) ** 2 / 2
    return np.append(half, half.sum())


@alternative("q2", id="unit_by_unit_with_tanh")
def forward_222(c):
    def unit(a, b, wa, wb, bias):
        net = wa * a + wb * b + bias
        return net, (1 + np.tanh(net / 2)) / 2

    f = {}
    f["net_h1"], f["out_h1"] = unit(c["i1"], c["i2"], c["w1"], c["w2"], c["b1"])
    f["net_h2"], f["out_h2"] = unit(c["i1"], c["i2"], c["w3"], c["w4"], c["b1"])
    f["net_o1"], f["out_o1"] = unit(f["out_h1"], f["out_h2"], c["w5"], c["w6"], c["b2"])
    f["net_o2"], f["out_o2"] = unit(f["out_h1"], f["out_h2"], c["w7"], c["w8"], c["b2"])
    return f


@alternative("q3", id="loop")
def output_deltas(c, f):
    deltas = []
    for k in (1, 2):
        out = f[f"out_o{k}"]
        deltas.append(-(c[f"t{k}"] - out) * (out - out**2))
    return deltas


@alternative("q4", id="sums_written_out")
def hidden_deltas(c, f, delta_o):
    back1 = delta_o[0] * c["w5"] + delta_o[1] * c["w7"]
    back2 = delta_o[0] * c["w6"] + delta_o[1] * c["w8"]
    slope1 = f["out_h1"] - f["out_h1"] ** 2
    slope2 = f["out_h2"] - f["out_h2"] ** 2
    return np.array([back1 * slope1, back2 * slope2])


@alternative("q4", id="row_times_matrix")
def hidden_deltas(c, f, delta_o):
    W2 = np.array([[c["w5"], c["w6"]], [c["w7"], c["w8"]]])
    h = np.array([f["out_h1"], f["out_h2"]])
    return np.asarray(delta_o) @ W2 * (0.25 - (h - 0.5) ** 2)


@alternative("q5", id="written_out")
def weight_grads(c, f, delta_o, delta_h):
    return [
        delta_h[0] * c["i1"],
        delta_h[0] * c["i2"],
        delta_h[1] * c["i1"],
        delta_h[1] * c["i2"],
        delta_o[0] * f["out_h1"],
        delta_o[0] * f["out_h2"],
        delta_o[1] * f["out_h1"],
        delta_o[1] * f["out_h2"],
    ]


@alternative("q5", id="written_out")
def bias_grads(delta_o, delta_h):
    return delta_h[0] + delta_h[1], delta_o[0] + delta_o[1]


@alternative("q5", id="product_with_ones")
def bias_grads(delta_o, delta_h):
    return np.stack([delta_h, delta_o]) @ np.ones(2)


@alternative("q6", id="comprehension")
def step(c, eta, gradients=gradients, biases=False):
    slopes, bias_slopes = gradients(dict(c))
    names = [f"w{k}" for k in range(1, 9)] + (["b1", "b2"] if biases else [])
    slope = dict(zip(names, [*slopes, *(bias_slopes if biases else [])], strict=True))
    return {name: c[name] - eta * slope.get(name, 0) for name in c}


@alternative("q7", id="loop")
def find_slide_errors(printed, correct, follows):
    slips, inherited = set(), set()
    for name, number in printed.items():
        if np.isclose(number, correct[name], rtol=0, atol=HALF_DIGIT):
            continue
        if np.isclose(number, follows[name], rtol=0, atol=HALF_DIGIT):
            inherited.add(name)
        else:
            slips.add(name)
    return slips, inherited


@alternative("q7", id="other_forms")
def repeat_slips(c, f, delta_o, slopes):
    import math

    net = c["b1"] + sum(a * b for a, b in ((c["w2"], c["i1"]), (c["w4"], c["i2"])))
    return {
        "out_h2": 1 / (1 + math.exp(-net)),
        "dout_o1/dnet_o1": 2 * f["out_o1"] - 1,
        "dE_o2/dnet_h1 (in the sum)": c["w7"] * delta_o[1],
        "dE/dw1 (in w1+)": 0.1 * slopes[0],
        "w5+": 1.5 - 10 * c["eta"] * slopes[4],
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@alternative("q8", id="copy_and_update")
def verdict(c, updates, forward=forward_222, errors=errors):
    changed = dict(c)
    for name in updates:
        changed[name] = updates[name]
    totals = [errors(one, forward(one))[-1] for one in (c, changed)]
    return totals[0], totals[1], totals[1] - totals[0] < 0


@alternative("q9", id="loops")
def matrix_step(W1, b1, W2, b2, x, t, eta):
    n, m, k = len(x), len(b1), len(b2)
    h = [sigmoid(sum(x[i] * W1[i, j] for i in range(n)) + b1[j]) for j in range(m)]
    o = [sigmoid(sum(h[j] * W2[j, r] for j in range(m)) + b2[r]) for r in range(k)]
    delta_o = [(o[r] - t[r]) * o[r] * (1 - o[r]) for r in range(k)]
    delta_h = [sum(W2[j, r] * delta_o[r] for r in range(k)) * h[j] * (1 - h[j]) for j in range(m)]
    new_W1 = [[W1[i, j] - eta * x[i] * delta_h[j] for j in range(m)] for i in range(n)]
    new_W2 = [[W2[j, r] - eta * h[j] * delta_o[r] for r in range(k)] for j in range(m)]
    new_b1 = [b1[j] - eta * delta_h[j] for j in range(m)]
    new_b2 = [b2[r] - eta * delta_o[r] for r in range(k)]
    return tuple(np.array(one) for one in (new_W1, new_b1, new_W2, new_b2))


@alternative("q9", id="columns")
def matrix_step(W1, b1, W2, b2, x, t, eta):
    x, t = np.reshape(x, (-1, 1)), np.reshape(t, (-1, 1))
    h = 1 / (1 + np.exp(-(W1.T @ x + b1[:, None])))
    o = 1 / (1 + np.exp(-(W2.T @ h + b2[:, None])))
    back = (o - t) * (o - o * o)
    hidden = W2 @ back * (h - h * h)
    new_W1, new_W2 = W1 - eta * x @ hidden.T, W2 - eta * h @ back.T
    return [new_W1, b1 - eta * hidden[:, 0], new_W2, b2 - eta * back[:, 0]]
