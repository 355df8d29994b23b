"""Decides what the public may see of an item and of a text: the one place for the rules of closed items.

A closed item shows its case number and those facts of `item_facts` that are public when closed. Where its
decision is printed, it shows the ballots too. Everything else that the document says under it is not public.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

import msgspec

from minutes.item_facts import ITEM_FACTS
from minutes.privacy import CPR_MASK, PASSAGE_MASK, Span, mask_spans, replace_masks
from minutes.publishing.corrected import CorrectedItem, place_of
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.records import Ballot, Document, Item, Section
from minutes.vocabulary import Outcome, SectionKind

Facts = TypeVar("Facts", Item, Document)

_MASKS = (CPR_MASK.encode(), PASSAGE_MASK.encode())
# Characters that a heading's line may have besides the title: "Punkt 12 (lukket):", a case number.
_LONGEST_MARK = 80
# A line that says no more than that the item is closed: "Lukket", "(LUKKET)", "Lukket punkt", "Lukket: Ja".
_CLOSED_LINE = re.compile(
    r"\W*(?:åben/)?lukket(?: (?:punkt|sag|dagsorden|møde))?(?:: *(?:ja|lukket))?\W*", re.I
)


def public_item(corrected: CorrectedItem) -> CorrectedItem:
    """Return what the public may see of an item, with masks replaced by words."""
    item, dates = _with_corrected_decision(corrected), corrected.ballot_dates
    if item.closed:
        item, dates = _without_closed_content(item, corrected)
    return replace(corrected, item=without_masks(item), ballot_dates=dates)


def public_document(document: Document, items: Iterable[Item]) -> Document:
    """Return `document` with `items` for its own, and masks replaced by words in its other facts."""
    facts = msgspec.structs.replace(document, text="", items=(), warnings=(), doubts=())
    return msgspec.structs.replace(without_masks(facts), items=tuple(items))


def without_masks(facts: Facts) -> Facts:
    """Return `facts` with "[CPR-nummer fjernet]" or "[Fjernet]" for each mask in its strings."""
    encoded = msgspec.json.encode(facts)
    if not any(mask in encoded for mask in _MASKS):
        return facts
    return msgspec.convert(_replace_masks(msgspec.to_builtins(facts)), type(facts))


def public_text(text: str, items: Sequence[CorrectedItem]) -> str:
    """Return `text` with the content of closed items masked, character for character.

    `items` are the document's, with their corrections. Their headings and printed decisions stay.
    """
    spans: list[Span] = []
    for corrected in items:
        item = corrected.item
        if not item.closed or is_taken_down(item):
            continue
        if not item.end:
            # Read by a version that did not say where items are.
            return mask_spans(text, [(0, len(text))], PASSAGE_MASK)
        spans += _outside((item.start, item.end), _public_spans(text, corrected))
        if "title" in corrected.fields:
            spans += _occurrences(corrected.printed.title, text)
    return mask_spans(text, spans, PASSAGE_MASK)


def _with_corrected_decision(corrected: CorrectedItem) -> Item:
    """Return the item with a corrected decision in the place of the sections that printed it."""
    item = corrected.item
    if "decision" not in corrected.fields:
        return item
    sections: list[Section] = []
    decision = item.decision
    for section in item.sections:
        if section.kind != SectionKind.DECISION:
            sections.append(section)
        elif decision:
            sections.append(msgspec.structs.replace(section, clean=decision))
            decision = None
    return msgspec.structs.replace(item, sections=tuple(sections))


def _without_closed_content(item: Item, corrected: CorrectedItem) -> tuple[Item, list[date | None]]:
    """Return the public part of a closed item, and the dates of its ballots.

    Under a corrected decision only the ballots whose wording it contains stay, and corrected ones.
    """
    ballots: list[tuple[Ballot, date | None]] = []
    sections: tuple[Section, ...] = ()
    if item.decision:
        sections = tuple(section for section in item.sections if section.kind == SectionKind.DECISION)
        ballots = [
            (ballot, day)
            for ballot, day in zip(item.ballots, corrected.ballot_dates, strict=True)
            if day or "decision" not in corrected.fields or _contains(item.decision, ballot.evidence)
        ]
    facts = {
        fact.name: getattr(item, fact.name)
        for fact in ITEM_FACTS
        if fact.public_when_closed and not fact.derived
    }
    if not item.decision:
        facts["outcome"] = Outcome.NONE
    public = Item(
        **facts,
        case_number=item.case_number,
        sections=sections,
        ballots=tuple(ballot for ballot, _day in ballots),
        start=item.start,
        end=item.end,
    )
    return public, [day for _ballot, day in ballots]


def _public_spans(text: str, corrected: CorrectedItem) -> list[Span]:
    """Return the lines of the item's heading, and its decision where that is public."""
    item, printed = corrected.item, corrected.printed
    heading_end = min((section.start for section in item.sections), default=item.end)
    words = [printed.case_number or ""]
    if "title" not in corrected.fields:
        words.append(printed.title)
    spans = [
        _lines(text, place) for word in words if (place := place_of(word, text, item.start, heading_end))
    ]
    first = min((start for start, _end in spans), default=item.start)
    if first - item.start <= _LONGEST_MARK // 2:
        # The number, or a bullet, on a line of its own.
        spans.append((item.start, first))
    at = item.start
    for line in text[item.start : item.end].splitlines(keepends=True):
        if _CLOSED_LINE.fullmatch(line.strip()):
            spans.append((at, at + len(line)))
        at += len(line)
    if item.decision and "decision" not in corrected.fields:
        for section in item.sections:
            if section.kind == SectionKind.DECISION:
                spans += [*_heading(text, section, item.start), (section.start, section.end)]
    return spans


def _outside(span: Span, public: Iterable[Span]) -> list[Span]:
    """Return what is left of `span` outside the `public` spans."""
    rest: list[Span] = []
    start, end = span
    for low, high in sorted(public):
        if low > start:
            rest.append((start, min(low, end)))
        start = max(start, high)
    if start < end:
        rest.append((start, end))
    return rest


def _lines(text: str, span: Span) -> Span:
    """Return the lines that contain `span`, unless they are so long that they are more than a heading."""
    end = text.find("\n", span[1])
    start, end = text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end
    return (start, end) if end - start <= (span[1] - span[0]) + _LONGEST_MARK else span


def _heading(text: str, section: Section, limit: int) -> list[Span]:
    """Return the place of the section's heading, the last words between `limit` and its text."""
    words = (section.heading or "").split()
    before = text[limit : section.start].rstrip()
    heading = re.search(r"\s+".join(map(re.escape, words)) + r"\W*\Z", before) if words else None
    return [(limit + heading.start(), limit + heading.end())] if heading else []


def _occurrences(words: str, text: str) -> list[Span]:
    spans: list[Span] = []
    place = place_of(words, text, 0, len(text))
    while place:
        spans.append(place)
        place = place_of(words, text, place[1], len(text))
    return spans


def _contains(text: str, words: str) -> bool:
    return " ".join(words.split()) in " ".join(text.split())


def _replace_masks(value: Any) -> Any:
    if isinstance(value, str):
        return replace_masks(value)
    if isinstance(value, dict):
        return {_replace_masks(key): _replace_masks(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_replace_masks(element) for element in value]
    return value
