"""The stages in their order: a document's bytes → everything read from it."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import msgspec

from minutes.documents.source import SourceDocument
from minutes.documents.stated import NOTHING, StatedFacts
from minutes.reader import items, sections
from minutes.reader.attached import attachments_of
from minutes.reader.attendance import attendance_of
from minutes.reader.ballot_doubts import ballot_doubts
from minutes.reader.case_officer import find_case_officer
from minutes.reader.closing import close_items
from minutes.reader.decoding import decode, refuse_endless
from minutes.reader.doubts import document_doubts
from minutes.reader.errors import UnreadableDocument
from minutes.reader.flow import Flow, Sentence
from minutes.reader.header import read_header
from minutes.reader.header_candidates import Header
from minutes.reader.headings import Own, heading_kind
from minutes.reader.item_outcome import item_outcome
from minutes.reader.items import ItemLines
from minutes.reader.labeller import Headings, find_headings
from minutes.reader.layout import UNREADABLE, Line, lines_of
from minutes.reader.left_over import text_left_over
from minutes.reader.municipality_claims import claims_in, municipality_doubts, municipality_of
from minutes.reader.notices import doubt, warning
from minutes.reader.outline import (
    NO_OUTLINE,
    Outline,
    outline_of,
    outlined_items,
    with_outlined_headings,
)
from minutes.reader.passages import Passage, section
from minutes.reader.people import find_people
from minutes.reader.plausibility import can_be_minutes
from minutes.reader.records import (
    Document,
    Doubt,
    Item,
    Participant,
    PriorDecision,
    Reference,
    Section,
    SourceInfo,
    Warning,
)
from minutes.reader.references import find_case_flow, find_references, prior_decision
from minutes.reader.remarks import without_votes
from minutes.reader.roster import Roster
from minutes.reader.stated import (
    stated_doubts,
    with_stated_header,
    with_stated_headings,
    with_stated_items,
)
from minutes.reader.unheaded import reads_plainly
from minutes.reader.voting import VotingRoster, find_votes, with_deduced_votes
from minutes.vocabulary import DocumentKind, Grade, SectionKind

# Counts up when a document can be read otherwise than before, so that stored ones are read again.
VERSION = 13

# Kinds of passages that mention other meetings in running text.
_TELLING = {
    SectionKind.RESUME,
    SectionKind.PRESENTATION,
    SectionKind.BACKGROUND,
    SectionKind.ADMINISTRATION_REMARKS,
    SectionKind.ECONOMY,
    SectionKind.OTHER,
}
_LOST_LINE = re.compile(rf"^[ \t]*{UNREADABLE.pattern}[ \t]*$", re.MULTILINE)
# "F (1)", "Ane Holm (A)": a voter on a line
_VOTER = re.compile(r"(?:[-•]\s*)?(?:[A-ZÆØÅ][\w'.-]*\s+){1,4}\(\w{1,20}\)")


def read(data: bytes, name: str = "", *, encoding: str | None = None, are_minutes: bool = False) -> Document:
    """Return everything that is read from the bytes of one document, called `name`.

    What is not printed is None or empty; a text of unknown form has no items at worst. Raises
    `UnreadableDocument` when it cannot be minutes: it is empty, binary, of another format or, unless a person
    said that they `are_minutes`, obviously something else.
    """
    text, used, repaired = decode(data, encoding)
    source = SourceInfo(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        encoding=used,
        repaired=repaired,
    )
    return read_text(text, source, are_minutes=are_minutes)


def read_converted(
    converted: SourceDocument, data: bytes, name: str = "", *, are_minutes: bool = False
) -> Document:
    """Return everything that is read from the text into which the file `data`, called `name`, was converted.

    As `read`, but what the file's structure states is taken from it. Text that was recognised in pictures is
    always doubtful.
    """
    refuse_endless(converted.text)
    source = SourceInfo(
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        encoding="",
        repaired=False,
        format=converted.format,
        notes=converted.notes,
    )
    text = converted.text_to_read()
    # Levels of a PDF's headings are only concluded from sizes and weights.
    outline = outline_of(converted.blocks) if converted.pages is None else NO_OUTLINE
    document = read_text(text, source, are_minutes=are_minutes, stated=converted.stated, outline=outline)
    if text != converted.text:
        document = msgspec.structs.replace(document, text=converted.text)
    return with_doubt(document, doubt("recognised_text", 0, 0)) if converted.ocr else document


def with_doubt(document: Document, reason: Doubt) -> Document:
    """Return the document with one more reason to doubt it, and the grade that follows."""
    doubts = (*document.doubts, reason)
    return msgspec.structs.replace(document, doubts=doubts, grade=_grade(document, doubts))


def read_text(
    text: str,
    source: SourceInfo,
    *,
    are_minutes: bool = False,
    stated: StatedFacts = NOTHING,
    outline: Outline = NO_OUTLINE,
) -> Document:
    """Return everything that is read from a text, which came from `source`; as `read` does.

    What the file's structure has `stated` is taken from it. `outline` are the file's headings.
    """
    agenda = items.split(lines_of(text), stated.items, outlined_items(outline, text))
    agenda = agenda._replace(items=with_stated_items(agenda.items, stated.items))
    doubts = [*close_items(text, agenda), *text_left_over(agenda)]
    before, agenda_items = agenda.before, agenda.items
    header = with_stated_header(read_header(before, agenda_items, text), stated)
    is_known_form = header.is_known_form or _are_typical(agenda_items)
    if not is_known_form and not are_minutes and not can_be_minutes(text):
        raise UnreadableDocument(
            "Filen ligner ikke et referat: Den har næsten ingen af de ord, som referater har. "
            "Er den det alligevel, så angiv udvalg og dato."
        )
    bodies = [lines.body for lines in agenda_items]
    own = Own(header.committee, header.date, header.committees)
    headings = find_headings(bodies, own)
    headings = with_stated_headings(headings, text, stated.items)
    places = [(item.heading.start, item.end) for item in agenda_items]
    headings = with_outlined_headings(headings, outline, places, text)
    plain = header.document != DocumentKind.AGENDA and reads_plainly(bodies, headings)
    reading = _Reading(text, header, is_cut_off(text), headings, _voting_roster(header), doubts, plain)
    all_items = [reading.item(lines, last=lines is agenda_items[-1]) for lines in agenda_items]
    people = attendance_of(header.roster, agenda_items, all_items, reading.rosters)
    read_items = people.items
    starts = [lines.start for lines in agenda_items]
    claims = claims_in(text, starts[0] if starts else len(text))
    document = Document(
        text=text,
        source=source,
        municipality=municipality_of(text, claims, starts, source.name),
        committee=header.committee,
        committee_as_printed=header.committee_as_printed,
        committees=header.committees,
        term=header.term,
        kind=header.kind,
        document=header.document,
        cancelled=header.cancelled,
        date=header.date,
        start_time=header.start_time,
        location=header.location,
        participants=people.participants,
        absent=people.absent,
        substitutes=people.substitutes,
        arrivals=people.arrivals,
        departures=people.departures,
        items=read_items,
        warnings=tuple(_warnings(text, header, agenda_items, read_items)),
    )
    unread = [(one.start, one.end) for one in doubts if one.code == "voters_unread"]
    if not header.roster.unread:
        document = with_deduced_votes(document, unread)
    if not is_known_form:
        doubts.append(doubt("unknown_form", 0, 0))
    doubts += municipality_doubts(document.municipality, claims)
    doubts += document_doubts(document, agenda, header)
    doubts += stated_doubts(stated, doubts)
    doubts += ballot_doubts(document)
    return msgspec.structs.replace(document, grade=_grade(document, doubts), doubts=tuple(doubts))


def _grade(document: Document, doubts: Sequence[Doubt]) -> Grade:
    if not document.items and not document.cancelled:
        return Grade.UNREAD
    return Grade.DOUBTFUL if doubts else Grade.CERTAIN


def is_cut_off(text: str) -> bool:
    """Return True if the text ends in the middle of a sentence, as a file does whose end was lost."""
    last = text.rsplit("\n", 1)[-1].rstrip()
    if text.endswith("\n") or not last:
        return False
    return last[-1] not in '.!?”"»'


def _are_typical(agenda_items: Sequence[ItemLines]) -> bool:
    """Return True if the items are an agenda's, with case numbers or headings of sections under them."""
    typical = 0
    for item in agenda_items:
        typical += bool(item.case_number) or any(heading_kind(line.text) for line in item.body if line.text)
    return typical > 0 and 2 * typical >= len(agenda_items)


