"""Memory is what processes really hold, together and once; a wall limit holds in compiled code."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest
from stages import grade_files, notebook, scores, write_stage

from autograder.grading import usage
from autograder.grading.stage import Limits

MIB = 1 << 20

# Each holds 200 MiB and says so; ``torch`` and ``numpy`` come with memory of their own.
HOLDERS = {
    "bytes": "kept = b'x' * (200 << 20)",
    "numpy": "import numpy as np\nkept = np.ones(25 << 20)",
    "torch": "import torch\nkept = torch.ones(50 << 20)",
    "an anonymous mapping": """
        import mmap
        kept = mmap.mmap(-1, 200 << 20)
        kept.write(bytes(len(kept)))
    """,
    "memfd, mapped": """
        import mmap, os
        fd = os.memfd_create("kept")
        os.truncate(fd, 200 << 20)
        kept = mmap.mmap(fd, 200 << 20)
        kept.write(b'x' * len(kept))
    """,
    "shared memory": """
        from multiprocessing.shared_memory import SharedMemory
        kept = SharedMemory(create=True, size=200 << 20)
        kept.buf[:] = b'x' * (200 << 20)
        kept.unlink()
    """,
    "four processes, 50 MiB each": """
        import os, time
        for _ in range(4):
            if os.fork() == 0:
                kept = b'x' * (50 << 20)
                os.write(1, b"holds\\n")
                time.sleep(60)
    """,
    "five processes that share 200 MiB": """
        import mmap, os, time
        kept = mmap.mmap(-1, 200 << 20)
        kept.write(b'x' * len(kept))
        for _ in range(4):
            if os.fork() == 0:
                sum(kept[::4096])
                os.write(1, b"holds\\n")
                time.sleep(60)
    """,
    "five processes, 200 MiB from before the fork": """
        import os, time
        kept = b'x' * (200 << 20)
        for _ in range(4):
            if os.fork() == 0:
                sum(kept[::4096])
                os.write(1, b"holds\\n")
                time.sleep(60)
    """,
}  # fmt: skip


def held(code: str) -> float:
    """Return the MiB that a process tree holds once it has said that it does."""
    forks = 4 if "os.fork" in code else 0
    source = textwrap.dedent(code) + "\nimport os, time\nos.write(1, b'holds\\n')\ntime.sleep(60)\n"
    process = subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        for _ in range(forks + 1):
            assert process.stdout.readline() == "holds\n"
        return usage.memory_bytes(usage.tree(process.pid), enough=0) / MIB
    finally:
        usage.kill_tree(process.pid)
        process.wait()


@pytest.fixture(scope="module")
def empty() -> dict[str, float]:
    """What the interpreter and its libraries hold by themselves, in MiB."""
    return {name: held(f"import {name}") for name in ("os", "numpy", "torch")}


@pytest.mark.parametrize("name", HOLDERS)
def test_what_is_held_is_what_is_counted(name, empty):
    own = empty.get(name, empty["os"])
    assert held(HOLDERS[name]) - own == pytest.approx(200, abs=45)


# ---- the same inside the sandbox: 200 MiB is too much, 60 MiB is not ----

LIMITS = Limits(
    cpu_seconds=8, cell_seconds=1, case_seconds=0.5, wall_factor=2, memory_mib=150, disk_mib=100
)
SLEEP = "\nimport time\ntime.sleep({seconds})"
ROUTES = {
    "numpy": "import numpy as np\nkept = np.ones({mib} << 17)",
    "bytes": "kept = b'x' * ({mib} << 20)",
    "processes": """
import os, time
for _ in range(4):
    if os.fork() == 0:
        kept = b'x' * ({mib} << 18)
        time.sleep(60)
""",
    "files in memory": """
for place in ("/tmp", "/dev/shm"):
    with open(place + "/kept", "wb") as file:
        file.write(bytes({mib} << 19))
""",
    "removed files in memory": """
import os
kept = []
for place in ("/tmp", "/dev/shm"):
    kept.append(open(place + "/kept", "wb", buffering=0))
    kept[-1].write(bytes({mib} << 19))
    os.unlink(place + "/kept")
""",
}
C_CALLS = {
    "a product of matrices": """
import numpy as np
x = np.ones((600, 600))
np.einsum("ij,jk,kl->il", x, x, x)
""",
    "time.sleep": "import time\ntime.sleep(600)",
    "a huge power": "7 ** 10**9",
    "a regular expression": "import re\nre.match('(a*)*b', 'a' * 99)",
    "signals that are held": """
import signal
for s in set(signal.Signals) - {9, 19}:
    signal.signal(s, lambda *_: None)
while True:
    pass
""",
}
RIGHT = "def f(x):\n    return 2 * x"


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    stage = write_stage(
        tmp_path_factory.mktemp("limits") / "limits",
        {"q1": [("twice", True, 1.0, "def t(f):\n    assert f(2) == 4")]},
        limits=LIMITS,
    )
    books = {
        f"{route}, {mib}": code.format(mib=mib) + SLEEP.format(seconds=60 if mib == 200 else 0.2)
        for route, code in ROUTES.items()
        for mib in (60, 200)
    }
    books |= C_CALLS | {"nothing": "pass"}
    files = [notebook(RIGHT, code, "grader.check('q1')") for code in books.values()]
    return dict(zip(books, grade_files(stage, *files), strict=True))


@pytest.mark.parametrize("route", ROUTES)
def test_memory_over_the_limit_stops_the_cell(graded, route):
    result = graded[f"{route}, 200"]
    # Python itself may notice first, and raises MemoryError; then the cell just ends.
    stopped = result.status == "memory" and "150 MiB" in result.message
    assert stopped or (route in ("numpy", "bytes") and result.status == "graded")
    assert scores(result) == {"q1": 1}


@pytest.mark.parametrize("route", ROUTES)
def test_memory_under_the_limit_is_nobodys_business(graded, route):
    result = graded[f"{route}, 60"]
    assert (result.status, result.message) == ("graded", "")


@pytest.mark.parametrize("call", C_CALLS)
def test_a_limit_holds_in_compiled_code(graded, call):
    result = graded[call]
    assert result.status == "timeout"
    assert "cell 2 was stopped: it ran longer than 1 s of CPU time or 2 s" in result.message
    assert scores(result) == {"q1": 1}
    # The cell's wall limit, and what else there is to do.
    assert result.seconds < 2 + 2 + graded["nothing"].seconds
