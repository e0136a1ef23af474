"""Every message that may cross, typed. Encoded values (see ``codec``) travel as ``Any``."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec


class _Message(msgspec.Struct, array_like=True, tag=True, forbid_unknown_fields=True):
    """Base: msgpack arrays whose first entry is the class name."""


# --- trusted side to runner: the trusted side drives the cells -------------------------------


class RunCell(_Message):
    """Run the cell with this number (for tracebacks); answer with CellDone."""

    number: int
    source: str


class Fork(_Message):
    """Fork a tester that serves calls on the descriptor sent along and says Hello there."""


class Branch(_Message):
    """Fork a second runner, with the notebook as it stands, that serves the descriptor."""


# --- trusted side to tester: calls ------------------------------------------------------------


class Get(_Message):
    """The value of a name in the notebook's namespace; answer Returned or, when absent, Missing."""

    name: str


class Call(_Message):
    """Call a remote object; ``changes`` are arguments changed since the last crossing."""

    handle: int
    args: list[Any]
    kwargs: dict[str, Any]
    changes: list[Any]


class Operate(_Message):
    """Apply one listed operation (len, getitem, getattr...) to a remote object."""

    handle: int
    operation: str
    args: list[Any]


class Probe(_Message):
    """Call a function of the stage's probes.py beside the student's objects."""

    name: str
    args: list[Any]
    kwargs: dict[str, Any]


class CallbackReturned(_Message):
    """A test's function, called by student code, returned this."""

    value: Any
    changes: list[Any]


class CallbackRaised(_Message):
    """A test's function, called by student code, raised an exception of this kind."""

    kind: str


# --- student side to trusted side ---------------------------------------------------------------


class Hello(_Message):
    """A process is up. The kernel attests the sender's pid, not this message."""


class CellDone(_Message):
    """A cell ran to its end or raised. Every field is the student side's word, nothing more."""

    error: str
    message: str
    line: int
    output: str


class Warned(_Message):
    """A warning that a call caused."""

    category: str
    message: str


#: How many warnings of one call are told.
MAX_WARNINGS = 20
Warnings = Annotated[list[Warned], msgspec.Meta(max_length=MAX_WARNINGS)]


class Returned(_Message):
    """A call or operation returned."""

    value: Any
    changes: list[Any]
    output: str
    warnings: Warnings


class Missing(_Message):
    """The name asked for is not in the notebook's namespace."""


class Raised(_Message):
    """A call or operation raised; ``types`` are the exception's class names, nearest first."""

    types: list[str]
    message: str
    line: str
    changes: list[Any]
    output: str
    warnings: Warnings


class CallBack(_Message):
    """Student code calls a function that it was passed."""

    callback: int
    args: list[Any]
    kwargs: dict[str, Any]
    changes: list[Any]


# --- worker to template -----------------------------------------------------------------------


class Start(_Message):
    """First message to a template: what to load, and the walls and limits of each child.

    ``walls`` are ``nested`` (namespaces of the child's own), ``shared`` (the template's, which has
    one child only), ``uid`` (the user ``uid``) or ``none``. A child reads below ``readable``.
    """

    imports: list[str]
    probes: str
    walls: str
    uid: int
    readable: list[str]
    memory_mib: int
    cpu_seconds: int
    processes: int
    output_mib: int
    disk_mib: int
    absent: list[str]


class Ready(_Message):
    """The template is up; ``threads`` must be 1, ``failures`` (of the walls' self-test) empty."""

    threads: int
    failures: list[str]


class Spawn(_Message):
    """Fork a child that serves the descriptor sent along, and works in ``folder`` if it is given.

    Without one it has a private ``/tmp``.
    """

    folder: str


ToRunner = RunCell | Fork | Branch
ToTester = Get | Call | Operate | Probe | CallbackReturned | CallbackRaised
FromRunner = Hello | CellDone
FromTester = Hello | Returned | Missing | Raised | CallBack
ToTemplate = Start | Spawn
