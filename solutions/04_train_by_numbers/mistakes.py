"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake(
    "q1",
    id="all_zero",
    advice="Train from your start by hand: can two hidden nodes ever become different?",
)
def init_params(d, m, k, rng, std=0.01):
    return {"W1": np.zeros((d, m)), "b1": np.zeros(m), "W2": np.zeros((m, k)), "b2": np.zeros(k)}


@mistake(
    "q1",
    id="all_equal",
    advice="Train from your start by hand: can two hidden nodes ever become different?",
)
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": np.full((d, m), std),
        "b1": np.zeros(m),
        "W2": np.full((m, k), std),
        "b2": np.zeros(k),
    }


@mistake(
    "q1",
    id="variance_for_deviation",
    advice="Draw many weights with std 0.5 and measure how far they spread.",
)
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": rng.normal(0, std**2, size=(d, m)),
        "b1": np.zeros(m),
        "W2": rng.normal(0, std**2, size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake("q1", id="std_ignored", advice="Follow std through your function: where is it used?")
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": 0.01 * rng.normal(size=(d, m)),
        "b1": np.zeros(m),
        "W2": 0.01 * rng.normal(size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake(
    "q1",
    id="std_forgotten_in_second_layer",
    advice="Compare the spread of your two weight matrices.",
)
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": std * rng.normal(size=(d, m)),
        "b1": np.zeros(m),
        "W2": rng.normal(size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake("q1", id="uniform", advice="Check which distribution your weights are drawn from.")
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": std * rng.random(size=(d, m)),
        "b1": np.zeros(m),
        "W2": std * rng.random(size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake(
    "q1",
    id="uniform_both_signs",
    advice="Check which distribution your weights are drawn from.",
)
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": rng.uniform(-std, std, size=(d, m)),
        "b1": np.zeros(m),
        "W2": rng.uniform(-std, std, size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake("q1", id="mean_one", advice="Look at the mean of the weights that you draw.")
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": rng.normal(1, std, size=(d, m)),
        "b1": np.zeros(m),
        "W2": rng.normal(1, std, size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake(
    "q1",
    id="global_seed",
    advice="Call your function twice with one generator: do you get two different nets?",
)
def init_params(d, m, k, rng, std=0.01):
    np.random.seed(42)
    return {
        "W1": std * np.random.randn(d, m),
        "b1": np.zeros(m),
        "W2": std * np.random.randn(m, k),
        "b2": np.zeros(k),
    }


@mistake(
    "q1",
    id="own_generator",
    advice="Look for the generator that you were given: who uses it?",
)
def init_params(d, m, k, rng, std=0.01):
    own = np.random.default_rng(0)
    return {
        "W1": own.normal(0, std, size=(d, m)),
        "b1": np.zeros(m),
        "W2": own.normal(0, std, size=(m, k)),
        "b2": np.zeros(k),
    }


@mistake("q1", id="biases_drawn", advice="Look at what the biases should be at the start.")
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": rng.normal(0, std, size=(d, m)),
        "b1": rng.normal(0, std, size=m),
        "W2": rng.normal(0, std, size=(m, k)),
        "b2": rng.normal(0, std, size=k),
    }


@mistake(
    "q1",
    id="transposed",
    advice="Compare the shapes of your weights with the table, row by row.",
)
def init_params(d, m, k, rng, std=0.01):
    return {
        "W1": rng.normal(0, std, size=(m, d)),
        "b1": np.zeros(m),
        "W2": rng.normal(0, std, size=(k, m)),
        "b2": np.zeros(k),
    }


# --- question 2 ---


@mistake(
    "q2",
    id="one_sum_for_the_batch",
    advice="Add up the probabilities of each sample of a batch: what does each row give?",
)
def softmax(z):
    z = np.asarray(z)
    e = np.exp(z - z.max())
    return e / e.sum()


@mistake(
    "q2",
    id="sum_down_the_columns",
    advice="Add up the probabilities along each axis: which of the sums are 1?",
)
def softmax(z):
    z = np.asarray(z)
    e = np.exp(z - z.max(axis=0))
    return e / e.sum(axis=0)


@mistake("q2", id="overflow", advice="Try a sample with scores around 1000.")
def softmax(z):
    e = np.exp(np.asarray(z))
    return e / e.sum(axis=-1, keepdims=True)


@mistake(
    "q2",
    id="one_maximum_for_the_batch",
    advice="Try a batch in which one sample's scores are 1000 lower than another's.",
)
def softmax(z):
    z = np.asarray(z)
    e = np.exp(z - z.max())
    return e / e.sum(axis=-1, keepdims=True)


@mistake("q2", id="shifted_in_place", advice="Print the scores that you passed in, after the call.")
def softmax(z):
    z = np.asarray(z, dtype=float)
    z -= z.max(axis=-1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=-1, keepdims=True)


@mistake("q2", id="no_exponential", advice="Compare what you add up with the formula.")
def softmax(z):
    z = np.asarray(z)
    return z / z.sum(axis=-1, keepdims=True)


@mistake(
    "q2",
    id="sigmoid_forgotten",
    advice="Write down what stands between the two matrix products in the formula.",
)
def predict_proba(params, X, softmax=None):
    hidden = np.asarray(X) @ params["W1"] + params["b1"]
    return softmax(hidden @ params["W2"] + params["b2"])


@mistake(
    "q2",
    id="sigmoid_on_the_scores",
    advice="Check with the formula which of the two layers has a sigmoid.",
)
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.asarray(X) @ params["W1"] + params["b1"])
    return softmax(sigmoid(hidden @ params["W2"] + params["b2"]))


@mistake("q2", id="first_bias_forgotten", advice="Follow each bias through your function.")
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.asarray(X) @ params["W1"])
    return softmax(hidden @ params["W2"] + params["b2"])


@mistake("q2", id="second_bias_forgotten", advice="Follow each bias through your function.")
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.asarray(X) @ params["W1"] + params["b1"])
    return softmax(hidden @ params["W2"])


@mistake("q2", id="biases_forgotten", advice="Follow each bias through your function.")
def predict_proba(params, X, softmax=None):
    return softmax(sigmoid(np.asarray(X) @ params["W1"]) @ params["W2"])


@mistake("q2", id="scores_returned", advice="Do the results of each sample add up to 1?")
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.asarray(X) @ params["W1"] + params["b1"])
    return hidden @ params["W2"] + params["b2"]


@mistake(
    "q2",
    id="given_softmax_ignored",
    advice="Pass a softmax that returns the scores unchanged: do you see the scores?",
)
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.asarray(X) @ params["W1"] + params["b1"])
    scores = hidden @ params["W2"] + params["b2"]
    e = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@mistake(
    "q2",
    id="one_sample_becomes_a_batch",
    advice="Print the shape of your result for a single sample of shape (d,).",
)
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.atleast_2d(X) @ params["W1"] + params["b1"])
    return softmax(hidden @ params["W2"] + params["b2"])


