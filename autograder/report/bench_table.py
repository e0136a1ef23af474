"""The bench's figures on the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.bench.measure import Bench


def print_bench(console: Console, bench: Bench) -> None:
    """Print three lines a stage, seconds a submission, and what they come to."""
    table = Table(box=None, pad_edge=False)
    table.add_column("stage")
    table.add_column("")
    for heading in ("median", "min", "max", "peak MiB"):
        table.add_column(heading, justify="right")
    for stage in bench.stages:
        rows = (("ours", stage.ours), ("otter run", stage.otter_run), ("floor", stage.limit))
        for name, spread in rows:
            seconds = (f"{value:.3f} s" for value in (spread.median, spread.min, spread.max))
            table.add_row(
                stage.id if name == "ours" else "", name, *seconds, f"{spread.peak_mib:.0f}"
            )
    console.print(table)
    for stage in bench.stages:
        console.print(
            Text(
                f"{stage.id}: {stage.submissions} submissions, one worker; we add "
                f"{stage.overhead_ms:.0f} ms to the floor (median of pairs); "
                f"otter run takes {stage.ratio_otter:g} times as long"
            )
        )
