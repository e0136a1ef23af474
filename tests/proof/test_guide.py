"""docs/authoring.md is right: its example is built, proven and graded as it stands there."""

from __future__ import annotations

import json

import pytest
from guide import STAGE, edit, write_example
from typer.testing import CliRunner

from autograder.cli import app


def run(*words):
    return CliRunner().invoke(app, list(words))


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("guide")
    write_example(root)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        assert run("build").exit_code == 0
        yield root


def test_the_example_is_all_right(course):
    done = run("check", "01", "--json", "check.json")
    assert done.exit_code == 0, done.output
    assert f"{STAGE}: all right" in done.output
    (stage,) = json.loads((course / "check.json").read_text())["stages"]
    assert stage["forced"]["lost"] > 0
    for question in stage["questions"]:
        assert question["mutants"]["made"] > 4
        assert question["mutants"]["survived"] == []
        assert question["seeds"] == 20
        assert question["memorizer"] == 0
        assert all(mistake["diagnosed"] for mistake in question["mistakes"])


def test_the_card_and_what_was_found_are_kept(course):
    first = run("check", "01")
    card = (course / "docs" / "quality.md").read_text()
    assert "| q1 | 4 | 4 | 0 | 5/5 | 1/1 |" in card
    again = run("check", "01", "--frozen")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert "grade" not in again.output  # nothing was graded again


def test_a_stale_card_and_a_fallen_figure(course):
    path = course / "docs" / "quality.md"
    run("check")
    good = path.read_text()
    try:
        path.write_text(good.replace("| q1 |", "| Q1 |"))
        done = run("check", "--frozen")
        assert (done.exit_code, "stale" in done.output) == (1, True)
        path.write_text(good.replace('"alternatives": 2', '"alternatives": 3'))
        done = run("check")
        assert done.exit_code == 1
        assert "alternatives fell from 3 to 2" in done.output
    finally:
        path.write_text(good)


def test_notebooks_from_outside(course, tmp_path):
    key = (course / "dist" / STAGE / "key.ipynb").read_text()
    (tmp_path / "right.ipynb").write_text(key)
    (tmp_path / "wrong.ipynb").write_text(key.replace("X.std(axis=0)", "X.std(axis=0) ** 2"))
    (tmp_path / "replay.toml").write_text(
        '[notebooks."right.ipynb"]\nwrong = []\n[notebooks."wrong.ipynb"]\nwrong = ["q1"]\n'
    )
    done = run("check", "01", "--replay", str(tmp_path))
    assert done.exit_code == 0, done.output
    told = " ".join(done.output.split())
    assert "1/1 wrong answers rejected, 1 of them named, 3/3 right ones accepted" in told
    edit(tmp_path / "replay.toml", 'wrong = ["q1"]', "wrong = []")
    done = run("check", "01", "--replay", str(tmp_path))
    assert done.exit_code == 1
    assert "wrong: the right q1 loses marks" in " ".join(done.output.split())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[notebooks", "cannot be read"),
        ('[notebooks."another.ipynb"]\nwrong = []\n', "is not in the folder"),
        ('[notebooks."one.ipynb"]\nwrong = ["q9"]\n', "there is no question 'q9'"),
        ("[notebooks]\n", "one.ipynb is not listed"),
    ],
)
def test_a_replay_file_that_cannot_be_used(course, tmp_path, text, says):
    (tmp_path / "one.ipynb").write_text("{}")
    (tmp_path / "replay.toml").write_text(text)
    done = run("check", "01", "--replay", str(tmp_path))
    assert done.exit_code == 1
    assert says in " ".join(done.output.split())
