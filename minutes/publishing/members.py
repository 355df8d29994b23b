"""The people and parties that a meeting's documents name, and the rows that name them.

A name becomes a Person where only a member of the council can stand: among those present or absent, in a
ballot, recused, with a reservation, referring a case to the council. Elsewhere it is text, tied to a
Person of that name if there is one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Meeting,
    Party,
    Person,
    PersonAlias,
    Statement,
    Vote,
)
from minutes.models.danish import slug
from minutes.reader.records import Absence, Document, Guest, Participant
from minutes.reader.records import Ballot as BallotFacts
from minutes.reader.records import Item as ItemFacts
from minutes.vocabulary import VoteChoice

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

    @classmethod
    def of(cls, meeting: Meeting, documents: Iterable[Document]) -> "Members":
        """Find, or make, those that `documents` name. At most five queries."""
        documents = list(documents)
        municipality = meeting.committee.municipality
        names: dict[str, str] = {}
        letters: set[str] = set()
        for name in chain.from_iterable(map(_members_named, documents)):
            if is_personal_name(name):
                names.setdefault(slug(name)[:200], name[:200])
        for letter in chain.from_iterable(map(_letters, documents)):
            letters.add(letter[:60])
        others = {
            slug(name)[:200]
            for document in documents
            for item in document.items
            for each in item.statements
            for name in each.who
        }
        # Spellings that staff said are somebody else's make no person of their own.
        aliases = {
            alias.slug: alias.person
            for alias in PersonAlias.objects.filter(
                municipality=municipality, slug__in={*names, *others}
            ).select_related("person")
        }
        names = {key: name for key, name in names.items() if key not in aliases}
        # In one order for every process, so that two cannot wait for each other.
        if names:
            Person.objects.bulk_create(
                [Person(municipality=municipality, slug=key, name=names[key]) for key in sorted(names)],
                ignore_conflicts=True,
            )
        if letters:
            Party.objects.bulk_create(
                [Party(municipality=municipality, letter=letter) for letter in sorted(letters)],
                ignore_conflicts=True,
            )
        named = {*names, *others}
        people = Person.objects.filter(municipality=municipality, slug__in=named)
        parties = Party.objects.filter(municipality=municipality, letter__in=letters, valid_from=None)
        return cls(
            meeting,
            documents,
            {person.slug: person for person in people} | aliases,
            {party.letter: party for party in parties},
        )

    def person(self, name: str) -> Person | None:
        return self.people.get(slug(name)[:200])

    def party(self, letter: str | None) -> Party | None:
        return self.parties.get(letter[:60]) if letter else None

    def votes(self, ballot: Ballot, facts: BallotFacts) -> Iterator[Vote]:
        """The votes printed, each once; a name that is no person's is left to the ballot's wording."""
        voted: set[int] = set()
        for choice, names in (
            (VoteChoice.FOR, facts.for_names),
            (VoteChoice.AGAINST, facts.against_names),
            (VoteChoice.ABSTAINED, facts.abstained_names),
        ):
            for name in names:
                person = self.person(name)
                if person and person.pk not in voted:
                    voted.add(person.pk)
                    yield Vote(ballot=ballot, choice=choice, person=person)
        for choice, parties in (
            (VoteChoice.FOR, facts.for_parties),
            (VoteChoice.AGAINST, facts.against_parties),
            (VoteChoice.ABSTAINED, facts.abstained_parties),
        ):
            for letter, count in parties.items():
                yield Vote(ballot=ballot, choice=choice, party=self.party(letter), count=count)

    def statements(self, item: AgendaItem, facts: ItemFacts) -> Iterator[Statement]:
        kind = Statement.Kind
        rows = [
            *(
                (kind.REMARK, ", ".join(each.who), each.text, each.start, each.end)
                for each in facts.statements
            ),
            *((kind.RESERVATION, name, "", None, None) for name in facts.reservations),
            *((kind.REFERRAL, name, "", None, None) for name in facts.referred_to_council_by),
        ]
        for position, (each, who, text, start, end) in enumerate(rows, start=1):
            yield Statement(
                item=item,
                position=position,
                kind=each,
                who=who[:500],
                text=text,
                start=start,
                end=end,
            )

    def speakers(self, statement: Statement) -> Iterator[Any]:
        """The links between a stored statement and those people of the municipality who made it."""
        through = Statement.people.through
        found = {self.person(name) for name in statement.who.split(", ")}
        for person in sorted(filter(None, found), key=lambda person: person.pk):
            yield through(statement=statement, person=person)

    def attendances(self, items: Sequence[tuple[AgendaItem, ItemFacts]]) -> Iterator[Attendance]:
        role = Attendance.Role
        for document in self.documents:
            yield from self._attendances(role.PRESENT, document.participants, None)
            yield from self._attendances(role.ABSENT, document.absent, None)
        for item, facts in items:
            # Who was recused was absent too, and is told of once.
            recused = {each.name for each in facts.left_or_recused}
            absent = [each for each in facts.absent if each.name not in recused]
            yield from self._attendances(role.ABSENT, absent, item)
            yield from self._attendances(role.RECUSED, facts.left_or_recused, item)
            yield from self._attendances(role.GUEST, facts.others_attending, item)

    def _attendances(
        self,
        role: Attendance.Role,
        everyone: Sequence[Participant | Absence | Guest],
        item: AgendaItem | None,
    ) -> Iterator[Attendance]:
        for position, each in enumerate(everyone, start=1):
            guest = isinstance(each, Guest)
            note = each.role if isinstance(each, Guest) else getattr(each, "reason", None)
            yield Attendance(
                meeting=self.meeting,
                item=item,
                position=position,
                role=role,
                name=each.name[:200],
                note=(note or "")[:300],
                person=None if guest else self.person(each.name),
                party=None if isinstance(each, Guest) else self.party(each.party),
            )


def is_personal_name(name: str) -> bool:
    """Whether `name` looks like a person's: a first name and a last name, and not a group's."""
    return bool(_PERSONAL_NAME.fullmatch(name)) and not _GROUPS.search(name)


def _members_named(document: Document) -> Iterator[str]:
    yield from (each.name for each in document.participants)
    yield from (each.name for each in document.absent)
    for item in document.items:
        for ballot in item.ballots:
            yield from (*ballot.for_names, *ballot.against_names, *ballot.abstained_names)
        yield from item.reservations
        yield from item.referred_to_council_by
        yield from (each.name for each in (*item.absent, *item.left_or_recused))


def _letters(document: Document) -> Iterator[str]:
    yield from (each.party for each in document.participants if each.party)
    yield from (each.party for each in document.absent if each.party)
    for item in document.items:
        for ballot in item.ballots:
            yield from (*ballot.for_parties, *ballot.against_parties, *ballot.abstained_parties)
        yield from (each.party for each in (*item.absent, *item.left_or_recused) if each.party)
