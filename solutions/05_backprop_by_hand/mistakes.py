"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# ---- q1: by hand


@mistake(
    "q1",
    id="copied_from_the_slide",
    advice="Work out net_h2 from the constants in the picture, not from the slide: "
    "which two weights reach h2?",
)
def variables():
    net_h1 = 0.464
    out_h1 = 0.613962657
    net_h2 = 0.452
    out_h2 = 0.611114647
    net_o1 = 0.702907725
    out_o1 = 0.668832137
    out_o2 = 0.657941101
    E_total = 0.234125807


@mistake(
    "q1",
    id="no_biases",
    advice="A net input has three terms: look again at what is added to the two weighted inputs.",
)
def variables():
    net_h1 = 0.064
    out_h1 = 0.515994541
    net_h2 = 0.056
    out_h2 = 0.513996342
    net_o1 = 0.288317519
    out_o1 = 0.571584196
    out_o2 = 0.561496544
    E_total = 0.211506466


@mistake(
    "q1",
    id="no_half",
    advice="Compare your total error with the formula term by term: a factor in front is missing.",
)
def variables():
    E_total = 0.468309989


@mistake(
    "q1",
    id="three_decimals",
    advice="Each line may be off by 0.000000002 at most: how many decimals did you keep?",
)
def variables():
    out_h1 = 0.614
    out_h2 = 0.612
    net_o1 = 0.703
    out_o1 = 0.669
    out_o2 = 0.658
    E_total = 0.234


@mistake(
    "q1",
    id="sigmoid_of_minus_net",
    advice="Your outputs fall when their net input grows: check the sign in the exponent.",
)
def variables():
    out_h1 = 0.386037343
    out_h2 = 0.387935163
    net_o1 = 0.576788214
    out_o1 = 0.359672139
    out_o2 = 0.366704194
    E_total = 0.218084489


@mistake(
    "q1",
    id="out_h2_of_the_slide",
    advice="Your net_h2 is good: is the number in the line below it really the sigmoid of it?",
)
def variables():
    out_h2 = 0.611114647
    net_o1 = 0.702907725
    out_o1 = 0.668832137
    out_o2 = 0.657941101
    E_total = 0.234125807


@mistake(
    "q1",
    id="six_decimals",
    advice="The way is right: count how many decimals you keep in each line, "
    "and how many the question asks for.",
)
def variables():
    out_h1 = 0.613963
    out_h2 = 0.612065
    net_o1 = 0.703212
    out_o1 = 0.668900
    out_o2 = 0.657984
    E_total = 0.234155


@mistake(
    "q1",
    id="rounded_at_the_end",
    advice="The calculation is right: count the decimals of the numbers that you write down at "
    "its end.",
)
def variables():
    out_h1 = 0.613963
    out_h2 = 0.612065
    net_o1 = 0.703212
    out_o1 = 0.668899
    out_o2 = 0.657984
    E_total = 0.234155


# ---- q2: forward_222 and errors


@mistake(
    "q2",
    id="w2_used_for_w3",
    advice="One of the weights into h2 is not the one that the picture draws on that edge.",
)
def forward_222(c):
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    f["out_h1"], f["out_h2"] = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * f["out_h1"] + c["w6"] * f["out_h2"] + c["b2"]
    f["net_o2"] = c["w7"] * f["out_h1"] + c["w8"] * f["out_h2"] + c["b2"]
    f["out_o1"], f["out_o2"] = sigmoid(f["net_o1"]), sigmoid(f["net_o2"])
    return f


@mistake(
    "q2",
    id="w2_and_w3_swapped",
    advice="Follow the two crossing edges in the first picture: which weight belongs to which?",
)
def forward_222(c):
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w3"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    f["out_h1"], f["out_h2"] = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * f["out_h1"] + c["w6"] * f["out_h2"] + c["b2"]
    f["net_o2"] = c["w7"] * f["out_h1"] + c["w8"] * f["out_h2"] + c["b2"]
    f["out_o1"], f["out_o2"] = sigmoid(f["net_o1"]), sigmoid(f["net_o2"])
    return f


@mistake(
    "q2",
    id="nets_into_the_outputs",
    advice="What travels from a hidden unit to an output: its net input, or what it makes of it?",
)
def forward_222(c):
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    f["out_h1"], f["out_h2"] = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * f["net_h1"] + c["w6"] * f["net_h2"] + c["b2"]
    f["net_o2"] = c["w7"] * f["net_h1"] + c["w8"] * f["net_h2"] + c["b2"]
    f["out_o1"], f["out_o2"] = sigmoid(f["net_o1"]), sigmoid(f["net_o2"])
    return f


