"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake("q1", id="central_divides_by_h", advice="How far apart are the two ends of your slope?")
def central_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / h


@mistake(
    "q1",
    id="brackets_missing",
    advice="Work out 6 / 2 * 3 by hand, in Python's order, and look at your divisor.",
)
def central_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / 2 * h


@mistake(
    "q1",
    id="central_is_one_sided",
    advice="Mark on paper the two points between which your central slope is measured.",
)
def central_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x)) / h


@mistake(
    "q1",
    id="central_sign",
    advice="Try central_diff on a curve that rises: which of its two heights is the larger one?",
)
def central_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x - h) - f(x + h)) / (2 * h)


@mistake(
    "q1",
    id="central_half_distance",
    advice="Compare the points where you evaluate f, and your divisor, with the central formula.",
)
def central_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x + h / 2) - f(x - h / 2)) / h


@mistake(
    "q1",
    id="forward_looks_back",
    advice="Check on which side of x your forward difference takes its second point.",
)
def forward_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x) - f(x - h)) / h


@mistake(
    "q1",
    id="forward_is_central",
    advice="Evaluate your forward difference by hand for x squared at 4 with h = 0.5.",
)
def forward_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake(
    "q1",
    id="forward_rise_only",
    advice="A slope is a rise over a distance: look for both in your forward difference.",
)
def forward_diff(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    return f(x + h) - f(x)


@mistake(
    "q1",
    id="forward_step_fixed",
    advice="Call forward_diff with two very different steps and see whether the step is used.",
)
def forward_diff(f, x, h=1e-4):
    h = 1e-4
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x)) / h


