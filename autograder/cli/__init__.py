"""The command line: parse, call, print. Heavy modules are imported by the command that needs them.

Exit status: 0 done; 1 the thing checked is not right; 2 the call or its input is unusable.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence

import typer

from autograder.cli import bench, build, check, demo, grade, grades, validate, why

__all__ = ["app", "main"]

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

app = typer.Typer(
    name="autograder",
    help="Build the course's notebooks, prove their tests, and grade a class, isolated and fast.",
    epilog="Start with: autograder demo. Each command shows an example: autograder grade --help.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    # Plain help: it shows in a tenth of a second, and can be piped.
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="Grade a small made-up class, start to finish.")(demo.demo)
app.command(short_help="Make notebooks and tests from solutions/.")(build.build)
app.command(short_help="Prove the keys right and the tests good.")(check.check)
app.command(short_help="Grade a class.")(grade.grade)
app.command(short_help="Run a notebook's public checks.")(validate.validate)
app.command(short_help="List the grades that count.")(grades.grades)
app.command(short_help="Show the test cases behind a grade.")(why.why)
app.command(short_help="Measure grading beside otter run.")(bench.bench)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the process's exit status.

    A call that cannot be understood is one line on stderr, not a page.
    """
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows another; it does not lose the grades.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    from autograder.grading.names import printable

    words = list(sys.argv[1:] if arguments is None else arguments)
    command = typer.main.get_command(app)
    try:
        status = command.main(words or ["--help"], prog_name="autograder", standalone_mode=False)
        sys.stdout.flush()
    except typer.Abort:
        typer.echo("Interrupted.", err=True)
        return 130
    except typer.TyperException as error:
        describe = getattr(error, "format_message", error.__str__)
        known = next((f"{word} " for word in words[:1] if word in _names()), "")
        # It may quote a word that is a student's file name.
        message = printable(" ".join(describe().split()))
        message += "" if message.endswith((".", "?")) else "."
        typer.echo(f"{message} Try: autograder {known}--help", err=True)
        return 2
    except BrokenPipeError:
        # The reader of a pipe has seen enough; Python must not complain when it flushes at exit.
        _close_stdout()
        return 0
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        # Most often it is where the output goes: a log on a full disk.
        _close_stdout()
        where = f"{error.filename} cannot" if error.filename else "The output cannot"
        typer.echo(
            f"{where} be written ({error.strerror}). Make room and run the same command again; "
            "grades in the gradebook are kept.",
            err=True,
        )
        return 2
    return int(status or 0)


def _close_stdout() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _names() -> set[str]:
    return {one.callback.__name__ for one in app.registered_commands if one.callback}
