"""What a sentence says of who came and who did not: substitutes, apologies, arrivals, departures.

The people of a sentence are replaced by marks, "¤0 havde meldt afbud, og ¤1 deltog i stedet.", so that short
patterns tell what is said of each.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from minutes.reader.bodies import bodies_in
from minutes.reader.dates import find_time
from minutes.reader.names import NAME, is_name, sentences, squash, untitled
from minutes.reader.person_notes import note_facts


class Said(Enum):
    """What is said of somebody."""

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
    """What a sentence says of one person. `items` are numbers of items; `after` when they were there.

    `excused` when they sent apologies (afbud) or stayed away from the meeting; `returned` when they left and
    came back.
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


# "Ane Holm", "borgmester Ane Holm (V)", "Ane Holm, F, (ferie)"
_PERSON = re.compile(
    rf"(?P<name>{NAME})(?P<letter>,\s(?:\(?[A-ZÆØÅ]{{1,2}}\)?)(?=[\s,.;]|$))?"
    r"(?:,?(?P<notes>(?:\s*\([^()]{0,60}\)){1,3}))?"
)
_MARK = r"¤(\d+)"
_DECIDED = re.compile(r"(?:Godkend|Anbefal|Vedtag|Udsat|Udsæt|Tiltråd|Drøft|Orienter)\w*\s[A-ZÆØÅ]")
# "¤0, ¤1 og ¤2": people of whom the same is said
_LIST = re.compile(r"¤\d+(?:\s*(?:,|;|&|\+|,?\s*\b(?:og|samt)\b)\s*(?:medlem\s|følgende:?\s)?¤\d+)*")
_LISTED = re.compile(r"¤(\d+)")
_ITEMS = re.compile(
    r"\b(?:sag(?:en|erne)?|(?:dagsordens?)?punkt(?:et|erne)?|pkt\.?|dagsordenens)\s*(?:nr\.?\s*)?:?\s*(?P<items>\d[\d\s,og–&-]*)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?")
