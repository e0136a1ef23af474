# Hopes for more threads than processes are allowed, or for the machine's attention.
import threading
import time

started = []
try:
    while len(started) < 2000:
        started.append(threading.Thread(target=time.sleep, args=(60,), daemon=True))
        started[-1].start()
except RuntimeError:
    started.pop()
assert len(started) < 45, len(started)
# %%
answer = number = score = total = draw = lambda *_, **__: float(len(started))


def refuse(x):
    return len(started)
