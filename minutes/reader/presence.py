"""Attendance in a sentence: substitutes, apologies, arrivals, departures.

The people of a sentence are replaced by marks, "¤0 havde meldt afbud, og ¤1 deltog i stedet.", so that short
patterns tell what is said of each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from minutes.reader import presence_forms as forms
from minutes.reader.bodies import bodies_in
from minutes.reader.dates import find_time
from minutes.reader.joined_names import begins_with_house, divided, is_given
from minutes.reader.names import NAME, is_name, party_in, sentences, squash, untitled
from minutes.reader.person_notes import note_facts


class Said(Enum):
    """The kinds of attendance."""

    CAME = auto()
    ABSENT = auto()
    SUBSTITUTE = auto()  # for `absentee`
    ABSENT_FROM = auto()  # items, or a part of the meeting
    RECUSED = auto()
    ARRIVED = auto()
    LEFT = auto()


class Person(NamedTuple):
    name: str
    party: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Attendance:
    """A sentence's statement about one person. `items` are numbers of items; `after` when they were there.

    `excused` when they sent apologies (afbud) or stayed away from the meeting; `returned` when they left and
    came back. `closed` when they were absent from the closed items, `only` when they attended `items` alone.
    """

    said: Said
    person: Person
    absentee: str | None = None
    reason: str | None = None
    items: tuple[str, ...] = ()
    time: str | None = None
    after: bool = False
    excused: bool = False
    returned: bool = False
    closed: bool = False
    only: bool = False


# "Ane Holm", "borgmester Ane Holm (V)", "Ane Holm, F, (ferie)"
_PERSON = re.compile(
    rf"(?P<name>{NAME})(?P<letter>,\s(?:\(?[A-ZÆØÅ]{{1,2}}\)?)(?=[\s,.;]|$))?"
    r"(?:,?(?P<notes>(?:\s*\([^()]{0,60}\)){1,3}))?"
)
# "… deltog Ida Holm.Borgmesteren forlod mødet": a sentence glued to the one before
_GLUED_STOP = re.compile(r"(?<=[a-zæøå]{3})\.(?=[A-ZÆØÅ][a-zæøå]{3}|(?:Sag|Pkt)\b)")
# More names than one without anything between
_ROW_OF_NAMES = re.compile(r"(?:[A-ZÆØÅ][\w.'-]*\s(?:(?:la|de|von|van)\s)?){7,}[A-ZÆØÅ][\w.'-]*")
_LONGEST_RANGE = 400
_LONGEST_SENTENCE = 1500
_LONGEST_ABBREVIATION = 3


def attendance_in(
    text: str, absent: Sequence[Person] = (), *, of_meeting: bool = False
) -> Iterator[Attendance]:
    """Yield what the sentences of `text` say of who came and who did not; `absent` are those named before.

    `of_meeting` for a text that is about this meeting only: there given names alone are people, and those ill
    or on leave are absent.
    """
    can_say = forms.CAN_SAY_OF_MEETING if of_meeting else forms.CAN_SAY
    if not can_say.search(text):
        return
    last = list(absent)
    before: list[Attendance] = []
    for sentence in _apart(_GLUED_STOP.sub(". ", text)):
        if len(sentence) > _LONGEST_SENTENCE or not can_say.search(sentence):
            continue
        why = forms.WHY_ITEM.match(sentence)
        if why and before:
            yield from (
                Attendance(Said.RECUSED, one.person, reason="inhabil", items=(why["item"],))
                for one in before
                if why["item"] in one.items
            )
            continue
        said = list(_Sentence(sentence, last, of_meeting=of_meeting).read())
        yield from said
        absent = [one.person for one in said if one.said is Said.ABSENT]
        last = absent or last
        before = said or before


def _apart(text: str) -> Iterator[str]:
    """Yield the sentences; one that no full stop ends does so behind the party of its last person."""
    for sentence in sentences(text):
        if len(sentence) <= _LONGEST_SENTENCE:
            yield from forms.NO_STOP.split(sentence)
        else:
            yield sentence


def says_all(text: str, *, of_meeting: bool = False) -> list[Attendance]:
    """Return what a sentence says of people, if it says something of everyone it names; else nothing."""
    can_say = forms.CAN_SAY_OF_MEETING if of_meeting else forms.CAN_SAY
    if not can_say.search(text) or len(text) > _LONGEST_SENTENCE:
        return []
    sentence = _Sentence(text, [], of_meeting=of_meeting)
    said = list(sentence.read())
    return said if sentence.whole and len(sentence.done) == len(sentence.people) else []


class _Sentence:
    """A sentence with its people as marks; one mark stands for a whole list of people."""

    def __init__(self, sentence: str, absent_before: list[Person], *, of_meeting: bool = False) -> None:
        self.people: list[list[Person]] = []
        self.noted_away: list[Person] = []  # "Ane Holm (afbud)"
        self.of_meeting = of_meeting
        self.skeleton = self._marked(sentence)
        self.absent_before = absent_before
        self.done: set[int] = set()
        self.whole = True  # everyone whom the patterns touch was read

    def _marked(self, sentence: str) -> str:
        sentence = sentence.replace("¤", " ")
        people: list[Person] = []
        rows = [row.span() for row in _ROW_OF_NAMES.finditer(sentence)]

        def mark(match: re.Match[str]) -> str:
            name = _without_stop(untitled(squash(match["name"])))
            if any(start <= match.start() < end for start, end in rows):
                return match[0]  # nobody knows where it begins
            title = forms.DEPUTY_TITLE.match(match["name"])
            opening = title[0].rstrip() if title else ""
            opens = forms.DECIDED.match(name) or forms.FOR_WHOM.match(name)
            if begins_with_house(name) or (not is_name(name) and opens):
                opening, _, name = name.partition(" ")  # "Godkendt Ane Holm var fraværende."
            if forms.MOVES_BEHIND.match(sentence, match.end()) and len(names := divided(name)) > 1:
                opening, name = " ".join(names[:-1]), names[-1]  # a list glued to a sentence
            if not is_name(name) or bodies_in(name) or sentence[match.end() : match.end() + 1].isdigit():
                return match[0]
            notes = [note.strip("() ") for note in re.findall(r"\([^()]*\)", match["notes"] or "")]
            letter = (match["letter"] or "").strip(", ()")
            facts = note_facts([*filter(None, [letter]), *notes], name)
            people.append(Person(name, facts.party, facts.reason))
            if any(map(forms.AWAY_NOTE.fullmatch, notes)):
                self.noted_away.append(people[-1])
            return f"{opening} ¤{len(people) - 1}"

        def mark_given(match: re.Match[str]) -> str:
            if not is_given(match[0]):
                return match[0]
            people.append(Person(match[0]))
            return f"¤{len(people) - 1}"

        def mark_small(match: re.Match[str]) -> str:
            if not is_given(match["given"]):
                return match[0]
            people.append(Person(match[0]))
            return f"¤{len(people) - 1}"

        single = forms.SMALL_SURNAME.sub(mark_small, _PERSON.sub(mark, sentence))
        single = forms.GIVEN.sub(mark_given, single) if self.of_meeting else single

        def group(match: re.Match[str]) -> str:
            self.people.append([people[int(number)] for number in forms.LISTED.findall(match[0])])
            return f"¤{len(self.people) - 1}"

        return squash(forms.LIST.sub(group, forms.NEXT_PAIR.sub(r"\g<ahead> | \g<behind>", single)))

    def read(self) -> Iterator[Attendance]:
        if not self.people:
            return
        yield from (Attendance(Said.ABSENT, one, excused=True) for one in self.noted_away)
        yield from self._exceptions()
        yield from self._substitutes()
        yield from self._movements()
        yield from self._absences()
        yield from self._rest()

    def _of(self, number: str | None) -> list[Person]:
        """Return the people of a mark, once."""
        if number is None or int(number) in self.done:
            return []
        self.done.add(int(number))
        return self.people[int(number)]

    def _exceptions(self) -> Iterator[Attendance]:
        match = forms.EXCEPT.search(self.skeleton)
        if match and forms.ALL_CAME.search(self.skeleton) and not forms.PARTLY.search(self.skeleton):
            yield from (Attendance(Said.ABSENT, one, reason=one.reason) for one in self._of(match[1]))

    def _substitutes(self) -> Iterator[Attendance]:
        if forms.NO_SUBSTITUTE.search(self.skeleton):
            return
        for who, away, party in self._deputies():
            came = self._of(who)
            if not came:
                continue
            yield from (Attendance(Said.ABSENT, one, reason=one.reason) for one in self._of(away))
            earlier = self._absent_here(before=int(who)) or self.absent_before
            if party:
                came = [one._replace(party=one.party or party) for one in came]
                earlier = _of_party(earlier, party)
            absent = (self.people[int(away)] if away else []) or earlier
            for one, absentee in zip(came, _absentees(came, absent), strict=True):
                yield Attendance(Said.SUBSTITUTE, one, absentee=absentee)

    def _deputies(self) -> Iterator[tuple[str, str | None, str | None]]:
        """Yield (who came, for whom, of which party) by their marks, as the words say."""
        yield from ((match[2], match[1], None) for match in forms.FOR_AHEAD.finditer(self.skeleton))
        for form in (forms.SUBSTITUTES, forms.FOR, forms.CALLED_IN):
            yield from ((match[1], match[2], None) for match in form.finditer(self.skeleton))
        for form in (forms.DEPUTY_BETWEEN, forms.DEPUTY_COMES):
            yield from ((match[2], match[1], None) for match in form.finditer(self.skeleton))
        for form in (forms.DEPUTY_BEHIND, forms.DEPUTY_CAME):
            yield from ((match[1], None, None) for match in form.finditer(self.skeleton))
        yield from ((match[2], match[1], None) for match in forms.IN_WHOSE_PLACE.finditer(self.skeleton))
        for match in forms.INSTEAD.finditer(self.skeleton):
            yield match[3], match[2], party_in(match["party"] or "")
        if self.of_meeting:
            yield from ((match[2], match[1], None) for match in forms.REPLACED.finditer(self.skeleton))
            yield from ((match[1], None, None) for match in forms.ALSO_CALLED_IN.finditer(self.skeleton))

    def _absent_here(self, before: int) -> list[Person]:
        """Return those absent whom the sentence names last before a mark."""
        marks = [
            int(match[1])
            for form in self._away_forms()
            for match in form.finditer(self.skeleton)
            if int(match[1]) < before
        ]
        return self.people[max(marks)] if marks else []

    def _away_forms(self) -> tuple[re.Pattern[str], ...]:
        forms_of_all = (forms.STAYED_AWAY, forms.AWAY_LIST)
        return (*forms_of_all, forms.ON_LEAVE) if self.of_meeting else forms_of_all

    def _movements(self) -> Iterator[Attendance]:
        for said, form in ((Said.ARRIVED, forms.ARRIVED), (Said.LEFT, forms.LEFT)):
            for match in self._with_next(form):
                # "fra kl. 18 og ikke under punkt 1"
                rest, here = match["rest"].partition(" ikke ")[0], match[0]
                rest = forms.THIS_ITEM.split(rest)[0]
                if forms.DISQUALIFIED.search(self.skeleton):
                    continue
                items, time = _numbers(rest), find_time(here)
                if not (items or time):
                    continue
                people = self._of(match[1])
                # "Ane Holm og Bo Lind, der forlod mødet kl. 20": only the last one
                self.whole = self.whole and not (", der " in here and len(people) > 1)
                for one in people[-1:] if ", der " in here else people:
                    after, back = bool(forms.AFTER.search(rest)), bool(forms.RETURNED.search(rest))
                    yield Attendance(said, one, items=items, time=time, after=after, returned=back)

    def _with_next(self, form: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Yield the matches of a form, and behind each those of whom the same is said at another hour."""
        for match in form.finditer(self.skeleton):
            following: re.Match[str] | None = match
            while following:
                yield following
                goes_on = following["rest"].rstrip().endswith(("og", "samt", ","))
                following = forms.ALSO_AT.match(self.skeleton, following.end()) if goes_on else None

    def _absences(self) -> Iterator[Attendance]:
        for form in self._away_forms():
            for match in form.finditer(self.skeleton):
                rest = match["rest"] if form is not forms.ON_LEAVE else ""
                excused = bool(forms.EXCUSES.search(match[0]))
                disqualified = bool(forms.DISQUALIFIED.search(self.skeleton))
                items = _numbers(rest)
                partly = items or disqualified or forms.PARTLY.search(rest)
                closed = not items and bool(forms.CLOSED_ITEMS.search(rest))
                for one in self._of(match[1]):
                    reason = "inhabil" if disqualified else one.reason
                    said = Said.RECUSED if disqualified else Said.ABSENT_FROM if partly else Said.ABSENT
                    yield Attendance(said, one, reason=reason, items=items, excused=excused, closed=closed)

    def _rest(self) -> Iterator[Attendance]:
        for match in forms.RECUSED.finditer(self.skeleton):
            items = _numbers(self.skeleton)
            for one in self._of(match[1] or match[2]):
                yield Attendance(Said.RECUSED, one, reason="inhabil", items=items)
        for match in forms.ATTENDED_ITEMS.finditer(self.skeleton):
            if items := _numbers(match["rest"]):
                yield from (
                    Attendance(Said.ABSENT_FROM, one, items=items, only=True) for one in self._of(match[1])
                )
        came = forms.CAME.fullmatch(self.skeleton) or forms.PRESENT_LIST.fullmatch(self.skeleton)
        if came:
            yield from (Attendance(Said.CAME, one) for one in self._of(came[1]))


