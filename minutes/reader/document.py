"""The stages in their order: a document's bytes → everything read from it."""

import hashlib
import re
from collections.abc import Iterator, Sequence

from minutes.reader import items, sections
from minutes.reader.ballots import find_ballots
from minutes.reader.decisions import outcome
from minutes.reader.decoding import decode
from minutes.reader.header import Header, read_header
from minutes.reader.items import ItemLines
from minutes.reader.layout import LIST_MARK, UNREADABLE, clean, lines_of
from minutes.reader.municipalities import find_municipality
from minutes.reader.people import find_people
from minutes.reader.records import Document, Item, SourceInfo, Warning
from minutes.reader.references import find_case_flow, find_references, prior_decision
from minutes.reader.refused import Refused
from minutes.reader.sections import Own, Passage, absent_in
from minutes.reader.sentences import sentences
from minutes.vocabulary import DocumentKind, Outcome, SectionKind

# Counts up when a document can be read otherwise than before, so that stored ones are read again.
VERSION = 2

# Kinds of passages that tell of other meetings in running text.
_TELLING = {
    SectionKind.RESUME,
    SectionKind.PRESENTATION,
    SectionKind.BACKGROUND,
    SectionKind.ADMINISTRATION_REMARKS,
    SectionKind.ECONOMY,
    SectionKind.OTHER,
}
_LOST_LINE = re.compile(rf"^[ \t]*{UNREADABLE.pattern}[ \t]*$", re.MULTILINE)
_SPACES = re.compile(r"[^\S\n]+")


def read(data: bytes, name: str = "", *, encoding: str | None = None) -> Document:
    """Everything that is read from the bytes of one document, called `name`.

    What a text does not tell is None or empty. Raises `Refused` when it cannot be minutes.
    """
    text, used, repaired = decode(data, encoding)
    before, found = items.split(lines_of(text))
    header = read_header(before)
    if not found and not header.found:
        raise Refused(
            "Filen ligner ikke et referat: der er hverken et hoved (“REFERAT …”, “Mødedato …”) eller punkter."
        )
    read_items = tuple(_item(text, header, each) for each in found)
    return Document(
        text=text,
        source=SourceInfo(
            name=name,
            sha256=hashlib.sha256(data).hexdigest(),
            bytes=len(data),
            encoding=used,
            repaired=repaired,
        ),
        municipality=find_municipality(text),
        committee=header.committee,
        committee_as_printed=header.committee_as_printed,
        term=header.term,
        kind=header.kind,
        document=header.document,
        date=header.date,
        start_time=header.start_time,
        location=header.location,
        participants=header.participants,
        absent=header.absent,
        items=read_items,
        warnings=tuple(_warnings(text, header, found, read_items)),
    )


def _item(text: str, header: Header, lines: ItemLines) -> Item:
    passages = sections.split(lines.title, lines.body, Own(header.committee, header.date))
    own = [passage for passage in passages if passage.kind == SectionKind.DECISION]
    decided = [paragraph for passage in own for paragraph in sentences(text, passage.words)]
    decision = "\n\n".join(filter(None, (clean(passage.words) for passage in own))) or None
    told = [
        sentence
        for passage in passages
        if passage.kind in _TELLING
        for paragraph in sentences(text, passage.lines)
        for sentence in paragraph
    ]
    people = find_people(
        text,
        decided,
        [
            *(absent_in(line) for passage in own for line in passage.asides),
            *(
                line.text
                for each in _of_kind(passages, SectionKind.ABSENT)
                for line in each.lines
                if not line.blank
            ),
        ],
    )
    records = tuple(sections.section(text, passage) for passage in passages)
    return Item(
        number=lines.number,
        title=lines.title,
        case_number=lines.case_number,
        closed=lines.closed,
        sections=records,
        decision=decision,
        outcome=outcome(decision) if header.document == DocumentKind.MINUTES else Outcome.NONE,
        attachments=tuple(_attachments(passages)),
        ballots=find_ballots(text, decided),
        reservations=people.reservations,
        referred_to_council_by=people.referred_to_council_by,
        statements=people.statements,
        absent=people.absent,
        left_or_recused=people.left_or_recused,
        others_attending=people.others_attending,
        prior_decisions=tuple(
            prior_decision(text, passage, record.start, record.end)
            for passage, record in zip(passages, records, strict=True)
            if passage.kind == SectionKind.PRIOR_DECISION and not passage.empty
        ),
        references=tuple(find_references(text, header.committee, told)),
        case_flow=tuple(
            step for each in _of_kind(passages, SectionKind.CASE_FLOW) for step in find_case_flow(each)
        ),
    )


def _of_kind(passages: Sequence[Passage], kind: SectionKind) -> Iterator[Passage]:
    return (passage for passage in passages if passage.kind == kind)


def _attachments(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in _of_kind(passages, SectionKind.ATTACHMENTS):
        for line in passage.lines:
            title = _SPACES.sub(" ", line.text)
            if LIST_MARK.match(title) and not title[:1].isdigit():
                title = LIST_MARK.sub("", title, count=1)
            if title:
                yield title


def _warnings(
    text: str, header: Header, found: Sequence[ItemLines], read_items: Sequence[Item]
) -> Iterator[Warning]:
    start = found[0].heading.start if found else len(text)
    for missing, value, message in (
        ("no_committee", header.committee, "Udvalget blev ikke fundet i hovedet."),
        ("no_date", header.date, "Mødets dato blev ikke fundet i hovedet."),
        ("no_items", found, "Der blev ikke fundet nogen punkter."),
    ):
        if not value:
            yield Warning(code=missing, message=message, start=0, end=start)
    if header.contents and len(header.contents) != len(found):
        message = f"Indholdsfortegnelsen har {len(header.contents)} punkter, teksten {len(found)}."
        yield Warning(code="contents_differ", message=message, start=0, end=start)
    for lost in _LOST_LINE.finditer(text):
        yield Warning(code="unreadable", message="En ulæselig linje.", start=lost.start(), end=lost.end())
    for lines, item in zip(found, read_items, strict=True):
        if item.closed or header.document == DocumentKind.AGENDA:
            continue
        at = (lines.heading.start, lines.heading.end)
        if not item.sections:
            message = f"Punkt {item.number} har ingen tekst."
            yield Warning(code="empty_item", message=message, start=at[0], end=at[1])
        elif item.decision is None:
            message = f"Punkt {item.number} har ingen beslutning."
            yield Warning(code="no_decision", message=message, start=at[0], end=at[1])
