"""Heads of pages in files that store them once: those lines that say what the text does not begin with."""

import re
from collections.abc import Iterable, Iterator, Sequence

from minutes.documents.composing import Content, Paragraph, flattened

# "Side 3 af 12", "Page: 3/12" and, alone in their line, "- 3 -", "3/12"; a field can be empty: "Side af".
_OF_PAGES = r"(?:\s?(?:ud af|af|of|/)\s?\d{0,4})?\s?[-–|.]{0,3}\s?$"
_AT_END = re.compile(rf"(?<![^\W\d_])(?:side|page|s\.)\s?[.:]?\s?(?:\d{{1,4}})?{_OF_PAGES}", re.IGNORECASE)
_ALONE = re.compile(rf"^\s?[-–|]{{0,3}}\s?\d{{1,4}}{_OF_PAGES}", re.IGNORECASE)
_SAYS_PAGE = re.compile(r"(?<![^\W\d_])(?:side|s\.|page)\s?:?\s?(\d{1,4})", re.IGNORECASE)
# "05-11-2019", "5.11.2019"
_DAY = re.compile(r"\b(\d{1,2})[-./] ?(\d{1,2})[-./] ?(\d{4})\b")
MONTHS = (
    *("januar", "februar", "marts", "april", "maj", "juni"),
    *("juli", "august", "september", "oktober", "november", "december"),
)
_NAMED_DAY = re.compile(rf"\b(\d{{1,2}})\. ?({'|'.join(MONTHS)}) (\d{{4}})\b")
# What may say that something was handled behind closed doors stays in the text, wherever it is printed.
CLOSED = re.compile(r"luk|fortrolig|offentlig", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# How many paragraphs of the text are searched for the words of the head.
BEGINNING = 80
_MOST_LINES = 20
_LONGEST = 300


def without_page_number(line: str) -> str:
    """Return a line of a head or foot without the number of the page at its end."""
    return _ALONE.sub("", _AT_END.sub("", line)).strip()


def is_page_number(line: str) -> bool:
    """Return True if a line says nothing but the page's number."""
    return any(map(str.isdigit, line)) and not without_page_number(line)


def says_page(line: str) -> int | None:
    """Return the number of the page that a line names as such: "Byrådet, side 3"."""
    match = _SAYS_PAGE.search(line)
    return int(match[1]) if match else None


def head_lines(head: Sequence[Paragraph], content: Sequence[Content]) -> Iterator[str]:
    """Yield the lines of a page's head with a word or day that is not at the beginning of the text.

    Those that may say that something is closed are always among them.
    """
    known = words_of(paragraph.text for paragraph in flattened(content[:BEGINNING])[:BEGINNING])
    for paragraph in head[:_MOST_LINES]:
        for line in paragraph.text[:_LONGEST].split("\n"):
            printed = without_page_number(line)
            if CLOSED.search(printed) or not words_of([printed]) <= known:
                yield printed


def closed_lines(furniture: Sequence[Paragraph]) -> Iterator[str]:
    """Yield the lines of heads and feet that may say that something is closed."""
    for paragraph in furniture[:_MOST_LINES]:
        for line in paragraph.text[:_LONGEST].split("\n"):
            if CLOSED.search(line):
                yield without_page_number(line)


def words_of(lines: Iterable[str]) -> set[str]:
    """Return the words of lines in small letters, and their days in one form."""
    text = "\n".join(lines).casefold()
    text = _NAMED_DAY.sub(lambda day: f"{int(day[1])}-{MONTHS.index(day[2]) + 1}-{day[3]}", text)
    text = _DAY.sub(lambda day: f"{int(day[1])}-{int(day[2])}-{day[3]}", text)
    return set(_WORD.findall(text))
