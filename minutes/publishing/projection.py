"""Writes a meeting's public rows from its current readings and corrections.

Public rows hold only what the public may see: `public_content` says what that is. A meeting that is not
published has only items, with number and title, so that their addresses are permanent. Rows of an earlier
reading are replaced, except those of items that pair with new ones: what refers to them stays valid.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from functools import partial
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef
from msgspec import ValidationError

from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Change,
    EnclosedFile,
    Meeting,
    PersonSplit,
    PublicText,
    Reading,
    Takedown,
)
from minutes.models.danish import slug
from minutes.models.places import RESERVED_COMMITTEE_SLUGS
from minutes.models.states import State
from minutes.privacy import replace_masks
from minutes.publishing import ledger, references
from minutes.publishing.audit_log import record
from minutes.publishing.corrected import CorrectedItem, CorrectedMeeting, Corrections
from minutes.publishing.enclosed_files import remove_files_taken_down
from minutes.publishing.identity import committee_named, locked
from minutes.publishing.namesakes import lock_meetings, meetings_in_party
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.public_content import public_document, public_item, public_text
from minutes.publishing.public_files import create_public_files
from minutes.publishing.public_rows import clear_rows, create_rows
from minutes.publishing.readings import (
    RedactedDocument,
    load_document,
    masked_text,
    meeting_keys,
    save_reading,
)
from minutes.publishing.removed_items import is_stub_title, is_taken_down, remove_item
from minutes.reader.records import Document
from minutes.reader.records import Item as ItemFacts
from minutes.search import index
from minutes.vocabulary import DocumentKind, MeetingKind

_UPDATED = ("reading", "reading_index", "position", *(fact.name for fact in ITEM_FACTS))
# What the row of an item has while its meeting is not published: enough to name it to staff.
_ALWAYS = frozenset({"number", "title", "closed"})


def project(*meetings: Meeting, is_new: bool = False, is_preview: bool = False) -> None:
    """Replace the public rows of `meetings`, and index them for search.

    Call it in a transaction that has locked the meetings, which are of one municipality. `is_new` says that
    they have no rows yet, `is_preview` that the transaction will be rolled back: the search index stays as it
    is. A constant number of queries for each.
    """
    for meeting in meetings:
        _project(meeting, is_new=is_new)
        if not is_preview:
            index.refresh(meeting)
    references.resolve(meetings)


@transaction.atomic
def _project_namesake(split: PersonSplit) -> None:
    """Project the meetings that have the original with the party of its new namesake."""
    project(*lock_meetings(meetings_in_party(split.original, [split.party_letter])))


_Texts = Sequence[tuple[Reading, str]]


def project_missing(unreadable: Callable[[int, Exception], None]) -> int:
    """Project the published meetings that lack a public text, as those of an older version's database.

    Each in a transaction of its own, without a change of `updated_at`: readers see what they saw before.
    Withdraws a meeting whose facts are not those of any version, since its rows are those of the older
    version, and calls `unreadable` with its key. Returns the number of the others.
    """
    lacking = Reading.objects.published().filter(public_text=None)
    meetings = Meeting.objects.filter(pk__in=lacking.values("meeting")).order_by("pk").only("pk")
    projected = 0
    for meeting in list(meetings):
        try:
            _project_unchanged(meeting)
        except (ValidationError, KeyError) as error:
            unreadable(meeting.pk, error)
            _withdraw_unprojected(meeting)
        else:
            projected += 1
    return projected


@transaction.atomic
def _project_unchanged(meeting: Meeting) -> None:
    meeting = locked(meeting)
    updated_at = meeting.updated_at
    project(meeting)
    Meeting.objects.filter(pk=meeting.pk).update(updated_at=updated_at)


@transaction.atomic
def _withdraw_unprojected(meeting: Meeting) -> None:
    meeting = locked(meeting)
    meeting.state = State.WITHDRAWN
    meeting.save(update_fields=["state", "updated_at"])
    clear_rows(meeting, had_items=True)
    index.refresh(meeting)
    record(meeting, Change.Kind.WITHDRAWN, None)


@dataclass
class _ReadItem:
    """An item of a current reading, and its index there."""

    reading: Reading
    document: Document
    index: int
    item: ItemFacts


def _project(meeting: Meeting, *, is_new: bool) -> None:
    has_files = Exists(EnclosedFile.objects.filter(source=OuterRef("source")))
    readings: list[Any] = list(
        meeting.readings.filter(current=True).annotate(has_files=has_files).order_by("supplement", "id")
    )
    documents = [(reading, load_document(reading)) for reading in readings]
    corrections = Corrections(meeting)
    documents[:1] = [
        (reading, _describe(meeting, reading, corrections.meeting(document)))
        for reading, document in documents[:1]
    ]
    _save_description(meeting, documents)
    read = [
        _ReadItem(reading, document, index, item)
        for reading, document in documents
        for index, item in enumerate(document.items)
    ]
    rows = [] if is_new else list(meeting.items.order_by("position"))
    addresses = _addresses(rows, [entry.item for entry in read], readings)
    removed = _remove_taken_down(meeting, read, [address for _, address in addresses])
    corrected = [
        corrections.apply(address, entry.item, entry.document)
        for entry, (_, address) in zip(read, addresses, strict=True)
    ]
    corrections.question_missing(address for _, address in addresses)
    shown = [place for place, entry in enumerate(corrected) if not is_taken_down(entry.item)]
    public = {place: public_item(corrected[place]) for place in shown}
    items = _save_items(meeting, rows, read, addresses, public)
    if not is_new:
        clear_rows(meeting, had_items=bool(rows))
    if meeting.state == State.PUBLISHED:
        rows_and_items = zip(items, public.values(), strict=True)
        _create_public(meeting, documents, read, corrected, dict(zip(public, rows_and_items, strict=True)))
        texts = [
            (reading, masked_text(reading) if removed else document.text) for reading, document in documents
        ]
        _save_public_texts(read, corrected, texts)


def _create_public(
    meeting: Meeting,
    documents: Sequence[tuple[Any, Document]],
    read: Sequence[_ReadItem],
    corrected: Sequence[CorrectedItem],
    public: dict[int, tuple[AgendaItem, CorrectedItem]],
) -> None:
    """Create the rows below the meeting and its public items, which are by their place on the agenda."""
    places = {
        reading.pk: [at for at, entry in enumerate(read) if entry.reading is reading]
        for reading, _document in documents
    }
    splits = create_rows(
        meeting,
        [
            public_document(document, [public[at][1].item for at in places[reading.pk] if at in public])
            for reading, document in documents
        ],
        list(public.values()),
    )
    for split in splits:
        # Their other meetings are not locked here. If it fails, they are as before.
        transaction.on_commit(partial(_project_namesake, split), robust=True)
    create_public_files(
        meeting,
        [
            (
                reading,
                [
                    (corrected[at].numbered_as_printed, public[at][0] if at in public else None)
                    for at in places[reading.pk]
                ],
            )
            for reading, _document in documents
            if reading.has_files
        ],
    )


def _addresses(
    rows: Sequence[AgendaItem], items: Sequence[ItemFacts], readings: Iterable[Reading]
) -> list[tuple[int | None, str]]:
    """Return for each item the index in `rows` of its row, or None, and its address.

    At most one query: the readings that the rows are of, where `readings` lacks one.
    """
    facts = {reading.pk: reading.item_facts for reading in readings}
    missing = {row.reading_id for row in rows} - facts.keys()
    if missing:
        others = Reading.objects.filter(pk__in=missing).only("facts", "corrected_items")
        facts |= {reading.pk: reading.item_facts for reading in others}
    before = [_printed(facts[row.reading_id][row.reading_index], row.slug) for row in rows]
    # A stub has the address of the item that was taken down, which no other item gets.
    stubs = {at: item.case_number or "" for at, item in enumerate(items) if is_taken_down(item)}
    now = [
        Printed(item.number or "", item.title, item.case_number or "", "")
        for at, item in enumerate(items)
        if at not in stubs
    ]
    paired = iter(pair(before, now, stubs.values()))
    return [(None, stubs[at]) if at in stubs else next(paired) for at in range(len(items))]


def _printed(item: dict[str, Any], item_slug: str) -> Printed:
    """Return what identifies an item of a reading; nothing of one that was taken down since."""
    if is_stub_title(item["title"]):
        return Printed("", "", "", item_slug)
    return Printed(item["number"] or "", item["title"], item["case_number"] or "", item_slug)


def addresses_of(meeting: Meeting, document: Document) -> list[str]:
    """Return the address that each item of `document` would have in the meeting. Two queries."""
    rows = list(meeting.items.order_by("position"))
    return [address for _, address in _addresses(rows, document.items, ())]


def _remove_taken_down(meeting: Meeting, read: Sequence[_ReadItem], addresses: Sequence[str]) -> bool:
    """Remove the items whose address is of one that was taken down; returns whether there was one.

    One query, and one for each item.
    """
    taken_down = set(
        Takedown.objects.of(meeting_keys(meeting), [])
        .exclude(item_slug="")
        .values_list("item_slug", flat=True)
    )
    changed = False
    for entry, address in zip(read, addresses, strict=True):
        if address in taken_down and not is_taken_down(entry.item):
            reading = entry.reading
            text, document = remove_item(
                reading.text, load_document(reading), entry.index, address, ledger.fingerprints()
            )
            matches = [
                match
                for match in reading.unresolved_cpr_matches
                if text[match[0] : match[1]] == reading.text[match[0] : match[1]]
            ]
            save_reading(reading, RedactedDocument(text, document, matches))
            entry.item = document.items[entry.index]
            changed = True
    for reading in {entry.reading.pk: entry.reading for entry in read}.values() if changed else ():
        remove_files_taken_down(reading)
    return changed


def _describe(meeting: Meeting, reading: Reading, corrected: CorrectedMeeting) -> Document:
    """Set the meeting's own fields from its main reading, or from a supplement while there is no main one.

    Returns the corrected document.
    """
    document = corrected.document
    meeting.start_time = time.fromisoformat(document.start_time) if document.start_time else None
    meeting.end_time = time.fromisoformat(corrected.end_time) if corrected.end_time else None
    meeting.location = _fit(meeting, "location", document.location)
    meeting.term = _fit(meeting, "term", document.term)
    meeting.committee_as_printed = _fit(meeting, "committee_as_printed", document.committee_as_printed)
    meeting.document = DocumentKind(reading.document)
    meeting.cancelled = document.cancelled
    meeting.kind = MeetingKind.ORDINARY if reading.supplement else document.kind
    return document


def _save_description(meeting: Meeting, documents: Sequence[tuple[Reading, Document]]) -> None:
    # An approval was of the meeting as it was.
    meeting.approved_by = None
    meeting.save()
    _set_joint_committees(meeting, documents[0][1].committees[1:] if documents else ())


def _set_joint_committees(meeting: Meeting, names: Sequence[str]) -> None:
    """Set the other committees of a joint meeting, creating missing ones. One query if there are none."""
    others = []
    for name in names:
        if slug(name) and slug(name) not in RESERVED_COMMITTEE_SLUGS:
            committee = committee_named(meeting.committee.municipality, replace_masks(name))
            if committee != meeting.committee:
                others.append(committee)
    meeting.joint_committees.set(others)


def _save_items(
    meeting: Meeting,
    rows: Sequence[AgendaItem],
    read: Sequence[_ReadItem],
    addresses: Sequence[tuple[int | None, str]],
    public: dict[int, CorrectedItem],
) -> list[AgendaItem]:
    """Update, create and delete rows for the `public` items, which are by their place on the agenda."""
    items, updated = [], []
    for at, corrected in public.items():
        old, address = addresses[at]
        row = rows[old] if old is not None else AgendaItem(meeting=meeting)
        _set_facts(row, corrected.item, published=meeting.state == State.PUBLISHED)
        row.reading, row.reading_index = read[at].reading, read[at].index
        row.position, row.slug = at + 1, address
        items.append(row)
        if old is not None:
            updated.append(row)
    if len(updated) < len(rows):
        meeting.items.exclude(pk__in=[row.pk for row in updated]).delete()
    AgendaItem.objects.bulk_update(updated, _UPDATED)
    AgendaItem.objects.bulk_create([row for row in items if row.pk is None])
    return items


def _set_facts(row: AgendaItem, item: ItemFacts, *, published: bool) -> None:
    """Set the row's facts; of a meeting that is not published, those that name the item."""
    for fact in ITEM_FACTS:
        value = None
        if published or fact.name in _ALWAYS:
            value = is_contested(item) if fact.name == "contested" else getattr(item, fact.name)
        value = value or fact.default
        setattr(row, fact.name, _fit(row, fact.name, value) if isinstance(value, str) else value)


def is_contested(item: ItemFacts) -> bool:
    """Return True if the public item has votes against, abstentions or a reservation."""
    return bool(item.reservations) or any(
        ballot.against
        or ballot.abstained
        or ballot.against_names
        or ballot.against_parties
        or ballot.abstained_names
        or ballot.abstained_parties
        or (ballot.result == "lost" and ballot.in_favour)
        for ballot in item.ballots
    )


def _save_public_texts(read: Sequence[_ReadItem], corrected: Sequence[CorrectedItem], texts: _Texts) -> None:
    """Create the public text of each of the readings in `texts`."""
    PublicText.objects.bulk_create(
        PublicText(
            reading=reading,
            text=public_text(
                text, [item for entry, item in zip(read, corrected, strict=True) if entry.reading is reading]
            ),
        )
        for reading, text in texts
    )


def _fit(row: models.Model, field: str, value: str | None) -> str:
    """Return `value` without masks, cut to the length of the field; the reading has all of it."""
    longest = row._meta.get_field(field).max_length  # type: ignore[union-attr]
    return replace_masks(value or "")[:longest]
