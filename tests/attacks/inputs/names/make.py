"""Hopes that a name is a path to write to, a line of its own, or an order to a terminal."""

import os
import zipfile


def make(folder, honest):
    names = [b"a\nb", b"\x1b[31mred", "\u202egpj".encode(), b"bad\xff", b" ", b"=cmd|x"]
    for name in names:
        with open(os.path.join(os.fsencode(folder), name + b".ipynb"), "wb") as file:  # noqa: PTH118, PTH123
            file.write(b"no notebook")
    with zipfile.ZipFile(folder / "in.zip", "w") as target:
        for name in ("../../MARK", "./MARK", "/tmp/MARK", "C:\\windows\\MARK", "x\ny"):
            target.writestr(name + ".ipynb", b"no notebook")
        target.writestr("honest.ipynb", honest)
