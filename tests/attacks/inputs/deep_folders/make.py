"""Hopes that who climbs down into them does not come back, and the class is not graded."""

import os


def make(folder, honest):
    (folder / "honest.ipynb").write_bytes(honest)
    path = str(folder)
    for _ in range(1100):
        path += "/d"
        os.mkdir(path)  # noqa: PTH102 - a Path of this depth is slow
