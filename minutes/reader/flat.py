"""Text whose line ends were lost → rows: lines are cut where evidence says that another line began.

The text of a PDF viewer has a page, or the whole document, in one paragraph: "… Godkendt. 4. Sti langs åen
Sagsnr. 12/33 Sagsfremstilling Kommunen ejer …". A paragraph is cut at labels, headings, case numbers and
running item numbers, and only in a document that has most of its headings inside of lines; ordinary text has
each on a line of its own.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from minutes.reader.flat_titles import Listed, listed_titles
from minutes.reader.joined_lists import joined_lists
from minutes.reader.joints import Cut, Numbers, joints
from minutes.reader.list_parts import parts_of_list
from minutes.reader.marks import ACCESS_NUMBER_AHEAD, HEAD_OF_DOCUMENT, ITEMS, NAMED_NUMBER, Mark, marks_of
from minutes.reader.page_marks import page_feet
from minutes.reader.phrases import AMBIGUOUS, HEADINGS, Phrase, Row, phrases_by_row
from minutes.reader.tables import tables_in
from minutes.reader.title_ends import TitleEnds
from minutes.reader.viewer_pages import Page, viewer_pages

# The shortest line that can be several lines joined.
_SHORTEST_FLAT = 60
# Marks that a document must have inside of its lines before any is cut, and a line of it.
_FEWEST_IN_DOCUMENT = 3
_FEWEST_IN_ROW = 2

# "4 Havneudvalget, 05-09-2011", "2/3 Havneudvalget den 5.9.2011"
_LEADING_PAGE = re.compile(r"(\d{1,3}(?:/\d{1,3})?) (?=[A-ZÆØÅ\d])")
# "1 : Godkendelse", "12. Budget": no head of a page
_NUMBER_OF_ITEM = re.compile(r"(?:Sag |Nr\.? ?)?\d{1,4}\s?[.:)·–-]")
# The end of a sentence before a title
_STOP = re.compile(r"[a-zæøå)]{3}\. (?=[A-ZÆØÅ])")
_FIGURES = re.compile(r"\d+")
_LONGEST_HEAD = 120
_LONGEST_TITLE = 200
_LONGEST_AHEAD = 15
_MOST_WORDS = 8
_FEWEST_WORDS = 2
_FEWEST_PAGES = 3
_MUNICIPALITY = re.compile(r"\b(?:Kommune|KOMMUNE) (?=[A-ZÆØÅ])")
# "… Udvalg for Havet | Skærby Fritidscenter": a place behind a name in a header
_PLACE = re.compile(
    r"(?<=[a-zæøå]{3} )(?<! i )(?<!på )(?<!ved )[A-ZÆØÅ][a-zæøå]+ "
    r"(?:[Rr]ådhus|[Kk]ulturhus|[Ff]ritidscenter|[Mm]edborgerhus|[Ss]kole|[Bb]ibliotek|[Ff]orsamlingshus)\b"
)
# "REGION NORDSKOV | REGIONSRÅDET | Onsdag den 9. april"
_BODY_IN_CAPITALS = re.compile(
    r"(?<=[A-ZÆØÅ] )[A-ZÆØÅ]{2,}(?:RÅDET|UDVALGET|STYRELSEN)(?= (?:Man|Tirs|Ons|Tors|Fre|Lør|Søn)dag)"
)
# "… Per Holm Åben Punkt 1. Budget"
_ACCESS = re.compile(r"(?<= )(?:Åbent?|Lukket) \Z")

# The marks of a row, by its number and the number of the item above it.
MarksAt = dict[tuple[int, int], list[Mark]]


def rows_of(text: str) -> list[Row]:
    """Return the lines of `text`; those that are several lines joined are cut, blank ones stay."""
    rows = []
    start = 0
    for line in text.replace("\f", "\n").split("\n"):
        rows.append(Row(start, start + len(line)))
        start += len(line) + 1
    phrases = phrases_by_row(text, rows)
    numbers = Numbers(text, rows)
    cuts = joints(text, rows, phrases, numbers)
    for number, list_cuts in joined_lists(text, rows, phrases, numbers):
        cuts.setdefault(number, []).extend(list_cuts)
    pages = viewer_pages(text, rows)
    flat = _flat_marks(text, rows, phrases, numbers, pages)
    flat = _with_listed_titles(text, rows, flat, {page.row for page in pages})
    title_ends = TitleEnds(text) if flat else None
    for number, marks in flat.items():
        if title_ends and cuts.get(number) != [Cut(rows[number].start, furniture=True)]:
            cuts.setdefault(number, []).extend(_cuts(text, rows[number], marks, title_ends))
    for page in pages:
        edges = [Cut(rows[page.row].start, furniture=True), Cut(page.start)]
        if page.end < rows[page.row].end:
            edges.append(Cut(page.end, furniture=True))
        cuts.setdefault(page.row, []).extend(edges)
    for number, head in _page_heads(text, rows, flat):
        cuts.setdefault(number, []).extend(head)
    tables = tables_in(text, rows)
    cuts |= tables.cuts
    if not cuts:
        return rows
    return [
        piece
        for number, row in enumerate(rows)
        for piece in _pieces(text, row, cuts.get(number), tables.separators.get(number, ""))
    ]


def _pieces(text: str, row: Row, cuts: Sequence[Cut] | None, separator: str) -> Iterator[Row]:
    if not cuts:
        yield row
        return
    cells = {cut.at: cut.cell for cut in cuts if cut.cell}
    gaps = {cut.at for cut in cuts if cut.gap}
    furniture = {cut.at for cut in cuts if cut.furniture}
    listed = {cut.at for cut in cuts if cut.listed}
    places = sorted({row.start, *(cut.at for cut in cuts)})
    for start, end in zip(places, [*places[1:], row.end], strict=True):
        # The bars of a table are no words.
        if text[start:end].strip(f" \t{'|' if separator else ''}"):
            marks = (start in gaps, start in furniture, start in listed, cells.get(start, ""))
            yield Row(start, end, *marks, separator)


def _flat_marks(
    text: str,
    rows: Sequence[Row],
    phrases: dict[int, list[Phrase]],
    numbers: Numbers,
    pages: Sequence[Page],
) -> dict[int, list[Mark]]:
    """Return the marks at which lines are to be cut, by row; none unless the document is flat.

    The pages of a viewer are flat, whatever they contain.
    """
    if pages:
        marks = _marks_by_row(text, rows, phrases, numbers, {page.row for page in pages})
        loose = _loose_numbers(marks)
        rows_of_pages = {page.row for page in pages} | set(marks)
        return {number: list(_in_run(marks.get(number, ()), loose)) for number in sorted(rows_of_pages)}
    on_own_line, inside_phrases = _headings_on_lines(text, rows, phrases)
    if inside_phrases < _FEWEST_IN_ROW or inside_phrases <= on_own_line:
        return {}
    marks_at: MarksAt = {}
    marks = _marks_by_row(text, rows, phrases, numbers, marks_at=marks_at)
    certain = {number: _certain_inside(rows[number], row_marks) for number, row_marks in marks.items()}
    inside = sum(certain.values())
    if inside < _FEWEST_IN_DOCUMENT or inside <= 2 * on_own_line:
        return {}
    loose = _loose_numbers(marks)
    marks = {number: list(_in_run(row_marks, loose)) for number, row_marks in marks.items()}
    flat = {number: marks[number] for number in marks if certain[number] >= _FEWEST_IN_ROW}
    length = sum(rows[number].end - rows[number].start for number in flat)
    if not flat or 2 * length <= len(text):
        return flat
    # The short lines of a flat document are paragraphs too: "10. Salg af grund Sagsnr. 13/8870".
    marks = _marks_by_row(text, rows, phrases, numbers, range(len(rows)), marks_at=marks_at)
    return {number: list(_in_run(row_marks, loose)) for number, row_marks in marks.items()}


def _marks_by_row(
    text: str,
    rows: Sequence[Row],
    phrases: dict[int, list[Phrase]],
    numbers: Numbers,
    pages: Container[int] = (),
    *,
    marks_at: MarksAt | None = None,
) -> dict[int, list[Mark]]:
    """Return the marks of the lines that are long enough to be several, or that are pages.

    Those in `marks_at` are not looked for again, and it gets the new ones.
    """
    marks = {}
    marks_at = {} if marks_at is None else marks_at
    last = 0
    long = {
        number: row
        for number, row in enumerate(rows)
        if row.end - row.start >= _SHORTEST_FLAT or number in pages
    }
    feet = [Mark(start, end, "page", alone=True) for start, end in page_feet(text, list(long.values()))]
    for number, row in long.items():
        row_marks = marks_at.get((number, last))
        if row_marks is None:
            row_marks = marks_of(text, row, phrases.get(number, []), numbers, last)
            marks_at[number, last] = row_marks
        last = next((numbers.at(mark.start) for mark in reversed(row_marks) if mark.kind in ITEMS), last)
        at = slice(bisect_left(feet, (row.start,)), bisect_left(feet, (row.end,)))
        if row_feet := feet[at]:
            row_marks = sorted([*row_feet, *(mark for mark in row_marks if not _overlaps(mark, row_feet))])
        if row_marks:
            marks[number] = row_marks
    return marks


def _certain_inside(row: Row, marks: Sequence[Mark]) -> int:
    return sum(mark.certain and mark.start > row.start for mark in marks)


def _loose_numbers(marks: dict[int, list[Mark]]) -> set[int]:
    return {mark.number for row_marks in marks.values() for mark in row_marks if mark.kind == "loose"}


def _with_listed_titles(
    text: str, rows: Sequence[Row], flat: dict[int, list[Mark]], pages: set[int]
) -> dict[int, list[Mark]]:
    """Return the marks with those of the contents list and of its titles over items, where there are any."""
    numbers = sorted(number for number in flat if not pages or number in pages)
    if not numbers:
        return flat
    anchors = sorted(
        mark.start
        for marks in flat.values()
        for mark in marks
        if (mark.kind in ("case", "heading") and not _can_open_title(text, mark))
        or (mark.kind == "label" and mark.certain)
    )
    listed = listed_titles(text, [rows[number] for number in numbers], anchors)
    if listed is None:
        return flat
    added = sorted(_listed_marks(text, [rows[number] for number in numbers], listed))
    shown = set(_missing_numbers(flat, listed))
    return flat | {
        number: _merged(
            flat[number], [mark for mark in added if row.start <= mark.start < row.end], listed, shown
        )
        for number in numbers
        for row in (rows[number],)
    }


def _can_open_title(text: str, mark: Mark) -> bool:
    """Return True if a heading can be the beginning of a title: "6. Høring: Vandplan"."""
    words = text[mark.start : mark.end].strip(" :").lower()
    return mark.kind == "heading" and words in AMBIGUOUS and text[mark.end - 1] == ":"


def _listed_marks(text: str, rows: Sequence[Row], listed: Listed) -> Iterator[Mark]:
    """Yield the marks of the list's heading and parts, and of the titles over items."""
    if listed.behind > listed.start:
        yield Mark(listed.start, listed.columns, "title", certain=True, alone=True)
        if listed.behind > listed.columns:
            yield Mark(listed.columns, listed.behind, "page", alone=True)
    for begin, stop, is_shown, is_sure in parts_of_list(text, rows, listed):
        yield Mark(begin, stop, "entry" if is_shown else "page", certain=is_sure, alone=True)
    for title in listed.titles:
        access = _ACCESS.search(text, max(0, title.begin - 10), title.begin)
        if access:
            yield Mark(access.start(), access.end(), "label", alone=True)
        ahead = ACCESS_NUMBER_AHEAD.search(text, max(0, title.begin - _LONGEST_AHEAD), title.begin)
        begin = ahead.start() if ahead else title.begin
        yield Mark(begin, title.end, "title_of_item", certain=True, alone=True)


