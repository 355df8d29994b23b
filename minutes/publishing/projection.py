"""Writes a meeting's public rows from its current readings and corrections.

Public rows hold only what the public may see: `public_content` says what that is. A meeting that is not
published has only items, with number and title, so that their addresses are permanent. Rows of an earlier
reading are replaced, except those of items that pair with new ones: what refers to them stays valid.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.utils import timezone
from msgspec import ValidationError

from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Change,
    Meeting,
    PersonSplit,
    PublicText,
    Reading,
    Reference,
)
from minutes.models.danish import slug
from minutes.models.places import RESERVED_COMMITTEE_SLUGS
from minutes.models.states import State
from minutes.privacy import replace_masks
from minutes.publishing import references
from minutes.publishing.agendas import Agenda, Stored, agenda_of, load_stored
from minutes.publishing.audit_log import record
from minutes.publishing.corrected import Corrections
from minutes.publishing.description import fit
from minutes.publishing.identity import committee_named, locked
from minutes.publishing.namesakes import lock_meetings, meetings_in_party
from minutes.publishing.public_content import public_document, public_text
from minutes.publishing.public_files import create_public_files
from minutes.publishing.public_rows import PublicContent, clear_rows, create_rows
from minutes.publishing.readings import (
    masked_text,
)
from minutes.publishing.replication import remember_transaction
from minutes.reader.records import Document
from minutes.reader.records import Item as ItemFacts
from minutes.search import index
from minutes.topics import topic_of
from minutes.vocabulary import DocumentKind

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
        document = meeting.document
        stored = load_stored(meeting)
        kinds = (document, meeting.document)
        if meeting.published_at and kinds == (DocumentKind.AGENDA, DocumentKind.MINUTES):
            meeting.minutes_at = timezone.now()
        meeting.save()
        _project([stored])
        if not is_preview:
            index.refresh(meeting)
    references.resolve(meetings)
    if not is_preview:
        remember_transaction()


@dataclass(frozen=True)
class FirstReading:
    """The only reading of a meeting without public rows, which is described and saved.

    `taken_down` are the addresses of items that were taken down. `has_files` is False if the document has
    certainly no files.
    """

    reading: Reading
    document: Document
    taken_down: set[str]
    has_files: bool


def project_new(readings: Sequence[FirstReading]) -> None:
    """Write the public rows of new meetings of one municipality, and index them for search.

    What was just stored is not queried again. The number of queries is the same for one meeting and for many.
    """
    meetings = [new.reading.meeting for new in readings]
    own = _project(
        [
            Stored(
                new.reading.meeting,
                [(new.reading, new.document)],
                Corrections(new.reading.meeting, is_new=True),
                new.taken_down,
                {new.reading.pk} if new.has_files else set(),
                is_new=True,
            )
            for new in readings
        ]
    )
    index.refresh(*meetings, is_new=True)
    references.resolve_new(meetings, own)


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
    clear_rows(meeting, list(meeting.items.all()))
    index.refresh(meeting)
    record(meeting, Change.Kind.WITHDRAWN, None)


def _project(meetings: Sequence[Stored]) -> list[Reference]:
    """Write the rows of described meetings of one municipality; return the references of published ones."""
    for stored in meetings:
        _set_joint_committees(stored)
    agendas = [agenda_of(stored) for stored in meetings]
    _save_items(agendas)
    for stored in meetings:
        if not stored.is_new:
            clear_rows(stored.meeting, stored.rows)
    published = [agenda for agenda in agendas if agenda.meeting.state == State.PUBLISHED]
    if not published:
        return []
    created = _create_public(published)
    _save_public_texts(published)
    return created


def _create_public(agendas: Sequence[Agenda]) -> list[Reference]:
    """Create the rows below published meetings and their public items; return the references among them."""
    rows = [dict(zip(agenda.public, agenda.rows, strict=True)) for agenda in agendas]
    splits, created = create_rows(
        [
            PublicContent(
                agenda.meeting,
                [
                    public_document(document, [item for at in places if (item := agenda.shown(at))])
                    for _reading, document, places in agenda.of_documents()
                ],
                list(zip(agenda.rows, agenda.public.values(), strict=True)),
            )
            for agenda in agendas
        ]
    )
    for split in splits:
        # Their other meetings are not locked here. If it fails, they are as before.
        transaction.on_commit(partial(_project_namesake, split), robust=True)
    for agenda, by_place in zip(agendas, rows, strict=True):
        create_public_files(
            agenda.meeting,
            [
                (reading, [(agenda.corrected[at].numbered_as_printed, by_place.get(at)) for at in places])
                for reading, _document, places in agenda.of_documents()
                if reading.pk in agenda.stored.with_files
            ],
        )
    return created


def _set_joint_committees(stored: Stored) -> None:
    """Set the other committees of a joint meeting, creating missing ones. One query at most for none."""
    meeting, others = stored.meeting, []
    for name in stored.documents[0][1].committees[1:] if stored.documents else ():
        if slug(name) and slug(name) not in RESERVED_COMMITTEE_SLUGS:
            committee = committee_named(meeting.committee.municipality, replace_masks(name))
            if committee != meeting.committee:
                others.append(committee)
    if others or not stored.is_new:
        meeting.joint_committees.set(others)


def _save_items(agendas: Sequence[Agenda]) -> None:
    """Update, create and delete rows for the public items, and set them as the rows of the agendas."""
    updated: list[AgendaItem] = []
    for agenda in agendas:
        before, paired = agenda.stored.rows, set()
        for at, corrected in agenda.public.items():
            old, address = agenda.addresses[at]
            row = before[old] if old is not None else AgendaItem(meeting=agenda.meeting)
            _set_facts(row, corrected.item, published=agenda.meeting.state == State.PUBLISHED)
            row.reading, row.reading_index = agenda.read[at].reading, agenda.read[at].index
            row.position, row.slug = at + 1, address
            agenda.rows.append(row)
            if old is not None:
                updated.append(row)
                paired.add(row.pk)
        if len(paired) < len(before):
            agenda.meeting.items.exclude(pk__in=paired).delete()
    AgendaItem.objects.bulk_update(updated, _UPDATED)
    AgendaItem.objects.bulk_create([row for agenda in agendas for row in agenda.rows if row.pk is None])


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


def _save_public_texts(agendas: Sequence[Agenda]) -> None:
    """Create the public text of each document."""
    PublicText.objects.bulk_create(
        PublicText(
            reading=reading,
            text=public_text(
                masked_text(reading) if agenda.removed else document.text,
                [agenda.corrected[at] for at in places],
            ),
        )
        for agenda in agendas
        for reading, document, places in agenda.of_documents()
    )
