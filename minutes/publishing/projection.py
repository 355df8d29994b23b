"""Writes a meeting's public rows from its current readings and corrections.

Public rows hold only what the public may see: `public_content` says what that is. A meeting that is not
published has only items, with number and title, so that their addresses are permanent. Rows of an earlier
reading are replaced, except those of items that pair with new ones: what refers to them stays valid.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.db import transaction
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
    Reference,
    Takedown,
)
from minutes.models.danish import slug
from minutes.models.places import RESERVED_COMMITTEE_SLUGS
from minutes.models.states import State
from minutes.privacy import replace_masks
from minutes.publishing import ledger, references
from minutes.publishing.audit_log import record
from minutes.publishing.corrected import CorrectedItem, Corrections
from minutes.publishing.description import describe, fit
from minutes.publishing.enclosed_files import remove_files_taken_down
from minutes.publishing.identity import committee_named, locked
from minutes.publishing.item_addresses import item_addresses
from minutes.publishing.namesakes import lock_meetings, meetings_in_party
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
from minutes.publishing.removed_items import is_taken_down, remove_item
from minutes.reader.records import Document
from minutes.reader.records import Item as ItemFacts
from minutes.search import index
from minutes.topics import topic_of

_UPDATED = ("reading", "reading_index", "position", *(fact.name for fact in ITEM_FACTS))
# What the row of an item has while its meeting is not published: enough to name it to staff.
_ALWAYS = frozenset({"number", "title", "closed"})


def project(*meetings: Meeting, is_preview: bool = False) -> None:
    """Replace the public rows of `meetings`, and index them for search.

    Call it in a transaction that has locked the meetings, which are of one municipality. `is_preview` says
    that the transaction will be rolled back: the search index stays as it is. A constant number of queries
    for each.
    """
    for meeting in meetings:
        stored = _load(meeting)
        meeting.save()
        _set_joint_committees(meeting, stored)
        _project(meeting, stored)
        if not is_preview:
            index.refresh(meeting)
    references.resolve(meetings)


def project_new(reading: Reading, document: Document, taken_down: set[str], *, has_files: bool) -> None:
    """Write the public rows of a meeting that has none, and index it for search.

    `reading`, of `document`, is the meeting's only one, and the meeting is described and saved. `taken_down`
    are the addresses of items that were taken down. What was just stored is not queried again.
    """
    meeting = reading.meeting
    stored = _Stored(
        [(reading, document)],
        Corrections(meeting, is_new=True),
        taken_down,
        {reading.pk} if has_files else set(),
        is_new=True,
    )
    _set_joint_committees(meeting, stored)
    own = _project(meeting, stored)
    index.refresh(meeting, is_new=True)
    references.resolve_new(meeting, own)


@transaction.atomic
def _project_namesake(split: PersonSplit) -> None:
    """Project the meetings that have the original with the party of its new namesake."""
    project(*lock_meetings(meetings_in_party(split.original, [split.party_letter])))


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


@dataclass
class _Stored:
    """The current readings of a meeting with their documents, the first as corrected, and its rows."""

    documents: list[tuple[Reading, Document]]
    corrections: Corrections
    taken_down: set[str]
    # Primary keys of the readings whose document has files.
    with_files: set[int]
    rows: list[AgendaItem] = field(default_factory=list)
    # The items of readings that the rows are of, and the addresses that corrections give to items.
    facts: dict[int, list[dict[str, Any]]] = field(default_factory=dict)
    given: list[str | None] = field(default_factory=list)
    is_new: bool = False


def _load(meeting: Meeting) -> _Stored:
    """Load what is stored of a meeting, and describe it by that without saving it.

    The items of a reading are stored as repaired where that changes them. Five queries otherwise.
    """
    has_files = Exists(EnclosedFile.objects.filter(source=OuterRef("source")))
    readings: list[Any] = list(
        meeting.readings.filter(current=True).annotate(has_files=has_files).order_by("supplement", "id")
    )
    before = {reading.pk: reading.item_facts for reading in readings}
    corrections = Corrections(meeting)
    repaired = [corrections.structured(reading) for reading in readings]
    corrections.settle_structure()
    documents = [(reading, one.document) for reading, one in zip(readings, repaired, strict=True)]
    # An approval was of the meeting as it was.
    meeting.approved_by = None
    if documents:
        reading, document = documents[0]
        corrected = corrections.meeting(document)
        describe(meeting, reading, corrected.document, end_time=corrected.end_time)
        documents[0] = reading, corrected.document
    taken_down = Takedown.objects.of(meeting_keys(meeting), []).exclude(item_slug="")
    return _Stored(
        documents,
        corrections,
        set(taken_down.values_list("item_slug", flat=True)),
        {reading.pk for reading in readings if reading.has_files},
        list(meeting.items.order_by("position")),
        before,
        [address for one in repaired for address in one.addresses],
    )


def _project(meeting: Meeting, stored: _Stored) -> list[Reference]:
    """Write the rows of a meeting that is described; return the references that it has now."""
    documents, corrections, rows = stored.documents, stored.corrections, stored.rows
    read = [
        _ReadItem(reading, document, index, item)
        for reading, document in documents
        for index, item in enumerate(document.items)
    ]
    addresses = item_addresses(rows, [entry.item for entry in read], stored.facts, stored.given)
    removed = _remove_taken_down(stored.taken_down, read, [address for _, address in addresses])
    corrected = [
        corrections.apply(address, entry.item, entry.document)
        for entry, (_, address) in zip(read, addresses, strict=True)
    ]
    corrections.question_missing(address for _, address in addresses)
    order = corrections.order([address for _, address in addresses])
    read = [read[at] for at in order]
    addresses = [addresses[at] for at in order]
    corrected = [corrected[at] for at in order]
    shown = [place for place, entry in enumerate(corrected) if not is_taken_down(entry.item)]
    public = {place: public_item(corrected[place]) for place in shown}
    items = _save_items(meeting, rows, read, addresses, public)
    if not stored.is_new:
        clear_rows(meeting, had_items=bool(rows))
    created: list[Reference] = []
    if meeting.state == State.PUBLISHED:
        rows_and_items = zip(items, public.values(), strict=True)
        created = _create_public(
            meeting, stored, read, corrected, dict(zip(public, rows_and_items, strict=True))
        )
        _save_public_texts(read, corrected, documents, removed=removed)
    return created


def _create_public(
    meeting: Meeting,
    stored: _Stored,
    read: Sequence[_ReadItem],
    corrected: Sequence[CorrectedItem],
    public: dict[int, tuple[AgendaItem, CorrectedItem]],
) -> list[Reference]:
    """Create the rows below the meeting and its public items, which are by their place on the agenda.

    Returns the references among them.
    """
    places = {
        reading.pk: [at for at, entry in enumerate(read) if entry.reading is reading]
        for reading, _document in stored.documents
    }
    splits, created = create_rows(
        meeting,
        [
            public_document(document, [public[at][1].item for at in places[reading.pk] if at in public])
            for reading, document in stored.documents
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
            for reading, _document in stored.documents
            if reading.pk in stored.with_files
        ],
    )
    return created


def _remove_taken_down(taken_down: set[str], read: Sequence[_ReadItem], addresses: Sequence[str]) -> bool:
    """Remove the items whose address is of one that was taken down; returns whether there was one.

    One query for each item.
    """
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


def _set_joint_committees(meeting: Meeting, stored: _Stored) -> None:
    """Set the other committees of a joint meeting, creating missing ones. One query at most for none."""
    others = []
    for name in stored.documents[0][1].committees[1:] if stored.documents else ():
        if slug(name) and slug(name) not in RESERVED_COMMITTEE_SLUGS:
            committee = committee_named(meeting.committee.municipality, replace_masks(name))
            if committee != meeting.committee:
                others.append(committee)
    if others or not stored.is_new:
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
    derived: dict[str, str | bool] = {"contested": is_contested(item), "topic": topic_of(item.case_number)}
    for fact in ITEM_FACTS:
        value = None
        if published or fact.name in _ALWAYS:
            value = derived[fact.name] if fact.derived else getattr(item, fact.name)
        value = value or fact.default
        setattr(row, fact.name, fit(row, fact.name, value) if isinstance(value, str) else value)


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


def _save_public_texts(
    read: Sequence[_ReadItem],
    corrected: Sequence[CorrectedItem],
    documents: Sequence[tuple[Reading, Document]],
    *,
    removed: bool,
) -> None:
    """Create the public text of each document; `removed` says that an item was just removed from one."""
    PublicText.objects.bulk_create(
        PublicText(
            reading=reading,
            text=public_text(
                masked_text(reading) if removed else document.text,
                [item for entry, item in zip(read, corrected, strict=True) if entry.reading is reading],
            ),
        )
        for reading, document in documents
    )
