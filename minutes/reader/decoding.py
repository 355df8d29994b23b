"""Bytes → text, whatever they were saved as."""

import html
import re
import unicodedata
from typing import NamedTuple

import ftfy  # noqa: F401, registers the encoding "sloppy-windows-1252"

from minutes.documents.composing import LIGATURES
from minutes.documents.encodings import marked_encoding
from minutes.reader.damaged_labels import restore_labels
from minutes.reader.errors import UnreadableDocument
from minutes.reader.formats import refuse_foreign_bytes, refuse_foreign_text
from minutes.reader.mojibake import restore_lost_letters, undo_misread_letters, undo_mojibake

# Control characters that no text file has; NUL, tab, line ends and form feed are let through.
_BINARY = re.compile(b"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
# Word's line break (\v) and Unicode's line and paragraph separators end lines too.
_LINE_END = re.compile("\r+\n|[\r\v\u2028\u2029]")
# PDFium prints a hyphen at the end of a line so, and leaves out the line's end: "Sundheds\ufffeog".
_DIVIDED = re.compile("[\ufffe\x02](?:(?=(og|eller|samt) )|(?=([a-zæøå])))?")
# Windows-1252 that was read as Latin-1: "\x96" is "–".
_C1 = re.compile("[\x80-\x9f]")
_ACCENT = re.compile("[\u0300-\u0331]")
_COMPOSABLE = re.compile("[A-Za-z\u00c0-\u017f][\u0300-\u0331]{1,3}")
# "p˚a", "ha˚nd": PDFs print the ring by itself.
_RING = re.compile("˚([aA])|([aA])˚")
_HAS_LIGATURE = re.compile("[\ufb00-\ufb06]")
# "&oslash;", "&nbsp;", "&#248;": HTML's names of characters, where several are left in the text.
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#\d{2,4});")
_FEWEST_ENTITIES = 3
# æøå in a word, as bytes: lower case behind a letter, upper case before one.
_ENCODINGS = {
    "cp1252": re.compile(rb"(?<=[A-Za-z])[\xe6\xf8\xe5]|(?<![A-Za-z])[\xc6\xd8\xc5](?=[a-z])"),
    "mac_roman": re.compile(rb"(?<=[A-Za-z])[\xbe\xbf\x8c]|(?<![A-Za-z])[\xae\xaf\x81](?=[a-z])"),
    "cp865": re.compile(rb"(?<=[A-Za-z])[\x91\x9b\x86]|(?<![A-Za-z])[\x92\x9d\x8f](?=[a-z])"),
}

# The longest minutes known have some 20,000 lines.
_MOST_LINES = 450_000
_LONGEST_LINE = 1_000_000
# How much of the bytes is looked at to tell text from something else.
_SAMPLE = 100_000


class Decoded(NamedTuple):
    """`text` has line ends \\n, no NULs and no marks of encoding; `repaired` when mojibake was undone."""

    text: str
    encoding: str
    repaired: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode `data` as `encoding`, or as what it seems to be.

    Raises `UnreadableDocument` when it is no plain text.
    """
    if not data.strip():
        raise UnreadableDocument("Filen er tom.")
    refuse_foreign_bytes(data)
    name = encoding or _encoding(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"Filen er ikke gemt som {name} (byte {error.start}). Angiv et andet tegnsæt med --encoding."
        ) from None
    except LookupError:
        raise UnreadableDocument(f"Tegnsættet {name} findes ikke. Angiv et andet med --encoding.") from None
    text, repaired = _repaired(text)
    if "\ufffe" in text or "\x02" in text:
        text = _DIVIDED.sub(lambda match: "- " if match[1] else "" if match[2] else "-", text)
    if any(end in text for end in "\r\v\u2028\u2029"):
        text = _LINE_END.sub("\n", text)
    text = _CONTROLS.sub("", text)
    if not text.strip():
        raise UnreadableDocument("Filen er tom.")
    refuse_endless(text)
    refuse_foreign_text(text)
    return Decoded(text, name, repaired)


def refuse_endless(text: str) -> None:
    """Refuse what is too long to be minutes, before it is decoded."""
    lines = text.count("\n") + text.count("\f") + 1
    if lines > _MOST_LINES:
        raise UnreadableDocument(
            f"Filen har {lines} linjer; det har intet referat. Del den op, hvis den er flere referater."
        )
    if len(text) > _LONGEST_LINE and max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise UnreadableDocument(
            "Filen har en linje på over en million tegn. Gem referatet som tekst med linjer."
        )


def _repaired(text: str) -> tuple[str, bool]:
    """Return the text as it was written, and True if letters had been misread or lost."""
    written = restore_labels(text)
    if written.isascii() and "&" not in text and "?" not in text:
        return written, written != text
    written = undo_misread_letters(undo_mojibake(written))
    written = restore_lost_letters(
        _C1.sub(lambda match: match[0].encode("latin-1").decode("sloppy-windows-1252"), written)
    )
    entities = _ENTITY.findall(written)
    if len(entities) >= _FEWEST_ENTITIES:
        written = _ENTITY.sub(lambda match: html.unescape(match[0]), written)
    return _composed(written), written != text


def _composed(text: str) -> str:
    """Return the text with a letter and its accents as one character, and without ligatures."""
    if _ACCENT.search(text):
        text = _COMPOSABLE.sub(lambda match: unicodedata.normalize("NFC", match[0]), text)
    text = text.replace("\u212b", "Å")
    if "˚" in text:
        text = _RING.sub(lambda match: "å" if (match[1] or match[2]) == "a" else "Å", text)
    return text.translate(LIGATURES) if _HAS_LIGATURE.search(text) else text


def _encoding(data: bytes) -> str:
    marked = marked_encoding(data)
    if marked:
        return marked
    sample = data[:_SAMPLE]
    # Danish text in UTF-16 has a NUL in almost every other place.
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > len(sample) // 4 and even < len(sample) // 50:
        return "utf-16-le"
    if even > len(sample) // 4 and odd < len(sample) // 50:
        return "utf-16-be"
    if sample.count(0) > len(sample) // 100 or len(_BINARY.findall(sample)) > len(sample) // 200 + 2:
        raise UnreadableDocument(
            "Filen er ikke tekst. Gem referatet som PDF, Word-dokument (.docx) eller tekst, og prøv igen."
        )
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte_encoding(data)
    return "utf-8"


def _one_byte_encoding(data: bytes) -> str:
    """Return the encoding in which most words with æ, ø and å are words: Windows, Macintosh or DOS."""
    words = {name: len(pattern.findall(data)) for name, pattern in _ENCODINGS.items()}
    name = max(words, key=lambda name: words[name])
    if name != "cp1252":
        return name
    # The five bytes that Windows-1252 leaves undefined are let through by latin-1.
    return "latin-1" if re.search(b"[\x81\x8d\x8f\x90\x9d]", data) else "cp1252"
