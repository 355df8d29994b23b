"""Reads a passage of an item that a person marked as its decision."""

from collections.abc import Iterator, Sequence

import msgspec

from minutes.reader.flow import flow
from minutes.reader.item_outcome import item_outcome
from minutes.reader.layout import Line, lines_of
from minutes.reader.records import Document, Item, Participant, Section
from minutes.reader.voting import VotingRoster, find_votes
from minutes.vocabulary import SectionKind


def with_decision(document: Document, item: Item, start: int, end: int) -> Item:
    """Return the item of `document` with text[start:end] as its only decision, and the votes in it.

    Sections are cut where the passage begins and ends; those that were read as the decision become other
    text.
    """
    decided = flow(_lines(document.text, start, end))
    paragraphs = list(decided.sentences())
    voting = find_votes(decided, document.text, paragraphs, _roster(document))
    decision = Section(
        heading=None,
        kind=SectionKind.DECISION,
        text=document.text[start:end],
        clean=decided.text,
        start=start,
        end=end,
    )
    around = [part for section in item.sections for part in _outside(document.text, section, start, end)]
    return msgspec.structs.replace(
        item,
        sections=tuple(sorted([*around, decision], key=lambda section: (section.start, section.end))),
        decision=decided.text or None,
        outcome=item_outcome([(decided, voting)], item.number, item.title),
        ballots=tuple(voting.ballots),
        elections=tuple(voting.elections),
    )


def _roster(document: Document) -> VotingRoster:
    absent = (Participant(name=absence.name, party=absence.party) for absence in document.absent)
    return VotingRoster((*document.participants, *absent))


def _outside(text: str, section: Section, start: int, end: int) -> Iterator[Section]:
    """Yield what is left of a section outside text[start:end]; a decision becomes other text."""
    kind = SectionKind.OTHER if section.kind == SectionKind.DECISION else section.kind
    if section.end <= start or section.start >= end:
        yield msgspec.structs.replace(section, kind=kind)
        return
    for low, high, heading in ((section.start, start, section.heading), (end, section.end, None)):
        rest = flow(_lines(text, low, high)).text if low < high else ""
        if rest or (heading and low <= high):
            yield Section(
                heading=heading, kind=kind, text=text[low:high], clean=rest, start=low, end=max(low, high)
            )


def _lines(text: str, start: int, end: int) -> Sequence[Line]:
    """Return the lines of text[start:end], which can begin and end within one of the document's."""
    return [
        msgspec.structs.replace(line, start=line.start + start, end=line.end + start)
        for line in lines_of(text[start:end])
    ]