def _missing_numbers(flat: dict[int, list[Mark]], listed: Listed) -> Iterator[Mark]:
    """Yield the numbers that are missing between the titles around them: 4 behind "3. Sti" and before 5."""
    titles = [(title.begin, title.number) for title in listed.titles if title.number]
    taken = {number for _, number in titles}
    for marks in flat.values():
        for mark in marks:
            if mark.kind != "number" or mark.number in taken:
                continue
            at = bisect_left(titles, (mark.start, 0))
            before = titles[at - 1][1] if at else 0
            after = titles[at][1] if at < len(titles) else before + 2
            if before < mark.number < after and (mark.number - 1 == before or mark.number + 1 == after):
                yield mark


def _merged(
    marks: Sequence[Mark], added: Sequence[Mark], listed: Listed, shown: Container[Mark]
) -> list[Mark]:
    """Return the marks without those inside of the list, of its titles, or of numbers without evidence."""
    left = [
        mark
        for mark in marks
        if not (listed.start <= mark.start < listed.end)
        and (mark.kind != "number" or mark in shown)
        and not _overlaps(mark, added)
    ]
    # What says that the items below it were closed is a line of its own in the list too.
    left += [mark for mark in marks if mark.kind == "group" and listed.start <= mark.start < listed.end]
    return sorted({*left, *added})


