"""Text whose line ends were lost → rows: lines are cut where evidence says that another line began.

The text of a PDF viewer has a page, or the whole document, in one paragraph: "… Godkendt. 4. Sti langs åen
Sagsnr. 12/33 Sagsfremstilling Kommunen ejer …". A paragraph is cut at labels, headings, case numbers and
running item numbers, and only in a document that has most of its headings inside of lines; ordinary text has
each on a line of its own.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from minutes.reader.joints import Cut, Numbers, joints
from minutes.reader.marks import HEAD_OF_DOCUMENT, ITEMS, Mark, marks_of
from minutes.reader.phrases import HEADINGS, Phrase, Row, phrases_by_row
from minutes.reader.words import WORDS

# The shortest line that can be several lines joined.
_SHORTEST_FLAT = 60
# Marks that a document must have inside of its lines before any is cut, and a line of it.
_FEWEST_IN_DOCUMENT = 3
_FEWEST_IN_ROW = 2
_LONGEST_TITLE = 250

_LEADING_PAGE = re.compile(r"(\d{1,3}) (?=[A-ZÆØÅ\d])")
_FIGURES = re.compile(r"\d+")
_LONGEST_HEAD = 120
_MOST_WORDS = 8
_FEWEST_WORDS = 2
_FEWEST_PAGES = 3
_MUNICIPALITY = re.compile(r"\b(?:Kommune|KOMMUNE) (?=[A-ZÆØÅ])")
# A sentence behind a title without a full stop: "4. Sti langs åen Godkendt.", "5. Havnen Rådet drøftede …"
_OPENINGS = "|".join(sorted({phrase.capitalize() for phrase in WORDS.decisions.openings}))
_SENTENCE_OPENS = (
    "Der|Det|De|Vi|Rådet|Udvalget|Byrådet|Kommunalbestyrelsen|Bestyrelsen|Formanden|Referatet|Dagsordenen|"
    "Forvaltningen|Administrationen|Orienteringen|Alle|Ingen bemærkninger"
)
_BEHIND_TITLE = re.compile(
    r"(?<=[\wæøå)”] )(?<!\bfra )(?<!\btil )(?<!\bog )(?<!\baf )(?<!\bfor )(?<!\bi )(?<!\bom )(?<!\bved )"
    rf"(?:{_OPENINGS}|{_SENTENCE_OPENS}|(?:Intet|Ingen)(?=\.))(?=[.,; ]|$)"
)
_SHORTEST_TITLE = 9
# The full stop behind a title: "4. Sti langs åen. Beslutning: …"
_TITLE_STOP = re.compile(r"(?<=[a-zæøå)\d])\.\s*\Z")


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
    flat = _flat_marks(text, rows, phrases, numbers)
    for number, marks in flat.items():
        if cuts.get(number) != [Cut(rows[number].start, furniture=True)]:
            cuts.setdefault(number, []).extend(_cuts(text, rows[number], marks))
    for number, head in _page_heads(text, rows, flat):
        cuts.setdefault(number, []).extend(head)
    if not cuts:
        return rows
    return [piece for number, row in enumerate(rows) for piece in _pieces(text, row, cuts.get(number))]


def _pieces(text: str, row: Row, cuts: Sequence[Cut] | None) -> Iterator[Row]:
    if not cuts:
        yield row
        return
    gaps = {cut.at for cut in cuts if cut.gap}
    furniture = {cut.at for cut in cuts if cut.furniture}
    places = sorted({row.start, *(cut.at for cut in cuts)})
    for start, end in zip(places, [*places[1:], row.end], strict=True):
        if text[start:end].strip():
            yield Row(start, end, start in gaps, start in furniture)


def _flat_marks(
    text: str, rows: Sequence[Row], phrases: dict[int, list[Phrase]], numbers: Numbers
) -> dict[int, list[Mark]]:
    """Return the marks at which lines are to be cut, by row; none unless the document is flat."""
    on_own_line, inside_phrases = _headings_on_lines(text, rows, phrases)
    if inside_phrases < _FEWEST_IN_ROW or inside_phrases <= on_own_line:
        return {}
    marks = _marks_by_row(text, rows, phrases, numbers)
    certain = {number: _certain_inside(rows[number], row_marks) for number, row_marks in marks.items()}
    inside = sum(certain.values())
    if inside < _FEWEST_IN_DOCUMENT or inside <= 2 * on_own_line:
        return {}
    loose = {mark.number for row_marks in marks.values() for mark in row_marks if mark.kind == "loose"}
    marks = {number: list(_in_run(row_marks, loose)) for number, row_marks in marks.items()}
    flat = {number: marks[number] for number in marks if certain[number] >= _FEWEST_IN_ROW}
    length = sum(rows[number].end - rows[number].start for number in flat)
    return marks if flat and 2 * length > len(text) else flat


def _marks_by_row(
    text: str, rows: Sequence[Row], phrases: dict[int, list[Phrase]], numbers: Numbers
) -> dict[int, list[Mark]]:
    """Return the marks of the lines that are long enough to be several."""
    marks = {}
    last = 0
    for number, row in enumerate(rows):
        if row.end - row.start < _SHORTEST_FLAT:
            continue
        row_marks = marks_of(text, row, phrases.get(number, []), numbers, last)
        last = next((numbers.at(mark.start) for mark in reversed(row_marks) if mark.kind in ITEMS), last)
        if row_marks:
            marks[number] = row_marks
    return marks


def _certain_inside(row: Row, marks: Sequence[Mark]) -> int:
    return sum(mark.certain and mark.start > row.start for mark in marks)


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


def _cuts(text: str, row: Row, marks: Sequence[Mark]) -> Iterator[Cut]:
    """Yield the cuts: before marks, behind headings, and between a title and its decision."""
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start if after else row.end
        behind = list(_behind(text, mark, end, followed=after is not None))
        yield from behind
        if mark.start > row.start:
            gap = mark.kind in ("heading", "item", "end") or any(cut.gap for cut in behind)
            yield Cut(mark.start, gap, furniture=mark.kind == "page")
        if mark.alone and mark.end < row.end:
            yield Cut(mark.end)
    if row.start < HEAD_OF_DOCUMENT:
        end = min(marks[0].start if marks else row.end, row.start + HEAD_OF_DOCUMENT)
        yield from (Cut(match.end()) for match in _MUNICIPALITY.finditer(text, row.start, end))


def _behind(text: str, mark: Mark, end: int, *, followed: bool) -> Iterator[Cut]:
    """Yield the cut between a title or a list of names and the sentence behind it, or a title's full stop."""
    if mark.kind not in ITEMS and not mark.names:
        return
    zone = min(end, mark.end + _LONGEST_TITLE)
    sentence = _BEHIND_TITLE.search(text, mark.end + _SHORTEST_TITLE, zone)
    if sentence:
        yield Cut(sentence.start(), gap=True)
    elif followed and mark.kind == "item" and end == zone and text.find(". ", mark.end + 4, end - 2) < 0:
        stop = _TITLE_STOP.search(text, end - 3, end)
        if stop:
            yield Cut(stop.start(), furniture=True)


