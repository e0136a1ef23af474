"""The worked example of docs/authoring.md, taken from the page.

``python tests/proof/guide.py FOLDER`` writes it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "authoring.md"
STAGE = "01_tables"
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def write_example(root: Path) -> Path:
    """Write every file of the example below root; return the stage's folder in solutions/."""
    for name, text in FILE.findall(PAGE.read_text()):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root / "solutions" / STAGE


def edit(path: Path, old: str, new: str) -> None:
    """Replace what must stand in the file exactly once."""
    text = path.read_text()
    assert text.count(old) == 1, (path, old, text.count(old))
    path.write_text(text.replace(old, new))


if __name__ == "__main__":
    write_example(Path(sys.argv[1]))
