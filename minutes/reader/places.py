"""Words that can name the place of a meeting, and where a place ends."""

import re

from minutes.reader.bodies import bodies_in
from minutes.reader.dates import dates_in
from minutes.reader.joined_names import divided
from minutes.reader.names import bare, is_name, sentences, squash
from minutes.reader.words import WORDS, pattern

LONGEST_PLACE = 110
_LONGEST_WITH_PEOPLE = 600
_MOST_WORDS = 14
# What is around a place; a bar divides the cells of a table.
_AROUND = " ,;–-:|"
_WORD = re.compile(r"\w\w")
_TOWN_WORDS = 3
# A word that ends like the name of a building or a part of one: "Byrådssalen", "Skovskolen", "rådhuset"
_NOUN = re.compile(
    rf"(?:{'|'.join(map(re.escape, WORDS.places.nouns))})(?:en|et|n|t|ne|ns|s)?\b", re.IGNORECASE
)
# "Havnevej 3", "Torvet 5", "7160 Tørring"
_ADDRESS = re.compile(
    rf"(?:{'|'.join(map(re.escape, WORDS.places.streets))})(?:en|et|n)?\s+\d", re.IGNORECASE
)
_ADDRESS_AT = re.compile(r"Ved [A-ZÆØÅ][a-zæøå]+ \d{1,3}\b")
_POSTCODE = re.compile(r"\b\d{4} [A-ZÆØÅ]")
# "place Mødelokale 4": the name of an icon, which its font prints as a picture
_ICON = re.compile(r"^\s*(?:place|location_on|room|pin_drop)\s+(?=[A-ZÆØÅ])")
# "Nykøbing F."
_REGION_BEHIND = re.compile(r"[a-zæøå] [FMSJ]\.$")
# Ahead of a place in a sentence: "i Byrådssalen", "på rådhuset"; "Ved Søen 20" is an address
_PREPOSITION = re.compile(
    r"^(?:(?:mødet\s+)?(?:(?:blev|er|var)\s+)?(?:afholdt|holdt|afholdes|afholdtes|holdtes|foregik|mødet)\s+)?(?:(?-i:ved|Ved(?=\s[a-zæøå]))|i|på|hos|in)\s+(?=\S)",
    re.IGNORECASE,
)
# The day of which the figures were lost: "Havnehuset. tirsdag den kl"
_WEEKDAY = re.compile(r"\b(?:man|tirs|ons|tors|fre|lør|søn)dag\s+(?:den|d\.)(?!\w)", re.IGNORECASE)
# "Bakkevej 7, 2. sal. Nørby": a full stop that ends no place
_FLOOR = re.compile(r"\b(?:sal|etg|etage|lok|tv|th|st|stuen)\.$", re.IGNORECASE)
# "Mødelokale Byrådssalen": a label that no colon parts from the place
_LABEL_AHEAD = re.compile(
    r"^(?:Mødelokale|Mødested|Lokale|Sted)\s+(?=[A-ZÆØÅ]\w*(?:salen|huset|bygningen|gården|skolen|kontoret|centret)\b)"
)
_NEXT_WORD = re.compile(r"(?<=\s)(?=[A-ZÆØÅ])")
# More names than a town has, one behind the other
_MANY_CAPITALS = re.compile(r"(?:[A-ZÆØÅ][a-zæøåé.-]+\s+){4,}[A-ZÆØÅ]")
# "Bakkevej 7, 8000 Nørby. Mødelokale Kælderen"
_ROOM = re.compile(r"(?:Mødelokale|Lokale)\s[A-ZÆØÅ\d][\w-]*")
# "GGGF": an association
_ABBREVIATION = re.compile(r"[A-ZÆØÅ]{2,6}")
# "Mødelokale 3, Rådhuset", "Lokale 4"
_ROOM_FIRST = re.compile(r"(?:Mødelokale|Lokale|Mødested)\b|.*\b\d{4} [A-ZÆØÅ]\w+$")
# "Kl Byrådssalen", "Byrådssalen kl": the word of an hour that was lost
_HOUR_LOST = re.compile(r"^kl\.?\s+(?=[^\W\d])|\s+kl\.?$", re.IGNORECASE)
# "Havnevej 3, Nørby Byrådet": who met there, behind the place
_BODY_BEHIND = re.compile(r"(?<=[a-zæøå\d])\s[A-ZÆØÅ][\wæøå-]*(?:yrådet|udvalget|srådet|bestyrelsen)$")
# Where something else begins: "Mødelokale 4C • Pkt. 12", "Salen Mødet slut kl. 19"
_ENDS = re.compile(
    rf"\s*[•·]|\s+(?:{'|'.join(re.escape(word.capitalize()) for word in WORDS.places.behind)})"
    r"|\s+Udvalg\s(?=[A-ZÆØÅ])|\s+[Kk]l\.? \d|\s{3,}|\t|\s+(?:[A-ZÆØÅ][a-zæøå]{3,}:\s*){1,2}(?=[A-ZÆØÅ])"
)
_TITLE_OF_ITEM = re.compile(rf"(?:\d{{1,3}}[.:]?\s+)?{pattern(WORDS.pages.title_openings)}", re.IGNORECASE)
_OF_PAGE = re.compile(pattern(WORDS.pages.furniture, WORDS.pages.web_furniture), re.IGNORECASE)

