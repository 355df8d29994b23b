"""Lists of people: names in a row or a line each, with the words behind each name."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.dates import find_time
from minutes.reader.joined_names import divided, is_given, people_in_row
from minutes.reader.list_entries import (
    DASH,
    DEPUTY_TAIL,
    ENTRY,
    NOTE,
    OFFICIAL,
    PARTY_LETTERS,
    ROLE,
    Entry,
    add_entry,
    notes_of,
    without_initials,
)
from minutes.reader.list_lines import LONGEST_LIST, list_lines
from minutes.reader.names import NAME, is_name, party_in, sentences, squash, untitled, without_title
from minutes.reader.person_notes import note_facts
from minutes.reader.presence import attendance_in, says_all
from minutes.reader.words import WORDS

# "Forældrevalgte: A, B", "Borgmester: A"
_GROUP = re.compile(r"^(?P<group>[\wæøåÆØÅ.][\w æøåÆØÅ./()-]{1,60}):\s*(?P<rest>.*)$")
_AWAY_AHEAD = re.compile(r"^(?:afbud fra|afbud|fraværende)\s*:?\s+(?=[A-ZÆØÅ])", re.IGNORECASE)
_GUESTS = frozenset(WORDS.header.labels["guests"])
_AND = re.compile(r"\s+(?:og|samt|&)\s+")
_WHY = re.compile(r"(?:grundet|pga\.?|på grund af)\s", re.IGNORECASE)
_VERB = re.compile(
    r"\b(?:blev|deltog|mødte|ankom|forl[oø]d|havde|har|var|er|udeblev|indtrådte|indkaldt|gik)\b",
    re.IGNORECASE,
)
# "Ane Holm (V), i stedet mødte Bo Lind": where a list ends and a sentence begins
_LIST_ENDS = re.compile(
    r"(?:,|;|\s[-–])?\s+(?P<rest>(?:i\s+(?:stedet|hans\s+sted|hendes\s+sted)|for (?:hende|ham|denne)"
    r"|som\s+(?:stedfortræder|suppleant))"
    r"\s+(?:for\s+[^,]{3,60}?\s+)?(?:deltog|mødte|møder|deltager|er|var)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
# "Ane Holm, A, Bo Lind, (V) - Eva Kirk stedfortræder": the party's letter behind a comma
_LETTER_BEHIND_COMMA = re.compile(
    r",\s*(?:\(([A-ZÆØÅ]{1,2})\)|([A-ZÆØÅ]{1,2}))(?=\s*(?:[,;(]|$|\s[-–]\s|og\s|samt\s))"
)
# "Ane Holm (Idrætsrådet, Bo Lind (A)": a bracket that was never closed
_UNCLOSED = re.compile(r"\(([^()]*),(?=[^()]*\()")
_LONGEST_ENTRY = 200
_LONGEST_NOTE = 400
NOT_COME = re.compile(r"\bindkaldt\b.*\bmødte ikke\b")
_CAME = re.compile(r"(?:deltog|deltager|mødte|møder|indkaldt)\b", re.IGNORECASE)
_NO_DEPUTY = re.compile(r"(?:Der (?:er|var) )?[Ii]ngen (?:\d\.\s*)?(?:suppleant|stedfortræder)")
# "stedfortræder for Eva Kirk", "Eva Kirk mødte"
_OF_DEPUTY = re.compile(rf"(?:{DEPUTY_TAIL.pattern}).*{NAME}|{NAME}.*(?:{DEPUTY_TAIL.pattern})")
# "Bo Lind, Ry Kommune (for Eva Kirk)"
_FOR_WHOM = re.compile(r"\s\((?:(?:suppleant|stedfortræder)\s)?for\s[^()]+\)$")
_BRACKET = re.compile(r"\s*[()]")
_FEW = 3
# "Bo Lind Afbud Eva Kirk Til stede": a list in which a word behind each name says whether they came
_STATUS_WORD = re.compile(
    r"(?<=\w)\s+(?P<status>Afbud|Til ?stede|Fraværende)(?P<from>\sfra\s[^A-ZÆØÅ]+)?(?=\s+[A-ZÆØÅ]|$)"
)
# "Bo Lind 5 (B)": a number between a name and its party
_STRAY_NUMBER = re.compile(r"(?<=[a-zæøå]) \d{1,2}(?= \([A-ZÆØÅ])")
# "Bo Lind Eva Kirk ved sag nr. 6": of the last of a row
_PARTLY_BEHIND = re.compile(r"\s+(?:ved|under|i|fra|til)\s(?:sag|pkt|punkt)\b.*$", re.IGNORECASE)
_PREPOSITION = re.compile(r"(?:Fra|Under|Ved|Til|Desuden|Endvidere|Derudover|Herudover|Som|I)\s(?=[a-zæøå])")
# "Bo Lind-Solgården": the institution behind a name
_INSTITUTION = re.compile(r"-[A-ZÆØÅ][a-zæøå]{3,}(?:et|(?<!s)en)(?=\s*$|\s+\()")
# A list ends at so many words of which one is small: "Formand Lodsejerforeningen Nordby Foreningen for Ry"
_MANY_WORDS = 6
_SMALL_WORD = re.compile(r"\s(?!(?:la|de|von|van|der|el|al)\s)[a-zæøå]{2,}(?:\s|$)")
# Lines at least this long are the lines of a running text.
_WRAPPED = 50


class ListPart(NamedTuple):
    """A part of a list: people, and entries that are no names; or a `sentence` about people."""

    entries: list[Entry]
    unread: list[str]
    sentence: str = ""


def parts_of_list(text: str) -> tuple[ListPart, ...]:
    """Return the parts of a list in their order; sentences can be between and behind the people."""
    return _parts_of_list(text[:LONGEST_LIST])


@lru_cache(maxsize=512)
def _parts_of_list(text: str) -> tuple[ListPart, ...]:
    return tuple(_parts(text))


def _parts(text: str) -> Iterator[ListPart]:
    for group in _groups(_with_affiliations(_with_statuses(list(list_lines(text))))):
        for place, sentence in enumerate(sentences(group)):
            ends = _LIST_ENDS.search(sentence)
            listed = sentence[: ends.start()] if ends else sentence
            if (place == 0 or _is_list(listed)) and not _is_sentence(listed):
                yield _list_part(listed)
            elif listed.strip():
                yield ListPart([], [], listed)
            if ends:
                yield ListPart([], [], ends["rest"])


def lists_absence(text: str) -> bool:
    """Return True if a line is people with parties, and why they were absent: "Bo Lind (Venstre), ferie."."""
    if len(text) >= _LONGEST_ENTRY or not ENTRY.match(without_title(text)):
        return False
    parts = parts_of_list(text)
    entries = [entry for part in parts for entry in part.entries]
    if not entries or any(part.unread for part in parts):
        return False
    if not without_title(text).startswith(entries[0].name):
        return False
    said = [part.sentence for part in parts if part.sentence]
    if not all(says_all(sentence) or _NO_DEPUTY.match(sentence) for sentence in said):
        return False
    return all(
        bool(said) or entry.substitute or _says_absent(entry) or bool(_CAME.match(entry.tail))
        for entry in entries
    )


def tells_absence(text: str) -> bool:
    """Return True if a line begins with a name, and each of its sentences says who came and who did not."""
    first = ENTRY.match(without_title(text)) if len(text) < _LONGEST_NOTE else None
    if first is None or not is_name(untitled(squash(first["name"]))):
        return False
    return all(any(attendance_in(sentence)) or NOT_COME.search(sentence) for sentence in sentences(text))


def _says_absent(entry: Entry) -> bool:
    """Return True if notes behind a name say why the person was absent, or only the party."""
    absent = note_facts(notes_of(entry), entry.name).absent
    return absent or (bool(entry.notes) and not entry.tail)


def _list_part(listed: str) -> ListPart:
    entries: list[Entry] = []
    unread: list[str] = []
    listed = _UNCLOSED.sub(r"(\1),", listed)
    listed = _STRAY_NUMBER.sub("", _LETTER_BEHIND_COMMA.sub(r" (\1\2)", listed.rstrip(" .;:")))
    pieces = iter(split_list(listed))
    for piece in pieces:
        for entry in _people_of(piece):
            add_entry(entries, unread, entry)
        if unread and len(unread[-1].split()) >= _MANY_WORDS and _SMALL_WORD.search(unread[-1]):
            unread += filter(None, map(str.strip, pieces))
    without_initials(entries)
    if len(unread) >= _FEW and len(entries) < len(unread):
        return ListPart([], [*(entry.name for entry in entries), *unread])
    return ListPart(entries, unread)


def _people_of(piece: str) -> list[str]:
    """Return the people of an entry that is several names in a row, or the entry alone."""
    bare = piece.strip()
    if (partly := _PARTLY_BEHIND.search(bare)) and (names := divided(bare[: partly.start()])):
        return [*names[:-1], names[-1] + partly[0]]
    return people_in_row(bare) or divided(piece) or divided(without_title(bare)) or [piece]


def _is_sentence(text: str) -> bool:
    """Return True if a sentence says something of people, and is no list with words behind a name."""
    if not text.endswith(".") or not _VERB.search(text):
        return False
    first = ENTRY.match(without_title(text))
    opens_with_name = first is not None and is_name(untitled(squash(first["name"])))
    return not opens_with_name or ("," not in text and " - " not in text)


def persons(text: str) -> list[tuple[str, list[str]]]:
    """Return (name, what follows it) of each person in a list that can run over lines."""
    entries = [entry for part in parts_of_list(text) for entry in part.entries]
    return [(entry.name, entry.notes) for entry in entries if not entry.substitute]


def _with_statuses(lines: list[str]) -> list[str]:
    """Return lines of names and whether each came with that in brackets: "Bo Lind Afbud"."""
    if sum(len(_STATUS_WORD.findall(line)) for line in lines) < _FEW:
        return lines
    parts = [part for line in lines for part in _STATUS_WORD.sub(r" (\g<status>\g<from>);", line).split(";")]
    return [_INSTITUTION.sub("", part.strip()) for part in parts if part.strip()]


def _with_affiliations(lines: list[str]) -> list[str]:
    """Return lines of a name and whom it speaks for with that in brackets: "Bo Lind, Landbrug Syd"."""
    pairs = [line.partition(", ") for line in lines]
    names = [ENTRY.fullmatch(without_title(name)) for name, _, _ in pairs]
    behind = [bare.strip(" ;.") for _, _, bare in pairs]
    alone = all(name and not name["tail"].strip() for name in names) and all(behind)
    plain = [
        words for words in behind if "," in words or ENTRY.fullmatch(words) is None or not is_name(words)
    ]
    if len(lines) < 2 or not alone or 2 * len(plain) < len(lines) or any(map(_names_others, behind)):
        return lines
    return [
        f"{name} ({_BRACKET.sub(' ', _FOR_WHOM.sub('', words)).strip()})" + "".join(_FOR_WHOM.findall(words))
        for (name, _, _), words in zip(pairs, behind, strict=True)
    ]


def _names_others(words: str) -> bool:
    """Return True if the words behind a name are a party, further people, or whom a substitute replaces."""
    parts = words.split(", ")
    return bool(DASH.search(words)) or any(
        is_given(part.split(" ")[0]) or PARTY_LETTERS.fullmatch(part) or _OF_DEPUTY.search(part)
        for part in parts
    )


def _groups(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lists of a list's groups, each in one line, without those of officials."""
    gathered: list[str] = []
    officials = False
    for line in lines:
        match = _GROUP.match(line)
        if match and match["rest"] and is_given(line.split(" ")[0]) and is_name(match["group"]):
            gathered.append(f"{match['group']} ({_BRACKET.sub(' ', match['rest']).strip()});")
            continue
        if match and not find_time(line) and not match["rest"][:1].isdigit():
            if gathered and not officials:
                yield _joined(gathered)
            name = match["group"].casefold().strip()
            if ROLE.fullmatch(name) or re.fullmatch(r"\d\.?\s*\w+", name):
                gathered = [match["rest"]]
                officials = False
                continue
            officials = (
                name in _GUESTS
                or bool(OFFICIAL.match(name))
                or (name.startswith("fra ") and "forvalt" in name)
            )
            gathered = [_AWAY_AHEAD.sub("", match["rest"])] if match["rest"] else []
        else:
            gathered.append(_AWAY_AHEAD.sub("", line))
    if gathered and not officials:
        yield _joined(gathered)


