"""Titles of attachments in the lines of a section: without marks, numbers of documents, formats and sizes."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.flow import LIST_MARK
from minutes.reader.layout import Line
from minutes.reader.passages import Passage
from minutes.reader.tail_lines import files_of
from minutes.vocabulary import SectionKind

_SPACES = re.compile(r"[^\S\n]+")
# "330-2019-377001 Tilbud", "1 - Tilbud (4711)": the number of a document before its title
_DOCUMENT_NUMBER = re.compile(r"\d{3}-\d{4}-\d{3,}\s+(?=\S)")
_NONE = re.compile(r"(?:ingen(?: bilag)?|der er ingen bilag|-)\.?", re.IGNORECASE)
# "Kort.pdf (88 KB)", "Plan [pdf, 2 MB]", "Notat (PDF)": format and size behind a title
_FORMAT = r"(?:pdf|docx?|xlsx?|pptx?)[,;]?\s*"
_SIZE = re.compile(
    rf"\s*[(\[](?:{_FORMAT})?(?:\d+(?:[.,]\d+)*\s*[kmg]b|\d{{1,3}} sider?)?[)\]](?=\s|$|[A-ZÆØÅ])",
    re.IGNORECASE,
)
# "↓ Plan", "picture_as_pdf Plan", "application/pdf icon plan.pdf": an arrow or an icon's name
_ICON = re.compile(r"(?:[↓⬇▼]|[a-z]+(?:_[a-z]+)+|[a-z]+/[a-z.-]+ icon)\s+")
# "Notat.pdf Kort over havnen.pdf": where a name of a file ends
_FILE_END = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?)(?=\s+[A-ZÆØÅ])", re.IGNORECASE)
# "Regnskab pr. 30.6.1999. Notat om anbringelser": where a title ends in a full stop, and no abbreviation
_SENTENCE_END = re.compile(r"(?:[a-zæøå]{5}|\d{4})\.(?=\s+[A-ZÆØÅ][a-zæøå]{2})")
# "1 Ferieplan", "2. Udtalelser", "3) Kort": the number of an entry
_NUMBER = re.compile(r"(?P<number>\d{1,2})(?:[.)]|\s[-–]|:)?\s+(?=[A-ZÆØÅ])")
# "1 Åben Ferieplan 149494/12": access before the title, the number of the document behind it
_ACCESS = re.compile(r"(?:Åben|Lukket)\s+(?=[A-ZÆØÅ])")
_DOCUMENT_BEHIND = re.compile(r"\s+\d{3,}/\d{2,4}$")
# "Ferieplan (70482/16)": the number of a document behind its title
_NUMBER_BEHIND = re.compile(r"\s+\(\d{3,}(?:[/-]\d{2,4})?\)$")
_ENDS = (_SIZE, _FILE_END, _SENTENCE_END)


def attachments_of(passages: Sequence[Passage]) -> Iterator[str]:
    """Yield the titles of what is attached to an item, as printed in its sections."""
    for passage in passages:
        if passage.kind is SectionKind.ATTACHMENTS:
            printed = [line for line in passage.lines if line.text]
            # "Bilag: Regnskab. Notat": a list in one line with its label
            forms = _ENDS if len(printed) == 1 and (passage.heading or "").endswith(":") else _ENDS[:-1]
            yield from _without_numbers([title for line in printed for title in _titles(line, forms)])


def _titles(line: Line, forms: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """Yield the titles in a line: several behind arrows, icons or sizes, or names of files in a row."""
    text = _SPACES.sub(" ", line.text)
    if LIST_MARK.match(text) and not text[:1].isdigit():
        text = LIST_MARK.sub("", text, count=1)
    text = _DOCUMENT_NUMBER.sub("", text, count=1)
    for title in _divided(text, forms):
        if title and not _NONE.fullmatch(title):
            yield from files_of(title)


def _divided(text: str, forms: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """Yield the parts of a line between icons and behind the `forms` that end titles."""
    ends = {match.start() for match in _ICON.finditer(text)}
    for form in forms:
        ends |= {match.end() for match in form.finditer(text)}
    places = sorted(ends)
    for start, end in zip([0, *places], [*places, len(text)], strict=True):
        title = _SIZE.sub("", _ICON.sub("", text[start:end], count=1)).strip()
        yield title.removesuffix(".") if end < len(text) else title


def _without_numbers(titles: list[str]) -> list[str]:
    """Return the titles without the numbers of the list and of the documents, where all have them."""
    numbers = [match["number"] for title in titles if (match := _NUMBER.match(title))]
    if titles and [int(number) for number in numbers] == list(range(1, len(titles) + 1)):
        titles = [_NUMBER.sub("", title, count=1) for title in titles]
    if titles and all(_ACCESS.match(title) and _DOCUMENT_BEHIND.search(title) for title in titles):
        titles = [_DOCUMENT_BEHIND.sub("", _ACCESS.sub("", title, count=1)) for title in titles]
    if titles and all(map(_NUMBER_BEHIND.search, titles)):
        titles = [_NUMBER_BEHIND.sub("", title) for title in titles]
    return titles
