"""Data of the review page: the facts of a reading, each with its place in the text, and its text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from minutes.models import Meeting, Reading
from minutes.models.meetings import OUTCOMES, MeetingQuerySet
from minutes.models.states import State
from minutes.models.votes import BALLOT_RESULTS, VOTE_CHOICES
from minutes.privacy import Span, find_contacts
from minutes.publishing import Relation, find_known_names
from minutes.publishing.corrected import Corrections, place_of
from minutes.publishing.item_addresses import addresses_of
from minutes.publishing.readings import load_document, masked_text
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.header_kind import says_cancelled
from minutes.reader.records import Ballot, Document, Doubt, Item, Warning
from minutes.text_diff import diff_lines
from minutes.vocabulary import CountsFrom, ResultFrom, SectionKind, VoteKnown
from minutes.warning_messages import message_of

_OUTCOME_NAMES = dict(OUTCOMES)
# Characters of the text shown on either side of a match.
_CONTEXT = 40


@dataclass(frozen=True)
class Side:
    label: str
    count: int | None
    voters: str


@dataclass(frozen=True)
class ReviewedBallot:
    """A ballot. `sides` are for, against and abstained."""

    facts: Ballot
    result: str
    sides: list[Side]
    counted: bool
    inferred: bool
    corrected: bool

    @property
    def deduced(self) -> str:
        """The votes that are not printed but follow: "Ane Lund (for), Bo Dam (imod)"."""
        choices = dict(VOTE_CHOICES)
        return ", ".join(
            f"{vote.name} ({str(choices[vote.choice]).lower()})"
            for vote in self.facts.votes
            if vote.known == VoteKnown.DEDUCED
        )


@dataclass(frozen=True)
class ReviewedItem:
    """An item as corrected. `start` is the offset of its heading, `decision_start` that of its decision."""

    facts: Item
    numbered_as_printed: Item
    address: str
    start: int
    decision_start: int | None
    outcome: str
    ballots: list[ReviewedBallot]
    taken_down: bool
    difference: str = ""  # from the same item in the current reading
    corrected: frozenset[str] = frozenset()
    # Names with their offsets in the text.
    absent: list[tuple[str, int | None]] = field(default_factory=list)
    recused: list[tuple[str, int | None]] = field(default_factory=list)


@dataclass(frozen=True)
class Match:
    """A match in the text with its line number and the text around it."""

    start: int
    line: int
    before: str
    text: str
    after: str


@dataclass(frozen=True)
class Segment:
    """A piece of the text from `start`, between two offsets that facts refer to."""

    start: int
    text: str
    warned: bool


def review_data(meeting: Meeting, reading: Reading, readings: list[Reading]) -> dict[str, Any]:
    """Return the template context that describes `reading`, one of the meeting's `readings`."""
    corrections = Corrections(meeting, update=False)
    repaired = corrections.structured(reading)
    document = repaired.document
    addresses = addresses_of(meeting, document, repaired.addresses)
    compared = _compared_with(reading, readings)
    items_before = None if compared is None else _items_by_address(meeting, compared)
    items = [
        _reviewed_item(item, address, document, corrections, items_before)
        for item, address in zip(document.items, addresses, strict=True)
    ]
    items = [items[at] for at in corrections.order(addresses)]
    described = corrections.meeting(document) if not reading.supplement else None
    data: dict[str, Any] = {
        "document": described.document if described else document,
        "end_time": described.end_time if described else None,
        "corrected_facts": described.fields if described else (),
        "items": items,
        "removed_items": [item for address, item in (items_before or {}).items() if address not in addresses],
        "committee_start": _committee_start(document),
        "cancellation": _cancellation(document),
        "ballot_count": sum(len(item.ballots) for item in items),
        "decided_count": sum(bool(item.facts.decision) for item in items),
    }
    known = find_known_names(meeting, document.text)
    data |= _notices(document, reading, items, known)
    if len(readings) > 1:
        # A redaction covers the other versions too.
        texts = [version.text for version in readings] if known else []
        data |= {
            "matches_in_versions": sum(len(version.unresolved_cpr_matches) for version in readings),
            "names_in_versions": sum(len(find_known_names(meeting, text)) for text in texts),
        }
    data |= _relations(meeting, reading)
    if compared is not None:
        data |= {"compared": compared, "differences": diff_lines(masked_text(compared), document.text)}
    return data


