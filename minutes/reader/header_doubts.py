"""Signs that a header was not read as meant: contradictions, labels without values, people left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minutes.reader.bodies import bodies_in, same_committee
from minutes.reader.dates import PrintedDate, dates_in, find_clock, times_in
from minutes.reader.header_candidates import Header
from minutes.reader.header_parts import parted
from minutes.reader.labels import BULLET, PEOPLE, use_of
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import NAME
from minutes.reader.notices import doubt
from minutes.reader.records import Document, Doubt
from minutes.reader.words import WORDS

# "REFERAT", "Beslutningsprotokol", "Tillægsdagsorden", "Møde i"
_TITLE_WORD = re.compile(r"(?:referat|dagsorden|protokol)\b|\bmøde(?:t|ts)?\b", re.IGNORECASE)
# "Mødedato", "Dato:", "Tidspunkt"
_DATE_LABEL = re.compile(r"(?:møde)?(?:dato|dag|tid|tidspunkt)\b", re.IGNORECASE)
# Dates of something else: "Udsendt den 2. maj", "Næste møde", "Godkendelse af referat fra"
_OTHER_DAY = re.compile(
    r"udsendt|næste|forrige|seneste|udskrevet|udskrift|godkend|revideret|frist|offentliggjort|fortsat",
    re.IGNORECASE,
)
# How many printed lines a header's title and its date are within, and how long one is.
_NEAR = 30
_LONGEST_LINE = 160
# How many printed lines a header's labels are within.
_MOST_LINES = 150
# A list of people is looked at this far.
_LONGEST_LIST = 4000
# The doubt about each field of the header that has two values.
_CONFLICTS = {
    "committee": "committee_conflict",
    "date": "date_conflict",
    "start_time": "time_conflict",
    "people": "people_uncertain",
}
_MOST_NAMES = 10
# A name has at most this many words, and no figures or marks.
_LONGEST_NAME = 6
_NO_NAME = re.compile(
    r"[^\w\s.,'’´`‐-]|Ã|Ä\b|[\d_]|\b(?:og|samt|afbud|fraværende|formand|udvalg|suppleant|stedfortræder)\b"
    r"|\b(?:kommune|region|danske?)\b|\w(?:forening(?:en)?|forbund(?:et)?|samfund(?:et)?)\b",
    re.IGNORECASE,
)
# "Birgitte", "Jens K.": an entry of a list of people that may be somebody
_SHORT_NAME = re.compile(r"[A-ZÆØÅ][\w.]+(?: [A-ZÆØÅ][\w.]*){0,2}")
# Names in a row without anything between
_ROW_OF_NAMES = re.compile(r"(?:[A-ZÆØÅ][\w.'-]* ){5,}[A-ZÆØÅ]")
# Nobody or nothing behind a label: "Ingen", "-", "Kl."
_NOTHING = re.compile(r"\W*(?:ingen|intet|alle|kl|nej|ikke)?\W*", re.IGNORECASE)
# "Bo Dam, V (syg)", "Ane Lund (A) (ferie)": somebody of a list who was away
_AWAY = re.compile(
    rf"(?P<name>{NAME})[^()\n;]{{0,5}}(?:\([^()]{{1,3}}\)\W*)?"
    r"\((?:syg|fravær|ferie|orlov|afbud|forfald)\w*\)"
)
# What is between the entries of a list, and in brackets behind a name
_BETWEEN = re.compile(r"[,;\t•]|\s(?:og|samt)\s")
_BROKEN_HYPHEN = re.compile(r"(?<=[a-zæøå])- (?=[A-ZÆØÅ])")
_BRACKETS = re.compile(r"\([^()]*\)")
# "blev indkaldt som stedfortræder for", "Ane Lund (A) stedfortræder for", "Bo Dam deltog i stedet for"
_SUBSTITUTE = re.compile(
    r"\b(?:deltog|mødte|deltager|mødt|blev indkaldt) (?:\w{1,20} ){0,3}?som"
    r" (?:stedfortræder|suppleant) for [A-ZÆØÅ]"
    r"|\),? {0,2}(?:stedfortræder|suppleant) for [A-ZÆØÅ]"
    r"|\b(?:deltog|mødte) (?:i stedet )?for [A-ZÆØÅ]",
)
# "Godkendelse af indkaldte stedfortrædere", "Indkaldelse af suppleant"
_CALLED_IN = re.compile(r"\bindkald\w*\s+(?:af\s+)?(?:stedfortræder|suppleant)", re.IGNORECASE)
_NAMED = re.compile(NAME)
# "RÅDByrådet", "RÅD Udvalget for natur", "Udvalget for naturs møde"
_GLUED_NAME = re.compile(r"\bmødet?$|^(?:UDVALG|RÅD)\b|[A-ZÆØÅ]{3,}[a-zæøå]|[a-zæøå][A-ZÆØÅ]")
# "Afbud: Ida Krog. Suppleanter: Bo Dam"
_DEPUTIES_BEHIND = re.compile(
    r"(?:Afbud|Fraværende)[^\n]{3,200}?[.;] (?:Suppleant|Stedfortræder)(?:er)?: (?=[A-ZÆØÅ]\w+ [A-ZÆØÅ])"
)
# Words that every match has one of, and how far from it the match can begin.
_SUBSTITUTE_WORDS = ("stedfortræder for ", "suppleant for ", "deltog for ", "mødte for ", "i stedet for ")
_BEFORE_WORD = 80
# "Sted Rådhuset", "Mødelokale Rådhuset, mødelokale 2", "Salen Salen": a label or the place twice
_ODD_PLACE = re.compile(
    r"^(?:Mødested|Sted)\s|^(?:Mødel|L)okale\s+[A-ZÆØÅ][^\d]*\b(?:møde)?lokale\b|^(?P<half>.{4,}) (?P=half)$"
)
_USES = {label for labels in WORDS.header.labels.values() for label in labels}
# "Mødested:", "Afbud fra:", "LokaleByrådssalen", "Mødetidspunktkl. 12", "Udvalg" alone
_LABELS = re.compile(
    r"(?P<words>"
    + "|".join(
        sorted((re.escape(label) for labels in WORDS.header.labels.values() for label in labels), key=len)[
            ::-1
        ]
    )
    + r")(?P<mark>\s*[:\t]|\s+fra\s*:|\s*$|(?-i:(?<=[a-zæøå])(?=[A-ZÆØÅ]))|(?=kl\b)"
    + r"|(?P<space>\s+(?-i:(?=[A-ZÆØÅ\d]))))",
    re.IGNORECASE,
)


def header_doubts(document: Document, before: Sequence[Line], header: Header) -> Iterator[Doubt]:
    """Yield the doubts about a document's header, the lines before the first item."""
    yield from _conflicts(header)
    if not any(conflict.field == "date" for conflict in header.conflicts):
        yield from _conflicting_dates(document, before)
    yield from _odd_names(document)
    yield from _unread_labels(document, before)
    if document.committee and _is_odd_committee(document.committee, document.text):
        yield doubt("committee_odd", 0, 0, committee=document.committee)
    if document.location and _is_odd_place(document.location):
        yield doubt("place_odd", 0, 0, place=document.location)
    if not document.substitutes:
        yield from _unread_substitute(document.text)
        yield from _approved_substitutes(document)