@mistake("q2", id="labels_returned", advice="Read again what is asked for: classes, or chances.")
def predict_proba(params, X, softmax=None):
    hidden = sigmoid(np.asarray(X) @ params["W1"] + params["b1"])
    return np.argmax(softmax(hidden @ params["W2"] + params["b2"]), axis=-1)


# --- question 3 ---


@mistake(
    "q3",
    id="batch_reshaped_away",
    advice="Give your loss a batch that holds each sample twice: the loss should stay the same.",
)
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.asarray(predict(params, X)).reshape(1, -1), 1e-12)
    return -np.sum(np.asarray(Y).reshape(1, -1) * np.log(P)) / len(P)


@mistake(
    "q3",
    id="mean_over_classes",
    advice="Compare your divisor with the formula: is it the number of samples?",
)
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.asarray(predict(params, X)), 1e-12)
    return -np.mean(np.asarray(Y) * np.log(P))


@mistake(
    "q3",
    id="divided_by_length_of_a_sample",
    advice="Try one sample alone, of shape (d,): which n do you divide by?",
)
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.asarray(predict(params, X)), 1e-12)
    return -np.sum(np.asarray(Y) * np.log(P)) / len(P)


@mistake("q3", id="bits", advice="Check the base of your logarithm.")
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.atleast_2d(predict(params, X)), 1e-12)
    return -np.sum(np.asarray(Y) * np.log2(P)) / len(P)


