"""What a student writes stays text: in a terminal, a page, a spreadsheet, a JSON file.

Strings that are known to do harm go through whole commands as names of files and students, as
texts and classes of exceptions, as printed output and as results.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import re
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from autograder.authoring import public
from autograder.cli import main
from autograder.grading.names import printable
from autograder.grading.stage import Stage
from autograder.report.text import one_line

sys.path.insert(0, str(Path(__file__).parents[1] / "durability"))

import small_course as small

NASTY = {
    "newline": "a\nb\r\nc\vd\fe",
    "heading": "x\n# H\n\n- item\n> quote\n---\n    code",
    "right to left": "abc\u202egpj.exe\u2066x\u2069",
    "clears the screen": "\x1b[2J\x1b[31mred\x1b[0m",
    "title": "\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "8-bit controls": "\x9b31mred\x9d0;t\x9c\x7f\x08\x08",
    "open sequence": "start\x1b]never ended",
    "formula": "=cmd|'/c calc'!A1",
    "formula at": "@SUM(1)",
    "formula minus": "-1+1",
    "formula plus": "+1+1",
    "formula tab": "\t=1+1",
    "formula space": " =1+1",
    "formula wide": "＝1+1",
    "formula wide at": "＠SUM(1)",
    "formula in a cell of its own": "x;=1+1\t=2+2,=3+3|=4+4",
    "formula in quotes": '"=1+1',
    "formula behind a joiner": "\u200d=1+1",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "comment": "<!-- x --> &lt;b&gt; &#60;b&#62; <b",
    "link": "[x](javascript:alert(1)) [x]: http://evil.example",
    "image": "![x](http://evil.example/x.png)",
    "reference": "[x][y] [^1] [ ] ![z]",
    "math": "$x$ $$y$$ \\(a\\) \\[b\\] \\begin{align}c\\end{align}",
    "autolink": "http://evil.example www.evil.example <http://evil.example> me@evil.example",
    "table": "| a | b |\n| - | - |\n| c | d |",
    "code": "`x` ``y`` ```\nz\n``` ~~~ \\`w\\`",
    "emphasis": "*a* **b** _c_ __d__ ~~e~~ ***f***",
    "backslash": "a\\\\b\\*c\\",
    "surrogate": "half \ud800 of \udfff",
    "zero width": "a\u200bb\ufeffc\u2060d\u00ade",
    "separators": "a\u2028b\u2029c\u0085d",
    "long": "long" * 2500,
    "long and wide": "𝔸" * 300,
    "markup": "[red]x[/] [/] \\[/] [link=http://x]y[/link] :smile:",
    "format": "%s %n %(x)s {0} {task} {x!r} ${y}",
    "nul": "a\0b",
    "device": "con",
    "parents": "../../etc/passwd",
    "empty": " ",
}
TESTS = {
    "q1": [
        (
            "adds",
            False,
            1.0,
            "def public(env):\n    assert env['add'](2, 3) == 5, 'expected 5'",
        ),
        (
            "HIDDEN adds",
            True,
            1.0,
            "def hidden(env):\n    assert env['add'](-2, 3) == 1, 'expected 1'",
        ),
    ],
    "q2": [
        (
            "says hello",
            False,
            1.0,
            "def says(env):\n    got = env['hello']()\n"
            "    assert got == 'hello', f'expected hello: got {got}'",
        ),
    ],
    "q3": [("halves", False, 1.0, "def halves(half):\n    assert half(4) == 2")],
}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
HIDES = ("Cc", "Cf", "Cs", "Zl", "Zp")
#: What rich itself sends to a terminal: colours, the cursor's visibility, lines up and erased.
RICH = re.compile(r"\x1b\[[\d;]*m|\x1b\[\?25[lh]|\x1b\[\d*[AK]|\r(?=\x1b|\n)")
AUTOLINK = re.compile(r"(?:https?|ftp)://|\bwww\.|\w@\w", re.IGNORECASE)
BLOCKS = {"heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td"}
BLOCKS |= {"bullet_list", "list_item", "blockquote"}
SPANS = {"text", "text_special", "code_inline", "softbreak", "hardbreak", "em", "strong"}
OURS = re.compile(r"[\d.]+ of [\d.]+ points|Not yet:|Look at this first\.")


def notebook_of(text: str) -> bytes:
    """Return a notebook that says this text wherever a notebook can say something."""
    said = ascii(text)
    return small.notebook(
        f"import warnings; print({said}); warnings.warn({said})",
        f"def add(a, b):\n    print({said})\n    raise ValueError({said})",
        "grader.check('q1')",
        f"def hello():\n    return {said}",
        "grader.check('q2')",
        f"raise type({said}.replace('\\0', ''), (Exception,), {{}})({said})\nhalf = 1",
        "grader.check('q3')",
    )


def file_name(text: str) -> str:
    """Return the name nearest to a text that a file can have."""
    name = text.replace("/", "∕").replace("\0", "").encode("utf-8", "replace")[:240]
    return name.decode("utf-8", "ignore") + ".ipynb"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose files have these names, in a folder; a roster whose students have; a zip."""
    made = small.write_course(tmp_path_factory.mktemp("course"), TESTS)
    (made / "class").mkdir()
    (made / "logins").mkdir()
    rows = []
    for number, (label, text) in enumerate(NASTY.items()):
        content = notebook_of(text)
        (made / "class" / file_name(text)).write_bytes(content)
        (made / "logins" / f"login{number:03}.ipynb").write_bytes(content)
        rows.append([text.encode("utf-8", "replace").decode() + f" {label}", f"login{number:03}"])
    (made / "class" / os.fsdecode(b"half \xff.ipynb")).write_bytes(notebook_of("half"))
    (made / "class" / "\x1b[2J.txt").touch()
    with zipfile.ZipFile(made / "class" / "\x1b[31m.zip", "w") as export:
        export.writestr("=1+1\x1b[2J" * 1000 + ".ipynb", notebook_of("in a zip"))
        export.writestr("x\x1b[2J\u202e.zip", b"cut")
    with (made / "class.csv").open("w", newline="") as file:
        csv.writer(file).writerows([["student", "login"], *rows, ["gone\x1b[2J\u202e", "z"]])
    return made