@mistake(
    "q1",
    id="central_step_fixed",
    advice="Call central_diff with two very different steps and see whether the step is used.",
)
def central_diff(f, x, h=1e-4):
    h = 1e-4
    x = np.asarray(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


@mistake(
    "q1",
    id="step_in_whole_numbers",
    advice="Print x + h when x holds whole numbers, and look at its dtype.",
)
def forward_diff(f, x, h=1e-4):
    right = np.array(x)
    right[...] = right + h
    return (f(right) - f(np.asarray(x))) / h


# --- question 2 ---


@mistake(
    "q2",
    id="slope_at_t",
    advice="A line has one slope everywhere: look at where you measure it.",
)
def tangent(f, df, x0, t):
    t = np.asarray(t)
    return f(x0) + df(t) * (t - x0)


@mistake(
    "q2",
    id="intercept_is_height",
    advice="Put t = x0 into your formula: is that the height of the curve there?",
)
def tangent(f, df, x0, t):
    return f(x0) + df(x0) * np.asarray(t)


@mistake(
    "q2",
    id="intercept_sign",
    advice="Work out by hand where your line crosses t = 0 for x squared at 3.",
)
def tangent(f, df, x0, t):
    return f(x0) + df(x0) * (np.asarray(t) + x0)


@mistake(
    "q2",
    id="goes_backwards",
    advice="Take a t to the right of x0 on a rising curve: is your line higher there, or lower?",
)
def tangent(f, df, x0, t):
    return f(x0) + df(x0) * (x0 - np.asarray(t))


@mistake(
    "q2",
    id="height_forgotten",
    advice="Put t = x0 into your formula: the tangent touches the curve there.",
)
def tangent(f, df, x0, t):
    return df(x0) * (np.asarray(t) - x0)


@mistake(
    "q2",
    id="own_slope",
    advice="Pass a df that always returns 100 and see whether your line becomes steep.",
)
def tangent(f, df, x0, t):
    d = (f(x0 + 1e-4) - f(x0 - 1e-4)) / 2e-4
    return f(x0) + d * (np.asarray(t) - x0)


@mistake(
    "q2",
    id="the_curve_itself",
    advice="Draw your result: is it a straight line?",
)
def tangent(f, df, x0, t):
    return f(np.asarray(t))


# --- question 3 ---


@mistake(
    "q3",
    id="step_lost_in_integers",
    advice="Print the dtype of the array into which you write x + h when x holds whole numbers.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] = x[index] + h
        left[index] = x[index] - h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="slopes_cut_to_integers",
    advice="Print the dtype of the array that collects your slopes when x holds whole numbers.",
)
def numerical_gradient(f, x, h=1e-4):
    gradient = np.zeros_like(x)
    x = np.array(x, dtype=float)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="all_in_integers",
    advice="Look at the dtype of every array you make when x holds whole numbers.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] = x[index] + h
        left[index] = x[index] - h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="single_precision_kept",
    advice="Count how many digits a float32 number has, and how many the step needs.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x)
    if x.dtype.kind != "f":
        x = x.astype(float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="moves_the_callers_array",
    advice="Let f print the array that numerical_gradient was given: it moves meanwhile.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + h
        up = f(x)
        x[index] = value - h
        down = f(x)
        x[index] = value
        gradient[index] = (up - down) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="as_on_the_slide",
    advice="Try a plain number, then whole numbers, and print your argument while f runs.",
)
def numerical_gradient(f, x, h=1e-4):
    gradient = np.zeros_like(x)
    for index in np.ndindex(np.shape(x)):
        value = x[index]
        x[index] = value + h
        up = f(x)
        x[index] = value - h
        down = f(x)
        gradient[index] = (up - down) / (2 * h)
        x[index] = value
    return gradient


@mistake(
    "q3",
    id="in_place_in_integers",
    advice="Into which array do you write x + h: whose is it, and what is its dtype?",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.asarray(x)
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + h
        up = f(x)
        x[index] = value - h
        down = f(x)
        gradient[index] = (up - down) / (2 * h)
        x[index] = value
    return gradient


@mistake(
    "q3",
    id="f_sees_no_step",
    advice="Print what you pass to f the first time and the second: do the two arrays differ?",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right = left = x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="entry_not_restored",
    advice="Print the array at the start of the second round of your loop: is it the one you got?",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + h
        up = f(x)
        x[index] = value - h
        down = f(x)
        gradient[index] = (up - down) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="callers_entry_not_restored",
    advice="Print the array that you passed in, before the call and after it.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.asarray(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + h
        up = f(x)
        x[index] = value - h
        down = f(x)
        gradient[index] = (up - down) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="back_to_the_middle",
    advice="Follow one entry through your loop: where is it when f is called the second time?",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        x[index] += h
        up = f(x)
        x[index] -= h
        down = f(x)
        gradient[index] = (up - down) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="one_sided",
    advice="Check on which sides of x your slopes look; a wide step shows the difference.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right = x.copy()
        right[index] += h
        gradient[index] = (f(right) - f(x)) / h
    return gradient


@mistake(
    "q3",
    id="divides_by_h",
    advice="How far apart are the two points between which you measure?",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / h
    return gradient


@mistake(
    "q3",
    id="step_fixed",
    advice="Call your function with two very different steps and see whether the step is used.",
)
def numerical_gradient(f, x, h=1e-4):
    h = 1e-4
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="moves_whole_rows",
    advice="Take a matrix of 2 by 3 and count the entries that change in one round of your loop.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for index in range(len(x)) if x.ndim else [()]:
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        gradient[index] = (f(right) - f(left)) / (2 * h)
    return gradient


@mistake(
    "q3",
    id="result_is_flat",
    advice="Compare the shape of your result with the shape of x for a matrix.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    slopes = []
    for index in np.ndindex(x.shape):
        right, left = x.copy(), x.copy()
        right[index] += h
        left[index] -= h
        slopes.append((f(right) - f(left)) / (2 * h))
    return np.array(slopes)


@mistake(
    "q3",
    id="moves_all_at_once",
    advice="Count the entries of x that move in one measurement.",
)
def numerical_gradient(f, x, h=1e-4):
    x = np.array(x, dtype=float)
    return (f(x + h) - f(x - h)) / (2 * h)


# --- question 4 ---


@mistake(
    "q4",
    id="climbs",
    advice="Take your first step by hand, from -5 on x squared: does it go up or down?",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x + lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="start_missing",
    advice="Count the points that you return, and compare the first with x0.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = np.zeros((steps, *x.shape))
    for k in range(steps):
        x = x - lr * grad(x)
        path[k] = x
    return path


@mistake(
    "q4",
    id="last_step_missing",
    advice="Count the steps that your path makes: between 4 points lie 3 steps.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps - 1):
        x = x - lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="only_the_end",
    advice="Check the shape of your result: are all points of the walk in it?",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    for _ in range(steps):
        x = x - lr * grad(x)
    return x


@mistake(
    "q4",
    id="one_array_many_times",
    advice="Start from an array and print the path: are its rows different arrays or one array?",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="start_is_moved",
    advice="Print the array that you started from, after the call.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.asarray(x0, dtype=float)
    path = [x.copy()]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x.copy())
    return np.array(path)


@mistake(
    "q4",
    id="start_moved_and_one_array",
    advice="Look at the array that you started from after the call, then at the rows of the path.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.asarray(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x -= lr * grad(x)
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="one_array_step_after_keeping",
    advice="Start from an array, print each point when you keep it, and again at the very end.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = []
    for _ in range(steps + 1):
        path.append(x)
        x -= lr * grad(x)
    return np.array(path)


@mistake(
    "q4",
    id="points_cut_to_integers",
    advice="Start from whole numbers and print the dtype of the array that holds your path.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0)
    path = np.zeros((steps + 1, *x.shape), dtype=x.dtype)
    path[0] = x
    for k in range(steps):
        path[k + 1] = path[k] - lr * grad(path[k])
    return path


@mistake(
    "q4",
    id="rounded_on_the_way_out",
    advice="Start from whole numbers and print the dtype of the array that holds your path.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0)
    path = np.zeros((steps + 1, *x.shape), dtype=x.dtype)
    path[0] = x
    for k in range(steps):
        x = x - lr * grad(x)
        path[k + 1] = x
    return path


@mistake(
    "q4",
    id="slope_of_the_start",
    advice="Check at which point you measure the gradient in the second step.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    slope = grad(x)
    path = [x]
    for _ in range(steps):
        x = x - lr * slope
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="rate_forgotten",
    advice="Run with two rates and compare the paths.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x - grad(x)
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="step_of_fixed_length",
    advice="Is your step longer where the slope is steeper? Compare with the formula.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x = np.array(x0, dtype=float)
    path = [x]
    for _ in range(steps):
        x = x - lr * np.sign(grad(x))
        path.append(x)
    return np.array(path)


@mistake(
    "q4",
    id="always_from_the_start",
    advice="Check from which point your second step starts.",
)
def gradient_descent(grad, x0, lr=0.3, steps=100):
    x0 = np.array(x0, dtype=float)
    path = [x0]
    for _ in range(steps):
        path.append(x0 - lr * grad(path[-1]))
    return np.array(path)


# --- question 5 ---


@mistake(
    "q5",
    id="borders_off_by_two",
    advice="Work out the factor for rate 0.5 on x squared: where does that run land?",
)
def classify_run(lr, a=1.0):
    factor = 1 - a * lr
    if factor >= 0:
        return "monotone" if factor > 0 else "one step"
    if factor >= -1:
        return "oscillating" if factor > -1 else "cycling"
    return "diverging"


@mistake(
    "q5",
    id="steepness_ignored",
    advice="Follow a through your function and see where it is used.",
)
def classify_run(lr, a=1.0):
    factor = 1 - 2 * lr
    if factor >= 0:
        return "monotone" if factor > 0 else "one step"
    if factor >= -1:
        return "oscillating" if factor > -1 else "cycling"
    return "diverging"


@mistake(
    "q5",
    id="steepness_divides",
    advice="On a steeper curve, is the step for the same rate longer or shorter?",
)
def classify_run(lr, a=1.0):
    factor = 1 - 2 * lr / a
    if factor >= 0:
        return "monotone" if factor > 0 else "one step"
    if factor >= -1:
        return "oscillating" if factor > -1 else "cycling"
    return "diverging"


@mistake(
    "q5",
    id="one_step_is_monotone",
    advice="Work out the second point of a run with rate 0.5 on x squared.",
)
def classify_run(lr, a=1.0):
    factor = 1 - 2 * a * lr
    if factor >= 0:
        return "monotone"
    if factor >= -1:
        return "oscillating" if factor > -1 else "cycling"
    return "diverging"


@mistake(
    "q5",
    id="one_step_oscillates",
    advice="Work out the second point of a run with rate 0.5 on x squared.",
)
def classify_run(lr, a=1.0):
    factor = 1 - 2 * a * lr
    if factor > 0:
        return "monotone"
    if factor >= -1:
        return "oscillating" if factor > -1 else "cycling"
    return "diverging"


@mistake(
    "q5",
    id="cycling_diverges",
    advice="Work out the first three points for rate 1 on x squared: do they get farther away?",
)
def classify_run(lr, a=1.0):
    factor = 1 - 2 * a * lr
    if factor >= 0:
        return "monotone" if factor > 0 else "one step"
    return "oscillating" if factor > -1 else "diverging"


@mistake(
    "q5",
    id="cycling_oscillates",
    advice="Work out the first three points for rate 1 on x squared: do they come closer?",
)
def classify_run(lr, a=1.0):
    factor = 1 - 2 * a * lr
    if factor >= 0:
        return "monotone" if factor > 0 else "one step"
    return "oscillating" if factor >= -1 else "diverging"


@mistake(
    "q5",
    id="four_rates_only",
    advice="Try rates between and beyond the four pictures, such as 0.3, 0.6 and 3.",
)
def classify_run(lr, a=1.0):
    rate = a * lr
    if rate <= 0.1:
        return "monotone"
    if rate == 0.5:
        return "one step"
    if rate < 1:
        return "oscillating"
    return "cycling" if rate == 1 else "diverging"


# --- question 6 ---


@mistake(
    "q6",
    id="weights_frozen",
    advice="Look at the function that you hand over: does its result depend on its argument?",
)
def net_gradient(W, x, y_true, gradient=None):
    return gradient(lambda weights: net_loss(W, x, y_true), W)


@mistake(
    "q6",
    id="bits",
    advice="Check the base of your logarithm.",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return -np.sum(np.asarray(y_true) * np.log2(p))


@mistake(
    "q6",
    id="small_number_added",
    advice="Compare what stands inside your logarithm with the formula.",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return -np.sum(np.asarray(y_true) * np.log(p + 1e-8))


@mistake(
    "q6",
    id="sign",
    advice="A loss is small when the net is right: is yours positive or negative?",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return np.sum(np.asarray(y_true) * np.log(p))


@mistake(
    "q6",
    id="mean_over_classes",
    advice="Compare your loss with the formula for three classes: what is it divided by?",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return -np.mean(np.asarray(y_true) * np.log(p))


@mistake(
    "q6",
    id="all_classes_counted",
    advice="Which of the k logarithms does the target pick?",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return -np.sum(np.log(p))


@mistake(
    "q6",
    id="softmax_forgotten",
    advice="The logarithm wants probabilities: look at what you give it.",
)
def net_loss(W, x, y_true):
    scores = np.asarray(x) @ np.asarray(W)
    return -np.sum(np.asarray(y_true) * scores)


@mistake(
    "q6",
    id="target_and_prediction_swapped",
    advice="Check of which of the two, target and probability, you take the logarithm.",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return -np.sum(p * np.log(np.asarray(y_true) + 1e-8))


@mistake(
    "q6",
    id="squared_error",
    advice="Compare your loss with the formula: where is its logarithm?",
)
def net_loss(W, x, y_true):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return np.sum((p - np.asarray(y_true)) ** 2) / 2


@mistake(
    "q6",
    id="transposed",
    advice="Compare the shape of your gradient with the shape of W.",
)
def net_gradient(W, x, y_true, gradient=None):
    return np.transpose(gradient(lambda weights: net_loss(weights, x, y_true), W))


@mistake(
    "q6",
    id="slope_along_the_sample",
    advice="Along which numbers is the slope wanted: those of the sample, or those of W?",
)
def net_gradient(W, x, y_true, gradient=None):
    return gradient(lambda sample: net_loss(W, sample, y_true), x)


@mistake(
    "q6",
    id="given_gradient_ignored",
    advice="Pass a gradient that returns only ones and see whether you get them back.",
)
def net_gradient(W, x, y_true, gradient=None):
    p = softmax(np.asarray(x) @ np.asarray(W))
    return np.outer(x, p - np.asarray(y_true))


# --- question 7 ---


@mistake("q7", id="first_start_only", advice="Count how often you call descend.")
def best_end(f, grad, starts, lr, steps, descend=None):
    return descend(grad, starts[0], lr, steps)[-1]


@mistake(
    "q7",
    id="best_start_wins",
    advice="At which points do you compare f: where the runs begin, or where they end?",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    heights = [f(start) for start in starts]
    return descend(grad, starts[int(np.argmin(heights))], lr, steps)[-1]


@mistake(
    "q7",
    id="smallest_x",
    advice="Check what you compare: the points, or how high the curve is there.",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    ends = [descend(grad, start, lr, steps)[-1] for start in starts]
    ends = [end for end in ends if np.isfinite(np.sum(end))]
    return min(ends, key=np.sum)


@mistake(
    "q7",
    id="highest_wins",
    advice="Draw the curve and mark your answer: is it the lowest end or the highest?",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    ends = [descend(grad, start, lr, steps)[-1] for start in starts]
    ends = [end for end in ends if np.isfinite(f(end))]
    return max(ends, key=f)


@mistake(
    "q7",
    id="height_returned",
    advice="Read again what is asked for: a point, or the height there.",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    heights = [f(descend(grad, start, lr, steps)[-1]) for start in starts]
    return np.nanmin(heights)


@mistake(
    "q7",
    id="nan_wins",
    advice="Find out what argmin answers for a list that holds nan.",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    ends = [descend(grad, start, lr, steps)[-1] for start in starts]
    return ends[int(np.argmin([f(end) for end in ends]))]


@mistake(
    "q7",
    id="nan_first_stays",
    advice="Let the first run end in nan: is any later height smaller than nan?",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    best = descend(grad, starts[0], lr, steps)[-1]
    for start in starts[1:]:
        end = descend(grad, start, lr, steps)[-1]
        if f(end) < f(best):
            best = end
    return best


@mistake(
    "q7",
    id="last_of_equals",
    advice="Try two starts whose ends are equally low.",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    best, lowest = None, np.inf
    for start in starts:
        end = descend(grad, start, lr, steps)[-1]
        if f(end) <= lowest:
            best, lowest = end, f(end)
    return best


@mistake(
    "q7",
    id="where_it_started",
    advice="Check whether you return where the best run began or where it ended.",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    best, lowest = None, np.inf
    for start in starts:
        height = f(descend(grad, start, lr, steps)[-1])
        if height < lowest:
            best, lowest = start, height
    return best


@mistake(
    "q7",
    id="last_run_wins",
    advice="Print the lowest height so far in each round: does it ever change?",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    best, lowest = None, np.inf
    for start in starts:
        end = descend(grad, start, lr, steps)[-1]
        if f(end) < lowest:
            best = end
    return best


@mistake(
    "q7",
    id="lowest_on_the_way",
    advice="Which points of a path may win: all of them, or the last one only?",
)
def best_end(f, grad, starts, lr, steps, descend=None):
    best, lowest = None, np.inf
    for start in starts:
        for point in descend(grad, start, lr, steps):
            if f(point) < lowest:
                best, lowest = point, f(point)
    return best
