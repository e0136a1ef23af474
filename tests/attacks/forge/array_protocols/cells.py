# Hopes that NumPy, over there, reads an address which it is given here.
import ctypes

import numpy as np

memory = ctypes.create_string_buffer(24)


class Interface:
    __array_interface__ = {
        "version": 3, "shape": (3,), "typestr": "<f8", "data": (ctypes.addressof(memory), False),
    }
    __array_struct__ = np.zeros(3).__array_struct__
    __array_priority__ = 1e9
    __len__ = lambda self: 3
    __length_hint__ = lambda self: 1 << 40
    __getitem__ = lambda self, key: 0.0 if key in range(3) else [].pop()
    __float__ = lambda self: 0.0
    __index__ = __int__ = lambda self: 0
    __complex__ = lambda self: 0j
    __bytes__ = lambda self: bytes(24)
    __buffer__ = lambda self, flags: memoryview(memory)
    __fspath__ = lambda self: "/dev/null"
    __array__ = lambda self, *_, **__: np.zeros(3)
    __dlpack__ = lambda self, **_: np.zeros(3).__dlpack__()
    __dlpack_device__ = lambda self: (1, 0)
    __cuda_array_interface__ = __array_interface__
    __class__ = np.ndarray


borrowed = np.asarray(Interface())
odd = [Interface(), [Interface()] * 3, memoryview(memory), memory, np.zeros(3).__dlpack__(),
       np.zeros(3).data, iter([0.0] * 3), np.nditer(np.zeros(3)), np.zeros(3).flat, borrowed]
turn = iter(odd * 50)
answer = number = score = total = draw = refuse = lambda *_, **__: next(turn)