@pytest.fixture(autouse=True)
def here(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.delenv("NO_COLOR", raising=False)


class Graded(NamedTuple):
    """Where the class was graded, and what was said, by the folder that held it."""

    root: Path
    said: dict[str, str]

    def results(self, place: str) -> list[dict[str, Any]]:
        """Return what --json wrote."""
        found: list[dict[str, Any]] = json.loads((self.root / f"{place}.json").read_bytes())
        return found


class Said:
    """What commands said, with nothing in it that a terminal would obey."""

    def __init__(self, capture: pytest.CaptureFixture[str]) -> None:
        self._capture = capture

    def __call__(self, *words: str, status: int = 0, terminal: bool = False) -> str:
        assert main(words) == status
        out, err = self._capture.readouterr()
        both = out + err
        assert "Traceback" not in both
        assert_harmless(RICH.sub("", both) if terminal else both, "\n")
        return both


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Said:
    return Said(capsys)


def assert_harmless(text: str, allowed: str = "") -> None:
    joiners = "\u200c\u200d"
    bad = {c for c in text if unicodedata.category(c) in HIDES and c not in allowed + joiners}
    assert not bad, sorted(map(ascii, bad))


@pytest.fixture(scope="module")
def graded(root: Path) -> Graded:
    """The class graded by its files' names and by the roster, as it comes without a terminal."""
    said = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(root)
        patch.setenv("COLUMNS", "100")
        for place, more in (("class", []), ("logins", ["--roster", "class.csv"])):
            words = ["grade", small.STAGE, place, "--gradebook", f"{place}.sqlite", *more]
            words += ["--json", f"{place}.json", "--feedback", f"{place}_pages"]
            with (
                contextlib.redirect_stdout(io.StringIO()) as out,
                contextlib.redirect_stderr(out),
            ):
                assert main(words) == 0
            said[place] = out.getvalue()
    return Graded(root, said)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from strings(key)
            yield from strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def test_a_pipe_gets_text(graded: Graded) -> None:
    for out in graded.said.values():
        assert_harmless(out, "\n")
    lines = graded.said["class"].splitlines()
    for text in ("[red]x[∕] [∕] \\[∕]", ":smile:", "%s %n %(x)s {0} {task} {x!r} ${y}"):
        assert any(line.startswith("[") and text in line for line in lines)
    assert "Not on the roster" not in graded.said["logins"]
    assert "Not handed in, 1 of the roster: gone?[2J?" in graded.said["logins"]


def test_a_terminal_obeys_nothing_but_our_own(
    root: Path, said: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    said("grade", small.STAGE, "class", "--gradebook", "terminal.sqlite", terminal=True)


@pytest.mark.parametrize("place", ["class", "logins"])
def test_json_holds_text_that_any_reader_takes(graded: Graded, place: str) -> None:
    written = graded.results(place)
    assert len(written) >= len(NASTY)
    for text in strings(written):
        assert_harmless(text, "\n\t")


@pytest.mark.parametrize("place", ["class", "logins"])
def test_grades_hold_no_formula(graded: Graded, said: Said, place: str) -> None:
    text = said("grades", "--gradebook", f"{place}.sqlite")
    students = {row["student"] for row in graded.results(place)}
    rows = list(csv.reader(io.StringIO(text)))
    assert {row[0].removeprefix("'") for row in rows[1:]} == {s.removeprefix("'") for s in students}
    for delimiter in ",;\t":
        for row in csv.reader(io.StringIO(text), delimiter=delimiter):
            for cell in row:
                assert not cell.strip(" \u200c\u200d").startswith(FORMULA)
    listed = json.loads(said("grades", "--format", "json", "--gradebook", f"{place}.sqlite"))
    assert {row["student"] for row in listed} == students
    for one in strings(listed):
        assert_harmless(one)


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found |= {tag} | {f"{tag} {name}" for name, _ in attrs}


@pytest.mark.parametrize("place", ["class", "logins"])
def test_pages_show_text_and_nothing_else(graded: Graded, place: str) -> None:
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    reader.use(dollarmath_plugin).use(amsmath_plugin)
    folder = graded.root / f"{place}_pages"
    pages = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
    results = graded.results(place)
    assert len(pages) == len(results)
    assert {path.parent for path in folder.rglob("*.md")} == {folder}
    shown = ""
    for name, page in pages.items():
        assert_harmless(name)
        assert_harmless(page, "\n")
        assert not AUTOLINK.search(page), AUTOLINK.search(page)
        # Jupyter takes formulas out before it reads the Markdown.
        assert not re.search(r"\$|\\\\[(\[]|\\(?:begin|end)\{", page)
        for block in reader.parse(page):
            assert block.type.removesuffix("_open").removesuffix("_close") in BLOCKS | {"inline"}
            assert block.tag not in ("h3", "h4", "h5", "h6")
            strong = ""
            for span in block.children or []:
                kind = span.type.removesuffix("_open").removesuffix("_close")
                assert kind in SPANS, (kind, page)
                if kind == "em":
                    assert block.content.startswith("*Graded from ")
                strong = "" if span.type == "strong_open" else strong + span.content
                assert span.type != "strong_close" or OURS.fullmatch(strong), strong
            shown += "\n" + "".join(
                f"`{span.content}`" if span.type == "code_inline" else span.content
                for span in block.children or []
            )
        tags = Tags()
        tags.feed(reader.render(page))
        allowed = {"h1", "h2", "p", "br", "strong", "em", "code", "ul", "li", "blockquote"}
        allowed |= {"table", "thead", "tbody", "tr", "th", "td", "th style", "td style"}
        assert tags.found <= allowed
    assert "Expected hello." in shown
    # Text that is shown is shown as it was written.
    for label in ("html", "link", "image", "math", "emphasis", "backslash", "markup", "format"):
        text = one_line(NASTY[label])
        assert f"Your code raised ValueError: {text}" in shown
        assert f"is not defined: cell 6 raised {text[:80]}: {text}" in shown
        # After a hidden case what the code returns is not told any more.
        assert f"Expected hello: got {text}" not in shown
        assert f"for {text} {label}." in shown or place == "class"


def test_why_shows_what_happened_and_nothing_moves(graded: Graded, said: Said) -> None:
    for place in ("class", "logins"):
        results = graded.results(place)
        for result in results:
            name = result["student"]
            said("why", "--gradebook", f"{place}.sqlite", "--", name, small.STAGE)


def test_validate(
    graded: Graded, said: Said, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def write_public_stage(root: Path, stage_id: str, folder: Path) -> Stage:
        (folder.parent / stage_id).symlink_to(root / "dist" / stage_id)
        built = (folder / "stage.json").read_bytes()
        return msgspec.json.decode(built, type=Stage)

    monkeypatch.setattr(public, "write_public_stage", write_public_stage)
    name = tmp_path / "\x1b[2J\u202e[red].ipynb"
    for text in ("\x1b[2J\n\u202e\x9b31m[red]x[/] :smile:", NASTY["title"]):
        name.write_bytes(notebook_of(text))
        out = said("validate", str(name), "--stage", "01", status=1)
        assert "Your code raised ValueError" in out
    (tmp_path / "folder.ipynb").mkdir()
    said("validate", str(tmp_path / "folder.ipynb"), "--stage", "01", status=2)
    said("validate", str(name.with_suffix(".\x1b[2J")), "--stage", "01", status=2)


@pytest.mark.parametrize("label", NASTY)
def test_errors(graded: Graded, said: Said, label: str, tmp_path: Path) -> None:
    text = NASTY[label].replace("\0", "")
    name = file_name(NASTY[label])
    empty = tmp_path / name
    empty.mkdir()
    said("grade", small.STAGE, str(empty), "--gradebook", "errors.sqlite", status=2)
    said("grade", small.STAGE, str(empty / name), status=2)
    said("grade", small.STAGE, f"--{text}", status=2)
    said("why", "--gradebook", "class.sqlite", "--", f"{text}?", small.STAGE, status=2)
    said("grade", text, "class", status=2) if not text.startswith("-") else None
    for rows in ([[text, "x"], ["1", "2"]], [["student"], [text + "a"], [text + "a"]]):
        with (tmp_path / "roster.csv").open("w", newline="", errors="replace") as file:
            csv.writer(file).writerows(rows)
        said("grade", small.STAGE, "class", "--roster", str(tmp_path / "roster.csv"), status=2)


def test_names_are_kept_as_they_are_shown() -> None:
    assert printable("a\x1b\u202e\ud800b") == "a???b"
