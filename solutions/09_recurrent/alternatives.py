"""Right answers written another way; each must get full marks."""

import numpy as np

from autograder.authoring import alternative

# --- question 1 ---


@alternative("q1", id="one_matrix")
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation(np.hstack([x, h]) @ np.vstack([Wx, Wh]) + b)


@alternative("q1", id="sums_by_hand")
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    if np.ndim(x) == 2:
        rows = zip(x, h, strict=True)
        return np.array([rnn_step(one, state, Wx, Wh, b, activation) for one, state in rows])
    total = np.array(b, dtype=float)
    for j in range(len(b)):
        total[j] += sum(x[i] * Wx[i, j] for i in range(len(x)))
        total[j] += sum(h[i] * Wh[i, j] for i in range(len(h)))
    return activation(total)


@alternative("q1", id="filled_in")
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    H = np.empty((len(X), *h.shape))
    for t in range(len(X)):
        H[t] = step(X[t], H[t - 1] if t else h, Wx, Wh, b)
    return H


@alternative("q1", id="plain_list")
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    states = [h]
    for x in X:
        states += [step(x, states[-1], Wx, Wh, b)]
    return states[1:]


# --- question 2 ---


@alternative("q2", id="diagonal_matrices")
def jacobian_product(H, Wh, slope=tanh_slope):
    factors = [np.diag(slope(h)) @ Wh.T for h in H]
    return np.linalg.multi_dot([*factors[::-1], np.eye(len(Wh)), np.eye(len(Wh))])


@alternative("q2", id="from_the_end")
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.identity(H.shape[1])
    for t in range(len(H) - 1, -1, -1):
        J = J * slope(H[t]) @ Wh.T
    return J


@alternative("q2", id="one_nudge_at_a_time")
def jacobian_product(H, Wh, slope=tanh_slope):
    columns = np.eye(len(Wh))
    for h in H:
        columns = columns @ Wh * slope(h)
    return columns.T


@alternative("q2", id="singular_values")
def gradient_norms(H, Wh, product=jacobian_product):
    norms = []
    for k in range(1, len(H) + 1):
        norms.append(float(np.max(np.linalg.svd(product(H[-k:], Wh), compute_uv=False))))
    return norms


@alternative("q2", id="step_by_step")
def gradient_norms(H, Wh, product=jacobian_product):
    J, norms = np.eye(len(Wh)), np.zeros(len(H))
    for k in range(len(H)):
        t = len(H) - 1 - k
        J = J @ product(H[t : t + 1], Wh)
        norms[k] = np.sqrt(np.linalg.eigvalsh(J.T @ J)[-1])
    return norms


# --- question 3 ---


@alternative("q3", id="two_products")
def forget(x, h, c, W, b):
    n = h.shape[-1]
    z = h @ W[:n] + x @ W[n:] + b
    return c / (1 + np.exp(-z))


@alternative("q3", id="hstack_and_tanh")
def forget(x, h, c, W, b):
    z = np.hstack((h, x)) @ W + b
    return np.multiply(c, (np.tanh(z / 2) + 1) / 2)


@alternative("q3", id="logs_to_base_two")
def half_life(f):
    return -1 / np.log2(f)


@alternative("q3", id="one_by_one")
def half_life(f):
    return np.array([np.log(2) / -np.log(one) for one in np.ravel(f)]).reshape(np.shape(f))


# --- question 4 ---


@alternative("q4", id="two_products")
def input_gate(x, h, W, b):
    n = h.shape[-1]
    return np.exp(-np.logaddexp(0, -(h @ W[:n] + x @ W[n:] + b)))


@alternative("q4", id="sample_by_sample")
def input_gate(x, h, W, b):
    if x.ndim == 2:
        return np.array([input_gate(x[k], h[k], W, b) for k in range(len(x))])
    return sigmoid(W.T @ np.append(h, x) + b)


@alternative("q4", id="difference_of_logs")
def gate_bias(g):
    return np.log(g) - np.log1p(-g)


@alternative("q4", id="by_arctanh")
def gate_bias(g):
    return 2 * np.arctanh(2 * g - 1)


# --- question 5 ---


@alternative("q5", id="by_sigmoid")
def candidate(x, h, W, b):
    n = h.shape[-1]
    return 2 * sigmoid(2 * (h @ W[:n] + x @ W[n:] + b)) - 1


