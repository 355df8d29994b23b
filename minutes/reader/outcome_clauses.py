"""The clauses of a decision that say what became of the item, and not what is reported in it.

The verb of a main clause carries a decision. Nothing is decided by what somebody reported ("orienterede
om, at planen er vedtaget"), by what others did ("Ministeriet har afvist klagen"), by events ("Turen til
Ystad er udsat"), or by what one member wished ("Venstre ønskede sagen udsat").
"""

import re
from collections.abc import Iterator

from minutes.reader.deciding import TELLS_PAST, decides
from minutes.reader.names import NAME
from minutes.reader.words import WORDS, pattern

# Not behind the day of "den 4. maj"; "Anbefales.Ane Holm" are two
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?![a-zæøå])|\n+|(?<=[a-zæøå]{3}\.)(?=[A-ZÆØÅ][a-zæøå]{2})")
# "Steen S. Hansen": no sentence ends at an initial
_INITIAL = re.compile(r"\b(?!Liste|Gruppe|Parti)([A-ZÆØÅ][a-zæøå]+) [A-ZÆØÅ]\.(?= [A-ZÆØÅ][a-zæøå]+\b)")
# "punkt 18 ”Sager til orientering”": a title within the decision
_QUOTED = re.compile(r"[”“\"»][^”“\"«»\n]{1,120}[”\"«]")
# "medlemmer, der er bevilget orlov": what a clause like this says was not decided here
_RELATIVE = re.compile(r"(?P<of>\b\w+),\s+(?:der|som)\s[^,.;\n]{1,200}")
# "drøftede sagen, som genoptages på næste møde": of the matter itself
_MATTER = re.compile(r"(?:sagen|punktet|emnet|forslaget|drøftelsen|referatet|dagsordenen)\b", re.IGNORECASE)
# "Efter at forslaget var forkastet, blev budgettet godkendt."
_BEFORE_MAIN = re.compile(r"(?:Efter at|Efter|Da|Idet|Selv om|Selvom|Når|Såfremt|Hvis)\s[^,.;]{3,200},\s+")
# "… er udarbejdet efter, at byrådet godkendte politikken", "Ansøger meddeles, at vejen ikke må spærres"
_BEHIND_MAIN = re.compile(r"\b(?:efter|inden|før|siden|fordi|meddeles),?\s+at\b[^.;\n]{1,300}", re.IGNORECASE)
# "Borgmesteren meddelte, at punkt 9 om snerydning udgår": item 9 leaves the agenda, not this one
_LEAVES_AGENDA = re.compile(
    r"\b(?:punkt|pkt\.?|sag)\s+(?:nr\.?\s*)?(?P<number>\d{1,4})\b[^.;,]{0,120}?"
    r"\b(?:udgår|udgik|udgået|(?:tages|taget|tages ud|taget ud)\s+af\s+dagsordenen|udsæt\w*|udsat|udskyd\w*)"
    r"(?:\s+til\s+[^.;,]{1,40}(?=[.;,]|$)|\s+og\s+(?:sagen|punktet)\s[^.;]{1,400})?",
    re.IGNORECASE,
)
# "orienterede om", "fortalte, at", "Der blev spurgt til"
_REPORTS = re.compile(pattern(WORDS.decisions.reported), re.IGNORECASE)
# "…, og udvalget tog det til efterretning": a main clause of its own
_NEXT_CLAUSE = re.compile(r",?\s+(?:og|men|hvorefter|herefter|derefter)\s+", re.IGNORECASE)
# No item has this number: "Punkt 15 udgår. Godkendt." of an item without a number
_UNKNOWN = "0"
_OWN_BODY = re.compile(
    rf"(?:Et\s+(?:enigt|flertal i)\s+)?(?i:{pattern(WORDS.decisions.own_bodies)})"
    r"|(?:[A-ZÆØÅ][\wæøå-]*,? |og ){0,5}[A-ZÆØÅ][\wæøå-]*(?:udvalget|rådet|bestyrelsen)\b"
)
# "Havneudvalget har godkendt", said by the council, reports; "Udvalget har godkendt" does not.
_OWN_BY_NOUN = re.compile(r"(?:Udvalget|Rådet|Bestyrelsen|Nævnet|Kommissionen|Vi)\b")
_OTHERS = pattern(WORDS.decisions.other_bodies)
_HAS_DONE = re.compile(r"[A-ZÆØÅ](?:[\w-]+ ){1,6}?har (?:\w+ ){0,2}?\w+(?:et|t|te)\b")
_OTHERS_DID = re.compile(
    rf"{_OTHERS}\s+(?!indstilling)|.{{0,160}}?\b(?:af|hos|i)\s+{_OTHERS}(?!s?\s+(?:indstilling|forslag))",
    re.IGNORECASE,
)
_EVENT = re.compile(rf"(?:[\w-]+s\s+)?{pattern(WORDS.decisions.events)}", re.IGNORECASE)
_PUT_OFF = re.compile(
    r"\b(?:udsat|udsættes|udskudt|udskydes|udgår|udgået|udgik|aflyst|flyttet)\b", re.IGNORECASE
)
# "Et mindretal ønskede sagen udsat", "Venstre foreslog sagen udsat, hvilket ikke blev vedtaget"
_WISHES = re.compile(
    r"\b(?:ønskede|ønsker|foreslog|foreslår|stillede forslag|bad om|anmodede om)\b", re.IGNORECASE
)
# "Ane Holm anbefalede Bo Lind som formand"
_NOMINATES = re.compile(rf"\b(?:anbefal|indstill)(?:ede|er)\s+{NAME}")
# "Forslaget bortfaldt.": of the wish right before
_OF_THAT = re.compile(r"(?:Det|Dette|Forslaget)\b")
_PERSON = re.compile(NAME)
_PART = re.compile(
    r"(?:Et mindretal|Mindretallet|En del af|Medlem\w*|\w+gruppen|Liste)\b"
    rf"|{pattern(WORDS.people.parties)}",
    re.IGNORECASE,
)
# "Meddelelser taget til efterretning", "Oplægget blev drøftet": what a body does with a report
_TAKEN = re.compile(r"\b(?:til efterretning|ad notam)\b|\w+(?:en|et|erne) blev drøftet\b", re.IGNORECASE)


