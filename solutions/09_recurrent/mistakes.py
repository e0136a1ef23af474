"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake("q1", id="bias_twice", advice="Count how often the bias enters one step of yours.")
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation((x @ Wx + b) + (h @ Wh + b))


@mistake("q1", id="no_bias", advice="Follow b through rnn_step and see where it is used.")
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation(x @ Wx + h @ Wh)


@mistake(
    "q1",
    id="old_state_left_out",
    advice="Change h and leave x as it is: does the result of rnn_step change?",
)
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation(x @ Wx + b)


@mistake(
    "q1",
    id="state_weights_transposed",
    advice="Compare the order of the state and its weights in rnn_step with the formula.",
)
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation(x @ Wx + h @ Wh.T + b)


@mistake(
    "q1",
    id="state_outside",
    advice="Look at what stands inside the activation: is it the whole sum?",
)
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation(x @ Wx + b) + h @ Wh


@mistake(
    "q1", id="bias_outside", advice="Look at what stands inside the activation, and what after it."
)
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return activation(x @ Wx + h @ Wh) + b


@mistake(
    "q1",
    id="activation_ignored",
    advice="Pass an activation of your own to rnn_step and see whether it is the one applied.",
)
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return np.tanh(x @ Wx + h @ Wh + b)


@mistake(
    "q1",
    id="no_activation",
    advice="Print a result of rnn_step: could tanh ever give a number > 1?",
)
def rnn_step(x, h, Wx, Wh, b, activation=np.tanh):
    return x @ Wx + h @ Wh + b


