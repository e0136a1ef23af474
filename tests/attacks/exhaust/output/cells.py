# Hopes that somebody keeps all that is written.
import os
import sys
import warnings

for _ in range(8):
    print("x" * (1 << 20))
    sys.stderr.write("x" * (1 << 20))
    os.write(1, bytes(1 << 20))
    sys.__stdout__.write("x" * (1 << 20))


def answer(x):
    for number in range(50):
        warnings.warn(str(number) + "x" * 100_000)
    print("x" * (1 << 22))
    raise ValueError("x" * (1 << 24))


number = score = total = draw = refuse = answer
# %%
raise type("E" * (1 << 20), (Exception,), {})("x" * (1 << 24))