_LONGEST_RANGE = 400
_LONGEST_SENTENCE = 1500
_LONGEST_ABBREVIATION = 3
# Of the meeting's whole length: "bortset fra ¤0", "alle undtagen ¤0"
_EXCEPT = re.compile(
    rf"\b(?:bortset fra|med undtagelse af|undtagen|undtaget|på nær|minus|ud over|ekskl\.?)\s+{_MARK}",
    re.IGNORECASE,
)
_ALL_CAME = re.compile(r"\b(?:mødt|til ?stede|deltog|mødte|fremmødte?|deltager)\b", re.IGNORECASE)
_DEPUTY = r"(?:\d\.\s*)?(?:som\s+)?(?:stedfortræder|suppleant|vikar|afløser)(?:e|en|ne)?"
_COMES = r"(?:deltog|deltager|mødte|møder|mødt|indkaldt|indtrådt?e?|var|er|blev)"
# "¤0 deltog som suppleant for ¤1", "¤0 var indkaldt i stedet for ¤1", "¤0 deltog i stedet"
_SUBSTITUTES = re.compile(
    rf"{_MARK},?\s+(?:{_COMES}\s+){{1,2}}(?:(?:i|på) mødet\s+)?(?:ind\s+)?"
    rf"(?:{_DEPUTY}|i\s+stedet)(?:\s+(?:for|til)\s+{_MARK})?",
    re.IGNORECASE,
)
# "Partiet anmodede om, at ¤0 (…) blev indkaldt som stedfortræder for ¤1"
_CALLED_IN = re.compile(
    rf"{_MARK}[^¤]{{0,200}}?\b(?:indkald\w+|indtræde\w*|indtrådte)\s+{_DEPUTY}\s+for\s+(?:\w+\s)?{_MARK}",
    re.IGNORECASE,
)
# "¤0 stedfortræder for ¤1", "¤0 deltog for ¤1"
_FOR = re.compile(
    rf"{_MARK},?\s+(?:{_DEPUTY}|deltog|mødte|deltager|indkaldt)\s+(?:i mødet\s+)?for\s+{_MARK}", re.IGNORECASE
)
# "Afbud fra ¤0, stedfortræder ¤1"
_DEPUTY_BETWEEN = re.compile(
    rf"{_MARK}(?:\s(?:grundet|pga\.?)\s[^¤,.]{{2,40}})?,?\s+(?:[-–]\s+)?{_DEPUTY}\s*:?\s+{_MARK}"
    r"(?!\s(?:grundet|pga))",
    re.IGNORECASE,
)
_DEPUTY_BEHIND = re.compile(rf"{_MARK}\s+{_DEPUTY}\b(?!\s+for)", re.IGNORECASE)
# "i stedet for ¤0 mødte ¤1", "som stedfortræder deltog ¤0", "I ¤0s sted deltog ¤1"
_INSTEAD = re.compile(
    rf"(?:{_DEPUTY}|i\s+stedet|i(?=\s+¤))(?:\s+(?:for\s+)?{_MARK}s?(?:\s+sted)?)?"
    rf"\s+(?:{_COMES}\s*){{1,2}}(?:{_DEPUTY}\s*)?:?\s*{_MARK}",
    re.IGNORECASE,
)
# "indkaldt, men mødte ikke frem", "som stedfortræder valgtes …"
_NO_SUBSTITUTE = re.compile(r"ikke frem|ingen suppleant|\b(?:valgt|udpeg|vælge)", re.IGNORECASE)
# "meldt afbud", "havde forfald", "fraværende", "udeblev"
_EXCUSED = (
    r"meldte?\s+(?:sin\s+)?(?:afbud|forfald|fra)|havde\s+(?:afbud|forfald)|fraværende|forhindre(?:t|de)"
    r"|udeblev\w*"
)
# "deltog ikke", "var ikke til stede", "ej mødt"
_NOT_HERE = (
    r"(?:var|er|mødte|deltog|deltager|deltaget|mødt|kunne|medvirke(?:de|r))\s+(?:\w+\s+)?ikke\b"
    r"(?:\s+(?:til ?stede|mødt|deltage))?|(?:ikke|ej)\s+(?:til ?stede|mødt|fremmødt)"
)
_AWAY = f"(?:{_EXCUSED}|{_NOT_HERE})"
_STAYED_AWAY = re.compile(
    rf"{_MARK}\)?,?\s+(?:(?!ikke\b)[\w.]+\s+){{0,4}}?{_AWAY}(?P<rest>[^¤]*)", re.IGNORECASE
)
# "Afbud fra ¤0", "Fraværende var ¤0", "havde meldt afbud: ¤0", "Ikke til stede: ¤0"
_AWAY_LIST = re.compile(
    rf"(?:\bafbud|\bforfald|{_AWAY})"
    r"(?:\s+(?:fra|var|er|med|afbud|forfald|(?:i|på|ved) mødet))*\s*:?\s*"
    rf"{_MARK}(?P<rest>[^¤]*)",
    re.IGNORECASE,
)
_EXCUSES = re.compile(r"afbud|forfald|udeblev", re.IGNORECASE)
# What makes an absence one from items or from a part of the meeting.
_PARTLY = re.compile(
    r"\b(?:behandling|drøftelse|afstemning|sag(?:en|ens|erne)?\b|punkt|pkt|lukkede|åbne|dele?n? af|resten"
    r"|første|sidste|(?:fra|til|før|efter) kl|herefter|under)",
    re.IGNORECASE,
)
# "¤0 ankom kl. 17.32", "¤0 deltog fra pkt. 3", "¤0 mødte først kl. 18"
_ARRIVED = re.compile(
    rf"{_MARK},?\s+(?:\w+\s+){{0,2}}?(?:ankom|kom\b|indtrådte|tiltrådte|først\s+kl"
    r"|mødte\s+(?:op\s+|ind\s+)?(?:først\s+)?(?:kl|efter)"
    r"|(?:deltog|deltager|(?:var |er )?til ?stede|med)\s+(?:først\s+)?fra\b)(?P<rest>[^¤]*)",
    re.IGNORECASE,
)
# "¤0 forlod mødet kl. 18.20", "¤0 gik kl. 16", "¤0 deltog til kl. 17"
_LEFT = re.compile(
    rf"{_MARK},?\s+(?:[\w.]+\s+){{0,6}}?(?:forl[oø]d|gik\b|udtrådte"
    r"|(?:deltog|deltager|til ?stede)\s+(?:indtil|til(?: og med)?)\s)(?P<rest>[^¤]*)",
    re.IGNORECASE,
)
_RECUSED = re.compile(rf"{_MARK}\)?,?\s+[^¤.]{{0,90}}?\binhabil|\binhabil[^¤.]{{0,30}}{_MARK}", re.IGNORECASE)
_DISQUALIFIED = re.compile(r"\binhabil", re.IGNORECASE)
_CAME = re.compile(
    rf"{_MARK}\s+(?:deltog|mødte|(?:var|er) til ?stede|deltager|var med)"
    r"(?:\s+i mødet)?(?:\s+(?:via \w+|virtuelt|online|digitalt|telefonisk|pr\. telefon|på teams))?\.?$",
    re.IGNORECASE,
)
# "Pkt. 2 var på grund af inhabilitet."
_WHY_ITEM = re.compile(
    r"(?:pkt|punkt|sag)\.?\s*(?:nr\.?\s*)?(?P<item>\d{1,4})\b[^¤]{0,60}\binhabil", re.IGNORECASE
)
_AFTER = re.compile(r"\b(?:efter|under|i løbet af)\b", re.IGNORECASE)
_RETURNED = re.compile(r"\b(?:kom|vendte)\s+(?:\w+\s+)?tilbage\b|\btil kl\b", re.IGNORECASE)
_CAN_SAY = re.compile(
    r"afbud|forfald|fravær|forhindr|udeblev|ikke|stedfortræd|suppleant|stedet|ankom|kom |indtråd|tiltråd"
    r"|forl[oø]d|gik |udtråd|deltog|mødt|til ?stede|undtag|bortset|på nær|inhabil|indkaldt| for | ej ",
    re.IGNORECASE,
)


