"""Entries of lists of people: a name, what follows it, and whom a substitute replaces."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minutes.reader.joined_names import begins_with_house, can_be_two, is_given
from minutes.reader.names import NAME, is_name, party_in, squash, untitled, without_title
from minutes.reader.person_notes import are_initials, note_facts
from minutes.reader.presence import items_named
from minutes.reader.words import WORDS, pattern


@dataclass
class Entry:
    """A person in a list, and the words behind the name."""

    name: str
    notes: list[str] = field(default_factory=list)
    tail: str = ""  # the words behind a dash or the name
    substitute: bool = False  # replaces `absentee`
    absentee: str | None = None


NOBODY = re.compile(
    r"(?:ingen|[-–\s]+|0|nul|intet|\.|alle(?: medlemmer)?(?: (?:var |er )?(?:til ?stede|mødt))?)\.?",
    re.IGNORECASE,
)
# "Ane Holm (A)", "Ane Holm, A": a name, its notes, and words behind
ENTRY = re.compile(rf"(?P<name>{NAME})(?P<notes>(?:\s*\([^()]{{0,80}}\)?){{0,3}})(?P<tail>.*)", re.DOTALL)
NOTE = re.compile(r"\(([^()]*)\)?")
OFFICIAL = re.compile(rf"^\w*(?:{'|'.join(map(re.escape, WORDS.people.officials))})\b", re.IGNORECASE)
ROLE = re.compile(
    rf"{pattern(WORDS.people.titles)}|(?:referent|ref\.?|kasserer|sekretær|ordstyrer|dirigent|løsgænger|borgermedlem|borgerrepræsentant)\b",
    re.IGNORECASE,
)
_DEPUTY_FOR = re.compile(
    r"(?:som\s+)?(?:stedfortræder|suppleant|vikar|i stedet)\s+for\s+(?P<away>.+)", re.IGNORECASE
)
DEPUTY_TAIL = re.compile(r"stedfortræder|suppleant|i stedet|deltog|mødte|deltager", re.IGNORECASE)
# "Bo Lind Bemærkninger", "Ida Krog Formand (A)": words behind a name that are no part of it
_BEHIND_NAME = re.compile(
    rf"(?:\s(?=[A-ZÆØÅ])(?:(?i:{pattern(WORDS.people.behind_names)})|[A-ZÆØÅ][a-zæøå]{{3,}}(?:else|elser|ninger)))+$"
)
# "Bo Lind stedfortræder Ib Dam", in a list of those absent
_DEPUTY_AHEAD = re.compile(r"(?:[-–]\s*)?(?:stedfortræder|suppleant)\s*:?\s+(?!for\b)", re.IGNORECASE)
DASH = re.compile(r"\s+[-–—]\s+|\s+[-–—](?=[A-ZÆØÅ])")
_RANK = re.compile(r"^\d\.\s*")
PARTY_LETTERS = re.compile(r"\(?([A-ZÆØÅ]{1,2})\)?")
_KNOWN_PARTY = re.compile(r"SF|DF|LA|KD|NB|EL|RV|KF|DD")
# "suppleant Eva Kirk grundet ferie": absent too
_AWAY_TOO = re.compile(r"(?:grundet|pga|på grund|har|også|heller|syg|afbud|forhindret)", re.IGNORECASE)
_DID_NOT_COME = re.compile(r"\b(?:ikke|heller|forhindret)\b", re.IGNORECASE)
# "Ane Holm Afbud": behind a name without brackets
_STATUS = re.compile(
    r"\s+\(?(?:[Aa]fbud|[Ff]raværende|[Ff]ravær|[Oo]rlov|[Ss]yg|[Uu]deblevet|[Ii]kke mødt)\)?$"
)
_MOST_WORDS = 5
# "von der" and "K." in a name of five words
_JOINS_NAME = re.compile(r"[a-zæøå]+|[A-ZÆØÅ][\w.]*\.")
_PERSON_BEHIND = re.compile(NAME)
# "Dansk Blindesamfund", "Hjerneskadeforeningen", "Ældre Sagen": behind the name of who speaks for it
_ORGANISATION = re.compile(
    r"(?:Danske?|Ældre ?Sagen|Faglige Seniorer|Landsforeningen|Foreningen)\b.*"
    r"|(?:[\w-]+\s){0,3}\w*(?:foreningen|forening|samfund(?:et)?|forbund(?:et)?|organisation(?:en|er)?|sammenslutningen|rådet)\b.*",
    re.IGNORECASE,
)
# "FOA Vejen", "LO Sydjylland", behind a name too
_UNION = re.compile(r"(?:FOA|LO|FH|DI|HK|DH|DA|3F|BUPL|DSR|FTF|DLF)(?:[ -][A-ZÆØÅ]\w+){1,2}")
# "Eva Kirk DH": letters of an organisation, or of a party
_LETTERS_BEHIND = re.compile(r" ([A-ZÆØÅ]{2,5})$")
_SHORT_NAME = 2
# "suppleant Eva Kirk", "2. suppleant Eva Kirk deltog": the substitute of the entry before
_DEPUTY_ENTRY = re.compile(
    r"(?:(?:\d\.\s*)?(?:suppleant|stedfortræder)|i stedet)\s+(?:mødte\s+|deltog\s+|for\s+)?(?=[A-ZÆØÅ])",
    re.IGNORECASE,
)
# "(suppleant Eva Kirk)", "(for hvem Eva Kirk mødte)", "(Eva Kirk mødte som suppleant)"
_DEPUTY_FIRST = re.compile(
    r"(?:suppleant|stedfortræder|i stedet|for (?:hvem|sidstnævnte)|afløst af|erstattet af)"
    rf"(?:\s(?:mødte|deltog))?\s*:?\s+(?P<name>{NAME})"
)
_DEPUTY_LAST = re.compile(
    rf"(?P<name>{NAME})\s+(?:(?:mødte|deltog)$|(?:(?:mødte|deltog|deltager|indkaldt)\s+)?"
    r"(?:som\s+)?(?:suppleant|stedfortræder|i stedet))"
)
# "etnisk repræsentant Bo Lind": a person behind the words about the one before
_NAME_AT_END = re.compile(rf"(?<=[\wæøå] )(?P<name>{NAME})$")
_LONGEST_BEHIND = 60
_DEPUTY_OR_REASON = re.compile(
    r".*(?:stedfortræder|suppleant|vikar|afløser|i stedet|\bfor\b|deltog|mødte|indkaldt|grundet|afbud)"
    r"|(?:el|al)-",
    re.IGNORECASE,
)
# "heygum" is a name in small letters, "skoleleder" and "elev" are no names
_ROLE_ENDS = re.compile(r"(?:er|ør|or|mand|ant|ent|ist|chef|rep|elev|kone|fmd|ning|e|t|d|s)$")
# The other numbers of items: "deltog ikke i behandlingen af punkt 4, 6, 8-9"
_NUMBERS = re.compile(r"\d{1,3}(?:\s*[-–]\s*\d{1,3})?")


def add_entry(entries: list[Entry], unread: list[str], piece: str) -> None:
    """Add an entry of a list, or what it says of the entry before."""
    piece = piece.strip(" .•–-")
    if not piece or NOBODY.fullmatch(piece) or OFFICIAL.match(piece):
        return
    if entries and (behind := _behind_role(piece)):
        unread.append(behind)
        return
    if entries and _is_of_last(entries[-1], piece):
        odd = piece.islower() and piece.isalpha() and not _ROLE_ENDS.search(piece)
        if odd and not note_facts([piece], "").absent:
            unread.append(piece)
        return
    entry = to_entry(piece)
    if entry is not None:
        _add_person(entries, unread, entry, piece)
    elif any(character.isalpha() for character in piece):
        unread.append(piece)


def _behind_role(piece: str) -> str | None:
    """Return the next person behind what the last one is, in a row: "valgt af rådet Bo Lind"."""
    opens_small = piece[:1].islower() and not _DEPUTY_OR_REASON.match(piece)
    match = _NAME_AT_END.search(piece[-_LONGEST_BEHIND:]) if opens_small else None
    name = match["name"] if match else ""
    is_person = is_given(name.partition(" ")[0]) and is_name(name)
    return name if is_person and untitled(piece) != name else None


def _add_person(entries: list[Entry], unread: list[str], entry: Entry, piece: str) -> None:
    """Add a person, and the substitutes named with them; `unread` gets others behind the name."""
    _note_deputy(entry, entry.tail)
    deputy = _DEPUTY_ENTRY.match(piece)
    if deputy and entries and not entries[-1].substitute and not _AWAY_TOO.match(entry.tail):
        entry.substitute, entry.absentee = True, entries[-1].name
    entries.append(entry)
    entries += _in_notes(entry)
    others = list(_behind_dash(entry))
    for behind in filter(_came_instead, others):
        behind.substitute, behind.absentee = True, entry.name
        entries.append(behind)
    unread += [other.name for other in others if _can_be_either(other)]
    names_behind = without_title(entry.tail)
    if _PERSON_BEHIND.match(names_behind) and is_given(names_behind.split()[0]):
        unread.append(entry.tail)  # others in a row without commas


def _note_deputy(entry: Entry, words: str) -> bool:
    """Note whom somebody replaced, if the words behind the name say that: "suppleant for Bo Lind"."""
    deputy = _DEPUTY_FOR.match(words)
    if deputy:
        away = ENTRY.match(without_title(deputy["away"].strip()))
        entry.substitute, entry.absentee = True, away["name"] if away else None
    return deputy is not None


def _came_instead(behind: Entry) -> bool:
    """Return True if the person behind a dash came as a substitute."""
    return not _DID_NOT_COME.search(behind.tail) and bool(
        DEPUTY_TAIL.search(behind.tail) or behind.substitute
    )


def _can_be_either(behind: Entry) -> bool:
    """Return True if somebody behind a dash can be a substitute, or somebody else of the list."""
    return not behind.substitute and not behind.tail and is_given(behind.name.split()[0])


def _in_notes(entry: Entry) -> Iterator[Entry]:
    """Yield the substitutes named in the notes behind a name, and remove those notes from it."""
    for note in list(entry.notes):
        if _note_deputy(entry, note) or _note_deputy(entry, f"suppleant {note}"):
            entry.notes.remove(note)
            continue
        match = _DEPUTY_FIRST.search(note) or _DEPUTY_LAST.search(note)
        if match:
            entry.notes.remove(note)
            yield Entry(untitled(match["name"]), substitute=True, absentee=entry.name)


def _is_of_last(last: Entry, piece: str) -> bool:
    """Return True if a piece says something of the entry before, which it is added to."""
    bare = squash(NOTE.sub("", piece))
    if (
        _note_deputy(last, piece)
        or _UNION.fullmatch(piece)
        or (_ORGANISATION.fullmatch(piece) and not is_given(piece.split()[0]))
    ):
        return True
    if PARTY_LETTERS.fullmatch(piece) or (party_in(piece) and not ENTRY.fullmatch(piece)):
        last.notes.append(piece.strip("()"))
    elif _says_role(bare):
        last.notes += [squash(note) for note in NOTE.findall(piece) if note.strip()]
        last.tail = f"{last.tail} {bare}".strip()
    elif items_named(piece) and not ENTRY.match(piece):
        last.notes.append(piece)
    elif last.tail and _NUMBERS.fullmatch(piece):
        last.tail += f", {piece}"
    else:
        return False
    return True


def _says_role(piece: str) -> bool:
    """Return True if a piece says what the person before it is: "formand", not "rådmand Bo Lind"."""
    if not piece or ROLE.fullmatch(_RANK.sub("", piece)):
        return True
    named = without_title(piece)
    titled = named != piece and ENTRY.match(named) is not None
    return piece[0].islower() and not piece.startswith(("el-", "al-")) and not titled


def to_entry(piece: str) -> Entry | None:
    # "Markos Holm/Elevrådsformand", "Ane Holm Afbud"
    piece, _, role = piece.partition("/")
    status = _STATUS.search(piece)
    match = ENTRY.fullmatch(without_title(piece[: status.start()] if status else piece))
    if not match:
        return None
    name = _BEHIND_NAME.sub("", untitled(squash(match["name"])))
    name = name.partition(" ")[2] if begins_with_house(name) else name
    dash = DASH.search(name)
    # More words than a name has are several names without anything between.
    if dash or not is_name(name) or _is_several(name):
        return None
    notes = [squash(note) for note in NOTE.findall(match["notes"]) if note.strip()]
    letters = None if name.isupper() else _LETTERS_BEHIND.search(name)
    if letters and len(name.split()) > _SHORT_NAME:
        name = name[: letters.start()]
        notes = [letters[1], *notes] if _KNOWN_PARTY.fullmatch(letters[1]) else notes
    status = status or _STATUS.search(role)
    return Entry(name, [*notes, *([status[0].strip(" ()")] if status else [])], match["tail"].strip())


def _is_several(name: str) -> bool:
    """Return True if words are more than one name has, or two names without anything between."""
    plain = len(name.split()) == _MOST_WORDS and not any(map(_JOINS_NAME.fullmatch, name.split()[1:-1]))
    return len(name.split()) > _MOST_WORDS or plain or can_be_two(name)


def _behind_dash(entry: Entry) -> Iterator[Entry]:
    """Yield the person behind a dash: "Ane Holm (V) - Bo Lind (V) mødte som stedfortræder"."""
    deputy = _DEPUTY_AHEAD.match(entry.tail)
    if deputy and (behind := to_entry(entry.tail[deputy.end() :])):
        entry.tail, behind.substitute = "", True
        yield behind
        return
    tail = re.sub(r"^[-–—]\s*", "", entry.tail)
    behind = to_entry(tail) if tail != entry.tail else None
    if behind:
        entry.tail = ""
        yield behind
    elif tail != entry.tail:
        entry.notes += [squash(note) for note in re.split(r"\s*\(|\)", tail) if note.strip()]


def notes_of(entry: Entry) -> list[str]:
    tail = entry.tail.strip(" -–")
    return [*entry.notes, *([tail] if tail and tail not in entry.notes else [])]


def without_initials(entries: Sequence[Entry]) -> None:
    """Drop initials behind names where most have them, and letters that are the party of nobody else."""
    with_initials = [
        entry for entry in entries if any(are_initials(note, entry.name) for note in entry.notes)
    ]
    codes = [note for entry in entries for note in entry.notes if PARTY_LETTERS.fullmatch(note)]
    alone = len(codes) == 1 and len(codes[0]) == 2 and not _KNOWN_PARTY.fullmatch(codes[0])
    if 2 * len(with_initials) > len(entries) or (alone and len(entries) > 1):
        for entry in entries:
            entry.notes = [note for note in entry.notes if not (note.isupper() and len(note) >= 2)]
