"""Anchors: words of a text by which a correction finds its place again in another version of the text."""

import re
from typing import Any

from minutes.privacy import CPR_MASK, PASSAGE_MASK

_MASKS = CPR_MASK + PASSAGE_MASK
_SHORTEST, _LONGEST = 40, 400


def anchor_at(text: str, start: int, end: int) -> dict[str, Any]:
    """Return an anchor of the words of text[start:end] from `start` on: as many as no other place has.

    Where even many words are repeated, it also has the number of their places and which of them it is.
    """
    words = ""
    for word in re.finditer(r"\S+\s*", text[start:end]):
        words += word[0]
        if len(words) >= _SHORTEST and len(_places(words, text)) == 1:
            break
        if len(words) >= _LONGEST:
            break
    words = words.strip()
    places = _places(words, text)
    at = sum(place < (start, 0) for place in places)
    return {"words": words, "place": at, "places": len(places)}


def find_anchor(anchor: dict[str, Any], text: str) -> tuple[int, int] | None:
    """Return the place of the anchor's words in `text`; None if they are not there, or not that often.

    White space may differ, and a character may be masked. Words that are wholly masked are the first such.
    """
    places = _places(anchor["words"], text)
    is_masked = not anchor["words"].strip(f"{_MASKS} \n")
    if len(places) == 1 or (places and is_masked):
        return places[0]
    return places[anchor["place"]] if places and len(places) == anchor["places"] else None


def _places(words: str, text: str) -> list[tuple[int, int]]:
    pattern = "".join(
        # White space can be masked too, character for character.
        rf"(?:\s+|[{_MASKS}]{{{len(part)}}})"
        if part.isspace()
        else "".join(f"[{re.escape(letter)}{_MASKS}]" for letter in part)
        for part in re.findall(r"\s+|\S+", words.strip())
    )
    return [match.span() for match in re.finditer(pattern, text)] if pattern else []


def anchor_before(text: str, start: int, end: int) -> dict[str, Any]:
    """Return an anchor of the last words of text[start:end]."""
    first = max(start, end - _SHORTEST)
    while first > start and not text[first - 1].isspace():
        first -= 1
    return anchor_at(text, first, end)
