"""What `grade` finds behind a path, and whom it belongs to."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.grading import archive, find
from autograder.grading.find import FindError, Submission, find_submissions, printable
from autograder.grading.roster import RosterError, load_roster, words

NOTEBOOK = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


def make_zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in files.items():
            target.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0)), content)
    return buffer.getvalue()


def write(path: Path, content: bytes = NOTEBOOK) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def roster(tmp_path: Path, text: str) -> Path:
    return write(tmp_path / "roster.csv", text.encode())


def by_student(found: list[Submission]) -> dict[str, str]:
    return {one.student: one.problem for one in found}


class TestPaths:
    def test_a_notebook_is_its_stem(self, tmp_path: Path) -> None:
        path = write(tmp_path / "jane.ipynb")
        os.utime(path, (1000, 1000))
        (one,) = find_submissions([path])
        assert (one.path, one.student, one.content) == (str(path), "jane", NOTEBOOK)
        assert one.when == 1000
        assert len(one.sha256) == 64

    def test_a_folder_is_searched_and_sorted(self, tmp_path: Path) -> None:
        for name in ("b/z.ipynb", "b/a.ipynb", "a.ipynb", "c.txt", ".hidden.ipynb"):
            write(tmp_path / name)
        write(tmp_path / ".ipynb_checkpoints/a-checkpoint.ipynb")
        write(tmp_path / "__MACOSX/a.ipynb")
        write(tmp_path / "a-checkpoint.ipynb")
        ignored: list[str] = []
        found = find_submissions([tmp_path], ignored=ignored)
        names = [one.path.removeprefix(f"{tmp_path}/") for one in found]
        assert names == ["a.ipynb", "b/a.ipynb", "b/z.ipynb"]
        assert ignored == [f"{tmp_path}/c.txt"]

    def test_the_same_file_twice_is_one(self, tmp_path: Path) -> None:
        path = write(tmp_path / "jane.ipynb")
        assert len(find_submissions([path, tmp_path, path])) == 1

    @pytest.mark.parametrize("name", ["gone.ipynb", "gone.zip", "gone"])
    def test_a_path_that_is_not_there(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(FindError, match=f"{name}: No such file"):
            find_submissions([tmp_path / name])

    @pytest.mark.parametrize(
        ("name", "content", "says"),
        [
            ("empty.zip", make_zip({}), "holds no notebook"),
            ("text.zip", b"hello", "is not a zip"),
            ("cut.zip", make_zip({"a.ipynb": NOTEBOOK * 50})[:60], "is not a zip"),
            ("other.zip", make_zip({"a.pdf": b"x"}), "holds no notebook"),
            ("essay.pdf", b"x", "is no notebook"),
        ],
    )
    def test_a_typed_path_without_notebooks(
        self, tmp_path: Path, name: str, content: bytes, says: str
    ) -> None:
        with pytest.raises(FindError, match=says):
            find_submissions([write(tmp_path / name, content)])

    def test_an_empty_folder(self, tmp_path: Path) -> None:
        with pytest.raises(FindError, match="holds no notebook"):
            find_submissions([tmp_path])

    def test_a_pipe_is_refused_without_opening(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.ipynb")
        write(tmp_path / "jane.ipynb")
        start = time.monotonic()
        found = by_student(find_submissions([tmp_path]))
        with pytest.raises(FindError, match="pipe"):
            find_submissions([tmp_path / "pipe.ipynb"])
        assert time.monotonic() - start < 2
        assert "pipe" in found["pipe"]
        assert found["jane"] == ""

    def test_links_out_of_the_folder_are_not_followed(self, tmp_path: Path) -> None:
        write(tmp_path / "secret/key.ipynb", b"the key")
        folder = tmp_path / "class"
        write(folder / "jane.ipynb")
        (folder / "bob.ipynb").symlink_to(tmp_path / "secret/key.ipynb")
        (folder / "eve.zip").symlink_to(tmp_path / "secret/key.ipynb")
        (folder / "loop.ipynb").symlink_to(folder / "loop.ipynb")
        (folder / "all").symlink_to(tmp_path)
        (folder / "amy.ipynb").symlink_to(folder / "jane.ipynb")
        found = {one.student: one for one in find_submissions([folder])}
        for name in ("bob", "eve", "loop"):
            assert "link" in found[name].problem
            assert found[name].content == b""
        assert found["amy"].content == NOTEBOOK
        assert set(found) == {"bob", "eve", "loop", "amy", "jane"}

    def test_a_giant_is_refused_unread(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(archive, "NOTEBOOK_BYTES", 1000)
        write(tmp_path / "big.ipynb", b"x" * 1001)
        write(tmp_path / "small.ipynb", b"x" * 1000)
        found = by_student(find_submissions([tmp_path]))
        assert "larger than" in found["big"]
        assert found["small"] == ""

    def test_all_together_have_a_limit(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(archive, "TOTAL_BYTES", 1500)
        for name in "abc":
            write(tmp_path / f"{name}.ipynb", name.encode() * 700)
        found = by_student(find_submissions([tmp_path]))
        assert (found["a"], found["b"]) == ("", "")
        assert "several runs" in found["c"]


class TestZips:
    def test_a_class_export(self, tmp_path: Path) -> None:
        path = write(
            tmp_path / "class.zip",
            make_zip(
                {
                    "b.ipynb": NOTEBOOK,
                    "a/x.ipynb": NOTEBOOK,
                    ".ipynb_checkpoints/b-checkpoint.ipynb": NOTEBOOK,
                    "b-checkpoint.ipynb": NOTEBOOK,
                    "__MACOSX/._b.ipynb": NOTEBOOK,
                    "readme.txt": b"",
                }
            ),
        )
        ignored: list[str] = []
        found = find_submissions([path], ignored=ignored)
        assert [one.path for one in found] == [f"{path}/a/x.ipynb", f"{path}/b.ipynb"]
        assert ignored == [f"{path}/readme.txt"]
        assert found[0].when == time.mktime((2026, 3, 1, 12, 0, 0, 0, 0, -1))

    def test_zips_in_a_zip(self, tmp_path: Path) -> None:
        jane = make_zip({"01_logic_gates.ipynb": NOTEBOOK})
        deep = make_zip({"deeper.zip": jane})
        path = write(
            tmp_path / "class.zip",
            make_zip({"jane.zip": jane, "amy.zip": make_zip({}), "bob.zip": b"x", "d.zip": deep}),
        )
        found = find_submissions([path], stage="01_logic_gates")
        problems = {one.student: one.problem for one in found}
        assert problems["jane"] == ""
        assert "without a notebook" in problems["amy"]
        assert "not a zip" in problems["bob"]
        assert "not opened" in problems["deeper"]

    def test_a_damaged_zip_among_others(self, tmp_path: Path) -> None:
        whole = make_zip({"x.ipynb": os.urandom(5000)})
        write(tmp_path / "cut.zip", whole[:2000])
        broken = bytearray(whole)
        broken[1000:1100] = bytes(100)
        write(tmp_path / "crc.zip", bytes(broken))
        write(tmp_path / "jane.ipynb")
        found = find_submissions([tmp_path])
        problems = {one.path.removeprefix(f"{tmp_path}/"): one.problem for one in found}
        assert "not a zip" in problems["cut.zip"]
        assert "damaged" in problems["crc.zip/x.ipynb"]
        assert problems["jane.ipynb"] == ""

    def test_names_that_climb_stay_data(self, tmp_path: Path) -> None:
        names = [
            "../up.ipynb",
            "/root.ipynb",
            "C:\\win\\dos.ipynb",
            "a/../../b.ipynb",
            "\x1b[2J.ipynb",
        ]
        path = write(tmp_path / "class.zip", make_zip(dict.fromkeys(names, NOTEBOOK)))
        found = find_submissions([path])
        assert sorted(one.path.removeprefix(f"{path}/") for one in found) == [
            "?[2J.ipynb",
            "a/b.ipynb",
            "root.ipynb",
            "up.ipynb",
            "win/dos.ipynb",
        ]
        assert sorted(p.name for p in tmp_path.iterdir()) == ["class.zip"]

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_entries_of_one_name_are_both_there(self, tmp_path: Path) -> None:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            target.writestr("a.ipynb", b"1")
            target.writestr("a.ipynb", b"2")
        path = write(tmp_path / "class.zip", buffer.getvalue())
        found = find_submissions([path])
        assert [one.path for one in found] == [f"{path}/a.ipynb", f"{path}/a.ipynb (2)"]
        assert {one.content for one in found} == {b"1", b"2"}

    def test_links_and_passwords_are_refused(self, tmp_path: Path) -> None:
        link = zipfile.ZipInfo("link.ipynb")
        link.external_attr = 0o120777 << 16
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as target:
            target.writestr(link, "/etc/passwd")
            target.writestr("locked.ipynb", NOTEBOOK)
        data = bytearray(buffer.getvalue())
        at = data.rfind(b"PK\x01\x02")
        data[at + 8] |= 1
        data[data.find(b"PK\x03\x04", 10) + 6] |= 1
        found = by_student(find_submissions([write(tmp_path / "c.zip", bytes(data))]))
        assert "link" in found["link"]
        assert "encrypted" in found["locked"]

    def test_bombs(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "NOTEBOOK_BYTES", 20 * archive.MIB)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as target:
            target.writestr("bomb.ipynb", bytes(18 * archive.MIB))
            target.writestr("big.ipynb", os.urandom(64) + bytes(21 * archive.MIB), 8)
            target.writestr("jane.ipynb", NOTEBOOK)
        path = write(tmp_path / "c.zip", buffer.getvalue())
        found = by_student(find_submissions([path]))
        assert "unpacks from" in found["bomb"]
        assert "larger than" in found["big"]
        assert found["jane"] == ""

    def test_a_size_that_lies_is_cut(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "NOTEBOOK_BYTES", 10_000)
        data = bytearray(make_zip({"liar.ipynb": bytes(1_000_000)}))
        central = data.rfind(b"PK\x01\x02")
        data[central + 24 : central + 28] = struct.pack("<I", 100)
        (one,) = find_submissions([write(tmp_path / "c.zip", bytes(data))])
        assert one.problem
        assert one.content == b""

    def test_a_students_bomb_costs_the_others_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(archive, "ZIP_BYTES", 5000)
        monkeypatch.setattr(archive, "TOTAL_BYTES", 12_000)
        bomb = make_zip({f"{i}.ipynb": os.urandom(900) for i in range(20)})
        path = write(tmp_path / "c.zip", make_zip({"a.zip": bomb[:], "jane.ipynb": NOTEBOOK}))
        monkeypatch.setattr(archive, "TOTAL_BYTES", len(bomb) + 6000)
        found = find_submissions([path])
        assert found[-1].student == "jane"
        assert found[-1].problem == ""
        assert any("several runs" in one.problem for one in found)

    @given(st.binary(max_size=300))
    def test_any_bytes_are_an_answer(self, noise: bytes) -> None:
        whole = make_zip({"a.ipynb": NOTEBOOK, "b.zip": noise})
        for data in (noise, whole[: len(noise)], whole[:80] + noise + whole[80:]):
            try:
                entries = list(archive.read_zip(data, archive.Budget(10**6), []))
            except archive.BadArchive:
                continue
            assert all(entry.content or entry.problem or entry.name for entry in entries)


ROSTER = """student,email,login,name,section
s001,jane.doe@uni.edu,doejane,Jane Doe,A
s002,bob@uni.edu,bob,Bob Roe,A
s003,mei@uni.edu,mei,王小明,B
s004,ann@uni.edu,ann,Ann Lee,B
s005,ann2@uni.edu,ann2,Ann Lee,B
12345,x@uni.edu,xx,Zoë Ng,C
"""


class TestRoster:
    @pytest.mark.parametrize(
        ("path", "student"),
        [
            ("s001.ipynb", "s001"),
            ("S001.ipynb", "s001"),
            ("jane.doe@uni.edu.ipynb", "s001"),
            ("doejane_99_67890_01_logic_gates.ipynb", "s001"),
            ("doejane_LATE_99_67890_01_logic_gates.ipynb", "s001"),
            ("Jane Doe_777_assignsubmission_file_/01_logic_gates.ipynb", "s001"),
            ("Doe, Jane/x.ipynb", "s001"),
            ("王小明_777_assignsubmission_file_/x.ipynb", "s003"),
            ("zz_12345_67890_01_logic_gates.ipynb", "12345"),
            ("Ann Lee_1/x.ipynb", None),
            ("Ann Lee_1/s005.ipynb", "s005"),
            ("s001_and_s002.ipynb", None),
            ("s001 Bob Roe.ipynb", "s002"),
            ("s0011.ipynb", None),
            ("nobody.ipynb", None),
            ("A/x.ipynb", None),
        ],
    )
    def test_match(self, tmp_path: Path, path: str, student: str | None) -> None:
        class_list = load_roster(roster(tmp_path, ROSTER))
        assert class_list.match(path, "01_logic_gates") == student

    def test_the_stages_own_words_name_nobody(self, tmp_path: Path) -> None:
        text = "student,last\ns1,Gates\n01,Other\n"
        class_list = load_roster(roster(tmp_path, text))
        assert class_list.match("x_01_logic_gates.ipynb", "01_logic_gates") is None
        assert class_list.match("Gates_01_logic_gates.ipynb", "01_logic_gates") == "s1"

    def test_a_short_id_matches_whole_names_only(self, tmp_path: Path) -> None:
        class_list = load_roster(roster(tmp_path, "student\n1\n2\n"))
        assert class_list.match("jane (1).ipynb") is None
        assert class_list.match("1.ipynb") == "1"
        assert class_list.match("2/x.ipynb") == "2"

    def test_the_folder_that_was_typed_may_name_the_student(self, tmp_path: Path) -> None:
        class_list = load_roster(roster(tmp_path, ROSTER))
        path = write(tmp_path / "subs/s002/01_logic_gates.ipynb")
        for typed in (path, path.parent, tmp_path / "subs"):
            (one,) = find_submissions([typed], class_list, stage="01_logic_gates")
            assert one.student == "s002"

    def test_a_tie_keeps_the_stem(self, tmp_path: Path) -> None:
        class_list = load_roster(roster(tmp_path, ROSTER))
        (one,) = find_submissions([write(tmp_path / "s001_s002.ipynb")], class_list)
        assert (one.student, one.problem) == ("s001_s002", "")

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("", "is empty"),
            ("id,name\n1,a\n", r"row 1: has no column 'student' \(found: id, name\)"),
            ("student,name\n,Jane\n", "row 2: has no student id"),
            ("student\na\nb\na\n", "row 4: student 'a' is also in row 2"),
            ("student\na,b\n", "row 2: has 2 cells, the header 1"),
            ('student\n"a\n', "is not CSV"),
            ("student\n", "lists no students"),
        ],
    )
    def test_errors_name_file_and_row(self, tmp_path: Path, text: str, says: str) -> None:
        with pytest.raises(RosterError, match=rf"roster\.csv.*{says}"):
            load_roster(roster(tmp_path, text))

    def test_not_text(self, tmp_path: Path) -> None:
        with pytest.raises(RosterError, match="UTF-8"):
            load_roster(write(tmp_path / "r.csv", "student\nZoë\n".encode("latin-1")))
        with pytest.raises(RosterError, match="cannot be read"):
            load_roster(tmp_path / "gone.csv")

    def test_spreadsheets_marks(self, tmp_path: Path) -> None:
        text = "\ufeffStudent;name\r\n s1 ;Doe, Jane\r\n;\r\n"
        class_list = load_roster(roster(tmp_path, text))
        assert class_list.students == ("s1",)
        assert class_list.match("jane_doe.ipynb") == "s1"

    @given(
        st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=8),
        st.text(max_size=60),
    )
    def test_any_path_has_an_answer(
        self, tmp_path_factory: pytest.TempPathFactory, ids: list[str], path: str
    ) -> None:
        ids = sorted({one.strip() for one in ids if words(one)})
        ids = [
            one
            for one in ids
            if not set(one) & set('"\r\n\x00\x1c\x1d\x1e\x85\u2028\u2029\x0b\x0c')
        ]
        if not ids:
            return
        file = tmp_path_factory.mktemp("r") / "roster.csv"
        file.write_text("student\n" + "".join(f'"{one}"\n' for one in ids), encoding="utf-8")
        class_list = load_roster(file)
        assert class_list.match(path) in {None, *class_list.students}
        for one in class_list.students:
            alone = [other for other in class_list.students if words(other) == words(one)]
            if len(alone) == 1 and "/" not in one:
                assert class_list.match(f"{one}.ipynb") == one


class TestNames:
    def test_everybodys_file_has_one_name(self, tmp_path: Path) -> None:
        for folder in ("jane", "bob"):
            write(tmp_path / folder / "01_logic_gates (1).ipynb")
        write(tmp_path / "amy.zip", make_zip({"01_logic_gates.ipynb": NOTEBOOK}))
        found = find_submissions([tmp_path], stage="01_logic_gates")
        assert [one.student for one in found] == ["amy", "bob", "jane"]
        (alone,) = find_submissions(
            [tmp_path / "jane/01_logic_gates (1).ipynb"], stage="01_logic_gates"
        )
        assert alone.student == "01_logic_gates (1)"

    @given(st.text())
    def test_printable(self, text: str) -> None:
        shown = printable(text)
        assert len(shown) == len(text)
        assert shown == printable(shown)
        shown.encode("utf-8")
        assert "\x1b" not in shown
        assert "\n" not in shown

    @given(st.text(min_size=1).filter(lambda name: "\x00" not in name))
    def test_zip_names_are_relative(self, name: str) -> None:
        try:
            info = zipfile.ZipInfo(name)
        except UnicodeError:
            return
        parts = archive.safe_name(info).split("/")
        assert parts
        assert not {"", ".", ".."} & set(parts)

    def test_undecodable_names_are_shown(self, tmp_path: Path) -> None:
        path = os.fsencode(tmp_path) + b"/j\xe9.ipynb"
        Path(os.fsdecode(path)).write_bytes(NOTEBOOK)
        (one,) = find_submissions([tmp_path])
        assert one.path.endswith("/j?.ipynb")
        assert one.student == "j?"
        assert find.printable(one.path) == one.path