def attendance_in(text: str, absent: Sequence[Person] = ()) -> Iterator[Attendance]:
    """Yield what the sentences of `text` say of who came and who did not; `absent` are those named before."""
    if not _CAN_SAY.search(text):
        return
    last = list(absent)
    before: list[Attendance] = []
    for sentence in sentences(text):
        if len(sentence) > _LONGEST_SENTENCE or not _CAN_SAY.search(sentence):
            continue
        why = _WHY_ITEM.match(sentence)
        if why and before:
            yield from (
                Attendance(Said.RECUSED, one.person, reason="inhabil", items=(why["item"],))
                for one in before
                if why["item"] in one.items
            )
            continue
        said = list(_Sentence(sentence, last).read())
        yield from said
        absent = [one.person for one in said if one.said is Said.ABSENT]
        last = absent or last
        before = said or before


def says_all(text: str) -> list[Attendance]:
    """Return what a sentence says of people, if it says something of everyone it names; else nothing."""
    if not _CAN_SAY.search(text) or len(text) > _LONGEST_SENTENCE:
        return []
    sentence = _Sentence(text, [])
    said = list(sentence.read())
    return said if sentence.whole and len(sentence.done) == len(sentence.people) else []


class _Sentence:
    """A sentence with its people as marks; one mark stands for a whole list of people."""

    def __init__(self, sentence: str, absent_before: list[Person]) -> None:
        self.people: list[list[Person]] = []
        self.skeleton = self._marked(sentence)
        self.absent_before = absent_before
        self.done: set[int] = set()
        self.whole = True  # everyone whom the patterns touch is told of

    def _marked(self, sentence: str) -> str:
        sentence = sentence.replace("¤", " ")
        people: list[Person] = []

        def mark(match: re.Match[str]) -> str:
            name = _without_stop(untitled(squash(match["name"])))
            opening = ""
            if not is_name(name) and _DECIDED.match(name):
                opening, _, name = name.partition(" ")  # "Godkendt Ane Holm var fraværende."
            if not is_name(name) or bodies_in(name) or sentence[match.end() : match.end() + 1].isdigit():
                return match[0]
            notes = [note.strip("() ") for note in re.findall(r"\([^()]*\)", match["notes"] or "")]
            letter = (match["letter"] or "").strip(", ()")
            facts = note_facts([*filter(None, [letter]), *notes], name)
            people.append(Person(name, facts.party, facts.reason))
            return f"{opening} ¤{len(people) - 1}"

        single = _PERSON.sub(mark, sentence)

        def group(match: re.Match[str]) -> str:
            self.people.append([people[int(number)] for number in _LISTED.findall(match[0])])
            return f"¤{len(self.people) - 1}"

        return squash(_LIST.sub(group, single))

    def read(self) -> Iterator[Attendance]:
        if not self.people:
            return
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
        match = _EXCEPT.search(self.skeleton)
        if match and _ALL_CAME.search(self.skeleton) and not _PARTLY.search(self.skeleton):
            yield from (Attendance(Said.ABSENT, one, reason=one.reason) for one in self._of(match[1]))

    def _substitutes(self) -> Iterator[Attendance]:
        matches = [
            *((match[1], match[2]) for match in _SUBSTITUTES.finditer(self.skeleton)),
            *((match[1], match[2]) for match in _FOR.finditer(self.skeleton)),
            *((match[1], match[2]) for match in _CALLED_IN.finditer(self.skeleton)),
            *((match[2], match[1]) for match in _DEPUTY_BETWEEN.finditer(self.skeleton)),
            *((match[1], None) for match in _DEPUTY_BEHIND.finditer(self.skeleton)),
            *((match[2], match[1]) for match in _INSTEAD.finditer(self.skeleton)),
        ]
        if _NO_SUBSTITUTE.search(self.skeleton):
            return
        for who, away in matches:
            came = self._of(who)
            if not came:
                continue
            absent = self._of(away)
            yield from (Attendance(Said.ABSENT, one, reason=one.reason) for one in absent)
            earlier = self._absent_here(before=int(who)) or self.absent_before
            for one, absentee in zip(came, _absentees(came, absent or earlier), strict=True):
                yield Attendance(Said.SUBSTITUTE, one, absentee=absentee)

    def _absent_here(self, before: int) -> list[Person]:
        """Return those absent whom the sentence names last before a mark."""
        marks = [
            int(match[1])
            for form in (_STAYED_AWAY, _AWAY_LIST)
            for match in form.finditer(self.skeleton)
            if int(match[1]) < before
        ]
        return self.people[max(marks)] if marks else []

    def _movements(self) -> Iterator[Attendance]:
        for said, form in ((Said.ARRIVED, _ARRIVED), (Said.LEFT, _LEFT)):
            for match in form.finditer(self.skeleton):
                rest, here = match["rest"], match[0]
                if _DISQUALIFIED.search(self.skeleton):
                    continue
                items, time = _numbers(rest), find_time(here)
                if not (items or time):
                    continue
                people = self._of(match[1])
                # "Ane Holm og Bo Lind, der forlod mødet kl. 20": only the last one
                self.whole = self.whole and not (", der " in here and len(people) > 1)
                for one in people[-1:] if ", der " in here else people:
                    after, back = bool(_AFTER.search(rest)), bool(_RETURNED.search(rest))
                    yield Attendance(said, one, items=items, time=time, after=after, returned=back)

    def _absences(self) -> Iterator[Attendance]:
        for form in (_STAYED_AWAY, _AWAY_LIST):
            for match in form.finditer(self.skeleton):
                rest = match["rest"]
                excused = bool(_EXCUSES.search(match[0]))
                disqualified = bool(_DISQUALIFIED.search(self.skeleton))
                items = _numbers(rest)
                partly = items or disqualified or _PARTLY.search(rest)
                for one in self._of(match[1]):
                    reason = "inhabil" if disqualified else one.reason
                    said = Said.RECUSED if disqualified else Said.ABSENT_FROM if partly else Said.ABSENT
                    yield Attendance(said, one, reason=reason, items=items, excused=excused)

    def _rest(self) -> Iterator[Attendance]:
        for match in _RECUSED.finditer(self.skeleton):
            items = _numbers(self.skeleton)
            for one in self._of(match[1] or match[2]):
                yield Attendance(Said.RECUSED, one, reason="inhabil", items=items)
        came = _CAME.fullmatch(self.skeleton)
        if came:
            yield from (Attendance(Said.CAME, one) for one in self._of(came[1]))


def _without_stop(name: str) -> str:
    """Return a name without the full stop of its sentence; that of an abbreviation stays."""
    return name[:-1] if name.endswith(".") and len(name.split()[-1]) > _LONGEST_ABBREVIATION else name


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
    for match in _ITEMS.finditer(text):
        for part in _RANGE.finditer(match["items"]):
            first, last = int(part[1]), int(part[2] or part[1])
            if first <= last <= first + _LONGEST_RANGE:
                numbers += [str(number) for number in range(first, last + 1)]
    return tuple(dict.fromkeys(numbers))


def items_named(text: str) -> tuple[str, ...]:
    """Return the numbers of the items that a note such as "(sag 129-138)" names."""
    return _numbers(text)
