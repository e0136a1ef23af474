"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake(
    "q1",
    id="sgd_climbs",
    advice="Where the slope is positive, down is to the left: check the sign of your step in sgd.",
)
def sgd(params, grads, state, lr=0.1):
    g = grads(params)
    return {name: x + lr * g[name] for name, x in params.items()}, {}


@mistake(
    "q1",
    id="sgd_without_rate",
    advice="Call sgd with two learning rates and compare the results.",
)
def sgd(params, grads, state, lr=0.1):
    g = grads(params)
    return {name: x - g[name] for name, x in params.items()}, {}


@mistake(
    "q1",
    id="sgd_changes_params",
    advice="Print the dict that you passed to sgd as params, after the call.",
)
def sgd(params, grads, state, lr=0.1):
    g = grads(params)
    for name in params:
        params[name] = params[name] - lr * g[name]
    return params, {}


@mistake(
    "q1",
    id="sgd_changes_arrays",
    advice="Print the arrays that you passed to sgd, after the call.",
)
def sgd(params, grads, state, lr=0.1):
    g = grads(params)
    new = dict(params)
    for name in new:
        new[name] -= lr * g[name]
    return new, {}


@mistake(
    "q1",
    id="sgd_with_sign",
    advice="Compare the lengths of your steps in sgd on a steep and on a gentle slope.",
)
def sgd(params, grads, state, lr=0.1):
    g = grads(params)
    return {name: x - lr * np.sign(g[name]) for name, x in params.items()}, {}


