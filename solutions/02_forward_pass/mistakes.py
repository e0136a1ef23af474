"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake("q1", id="bias_forgotten", advice="Follow b through your function: where is it used?")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W)


@mistake("q1", id="bias_subtracted", advice="Compare the sign of your bias with the formula.")
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) - np.asarray(b)


@mistake(
    "q1",
    id="weights_transposed",
    advice="Check with the table of shapes which axis of W belongs to the inputs.",
)
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W).T + np.asarray(b)


@mistake(
    "q1",
    id="weights_first",
    advice="Write down the shapes of both factors for a batch, in the order in which you multiply.",
)
def affine(X, W, b):
    return np.asarray(W).T @ np.asarray(X) + np.asarray(b)


@mistake(
    "q1",
    id="elementwise_product",
    advice="Ask which sign multiplies entry by entry, and which one multiplies and adds up.",
)
def affine(X, W, b):
    return np.asarray(X) * np.asarray(W) + np.asarray(b)


@mistake(
    "q1",
    id="bias_for_each_sample",
    advice="Ask to what a bias belongs, a node or a sample, and which axis of Y that is.",
)
def affine(X, W, b):
    Y = np.asarray(X) @ np.asarray(W)
    return Y + (np.asarray(b)[:, None] if Y.ndim == 2 else np.asarray(b))


@mistake(
    "q1",
    id="one_sample_becomes_a_batch",
    advice="Print the shape of your result for a single sample of shape (d,).",
)
def affine(X, W, b):
    return np.atleast_2d(X) @ np.asarray(W) + np.asarray(b)


@mistake(
    "q1",
    id="bias_for_each_input",
    advice="Count how often the bias enters one node's sum when there are three inputs.",
)
def affine(X, W, b):
    return np.sum(np.asarray(X)[..., None] * np.asarray(W) + np.asarray(b), axis=-2)


@mistake(
    "q1",
    id="biases_added_up",
    advice="Look at what a second node receives from the first node's bias.",
)
def affine(X, W, b):
    return np.asarray(X) @ np.asarray(W) + np.sum(b)


@mistake(
    "q1",
    id="samples_added_up",
    advice="Try a batch of four samples and count the rows that you get back.",
)
def affine(X, W, b):
    return np.sum(np.atleast_2d(X) @ np.asarray(W), axis=0) + np.asarray(b)


# --- question 2 ---


