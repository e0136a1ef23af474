# Hopes that a reply which comes late, or early, is taken for the one to the next call.
from _forge import *
import threading
import time


def later(seconds, *messages):
    threading.Timer(seconds, say, messages).start()


def answer(x):
    later(0.02, returned(True), returned(0.0), Missing())
    return 0.0


def number(x):
    later(0.81, returned(True))
    time.sleep(60)


def total(f, xs):
    say(CallBack(1, [1.5], {}, []), returned(21.5), CallBack(1, [2.5], {}, []), returned(21.5))
    say(CallBack(1, [3.5], {}, []), returned(21.5), returned(21.5))


score = draw = refuse = lambda *_: 0.0
