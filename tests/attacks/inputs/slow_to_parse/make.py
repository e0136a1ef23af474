"""Hopes that the grader, which looks for checks and definitions in the source, has no limit."""

import json


def make(folder, honest):
    book = json.loads(honest)
    cell = book["cells"][0]
    checks = [one for one in book["cells"] if "grader.check" in one["source"]]
    (folder / "honest.ipynb").write_bytes(honest)
    book["cells"] = [{**cell, "source": "grader; f'" + "{1}" * 300_000 + "'"}, *checks]
    # It is also asked which cell defines the names that the tests miss, for each test anew.
    (folder / "formats.ipynb").write_text(json.dumps(book))