def _overlaps(mark: Mark, others: Sequence[Mark]) -> bool:
    """Return True if a mark is inside of one of `others`, which are in order, or around its beginning."""
    at = bisect_left(others, (mark.start + 1,))
    before = at > 0 and others[at - 1].end > mark.start
    return before or (at < len(others) and others[at].start < mark.end)


def _in_run(marks: Sequence[Mark], numbers: set[int]) -> Iterator[Mark]:
    """Yield the marks without loose numbers that do not run on, the others as items."""
    for mark in marks:
        if mark.kind != "loose":
            yield mark
        elif mark.number - 1 in numbers or mark.number + 1 in numbers:
            yield mark._replace(kind="item", number=0)


def _headings_on_lines(text: str, rows: Sequence[Row], phrases: dict[int, list[Phrase]]) -> tuple[int, int]:
    """Return the number of headings on their own lines, and of labels and headings inside of long lines."""
    alone = inside = 0
    for number, row_phrases in phrases.items():
        row = rows[number]
        first = row_phrases[0]
        if first.words in HEADINGS and not text[row.start : first.start].strip():
            alone += text[first.end : row.end].lstrip()[:1] in ("", ":")
        if row.end - row.start >= _SHORTEST_FLAT:
            inside += len(row_phrases) - (first.start == row.start)
    return alone, inside


