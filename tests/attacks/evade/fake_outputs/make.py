"""Hopes that outputs, counts, metadata, attachments or text are believed, and nothing is run."""

import json

PASSED = "q1 results: All test cases passed!\nq2 passed! \N{PARTY POPPER}\nScore: 36/36"


def make(folder, honest):
    book = json.loads(honest)
    checks = [cell for cell in book["cells"] if "grader.check" in cell["source"]]
    for number, cell in enumerate(checks):
        cell["execution_count"] = number + 1
        cell["outputs"] = [
            {"output_type": "stream", "name": "stdout", "text": PASSED},
            {
                "output_type": "execute_result",
                "data": {"text/plain": PASSED, "text/html": f"<script>{PASSED}</script>"},
                "metadata": {},
                "execution_count": number + 1,
            },
        ]
    book["cells"] = checks
    (folder / "outputs.ipynb").write_text(json.dumps(book))
    suite = {"code": "assert True", "hidden": False, "points": 99, "name": "q1", "success": True}
    otter = {
        "OK_FORMAT": True,
        "tests": {"q1": {"name": "q1", "points": 99, "suites": [{"cases": [suite]}]}},
    }
    book["metadata"] = {"otter": otter, "kernelspec": {"name": "python3", "argv": ["sh"]}}
    for cell in book["cells"]:
        cell["metadata"] = {"tags": ["skip-execution", "otter_ignore"], "otter": otter}
    (folder / "metadata.ipynb").write_text(json.dumps(book))
    text = {"cell_type": "markdown", "id": "m", "metadata": {}, "source": "# BEGIN SOLUTION"}
    answers = [{**c, "cell_type": "raw"} for c in json.loads(honest)["cells"][:-1]]
    book["cells"] = [text, *answers, *checks]
    (folder / "markdown.ipynb").write_text(json.dumps(book))
