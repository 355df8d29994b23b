"""Measures whether files say the same as the text that they were written from.

    python -m benchmarks.faithfulness [--format docx] [--verbose] FILE...

Each text is written as every format, with automatic numbers, tables and a head on each page. It is read
back, and its facts are compared with those of the text: F1 over all fields of all records.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from minutes.documents import convert
from minutes.reader import read, read_converted
from minutes.reader.records import Document, as_facts
from synthetic.files import WRITERS
from synthetic.files.layout import lay_out

SAMPLES = Path(__file__).parent.parent / "tests" / "samples"
# Not facts, or offsets in another text.
_IGNORED = frozenset({"text", "source", "warnings", "doubts", "start", "end", ".municipality.evidence"})
_SOFT_HYPHEN = "\u00ad"


def head_of(document: Document) -> str:
    """Return what an office prints on top of each page: body and day."""
    day = "-".join(reversed((document.date or "").split("-")))
    return ", ".join(part for part in (document.committee_as_printed, day) if part)


def written(text: str, kind: str, document: Document) -> bytes:
    """Return the text as a file; every other one has a table of the labels at its beginning."""
    return WRITERS[kind](lay_out(text, table_of_labels=len(text) % 2 == 0), head_of(document))


def facts_in(document: Document) -> Counter[str]:
    """Return every value of a reading with the fields that lead to it."""
    return Counter(_values(as_facts(document)))


def _values(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, field in value.items():
            if name not in _IGNORED and f"{path}.{name}" not in _IGNORED:
                yield from _values(field, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for index, element in enumerate(value):
            yield from _values(element, f"{path}[{index}]")
    elif value not in (None, ""):
        yield f"{path} = {' '.join(str(value).replace(_SOFT_HYPHEN, '').split())}"


def likeness(facts: Counter[str], others: Counter[str]) -> float:
    return 2 * sum((facts & others).values()) / max(1, sum(facts.values()) + sum(others.values()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--format", choices=[*WRITERS], action="append")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    files = options.files or sorted(SAMPLES.glob("*.txt"))
    scores: dict[str, list[float]] = {}
    for path in files:
        data = path.read_bytes()
        document = read(data, path.name)
        facts = facts_in(document)
        for kind in options.format or WRITERS:
            written_file = written(document.text, kind, document)
            again = facts_in(read_converted(convert(written_file), written_file, path.name))
            scores.setdefault(kind, []).append(likeness(facts, again))
            if options.verbose and facts != again:
                print(f"{path.name} as {kind}: {scores[kind][-1]:.4f}")
                print("   lost", json.dumps([*(facts - again)][:6], ensure_ascii=False))
                print("   new ", json.dumps([*(again - facts)][:6], ensure_ascii=False))
    for kind, values in scores.items():
        same = sum(value == 1 for value in values)
        print(f"{kind}: {sum(values) / len(values):.4f}, {same} of {len(values)} the same")


if __name__ == "__main__":
    main()