def _cuts(text: str, row: Row, marks: Sequence[Mark], title_ends: TitleEnds) -> Iterator[Cut]:
    """Yield the cuts: before marks, behind headings, and between a title and its decision."""
    if not marks:
        return
    done = row.start
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start if after else row.end
        behind = [] if _is_title_before_case(text, mark, after) else list(title_ends.behind(mark, end, after))
        yield from behind
        if mark.kind == "item" and mark.end - mark.start > 1 and not text[mark.end : end].strip():
            yield from _title_above(text, done, mark.start)
        done = mark.end
        if mark.start > row.start:
            gap = _is_apart(mark, after) or any(cut.gap for cut in behind)
            is_listed = mark.kind == "entry" and mark.certain
            yield Cut(mark.start, gap, furniture=mark.kind == "page", listed=is_listed)
        if mark.alone and mark.end < row.end:
            yield Cut(mark.end)
        if mark.in_row and text[mark.end - 1] != ":":
            yield Cut(mark.end, gap=True)
    if row.start < HEAD_OF_DOCUMENT:
        yield from _head_cuts(text, row, marks)


def _is_title_before_case(text: str, mark: Mark, after: Mark | None) -> bool:
    """Return True if a case number in brackets ends a title: "Pkt. 4. Støtte til klubben. (Sag 99/28) …"."""
    if mark.kind not in ITEMS or after is None or after.kind != "case":
        return False
    return text[after.start] == "(" and after.start - mark.end <= _LONGEST_TITLE


def _title_above(text: str, start: int, end: int) -> Iterator[Cut]:
    """Yield the cut before a title that is above its number: "… godkendt. | Sti langs åen Sag nr. 4"."""
    stops = [stop.end() for stop in _STOP.finditer(text, max(start, end - _LONGEST_HEAD), end)]
    if stops:
        yield Cut(stops[-1], gap=True)


def _is_apart(mark: Mark, after: Mark | None) -> bool:
    """Return True if an empty line was above a mark: a heading, an item, the case number above its title."""
    if mark.kind == "case":
        # "… Godkendt. 02.34.02-P19-12-20 132. Budget"
        return after is not None and after.kind in ITEMS and mark.end + 2 > after.start
    return mark.kind in ("heading", "item", "title_of_item", "entry", "end", "group")


def _head_cuts(text: str, row: Row, marks: Sequence[Mark]) -> Iterator[Cut]:
    """Yield the cuts at municipalities, places and bodies in the head of the document."""
    first = next((mark.start for mark in marks if mark.kind != "title"), row.end)
    end = min(first, row.start + HEAD_OF_DOCUMENT)
    yield from (Cut(match.end()) for match in _MUNICIPALITY.finditer(text, row.start, end))
    yield from (Cut(match.start()) for match in _PLACE.finditer(text, row.start, end))
    for match in _BODY_IN_CAPITALS.finditer(text, row.start, end):
        yield from (Cut(match.start()), Cut(match.end()))


def _page_heads(text: str, rows: Sequence[Row], flat: Iterable[int]) -> Iterator[tuple[int, list[Cut]]]:
    """Yield the cuts behind the number and the words that flat pages begin with; both are furniture."""
    heads: dict[int, list[str]] = {}
    places: dict[int, int] = {}
    fewest = _FEWEST_PAGES
    for number in flat:
        row = rows[number]
        leading = _LEADING_PAGE.match(text, row.start, row.end)
        fewest -= bool(leading and "/" in leading[1] and fewest == _FEWEST_PAGES)
        places[number] = leading.end() if leading else row.start
        if leading:
            yield number, [Cut(row.start, furniture=True), Cut(leading.end())]
        if NAMED_NUMBER.match(text, places[number]) or _NUMBER_OF_ITEM.match(text, places[number]):
            continue
        heads[number] = text[places[number] : min(places[number] + _LONGEST_HEAD, row.end)].split(" ")[
            :_MOST_WORDS
        ]
    begins = Counter(
        tuple(_FIGURES.sub("#", word) for word in words[:length])
        for words in heads.values()
        for length in range(_FEWEST_WORDS, len(words) + 1)
    )
    common = {begin for begin, times in begins.items() if times >= fewest and 2 * times > len(heads)}
    if not common:
        return
    longest = max(common, key=lambda begin: (len(begin), begin))
    for number, words in heads.items():
        if tuple(_FIGURES.sub("#", word) for word in words[: len(longest)]) == longest:
            end = places[number] + len(" ".join(words[: len(longest)]))
            yield number, [Cut(places[number], furniture=True), Cut(end)]
