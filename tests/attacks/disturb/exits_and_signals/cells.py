# A test that never ends its own way: exits, signals and exceptions that are no Exception.
import os
import signal

ways = [
    lambda: os._exit(0), lambda: exit(0), lambda: (_ for _ in ()).throw(GeneratorExit),
    lambda: (_ for _ in ()).throw(KeyboardInterrupt), lambda: os.kill(os.getpid(), signal.SIGKILL),
    lambda: (_ for _ in ()).throw(StopIteration), lambda: os.abort(),
    lambda: os.kill(1, signal.SIGINT), lambda: os.kill(0, signal.SIGTERM), lambda: os.kill(-1, 9),
]
count = 0


def answer(*_, **__):
    global count
    count += 1
    ways[count % len(ways)]()


number = score = total = draw = answer


def refuse(x):
    os._exit(0)