def _unread_substitute(text: str) -> Iterator[Doubt]:
    for word in _SUBSTITUTE_WORDS:
        at = text.find(word)
        while at >= 0:
            said = _SUBSTITUTE.search(text, max(at - _BEFORE_WORD, 0), at + _BEFORE_WORD)
            if said:
                yield doubt("substitute_unread", said.start(), said.end())
                return
            at = text.find(word, at + _BEFORE_WORD)
    named = _DEPUTIES_BEHIND.search(text)
    if named:
        yield doubt("substitute_unread", named.start(), named.end())


def _approved_substitutes(document: Document) -> Iterator[Doubt]:
    """Yield a doubt for an item that approves substitutes who were called in, of whom none were read."""
    for item in document.items:
        named = item.decision and _NAMED.search(item.decision)
        if named and not item.closed and _CALLED_IN.search(item.title):
            yield doubt("substitute_unread", item.start, item.end)
            return


def _is_odd_committee(committee: str, text: str) -> bool:
    """Return True if a label is glued to the name, or the text has it only behind "Børne- og"."""
    if _GLUED_NAME.search(committee):
        return True
    behind = text.count(f"- og {committee}")
    return behind > 0 and behind == text.count(committee)


def _is_odd_place(place: str) -> bool:
    return place.casefold() in _USES or bool(_ODD_PLACE.search(place))