@mistake(
    "q3", id="sign", advice="A loss is small when the net is right: what is the sign of yours?"
)
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.atleast_2d(predict(params, X)), 1e-12)
    return np.sum(np.asarray(Y) * np.log(P)) / len(P)


@mistake(
    "q3",
    id="no_floor",
    advice="Try a probability of exactly 0: what is 0 times the logarithm of 0?",
)
def net_loss(params, X, Y, predict=None):
    P = np.atleast_2d(predict(params, X))
    return -np.sum(np.asarray(Y) * np.log(P)) / len(P)


@mistake(
    "q3",
    id="larger_floor",
    advice="Check how small a probability may become before it counts as something else.",
)
def net_loss(params, X, Y, predict=None):
    P = np.atleast_2d(predict(params, X))
    return -np.sum(np.asarray(Y) * np.log(P + 1e-8)) / len(P)


@mistake(
    "q3",
    id="target_and_prediction_swapped",
    advice="Check of which of the two, target and probability, you take the logarithm.",
)
def net_loss(params, X, Y, predict=None):
    P = np.atleast_2d(predict(params, X))
    return -np.sum(P * np.log(np.maximum(np.atleast_2d(Y), 1e-12))) / len(P)


@mistake("q3", id="all_classes_counted", advice="Which of the logarithms does the target pick?")
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.atleast_2d(predict(params, X)), 1e-12)
    return -np.sum(np.log(P)) / len(P)


@mistake("q3", id="squared_error", advice="Compare your loss with the formula: where is ln?")
def net_loss(params, X, Y, predict=None):
    P = np.atleast_2d(predict(params, X))
    return np.sum((P - np.asarray(Y)) ** 2) / len(P)


@mistake(
    "q3",
    id="one_loss_for_each_sample",
    advice="Read again what is asked for: one number, or one for each sample.",
)
def net_loss(params, X, Y, predict=None):
    P = np.maximum(np.atleast_2d(predict(params, X)), 1e-12)
    return -np.sum(np.asarray(Y) * np.log(P), axis=-1)


@mistake(
    "q3",
    id="log_of_the_mean",
    advice="Which comes first in the formula, the logarithm or the mean?",
)
def net_loss(params, X, Y, predict=None):
    P = np.atleast_2d(predict(params, X))
    return -np.log(np.maximum(np.sum(np.asarray(Y) * P) / len(P), 1e-12))


# --- question 4 ---