def _notices(
    document: Document, reading: Reading, items: list[ReviewedItem], known_names: list[Span]
) -> dict[str, Any]:
    """Return doubts, warnings, matches, contacts and `known_names`, and the text in segments."""
    text = document.text
    doubts = [msgspec.convert(doubt, Doubt) for doubt in reading.doubts]
    doubted = {doubt.code for doubt in doubts}
    notices: list[Warning | Doubt] = [*doubts, *document.warnings]
    warned = [(notice.start, notice.end) for notice in notices if notice.end > notice.start]
    contacts = [(contact.start, contact.end) for contact in find_contacts(text)]
    matches: list[list[int]] = reading.unresolved_cpr_matches
    offsets = {
        *_offsets_of_facts(document, items),
        *(offset for span in (*matches, *warned) for offset in span),
        *(start for start, _end in (*contacts, *known_names)),
    }
    return {
        "doubts": [(doubt.start, message_of(doubt)) for doubt in doubts],
        "warnings": [
            (warning.start, message_of(warning))
            for warning in document.warnings
            if warning.code not in doubted
        ],
        "matches": [_match(text, start, end) for start, end in matches],
        "known_names": [_match(text, start, end) for start, end in known_names],
        "contacts": [_match(text, start, end) for start, end in contacts],
        "segments": list(_segments(text, offsets, warned)),
    }


def _cancellation(document: Document) -> tuple[int, str] | None:
    """Return where a cancelled meeting's document says that it was cancelled, and the line."""
    if not document.cancelled:
        return None
    start = 0
    for line in document.text.splitlines(keepends=True):
        if says_cancelled(line):
            return start, line.strip()
        start += len(line)
    return 0, ""


def _relations(meeting: Meeting, reading: Reading) -> dict[str, Any]:
    others = list(_others_of_day(meeting))
    return {
        "same_day": others,
        "relation_choices": _relation_choices(meeting, reading, has_others=bool(others)),
    }


def _others_of_day(meeting: Meeting) -> MeetingQuerySet:
    """Return the committee's other meetings that day, to which the document may belong."""
    of_day = Meeting.objects.with_places().filter(committee=meeting.committee, date=meeting.date)
    return of_day.exclude(pk=meeting.pk).exclude(state=State.TAKEN_DOWN).order_by("sequence")


def _relation_choices(meeting: Meeting, reading: Reading, *, has_others: bool) -> list[tuple[str, str]]:
    """Return the relations to the meetings of the day that staff can choose for the document.

    None for a public document, nor for a draft without another meeting that day.
    """
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
    """Return the current reading to compare with one that is not current, else None."""
    if reading.current:
        return None
    return next(
        (other for other in readings if other.current and other.supplement == reading.supplement), None
    )


def _items_by_address(meeting: Meeting, reading: Reading) -> dict[str, Item]:
    document = load_document(reading)
    return dict(zip(addresses_of(meeting, document), document.items, strict=True))