def title_lines(before: Sequence[Line]) -> list[Line]:
    """Return the short lines at the top that are not of the contents list."""
    printed = [line for line in before if line.text][:_NEAR]
    return [line for line in printed if len(line.text) <= _LONGEST_LINE and not contents_title(line.text)]


def _conflicts(header: Header) -> Iterator[Doubt]:
    """Yield a doubt for each field with two values of about the same evidence, and for unread names."""
    for conflict in header.conflicts:
        place = (conflict.start, conflict.end)
        yield doubt(_CONFLICTS[conflict.field], *place, first=conflict.first, other=conflict.second)
    names = [
        entry[:_LONGEST_LINE]
        for entry in header.roster.unread
        if _SHORT_NAME.fullmatch(entry) or _ROW_OF_NAMES.search(entry)
    ]
    if names:
        yield doubt("people_unread", 0, 0, names=", ".join(names[:_MOST_NAMES]))


def _conflicting_dates(document: Document, before: Sequence[Line]) -> Iterator[Doubt]:
    """Yield a doubt for a weekday that is not the date's, and for another date in the title or its label."""
    other: tuple[Line, PrintedDate] | None = None
    for line in title_lines(before):
        printed = dates_in(line.text)
        if len(printed) != 1 or _OTHER_DAY.search(line.text):
            continue
        is_title = _TITLE_WORD.search(line.text) or _names_committee(line.text, document.committee)
        if not is_title and not _DATE_LABEL.match(line.text):
            continue
        if not printed[0].agrees:
            yield doubt("weekday_conflict", line.start, line.end, date=printed[0].iso)
            return
        if document.date and printed[0].iso != document.date:
            other = other or (line, printed[0])
    if other and document.date:
        line, day = other
        yield doubt("date_conflict", line.start, line.end, first=document.date, other=day.iso)


def _names_committee(text: str, name: str | None) -> bool:
    return bool(name) and same_committee(text.split(" ", 1)[0].strip(",:"), name)


def _odd_names(document: Document) -> Iterator[Doubt]:
    """Yield a doubt if an entry of those present or absent is no name, or a name is there twice."""
    names = [
        *(participant.name for participant in document.participants),
        *(absence.name for absence in document.absent),
    ]
    odd = [name for name in names if len(name.split()) > _LONGEST_NAME or _NO_NAME.search(name)]
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        yield doubt("namesakes", 0, 0, names=", ".join(twice[:_MOST_NAMES]))
    if odd:
        yield doubt("people_odd", 0, 0, names=", ".join(odd[:_MOST_NAMES]))


# Labels and lists that say more than was read