@alternative("q5", id="bias_as_a_weight")
def candidate(x, h, W, b):
    one = np.ones((*h.shape[:-1], 1))
    return np.tanh(np.concatenate([h, x, one], axis=-1) @ np.vstack([W, b]))


# --- question 6 ---


@alternative("q6", id="two_products")
def output(x, h, c_new, W, b):
    n = h.shape[-1]
    return np.tanh(c_new) / (1 + np.exp(-(b + x @ W[n:] + h @ W[:n])))


@alternative("q6", id="sample_by_sample")
def output(x, h, c_new, W, b):
    if h.ndim == 2:
        return np.array([output(x[k], h[k], c_new[k], W, b) for k in range(len(h))])
    gate = sigmoid(np.append(h, x) @ W + b)
    return [float(o * np.tanh(c)) for o, c in zip(gate, c_new, strict=True)]


# --- question 7 ---


@alternative("q7", id="piece_by_piece")
def lstm_step(
    x,
    h,
    c,
    params,
    forget=forget,
    input_gate=input_gate,
    candidate=candidate,
    output=output,
):
    (Wf, bf), (Wi, bi), (Wc, bc), (Wo, bo) = [params[name] for name in ("f", "i", "c", "o")]
    kept = forget(x, h, c, Wf, bf)
    new = candidate(x, h, Wc, bc)
    open_to = input_gate(x, h, Wi, bi)
    memory = np.add(kept, np.multiply(open_to, new))
    state = output(x, h, memory, Wo, bo)
    return [state, memory]


@alternative("q7", id="filled_in")
def lstm_forward(X, h, c, params, step=lstm_step):
    H, C = np.zeros((2, len(X), *h.shape))
    for t, x in enumerate(X):
        H[t], C[t] = h, c = step(x, h, c, params)
    return H, C


@alternative("q7", id="lists")
def lstm_forward(X, h, c, params, step=lstm_step):
    pairs = [(h, c)]
    for x in X:
        pairs.append(step(x, *pairs[-1], params))
    return [h for h, _ in pairs[1:]], [c for _, c in pairs[1:]]


@alternative("q7", id="piece_of_each")
def lstm_params(d, n):
    weights_of_state, weights_of_input, biases = n * n, d * n, n
    return 4 * weights_of_state + 4 * weights_of_input + 4 * biases


# --- question 8 ---


@alternative("q8", id="one_long_vector")
def clip_by_norm(grads, limit):
    norm = np.linalg.norm(np.concatenate([np.ravel(g) for g in grads.values()]))
    if norm <= limit:
        return dict(grads)
    return {name: limit * g / norm for name, g in grads.items()}


@alternative("q8", id="norm_of_norms")
def clip_by_norm(grads, limit):
    norm = np.linalg.norm([np.linalg.norm(g) for g in grads.values()])
    scale = 1.0
    if norm > limit:
        scale = limit / norm
    return {name: np.multiply(scale, grads[name]) for name in grads}


@alternative("q8", id="recursion")
def residual_stack(x, layers):
    if not layers:
        return x
    first, *others = layers
    return residual_stack(np.add(x, first(x)), others)


@alternative("q8", id="in_a_loop")
def slope_chains(slopes):
    plain = shortcut = 1.0
    for slope in slopes:
        plain *= slope
        shortcut *= 1 + slope
    return [plain, shortcut]


# --- question 9 ---


@alternative("q9", id="row_by_row")
def attention(scores, values, mask=None):
    if scores.ndim == 2:
        masks = mask if mask is not None else [None] * len(scores)
        pairs = [attention(s, values, m) for s, m in zip(scores, masks, strict=True)]
        return np.array([a for a, _ in pairs]), np.array([v for _, v in pairs])
    seen = np.ones(len(scores), dtype=bool) if mask is None else np.asarray(mask)
    weights = np.zeros(len(scores))
    top = scores[seen].max()
    weights[seen] = np.exp(scores[seen] - top)
    weights /= weights.sum()
    return weights, sum(a * v for a, v in zip(weights, values, strict=True))


@alternative("q9", id="very_negative")
def attention(scores, values, mask=None):
    s = np.array(scores, dtype=float)
    if mask is not None:
        s[~mask] = -1e9
    s -= s.max(axis=-1, keepdims=True)
    weights = np.exp(s - np.log(np.exp(s).sum(axis=-1, keepdims=True)))
    return weights, np.einsum("...t,tm->...m", weights, values)
