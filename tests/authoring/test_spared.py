"""# NO MUTANTS is read from the master, and is in nothing that is built."""

from __future__ import annotations

import zipfile

from autograder.authoring.build import build_stage
from autograder.authoring.lint import key_lines
from autograder.authoring.master import read_master

STAGE = "01_tiny"
PLAIN = {
    "    return doubled + 0.0\n": "    return doubled + 0.0{}\n",
    "    doubled = np": "    rate = 0.25{}\n    doubled = np",
    "total = 42.75  # SOLUTION": "total = 42.75  # SOLUTION{}",
}


def written(text, mark):
    for old, new in PLAIN.items():
        assert old in text
        text = text.replace(old, new.format(mark))
    return text


def contents(folder):
    """Return what is in each file, and in each file of the zip."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                found |= {f"{path.name}/{one}": archive.read(one) for one in archive.namelist()}
        elif path.is_file():
            found[str(path.relative_to(folder))] = path.read_bytes()
    return found


def test_only_the_master_has_the_mark(course, master_text):
    made = course(written(master_text, ""))
    built = made.root / "dist", made.root / "assignments"
    build_stage(made.root, STAGE, solve=False)
    unmarked = [contents(folder) for folder in built]
    (made.folder / "notebook.py").write_text(written(master_text, "  # NO MUTANTS"))
    build_stage(made.root, STAGE, solve=False)
    assert [contents(folder) for folder in built] == unmarked
    assert all(b"NO MUTANTS" not in data for files in unmarked for data in files.values())


def test_the_marked_lines_are_known(course, master_text):
    master = read_master(course(written(master_text, " # NO MUTANTS")).folder / "notebook.py")
    cells = {cell.id: cell for cell in master.cells}
    answer = cells["q1-answer-1"]
    rows = answer.source.splitlines()
    assert [rows[i - 1] for i in sorted(answer.spared)] == [
        "    rate = 0.25",
        "    return doubled + 0.0",
    ]
    assert cells["q2-answer-1"].source == "total = 42.75  # SOLUTION"
    assert cells["q2-answer-1"].spared == {1}
    assert cells["code-1"].spared == frozenset()
    assert key_lines(master) == {"q1": 3, "q2": 1}
