"""Puts the agenda of a meeting together from its current readings, corrections and takedowns."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef

from minutes.models import AgendaItem, EnclosedFile, Meeting, Reading, Takedown
from minutes.publishing import ledger
from minutes.publishing.corrected import CorrectedItem, Corrections
from minutes.publishing.description import describe
from minutes.publishing.enclosed_files import remove_files_taken_down
from minutes.publishing.item_addresses import item_addresses
from minutes.publishing.public_content import public_item
from minutes.publishing.readings import RedactedDocument, load_document, meeting_keys, save_reading
from minutes.publishing.removed_items import is_taken_down, remove_item
from minutes.reader.records import Document
from minutes.reader.records import Item as ItemFacts


@dataclass
class ReadItem:
    """An item of a current reading, and its index there."""

    reading: Reading
    document: Document
    index: int
    item: ItemFacts


@dataclass
class Stored:
    """The current readings of a meeting with their documents, the first as corrected, and its rows."""

    meeting: Meeting
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


def load_stored(meeting: Meeting) -> Stored:
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
    return Stored(
        meeting,
        documents,
        corrections,
        set(taken_down.values_list("item_slug", flat=True)),
        {reading.pk for reading in readings if reading.has_files},
        list(meeting.items.order_by("position")),
        before,
        [address for one in repaired for address in one.addresses],
    )


@dataclass
class Agenda:
    """The items of a meeting's current readings in their corrected order, and the rows of the public ones.

    `addresses` has the index of the row before, or None, and the address of each item; `public` the items as
    the public may see them, by their place on the agenda. `removed` says that an item was just removed.
    """

    stored: Stored
    read: list[ReadItem]
    addresses: list[tuple[int | None, str]]
    corrected: list[CorrectedItem]
    removed: bool
    public: dict[int, CorrectedItem] = field(init=False)
    rows: list[AgendaItem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.public = {
            place: public_item(corrected)
            for place, corrected in enumerate(self.corrected)
            if not is_taken_down(corrected.item)
        }

    @property
    def meeting(self) -> Meeting:
        return self.stored.meeting

    def shown(self, place: int) -> ItemFacts | None:
        """Return the public item at that place on the agenda, if there is one."""
        return self.public[place].item if place in self.public else None

    def of_documents(self) -> Iterator[tuple[Reading, Document, list[int]]]:
        """Yield each document with the places of its items on the agenda."""
        for reading, document in self.stored.documents:
            yield reading, document, [at for at, item in enumerate(self.read) if item.reading is reading]


def agenda_of(stored: Stored) -> Agenda:
    """Return the items of a meeting with their corrections, without the content of those taken down."""
    corrections = stored.corrections
    read = [
        ReadItem(reading, document, index, item)
        for reading, document in stored.documents
        for index, item in enumerate(document.items)
    ]
    addresses = item_addresses(stored.rows, [entry.item for entry in read], stored.facts, stored.given)
    removed = _remove_taken_down(stored.taken_down, read, [address for _, address in addresses])
    corrected = [
        corrections.apply(address, entry.item, entry.document)
        for entry, (_, address) in zip(read, addresses, strict=True)
    ]
    corrections.question_missing(address for _, address in addresses)
    order = corrections.order([address for _, address in addresses])
    return Agenda(
        stored,
        [read[at] for at in order],
        [addresses[at] for at in order],
        [corrected[at] for at in order],
        removed,
    )


def _remove_taken_down(taken_down: set[str], read: Sequence[ReadItem], addresses: Sequence[str]) -> bool:
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
