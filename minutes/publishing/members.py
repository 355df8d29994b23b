"""The people and parties of a meeting's documents, and the rows that refer to them.

A name becomes a Person where only a council member can be named: in a list of those present or absent, in a
ballot, as recused, with a reservation, or as referring a case to the council. Elsewhere it is text, linked to
a Person of that name if there is one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import time
from itertools import chain
from typing import Any

from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    DeducedVote,
    Meeting,
    Municipality,
    Party,
    Person,
    PersonAlias,
    Statement,
    Vote,
)
from minutes.models.danish import slug
from minutes.publishing.namesakes import Namesakes
from minutes.reader.records import Absence, Document, Guest, Movement, Participant, Substitute
from minutes.reader.records import Ballot as BallotFacts
from minutes.reader.records import Item as ItemFacts
from minutes.vocabulary import VoteChoice, VoteKnown

# "Kasper Fuhr Christensen", "Elvin J. Hansen", "Åse Thorup-Enghave"; not "Liste Ø" or "Formanden".
_PERSONAL_NAME = re.compile(r"[A-ZÆØÅÉÖÄÜ][\w'’.-]*(?: (?:[a-zæøå]{1,3} )?[A-ZÆØÅÉÖÄÜ][\w'’.-]*){1,6}")
_GROUPS = re.compile(r"\b(?:liste|gruppe|gruppen|parti|partiet|udvalg\w*|forvaltning\w*|kommune\w*)\b", re.I)


@dataclass(frozen=True)
class Members:
    """People and parties of a municipality by the slug of their name and by their letter."""

    meeting: Meeting
    documents: Sequence[Document]
    people: dict[str, Person]
    parties: dict[str, Party]
    namesakes: Namesakes

    @classmethod
    def of(cls, meetings: Sequence[tuple[Meeting, Sequence[Document]]]) -> "list[Members]":
        """Load the people and parties that the documents of each meeting name; creates missing ones.

        The meetings are of one municipality. Someone whom only a later one names as a member is not known to
        the earlier. At most six queries for all.
        """
        municipality = meetings[0][0].committee.municipality
        names = [_personal_names(documents) for _meeting, documents in meetings]
        others = [_speakers(documents) for _meeting, documents in meetings]
        slugs = set[str]().union(*names, *others)
        # Staff merged these spellings into another person.
        aliases = {
            alias.slug: alias.person
            for alias in PersonAlias.objects.filter(municipality=municipality, slug__in=slugs).select_related(
                "person"
            )
        }
        first_names: dict[str, str] = {}
        for of_meeting in names:
            first_names = of_meeting | first_names
        known, created = _people(
            municipality,
            {key: name for key, name in first_names.items() if key not in aliases},
            slugs,
        )
        people = []
        for of_meeting, speakers in zip(names, others, strict=True):
            known |= {key: created[key] for key in of_meeting if key in created}
            own = of_meeting.keys() | speakers
            people.append({key: person for key in own if (person := aliases.get(key) or known.get(key))})
        letters = set[str]().union(*(_letters(documents) for _meeting, documents in meetings))
        parties = _parties(municipality, letters)
        namesakes = Namesakes.of(meetings, people)
        return [
            cls(meeting, documents, of_meeting, parties, of_names)
            for (meeting, documents), of_meeting, of_names in zip(meetings, people, namesakes, strict=True)
        ]

    def person(self, name: str, party: str | None = None) -> Person | None:
        """Return whom a name means, with the party printed beside it; None if nobody or not certain."""
        key = slug(name)[:200]
        person = self.people.get(key)
        return self.namesakes.resolve(person, key, party) if person else None

    def party(self, letter: str | None) -> Party | None:
        return self.parties.get(letter[:60]) if letter else None

    def votes(self, ballot: Ballot, facts: BallotFacts) -> Iterator[Vote]:
        """Yield the printed votes, one for each person; a name that is not a person's has no row."""
        voted: set[int] = set()
        for choice, person, letter in self._printed_votes(facts):
            if person.pk not in voted:
                voted.add(person.pk)
                yield Vote(ballot=ballot, choice=choice, person=person, printed_party=self.party(letter))
        for choice, parties in (
            (VoteChoice.FOR, facts.for_parties),
            (VoteChoice.AGAINST, facts.against_parties),
            (VoteChoice.ABSTAINED, facts.abstained_parties),
        ):
            for letter, count in sorted(parties.items(), key=_stored_order):
                yield Vote(ballot=ballot, choice=choice, party=self.party(letter), count=count)

    def deduced_votes(self, ballot: Ballot, facts: BallotFacts) -> Iterator[DeducedVote]:
        """Yield the votes that are not printed but follow, of people without a printed one."""
        voted = {person.pk for _choice, person, _letter in self._printed_votes(facts)}
        for vote in facts.votes:
            person = self.person(vote.name, vote.party) if vote.known == VoteKnown.DEDUCED else None
            if person and person.pk not in voted:
                voted.add(person.pk)
                party = self.party(vote.party)
                yield DeducedVote(ballot=ballot, choice=vote.choice, person=person, party=party)

    def _printed_votes(self, facts: BallotFacts) -> Iterator[tuple[VoteChoice, Person, str | None]]:
        """Yield the choice, the person and the party printed at the vote, for each name of a person."""
        unused = [vote for vote in facts.votes if vote.party]
        for choice, names in (
            (VoteChoice.FOR, facts.for_names),
            (VoteChoice.AGAINST, facts.against_names),
            (VoteChoice.ABSTAINED, facts.abstained_names),
        ):
            for name in names:
                of_name = [vote for vote in unused if vote.name == name]
                of_choice = [vote for vote in of_name if vote.choice == choice] or of_name
                letter = of_choice[0].party if of_choice else None
                # Each vote of namesakes is used once.
                if len(of_name) > 1:
                    unused.remove(of_choice[0])
                if person := self.person(name, letter):
                    yield choice, person, letter

    def statements(self, item: AgendaItem, facts: ItemFacts) -> Iterator[Statement]:
        kind = Statement.Kind
        rows = [
            *(
                (kind.REMARK, ", ".join(statement.who), statement.text, statement.start, statement.end)
                for statement in facts.statements
            ),
            *((kind.RESERVATION, name, "", None, None) for name in facts.reservations),
            *((kind.REFERRAL, name, "", None, None) for name in facts.referred_to_council_by),
        ]
        for position, (row_kind, who, text, start, end) in enumerate(rows, start=1):
            yield Statement(
                item=item,
                position=position,
                kind=row_kind,
                who=who[:500],
                text=text,
                start=start,
                end=end,
            )

    def speakers(self, statement: Statement) -> Iterator[Any]:
        """Yield the links between a stored statement and its speakers who are people of the municipality."""
        through = Statement.people.through
        people = {self.person(name) for name in statement.who.split(", ")}
        for person in sorted(filter(None, people), key=lambda person: person.pk):
            yield through(statement=statement, person=person)

    def attendances(self, items: Sequence[tuple[AgendaItem, ItemFacts]]) -> Iterator[Attendance]:
        role = Attendance.Role
        for document in self.documents:
            yield from self._attendances(role.PRESENT, document.participants, None)
            yield from self._attendances(role.ABSENT, document.absent, None)
            yield from self._attendances(role.SUBSTITUTE, document.substitutes, None)
            yield from self._attendances(role.ARRIVED, document.arrivals, None)
            yield from self._attendances(role.LEFT, document.departures, None)
        for item, facts in items:
            # A recused member is listed as absent too, but has one row.
            recused = {absence.name for absence in facts.left_or_recused}
            absent = [absence for absence in facts.absent if absence.name not in recused]
            yield from self._attendances(role.ABSENT, absent, item)
            yield from self._attendances(role.RECUSED, facts.left_or_recused, item)
            yield from self._attendances(role.GUEST, facts.others_attending, item)

    def _attendances(
        self,
        role: Attendance.Role,
        attendees: Sequence[Participant | Absence | Guest | Substitute | Movement],
        item: AgendaItem | None,
    ) -> Iterator[Attendance]:
        for position, attendee in enumerate(attendees, start=1):
            is_guest = isinstance(attendee, Guest)
            movement = attendee if isinstance(attendee, Movement) else None
            party = None if isinstance(attendee, Guest | Movement) else attendee.party
            yield Attendance(
                meeting=self.meeting,
                item=item,
                position=position,
                role=role,
                name=attendee.name[:200],
                note=(_note(attendee) or "")[:300],
                time=time.fromisoformat(movement.time) if movement and movement.time else None,
                at_item=(movement.item or "")[:30] if movement else "",
                person=None if is_guest else self.person(attendee.name, party),
                party=self.party(party),
            )


