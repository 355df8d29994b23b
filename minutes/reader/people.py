"""People in a decision: remarks, reservations, referrals, absences, recusals, guests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TypeVar

from minutes.reader.flow import Flow, Sentence
from minutes.reader.names import (
    NAME,
    is_name,
    names_in,
    party_in,
    sentences,
    squash,
    untitled,
    with_parties_in_brackets,
)
from minutes.reader.people_lists import NOT_COME, persons
from minutes.reader.presence import Attendance, Person, Said, attendance_in, items_named, says_all
from minutes.reader.records import Absence, Guest, Statement
from minutes.reader.remarks import quotation, remark
from minutes.reader.roster import Roster, RosterBuilder
from minutes.reader.voting.speakers import speakers
from minutes.reader.words import WORDS, pattern

Value = TypeVar("Value")

# No sentence about people is longer, and no list of them before a verb.
_LONGEST_SENTENCE = 4000
_LONGEST_WHO = 1000
# So many sentences of an item are read for who was absent.
_MOST_SENTENCES = 1000
_VOTED = pattern(WORDS.votes.verbs)

# Each form below is a verb; those it is about precede it, from the beginning of the sentence.

# "Kasper Holm tog forbehold.", "A og B tog forbehold vedr. 8. at", "A forbeholdt sig sin stilling"
_RESERVES = re.compile(
    r"\s+(?:(?:tog|tager|har\s+taget|tog\s+dog)\s+(?:\w+\s+){0,2}forbehold\b"
    r"|forbehold(?:er|t)\s+sig\s+(?:sin\s+|deres\s+)?stilling)"
)
# "3 medlemmer (N+Ø) tager forbehold", "… afventer stillingtagen": the sentence says it all
_MEMBERS_RESERVE = re.compile(
    r"\d{1,2} medlem(?:mer)?\b.{0,300}(?:\btager\s+forbehold\b|\btog\s+forbehold\b"
    r"|\bafventer\s+stillingtagen\b)"
)
# "Kasper Holm begærede sagen i byrådet.", "Ane Lund begærer sagen indbragt for Byrådet"
_REFERS = re.compile(
    rf"\s+(?:{_VOTED}\s+(?:i?mod|for)\s+og\s+)?(?:begærede|begærer|ønskede|ønsker|forlangte)\s+(?:sagen|punktet|spørgsmålet)\s+(?:[\wæøå]+\s+){{0,6}}"
    r"(?:(?i:byrådet|kommunalbestyrelsen|borgerrepræsentationen)|KB|BR)\b"
)
# "Han bad samtidig om, at sagen kommer for byrådet", "Hun begærede sagen i byrådet"
_HE_REFERS = re.compile(
    r"(?:Han|Hun)\s+(?:[\wæøå]+\s+){0,2}?(?:begærede|begærer|ønsker|ønskede|bad\s+(?:[\wæøå]+\s+)?om,?\s+at)"
    r"\s+(?:sagen|punktet|spørgsmålet)\s+(?:[\wæøå]+\s+){0,6}(?i:byrådet|kommunalbestyrelsen|borgerrepræsentationen)\b"
)
_NAMED = re.compile(NAME)
_ATTENDED = (
    r"(?:deltog|deltager|medvirkede|var\s+til\s+stede|var\s+med|indledte|fremlagde|præsenterede|gennemgik|orienterede"
    r"|holdt\s+oplæg|gav\s+en)\b(?!\s+ikke)"
)
# "Per Vang, afdelingsleder i Udviklingshuset, deltog under punktet."
_GUEST = re.compile(rf"(?P<name>{NAME}),\s+(?P<role>[^.]{{3,150}}?),?\s+{_ATTENDED}")
# "Under punktet deltog planchef Ane Holm", "Afdelingsleder Ane Holm deltog under punktet"
_GUEST_BEHIND = re.compile(
    rf"(?:Under|Ved)\s+(?:punktet|sagen|behandlingen)[^.,]{{0,40}}?\s+deltog\s+(?P<role>[a-zæøå][^,.A-ZÆØÅ]{{2,60}}?)?\s*(?P<name>{NAME})(?:,\s+(?P<behind>[^.]{{3,120}}))?"
)
_GUEST_AHEAD = re.compile(
    rf"(?P<role>[A-ZÆØÅ][a-zæøå-]{{3,40}}(?:\s(?:for|i|ved|af)\s[A-ZÆØÅ]\w{{1,30}}|\s[a-zæøå]{{3,30}}){{0,3}})\s+(?P<name>{NAME})(?:\s+fra\s+(?P<from>[^.,]{{2,60}}?))?"
    rf"(?:\s+og\s+(?P<role2>[a-zæøå-]{{4,40}})\s+(?P<name2>{NAME}))?\s+{_ATTENDED}"
)
# "Ida Lund og Malik Bak fra Ungdomsrådet fremlagde deres ønsker."
_GUESTS_FROM = re.compile(
    rf"(?P<name>{NAME})(?:\s+og\s+(?P<name2>{NAME}))?\s+fra\s+(?P<role>[A-ZÆØÅ][^.,]{{2,60}}?)(?P<role2>)\s+{_ATTENDED}"
)
# "Ane Lund deltog ikke i sagens behandling.", "A erklærede sig inhabil og forlod lokalet", "A er inhabil"
_RECUSED = re.compile(
    r",?\s+(?:deltog\s+ikke\s+i\s+(?P<what>[^.]{0,80}?(?:behandling|drøftelse|afstemning|sag|punkt)\w*)"
    r"|(?:erklærede\s+sig|blev\s+(?:enstemmigt\s+)?erklæret|var\s+erklæret|var|er|meldte\s+sig|anså\s+sig\s+for|blev\s+anset\s+for)\s+(?P<disqualified>inhabile?)"
    r"|(?:oplyste|gjorde\s+opmærksom\s+på),?\s+at\s+(?:han|hun|de)\s+(?:var|er)\s+(?P<recused>inhabile?)"
    r"|forlod\s+(?:mødet|lokalet|salen|mødelokalet)(?:\s+kl\.?\s?\d{1,2}[.:]\d\d)?\s+(?:under|ved|på\s+grund\s+af|pga\.?)\s+(?P<left>[^.]{3,60})"
    r"|gik\s+uden\s+for\s+døren|tog\s+(?:hverken|ikke)\s+del\s+i\s+(?:behandling|drøftelse|afstemning|sag)\w*)"
)
# "Ane Lund var på grund af inhabilitet ude under behandlingen"
_AWAY_AS_BIASED = re.compile(
    r",?\s+(?:var|er|blev|sad)\s+(?:på\s+grund\s+af|pga\.?|grundet)\s+(?:sin\s+)?inhabilitet\b"
)
_PRONOUN = re.compile(r"(?:Han|Hun|Vedkommende)\b")
# "Udvalget fandt, at han er inhabil", "Et enigt byråd erklærede ham for inhabil"; he is named before
_HE_IS = re.compile(r"\b(?:han|hun|ham|hende|vedkommende)\b[^.;]{0,30}(?<!ikke )\binhabil\b")
# "Peder Foldager (V) ejer jord ned til åen", "Ole Staal, B, er formand for festivalen, …"
_LEADER = re.compile(rf"(?P<who>{NAME})(?:\s*\([^()]{{1,40}}\))?(?=,?\s+[a-zæøå])")
_DISQUALIFIED = re.compile(r"\binhabil", re.IGNORECASE)
# "Fraværende under sagen: Ane Holm (habilitet)"
_BIAS = re.compile(r"(?:in)?habil", re.IGNORECASE)
# "Byrådet erklærede Ane Holm (V) inhabil", "vedtog, at Ane Holm er inhabil"
_DECLARED = re.compile(
    rf"\b(?:erklærede|fandt|anså|besluttede,?\s+at|vedtog,?\s+at)\s+(?:borgmester\s+)?(?P<who>{NAME}(?:\s*\([^()]{{1,40}}\))?)\s+(?:for\s+|er\s+|var\s+)?(?:inhabil)"
)
_DURING = (
    r"(?:under|ved)\s+(?:punktet|sagen|afstemningen|drøftelsen|behandlingen(?:\s+af\s+\w+)?|sagens\s+\w+)"
)
# "Fraværende: Ane Holm (A)", "Afbud fra Bo Lind", "Fraværende var Eva Kirk", "Ikke til stede: …"
_ABSENT_LIST = re.compile(
    rf"(?:Fraværende|Afbud|Fravær|Forfald|Ikke\s+til\s+stede)(?:\s+med\s+afbud|\s+{_DURING})?(?:\s*:|\s+fra\b|\s+var\b|\s+er\b)?\s*:?\s*(?P<who>{NAME}.*)",
    re.IGNORECASE,
)


# "var ikke til stede under punktet", and not "forlod den åbne del af mødet kl. 20"
_OF_THIS_ITEM = re.compile(r"\b(?:punkt|sag|behandling|drøftelse|afstemning|beslutning)\w*", re.IGNORECASE)
_NOT_FROM_ITEM = re.compile(
    r"\b(?:lukkede|åbne|resten|første|sidste|fra kl|til kl|deltog ikke i afstemning\w*)\b", re.IGNORECASE
)
# "Fraværende med afbud:", "Afbud fra", "Ikke til stede:" before a list
_ABSENT_LABEL = re.compile(
    r"(?:Fraværende|Afbud|Fravær|Forfald|Ej til ?stede|Ikke til ?stede|Deltog ikke)"
    rf"(?:\s+(?:med afbud|uden afbud|{_DURING}|fra|var|er))*\s*[:–-]?\s+",
    re.IGNORECASE,
)


# "Fraværende:" with nothing behind it, under sentences that say who was
_LABEL_ALONE = re.compile(r"(?:Fraværende|Afbud|Fravær)(?:\s+(?:med|uden) afbud)?\s*:$", re.IGNORECASE)
# "Fremmøde og inhabilitet:" above sentences
_HEADING = re.compile(r"^[^\n]{1,60}:\n")


@dataclass(frozen=True)
class PeopleFacts:
    reservations: tuple[str, ...] = ()
    referred_to_council_by: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    absent: tuple[Absence, ...] = ()
    left_or_recused: tuple[Absence, ...] = ()
    others_attending: tuple[Guest, ...] = ()
    roster: Roster = field(
        default_factory=Roster
    )  # substitutes, arrivals and departures, absence from other items


@dataclass
class _Mentions:
    reservations: list[str] = field(default_factory=list)
    referrals: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    recused: list[Absence] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    people: RosterBuilder = field(default_factory=RosterBuilder)
    sentences: int = 0  # read for attendance
    until: int = -1  # where the last remark ends
    number: str | None = None


def find_people(
    text: str,
    decisions: Sequence[tuple[Flow, Sequence[Sequence[Sentence]]]],
    absent: Sequence[str],
    number: str | None = None,
) -> PeopleFacts:
    """Return what the own decisions, each a flow and its paragraphs, and absence lists say of people.

    `number` is the item's. Who was recused was absent from the item too.
    """
    if not absent and not decisions:
        return PeopleFacts()
    mentions = _Mentions(number=number)
    for block in absent:
        _read_absent(mentions.people, block)
    for flow, paragraphs in decisions:
        mentions.until = -1
        for paragraph, below in zip_longest(paragraphs, paragraphs[1:], fillvalue=()):
            _read(mentions, text, flow, paragraph, below)
    mentions.recused += [one for one in mentions.people.absent if one.reason and _BIAS.match(one.reason)]
    roster = mentions.people.roster()
    away = {absence.name: absence for absence in (*reversed(mentions.recused), *reversed(roster.absent))}
    return PeopleFacts(
        _once(mentions.reservations),
        _once(mentions.referrals),
        tuple(mentions.statements),
        tuple(reversed(away.values())),
        _once(mentions.recused),
        _once(mentions.guests),
        roster,
    )


def _read_absent(people: RosterBuilder, block: str) -> None:
    """Add what a list of those absent from an item says, with its label, as sentences or as entries."""
    label = _ABSENT_LABEL.match(block)
    listed = block[label.end() :] if label else _HEADING.sub("", block, count=1)
    parts = [part for part in sentences(listed) if not _LABEL_ALONE.match(part)]
    parts = [part for part in parts if not NOT_COME.search(part)]
    said = list(map(says_all, parts)) if len(parts) <= _MOST_SENTENCES else []
    if said and all(said):
        people.add_attendance(_of_this_item(one) for part in said for one in part)
    else:
        people.add_absent(listed, excused=bool(label and "afbud" in label[0].lower()), of_item=True)


def _of_this_item(one: Attendance) -> Attendance:
    """Return what is said of a person; an absence from "punktet", without a number, is from this item."""
    partly = one.said is Said.ABSENT_FROM and not one.items
    return replace(one, said=Said.ABSENT) if partly else one


def _read(
    mentions: _Mentions, text: str, flow: Flow, paragraph: Sequence[Sentence], below: Sequence[Sentence]
) -> None:
    absent_before: list[Person] = []
    for position, sentence in enumerate(paragraph):
        words = sentence.text
        if sentence.start < mentions.until or len(words) > _LONGEST_SENTENCE:
            continue
        announced = position + 1 == len(paragraph) and words.endswith(":")
        quoted = quotation(below) if announced else ()
        said = remark(text, flow, [*paragraph, *quoted], position)
        if said and not _is_more_than_words(words):
            statement, mentions.until = said
            mentions.statements.append(statement)
            continue
        reserved = _reservation(words)
        if reserved:
            mentions.reservations += reserved
            continue
        mentions.referrals += _names_before(_REFERS, words) or _referred_by_him(words, paragraph, position)
        recused = _recused_here(words, paragraph, position, mentions.number)
        mentions.recused += recused
        if recused:
            _drop_explanation(mentions, flow, paragraph[:position], recused[0].name)
        elif mentions.sentences < _MOST_SENTENCES:
            mentions.sentences += 1
            known = len(mentions.people.absent)
            _read_absence(mentions, words, absent_before)
            absent = mentions.people.absent[known:] or mentions.people.absent[-1:]
            absent_before = [Person(absence.name, absence.party) for absence in absent]
        mentions.guests += _guests(words)


def _drop_explanation(mentions: _Mentions, flow: Flow, before: Sequence[Sentence], name: str) -> None:
    """Drop a remark that explains a recusal: "Ane Holm oplyste, at …. Hun blev erklæret inhabil."."""
    if not before or not mentions.statements or mentions.statements[-1].who != (name,):
        return
    start, end = flow.place(before[-1].start, before[-1].end)
    if start <= mentions.statements[-1].start < end:
        mentions.statements.pop()


def _read_absence(mentions: _Mentions, words: str, absent_before: Sequence[Person]) -> None:
    """Read who was absent, by a list or a sentence; `absent_before` is who was so by the sentence before."""
    listed = _ABSENT_LIST.match(words)
    if listed:
        excused = "afbud" in words[:30].lower()
        mentions.people.add_absent(listed["who"], excused=excused, of_item=True)
    else:
        attendance = [one for one in attendance_in(words, absent_before) if one.said is not Said.CAME]
        here = bool(_OF_THIS_ITEM.search(words)) and not _NOT_FROM_ITEM.search(words)
        mentions.recused += [
            Absence(name=one.person.name, party=one.person.party, reason=one.reason)
            for one in attendance
            if here and one.said is Said.RECUSED and not one.items
        ]
        mentions.people.add_attendance(_of_this_item(one) if here else one for one in attendance)


def _is_more_than_words(sentence: str) -> bool:
    """Return True if what the sentence says is an act with a name of its own: a reservation, a recusal …"""
    return bool(_reservation(sentence) or _recused(sentence) or _names_before(_REFERS, sentence))


def _reservation(sentence: str) -> list[str]:
    """Return those with a reservation: people by name; a party's as the sentence that says so."""
    if _MEMBERS_RESERVE.match(sentence):
        return [sentence]
    match = _RESERVES.search(sentence, 0, _LONGEST_WHO)
    if not match:
        return []
    who = sentence[: match.start()]
    return list(names_in(who)) or ([sentence] if speakers(who) else [])