def _joined(lines: Sequence[str]) -> str:
    """Return a list in one line: lines that end an entry get a comma, lines of running text none."""
    joined = ""
    for place, line in enumerate(lines):
        joined += line
        if place + 1 == len(lines):
            break
        below = lines[place + 1]
        if below.endswith(".") and _VERB.search(below) and says_all(below):
            joined += "\n"  # a sentence behind the list
        elif line.endswith("-") and below[:1].isalpha():
            joined = joined[:-1] if below[:1].islower() else joined
        elif line.count("(") > line.count(")") and below.count("(") >= below.count(")"):
            joined += "), "  # a bracket that was never closed
        elif (
            line.endswith((",", ";"))
            or below.startswith(("og ", "samt ", "(", "- ", "– "))
            or _AND.search(f"{line[-4:]} ")
        ):
            joined += " "
        elif line.endswith("."):
            joined += " " if len(line) >= _WRAPPED else ", " if _is_list(line) and _is_list(below) else "\n"
        else:
            joined += " " if _is_broken(line, below) else ", "
    return joined


def _is_broken(line: str, below: str) -> bool:
    """Return True if a name goes on in the next line: "Ane Holm, Bo" / "Lind (V), Eva Kirk"."""
    if line.endswith(")") or not below[:1].isupper() or _PREPOSITION.match(below):
        return False
    last, first = line.rsplit(",", 1)[-1].strip(), below.split(",", 1)[0]
    if "," not in line and "," not in below:
        return False
    if PARTY_LETTERS.fullmatch(last) or party_in(last) or not last[:1].isupper() or ROLE.fullmatch(last):
        return False
    if last.rsplit(" ", 1)[-1].islower():
        return False
    halves = len(last.split()) == 1 or len(NOTE.sub("", first).split()) == 1
    return halves or ("," in line and len(line) >= _WRAPPED and not line.endswith("."))


