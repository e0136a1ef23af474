"""Wrong answers that students really give, each with what to tell them."""

import numpy as np

from autograder.authoring import mistake

# --- question 1 ---


@mistake(
    "q1",
    id="mul_not_swapped",
    advice="Ask how much the product grows when the first factor grows by 1.",
)
class MulNode:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, dout):
        return dout * self.a, dout * self.b


@mistake(
    "q1",
    id="mul_ignores_dout",
    advice="Send 1 and then 2 back through your multiply node and compare what comes out.",
)
class MulNode:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a * b

    def backward(self, dout):
        return self.b, self.a


@mistake(
    "q1",
    id="mul_shared_by_all",
    advice="Send two multiply nodes forward, then the first backward: whose values does it use?",
)
class MulNode:
    def forward(self, a, b):
        MulNode.a, MulNode.b = a, b
        return a * b

    def backward(self, dout):
        return dout * MulNode.b, dout * MulNode.a


@mistake(
    "q1",
    id="mul_sends_the_product",
    advice="Check the slope of a product in one of its factors: does that factor occur in it?",
)
class MulNode:
    def forward(self, a, b):
        self.y = a * b
        return self.y

    def backward(self, dout):
        return dout * self.y, dout * self.y


@mistake(
    "q1",
    id="add_ignores_dout",
    advice="Send 2 back through your add node: what should arrive at its inputs?",
)
class AddNode:
    def forward(self, a, b):
        return a + b

    def backward(self, dout):
        return 1.0, 1.0


@mistake(
    "q1",
    id="add_returns_zero",
    advice="Ask how much a sum grows when one of its terms grows by 1.",
)
class AddNode:
    def forward(self, a, b):
        return a + b

    def backward(self, dout):
        return 0.0 * dout, 0.0 * dout


@mistake(
    "q1",
    id="add_splits_dout",
    advice="Ask how much a sum grows when only its first term grows by 1.",
)
class AddNode:
    def forward(self, a, b):
        return a + b

    def backward(self, dout):
        return dout / 2, dout / 2


@mistake(
    "q1",
    id="add_swaps_like_mul",
    advice="Look up in the table what an add node sends back: do its inputs matter there?",
)
class AddNode:
    def forward(self, a, b):
        self.a, self.b = a, b
        return a + b

    def backward(self, dout):
        return dout * self.b, dout * self.a


@mistake(
    "q1",
    id="one_node_for_all",
    advice="Count your multiply nodes: each multiplication needs a memory of its own.",
)
def checkout(apples, apple_price, oranges, orange_price, tax):
    times, both = MulNode(), AddNode()
    first = times.forward(apples, apple_price)
    cost = both.forward(first, times.forward(oranges, orange_price))
    total = times.forward(cost, tax)
    slopes = {}
    d_cost, slopes["tax"] = times.backward(1.0)
    d_apples, d_oranges = both.backward(d_cost)
    slopes["apples"], slopes["apple_price"] = times.backward(d_apples)
    slopes["oranges"], slopes["orange_price"] = times.backward(d_oranges)
    return total, slopes


@mistake(
    "q1",
    id="starts_with_the_total",
    advice="Ask what the slope of the total in the total itself is: that goes in at the end.",
)
def checkout(apples, apple_price, oranges, orange_price, tax):
    of_apples, of_oranges, of_tax, both = MulNode(), MulNode(), MulNode(), AddNode()
    first = of_apples.forward(apples, apple_price)
    cost = both.forward(first, of_oranges.forward(oranges, orange_price))
    total = of_tax.forward(cost, tax)
    slopes = {}
    d_cost, slopes["tax"] = of_tax.backward(total)
    d_apples, d_oranges = both.backward(d_cost)
    slopes["apples"], slopes["apple_price"] = of_apples.backward(d_apples)
    slopes["oranges"], slopes["orange_price"] = of_oranges.backward(d_oranges)
    return total, slopes


