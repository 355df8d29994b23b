"""Names of people and parties in running text."""

import re
from functools import lru_cache

from minutes.reader.words import WORDS, pattern

# Letters that begin a name, and those within: "Åse", "Óscar", "Şirin", "Łukasz"
_CAPITAL = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪİĶĻŁŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŹŻŽȘȚ"
_LETTER = r"\w'’"
# "Kasper", "Kr.", "H.C.", "Thorup-Enghave", "Kongstrup-Å", "el-Khatib"
_PART = (
    rf"(?:(?:el|al|ben|ibn)-)?[{_CAPITAL}](?:[a-zæøå]{{0,2}}\.(?:[A-ZÆØÅ]\.){{0,3}}"
    rf"|[{_LETTER}]{{0,40}}(?:-[{_CAPITAL}][{_LETTER}]{{0,40}}){{0,3}})"
)
_PARTICLES = "|".join(map(re.escape, WORDS.people.name_particles))
# "Kasper Fuhr Christensen", "Elvin J. Hansen", "H.C. Lund", "Jens von der Maase", "Jens Kr. Yde"
NAME = rf"{_PART}(?:\s+(?:(?:{_PARTICLES})\s+)*{_PART}){{1,5}}"
_WHOLE_NAME = re.compile(NAME)
# "(A)", "(SF)", "(Velfærdslisten)", "(Fravær)"
PARENTHESIS = re.compile(r"\s*\([^()]{1,60}\)")
# "A, B og C", "A og B samt C", a name a line
_BETWEEN = re.compile(r"\s*(?:,|;|\n|\bog\b|\bsamt\b)\s*")
# "borgmester Ane Holm", "1. viceborgmester Bo Lind", "Følgende medlemmer: Bo Lind"
_TITLE = re.compile(rf"(?:(?:\d\.\s*)?{pattern(WORDS.people.titles)}[\s:]*)+", re.IGNORECASE)
_NO_NAME = re.compile(pattern(WORDS.people.no_name), re.IGNORECASE)
_TITLE_OF_ITEM = re.compile(pattern(WORDS.pages.title_openings), re.IGNORECASE)
_NO_SURNAME = re.compile(pattern(WORDS.people.no_surname), re.IGNORECASE)
# "Landliggersammenslutningen Nørby Vest"
_ORGANISATION = re.compile(
    r"\b\w*(?:forening(?:en)?|forbundet|sammenslutningen|selskabet|klubben|samvirket|forsyning(?:en)?"
    r"|lokalråd(?:et)?|bylaug(?:et)?|byforum)\b",
    re.IGNORECASE,
)
_MOST_CAPITALS = 4
# Where a sentence ends, unless an abbreviation precedes: "Jens Kr. Yde", "H. C. Dam", "pkt. 4"
_SENTENCE_END = re.compile(r"[.!?]\s+(?=[A-ZÆØÅÀ-Þ¤\d])")
_ABBREVIATION = re.compile(rf"(?:(?<!\w)[^\W\d_]|{pattern(WORDS.people.abbreviations)})$", re.IGNORECASE)
_LONGEST_ABBREVIATION = 8
# "Bo Lind V", "Bo Lind, (V)", "Bo Lind - V": a letter behind the name is the party's
_LETTER_BEHIND = re.compile(r"(?:[\s,]+|\s[–-]\s?)\(?[A-ZÆØÅ]\)?$")

# "Ane Holm, A" in a list, and every letter of one
_PARTY_BEHIND_COMMA = re.compile(
    rf"(?P<name>{NAME}), (?P<party>[A-ZÆØÅ]{{1,2}})(?=\s*(?:[,.;]|$|og\b|samt\b))"
)
_LETTER_IN_LIST = re.compile(
    r"(?:^|[,+;:]|\bog\b|\bsamt\b)\s*\(?[A-ZÆØÅ]{1,2}\)?(?=\s*(?:[,.;+]|$|og\b|samt\b))"
)
# "A", "Ø", "SF", "DF", "LA"
_LETTERS = re.compile(r"[A-ZÆØÅ]{1,2}|SF|DF|LA|KD|NB|EL|RV|KF|LOK")
_PARTY_NAME = re.compile(rf"{pattern(WORDS.people.parties)}(?:s\b)?", re.IGNORECASE)
_LIST_NAME = re.compile(
    rf"(?:[A-ZÆØÅ][\wæøåÆØÅ-]*\s+){{0,3}}[A-ZÆØÅ]?[\wæøåÆØÅ-]*(?:{'|'.join(WORDS.people.party_endings)})"
)
_NO_PARTY_NAME = re.compile(r"[\d()]")
_LOCAL_LIST = re.compile(r"[A-ZÆØÅ][a-zæøå]{4,30}(?<!en)(?<!et)(?<!ne)(?<!er)(?<!es)")
_NO_LIST = re.compile(
    pattern(WORDS.people.no_name, WORDS.people.titles, WORDS.people.no_party), re.IGNORECASE
)
# "Liste B", "Gruppe Ø", "(V)", "V-gruppen", "Venstres byrådsgruppe", "partiet V", "Enhedslisten (Ø)"
_GROUP_AHEAD = re.compile(
    r"(?:Lister?(?:ne)?|Lokalliste|Grupper?(?:ne|n)?|Partie?r?(?:ne|t)?|Byrådsgruppen?)\s+(?=\S)",
    re.IGNORECASE,
)
_GROUP_BEHIND = re.compile(
    r"(?<=\w)(?:(?:s)?\s+(?:byråds|kommunalbestyrelses)?gruppe[n]?|-gruppen|'s gruppe|s gruppe)$",
    re.IGNORECASE,
)


