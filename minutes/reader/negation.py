"""Decisions in words that deny: "Anbefales ikke", "Ej godkendt", "indstilles forkastet"."""

import re

from minutes.reader.names import NAME, party_in
from minutes.reader.words import WORDS, pattern

# What a body does that decides: godkender, tiltrådte, vedtages, anbefaling …
_SENDS_ON = r"(?:anbefale(?:s|r|de|t)?|indstille(?:s|r|de|t)?)"
_DECIDES = (
    r"(?:godkend(?:e|er|es|te|tes|t)|tiltræde[rs]?|tiltråd(?:te|tes|t)|vedtage[rst]?|vedtog|imødekomme[rst]?|imødekom"
    r"|bevil(?:ge|ger|ges|get|lige[st]?)|tilslutte[rst]?|giv(?:es?|et)|støtte(?:s|r|de|t)?)"
)
_NOT = r"(?:ikke|ej|hverken)"
# "ikke kun", "ikke mindst": they add, they do not deny
_ADDS = r"(?!\s+(?:kun|blot|alene|mindst|desto|før|andet|mere|længere|mindre)\b)(?!-)"
_SMALL = r"(?:(?:at|blev|er|var|kan|kunne|blive|enstemmigt|umiddelbart|for|nærværende)\s+){0,2}"
_OBJECT = r"(?:derfor|hermed|dermed|således|altså|sagen|forslaget|indstillingen|ansøgningen|punktet|det)"


def _denied(verb: str) -> str:
    """Return the form of "ikke godkendt", "Ej godkendt", "kan ikke anbefales", "godkendes dermed ikke"."""
    return rf"\b{_NOT}{_ADDS}\s+{_SMALL}{verb}\b|\b{verb}\s+(?:{_OBJECT}\s+)?{_NOT}\b(?!\s+at\b){_ADDS}"


# "indstilles forkastet", "indstiller afslag", "anbefaler, at ansøgningen ikke imødekommes"
_REFUSAL = (
    r"(?:forkaste[st]?|afvise[rs]?|afvist|afslag|afslå(?:s|et|r)?|nedstemme[st]?|ikke\s+(?:godkend|tiltræd|vedtage"
    r"|imødekom|bevil)\w*|(?:godkende|tiltræde|vedtage|imødekomme)s\s+ikke)"
)
_RECOMMENDS_REFUSAL = rf"\b{_SENDS_ON}\b[^,.;:]{{0,60}}(?:,\s+at\b[^,.;:]{{0,120}})?\b{_REFUSAL}\b"

# Every denial has one of these; looking for them is fast.
_WORDS = ("ikke", "ej", "hverken", "forkast", "afvis", "afsl", "nedstem")
DENIED = re.compile(_denied(_DECIDES), re.IGNORECASE)
DENIED_RECOMMENDATION = re.compile(rf"{_denied(_SENDS_ON)}|{_RECOMMENDS_REFUSAL}", re.IGNORECASE)
# "Fremsendes til Byrådet uden anbefaling"
WITHOUT_RECOMMENDATION = re.compile(
    r"\b(?:frem|over|videre)?send\w*[^.;]{0,80}\buden\s+(?:\w+\s+)?(?:anbefaling|indstilling)", re.IGNORECASE
)
# Who does not speak for the body: "Et mindretal kan ikke anbefale", "Liste B tiltræder ikke"
_PART_OF_BODY = re.compile(
    rf"\b(?:mindretal\w*|medlem(?:mer)?|liste|gruppen?|\w+gruppen)\b|{pattern(WORDS.people.parties)}",
    re.IGNORECASE,
)
_LETTER_OR_NAME = re.compile(rf"(?:^|[\s(])(?:{NAME}|[A-ZÆØÅ]{{1,2}})(?=[\s),]|$)")
# Somebody does it; "godkendes", "blev godkendt" say only that it is done.
_ACTIVE = re.compile(
    r"\b(?:anbefale(?:r|de)?|indstille(?:r|de)?|godkende(?:r)?|godkendte|tiltræder?|tiltrådte|vedtager?|vedtog"
    r"|imødekommer?|imødekom|bevilger?|støtter?|støttede|tilslutter?|give)\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"udvalg|byråd|rådet\b|bestyrelse|magistrat|repræsentation|forvaltning|direktør", re.IGNORECASE
)


def denies(clause: str) -> re.Match[str] | None:
    """Return where a clause denies that something is decided, when it speaks for the body itself."""
    lower = clause.lower()
    if not any(word in lower for word in _WORDS):
        return None
    for form in (DENIED_RECOMMENDATION, DENIED):
        match = form.search(clause)
        if match and not (_ACTIVE.search(match[0]) and _is_part(clause[: match.start()])):
            return match
    return None


def denies_for_part(clause: str) -> bool:
    """Return True if a member or a party does not do what decides: "Venstre kan ikke godkende"."""
    match = DENIED.search(clause)
    return bool(match and _ACTIVE.search(match[0]) and _is_part(clause[: match.start()]))


def denies_recommendation(clause: str) -> bool:
    match = denies(clause)
    return bool(match and DENIED_RECOMMENDATION.match(match[0]))


def _is_part(subject: str) -> bool:
    """Return True if the words before the verb name a member, a party or a minority."""
    if _PART_OF_BODY.search(subject):
        return True
    return not _BODY.search(subject) and bool(_LETTER_OR_NAME.search(subject) or party_in(subject))
