from autograder.authoring import mistake


@mistake("q1", id="sum", advice="Look at what a batch of twice the size does to your loss.")
def mse(y_true, y_pred):
    return ((y_true - y_pred) ** 2).sum()


@mistake("q1", id="uses_argument", advice="Look at what backward adds to w.grad each time.")
def slope(x, y, w):
    w.requires_grad_(True)
    mse(y, x @ w).backward()
    return w.grad


@mistake("q2", id="keeps_gradients", advice="Look at what a second step adds to .grad.")
def train_step(net, x, y, lr):
    loss = ((net(x) - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for parameter in net.parameters():
            parameter -= lr * parameter.grad
    return loss.item()


@mistake("q2", id="no_activation", advice="Look at what stands between the two layers.")
class Net(torch.nn.Module):
    def __init__(self, inputs, units, outputs, activation=torch.tanh, dtype=torch.float64):
        super().__init__()
        self.hidden = torch.nn.Linear(inputs, units, dtype=dtype)
        self.output = torch.nn.Linear(units, outputs, dtype=dtype)

    def forward(self, x):
        return self.output(self.hidden(x))