def _people(
    municipality: Municipality, names: Mapping[str, str], others: Set[str]
) -> tuple[dict[str, Person], dict[str, Person]]:
    """Return the people with the slugs of `names` and of `others`, by slug, and those created of `names`.

    One query; three if some are missing.
    """

    def load(slugs: Set[str]) -> dict[str, Person]:
        people = Person.objects.filter(municipality=municipality, slug__in=slugs)
        return {person.slug: person for person in people.select_related("municipality")}

    people = load(names.keys() | others)
    missing = names.keys() - people.keys()
    if missing:
        # Sorted, to avoid deadlocks.
        Person.objects.bulk_create(
            [Person(municipality=municipality, slug=key, name=names[key]) for key in sorted(missing)],
            ignore_conflicts=True,
        )
        return people, load(missing)
    return people, {}


def _parties(municipality: Municipality, letters: Set[str]) -> dict[str, Party]:
    """Return the municipality's parties with these letters, created if missing. As many queries as people."""

    def load(letters: Set[str]) -> dict[str, Party]:
        parties = Party.objects.filter(municipality=municipality, letter__in=letters, valid_from=None)
        return {party.letter: party for party in parties}

    parties = load(letters)
    missing = letters - parties.keys()
    if missing:
        # Sorted, to avoid deadlocks.
        Party.objects.bulk_create(
            [Party(municipality=municipality, letter=letter) for letter in sorted(missing)],
            ignore_conflicts=True,
        )
        parties |= load(missing)
    return parties


