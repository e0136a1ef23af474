"""Hopes that all of it is read, and run, before somebody asks how much it is."""

import json
import os


def make(folder, honest):
    book = json.loads(honest)
    cell = book["cells"][0]
    (folder / "honest.ipynb").write_bytes(honest)
    book["cells"] = [cell] * 10_000
    (folder / "cells.ipynb").write_text(json.dumps(book))
    book["cells"] = [{**cell, "source": ["x" * 1000] * 1001}]
    (folder / "source.ipynb").write_text(json.dumps(book))
    for name, size in (("sparse.ipynb", 500 << 20), ("sparse.zip", 500 << 20), ("blank.ipynb", 1)):
        (folder / name).write_bytes(b" ")
        os.truncate(folder / name, size)
