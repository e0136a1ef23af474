"""Each cell ends the process; hopes that starting the next one counts for nothing."""

import json


def make(folder, honest):
    book = json.loads(honest)
    cell = {**book["cells"][0], "source": "import os\nos._exit(0)"}
    book["cells"] = [{**cell, "id": f"c{number}"} for number in range(600)]
    (folder / "ends.ipynb").write_text(json.dumps(book))
