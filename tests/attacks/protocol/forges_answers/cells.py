# Writes replies of its own on the wire, before and instead of the real ones.
from _forge import *

array = ["array", 1, ["<f8", [3], True, bytes(24)]]
forged = [
    [returned(True)] * 3, [returned(array)], [returned(["same", 0])], [returned(["callback", 0])],
    [returned(["callback", 1])], [returned(["callback", -1])], [Missing()], [Hello()] * 2,
    [CellDone("", "", 0, "")], [returned(["array", 1, ["|O", [3], True, bytes(24)]])],
    [returned(["handle", 0, "ndarray", ["numpy.ndarray"], False])],
    [returned(["handle", 0, "type", ["builtins.type"], True])],
    [returned(["handle", -1, "Tensor", ["torch.Tensor", "torch.Tensor"], False])],
    [returned(None, [[0, ["<f8", [3], True, bytes(24)]]])], [returned(None, [[2, []]])],
    [Raised(["AssertionError"], "", "", [], "", [])], [Raised(["SystemExit"], "", "", [], "", [])],
    [Raised(["ExceptionGroup"], "x", "cell 1, line 1: x", [], "", [])],
    [Raised([], "", "", [], "", [])], [CallBack(0, [], {}, [])], [CallBack(1, [None], {}, [])],
    [CallBack(99, [["array", 0, []]], {"x": ["same", 5]}, [[0, None]])] * 5,
]
count = 0


def answer(*_, **__):
    global count
    count += 1
    say(*forged[count % len(forged)])


number = score = total = refuse = draw = answer
