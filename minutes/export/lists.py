"""The columns of each list that can be downloaded as a file.

A cell shows nothing that is not on the page that its row's address leads to.
"""

from dataclasses import replace
from enum import StrEnum
from functools import partial
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import CharField, F, OuterRef, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, NullIf
from django.urls import reverse
from django.utils.translation import gettext as _

from minutes.export.files import Cell, Column, Link, Listing
from minutes.item_facts import CSV_FACTS, ItemFact
from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    DeducedVote,
    Meeting,
    Person,
    Vote,
)
from minutes.models.votes import BallotQuerySet, KnownVoteQuerySet
from minutes.vocabulary import BallotSubject, VoteChoice


def _kind(meeting: Meeting) -> str:
    kind = str(meeting.get_kind_display())
    return _("%s, aflyst") % kind if meeting.cancelled else kind


MEETINGS = Listing(
    "moeder",
    {
        "kommune": lambda meeting: meeting.committee.municipality.name,
        "udvalg": lambda meeting: meeting.committee.name,
        "dato": lambda meeting: meeting.date,
        "klokken": lambda meeting: f"{meeting.start_time:%H:%M}" if meeting.start_time else None,
        "valgperiode": lambda meeting: meeting.term,
        "dokument": lambda meeting: str(meeting.get_document_display()),
        "art": _kind,
        "punkter": lambda meeting: meeting.item_count,
        "omstridte": lambda meeting: meeting.contested_count,
        "adresse": lambda meeting: Link(meeting.get_absolute_url()),
    },
)


def _fact_cell(fact: ItemFact, item: AgendaItem) -> Cell:
    """Return the value of a fact, of an enumeration its Danish label, or None for its default."""
    value: str | bool = getattr(item, fact.name)
    if not issubclass(fact.type, StrEnum):
        return value
    return None if value == fact.default else str(getattr(item, f"get_{fact.name}_display")())


ITEMS = Listing(
    "punkter",
    {
        "kommune": lambda item: item.meeting.committee.municipality.name,
        "udvalg": lambda item: item.meeting.committee.name,
        "dato": lambda item: item.meeting.date,
        **{fact.csv_column: partial(_fact_cell, fact) for fact in CSV_FACTS},
        "adresse": lambda item: Link(item.get_absolute_url()),
    },
)


def items_of(case: Case) -> Listing:
    return replace(ITEMS, name=f"sag-{case.municipality.slug}-{case.slug}")


def _source(reading: int, start: int, end: int) -> Link:
    """Return the address of a passage of a source."""
    return Link(f"{reverse('source', args=[reading])}?{urlencode({'fra': start, 'til': end})}#fra")


def _with_voters(ballots: BallotQuerySet) -> BallotQuerySet:
    """Return the ballots with their places and the names of the voters on each side, in one query."""
    party = Concat(
        Coalesce(NullIf("party__name", Value("")), "party__letter"),
        models.Case(
            When(count=None, then=Value("")),
            default=Concat(Value(" ("), Cast("count", CharField()), Value(")")),
        ),
    )
    votes = Vote.objects.filter(ballot=OuterRef("pk")).order_by("id")
    names = votes.values_list(Coalesce(F("person__name"), party, output_field=CharField()))
    deduced = DeducedVote.objects.filter(ballot=OuterRef("pk")).order_by("id").values_list("person__name")
    return (
        ballots.with_places()
        .with_contested()
        .prefetch_related(None)
        .annotate(**{f"names_{choice}": ArraySubquery(names.filter(choice=choice)) for choice in VoteChoice})
        .annotate(
            **{f"deduced_{choice}": ArraySubquery(deduced.filter(choice=choice)) for choice in VoteChoice}
        )
    )


