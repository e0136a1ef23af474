# Hopes that one frame of small things costs who reads it more time than it has.
from _forge import *

many = Returned(0.0, [], "", [Warned("UserWarning", str(number)) for number in range(250_000)])
frame = msgspec.msgpack.encode(many)
frame = struct.pack(">I", len(frame)) + frame


def once(name):
    def function(*_):
        if not os.path.exists(name):
            os.mkdir(name)
            put(frame)
        return 0.0

    return function


answer, number, refuse, score = map(once, ("answer", "number", "refuse", "score"))
total = draw = lambda *_: 0.0
