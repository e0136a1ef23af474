# Hopes that a number is believed: too large, negative, of another call, of another kind, no number.
from _forge import *

numbers = [0, 1, 2, 3, -1, -2, 1 << 31, (1 << 63) - 1, -(1 << 63), 10**9 + 7]
replies = [returned(["same", n]) for n in numbers] + [returned(["callback", n]) for n in numbers]
replies += [returned(["handle", n, "f", [], True]) for n in numbers]
replies += [returned(0.0, [[n, ["<f8", [3], True, bytes(24)]]]) for n in numbers]
replies += [returned(0.0, [[n, [["array", n, ["<f8", [3], True, bytes(24)]]]]]) for n in numbers]
replies += [returned(0.0, [[True, []], [None, []], ["0", []], [[0], []], [0.0, []], 0, [[]]])]
replies += [returned(["list", n, [["same", n]] * 3]) for n in numbers]
replies += [returned(["library", "os", "system"]), returned(["torch", "dtype", "float32"]), returned(["same", True])]
replies += [CallBack(n, [["same", n]], {"x": ["callback", n]}, []) for n in numbers]
turn = iter(replies * 10)


def answer(*_, **__):
    say(next(turn))


number = score = total = draw = refuse = answer
