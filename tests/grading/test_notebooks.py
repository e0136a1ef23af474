"""Whatever a student hands in ends in the right grade, within limits, with a message that helps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import dataclass

import msgspec
import pytest
from stages import grade, grade_files, notebook, scores, submission, write_stage

from autograder.grading.batch import grade_all
from autograder.grading.stage import Limits

LIMITS = Limits(
    cpu_seconds=4, cell_seconds=0.7, case_seconds=0.4, wall_factor=3, memory_mib=200, processes=40
)
QUESTIONS = tuple(f"q{n}" for n in range(1, 7))
FULL = dict.fromkeys(QUESTIONS, 2.0)


HIDDEN = """
def hidden(f4):
    import numpy as np
    from checks import close
    x = np.arange(3.0)
    close(f4(x), 4 * x)
"""


def build(folder):
    """Six questions alike: ``f1`` to ``f6`` return their number times x."""
    return write_stage(
        folder,
        {
            f"q{n}": [
                ("of two", False, 1.0, f"def public(f{n}):\n    assert f{n}(2) == {2 * n}"),
                ("of an array", True, 1.0, HIDDEN.replace("f4", f"f{n}").replace("4 *", f"{n} *")),
            ]
            for n in range(1, 7)
        },
        limits=LIMITS,
    )


def right(n):
    return f"def f{n}(x):\n    return {n} * x"


def check(n):
    return f'grader.check("q{n}")'


def cells(**replaced):
    """Return the key's cells, with those of some questions replaced: ``q4=...``."""
    result = ["import numpy as np\nimport otter\ngrader = otter.Notebook()"]
    for n in range(1, 7):
        answer = replaced.get(f"q{n}", right(n))
        result += [*([answer] if isinstance(answer, str) else answer), check(n)]
    return result


@dataclass
class Sent:
    """A file that a student sent, and what comes of it."""

    content: bytes
    lost: tuple[str, ...] = ()  # questions that get nothing; the others get everything
    status: str = "graded"
    says: str = ""  # in the instructor's messages
    grades: dict[str, float] | None = None


def sent(*lost, status="graded", says="", grades=None, **replaced):
    return Sent(notebook(*cells(**replaced)), lost, status, says, grades)


def function(body):
    """Return f4 with this body."""
    return "def f4(x):\n" + "\n".join(f"    {line}" for line in body.splitlines())


V3 = {
    "nbformat": 3,
    "nbformat_minor": 0,
    "metadata": {"name": ""},
    "worksheets": [
        {
            "metadata": {},
            "cells": [
                {"cell_type": "code", "language": "python", "metadata": {}, "collapsed": False,
                 "outputs": [], "prompt_number": 1, "input": source}
                for source in cells()
            ],
        }
    ],
}  # fmt: skip


def tampered(**changes):
    book = json.loads(notebook(*cells()))
    book.update(changes)
    return json.dumps(book).encode()