def _subject_label(ballot: Ballot) -> str:
    """Return what was voted on: "punktet", "ændringsforslag" or "del 2"."""
    if ballot.subject == BallotSubject.MAIN:
        return _("punktet")
    if ballot.subject == BallotSubject.AMENDMENT:
        return _("ændringsforslag")
    return _("del %(part)s") % {"part": ballot.subject.removeprefix("part ")}


BALLOTS = Listing(
    "afstemninger",
    {
        "kommune": lambda ballot: ballot.item.meeting.committee.municipality.name,
        "udvalg": lambda ballot: ballot.item.meeting.committee.name,
        "dato": lambda ballot: ballot.item.meeting.date,
        "punkt": lambda ballot: ballot.item.number,
        "titel": lambda ballot: ballot.item.title,
        "om": _subject_label,
        "for": lambda ballot: ballot.for_count,
        "imod": lambda ballot: ballot.against_count,
        "undlod": lambda ballot: ballot.abstained_count,
        "omstridt": lambda ballot: ballot.contested,
        "resultat": lambda ballot: str(ballot.get_result_display() or ""),
        "stemte_for": lambda ballot: ballot.names_for,
        "stemte_imod": lambda ballot: ballot.names_against,
        "undlod_at_stemme": lambda ballot: ballot.names_abstained,
        "udledt_for": lambda ballot: ballot.deduced_for,
        "udledt_imod": lambda ballot: ballot.deduced_against,
        "udledt_undlod": lambda ballot: ballot.deduced_abstained,
        "ordlyd": lambda ballot: ballot.evidence,
        "adresse": lambda ballot: Link(ballot.item.get_absolute_url()),
        "kilde": lambda ballot: _source(ballot.item.reading_id, ballot.start, ballot.end),
    },
    _with_voters,
)


def _with_cases(votes: KnownVoteQuerySet) -> KnownVoteQuerySet:
    """Return the votes in order of their ballots, with places, voters and case numbers, in one query."""
    numbers = CaseNumber.objects.filter(item=OuterRef("ballot__item")).order_by("position")
    return (
        votes.select_related(
            "ballot__item__meeting__committee__municipality", "person__municipality", "party"
        )
        .defer("ballot__evidence", "ballot__item__decision")
        .annotate(cases=ArraySubquery(numbers.values_list("printed")))
        .order_by(
            "-ballot__item__meeting__date",
            "-ballot__item__meeting_id",
            "ballot__item__position",
            "ballot__position",
            "choice",
            "id",
        )
    )


# One row per ballot and voter. A party that is printed as one voter has a row without a person.
VOTES = Listing(
    "afstemninger",
    {
        "kommune": lambda vote: vote.ballot.item.meeting.committee.municipality.name,
        "udvalg": lambda vote: vote.ballot.item.meeting.committee.name,
        "dato": lambda vote: vote.ballot.item.meeting.date,
        "punkt": lambda vote: vote.ballot.item.number,
        "titel": lambda vote: vote.ballot.item.title,
        "sagsnumre": lambda vote: vote.cases,
        "emne": lambda vote: vote.ballot.item.topic_label or None,
        "afstemning": lambda vote: vote.ballot.position,
        "om": lambda vote: _subject_label(vote.ballot),
        "resultat": lambda vote: str(vote.ballot.get_result_display() or ""),
        "person": lambda vote: vote.person.name if vote.person else None,
        "parti": lambda vote: vote.party.letter if vote.party else None,
        "stemme": lambda vote: str(vote.get_choice_display()),
        "partiets_stemmer": lambda vote: vote.count,
        "kendt_ved": lambda vote: str(vote.get_known_display()),
        "adresse": lambda vote: Link(vote.ballot.item.get_absolute_url()),
        "personens_adresse": lambda vote: Link(vote.person.get_absolute_url()) if vote.person else None,
        "kilde": lambda vote: _source(vote.ballot.item.reading_id, vote.ballot.start, vote.ballot.end),
    },
    _with_cases,
)