def _stored_order(member: tuple[str, Any]) -> tuple[int, str]:
    """Return a sort key: the order of the keys of stored JSON, in which a stored reading has them."""
    key, _value = member
    return len(key.encode()), key


def _note(attendee: Participant | Absence | Guest | Substitute | Movement) -> str | None:
    """Return a guest's role, an absentee's reason, or the member whom a substitute replaces."""
    if isinstance(attendee, Guest):
        return attendee.role
    if isinstance(attendee, Absence):
        return attendee.reason
    return attendee.absentee if isinstance(attendee, Substitute) else None


def is_personal_name(name: str) -> bool:
    """Return True for a first and a last name that are not a group's."""
    return bool(_PERSONAL_NAME.fullmatch(name)) and not _GROUPS.search(name)


def _personal_names(documents: Iterable[Document]) -> dict[str, str]:
    """Return the names of members as first printed, by slug."""
    names: dict[str, str] = {}
    for name in chain.from_iterable(map(_members_named, documents)):
        if is_personal_name(name):
            names.setdefault(slug(name)[:200], name[:200])
    return names


def _speakers(documents: Iterable[Document]) -> set[str]:
    """Return the slugs of those who said something, of whom some are members."""
    return {
        slug(name)[:200]
        for document in documents
        for item in document.items
        for statement in item.statements
        for name in statement.who
    }


def _members_named(document: Document) -> Iterator[str]:
    yield from (member.name for member in document.participants)
    yield from (absence.name for absence in document.absent)
    for substitute in document.substitutes:
        yield from filter(None, (substitute.name, substitute.absentee))
    yield from (movement.name for movement in (*document.arrivals, *document.departures))
    for item in document.items:
        for ballot in item.ballots:
            yield from (*ballot.for_names, *ballot.against_names, *ballot.abstained_names)
            yield from (vote.name for vote in ballot.votes if vote.known == VoteKnown.DEDUCED)
        yield from item.reservations
        yield from item.referred_to_council_by
        yield from (absence.name for absence in (*item.absent, *item.left_or_recused))


def _letters(documents: Iterable[Document]) -> set[str]:
    return {letter[:60] for letter in chain.from_iterable(map(_printed_letters, documents))}


def _printed_letters(document: Document) -> Iterator[str]:
    yield from (member.party for member in document.participants if member.party)
    yield from (absence.party for absence in document.absent if absence.party)
    yield from (substitute.party for substitute in document.substitutes if substitute.party)
    for item in document.items:
        for ballot in item.ballots:
            yield from (*ballot.for_parties, *ballot.against_parties, *ballot.abstained_parties)
            yield from (vote.party for vote in ballot.votes if vote.party)
        for absence in (*item.absent, *item.left_or_recused):
            if absence.party:
                yield absence.party
