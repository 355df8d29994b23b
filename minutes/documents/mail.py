"""Finds the part of a message that is the minutes: its text, or a document attached to it."""

import re
from dataclasses import dataclass, field, replace
from typing import NoReturn

from minutes.documents.composing import Composer, Paragraph, cleaned
from minutes.documents.convert import convert
from minutes.documents.heads import head_lines
from minutes.documents.kinds import Format, recognise
from minutes.documents.source import DocumentError, Part, ScannedDocument, SourceDocument
from minutes.documents.web import fragment

# Attachments that can be minutes, and those that can only be enclosures; pictures and cards are neither.
_DOCUMENTS = frozenset(
    {Format.PDF, Format.DOCX, Format.DOCM, Format.DOC, Format.ODT, Format.RTF, Format.HTML, Format.ZIP}
)
_ENCLOSURES = _DOCUMENTS | {Format.SPREADSHEET, Format.CSV, Format.PRESENTATION}
_MINUTES = re.compile(r"referat|dagsorden|protokol|beslutning|udskrift|minutes", re.IGNORECASE)
_TEXT_NAME = re.compile(r".*\.(?:txt|text|md)", re.IGNORECASE | re.DOTALL)
# "VS: ", "SV: ", "Fwd: "
_REPLY = re.compile(r"(?:(?:vs|sv|re|fw|fwd|vedr)\s*:\s*)+", re.IGNORECASE)
# Words that minutes have; a message about them is short, and has few.
_WORDS = re.compile(
    r"\b(?:referat|dagsorden|punkt(?: \d+)?|pkt|beslutning\w*|indstilling\w*|godkendt|til stede|fraværende"
    r"|afbud|deltagere|sagsfremstilling|efterretning)\b",
    re.IGNORECASE,
)
_FEWEST_WORDS = 4
_SHORTEST_MINUTES = 300


@dataclass(slots=True)
class Letter:
    """A message: its subject, its text as HTML or plain, and the documents attached to it."""

    subject: str = ""
    html: str = ""
    plain: str = ""
    parts: list[Part] = field(default_factory=list)


def document_of(letter: Letter, kind: str) -> SourceDocument:
    """Return the minutes of a message: the attachment named so, else its text, else its only document.

    Several that can be minutes are attachments of a document without text.
    """
    documents = [part for part in letter.parts if _is_of(part, _DOCUMENTS)]
    named = [part for part in documents if _MINUTES.search(part.name)]
    body = _body(letter, kind)
    if not named and _reads_like_minutes(body.text):
        return replace(body, attachments=tuple(letter.parts))
    candidates = named or documents
    if len(candidates) > 1:
        return SourceDocument(text="", format=kind, attachments=tuple(letter.parts))
    return _attached(letter, candidates[0], kind) if candidates else body


def _attached(letter: Letter, minutes: Part, kind: str) -> SourceDocument:
    """Return the minutes attached to a message, with its other files as attachments.

    A scan is an attachment of a document without text, so that it is recognised by itself.
    """
    others = tuple(part for part in letter.parts if part is not minutes)
    try:
        document = convert(minutes.data, minutes.name)
    except ScannedDocument:
        return SourceDocument("", format=kind, attachments=(minutes, *others))
    note = f"Læst af filen »{minutes.name}«, som er vedhæftet en e-mail."
    return replace(document, notes=(*document.notes, note), attachments=(*document.attachments, *others))


def _body(letter: Letter, kind: str) -> SourceDocument:
    """Return the text of a message, below its subject where that says more."""
    title = _REPLY.sub("", cleaned(letter.subject).replace("\n", " "), count=1)
    if letter.html.strip():
        body = fragment(letter.html, title)
        if body.text.strip():
            return replace(body, format=kind)
    composer = Composer()
    lines = [Paragraph(cleaned(line)) for line in letter.plain.replace("\r\n", "\n").split("\n")]
    for line in head_lines([Paragraph(title)], lines):
        composer.add([Paragraph(line, kind="heading", level=1), Paragraph("")])
    composer.add(lines)
    return composer.document(kind)


def _reads_like_minutes(text: str) -> bool:
    words = {word.casefold() for word in _WORDS.findall(text)}
    return len(text) >= _SHORTEST_MINUTES and len(words) >= _FEWEST_WORDS


def attach(letter: Letter, name: str | None, data: bytes | None) -> None:
    """Add a file to a message if it can be minutes or an enclosure."""
    part = Part(name or "vedhæftet fil", data or b"")
    if part.data.strip() and _is_of(part, _ENCLOSURES):
        letter.parts.append(part)


def _is_of(part: Part, kinds: frozenset[Format]) -> bool:
    if _TEXT_NAME.fullmatch(part.name):
        return True
    try:
        return recognise(part.data, part.name) in kinds
    except DocumentError:
        return False


def refuse_damaged() -> NoReturn:
    raise DocumentError("E-mailen er beskadiget. Gem referatet fra den, og indlæs det.") from None
