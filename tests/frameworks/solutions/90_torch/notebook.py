# %% [markdown]
# # Tensors and a small network
#
# Two questions on torch: a loss and its slope, then a network and one step of training.

# %%
import torch

# %% [raw]
# # BEGIN QUESTION
# name: q1

# %% [markdown]
# ## Question 1: A loss and its slope
#
# `mse` averages the squared errors over all elements. `slope` is the derivative of
# `mse(y, x @ w)` by `w`, found by autograd. Both keep the dtype that they are given, and neither
# changes its arguments.

# %% [raw]
# # BEGIN SOLUTION


# %%
def mse(y_true, y_pred):
    """Return the mean squared error.

    Parameters
    ----------
    y_true, y_pred : tensor of the same shape

    Returns
    -------
    tensor, shape ()
    """
    # BEGIN SOLUTION
    return ((y_true - y_pred) ** 2).mean()
    # END SOLUTION


def slope(x, y, w):
    """Return the derivative of ``mse(y, x @ w)`` by w.

    Parameters
    ----------
    x : tensor, shape (n, d)
    y : tensor, shape (n,)
    w : tensor, shape (d,)
        A leaf that requires a gradient, or not.

    Returns
    -------
    tensor, shape (d,)
    """
    # BEGIN SOLUTION
    leaf = w.detach().clone().requires_grad_(True)
    mse(y, x @ leaf).backward()
    return leaf.grad
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_mse_by_hand(mse):
    """The errors 1 and 3 have the squares 1 and 9: their mean is 5."""
    close(mse(torch.tensor([1.0, 2.0]), torch.tensor([2.0, 5.0])), torch.tensor(5.0))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_mse_any_shape(mse, rng):
    """mse averages over all elements of any shape, and keeps the dtype."""
    for dtype in (torch.float64, torch.float32):
        for shape in [(4,), (3, 2), (2, 3, 5)]:
            y_true, y_pred = (torch.tensor(rng.normal(size=shape), dtype=dtype) for _ in "ab")
            expected = reference.mse(y_true, y_pred)
            got = mse(y_true, y_pred)
            assert isinstance(got, torch.Tensor), "the result is no tensor"
            assert got.dtype == dtype, "the dtype differs"
            close(got, expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_slope_fresh(slope, rng):
    """slope agrees with the derivative worked out by hand."""
    x, y, w = (torch.tensor(rng.normal(size=shape)) for shape in [(7, 3), (7,), (3,)])
    expected = 2 / 7 * x.T @ (x @ w - y)
    for leaf in (w.clone(), w.clone().requires_grad_(True)):
        close(slope(x, y, leaf), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_slope_leaves_arguments(slope, rng):
    """slope leaves w as it was: no other values, no gradient left behind."""
    x, y = torch.tensor(rng.normal(size=(5, 2))), torch.tensor(rng.normal(size=5))
    w = torch.tensor(rng.normal(size=2), requires_grad=True)
    before = w.detach().clone()
    close(slope(x, y, w), reference.slope(x, y, before))
    close(w, before)
    assert w.requires_grad, "w no longer requires a gradient"
    assert w.grad is None, "a gradient was left in w"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_slope_twice(slope, rng):
    """slope gives the same answer when it is asked again."""
    x, y = torch.tensor(rng.normal(size=(4, 2))), torch.tensor(rng.normal(size=4))
    w = torch.tensor(rng.normal(size=2), requires_grad=True)
    expected = reference.slope(x, y, w)
    slope(x, y, w)
    close(slope(x, y, w), expected)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
# A backward pass, with as many threads as it likes: the tests below run in a fork of this process.
torch.set_num_threads(4)
weights = torch.randn(400, 400, requires_grad=True)
(weights @ weights).square().sum().backward()

# %% [raw]
# # BEGIN QUESTION
# name: q2

# %% [markdown]
# ## Question 2: A network and one step
#
# `Net` has two linear layers, `hidden` and `output`, of the given dtype, with the activation
# between them. `train_step` moves every parameter by `-lr` times its gradient of the mean squared
# error.

# %% [raw]
# # BEGIN SOLUTION


# %%
class Net(torch.nn.Module):
    """A network with one hidden layer."""

    def __init__(self, inputs, units, outputs, activation=torch.tanh, dtype=torch.float64):
        """Make the layers ``hidden`` and ``output``."""
        super().__init__()
        # BEGIN SOLUTION
        self.activation = activation
        self.hidden = torch.nn.Linear(inputs, units, dtype=dtype)
        self.output = torch.nn.Linear(units, outputs, dtype=dtype)
        # END SOLUTION

    def forward(self, x):
        """Return the outputs for x: shape (n, inputs) to (n, outputs)."""
        # BEGIN SOLUTION
        return self.output(self.activation(self.hidden(x)))
        # END SOLUTION


def train_step(net, x, y, lr):
    """Do one step of gradient descent on net and return the loss before it, a float."""
    # BEGIN SOLUTION
    net.zero_grad()
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter -= lr * parameter.grad
    return loss.item()
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_output_shape(Net):
    """A network of 3 inputs and 2 outputs turns shape (5, 3) into (5, 2)."""
    net = Net(3, 4, 2)
    assert isinstance(net, torch.nn.Module), "Net is no torch.nn.Module"
    close(tuple(net(torch.zeros(5, 3, dtype=torch.float64)).shape), (5, 2))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_parameters(Net):
    """The layers have the names and the sizes asked for."""
    net = Net(4, 6, 3)
    assert isinstance(net.hidden, torch.nn.Linear), "hidden is no linear layer"
    expected = {
        "hidden.weight": (6, 4),
        "hidden.bias": (6,),
        "output.weight": (3, 6),
        "output.bias": (3,),
    }
    close(probes.parameter_shapes(net), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_as_matrices(Net, rng):
    """The network computes what its own matrices say."""
    net = Net(3, 5, 2)
    x = torch.tensor(rng.normal(size=(6, 3)))
    first, second = net.hidden, net.output
    inner = torch.tanh(x @ first.weight.T + first.bias)
    close(net(x), inner @ second.weight.T + second.bias)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_dtype(Net, rng):
    """The network has the dtype asked for."""
    net = Net(3, 5, 2, torch.nn.functional.softplus, torch.float32)
    for parameter in net.parameters():
        assert isinstance(parameter, torch.nn.Parameter), "parameters() gives something else"
        assert parameter.dtype == torch.float32, "a parameter has another dtype"
    got = net(torch.tensor(rng.normal(size=(4, 3)), dtype=torch.float32))
    assert got.dtype == torch.float32, "the output has another dtype"


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_gradients(Net, rng):
    """A backward pass reaches every parameter, through the activation that was passed in."""
    softplus = torch.nn.functional.softplus
    net, key = Net(3, 4, 2, softplus), reference.Net(3, 4, 2, softplus)
    x, y = torch.tensor(rng.normal(size=(6, 3))), torch.tensor(rng.normal(size=(6, 2)))
    values = probes.values(net)
    with torch.no_grad():
        for name, parameter in key.named_parameters():
            parameter.copy_(torch.from_numpy(values[name]))
    ((key(x) - y) ** 2).mean().backward()
    expected = {name: one.grad.numpy() for name, one in key.named_parameters()}
    close(probes.gradients(net, x, y), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_two_steps(Net, train_step, rng):
    """Two steps move the network as two steps of gradient descent do."""
    x, y = torch.tensor(rng.normal(size=(8, 3))), torch.tensor(rng.normal(size=(8, 2)))
    net, key = Net(3, 4, 2), reference.Net(3, 4, 2)
    with torch.no_grad():
        for name in ("hidden", "output"):
            for part in ("weight", "bias"):
                value = getattr(getattr(net, name), part)
                getattr(getattr(key, name), part).copy_(value)
    for lr in (0.1, 0.05):
        expected = reference.train_step(key, x, y, lr)
        close(train_step(net, x, y, lr), expected)
    expected = {name: one.detach().numpy() for name, one in key.named_parameters()}
    close(probes.values(net), expected)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
"""  # END TEST CONFIG


def test_step_on_given_module(train_step, rng):
    """train_step trains whatever module it is given, on a batch that threads would share."""
    x, y = torch.tensor(rng.normal(size=(400, 300))), torch.tensor(rng.normal(size=(400, 200)))
    net = probes.given_linear(300, 200)
    weight, bias = net.weight.detach().clone(), net.bias.detach().clone()
    error = x @ weight.T + bias - y
    close(train_step(net, x, y, 0.5), float((error**2).mean()))
    close(net.weight, weight - 0.5 * 2 / error.numel() * error.T @ x)
    close(net.bias, bias - 0.5 * 2 / error.numel() * error.sum(0))


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