def _reviewed_item(
    item: Item,
    address: str,
    document: Document,
    corrections: Corrections,
    items_before: dict[str, Item] | None,
) -> ReviewedItem:
    result, text = corrections.apply(address, item, document), document.text
    corrected = result.item
    decisions = [section for section in corrected.sections if section.kind == SectionKind.DECISION]
    return ReviewedItem(
        facts=corrected,
        numbered_as_printed=result.numbered_as_printed,
        address=address,
        start=item.start,
        decision_start=decisions[0].start if decisions else None,
        outcome=str(_OUTCOME_NAMES[corrected.outcome]),
        ballots=[
            _reviewed_ballot(ballot, corrected=bool(day))
            for ballot, day in zip(corrected.ballots, result.ballot_dates, strict=True)
        ],
        taken_down=is_taken_down(item),
        difference="" if items_before is None else _difference(item, items_before.get(address)),
        corrected=corrections.fields_of(address),
        absent=[(absence.name, _start_of(absence.name, text, item)) for absence in corrected.absent],
        recused=[
            (absence.name, _start_of(absence.name, text, item)) for absence in corrected.left_or_recused
        ],
    )


def _difference(item: Item, before: Item | None) -> str:
    """Return in Danish how the item differs from the one before; empty if it does not."""
    if before is None:
        return _("nyt punkt")
    comparisons = (
        (_("titel"), before.title != item.title),
        (_("beslutning"), (before.decision or "").split() != (item.decision or "").split()),
        (_("udfald"), before.outcome != item.outcome),
        (_("afstemninger"), _counts(before) != _counts(item)),
        (_("lukket"), before.closed != item.closed),
    )
    changed = [name for name, differs in comparisons if differs]
    return _("ændret: %s") % ", ".join(changed) if changed else ""


def _counts(item: Item) -> list[tuple[int | None, int | None, int | None]]:
    return [(ballot.in_favour, ballot.against, ballot.abstained) for ballot in item.ballots]


def _reviewed_ballot(ballot: Ballot, *, corrected: bool) -> ReviewedBallot:
    sides = [
        (_("For"), ballot.in_favour, ballot.for_names, ballot.for_parties),
        (_("Imod"), ballot.against, ballot.against_names, ballot.against_parties),
        (_("Undlod"), ballot.abstained, ballot.abstained_names, ballot.abstained_parties),
    ]
    return ReviewedBallot(
        ballot,
        str(dict(BALLOT_RESULTS)[ballot.result]).lower() if ballot.result else "",
        [Side(label, count, ", ".join(_voters(names, parties))) for label, count, names, parties in sides],
        ballot.counts_from == CountsFrom.COUNTED,
        ballot.result_from == ResultFrom.COUNTS,
        corrected,
    )


def _voters(names: Iterable[str], parties: dict[str, int | None]) -> Iterator[str]:
    yield from names
    yield from (letter if count is None else f"{letter} ({count})" for letter, count in parties.items())


def _start_of(name: str, text: str, item: Item) -> int | None:
    place = place_of(name, text, item.start, item.end)
    return place[0] if place else None


def _committee_start(document: Document) -> int | None:
    name = document.committee_as_printed or document.committee or ""
    place = place_of(name, document.text, 0, len(document.text))
    return place[0] if place else None


def _match(text: str, start: int, end: int) -> Match:
    return Match(
        start,
        text.count("\n", 0, start) + 1,
        text[max(start - _CONTEXT, 0) : start],
        text[start:end],
        text[end : end + _CONTEXT],
    )


def _offsets_of_facts(document: Document, items: list[ReviewedItem]) -> Iterator[int]:
    committee_start = _committee_start(document)
    if committee_start is not None:
        yield committee_start
    if cancellation := _cancellation(document):
        yield cancellation[0]
    for item in items:
        facts = item.facts
        yield from (facts.start, facts.end)
        yield from (election.start for election in facts.elections)
        for records in (facts.sections, facts.ballots, facts.statements, facts.prior_decisions):
            yield from (offset for record in records for offset in (record.start, record.end))
        yield from (start for _name, start in (*item.absent, *item.recused) if start is not None)


def _segments(text: str, offsets: set[int], warned: list[tuple[int, int]]) -> Iterator[Segment]:
    """Split the text at the offsets."""
    for start, end in pairwise(sorted({0, len(text), *offsets})):
        is_warned = any(low <= start < high for low, high in warned)
        yield Segment(start, text[start:end], is_warned)
