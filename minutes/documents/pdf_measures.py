"""The usual measures of a PDF: the distance of lines, and the edges of columns."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from minutes.documents.pdf_lines import Line, Row
from minutes.documents.pdf_sentences import marks_within

# Space between words, in parts of the size
_SPACE = 0.28
_NARROWEST = 0.2
_USUAL_LEADING = 1.25
_LEADINGS = (0.9, 2.2)
_WIDEST_LEADING = 1.6
# The right edge of a column is one that so many lines, and this share of them, reach within so many points.
_NEAR = 20
_FEWEST_LINES = 4
_FEWEST_SHARE = 0.08
# In a contents list: "Budget 2021 ....... 4"
_LEADER = "..."
# Lines that end before this part of the usual edge are short ones.
_NARROW = 0.7
# Text in the left half only is the first of two columns if this share of the lines nearly reach its edge.
_COLUMN, _COLUMN_SHARE, _FEWEST_ALONE = (0.48, 0.55), 0.2, (3, 0.07)
# Text is narrower than the page if no line that goes on in small letters comes nearer to the edge, in points.
_BESIDE = 50
_FEWEST_WRAPPED = 2
# Heads and titles over several columns are at most this share of the rows.
_MOST_BEYOND = 0.2
# Lines of a paragraph are at most so much further apart than lines usually are.
_SLACK = 1.12
# Slack of lines where as many end as are wrapped: few wrapped lines end a sentence or precede a capital.
_NAME, _STOP = 0.3, 0.15
_LEAST, _MOST_NAME, _MOST_STOP = 0.1, 0.35, 1.0
# Wrapped and ended lines that are assumed before any is seen
_PRIOR = (4, 8)
# Weight of the whole document, in ended lines, against those of a block
_OWN = 4
# Full lines in a row, and labels and entries within them, of text that flows
_FEWEST_FLOWING, _FEWEST_MARKS, _MARKS_SHARE = 3, 2, 0.25
# A line of a heading is so much larger than the text.
_LARGER = 1.08


class Slack(NamedTuple):
    """The part of the width that a wrapped line leaves empty at most.

    `name` is that of a line before a capital or number of its sentence, `stop` that of one that ends with a
    sentence.
    """

    name: float
    stop: float


USUAL_SLACK = Slack(0.2, 1.0)


@dataclass(slots=True)
class Measures:
    """Leading in parts of the size, and the left and right edges of columns, by page and column.

    `slacks` are those of wrapped lines, by block. `body` is the size of most text; bold lines are headings
    where `bold_tells`.
    """

    leading: float
    slacks: list[Slack] = field(default_factory=list)
    body: float = 0.0
    bold_tells: bool = False
    edges: dict[tuple[int, int], float] = field(default_factory=dict)
    lefts: dict[tuple[int, int], float] = field(default_factory=dict)

    def edge(self, row: Row) -> float:
        """Return the right edge of the text that a row is of; a row over several columns has its own."""
        return max(self.edges[row.page, row.column], row.right)

    def width(self, row: Row) -> float:
        return max(self.edge(row) - self.lefts[row.page, row.column], 1.0)

    def stands_out(self, line: Line) -> bool:
        """Return True for a line that is printed as headings are."""
        return (line.bold and self.bold_tells) or self.is_larger(line.size)

    def is_larger(self, size: float) -> bool:
        """Return True for the size of a heading."""
        return size > _LARGER * self.body > 0


def measure(rows: Sequence[Row], widths: Sequence[float]) -> Measures:
    """Return the measures of a document whose pages have these widths."""
    measures = Measures(_USUAL_LEADING)
    _measure_weight(rows, measures)
    _measure_columns(rows, widths, measures)
    measures.leading = _leading(rows, measures)
    measures.slacks = _slacks(rows, measures)
    return measures


def _measure_weight(rows: Sequence[Row], measures: Measures) -> None:
    sizes: Counter[float] = Counter()
    bold = 0
    for line in (line for row in rows for cell in row.cells for line in cell):
        sizes[half_points(line.size)] += len(line.text)
        bold += line.bold * len(line.text)
    measures.body = sizes.most_common(1)[0][0] if sizes else 0.0
    # Where most of the text is bold, bold says nothing.
    measures.bold_tells = 2 * bold < sizes.total()


def half_points(size: float) -> float:
    """Return a size in half points."""
    return round(2 * size) / 2


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
        right = columns.get((page, column + 1), ())
        start = min((row.left for row in right), default=0.0)
        beside = [row for row in _below(members, right) if _LEADER not in row.last.text] or members
        left, own = measures.lefts[page, column], max(row.right for row in beside)
        if own <= start:
            width = measures.edges[page, column + 1] - start
            measures.edges[page, column] = max(own, min(start, left + width))
            divided[round(left)] = measures.edges[page, column]
        else:
            alone.append((page, column))
    for key in alone:
        edge = divided.get(round(measures.lefts[key]))
        beyond = sum(row.right > edge + 1 for row in columns[key]) if edge is not None else 0
        if edge is not None and beyond <= _MOST_BEYOND * len(columns[key]):
            measures.edges[key] = edge


def _below(rows: Sequence[Row], others: Sequence[Row]) -> Sequence[Row]:
    """Return the rows without those above all of the others: a head or title over several columns."""
    top = min((row.top for row in others), default=0.0)
    return [row for row in rows if row.top >= top] or rows


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
    if _COLUMN[0] * usual <= outer <= _COLUMN[1] * usual and _is_column(near, outer, ordered):
        return outer
    if len(wrapped) >= _FEWEST_WRAPPED and max(wrapped) < edge - _BESIDE:
        return max(right for right in ordered if right <= max(wrapped) + _NEAR)
    return edge


def _is_column(near: int, outer: float, rights: Sequence[float]) -> bool:
    """Return True if `near` lines end near the edge of a column; few are enough if none goes beyond it."""
    fewest, share = _FEWEST_ALONE if rights[0] <= outer else (_FEWEST_LINES, _COLUMN_SHARE)
    return near >= max(fewest, share * len(rights))


def _leading(rows: Sequence[Row], measures: Measures) -> float:
    """Return the distance of the baselines of wrapped lines, in parts of the size."""
    certain: Counter[float] = Counter()
    wrapped: Counter[float] = Counter()
    others: Counter[float] = Counter()
    for above, below in pairwise(rows):
        if (above.page, above.column) != (below.page, below.column) or len(above.cells) > 1:
            continue
        ratio = round((below.top - above.bottom) / max(above.size, 1), 2)
        if _LEADINGS[0] <= ratio <= _LEADINGS[1]:
            if not fills(above.last, below.first, measures.edge(above)):
                others[ratio] += 1
            elif below.first.text[0].islower():
                certain[ratio] += 1
            else:
                wrapped[ratio] += 1
    for counter in (certain, wrapped, others):
        if counter:
            most = max(counter.values())
            leading = min(ratio for ratio, count in counter.items() if 3 * count >= most)
            # Where no line is certainly wrapped, wide distance is that of paragraphs.
            return leading if counter is certain else min(leading, _WIDEST_LEADING)
    return _USUAL_LEADING


def is_near(above: Row, row: Row, leading: float) -> bool:
    """Return True for rows of a column that are no further apart than lines of a paragraph."""
    same_column = (above.page, above.column) == (row.page, row.column)
    return same_column and 0 < row.top - above.bottom <= _SLACK * leading * max(above.size, 1) + 0.5


def _slacks(rows: Sequence[Row], measures: Measures) -> list[Slack]:
    """Return the slack of wrapped lines of each block, by how many lines are certainly wrapped or end.

    A line that ends anywhere seems full by chance, the more often the more slack is allowed. Of lines that
    end without a stop, those of the same block say more than those of the document.
    """
    wrapped: Counter[int] = Counter()
    ended: Counter[int] = Counter()
    runs: list[list[Row]] = [[]]
    for above, below in pairwise(rows):
        is_one_cell = len(above.cells) == len(below.cells) == 1
        is_same_column = (above.page, above.column) == (below.page, below.column)
        below.block = above.block + (is_same_column and not is_near(above, below, measures.leading))
        is_full = is_one_cell and fills(above.last, below.first, measures.edge(above))
        if is_full and below.block == above.block:
            runs[-1].append(above)
        elif runs[-1]:
            runs.append([])
        if is_one_cell and is_near(above, below, measures.leading):
            ended[above.block] += not is_full
            wrapped[above.block] += is_full and below.first.text[0].islower()
    _mark_flowing(runs)
    usual = (wrapped.total() + _PRIOR[0]) / (ended.total() + _PRIOR[1])
    stop = min(max(_STOP * usual, _LEAST), _MOST_STOP)
    own = (
        (wrapped[block] + _OWN * usual) / (ended[block] + _OWN)
        for block in range(rows[-1].block + 1 if rows else 0)
    )
    return [Slack(min(max(_NAME * ratio, _LEAST), _MOST_NAME), stop) for ratio in own]


def _mark_flowing(runs: Sequence[Sequence[Row]]) -> None:
    """Mark the lines of text whose paragraphs were lost before it was printed.

    Such text is in runs of full lines, with labels and entries within the lines.
    """
    flowing = [run for run in runs if _flows(run)]
    if 2 * sum(map(len, flowing)) > sum(map(len, runs)):
        flowing = list(runs)
    for row in (row for run in flowing for row in run):
        row.flows = True


def _flows(run: Sequence[Row]) -> bool:
    if len(run) < _FEWEST_FLOWING:
        return False
    marks = sum(marks_within(row.last.text) for row in run)
    return marks >= max(_FEWEST_MARKS, _MARKS_SHARE * len(run))


def fills(line: Line, following: Line, edge: float) -> bool:
    """Return True if the first word of the following line had no place behind `line`."""
    word = following.words[0]
    gaps = [after.left - before.right for before, after in pairwise(line.words)]
    space = min(max(min(gaps), _NARROWEST * line.size), _SPACE * line.size) if gaps else _SPACE * line.size
    return line.right + space + (word.right - word.left) > edge - 0.5
