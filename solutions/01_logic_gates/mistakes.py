"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake("q1", id="fires_at_zero", advice="Look at what your unit does when its sum is exactly 0.")
def threshold(x):
    return np.where(np.asarray(x) >= 0, 1, 0)


@mistake(
    "q1",
    id="gives_booleans",
    advice="Look at the kind of your result: a comparison is not yet the number that is asked for.",
)
def threshold(x):
    return np.asarray(x) > 0


@mistake(
    "q1", id="gives_the_sign", advice="Check what your threshold returns for a negative number."
)
def threshold(x):
    return np.sign(np.asarray(x)).astype(int)


@mistake("q1", id="cuts_at_half", advice="Check the number that your threshold compares x with.")
def threshold(x):
    return np.where(np.asarray(x) > 0.5, 1, 0)


@mistake("q1", id="bias_forgotten", advice="Follow b through perceptron and see where it is used.")
def perceptron(x, w, b, activation=threshold):
    return activation(np.asarray(x) @ np.asarray(w))


@mistake(
    "q1",
    id="bias_subtracted",
    advice="Check the sign of the bias: compare your sum with the formula for a bias of -1.5.",
)
def perceptron(x, w, b, activation=threshold):
    return activation(np.asarray(x) @ np.asarray(w) - b)


@mistake(
    "q1",
    id="sums_the_batch",
    advice="Try perceptron on a batch of four samples and count the answers that you get back.",
)
def perceptron(x, w, b, activation=threshold):
    return activation(np.sum(np.asarray(x) * np.asarray(w)) + b)


@mistake(
    "q1",
    id="activation_ignored",
    advice="Pass an activation of your own to perceptron and check that it is the one applied.",
)
def perceptron(x, w, b, activation=threshold):
    return np.where(np.asarray(x) @ np.asarray(w) + b > 0, 1, 0)


@mistake(
    "q1",
    id="weights_first",
    advice="Check which axis of a batch holds the inputs, and which axis your product sums over.",
)
def perceptron(x, w, b, activation=threshold):
    return activation(np.asarray(w) @ np.asarray(x) + b)


@mistake(
    "q1",
    id="bias_after_activation",
    advice="Check the order of the two last steps: what is inside the activation in the formula?",
)
def perceptron(x, w, b, activation=threshold):
    return activation(np.asarray(x) @ np.asarray(w)) + b


@mistake(
    "q1",
    id="bias_for_each_input",
    advice="Count how often the bias enters the sum of a sample with three inputs.",
)
def perceptron(x, w, b, activation=threshold):
    return activation(np.sum(np.asarray(x) * np.asarray(w) + b, axis=-1))


# --- question 2 ---


