"""Reads the fields of a vendor's XML."""

from datetime import datetime

from lxml.etree import _Element as Element

_TIME = "%d-%m-%Y %H:%M:%S"


def text_at(element: Element, path: str) -> str:
    """Return the text of the element at `path`, without white space around it; "" if there is none."""
    return (element.findtext(path) or "").strip()


def time_at(element: Element, path: str) -> datetime | None:
    """Return the time at `path`, as clocks showed it: "04-12-2012 13:00:00"; None if there is none."""
    try:
        return datetime.strptime(text_at(element, path), _TIME)
    except ValueError:
        return None