@dataclass(frozen=True)
class _Reading:
    """Reads the items of one document. `cut_off`: its end was lost in mid-sentence."""

    text: str
    header: Header
    cut_off: bool
    headings: Headings
    roster: VotingRoster
    doubts: list[Doubt]  # gathered while items are read
    plain: bool  # the text under a title can be its decision
    rosters: list[Roster] = field(default_factory=list)  # of the items read, in their order

    def item(self, lines: ItemLines, *, last: bool) -> Item:
        text = self.text
        passages = sections.split(
            lines.title, lines.body, self.headings, plain=self.plain, committee=self.header.committee
        )
        decided = self._decided(passages, last=last)
        votings = [(flow, find_votes(flow, text, paragraphs, self.roster)) for flow, paragraphs in decided]
        self.doubts.extend(
            doubt("voters_unread", *place, number=lines.number, title=lines.title)
            for _, voting in votings
            for place in voting.unread
        )
        people = find_people(text, decided, list(_absence_lists(passages)), lines.number)
        ballots = tuple(ballot for _, voting in votings for ballot in voting.ballots)
        self.rosters.append(people.roster)
        records = tuple(section(text, passage) for passage in passages)
        return Item(
            number=lines.number,
            title=lines.title,
            case_number=lines.case_number,
            closed=lines.closed,
            case_officer=find_case_officer(text[lines.start : lines.end]),
            sections=records,
            decision="\n\n".join(filter(None, (flow.text for flow, _ in decided))) or None,
            outcome=item_outcome(votings, lines.number, lines.title),
            attachments=tuple(attachments_of(passages)),
            ballots=ballots,
            elections=tuple(election for _, voting in votings for election in voting.elections),
            reservations=people.reservations,
            referred_to_council_by=people.referred_to_council_by,
            statements=tuple(without_votes(people.statements, ballots)),
            absent=people.absent,
            left_or_recused=people.left_or_recused,
            others_attending=people.others_attending,
            prior_decisions=tuple(self._prior_decisions(passages, records)),
            references=tuple(self._references(passages)),
            case_flow=tuple(
                step
                for passage in _of_kind(passages, SectionKind.CASE_FLOW)
                for step in find_case_flow(passage)
            ),
            start=lines.start,
            end=lines.end,
        )

    def _decided(self, passages: Sequence[Passage], *, last: bool) -> list[tuple[Flow, list[list[Sentence]]]]:
        """Return the decisions and their sentences; an agenda has none, and a lost end is left out."""
        if self.header.document == DocumentKind.AGENDA:
            return []
        own = _of_kind(passages, SectionKind.DECISION)
        decided = [(passage.flow, list(passage.flow.sentences())) for passage in own]
        cut_off = last and self.cut_off and not self._is_whole(self.text.rsplit("\n", 1)[-1].strip())
        if cut_off and decided and passages[-1].kind == SectionKind.DECISION:
            decided[-1] = (decided[-1][0], _without_last(decided[-1][1]))
        return decided

    def _prior_decisions(
        self, passages: Sequence[Passage], records: Sequence[Section]
    ) -> Iterator[PriorDecision]:
        for passage, record in zip(passages, records, strict=True):
            if passage.kind == SectionKind.PRIOR_DECISION and not passage.empty:
                yield prior_decision(self.text, passage, record.start, record.end)

    def _references(self, passages: Sequence[Passage]) -> Iterator[Reference]:
        own = Own(self.header.committee, self.header.date)
        for passage in passages:
            if passage.kind in _TELLING and not passage.empty:
                yield from find_references(self.text, own, passage.flow)

    def _is_whole(self, line: str) -> bool:
        """Return True if the last line of a text is a voter, of whom nothing can be lost."""
        return self.roster.is_member(line) or bool(_VOTER.fullmatch(line))


