# Hopes that some allocator is not limited: arrays, bytes, texts, lists, maps, C's own, a new heap.
import ctypes
import mmap

import numpy as np

libc = ctypes.CDLL(None)
libc.malloc.restype = libc.memalign.restype = ctypes.c_void_p
private, size = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 1 << 30
routes = [
    lambda: np.empty(size >> 3), lambda: np.zeros(size >> 3), lambda: bytearray(size), lambda: [0] * (size >> 3),
    lambda: "x" * size, lambda: (ctypes.c_char * size)(), lambda: mmap.mmap(-1, size, flags=private),
    lambda: libc.malloc(ctypes.c_size_t(size)) or 1 / 0, lambda: 1 << (8 * size),
    lambda: libc.memalign(ctypes.c_size_t(1 << 21), ctypes.c_size_t(size)) or 1 / 0,
    lambda: [mmap.mmap(-1, 1 << 20, flags=private) for _ in range(1024)], lambda: np.ones((1 << 15, 1 << 15), "b"),
]
for number, route in enumerate(routes):
    tried += 1
    try:
        route()
        found.append(f"route {number}")
    except (MemoryError, OSError, ZeroDivisionError):
        pass
