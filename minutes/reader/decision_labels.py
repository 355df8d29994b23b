"""The day and the place of a meeting under the headings of its decisions: "Dato: …", "Sted: …"."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.dates import dates_in
from minutes.reader.header_candidates import Header
from minutes.reader.items import ItemLines
from minutes.reader.labels import Label, label_of
from minutes.reader.places import is_place, place_in

_DECISION = re.compile(r"Beslutning(?:er)?\b[^.:]{0,60}:?$")
_MOST_LABELS = 4


def take_from_decisions(header: Header, items: Sequence[ItemLines]) -> None:
    """Give the header the day and the place that it lacks, if all decisions with labels under them agree."""
    labels = [label for item in items for label in _labels(item)]
    days = {day.iso for label in labels if label.use == "when" for day in dates_in(label.rest)[:1]}
    rooms = {place_in(label.rest) for label in labels if label.use == "where" and is_place(label.rest)}
    if header.date is None and len(days) == 1:
        header.date = days.pop()
        header.location = header.location or (rooms.pop() if len(rooms) == 1 else None)


def _labels(item: ItemLines) -> Iterator[Label]:
    """Yield the labels right under the item's headings of decisions."""
    printed = [line.text for line in item.body if line.text]
    for place, text in enumerate(printed):
        if not _DECISION.match(text):
            continue
        for below in printed[place + 1 : place + 1 + _MOST_LABELS]:
            label = label_of(below)
            if label is None or not label.rest:
                break
            yield label
