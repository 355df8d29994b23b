"""Running heads, feet and page numbers of a PDF: lines that several pages have in the same place."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.documents.heads import CLOSED, is_page_number, says_page
from minutes.documents.pdf_lines import Line

# Parts of the page's height in which heads and feet are printed
_HEAD = 0.3
_FOOT = 0.2
# Within this part of the height two pages are enough.
_EDGE = 0.13
_FEWEST_PAGES = 3
# Heads of one kind are this near in points.
_SAME_PLACE = 6
# More lines are text that is on several pages.
_MOST_LINES = 10
# A head is in one place; text that is in several is a heading.
_SHARE_IN_PLACE = 0.7
_DIGITS = re.compile(r"\d+")
# "Punkt 3", "Sag nr. 4": numbers that may run as pages do
_ITEM = re.compile(r"\b(?:punkt|pkt|sag|sagsnr|nr|bilag)\b", re.IGNORECASE)


class _Place(NamedTuple):
    page: int
    line: int  # its index on the page
    baseline: float
    text: str


@dataclass(slots=True)
class PageLines:
    """Lines of a page in reading order, and the furniture taken out of them, from top to bottom."""

    lines: list[Line]
    width: float
    height: float
    heads: list[Line] = field(default_factory=list)
    feet: list[Line] = field(default_factory=list)


def take_out_furniture(pages: Sequence[PageLines]) -> None:
    """Move running heads, feet and page numbers of `pages` from `lines` to `heads` and `feet`."""
    repeated = _repeated(pages)
    for number, page in enumerate(pages):
        order = sorted(range(len(page.lines)), key=lambda index: page.lines[index].baseline)
        furniture = repeated[number] | _beside_numbers(page, number)
        heads = _from_edge(order, furniture)
        feet = _from_edge([index for index in reversed(order) if index not in heads], furniture)
        page.heads = [page.lines[index] for index in order if index in heads]
        page.feet = [page.lines[index] for index in order if index in feet]
        page.lines = [line for index, line in enumerate(page.lines) if index not in heads | feet]


def _beside_numbers(page: PageLines, number: int) -> set[int]:
    """Return the lines beside one at the page's edge that says its number: "Byrådet" and "Side 1"."""
    heights = [
        line.baseline
        for line in page.lines
        if says_page(line.text) == number + 1
        and is_page_number(line.text)
        and min(line.baseline, page.height - line.baseline) < _EDGE * page.height
    ]
    return {
        index
        for index, line in enumerate(page.lines)
        if any(abs(line.baseline - height) < 1 for height in heights[:_MOST_LINES])
        and not CLOSED.search(line.text)
    }


def letters(text: str) -> str:
    """Return what a head or foot says besides numbers."""
    return " ".join(_DIGITS.sub("", text).casefold().split())


def _from_edge(order: Iterable[int], repeated: set[int]) -> set[int]:
    """Return the lines from the edge of a page to the first that is not repeated; none if they are many."""
    lines: set[int] = set()
    for index in order:
        if index not in repeated:
            break
        lines.add(index)
    return lines if len(lines) <= _MOST_LINES else set()


def _repeated(pages: Sequence[PageLines]) -> list[set[int]]:
    """Return, for each page, the indexes of the lines that other pages have in the same place."""
    groups: dict[tuple[bool, str], list[_Place]] = defaultdict(list)
    inside: set[str] = set()  # forms of lines that are within pages too
    for number, page in enumerate(pages):
        for index, line in enumerate(page.lines):
            above = line.baseline <= _HEAD * page.height
            form = f"{line.left:.0f} {line.size:.0f} {line.bold} {_DIGITS.sub('#', line.text)}"
            if not above and line.baseline < (1 - _FOOT) * page.height:
                inside.add(form)
            elif not CLOSED.search(line.text):
                place = line.baseline if above else line.baseline - page.height
                groups[above, form].append(_Place(number, index, place, line.text))
    repeated: list[set[int]] = [set() for _ in pages]
    for (_, form), places in groups.items():
        if form in inside:
            continue
        for near in _near(places):
            if len(near) < _SHARE_IN_PLACE * len(places) and not is_page_number(near[0].text):
                continue
            for furniture in _furniture(near, pages):
                repeated[furniture.page].add(furniture.line)
    return repeated


def _near(places: Sequence[_Place]) -> list[list[_Place]]:
    """Divide places by their height on the page."""
    groups: list[list[_Place]] = []
    for place in sorted(places, key=lambda place: place.baseline):
        if groups and place.baseline - groups[-1][-1].baseline <= _SAME_PLACE:
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _furniture(places: Sequence[_Place], pages: Sequence[PageLines]) -> Iterable[_Place]:
    """Return those of the places that are furniture: of equal text, or with the page's number."""
    text = places[0].text
    if is_page_number(text) and (
        says_page(text) or _counts_pages(places) or all(_is_own_number(place, pages) for place in places)
    ):
        return places
    with_number = _DIGITS.search(text) and not _ITEM.search(text) and _counts_pages(places)
    if with_number or says_page(text):
        if _on_enough_pages(places, pages):
            return places
        return [
            place for place in places if _is_at_edge(place, pages) and says_page(place.text) == place.page + 1
        ]
    equal: dict[str, list[_Place]] = defaultdict(list)
    for place in places:
        equal[place.text].append(place)
    return [place for group in equal.values() if _on_enough_pages(group, pages) for place in group]


def _is_own_number(place: _Place, pages: Sequence[PageLines]) -> bool:
    """Return True for the number of a page at its very edge, alone or before that of all pages."""
    numbers = [int(digits) for digits in _DIGITS.findall(place.text)]
    return _is_at_edge(place, pages) and numbers in ([place.page + 1], [place.page + 1, len(pages)])


def _is_at_edge(place: _Place, pages: Sequence[PageLines]) -> bool:
    return abs(place.baseline) < _EDGE * pages[place.page].height


def _on_enough_pages(places: Sequence[_Place], pages: Sequence[PageLines]) -> bool:
    """Return True for places on at least half of the pages from the first to the last of them."""
    numbers = {place.page for place in places}
    if len(numbers) >= _FEWEST_PAGES:
        return 2 * len(numbers) > max(numbers) - min(numbers)
    height = pages[places[0].page].height
    return (
        len(numbers) == 2
        and len(pages) <= _FEWEST_PAGES
        and all(abs(place.baseline) <= _EDGE * height for place in places)
    )


def _counts_pages(places: Sequence[_Place]) -> bool:
    """Return True if every number in the texts is the same on all pages, or grows by one a page."""
    if len({place.page for place in places}) < 2:
        return False
    rows = [[int(digits[:9]) for digits in _DIGITS.findall(place.text)] for place in places]
    return all(
        len(set(column)) == 1
        or len({number - place.page for number, place in zip(column, places, strict=True)}) == 1
        for column in zip(*rows, strict=True)
    )