def ballots_of(person: Person) -> Listing:
    """Return the columns of ballots, with what `person` voted in each."""

    def with_own_vote(ballots: BallotQuerySet) -> BallotQuerySet:
        own, deduced = (
            model._default_manager.filter(ballot=OuterRef("pk"), person=person).values("choice")
            for model in (Vote, DeducedVote)
        )
        return _with_voters(ballots).annotate(own_choice=own[:1], own_deduced_choice=deduced[:1])

    own: dict[str, Column] = {
        "stemte": lambda ballot: _choice_label(ballot.own_choice),
        "udledt": lambda ballot: _choice_label(ballot.own_deduced_choice),
    }
    return Listing(_name("afstemninger", person), {**own, **BALLOTS.columns}, with_own_vote)


def _choice_label(choice: str | None) -> str:
    return str(Vote(choice=choice).get_choice_display()) if choice else ""


def meetings_of(person: Person) -> Listing:
    """Return the columns of the meetings of `statistics.person_rows.meetings_of`."""
    return Listing(
        _name("moeder", person),
        {
            "udvalg": lambda meeting: meeting.committee.name,
            "dato": lambda meeting: meeting.date,
            "paa_listen": lambda meeting: _LIST_ROLES.get(meeting.listed),
            "skrevet_som": lambda meeting: meeting.printed,
            "adresse": lambda meeting: Link(meeting.get_absolute_url()),
            "kilde": lambda meeting: _source(meeting.reading_id, meeting.source_start, meeting.source_end),
        },
    )


def statements_of(person: Person) -> Listing:
    """Return the columns of the statements of `statistics.person_rows.statements_of`."""
    return Listing(
        _name("tilkendegivelser", person),
        {
            **_ITEM_COLUMNS,
            "art": lambda statement: str(statement.get_kind_display()),
            "skrevet_som": lambda statement: statement.who,
            "ordlyd": lambda statement: statement.text,
            **_SOURCE_COLUMNS,
        },
    )


def missed_by(person: Person) -> Listing:
    """Return the columns of the items of `statistics.person_rows.missed_items`."""
    return Listing(
        _name("fravaer", person),
        {
            **_ITEM_COLUMNS,
            "art": lambda absence: str(absence.get_role_display()),
            "grund": lambda absence: absence.note,
            **_SOURCE_COLUMNS,
        },
    )


def movements_of(person: Person) -> Listing:
    """Return the columns of the arrivals and departures of `statistics.person_rows.movements_of`."""
    return Listing(
        _name("kom-og-gik", person),
        {
            "udvalg": lambda movement: movement.meeting.committee.name,
            "dato": lambda movement: movement.meeting.date,
            "art": lambda movement: str(movement.get_role_display()),
            "klokken": lambda movement: f"{movement.time:%H:%M}" if movement.time else None,
            "ved_punkt": lambda movement: movement.at_item,
            "skrevet_som": lambda movement: movement.printed,
            "adresse": lambda movement: Link(movement.meeting.get_absolute_url()),
            "kilde": lambda movement: _source(
                movement.reading_id, movement.source_start, movement.source_end
            ),
        },
    )


def _name(rows: str, person: Person) -> str:
    return f"{rows}-{person.municipality.slug}-{person.slug}"


_LIST_ROLES = {Attendance.Role.PRESENT.value: "til stede", Attendance.Role.ABSENT.value: "fraværende"}
# Columns of rows that belong to an item and have a span in its source.
_ITEM_COLUMNS: dict[str, Column] = {
    "udvalg": lambda row: row.item.meeting.committee.name,
    "dato": lambda row: row.item.meeting.date,
    "punkt": lambda row: row.item.number,
    "titel": lambda row: row.item.title,
}
_SOURCE_COLUMNS: dict[str, Column] = {
    "adresse": lambda row: Link(row.item.get_absolute_url()),
    "kilde": lambda row: _source(row.item.reading_id, row.source_start, row.source_end),
}
