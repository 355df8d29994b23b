"""What must be covered in a meeting's texts: in a document that comes in, and in those kept."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from minutes.models import FalseHit, Meeting, Reading, Redaction, Takedown
from minutes.privacy import CPR_MASK, PASSAGE_MASK, Fingerprints, Passage, find_cpr_numbers, mask_spans
from minutes.publishing import ledger
from minutes.reader import UnreadableDocument, read_text
from minutes.reader.records import Document, Item, SourceInfo, as_facts, from_facts

Span = tuple[int, int]

# The title of what is left of an item that was taken down; a redaction leaves no such.
_TAKEN_DOWN = " ".join(PASSAGE_MASK * 3)


@dataclass(frozen=True)
class RedactedDocument:
    """A document as it may be kept: `text` with all covered but the `open_hits`, `document` without them."""

    text: str
    document: Document
    open_hits: list[list[int]]


@dataclass(frozen=True)
class Redactions:
    """The redactions, takedowns and judgements of a meeting."""

    fingerprints: Fingerprints
    redactions: tuple[Passage, ...] = ()  # in the order they were made; of a number with no letters
    taken: tuple[Takedown, ...] = ()
    judged: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, meeting: Meeting, sources: Iterable[str] = ()) -> "Redactions":
        """Those of `meeting` and of documents with the SHA-256 of `sources`. At most four queries."""
        keys = keys_of(meeting)
        hashes = list(sources)
        redactions = Redaction.objects.of(keys, hashes).order_by("made_at", "id")
        return cls(
            ledger.fingerprints(),
            tuple(Passage(each.letters, each.fingerprint) for each in redactions),
            tuple(Takedown.objects.of(keys, hashes)),
            frozenset(FalseHit.objects.filter(meeting=meeting).values_list("fingerprint", flat=True)),
        )

    @property
    def whole_meeting(self) -> bool:
        return any(not each.item_slug for each in self.taken)

    def redact_text(self, text: str) -> str:
        """`text` with the redacted numbers and passages covered.

        One after the other, as they were made: a later one can have an earlier one's mask within it.
        """
        for each in self.redactions:
            if each.letters:
                text = mask_spans(text, self.fingerprints.find_passages(text, [each]), PASSAGE_MASK)
            else:
                text = mask_spans(text, self.fingerprints.find_numbers(text, {each.fingerprint}), CPR_MASK)
        return text

    def redact(self, document: Document) -> RedactedDocument:
        """`document` with all that must be covered, read again where that changes the text."""
        text = self.redact_text(document.text)
        document, hits = self._read_shown(text, document.source, document)
        for index, item in enumerate(document.items):
            takedown = self.named(item.title)
            if takedown:
                text, document = without_item(text, document, index, takedown.item_slug, self.fingerprints)
        return RedactedDocument(text, document, [list(hit) for hit in hits if not _is_covered(text, hit)])

    def _read_shown(
        self, text: str, source: SourceInfo, held: Document | None = None
    ) -> tuple[Document, list[Span]]:
        """What is read of `text` with its open hits covered, and those; `held` if it is of that very text."""
        hits = self._open_hits(text)
        shown = mask_spans(text, hits, CPR_MASK)
        document = held if held and held.text == shown else _read(shown, source)
        parted = self._parted_hits(document, text)
        if parted:
            hits = sorted({*hits, *parted})
            document = _read(mask_spans(text, hits, CPR_MASK), source)
        return document, hits

    def _parted_hits(self, document: Document, text: str) -> list[Span]:
        """Where a number stands whose halves the reader brings together, over the foot of a page say."""
        found: list[Span] = []
        for told in _strings(facts_of(document)):
            for start, end in self._open_hits(told):
                digits = "".join(filter(str.isdigit, told[start:end]))
                halves = re.compile(rf"{digits[:6]}.{{0,400}}?{digits[6:]}", re.DOTALL)
                found += [match.span() for match in halves.finditer(text)]
        return found

    def named(self, title: str) -> Takedown | None:
        """The takedown of an item with this title."""
        if not self.taken or not any(map(str.isalnum, title)):
            return None
        told = self.fingerprints.of_passage(title)
        return next(
            (each for each in self.taken if told == (each.title_letters, each.title_fingerprint)), None
        )

    def redact_reading(self, reading: Reading) -> bool:
        """Cover what a kept reading holds; it is saved where that changes anything, which is returned."""
        text = self.redact_text(reading.text)
        stubs = [each for each in document_of(reading).items if is_taken_down(each)]
        source = msgspec.convert(reading.facts["source"], SourceInfo)
        document, hits = self._read_shown(text, source)
        if text == reading.text and [list(hit) for hit in hits] == reading.open_hits:
            return False
        keep(reading, RedactedDocument(text, _with_stubs(document, stubs), [list(hit) for hit in hits]))
        return True

    def redact_json(self, value: Any) -> Any:
        """`value` of a JSON column with every string in it covered."""
        if isinstance(value, str):
            return self.redact_text(value)
        if isinstance(value, dict):
            return {key: self.redact_json(each) for key, each in value.items()}
        if isinstance(value, list):
            return [self.redact_json(each) for each in value]
        return value

    def has_open_hits(self, value: Any) -> bool:
        """Whether a string in `value`, of a JSON column, has a possible personal number nobody judged."""
        return any(self._open_hits(each) for each in _strings(value))

    def _open_hits(self, text: str) -> list[Span]:
        return _unjudged(text, self.judged, self.fingerprints)


def _unjudged(text: str, judged: frozenset[str], fingerprints: Fingerprints) -> list[Span]:
    """Where possible personal numbers stand that nobody judged to be something else."""
    return [
        (hit.start, hit.end)
        for hit in find_cpr_numbers(text)
        if not judged or fingerprints.of_number(text[hit.start : hit.end]) not in judged
    ]


def _is_covered(text: str, hit: Span) -> bool:
    return not any(map(str.isdigit, text[slice(*hit)]))


def _strings(value: Any) -> Iterator[str]:
    """Every string in a value of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def keys_of(meeting: Meeting) -> list[str]:
    """The addresses of the meeting, present and former. One query."""
    former = meeting.former_addresses.select_related("committee__municipality")
    return [meeting.key, *(each.key for each in former)]