def _voting_roster(header: Header) -> VotingRoster:
    """Return the people of the header, by whom voters are known, also those absent."""
    absent = (Participant(name=absence.name, party=absence.party) for absence in header.roster.absent)
    return VotingRoster((*header.roster.participants, *absent))


def _without_last(paragraphs: list[list[Sentence]]) -> list[list[Sentence]]:
    """The paragraphs without their last sentence, of which the end is lost."""
    return [*paragraphs[:-1], paragraphs[-1][:-1]] if paragraphs else paragraphs


def _of_kind(passages: Sequence[Passage], kind: SectionKind) -> Iterator[Passage]:
    return (passage for passage in passages if passage.kind == kind)


def _absence_lists(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the lists of those absent from the item, with their labels."""
    for at, passage in enumerate(passages):
        if passage.kind == SectionKind.DECISION and passage.asides:
            yield "\n".join(line.text for line in passage.asides)
        elif passage.kind == SectionKind.ABSENT and not _ends_prior_decision(passages, at):
            lines = "\n".join(line.text for line in passage.lines if line.text)
            if lines:
                yield f"{(passage.heading or '').rstrip(' :')}:\n{lines}"


def _ends_prior_decision(passages: Sequence[Passage], at: int) -> bool:
    """Return True if a list is right behind a decision of another meeting, and the item's own is below it."""
    is_behind = at > 0 and passages[at - 1].kind == SectionKind.PRIOR_DECISION and not passages[at - 1].empty
    return is_behind and any(_of_kind(passages[at + 1 :], SectionKind.DECISION))


def _warnings(
    text: str, header: Header, agenda_items: Sequence[ItemLines], read_items: Sequence[Item]
) -> Iterator[Warning]:
    start = agenda_items[0].heading.start if agenda_items else len(text)
    if not header.committee:
        yield warning("no_committee", 0, start)
    if not header.date:
        yield warning("no_date", 0, start)
    if not agenda_items:
        yield warning("no_items", 0, start)
    if header.contents and len(header.contents) != len(agenda_items):
        yield warning("contents_differ", 0, start, contents=len(header.contents), items=len(agenda_items))
    for lost in _LOST_LINE.finditer(text) if "???" in text else ():
        yield warning("unreadable", lost.start(), lost.end())
    for lines, item in zip(agenda_items, read_items, strict=True):
        if item.closed or header.document == DocumentKind.AGENDA:
            continue
        yield from _item_warnings(lines.heading, item)
    if is_cut_off(text):
        yield warning("cut_off", text.rfind("\n") + 1, len(text))


def _item_warnings(heading: Line, item: Item) -> Iterator[Warning]:
    place = (heading.start, heading.end)
    if not item.sections:
        yield warning("empty_item", *place, number=item.number, title=item.title)
    elif item.decision is None:
        yield warning("no_decision", *place, number=item.number, title=item.title)
