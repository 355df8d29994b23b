"""Lists of items in one paragraph: "1. Godkendelse af dagsorden 2. Budget 3. Eventuelt"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from minutes.reader.flat_titles import COLUMNS, LAST_NUMBER
from minutes.reader.glued_contents import entries_of
from minutes.reader.joints import Cut, Numbers
from minutes.reader.phrases import HEADINGS, Phrase, Row

_FEWEST = 4
_FEWEST_HEADS = 2
_SHORTEST_ROW = 60
_LONGEST_TITLE = 250


def joined_lists(
    text: str, rows: Sequence[Row], phrases: dict[int, list[Phrase]], numbers: Numbers
) -> Iterator[tuple[int, list[Cut]]]:
    """Yield the rows above the first heading of a section that are such lists, with the cuts in them."""
    headings = [
        index
        for index, row_phrases in phrases.items()
        if row_phrases[0].words in HEADINGS and row_phrases[0].start == rows[index].start
    ]
    last_heading = max(headings, default=-1)
    for index, row in enumerate(rows[: min(headings, default=len(rows))]):
        if row.end - row.start < _SHORTEST_ROW:
            continue
        places = numbers.between(row.start, row.end)
        if len(places) >= _FEWEST and _is_list(text, row, places):
            yield index, [Cut(place) for place, _ in places[1:]]
        elif index > last_heading and (columns := _behind_columns(text, row)):
            yield index, list(_cuts_in_table(text, row, columns))


def _behind_columns(text: str, row: Row) -> int:
    """Return where the heads of columns end that a row begins with: "Pkt. Tekst Side 1 Budget"; 0 without."""
    columns = COLUMNS.match(text, row.start, row.end)
    words = columns[0].split() if columns else []
    if not columns or len(words) < _FEWEST_HEADS:
        return 0
    number = LAST_NUMBER.search(text, row.start, columns.end())
    return number.start() if number else columns.end()


def _cuts_in_table(text: str, row: Row, start: int) -> Iterator[Cut]:
    """Yield the cuts around the entries of a table in one line; what is between them is furniture."""
    entries = entries_of(text, [(start, row.end)])
    if not any(entry.is_sure for entry in entries):
        return
    yield Cut(row.start, furniture=True)
    for entry in entries:
        yield Cut(entry.start, gap=True, furniture=not entry.is_sure, listed=entry.is_sure)
        if entry.end < row.end:
            yield Cut(entry.end, furniture=True)


def _is_list(text: str, row: Row, places: Sequence[tuple[int, int]]) -> bool:
    """Return True if a row begins with a number, its numbers follow each other, and are before titles."""
    if text[row.start : places[0][0]].strip():
        return False
    begins = [place for place, _ in places]
    titles = [text[begin:end].strip() for begin, end in pairwise([*begins, row.end])]
    return all(after - before == 1 for (_, before), (_, after) in pairwise(places)) and all(
        len(title) <= _LONGEST_TITLE and title[-1] not in ".,;:" for title in titles
    )