def _names_before(form: re.Pattern[str], sentence: str) -> tuple[str, ...]:
    """Return the people named before the match of `form`, if nothing else is before it."""
    match = form.search(sentence, 0, _LONGEST_WHO)
    return names_in(sentence[: match.start()]) if match else ()


def _referred_by_him(words: str, paragraph: Sequence[Sentence], position: int) -> tuple[str, ...]:
    """Return whom "Han" or "Hun", who has the case sent to the council, refers to: the one named last."""
    if not position or not _HE_REFERS.match(words):
        return ()
    named = [name for name in _NAMED.findall(paragraph[position - 1].text) if is_name(untitled(name))]
    return (untitled(named[-1]),) if named else ()


def _recused(sentence: str) -> list[Absence]:
    declared = _DECLARED.search(sentence)
    people = _people_before(_RECUSED, sentence) or _people_before(_AWAY_AS_BIASED, sentence)
    people = people or (_absences(declared["who"]) if declared else [])
    reason = "inhabil" if _DISQUALIFIED.search(sentence) else None
    return [Absence(name=person.name, party=person.party, reason=reason) for person in people]


def _recused_before(words: str, paragraph: Sequence[Sentence], position: int) -> list[Absence]:
    """Return those recused by a sentence that begins with a name, or with "Han" behind one that does."""
    reason = "inhabil" if _DISQUALIFIED.search(words) else None
    he_is = _HE_IS.search(words)
    if not he_is and not _RECUSED.search(words):
        return []
    if position and (he_is or _PRONOUN.match(words)):
        words = paragraph[position - 1].text
    leader = _LEADER.match(with_parties_in_brackets(words))
    if not leader or not is_name(untitled(leader["who"])):
        return []
    return [
        Absence(name=absence.name, party=absence.party, reason=reason) for absence in _absences(leader[0])
    ]


