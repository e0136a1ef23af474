"""Inputs that teach the tests nothing, found in what the tests really called.

A gradient test whose upstream gradient is all ones passes code that ignores it; a parameter that
had one value in every call may be ignored too; a case that asks nothing of the notebook tests
nothing.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.authoring.source import parse
from autograder.grading.diagnosis.compare import same
from autograder.grading.diagnosis.forms import Opaque
from autograder.grading.transcript import Entry, read
from autograder.wire.errors import ProtocolError

_UNSAID = Opaque("what the definition says by default")


def degenerate(
    transcripts: Mapping[str, Sequence[Entry]], sources: Sequence[str], fixed: Mapping[str, str]
) -> list[str]:
    """Return what is degenerate in a question's calls, each with what to do.

    Parameters
    ----------
    transcripts : mapping of str to sequence of Entry
        What the cases asked of the key, by case.
    sources : sequence of str
        The question's answer cells in the key.
    fixed : mapping of str to str
        Parameters that are meant to have one value, with the reason.
    """
    found = [
        f"case {case!r} asks nothing of the notebook: have it call the answer"
        for case, entries in transcripts.items()
        if not entries
    ]
    signatures = dict(_signatures(sources))
    calls: dict[str, list[dict[str, Any]]] = {}
    for entries in transcripts.values():
        for entry in entries:
            if entry.target in signatures:
                bound = _bind(entry, signatures[entry.target])
                if bound is not None:
                    calls.setdefault(entry.target, []).append(bound)
    seen = set()
    for target, bound_calls in calls.items():
        for name in signatures[target]:
            values = [call[name] for call in bound_calls if name in call]
            problem = _problem(values)
            if problem and name in fixed:
                seen.add(name)
            elif problem:
                found.append(f"{target[:-2]}: the parameter {name} {problem}")
    found += [
        f"the setting fixed names {name}, which takes several values by now: remove it there"
        for name in fixed
        if name not in seen
    ]
    return found


def _problem(values: Sequence[Any]) -> str:
    """Return what is wrong with one parameter's values over all calls."""
    # Functions and random generators cannot be compared here.
    if len(values) < 2 or any(_is_object(value) for value in values):
        return ""
    if all(same(value, values[0], 0.0) for value in values):
        return "had one value in all calls: vary it, or say why not under `fixed`"
    arrays = [_array(value) for value in values]
    constant = all(one is not None and (one.size < 2 or _is_flat(one)) for one in arrays)
    if constant and any(one is not None and one.size > 1 for one in arrays):
        return "was a constant array in all calls: draw its values from rng"
    return ""


def _is_flat(array: np.ndarray[Any, Any]) -> bool:
    return bool((array == array.flat[0]).all())


def _is_object(value: Any) -> bool:
    if isinstance(value, np.random.Generator | random.Random):
        return True
    return isinstance(value, Opaque) and value is not _UNSAID


def _array(value: Any) -> np.ndarray[Any, Any] | None:
    """Return floats as an array; None for what is no such thing."""
    if not isinstance(value, np.ndarray | list | tuple):
        return None
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind == "f" else None


def _signatures(sources: Sequence[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield each call target of the answer, and the names of its parameters."""
    for source in sources:
        for node in parse(source).body:
            if isinstance(node, ast.FunctionDef):
                yield f"{node.name}()", _parameters(node)
            elif isinstance(node, ast.ClassDef):
                for method in node.body:
                    if isinstance(method, ast.FunctionDef):
                        names = _parameters(method)[1:]
                        if method.name == "__init__":
                            yield f"{node.name}()", names
                        elif method.name == "__call__":
                            yield f"{node.name}()()", names
                        else:
                            yield f"{node.name}().{method.name}()", names


def _parameters(node: ast.FunctionDef) -> list[str]:
    arguments = node.args
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _bind(entry: Entry, names: Sequence[str]) -> dict[str, Any] | None:
    """Return the value of each parameter in one call."""
    try:
        seen = read(entry)
    except ProtocolError:
        return None
    bound = dict.fromkeys(names, _UNSAID)
    bound.update(zip(names, seen.args, strict=False))
    bound.update({name: value for name, value in seen.kwargs.items() if name in bound})
    return bound