def _unread_labels(document: Document, before: Sequence[Line]) -> Iterator[Doubt]:
    """Yield doubts about the first label whose value was not read, and about lists of people."""
    lines = parted([line for line in before if line.text][:_MOST_LINES])
    present = {participant.name for participant in document.participants}
    people = _LeftOut(_known_names(document))
    use, away, is_doubted = "", list[str](), False
    for number, line in enumerate(lines):
        text = BULLET.sub("", line.text)
        label = _label_at(text)
        if label:
            use = use_of(" ".join(label["words"].casefold().split()))
            text = text[label.end() :].strip()
            value = text or _value_under(lines, number)
            if not is_doubted and _is_missing(use, value, document):
                yield doubt("label_unread", line.start, line.end, label=label["words"])
                is_doubted = True
        elif text.endswith(":") or bodies_in(text):
            use = ""
        people.add(text[:_LONGEST_LIST], is_list=use in PEOPLE, begins=bool(label))
        away += [match["name"] for match in _AWAY.finditer(text[:_LONGEST_LIST]) if match["name"] in present]
    if away:
        yield doubt("present_and_absent", 0, 0, names=", ".join(away[:_MOST_NAMES]))
    if people.names:
        yield doubt("people_left_out", 0, 0, names=", ".join(people.names[:_MOST_NAMES]))


@dataclass
class _LeftOut:
    """Gathers the entries of lists that may be names and are nobody who was read, between ones that were."""

    known: Sequence[str]
    names: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    inside: bool = False  # somebody of this list was read

    def add(self, text: str, *, is_list: bool, begins: bool) -> None:
        """Add a line, of a list of people or not; `begins` if a label precedes it."""
        if begins or not is_list:
            self.inside, self.waiting = False, []
        if not is_list:
            return
        entries = [
            entry
            for entry in _names_of(text)
            if not any(name in entry or entry in name for name in self.known)
        ]
        if any(name in text for name in self.known):
            self.names += [*self.waiting, *entries] if self.inside else entries
            self.inside, self.waiting = True, []
        else:
            self.waiting += entries


def _label_at(text: str) -> re.Match[str] | None:
    """Return the label that a line begins with; with only a space behind it, one of a place or time."""
    label = _LABELS.match(text)
    if label and label["space"] and use_of(label["words"].casefold()) not in {"where", "when"}:
        return None
    return label


def _value_under(lines: Sequence[Line], number: int) -> str:
    """Return the line under a label, or "" if it is another label."""
    below = lines[number + 1].text if number + 1 < len(lines) else ""
    return "" if _label_at(below) or contents_title(below) else below


def _is_missing(use: str, value: str, document: Document) -> bool:
    """Return True if a label for `use` has a value of its form, and the document has none."""
    if _NOTHING.fullmatch(value):
        return False
    if use == "where":
        return not document.location and len(value) < _LONGEST_LINE and value[:1].isupper()
    if use == "when":
        has_time = find_clock(value) is not None or bool(times_in(value))
        return (has_time and not document.start_time) or (bool(dates_in(value)) and not document.date)
    if use == "present":
        return not document.participants and _has_names(value)
    return use == "absent" and not document.absent and _has_names(value)


def _known_names(document: Document) -> tuple[str, ...]:
    names = [
        *(participant.name for participant in document.participants),
        *(absence.name for absence in document.absent),
        *(substitute.name for substitute in document.substitutes),
        *(movement.name for movement in (*document.arrivals, *document.departures)),
    ]
    return tuple(dict.fromkeys(names))


def _has_names(value: str) -> bool:
    return bool(_names_of(value) or _ROW_OF_NAMES.search(value))


def _names_of(text: str) -> list[str]:
    """Return the entries of a list that look like names: two to five words, most of them capitalised."""
    text = _BROKEN_HYPHEN.sub("-", _BRACKETS.sub("", text))
    entries = [BULLET.sub("", entry).strip(" .:") for entry in _BETWEEN.split(text)]
    return [entry for entry in entries if _looks_like_name(entry)]


def _looks_like_name(entry: str) -> bool:
    words = entry.split()
    if not 2 <= len(words) <= _LONGEST_NAME - 1 or _NO_NAME.search(entry) or bodies_in(entry):
        return False
    if entry[-1] == "-":
        return False
    return words[0][0].isupper() and words[-1][0].isupper() and sum(word[0].isupper() for word in words) >= 2