def _without_stop(name: str) -> str:
    """Return a name without the full stop of its sentence; that of an abbreviation stays."""
    return name[:-1] if name.endswith(".") and len(name.split()[-1]) > _LONGEST_ABBREVIATION else name


def _of_party(people: list[Person], party: str) -> list[Person]:
    """Return those of a party, or all of them where no party is printed."""
    return [one for one in people if one.party == party] if any(one.party for one in people) else people


def _absentees(came: list[Person], absent: list[Person]) -> list[str | None]:
    """Return for whom each substitute came: in order where as many are absent, or by unique parties."""
    if len(came) != len(absent):
        return [None] * len(came)
    if len(came) == 1:
        return [absent[0].name]
    theirs, ours = [one.party for one in absent], [one.party for one in came]
    if (
        None not in theirs
        and len(set(theirs)) == len(theirs)
        and sorted(map(str, ours)) == sorted(map(str, theirs))
    ):
        return [absent[theirs.index(party)].name for party in ours]
    return [None] * len(came)


def _numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of the items that `text` names: "pkt. 4 og 7-9", "sag 21-22"."""
    numbers: list[str] = []
    for match in forms.ITEMS.finditer(text):
        for part in forms.RANGE.finditer(match["items"]):
            first, last = int(part[1]), int(part[2] or part[1])
            if first <= last <= first + _LONGEST_RANGE:
                numbers += [str(number) for number in range(first, last + 1)]
    return tuple(dict.fromkeys(numbers))


def items_named(text: str) -> tuple[str, ...]:
    """Return the numbers of the items that a note such as "(sag 129-138)" names."""
    return _numbers(text)
