"""Numbers and bullets of lists in HTML, as a browser prints them."""

import re
from collections.abc import Iterator

from lxml import etree

from minutes.documents.composing import BULLET
from minutes.documents.numbers import printed_number

_TYPES = {"a": "a", "A": "A", "i": "i", "I": "I"}
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal-leading-zero": "01",
    "decimal": "1",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]{1,30})", re.IGNORECASE)
_UNMARKED = frozenset({"list-unstyled", "unstyled", "list-group", "list-inline"})
_INTEGER = re.compile(r"\s*(-?\d{1,9})\s*")


def labelled_items(element: etree._Element) -> Iterator[tuple[etree._Element, str | None]]:
    """Yield what is in a list with its number or bullet: "" for none, None for what is no item."""
    step = -1 if element.get("reversed") is not None else 1
    number = _integer(element.get("start"))
    if number is None:
        number = 1 if step > 0 else sum(child.tag == "li" for child in element)
    for child in element:
        if child.tag != "li":
            yield child, None
            continue
        value = _integer(child.get("value"))
        number = number if value is None else value
        yield child, _label(element, child, number)
        number += step


def _label(element: etree._Element, item: etree._Element, number: int) -> str:
    style = _style(item) or _style(element)
    if style == "none" or not _UNMARKED.isdisjoint((element.get("class") or "").split()):
        return ""
    if style in _STYLES:
        return f"{printed_number(number, _STYLES[style])}."
    if element.tag == "ol" and not style:
        form = _TYPES.get(item.get("type") or element.get("type") or "", "1")
        return f"{printed_number(number, form)}."
    return BULLET


def _style(element: etree._Element) -> str:
    style = _STYLE.search(element.get("style") or "")
    return style[1].casefold() if style else ""


def _integer(text: str | None) -> int | None:
    match = _INTEGER.fullmatch(text or "")
    return int(match[1]) if match else None