@mistake(
    "q2",
    id="b1_everywhere",
    advice="The outputs have a bias of their own: check which one you add in the second layer.",
)
def forward_222(c):
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    f["out_h1"], f["out_h2"] = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * f["out_h1"] + c["w6"] * f["out_h2"] + c["b1"]
    f["net_o2"] = c["w7"] * f["out_h1"] + c["w8"] * f["out_h2"] + c["b1"]
    f["out_o1"], f["out_o2"] = sigmoid(f["net_o1"]), sigmoid(f["net_o2"])
    return f


@mistake(
    "q2",
    id="constants_of_the_example",
    advice="Call your function with other constants: its results must follow the dictionary c.",
)
def forward_222(c):
    c = EXAMPLE
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    f["out_h1"], f["out_h2"] = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * f["out_h1"] + c["w6"] * f["out_h2"] + c["b2"]
    f["net_o2"] = c["w7"] * f["out_h1"] + c["w8"] * f["out_h2"] + c["b2"]
    f["out_o1"], f["out_o2"] = sigmoid(f["net_o1"]), sigmoid(f["net_o2"])
    return f


@mistake(
    "q2",
    id="results_written_into_c",
    advice="Print c before and after the call: the function must not change it, "
    "and must return its own eight numbers only.",
)
def forward_222(c):
    c["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    c["net_h2"] = c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    c["out_h1"], c["out_h2"] = sigmoid(c["net_h1"]), sigmoid(c["net_h2"])
    c["net_o1"] = c["w5"] * c["out_h1"] + c["w6"] * c["out_h2"] + c["b2"]
    c["net_o2"] = c["w7"] * c["out_h1"] + c["w8"] * c["out_h2"] + c["b2"]
    c["out_o1"], c["out_o2"] = sigmoid(c["net_o1"]), sigmoid(c["net_o2"])
    return {name: c[name] for name in c if name[:3] in ("net", "out")}


@mistake(
    "q2",
    id="crossed_into_o2",
    advice="Put a finger on the edge of w7 in the picture, and trace it back: where does it start?",
)
def forward_222(c):
    f = {}
    f["net_h1"] = c["w1"] * c["i1"] + c["w2"] * c["i2"] + c["b1"]
    f["net_h2"] = c["w3"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]
    h1, h2 = sigmoid(f["net_h1"]), sigmoid(f["net_h2"])
    f["net_o1"] = c["w5"] * h1 + c["w6"] * h2 + c["b2"]
    f["net_o2"] = c["w8"] * h1 + c["w7"] * h2 + c["b2"]
    f |= {"out_h1": h1, "out_h2": h2}
    f |= {"out_o1": sigmoid(f["net_o1"]), "out_o2": sigmoid(f["net_o2"])}
    return f


@mistake(
    "q2",
    id="no_half",
    advice="Your errors are a fixed multiple of the right ones: compare with the formula of E.",
)
def errors(c, f):
    e1 = (c["t1"] - f["out_o1"]) ** 2
    e2 = (c["t2"] - f["out_o2"]) ** 2
    return e1, e2, e1 + e2


@mistake(
    "q2",
    id="mean_for_sum",
    advice="The total error of this example adds the two errors: what does yours do with them?",
)
def errors(c, f):
    e1 = 0.5 * (c["t1"] - f["out_o1"]) ** 2
    e2 = 0.5 * (c["t2"] - f["out_o2"]) ** 2
    return e1, e2, (e1 + e2) / 2


@mistake(
    "q2",
    id="one_target_for_both",
    advice="Each output is to come near a target of its own: which one stands in your second "
    "error?",
)
def errors(c, f):
    e1 = 0.5 * (c["t1"] - f["out_o1"]) ** 2
    e2 = 0.5 * (c["t1"] - f["out_o2"]) ** 2
    return e1, e2, e1 + e2


# ---- q3: output_deltas


@mistake(
    "q3",
    id="slope_of_the_slide",
    advice="Compute your slope at an output of one half: the steepest point of the sigmoid "
    "cannot have the slope 0, and none has more than one quarter.",
)
def output_deltas(c, f):
    out = np.array([f["out_o1"], f["out_o2"]])
    target = np.array([c["t1"], c["t2"]])
    return (out - target) * (out - (1 - out))


@mistake(
    "q3",
    id="target_minus_output",
    advice="Check the sign: when an output is too large, the error grows with its net input.",
)
def output_deltas(c, f):
    out = np.array([f["out_o1"], f["out_o2"]])
    target = np.array([c["t1"], c["t2"]])
    return (target - out) * out * (1 - out)


@mistake(
    "q3",
    id="no_slope",
    advice="The delta has two links; you stop at the output and do not go on to its net input.",
)
def output_deltas(c, f):
    return np.array([f["out_o1"] - c["t1"], f["out_o2"] - c["t2"]])


@mistake(
    "q3",
    id="factor_two",
    advice="The derivative of half a square has no factor left in front: where is yours from?",
)
def output_deltas(c, f):
    out = np.array([f["out_o1"], f["out_o2"]])
    target = np.array([c["t1"], c["t2"]])
    return 2 * (out - target) * out * (1 - out)


@mistake(
    "q3",
    id="error_times_slope",
    advice="The first link is the derivative of the error, not the error itself.",
)
def output_deltas(c, f):
    out = np.array([f["out_o1"], f["out_o2"]])
    target = np.array([c["t1"], c["t2"]])
    return 0.5 * (target - out) ** 2 * out * (1 - out)


@mistake(
    "q3",
    id="single_precision",
    advice="The rule is right, but digits are lost on the way: print the dtype of your arrays.",
)
def output_deltas(c, f):
    out = np.float32([f["out_o1"], f["out_o2"]])
    return (out - np.float32([c["t1"], c["t2"]])) * out * (1 - out)


@mistake(
    "q3",
    id="one_target_for_both",
    advice="Each output has a target of its own: which one does your second delta compare with?",
)
def output_deltas(c, f):
    out = np.array([f["out_o1"], f["out_o2"]])
    return (out - c["t1"]) * out * (1 - out)


# ---- q4: hidden_deltas


@mistake(
    "q4",
    id="only_the_first_output",
    advice="A hidden unit sends its value to two outputs: how many terms does your sum have?",
)
def hidden_deltas(c, f, delta_o):
    out = np.array([f["out_h1"], f["out_h2"]])
    return delta_o[0] * np.array([c["w5"], c["w6"]]) * out * (1 - out)


@mistake(
    "q4",
    id="transposed_weights",
    advice="List the weights on the edges that leave h1, and compare with those in your first sum.",
)
def hidden_deltas(c, f, delta_o):
    out = np.array([f["out_h1"], f["out_h2"]])
    weights = np.array([[c["w5"], c["w6"]], [c["w7"], c["w8"]]])
    return (weights @ delta_o) * out * (1 - out)


@mistake(
    "q4",
    id="slope_twice",
    advice="The slide's symbol misled you: if the terms of the sum already end at the net input, "
    "is the slope of the sigmoid not in them?",
)
def hidden_deltas(c, f, delta_o):
    out = np.array([f["out_h1"], f["out_h2"]])
    slope = out * (1 - out)
    weights = np.array([[c["w5"], c["w7"]], [c["w6"], c["w8"]]])
    return ((weights * slope[:, None]) @ delta_o) * slope


@mistake(
    "q4",
    id="second_term_at_the_net",
    advice="Both terms of the sum must end at the same place: what are the units of the second?",
)
def hidden_deltas(c, f, delta_o):
    out = np.array([f["out_h1"], f["out_h2"]])
    slope = out * (1 - out)
    first = delta_o[0] * np.array([c["w5"], c["w6"]])
    second = delta_o[1] * np.array([c["w7"], c["w8"]]) * slope
    return (first + second) * slope


@mistake(
    "q4",
    id="no_slope",
    advice="You stop at the output of the hidden unit; one more link leads to its net input.",
)
def hidden_deltas(c, f, delta_o):
    return np.array([[c["w5"], c["w7"]], [c["w6"], c["w8"]]]) @ delta_o


@mistake(
    "q4",
    id="slope_of_the_slide",
    advice="Compute your slope at a hidden output of one half and compare it with one quarter.",
)
def hidden_deltas(c, f, delta_o):
    out = np.array([f["out_h1"], f["out_h2"]])
    weights = np.array([[c["w5"], c["w7"]], [c["w6"], c["w8"]]])
    return (weights @ delta_o) * (2 * out - 1)


@mistake(
    "q4",
    id="slope_of_h1_in_one_term",
    advice="Read your second delta term by term: does each slope in it belong to the same unit?",
)
def hidden_deltas(c, f, delta_o):
    s1 = f["out_h1"] * (1 - f["out_h1"])
    s2 = f["out_h2"] * (1 - f["out_h2"])
    first = s1 * (delta_o[0] * c["w5"] + delta_o[1] * c["w7"])
    return np.array([first, s2 * delta_o[0] * c["w6"] + s1 * delta_o[1] * c["w8"]])


@mistake(
    "q4",
    id="slope_of_h1_for_both",
    advice="Each hidden unit has a slope of its own: whose slope stands in your second delta?",
)
def hidden_deltas(c, f, delta_o):
    back = np.array([[c["w5"], c["w7"]], [c["w6"], c["w8"]]]) @ delta_o
    return back * f["out_h1"] * (1 - f["out_h1"])


# ---- q5: weight_grads and bias_grads


@mistake(
    "q5",
    id="nets_for_outs",
    advice="What comes in at the start of the edge of w5: the net input of h1, or its output?",
)
def weight_grads(c, f, delta_o, delta_h):
    inputs = np.array([c["i1"], c["i2"]])
    hidden = np.array([f["net_h1"], f["net_h2"]])
    return np.concatenate([np.outer(delta_h, inputs).ravel(), np.outer(delta_o, hidden).ravel()])


@mistake(
    "q5",
    id="start_and_end_swapped",
    advice="Your slopes for w2 and w3 have changed places, and so have those for w6 and w7: "
    "at which end of its edge stands the delta?",
)
def weight_grads(c, f, delta_o, delta_h):
    inputs = np.array([c["i1"], c["i2"]])
    hidden = np.array([f["out_h1"], f["out_h2"]])
    return np.concatenate([np.outer(inputs, delta_h).ravel(), np.outer(hidden, delta_o).ravel()])


@mistake(
    "q5",
    id="times_the_weight",
    advice="Take the derivative of w5 times out_h1 by w5, not by out_h1: what is left?",
)
def weight_grads(c, f, delta_o, delta_h):
    into_hidden = [delta_h[0] * c["w1"], delta_h[0] * c["w2"]]
    into_hidden += [delta_h[1] * c["w3"], delta_h[1] * c["w4"]]
    into_output = [delta_o[0] * c["w5"], delta_o[0] * c["w6"]]
    into_output += [delta_o[1] * c["w7"], delta_o[1] * c["w8"]]
    return np.array(into_hidden + into_output)


@mistake(
    "q5",
    id="outputs_first",
    advice="Compare the order of your eight slopes with the docstring: it starts at the inputs.",
)
def weight_grads(c, f, delta_o, delta_h):
    inputs = np.array([c["i1"], c["i2"]])
    hidden = np.array([f["out_h1"], f["out_h2"]])
    return np.concatenate([np.outer(delta_o, hidden).ravel(), np.outer(delta_h, inputs).ravel()])


@mistake(
    "q5",
    id="integer_array",
    advice="Print the dtype of the array that you fill: what becomes of a fraction written into "
    "it?",
)
def weight_grads(c, f, delta_o, delta_h):
    slopes = np.zeros(8, dtype=int)
    for k, (start, end) in enumerate(EDGES.values()):
        delta = delta_h if k < 4 else delta_o
        value = c[start] if k < 4 else f["out_" + start]
        slopes[k] = delta[int(end[1]) - 1] * value
    return slopes


@mistake(
    "q5",
    id="shared_bias_once",
    advice="Each bias enters two units: does its slope hear from both?",
)
def bias_grads(delta_o, delta_h):
    return np.array([delta_h[0], delta_o[0]])


@mistake(
    "q5",
    id="shared_bias_mean",
    advice="Paths from a shared bias to the error are added: do you divide by their number?",
)
def bias_grads(delta_o, delta_h):
    return np.array([np.mean(delta_h), np.mean(delta_o)])


@mistake(
    "q5",
    id="biases_forgotten",
    advice="Nudge b1 a little and compute the error again: does it stay the same?",
)
def bias_grads(delta_o, delta_h):
    return np.zeros(2)


@mistake(
    "q5",
    id="biases_in_the_other_order",
    advice="Compare the order of your two slopes with the docstring: which layer does b1 belong "
    "to?",
)
def bias_grads(delta_o, delta_h):
    return np.array([np.sum(delta_o), np.sum(delta_h)])


# ---- q6: step


@mistake(
    "q6",
    id="uphill",
    advice="Try it with one positive slope: does the weight move so that the error falls?",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    new = {**c, **{f"w{k + 1}": c[f"w{k + 1}"] + eta * by_weight[k] for k in range(8)}}
    if biases:
        new["b1"], new["b2"] = c["b1"] + eta * by_bias[0], c["b2"] + eta * by_bias[1]
    return new


@mistake(
    "q6",
    id="eta_ignored",
    advice="Take two steps with different rates from the same place: they must end apart.",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    new = {**c, **{f"w{k + 1}": c[f"w{k + 1}"] - by_weight[k] for k in range(8)}}
    if biases:
        new["b1"], new["b2"] = c["b1"] - by_bias[0], c["b2"] - by_bias[1]
    return new


@mistake(
    "q6",
    id="eta_of_the_example",
    advice="The learning rate is an argument: do you use it, or the one that the deck prints?",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    new = {**c, **{f"w{k + 1}": c[f"w{k + 1}"] - 0.5 * by_weight[k] for k in range(8)}}
    if biases:
        new["b1"], new["b2"] = c["b1"] - 0.5 * by_bias[0], c["b2"] - 0.5 * by_bias[1]
    return new


@mistake(
    "q6",
    id="eta_of_the_constants",
    advice="There are two learning rates at hand, one in c and one in the call: which does the "
    "docstring tell you to use?",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    slopes = {f"w{k}": slope for k, slope in enumerate(by_weight, 1)}
    if biases:
        slopes |= {"b1": by_bias[0], "b2": by_bias[1]}
    return {**c, **{name: c[name] - c["eta"] * slope for name, slope in slopes.items()}}


@mistake(
    "q6",
    id="updated_weights_used",
    advice="All slopes belong to the old weights: when you reach w1, which w5 to w8 are in use?",
)
def step(c, eta, gradients=gradients, biases=False):
    by_bias = gradients(c)[1]
    new = dict(c)
    for names in (("w5", "w6", "w7", "w8"), ("w1", "w2", "w3", "w4")):
        by_weight = gradients(dict(new))[0]
        for name in names:
            new[name] = new[name] - eta * by_weight[int(name[1]) - 1]
    if biases:
        new["b1"], new["b2"] = c["b1"] - eta * by_bias[0], c["b2"] - eta * by_bias[1]
    return new


@mistake(
    "q6",
    id="slopes_asked_again",
    advice="Count how often you call gradients: to which weights do the slopes of a later call "
    "belong?",
)
def step(c, eta, gradients=gradients, biases=False):
    new = {**c}
    for k in range(8):
        new[f"w{k + 1}"] -= eta * gradients(new)[0][k]
    for k in range(2 * biases):
        new[f"b{k + 1}"] -= eta * gradients(new)[1][k]
    return new


@mistake(
    "q6",
    id="other_keys_dropped",
    advice="Compare the keys of your result with those of c: could you take a second step from it?",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    new = {f"w{k}": c[f"w{k}"] - eta * by_weight[k - 1] for k in range(1, 9)}
    for k in (1, 2):
        new[f"b{k}"] = c[f"b{k}"] - biases * eta * by_bias[k - 1]
    return new


@mistake(
    "q6",
    id="only_what_moved",
    advice="Print your result: what is in it besides the constants that moved, and what does the "
    "docstring ask for?",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    new = {f"w{k}": c[f"w{k}"] - eta * by_weight[k - 1] for k in range(1, 9)}
    if biases:
        new |= {f"b{k}": c[f"b{k}"] - eta * by_bias[k - 1] for k in (1, 2)}
    return new


@mistake(
    "q6",
    id="biases_forgotten",
    advice="Call it with biases=True and look at b1 and b2 in the result.",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight = gradients(c)[0]
    return {**c, **{f"w{k + 1}": c[f"w{k + 1}"] - eta * by_weight[k] for k in range(8)}}


@mistake(
    "q6",
    id="biases_always",
    advice="Call it without biases=True and look at b1 and b2 in the result.",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    new = {**c, **{f"w{k + 1}": c[f"w{k + 1}"] - eta * by_weight[k] for k in range(8)}}
    new["b1"], new["b2"] = c["b1"] - eta * by_bias[0], c["b2"] - eta * by_bias[1]
    return new


@mistake(
    "q6",
    id="in_place",
    advice="Print c before and after the call: the old weights must still be in it.",
)
def step(c, eta, gradients=gradients, biases=False):
    by_weight, by_bias = gradients(c)
    for k in range(8):
        c[f"w{k + 1}"] -= eta * by_weight[k]
    if biases:
        c["b1"] -= eta * by_bias[0]
        c["b2"] -= eta * by_bias[1]
    return c


# ---- q7: find_slide_errors and repeat_slips


@mistake(
    "q7",
    id="wide_tolerance",
    advice="The printed w3+ is wrong by 0.00000029: does your tolerance let it pass?",
)
def find_slide_errors(printed, correct, follows):
    wrong = {name for name in printed if abs(printed[name] - correct[name]) > 1e-6}
    slips = {name for name in wrong if abs(printed[name] - follows[name]) > 1e-6}
    return slips, wrong - slips


@mistake(
    "q7",
    id="relative_tolerance",
    advice="Half of the last digit is the same distance for large and small numbers: "
    "does your comparison scale with the number?",
)
def find_slide_errors(printed, correct, follows):
    wrong = {n for n in printed if not np.isclose(printed[n], correct[n], rtol=5.1e-10, atol=0)}
    slips = {n for n in wrong if not np.isclose(printed[n], follows[n], rtol=5.1e-10, atol=0)}
    return slips, wrong - slips


@mistake(
    "q7",
    id="inherited_called_slips",
    advice="A number that was worked out well from a wrong one is no slip of its own: "
    "which of the two comparisons tells you that?",
)
def find_slide_errors(printed, correct, follows):
    wrong = {name for name in printed if abs(printed[name] - correct[name]) > HALF_DIGIT}
    return wrong, {n for n in wrong if abs(printed[n] - follows[n]) <= HALF_DIGIT}


@mistake(
    "q7",
    id="too_large_only",
    advice="A printed number can also be too small: what is the sign of your difference then?",
)
def find_slide_errors(printed, correct, follows):
    wrong = {name for name in printed if printed[name] - correct[name] > HALF_DIGIT}
    slips = {name for name in wrong if printed[name] - follows[name] > HALF_DIGIT}
    return slips, wrong - slips


@mistake(
    "q7",
    id="slips_without_being_wrong",
    advice="A number can be right although the line above it is wrong: do you ask that first?",
)
def find_slide_errors(printed, correct, follows):
    slips = {name for name in printed if abs(printed[name] - follows[name]) > HALF_DIGIT}
    wrong = {name for name in printed if abs(printed[name] - correct[name]) > HALF_DIGIT}
    return slips, wrong - slips


@mistake(
    "q7",
    id="decimal_point_kept",
    advice="The slide's w5+ has two slips at once: after the wrong start, count the digits.",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": 0.15 - c["eta"] * slopes[4],
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="input_for_the_decimal_point",
    advice="A decimal point slips by the same factor whatever the inputs are: change i1 and look "
    "at your dE/dw1.",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] * c["i1"],
        "w5+": (0.15 - c["eta"] * slopes[4]) * 10,
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="correct_starts",
    advice="Add eta times the slope to the printed w6+ and w8+: "
    "the slide does not start from the weights in the picture.",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": (0.15 - c["eta"] * slopes[4]) * 10,
        "w6+": c["w6"] - c["eta"] * slopes[5],
        "w8+": c["w8"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="start_typed_in",
    advice="You found the number that w6+ and w8+ start from: it changes with the constants, so "
    "whose is it?",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": (0.15 - c["eta"] * slopes[4]) * 10,
        "w6+": 0.28 - c["eta"] * slopes[5],
        "w8+": 0.28 - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="eta_typed_in",
    advice="Call it with another learning rate: does your w5+ move as w6+ and w8+ do?",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": (0.15 - 0.5 * slopes[4]) * 10,
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="start_from_w5",
    advice="Add eta times the slope to the printed w6+: is the result the weight that you start "
    "from?",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": (0.15 - c["eta"] * slopes[4]) * 10,
        "w6+": c["w5"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="point_to_the_other_side",
    advice="Put the two slopes dE/dw1 that the slide prints side by side: which is the larger one?",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] * 10,
        "w5+": (0.15 - c["eta"] * slopes[4]) * 10,
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="start_of_the_picture",
    advice="For w5+ the clue gives the number that the slide starts from: is it the weight in the "
    "picture?",
)
def repeat_slips(c, f, delta_o, slopes):
    return {
        "out_h2": sigmoid(c["w2"] * c["i1"] + c["w4"] * c["i2"] + c["b1"]),
        "dout_o1/dnet_o1": f["out_o1"] - (1 - f["out_o1"]),
        "dE_o2/dnet_h1 (in the sum)": delta_o[1] * c["w7"],
        "dE/dw1 (in w1+)": slopes[0] / 10,
        "w5+": (c["w5"] - c["eta"] * slopes[4]) * 10,
        "w6+": c["w7"] - c["eta"] * slopes[5],
        "w8+": c["w7"] - c["eta"] * slopes[7],
    }


@mistake(
    "q7",
    id="printed_numbers_returned",
    advice="With other constants the same slips give other numbers: use the arguments.",
)
def repeat_slips(c, f, delta_o, slopes):
    names = ("out_h2", "dout_o1/dnet_o1", "dE_o2/dnet_h1 (in the sum)", "dE/dw1 (in w1+)")
    return {name: PRINTED[name] for name in (*names, "w5+", "w6+", "w8+")}


# ---- q8: verdict


@mistake(
    "q8",
    id="updates_added",
    advice="The updates are new values, not changes: what do you do with the old ones?",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **{name: c[name] + updates[name] for name in updates}}
    before, after = errors(c, forward(c))[2], errors(new, forward(new))[2]
    return before, after, bool(after < before)


@mistake(
    "q8",
    id="in_place",
    advice="Print c before and after the call: the old constants must still be in it.",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    before = errors(c, forward(c))[2]
    c.update(updates)
    after = errors(c, forward(c))[2]
    return before, after, bool(after < before)


@mistake(
    "q8",
    id="after_first",
    advice="Look at the order in which the docstring lists the two errors.",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **updates}
    before, after = errors(c, forward(c))[2], errors(new, forward(new))[2]
    return after, before, bool(after < before)


@mistake(
    "q8",
    id="first_output_only",
    advice="errors returns three numbers: which of them is the total?",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **updates}
    before, after = errors(c, forward(c))[0], errors(new, forward(new))[0]
    return before, after, bool(after < before)


@mistake(
    "q8",
    id="larger_is_better",
    advice="Is an update good when the error grows?",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **updates}
    before, after = errors(c, forward(c))[2], errors(new, forward(new))[2]
    return before, after, bool(after > before)


@mistake(
    "q8",
    id="biases_left_out",
    advice="Whatever updates holds counts: what becomes of a new b1 in your function?",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **{name: updates[name] for name in updates if name.startswith("w")}}
    before, after = errors(c, forward(c))[2], errors(new, forward(new))[2]
    return before, after, bool(after < before)


@mistake(
    "q8",
    id="no_change_called_better",
    advice="Call it with no updates at all: has anything improved?",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **updates}
    before, after = errors(c, forward(c))[2], errors(new, forward(new))[2]
    return before, after, bool(after <= before)


@mistake(
    "q8",
    id="inputs_and_targets_left_out",
    advice="Whatever updates holds counts: what becomes of a new i1 or t1 in your function?",
)
def verdict(c, updates, forward=forward_222, errors=errors):
    new = {**c, **{name: updates[name] for name in updates if name[0] in "wb"}}
    before, after = errors(c, forward(c))[2], errors(new, forward(new))[2]
    return before, after, bool(after < before)


# ---- q9: matrix_step


@mistake(
    "q9",
    id="updated_weights_used",
    advice="All slopes belong to the old weights: is W2 still the old one where delta_h needs it?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    W2 = W2 - eta * np.outer(h, delta_o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    return W1 - eta * np.outer(x, delta_h), b1 - eta * delta_h, W2, b2 - eta * delta_o


@mistake(
    "q9",
    id="transposed_weights",
    advice="Write the shapes of W2 and delta_o side by side: "
    "their product must have one entry for each hidden unit.",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2.T @ delta_o) * h * (1 - h)
    new_W1, new_W2 = W1 - eta * np.outer(x, delta_h), W2 - eta * np.outer(h, delta_o)
    return new_W1, b1 - eta * delta_h, new_W2, b2 - eta * delta_o


@mistake(
    "q9",
    id="two_by_two_only",
    advice="Call it with 3 inputs, 5 hidden units and 4 outputs: what happens beyond index 1?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    new = [np.array(one, dtype=float) for one in (W1, b1, W2, b2)]
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    for j in range(min(2, len(h))):
        delta = sum(W2[j, k] * delta_o[k] for k in range(min(2, len(o)))) * h[j] * (1 - h[j])
        new[1][j] -= eta * delta
        for i in range(min(2, len(x))):
            new[0][i, j] -= eta * delta * x[i]
        for k in range(min(2, len(o))):
            new[2][j, k] -= eta * delta_o[k] * h[j]
    for k in range(min(2, len(o))):
        new[3][k] -= eta * delta_o[k]
    return tuple(new)


@mistake(
    "q9",
    id="biases_forgotten",
    advice="Compare the biases that you return with those that came in.",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    return W1 - eta * np.outer(x, delta_h), b1, W2 - eta * np.outer(h, delta_o), b2


@mistake(
    "q9",
    id="biases_still_shared",
    advice="Every unit has a bias of its own now: should the deltas of a layer still be added up?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    new_W1, new_W2 = W1 - eta * np.outer(x, delta_h), W2 - eta * np.outer(h, delta_o)
    return new_W1, b1 - eta * delta_h.sum(), new_W2, b2 - eta * delta_o.sum()


@mistake(
    "q9",
    id="uphill",
    advice="Compute the error before and after your step: it must fall for a small rate.",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    new_W1, new_W2 = W1 + eta * np.outer(x, delta_h), W2 + eta * np.outer(h, delta_o)
    return new_W1, b1 + eta * delta_h, new_W2, b2 + eta * delta_o


@mistake(
    "q9",
    id="in_place",
    advice="Print W1 before and after the call: -= writes into the caller's array.",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    W1 -= eta * np.outer(x, delta_h)
    W2 -= eta * np.outer(h, delta_o)
    b1 -= eta * delta_h
    b2 -= eta * delta_o
    return W1, b1, W2, b2


@mistake(
    "q9",
    id="eta_ignored",
    advice="Take two steps with different rates from the same place: they must end apart.",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    return W1 - np.outer(x, delta_h), b1 - delta_h, W2 - np.outer(h, delta_o), b2 - delta_o


@mistake(
    "q9",
    id="b1_left_out_of_h",
    advice="Compare the line that computes h with the formula: does everything that reaches a "
    "hidden unit stand in it?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    new_W1, new_W2 = W1 - eta * np.outer(x, delta_h), W2 - eta * np.outer(h, delta_o)
    return new_W1, b1 - eta * delta_h, new_W2, b2 - eta * delta_o


@mistake(
    "q9",
    id="product_of_sums",
    advice="With two outputs, write out the sum of question 4 and what you compute: where is each "
    "delta multiplied by the weight of its own edge?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = np.sum(W2, axis=1) * np.sum(delta_o) * h * (1 - h)
    new_W1, new_W2 = W1 - eta * np.outer(x, delta_h), W2 - eta * np.outer(h, delta_o)
    return new_W1, b1 - eta * delta_h, new_W2, b2 - eta * delta_o


@mistake(
    "q9",
    id="transposed_slopes",
    advice="Print the shapes of W1 and of its slopes for 3 inputs and 5 hidden units: which index "
    "of each belongs to the start of an edge?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = (W2 @ delta_o) * h * (1 - h)
    new_W1, new_W2 = W1 - eta * np.outer(delta_h, x), W2 - eta * np.outer(delta_o, h)
    return new_W1, b1 - eta * delta_h, new_W2, b2 - eta * delta_o


@mistake(
    "q9",
    id="no_hidden_slope",
    advice="What comes back reaches the output of a hidden unit; which link leads on to its net "
    "input?",
)
def matrix_step(W1, b1, W2, b2, x, t, eta):
    h = sigmoid(x @ W1 + b1)
    o = sigmoid(h @ W2 + b2)
    delta_o = (o - t) * o * (1 - o)
    delta_h = W2 @ delta_o
    new_W1, new_W2 = W1 - eta * np.outer(x, delta_h), W2 - eta * np.outer(h, delta_o)
    return new_W1, b1 - eta * delta_h, new_W2, b2 - eta * delta_o
