"""Checks of the reader's facts, written one to a line: "items.#2.decision is Godkendt.".

The language is described in tests/reader_cases/README.md.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_CHECK = re.compile(
    r"((?:\[[^\]]*\]|\S)+) (is one of|is|contains|lacks|counts|names|includes|excludes)(?: (.*))?"
)
_ITEM = re.compile(r"item (\S+):")
_PARTS = re.compile(r"(?:[^.\[]|\[[^\]]*\])+")
_LITERALS = {"nothing": None, "true": True, "false": False}


@dataclass(frozen=True)
class Check:
    path: str
    operator: str
    expected: str

    def failure(self, facts: dict[str, Any]) -> str | None:
        """Return None if the facts pass, else a line that says what they are instead."""
        value = look_up(facts, self.path)
        if _PASSES[self.operator](value, self.expected):
            return None
        return f"{self.path} {self.operator} {self.expected}: it is {value!r}"


def parse_checks(text: str) -> list[Check]:
    """Return the checks of a text. Raises `ValueError` for a line that is none."""
    checks, item = [], ""
    for line in filter(str.strip, text.splitlines()):
        if heading := _ITEM.fullmatch(line):
            item = f"items.#{heading[1]}." if not heading[1].startswith("at") else f"items.{heading[1][2:]}."
            continue
        check = _CHECK.fullmatch(line.strip())
        if not check:
            raise ValueError(f"not a check: {line}")
        prefix = item if line.startswith("  ") else ""
        checks.append(Check(prefix + check[1], check[2], check[3] or ""))
    return checks


def look_up(facts: Any, path: str) -> Any:
    """Return the value at a path, a list if the path has "*", None if there is none."""
    values = [facts]
    for part in _PARTS.findall(path):
        values = [inner for value in values for inner in _step(value, part)]
    if "*" in path:
        return values
    return values[0] if values else None


def _step(value: Any, part: str) -> Iterator[Any]:
    if isinstance(value, dict):
        if "+" in part:
            entries = [entry for key in part.split("+") for entry in value.get(key) or ()]
            yield list({entry["name"]: entry for entry in entries}.values())
        elif part in value:
            yield value[part]
    elif isinstance(value, list):
        if part == "*":
            yield from value
        elif part.startswith("#"):
            yield from [entry for entry in value if entry["number"] == part[1:]][:1]
        elif part.startswith("["):
            key, _, wanted = part[1:-1].partition("=")
            yield from [entry for entry in value if str(entry.get(key)) == wanted][:1]
        elif int(part) < len(value):
            yield value[int(part)]


def _squashed(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value


def _literal(text: str) -> Any:
    if text in _LITERALS:
        return _LITERALS[text]
    return int(text) if text.isdecimal() and str(int(text)) == text else text


def _equals(value: Any, expected: str) -> bool:
    value, literal = _squashed(value), _literal(expected)
    if literal is None:
        return value is None or (isinstance(value, str | list | dict) and not [*filter(None, _flat(value))])
    return bool(value == (expected if isinstance(value, str) else literal))


def _is_one_of(value: Any, expected: str) -> bool:
    return any(_equals(value, alternative.strip()) for alternative in expected.split("|"))


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(map(_text, value))
    return str(_squashed(value or ""))


def _names(value: Any) -> Counter[str]:
    """Return the names in a list of names or records, or the keys of a mapping."""
    names = [entry["name"] if isinstance(entry, dict) else entry for entry in _flat(value)]
    return Counter(map(_squashed, names))


def _flat(value: Any) -> list[Any]:
    """Return the entries of a list, of the lists in it, or the keys of a mapping."""
    if not isinstance(value, list):
        return [*(value or ())]
    return [part for entry in value for part in (_flat(entry) if isinstance(entry, list) else [entry])]


def _expected_names(expected: str) -> Counter[str]:
    return Counter(filter(None, map(str.strip, expected.split(";"))))


_PASSES = {
    "is": _equals,
    "is one of": _is_one_of,
    "contains": lambda value, expected: expected in _text(value),
    "lacks": lambda value, expected: expected not in _text(value),
    "counts": lambda value, expected: len(value or ()) == int(expected),
    "names": lambda value, expected: _names(value) == _expected_names(expected),
    "includes": lambda value, expected: not _expected_names(expected) - _names(value),
    "excludes": lambda value, expected: not _expected_names(expected) & _names(value),
}