def with_output(size):
    book = json.loads(notebook(*cells()))
    book["cells"][0]["outputs"] = [
        {"output_type": "stream", "name": "stdout", "text": ["x" * 79 + "\n"] * (size // 80)}
    ]
    return json.dumps(book).encode()


FORK_BOMB = "import os\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        pass"
SHARED = (
    "import mmap, time\nkept = [mmap.mmap(-1, 8 << 20) for _ in range(99)]\n"
    "for pages in kept:\n    pages[::4096] = b'x' * 2048"
)
MANY = (
    "import os, time\nfor _ in range(8):\n    if os.fork() == 0:\n"
    "        x = b'x' * (50 << 20)\n        time.sleep(60)\ntime.sleep(60)"
)
CRASH = "import ctypes\nctypes.string_at(0)"
LOOP = "while True:\n    pass"

# fmt: off
NOTEBOOKS = {
    # ---- what nobody should lose a point for ----
    "key": sent(),
    "starter": sent(
        *QUESTIONS, **{f"q{n}": f"def f{n}(x):\n    ..." for n in range(1, 7)}, says="got None"
    ),
    "no answers at all": Sent(notebook("1 + 1"), QUESTIONS, says="no cell of the notebook defines"),
    "checks deleted": Sent(notebook(*[c for c in cells() if "check" not in c])),
    "all in one cell": Sent(notebook("\n".join(cells()))),
    "cells reordered": Sent(
        notebook(cells()[0], check(4), *cells()[1:-2], right(6), check(6)),
    ),
    "checked before it is defined": Sent(
        notebook(*[c for c in cells() if "4" not in c], check(4), right(4)),
        ("q4",),
        says=r"`f4` is not defined at this check: cell 13, which defines it, runs later",
    ),
    "a check cell that raises waits for the end": sent(
        q4=["1 / 0\ngrader.check('q4')", right(4), "2 / 0"]
    ),
    "a doubled check cell counts as it stands last": Sent(
        notebook(*cells(q4="def f4(x):\n    return 0"), right(4), check(4))
    ),
    "a doubled check cell counts as it stands last, wrong": Sent(
        notebook(*cells(), "def f4(x):\n    return 0", check(4)), ("q4",)
    ),
    "a name used again after its check": Sent(
        notebook(*cells(), *[f"f{n} = None" for n in range(1, 7)])
    ),
    "a name used again before its check": sent("q4", q4=[right(4), "f4 = 3"], says="not callable"),
    "a name defined twice": sent(q4=["def f4(x):\n    return -1", right(4)]),
    "what a test changes stays in the test": sent(
        q1="count = [0]\ndef f1(x):\n    count[0] += 1\n    return x if count[0] <= 2 else 0",
        q2="def f2(x):\n    return 2 * x + count[0]",
    ),
    "IPython": sent(
        q1=["%matplotlib inline\n%time 1\n!echo hello\nfiles = !ls\n?print\nlen??",
            "%%time\n" + right(1), "%%bash\ntrue",
            "from IPython.display import display\ndisplay(3)",
            "%load_ext autoreload\n%autoreload 2", "%config InlineBackend.figure_format = 'svg'",
            "get_ipython().run_line_magic('matplotlib', 'inline')",
            "import asyncio\nawait asyncio.sleep(0)",
            "!pip install numpy", "_ = 3\nprint(_)\nf1?"],
    ),
    "plots": sent(
        q1=[right(1), "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
            "fig, ax = plt.subplots()\nax.plot([1])\nfig.savefig('plot.png')\nfig"]
    ),
    "otter's other methods": sent(
        q1=[right(1), "grader.check_all()\ngrader.export()\nprint(grader.check('q1'))"]
    ),
    "closed output": sent(q4=["import sys\nsys.stdout.close()\nsys.stderr = None", right(4)]),
    "silenced output": sent(q4=["import sys, os\nsys.stdout = open(os.devnull, 'w')", right(4)]),
    "threads": sent(
        q4=["from threading import Timer\nfor t in 99, 0:\n    Timer(t, exit).start()", right(4)]
    ),
    "children left behind": sent(
        q4=["from subprocess import Popen\np = [Popen(['sleep', '9']) for _ in '123']", right(4)]
    ),
    "exit() in a cell": sent(q4=[right(4), "exit()", "quit()", "import sys; sys.exit(1)"]),
    "a raised KeyboardInterrupt": sent(q4=[right(4), "raise KeyboardInterrupt"]),
    "1 GB printed": sent(
        q4=["line = 'x' * (1 << 20)\nfor _ in range(1000):\n    print(line)", right(4)]
    ),
    "1 GB printed by a test": sent(
        q4=function("for _ in range(400):\n    print('x' * (1 << 20))\nreturn 4 * x")
    ),
    "the file: format 3": Sent(json.dumps(V3).encode()),
    "the file: a kernel that nobody has": Sent(
        tampered(metadata={"kernelspec": {"name": "conda-env-nobody", "display_name": "x"}})
    ),
    "the file: no metadata, no ids": Sent(
        json.dumps(
            {"cells": [{"cell_type": "code", "source": c.splitlines(True)} for c in cells()]}
        ).encode()
    ),
    "the file: a byte-order mark": Sent(b"\xef\xbb\xbf" + notebook(*cells())),
    "the file: 30 MB of output": Sent(with_output(30_000_000)),
    # ---- what costs the one question ----
    "a syntax error": sent(
        "q4", q4="def f4(x)\n    return 4", says=r"raised SyntaxError.*\(line 1\)"
    ),
    "an error in the cell": sent(
        "q4", q4="factor = nought\n" + right(4),
        says=r"`f4` is not defined: cell 8 raised NameError: name 'nought' is not defined",
    ),
    "a wrong signature": sent(
        "q4", q4="def f4():\n    return 4", says="TypeError: .*positional argument"
    ),
    "an error in the function": sent(
        "q4", q4=function("y = 4\nreturn y / 0 * x"), says="ZeroDivision.*\n.*cell 8, line 3: r"
    ),
    "input()": sent("q4", q4=function("return float(input('x?'))"), says="input.. is not avail"),
    "SystemExit in a function": sent(
        "q4", q4=function("import sys\nsys.exit(0)"), says="your code called exit"
    ),
    "endless recursion": sent("q4", q4=function("return f4(x)"), says="RecursionError"),
    "too much to return": sent("q4", q4=function("return np.zeros(20_000_000)"), says="handed"),
    "a claim of too much": sent(
        "q4", q4=function("return np.broadcast_to(1.0, (1 << 40,))"), says="handed over"
    ),
    "100 GB asked for in a cell": sent(
        "q4", q4="big = np.ones(100 << 27)\n" + right(4), says="MemoryError"
    ),
    "100 GB asked for in a function": sent(
        "q4", q4=function("return np.ones(100 << 27)"), says="MemoryError"
    ),
    "an endless loop in a cell": sent(
        "q4", q4=right(4) + "\n" + LOOP, status="timeout", says="cell 8 was stopped: it ran"
    ),
    "an endless loop in a function": sent(
        "q4", q4=function(LOOP), status="timeout", says="the test case ran longer than 0.4 s"
    ),
    "a loop that survives exceptions": sent(
        "q4", q4=function("while True:\n    try:\n        while True:\n            pass\n"
                          "    except BaseException:\n        pass"), status="timeout",
    ),
    "a sleeper": sent(
        "q4", q4=function("import time\ntime.sleep(99)"), status="timeout", says="or 1.2 s in all"
    ),
    "an endless generator": sent("q4", q4="def f4(x):\n    while True:\n        yield 4 * x"),
    "os._exit in a cell": sent(
        "q4", q4=right(4) + "\nimport os\nos._exit(0)", status="crashed", says="cell 8 ended"
    ),
    "os._exit in a function": sent("q4", q4=function("import os\nos._exit(0)"), status="crashed"),
    "a segfault in a cell": sent("q4", q4=right(4) + "\n" + CRASH, status="crashed"),
    "a segfault in a function": sent("q4", q4=function(CRASH), status="crashed"),
    "killed by its own hand": sent(
        "q4", q4=function("import os\nos.kill(os.getpid(), 9)"), status="crashed"
    ),
    "a fork bomb in a cell": sent("q4", q4=right(4) + "\n" + FORK_BOMB, status="timeout"),
    "a fork bomb in a function": sent("q4", q4=function(FORK_BOMB), status="timeout"),
    "memory in a shared mapping is refused": sent(q4=[right(4), SHARED]),
    "memory in many processes": sent(
        "q4", q4=right(4) + "\n" + MANY, status="memory", says="200 MiB"
    ),
    "everything at once": sent(
        "q2", "q3", "q4", "q5", status="timeout",
        q2=function(LOOP).replace("f4", "f2"), q3=right(3) + "\nimport os\nos._exit(0)",
        q4=function(CRASH), q5="def f5(x)",
    ),
    # ---- what costs what comes after ----
    "over the total": sent(
        "q5", "q6", status="timeout", says="the notebook as a whole ran longer than 4 s",
        q5=["from time import process_time as t\nend = t() + 0.6\nwhile t() < end: pass"] * 9,
    ),
    # ---- what is no notebook ----
    "the file: truncated": Sent(notebook(*cells())[:900], QUESTIONS, "unreadable", "JSON ends"),
    "the file: empty": Sent(b"", QUESTIONS, "unreadable", "empty"),
    "the file: a picture": Sent(b"\x89PNG\r\n\x1a\n" + bytes(99), QUESTIONS, "unreadable", "UTF-8"),
    "the file: a list": Sent(b"[1, 2]", QUESTIONS, "unreadable", "no notebook"),
    "the file: a text": Sent(b"# my answers", QUESTIONS, "unreadable", "JSON"),
    "the file: no cells": Sent(tampered(cells=[]), QUESTIONS, "unreadable", "no code cells"),
    "the file: cells are no list": Sent(tampered(cells={}), QUESTIONS, "unreadable", "no list"),
    "the file: cells are no cells": Sent(
        tampered(cells=[1, None, {"cell_type": "code"}, {"cell_type": "code", "source": 5}]),
        QUESTIONS,
    ),
    "the file: nested too deep": Sent(b"[" * 200_000, QUESTIONS, "unreadable", "nested too deep"),
    "the file: too many cells": Sent(notebook(*["1"] * 2001), QUESTIONS, "unreadable", "2,001"),
    "the file: a broken format 3": Sent(
        b'{"nbformat": 3, "worksheets": [{"cells": 5}]}', QUESTIONS, "unreadable", "old format"
    ),
}
# fmt: on


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    return build(tmp_path_factory.mktemp("notebooks") / "alike")


@pytest.fixture(scope="module")
def graded(stage):
    results = grade_files(stage, *(one.content for one in NOTEBOOKS.values()))
    return dict(zip(NOTEBOOKS, results, strict=True))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_ends_in_the_right_grade(graded, name):
    wanted, result = NOTEBOOKS[name], graded[name]
    messages = "\n".join(
        [result.message, *(c.message for q in result.questions for c in q.cases if c.message)]
    )
    assert scores(result) == {q: 0.0 if q in wanted.lost else 2.0 for q in QUESTIONS}, messages
    assert result.status == wanted.status, messages
    assert re.search(wanted.says, messages), messages
    assert result.possible == 12


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_what_the_student_reads_is_short_and_plain(graded, name):
    result = graded[name]
    for said in [c.feedback for q in result.questions for c in q.cases] + [result.message]:
        assert len(said) < 1500
        assert all(c.isprintable() or c == "\n" for c in said)
    if NOTEBOOKS[name].status != "unreadable":
        for case in (c for q in result.questions for c in q.cases if not c.passed):
            assert case.feedback


def plain(results):
    return [msgspec.structs.replace(result, seconds=0) for result in results]


def test_again_and_side_by_side_the_grades_are_the_same(stage, graded):
    names = [
        *("key", "starter", "IPython", "exit() in a cell", "an error in the cell", "threads"),
        *("an endless loop in a function", "os._exit in a function", "the file: truncated"),
    ]
    files = [submission(NOTEBOOKS[name].content, f"s{i}") for i, name in enumerate(names)]
    for jobs in (1, 2, 2):
        results = grade_all(stage, files, jobs=jobs, sandbox="bwrap", on_result=lambda _: None)
        for name, result in zip(names, plain(results), strict=True):
            first = graded[name]
            expected = msgspec.structs.replace(
                first, seconds=0, submission=result.submission, student=result.student
            )
            assert result == expected, name


@pytest.mark.parametrize("sandbox", ["bwrap", "none"])
def test_a_set_of_words_has_the_same_order_in_every_run(tmp_path, sandbox):
    words = "list({w for w in 'the same order in every run of the grader'.split()})"
    command = [sys.executable, "-c", f"print({words})"]
    order = subprocess.run(
        command, env={"PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=True
    ).stdout.strip()
    case = f"def case(words):\n    assert words == {order}\n"
    stage = write_stage(tmp_path / "s", {"q1": [("order", True, 1, case)]})
    assert scores(grade(stage, f"words = {words}", "grader.check('q1')", sandbox=sandbox)) == {
        "q1": 1
    }
