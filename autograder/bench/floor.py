"""The floor: a bare fork of a warm process that runs a notebook's cells and its tests.

Nothing is isolated and nothing is limited, so this is for keys alone. It says what a submission
costs before any grader has added anything: the same cells, the same test files, one fork.
"""

from __future__ import annotations

import gc
import os
import sys
import time
from pathlib import Path
from typing import Any


def main(dist: Path, notebooks: list[Path]) -> None:
    """Read a number from stdin, grade that notebook in a fork, print seconds and score."""
    import importlib

    from autograder.grading.notebook import read_cells
    from autograder.grading.stage import load_stage
    from autograder.grading.tests import load_tests
    from autograder.student import otter_stub
    from autograder.student.cells import make_shell

    stage = load_stage(dist)
    tests = load_tests(stage, dist)
    for name in stage.imports:
        importlib.import_module(name)
    otter_stub.install()
    shell = make_shell()
    contents = [path.read_bytes() for path in notebooks]
    questions = tuple(question.name for question in stage.questions)
    gc.collect()
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        content = contents[int(line)]
        started = time.perf_counter()
        read, write = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                score = _run(read_cells(content, questions), tests, shell)
                os.write(write, str(score).encode())
            finally:
                os._exit(0)
        os.close(write)
        said = os.read(read, 100).decode()
        os.close(read)
        os.waitpid(pid, 0)
        print(time.perf_counter() - started, said, flush=True)


def _run(cells: list[Any], tests: dict[str, Any], shell: Any) -> float:
    """Run the cells, and each question's tests at its check cell."""
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 1)
    pyplot = sys.modules.get("matplotlib.pyplot")
    score = 0.0
    for cell in cells:
        shell.run_cell(cell.source, store_history=False)
        if pyplot is not None:
            pyplot.close("all")
        for name in cell.checks:
            tests[name].run(shell.user_ns)
            score += tests[name].score
    return score


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(argument) for argument in sys.argv[2:]])
