"""Finds the permanent address of each item of a meeting's documents."""

from collections.abc import Iterator, Sequence
from typing import Any

from minutes.models import AgendaItem, Meeting, Reading
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.removed_items import is_stub_title, is_taken_down
from minutes.reader.records import Document
from minutes.reader.records import Item as ItemFacts


def item_addresses(
    rows: Sequence[AgendaItem],
    items: Sequence[ItemFacts],
    facts: dict[int, list[dict[str, Any]]],
    given: Sequence[str | None],
) -> list[tuple[int | None, str]]:
    """Return for each item the index in `rows` of its row, or None, and its address.

    `facts` are the items of readings that the rows may be of, by the reading; `given` the addresses that
    corrections give to items. At most one query: the readings of rows that `facts` lacks.
    """
    # A stub has the address of the item that was taken down, which no other item gets.
    stubs = {at: item.case_number or "" for at, item in enumerate(items) if is_taken_down(item)}
    known = {at: address for at, address in enumerate(given) if address} | stubs
    rows_of = {row.slug: at for at, row in enumerate(rows) if row.slug in known.values()}
    paired = iter(_paired(rows, items, facts, known))
    return [
        (None if at in stubs else rows_of.get(known[at]), known[at]) if at in known else next(paired)
        for at in range(len(items))
    ]


def _paired(
    rows: Sequence[AgendaItem],
    items: Sequence[ItemFacts],
    facts: dict[int, list[dict[str, Any]]],
    known: dict[int, str],
) -> Iterator[tuple[int | None, str]]:
    """Yield the same as `item_addresses` for the items whose address is not `known`, by their index."""
    missing = {row.reading_id for row in rows} - facts.keys()
    if missing:
        others = Reading.objects.filter(pk__in=missing).only("facts", "corrected_items")
        facts = facts | {reading.pk: reading.item_facts for reading in others}
    free = [at for at, row in enumerate(rows) if row.slug not in known.values()]
    before = [_printed(rows[at], facts[rows[at].reading_id]) for at in free]
    now = [
        Printed(item.number or "", item.title, item.case_number or "", "")
        for at, item in enumerate(items)
        if at not in known
    ]
    for old, address in pair(before, now, known.values()):
        yield (None if old is None else free[old]), address


def _printed(row: AgendaItem, items: Sequence[dict[str, Any]]) -> Printed:
    """Return what identifies the item of a row in its reading; nothing of one that was taken down since."""
    if row.reading_index >= len(items):
        # A redaction has masked the words of the correction that added the item.
        return Printed(row.number, row.title, "", row.slug)
    item = items[row.reading_index]
    if is_stub_title(item["title"]):
        return Printed("", "", "", row.slug)
    return Printed(item["number"] or "", item["title"], item["case_number"] or "", row.slug)


def addresses_of(meeting: Meeting, document: Document, given: Sequence[str | None] = ()) -> list[str]:
    """Return the address that each item of `document` would have in the meeting. Two queries.

    `given` are those that corrections give to items.
    """
    rows = list(meeting.items.order_by("position"))
    return [address for _, address in item_addresses(rows, document.items, {}, given)]