def _page_heads(text: str, rows: Sequence[Row], flat: Iterable[int]) -> Iterator[tuple[int, list[Cut]]]:
    """Yield the cuts behind the number and the words that flat pages begin with; both are furniture."""
    heads: dict[int, list[str]] = {}
    places: dict[int, int] = {}
    for number in flat:
        row = rows[number]
        leading = _LEADING_PAGE.match(text, row.start, row.end)
        places[number] = leading.end() if leading else row.start
        heads[number] = text[places[number] : min(places[number] + _LONGEST_HEAD, row.end)].split(" ")[
            :_MOST_WORDS
        ]
        if leading:
            yield number, [Cut(row.start, furniture=True), Cut(leading.end())]
    begins = Counter(
        tuple(_FIGURES.sub("#", word) for word in words[:length])
        for words in heads.values()
        for length in range(_FEWEST_WORDS, len(words) + 1)
    )
    common = {begin for begin, times in begins.items() if times >= _FEWEST_PAGES and 2 * times > len(heads)}
    if not common:
        return
    longest = max(common, key=lambda begin: (len(begin), begin))
    for number, words in heads.items():
        if tuple(_FIGURES.sub("#", word) for word in words[: len(longest)]) == longest:
            end = places[number] + len(" ".join(words[: len(longest)]))
            yield number, [Cut(places[number], furniture=True), Cut(end)]
