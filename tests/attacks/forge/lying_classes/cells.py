# Objects that claim to be arrays, numbers, tensors or a library's containers.
import numpy as np


def liar(name, module, of):
    class Liar:
        __class__ = property(lambda self: of)

        def __len__(self):
            return 3

        def __iter__(self):
            return iter(())

        def __getitem__(self, key):
            return 0.0

        def keys(self):
            return set()

        def tolist(self):
            return []

        def equal(self, other):
            return True

        allclose = all = any = equal

    Liar.__name__ = Liar.__qualname__ = name
    Liar.__module__ = module
    return Liar()


def base(name, module):
    """A class whose reported ancestors are the library's own."""
    root = type(name, (), {"__module__": module})
    return type(name, (root,), {"__module__": module, "__len__": lambda self: 3})()


lies = [
    liar("ndarray", "numpy", np.ndarray), liar("float", "builtins", float),
    liar("Tensor", "torch", np.ndarray), liar("Bunch", "sklearn.utils", dict),
    liar("Size", "torch", tuple), liar("list", "builtins", list),
    base("Tensor", "torch"), base("ndarray", "numpy"), base("float64", "numpy"),
]
turn = iter(lies * 50)
answer = number = score = total = draw = refuse = lambda *_, **__: next(turn)
