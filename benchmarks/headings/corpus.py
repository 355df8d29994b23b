"""Annotated lines for the model of headings: the samples with their readings by hand."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from minutes.reader import items
from minutes.reader.decoding import decode
from minutes.reader.heading_features import candidates
from minutes.reader.headings import Own
from minutes.reader.items import ItemLines
from minutes.reader.layout import Line, lines_of
from minutes.reader.names import squash

SAMPLES = Path(__file__).resolve().parents[2] / "tests" / "samples"
# The samples that the shipped weights are trained on; those written later are for measuring.
TRAINING_SAMPLES = Path(__file__).with_name("training_samples.txt")
SECTION, DECISION, PRIOR = "section", "decision", "prior_decision"
Bodies = list[list[Line]]


@dataclass
class Annotated:
    """The bodies of a document's items and the label of each line, by (item, index)."""

    name: str
    own: Own
    bodies: Bodies
    labels: dict[tuple[int, int], str]
    missed: list[str]  # headings of the reading that no line is

    @property
    def family(self) -> str:
        """The municipality: documents of one family are alike, and are left out of training together."""
        return self.name.partition("_")[0]


def annotated(texts: Path, readings: Path) -> Iterator[Annotated]:
    """Yield the documents that have a reading by hand."""
    for path in sorted(readings.glob("*.json")):
        reading = json.loads(path.read_text(encoding="utf-8"))
        text = texts / reading.get("file", f"{path.stem}.txt")
        if text.exists():
            yield _annotated(path.stem, text.read_bytes(), reading)


def training_documents() -> list[Annotated]:
    """Return the samples that the shipped weights are trained on."""
    names = set(TRAINING_SAMPLES.read_text(encoding="utf-8").split())
    return [document for document in annotated(SAMPLES, SAMPLES) if document.name in names]


def _annotated(name: str, data: bytes, reading: dict[str, Any]) -> Annotated:
    agenda = items.split(lines_of(decode(data, None)[0]))
    own = Own(reading.get("committee"), reading.get("date"))
    document = Annotated(name, own, [item.body for item in agenda.items], {}, [])
    can_be = {(line.item, line.place): line.heading for line in candidates(document.bodies)}
    for number, item in enumerate(agenda.items):
        wanted = _reading_of(item, reading["items"])
        if wanted is None:
            document.missed.append(f"item {item.number} {item.title}")
            continue
        after = -1
        for section in wanted["sections"]:
            heading = _bare(section.get("heading") or "")
            if not heading:
                continue
            at = _line_of(heading, item.body, after)
            if at is None or (number, at) not in can_be:
                document.missed.append(section["heading"])
                continue
            after = at
            kind = section["kind"]
            document.labels[number, at] = kind if kind in {DECISION, PRIOR} else SECTION
    return document


def _reading_of(item: ItemLines, readings: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    for wanted in readings:
        if wanted["number"] == item.number and _bare(wanted["title"]) == _bare(item.title):
            return wanted
    return next((wanted for wanted in readings if _bare(wanted["title"]) == _bare(item.title)), None)


def _line_of(heading: str, body: Sequence[Line], after: int) -> int | None:
    exact = next((n for n, line in enumerate(body) if n > after and _bare(line.text) == heading), None)
    inline = (n for n, line in enumerate(body) if n > after and _bare(line.text).startswith(heading))
    return next(inline, None) if exact is None else exact


def _bare(text: str) -> str:
    return squash(text).casefold().rstrip(" :.")
