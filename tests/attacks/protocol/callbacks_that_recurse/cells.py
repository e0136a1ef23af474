# Hopes for a call within a call within a call, until a stack or a count gives way.
from _forge import *
import threading


def total(f, xs):
    class Again(list):
        __mul__ = __rmul__ = __iter__ = lambda self, *_: f(self)

    for one in (f, total, Again(), [f] * 3, {"f": f}, lambda x: f(x)):
        try:
            f(one)
        except Exception:
            pass
    xs.append(f)
    xs.append(xs)
    say(*[CallBack(1, [["callback", 1]], {}, [])] * 30)
    threads = [threading.Thread(target=f, args=(xs,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    return f


def refuse(x):
    return refuse


answer = number = score = draw = lambda *args: total
