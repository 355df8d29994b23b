"""The lines before the first item → whose meeting, when, where, who."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes.reader.dates import DATE, find_clock, find_date, find_time
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import COMMITTEE, is_name, squash
from minutes.reader.records import Absence, Participant
from minutes.vocabulary import DocumentKind, MeetingKind

# "REFERAT Beskæftigelsesudvalget 2013-2021 d. 14-01-2020", "DAGSORDEN Byrådet d. 01-02-2021"
_TITLE = re.compile(
    rf"(?P<word>REFERAT|DAGSORDEN|BESLUTNINGSPROTOKOL|TILLÆGSDAGSORDEN|TILLÆGSREFERAT)\s+"
    rf"(?P<committee>\S.*?)\s+(?:d\.|den)\s*(?P<date>{DATE})",
    re.IGNORECASE,
)
# "Økonomiudvalget – Referat – 16. september 2019", "Byrådet - Referat"
_TITLE_BEHIND = re.compile(
    rf"(?P<committee>{COMMITTEE})\s*[-–•]\s*(?P<word>Referat|Dagsorden|Beslutningsprotokol)"
    rf"(?:\s*[-–•]\s*(?P<date>{DATE}))?.*",
    re.IGNORECASE,
)
# "Referat af møde i Børneudvalget", "Referat til mødet i Byrådet den 9. maj 2018 kl. 17:00 i Byrådssalen"
_TITLE_IN_WORDS = re.compile(
    rf"(?P<word>Referat|Dagsorden|Beslutningsprotokol)\s+(?:af|fra|til|for)\s+(?:\w+\s+)?møde(?:t)?\s+i\s+"
    rf"(?P<committee>{COMMITTEE})(?:\s+(?:den|d\.)\s*(?P<date>{DATE}))?(?P<rest>.*)",
    re.IGNORECASE,
)
_PLACE_IN_WORDS = re.compile(r"\bkl\.?\s*\d{1,2}(?:[.:]\d{2})?\s+i\s+(?P<place>[^.]+)")
_TITLES = (_TITLE, _TITLE_BEHIND, _TITLE_IN_WORDS)
# "Torsdag den 23. marts 2023 kl. 19:00", "14-09-2015 kl. 18:00", "Den 09.01.2020 kl. 13:00 i mødelokale 2"
_DAY = re.compile(
    rf"(?:(?:Man|Tirs|Ons|Tors|Fre|Lør|Søn)dag,?\s+)?(?:den\s+|d\.\s*)?{DATE}(?:[ ,]+kl\.?\s*\d.*)?",
    re.IGNORECASE,
)
# "Beskæftigelsesudvalget 2013-2021", "Arbejdsmarkedsudvalget 2018 - 2021"
_TERM = re.compile(r"\s*\(?\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\)?$")
# "Mødedato Tirsdag d. 14. januar 2020 kl. 16:00", "Mødested: Rådhuset"
_LABEL = re.compile(
    r"(?P<label>Mødedato|Dato|Mødetidspunkt|Tidspunkt|Starttidspunkt|Mødested|Sted|Lokale|Mødedeltagere|"
    r"Deltagere|Medlemmer|Fraværende med afbud|Fraværende|Fravær|Afbud fra|Afbud|Ikke til stede|Udvalg|"
    r"Indholdsfortegnelse|Bemærkninger|Møde slut|Sluttidspunkt)"
    r"(?:\s*:\s*|\s+|$)(?P<rest>.*)",
    re.IGNORECASE,
)
_WHERE = {"mødested", "sted", "lokale"}
_WHEN = {"mødedato", "dato", "mødetidspunkt", "tidspunkt", "starttidspunkt"}
_PRESENT = {"mødedeltagere", "deltagere", "medlemmer"}
_ABSENT = {"fraværende med afbud", "fraværende", "fravær", "afbud", "afbud fra", "ikke til stede"}
_OTHER = {"indholdsfortegnelse", "bemærkninger", "udvalg", "møde slut", "sluttidspunkt"}
# Labels that open a block of their own; the others need more than the word, which can begin a sentence.
_ALWAYS = _WHERE | _WHEN | _PRESENT | _ABSENT | _OTHER
# "Hans Hammann (Fravær)", "Ane Lund (A)", "Bo Lind (V) (afbud: syg)"
_PERSON = re.compile(r"\s*(?P<name>[^(),;]+?)\s*(?P<notes>(?:\([^()]*\)\s*){0,3})(?:,|;|$)")
_NOTE = re.compile(r"\(([^()]*)\)")
_AWAY = re.compile(r"(?:fravær|afbud|ikke til stede|forfald)\w*[:,]?\s*(?P<reason>.*)", re.IGNORECASE)
_PARTY = re.compile(r"[A-ZÆØÅ]{1,3}|[A-ZÆØÅ][a-zæøå]{1,3}")
_COMMITTEE_LINE = re.compile(rf"(?P<committee>{COMMITTEE})(?:\s*[-–]\s*\w+)?", re.IGNORECASE)
_EXTRAORDINARY = re.compile(r"\bekstraordinært?\b", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"\btillægs(?:dagsorden|referat|punkter)\b|\bTILLÆG\b", re.IGNORECASE)
_AGENDA = re.compile(r"\bdagsorden\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:referat|beslutningsprotokol|beslutninger|protokol)\b", re.IGNORECASE)


@dataclass
class Header:
    """What the lines before the first item tell; `found` when they have the form of minutes at all."""

    committee: str | None = None
    committee_as_printed: str | None = None
    term: str | None = None
    date: str | None = None
    start_time: str | None = None
    location: str | None = None
    kind: MeetingKind = MeetingKind.ORDINARY
    document: DocumentKind = DocumentKind.MINUTES
    participants: tuple[Participant, ...] = ()
    absent: tuple[Absence, ...] = ()
    contents: list[str] = field(default_factory=list)
    found: bool = False


def read_header(lines: Sequence[Line]) -> Header:
    """Read the header from `lines`, those before the first item."""
    header = Header()
    blocks = _blocks(lines)
    _title(header, lines)
    for label, text in blocks:
        _block(header, label, text)
    own = "\n".join(line.text for line in lines[:60] if not contents_title(line.text))
    if _EXTRAORDINARY.search(own):
        header.kind = MeetingKind.EXTRAORDINARY
    if _SUPPLEMENT.search(own):
        header.kind = MeetingKind.SUPPLEMENTARY
    if _AGENDA.search(own) and not _MINUTES.search(own):
        header.document = DocumentKind.AGENDA
    if header.committee is None:
        _committee_alone(header, lines)
    if header.date is None:
        _day_alone(header, lines)
    # A list of members names those too who sent their apologies.
    away = {each.name for each in header.absent}
    header.participants = tuple(each for each in header.participants if each.name not in away)
    header.found = header.found or bool(header.committee and header.date)
    return header


def _title(header: Header, lines: Sequence[Line]) -> None:
    for line in lines[:40]:
        match = next(filter(None, (each.match(line.text) for each in _TITLES)), None)
        if match:
            header.found = True
            header.date = find_date(match["date"]) if match["date"] else None
            _name(header, match["committee"])
            if match["word"].upper() == "DAGSORDEN":
                header.document = DocumentKind.AGENDA
            if match.re is _TITLE_IN_WORDS:
                header.start_time = find_time(match["rest"])
                place = _PLACE_IN_WORDS.search(match["rest"])
                header.location = squash(place["place"]) if place else None
            return


def _day_alone(header: Header, lines: Sequence[Line]) -> None:
    """The date on a line of its own, where no label names it."""
    for line in lines[:40]:
        if _DAY.fullmatch(line.text):
            header.date = find_date(line.text)
            header.start_time = header.start_time or find_time(line.text)
            return


def _name(header: Header, printed: str) -> None:
    header.committee_as_printed = squash(printed)
    term = _TERM.search(header.committee_as_printed)
    header.term = f"{term[1]}-{term[2]}" if term else None
    header.committee = _TERM.sub("", header.committee_as_printed).strip(" ,-")


def _committee_alone(header: Header, lines: Sequence[Line]) -> None:
    """A committee's name on a line of its own, where no title names it."""
    for line in lines[:25]:
        match = _COMMITTEE_LINE.fullmatch(line.text)
        if match:
            _name(header, match["committee"])
            return


