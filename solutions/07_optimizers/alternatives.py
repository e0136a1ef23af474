"""Right answers written another way; each must get full marks."""

import numpy as np

from autograder.authoring import alternative

# --- question 1 ---


@alternative("q1", id="sgd_in_a_loop")
def sgd(params, grads, state, lr=0.1):
    new = {}
    for name in params:
        new[name] = np.array(params[name], dtype=float)
        new[name] -= np.multiply(lr, grads(params)[name])
    return new, state


@alternative("q1", id="momentum_in_a_loop")
def momentum(params, grads, state, lr=0.1, m=0.9):
    if not state:
        state = {"v": {name: np.zeros(x.shape) for name, x in params.items()}}
    slopes, new, speed = grads(params), {}, {}
    for name, x in params.items():
        speed[name] = -(lr * slopes[name] - m * state["v"][name])
        new[name] = np.add(x, speed[name])
    return new, {"v": speed}


@alternative("q1", id="first_step_apart")
def momentum_outside(params, grads, state, lr=0.1, m=0.9):
    g = grads(params)
    if "v" in state:
        v = {name: g[name] + m * old for name, old in state["v"].items()}
    else:
        v = {name: g[name] * 1.0 for name in g}
    return {name: params[name] - v[name] * lr for name in v}, {"v": v}


@alternative("q1", id="mean_as_a_correction")
def momentum_mean(params, grads, state, lr=0.1, m=0.9):
    g, old, v, new = grads(params), state.get("v", {}), {}, {}
    for name, x in params.items():
        before = old.get(name, 0.0)
        v[name] = before - (1 - m) * (g[name] + before)
        new[name] = x + lr * v[name]
    return new, {"v": v}


# --- question 2 ---


@alternative("q2", id="in_a_loop")
def nag(params, grads, state, lr=0.1, m=0.9):
    speed = {name: np.array(x) for name, x in state.get("v", zeros(params)).items()}
    ahead = {}
    for name in params:
        speed[name] *= m
        ahead[name] = params[name] + speed[name]
    slopes = grads(ahead)
    for name in params:
        speed[name] -= lr * slopes[name]
    return {name: params[name] + speed[name] for name in params}, {"v": speed}


@alternative("q2", id="from_ahead_by_the_slope")
def nag(params, grads, state, lr=0.1, m=0.9):
    old = state["v"] if state else zeros(params)
    ahead = {name: params[name] + m * old[name] for name in params}
    slopes = grads(ahead)
    new = {name: ahead[name] - lr * slopes[name] for name in params}
    return new, {"v": {name: m * old[name] - lr * slopes[name] for name in params}}


# --- question 3 ---


@alternative("q3", id="adagrad_in_a_loop")
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    slopes, sums, new = grads(params), dict(state.get("h", {})), {}
    for name, x in params.items():
        sums[name] = sums.get(name, 0) + slopes[name] * slopes[name]
        new[name] = x - lr / (eps + sums[name] ** 0.5) * slopes[name]
    return new, {"h": sums}


@alternative("q3", id="rmsprop_as_a_correction")
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    slopes, old = grads(params), state.get("h") or zeros(params)
    means, new = {}, {}
    for name in params:
        means[name] = old[name] + (1 - rho) * (np.square(slopes[name]) - old[name])
        new[name] = params[name] - np.divide(lr * slopes[name], np.sqrt(means[name]) + eps)
    return new, {"h": means}


# --- question 4 ---


@alternative("q4", id="two_roots")
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    def rms(mean):
        return np.sqrt(mean + eps)

    if not state:
        state = {"h": zeros(params), "d": zeros(params)}
    slopes, new, h, d = grads(params), {}, {}, {}
    for name, x in params.items():
        h[name] = rho * state["h"][name] + (1 - rho) * slopes[name] ** 2
        step = rms(state["d"][name]) / rms(h[name]) * slopes[name]
        d[name] = rho * state["d"][name] + (1 - rho) * step**2
        new[name] = x - lr * step
    return new, {"d": d, "h": h}


# --- question 5 ---


@alternative("q5", id="rate_corrected")
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    t, slopes = 1 + state.get("t", 0), grads(params)
    new, means, squares = {}, {}, {}
    root = np.sqrt(1 - beta2**t)
    for name, x in params.items():
        m = state["m"][name] if "m" in state else np.zeros(x.shape)
        v = state["v"][name] if "v" in state else np.zeros(x.shape)
        means[name] = m + (1 - beta1) * (slopes[name] - m)
        squares[name] = beta2 * v + (1 - beta2) * np.square(slopes[name])
        rate = lr * root / (1 - beta1**t)
        new[name] = x - rate * means[name] / (np.sqrt(squares[name]) + eps * root)
    return new, {"t": t, "m": means, "v": squares}


# --- question 6 ---


@alternative("q6", id="decay_by_logarithm")
def exponential_decay(lr0, rate, decay_steps, step):
    return lr0 * np.exp(np.log(rate) * np.asarray(step) / decay_steps)


@alternative("q6", id="stairs_by_floor")
def step_decay(lr0, rate, every, step):
    return lr0 * np.power(rate, np.floor(np.divide(step, every)))


@alternative("q6", id="stairs_from_remainder")
def step_decay(lr0, rate, every, step):
    return lr0 * rate ** ((step - step % every) / every)


@alternative("q6", id="inverse_by_power")
def inverse_time_decay(lr0, decay, step):
    return lr0 * (decay * np.asarray(step) + 1.0) ** -1


@alternative("q6", id="count_the_batches")
def epoch_rates(schedule, rows, batch, epochs):
    rates, step = [schedule(0)], 0
    for _ in range(epochs):
        for _ in range(0, rows, batch):
            step += 1
        rates.append(schedule(step))
    return rates


# --- question 7 ---


@alternative("q7", id="own_loop")
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for k in range(steps):
            point, state = step(point, grads, state, lr=float(schedule(k)))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@alternative("q7", id="first_by_loop")
def steps_to_reach(losses, level):
    for k, loss in enumerate(losses):
        if level >= loss:
            return k
    return None