@mistake(
    "q2",
    id="stale_z1",
    advice="Read your second layer name by name: is each of them made inside the function?",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    y = layer(z1, params["W2"], params["b2"])
    return {"a": a, "z": z, "y": y}


@mistake(
    "q2",
    id="sigmoid_on_the_scores",
    advice="Check in the formulas what is applied to y before it is returned.",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    y = activation(layer(z, params["W2"], params["b2"]))
    return {"a": a, "z": z, "y": y}


@mistake(
    "q2",
    id="softmax_on_the_scores",
    advice="Check in the text whether the scores are probabilities already.",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    y = layer(z, params["W2"], params["b2"])
    y = np.exp(y) / np.sum(np.exp(y), axis=-1, keepdims=True)
    return {"a": a, "z": z, "y": y}


@mistake(
    "q2",
    id="second_layer_gets_the_sums",
    advice="Check what goes into your second layer: what came out of the activation, or before it?",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    y = layer(a, params["W2"], params["b2"])
    return {"a": a, "z": z, "y": y}


@mistake(
    "q2",
    id="activation_ignored",
    advice="Pass another activation and look whether z changes.",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = sigmoid(a)
    y = layer(z, params["W2"], params["b2"])
    return {"a": a, "z": z, "y": y}


@mistake(
    "q2",
    id="a_holds_the_activations",
    advice="Compare your a with the 0.3, 0.7, 1.1 that the cell above the question printed.",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = activation(layer(x, params["W1"], params["b1"]))
    y = layer(a, params["W2"], params["b2"])
    return {"a": a, "z": a, "y": y}


@mistake(
    "q2",
    id="activated_twice",
    advice="Count how often the activation is applied between x and y.",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    y = layer(activation(z), params["W2"], params["b2"])
    return {"a": a, "z": z, "y": y}


@mistake(
    "q2",
    id="no_second_bias",
    advice="Check each layer's bias: does b2 reach the scores?",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, params["W1"], params["b1"])
    z = activation(a)
    return {"a": a, "z": z, "y": layer(z, params["W2"], 0 * params["b2"])}


@mistake(
    "q2",
    id="decks_network_only",
    advice="Call your function with other weights than the deck's and see whether it uses them.",
)
def two_layers(x, params, activation=sigmoid, layer=affine):
    a = layer(x, PARAMS["W1"], PARAMS["b1"])
    z = activation(a)
    y = layer(z, PARAMS["W2"], PARAMS["b2"])
    return {"a": a, "z": z, "y": y}


# --- question 3 ---


@mistake(
    "q3",
    id="not_transposed",
    advice="Compare the shape of a W here with the shape that layer expects; square ones hide it.",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for (W, b), activation in zip(layers, activations, strict=True):
        X = activation(layer(X, W, b))
        outputs.append(X)
    return outputs


@mistake(
    "q3",
    id="first_activation_for_all",
    advice="Check which activation your second layer applies.",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for W, b in layers:
        X = activations[0](layer(X, W.T, b))
        outputs.append(X)
    return outputs


@mistake(
    "q3",
    id="last_layer_left_plain",
    advice="Count the activations that you apply: how many layers are there?",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for i, (W, b) in enumerate(layers):
        X = layer(X, W.T, b)
        if i < len(layers) - 1:
            X = activations[i](X)
        outputs.append(X)
    return outputs


@mistake(
    "q3",
    id="last_output_only",
    advice="Read once more what is returned: one layer's output, or those of all?",
)
def network(X, layers, activations, layer=affine):
    for (W, b), activation in zip(layers, activations, strict=True):
        X = activation(layer(X, W.T, b))
    return X


@mistake(
    "q3",
    id="sums_in_the_list",
    advice="Check which of the two goes into your list: a layer's sums, or its output.",
)
def network(X, layers, activations, layer=affine):
    sums = []
    for (W, b), activation in zip(layers, activations, strict=True):
        k = layer(X, W.T, b)
        sums.append(k)
        X = activation(k)
    return sums


@mistake(
    "q3",
    id="no_activations",
    advice="Look for the place where your function applies the activations.",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for W, b in layers:
        X = layer(X, W.T, b)
        outputs.append(X)
    return outputs


@mistake(
    "q3",
    id="bias_after_activation",
    advice="Check the order of the bias and the activation in the formula.",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for (W, b), activation in zip(layers, activations, strict=True):
        X = activation(layer(X, W.T, 0 * b)) + b
        outputs.append(X)
    return outputs


@mistake(
    "q3",
    id="every_layer_gets_the_samples",
    advice="Ask what the second layer works on: the samples, or what the first layer made of them?",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for (W, b), activation in zip(layers, activations, strict=True):
        outputs.append(activation(layer(X, W.T, b)))
    return outputs


@mistake(
    "q3",
    id="input_in_the_list",
    advice="Count the entries of your list for a network of three layers.",
)
def network(X, layers, activations, layer=affine):
    outputs = [np.asarray(X)]
    for (W, b), activation in zip(layers, activations, strict=True):
        outputs.append(activation(layer(outputs[-1], W.T, b)))
    return outputs


@mistake(
    "q3",
    id="last_layer_first",
    advice="Check the order of the list that you return.",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    for (W, b), activation in zip(layers, activations, strict=True):
        X = activation(layer(X, W.T, b))
        outputs.insert(0, X)
    return outputs


@mistake(
    "q3",
    id="layers_used_up",
    advice="Print the length of the list of layers before and after the call.",
)
def network(X, layers, activations, layer=affine):
    outputs = []
    activations = list(activations)
    while layers:
        W, b = layers.pop(0)
        X = activations.pop(0)(layer(X, np.asarray(W).T, b))
        outputs.append(X)
    return outputs


# --- question 4 ---


@mistake(
    "q4",
    id="whole_batch",
    advice="Add up one row of your result for a batch, then all of it: over what runs your sum?",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum()


@mistake(
    "q4",
    id="whole_batch_one_maximum",
    advice="Add up one row of your result for a batch: over what do your sum and maximum run?",
)
def softmax(x, axis=-1):
    e = np.exp(x - np.max(x))
    return e / e.sum()


@mistake(
    "q4",
    id="slide_softmax",
    advice="This is the slide's function: try a batch and add up a row, then try scores of 1000.",
)
def softmax(x, axis=-1):
    return np.exp(x) / np.sum(np.exp(x))


@mistake(
    "q4",
    id="overflow",
    advice="Try scores of 1000 and 1001, and read in the text what the constant c is for.",
)
def softmax(x, axis=-1):
    e = np.exp(np.asarray(x))
    return e / e.sum(axis=axis, keepdims=True)


@mistake(
    "q4",
    id="one_maximum_for_all_rows",
    advice="Try two rows that lie thousands apart: what is left of the lower one after your shift?",
)
def softmax(x, axis=-1):
    e = np.exp(x - np.max(x))
    return e / e.sum(axis=axis, keepdims=True)


@mistake(
    "q4",
    id="in_place_shift",
    advice="Print the array that you passed in, after the call.",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    x -= x.max(axis=axis, keepdims=True)
    e = np.exp(x)
    return e / e.sum(axis=axis, keepdims=True)


@mistake(
    "q4",
    id="over_the_samples",
    advice="Check along which axis the scores of one sample lie, and along which one you add up.",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=0, keepdims=True))
    return e / e.sum(axis=0, keepdims=True)


@mistake(
    "q4",
    id="axis_ignored",
    advice="Call softmax with axis=0 on a table and add up a column.",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@mistake(
    "q4",
    id="sum_without_its_axis",
    advice="Print the shape of your sums for a square batch: do they line up with rows or columns?",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis)


@mistake(
    "q4",
    id="maximum_and_sum_without_their_axis",
    advice="Print the shape of your maxima and sums: do they line up with rows or columns?",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=axis))
    return e / e.sum(axis=axis)


@mistake(
    "q4",
    id="axis_one_always",
    advice="Call softmax on one sample, then with axis=0 on a table: which axis do you use?",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "q4",
    id="clipped",
    advice="Ask what cutting off does to the difference between the scores 1000 and 1001.",
)
def softmax(x, axis=-1):
    e = np.exp(np.clip(x, -700, 700))
    return e / e.sum(axis=axis, keepdims=True)


@mistake(
    "q4",
    id="minimum_subtracted",
    advice="Check the sign of your exponents after the shift.",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.min(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@mistake(
    "q4",
    id="mean_subtracted",
    advice="Take one score of 3000 among small ones: is every exponent at most 0 after your shift?",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    e = np.exp(x - x.mean(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


@mistake(
    "q4",
    id="maximum_subtracted_below_only",
    advice="Shift the exponents in the numerator and in the sum by the same constant.",
)
def softmax(x, axis=-1):
    x = np.asarray(x)
    return np.exp(x) / np.exp(x - x.max(axis=axis, keepdims=True)).sum(axis=axis, keepdims=True)


# --- question 5 ---


@mistake(
    "q5",
    id="mean_is_the_half_sum",
    advice="Ask by what your mean divides when there are five outputs.",
)
def mean_squared_error(y_true, y_pred):
    return np.sum((np.asarray(y_true) - np.asarray(y_pred)) ** 2) / 2


@mistake(
    "q5",
    id="half_sum_is_the_mean",
    advice="Try five outputs: does half_sse divide by 2, or by their number?",
)
def half_sse(y_true, y_pred):
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)


@mistake(
    "q5",
    id="half_sum_is_the_mean_half",
    advice="Read your half_sse aloud: does the formula take the mean of anything?",
)
def half_sse(y_true, y_pred):
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2) / 2


@mistake(
    "q5",
    id="mean_half_divides_by_rows",
    advice="Count the entries of a batch of shape (4, 3): what does N stand for?",
)
def mean_half_sse(y_true, y_pred):
    squares = (np.atleast_2d(y_true) - np.atleast_2d(y_pred)) ** 2
    return np.sum(squares) / 2 / len(squares)


@mistake(
    "q5",
    id="mean_divides_by_rows",
    advice="Count the entries of a batch of shape (4, 3): what does N stand for?",
)
def mean_squared_error(y_true, y_pred):
    squares = (np.asarray(y_true) - np.asarray(y_pred)) ** 2
    return np.sum(squares) / len(squares)


@mistake(
    "q5",
    id="half_sum_averaged_over_rows",
    advice="Check in the formula whether half_sse divides by anything but 2.",
)
def half_sse(y_true, y_pred):
    squares = (np.atleast_2d(y_true) - np.atleast_2d(y_pred)) ** 2
    return np.sum(squares) / 2 / len(squares)


@mistake(
    "q5",
    id="half_sum_for_each_sample",
    advice="Try a batch: is your loss one number?",
)
def half_sse(y_true, y_pred):
    return np.sum((np.asarray(y_true) - np.asarray(y_pred)) ** 2, axis=-1) / 2


@mistake(
    "q5",
    id="half_forgotten",
    advice="Compare half_sse with the formula, factor by factor.",
)
def half_sse(y_true, y_pred):
    return np.sum((np.asarray(y_true) - np.asarray(y_pred)) ** 2)


@mistake(
    "q5",
    id="mean_half_is_the_mean",
    advice="Compare mean_half_sse with mean_squared_error on any example.",
)
def mean_half_sse(y_true, y_pred):
    return np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2)


@mistake(
    "q5",
    id="mean_half_is_the_half_sum",
    advice="Try five outputs: does mean_half_sse divide by their number?",
)
def mean_half_sse(y_true, y_pred):
    return np.sum((np.asarray(y_true) - np.asarray(y_pred)) ** 2) / 2


@mistake(
    "q5",
    id="absolute_differences",
    advice="Check what you do with each difference before you take the mean.",
)
def mean_squared_error(y_true, y_pred):
    return np.mean(np.abs(np.asarray(y_true) - np.asarray(y_pred)))


@mistake(
    "q5",
    id="root_of_the_mean",
    advice="Read the formula to its end: is anything done to the mean of the squares?",
)
def mean_squared_error(y_true, y_pred):
    return np.sqrt(np.mean((np.asarray(y_true) - np.asarray(y_pred)) ** 2))


@mistake(
    "q5",
    id="square_of_the_mean",
    advice="Check the order: what comes first, the square or the mean?",
)
def mean_squared_error(y_true, y_pred):
    return np.mean(np.asarray(y_true) - np.asarray(y_pred)) ** 2


@mistake(
    "q5",
    id="half_before_the_square",
    advice="Check what is inside the square in the formula, and what is outside.",
)
def mean_half_sse(y_true, y_pred):
    return np.mean(((np.asarray(y_true) - np.asarray(y_pred)) / 2) ** 2)


# --- question 6 ---


@mistake(
    "q6",
    id="batch_reshaped_away",
    advice="For a batch of three, print the number that you divide by: is it the samples' number?",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    y_true = np.asarray(y_true).reshape(1, -1)
    y_pred = np.asarray(y_pred).reshape(1, -1)
    return -np.sum(y_true * np.log(y_pred + eps)) / y_true.shape[0]


@mistake(
    "q6",
    id="slide_cross_entropy",
    advice="This is the slide's function: print the number of rows it divides by, then try p = 0.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    y_true = np.asarray(y_true).reshape(1, -1)
    y_pred = np.asarray(y_pred).reshape(1, -1)
    return -np.sum(y_true * np.log(y_pred)) / y_true.shape[0]


@mistake(
    "q6",
    id="no_eps",
    advice="Try a probability of exactly 0, and look for eps in your formula.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.sum(np.asarray(y_true) * np.log(np.asarray(y_pred)), axis=-1))


@mistake(
    "q6",
    id="clipped_by_eps",
    advice="Work out what the formula's eps does to a probability of 0.8, and what yours does.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    log_p = np.log(np.clip(y_pred, eps, 1))
    return -np.mean(np.sum(np.asarray(y_true) * log_p, axis=-1))


@mistake(
    "q6",
    id="eps_outside_the_log",
    advice="Check on which side of the log eps is added.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.sum(np.asarray(y_true) * (np.log(np.asarray(y_pred)) + eps), axis=-1))


@mistake(
    "q6",
    id="arguments_swapped",
    advice="Check which of the two arrays stands inside your log: what is right, or what is said?",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.sum(np.asarray(y_pred) * np.log(np.asarray(y_true) + eps), axis=-1))


@mistake(
    "q6",
    id="mean_over_all_entries",
    advice="Check what is averaged in the formula: samples only, or classes too?",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.asarray(y_true) * np.log(np.asarray(y_pred) + eps))


@mistake(
    "q6",
    id="divided_by_classes",
    advice="Check whether you divide by the number of samples or by the number of classes.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    y_true = np.asarray(y_true)
    total = np.sum(y_true * np.log(np.asarray(y_pred) + eps))
    return -total / (y_true.shape[1] if y_true.ndim == 2 else 1)


@mistake(
    "q6",
    id="sign_forgotten",
    advice="Ask whether a log of a probability is above or below 0, and what a loss should be.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return np.mean(np.sum(np.asarray(y_true) * np.log(np.asarray(y_pred) + eps), axis=-1))


@mistake(
    "q6",
    id="log2_for_nats",
    advice="Check the base of the log in cross_entropy, and what cross_entropy_bits does with it.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.sum(np.asarray(y_true) * np.log2(np.asarray(y_pred) + eps), axis=-1))


@mistake(
    "q6",
    id="bits_for_both",
    advice="Check the base of the log in cross_entropy.",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.sum(np.asarray(y_true) * np.log2(np.asarray(y_pred) + eps), axis=-1))


@mistake(
    "q6",
    id="bits_for_both",
    advice="Check the base of the log in cross_entropy.",
)
def cross_entropy_bits(y_true, y_pred, eps=1e-8):
    return -np.mean(np.sum(np.asarray(y_true) * np.log2(np.asarray(y_pred) + eps), axis=-1))


@mistake(
    "q6",
    id="right_class_only",
    advice="Try a target that is not one-hot, such as (0.3, 0.7): does every entry of it count?",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    y_true, y_pred = np.atleast_2d(y_true), np.atleast_2d(y_pred)
    rows = np.arange(len(y_true))
    return -np.mean(np.log(y_pred[rows, y_true.argmax(axis=1)] + eps))


@mistake(
    "q6",
    id="one_number_for_each_sample",
    advice="Try a batch: is your loss one number?",
)
def cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.sum(np.asarray(y_true) * np.log(np.asarray(y_pred) + eps), axis=-1)


@mistake(
    "q6",
    id="bits_are_nats",
    advice="Half a chance for the right class should cost 1 bit: what does your function say?",
)
def cross_entropy_bits(y_true, y_pred, eps=1e-8):
    return cross_entropy(y_true, y_pred, eps)


@mistake(
    "q6",
    id="bits_times_ln2",
    advice="Solve the formula for the change of base once more: which way does ln 2 go?",
)
def cross_entropy_bits(y_true, y_pred, eps=1e-8):
    return cross_entropy(y_true, y_pred, eps) * np.log(2)


@mistake(
    "q6",
    id="bits_without_eps",
    advice="Call cross_entropy_bits with two different values of eps.",
)
def cross_entropy_bits(y_true, y_pred, eps=1e-8):
    return cross_entropy(y_true, y_pred) / np.log(2)


# --- question 7 ---


@mistake(
    "q7",
    id="width_from_the_labels",
    advice="Look at the width of your table when the last class does not occur among the labels.",
)
def one_hot(labels, k):
    labels = np.asarray(labels)
    return np.eye(labels.max() + 1)[labels]


@mistake(
    "q7",
    id="width_from_distinct_labels",
    advice="Look at your table when a class does not occur among the labels: is its column there?",
)
def one_hot(labels, k):
    distinct, position = np.unique(labels, return_inverse=True)
    return np.eye(len(distinct))[position]


@mistake(
    "q7",
    id="truth_values",
    advice="Look at the kind of your result: a comparison is not yet a number.",
)
def one_hot(labels, k):
    return np.asarray(labels)[:, None] == np.arange(k)


@mistake(
    "q7",
    id="classes_on_the_rows",
    advice="Check which axis of your table belongs to the samples.",
)
def one_hot(labels, k):
    return np.eye(k)[:, np.asarray(labels)]


@mistake(
    "q7",
    id="counts_from_one",
    advice="Check in which column the 1 stands for label 0.",
)
def one_hot(labels, k):
    return np.eye(k)[np.asarray(labels) - 1]


@mistake(
    "q7",
    id="whole_columns",
    advice="Print what your index picks for two samples: how many probabilities of each?",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    return -np.mean(np.log(np.asarray(y_pred)[:, np.asarray(labels)] + eps))


@mistake(
    "q7",
    id="whole_rows",
    advice="Print what your index picks: rows of the table, or one probability of each row?",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    return -np.mean(np.log(np.asarray(y_pred)[np.asarray(labels)] + eps))


@mistake(
    "q7",
    id="mean_over_classes",
    advice="Count what you divide by: the samples, or all entries of the table?",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    y_pred = np.asarray(y_pred)
    return -np.mean(np.eye(y_pred.shape[1])[np.asarray(labels)] * np.log(y_pred + eps))


@mistake(
    "q7",
    id="sum_over_samples",
    advice="Compare a batch with the same batch twice over: should the loss double?",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    chosen = np.asarray(y_pred)[np.arange(len(labels)), np.asarray(labels)]
    return -np.sum(np.log(chosen + eps))


@mistake("q7", id="no_eps", advice="Look for eps in your function, and try a probability of 0.")
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    chosen = np.asarray(y_pred)[np.arange(len(labels)), np.asarray(labels)]
    return -np.mean(np.log(chosen))


@mistake(
    "q7",
    id="log_of_the_mean",
    advice="Check the order of the mean and the log in the formula.",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    chosen = np.asarray(y_pred)[np.arange(len(labels)), np.asarray(labels)]
    return -np.log(np.mean(chosen + eps))


@mistake(
    "q7",
    id="largest_probability",
    advice="Check whose probability you take: the right class's, or the network's favourite's?",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    return -np.mean(np.log(np.max(y_pred, axis=1) + eps))


@mistake(
    "q7",
    id="sign_forgotten",
    advice="Ask whether a log of a probability is above or below 0, and what a loss should be.",
)
def sparse_cross_entropy(labels, y_pred, eps=1e-8):
    chosen = np.asarray(y_pred)[np.arange(len(labels)), np.asarray(labels)]
    return np.mean(np.log(chosen + eps))


# --- question 8 ---


@mistake(
    "q8",
    id="class_one_only",
    advice="Ask what a sample with target 0 costs in your function.",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    return -np.mean(np.asarray(y_true) * np.log(np.asarray(y_pred) + eps))


@mistake(
    "q8",
    id="minus_between_the_terms",
    advice="Compare the sign between your two terms with the formula.",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.mean(t * np.log(p + eps) - (1 - t) * np.log(1 - p + eps))


@mistake(
    "q8",
    id="summed",
    advice="Compare a batch with the same batch twice over: should the loss double?",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.sum(t * np.log(p + eps) + (1 - t) * np.log(1 - p + eps))


@mistake("q8", id="no_eps", advice="Try probabilities of exactly 0 and 1, and look for eps.")
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))


@mistake(
    "q8",
    id="eps_in_the_first_log_only",
    advice="Try a probability of exactly 1, and look at your second log.",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.mean(t * np.log(p + eps) + (1 - t) * np.log(1 - p))


@mistake(
    "q8",
    id="eps_subtracted_in_the_second_log",
    advice="Try a probability of exactly 1: what stands inside your second log?",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.mean(t * np.log(p + eps) + (1 - t) * np.log(1 - (p + eps)))


@mistake(
    "q8",
    id="arguments_swapped",
    advice="Check which of the two arrays stands inside your logs.",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_pred), np.asarray(y_true)
    return -np.mean(t * np.log(p + eps) + (1 - t) * np.log(1 - p + eps))


@mistake(
    "q8",
    id="bits",
    advice="Check the base of your logs.",
)
def binary_cross_entropy(y_true, y_pred, eps=1e-8):
    t, p = np.asarray(y_true), np.asarray(y_pred)
    return -np.mean(t * np.log2(p + eps) + (1 - t) * np.log2(1 - p + eps))


@mistake(
    "q8",
    id="hinge_targets_zero_and_one",
    advice="Check which targets the hinge loss gets for the class that is not 1.",
)
def hinge_loss(y_true, y_pred):
    t = (np.asarray(y_true) > 0).astype(int)
    return np.mean(np.maximum(0, 1 - t * np.asarray(y_pred)))


@mistake(
    "q8",
    id="hinge_targets_converted",
    advice="Print the targets that you use for y_true = -1: they are not 0 and 1 to begin with.",
)
def hinge_loss(y_true, y_pred):
    t = 2 * np.asarray(y_true) - 1
    return np.mean(np.maximum(0, 1 - t * np.asarray(y_pred)))


@mistake(
    "q8",
    id="hinge_without_floor",
    advice="Work out the loss of target 1 with score 5: can a loss be below 0?",
)
def hinge_loss(y_true, y_pred):
    return np.mean(1 - np.asarray(y_true) * np.asarray(y_pred))


@mistake(
    "q8",
    id="hinge_without_margin",
    advice="Work out the loss of target 1 with score 0.5, which is right but not by much.",
)
def hinge_loss(y_true, y_pred):
    return np.mean(np.maximum(0, -np.asarray(y_true) * np.asarray(y_pred)))


@mistake(
    "q8",
    id="hinge_squared",
    advice="Compare the power in your hinge loss with the formula.",
)
def hinge_loss(y_true, y_pred):
    return np.mean(np.maximum(0, 1 - np.asarray(y_true) * np.asarray(y_pred)) ** 2)


@mistake(
    "q8",
    id="hinge_summed",
    advice="Compare a batch with the same batch twice over: should the hinge loss double?",
)
def hinge_loss(y_true, y_pred):
    return np.sum(np.maximum(0, 1 - np.asarray(y_true) * np.asarray(y_pred)))


@mistake(
    "q8",
    id="hinge_for_each_sample",
    advice="Try the hinge loss on a batch: is it one number?",
)
def hinge_loss(y_true, y_pred):
    return np.maximum(0, 1 - np.asarray(y_true) * np.asarray(y_pred))


@mistake(
    "q8",
    id="hinge_floor_after_the_mean",
    advice="Check the order: may one sample's surplus pay for another sample's miss?",
)
def hinge_loss(y_true, y_pred):
    return np.maximum(0, np.mean(1 - np.asarray(y_true) * np.asarray(y_pred)))


# --- question 9 ---


@mistake(
    "q9",
    id="averaged",
    advice="Compare your number with Keras's 6.399594: is it a part of it?",
)
def total_loss(losses, weights):
    return np.mean(np.asarray(losses) * np.asarray(weights))


@mistake(
    "q9",
    id="weighted_average",
    advice="Check whether the formula divides by anything.",
)
def total_loss(losses, weights):
    return np.average(losses, weights=weights)


@mistake(
    "q9",
    id="weights_ignored",
    advice="Change one weight and look whether the total changes.",
)
def total_loss(losses, weights):
    return np.sum(losses)


@mistake(
    "q9",
    id="not_added_up",
    advice="Check whether your result is one number.",
)
def total_loss(losses, weights):
    return np.asarray(losses) * np.asarray(weights)


@mistake(
    "q9",
    id="divided_by_weights",
    advice="Ask whether a larger weight makes its loss count more or less in your total.",
)
def total_loss(losses, weights):
    with np.errstate(divide="ignore"):
        return np.sum(np.asarray(losses) / np.asarray(weights))