def _blocks(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The labelled blocks: (label, its text over all its lines)."""
    blocks: list[tuple[str, list[str]]] = []
    inside = False
    for line in lines:
        match = _LABEL.match(line.text)
        if match and (match["label"][0].isupper()) and match["label"].lower() in _ALWAYS:
            blocks.append((match["label"].lower(), [match["rest"]]))
            inside = True
        elif line.blank:
            inside = inside and bool(blocks) and not "".join(blocks[-1][1])
            inside = inside or bool(blocks and blocks[-1][0] == "indholdsfortegnelse")
        elif inside:
            blocks[-1][1].append(line.text)
    return [(label, "\n".join(texts).strip()) for label, texts in blocks]


def _block(header: Header, label: str, text: str) -> None:
    if label in _WHEN:
        header.date = header.date or find_date(text)
        header.start_time = header.start_time or find_time(text) or find_clock(text)
        header.found = header.found or label == "mødedato"
    elif label in _WHERE and text:
        header.location = header.location or squash(text).rstrip(".")
    elif label == "udvalg" and text:
        if header.committee is None:
            _name(header, text.split("\n")[0])
        header.found = True
    elif label in _PRESENT:
        _people(header, text)
    elif label in _ABSENT:
        header.absent += tuple(Absence(name=name, party=_party(notes)) for name, notes in _persons(text))
    elif label == "indholdsfortegnelse":
        header.contents = list(filter(None, map(contents_title, text.split("\n"))))


def _people(header: Header, text: str) -> None:
    for name, notes in _persons(text):
        away = next(filter(None, map(_AWAY.fullmatch, notes)), None)
        if away:
            header.absent += (Absence(name=name, party=_party(notes), reason=away["reason"] or None),)
        else:
            header.participants += (Participant(name=name, party=_party(notes)),)


def _party(notes: Sequence[str]) -> str | None:
    """The letter of a party among what stands in parentheses after a name."""
    return next(filter(_PARTY.fullmatch, notes), None)


def _persons(text: str) -> list[tuple[str, list[str]]]:
    """(name, what stands in parentheses after it) of each person in a list that can run over lines."""
    return [
        (match["name"], [squash(note) for note in _NOTE.findall(match["notes"])])
        for match in _PERSON.finditer(squash(text))
        if is_name(match["name"])
    ]
