"""Convert synthetic minutes to the rows that `minutes.publishing.projection` would create.

Except readings: they all have the same short text, and all spans cover it, because the search never reads
them.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

from django.db.models import NOT_PROVIDED, AutoField, Field, GeneratedField, Model

from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Committee,
    Meeting,
    Municipality,
    Party,
    Person,
    PublicText,
    Reading,
    Reference,
    Section,
    Source,
    Statement,
    Vote,
)
from minutes.models.danish import slug
from minutes.models.states import State
from minutes.publishing.cases import is_standing
from minutes.publishing.corrected import CorrectedItem
from minutes.publishing.members import _members_named, is_personal_name
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.projection import is_contested
from minutes.publishing.public_content import public_document, public_item
from minutes.reader import VERSION
from minutes.reader.records import Absence, Document, Guest, Item, Participant
from minutes.topics import topic_of
from minutes.vocabulary import ResultFrom
from synthetic import SyntheticMinutes

Row = tuple[Any, ...]

TEXT = "Referatets tekst er udeladt, når der måles."
_SPAN = (0, len(TEXT))
_NOW = datetime.now(UTC)
_SPEAKERS = Statement.people.through

# The columns with a value for each row; others have the model's default, or the next key.
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Municipality: ("id", "name", "slug"),
    Committee: ("id", "municipality_id", "name", "slug"),
    Party: ("id", "municipality_id", "letter"),
    Person: ("id", "municipality_id", "name", "slug"),
    Case: ("id", "municipality_id", "number", "slug", "standing"),
    Source: ("id", "sha256", "size", "name", "given_municipality_id"),
    Meeting: ("id", "committee_id", "date", "start_time", "location", "term", "committee_as_printed"),
    Reading: ("id", "meeting_id", "source_id"),
    PublicText: ("reading_id", "text"),
    AgendaItem: (
        *("id", "meeting_id", "reading_id", "position", "reading_index", "number", "slug"),
        *("title", "closed", "decision", "outcome", "contested", "topic"),
    ),
    Section: ("item_id", "position", "heading", "kind", "text"),
    Attachment: ("item_id", "position", "title"),
    CaseNumber: ("item_id", "case_id", "printed"),
    Reference: ("item_id", "position", "kind", "committee_name", "date", "item_number", "text"),
    Ballot: (
        *("id", "item_id", "position", "subject", "for_count", "against_count", "abstained_count"),
        *("counts_from", "result", "result_from", "evidence"),
    ),
    Vote: ("ballot_id", "choice", "person_id", "party_id", "count"),
    Statement: ("id", "item_id", "position", "kind", "who", "text"),
    _SPEAKERS: ("statement_id", "person_id"),
    Attendance: ("meeting_id", "item_id", "position", "role", "name", "note", "person_id", "party_id"),
}
_CONSTANTS: dict[type[Model], dict[str, Any]] = {
    Meeting: {"state": State.PUBLISHED.value, "published_at": _NOW},
    Reading: {
        "text": TEXT,
        "facts": '{"items": []}',
        "warnings": "[]",
        "doubts": "[]",
        "unresolved_cpr_matches": "[]",
        "reader_version": VERSION,
        "document": "minutes",
        "current": True,
    },
    Section: dict(zip(("start", "end"), _SPAN, strict=True)),
    Ballot: dict(zip(("start", "end"), _SPAN, strict=True)),
    Statement: dict(zip(("start", "end"), _SPAN, strict=True)),
    Reference: dict(zip(("start", "end"), _SPAN, strict=True)),
}


@cache
def default_values(model: type[Model]) -> dict[str, Any]:
    """Return the columns of a model that have the same value in every row, with their values."""
    values = dict(_CONSTANTS.get(model, {}))
    for field in model._meta.concrete_fields:
        has_value = field.attname in (*COLUMNS[model], *values)
        if not has_value and not isinstance(field, AutoField | GeneratedField) and not field.null:
            values[field.attname] = _default(field)
    return values


def _default(field: "Field[Any, Any]") -> Any:
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return _NOW if field.get_internal_type() == "DateTimeField" else ""


class KeySequence:
    """A sequence of primary keys, disjoint from those of the other processes."""

    def __init__(self, process: int, processes: int, first: int = 1) -> None:
        self._count = count(first + process, processes)

    def __call__(self) -> int:
        return next(self._count)


class MunicipalityRows:
    """The rows of a municipality, and the keys of its committees, people, parties and cases."""

    def __init__(self, name: str, keys: dict[type[Model], KeySequence]) -> None:
        self._keys = keys
        self._key_by_name: dict[tuple[type[Model], str], int] = {}
        self.rows: dict[type[Model], list[Row]] = {model: [] for model in COLUMNS}
        self.municipality = keys[Municipality]()
        self.rows[Municipality].append((self.municipality, name, slug(name)))

    def add(self, minutes: SyntheticMinutes, document: Document, meeting: int, first_item: int) -> None:
        """Add the rows of a meeting.

        `meeting` is the key of the meeting, its source and its reading; `first_item` that of its first item.
        """
        printed = [
            Printed(item.number or "", item.title, item.case_number or "", "") for item in document.items
        ]
        document = public_document(document, map(_public_item, document.items))
        put = self.rows
        name = document.committee or ""
        committee = self._key(Committee, slug(name), name, slug(name))
        put[Meeting].append(
            (
                *(meeting, committee, document.date, document.start_time, document.location or ""),
                *(document.term or "", document.committee_as_printed or ""),
            )
        )
        put[Source].append(
            (meeting, f"{meeting:064}", len(minutes.text), minutes.path.rsplit("/", 1)[-1], self.municipality)
        )
        put[Reading].append((meeting, meeting, meeting))
        put[PublicText].append((meeting, TEXT))
        # First, because a speaker is a person only if the document names them as a member, here or later.
        for name in _members_named(document):
            self._person(name)
        self._attendances("present", document.participants, meeting)
        self._attendances("absent", document.absent, meeting)
        for index, (item, (_old, address)) in enumerate(zip(document.items, pair([], printed), strict=True)):
            self._item(item, meeting, first_item + index, index, address)

    def _item(self, facts: Item, meeting: int, item: int, index: int, address: str) -> None:
        put = self.rows
        put[AgendaItem].append(
            (
                *(item, meeting, meeting, index + 1, index, facts.number or "", address, facts.title),
                *(facts.closed, facts.decision or "", facts.outcome.value, is_contested(facts)),
                topic_of(facts.case_number),
            )
        )
        put[Section] += [
            (item, position, section.heading or "", section.kind.value, section.clean)
            for position, section in enumerate(facts.sections, 1)
        ]
        put[Attachment] += [(item, position, title) for position, title in enumerate(facts.attachments, 1)]
        if facts.case_number:
            address = slug(facts.case_number)
            case = self._key(Case, address, facts.case_number, address, is_standing(facts))
            put[CaseNumber].append((item, case, facts.case_number))
        put[Reference] += [(item, position, *row) for position, row in enumerate(_references(facts), 1)]
        self._votes(facts, item)
        self._statements(facts, item)
        recused = {absence.name for absence in facts.left_or_recused}
        absent = [absence for absence in facts.absent if absence.name not in recused]
        self._attendances("absent", absent, meeting, item)
        self._attendances("recused", facts.left_or_recused, meeting, item)
        self._attendances("guest", facts.others_attending, meeting, item)

    def _votes(self, facts: Item, item: int) -> None:
        put = self.rows
        for position, ballot in enumerate(facts.ballots, 1):
            key = self._keys[Ballot]()
            # `publishing.public_rows` stores an unknown result as these too.
            result = ballot.result.value if ballot.result else None
            result_from = (ballot.result_from or ResultFrom.PRINTED).value
            put[Ballot].append(
                (
                    *(key, item, position, ballot.subject),
                    *(ballot.in_favour, ballot.against, ballot.abstained, ballot.counts_from.value),
                    *(result, result_from, ballot.evidence),
                )
            )
            for choice, names, parties in (
                ("for", ballot.for_names, ballot.for_parties),
                ("against", ballot.against_names, ballot.against_parties),
                ("abstained", ballot.abstained_names, ballot.abstained_parties),
            ):
                people = filter(None, map(self._person, names))
                put[Vote] += [(key, choice, person, None, None) for person in people]
                put[Vote] += [
                    (key, choice, None, self._party(letter), votes) for letter, votes in parties.items()
                ]

    def _statements(self, facts: Item, item: int) -> None:
        kinds = Statement.Kind
        statements = [
            *((kinds.REMARK.value, remark.who, remark.text) for remark in facts.statements),
            *((kinds.RESERVATION.value, (name,), "") for name in facts.reservations),
            *((kinds.REFERRAL.value, (name,), "") for name in facts.referred_to_council_by),
        ]
        for position, (kind, who, text) in enumerate(statements, 1):
            key = self._keys[Statement]()
            self.rows[Statement].append((key, item, position, kind, ", ".join(who), text))
            self.rows[_SPEAKERS] += [
                (key, person) for person in sorted(set(filter(None, map(self._known_person, who))))
            ]

    def _attendances(
        self,
        role: str,
        people: Sequence[Participant | Absence | Guest],
        meeting: int,
        item: int | None = None,
    ) -> None:
        for position, attendee in enumerate(people, 1):
            key, party = None, None
            if isinstance(attendee, Guest):
                note = attendee.role
            else:
                note = getattr(attendee, "reason", None)
                key, party = self._person(attendee.name), attendee.party and self._party(attendee.party)
            self.rows[Attendance].append(
                (meeting, item, position, role, attendee.name, note or "", key, party or None)
            )

    def _person(self, name: str) -> int | None:
        return self._key(Person, slug(name), name, slug(name)) if is_personal_name(name) else None

    def _known_person(self, name: str) -> int | None:
        return self._key_by_name.get((Person, slug(name)))

    def _party(self, letter: str) -> int:
        return self._key(Party, letter, letter)

    def _key(self, model: type[Model], name: str, *values: str | bool) -> int:
        """Return the key of the municipality's row with this name; add a row of `values` if there is none."""
        key = self._key_by_name.get((model, name))
        if key is None:
            key = self._key_by_name[model, name] = self._keys[model]()
            self.rows[model].append((key, self.municipality, *values))
        return key


def _public_item(item: Item) -> Item:
    """Return what the projection publishes of an item without corrections."""
    return public_item(CorrectedItem(item, item, ballot_dates=[None] * len(item.ballots))).item


def _references(facts: Item) -> Iterator[Row]:
    kinds = Reference.Kind
    for prior in facts.prior_decisions:
        yield (
            *(kinds.PRIOR_DECISION.value, prior.committee or "", prior.date, prior.item or ""),
            prior.text,
        )
    for mention in facts.references:
        yield kinds.MENTION.value, mention.committee or "", mention.date, mention.item or "", mention.evidence
    for step in facts.case_flow:
        yield kinds.CASE_FLOW.value, step.committee, step.date, "", ""
