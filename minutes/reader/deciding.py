"""Words by which a text decides: how decisions open, and what a body says that it did."""

import re
from functools import lru_cache

from minutes.reader.bodies import same_committee
from minutes.reader.dates import DATE
from minutes.reader.headings import DECISION_OPENING, NOTHING
from minutes.reader.words import WORDS, pattern

_OUTCOME = pattern(*WORDS.outcomes.values(), WORDS.decisions.sent_on)
# "Indstillingen blev tiltrådt med 38 stemmer imod 11.", "Valgt blev …": the last paragraph decides …
_DECIDES = re.compile(
    rf"\b(?:blev|er|var|tog|og)\s+(?:\w+\s+){{0,4}}?{_OUTCOME}"
    rf"|\bvalgt blev\b|\bmed \d+ stemmer\b"
    rf"|(?:forslag|forslaget|indstilling|indstillingen|ansøgningen)\s+{_OUTCOME}\.?$",
    re.IGNORECASE,
)
# … unless it is about another day: "blev i 2016 vedtaget", "besluttede den 4. maj".
TELLS_PAST = re.compile(rf"\b(?:[Ii]|[Ff]ra|siden) (?:19|20)\d\d\b|(?<!mødet )\bden {DATE}")
# "Rådet har tidligere drøftet …"
_EARLIER = re.compile(r"\b(?:har|havde|er|blev|som) tidligere\b|\btidligere (?:har|er|blev)\b")
# "Medlemsforslaget blev tiltrådt", "Dagsordenen er herefter godkendt": a matter, and what became of it
_MATTER = re.compile(
    rf"(?:[\w-]+\s+){{0,3}}?(?:[\w-]*(?:{'|'.join(WORDS.decisions.matters)})"
    r"|[\w-]+s (?:indstilling|anbefaling|[\w-]*forslag))\b",
    re.IGNORECASE,
)
_BECAME = re.compile(rf"\s+(?:blev|bliver|er)\s+(?:\w+\s+){{0,3}}?{_OUTCOME}", re.IGNORECASE)
# "Orienteringen taget til efterretning.", "Indstillingen godkendt, idet …"
_BARELY_BECAME = re.compile(
    rf"\s+(?:tage[ts] )?{_OUTCOME}(?: som indstillet| af \w+)?\s*(?:[.,;]|$)", re.IGNORECASE
)
# "Sundheds- og Kulturforvaltningen indstiller, at …": what is recommended to the body
_RECOMMENDS_FIRST = re.compile(
    r"[A-ZÆØÅ][^.:;]{0,60}(?:forvaltning|direktør|direktion|administration|chef|center)\w*\s+(?:\w+\s+){0,6}?"
    r"(?:indstiller|anbefaler|foreslår)\b"
)
# "Til orientering forelægges regnskabet", "Til efterretning fremsendes …": what is put before the body
_PUT_BEFORE = re.compile(r"Til \w+ (?:frem|fore)(?:lægges|sendes)\b", re.IGNORECASE)
_LONGEST_SUBJECT = 90
# "Rådet besluttede at søge tilskud", "Vi var enige om …", "Det blev aftalt, at …"
_AGREED = re.compile(pattern(WORDS.decisions.agreed), re.IGNORECASE)
# "Begge dele godkendt uden bemærkninger", "Ida Holm og Per Krog godkendt": few words, and what became of them
_BRIEFLY = re.compile(rf"(?:[\w.()-]+\s+){{0,6}}?{_OUTCOME}(?:,?\s+\w+){{0,6}}\.?", re.IGNORECASE)
_CHOSEN = re.compile(r"\b(?:blev|er)\s+(?:\w+\s+){0,3}?(?:gen)?valgt\b|\bvalgtes\b|\bvælges\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÆØÅ])|\n+")
# "Byrådet vedtog herefter …", "Et enigt udvalg godkendte …": a body at the beginning, and what it did
_BODY_DID = re.compile(
    rf"(?:Et enigt |Et flertal i )?(?P<body>[\w-]*(?:{'|'.join(WORDS.decisions.body_nouns)}))\s+(?:\w+\s+)?"
    rf"{pattern(WORDS.decisions.body_verbs)}",
    re.IGNORECASE,
)
_LONGEST_BRIEF = 120
# Longer texts describe the matter too, and are not what was decided unless they begin with it.
_LONGEST_MIXED = 200


@lru_cache(maxsize=4096)
def decides(text: str) -> bool:
    """Return True if a paragraph opens like a decision: "Godkendt.", "Forslaget blev tiltrådt med …"."""
    if DECISION_OPENING.match(text):
        return not _PUT_BEFORE.match(text)
    matter = _MATTER.match(text, 0, _LONGEST_SUBJECT)
    if not matter:
        return False
    if _BARELY_BECAME.match(text, matter.end()):
        return True
    became = _BECAME.match(text, matter.end())
    return bool(became) and not TELLS_PAST.search(text)


def body_decides(text: str, committee: str | None) -> bool:
    """Return True if a paragraph opens with what the meeting's own body did: "Byrådet vedtog planen."."""
    match = _BODY_DID.match(text) if committee else None
    if not match or not committee:
        return False
    body = match["body"].casefold()
    named = committee.casefold()
    is_own = same_committee(body, committee) or named.endswith(body) or named.startswith(f"{body} for ")
    return is_own and not TELLS_PAST.search(text)


def decides_somewhere(text: str) -> bool:
    """Return True if the last paragraph of an item says that something was decided now."""
    tells = TELLS_PAST.search(text) or _EARLIER.search(text) or _RECOMMENDS_FIRST.match(text)
    return not tells and bool(_DECIDES.search(text))


def says_decision(text: str) -> bool:
    """Return True if a sentence anywhere in the text says what the body decided, agreed on or chose."""
    return any(_concludes(part.strip()) for part in _SENTENCE_END.split(text) if part.strip())


def concludes(text: str) -> bool:
    """Return True if a text says first, or is short and says, what the body decided, agreed on or chose."""
    if NOTHING.fullmatch(text):
        return True
    sentences = [sentence for part in _SENTENCE_END.split(text) if (sentence := part.strip())]
    last = len(sentences) if len(text) <= _LONGEST_MIXED else 1
    return any(_concludes(sentence) for sentence in sentences[:last])


def _concludes(sentence: str) -> bool:
    if TELLS_PAST.search(sentence) or _RECOMMENDS_FIRST.match(sentence):
        return False
    if decides(sentence) or _AGREED.search(sentence) or _CHOSEN.search(sentence):
        return True
    brief = len(sentence) <= _LONGEST_BRIEF and _BRIEFLY.fullmatch(sentence)
    return bool(brief) or bool(_DECIDES.search(sentence))