def _is_list(text: str) -> bool:
    """Return True if a sentence is nothing but names."""
    pieces = [
        piece.partition("/")[0].strip(" .") for piece in split_list(text.rstrip(" .;")) if piece.strip()
    ]
    pieces = [piece for piece in pieces if not note_facts([piece], "").absent]
    entries = [ENTRY.fullmatch(without_title(piece)) for piece in pieces]
    return bool(entries) and all(entry and _is_behind_name(entry["tail"].strip()) for entry in entries)


def _is_behind_name(tail: str) -> bool:
    """Return True if the words behind a name can be part of a list: a reason, or that a substitute came."""
    return not tail or bool(_WHY.match(tail) or _CAME.match(tail))


def split_list(text: str) -> Iterator[str]:
    """Yield the entries of a list, apart by commas, semicolons, tabs, "og" and "samt" outside of brackets."""
    depth = begin = 0
    for at, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in ",;|\n" and (depth == 0 or character == "\n"):
            yield from _split_outside(text[begin:at]) if depth == 0 else [text[begin:at]]
            begin, depth = at + 1, 0
    yield from _split_outside(text[begin:])


def _split_outside(text: str) -> list[str]:
    """Split at "og", not within brackets."""
    parts: list[str] = []
    begin = 0
    for match in _AND.finditer(text):
        if text.count("(", begin, match.start()) == text.count(")", begin, match.start()):
            parts.append(text[begin : match.start()])
            begin = match.end()
    return [*parts, text[begin:]]
