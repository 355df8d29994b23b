"""Texts are translated when they are shown, in the language of the request."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
# The functions of django.utils.translation that translate at once.
EAGER = {"gettext", "ngettext", "pgettext", "npgettext"}


def calls_at_import(node: ast.AST) -> Iterator[ast.Call]:
    """Yield the calls that run when a module is imported: those outside functions."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from calls_at_import(child)


def eager_names(tree: ast.Module) -> set[str]:
    """Return the names by which a module calls the functions of EAGER."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in EAGER
    }


def test_no_module_translates_text_when_it_is_imported():
    translating_modules = 0
    for path in sorted((ROOT / "minutes").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = eager_names(tree)
        translating_modules += bool(names)
        for call in calls_at_import(tree):
            is_eager = isinstance(call.func, ast.Name) and call.func.id in names
            assert not is_eager, f"{path}:{call.lineno}: use gettext_lazy"
    assert translating_modules
