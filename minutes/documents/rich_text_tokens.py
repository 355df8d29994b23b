"""Divides RTF into groups, control words and text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# "\pard", "\sb240 ", "\'e6", "\~", "{", text
_TOKEN = re.compile(
    r"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\([^A-Za-z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\",
    re.DOTALL,
)
_MAC = "mac_roman"
# Character sets of fonts, by their number.
_CHARSETS = {
    0: "",
    77: _MAC,
    161: "cp1253",
    162: "cp1254",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
    255: "cp850",
}
SYMBOL_CHARSET = 2
_CODE_PAGES = {437, 819, 850, 852, 860, 863, 865, 1250, 1251, 1252, 1253, 1254, 1257}


@dataclass(frozen=True, slots=True)
class Token:
    """A control word with its number, a control sign ("~"), the start or end of a group, a byte, or text."""

    kind: str  # "word", "sign", "group", "byte", "text"
    text: str
    number: int | None = None


def tokens(source: str) -> Iterator[Token]:
    """Yield the tokens of RTF whose bytes are the characters of `source`."""
    at = 0
    while match := _TOKEN.match(source, at):
        at = match.end()
        word, number, byte, sign, brace, text = match.groups()
        if word == "bin":
            at += max(0, int(number or 0))
        elif word:
            yield Token("word", word, None if number is None else int(number))
        elif text:
            yield Token("text", text)
        elif byte:
            yield Token("byte", chr(int(byte, 16)))
        elif brace:
            yield Token("group", brace)
        elif sign:
            yield Token("sign", sign)


def code_page(number: int) -> str:
    """Return the name of a code page; Windows-1252 for those that are not of Europe."""
    if number == 10000:
        return _MAC
    if number == 819:
        return "latin-1"
    return f"cp{number}" if number in _CODE_PAGES else "cp1252"


def charset(number: int) -> str:
    """Return the encoding of a font's character set, "" for that of the document."""
    return _CHARSETS.get(number, "")


def decoded(text: str, encoding: str) -> str:
    """Return text whose characters are bytes, decoded."""
    return text if text.isascii() else text.encode("latin-1", "replace").decode(encoding, "replace")
