"""What the decision says of people: remarks, reservations, referrals, absences, recusals, guests."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from minutes.reader.names import NAME, is_name, names_in, squash
from minutes.reader.records import Absence, Guest, Statement
from minutes.reader.sentences import Sentence

Value = TypeVar("Value")

_PARTY = r"(?:\s*\([^()]{1,40}\))?"
# "A (S), B og C (Velfærdslisten)"
_LIST = rf"{NAME}{_PARTY}(?:\s*(?:,|\bog\b|\bsamt\b)\s*{NAME}{_PARTY}){{0,30}}"

# "Kasper Holm tog forbehold.", "A og B tog forbehold vedr. 8. at", "A tager forbehold"
_RESERVATION = re.compile(
    rf"(?P<who>{_LIST})\s+(?:tog|tager|har\s+taget)\s+(?:[\wæøå]+\s+){{0,2}}forbehold\b"
)
# "Kasper Holm begærede sagen i byrådet."
_REFERRAL = re.compile(
    rf"(?P<who>{_LIST})\s+(?:begærede|begærer|ønskede|ønsker)\s+(?:sagen|punktet)\s+(?:[\wæøå]+\s+){{0,3}}"
    r"(?:byrådet|kommunalbestyrelsen|borgerrepræsentationen)\b"
)
# "Kasper Holm bemærkede følgende: …", "A og B tilkendegav, at …"
_STATEMENT = re.compile(
    rf"(?P<who>{_LIST})\s+(?:bemærkede|bemærker|tilkendegav|tilkendegiver|udtalte|oplyste|påpegede|"
    r"gjorde\s+opmærksom\s+på|(?:ønskede|ønsker)(?:\s+følgende)?\s+(?:ført|tilført)\s+(?:til\s+)?protokol(?:len)?)"
    r"(?:\s+følgende)?\s*(?P<mark>[:,])\s*(?P<text>\S)"
)
# "Per Vang, afdelingsleder i Udviklingshuset, deltog under punktet."
_GUEST = re.compile(
    rf"(?P<name>{NAME}),\s+(?P<role>[^.]{{3,150}}?),?\s+deltog\s+(?:i\s+mødet\s+)?(?:under|i\s+behandlingen\s+af|ved)\s+"
    r"(?:punktet|sagen|dette\s+punkt|behandlingen|punkt)\b"
)
# "Ane Lund deltog ikke i sagens behandling.", "A erklærede sig inhabil og forlod lokalet"
_RECUSED = re.compile(
    rf"(?P<who>{_LIST})\s+(?:deltog\s+ikke\s+i\s+(?P<what>[^.]{{0,60}}behandling|drøftelse|afstemning)"
    r"|(?:erklærede\s+sig|blev\s+erklæret|var|er)\s+(?P<disqualified>inhabile?))"
)
# "Christina Lund var fraværende."
_ABSENT = re.compile(rf"(?P<who>{_LIST})\s+(?:var|er)\s+fraværende\b")


@dataclass(frozen=True)
class PeopleFacts:
    reservations: tuple[str, ...]
    referred_to_council_by: tuple[str, ...]
    statements: tuple[Statement, ...]
    absent: tuple[Absence, ...]
    left_or_recused: tuple[Absence, ...]
    others_attending: tuple[Guest, ...]


def find_people(text: str, decision: Sequence[Sequence[Sentence]], absent: Sequence[str]) -> PeopleFacts:
    """What the paragraphs of an own decision, and the lines of its absence list, say of people."""
    reservations: list[str] = []
    referrals: list[str] = []
    statements: list[Statement] = []
    away: list[Absence] = [Absence(name=name) for line in absent for name in names_in(line)]
    recused: list[Absence] = []
    guests: list[Guest] = []
    for paragraph in decision:
        for position, sentence in enumerate(paragraph):
            said = _statement(text, paragraph, position)
            if said:
                statements.append(said)
                if said.end >= paragraph[-1].end:
                    break
                continue
            reservations += _who(_RESERVATION, sentence.text)
            referrals += _who(_REFERRAL, sentence.text)
            away += [Absence(name=name) for name in _who(_ABSENT, sentence.text)]
            recused += _recused(sentence.text)
            guests += _guests(sentence.text)
    return PeopleFacts(
        _once(reservations), _once(referrals), tuple(statements), _once(away), _once(recused), _once(guests)
    )


def _statement(text: str, paragraph: Sequence[Sentence], position: int) -> Statement | None:
    """A remark: after a colon to the end of the paragraph, after a comma to the end of the sentence."""
    sentence = paragraph[position]
    match = _STATEMENT.match(sentence.text)
    if not match:
        return None
    start = sentence.start + match.start("text")
    end = paragraph[-1].end if match["mark"] == ":" else sentence.end
    return Statement(who=names_in(match["who"]), text=text[start:end], start=start, end=end)


def _who(pattern: re.Pattern[str], sentence: str) -> tuple[str, ...]:
    match = pattern.match(sentence)
    return names_in(match["who"]) if match else ()


def _recused(sentence: str) -> list[Absence]:
    match = _RECUSED.match(sentence)
    if not match:
        return []
    reason = "inhabil" if match["disqualified"] else None
    return [Absence(name=name, reason=reason) for name in names_in(match["who"])]


def _guests(sentence: str) -> list[Guest]:
    match = _GUEST.match(sentence)
    if not match or not is_name(squash(match["name"])):
        return []
    return [Guest(name=squash(match["name"]), role=squash(match["role"]))]


def _once(values: Sequence[Value]) -> tuple[Value, ...]:
    return tuple(dict.fromkeys(values))