@mistake(
    "q1",
    id="each_starts_at_one",
    advice="Check what the fruit nodes receive: the tax stands between them and the total.",
)
def checkout(apples, apple_price, oranges, orange_price, tax):
    of_apples, of_oranges, of_tax, both = MulNode(), MulNode(), MulNode(), AddNode()
    first = of_apples.forward(apples, apple_price)
    cost = both.forward(first, of_oranges.forward(oranges, orange_price))
    total = of_tax.forward(cost, tax)
    slopes = {"tax": of_tax.backward(1.0)[1]}
    slopes["apples"], slopes["apple_price"] = of_apples.backward(1.0)
    slopes["oranges"], slopes["orange_price"] = of_oranges.backward(1.0)
    return total, slopes


@mistake(
    "q1",
    id="tax_on_the_apples_only",
    advice="Follow the oranges to the total in your graph: where do they meet the tax?",
)
def checkout(apples, apple_price, oranges, orange_price, tax):
    of_apples, of_oranges, of_tax, both = MulNode(), MulNode(), MulNode(), AddNode()
    taxed = of_tax.forward(of_apples.forward(apples, apple_price), tax)
    total = both.forward(taxed, of_oranges.forward(oranges, orange_price))
    slopes = {}
    d_taxed, d_oranges = both.backward(1.0)
    d_apples, slopes["tax"] = of_tax.backward(d_taxed)
    slopes["apples"], slopes["apple_price"] = of_apples.backward(d_apples)
    slopes["oranges"], slopes["orange_price"] = of_oranges.backward(d_oranges)
    return total, slopes


# --- question 2 ---


@mistake(
    "q2",
    id="backward_in_place",
    advice="Print the array that you pass to backward, before and after the call.",
)
class Relu:
    def forward(self, x):
        self.mask = x <= 0
        return np.maximum(x, 0)

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


@mistake(
    "q2",
    id="forward_in_place",
    advice="Print the array that you pass to forward, before and after the call.",
)
class Relu:
    def forward(self, x):
        self.mask = x <= 0
        x[self.mask] = 0
        return x

    def backward(self, dout):
        return np.where(self.mask, 0, dout)


@mistake(
    "q2",
    id="both_in_place",
    advice="Print the arrays that you pass to forward and to backward, before and after the calls.",
)
class Relu:
    def forward(self, x):
        self.mask = x <= 0
        x[self.mask] = 0
        return x

    def backward(self, dout):
        dout[self.mask] = 0
        return dout


@mistake(
    "q2",
    id="mask_from_dout",
    advice="Ask which array decides where a gradient passes: the one going back, or the input?",
)
class Relu:
    def forward(self, x):
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * (dout > 0)


@mistake(
    "q2",
    id="passes_at_zero",
    advice="Look at what your layer sends back where the input was exactly 0.",
)
class Relu:
    def forward(self, x):
        self.mask = x < 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return np.where(self.mask, 0, dout)


@mistake(
    "q2",
    id="returns_the_mask",
    advice="Send twice as much back through your layer: does twice as much come out?",
)
class Relu:
    def forward(self, x):
        self.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return np.where(self.mask, 1.0, 0.0)


@mistake(
    "q2",
    id="times_its_output",
    advice="Ask how steep max(x, 0) is at 3, and compare it with what your backward multiplies by.",
)
class Relu:
    def forward(self, x):
        self.y = np.maximum(x, 0)
        return self.y

    def backward(self, dout):
        return dout * self.y


@mistake(
    "q2",
    id="passes_everything",
    advice="Look at what your layer sends back where the input was below 0.",
)
class Relu:
    def forward(self, x):
        return np.maximum(x, 0)

    def backward(self, dout):
        return 1 * dout


@mistake(
    "q2",
    id="mask_the_wrong_way",
    advice="Compare, entry by entry, where your forward lets the input through and where backward.",
)
class Relu:
    def forward(self, x):
        self.mask = x <= 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * self.mask


@mistake(
    "q2",
    id="mask_shared_by_all",
    advice="Send two layers forward, then the first one backward: whose mask does it use?",
)
class Relu:
    def forward(self, x):
        Relu.mask = x > 0
        return np.maximum(x, 0)

    def backward(self, dout):
        return dout * Relu.mask