def squash(text: str) -> str:
    """`text` with every run of white space as one space."""
    return " ".join(text.split())


def bare(text: str) -> str:
    """Return `text` without its parentheses."""
    return squash(PARENTHESIS.sub("", text))


def without_title(text: str) -> str:
    """Return `text` without the title that it begins with: "borgmester Ane Holm (V)"."""
    match = _TITLE.match(text)
    return text[match.end() :] if match else text


def untitled(text: str) -> str:
    """A name without the title before it and the party's letter behind it."""
    return _LETTER_BEHIND.sub("", without_title(text)).strip()


@lru_cache(maxsize=8192)
def is_name(text: str) -> bool:
    """Return True if `text` is a person's name: two words or more, none of them a group's or a sentence's."""
    return (
        len(text) <= 80
        and bool(_WHOLE_NAME.fullmatch(text))
        and not _NO_NAME.match(text)
        and not _NO_SURNAME.search(text)
        and not _TITLE_OF_ITEM.match(text)
        and not _ORGANISATION.search(text)
        and not (text.isupper() and len(text.split()) > _MOST_CAPITALS)
        and party_in(text) is None
    )


def sentences(text: str) -> list[str]:
    """Return the sentences of `text`; a line break ends one, a full stop behind an abbreviation does not."""
    ends: list[str] = []
    for line in text.split("\n"):
        begin = 0
        for match in _SENTENCE_END.finditer(line):
            at = match.start()
            if line[at] == "." and _ABBREVIATION.search(line, max(begin, at - _LONGEST_ABBREVIATION), at):
                continue
            ends.append(line[begin : at + 1])
            begin = match.end()
        ends.append(line[begin:])
    return [sentence.strip() for sentence in ends if sentence.strip()]


def with_parties_in_brackets(text: str) -> str:
    """Return a list in which parties follow commas, as if in brackets: "Ane Holm, A, og Bo Lind, V".

    Only if every letter of the list follows a name.
    """
    behind = _PARTY_BEHIND_COMMA.findall(text)
    if not behind or len(behind) < len(_LETTER_IN_LIST.findall(text)):
        return text
    return _PARTY_BEHIND_COMMA.sub(
        lambda match: f"{match['name']} ({match['party']})" if is_name(untitled(match["name"])) else match[0],
        text,
    )


@lru_cache(maxsize=4096)
def names_in(text: str) -> tuple[str, ...]:
    """The people of a list such as "A (S), B og C", in its order; () when a part of it is no name."""
    text = PARENTHESIS.sub("", with_parties_in_brackets(text)).strip(" .:,")
    parts = [part for part in _BETWEEN.split(text) if part.strip()]
    names = tuple(untitled(squash(part).strip(" .:")) for part in parts)
    return names if all(map(is_name, names)) else ()


def party_in(text: str) -> str | None:
    """The party that `text` names, as printed without "Liste", "gruppen" and parentheses; else None."""
    inner = text.strip()
    if inner.startswith("(") and inner.endswith(")"):
        inner = inner[1:-1].strip()
    named = bool(_GROUP_AHEAD.match(inner))
    inner = _GROUP_AHEAD.sub("", inner, count=1)
    behind = _GROUP_BEHIND.search(inner)
    if behind:
        inner = inner[: behind.start()]
    if not inner or len(inner) > 60:
        return None
    if _LETTERS.fullmatch(inner):
        return inner
    if _PARTY_NAME.fullmatch(inner) or _LIST_NAME.fullmatch(inner):
        return inner[:-1] if behind and inner.lower() in {"venstres", "socialdemokratiets"} else inner
    known = (
        (named or behind)
        and inner[0].isupper()
        and len(inner.split()) <= 3
        and not _NO_PARTY_NAME.search(inner)
    )
    return inner if known else None


def local_list(text: str) -> str | None:
    """Return a local list's name among voters, "Nytgribskov"; offices have the definite form."""
    return text if _LOCAL_LIST.fullmatch(text) and not _NO_LIST.fullmatch(text) else None