def public_text(reading: Reading) -> str:
    """The reading's text as the public may see it: possible personal numbers covered, but for those judged.

    They are looked for anew, since the scanner may know more than when the text came in. One query where
    there are any.
    """
    if not reading.open_hits and not any(find_cpr_numbers(reading.text)):
        return reading.text
    judged = frozenset(
        FalseHit.objects.filter(meeting=reading.meeting_id).values_list("fingerprint", flat=True)
    )
    hits = _unjudged(reading.text, judged, ledger.fingerprints())
    return mask_spans(reading.text, [*hits, *map(tuple, reading.open_hits)], CPR_MASK)


def keep(reading: Reading, covered: RedactedDocument) -> None:
    reading.text = covered.text
    reading.facts = facts_of(covered.document)
    reading.warnings = reading.facts["warnings"]
    reading.open_hits = covered.open_hits
    reading.save(update_fields=["text", "facts", "warnings", "open_hits"])


def document_of(reading: Reading) -> Document:
    """The facts of a reading as the reader gave them, its text and its sections' put back."""
    text = public_text(reading)
    facts: dict[str, Any] = {**reading.facts, "text": text}
    facts["items"] = [
        {
            **item,
            "sections": [
                {**section, "text": text[section["start"] : section["end"]]} for section in item["sections"]
            ],
        }
        for item in facts["items"]
    ]
    return from_facts(facts)


def facts_of(document: Document) -> dict[str, Any]:
    """The facts as a reading stores them: without the text and without the sections' copies of it."""
    facts: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(as_facts(document)))
    del facts["text"]
    for item in facts["items"]:
        for section in item["sections"]:
            del section["text"]
    return facts


def is_taken_down(item: Item) -> bool:
    """Whether nothing but its number is left of the item; its address stands for its case number."""
    return item.title == _TAKEN_DOWN


def without_item(
    text: str, document: Document, index: int, item_slug: str, fingerprints: Fingerprints
) -> tuple[str, Document]:
    """`text` and `document` with the item covered: all that stands under it, its title in the contents."""
    item = document.items[index]
    spans = [_place(document.items, index)]
    if any(map(str.isalnum, item.title)):
        before = text[: document.items[0].start or spans[0][0]]
        spans += fingerprints.find_passages(before, [fingerprints.of_passage(item.title)])
    stub = Item(
        number=item.number,
        title=_TAKEN_DOWN,
        case_number=item_slug,
        closed=True,
        start=spans[0][0],
        end=spans[0][1],
    )
    items = (*document.items[:index], stub, *document.items[index + 1 :])
    warnings = tuple(each for each in document.warnings if not (spans[0][0] <= each.start < spans[0][1]))
    shown = mask_spans(document.text, spans, PASSAGE_MASK)
    changed = msgspec.structs.replace(document, text=shown, items=items, warnings=warnings)
    return mask_spans(text, spans, PASSAGE_MASK), changed


def _place(items: Sequence[Item], index: int) -> Span:
    """Where the item stands; where the facts do not say, from the end of the one before to its own."""
    item = items[index]
    if item.end:
        return item.start, item.end
    before = [section.end for each in items[:index] for section in each.sections]
    return max(before, default=0), max((section.end for section in item.sections), default=0)


def _with_stubs(document: Document, stubs: Sequence[Item]) -> Document:
    """`document`, read from a text where items are covered, with their stubs where they were.

    To the reader a covered item is more of what the one before it says; that is taken off again.
    """
    items = list(document.items)
    for stub in stubs:
        index = next((at for at, each in enumerate(items) if each.start > stub.start), len(items))
        if index and items[index - 1].end > stub.start:
            items[index - 1] = _cut_at(items[index - 1], stub.start)
        items.insert(index, stub)
    return msgspec.structs.replace(document, items=tuple(items))


def _cut_at(item: Item, end: int) -> Item:
    sections = []
    for each in item.sections:
        if each.end > end:
            text = each.text[: max(end - each.start, 0)].rstrip()
            each = msgspec.structs.replace(
                each, end=each.start + len(text), text=text, clean=_without_mask(each.clean)
            )
        if each.start < end:
            sections.append(each)
    return msgspec.structs.replace(
        item,
        end=end,
        sections=tuple(sections),
        decision=_without_mask(item.decision or "") or None,
        attachments=tuple(filter(None, map(_without_mask, item.attachments))),
    )


def _without_mask(text: str) -> str:
    return text.rstrip(f"{PASSAGE_MASK} \n\t")


def _read(text: str, source: SourceInfo) -> Document:
    try:
        return read_text(text, source)
    except UnreadableDocument:
        # So much of it is covered that nothing is left to read.
        return Document(text=text, source=source)