# --- question 3 ---


@mistake(
    "q3",
    id="slope_from_x",
    advice="Check which array the formula of the slope uses: what went in, or what came out?",
)
class Sigmoid:
    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return sigmoid(self.x)

    def backward(self, dout):
        return dout * self.x * (1 - self.x)


@mistake(
    "q3",
    id="sigmoid_twice",
    advice="Count how often the sigmoid is applied before your slope is taken.",
)
class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        again = sigmoid(self.y)
        return dout * again * (1 - again)


@mistake(
    "q3",
    id="slope_at_dout",
    advice="Ask at which point the slope is wanted: backward's argument is no input of the layer.",
)
class Sigmoid:
    def forward(self, x):
        return sigmoid(x)

    def backward(self, dout):
        y = sigmoid(dout)
        return dout * y * (1 - y)


@mistake(
    "q3",
    id="ignores_dout",
    advice="Send twice as much back through your layer: does twice as much come out?",
)
class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return self.y * (1 - self.y)


@mistake(
    "q3",
    id="half_the_slope",
    advice="Compare your factor at 0 with the steepest slope that a sigmoid has.",
)
class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return dout * (1 - self.y)


@mistake(
    "q3",
    id="sign_of_the_slope",
    advice="Ask whether a sigmoid rises or falls, and what sign its slope then has.",
)
class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return dout * self.y * (self.y - 1)


@mistake(
    "q3",
    id="slope_of_tanh",
    advice="Check your slope at 0 against a nudge: a sigmoid is not as steep as a tanh.",
)
class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        return dout * (1 - self.y**2)


@mistake(
    "q3",
    id="backward_in_place",
    advice="Print the array that you pass to backward, before and after the call.",
)
class Sigmoid:
    def forward(self, x):
        self.y = sigmoid(x)
        return self.y

    def backward(self, dout):
        if dout.dtype.kind != "f":
            return dout * self.y * (1 - self.y)
        dout *= self.y * (1 - self.y)
        return dout


@mistake(
    "q3",
    id="result_shared_by_all",
    advice="Send two layers forward, then the first one backward: whose result does it use?",
)
class Sigmoid:
    def forward(self, x):
        Sigmoid.y = sigmoid(x)
        return Sigmoid.y

    def backward(self, dout):
        return dout * Sigmoid.y * (1 - Sigmoid.y)


# --- question 4 ---


