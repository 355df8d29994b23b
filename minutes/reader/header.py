"""The lines before the first item → whose meeting, when, where."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from minutes.reader import presence
from minutes.reader.bodies import COMMITTEE
from minutes.reader.dates import DATE, find_clock, find_date, find_time
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import squash
from minutes.reader.records import Absence, Participant
from minutes.reader.words import WORDS
from minutes.vocabulary import DocumentKind, MeetingKind

_KIND_WORDS = (
    r"(?i:(?:(?:åbent?|lukket|fortroligt?)\s+)?(?:beslutningsreferat|beslutningsprotokol|referat|dagsorden"
    r"|tillægsdagsorden|tillægsreferat|protokol|mødeprotokol)|udskrift\s+af\s+(?:beslutnings)?protokol(?:len)?)"
)
_WEEKDAY = r"(?:(?i:man|tirs|ons|tors|fre|lør|søn)dag,?\s+)?"
# "REFERAT Beskæftigelsesudvalget 2013-2021 d. 14-01-2020", "DAGSORDEN Byrådet d. 01-02-2021"
_TITLE = re.compile(
    rf"(?P<word>{_KIND_WORDS})\s+(?P<committee>\S.{{0,150}}?),?\s+{_WEEKDAY}(?:d\.|den)\s*(?P<date>{DATE})(?P<rest>.*)"
)
# "Økonomiudvalget – Referat – 16. september 2019", "Byrådet - Referat", "Byrådet, referat 12. maj 2020"
_TITLE_BEHIND = re.compile(
    rf"(?P<committee>(?i:{COMMITTEE}))\s*[-–•,:|]\s*(?P<word>{_KIND_WORDS})(?:\s*[-–•,]?\s*(?:(?:d\.|den)\s*)?(?P<date>{DATE}))?(?P<rest>.*)"
)
# "Referat af møde i Børneudvalget", "Referat til mødet i Byrådet den 9. maj 2018 kl. 17:00 i Byrådssalen",
# "Beslutningsprotokol fra Ordinært møde torsdag den 13. december 2007", "Referat fra Byrådets møde den …"
_TITLE_IN_WORDS = re.compile(
    rf"(?P<word>{_KIND_WORDS})\s+(?:af|fra|til|for)\s+(?:(?:det|et)\s+)?(?P<kind>(?:(?i:ordinært|ekstraordinært|konstituerende)\s+)?)"
    rf"(?:(?i:møde(?:t)?)\s+(?i:i|for)\s+(?P<committee>(?i:{COMMITTEE})(?: (?!den\b|d\."
    rf"|kl\b)[a-zæøå. ]{{3,60}}?)?)"
    rf"|(?P<of>{COMMITTEE})s\s+(?:(?i:ordinære|ekstraordinære)\s+)?møde(?:t)?|(?i:møde(?:t)?))"
    rf"(?:,?\s+{_WEEKDAY}(?:(?:den|d\.)\s*)?(?P<date>{DATE}))?(?P<rest>.*)"
)
# "Byrådet torsdag den 14. marts 2019 kl. 16.30", "Møde i Byrådet den 14. marts 2019", "Byrådets møde den …"
_TITLE_WITH_DAY = re.compile(
    rf"(?:(?i:møde(?:t)?)\s+i\s+)?(?P<committee>{COMMITTEE})(?:s\s+(?:(?i:ordinære|ekstraordinære)\s+)?møde(?:t)?)?(?P<word>),?\s+{_WEEKDAY}(?:(?:den|d\.)\s*)?(?P<date>{DATE})(?P<rest>.{{0,80}})"
)
# "Referat • 20. maj 2025 kl. 17.00", "Referat – 18. november 2019", "Referat fra den 4. maj 2020"
_WORD_AND_DAY = re.compile(
    rf"(?P<word>{_KIND_WORDS})\s*(?:[-–•:,|]|fra)?\s*{_WEEKDAY}(?:(?:den|d\.)\s*)?(?P<date>{DATE})(?P<rest>.*)(?P<committee>)"
)
# "Ordinært møde torsdag den 13. september 2007", "Møde tirsdag den 5. november 2019 kl. 08.30 i mødelokale 3"
_MEETING_AND_DAY = re.compile(
    rf"(?P<word>)(?P<committee>)(?:(?i:ordinært|ekstraordinært|konstituerende)\s+)?(?i:møde)\s+{_WEEKDAY}(?:(?:den|d\.)\s*)?(?P<date>{DATE})(?P<rest>.*)"
)
_TITLES = (_MEETING_AND_DAY, _TITLE_IN_WORDS, _TITLE_BEHIND, _WORD_AND_DAY, _TITLE, _TITLE_WITH_DAY)
# "kl. 17:00 i Byrådssalen", "kl. 18.00, mødelokale 2"
_PLACE_IN_WORDS = re.compile(
    r"\bkl\.?\s*\d{1,2}(?:[.:]\d{2})?(?:\s*[-–]\s*\d{1,2}[.:]\d{2})?(?:\s+i\s+|\s*,\s*(?:i\s+)?|\s+på\s+)(?P<place>[A-ZÆØÅa-zæøå](?:[^.;]|\.(?=\d))+)"
)
# "Byrådssalen kl. 19.00": the place and the hour on a line of their own
_PLACE_AND_HOUR = re.compile(r"(?P<place>[A-ZÆØÅ][^:.\d]{2,60}?),?\s+kl\.?\s*\d{1,2}[.:]\d\d")
# "via Skype", "Byrådssalen, Fredensborg Rådhus": a place under the day
_PLACE = re.compile(
    r"(?!.*(?:Kommune|udvalg)\b)(?=.*(?:sal(?:en)?\b|lokale|rådhus|via |hotel|skole|kantine|teams|skype"
    r"|værelse|centret|center))[^:]{3,80}",
    re.IGNORECASE,
)
# "Torsdag den 23. marts 2023 kl. 19:00", "14-09-2015 kl. 18:00", "Den 09.01.2020 kl. 13:00 i mødelokale 2"
_DAY = re.compile(
    rf"(?:(?:Man|Tirs|Ons|Tors|Fre|Lør|Søn)dag,?\s+)?(?:den\s+"
    rf"|d\.\s*)?{DATE}(?P<rest>(?:[ ,.–-]+(?:(?:kl\.?|fra)\s*)?\d{{1,2}}[.:]\d\d.*|[ ,]+kl\.?.*)?)\.?",
    re.IGNORECASE,
)
# "Beskæftigelsesudvalget 2013-2021", "Arbejdsmarkedsudvalget 2018 - 2021", "UDVALG 14-17 Byrådet"
_TERM = re.compile(r"\s*\(?\b((?:19|20)\d\d)\s*[-–]\s*((?:19|20)\d\d)\)?$")
_TERM_AHEAD = re.compile(r"(?P<from>(?:19|20)?\d\d)\s*[-–]\s*(?P<to>(?:19|20)?\d\d)\s+(?=[A-ZÆØÅ])")
# "Mødedato Tirsdag d. 14. januar 2020 kl. 16:00", "Mødested: Rådhuset"
_USE = {label: use for use, labels in WORDS.header.labels.items() for label in labels}
_LABEL = re.compile(
    rf"(?P<label>{'|'.join(sorted(map(re.escape, _USE), key=len, reverse=True))})(?P<colon>\s*:|(?=\t)"
    rf"|)(?P<gap>\s+|$)(?P<rest>.*)",
    re.IGNORECASE,
)
_COMMITTEE_LINE = re.compile(
    r"(?:(?:(?i:ordinært|ekstraordinært)\s+)?(?i:møde(?:t)?)\s+i\s+)?"
    rf"(?P<committee>(?i:{COMMITTEE})(?:\s*\(?(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d\)?)?)"
    r"(?:\s*[-–|]\s*[\wæøå ]{1,40}|s\s+møde|,\s+[\wæøåÆØÅ-]+\s+Kommune)?\.?"
)
_EXTRAORDINARY = re.compile(r"\bekstraordinært?\b", re.IGNORECASE)
_SUPPLEMENT = re.compile(r"\btillægs(?:dagsorden|referat|punkter)\b|\bTILLÆG\b", re.IGNORECASE)
_AGENDA = re.compile(r"\bdagsorden\b", re.IGNORECASE)
_MINUTES = re.compile(r"\b(?:\w*referat|beslutningsprotokol|beslutninger|\w*protokol)\b", re.IGNORECASE)
_AGENDA_WORDS = {"DAGSORDEN", "ÅBEN DAGSORDEN", "LUKKET DAGSORDEN", "TILLÆGSDAGSORDEN"}
# How many printed lines a header's title and its day stand within.
_NEAR = 45


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
    absent_from: tuple[presence.AbsentFrom, ...] = ()
    contents: list[str] = field(default_factory=list)
    found: bool = False


def read_header(lines: Sequence[Line]) -> Header:
    """Read the header from `lines`, those before the first item."""
    header = Header()
    printed = [line for line in lines if line.text]
    near = printed[:_NEAR]
    _titles(header, near)
    people = presence.Presence()
    for label, text in (*_from_table(lines), *_blocks(lines)):
        _block(header, people, label, text)
    for line in printed:
        people.add_line(line.text)
    own = "\n".join(line.text for line in near if not contents_title(line.text))
    if _EXTRAORDINARY.search(own):
        header.kind = MeetingKind.EXTRAORDINARY
    if _SUPPLEMENT.search(own) and not _inside_remark(own):
        header.kind = MeetingKind.SUPPLEMENTARY
    if _AGENDA.search(own) and not _MINUTES.search(own):
        header.document = DocumentKind.AGENDA
    if header.committee is None:
        _committee_alone(header, near)
    if header.date is None:
        _day_alone(header, near)
    _place_alone(header, near)
    header.participants, header.absent, header.absent_from = people.told()
    says_minutes = any(_MINUTES.search(line.text) for line in near[:12] if len(line.text) < 120)
    header.found = (
        header.found or bool(header.committee and header.date) or (says_minutes and bool(header.date))
    )
    return header


def _inside_remark(own: str) -> bool:
    """Whether a supplement is only spoken of: "tillægsdagsordenens ene punkt behandles som punkt 8"."""
    match = _SUPPLEMENT.search(own)
    line = own[own.rfind("\n", 0, match.start()) + 1 :].split("\n", 1)[0] if match else ""
    return len(line) > 80


def _titles(header: Header, near: Sequence[Line]) -> None:
    """Take what the title lines tell: the first to name a committee, the first to name a day."""
    for line in near:
        if len(line.text) > 260 or contents_title(line.text):
            continue
        match = next(filter(None, (each.match(line.text) for each in _TITLES)), None)
        if not match:
            continue
        named = match["committee"] or match.groupdict().get("of")
        if header.committee is not None and named and match.re is _TITLE_WITH_DAY:
            continue
        header.found = True
        if named and header.committee is None:
            name_committee(header, named)
        rest = match["rest"]
        if match["date"] and header.date is None:
            header.date = find_date(match["date"])
            header.start_time = header.start_time or find_time(rest) or find_time(line.text)
            place = _PLACE_IN_WORDS.search(rest)
            header.location = header.location or (squash(place["place"]).rstrip(" ,.") if place else None)
        if match["word"].upper() in _AGENDA_WORDS:
            header.document = DocumentKind.AGENDA


def _day_alone(header: Header, near: Sequence[Line]) -> None:
    """The date on a line of its own, where no label names it."""
    for line in near:
        match = _DAY.fullmatch(line.text) if len(line.text) < 200 else None
        if match:
            header.date = find_date(line.text)
            header.start_time = (
                header.start_time or find_time(line.text) or find_clock(match["rest"].strip(" ,.–-"))
            )
            place = _PLACE_IN_WORDS.search(line.text)
            header.location = header.location or (squash(place["place"]).rstrip(" ,.") if place else None)
            return


def _place_alone(header: Header, near: Sequence[Line]) -> None:
    """The place, and the hour, where neither a label nor the title's sentence tells them."""
    day_before = False
    for line in near:
        text = line.text
        match = _PLACE_AND_HOUR.fullmatch(text) if len(text) < 90 else None
        if match and find_date(text) is None:
            header.location = header.location or squash(match["place"])
            header.start_time = header.start_time or find_time(text)
        if day_before and header.location is None and _PLACE.fullmatch(text) and not _label(text):
            header.location = squash(text).rstrip(".")
        day_before = find_date(text) is not None and len(text) < 80


