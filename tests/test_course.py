"""course.toml: what is read, and what an error says."""

from __future__ import annotations

import pytest

from autograder.course import CourseError, LimitsConfig, find_root, load_course, resolve_stage
from autograder.grading.stage import Limits

GOOD = """\
[course]
title = "T"
term = "2026"
timezone = "Europe/Berlin"

[stages.01_one]
title = "One"

[stages.04_four]
title = "Four"
weight = 2
opens = 2026-09-14
due = 2026-09-21T23:59:00
imports = ["numpy", "sklearn.datasets"]
datasets = ["a.csv"]
gpu = "optional"

[stages.04_fourier]
title = "Fourier"
limits = {cpu_seconds = 90, memory_mib = 2048}
"""


def course_at(tmp_path, text=GOOD):
    (tmp_path / "datasets").mkdir(exist_ok=True)
    (tmp_path / "datasets" / "a.csv").write_text("a\n1\n")
    (tmp_path / "course.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_good_file(tmp_path):
    course = load_course(course_at(tmp_path))
    assert list(course.stages) == ["01_one", "04_four", "04_fourier"]
    assert course.stages["01_one"].limits.limits() == Limits()
    assert course.stages["04_fourier"].limits.limits() == Limits(cpu_seconds=90, memory_mib=2048)
    assert course.stages["04_four"].imports == ("numpy", "sklearn.datasets")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "T"\n', "", "course.title: found nothing; allowed: a text in quotes"),
        ('"T"', "3", "course.title: found 3; allowed: a text in quotes"),
        ("Berlin", "Bärlin", "course.timezone: found 'Europe/Bärlin'; allowed: an IANA time zone"),
        ("[stages.01_one]", "[stages.one]", "stages.one: found the name 'one'; allowed: like 01_"),
        ('"One"', '"One"\nwieght = 3', 'stages."01_one".wieght: found an unknown key; allowed: ti'),
        ('"T"', '"T"\ncolour = 1', "course.colour: found an unknown key; allowed: title, term, t"),
        ("weight = 2", "weight = 0", 'stages."04_four".weight: found 0; allowed: a number above 0'),
        ("weight = 2", 'weight = "x"', "weight: found 'x'; allowed: a number above 0"),
        ("= 2026-09-14\n", '= "soon"\n', "opens: found 'soon'; allowed: a date or a date with"),
        ("09-21", "09-11", "due: found 2026-09-11 23:59:00; allowed: a time after opens, 2026-09"),
        ('"sklearn.datasets"', '"os; x"', "imports[1]: found 'os; x'; allowed: module names"),
        ('["numpy", "sklearn.datasets"]', '"numpy"', "imports: found 'numpy'; allowed: module nam"),
        ('"a.csv"', '"b.csv"', "datasets[0]: found 'b.csv'; allowed: a file in datasets/"),
        ('"optional"', '"yes"', 'gpu: found \'yes\'; allowed: "no" or "optional"'),
        (
            "2048",
            "1.5",
            "limits.memory_mib: found 1.5; allowed: mebibytes, a whole number",
        ),
        (
            "2048",
            "true",
            "limits.memory_mib: found True; allowed: mebibytes, a whole number",
        ),
        ("memory_mib", "ram", "limits.ram: found an unknown key; allowed: cpu_seconds, cell_sec"),
    ],
)
def test_an_error_names_the_key_what_was_found_and_what_is_allowed(tmp_path, old, new, says):
    assert old in GOOD
    root = course_at(tmp_path, GOOD.replace(old, new))
    with pytest.raises(CourseError) as caught:
        load_course(root)
    first, line, last = str(caught.value).splitlines()
    assert says in line
    assert first.startswith(str(root / "course.toml"))
    assert last.startswith("Mend")


def test_every_wrong_key_has_its_line(tmp_path):
    text = GOOD.replace('title = "T"\n', "").replace("weight = 2", "weight = -2\nx = 1")
    with pytest.raises(CourseError) as caught:
        load_course(course_at(tmp_path, text))
    assert len(str(caught.value).splitlines()) == 5


@pytest.mark.parametrize("text", ["[course", "", "course = 3", "stages = []"])
def test_no_course_at_all(tmp_path, text):
    with pytest.raises(CourseError, match=r"course.toml is not"):
        load_course(course_at(tmp_path, text))


def test_no_file(tmp_path):
    with pytest.raises(CourseError, match="does not exist"):
        load_course(tmp_path)


def test_find_root_walks_up(tmp_path):
    root = course_at(tmp_path)
    (root / "a" / "b").mkdir(parents=True)
    assert find_root(root / "a" / "b") == root.resolve()
    (root / "course.toml").unlink()
    with pytest.raises(CourseError, match="No course here"):
        find_root(root / "a" / "b")


def test_resolve_stage(tmp_path):
    course = load_course(course_at(tmp_path))
    assert resolve_stage(course, "01") == "01_one"
    assert resolve_stage(course, "04_four") == "04_four"
    assert resolve_stage(course, "04_fouri") == "04_fourier"
    with pytest.raises(CourseError, match="the start of 2 stages: 04_four, 04_fourier"):
        resolve_stage(course, "04")
    for text in ("99", "", "1"):
        with pytest.raises(CourseError, match="This course has: 01_one, 04_four, 04_fourier"):
            resolve_stage(course, text)


def test_every_limit_can_be_set():
    assert set(LimitsConfig.model_fields) == set(Limits.__struct_fields__)


def test_the_real_file():
    course = load_course(find_root())
    assert {"01_logic_gates", "05_backprop_by_hand"} <= set(course.stages)
