"""The most memory that a process tree holds at once, sampled from outside."""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
from collections.abc import Iterator

from autograder.grading.usage import memory_bytes, tree

_EVERY_SECONDS = 0.01


class Peak:
    """The result of ``sampled``: mebibytes, shared pages counted once."""

    mib: float = 0.0


@contextlib.contextmanager
def sampled(root: int, excluded: tuple[int, ...] = ()) -> Iterator[Peak]:
    """Sample root and its descendants while the block runs, bar the excluded and theirs."""
    command = [sys.executable, "-m", "autograder.bench.peak", str(root), *map(str, excluded)]
    sampler = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    )
    assert sampler.stdout is not None
    sampler.stdout.readline()
    peak = Peak()
    try:
        yield peak
    finally:
        said, _ = sampler.communicate("")
        peak.mib = round(float(said) / (1024 * 1024), 1)


def main(root: int, excluded: set[int]) -> None:
    """Sample until stdin closes, then print the largest sum in bytes."""
    excluded |= {os.getpid()}
    print("ready", flush=True)
    largest = 0
    while not select.select([sys.stdin], [], [], _EVERY_SECONDS)[0]:
        left_out = {pid for branch in excluded for pid in tree(branch)}
        pids = [pid for pid in tree(root) if pid not in left_out]
        largest = max(largest, memory_bytes(pids, 0))
    print(largest)


if __name__ == "__main__":
    main(int(sys.argv[1]), {int(argument) for argument in sys.argv[2:]})
