"""Puts the facts that a file's structure states in the place of what is concluded from its text."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from minutes.documents.stated import NOTHING, StatedFacts, StatedHeading, StatedItem
from minutes.reader.header_candidates import Header
from minutes.reader.headings import heading_kind
from minutes.reader.items import ItemLines
from minutes.reader.labeller import Heading, Headings
from minutes.reader.notices import doubt
from minutes.reader.records import Doubt
from minutes.vocabulary import DocumentKind, SectionKind


def with_stated_header(header: Header, stated: StatedFacts) -> Header:
    """Return the header with the facts of the meeting that are stated, with which nothing conflicts."""
    if stated == NOTHING:
        return header
    facts = (
        ("committee", stated.committee),
        ("date", stated.date),
        ("start_time", stated.start_time),
    )
    known = {field for field, fact in facts if fact}
    document = header.document
    if stated.minutes is not None:
        document = DocumentKind.MINUTES if stated.minutes else DocumentKind.AGENDA
    return replace(
        header,
        committee=stated.committee or header.committee,
        date=stated.date.isoformat() if stated.date else header.date,
        start_time=f"{stated.start_time:%H:%M}" if stated.start_time else header.start_time,
        location=stated.place or header.location,
        document=document,
        conflicts=[conflict for conflict in header.conflicts if conflict.field not in known],
        is_known_form=True,
    )


def with_stated_items(items: Sequence[ItemLines], stated: Sequence[StatedItem]) -> list[ItemLines]:
    """Return the items with their stated numbers, titles and case numbers.

    An item is closed if it is stated to be, or if anything in its text closes it. Where nothing is stated,
    the items are returned as they are.
    """
    if not stated:
        return list(items)
    return [
        replace(
            item,
            number=facts.number,
            title=facts.title,
            case_number=facts.case_number or item.case_number,
            closed=item.closed or facts.closed,
        )
        for item, facts in zip(items, stated, strict=True)
    ]


def with_stated_headings(headings: Headings, text: str, stated: Sequence[StatedItem]) -> Headings:
    """Return the headings of sections with those that are stated.

    No other heading of an item heads its decision where one is stated to.
    """
    result = dict(headings)
    ends = [*(item.start for item in stated[1:]), len(text)][: len(stated)]
    for item, end in zip(stated, ends, strict=True):
        decides = any(heading.decision for heading in item.headings)
        for start, heading in headings.items():
            if decides and item.start <= start < end and heading.kind is SectionKind.DECISION:
                result[start] = heading._replace(kind=SectionKind.OTHER)
        result |= {heading.start: _heading(heading, text, decides=decides) for heading in item.headings}
    return result


def _heading(stated: StatedHeading, text: str, *, decides: bool) -> Heading:
    """Return a stated heading; `decides` when one of its item heads the decision."""
    printed = text[stated.start : stated.end]
    kind = SectionKind.DECISION if stated.decision else heading_kind(printed) or SectionKind.OTHER
    if kind is SectionKind.DECISION and decides and not stated.decision:
        kind = SectionKind.OTHER
    return Heading(kind, len(printed), len(printed))


def stated_doubts(stated: StatedFacts, doubts: Sequence[Doubt]) -> Iterator[Doubt]:
    """Yield a doubt about what is stated to be a draft, unless its text says so too."""
    if not stated.final and not any(reason.code == "draft" for reason in doubts):
        yield doubt("draft", 0, 0)
