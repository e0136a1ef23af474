"""reference.py: the key's definitions and constants, without training, figures or calls."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from autograder.authoring.errors import AuthoringError
from autograder.authoring.master import Master
from autograder.authoring.source import Definition, bound_names, free_names, parse, segment

__all__ = ["check_uses", "render_reference", "verify_module"]

PURE = {"collections", "csv", "fractions", "io", "itertools", "json", "math", "numpy", "torch"}
"""Modules whose functions may stand in a constant."""

BUILTINS = {
    *("abs", "bool", "bytes", "complex", "dict", "enumerate", "float", "frozenset", "int", "len"),
    *("list", "max", "min", "range", "reversed", "round", "set", "sorted", "str", "sum", "tuple"),
    "zip",
}
DRAWING = {"matplotlib", "seaborn", "plotly", "IPython"}
SKIPPED = {"setup"}

HEAD = '"""The key of {stage}: definitions and constants. Written by autograder build."""'


@dataclass
class _Kept:
    """What was kept so far: where each import comes from, which names are constants."""

    imports: dict[str, str]
    constants: set[str]


def render_reference(key: Any, stage_id: str) -> str:
    """Return the reference module of a key notebook."""
    kept = _Kept({}, set())
    chosen: list[tuple[ast.stmt, str]] = []
    for cell in key.cells:
        if cell.cell_type != "code" or cell.id in SKIPPED or cell.id.endswith("-check"):
            continue
        for node in parse(cell.source).body:
            if _keep(node, kept, answer="-answer-" in cell.id):
                chosen.append((node, segment(cell.source, node)))
    body = ""
    last: ast.stmt | None = None
    for node, text in chosen:
        if not isinstance(node, ast.Import | ast.ImportFrom):
            apart = isinstance(node, Definition) or isinstance(last, Definition)
            body += ("\n\n\n" if apart else "\n") + text if last is not None else text
            last = node
    used = free_names(body) if body else set()
    imports = [
        text
        for node, text in chosen
        if isinstance(node, ast.Import | ast.ImportFrom) and used & set(bound_names(node))
    ]
    parts = [HEAD.format(stage=stage_id), "\n".join(dict.fromkeys(imports)), body]
    return "\n\n".join(part for part in parts if part) + "\n"


def check_uses(master: Master, modules: dict[str, str]) -> None:
    """Fail when a hidden test uses a name that reference.py or probes.py does not have."""
    names = {
        module: {name for node in ast.parse(text).body for name in bound_names(node)}
        for module, text in modules.items()
    }
    for question in master.questions:
        for case in question.cases:
            for module, name in _attributes(case.tree(), case.free & {"reference", "probes"}):
                if name not in names.get(module, set()):
                    raise AuthoringError(
                        f"{case.function} uses {module}.{name}, which {module}.py does not have",
                        case.where,
                        "A reference holds definitions, and constants made of literals; "
                        "probes.py stands beside notebook.py.",
                    )


def verify_module(name: str, files: dict[str, bytes], where: Path) -> None:
    """Import a module in a process of its own, with nothing but the files beside it.

    Raises
    ------
    AuthoringError
        When the import fails or prints.
    """
    with TemporaryDirectory(prefix="autograder-import-") as scratch:
        for one, data in files.items():
            (Path(scratch) / one).write_bytes(data)
        code = f"import sys; sys.path.insert(0, {scratch!r}); import {name}"
        done = subprocess.run(
            [sys.executable, "-I", "-B", "-c", code],
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "KERAS_BACKEND": "torch"},  # as in the sandbox and the worker
        )
    said = (done.stderr or done.stdout).replace(scratch, "").strip()
    if done.returncode or done.stdout:
        raise AuthoringError(
            f"{name}.py does not import cleanly: {said.splitlines()[-1] if said else 'no message'}",
            str(where),
            "A module-level statement there needs what only the whole notebook has.",
        )


def _keep(node: ast.stmt, kept: _Kept, answer: bool) -> bool:
    """Return whether a top-level statement belongs to the reference, and note what it binds."""
    if isinstance(node, ast.Import | ast.ImportFrom):
        module = node.module or "" if isinstance(node, ast.ImportFrom) else None
        for one, name in zip(node.names, bound_names(node), strict=True):
            kept.imports[name] = (module or one.name).split(".")[0]
        return True
    if isinstance(node, Definition):
        kept.constants.discard(node.name)
        if any(_called(one) == "picture" for one in node.decorator_list):
            return False
        return answer or not any(
            kept.imports.get(name) in DRAWING for name in _names(ast.walk(node))
        )
    if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign) and node.value is not None:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        bases = {name for target in targets for name in _names(ast.walk(target))}
        partial = isinstance(node, ast.AugAssign) or any(
            isinstance(target, ast.Subscript | ast.Attribute) for target in targets
        )
        pure = _pure(node.value, kept, set()) and (not partial or bases <= kept.constants)
        (kept.constants.update if pure else kept.constants.difference_update)(bases)
        return pure
    kept.constants.difference_update(bound_names(node))
    return False


def _pure(node: ast.expr, kept: _Kept, local: set[str]) -> bool:
    """Return whether an expression is made of literals, constants and well-known functions."""
    if isinstance(node, ast.Constant):
        return node.value is not ...
    if isinstance(node, ast.Name):
        known = kept.constants | local | BUILTINS
        return node.id in known or kept.imports.get(node.id) in PURE
    if isinstance(node, ast.Lambda | ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
        return False
    if isinstance(node, ast.Call):
        arguments = [*node.args, *(one.value for one in node.keywords)]
        return all(_pure(one, kept, local) for one in [node.func, *arguments])
    if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp):
        inner = set(local)
        for loop in node.generators:
            if not _pure(loop.iter, kept, inner):
                return False
            inner |= set(_names(ast.walk(loop.target)))
            if not all(_pure(test, kept, inner) for test in loop.ifs):
                return False
        shown = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        return all(_pure(one, kept, inner) for one in shown)
    children = [one for one in ast.iter_child_nodes(node) if isinstance(one, ast.expr)]
    return all(_pure(one, kept, local) for one in children)


def _called(node: ast.expr) -> str:
    """Return the name of a decorator, called or not."""
    target = node.func if isinstance(node, ast.Call) else node
    return target.id if isinstance(target, ast.Name) else ""


def _names(nodes: Iterable[ast.AST]) -> list[str]:
    """Return the plain names among nodes."""
    return [node.id for node in nodes if isinstance(node, ast.Name)]


def _attributes(tree: ast.AST, modules: frozenset[str]) -> list[tuple[str, str]]:
    """Return each (module, name) that tree reads from one of the modules."""
    return [
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in modules
    ]