@mistake(
    "q1",
    id="state_not_carried",
    advice="In rnn_forward, print the state that goes into the second step.",
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    return np.array([step(x, h, Wx, Wh, b) for x in X])


@mistake(
    "q1", id="last_state_only", advice="Compare the shape that rnn_forward returns with its text."
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    for x in X:
        h = step(x, h, Wx, Wh, b)
    return h


@mistake(
    "q1", id="with_the_start", advice="Count the states that rnn_forward returns for three inputs."
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    states = [h]
    for x in X:
        states.append(step(x, states[-1], Wx, Wh, b))
    return np.array(states)


@mistake(
    "q1",
    id="states_before",
    advice="Does the first row of rnn_forward's result know of the first input?",
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    states = []
    for x in X:
        states.append(h)
        h = step(x, h, Wx, Wh, b)
    return np.array(states)


@mistake(
    "q1",
    id="backwards",
    advice="Which of the inputs does rnn_forward read first, and which last?",
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    states = []
    for x in X[::-1]:
        h = step(x, h, Wx, Wh, b)
        states.append(h)
    return np.array(states)


@mistake(
    "q1",
    id="newest_first",
    advice="Look at the order of the rows that rnn_forward returns.",
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    states = []
    for x in X:
        h = step(x, h, Wx, Wh, b)
        states.insert(0, h)
    return np.array(states)


@mistake(
    "q1",
    id="step_ignored",
    advice="Pass a step of your own to rnn_forward and see whether it is the one made.",
)
def rnn_forward(X, h, Wx, Wh, b, step=rnn_step):
    states = []
    for x in X:
        h = np.tanh(x @ Wx + h @ Wh + b)
        states.append(h)
    return np.array(states)


# --- question 2 ---


@mistake(
    "q2",
    id="factors_in_wrong_order",
    advice="Matrices don't commute: which step's factor stands on the far left of the product?",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = J @ (slope(h)[:, None] * Wh.T)
    return J


@mistake(
    "q2",
    id="no_slopes",
    advice="Does your product depend on the states at all? It should.",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for _ in H:
        J = Wh.T @ J
    return J


@mistake(
    "q2",
    id="slopes_on_columns",
    advice="A diagonal matrix on the left scales rows or columns? Try it with two numbers.",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = (slope(h) * Wh.T) @ J
    return J


@mistake(
    "q2",
    id="not_transposed",
    advice="Nudge unit 0 of a state by hand: which row or column of your J should that fill?",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = (slope(h)[:, None] * Wh) @ J
    return J


@mistake(
    "q2",
    id="entry_by_entry",
    advice="Look at how two factors are multiplied: as matrices, or entry by entry?",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.ones_like(Wh)
    for h in H:
        J = (slope(h)[:, None] * Wh.T) * J
    return J


@mistake(
    "q2",
    id="result_transposed",
    advice="Entry (i, j) belongs to unit i after and unit j before: check which way yours is.",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = (slope(h)[:, None] * Wh.T) @ J
    return J.T


@mistake(
    "q2",
    id="tanh_of_a_state",
    advice="H holds results of the activation; see whether you apply tanh to them once more.",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = (slope(np.tanh(h))[:, None] * Wh.T) @ J
    return J


@mistake(
    "q2",
    id="slope_ignored",
    advice="Pass a slope of your own to jacobian_product and see whether it is the one used.",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = ((1 - h**2)[:, None] * Wh.T) @ J
    return J


@mistake(
    "q2",
    id="second_derivative",
    advice="Compare with a nudge: is it the first or the second derivative that it meets?",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H:
        J = ((-2 * h * slope(h))[:, None] * Wh.T) @ J
    return J


@mistake(
    "q2",
    id="first_step_left_out",
    advice="Count the factors of your product for a sequence of two steps.",
)
def jacobian_product(H, Wh, slope=tanh_slope):
    J = np.eye(len(Wh))
    for h in H[1:]:
        J = (slope(h)[:, None] * Wh.T) @ J
    return J


@mistake(
    "q2",
    id="norms_from_the_start",
    advice="Which k steps does entry k - 1 of gradient_norms take: the first, or the last?",
)
def gradient_norms(H, Wh, product=jacobian_product):
    return np.array([np.linalg.norm(product(H[:k], Wh), 2) for k in range(1, len(H) + 1)])


@mistake(
    "q2",
    id="longest_first",
    advice="Should gradient_norms begin with one step back, or with all of them?",
)
def gradient_norms(H, Wh, product=jacobian_product):
    return np.array([np.linalg.norm(product(H[t:], Wh), 2) for t in range(len(H))])


@mistake(
    "q2",
    id="frobenius",
    advice="Check which norm gradient_norms takes: numpy's default is another one.",
)
def gradient_norms(H, Wh, product=jacobian_product):
    return np.array([np.linalg.norm(product(H[t:], Wh)) for t in range(len(H))])[::-1]


@mistake(
    "q2",
    id="single_steps",
    advice="Does entry k - 1 of gradient_norms cover k steps, or only one of them?",
)
def gradient_norms(H, Wh, product=jacobian_product):
    norms = [np.linalg.norm(product(H[t : t + 1], Wh), 2) for t in range(len(H))]
    return np.array(norms)[::-1]


@mistake(
    "q2",
    id="from_zero_steps",
    advice="Which is the smallest k, and is its entry in gradient_norms?",
)
def gradient_norms(H, Wh, product=jacobian_product):
    T = len(H)
    return np.array([np.linalg.norm(product(H[T - k :], Wh), 2) for k in range(T)])


@mistake(
    "q2",
    id="product_ignored",
    advice="Pass a product of your own to gradient_norms and see whether it is the one measured.",
)
def gradient_norms(H, Wh, product=jacobian_product):
    J, norms = np.eye(len(Wh)), []
    for h in H[::-1]:
        J = J @ (tanh_slope(h)[:, None] * Wh.T)
        norms.append(np.linalg.norm(J, 2))
    return np.array(norms)


# --- question 3 ---


@mistake(
    "q3",
    id="input_first",
    advice="Which of state and input stands first in [h, x], and which in your forget?",
)
def forget(x, h, c, W, b):
    return sigmoid(np.concatenate([x, h], axis=-1) @ W + b) * c


@mistake(
    "q3",
    id="one_forgets",
    advice="Read once more what a forget gate of 1 does to the memory.",
)
def forget(x, h, c, W, b):
    return (1 - sigmoid(np.concatenate([h, x], axis=-1) @ W + b)) * c


@mistake("q3", id="gate_alone", advice="Does the result of your forget depend on c?")
def forget(x, h, c, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b)


@mistake(
    "q3",
    id="tanh_gate",
    advice="Between which two numbers does a gate lie, and your f?",
)
def forget(x, h, c, W, b):
    return np.tanh(np.concatenate([h, x], axis=-1) @ W + b) * c


@mistake("q3", id="no_bias", advice="Follow b through forget and see where it is used.")
def forget(x, h, c, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W) * c


@mistake(
    "q3",
    id="bias_after",
    advice="Look at what stands inside the sigmoid of forget: is it the whole sum?",
)
def forget(x, h, c, W, b):
    return (sigmoid(np.concatenate([h, x], axis=-1) @ W) + b) * c


@mistake(
    "q3",
    id="memory_added",
    advice="How does a gate act on the memory: look at the sign between f and c.",
)
def forget(x, h, c, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) + c


@mistake(
    "q3",
    id="memory_squashed",
    advice="Let the gate be wide open: does your forget keep the memory as it is?",
)
def forget(x, h, c, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) * np.tanh(c)


@mistake(
    "q3",
    id="gate_without_sigmoid",
    advice="Between which two numbers does a gate lie? Print yours for a large input.",
)
def forget(x, h, c, W, b):
    return (np.concatenate([h, x], axis=-1) @ W + b) * c


@mistake(
    "q3",
    id="half_life_upside_down",
    advice="Try half_life with a gate near 1: should it be long or short?",
)
def half_life(f):
    return np.log(f) / np.log(0.5)


@mistake(
    "q3",
    id="life_to_one_e",
    advice="Put your half_life k into f ** k: what is left of the memory?",
)
def half_life(f):
    return -1 / np.log(f)


@mistake(
    "q3",
    id="loses_the_same_each_step",
    advice="Does a memory lose the same amount at each step, or the same share of what is left?",
)
def half_life(f):
    return 0.5 / (1 - f)


@mistake("q3", id="half_life_rounded", advice="Read whether half_life is to be rounded.")
def half_life(f):
    return np.ceil(np.log(0.5) / np.log(f))


# --- question 4 ---


@mistake(
    "q4",
    id="input_first",
    advice="Which of state and input stands first in [h, x], and which in your input_gate?",
)
def input_gate(x, h, W, b):
    return sigmoid(np.concatenate([x, h], axis=-1) @ W + b)


@mistake(
    "q4",
    id="tanh_gate",
    advice="Between which two numbers does a gate lie, and your i?",
)
def input_gate(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=-1) @ W + b)


@mistake("q4", id="no_bias", advice="Follow b through input_gate and see where it is used.")
def input_gate(x, h, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W)


@mistake(
    "q4",
    id="units_compete",
    advice="Can two of your input gates be wide open at once? They may.",
)
def input_gate(x, h, W, b):
    z = np.concatenate([h, x], axis=-1) @ W + b
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


@mistake(
    "q4",
    id="rest_of_forget",
    advice="The input gate has weights of its own: is it open when its sum is large?",
)
def input_gate(x, h, W, b):
    return 1 - sigmoid(np.concatenate([h, x], axis=-1) @ W + b)


@mistake(
    "q4",
    id="hard_gate",
    advice="May a gate be half open? Print your i for a sum of 0.3.",
)
def input_gate(x, h, W, b):
    return np.where(np.concatenate([h, x], axis=-1) @ W + b > 0, 1.0, 0.0)


@mistake(
    "q4",
    id="times_the_input",
    advice="The gate only says how far it is open: look for what else your input_gate multiplies.",
)
def input_gate(x, h, W, b):
    z = np.concatenate([h, x], axis=-1) @ W + b
    return sigmoid(z) * np.tanh(z)


@mistake(
    "q4",
    id="the_sigmoid_again",
    advice="Does gate_bias go from a bias to a gate, or from a gate to a bias?",
)
def gate_bias(g):
    return sigmoid(g)


@mistake(
    "q4",
    id="odds",
    advice="Put your gate_bias of .5 into the sigmoid: does .5 come back?",
)
def gate_bias(g):
    return g / (1 - g)


@mistake(
    "q4",
    id="sign_of_the_bias",
    advice="Does a gate that should be open need a bias above or below 0?",
)
def gate_bias(g):
    return np.log((1 - g) / g)


@mistake(
    "q4",
    id="inverse_of_tanh",
    advice="Which activation does gate_bias undo: that of a gate, or that of the candidate?",
)
def gate_bias(g):
    return np.arctanh(g)


# --- question 5 ---


@mistake(
    "q5",
    id="sigmoid_for_tanh",
    advice="Can your candidate be negative? News may be bad.",
)
def candidate(x, h, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b)


@mistake(
    "q5",
    id="input_first",
    advice="Which of state and input stands first in [h, x], and which in your candidate?",
)
def candidate(x, h, W, b):
    return np.tanh(np.concatenate([x, h], axis=-1) @ W + b)


@mistake("q5", id="no_bias", advice="Follow b through candidate and see where it is used.")
def candidate(x, h, W, b):
    return np.tanh(np.concatenate([h, x], axis=-1) @ W)


@mistake(
    "q5",
    id="state_left_out",
    advice="Change h and leave x as it is: does your candidate change?",
)
def candidate(x, h, W, b):
    return np.tanh(x @ W[h.shape[-1] :] + b)


@mistake(
    "q5",
    id="no_activation",
    advice="Between which two numbers does a candidate lie? Print yours for large inputs.",
)
def candidate(x, h, W, b):
    return np.concatenate([h, x], axis=-1) @ W + b


@mistake(
    "q5",
    id="gated_already",
    advice="The candidate is only what there is to write; see whether a gate is in yours.",
)
def candidate(x, h, W, b):
    z = np.concatenate([h, x], axis=-1) @ W + b
    return sigmoid(z) * np.tanh(z)


@mistake(
    "q5",
    id="tanh_of_each",
    advice="How many times is tanh applied in the formula, and to what?",
)
def candidate(x, h, W, b):
    n = h.shape[-1]
    return np.tanh(h @ W[:n]) + np.tanh(x @ W[n:] + b)


# --- question 6 ---


@mistake(
    "q6",
    id="memory_not_squashed",
    advice="Let the gate be wide open and the memory 3: what should the new state be?",
)
def output(x, h, c_new, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) * c_new


@mistake(
    "q6",
    id="tanh_around_all",
    advice="Look at what stands inside the tanh of the formula, and inside yours.",
)
def output(x, h, c_new, W, b):
    return np.tanh(sigmoid(np.concatenate([h, x], axis=-1) @ W + b) * c_new)


@mistake("q6", id="gate_alone", advice="Does the result of your output depend on the memory?")
def output(x, h, c_new, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b)


@mistake("q6", id="memory_alone", advice="Close the gate with a bias of -50: what comes out?")
def output(x, h, c_new, W, b):
    return np.tanh(c_new)


@mistake(
    "q6",
    id="input_first",
    advice="Which of state and input stands first in [h, x], and which in your output?",
)
def output(x, h, c_new, W, b):
    return sigmoid(np.concatenate([x, h], axis=-1) @ W + b) * np.tanh(c_new)


@mistake(
    "q6",
    id="tanh_gate",
    advice="Between which two numbers does a gate lie, and your o?",
)
def output(x, h, c_new, W, b):
    return np.tanh(np.concatenate([h, x], axis=-1) @ W + b) * np.tanh(c_new)


@mistake("q6", id="no_bias", advice="Follow b through output and see where it is used.")
def output(x, h, c_new, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W) * np.tanh(c_new)


@mistake(
    "q6",
    id="sigmoid_of_the_memory",
    advice="Which function squashes the memory in the formula, and which in yours?",
)
def output(x, h, c_new, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) * sigmoid(c_new)


@mistake(
    "q6",
    id="looks_at_the_memory",
    advice="Which two things does the output gate look at: is the memory one of them?",
)
def output(x, h, c_new, W, b):
    n = h.shape[-1]
    return sigmoid(c_new @ W[:n] + x @ W[n:] + b) * np.tanh(c_new)


@mistake(
    "q6",
    id="gate_added",
    advice="How does a gate act on what it lets through: look at the sign in the formula.",
)
def output(x, h, c_new, W, b):
    return sigmoid(np.concatenate([h, x], axis=-1) @ W + b) + np.tanh(c_new)


# --- question 7 ---


@mistake(
    "q7",
    id="output_of_the_old_memory",
    advice="Which memory does the output look at, that before the step or that after it?",
)
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
    news = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    c_new = forget(x, h, c, *params["f"]) + news
    return output(x, h, c, *params["o"]), c_new


@mistake(
    "q7",
    id="weights_swapped",
    advice="Check which weights your input gate gets, and which your candidate.",
)
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
    news = input_gate(x, h, *params["c"]) * candidate(x, h, *params["i"])
    c_new = forget(x, h, c, *params["f"]) + news
    return output(x, h, c_new, *params["o"]), c_new


@mistake(
    "q7",
    id="input_gate_forgotten",
    advice="Close the input gate with a bias of -50: does the candidate still get in?",
)
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
    c_new = forget(x, h, c, *params["f"]) + candidate(x, h, *params["c"])
    return output(x, h, c_new, *params["o"]), c_new


@mistake(
    "q7",
    id="news_forgotten_too",
    advice="What does the forget gate act on: the old memory, or the news as well?",
)
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
    news = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    c_new = forget(x, h, c + news, *params["f"])
    return output(x, h, c_new, *params["o"]), c_new


@mistake(
    "q7",
    id="f_times_c_twice",
    advice="What does forget return: the gate, or what is kept? See what you do with it.",
)
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
    news = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    c_new = forget(x, h, c, *params["f"]) * c + news
    return output(x, h, c_new, *params["o"]), c_new


@mistake(
    "q7",
    id="tanh_twice",
    advice="What does output return: the gate, or the new state? See what you do with it.",
)
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
    news = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    c_new = forget(x, h, c, *params["f"]) + news
    return output(x, h, c_new, *params["o"]) * np.tanh(c_new), c_new


@mistake(
    "q7",
    id="memory_first",
    advice="In which order does lstm_step return state and memory?",
)
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
    news = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    c_new = forget(x, h, c, *params["f"]) + news
    return c_new, output(x, h, c_new, *params["o"])


@mistake(
    "q7",
    id="old_memory_gone",
    advice="Open the forget gate and close the input gate: is the memory what it was?",
)
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
    c_new = input_gate(x, h, *params["i"]) * candidate(x, h, *params["c"])
    return output(x, h, c_new, *params["o"]), c_new


@mistake(
    "q7",
    id="memory_not_carried",
    advice="In lstm_forward, print the memory that goes into the second step.",
)
def lstm_forward(X, h, c, params, step=lstm_step):
    H, C = [], []
    for x in X:
        h, c_new = step(x, h, c, params)
        H.append(h)
        C.append(c_new)
    return np.array(H), np.array(C)


@mistake(
    "q7",
    id="state_not_carried",
    advice="In lstm_forward, print the state that goes into the second step.",
)
def lstm_forward(X, h, c, params, step=lstm_step):
    H, C = [], []
    for x in X:
        h_new, c = step(x, h, c, params)
        H.append(h_new)
        C.append(c)
    return np.array(H), np.array(C)


@mistake(
    "q7",
    id="nothing_carried",
    advice="In lstm_forward, print what goes into the second step.",
)
def lstm_forward(X, h, c, params, step=lstm_step):
    pairs = [step(x, h, c, params) for x in X]
    return np.array([pair[0] for pair in pairs]), np.array([pair[1] for pair in pairs])


@mistake(
    "q7",
    id="last_only",
    advice="Compare the shapes that lstm_forward returns with its text.",
)
def lstm_forward(X, h, c, params, step=lstm_step):
    for x in X:
        h, c = step(x, h, c, params)
    return h, c


@mistake(
    "q7",
    id="states_only",
    advice="How many arrays should lstm_forward return?",
)
def lstm_forward(X, h, c, params, step=lstm_step):
    H = []
    for x in X:
        h, c = step(x, h, c, params)
        H.append(h)
    return np.array(H)


@mistake(
    "q7",
    id="two_biases",
    advice="Count the biases of one gate in your formula: the text asks for one vector each.",
)
def lstm_params(d, n):
    return 4 * ((n + d) * n + 2 * n)


@mistake(
    "q7",
    id="one_gate_only",
    advice="How many pieces with weights of their own does a cell have?",
)
def lstm_params(d, n):
    return (n + d) * n + n


@mistake("q7", id="three_gates", advice="Does your count include the candidate's weights?")
def lstm_params(d, n):
    return 3 * ((n + d) * n + n)


@mistake("q7", id="no_biases", advice="Does your count include the biases?")
def lstm_params(d, n):
    return 4 * (n + d) * n


@mistake(
    "q7",
    id="one_bias_number",
    advice="How many numbers does one bias have when there are n units?",
)
def lstm_params(d, n):
    return 4 * ((n + d) * n + 1)


@mistake(
    "q7",
    id="without_the_state",
    advice="What does a gate see beside the input? Count its weights, too.",
)
def lstm_params(d, n):
    return 4 * (d * n + n)


# --- question 8 ---


@mistake(
    "q8",
    id="each_entry",
    advice="Compare the direction before and after: does your clipping keep it?",
)
def clip_by_norm(grads, limit):
    return {name: np.clip(g, -limit, limit) for name, g in grads.items()}


@mistake(
    "q8",
    id="each_array",
    advice="How many norms does your clip_by_norm compute for two arrays?",
)
def clip_by_norm(grads, limit):
    return {name: g * (limit / max(np.linalg.norm(g), limit)) for name, g in grads.items()}


@mistake(
    "q8",
    id="always_scaled",
    advice="What should happen to a gradient that is shorter than the limit?",
)
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    return {name: g * (limit / norm) for name, g in grads.items()}


@mistake("q8", id="no_root", advice="Compare your norm with the formula, root and all.")
def clip_by_norm(grads, limit):
    norm = sum(np.sum(g**2) for g in grads.values())
    return {name: g * (limit / max(norm, limit)) for name, g in grads.items()}


@mistake(
    "q8",
    id="sum_of_norms",
    advice="The common norm of (3) and (4) is 5: what is yours?",
)
def clip_by_norm(grads, limit):
    norm = sum(np.linalg.norm(g) for g in grads.values())
    return {name: g * (limit / max(norm, limit)) for name, g in grads.items()}


@mistake("q8", id="largest_entry", advice="Compare what you divide by with the formula's norm.")
def clip_by_norm(grads, limit):
    norm = max(np.max(np.abs(g)) for g in grads.values())
    return {name: g * (limit / max(norm, limit)) for name, g in grads.items()}


@mistake(
    "q8",
    id="norm_one",
    advice="Which norm should a clipped gradient have? Print that of yours for a limit of 2.",
)
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    scale = 1 / norm if norm > limit else 1.0
    return {name: g * scale for name, g in grads.items()}


@mistake("q8", id="in_place", advice="Print the gradients that you passed in, after the call.")
def clip_by_norm(grads, limit):
    norm = np.sqrt(sum(np.sum(g**2) for g in grads.values()))
    for name in grads:
        grads[name] = grads[name] * (limit / max(norm, limit))
    return grads


@mistake(
    "q8",
    id="no_shortcut",
    advice="Where in residual_stack is what a layer was given added to what it returns?",
)
def residual_stack(x, layers):
    for g in layers:
        x = g(x)
    return x


@mistake(
    "q8",
    id="adds_the_first_input",
    advice="What does the second layer's shortcut add: what went in at the start?",
)
def residual_stack(x, layers):
    h = x
    for g in layers:
        h = x + g(h)
    return h


@mistake(
    "q8",
    id="one_shortcut_around_all",
    advice="How many shortcuts does your residual_stack have for two layers?",
)
def residual_stack(x, layers):
    h = x
    for g in layers:
        h = g(h)
    return x + h


@mistake(
    "q8",
    id="added_before_the_layer",
    advice="Is the shortcut added before the layer or after it?",
)
def residual_stack(x, layers):
    for g in layers:
        x = g(x + x)
    return x


@mistake("q8", id="x_changed", advice="Print the x that you passed to residual_stack, afterwards.")
def residual_stack(x, layers):
    for g in layers:
        x += g(x)
    return x


@mistake(
    "q8",
    id="one_added_once",
    advice="Where does the 1 of the shortcut stand, in each factor or beside the product?",
)
def slope_chains(slopes):
    return float(np.prod(slopes)), float(1 + np.prod(slopes))


@mistake(
    "q8",
    id="slopes_summed",
    advice="Are the slopes of a chain added or multiplied?",
)
def slope_chains(slopes):
    return float(np.sum(slopes)), float(np.sum(1 + slopes))


@mistake(
    "q8", id="chains_swapped", advice="Which of the two numbers does slope_chains return first?"
)
def slope_chains(slopes):
    return float(np.prod(1 + slopes)), float(np.prod(slopes))


# --- question 9 ---


@mistake(
    "q9",
    id="softmax_down_the_columns",
    advice="Print the sums of your weights: are those of the rows 1, or those of the columns?",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(seen - np.max(seen))
    weights = e / np.sum(e, axis=0)
    return weights, weights @ values


@mistake(
    "q9",
    id="softmax_over_all",
    advice="Print the sum of each row of your weights, with two questions.",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(seen - np.max(seen))
    weights = e / np.sum(e)
    return weights, weights @ values


@mistake(
    "q9",
    id="mask_after_softmax",
    advice="Print the sums of your weights under a mask.",
)
def attention(scores, values, mask=None):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    if mask is not None:
        weights = np.where(mask, weights, 0.0)
    return weights, weights @ values


@mistake(
    "q9",
    id="hidden_scores_zero",
    advice="Which weight does a score of 0 get? Look at those of your hidden pieces.",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else scores * mask
    e = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values


@mistake(
    "q9",
    id="mask_the_wrong_way_round",
    advice="Does True in the mask mean that a piece is seen, or that it is hidden?",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else np.where(mask, -1e30, scores)
    e = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values


@mistake(
    "q9",
    id="mask_ignored",
    advice="Pass a mask that hides all pieces but one: is all of the weight on that one?",
)
def attention(scores, values, mask=None):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values


@mistake(
    "q9",
    id="overflow",
    advice="Print np.exp(1000.0), and think of a number that you may subtract from all scores.",
)
def attention(scores, values, mask=None):
    e = np.exp(scores)
    if mask is not None:
        e = np.where(mask, e, 0.0)
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values


@mistake(
    "q9",
    id="largest_of_the_hidden",
    advice="Give a hidden piece the score 5000: which number do you subtract then?",
)
def attention(scores, values, mask=None):
    e = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    if mask is not None:
        e = np.where(mask, e, 0.0)
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values


@mistake(
    "q9",
    id="winner_takes_all",
    advice="Do the pieces with smaller scores get a weight from you, too?",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else np.where(mask, scores, -np.inf)
    weights = np.where(seen == np.max(seen, axis=-1, keepdims=True), 1.0, 0.0)
    return weights, weights @ values


@mistake(
    "q9",
    id="no_exponential",
    advice="Compare your weights with the formula: what is divided by what?",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else np.where(mask, scores, 0.0)
    weights = seen / np.sum(seen, axis=-1, keepdims=True)
    return weights, weights @ values


@mistake(
    "q9",
    id="mean_of_scores",
    advice="Is your context made of the values or of the scores, and with the final weights?",
)
def attention(scores, values, mask=None):
    seen = scores if mask is None else np.where(mask, scores, -np.inf)
    e = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, e @ values


@mistake("q9", id="scores_changed", advice="Print the scores that you passed in, after the call.")
def attention(scores, values, mask=None):
    seen = np.asarray(scores)
    if mask is not None:
        seen[~mask] = -100_000
    e = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
    weights = e / np.sum(e, axis=-1, keepdims=True)
    return weights, weights @ values
