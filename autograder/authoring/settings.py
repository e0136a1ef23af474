"""What an author says of a question, in the cell that begins it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml  # type: ignore[import-untyped]

from autograder.authoring.errors import AuthoringError

__all__ = ["Settings", "read_settings"]

KNOWN = ("name", "builds_on", "extra", "memorizable", "fixed", "several_answers")


@dataclass(frozen=True)
class Settings:
    """A question's settings; otter assign reads the name and passes over the others.

    Attributes
    ----------
    name : str
        What the question is called everywhere.
    builds_on : tuple of str
        Earlier questions whose answers this one uses.
    extra : bool
        Whether its points come on top of what a full answer earns.
    memorizable : str
        Why remembered answers may earn points here; empty where they must not.
    fixed : mapping of str to str
        A parameter's name, and why it has one value in all test calls.
    several_answers : bool
        Whether other values than the key's are right too; a wrong one is then never told by how
        it differs from the key's.
    """

    name: str
    builds_on: tuple[str, ...] = ()
    extra: bool = False
    memorizable: str = ""
    fixed: Mapping[str, str] = field(default_factory=dict)
    several_answers: bool = False


def read_settings(source: str, where: str, earlier: Collection[str]) -> Settings:
    """Read the source of a ``# BEGIN QUESTION`` cell.

    Parameters
    ----------
    source : str
        YAML; the mark itself is a comment there.
    where : str
        ``file:line`` for messages.
    earlier : collection of str
        The names of the questions above this one.

    Raises
    ------
    AuthoringError
        Naming the setting, what was found there, and what to write.
    """
    do = "Write two lines: # BEGIN QUESTION, then name: q1."
    try:
        config = yaml.safe_load(source)
    except yaml.YAMLError as error:
        _fail(where, f"the question's settings are no YAML ({error})", do)
    if not isinstance(config, dict) or not isinstance(config.get("name"), str):
        _fail(where, "the question has no name", do)
    if extra := [key for key in config if key not in KNOWN]:
        _fail(where, f"unknown setting {extra[0]!r}", f"A question has: {', '.join(KNOWN)}.")
    return Settings(
        name=_name(config["name"], where, earlier),
        builds_on=_builds_on(config.get("builds_on", []), where, earlier),
        extra=_yes_or_no("extra", config, where),
        memorizable=_memorizable(config["memorizable"], where) if "memorizable" in config else "",
        fixed=_fixed(config.get("fixed", {}), where),
        several_answers=_yes_or_no("several_answers", config, where),
    )


def _name(name: str, where: str, earlier: Collection[str]) -> str:
    """Return the question's name once it is known to be one, and no other question's."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", name):
        _fail(where, f"the question's name is {name!r}", "Use small letters and digits: q1.")
    if name in earlier:
        _fail(where, f"a second question is named {name}", "Give each its own name.")
    return name


def _builds_on(value: Any, where: str, earlier: Collection[str]) -> tuple[str, ...]:
    """Return the earlier questions that are named."""
    if not isinstance(value, list):
        _fail(where, f"builds_on is {value!r}", "Write a list of questions: builds_on: [q1, q2].")
    known = ", ".join(earlier) or "none"
    for i, name in enumerate(value):
        if name not in earlier:
            _fail(
                where,
                f"builds_on names {name!r}, which is no earlier question",
                f"The questions above this one: {known}.",
            )
        if name in value[:i]:
            _fail(where, f"builds_on names {name} twice", "Keep one of them.")
    return tuple(value)


def _memorizable(value: Any, where: str) -> str:
    """Return the reason why remembered answers are accepted."""
    if not _is_text(value):
        _fail(
            where,
            f"memorizable is {value!r}",
            'Write the reason: memorizable: "The four rows are all there is."',
        )
    return str(value).strip()


def _fixed(value: Any, where: str) -> dict[str, str]:
    """Return the reason for each parameter that has one value."""
    example = 'Write each with its reason: fixed: {epochs: "More take minutes."}.'
    if not isinstance(value, dict):
        _fail(where, f"fixed is {value!r}", example)
    for name, reason in value.items():
        if not isinstance(name, str) or not name.isidentifier():
            _fail(where, f"fixed names {name!r}, which is no parameter", example)
        if not _is_text(reason):
            _fail(where, f"fixed gives {reason!r} as the reason for {name}", example)
    return {name: reason.strip() for name, reason in value.items()}


def _yes_or_no(setting: str, config: Mapping[str, Any], where: str) -> bool:
    value = config.get(setting, False)
    if not isinstance(value, bool):
        _fail(where, f"{setting} is {value!r}", f"Write {setting}: true.")
    return value


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _fail(where: str, what: str, do: str) -> NoReturn:
    raise AuthoringError(what, where, do)
