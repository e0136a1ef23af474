"""mistakes.py and alternatives.py, read as source and never imported."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from autograder.authoring.compose import ComposeError, changed_cells, compose
from autograder.authoring.errors import AuthoringError
from autograder.authoring.source import bound_names, free_names, lines_of

__all__ = ["Catalogue", "Variant", "dump_catalogue", "read_catalogue"]

Kind = Literal["mistake", "alternative"]

EXAMPLE = {
    "mistake": '@mistake("q1", id="fires_at_zero", advice="Look at what happens at exactly 0.")',
    "alternative": '@alternative("q1", id="loops")',
}


@dataclass
class Variant:
    """A mistake or an alternative: what replaces which of the key's definitions.

    ``definitions`` maps a name to the source of its function, class or assignment; ``advice`` is
    empty for an alternative.
    """

    question: str
    id: str
    advice: str
    definitions: dict[str, str] = field(default_factory=dict)


@dataclass
class Catalogue:
    """All variants of a stage."""

    mistakes: list[Variant]
    alternatives: list[Variant]


def read_catalogue(
    folder: Path, names: Mapping[str, set[str]], known: Collection[str] = ()
) -> Catalogue:
    """Read the two files of a stage's folder; a missing file is an empty one.

    Parameters
    ----------
    folder : Path
        ``solutions/<stage>``.
    names : mapping of str to set of str
        The stage's questions, and the names that the key of each defines.
    known : collection of str
        All names that the notebook defines; a definition may use no others.

    Raises
    ------
    AuthoringError
        Naming file and line of what cannot be used.
    """
    return Catalogue(
        mistakes=_read(folder / "mistakes.py", "mistake", names, known),
        alternatives=_read(folder / "alternatives.py", "alternative", names, known),
    )


def dump_catalogue(catalogue: Catalogue, key: Any) -> bytes:
    """Return catalogue.json's bytes; with each variant, the key's code cells as it changes them."""
    written = {
        kind: [_written(variant, key) for variant in variants]
        for kind, variants in vars(catalogue).items()
    }
    return (json.dumps(written, indent=1, ensure_ascii=False) + "\n").encode()


def _written(variant: Variant, key: Any) -> dict[str, Any]:
    try:
        composed = compose(key, variant.definitions, variant.question)
    except ComposeError as error:
        raise AuthoringError(
            str(error), f"{variant.id!r} of {variant.question}", "Mend it in the catalogue."
        ) from None
    return {**asdict(variant), "cells": changed_cells(key, composed)}


def _read(
    path: Path, kind: Kind, names: Mapping[str, set[str]], known: Collection[str]
) -> list[Variant]:
    """Return the variants of one file in their order."""
    if not path.is_file():
        return []
    source = path.read_text(encoding="utf-8")
    try:
        body = ast.parse(source).body
    except SyntaxError as error:
        raise AuthoringError(
            f"no Python: {error.msg}", f"{path}:{error.lineno}", "Mend this line."
        ) from None
    found: dict[tuple[str, str], Variant] = {}
    for node in body:
        where = f"{path}:{lines_of(node)[0]}"
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            if not _is_said_only(node):
                raise AuthoringError(
                    f"this is no definition with @{kind}",
                    where,
                    f"The file is read, not run: write {EXAMPLE[kind]} above a function or class; "
                    "for values, a function named variables with name = value in its body.",
                )
            continue
        marks = [one for one in node.decorator_list if _name(one) in EXAMPLE]
        if not marks:
            raise AuthoringError(
                f"{node.name} has no @{kind}",
                where,
                f"Write {EXAMPLE[kind]} above it; a helper goes inside what uses it.",
            )
        if len(marks) > 1 or _name(marks[0]) != kind:
            raise AuthoringError(
                f"{node.name} is not marked with one @{kind}", where, f"Write {EXAMPLE[kind]}."
            )
        given = _arguments(marks[0], kind, where)
        definitions = _definitions(source, node, marks[0], where)
        _add(found, given, definitions, names, where)
        used = set().union(*(free_names(text) for text in definitions.values()))
        if known and (unknown := sorted(used - set(known))):
            raise AuthoringError(
                f"{node.name} uses {unknown[0]}, which the notebook does not define",
                where,
                "Only the marked definition is taken: import or define it inside.",
            )
    return list(found.values())


def _add(
    found: dict[tuple[str, str], Variant],
    given: Variant,
    definitions: dict[str, str],
    names: Mapping[str, set[str]],
    where: str,
) -> None:
    """Add definitions to the variant that they belong to, once they are known to fit the key."""
    if given.question not in names:
        raise AuthoringError(
            f"there is no question {given.question!r}", where, f"Use one of {', '.join(names)}."
        )
    variant = found.setdefault((given.question, given.id), given)
    if variant.advice != given.advice:
        raise AuthoringError(
            f"{given.question} has two mistakes called {given.id!r}",
            where,
            "Give this one another id; definitions that belong together repeat the same advice.",
        )
    for name, source in definitions.items():
        if name in variant.definitions:
            raise AuthoringError(
                f"{given.id!r} of {given.question} defines {name} twice",
                where,
                "Give the second one another id.",
            )
        if name not in names[given.question]:
            known = ", ".join(sorted(names[given.question])) or "nothing"
            raise AuthoringError(
                f"the key of {given.question} does not define {name}",
                where,
                f"It defines: {known}.",
            )
        variant.definitions[name] = source


def _arguments(mark: ast.expr, kind: Kind, where: str) -> Variant:
    """Return a decorator's question, id and advice."""
    wanted = {"id", "advice"} if kind == "mistake" else {"id"}
    values: dict[str, str] = {}
    ok = isinstance(mark, ast.Call) and len(mark.args) == 1
    if isinstance(mark, ast.Call) and ok:
        pairs = [("question", mark.args[0]), *((k.arg or "", k.value) for k in mark.keywords)]
        for key, value in pairs:
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                values[key] = value.value
        ok = values.keys() == {"question"} | wanted and len(pairs) == len(values)
    if not ok or not all(text.strip() for text in values.values()):
        raise AuthoringError(
            f"@{kind} is not a question, {' and '.join(sorted(wanted))}, each one a plain text",
            where,
            f"Write it like {EXAMPLE[kind]}.",
        )
    if not re.fullmatch(r"[a-z][a-z0-9_]*", values["id"]):
        raise AuthoringError(
            f"the id {values['id']!r} is not snake_case", where, "Use small letters, digits and _."
        )
    return Variant(values["question"], values["id"], values.get("advice", ""))


