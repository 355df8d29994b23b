"""Reads a part of a document's text as an item, where a person says that it is one."""

import re
from typing import Any

import msgspec

from minutes.documents.stated import StatedFacts, StatedItem
from minutes.reader.document import read_text
from minutes.reader.records import Document, Item
from minutes.vocabulary import DocumentKind

# Characters of the document's head that are read with the part, for its committee, date and people.
_MOST_HEAD = 20_000
# Characters around a title that are its heading's: "Punkt 5: Budget (B)".
_MOST_MARKS = 40


def read_part(
    document: Document, start: int, end: int, *, number: str | None, title: str, closed: bool = False
) -> Item:
    """Return text[start:end] of `document` as an item with this number and title.

    Its sections, decision and votes are read as those of any item, below the head of the document. It is
    closed if `closed`, or if anything in it says so.
    """
    first = document.items[0].start if document.items else 0
    head = document.text[: min(first, start, _MOST_HEAD)]
    body = _end_of_heading(document.text, start, end, title)
    heading = f"{title or '-'}\n\n"
    before = f"{head}\n\n{heading}"
    item = StatedItem(start=len(head) + 2, number=number, title=title, closed=closed)
    stated = StatedFacts(
        committee=document.committee, minutes=document.document == DocumentKind.MINUTES, items=(item,)
    )
    text = before + document.text[body:end]
    read = read_text(text, document.source, are_minutes=True, stated=stated)
    facts = _moved(msgspec.to_builtins(read.items[0]), body - len(before), body)
    known = {absence.name for absence in document.absent}
    absent = [absence for absence in msgspec.to_builtins(read.absent) if absence["name"] not in known]
    facts |= {"start": start, "end": end, "absent": [*facts["absent"], *absent]}
    return msgspec.convert(facts, Item)


def _end_of_heading(text: str, start: int, end: int, title: str) -> int:
    """Return where the heading of a part ends: behind its title, if the part begins with that."""
    words = r"\s+".join(map(re.escape, title.split()))
    match = re.compile(words, re.IGNORECASE).search(
        text, start, min(end, start + len(title) * 2 + _MOST_MARKS)
    )
    if not match or not title or match.start() - start > _MOST_MARKS:
        return start
    line_end = text.find("\n", match.end(), end)
    line_end = end if line_end < 0 else line_end
    return line_end if line_end - match.end() <= _MOST_MARKS else match.end()


def _moved(value: Any, by: int, first: int) -> Any:
    """Return the facts with their places moved `by` characters, none before `first`."""
    if isinstance(value, dict):
        return {
            key: max(member + by, first) if key in {"start", "end"} else _moved(member, by, first)
            for key, member in value.items()
        }
    if isinstance(value, list | tuple):
        return [_moved(member, by, first) for member in value]
    return value
