"""What a build writes, and that it writes the same again."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile

import msgspec
import nbformat
import pytest

from autograder.authoring.build import build_stage, leaks, stale
from autograder.authoring.errors import AuthoringError
from autograder.grading.batch import grade_all
from autograder.grading.find import Submission
from autograder.grading.stage import load_stage

STAGE = "01_tiny"


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_writes_what_the_contract_lists(tiny):
    assert set(contents(tiny.dist)) == {
        *("stage.json", "tests/q1.py", "tests/q2.py", "reference.py", "checks.py", "probes.py"),
        *("key.ipynb", "solved.ipynb", "01_tiny.zip", "catalogue.json"),
    }
    assert [path.name for path in tiny.starter.parent.iterdir()] == ["01_tiny.ipynb"]
    assert tiny.report.points == 6.5
    assert 10 < tiny.report.words < 60


def test_same_source_gives_the_same_bytes_anywhere(tiny, tmp_path):
    shutil.copytree(tiny.folder, tmp_path / "solutions" / STAGE)
    shutil.copy(tiny.root / "course.toml", tmp_path)
    build_stage(tmp_path, STAGE)
    assert contents(tmp_path / "dist") == contents(tiny.root / "dist")
    assert contents(tmp_path / "assignments") == contents(tiny.root / "assignments")


def test_points_of_an_extra_question_come_on_top(course, master_text):
    text = master_text.replace("# name: q2", "# name: q2\n# extra: true")
    made = course(text.replace("Question 2: By", "Question 2 (extra): By"))
    assert build_stage(made.root, STAGE, solve=False).points == 3.5
    submissions = [
        Submission(path.name, "ann", "", path.read_bytes())
        for path in (made.dist / "key.ipynb", made.starter)
    ]
    key, starter = grade_all(
        made.dist, submissions, jobs=1, sandbox="none", on_result=lambda _: None
    )
    assert (key.score, key.possible) == (6.5, 3.5)
    assert (starter.score, starter.possible) == (0, 3.5)
    assert [(one.possible, one.extra) for one in key.questions] == [(3.5, False), (3, True)]


def test_stage_json_says_what_the_master_says(tiny):
    stage = load_stage(tiny.dist)
    assert (stage.id, stage.title, stage.imports) == (
        STAGE,
        "A tiny stage",
        ("numpy", "matplotlib"),
    )
    assert stage.limits.cpu_seconds == 7
    assert [(q.name, q.title, q.points) for q in stage.questions] == [
        ("q1", 'Twice "as much"', 3.5),
        ("q2", "By hand", 3.0),
    ]
    first, second = stage.questions[0].cases
    assert first.name == 'It\'s "twice": 2 gives 4, the ½ of 8 — and a \\ too.'
    assert (second.hidden, second.points) == (True, 2.5)
    assert msgspec.json.decode((tiny.dist / "stage.json").read_bytes())["version"] == stage.version


def test_version_follows_limits_and_tests_but_not_prose(course):
    made = course()
    build_stage(made.root, STAGE, solve=False)
    version = load_stage(made.dist).version

    def rebuilt(path, old, new):
        path.write_text(path.read_text().replace(old, new))
        build_stage(made.root, STAGE, solve=False)
        return load_stage(made.dist).version

    assert rebuilt(made.folder / "notebook.py", "Two plus two is", "Two and two are") == version
    other = rebuilt(made.root / "course.toml", "cpu_seconds = 7", "cpu_seconds = 8")
    assert other != version
    assert rebuilt(made.folder / "notebook.py", "1974.5)", "1974.5, rtol=0.1)") != other


def test_stale_names_the_file_and_what_to_run(course):
    made = course()
    assert "does not exist. Run: autograder build 01_tiny" in stale(made.root, STAGE)[0]
    build_stage(made.root, STAGE, solve=False)
    assert stale(made.root, STAGE) == []
    assert build_stage(made.root, STAGE, solve=False).changed == ()
    made.starter.write_text(made.starter.read_text().replace("Two plus", "2 plus"))
    (made.starter.parent / "notes.txt").write_text("hello")
    differs, extra = stale(made.root, STAGE)
    assert "differs from its source at line" in differs
    assert "notes.txt comes from no source" in extra
    changed = {path.name for path in build_stage(made.root, STAGE, solve=False).changed}
    assert changed == {"01_tiny.ipynb", "notes.txt"}


def test_a_question_that_is_gone_leaves_no_test_file(course):
    made = course()
    build_stage(made.root, STAGE, solve=False)
    for name in ("mistakes.py", "probes.py"):
        (made.folder / name).unlink()
    notebook = made.folder / "notebook.py"
    text = notebook.read_text()
    start = text.index("# %% [raw]\n# # BEGIN QUESTION\n# name: q2")
    notebook.write_text(text[:start])
    build_stage(made.root, STAGE, solve=False)
    assert not (made.dist / "tests" / "q2.py").exists()
    assert not (made.dist / "probes.py").exists()


def test_a_failed_build_writes_nothing(course, master_text):
    made = course(master_text.replace("    # END SOLUTION\n", ""))
    with pytest.raises(AuthoringError):
        build_stage(made.root, STAGE)
    assert not made.dist.exists()
    assert not made.starter.exists()


def test_a_key_that_raises_is_named(course, master_text):
    made = course(master_text.replace("trained = given(3)", "trained = given('3')"))
    with pytest.raises(AuthoringError, match=r"cell 3 \(code-1\) raised TypeError"):
        build_stage(made.root, STAGE)


def test_a_key_that_fails_a_public_check_is_reported(course, master_text):
    made = course(master_text.replace("close(twice(2.0), 4.0)", "close(twice(2.0), 5.0)"))
    messages = build_stage(made.root, STAGE).messages
    assert any(line.startswith("the key fails a public check: ✗ It's") for line in messages)


def test_a_stage_that_the_course_lacks(tiny):
    with pytest.raises(AuthoringError, match=r"course.toml has no stage 02_none"):
        build_stage(tiny.root, "02_none")


def test_zip_holds_our_tests_and_modules_in_order(tiny):
    with zipfile.ZipFile(tiny.dist / "01_tiny.zip") as archive:
        names = archive.namelist()
        assert names == sorted(names)
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in ("tests/q1.py", "tests/q2.py"):
            assert archive.read(name) == (tiny.dist / name).read_bytes()
        for name in ("reference.py", "checks.py", "probes.py"):
            assert archive.read(f"files/{name}") == (tiny.dist / name).read_bytes()


def test_solved_notebook_has_outputs_and_no_times(tiny):
    solved = nbformat.read(tiny.dist / "solved.ipynb", 4)
    texts = [
        o.text for c in solved.cells if c.cell_type == "code" for o in c.outputs if "text" in o
    ]
    assert "✓ q1: 1 of 1 public checks passed; 1 hidden one is run when you submit.\n" in texts
    assert any("image/png" in o.get("data", {}) for c in solved.cells for o in c.get("outputs", []))
    assert all("execution" not in cell.metadata for cell in solved.cells)


def test_catalogue_json(tiny):
    catalogue = json.loads((tiny.dist / "catalogue.json").read_text())
    thrice, half = catalogue["mistakes"]
    assert thrice["definitions"] == {"twice": "def twice(x):\n    return np.asarray(x) * 3.0"}
    cells = half.pop("cells")
    assert half == {
        "question": "q2",
        "id": "half",
        "advice": "Is it the whole?",
        "definitions": {"total": "total = 42.75 / 2"},
    }
    key = nbformat.read(tiny.dist / "key.ipynb", as_version=4)
    code = [cell for cell in key.cells if cell.cell_type == "code"]
    ((number, source),) = cells.items()
    assert code[int(number) - 1].id == "q2-answer-1"
    assert "42.75 / 2" in source
    assert [one["id"] for one in catalogue["alternatives"]] == ["sum"]


def test_leaks_reads_the_committed_notebook(course):
    made = course()
    build_stage(made.root, STAGE, solve=False)
    assert leaks(made.root, STAGE) == []
    text = made.starter.read_text().replace("Write `twice`.", "Write `twice`: np.asarray(x) * 2")
    made.starter.write_text(text)
    assert leaks(made.root, STAGE) == []  # a part of a line in a sentence is prose
    made.starter.write_text(text.replace("Two plus two", "987.25 and 42.75"))
    assert leaks(made.root, STAGE) == ["the number 987.25 of the hidden test test_fresh"]
    made.starter.write_text("{")
    with pytest.raises(AuthoringError, match="cannot be read"):
        leaks(made.root, STAGE)


def test_a_failed_otter_assign_leaves_no_hidden_tests(course, tmp_path, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("no zip today")

    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setattr("otter.assign.run_generate_autograder", fail)
    with pytest.raises(AuthoringError, match="refuses this master: RuntimeError: no zip today"):
        build_stage(course().root, STAGE)
    assert list(scratch.rglob("*")) == []
    assert tempfile.gettempdir() == str(scratch)


def test_a_build_without_solving_keeps_the_solved_notebook_of_the_same_key(course):
    made = course()
    build_stage(made.root, STAGE)
    solved = made.root / "dist" / STAGE / "solved.ipynb"
    before = solved.read_bytes()
    build_stage(made.root, STAGE, solve=False)
    assert solved.read_bytes() == before
    master = made.root / "solutions" / STAGE / "notebook.py"
    master.write_text(master.read_text().replace("return x + 1", "return 1 + x"))
    build_stage(made.root, STAGE, solve=False)
    assert not solved.exists()
