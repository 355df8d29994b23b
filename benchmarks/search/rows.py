"""Made minutes as rows of the archive's tables, as `minutes.publishing.projection` would make them.

Only the readings are not: they share one short text, in which every place lies, since the search never looks
at them.
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
    Reading,
    Reference,
    Section,
    Source,
    Statement,
    Vote,
)
from minutes.models.danish import slug
from minutes.models.meetings import State
from minutes.publishing.cases import is_standing
from minutes.publishing.members import _members_named, is_personal_name
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.projection import is_contested
from minutes.reader import VERSION
from minutes.reader.records import Absence, Document, Guest, Item, Participant
from synthetic import SyntheticMinutes

Row = tuple[Any, ...]

TEXT = "Referatets tekst er udeladt, når der måles."
_SPAN = (0, len(TEXT))
_NOW = datetime.now(UTC)
_SPEAKERS = Statement.people.through

# The columns that are given; the others have the model's defaults, or the next number.
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Municipality: ("id", "name", "slug"),
    Committee: ("id", "municipality_id", "name", "slug"),
    Party: ("id", "municipality_id", "letter"),
    Person: ("id", "municipality_id", "name", "slug"),
    Case: ("id", "municipality_id", "number", "slug", "standing"),
    Source: ("id", "sha256", "size", "name", "given_municipality_id"),
    Meeting: ("id", "committee_id", "date", "start_time", "location", "term", "committee_as_printed"),
    Reading: ("id", "meeting_id", "source_id"),
    AgendaItem: (
        *("id", "meeting_id", "reading_id", "position", "reading_index", "number", "slug"),
        *("title", "closed", "decision", "outcome", "contested"),
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
_EVERYWHERE: dict[type[Model], dict[str, Any]] = {
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
def defaults(model: type[Model]) -> dict[str, Any]:
    """The columns of `model` that have the same value in every row."""
    found = dict(_EVERYWHERE.get(model, {}))
    for field in model._meta.concrete_fields:
        given = field.attname in (*COLUMNS[model], *found)
        if not given and not isinstance(field, AutoField | GeneratedField) and not field.null:
            found[field.attname] = _default(field)
    return found


def _default(field: Field) -> Any:
    if field.default is not NOT_PROVIDED:
        return field.get_default()
    return _NOW if field.get_internal_type() == "DateTimeField" else ""


class Numbers:
    """Primary keys that no other of `processes` gives out."""

    def __init__(self, process: int, processes: int, first: int = 1) -> None:
        self._count = count(first + process, processes)

    def __call__(self) -> int:
        return next(self._count)


class Town:
    """What the archive holds of a municipality, and the rows that its minutes add."""

    def __init__(self, name: str, numbers: dict[type[Model], Numbers]) -> None:
        self._numbers = numbers
        self._known: dict[tuple[type[Model], str], int] = {}
        self.rows: dict[type[Model], list[Row]] = {model: [] for model in COLUMNS}
        self.municipality = numbers[Municipality]()
        self.rows[Municipality].append((self.municipality, name, slug(name)))

    def add(self, made: SyntheticMinutes, document: Document, meeting: int, first_item: int) -> None:
        """Add the rows of a meeting that has the key `meeting`, and its items those from `first_item` on.

        Its source and its reading have the meeting's key too.
        """
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
            (meeting, f"{meeting:064}", len(made.text), made.path.rsplit("/", 1)[-1], self.municipality)
        )
        put[Reading].append((meeting, meeting, meeting))
        # Whoever speaks is somebody only if named as a member somewhere, be it later in the document.
        for each in _members_named(document):
            self._person(each)
        self._attendances("present", document.participants, meeting)
        self._attendances("absent", document.absent, meeting)
        printed = [
            Printed(item.number or "", item.title, item.case_number or "", "") for item in document.items
        ]
        for index, (item, (_old, address)) in enumerate(zip(document.items, pair([], printed), strict=True)):
            self._item(item, meeting, first_item + index, index, address)

    def _item(self, facts: Item, meeting: int, item: int, index: int, address: str) -> None:
        put = self.rows
        put[AgendaItem].append(
            (
                *(item, meeting, meeting, index + 1, index, facts.number or "", address, facts.title),
                *(facts.closed, facts.decision or "", facts.outcome.value, is_contested(facts)),
            )
        )
        put[Section] += [
            (item, position, each.heading or "", each.kind.value, each.clean)
            for position, each in enumerate(facts.sections, 1)
        ]
        put[Attachment] += [(item, position, title) for position, title in enumerate(facts.attachments, 1)]
        if facts.case_number:
            address = slug(facts.case_number)
            case = self._key(Case, address, facts.case_number, address, is_standing(facts))
            put[CaseNumber].append((item, case, facts.case_number))
        put[Reference] += [(item, position, *each) for position, each in enumerate(_references(facts), 1)]
        self._votes(facts, item)
        self._statements(facts, item)
        recused = {each.name for each in facts.left_or_recused}
        self._attendances(
            "absent", [each for each in facts.absent if each.name not in recused], meeting, item
        )
        self._attendances("recused", facts.left_or_recused, meeting, item)
        self._attendances("guest", facts.others_attending, meeting, item)

    def _votes(self, facts: Item, item: int) -> None:
        put = self.rows
        for position, each in enumerate(facts.ballots, 1):
            ballot = self._numbers[Ballot]()
            put[Ballot].append(
                (
                    *(ballot, item, position, each.subject, each.in_favour, each.against, each.abstained),
                    *(each.counts_from.value, each.result.value, each.result_from.value, each.evidence),
                )
            )
            for choice, names, parties in (
                ("for", each.for_names, each.for_parties),
                ("against", each.against_names, each.against_parties),
                ("abstained", each.abstained_names, each.abstained_parties),
            ):
                people = filter(None, map(self._person, names))
                put[Vote] += [(ballot, choice, person, None, None) for person in people]
                put[Vote] += [
                    (ballot, choice, None, self._party(letter), number) for letter, number in parties.items()
                ]

    def _statements(self, facts: Item, item: int) -> None:
        kinds = Statement.Kind
        told = [
            *((kinds.REMARK.value, each.who, each.text) for each in facts.statements),
            *((kinds.RESERVATION.value, (name,), "") for name in facts.reservations),
            *((kinds.REFERRAL.value, (name,), "") for name in facts.referred_to_council_by),
        ]
        for position, (kind, who, text) in enumerate(told, 1):
            statement = self._numbers[Statement]()
            self.rows[Statement].append((statement, item, position, kind, ", ".join(who), text))
            self.rows[_SPEAKERS] += [
                (statement, person) for person in sorted(set(filter(None, map(self._known_person, who))))
            ]

    def _attendances(
        self,
        role: str,
        everyone: Sequence[Participant | Absence | Guest],
        meeting: int,
        item: int | None = None,
    ) -> None:
        for position, each in enumerate(everyone, 1):
            if isinstance(each, Guest):
                note, person, party = each.role, None, None
            else:
                note = getattr(each, "reason", None)
                person, party = self._person(each.name), each.party and self._party(each.party)
            self.rows[Attendance].append(
                (meeting, item, position, role, each.name, note or "", person, party or None)
            )

    def _person(self, name: str) -> int | None:
        return self._key(Person, slug(name), name, slug(name)) if is_personal_name(name) else None

    def _known_person(self, name: str) -> int | None:
        return self._known.get((Person, slug(name)))

    def _party(self, letter: str) -> int:
        return self._key(Party, letter, letter)

    def _key(self, model: type[Model], known_by: str, *values: str | bool) -> int:
        """The key of the municipality's row that is `known_by` this; made of `values` if there is none."""
        found = self._known.get((model, known_by))
        if found is None:
            found = self._known[model, known_by] = self._numbers[model]()
            self.rows[model].append((found, self.municipality, *values))
        return found


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
