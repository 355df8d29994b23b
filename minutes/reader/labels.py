"""Labels at the beginnings of lines: "Mødested:", "Udvalg", "MØDEDATO", "Fraværende med afbud:"."""

import re
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.bodies import bodies_in
from minutes.reader.dates import dates_in, find_clock, times_in
from minutes.reader.joined_names import divided
from minutes.reader.names import NAME, is_name, squash, without_title
from minutes.reader.places import is_place
from minutes.reader.words import WORDS, pattern

_USE: dict[str, str] = {label: use for use, labels in WORDS.header.labels.items() for label in labels}
# Labels of one person's office, which are also the first entry of a list: "Borgmester: Ane Holm"
OFFICES = frozenset({"formand", "næstformand", "udvalgsformand", "borgmester", "viceborgmester"})
PEOPLE = frozenset({"present", "absent", "substitutes"})
# What can be between a label and its colon: "Starttidspunkt for møde:", "Afbud fra:"
_FILLERS = frozenset(WORDS.header.label_fillers)
_LONGEST_LABEL = 48
_LONGEST_VALUE = 300
_SHORT = 20
ALTERNATIVES = "|".join(
    sorted((re.escape(label).replace(r"\ ", r"\s+") for label in _USE), key=len, reverse=True)
)
_AHEAD = re.compile(rf"(?:{ALTERNATIVES})(?:\s+(?:var|fra))?(?![a-zæøå])", re.IGNORECASE)
_GLUED = re.compile(rf"(?P<label>{ALTERNATIVES})(?=(?-i:[A-ZÆØÅ§\d])|kl\.)", re.IGNORECASE)
# "RÅDForretningsudvalget": behind a label in capitals
_CAPITALS_END = re.compile(r"[A-ZÆØÅ][a-zæøå]")
# "Udvalg Ikon": the alternative text of an image
_ICON = re.compile(r"\s*\bikon\b\s*", re.IGNORECASE)
# "Fra Sundhed og Omsorg: Ane Holm (pkt. 3-4)", "Fra Teknisk Afdeling": a department's people, not a party's
_FROM_DEPARTMENT = re.compile(
    r"fra (?:\w[\w, -]{2,30} (?:og|&) (?!sf|df|la)\w{4,}"
    r"|[\w -]{0,30}(?:forvaltning|afdeling|center|staben|skolen)\w{0,4})"
)
# "Mødt (17)"
_COUNT = re.compile(r"\(\d{1,3}\):?")
_DIGITS_AROUND = re.compile(r"\d\s*[:.]\s*\d")
_PERSON = re.compile(rf"(?:{NAME})(?:\s*\(|\s*,|\s*$|\s+og\s|\s+-\s|\s+for\s)")
# A name that the line's end divides: "Mødedeltagere Ane" / "Lund (V), Bo Dam (A)"
_FIRST_NAME = re.compile(r"[A-ZÆØÅ][a-zæøåéü-]+")
_NOBODY = re.compile(r"(?:ingen|alle)\b", re.IGNORECASE)
# "Deltagere fra Nordskolen", not "Deltagere fra ledelsen"
_OFFICIALS = re.compile(r"\w*(?:forvaltning|administration|ledelse|sekretariat|kommune|direktion|center)")
_ROLE = re.compile(rf"(?:\d\.\s*)?{pattern(WORDS.people.titles)}$", re.IGNORECASE)
# "Bo Lind- afbud"
_STATUS = re.compile(r"\s*[-–]\s*(?:afbud|fraværende)$", re.IGNORECASE)
BULLET = re.compile(r"^[•·▪*–-]\s*")
# What a sentence about somebody says, which is no entry of a list.
_SENTENCE = re.compile(r"\b(?:ankom|forl[oø]d|deltog|mødte|var|havde|gik|indtrådte|erklærede|udeblev|blev)\b")


class Label(NamedTuple):
    """A label at the beginning of a line. `use` is "" for a label that no table has; `rest` is behind it."""

    use: str
    words: str
    rest: str


# Labels that begin a title where no colon follows: "Møde tirsdag den 5. maj"
_WANT_COLON = frozenset({"møde", "åbent møde", "dagsorden", "dag", "kl", "mødt", "øvrige"})
# "Referat: 27. oktober 2025 kl. 08:00"
DOCUMENTS = frozenset({"referat", "beslutningsreferat", "protokol", "beslutningsprotokol", "dagsorden"})
_WEEKDAY = 16
# Labels that are part of a place where a number follows: "Mødelokale 3"
_ROOMS = frozenset({"lokale", "mødelokale"})


@lru_cache(maxsize=4096)
def label_of(text: str, *, bare: bool = False) -> Label | None:
    """Return the label that `text` begins with; without a colon only where its value has the right form.

    `bare` allows a value of any form between labels.
    """
    if not text or not (text[0].isupper() or text[0].isdigit()):
        return None
    mark = label_mark(text)
    if mark > 0:
        words = squash(text[:mark].rstrip(" ._")).casefold()
        use = use_of(_ICON.sub("", words)) or _use_by_value(words, text[mark + 1 :])
        return Label(use, words, text[mark + 1 :].strip()) if use or _can_be_label(words) else None
    return _label_by_form(text, bare=bare) or _glued_label(text)