@mistake(
    "q4",
    id="db_sums_everything",
    advice="Compare the shape of db with that of b: each bias wants a gradient of its own.",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW = np.atleast_2d(self.x).T @ np.atleast_2d(dout)
        self.db = np.sum(dout)
        return dout @ self.W.T


@mistake(
    "q4",
    id="as_on_the_slide",
    advice="Compare the shapes of dW and db with those of W and b, for a batch and for one sample.",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b

    def forward(self, x):
        self.x = x
        return np.dot(x, self.W) + self.b

    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.x.T, dout)
        self.db = np.sum(dout)
        return dx


@mistake(
    "q4",
    id="db_everything_for_each",
    advice="Nudge one bias alone and see which columns of the output move.",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW = np.atleast_2d(self.x).T @ np.atleast_2d(dout)
        self.db = np.full(self.b.shape, np.sum(dout))
        return dout @ self.W.T


@mistake(
    "q4",
    id="db_along_the_rows",
    advice="Check along which axis your db sums: over the samples, or over the outputs?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=1)
        return dout @ self.W.T


@mistake(
    "q4",
    id="db_mean",
    advice="Compare your db for a batch with the formula: is anything divided there?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.mean(axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="both_means",
    advice="Compare your dW and db for a batch with the formulas: is anything divided there?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows / len(rows)
        self.db = rows.mean(axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="db_keeps_the_batch_axis",
    advice="Compare the shape of db with that of b.",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=0, keepdims=True)
        return dout @ self.W.T


@mistake(
    "q4",
    id="dw_transposed",
    advice="Compare the shape of dW with that of W when d and k differ.",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = rows.T @ np.atleast_2d(self.x)
        self.db = rows.sum(axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="dx_without_transpose",
    advice="Check the shapes in your gradient of x, with a W that is not square.",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=0)
        return dout @ self.W


@mistake(
    "q4",
    id="gradients_accumulate",
    advice="Call backward twice and print dW after each call: does the second one start afresh?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)
        self.dW, self.db = np.zeros(self.W.shape), np.zeros(self.b.shape)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW += np.atleast_2d(self.x).T @ rows
        self.db += rows.sum(axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="bias_forgotten",
    advice="Send an input of zeros forward: what should come out?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="batches_only",
    advice="Try one sample of shape (d,): which shapes do dW and db have then?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        self.dW = self.x.T @ dout
        self.db = np.sum(dout, axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="always_a_batch",
    advice="Try one sample of shape (d,): which shapes do your forward and your backward return?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.atleast_2d(x)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = self.x.T @ rows
        self.db = rows.sum(axis=0)
        return rows @ self.W.T


@mistake(
    "q4",
    id="weights_shared_by_all",
    advice="Make two layers, then use the first one: whose weights does it have?",
)
class Affine:
    def __init__(self, W, b):
        Affine.W, Affine.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=0)
        return dout @ self.W.T


@mistake(
    "q4",
    id="backward_trains",
    advice="Print W before and after backward: whose task is the update?",
)
class Affine:
    def __init__(self, W, b):
        self.W, self.b = np.array(W, dtype=float), np.array(b, dtype=float)

    def forward(self, x):
        self.x = np.array(x, dtype=float)
        return self.x @ self.W + self.b

    def backward(self, dout):
        rows = np.atleast_2d(dout)
        self.dW = np.atleast_2d(self.x).T @ rows
        self.db = rows.sum(axis=0)
        dx = dout @ self.W.T
        self.W -= 0.1 * self.dW
        self.b -= 0.1 * self.db
        return dx


# --- question 5 ---


@mistake(
    "q5",
    id="as_on_the_slide",
    advice="Do all three checks below the question: one sample, dout, and the mean over a batch.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        self.y_true = np.asarray(y_true)
        logs = log_softmax(x)
        self.p = np.exp(logs)
        return -np.sum(self.y_true.reshape(1, -1) * logs.reshape(1, -1)) / 1

    def backward(self, dout=1.0):
        return (self.p - self.y_true) / self.y_true.shape[0]


@mistake(
    "q5",
    id="loss_not_averaged",
    advice="Compare the loss of one sample with the loss of two samples just like it.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = (np.exp(logs) - y_true) / len(np.atleast_2d(logs))
        row = np.reshape(y_true * logs, (1, -1))
        return -np.sum(row) / row.shape[0]

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="nothing_averaged",
    advice="Look for the n in both formulas, and try a batch of two equal samples.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = np.exp(logs) - y_true
        return -np.sum(y_true * logs)

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="gradient_not_averaged",
    advice="Compare the gradient of one sample with that of a batch of two just like it.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = np.exp(logs) - y_true
        return -np.sum(y_true * logs) / len(np.atleast_2d(logs))

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="one_sample_counted_by_classes",
    advice="Try one sample of shape (k,): what is its shape[0], and how many samples is it?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = (np.exp(logs) - y_true) / logs.shape[0]
        return -np.sum(y_true * logs) / len(np.atleast_2d(logs))

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="loss_and_slope_counted_by_classes",
    advice="Try one sample of shape (k,): what is len of it, and how many samples is it?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = (np.exp(logs) - y_true) / len(logs)
        return -np.sum(y_true * logs) / len(logs)

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="divides_by_the_classes",
    advice="Check which axis your n counts: the samples or the classes?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        k = logs.shape[-1]
        self.slope = (np.exp(logs) - y_true) / k
        return -np.sum(y_true * logs) / k

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="gradient_divided_by_the_classes",
    advice="Check which axis the n in your gradient counts: the samples or the classes?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = (np.exp(logs) - y_true) / logs.shape[-1]
        return -np.sum(y_true * logs) / len(np.atleast_2d(logs))

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="mean_over_all_entries",
    advice="Count what your mean divides by: samples, or samples times classes?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.slope = (np.exp(logs) - y_true) / len(np.atleast_2d(logs))
        return -np.mean(y_true * logs)

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="ignores_dout",
    advice="Send 10 back through your layer in place of 1: does ten times as much come out?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.n = len(np.atleast_2d(logs))
        self.slope = (np.exp(logs) - y_true) / self.n
        return -np.sum(y_true * logs) / self.n

    def backward(self, dout=1.0):
        return self.slope


@mistake(
    "q5",
    id="softmax_slope_twice",
    advice="Read off the formula what p - t already contains: the slope of the softmax is in it.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.p, self.y_true = np.exp(logs), y_true
        self.n = len(np.atleast_2d(logs))
        return -np.sum(y_true * logs) / self.n

    def backward(self, dout=1.0):
        return dout * (self.p - self.y_true) * self.p * (1 - self.p) / self.n


@mistake(
    "q5",
    id="target_minus_probability",
    advice="Ask whether more score for a wrong class makes the loss larger or smaller.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.n = len(np.atleast_2d(logs))
        self.slope = (y_true - np.exp(logs)) / self.n
        return -np.sum(y_true * logs) / self.n

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="softmax_over_everything",
    advice="Add up each row of your probabilities.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        z = x - np.max(x)
        logs = z - np.log(np.sum(np.exp(z)))
        self.n = len(np.atleast_2d(logs))
        self.slope = (np.exp(logs) - y_true) / self.n
        return -np.sum(y_true * logs) / self.n

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="overflows",
    advice="Try scores of 1000: what is exp(1000), and what does log_softmax subtract first?",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        p = np.exp(x) / np.sum(np.exp(x), axis=-1, keepdims=True)
        self.n = len(np.atleast_2d(p))
        self.slope = (p - y_true) / self.n
        return -np.sum(y_true * np.log(p)) / self.n

    def backward(self, dout=1.0):
        return dout * self.slope


@mistake(
    "q5",
    id="scores_for_probabilities",
    advice="Check what stands in the place of p in your gradient: it should sum to 1.",
)
class SoftmaxWithLoss:
    def forward(self, x, y_true):
        logs = log_softmax(x)
        self.n = len(np.atleast_2d(logs))
        self.slope = (x - y_true) / self.n
        return -np.sum(y_true * logs) / self.n

    def backward(self, dout=1.0):
        return dout * self.slope


# --- question 6 ---


@mistake(
    "q6",
    id="absolute_difference",
    advice="Check what you divide the difference by: scale dout by 1000 and compare the errors.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        errors[name] = np.abs(claim - nudged).max()
    return errors


@mistake(
    "q6",
    id="sum_without_dout",
    advice="Compare the number that you nudge with f in the text: where is D?",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(layer.forward(x)), array, h)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="divides_by_the_claim",
    advice="Look at the denominator: what if the claim is far too small?",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = np.abs(claim).max()
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="divides_by_the_nudged",
    advice="Look at the denominator: two gradients stand there, and the larger one counts.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = np.abs(nudged).max()
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="divides_by_the_sum",
    advice="Look at the denominator: is it the larger of two, or both together?",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        both = np.abs(claim).max() + np.abs(nudged).max()
        errors[name] = np.abs(claim - nudged).max() / both if both > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="mean_difference",
    advice="Check whether the worst entry counts, or all entries together.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).mean() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="signed_difference",
    advice="Try a gradient that is too small: is your error still above 0?",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = (claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="x_only",
    advice="Check Scale with your function: which gradients does it keep beside that of x?",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claim = layer.backward(dout)
    nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), x, h)
    largest = max(np.abs(claim).max(), np.abs(nudged).max())
    return {"x": np.abs(claim - nudged).max() / largest if largest > 0 else 0.0}


@mistake(
    "q6",
    id="step_fixed",
    advice="Call your function with two values of h and compare.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="step_too_large",
    advice="Look at the step that your nudges really take, and at how exact they are with it.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, 0.1)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="backward_after_nudging",
    advice="Ask which forward the layer remembers when your backward is called.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    nudged = {"x": numerical_gradient(lambda: np.sum(dout * layer.forward(x)), x, h)}
    if hasattr(layer, "W"):
        for name in ["W", "b"]:
            array = getattr(layer, name)
            nudged[name] = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
    claims = {"x": layer.backward(dout)}
    if hasattr(layer, "W"):
        claims |= {"W": layer.dW, "b": layer.db}
    errors = {}
    for name, claim in claims.items():
        largest = max(np.abs(claim).max(), np.abs(nudged[name]).max())
        errors[name] = np.abs(claim - nudged[name]).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="nudges_whole_numbers",
    advice="Call your function with an x of whole numbers: can such an array hold a nudged entry?",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).max() / largest if largest > 0 else 0.0
    return errors


@mistake(
    "q6",
    id="zero_over_zero",
    advice="Try a dout of zeros and read what e is then.",
)
def gradient_check(layer, x, dout, h=1e-5):
    x = np.array(x, dtype=float)
    layer.forward(x)
    claims = {"x": (x, layer.backward(dout))}
    if hasattr(layer, "W"):
        claims |= {"W": (layer.W, layer.dW), "b": (layer.b, layer.db)}
    errors = {}
    for name, (array, claim) in claims.items():
        nudged = numerical_gradient(lambda: np.sum(dout * layer.forward(x)), array, h)
        largest = max(np.abs(claim).max(), np.abs(nudged).max())
        errors[name] = np.abs(claim - nudged).max() / largest
    return errors


# --- question 7 ---


@mistake(
    "q7",
    id="not_reversed",
    advice="Follow the gradient back from the loss: which layer does it reach first?",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        for layer in self.layers:
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="reversed_for_good",
    advice="Call gradient and then predict: in which order do your layers stand by then?",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        self.layers.reverse()
        for layer in self.layers:
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers[::-1] if hasattr(layer, "W")]


@mistake(
    "q7",
    id="pairs_in_backward_order",
    advice="Check the order of your pairs: the first one belongs to the first layer.",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        pairs = []
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
            if hasattr(layer, "W"):
                pairs.append((layer.dW, layer.db))
        return pairs


@mistake(
    "q7",
    id="no_forward_in_gradient",
    advice="Ask which samples the layers remember when gradient goes backward.",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="loss_not_asked_again",
    advice="Ask which targets the loss layer remembers when gradient goes backward.",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.predict(X)
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="copies_of_the_layers",
    advice="Change W of a layer after the network was made: does the network notice?",
)
class Net:
    def __init__(self, layers, loss_layer):
        import copy

        self.layers, self.loss_layer = copy.deepcopy(layers), loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="every_layer_gets_the_input",
    advice="Check what your second layer gets in predict.",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            result = layer.forward(X)
        return result

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="every_layer_gets_the_loss",
    advice="Check what your first layer gets in backward: what does the one after it send?",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = self.loss_layer.backward()
        for layer in reversed(self.layers):
            layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="starts_with_the_loss_value",
    advice="Ask what the last layer needs: how large the loss is, or how it changes?",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        dout = self.loss(X, y_true)
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="loss_layer_left_out",
    advice="Ask who speaks first on the way back: what does the loss layer send?",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        self.loss(X, y_true)
        dout = 1.0
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


@mistake(
    "q7",
    id="loss_backward_gets_the_loss",
    advice="Look at what the loss layer's backward gets: what is the slope of the loss in itself?",
)
class Net:
    def __init__(self, layers, loss_layer):
        self.layers, self.loss_layer = layers, loss_layer

    def predict(self, X):
        for layer in self.layers:
            X = layer.forward(X)
        return X

    def loss(self, X, y_true):
        return self.loss_layer.forward(self.predict(X), y_true)

    def gradient(self, X, y_true):
        dout = self.loss_layer.backward(self.loss(X, y_true))
        for layer in reversed(self.layers):
            dout = layer.backward(dout)
        return [(layer.dW, layer.db) for layer in self.layers if hasattr(layer, "W")]


# --- question 8 ---


@mistake(
    "q8",
    id="uphill",
    advice="Watch the loss over a few steps: does it fall?",
)
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "W"):
            layer.W = layer.W + lr * layer.dW
            layer.b = layer.b + lr * layer.db


@mistake(
    "q8",
    id="new_values_not_in_the_layer",
    advice="Print layer.W after the step: where did the new values go?",
)
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "W"):
            W, b = layer.W, layer.b
            W = W - lr * layer.dW
            b = b - lr * layer.db


@mistake(
    "q8",
    id="biases_forgotten",
    advice="Print every attribute that should change in a step, before and after it.",
)
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "W"):
            layer.W = layer.W - lr * layer.dW


@mistake(
    "q8",
    id="rate_forgotten",
    advice="Take a step with two learning rates and compare.",
)
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "W"):
            layer.W = layer.W - layer.dW
            layer.b = layer.b - layer.db


@mistake(
    "q8",
    id="first_layer_only",
    advice="Count the layers that change when several have weights.",
)
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "W"):
            layer.W = layer.W - lr * layer.dW
            layer.b = layer.b - lr * layer.db
            return


@mistake(
    "q8",
    id="scales_the_gradients",
    advice="Print dW before and after the step: it should stay as it is.",
)
def sgd_step(layers, lr):
    for layer in layers:
        if hasattr(layer, "W"):
            layer.dW = layer.dW * lr
            layer.db = layer.db * lr
            layer.W = layer.W - layer.dW
            layer.b = layer.b - layer.db


@mistake(
    "q8",
    id="no_shuffling",
    advice="Check in which order your samples come in the second epoch.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            rows = slice(start, start + batch_size)
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="shuffled_once",
    advice="Count how often you draw an order: is it once, or once for each epoch?",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    order = rng.permutation(len(X))
    for _ in range(epochs):
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="drawn_with_replacement",
    advice="List the samples of one epoch: does each of them come exactly once?",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        for _ in range(0, len(X), batch_size):
            rows = rng.choice(len(X), batch_size)
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="one_batch_an_epoch",
    advice="Count the steps of one epoch when there are more samples than fit in a batch.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        rows = rng.permutation(len(X))[:batch_size]
        net.gradient(X[rows], y_true[rows])
        sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="all_samples_at_once",
    advice="Count how many samples each of your steps looks at.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        net.gradient(X[order], y_true[order])
        sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="last_batch_dropped",
    advice="Try 7 samples in batches of 3: does the seventh take part?",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for i in range(len(X) // batch_size):
            rows = order[i * batch_size : (i + 1) * batch_size]
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="one_step_an_epoch",
    advice="Check after how many batches your step comes.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[rows])
        sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="loss_of_the_last_batch",
    advice="Read again of which samples the loss is noted at the end of an epoch.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X[rows], y_true[rows])))
    return losses


@mistake(
    "q8",
    id="loss_before_the_epoch",
    advice="Check when the first loss is noted: before any step, or after the first epoch?",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        losses.append(float(net.loss(X, y_true)))
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
    return losses


@mistake(
    "q8",
    id="targets_not_shuffled",
    advice="Check that each sample still has its own target after the shuffling.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[start : start + batch_size])
            sgd_step(net.layers, lr)
        losses.append(float(net.loss(X, y_true)))
    return losses


@mistake(
    "q8",
    id="last_loss_only",
    advice="Count the losses that you return: there should be one for each epoch.",
)
def train(net, X, y_true, lr, epochs, batch_size, rng):
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            net.gradient(X[rows], y_true[rows])
            sgd_step(net.layers, lr)
    return [float(net.loss(X, y_true))]