@mistake(
    "q1",
    id="rate_outside",
    advice="Let the rate fall in momentum: with which rate does an old slope still count?",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] - g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="rate_inside",
    advice="Let the rate fall in momentum_outside: with which rate does an old slope count?",
)
def momentum_outside(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] + lr * g[name] for name in params}
    return {name: x - v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="mean_rate_inside",
    advice="Let the rate fall in momentum_mean: with which rate should an old slope count?",
)
def momentum_mean(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] - lr * (1 - m) * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="momentum_climbs",
    advice="Work out the first step of momentum by hand: does it go up or down the slope?",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] + lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="momentum_other_sign",
    advice="Compare both signs of momentum with its row of the table: state shows your velocity.",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] + lr * g[name] for name in params}
    return {name: x - v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="outside_climbs",
    advice="Work out the first step of momentum_outside by hand, sign by sign.",
)
def momentum_outside(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] + g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="mean_climbs",
    advice="Where does the minus stand in the row of momentum_mean? Does its first step go down?",
)
def momentum_mean(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] + (1 - m) * g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="mean_climbs_by_the_step",
    advice="In momentum_mean the velocity points down: check the sign with which you add it.",
)
def momentum_mean(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] - (1 - m) * g[name] for name in params}
    return {name: x - lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="mean_without_share",
    advice="Compare the share with which the new slope enters the velocity of momentum_mean.",
)
def momentum_mean(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * v[name] - g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="mean_shares_swapped",
    advice="With m near 1, does your momentum_mean remember for long, or hardly at all?",
)
def momentum_mean(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: (1 - m) * v[name] - m * g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="share_of_everything",
    advice="Check what the share kept is multiplied with in momentum: the old velocity, or more?",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    v = {name: m * (v[name] - lr * g[name]) for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="old_velocity",
    advice="Which velocity does momentum move by: that from before this slope, or after it?",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    new = {name: x + v[name] for name, x in params.items()}
    return new, {"v": {name: m * v[name] - lr * g[name] for name in params}}


@mistake(
    "q1",
    id="outside_old_velocity",
    advice="Which velocity moves momentum_outside: that from before this slope, or after it?",
)
def momentum_outside(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    new = {name: x - lr * v[name] for name, x in params.items()}
    return new, {"v": {name: m * v[name] + g[name] for name in params}}


@mistake(
    "q1",
    id="no_memory",
    advice="Print the state that momentum returns, and look at whether the second step uses it.",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), zeros(params)
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q1",
    id="one_velocity_for_all",
    advice="Give momentum two parameters: does the second one's velocity know of the first?",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v, new = grads(params), state.get("v", 0.0), {}
    for name in params:
        v = m * v - lr * g[name]
        new[name] = params[name] + v
    return new, {"v": v}


@mistake(
    "q1",
    id="shared_between_runs",
    advice="Walk twice from the same start with momentum: does the second run know of the first?",
)
def momentum(params, grads, state, lr=0.1, m=0.9, memory={}):  # noqa: B006
    g = grads(params)
    for name in params:
        memory[name] = m * memory.get(name, 0.0) - lr * g[name]
    new = {name: x + memory[name] for name, x in params.items()}
    return new, {"v": dict(memory)}


@mistake(
    "q1",
    id="state_changed",
    advice="Print the state that you passed to momentum, after the call.",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.setdefault("v", zeros(params))
    for name in params:
        v[name] = m * v[name] - lr * g[name]
    return {name: x + v[name] for name, x in params.items()}, state


@mistake(
    "q1",
    id="velocity_array_changed",
    advice="Print the arrays in the state that you passed to momentum, after the call.",
)
def momentum(params, grads, state, lr=0.1, m=0.9):
    g, v = grads(params), state.get("v", zeros(params))
    for name in params:
        v[name] *= m
        v[name] -= lr * g[name]
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


# --- question 2 ---


@mistake(
    "q2",
    id="slope_here",
    advice="At which point does your nag call grads? Compare its path with that of momentum.",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = grads(params)
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="looks_back",
    advice="Check on which side of x the point lies at which nag asks for the slope.",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = grads({name: x - m * v[name] for name, x in params.items()})
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="looks_a_full_step_ahead",
    advice="How far ahead does momentum carry us on by itself: by all of the velocity?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = grads({name: x + v[name] for name, x in params.items()})
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="starts_from_the_point_ahead",
    advice="From which point does the step start: from where we are, or from where we looked?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    ahead = {name: x + m * v[name] for name, x in params.items()}
    g = grads(ahead)
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: ahead[name] + v[name] for name in params}, {"v": v}


@mistake(
    "q2",
    id="only_the_slope_from_ahead",
    advice="Add up all moves of one step by hand: is the velocity in it exactly once?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    ahead = {name: x + m * v[name] for name, x in params.items()}
    g = grads(ahead)
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: ahead[name] - lr * v[name] for name in params}, {"v": v}


@mistake(
    "q2",
    id="keras_point",
    advice="Read once more which point is returned here, and which by Keras and PyTorch.",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = grads(params)
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + m * v[name] - lr * g[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="rate_outside",
    advice="Let the rate fall in nag: with which rate does an old slope still count?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = grads({name: x + m * lr * v[name] for name, x in params.items()})
    v = {name: m * v[name] - g[name] for name in params}
    return {name: x + lr * v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="climbs",
    advice="Work out the first step of nag by hand: does it go down the slope?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = grads({name: x + m * v[name] for name, x in params.items()})
    v = {name: m * v[name] + lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="one_by_one",
    advice="When nag asks for the slope, are all parameters ahead, or only one of them?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    g = {}
    for name, x in params.items():
        g[name] = grads({**params, name: x + m * v[name]})[name]
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in params.items()}, {"v": v}


@mistake(
    "q2",
    id="moves_params_to_look",
    advice="Print the params that you passed to nag, after the call.",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.get("v", zeros(params))
    old = dict(params)
    for name in params:
        params[name] = params[name] + m * v[name]
    g = grads(params)
    v = {name: m * v[name] - lr * g[name] for name in params}
    return {name: x + v[name] for name, x in old.items()}, {"v": v}


@mistake(
    "q2",
    id="one_velocity_for_all",
    advice="Give nag two parameters: does the second one's velocity know of the first?",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v, new = state.get("v", 0.0), {}
    g = grads({name: x + m * v for name, x in params.items()})
    for name in params:
        v = m * v - lr * g[name]
        new[name] = params[name] + v
    return new, {"v": v}


@mistake(
    "q2",
    id="shared_between_runs",
    advice="Let two runs of nag take turns: does one know of the other?",
)
def nag(params, grads, state, lr=0.1, m=0.9, memory={}):  # noqa: B006
    g = grads({name: x + m * memory.get(name, 0.0) for name, x in params.items()})
    for name in params:
        memory[name] = m * memory.get(name, 0.0) - lr * g[name]
    new = {name: x + memory[name] for name, x in params.items()}
    return new, {"v": dict(memory)}


@mistake(
    "q2",
    id="state_changed",
    advice="Print the state that you passed to nag, after the call.",
)
def nag(params, grads, state, lr=0.1, m=0.9):
    v = state.setdefault("v", zeros(params))
    g = grads({name: x + m * v[name] for name, x in params.items()})
    for name in params:
        v[name] = m * v[name] - lr * g[name]
    return {name: x + v[name] for name, x in params.items()}, state


# --- question 3 ---


@mistake(
    "q3",
    id="no_eps",
    advice="Try adagrad with an entry whose slope is 0 on the first step.",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name]) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="sums_slopes",
    advice="Check what adagrad adds to h: let a slope be negative, and look at the root.",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="sums_sizes",
    advice="Check what adagrad adds to h: the sizes of the slopes, or their squares?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + np.abs(g[name]) for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="no_root",
    advice="Compare your divisor in adagrad with the formula: how long should the first step be?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (h[name] + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="eps_inside",
    advice="Compare where adagrad's small number stands: beside the root, or inside it?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name] + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="only_this_slope",
    advice="On a steady slope, should the steps of adagrad stay as long as the first?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="adagrad_forgets",
    advice="Does anything fade from AdaGrad's sum? Compare its formula with that of RMSprop.",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: 0.9 * h[name] + 0.1 * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="old_sum",
    advice="Does adagrad divide by the sum from before this slope, or after it?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    h = {name: h[name] + g[name] ** 2 for name in params}
    return new, {"h": h}


@mistake(
    "q3",
    id="one_rate_per_array",
    advice="Does each entry of an array have a sum of its own in your adagrad?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + np.sum(g[name] ** 2) for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="one_sum_for_all",
    advice="Give adagrad two parameters: does the sum of the first get into that of the second?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h, new = grads(params), state.get("h", 0.0), {}
    for name, x in params.items():
        h = h + g[name] ** 2
        new[name] = x - lr * g[name] / (np.sqrt(h) + eps)
    return new, {"h": h}


@mistake(
    "q3",
    id="adagrad_shared_between_runs",
    advice="Let two runs of adagrad take turns: does one know of the other?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8, memory={}):  # noqa: B006
    g = grads(params)
    for name in params:
        memory[name] = memory.get(name, 0.0) + g[name] ** 2
    new = {name: x - lr * g[name] / (np.sqrt(memory[name]) + eps) for name, x in params.items()}
    return new, {"h": dict(memory)}


@mistake(
    "q3",
    id="adagrad_state_changed",
    advice="Print the state that you passed to adagrad, after the call.",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.setdefault("h", zeros(params))
    for name in params:
        h[name] += g[name] ** 2
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, state


@mistake(
    "q3",
    id="shares_swapped",
    advice="With rho near 1, does your rmsprop remember for long, or hardly at all?",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: (1 - rho) * h[name] + rho * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="rmsprop_never_forgets",
    advice="Does your rmsprop keep a mean, or a sum that grows and grows?",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="rmsprop_no_share",
    advice="With which share does the new square enter the mean of rmsprop?",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="mean_of_slopes",
    advice="Check of what rmsprop keeps a mean: let a slope be negative, and look at the root.",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] for name in params}
    new = {name: x - lr * g[name] / (np.sqrt(h[name]) + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="rmsprop_no_root",
    advice="Compare your divisor in rmsprop with the formula, root and all.",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / (h[name] + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="rmsprop_eps_inside",
    advice="Compare where the small number of rmsprop stands: beside the root, or inside it?",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name] + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="rmsprop_no_eps",
    advice="Try rmsprop with an entry whose slope is 0 on the first step.",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name]) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="no_eps_in_both",
    advice="Try both optimizers with an entry whose slope is 0 on the first step.",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name]) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="no_eps_in_both",
    advice="Try both optimizers with an entry whose slope is 0 on the first step.",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name]) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="eps_inside_both",
    advice="Compare where the small number stands in both: beside the root, or inside it?",
)
def adagrad(params, grads, state, lr=0.1, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: h[name] + g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name] + eps) for name, x in params.items()}
    return new, {"h": h}


@mistake(
    "q3",
    id="eps_inside_both",
    advice="Compare where the small number stands in both: beside the root, or inside it?",
)
def rmsprop(params, grads, state, lr=0.1, rho=0.9, eps=1e-8):
    g, h = grads(params), state.get("h", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    new = {name: x - lr * g[name] / np.sqrt(h[name] + eps) for name, x in params.items()}
    return new, {"h": h}


# --- question 4 ---


@mistake(
    "q4",
    id="slide_rms",
    advice="Whose mean stands above the line: the parameter's, as on the slide, or the steps'?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    d = {name: rho * d[name] + (1 - rho) * x**2 for name, x in params.items()}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="slide_rms_late",
    advice="Whose second mean do you keep: the parameter's, as on the slide, or the steps'?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * (params[name] + lr * move[name]) ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="slopes_after_the_step",
    advice="Which of the two means must know this gradient before the step is worked out?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="means_in_wrong_order",
    advice="In which order are the two means updated: which before the step, which after?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    d = {
        name: rho * d[name] + (1 - rho) * g[name] ** 2 * (d[name] + eps) / (h[name] + eps)
        for name in params
    }
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="steps_fade_first",
    advice="Has the mean of the steps faded already when you take its root? Should it have?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((rho * d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="upside_down",
    advice="Which of the two means belongs above the line, and which below?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((h[name] + eps) / (d[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="no_eps_above",
    advice="How can the very first step be anything but 0, when no step has been made yet?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt(d[name] / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="eps_outside",
    advice="Where does the small number stand in this question: inside the roots, or beside?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * (np.sqrt(d[name]) + eps) / (np.sqrt(h[name]) + eps) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="no_root",
    advice="Compare your fraction with the formula, roots and all.",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * (d[name] + eps) / (h[name] + eps) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="rate_in_the_mean",
    advice="Call adadelta with another lr: is the factor in the mean of the steps? Should it be?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * (lr * move[name]) ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="rate_ignored",
    advice="Call adadelta with another lr and compare the lengths of the steps.",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="climbs",
    advice="Does your step go down the slope? Check its sign.",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="shares_swapped",
    advice="With rho near 1, do your means remember for long, or hardly at all?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: (1 - rho) * h[name] + rho * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: (1 - rho) * d[name] + rho * move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="steps_not_squared",
    advice="Check what the mean of the steps is a mean of, and whether it can be negative.",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: rho * d[name] + (1 - rho) * np.abs(move[name]) for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="steps_never_remembered",
    advice="Print the two means in the state after the second step: does each know of the first?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": zeros(params)}


@mistake(
    "q4",
    id="steps_summed",
    advice="Does the mean of the steps fade, or does it only grow?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g = grads(params)
    h, d = state.get("h", zeros(params)), state.get("d", zeros(params))
    h = {name: rho * h[name] + (1 - rho) * g[name] ** 2 for name in params}
    move = {name: -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps)) for name in params}
    d = {name: d[name] + move[name] ** 2 for name in params}
    return {name: x + lr * move[name] for name, x in params.items()}, {"h": h, "d": d}


@mistake(
    "q4",
    id="shared_between_runs",
    advice="Let two runs of adadelta take turns: does one know of the other?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6, memory={}):  # noqa: B006
    g, new = grads(params), {}
    for name, x in params.items():
        h, d = memory.get(name, (0.0, 0.0))
        h = rho * h + (1 - rho) * g[name] ** 2
        move = -g[name] * np.sqrt((d + eps) / (h + eps))
        memory[name] = h, rho * d + (1 - rho) * move**2
        new[name] = x + lr * move
    h = {name: memory[name][0] for name in params}
    return new, {"h": h, "d": {name: memory[name][1] for name in params}}


@mistake(
    "q4",
    id="state_changed",
    advice="Print the state that you passed to adadelta, after the call.",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g, new = grads(params), {}
    h, d = state.setdefault("h", zeros(params)), state.setdefault("d", zeros(params))
    for name, x in params.items():
        h[name] = rho * h[name] + (1 - rho) * g[name] ** 2
        move = -g[name] * np.sqrt((d[name] + eps) / (h[name] + eps))
        d[name] = rho * d[name] + (1 - rho) * move**2
        new[name] = x + lr * move
    return new, state


@mistake(
    "q4",
    id="one_mean_for_all",
    advice="Give adadelta two parameters: do the means of the second one know of the first?",
)
def adadelta(params, grads, state, lr=1.0, rho=0.9, eps=1e-6):
    g, new = grads(params), {}
    h, d = state.get("h", 0.0), state.get("d", 0.0)
    for name, x in params.items():
        h = rho * h + (1 - rho) * g[name] ** 2
        move = -g[name] * np.sqrt((d + eps) / (h + eps))
        d = rho * d + (1 - rho) * move**2
        new[name] = x + lr * move
    return new, {"h": h, "d": d}


# --- question 5 ---


@mistake(
    "q5",
    id="beta1_twice",
    advice="With which share is the old mean of squares kept? The box in the question tries both.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta1 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="beta1_everywhere",
    advice="Which of the two shares belongs to the squares? Look at both places in its formula.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta1 * v[name] + (1 - beta1) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="beta1_in_the_hat",
    advice="Compare the two hats: with which share does each divide?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta1**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="betas_swapped",
    advice="Which of the means remembers longer: that of slopes, or that of squares?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta2 * m[name] + (1 - beta2) * g[name] for name in params}
    v = {name: beta1 * v[name] + (1 - beta1) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta2**t), v[name] / (1 - beta1**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="no_bias_correction",
    advice="Both means start at 0: what makes up for it in the first steps?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name], v[name]
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="only_m_corrected",
    advice="Both means start at 0: do both of yours get a hat?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name]
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="only_v_corrected",
    advice="Both means start at 0: do both of yours get a hat?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name], v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="t_from_zero",
    advice="What is t in the very first step, and what is 1 minus a number to the power of it?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0)
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat = m[name] / np.float64(1 - beta1**t)
        v_hat = v[name] / np.float64(1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t + 1}


@mistake(
    "q5",
    id="t_from_two",
    advice="Print t during the first step: is it counted once?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 1) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="t_never_counts",
    advice="Print the t in the state after several steps.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="t_counts_parameters",
    advice="Give adam two parameters and print t after one step.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0)
    m, v, new = state.get("m", zeros(params)), state.get("v", zeros(params)), {}
    m, v = dict(m), dict(v)
    for name, x in params.items():
        t += 1
        m[name] = beta1 * m[name] + (1 - beta1) * g[name]
        v[name] = beta2 * v[name] + (1 - beta2) * g[name] ** 2
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="hat_times_t",
    advice="Look at t in the formulas of the hats: a power of the share, or a multiple?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1) / t, v[name] / (1 - beta2) / t
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="eps_inside",
    advice="Compare where adam's small number stands: beside the root, or inside it?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / np.sqrt(v_hat + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="no_eps",
    advice="Try adam with an entry whose slope is 0 on the first step.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / np.sqrt(v_hat)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="no_root",
    advice="Compare your divisor with the formula, root and all.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (v_hat + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="slope_for_the_mean",
    advice="What stands above the line in the step: this slope, or the mean of slopes?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * g[name] / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="mean_of_slopes_twice",
    advice="Check what your second mean is a mean of: can it be negative?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="climbs",
    advice="Does the first step go down the slope?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: beta1 * m[name] + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v[name] + (1 - beta2) * g[name] ** 2 for name in params}
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x + lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="hats_kept",
    advice="Which means does the next step build on: those with hats, or those without?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t = grads(params), state.get("t", 0) + 1
    m, v = state.get("m", zeros(params)), state.get("v", zeros(params))
    m = {name: (beta1 * m[name] + (1 - beta1) * g[name]) / (1 - beta1**t) for name in params}
    v = {name: (beta2 * v[name] + (1 - beta2) * g[name] ** 2) / (1 - beta2**t) for name in params}
    new = {name: x - lr * m[name] / (np.sqrt(v[name]) + eps) for name, x in params.items()}
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="shared_between_runs",
    advice="Let two runs of adam take turns: does one know of the other?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, memory={}):  # noqa: B006
    g, t = grads(params), memory.get("t", 0) + 1
    m, v = memory.get("m", {}), memory.get("v", {})
    m = {name: beta1 * m.get(name, 0.0) + (1 - beta1) * g[name] for name in params}
    v = {name: beta2 * v.get(name, 0.0) + (1 - beta2) * g[name] ** 2 for name in params}
    memory.update(m=m, v=v, t=t)
    new = {}
    for name, x in params.items():
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


@mistake(
    "q5",
    id="state_changed",
    advice="Print the state that you passed to adam, after the call.",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, new = grads(params), {}
    state["t"] = t = state.get("t", 0) + 1
    m, v = state.setdefault("m", zeros(params)), state.setdefault("v", zeros(params))
    for name, x in params.items():
        m[name] = beta1 * m[name] + (1 - beta1) * g[name]
        v[name] = beta2 * v[name] + (1 - beta2) * g[name] ** 2
        m_hat, v_hat = m[name] / (1 - beta1**t), v[name] / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, state


@mistake(
    "q5",
    id="one_mean_for_all",
    advice="Give adam two parameters: do the means of the second one know of the first?",
)
def adam(params, grads, state, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8):
    g, t, new = grads(params), state.get("t", 0) + 1, {}
    m, v = state.get("m", 0.0), state.get("v", 0.0)
    for name, x in params.items():
        m = beta1 * m + (1 - beta1) * g[name]
        v = beta2 * v + (1 - beta2) * g[name] ** 2
        m_hat, v_hat = m / (1 - beta1**t), v / (1 - beta2**t)
        new[name] = x - lr * m_hat / (np.sqrt(v_hat) + eps)
    return new, {"m": m, "v": v, "t": t}


# --- question 6 ---


@mistake(
    "q6",
    id="integer_division",
    advice="Plot exponential_decay over the steps: should it be a smooth curve, or stairs?",
)
def exponential_decay(lr0, rate, decay_steps, step):
    return lr0 * rate ** (step // decay_steps)


@mistake(
    "q6",
    id="rate_times_exponent",
    advice="Check in exponential_decay what is a power, and what is multiplied.",
)
def exponential_decay(lr0, rate, decay_steps, step):
    return lr0 * rate * step / decay_steps


@mistake(
    "q6",
    id="factor_every_step",
    advice="After how many steps should exponential_decay have applied its factor once?",
)
def exponential_decay(lr0, rate, decay_steps, step):
    return lr0 * rate**step


@mistake(
    "q6",
    id="natural_exponent",
    advice="Put step = decay_steps into exponential_decay: which part of the start should be left?",
)
def exponential_decay(lr0, rate, decay_steps, step):
    return lr0 * np.exp(-rate * step / decay_steps)


@mistake(
    "q6",
    id="start_in_the_power",
    advice="Check what exactly is raised to a power in exponential_decay: try it with step 0.",
)
def exponential_decay(lr0, rate, decay_steps, step):
    return (lr0 * rate) ** (step / decay_steps)


@mistake(
    "q6",
    id="stairs_are_smooth",
    advice="Plot step_decay over the steps: should it be a smooth curve, or stairs?",
)
def step_decay(lr0, rate, every, step):
    return lr0 * rate ** (step / every)


@mistake(
    "q6",
    id="stairs_rounded_up",
    advice="At which step does your step_decay fall for the first time?",
)
def step_decay(lr0, rate, every, step):
    return lr0 * rate ** (-(-step // every))


@mistake(
    "q6",
    id="stairs_rounded",
    advice="At which step does your step_decay fall for the first time?",
)
def step_decay(lr0, rate, every, step):
    return lr0 * rate ** np.round(step / every)


@mistake(
    "q6",
    id="stair_comes_late",
    advice="What should step_decay give exactly when the number of steps is reached?",
)
def step_decay(lr0, rate, every, step):
    return lr0 * rate ** np.maximum((np.asarray(step) - 1) // every, 0)


@mistake(
    "q6",
    id="falls_once",
    advice="Does your step_decay fall a second time, and a third?",
)
def step_decay(lr0, rate, every, step):
    return np.where(np.asarray(step) >= every, lr0 * rate, lr0)


@mistake(
    "q6",
    id="divided_by_steps",
    advice="Compare the divisor of inverse_time_decay with the formula: try step 0 and step 1.",
)
def inverse_time_decay(lr0, decay, step):
    return lr0 / (1 + decay) ** step


@mistake(
    "q6",
    id="inverse_without_one",
    advice="What should inverse_time_decay give at step 1, when decay is small?",
)
def inverse_time_decay(lr0, decay, step):
    return lr0 / np.maximum(decay * step, 1)


@mistake(
    "q6",
    id="linear_fall",
    advice="Can your inverse_time_decay become negative? Compare it with the formula.",
)
def inverse_time_decay(lr0, decay, step):
    return lr0 * (1 - decay * step)


@mistake(
    "q6",
    id="per_step_compounded",
    advice="How does the divisor of inverse_time_decay grow: by a sum, or by a factor?",
)
def inverse_time_decay(lr0, decay, step):
    return lr0 * np.exp(-decay * step)


@mistake(
    "q6",
    id="epochs_for_steps",
    advice="What does the schedule count: epochs, or steps? How many steps has an epoch?",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(epoch) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="rows_for_steps",
    advice="How many steps does an epoch make when a batch has more than one row?",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(epoch * rows) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="last_batch_lost",
    advice="Count by hand the batches of 10 rows in batches of 4, the short one included.",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(epoch * (rows // batch)) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="broken_steps",
    advice="Can a loop make two and a half steps? Print what you ask the schedule for.",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(epoch * rows / batch) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="rounded_to_the_nearest",
    advice="Is a short last batch a step, however short it is?",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(epoch * round(rows / batch)) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="always_one_more",
    advice="How many steps does an epoch make when the batches come out even?",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(epoch * (rows // batch + 1)) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="rounded_at_the_end",
    advice="Does a new epoch begin in the middle of a batch? Round where the short batch is.",
)
def epoch_rates(schedule, rows, batch, epochs):
    return np.array([schedule(int(np.ceil(epoch * rows / batch))) for epoch in range(epochs + 1)])


@mistake(
    "q6",
    id="start_left_out",
    advice="After how many epochs is the first rate wanted?",
)
def epoch_rates(schedule, rows, batch, epochs):
    steps = int(np.ceil(rows / batch))
    return np.array([schedule(epoch * steps) for epoch in range(1, epochs + 1)])


@mistake(
    "q6",
    id="end_left_out",
    advice="Count the rates: 3 epochs have a start and three ends.",
)
def epoch_rates(schedule, rows, batch, epochs):
    steps = int(np.ceil(rows / batch))
    return np.array([schedule(epoch * steps) for epoch in range(epochs)])


# --- question 7 ---


@mistake(
    "q7",
    id="state_reused",
    advice="What does the second optimizer find in its state before its first step?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    state = {}
    for name, (step, schedule) in optimizers.items():
        point, found = start, [loss(start)]
        for k in range(steps):
            point, state = step(point, grads, state, lr=schedule(k))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="starts_where_the_last_ended",
    advice="Compare the first losses of all optimizers: do they start from the same point?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    point = start
    for name, (step, schedule) in optimizers.items():
        state, found = {}, [loss(point)]
        for k in range(steps):
            point, state = step(point, grads, state, lr=schedule(k))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="nothing_made_anew",
    advice="Compare the first losses of all optimizers, and the states that they begin with.",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    point, state = start, {}
    for name, (step, schedule) in optimizers.items():
        found = [loss(point)]
        for k in range(steps):
            point, state = step(point, grads, state, lr=schedule(k))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="start_is_moved",
    advice="Print the start that you passed, after the call.",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for k in range(steps):
            new, state = step(point, grads, state, lr=schedule(k))
            point.update(new)
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="state_forgotten",
    advice="Does each step get the state that the step before returned?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for k in range(steps):
            point, state = step(point, grads, {}, lr=schedule(k))[0], {}
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="no_loss_at_the_start",
    advice="How many losses belong to three steps?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, []
        for k in range(steps):
            point, state = step(point, grads, state, lr=schedule(k))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="last_step_left_out",
    advice="How many losses belong to three steps?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for k in range(steps - 1):
            point, state = step(point, grads, state, lr=schedule(k))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="loss_before_the_step",
    advice="Of which point is the last of your losses: from before the last step, or after it?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for k in range(steps):
            found.append(loss(point))
            point, state = step(point, grads, state, lr=schedule(k))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="rates_from_one",
    advice="With which number is a schedule asked for the first step?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for k in range(steps):
            point, state = step(point, grads, state, lr=schedule(k + 1))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="first_rate_for_all",
    advice="Does the rate fall during your walk? Ask the schedule again.",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for _ in range(steps):
            point, state = step(point, grads, state, lr=schedule(0))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="last_rate_for_all",
    advice="Which rate does the first step get? Ask the schedule with the number of that step.",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        point, state, found = start, {}, [loss(start)]
        for _ in range(steps):
            point, state = step(point, grads, state, lr=schedule(steps))
            found.append(loss(point))
        losses[name] = np.array(found)
    return losses


@mistake(
    "q7",
    id="only_the_last_loss",
    advice="Is your result one loss for each optimizer, or one for each step?",
)
def compare(loss, grads, start, optimizers, steps):
    losses = {}
    for name, (step, schedule) in optimizers.items():
        path = walk(step, grads, start, [schedule(k) for k in range(steps)])
        losses[name] = loss(path[-1])
    return losses


@mistake(
    "q7",
    id="below_only",
    advice="Is a loss of exactly the level low enough?",
)
def steps_to_reach(losses, level):
    low = np.flatnonzero(np.asarray(losses) < level)
    return int(low[0]) if len(low) else None


@mistake(
    "q7",
    id="counts_from_one",
    advice="After how many steps is the loss at the start reached?",
)
def steps_to_reach(losses, level):
    low = np.flatnonzero(np.asarray(losses) <= level)
    return int(low[0]) + 1 if len(low) else None


@mistake(
    "q7",
    id="the_last_time",
    advice="Losses may fall below the level, rise and fall again: which of these times counts?",
)
def steps_to_reach(losses, level):
    low = np.flatnonzero(np.asarray(losses) <= level)
    return int(low[-1]) if len(low) else None


@mistake(
    "q7",
    id="never_is_zero",
    advice="What does your function return when no loss is low enough?",
)
def steps_to_reach(losses, level):
    return int(np.argmax(np.asarray(losses) <= level))


@mistake(
    "q7",
    id="never_is_the_end",
    advice="What does your function return when no loss is low enough?",
)
def steps_to_reach(losses, level):
    for k, loss in enumerate(losses):
        if loss <= level:
            return k
    return len(losses)


@mistake(
    "q7",
    id="how_many_are_above",
    advice="Count the steps to the first low loss, not the high losses: they may come again.",
)
def steps_to_reach(losses, level):
    high = int(np.sum(np.asarray(losses) > level))
    return high if high < len(losses) else None


@mistake(
    "q7",
    id="the_lowest_loss",
    advice="Is the lowest loss wanted, or the first that is low enough?",
)
def steps_to_reach(losses, level):
    lowest = int(np.argmin(losses))
    return lowest if losses[lowest] <= level else None