def _use_by_value(words: str, value: str) -> str:
    """Return "when" for a label that lost letters, or names the document: "Mødedo: 12. juni 2014"."""
    can_be = words.startswith(("mø", "dat", "dag")) or words in DOCUMENTS
    day = dates_in(value[:_LONGEST_LABEL]) if can_be else []
    return "when" if day and (words not in DOCUMENTS or day[0].start <= _WEEKDAY) else ""


def _label_by_form(text: str, *, bare: bool) -> Label | None:
    """Return a label without a colon, alone on its line or before a value of its form: "Dato 5. maj 2014"."""
    match = _AHEAD.match(text)
    words = squash(match[0]).casefold() if match else ""
    rest = text[match.end() :].strip() if match else ""
    if match and use_of(words) in PEOPLE and _COUNT.fullmatch(rest):
        return Label(use_of(words), words, "")
    if not match or words in _WANT_COLON or words in OFFICES:
        return None
    if rest and words in _ROOMS and not (bare and _begins_with_word(rest)):
        return None
    rest = _ICON.sub("", rest) if len(rest) < _LONGEST_LABEL else rest
    use = use_of(words)
    if not rest:
        return Label(use, words, "") if len(text) < _LONGEST_LABEL else None
    has_form = _has_form(use, rest) or (bare and _can_be_bare(use, rest))
    return Label(use, words, rest) if has_form and text[match.end()] in " \t" else None


def _begins_with_word(rest: str) -> bool:
    return rest[:2].isalpha() and rest[0].isupper()


def _can_be_bare(use: str, rest: str) -> bool:
    """Return True if a value between labels can be of any form, or is the first half of a name."""
    return use in {"where", "when"} or (use in PEOPLE and _FIRST_NAME.fullmatch(rest) is not None)


def _glued_label(text: str) -> Label | None:
    """Return a label that its value is glued to: "UdvalgÆldreråd"."""
    match = _GLUED.match(text)
    if not match:
        return None
    in_capitals = match[0].isupper() and _CAPITALS_END.match(text, match.end()) is not None
    glued = match[0][-1].islower() and (
        text.startswith("kl.", match.end()) or not text[match.end()].islower()
    )
    if not (in_capitals or glued):
        return None
    words = squash(match[0]).casefold()
    rest = text[match.end() :]
    return Label(_USE[words], words, rest) if _has_form(_USE[words], rest) else None


def label_mark(text: str) -> int:
    """Return the place of the colon or tab behind a label, or -1; the colon of a time is none."""
    for at in range(min(len(text), _LONGEST_LABEL)):
        if text[at] == "\t" or (text[at] == ":" and not _DIGITS_AROUND.match(text, max(at - 1, 0))):
            return at
    return -1


def use_of(words: str) -> str:
    """Return the use of a label by its words, some of which can be fillers: "starttidspunkt for møde"."""
    use = "guests" if _FROM_DEPARTMENT.fullmatch(words) else _USE.get(words)
    if use is not None:
        return use
    parts = words.replace("(", " ").replace(")", " ").replace(".", " ").split()
    if len(parts) > 6:
        return ""
    while len(parts) > 1 and parts[-1] in _FILLERS:
        parts.pop()
        if " ".join(parts) in _USE:
            return _USE[" ".join(parts)]
    for size in range(len(parts) - 1, 0, -1):
        if " ".join(parts[:size]) in _USE and all(part in _FILLERS for part in parts[size:]):
            return _USE[" ".join(parts[:size])]
        if " ".join(parts[-size:]) in _USE and not any(character.isdigit() for character in words):
            return _USE[" ".join(parts[-size:])]
    ahead, fra, behind = words.partition(" fra ")
    is_members = bool(fra) and _USE.get(ahead) == "present" and not _OFFICIALS.match(behind)
    return "present" if is_members else ""


def _can_be_label(words: str) -> bool:
    return (
        len(words.split()) <= 4
        and len(words) <= 36
        and not any(character.isdigit() or character in "()" for character in words)
        and not _ROLE.match(words.strip())
    )


def _has_form(use: str, value: str) -> bool:
    """Return True if a value has the form of what a label is for."""
    value = value.strip()[:_LONGEST_VALUE]
    if use in {"when", "when_and_where", "other"}:
        begins = [date.start for date in dates_in(value)] + [time.start for time in times_in(value)]
        return (bool(begins) and min(begins) <= 16) or find_clock(value) is not None
    if use == "where":
        return is_place(value, strict=True)
    if use == "committee":
        return bool(bodies_in(value)) and len(value) < 80
    if use in PEOPLE or use == "guests":
        nobody = len(value) < _SHORT and bool(_NOBODY.match(value))
        return nobody or bool(_PERSON.match(without_title(value)) or divided(value))
    return False


def is_person(text: str) -> bool:
    """Return True if a line begins with a person of a list, or says that there is nobody."""
    words = BULLET.sub("", text[:_LONGEST_VALUE]).rstrip(" .")
    if text.endswith(".") and _SENTENCE.search(words):
        return False
    words = re.sub(r"^(?:(?:\d\.\s*)?[\wæøå]+\s*:\s*)", "", words) if ":" in words[:30] else words
    words = _STATUS.sub("", words)
    match = _PERSON.match(without_title(words))
    if match:
        return is_name(without_title(re.split(r"\s*[(,]|\s+og\s|\s+-\s|\s+for\s", without_title(words))[0]))
    return bool(re.fullmatch(r"ingen\.?|-", words, re.IGNORECASE) or divided(words))
