"""Marks of closedness in an item's heading: before, in and behind its title, and at its number."""

import re
from typing import NamedTuple

from minutes.reader.closed_words import ALONE, BRACKETED, ITEM, LEAD, NEGATED, PHRASE, WORD, can_be_sign
from minutes.reader.names import NAME, squash

_PERSON = r"(?:person|personale)sag(?:er)?"
# "(lukket for gennemkørsel)": perhaps a sign, perhaps not
_MAYBE_BRACKETED = re.compile(r"[(\[]\s*(?:lukket|fortrolig)\b[^)\]]{0,80}[)\]]", re.IGNORECASE)
# "Lukket - Køb af ejendom", "Fortroligt: Tilbud"
_BEFORE_TITLE = re.compile(rf"\s*{PHRASE}\s*(?:[-–—:|/]+|\*+)\s*(?=\S)", re.IGNORECASE)
# "Lukket punkt om salg", "Lukket orientering om salg"
_KIND_BEFORE_TITLE = re.compile(rf"\s*{WORD}\s+(?:{ITEM}|dagsorden|orientering|drøftelse)\b", re.IGNORECASE)
# "LUKKET Køb af ejendom", "Lukket Køb af ejendom": a capital begins the title
_CAPITAL_BEFORE_TITLE = re.compile(r"\s*(?:LUKKET|FORTROLIGT?|Lukket|Fortroligt)\s+(?=[A-ZÆØÅ0-9\"”“»])")
# "Køb af ejendom - lukket", "Køb af ejendom, lukket punkt", "Køb af ejendom LUKKET"
_BEHIND_TITLE = re.compile(rf"\s*(?:[-–—:,;|/*]|\s\.)\s*{PHRASE}\s*[.*]*$", re.IGNORECASE)
_CAPITALS_BEHIND_TITLE = re.compile(
    r"(?<=[a-zæøå.])\s+"
    r"(?:LUKKET(?: PUNKT| SAG)?|FORTROLIGT|Tavshedspligt(?:en)? (?:er )?ikke fraveget)[.\s]*$"
)
_PERSON_TITLE = re.compile(rf"{_PERSON}(?:\s*[-–:(].*)?|.*\b{_PERSON}\s*\)?$", re.IGNORECASE)
_IN_TITLE = re.compile(
    rf"\b(?:(?:for|bag)\s+lukkede\s+døre|lukke(?:t|de)\s+(?:{ITEM}|dagsorden\w*|møde|mødedel)"
    rf"|ikke[- ]offentlig\w*\s+(?:{ITEM}|møde))\b",
    re.IGNORECASE,
)
# "Sagsfremstilling20. LUKKET: Retssag": behind what was printed on the same line
_INSIDE_TITLE = re.compile(
    rf"(?-i:\b(?:LUKKET|FORTROLIGT?)\b)|\b{PHRASE}\s*:|\d\s*[.:)-]\s*{PHRASE}\s+[-–]", re.IGNORECASE
)
_LOCK = "🔒"
# "Lukket anbringelse", "Lukkede afdelinger": the title is about something that is closed
_CLOSED_THING = re.compile(r"lukke(?:t|de)\s+(?P<what>[\wæøå-]+)", re.IGNORECASE)
_CLOSED_AT_TIMES = re.compile(
    r"(?:\w*skole|afdeling|anbringelse|\w*institution|dagtilbud|\w*have|vuggestue|\w*hjem|\w*center|centret|bibliotek"
    r"|\w*hal|vej|gade|bro|bane|strækning|system|kredsløb|deponi|losseplads|virksomhed|butik|kirke|regnskab|konto|konti"
    r"|pulje|fond|samfund|gruppe|forløb|tilbud|boligområde|område|bygning|rum|facilitet|station|linje|rute|færge|by|land"
    r"|og|eller|i|på|for|fra|til|på grund|siden|uge|periode|dag)\w*\b",
    re.IGNORECASE,
)
# "Køb af ejendom (L)", "Køb af ejendom (Å)": a letter for lukket or åben
_LETTER = re.compile(r"\s*[(\[](?P<letter>[LÅ])[)\]]\s*$")
_OF_PERSON = re.compile(rf"{NAME}\s*[(\[]L[)\]]\s*$")
_BEHIND_NUMBER = re.compile(
    rf"(?P<lead>{LEAD}(?:[.:)](?=\s*[(\[])|[.:)](?=\s+(?-i:L)(?!\s+U\b)[\t :–-]))?)"
    rf"(?:\s*[(\[]\s*(?:{PHRASE}|(?-i:L))\s*[)\]]|\s*[-–,]?\s*{PHRASE}(?=\s*[:.–-])"
    r"|\s+(?-i:L)(?!\s+U\b)(?=[\t :–-]+[A-ZÆØÅ\d]))",
    re.IGNORECASE,
)
# "[LUKKET] Punkt 2: Køb", "Lukket - 2. Køb", "L 2. Køb"
_BEFORE_NUMBER = re.compile(
    rf"(?:[(\[]\s*{PHRASE}\s*[)\]]|{WORD}|{PHRASE}|(?-i:L))[ \t]*[-–:|]*[ \t]*(?={LEAD})", re.IGNORECASE
)
_LETTER_AT_NUMBER = re.compile(rf"(?:{LEAD}[.:)]?\s+)?L[\t :–-]", re.IGNORECASE)
_LONGEST_TITLE = 400


