"""What was understood of a document beside its text, each fact with its place; warnings first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.admin.pages import meeting_for, staff_page
from minutes.models import Correction, Meeting, Reading
from minutes.models.meetings import OUTCOMES
from minutes.models.states import State
from minutes.models.votes import BALLOT_RESULTS
from minutes.privacy import Contact, find_contacts, mask_cpr_numbers
from minutes.publishing import Relation
from minutes.publishing.corrected import Corrections, place_of
from minutes.publishing.projection import addresses_of
from minutes.publishing.readings import load_document, masked_text
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.records import Ballot, Document, Doubt, Item, Warning
from minutes.text_diff import diff_lines
from minutes.vocabulary import CountsFrom, ResultFrom, SectionKind
from minutes.warning_messages import message_of

_OUTCOME_NAMES = dict(OUTCOMES)
# How much of the text on either side of a hit is shown.
_AROUND = 40


@dataclass(frozen=True)
class Side:
    label: str
    count: int | None
    who: str


@dataclass(frozen=True)
class BallotSeen:
    """A ballot for the page: `sides` are for, against, abstained."""

    ballot: Ballot
    result: str
    sides: list[Side]
    counted: bool
    inferred: bool
    corrected: bool


@dataclass
class ItemSeen:
    """An item for the page. `at` is where its heading stands, `decision_at` its decision."""

    item: Item
    address: str
    at: int
    decision_at: int | None
    outcome: str
    ballots: list[BallotSeen]
    taken_down: bool
    news: str = ""  # how it differs from what the archive has
    corrected: frozenset[str] = frozenset()
    absent: list[tuple[str, int | None]] = field(default_factory=list)
    recused: list[tuple[str, int | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Hit:
    start: int
    line: int
    before: str
    shown: str
    after: str


@dataclass(frozen=True)
class Segment:
    """A piece of the text from `start`, between two places that facts point at."""

    start: int
    text: str
    warned: bool


def review(request: HttpRequest, meeting_id: int, reading_id: int | None = None) -> HttpResponse:
    """The reading that wants looking at: the one named, else the waiting one, else the current."""
    meeting = meeting_for(request, meeting_id)
    readings = list(meeting.readings.select_related("source").order_by("-id"))
    if reading_id is None:
        reading = next(
            (each for wanted in ("pending", "current") for each in readings if getattr(each, wanted)),
            readings[0] if readings else None,
        )
    else:
        reading = next((each for each in readings if each.pk == reading_id), None)
        if reading is None:
            get_object_or_404(Reading.objects.none())
    title = f"{meeting.committee}, {date_format(meeting.date, 'j. F Y')}"
    ctx = staff_page(request, title) | {
        "meeting": meeting,
        "reading": reading,
        "readings": readings,
        "file_name": mask_cpr_numbers(reading.source.name) if reading else "",
        "history": meeting.changes.select_related("by")[:30],
        "may": {
            perm: request.user.has_perm(f"minutes.{perm}", meeting)
            for perm in ("publish", "correct", "redact", "take_down", "judge_hits")
        },
        "asked": meeting.corrections.filter(
            state__in=[Correction.State.QUESTIONED, Correction.State.PROPOSED]
        ).select_related("made_by"),
        "corrections": meeting.corrections.in_force().select_related("made_by"),
        "is_public": meeting.state == State.PUBLISHED,
        "opts": Meeting._meta,
    }
    if reading is not None:
        ctx |= _understood(meeting, reading, readings)
    return render(request, "admin/review.html", ctx)


def _understood(meeting: Meeting, reading: Reading, readings: list[Reading]) -> dict[str, Any]:
    document = load_document(reading)
    text = document.text
    corrections = Corrections(meeting, update=False)
    addresses = addresses_of(meeting, document)
    compared = _compared_with(reading, readings)
    before = {} if compared is None else _by_address(meeting, compared)
    seen = [
        _item(item, address, text, corrections, before if compared else None)
        for item, address in zip(document.items, addresses, strict=True)
    ]
    doubts = [msgspec.convert(doubt, Doubt) for doubt in reading.doubts]
    notices: list[Warning | Doubt] = [*doubts, *document.warnings]
    warned = [(notice.start, notice.end) for notice in notices if notice.end > notice.start]
    others = list(_others_of_day(meeting))
    ctx: dict[str, Any] = {
        "document": document,
        "items": seen,
        "gone": [old for address, old in before.items() if address not in addresses],
        "committee_at": _at(document.committee_as_printed or document.committee or "", text),
        "doubts": [(doubt.start, message_of(doubt)) for doubt in doubts],
        "warnings": [(warning.start, message_of(warning)) for warning in document.warnings],
        "same_day": others,
        "relation_choices": _relation_choices(meeting, reading, has_others=bool(others)),
        "hits": [_hit(text, start, end) for start, end in reading.unresolved_cpr_matches],
        "contacts": [(each, _around(text, each)) for each in find_contacts(text)],
        "segments": list(_segments(text, document, seen, reading.unresolved_cpr_matches, warned)),
        "ballot_count": sum(len(each.ballots) for each in seen),
        "decided_count": sum(bool(each.item.decision) for each in seen),
    }
    if compared is not None:
        ctx |= {"compared": compared, "differences": diff_lines(masked_text(compared), text)}
    return ctx


def _others_of_day(meeting: Meeting) -> QuerySet[Meeting]:
    """Return the other meetings of the committee that day: a document may belong to one of them."""
    of_day = Meeting.objects.with_places().filter(committee=meeting.committee, date=meeting.date)
    return of_day.exclude(pk=meeting.pk).exclude(state=State.TAKEN_DOWN).order_by("sequence")


def _relation_choices(meeting: Meeting, reading: Reading, *, has_others: bool) -> list[tuple[str, str]]:
    """Return what the document may be said to be instead: not of a public one, nor without an alternative."""
    if reading.pending:
        return [
            (Relation.ANOTHER.value, _("Det er et andet møde")),
            (Relation.SUPPLEMENT.value, _("Det er et tillæg til mødet")),
        ]
    if not reading.current or meeting.state == State.PUBLISHED or not has_others:
        return []
    return [
        (Relation.VERSION.value, _("Det er en ny udgave af mødet den dag")),
        (Relation.SUPPLEMENT.value, _("Det er et tillæg til mødet den dag")),
        (Relation.ANOTHER.value, _("Det er et møde for sig")),
    ]


def _compared_with(reading: Reading, readings: list[Reading]) -> Reading | None:
    """What a version that is not in force is compared with: the current one of its sort."""
    if reading.current:
        return None
    return next((each for each in readings if each.current and each.supplement == reading.supplement), None)


def _by_address(meeting: Meeting, reading: Reading) -> dict[str, Item]:
    document = load_document(reading)
    return dict(zip(addresses_of(meeting, document), document.items, strict=True))


def _item(
    item: Item, address: str, text: str, corrections: Corrections, before: dict[str, Item] | None
) -> ItemSeen:
    corrected = corrections.apply(address, item, text)
    told = corrected.item
    sections = [each for each in item.sections if each.kind == SectionKind.DECISION]
    return ItemSeen(
        item=told,
        address=address,
        at=item.start,
        decision_at=sections[0].start if sections else None,
        outcome=str(_OUTCOME_NAMES[told.outcome]),
        ballots=[
            _ballot(ballot, corrected=bool(day))
            for ballot, day in zip(told.ballots, corrected.ballot_dates, strict=True)
        ],
        taken_down=is_taken_down(item),
        news=_news(item, before.get(address)) if before is not None else "",
        corrected=corrections.fields_of(address),
        absent=[(each.name, _name_at(each.name, text, item)) for each in told.absent],
        recused=[(each.name, _name_at(each.name, text, item)) for each in told.left_or_recused],
    )


def _news(item: Item, old: Item | None) -> str:
    if old is None:
        return _("nyt punkt")
    changed = [
        name
        for name, differs in (
            (_("titel"), old.title != item.title),
            (_("beslutning"), (old.decision or "").split() != (item.decision or "").split()),
            (_("udfald"), old.outcome != item.outcome),
            (_("afstemninger"), len(old.ballots) != len(item.ballots) or _counts(old) != _counts(item)),
            (_("lukket"), old.closed != item.closed),
        )
        if differs
    ]
    return _("ændret: %s") % ", ".join(changed) if changed else ""


def _counts(item: Item) -> list[tuple[int | None, int | None, int | None]]:
    return [(each.in_favour, each.against, each.abstained) for each in item.ballots]


def _ballot(ballot: Ballot, *, corrected: bool) -> BallotSeen:
    sides = [
        (_("For"), ballot.in_favour, ballot.for_names, ballot.for_parties),
        (_("Imod"), ballot.against, ballot.against_names, ballot.against_parties),
        (_("Undlod"), ballot.abstained, ballot.abstained_names, ballot.abstained_parties),
    ]
    return BallotSeen(
        ballot,
        str(dict(BALLOT_RESULTS)[ballot.result]).lower() if ballot.result else "",
        [Side(label, count, ", ".join(_who(names, parties))) for label, count, names, parties in sides],
        ballot.counts_from == CountsFrom.COUNTED,
        ballot.result_from == ResultFrom.COUNTS,
        corrected,
    )


def _who(names: Iterable[str], parties: dict[str, int | None]) -> Iterator[str]:
    yield from names
    yield from (letter if count is None else f"{letter} ({count})" for letter, count in parties.items())


def _name_at(name: str, text: str, item: Item) -> int | None:
    place = place_of(name, text, item.start, item.end)
    return place[0] if place else None


def _at(words: str, text: str) -> int | None:
    place = place_of(words, text, 0, len(text))
    return place[0] if place else None


def _hit(text: str, start: int, end: int) -> Hit:
    return Hit(
        start,
        text.count("\n", 0, start) + 1,
        text[max(start - _AROUND, 0) : start],
        text[start:end],
        text[end : end + _AROUND],
    )


def _around(text: str, contact: Contact) -> Hit:
    return _hit(text, contact.start, contact.end)


def _segments(
    text: str,
    document: Document,
    seen: list[ItemSeen],
    hits: list[list[int]],
    warned: list[tuple[int, int]],
) -> Iterator[Segment]:
    """The text in pieces that begin wherever a fact, a warning or a hit begins or ends."""
    places = {0, len(text)}
    for each in seen:
        places |= {each.item.start, each.item.end}
        for section in each.item.sections:
            places |= {section.start, section.end}
        told = (each.item.ballots, each.item.statements, each.item.prior_decisions)
        places |= {place for found in told for one in found for place in (one.start, one.end)}
        places |= {at for _name, at in (*each.absent, *each.recused) if at is not None}
    for start, end in (*hits, *warned):
        places |= {start, end}
    places |= {each.start for each in find_contacts(text)}
    at = _at(document.committee_as_printed or document.committee or "", text)
    places |= {at} if at is not None else set()
    for start, end in pairwise(sorted(places)):
        yield Segment(start, text[start:end], any(low <= start < high for low, high in warned))