@mistake(
    "q4",
    id="loss_of_the_old_parameters",
    advice="Look at what you hand to loss: does it hold the number that you moved?",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name in params:
        moved = params[name].copy()
        grads[name] = np.zeros(moved.shape)
        for index in np.ndindex(moved.shape):
            moved[index] += h
            up = loss(params, X, Y)
            moved[index] -= 2 * h
            down = loss(params, X, Y)
            moved[index] += h
            grads[name][index] = (up - down) / (2 * h)
    return grads


@mistake(
    "q4",
    id="step_stays",
    advice="Print the parameters after measuring one slope: are they as they were?",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    moved = {name: value.copy() for name, value in params.items()}
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            moved[name][index] = value[index] + h
            up = loss(moved, X, Y)
            moved[name][index] = value[index] - h
            down = loss(moved, X, Y)
            grads[name][index] = (up - down) / (2 * h)
    return grads


@mistake(
    "q4",
    id="given_arrays_moved",
    advice="A copy of a dict holds the same arrays: print params after the call.",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name in params:
        grads[name] = np.zeros(params[name].shape)
        for index in np.ndindex(params[name].shape):
            right, left = dict(params), dict(params)
            right[name][index] += h
            up = loss(right, X, Y)
            left[name][index] -= 2 * h
            down = loss(left, X, Y)
            grads[name][index] = (up - down) / (2 * h)
    return grads


@mistake(
    "q4",
    id="forward_difference",
    advice="Check to how many sides you move each number.",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    here = loss(params, X, Y)
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            moved = {other: array.copy() for other, array in params.items()}
            moved[name][index] += h
            grads[name][index] = (loss(moved, X, Y) - here) / h
    return grads


@mistake("q4", id="divided_by_h", advice="How far apart are the two points of the difference?")
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            right = {other: array.copy() for other, array in params.items()}
            left = {other: array.copy() for other, array in params.items()}
            right[name][index] += h
            left[name][index] -= h
            grads[name][index] = (loss(right, X, Y) - loss(left, X, Y)) / h
    return grads


@mistake("q4", id="times_h_over_two", advice="Look at where the brackets of your divisor stand.")
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            right = {other: array.copy() for other, array in params.items()}
            left = {other: array.copy() for other, array in params.items()}
            right[name][index] += h
            left[name][index] -= h
            grads[name][index] = (loss(right, X, Y) - loss(left, X, Y)) / 2 * h
    return grads


@mistake("q4", id="sign", advice="In which direction does the loss grow: check one slope by hand.")
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {name: np.zeros(value.shape) for name, value in params.items()}
    for name, value in params.items():
        for index in np.ndindex(value.shape):
            right = {other: array.copy() for other, array in params.items()}
            left = {other: array.copy() for other, array in params.items()}
            right[name][index] += h
            left[name][index] -= h
            grads[name][index] = (loss(left, X, Y) - loss(right, X, Y)) / (2 * h)
    return grads


@mistake(
    "q4",
    id="biases_left_out",
    advice="Print the names in your result: does every parameter have its slopes?",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name, value in params.items():
        if value.ndim < 2:
            continue
        grads[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            right = {other: array.copy() for other, array in params.items()}
            left = {other: array.copy() for other, array in params.items()}
            right[name][index] += h
            left[name][index] -= h
            grads[name][index] = (loss(right, X, Y) - loss(left, X, Y)) / (2 * h)
    return grads


@mistake(
    "q4",
    id="whole_array_moved",
    advice="How many numbers do you move for one slope?",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name, value in params.items():
        slope = loss({**params, name: value + h}, X, Y) - loss({**params, name: value - h}, X, Y)
        grads[name] = np.full(value.shape, slope / (2 * h))
    return grads


@mistake(
    "q4",
    id="flattened",
    advice="Compare the shapes of your slopes with the shapes of the parameters.",
)
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name, value in params.items():
        slopes = []
        for index in np.ndindex(value.shape):
            right, left = value.copy(), value.copy()
            right[index] += h
            left[index] -= h
            up, down = loss({**params, name: right}, X, Y), loss({**params, name: left}, X, Y)
            slopes.append((up - down) / (2 * h))
        grads[name] = np.array(slopes)
    return grads


@mistake("q4", id="h_ignored", advice="Follow h through your function: which step do you take?")
def numerical_grads(params, X, Y, loss=None, h=1e-4):
    grads = {}
    for name, value in params.items():
        grads[name] = np.zeros(value.shape)
        for index in np.ndindex(value.shape):
            right, left = value.copy(), value.copy()
            right[index] += 1e-4
            left[index] -= 1e-4
            up, down = loss({**params, name: right}, X, Y), loss({**params, name: left}, X, Y)
            grads[name][index] = (up - down) / 2e-4
    return grads


# --- question 5 ---


@mistake(
    "q5",
    id="caller_changed",
    advice="Print the parameters that you passed in, after the call.",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        for name in params:
            params[name] -= lr * slopes[name]
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake("q5", id="uphill", advice="Does your loss fall? Look at the sign of your step.")
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        params = {name: value + lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="first_loss_missing",
    advice="Count your losses: is the one before the first step among them?",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = []
    for _ in range(steps):
        slopes = grads(params, X, Y)
        params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="last_loss_missing",
    advice="Count your losses: is the one after the last step among them?",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = []
    for _ in range(steps):
        losses.append(loss(params, X, Y))
        slopes = grads(params, X, Y)
        params = {name: value - lr * slopes[name] for name, value in params.items()}
    return params, np.array(losses)


@mistake(
    "q5",
    id="measured_once",
    advice="At which parameters do you measure the slopes of the second step?",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    slopes = grads(params, X, Y)
    for _ in range(steps):
        params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="one_after_the_other",
    advice="When the second parameter moves, has the first one moved already?",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    params = dict(params)
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        for name in params:
            params[name] = params[name] - lr * grads(params, X, Y)[name]
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake("q5", id="rate_ignored", advice="Follow lr through your function: where is it used?")
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        params = {name: value - slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="divided_by_samples_again",
    advice="Compare your step with the formula: is there anything beside the rate and the slope?",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        params = {name: value - lr * slopes[name] / len(X) for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="slopes_by_position",
    advice="Do the slopes come in the same order as the parameters? Go by their names.",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = list(grads(params, X, Y).values())
        params = {
            name: value - lr * slopes[i].reshape(-1)[: value.size].reshape(value.shape)
            if slopes[i].size >= value.size
            else value - lr * slopes[i].mean()
            for i, (name, value) in enumerate(params.items())
        }
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="only_four_names",
    advice="Which names may the dict of parameters have? Try one with other names.",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    params = dict(params)
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        for name in ["W1", "b1", "W2", "b2"]:
            if name in params:
                params[name] = params[name] - lr * slopes[name]
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q5",
    id="only_the_losses",
    advice="Read again what is returned: two things, in this order.",
)
def train_full_batch(params, X, Y, lr, steps, grads=None, loss=None):
    losses = [loss(params, X, Y)]
    for _ in range(steps):
        slopes = grads(params, X, Y)
        params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return np.array(losses)


# --- question 6 ---


@mistake(
    "q6",
    id="with_replacement",
    advice="Put all batches of an epoch together and look for numbers that occur twice.",
)
def minibatches(n, size, rng):
    sizes = [min(size, n - start) for start in range(0, n, size)]
    return [rng.integers(n, size=count) for count in sizes]


@mistake(
    "q6",
    id="each_batch_drawn_anew",
    advice="Can a number that the first batch holds come again in the second?",
)
def minibatches(n, size, rng):
    sizes = [min(size, n - start) for start in range(0, n, size)]
    return [rng.choice(n, size=count, replace=False) for count in sizes]


@mistake("q6", id="rest_dropped", advice="Count the samples in all batches together.")
def minibatches(n, size, rng):
    order = rng.permutation(n)
    return [order[i * size : (i + 1) * size] for i in range(n // size)]


@mistake("q6", id="empty_batch", advice="Try a size that divides n: how long is the last batch?")
def minibatches(n, size, rng):
    order = rng.permutation(n)
    return [order[i * size : (i + 1) * size] for i in range(n // size + 1)]


@mistake(
    "q6",
    id="not_shuffled",
    advice="Call your function twice with one generator and compare the two epochs.",
)
def minibatches(n, size, rng):
    order = np.arange(n)
    return [order[start : start + size] for start in range(0, n, size)]


@mistake(
    "q6",
    id="same_order_every_epoch",
    advice="Call your function twice with one generator and compare the two epochs.",
)
def minibatches(n, size, rng):
    order = np.random.default_rng(0).permutation(n)
    return [order[start : start + size] for start in range(0, n, size)]


@mistake("q6", id="equal_parts", advice="How many samples does each batch but the last one hold?")
def minibatches(n, size, rng):
    return np.array_split(rng.permutation(n), -(-n // size))


@mistake("q6", id="counted_from_one", advice="Look for the smallest and the largest number.")
def minibatches(n, size, rng):
    order = rng.permutation(n) + 1
    return [order[start : start + size] for start in range(0, n, size)]


@mistake("q6", id="one_batch", advice="How many batches make an epoch?")
def minibatches(n, size, rng):
    return [rng.permutation(n)[:size]]


@mistake(
    "q6",
    id="shuffled_inside_only",
    advice="Can sample 0 ever come into the last batch?",
)
def minibatches(n, size, rng):
    return [rng.permutation(np.arange(s, min(s + size, n))) for s in range(0, n, size)]


@mistake(
    "q6",
    id="batches_shuffled_only",
    advice="Look into one batch: do neighbours always stay together?",
)
def minibatches(n, size, rng):
    batches = [np.arange(s, min(s + size, n)) for s in range(0, n, size)]
    order = rng.permutation(len(batches))
    order = np.append(order[order != len(batches) - 1], len(batches) - 1)
    return [batches[i] for i in order]


@mistake(
    "q6",
    id="size_taken_for_number",
    advice="Is size the number of batches, or of samples in a batch?",
)
def minibatches(n, size, rng):
    return np.array_split(rng.permutation(n), size)


# --- question 7 ---


@mistake(
    "q7",
    id="targets_not_shuffled",
    advice="Take one batch and check of which samples its targets are.",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        start = 0
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[start : start + len(rows)])
            start += len(rows)
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q7",
    id="samples_not_shuffled",
    advice="Take one batch and check to which targets its samples belong.",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        start = 0
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[start : start + len(rows)], Y[rows])
            start += len(rows)
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q7",
    id="all_samples_in_every_step",
    advice="On which samples do you measure the slopes of one step?",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        for _ in batches(len(X), size, rng):
            slopes = grads(params, X, Y)
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake("q7", id="loss_of_the_last_batch", advice="Of which samples is the loss to be reported?")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X[rows], Y[rows]))
    return params, np.array(losses)


@mistake("q7", id="loss_after_every_step", advice="How many losses does one epoch add?")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
            losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake("q7", id="dealt_once", advice="Do two epochs of yours use the same batches?")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    dealt = list(batches(len(X), size, rng))
    for _ in range(epochs):
        for rows in dealt:
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake("q7", id="one_batch_an_epoch", advice="How many steps does one of your epochs take?")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        rows = batches(len(X), size, rng)[0]
        slopes = grads(params, X[rows], Y[rows])
        params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q7",
    id="caller_changed",
    advice="Print the parameters that you passed in, after the call.",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[rows])
            for name in params:
                params[name] -= lr * slopes[name]
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q7",
    id="slopes_of_the_epochs_start",
    advice="At which parameters do you measure the slopes of the second batch?",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        here = params
        for rows in batches(len(X), size, rng):
            slopes = grads(here, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake("q7", id="uphill", advice="Does your loss fall? Look at the sign of your step.")
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value + lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q7",
    id="given_batches_ignored",
    advice="Pass batches of your own choice and check whether they are used.",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = [loss(params, X, Y)]
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), size):
            rows = order[start : start + size]
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


@mistake(
    "q7",
    id="first_loss_missing",
    advice="Count your losses: is the one before the first epoch among them?",
)
def train_minibatch(params, X, Y, lr, epochs, size, rng, grads=None, loss=None, batches=None):
    X, Y = np.asarray(X), np.asarray(Y)
    losses = []
    for _ in range(epochs):
        for rows in batches(len(X), size, rng):
            slopes = grads(params, X[rows], Y[rows])
            params = {name: value - lr * slopes[name] for name, value in params.items()}
        losses.append(loss(params, X, Y))
    return params, np.array(losses)


# --- question 8 ---


@mistake(
    "q8",
    id="split_not_by_class",
    advice="Count how many rows of each class your test group holds.",
)
def split_stratified(y, frac, rng):
    rows = rng.permutation(len(y))
    cut = round(frac * len(rows))
    return rows[cut:], rows[:cut]


@mistake(
    "q8",
    id="first_rows_of_each_class",
    advice="Split twice with one generator: are the two test groups different?",
)
def split_stratified(y, frac, rng):
    y = np.asarray(y)
    train, test = [], []
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        cut = round(frac * len(rows))
        test.extend(rows[:cut])
        train.extend(rows[cut:])
    return np.array(train), np.array(test)


@mistake(
    "q8",
    id="groups_swapped",
    advice="Which of your two groups comes first, and which one has the share frac?",
)
def split_stratified(y, frac, rng):
    y = np.asarray(y)
    train, test = [], []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        cut = round(frac * len(rows))
        test.extend(rows[:cut])
        train.extend(rows[cut:])
    return np.array(test), np.array(train)


@mistake("q8", id="rounded_down", advice="Check how a share such as 6.9 rows becomes a number.")
def split_stratified(y, frac, rng):
    y = np.asarray(y)
    train, test = [], []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        cut = int(frac * len(rows))
        test.extend(rows[:cut])
        train.extend(rows[cut:])
    return np.array(train), np.array(test)


@mistake(
    "q8",
    id="training_rows_keep_the_test_rows",
    advice="Is there a row that is in both groups?",
)
def split_stratified(y, frac, rng):
    y = np.asarray(y)
    test = []
    for label in np.unique(y):
        rows = rng.permutation(np.flatnonzero(y == label))
        test.extend(rows[: round(frac * len(rows))])
    return np.arange(len(y)), np.array(test)


@mistake(
    "q8",
    id="drawn_with_replacement",
    advice="Look for a row that your test group holds twice.",
)
def split_stratified(y, frac, rng):
    y = np.asarray(y)
    test = []
    for label in np.unique(y):
        rows = np.flatnonzero(y == label)
        test.extend(rng.choice(rows, size=round(frac * len(rows))))
    return np.setdiff1d(np.arange(len(y)), test), np.array(test)


@mistake(
    "q8",
    id="places_within_the_class",
    advice="Are your numbers rows of the whole table, or places within one class?",
)
def split_stratified(y, frac, rng):
    y = np.asarray(y)
    train, test = [], []
    for label in np.unique(y):
        rows = rng.permutation(np.sum(y == label))
        cut = round(frac * len(rows))
        test.extend(rows[:cut])
        train.extend(rows[cut:])
    return np.array(train), np.array(test)


@mistake(
    "q8",
    id="own_generator",
    advice="Split twice with one generator: are the two test groups different?",
)
def split_stratified(y, frac, rng):
    y, own = np.asarray(y), np.random.default_rng(0)
    train, test = [], []
    for label in np.unique(y):
        rows = own.permutation(np.flatnonzero(y == label))
        cut = round(frac * len(rows))
        test.extend(rows[:cut])
        train.extend(rows[cut:])
    return np.array(train), np.array(test)


@mistake(
    "q8",
    id="accuracy_on_training_rows",
    advice="Which rows does the net answer for, when you count the right ones?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X[train] - mean) / std, y[train])
    P = predict(params, (X[train] - mean) / std)
    return np.mean(np.argmax(P, axis=1) == y[train])


@mistake(
    "q8",
    id="accuracy_on_all_rows",
    advice="Which rows does the net answer for, when you count the right ones?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X[train] - mean) / std, y[train])
    P = predict(params, (X - mean) / std)
    return np.mean(np.argmax(P, axis=1) == y)


@mistake(
    "q8",
    id="trained_on_all_rows",
    advice="Which rows does the net see while it trains?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X - mean) / std, y)
    P = predict(params, (X[test] - mean) / std)
    return np.mean(np.argmax(P, axis=1) == y[test])


@mistake(
    "q8",
    id="scaled_by_all_rows",
    advice="From which rows do the mean and the standard deviation come?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    params = fit(Z[train], y[train])
    return np.mean(np.argmax(predict(params, Z[test]), axis=1) == y[test])


@mistake(
    "q8",
    id="test_rows_scaled_by_themselves",
    advice="From which rows do the mean and the standard deviation of the test rows come?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    seen, fresh = X[train], X[test]
    params = fit((seen - seen.mean(axis=0)) / seen.std(axis=0), y[train])
    P = predict(params, (fresh - fresh.mean(axis=0)) / fresh.std(axis=0))
    return np.mean(np.argmax(P, axis=1) == y[test])


@mistake(
    "q8",
    id="test_rows_not_scaled",
    advice="Compare what predict gets with what fit got: are they on one scale?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X[train] - mean) / std, y[train])
    return np.mean(np.argmax(predict(params, X[test]), axis=1) == y[test])


@mistake(
    "q8",
    id="not_scaled",
    advice="Look at what fit gets: is the mean of each column 0?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    params = fit(X[train], y[train])
    return np.mean(np.argmax(predict(params, X[test]), axis=1) == y[test])


@mistake(
    "q8",
    id="one_scale_for_all_columns",
    advice="How many means does a table of four columns need?",
)
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(), X[train].std()
    params = fit((X[train] - mean) / std, y[train])
    P = predict(params, (X[test] - mean) / std)
    return np.mean(np.argmax(P, axis=1) == y[test])


@mistake("q8", id="number_right", advice="Read again what is asked for: a number, or a share.")
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X[train] - mean) / std, y[train])
    P = predict(params, (X[test] - mean) / std)
    return np.sum(np.argmax(P, axis=1) == y[test])


@mistake("q8", id="share_wrong", advice="Is a good net's result near 1 or near 0?")
def held_out_accuracy(X, y, train, test, fit, predict=None):
    X, y = np.asarray(X), np.asarray(y)
    mean, std = X[train].mean(axis=0), X[train].std(axis=0)
    params = fit((X[train] - mean) / std, y[train])
    P = predict(params, (X[test] - mean) / std)
    return np.mean(np.argmax(P, axis=1) != y[test])


# --- question 9 ---


@mistake(
    "q9",
    id="transposed",
    advice="Add up your rows: is each sum the number of samples that really are of that class?",
)
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k), dtype=int)
    for true, said in zip(y_true, y_pred, strict=True):
        matrix[said, true] += 1
    return matrix


@mistake(
    "q9",
    id="missing_classes_left_out",
    advice="Try answers in which one class never occurs: what shape do you get?",
)
def confusion(y_true, y_pred, k):
    used = np.union1d(y_true, y_pred)
    y_true, y_pred = np.asarray(y_true), np.asarray(y_pred)
    return np.array([[np.sum((y_true == i) & (y_pred == j)) for j in used] for i in used])


@mistake(
    "q9",
    id="counted_once",
    advice="Find out what += does when the same pair of classes comes twice in one array.",
)
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k), dtype=int)
    matrix[np.asarray(y_true), np.asarray(y_pred)] += 1
    return matrix


@mistake("q9", id="shares", advice="Read again what an entry is: a count, or a share.")
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k))
    np.add.at(matrix, (np.asarray(y_true), np.asarray(y_pred)), 1)
    return matrix / len(y_true)


@mistake(
    "q9",
    id="shares_of_rows",
    advice="Read again what an entry is: a count, or a share.",
)
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k))
    np.add.at(matrix, (np.asarray(y_true), np.asarray(y_pred)), 1)
    return matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)


@mistake("q9", id="errors_only", advice="Where do the right answers go?")
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k), dtype=int)
    for true, said in zip(y_true, y_pred, strict=True):
        if true != said:
            matrix[true, said] += 1
    return matrix


@mistake("q9", id="right_ones_only", advice="Where do the wrong answers go?")
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k), dtype=int)
    for true, said in zip(y_true, y_pred, strict=True):
        if true == said:
            matrix[true, said] += 1
    return matrix


@mistake("q9", id="upside_down", advice="In which corner does class 0, taken for class 0, stand?")
def confusion(y_true, y_pred, k):
    matrix = np.zeros((k, k), dtype=int)
    np.add.at(matrix, (k - 1 - np.asarray(y_true), k - 1 - np.asarray(y_pred)), 1)
    return matrix
