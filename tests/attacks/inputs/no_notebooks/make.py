"""Hopes for an exception, or for a message that is as long as it likes."""

import json


def make(folder, honest):
    def write(name, content):
        content = content if isinstance(content, bytes) else json.dumps(content).encode()
        (folder / f"{name}.ipynb").write_bytes(content)

    book = json.loads(honest)
    write("bytes", honest[:100] + b"\xff\xfe" + honest[100:])
    write("utf16", honest.decode().encode("utf-16"))
    write("deep", b'{"cells":' + b"[" * 90_000 + b"]" * 90_000 + b"}")
    write("cells", {**book, "cells": {"0": book["cells"]}})
    write("numbers", b'{"nbformat": 1e999, "cells": ' + b"9" * 100_000 + b"}")
    write("format", {"nbformat": "sesame" * 10_000, "worksheets": [{"cells": 5}]})
    cells = [{"cell_type": "code", "source": "x = '\ud800'"}, None, [], {"cell_type": ["code"]}]
    write("halves", {"cells": cells})
    write("strange", {"cells": [{"cell_type": "code", "source": [1, None, {}]}], "nbformat": None})
    # The last of two equal keys counts, as everywhere.
    write("honest_twice", b'{"cells": [], ' + honest[1:])
    write("honest_new", {**book, "nbformat": 99, "nbformat_minor": -1})