_NO_PLACE = re.compile(
    pattern(WORDS.header.title_words, WORDS.header.meeting_words, WORDS.places.no_places), re.IGNORECASE
)
# "Udvalget besigtigede byggeriet", "Formanden bød velkommen": a subject and its verb
_SAYS = re.compile(
    r"(?:\w*(?:udvalget|rådet|bestyrelsen|formanden|borgmesteren|forvaltningen)|der|det|vi)\s+\w+(?:ede|te|er|og|ød|ev|ik)\b",
    re.IGNORECASE,
)
# A verb makes a sentence of it.
_SENTENCE = re.compile(pattern(WORDS.places.verbs), re.IGNORECASE)


def place_in(text: str) -> str | None:
    """Return the place that `text` begins with, without preposition and the words behind; None for none."""
    text = _ICON.sub("", text, count=1)
    ends = next((end for end in _ENDS.finditer(text) if not _is_in_brackets(text, end.start())), None)
    words = (text[: ends.start()] if ends else text).strip(_AROUND)
    words = squash(_PREPOSITION.sub("", _HOUR_LOST.sub("", words), count=1)) if text else ""
    parts = sentences(_LABEL_AHEAD.sub("", words, count=1))
    words = parts[0] if parts else ""
    if len(parts) > 1:
        room = _ROOM.match(parts[1]) if has_place_noun(words) else None
        words = f"{words} {room[0] if room else parts[1]}" if room or _goes_on(words, parts[1]) else words
    if _WEEKDAY.search(words):
        words = ""
    words = _without_people(words).rstrip(_AROUND if _REGION_BEHIND.search(words) else f".{_AROUND}")
    before = _BODY_BEHIND.sub("", words)
    words = before if has_place_noun(before) else words
    is_short = len(words) <= LONGEST_PLACE and len(words.split()) <= _MOST_WORDS
    return words if is_short and _WORD.search(words) else None


def _is_in_brackets(text: str, at: int) -> bool:
    """Return True if a bracket before `at` closes behind it: "(rundvisning fra kl. 15)"."""
    return text.count("(", 0, at) > text.count(")", 0, at) and ")" in text[at:]


def _goes_on(words: str, behind: str) -> bool:
    """Return True if a place goes on behind a full stop: "Bakkevej 7, 2. sal. Nørby"."""
    few = len(behind.split()) <= _TOWN_WORDS and not _SENTENCE.search(behind)
    return few and bool(_FLOOR.search(words) or (has_place_noun(words) and has_place_noun(behind)))


def _without_people(words: str) -> str:
    """Return a place without the names behind it: "Mødelokale 4, Ry Ida Krog Per Holm"; "" where unsure."""
    if len(words) > _LONGEST_WITH_PEOPLE:
        return ""
    part = words.rsplit(",", 1)[-1]
    starts = [match.start() for match in _NEXT_WORD.finditer(part)]
    begin = next((start for start in starts if divided(part[start:])), None)
    if begin is not None and all(map(str.isupper, part[begin:].split(" ")[0][:1])):
        return words[: len(words) - len(part) + begin]
    return "" if _MANY_CAPITALS.search(part) and not has_place_noun(part) else words


def names_no_place(words: str) -> bool:
    """Return True if the value of a label "Mødested" is a person or a sentence that names no house."""
    if has_place_noun(words):
        return False
    return is_name(bare(words)) or words[0].islower() or bool(_SAYS.match(words) or _NO_PLACE.match(words))


def begins_with_room(text: str) -> bool:
    """Return True if a line begins with a place or ends with a postcode and town, as titles do not."""
    return bool(_ROOM_FIRST.match(text)) and is_place(text, strict=True)


def has_place_noun(text: str) -> bool:
    """Return True if `text` names a building, a part of one, or an address."""
    return bool(
        _NOUN.search(text) or _ADDRESS.search(text) or _POSTCODE.search(text) or _ADDRESS_AT.match(text)
    )


def is_place(text: str, *, strict: bool = False, digits: bool = False) -> bool:
    """Return True if `text` can be a place; with `strict` only a building, a part of one, or an address.

    `digits` allows a name with a number, "Nibe 308".
    """
    words = place_in(text)
    if not words or not words[0].isalpha() or _NO_PLACE.match(words) or _SENTENCE.search(words):
        return False
    if dates_in(words) or ":" in words or _TITLE_OF_ITEM.match(words) or _OF_PAGE.fullmatch(words):
        return False
    if has_place_noun(words):
        return not any(body.start == 0 and body.end == len(words) for body in bodies_in(words))
    return (
        not strict
        and (digits or not any(character.isdigit() for character in words))
        and not is_name(bare(words))
        and not _ABBREVIATION.fullmatch(words)
        and not bodies_in(words)
        and len(words.split()) <= 5
        and words[0].isupper()
    )