@mistake(
    "q2",
    id="no_margin",
    advice="Your gates are right on exact rows; try rows in which every input is off by 0.1.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), 1.0 - n),
        "OR": (np.ones(n), -0.05),
        "NAND": (-np.ones(n), float(n)),
        "NOR": (-np.ones(n), 0.05),
        "NOT": (-np.ones(1), 0.05),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="bias_for_two_inputs",
    advice="Work out by hand on which rows your AND of three inputs fires.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), -1.5),
        "OR": (np.ones(n), -0.5),
        "NAND": (-np.ones(n), 1.5),
        "NOR": (-np.ones(n), 0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="xor_claimed",
    advice="Look at what you return for a name that no single unit can be.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), 0.5 - n),
        "NAND": (-np.ones(n), n - 0.5),
        "NOR": (-np.ones(n), 0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    return units.get(name, (np.ones(n), -0.5))


@mistake(
    "q2",
    id="bias_not_negated",
    advice="When you turn AND into NAND, check which of the weights and the bias you negated.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), 0.5 - n),
        "OR": (np.ones(n), -0.5),
        "NAND": (-np.ones(n), 0.5 - n),
        "NOR": (-np.ones(n), -0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="threshold_for_bias",
    advice="Put your AND's numbers into the formula for the row (0, 0): is the sum below 0?",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), n - 0.5),
        "OR": (np.ones(n), 0.5),
        "NAND": (-np.ones(n), 0.5 - n),
        "NOR": (-np.ones(n), -0.5),
        "NOT": (-np.ones(1), -0.5),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="not_without_bias",
    advice="Compute by hand what your NOT unit answers for the input 0.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), 0.5 - n),
        "OR": (np.ones(n), -0.5),
        "NAND": (-np.ones(n), n - 0.5),
        "NOR": (-np.ones(n), 0.5),
        "NOT": (-np.ones(1), 0.0),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="two_weights_only",
    advice="Print the shape of w for three inputs.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(2), 0.5 - n),
        "OR": (np.ones(2), -0.5),
        "NAND": (-np.ones(2), n - 0.5),
        "NOR": (-np.ones(2), 0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="and_without_margin",
    advice="Work out the sums of your AND and NAND when one input is 0, then when it is 0.1.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), 1 - n),
        "OR": (np.ones(n), -0.5),
        "NAND": (-np.ones(n), n - 1),
        "NOR": (-np.ones(n), 0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="bias_in_proportion",
    advice="Work out how large the sum of your AND of six inputs is when just one of them is 0.",
)
def gate_weights(name, n=2):
    units = {
        "AND": (np.ones(n), -0.75 * n),
        "OR": (np.ones(n), -0.5),
        "NAND": (-np.ones(n), 0.75 * n),
        "NOR": (-np.ones(n), 0.5),
        "NOT": (-np.ones(1), 0.5),
    }
    if name not in units:
        raise ValueError(name)
    return units[name]


@mistake(
    "q2",
    id="only_xor_refused",
    advice="Ask for a gate that is not in the table at all and look at what comes back.",
)
def gate_weights(name, n=2):
    if name == "XOR":
        raise ValueError(name)
    if name == "AND":
        return np.ones(n), 0.5 - n
    if name == "OR":
        return np.ones(n), -0.5
    if name == "NAND":
        return -np.ones(n), n - 0.5
    return -np.ones(n), 0.5


# --- question 3 ---


@mistake(
    "q3",
    id="updates_when_right",
    advice="Check what happens to w after a sample that the unit already answers right.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            answer = 1 if x @ w + b > 0 else 0
            w = w + lr * (2 * target - 1) * x
            b = b + lr * (2 * target - 1)
            errors[epoch] += answer != target
    return w, b, errors


@mistake(
    "q3",
    id="wrong_direction",
    advice="Take one sample with label 1 that the unit misses: does your update raise its sum?",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = (1 if x @ w + b > 0 else 0) - target
            w = w + lr * miss * x
            b = b + lr * miss
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="bias_not_learned",
    advice="Print b after each epoch and compare with the second of the two update formulas.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + lr * miss * x
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="updates_once_an_epoch",
    advice="Check when w changes: after each missed sample, or only once all samples were seen.",
)
def train_perceptron(X, y, lr, epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        miss = y - np.where(X @ w + b > 0, 1, 0)
        w = w + lr * (miss @ X)
        b = b + lr * miss.sum()
        errors[epoch] = np.abs(miss).sum()
    return w, b, errors


@mistake(
    "q3",
    id="samples_shuffled",
    advice="Check the order in which you take the samples.",
)
def train_perceptron(X, y, lr, epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    rng = np.random.default_rng(0)
    for epoch in range(epochs):
        for i in rng.permutation(len(X)):
            miss = y[i] - (1 if X[i] @ w + b > 0 else 0)
            w = w + lr * miss * X[i]
            b = b + lr * miss
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="counts_after_the_epoch",
    advice="Check the moment at which a sample is judged right or wrong for the count.",
)
def train_perceptron(X, y, lr, epochs):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + lr * miss * x
            b = b + lr * miss
        errors[epoch] = np.abs(y - np.where(X @ w + b > 0, 1, 0)).sum()
    return w, b, errors


@mistake(
    "q3",
    id="stops_early",
    advice="Compare the length of errors with the number of epochs when learning is quick.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = []
    for _ in range(epochs):
        wrong = 0
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + lr * miss * x
            b = b + lr * miss
            wrong += abs(miss)
        errors.append(wrong)
        if wrong == 0:
            break
    return w, b, np.array(errors)


@mistake(
    "q3",
    id="rate_forgotten",
    advice="Train with two different learning rates and compare the weights.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + miss * x
            b = b + miss
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="fires_at_zero",
    advice="Look at the very first sample, where all weights are 0: what does your unit answer?",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b >= 0 else 0)
            w = w + lr * miss * x
            b = b + lr * miss
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="whole_number_weights",
    advice="Print the dtype of w when X holds whole numbers, and then what 0.5 becomes in it.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X)
    w, b = np.zeros_like(X[0]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w[:] = w + lr * miss * x
            b = b + lr * miss
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="rate_forgotten_for_bias",
    advice="Compare your two updates with the two formulas, factor by factor.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + lr * miss * x
            b = b + miss
            errors[epoch] += abs(miss)
    return w, b, errors


@mistake(
    "q3",
    id="errors_cancel",
    advice="Look at what your count does when one sample is missed at 1 and another at 0.",
)
def train_perceptron(X, y, lr, epochs):
    X = np.asarray(X, dtype=float)
    w, b = np.zeros(X.shape[1]), 0.0
    errors = np.zeros(epochs, dtype=int)
    for epoch in range(epochs):
        for x, target in zip(X, y, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w = w + lr * miss * x
            b = b + lr * miss
            errors[epoch] += miss
    return w, b, errors


# --- question 4 ---


@mistake(
    "q4",
    id="calls_balanced_impossible",
    advice="Try the table (0, 0, 1, 1): half of its rows are 1, yet which input does it copy?",
)
def best_score(table):
    table = np.asarray(table)
    return int(table.size - (table.sum() == table.size // 2))


@mistake(
    "q4",
    id="no_negative_weights",
    advice="Ask which of the tables need a unit that an input can silence.",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((3,) * n).reshape(n, -1)
    best = 0
    for b in np.arange(-2.5, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        best = max(best, int((answers == table[:, None]).sum(axis=0).max()))
    return best


@mistake(
    "q4",
    id="no_bias",
    advice="Check which units your search visits: can any of them fire when all inputs are 0?",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((5,) * n).reshape(n, -1) - 2
    answers = np.where(rows @ weights > 0, 1, 0)
    return int((answers == table[:, None]).sum(axis=0).max())


@mistake(
    "q4",
    id="weights_too_few",
    advice="Your search is enough for two inputs; check which weights three inputs may need.",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((3,) * n).reshape(n, -1) - 1
    best = 0
    for b in np.arange(-2.5, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        best = max(best, int((answers == table[:, None]).sum(axis=0).max()))
    return best


@mistake(
    "q4",
    id="counts_ones_only",
    advice="Check which rows add to your score: is a rightly silent unit counted?",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((5,) * n).reshape(n, -1) - 2
    best = 0
    for b in np.arange(-2.5, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        best = max(best, int((answers * table[:, None]).sum(axis=0).max()))
    return best


@mistake(
    "q4",
    id="trusts_the_rule",
    advice="The perceptron rule ends with some unit; ask whether it is the best for this table.",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    w, b = np.zeros(n), 0.0
    for _ in range(30):
        for x, target in zip(rows, table, strict=True):
            miss = target - (1 if x @ w + b > 0 else 0)
            w, b = w + miss * x, b + miss
    return int((np.where(rows @ w + b > 0, 1, 0) == table).sum())


@mistake(
    "q4",
    id="only_xor_and_xnor",
    advice="Your rule is right for two inputs; check it on the parity of three.",
)
def best_score(table):
    table = np.asarray(table)
    alternating = [[0, 1, 1, 0], [1, 0, 0, 1], [0, 1, 1, 0, 1, 0, 0, 1], [1, 0, 0, 1, 0, 1, 1, 0]]
    return table.size - (table.tolist() in alternating)


@mistake(
    "q4",
    id="one_row_short",
    advice="Ask whether a table that no unit can do always costs one row: let your search count.",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((5,) * n).reshape(n, -1) - 2
    for b in np.arange(-2.5, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        if (answers == table[:, None]).all(axis=0).any():
            return table.size
    return table.size - 1


@mistake(
    "q4",
    id="two_inputs_only",
    advice="Count the rows that your search compares for a table of eight.",
)
def best_score(table):
    rows = np.indices((2, 2)).reshape(2, -1).T
    weights = np.indices((5, 5)).reshape(2, -1) - 2
    wanted = np.asarray(table)[:4, None]
    best = 0
    for b in np.arange(-2.5, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        best = max(best, int((answers == wanted).sum(axis=0).max()))
    return best


@mistake(
    "q4",
    id="whole_number_biases",
    advice="Work out which bias your search would need for the NAND of three inputs.",
)
def best_score(table):
    table = np.asarray(table)
    n = 2 if table.size == 4 else 3
    rows = np.indices((2,) * n).reshape(n, -1).T
    weights = np.indices((5,) * n).reshape(n, -1) - 2
    best = 0
    for b in range(-2, 3):
        answers = np.where(rows @ weights + b > 0, 1, 0)
        best = max(best, int((answers == table[:, None]).sum(axis=0).max()))
    return best


# --- question 5 ---


@mistake(
    "q5",
    id="strict_at_zero",
    advice="Check what a unit answers when its sum is 0, and whether your inequality then holds.",
)
def variables():
    row_00 = (0, 0, 1, "<")
    row_11 = (1, 1, 1, "<")


@mistake(
    "q5",
    id="bias_left_out",
    advice="Write out the sum for one of the rows and compare its terms with your coefficients.",
)
def variables():
    row_01 = (0, 1, 0, ">")
    row_10 = (1, 0, 0, ">")
    row_11 = (1, 1, 0, "<=")


@mistake(
    "q5",
    id="rows_exchanged",
    advice="Check in which of the rows the first input is 1, and which weight it multiplies.",
)
def variables():
    row_01 = (1, 0, 1, ">")
    row_10 = (0, 1, 1, ">")


@mistake(
    "q5",
    id="or_instead_of_xor",
    advice="Read off the XOR table what the unit has to answer in the last row.",
)
def variables():
    row_11 = (1, 1, 1, ">")


@mistake(
    "q5",
    id="added_without_turning",
    advice="Add up the left sides with your multipliers: is anything left of w1, w2 and b?",
)
def variables():
    multipliers = (1, 1, 1, 1)


@mistake(
    "q5",
    id="two_rows_only",
    advice="Add up the left sides with your multipliers: which coefficients are not yet 0?",
)
def variables():
    multipliers = (0, 1, 1, -1)


@mistake(
    "q5",
    id="all_zero",
    advice="Read the sum that your multipliers give: is it a contradiction, or always true?",
)
def variables():
    multipliers = (0, 0, 0, 0)


@mistake(
    "q5",
    id="target_ignored",
    advice="Compare what inequality returns for target 0 and for target 1.",
)
def inequality(x, target):
    return (*x, 1, ">")


@mistake(
    "q5",
    id="silent_is_strict",
    advice="Check which sense a silent unit needs when its sum is exactly 0.",
)
def inequality(x, target):
    return (*x, 1, ">" if target == 1 else "<")


@mistake(
    "q5",
    id="fires_at_least_zero",
    advice="Check which sense a firing unit needs when its sum is exactly 0.",
)
def inequality(x, target):
    return (*x, 1, ">=" if target == 1 else "<=")


@mistake(
    "q5",
    id="sum_below_bias",
    advice="Move every term to the left side and check the sign that the bias has there.",
)
def inequality(x, target):
    return (*x, -1, ">" if target == 1 else "<=")


@mistake(
    "q5",
    id="strict_throughout",
    advice="Check what a unit answers when its sum is exactly 0, in the rows and in inequality.",
)
def variables():
    row_00 = (0, 0, 1, "<")
    row_11 = (1, 1, 1, "<")


@mistake(
    "q5",
    id="strict_throughout",
    advice="Check what a unit answers when its sum is exactly 0, in the rows and in inequality.",
)
def inequality(x, target):
    return (*x, 1, ">" if target == 1 else "<")


@mistake(
    "q5",
    id="last_row_not_turned",
    advice="Multiply each inequality by its number and see which way each of the four then points.",
)
def variables():
    multipliers = (-1, 1, 1, 1)


@mistake(
    "q5",
    id="two_inputs_only",
    advice="Count the coefficients that inequality returns for a sample of three inputs.",
)
def inequality(x, target):
    return (x[0], x[1], 1, ">" if target == 1 else "<=")


@mistake(
    "q5",
    id="inequality_without_bias",
    advice="Count the coefficients that inequality returns: the weights are not the only unknowns.",
)
def inequality(x, target):
    return (*x, ">" if target == 1 else "<=")


# --- question 6 ---


@mistake(
    "q6",
    id="and_of_or_and_and",
    advice="Follow the row (1, 1) through your gates, one by one.",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    return and_gate(or_gate(a, b), and_gate(a, b))


@mistake(
    "q6",
    id="or_for_the_last_gate",
    advice="Follow the row (0, 0) through your gates and ask what the last one has to demand.",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    return or_gate(or_gate(a, b), nand_gate(a, b))


@mistake(
    "q6",
    id="makes_xnor",
    advice="Write the truth table of your circuit beside that of XOR.",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    return nand_gate(or_gate(a, b), nand_gate(a, b))


@mistake(
    "q6",
    id="ignores_the_gates",
    advice="Check that your result comes out of the gates that were passed in.",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    return np.where(np.asarray(a) != np.asarray(b), 1, 0)


@mistake(
    "q6",
    id="multiplies_the_gates",
    advice="Check each step between the gates: is the last one a gate, or arithmetic of your own?",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    return or_gate(a, b) * nand_gate(a, b)


@mistake(
    "q6",
    id="subtracts_the_and",
    advice="Look for arithmetic between your gates: it only works while true is 1 and false is 0.",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    return or_gate(a, b) - and_gate(a, b)


@mistake(
    "q6",
    id="negates_by_one_minus",
    advice="Look for a step that is not a gate: which of the given gates can negate an input?",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    a, b = np.asarray(a), np.asarray(b)
    return or_gate(and_gate(a, 1 - b), and_gate(1 - a, b))


@mistake(
    "q6",
    id="casts_to_int",
    advice="Check what you do to a and b before they reach a gate, and what becomes of 0.9 there.",
)
def xor(a, b, and_gate, or_gate, nand_gate):
    a, b = np.asarray(a).astype(int), np.asarray(b).astype(int)
    return and_gate(or_gate(a, b), nand_gate(a, b))


# --- question 7 ---


@mistake(
    "q7",
    id="sigmoid_overflows",
    advice="Call sigmoid with a large negative number and look for a warning.",
)
def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


@mistake(
    "q7",
    id="both_branches_computed",
    advice="np.where computes both of its branches for every x: see which one overflows.",
)
def sigmoid(x):
    x = np.asarray(x, dtype=float)
    return np.where(x >= 0, 1 / (1 + np.exp(-x)), np.exp(x) / (1 + np.exp(x)))


@mistake(
    "q7",
    id="sign_lost",
    advice="Add your sigmoid at 1 and at -1 and compare the sum with what the formula gives.",
)
def sigmoid(x):
    return 1 / (1 + np.exp(-np.abs(np.asarray(x, dtype=float))))


@mistake(
    "q7",
    id="clipped_early",
    advice="Compare sigmoid at 5 and at 9 with the formula: has something been cut off?",
)
def sigmoid(x):
    return 1 / (1 + np.exp(-np.clip(np.asarray(x, dtype=float), -4, 4)))


@mistake(
    "q7",
    id="grad_of_the_output",
    advice="Check what sigmoid_grad receives: the x of the formula, or a value of the sigmoid.",
)
def sigmoid_grad(x):
    x = np.asarray(x, dtype=float)
    return x * (1 - x)


@mistake(
    "q7",
    id="sigmoid_grad_half",
    advice="Compare your slope of the sigmoid at 0 with 0.25, then with the formula.",
)
def sigmoid_grad(x):
    s = sigmoid(x)
    return 1 - s**2


@mistake(
    "q7",
    id="tanh_as_on_the_slide",
    advice="Call tanh with a large negative number and look at what is divided by what.",
)
def tanh(x):
    x = np.asarray(x, dtype=float)
    return (1 - np.exp(-2 * x)) / (1 + np.exp(-2 * x))


@mistake(
    "q7",
    id="tanh_by_e_to_the_x",
    advice="Call tanh with a large positive number too and look at each exponential.",
)
def tanh(x):
    x = np.asarray(x, dtype=float)
    return (np.exp(x) - np.exp(-x)) / (np.exp(x) + np.exp(-x))


@mistake(
    "q7",
    id="tanh_of_half",
    advice="Check the factor in front of x in the exponent against the formula.",
)
def tanh(x):
    x = np.asarray(x, dtype=float)
    small = np.exp(-np.abs(x))
    return np.sign(x) * (1 - small) / (1 + small)


@mistake(
    "q7",
    id="tanh_grad_of_the_output",
    advice="Check what tanh_grad receives: the x of the formula, or a value of tanh.",
)
def tanh_grad(x):
    return 1 - np.asarray(x, dtype=float) ** 2


@mistake(
    "q7",
    id="tanh_grad_like_sigmoid",
    advice="Compare your slope of tanh at 0 with 1, then with the formula.",
)
def tanh_grad(x):
    t = tanh(x)
    return t * (1 - t)


@mistake(
    "q7",
    id="both_overflow",
    advice="Call sigmoid with a large negative number, look for a warning, then ask who calls it.",
)
def sigmoid(x):
    return 1 / (1 + np.exp(-np.asarray(x, dtype=float)))


@mistake(
    "q7",
    id="both_overflow",
    advice="Call sigmoid with a large negative number, look for a warning, then ask who calls it.",
)
def tanh(x):
    return 2 * sigmoid(2 * np.asarray(x, dtype=float)) - 1


@mistake(
    "q7",
    id="tanh_by_e_to_the_2x",
    advice="Call tanh with a large positive number and look at what is divided by what.",
)
def tanh(x):
    big = np.exp(2 * np.asarray(x, dtype=float))
    return (big - 1) / (big + 1)


@mistake(
    "q7",
    id="tanh_grad_without_square",
    advice="Compare your slope of tanh at -1 and at 1: the curve is equally steep at both.",
)
def tanh_grad(x):
    return 1 - tanh(x)


@mistake(
    "q7",
    id="grads_of_the_outputs",
    advice="Check what both derivatives receive: the x of the formula, or the function's result.",
)
def sigmoid_grad(x):
    x = np.asarray(x, dtype=float)
    return x * (1 - x)


@mistake(
    "q7",
    id="grads_of_the_outputs",
    advice="Check what both derivatives receive: the x of the formula, or the function's result.",
)
def tanh_grad(x):
    return 1 - np.asarray(x, dtype=float) ** 2


# --- question 8 ---


@mistake(
    "q8",
    id="relu_in_place",
    advice="Print the array that you passed to relu before and after the call.",
)
def relu(x):
    x = np.asarray(x)
    x[x < 0] = 0
    return x


@mistake(
    "q8",
    id="relu_absolute",
    advice="Check what your relu returns for a negative number.",
)
def relu(x):
    return np.abs(np.asarray(x))


@mistake(
    "q8",
    id="relu_grad_at_zero",
    advice="Read in the text which slope we chose at exactly 0.",
)
def relu_grad(x):
    return np.where(np.asarray(x) >= 0, 1.0, 0.0)


@mistake(
    "q8",
    id="relu_for_its_slope",
    advice="Compare relu_grad at 2 and at 3: what is the slope of a straight line?",
)
def relu_grad(x):
    return np.maximum(np.asarray(x), 0)


@mistake(
    "q8",
    id="leaky_as_on_the_slide",
    advice="Try leaky_relu with alpha 2 at -1, as the box above the question does.",
)
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.maximum(alpha * x, x)


@mistake(
    "q8",
    id="leaky_alpha_fixed",
    advice="Call leaky_relu with two values of alpha and compare the results.",
)
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, 0.01 * x)


@mistake(
    "q8",
    id="leaky_truncates",
    advice="Call leaky_relu with whole numbers and look at the dtype of the array you write into.",
)
def leaky_relu(x, alpha=0.01):
    result = np.array(x)
    result[result < 0] = alpha * result[result < 0]
    return result


@mistake(
    "q8",
    id="leaky_constant",
    advice="Compare leaky_relu at -1 and at -2: is it a slope below 0, or one value?",
)
def leaky_relu(x, alpha=0.01):
    x = np.asarray(x)
    return np.where(x > 0, x, -alpha)


@mistake(
    "q8",
    id="leaky_grad_at_zero",
    advice="Read in the text which slope we chose for leaky ReLU at exactly 0.",
)
def leaky_relu_grad(x, alpha=0.01):
    return np.where(np.asarray(x) >= 0, 1.0, alpha)


@mistake(
    "q8",
    id="leaky_grad_forgets_alpha",
    advice="Check the slope that leaky_relu_grad returns for a negative number.",
)
def leaky_relu_grad(x, alpha=0.01):
    return np.where(np.asarray(x) > 0, 1.0, 0.0)


@mistake(
    "q8",
    id="leaky_grad_in_place",
    advice="Print the array that you passed to leaky_relu_grad before and after the call.",
)
def leaky_relu_grad(x, alpha=0.01):
    slope = np.asarray(x, dtype=float)
    fires = slope > 0
    slope[fires] = 1
    slope[~fires] = alpha
    return slope


@mistake(
    "q8",
    id="both_grads_at_zero",
    advice="Read in the text which slopes we chose at exactly 0, for both derivatives.",
)
def relu_grad(x):
    return np.where(np.asarray(x) >= 0, 1.0, 0.0)


@mistake(
    "q8",
    id="both_grads_at_zero",
    advice="Read in the text which slopes we chose at exactly 0, for both derivatives.",
)
def leaky_relu_grad(x, alpha=0.01):
    return np.where(np.asarray(x) >= 0, 1.0, alpha)


# --- question 9 ---


@mistake(
    "q9",
    id="one_bias_for_all",
    advice="Ask where each sigmoid has its step: does any of your units step at the second edge?",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, -heights])
    w = np.full(v.shape, float(steep))
    return v, w, np.full(v.shape, -steep * edges[0])


@mistake(
    "q9",
    id="bias_is_the_edge",
    advice="Multiply s (x - e) out and read off what the bias is.",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, -heights])
    w = np.full(v.shape, float(steep))
    return v, w, -np.concatenate([edges[:-1], edges[1:]])


@mistake(
    "q9",
    id="bias_sign",
    advice="Check at which x the argument of your first sigmoid is 0.",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, -heights])
    w = np.full(v.shape, float(steep))
    return v, w, steep * np.concatenate([edges[:-1], edges[1:]])


@mistake(
    "q9",
    id="steps_only_go_up",
    advice="Evaluate your sum far to the right of the last edge: what brings it back to 0?",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, heights])
    w = np.full(v.shape, float(steep))
    return v, w, -steep * np.concatenate([edges[:-1], edges[1:]])


@mistake(
    "q9",
    id="first_bump_only",
    advice="Count the bumps that your units make for three heights.",
)
def bump_units(edges, heights, steep):
    v = np.array([heights[0], -heights[0]])
    w = np.full(2, float(steep))
    return v, w, -steep * np.asarray(edges[:2])


@mistake(
    "q9",
    id="ends_at_the_last_edge",
    advice="Check where each bump ends when there are several, and how high the curve then is.",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, -heights])
    w = np.full(v.shape, float(steep))
    ends = np.full(heights.shape, edges[-1])
    return v, w, -steep * np.concatenate([edges[:-1], ends])


@mistake(
    "q9",
    id="bias_is_the_edge_bump_by_bump",
    advice="Multiply s (x - e) out and read off what the bias is.",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.column_stack([heights, -heights]).ravel()
    b = -np.column_stack([edges[:-1], edges[1:]]).ravel()
    return v, np.full(v.shape, float(steep)), b


@mistake(
    "q9",
    id="bias_sign_bump_by_bump",
    advice="Check at which x the argument of your first sigmoid is 0.",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.column_stack([heights, -heights]).ravel()
    b = steep * np.column_stack([edges[:-1], edges[1:]]).ravel()
    return v, np.full(v.shape, float(steep)), b


@mistake(
    "q9",
    id="heights_not_differences",
    advice="Add up your units between the second edge and the third: how high is the curve there?",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = np.concatenate([heights, -heights[-1:]])
    return v, np.full(len(v), float(steep)), -steep * edges


@mistake(
    "q9",
    id="steep_in_the_heights",
    advice="Check which of v, w and b make a step steeper, and which of them make it higher.",
)
def bump_units(edges, heights, steep):
    edges, heights = np.asarray(edges), np.asarray(heights)
    v = steep * np.concatenate([heights, -heights])
    return v, np.ones(v.shape), -np.concatenate([edges[:-1], edges[1:]])