def _recused_here(
    words: str, paragraph: Sequence[Sentence], position: int, number: str | None
) -> list[Absence]:
    """Return who was recused from the item of this number, by one sentence of a paragraph."""
    recused = _recused(words) or _recused_before(words, paragraph, position)
    return [] if recused and _is_of_other_item(words, number) else recused


def _is_of_other_item(sentence: str, number: str | None) -> bool:
    """Return True if a sentence is about items by their numbers, and this one is not among them."""
    named = items_named(sentence)
    return bool(named) and number is not None and number.rstrip(".") not in named


def _people_before(form: re.Pattern[str], sentence: str) -> list[Absence]:
    """Return the people, with their parties, named before the match of `form`."""
    match = form.search(sentence, 0, _LONGEST_WHO)
    return _absences(sentence[: match.start()]) if match and names_in(sentence[: match.start()]) else []


def _absences(listed: str) -> list[Absence]:
    return [
        Absence(name=name, party=next(filter(None, map(party_in, notes)), None))
        for name, notes in persons(next(iter(sentences(listed)), ""))
    ]


def _guests(sentence: str) -> list[Guest]:
    for form in (_GUEST, _GUEST_BEHIND, _GUEST_AHEAD, _GUESTS_FROM):
        match = form.match(sentence)
        if not match:
            continue
        groups = match.groupdict()
        role = groups["role"] or groups.get("behind")
        pairs = [(groups["name"], role), (groups.get("name2"), groups.get("role2") or role)]
        guests = [_guest(name, role) for name, role in pairs if name]
        if all(guests):
            return list(filter(None, guests))
    return []


def _guest(printed: str, role: str | None) -> Guest | None:
    office = _OFFICE.match(printed)
    if office:
        printed, role = printed[office.end() :], ", ".join(filter(None, [office["office"], role]))
    name = untitled(squash(printed))
    if not is_name(name) or (role and (party_in(role) or _MEMBER.match(role))):
        return None
    return Guest(name=name, role=squash(role).rstrip(".") if role else None)


# "Forstander Ruth Lund", "Planchef Bo Lind": an office before the name
_OFFICE = re.compile(
    r"(?P<office>[A-ZÆØÅ][a-zæøå-]*(?:chef|leder|direktør|konsulent|forstander|inspektør|koordinator|medarbejder|planlægger"
    r"|arkitekt|ingeniør|jurist|læge|sekretær)|Forstander|Direktør|Arkitekt|Ingeniør)\s+(?=[A-ZÆØÅ])"
)
# Elected members are no guests, whatever their office.
_MEMBER = re.compile(rf"{pattern(WORDS.people.titles)}$", re.IGNORECASE)


def _once(values: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))
