"""The import contracts of pyproject.toml."""

from pathlib import Path

from importlinter.cli import lint_imports


def test_no_package_imports_one_above_it(monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[1])
    assert lint_imports(no_cache=True) == 0