def clauses_of(decision: str, number: str | None, *, reporting: bool) -> Iterator[str]:
    """Yield the clauses of `decision` that can say what became of the item with `number`.

    In `reporting` items, such as "Meddelelser", only clauses count that begin with what was decided or with
    the body that decides.
    """
    text = _RELATIVE.sub(_without_relative, _INITIAL.sub(r"\1", _QUOTED.sub(_stop_of, decision)))
    put = False
    sentences = _SENTENCE_END.split(text)
    if number is None and any(decides(sentence.strip()) for sentence in sentences):
        number = _UNKNOWN
    for sentence in sentences:
        if put and _OF_THAT.match(sentence):
            continue
        put = _is_wish(sentence)
        main = _BEHIND_MAIN.sub("", _BEFORE_MAIN.sub("", sentence.strip(), count=1))
        clause = _without_other_items(main, number)
        for part in _decided(clause):
            if not reporting or decides(part) or _OWN_BODY.match(part) or _TAKEN.search(part):
                yield part


def _stop_of(quotation: re.Match[str]) -> str:
    """Return the full stop that a quotation ends with, and the sentence around it too."""
    return "." if quotation[0][-2] in ".!?" else ""


def _without_relative(match: re.Match[str]) -> str:
    return match[0] if _MATTER.fullmatch(match["of"]) else match["of"]


def _without_other_items(sentence: str, number: str | None) -> str:
    return _LEAVES_AGENDA.sub(
        lambda match: match[0] if not number or match["number"] == number else "", sentence
    )


def _decided(sentence: str) -> Iterator[str]:
    """Yield a sentence, or of one that reports what follows the report."""
    if not sentence.strip(" ,.;"):
        return
    if not _is_report(sentence):
        yield sentence
        return
    parts = _NEXT_CLAUSE.split(sentence)
    yield from (part for part in parts[1:] if _OWN_BODY.match(part) or decides(_capitalised(part)))


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def _is_report(sentence: str) -> bool:
    """Return True if a sentence says what somebody reported, others did, or one member wished."""
    if TELLS_PAST.search(sentence) and not _OWN_BODY.match(sentence) and not decides(sentence):
        return True
    first = _NEXT_CLAUSE.split(sentence, maxsplit=1)[0]
    is_own = _OWN_BODY.match(first) is not None
    if _HAS_DONE.match(first) and not _OWN_BY_NOUN.match(first):
        return True
    if (_OTHERS_DID.match(first) and not is_own) or (_EVENT.match(first) and _PUT_OFF.search(first)):
        return True
    return not decides(first) if _REPORTS.search(first) else _is_wish(first)


def _is_wish(sentence: str) -> bool:
    """Return True if a sentence says what a member or a part of the body wished, or whom they nominated."""
    if not (_WISHES.search(sentence) or _NOMINATES.search(sentence)):
        return False
    return _PART.match(sentence) is not None or _PERSON.match(sentence) is not None
