"""Applies a meeting's redactions and takedowns to documents that come in and to those that are stored."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from minutes.models import FalseHit, Meeting, Reading, Redaction, Takedown
from minutes.privacy import CPR_MASK, PASSAGE_MASK, Fingerprints, Passage, Span, find_split_number, mask_spans
from minutes.publishing import ledger, ledger_rows
from minutes.publishing.earlier_readings import as_strict_as
from minutes.publishing.readings import (
    RedactedDocument,
    load_document,
    meeting_keys,
    save_reading,
    storable_facts,
    unresolved_cpr_spans,
)
from minutes.publishing.removed_items import is_taken_down, remove_item, restore_stubs
from minutes.reader import read_text
from minutes.reader.records import Document, SourceInfo

# `find_split_number` needs two parts of four digits.
_SHORTEST_SPLIT = 8


@dataclass(frozen=True)
class Redactions:
    """The redactions, takedowns and dismissed CPR matches of a meeting."""

    fingerprints: Fingerprints
    passages: tuple[Passage, ...] = ()  # oldest first; a CPR number has no letters
    takedowns: tuple[Takedown, ...] = ()
    dismissed: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, meeting: Meeting, sources: Iterable[str] = ()) -> "Redactions":
        """Load those of `meeting` and of documents with the SHA-256 of `sources`. Four queries."""
        keys = meeting_keys(meeting)
        hashes = list(sources)
        redactions = Redaction.objects.of(keys, hashes).order_by("made_at", "id")
        dismissed = FalseHit.objects.filter(meeting=meeting).values_list("fingerprint", flat=True)
        return cls(
            ledger.fingerprints(),
            tuple(map(ledger_rows.passage_of, redactions)),
            tuple(Takedown.objects.of(keys, hashes)),
            frozenset(dismissed),
        )

    @classmethod
    def of_new(cls, meetings: Iterable[tuple[Meeting, str]]) -> "list[Redactions]":
        """Load those of meetings that are not stored yet, each with the SHA-256 of its document. Two queries.

        Such a meeting has no former addresses and no dismissed matches.
        """
        pairs = [(meeting.key, sha256) for meeting, sha256 in meetings]
        keys, hashes = [key for key, _ in pairs], [sha256 for _, sha256 in pairs]
        redactions = list(Redaction.objects.of(keys, hashes).order_by("made_at", "id"))
        takedowns = list(Takedown.objects.of(keys, hashes))
        fingerprints = ledger.fingerprints()
        return [
            cls(
                fingerprints,
                tuple(ledger_rows.passage_of(row) for row in redactions if row.is_of(*pair)),
                tuple(row for row in takedowns if row.is_of(*pair)),
            )
            for pair in pairs
        ]

    @property
    def whole_meeting(self) -> bool:
        """True if the whole meeting was taken down."""
        return any(not takedown.item_slug for takedown in self.takedowns)

    def items_taken_down(self, meeting: Meeting) -> set[str]:
        """Return the addresses of the items that were taken down at the present address of `meeting`."""
        return {
            takedown.item_slug
            for takedown in self.takedowns
            if takedown.item_slug and meeting.key in takedown.meeting_keys
        }

    def redact_text(self, text: str) -> str:
        """Return `text` with the redacted numbers and passages masked.

        Oldest first: a later redaction can contain the mask of an earlier one.
        """
        for passage in self.passages:
            if passage.letters:
                text = mask_spans(text, self.fingerprints.find_passages(text, [passage]), PASSAGE_MASK)
            else:
                spans = self.fingerprints.find_numbers(text, {passage.fingerprint})
                text = mask_spans(text, spans, CPR_MASK)
        return text

    def redact(self, document: Document) -> RedactedDocument:
        """Return `document` with everything redacted; read again where that changes its text."""
        text = self.redact_text(document.text)
        document, spans = self._read_masked(text, document.source, document)
        return self._without_taken_down(text, document, spans)

    def redact_reading(self, reading: Reading) -> bool:
        """Redact a stored reading and save it. Returns True if that changed it."""
        text = self.redact_text(reading.text)
        earlier = load_document(reading)
        stubs = [item for item in earlier.items if is_taken_down(item)]
        source = msgspec.convert(reading.facts["source"], SourceInfo)
        document, spans = self._read_masked(text, source, earlier, always=True)
        matches = [list(span) for span in spans]
        redacted = self._without_taken_down(text, restore_stubs(document, stubs), spans)
        if redacted.text == reading.text and matches == reading.unresolved_cpr_matches:
            return False
        save_reading(reading, redacted)
        return True

    def redact_json(self, value: Any) -> Any:
        """Return `value` of a JSON column with every string in it redacted."""
        if isinstance(value, str):
            return self.redact_text(value)
        if isinstance(value, dict):
            return {key: self.redact_json(member) for key, member in value.items()}
        if isinstance(value, list):
            return [self.redact_json(element) for element in value]
        return value

    def takedown_titled(self, title: str) -> Takedown | None:
        """Return the takedown of an item with this title."""
        if not self.takedowns or not any(map(str.isalnum, title)):
            return None
        passage = self.fingerprints.of_passage(title)
        key = (passage.letters, passage.fingerprint)
        return next(
            (
                takedown
                for takedown in self.takedowns
                if (takedown.title_letters, takedown.title_fingerprint) == key
            ),
            None,
        )

    def has_cpr_match(self, value: Any) -> bool:
        """Return True if a string in `value`, of a JSON column, has an unresolved CPR match."""
        return any(self._cpr_spans(text) for text in strings_in(value))

    def _without_taken_down(
        self, text: str, document: Document, cpr_spans: Iterable[Span]
    ) -> RedactedDocument:
        """Remove the items with the title of one that was taken down."""
        for index, item in enumerate(document.items):
            takedown = self.takedown_titled(item.title)
            if takedown:
                text, document = remove_item(text, document, index, takedown.item_slug, self.fingerprints)
        matches = [list(span) for span in cpr_spans if not _is_masked(text, span)]
        return RedactedDocument(text, document, matches)

    def _read_masked(
        self, text: str, source: SourceInfo, earlier: Document, *, always: bool = False
    ) -> tuple[Document, list[Span]]:
        """Read `text` with its unresolved CPR matches masked, and return these too.

        `earlier` is the reading before something was masked. It is returned as it is if its text is the same,
        unless it is `always` read again.
        """
        spans = self._cpr_spans(text)
        masked = mask_spans(text, spans, CPR_MASK)
        document = earlier
        if always or earlier.text != masked:
            document = _read(masked, source, earlier)
        split = self._split_cpr_spans(document, text)
        if split:
            spans = sorted({*spans, *split})
            document = _read(mask_spans(text, spans, CPR_MASK), source, earlier)
        return document, spans

    def _split_cpr_spans(self, document: Document, text: str) -> list[Span]:
        """Find numbers whose halves the reader joins, for example over a page break."""
        spans: list[Span] = []
        strings = {
            string for string in strings_in(storable_facts(document)) if len(string) >= _SHORTEST_SPLIT
        }
        for string in sorted(strings):
            for start, end in self._cpr_spans(string):
                spans += find_split_number(text, string[start:end])
        return spans

    def _cpr_spans(self, text: str) -> list[Span]:
        return unresolved_cpr_spans(text, self.dismissed, self.fingerprints)


def _is_masked(text: str, span: Span) -> bool:
    return not any(map(str.isdigit, text[slice(*span)]))


def strings_in(value: Any) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from strings_in(member)
    elif isinstance(value, list):
        for element in value:
            yield from strings_in(element)


def _read(text: str, source: SourceInfo, earlier: Document) -> Document:
    # Minutes stay minutes, however much of them is masked.
    return as_strict_as(read_text(text, source, are_minutes=True), earlier)
