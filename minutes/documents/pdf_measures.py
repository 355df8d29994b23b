"""The usual measures of a PDF: the distance of lines, and the edges of columns."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from minutes.documents.pdf_lines import Line, Row

# Space between words, in parts of the size
_SPACE = 0.28
_NARROWEST = 0.2
_USUAL_LEADING = 1.25
_LEADINGS = (0.9, 2.2)
# The right edge of a column is one that so many lines, and this share of them, reach within so many points.
_NEAR = 20
_FEWEST_LINES = 4
_FEWEST_SHARE = 0.08
# Lines that end before this part of the usual edge are short ones.
_NARROW = 0.7
# Text is narrower than the page if no line that goes on in small letters comes nearer to the edge, in points.
_BESIDE = 50
_FEWEST_WRAPPED = 2


@dataclass(slots=True)
class Measures:
    """Leading in parts of the size, and the left and right edges of columns, by page and column."""

    leading: float
    edges: dict[tuple[int, int], float] = field(default_factory=dict)
    lefts: dict[tuple[int, int], float] = field(default_factory=dict)

    def edge(self, row: Row) -> float:
        return self.edges[row.page, row.column]

    def width(self, row: Row) -> float:
        return max(self.edge(row) - self.lefts[row.page, row.column], 1.0)


def measure(rows: Sequence[Row], widths: Sequence[float]) -> Measures:
    """Return the measures of a document whose pages have these widths."""
    measures = Measures(_USUAL_LEADING)
    _measure_columns(rows, widths, measures)
    measures.leading = _leading(rows, measures)
    return measures


def _measure_columns(rows: Sequence[Row], widths: Sequence[float], measures: Measures) -> None:
    """Find the edges of columns: those side by side by themselves, others over all pages of a width."""
    columns: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in rows:
        columns[row.page, row.column].append(row)
    rights: dict[int, list[float]] = defaultdict(list)
    for (page, _), members in columns.items():
        rights[round(widths[page])] += [row.right for row in members]
    wrapped = _ends_of_sentences_that_go_on(rows, widths)
    margins = {width: _margin(rows, widths, width) for width in rights}
    edges = {
        width: _outer(values, width - margins[width], wrapped[width]) for width, values in rights.items()
    }
    for key, members in columns.items():
        measures.lefts[key] = min(row.left for row in members)
        measures.edges[key] = edges[round(widths[key[0]])]
    _measure_columns_side_by_side(columns, measures)


def _measure_columns_side_by_side(
    columns: Mapping[tuple[int, int], Sequence[Row]], measures: Measures
) -> None:
    """Find the right edge of every column that has another beside it, or that has one on other pages."""
    divided: dict[int, float] = {}
    alone: list[tuple[int, int]] = []
    for (page, column), members in columns.items():
        left, own = measures.lefts[page, column], max(row.right for row in members)
        right = columns.get((page, column + 1), ())
        start = min((row.left for row in right), default=0.0)
        if own <= start:
            width = measures.edges[page, column + 1] - start
            measures.edges[page, column] = max(own, min(start, left + width))
            divided[round(left)] = measures.edges[page, column]
        else:
            alone.append((page, column))
    for key in alone:
        edge = divided.get(round(measures.lefts[key]))
        if edge is not None and all(row.right <= edge + 1 for row in columns[key]):
            measures.edges[key] = edge


def _margin(rows: Sequence[Row], widths: Sequence[float], width: int) -> float:
    return min(row.left for row in rows if round(widths[row.page]) == width)


def _ends_of_sentences_that_go_on(rows: Sequence[Row], widths: Sequence[float]) -> dict[int, list[float]]:
    """Return the right edges of lines without a stop, above a line that begins with a small letter."""
    ends: dict[int, list[float]] = defaultdict(list)
    for above, below in pairwise(rows):
        text = above.last.text
        same_column = (above.page, above.column) == (below.page, below.column)
        if same_column and len(above.cells) == 1 and text[-1].isalpha() and below.first.text[0].islower():
            ends[round(widths[above.page])].append(above.right)
    return ends


def _outer(rights: Sequence[float], usual: float, wrapped: Sequence[float]) -> float:
    """Return the right edge that several lines nearly reach, else the `usual` one of equal margins."""
    ordered = sorted(rights, reverse=True)
    outer = next((right for right, following in pairwise(ordered) if right - following <= _NEAR), ordered[0])
    near = sum(outer - _NEAR <= right <= outer for right in ordered)
    is_reached = near >= max(_FEWEST_LINES, _FEWEST_SHARE * len(ordered)) and outer > _NARROW * usual
    edge = outer if is_reached else max(ordered[0], usual)
    if len(wrapped) >= _FEWEST_WRAPPED and max(wrapped) < edge - _BESIDE:
        return max(right for right in ordered if right <= max(wrapped) + _NEAR)
    return edge


def _leading(rows: Sequence[Row], measures: Measures) -> float:
    """Return the distance of the baselines of wrapped lines, in parts of the size."""
    wrapped: Counter[float] = Counter()
    others: Counter[float] = Counter()
    for above, below in pairwise(rows):
        if (above.page, above.column) != (below.page, below.column) or len(above.cells) > 1:
            continue
        ratio = round((below.top - above.bottom) / max(above.size, 1), 2)
        if _LEADINGS[0] <= ratio <= _LEADINGS[1]:
            counter = wrapped if fills(above.last, below.first, measures.edge(above)) else others
            counter[ratio] += 1
    for counter in (wrapped, others):
        if counter:
            most = max(counter.values())
            return min(ratio for ratio, count in counter.items() if 3 * count >= most)
    return _USUAL_LEADING


def fills(line: Line, following: Line, edge: float) -> bool:
    """Return True if the first word of the following line had no place behind `line`."""
    word = following.words[0]
    gaps = [after.left - before.right for before, after in pairwise(line.words)]
    space = min(max(min(gaps), _NARROWEST * line.size), _SPACE * line.size) if gaps else _SPACE * line.size
    return line.right + space + (word.right - word.left) > edge - 0.5