def name_committee(header: Header, printed: str) -> None:
    """Take the committee as printed, and its name without the term."""
    header.committee_as_printed = squash(printed).strip(" ,.")
    name = header.committee_as_printed
    term = _TERM.search(name)
    ahead = _TERM_AHEAD.match(name)
    if term:
        header.term = f"{term[1]}-{term[2]}"
    elif ahead:
        first, last = ahead["from"], ahead["to"]
        header.term = (
            f"{first if len(first) == 4 else '20' + first}-{last if len(last) == 4 else '20' + last}"
        )
        name = name[ahead.end() :]
    name = _TERM.sub("", name).strip(" ,-")
    header.committee = name.capitalize() if name.isupper() and " " not in name else name


def _committee_alone(header: Header, near: Sequence[Line]) -> None:
    """A committee's name on a line of its own, where no title names it."""
    for line in near:
        match = _COMMITTEE_LINE.fullmatch(line.text) if len(line.text) < 120 else None
        if match:
            name_committee(header, match["committee"])
            return


def _blocks(lines: Sequence[Line]) -> list[tuple[str, str]]:
    """The labelled blocks: (the label, its text over all its lines)."""
    blocks: list[tuple[str, list[str]]] = []
    inside = False
    for line in lines:
        match = _label(line.text)
        if match:
            blocks.append((match["label"].lower(), [match["rest"]]))
            inside = True
        elif line.blank:
            inside = inside and bool(blocks) and not "".join(blocks[-1][1])
            inside = inside or bool(blocks and _USE[blocks[-1][0]] == "contents")
        elif inside:
            blocks[-1][1].append(line.text)
    return [(label, "\n".join(texts).strip()) for label, texts in blocks]