def _definitions(
    source: str, node: ast.FunctionDef | ast.ClassDef, mark: ast.expr, where: str
) -> dict[str, str]:
    """Return the definitions that one marked function or class stands for."""
    lines = source.splitlines()
    if node.name != "variables":
        others = [one for one in node.decorator_list if one is not mark]
        above = [row for one in others for row in lines[one.lineno - 1 : one.end_lineno]]
        return {node.name: "\n".join([*above, *lines[node.lineno - 1 : node.end_lineno]])}
    found: dict[str, str] = {}
    for one in node.body:
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant):
            continue
        if not isinstance(one, ast.Assign) or len(bound_names(one)) != 1:
            raise AuthoringError(
                "a statement that is not `name = value`",
                f"{where.rpartition(':')[0]}:{one.lineno}",
                "A function named variables holds assignments of one name each.",
            )
        name = bound_names(one)[0]
        if name in found:
            raise AuthoringError(f"variables sets {name} twice", where, "Keep one of them.")
        found[name] = ast.unparse(one)
    if not found:
        raise AuthoringError("variables sets nothing", where, "Write name = value in its body.")
    return found


def _is_said_only(node: ast.stmt) -> bool:
    """Whether a statement is an import or a text, which a file may hold for its readers."""
    text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return text or isinstance(node, ast.Import | ast.ImportFrom)


def _name(decorator: ast.expr) -> str:
    """Return a decorator's name, called or not."""
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.id if isinstance(target, ast.Name) else ""
