"""Splits, joins, adds and reorders the items of a meeting, where the reader read them wrongly."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Correction, Meeting, Reading
from minutes.models.danish import slug
from minutes.publishing.anchors import anchor_at, anchor_before
from minutes.publishing.audit_log import By
from minutes.publishing.corrections import check_words, correct_value, facts_of, make
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import locked
from minutes.publishing.marking import the_place_of
from minutes.publishing.pairing import free_address
from minutes.publishing.readings import load_document

Field = Correction.Field
# "Punkt 12: Budget", "12. Budget"
_NUMBERED = re.compile(
    r"(?:(?:punkt|pkt\.?|sag(?: nr\.)?)\s*)?(?P<number>\d{1,4})\s*[.:)–-]?\s+(?P<title>\S.*)", re.I
)
_LONGEST_TITLE = 300


@transaction.atomic
def split_item(
    meeting: Meeting,
    item: AgendaItem,
    words: str,
    *,
    near: int | None = None,
    number: str = "",
    title: str = "",
    by: By,
    reason: str = "",
) -> Correction:
    """Let a new item begin at `words` of an item's text; number and title are those printed there if empty.

    `near` is the offset at which the words were selected. A part of a closed item is closed.
    """
    meeting = locked(meeting)
    item, facts, text = _facts_and_text(meeting, item)
    start, end = the_place_of(words, text, facts["start"], facts["end"], near=near)
    if not text[facts["start"] : start].strip():
        raise PublishingError(_("Punktet begynder allerede med de ord."))
    value: dict[str, Any] = {
        "words": anchor_at(text, start, facts["end"]),
        **_named(text[start:end].split("\n", 1)[0], number, title),
        "from": item.slug,
        "closed": item.closed,
    }
    return _make(
        meeting, Field.SPLIT, value, wanted=slug(value["number"] or "") or item.slug, by=by, reason=reason
    )


@transaction.atomic
def join_item(meeting: Meeting, item: AgendaItem, *, by: By, reason: str = "") -> Correction:
    """Join an item to the one before it in the same document, whose address it gets.

    Joined with a closed item, both are closed.
    """
    meeting = locked(meeting)
    item, facts, text = _facts_and_text(meeting, item)
    first = meeting.items.filter(reading=item.reading, reading_index=item.reading_index - 1).first()
    if first is None:
        raise PublishingError(_("Der er ikke noget punkt før dette i dokumentets tekst."))
    first, before, _text = _facts_and_text(meeting, first)
    value = {
        "words": anchor_at(text, facts["start"], facts["end"]),
        "behind": anchor_at(text, before["start"], before["end"]),
        "from": item.slug,
        "closed": item.closed or first.closed,
    }
    check_words(meeting, value, reason)
    return make(meeting, first.slug, Field.JOIN, seen=None, value=value, by=by, reason=reason)


@transaction.atomic
def add_item_of_text(
    meeting: Meeting,
    words: str,
    *,
    near: int | None = None,
    number: str = "",
    title: str = "",
    by: By,
    reason: str = "",
) -> Correction:
    """Add an item of text in the main document that no item has; otherwise as `split_item`."""
    meeting = locked(meeting)
    reading = _main_reading(meeting)
    document = load_document(reading)
    start, end = the_place_of(words, document.text, 0, len(document.text), near=near)
    overlapped = [item for item in document.items if item.start < end and start < item.end]
    if overlapped:
        message = _("Ordene hører allerede til punktet ”%s”. Del det i stedet.")
        raise PublishingError(message % overlapped[0].title)
    first_line = document.text[start:end].strip().split("\n", 1)[0]
    value: dict[str, Any] = {
        "words": anchor_at(document.text, start, end),
        "until": anchor_before(document.text, start, end),
        **_named(first_line, number, title),
        "closed": False,
    }
    return _make(
        meeting, Field.ADDED, value, wanted=slug(value["number"] or "") or "nyt", by=by, reason=reason
    )


@transaction.atomic
def add_item(
    meeting: Meeting, title: str, *, number: str = "", behind: AgendaItem | None, by: By, reason: str = ""
) -> Correction:
    """Add an item without text after `behind`, or as the first."""
    meeting = locked(meeting)
    anchor = None
    if behind is not None:
        _item, facts, text = _facts_and_text(meeting, behind)
        anchor = anchor_at(text, facts["start"], facts["end"])
    else:
        _main_reading(meeting)
    if not slug(title):
        raise PublishingError(_("Skriv punktets titel."))
    value = {"words": None, "behind": anchor, "number": number or None, "title": title, "closed": False}
    return _make(meeting, Field.ADDED, value, wanted=slug(number) or "nyt", by=by, reason=reason)


@transaction.atomic
def reorder(meeting: Meeting, addresses: Sequence[str], *, by: By, reason: str = "") -> Correction | None:
    """Put the meeting's items in the order of `addresses`, which has each of them once."""
    meeting = locked(meeting)
    rows = meeting.items.order_by("reading__supplement", "reading_id", "reading_index")
    as_read = list(rows.values_list("slug", flat=True))
    if sorted(addresses) != sorted(as_read):
        raise PublishingError(_("Punkterne er ændret imens. Se rækkefølgen igennem igen."))
    return correct_value(meeting, "", Field.ORDER, as_read, list(addresses), by=by, reason=reason)


def _facts_and_text(meeting: Meeting, item: AgendaItem) -> tuple[AgendaItem, dict[str, Any], str]:
    """Return the row, the facts and the text of an item; raise `PublishingError` if it is nowhere in it."""
    row = meeting.items.select_related("reading").get(pk=item.pk)
    facts = facts_of(row)
    if facts["start"] == facts["end"]:
        raise PublishingError(_("Punktet har ingen tekst i dokumentet."))
    return row, facts, load_document(row.reading).text


def _main_reading(meeting: Meeting) -> Reading:
    reading = meeting.readings.filter(current=True).order_by("supplement", "id").first()
    if reading is None:
        raise PublishingError(_("Mødet har intet gældende dokument."))
    return reading


def _named(line: str, number: str, title: str) -> dict[str, str | None]:
    """Return the number and title of a new item: as given, else as its first words print them."""
    printed = " ".join(line.split())
    match = _NUMBERED.fullmatch(printed)
    if not title:
        title = match["title"] if match else printed
    if not number and match:
        number = match["number"]
    return {"number": number or None, "title": title[:_LONGEST_TITLE]}


def _make(
    meeting: Meeting, field: Correction.Field, value: dict[str, Any], *, wanted: str, by: By, reason: str
) -> Correction:
    """Store a correction that makes a new item, with an address that no item of the meeting has or had."""
    check_words(meeting, value, reason)
    taken = set(meeting.items.values_list("slug", flat=True))
    for address, other in meeting.corrections.filter(field__in=Correction.STRUCTURE).values_list(
        "item_slug", "value"
    ):
        taken |= {address, (other or {}).get("from", address)}
    address = free_address(wanted[:30], taken)
    return make(meeting, address, field, seen=None, value=value, by=by, reason=reason)