def _from_table(lines: Sequence[Line]) -> Iterator[tuple[str, str]]:
    """The labelled values of a table: labels in a row, their values in the row below."""
    printed = [line.text for line in lines if line.text]
    for above, below in pairwise(printed):
        if "\t" not in above or "\t" not in below:
            continue
        labels = [cell.strip().rstrip(":").lower() for cell in above.split("\t") if cell.strip()]
        values = [cell.strip() for cell in below.split("\t") if cell.strip()]
        if len(labels) == len(values) > 1 and all(label in _USE for label in labels):
            yield from zip(labels, values, strict=True)


def _label(text: str) -> re.Match[str] | None:
    match = _LABEL.match(text) if text and text[0].isupper() else None
    if not match:
        return None
    if match["colon"] or "\t" in match["gap"] or not match["rest"] or match["rest"].startswith("kl."):
        return match
    return None if match["label"].lower() in WORDS.header.want_colon else match


def _block(header: Header, people: presence.Presence, label: str, text: str) -> None:
    use = _USE[label]
    if use == "when":
        header.date = header.date or find_date(text)
        header.start_time = header.start_time or find_time(text) or find_clock(text)
        header.found = header.found or label == "mødedato"
    elif use == "where" and text:
        header.location = header.location or squash(text).rstrip(".")
    elif use == "committee" and text:
        if header.committee is None:
            name_committee(header, text.split("\n")[0])
        header.found = True
    elif use == "present":
        people.add_present(text)
        header.found = header.found or bool(people.present)
    elif use == "absent":
        people.add_absent(text)
    elif use == "contents":
        header.contents = list(filter(None, map(contents_title, text.split("\n"))))
    elif use == "substitutes":
        people.add_substitutes(text)
    elif use == "remarks":
        people.add_remarks(text)
