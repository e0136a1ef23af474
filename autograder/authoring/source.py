"""Questions about a piece of Python source: what it binds, what it uses, where it stands."""

from __future__ import annotations

import ast
import builtins
import symtable
import warnings
from functools import cache

from IPython.core.inputtransformer2 import TransformerManager

__all__ = ["bound_names", "free_names", "lines_of", "parse", "plain_python", "segment"]

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def plain_python(source: str) -> str:
    """Return a cell's source with IPython's magics and shell lines turned into Python."""
    return str(TransformerManager().transform_cell(source))


@cache
def parse(source: str) -> ast.Module:
    """Return the tree of a cell's source, magics allowed.

    Raises
    ------
    SyntaxError
        When it is no Python, even without the magics.
    """
    with warnings.catch_warnings():
        # An invalid escape in a docstring is the author's to see in the linter, not here.
        warnings.simplefilter("ignore", SyntaxWarning)
        warnings.simplefilter("ignore", DeprecationWarning)
        return ast.parse(plain_python(source))


def lines_of(node: ast.stmt) -> tuple[int, int]:
    """Return the first line (decorators included) and the last line of a statement, from 1."""
    decorators = node.decorator_list if isinstance(node, Definition) else []
    first = min([node.lineno, *(one.lineno for one in decorators)])
    return first, node.end_lineno or node.lineno


def segment(source: str, node: ast.stmt) -> str:
    """Return the lines of source that a statement covers, decorators included."""
    first, last = lines_of(node)
    return "\n".join(source.splitlines()[first - 1 : last])


def bound_names(node: ast.stmt) -> list[str]:
    """Return the names that a top-level statement binds."""
    if isinstance(node, Definition):
        return [node.name]
    if isinstance(node, ast.Import):
        return [one.asname or one.name.split(".")[0] for one in node.names]
    if isinstance(node, ast.ImportFrom):
        return [one.asname or one.name for one in node.names]
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return [
            name.id
            for target in targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        ]
    return sorted(
        {
            name.id
            for name in ast.walk(node)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
    )


def free_names(source: str) -> set[str]:
    """Return the global names that source uses and does not bind itself, builtins apart."""
    tables = [symtable.symtable(source, "<source>", "exec")]
    used: set[str] = set()
    bound = {s.get_name() for s in tables[0].get_symbols() if s.is_assigned() or s.is_imported()}
    while tables:
        table = tables.pop()
        tables.extend(table.get_children())
        for symbol in table.get_symbols():
            top = table.get_type() == "module"
            if symbol.is_referenced() and (top or symbol.is_global()):
                used.add(symbol.get_name())
    return used - bound - set(vars(builtins))
