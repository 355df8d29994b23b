"""Tells people of one name apart.

A `PersonSplit` says which of them a name means in the minutes of a party, a committee or a meeting. Staff
make them; where the roster of a meeting lists one name with two parties, the archive makes one itself.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, count

from django.db.models import Q, QuerySet

from minutes.models import Attendance, Meeting, Person, PersonSplit
from minutes.models.danish import slug
from minutes.reader.records import Absence, Document, Participant, Substitute

# "A", "RV": a letter of a party. A longer text is a name, which can be of a party that has a letter too.
_MAX_LETTERS = 3


@dataclass(frozen=True)
class Namesakes:
    """The splits of a meeting's people by the id of the original, and the parties in the meeting's lists.

    `shared` has the names that a document lists with two parties, and the letters of these; `created` the
    splits that they caused.
    """

    meeting: Meeting
    splits: Mapping[int, Sequence[PersonSplit]]
    parties: Mapping[str, set[str]]
    shared: Mapping[str, set[str]]
    created: Sequence[PersonSplit]

    @classmethod
    def of(
        cls,
        meetings: Sequence[tuple[Meeting, Sequence[Document]]],
        people: Sequence[Mapping[str, Person]],
    ) -> "list[Namesakes]":
        """Load the splits of the people of each meeting, by the slugs of their names. One query for all.

        Creates the people and the splits that a list with a shared name asks for.
        """
        shared = [shared_names(documents) for _meeting, documents in meetings]
        created = [
            [
                split
                for name in sorted(of_meeting.keys() & of_names.keys())
                for split in _tell_apart(of_names[name], of_meeting[name])
            ]
            for of_meeting, of_names in zip(shared, people, strict=True)
        ]
        splits: dict[int, list[PersonSplit]] = defaultdict(list)
        originals = {person.pk for of_names in people for person in of_names.values()}
        rows = PersonSplit.objects.filter(
            Q(original__in=originals) | Q(original__splits_from__original__in=originals)
        )
        for split in rows.distinct().select_related("person") if originals else ():
            splits[split.original_id].append(split)
        for of_person in splits.values():
            of_person.sort(key=lambda split: split.precedence, reverse=True)
        return [
            cls(meeting, splits, _parties(documents), of_meeting, created_here)
            for (meeting, documents), of_meeting, created_here in zip(meetings, shared, created, strict=True)
        ]

    @cached_property
    def _committees(self) -> set[int]:
        return set(self.meeting.committees.values_list("pk", flat=True))

    def resolve(self, person: Person, name: str, letter: str | None) -> Person | None:
        """Return whom a name, by its slug, means where `letter` is the party printed with it.

        None if the meeting has two people of the name and no party says which.
        """
        parties = self.parties.get(name, set())
        if not letter and len(parties) == 1:
            (letter,) = parties
        if name in self.shared and letter not in self.shared[name]:
            return None
        passed = {person.pk}
        while split := self._split(person, name, letter):
            person = split.person
            if person.pk in passed:
                break
            passed.add(person.pk)
        return person

    def _split(self, person: Person, name: str, letter: str | None) -> PersonSplit | None:
        """Return the most specific split that matches; of a shared name, only one by party does."""
        for split in self.splits.get(person.pk, ()):
            if name in self.shared and not split.party_letter:
                continue
            if (
                (split.meeting_id in (None, self.meeting.pk))
                and (split.party_letter in ("", letter))
                and (split.committee_id is None or split.committee_id in self._committees)
            ):
                return split
        return None


def create_namesake(original: Person, distinction: str) -> Person:
    """Create another person of the original's name, at its address with the first free number from 2."""
    taken = set(
        Person.objects.filter(
            municipality=original.municipality_id, slug__startswith=f"{original.slug[:190]}-"
        ).values_list("slug", flat=True)
    )
    address = next(address for n in count(2) if (address := f"{original.slug[:190]}-{n}") not in taken)
    return Person.objects.create(
        municipality=original.municipality, name=original.name, slug=address, distinction=distinction[:60]
    )


def meetings_in_party(original: Person, letters: Iterable[str]) -> QuerySet[Meeting]:
    """Return the meetings that have the person with one of these parties in a list or at a vote."""
    letters = list(letters)
    ballots = "items__ballots__"
    named = Meeting.objects.filter(
        Q(attendances__person=original, attendances__party__letter__in=letters)
        | Q(
            **{
                f"{ballots}votes__person": original,
                f"{ballots}votes__printed_party__letter__in": letters,
            }
        )
        | Q(
            **{
                f"{ballots}deduced_votes__person": original,
                f"{ballots}deduced_votes__party__letter__in": letters,
            }
        )
    )
    return Meeting.objects.filter(pk__in=named.values("pk"))


def lock_meetings(meetings: QuerySet[Meeting]) -> list[Meeting]:
    """Lock and return the meetings, sorted to avoid deadlocks."""
    return list(
        Meeting.objects.with_places()
        .filter(pk__in=meetings.values("pk"))
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )


def _tell_apart(original: Person, letters: set[str]) -> list[PersonSplit]:
    """Create a person and a split for each party but that of the original, which has most lists."""
    original = Person.objects.select_for_update().get(pk=original.pk)
    by_party = PersonSplit.objects.filter(original=original, committee=None, meeting=None)
    others = sorted(letters - set(by_party.values_list("party_letter", flat=True)))
    if len(others) < 2:
        return []
    lists = Attendance.objects.filter(person=original, party__letter__in=others)
    numbers = Counter(lists.values_list("party__letter", flat=True))
    own = max(others, key=lambda letter: (letter == original.distinction, numbers[letter]))
    others.remove(own)
    if not original.distinction:
        original.distinction = own
        original.save(update_fields=["distinction"])
    return [
        PersonSplit.objects.create(
            original=original, person=create_namesake(original, letter), party_letter=letter
        )
        for letter in others
    ]


def _entries(document: Document) -> Iterable[tuple[str, str]]:
    """Yield the names, as slugs, and parties in the lists of a document."""
    entries: tuple[Participant | Absence | Substitute, ...]
    entries = (*document.participants, *document.absent, *document.substitutes)
    for entry in entries:
        if entry.party:
            yield slug(entry.name)[:200], entry.party[:60]


def _parties(documents: Sequence[Document]) -> dict[str, set[str]]:
    parties: dict[str, set[str]] = defaultdict(set)
    for name, party in chain.from_iterable(map(_entries, documents)):
        parties[name].add(party)
    return parties


def shared_names(documents: Iterable[Document]) -> dict[str, set[str]]:
    """Return the names that a list of the documents has with the letters of two parties, and the letters."""
    shared: dict[str, set[str]] = {}
    for document in documents:
        shared |= _shared_in(document)
    return shared


def _shared_in(document: Document) -> dict[str, set[str]]:
    """Return the names that the lists of a document have with the letters of two parties, and the letters."""
    letters: dict[str, set[str]] = defaultdict(set)
    for name, party in _entries(document):
        if len(party) <= _MAX_LETTERS:
            letters[name].add(party)
    return {name: of_name for name, of_name in letters.items() if len(set(map(str.upper, of_name))) > 1}
