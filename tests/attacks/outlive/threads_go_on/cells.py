# Hopes that what goes on after a call returned can answer for the next one.
import signal
import threading
import time

from _forge import *

signal.signal(signal.SIGALRM, lambda *_: say(returned(0.0)))


def later():
    time.sleep(0.01)
    say(returned(0.0), returned(True))


def answer(x):
    threading.Thread(target=later, daemon=True).start()
    signal.setitimer(signal.ITIMER_REAL, 0.005, 0.005)
    return 0.0


number = score = total = draw = refuse = answer
