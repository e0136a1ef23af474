"""datasets/ equals its checksums and what the notebooks embed."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DATASETS = ROOT / "datasets"


def embedded(stage, name):
    """Return a text constant of a stage's notebook."""
    source = (ROOT / "solutions" / stage / "notebook.py").read_text(encoding="utf-8")
    for cell in re.split(r"^# %%.*$", source, flags=re.M):
        if re.search(rf"^{name} = ", cell, re.M):
            for node in ast.parse(cell).body:
                if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name:
                    return ast.literal_eval(node.value)
    raise AssertionError(f"{stage} has no {name}")


def test_readme_lists_every_file_with_its_checksum():
    readme = (DATASETS / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|$", readme, re.M))
    files = {path.name: path for path in DATASETS.iterdir() if path.name != "README.md"}
    assert listed == {n: hashlib.sha256(p.read_bytes()).hexdigest() for n, p in files.items()}


@pytest.mark.parametrize(
    ("table", "stage", "name"),
    [
        ("logic_gates.csv", "01_logic_gates", "LOGIC_GATES_CSV"),
        ("worked_example.csv", "05_backprop_by_hand", "WORKED_EXAMPLE_CSV"),
        ("conv_image.csv", "08_convolution", "CONV_IMAGE_CSV"),
        ("conv_filter.csv", "08_convolution", "CONV_FILTER_CSV"),
        ("kernels.csv", "08_convolution", "KERNELS_CSV"),
        ("play_golf.csv", "10_decision_trees", "PLAY_GOLF_CSV"),
        ("bad_debt.csv", "10_decision_trees", "BAD_DEBT_CSV"),
    ],
)
def test_a_notebook_embeds_the_table(table, stage, name):
    assert embedded(stage, name) == (DATASETS / table).read_text(encoding="utf-8")


def test_the_notebook_shows_every_printed_number():
    path = ROOT / "solutions" / "05_backprop_by_hand" / "slide_numbers.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = [{k: row[k] for k in ("quantity", "printed")} for row in csv.DictReader(file)]
    shown = embedded("05_backprop_by_hand", "SLIDE_NUMBERS_CSV")
    assert list(csv.DictReader(io.StringIO(shown))) == rows
