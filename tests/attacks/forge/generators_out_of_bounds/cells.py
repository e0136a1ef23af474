# Positions outside a generator's buffer, which NumPy would read memory at.
import numpy as np

position = -1


def draw(rng):
    global position
    position *= 7
    state = rng.bit_generator.state
    if "buffer_pos" in state:
        state["buffer_pos"] = position
    elif "pos" in state["state"]:
        state["state"]["pos"] = position
    else:
        state["state"] = {"state": 0, "inc": 0}
    rng.bit_generator.state = state
    return np.zeros(3)


answer = number = score = total = refuse = lambda *_: None
