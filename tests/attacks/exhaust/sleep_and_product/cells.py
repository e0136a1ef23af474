# Hopes that a limit is only looked at between lines of Python.
import numpy as np

big = np.ones((3000, 3000))
big @ big @ big @ big @ big
# %%
import time


def number(x):
    time.sleep(600)


answer = score = total = draw = refuse = lambda *_, **__: 0.0