class Title(NamedTuple):
    """A title without its marks of access. `doubtful` when it may say that the item is closed."""

    text: str
    closed: bool
    doubtful: bool = False


def read_title(title: str) -> Title:
    """Read the marks before, in and behind a title: "Lukket - Køb", "Køb (lukket)", "Køb – fortroligt".

    A title that is nothing but a mark, as "Lukket punkt", is left unchanged.
    """
    if not can_be_sign(title):
        return Title(title, False)
    if len(title) > _LONGEST_TITLE:
        return Title(title, False, doubtful=True)
    if ALONE.fullmatch(title):
        return Title(title, not NEGATED.search(title))
    if _LOCK in title:
        return Title(squash(title.replace(_LOCK, " ")).strip(), True)
    bare, closed = _without_marks(title)
    if not bare:
        return Title(title, True)
    negated = bool(NEGATED.search(bare))
    closed = closed or (not negated and _says_closed(bare))
    inside = not bare.isupper() and not negated and _INSIDE_TITLE.search(bare)
    doubtful = not closed and bool(_MAYBE_BRACKETED.search(bare) or _may_be_mark(bare) or inside)
    return Title(bare, closed, doubtful)


def _without_marks(title: str) -> tuple[str, bool]:
    """Return (the title without its marks, whether it had any)."""
    bare = squash(BRACKETED.sub(" ", title)).strip()
    closed = bare != squash(title)
    for mark in (_BEFORE_TITLE, _CAPITAL_BEFORE_TITLE, _BEHIND_TITLE, _CAPITALS_BEHIND_TITLE):
        rest = mark.sub("", bare, count=1) if mark.search(bare) and _may_cut(mark, bare) else bare
        if rest and rest != bare:
            bare, closed = rest.strip(), True
    letter = _LETTER.search(bare)
    if letter and letter["letter"] == "L" and not _OF_PERSON.search(bare):
        bare, closed = bare[: letter.start()], True
    return bare, closed


def _says_closed(bare: str) -> bool:
    """Return True if the words of a title say that its item is closed: "Personsag", "Lukket: Køb"."""
    return bool(_KIND_BEFORE_TITLE.match(bare) or _PERSON_TITLE.fullmatch(bare) or _IN_TITLE.search(bare))


def _may_cut(mark: re.Pattern[str], title: str) -> bool:
    """Return True if the mark is one: capitals say nothing in a title that is all in capitals."""
    at_begin = mark in (_BEFORE_TITLE, _CAPITAL_BEFORE_TITLE)
    match = mark.match(title) if at_begin else mark.search(title)
    return bool(match) and not (mark is _CAPITAL_BEFORE_TITLE and title.isupper())


def _may_be_mark(title: str) -> bool:
    """Return True if a title begins with "lukket", a mark or a word: "LUKKET SALG AF GRUND", "Lukket salg".

    Not of what is known to be closed at times: "Lukket anbringelse", "Lukkede afdelinger".
    """
    thing = _CLOSED_THING.match(title)
    return bool(thing) and (title.isupper() or not _CLOSED_AT_TIMES.match(thing["what"] if thing else ""))


def without_mark_at_number(heading: str) -> str | None:
    """Return the heading of a closed item without the mark beside its number, or None without such a mark.

    "Punkt 2 (lukket): Køb" becomes "Punkt 2: Køb", "[LUKKET] 2. Køb" becomes "2. Køb".
    """
    if not can_be_sign(heading) and not _LETTER_AT_NUMBER.match(heading):
        return None
    behind = _BEHIND_NUMBER.match(heading)
    if behind:
        return behind["lead"] + heading[behind.end() :]
    before = _BEFORE_NUMBER.match(heading)
    if before:
        rest = heading[before.end() :]
        return rest[:1].upper() + rest[1:]
    return None
