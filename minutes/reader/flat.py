"""Text whose line ends were lost → rows: lines are cut where evidence says that another line began.

The text of a PDF viewer has a page, or the whole document, in one paragraph: "… Godkendt. 4. Sti langs åen
Sagsnr. 12/33 Sagsfremstilling Kommunen ejer …". A paragraph is cut at labels, headings, case numbers and
running item numbers, and only in a document that has most of its headings inside of lines; ordinary text has
each on a line of its own.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.dates import DATE
from minutes.reader.joints import Cut, Numbers, joints
from minutes.reader.phrases import AMBIGUOUS, HEADINGS, LISTS, TITLES, WANT_COLON, Phrase, Row, phrases_by_row
from minutes.reader.words import WORDS

# The shortest line that can be several lines joined.
_SHORTEST_FLAT = 60
# Marks that a document must have inside of its lines before any is cut, and a line of it.
_FEWEST_IN_DOCUMENT = 4
_FEWEST_IN_ROW = 2
_SENTENCE_ENDS = frozenset('.!?:;)”"»…')
# How far behind a number its case number or first heading is.
_NEAR = 250
_HEAD_OF_DOCUMENT = 500
_ITEMS = ("item", "number")
_LONGEST_TITLE = 250

# "Sagsnr.: 12/33", "J.nr. 05.01", "Åben sag", "Lukket punkt"
_CASE = re.compile(
    r"(?:Sags(?:nr\.?|nummer|id\.?|behandler)|J\. ?nr\.?|Journalnr\.?|Dok\. ?nr\.?|Initialer)(?: ?:|(?= \d))"
    r"|(?:Åben|Åbent|Lukket) (?:sag|punkt)(?= |$)|Mødet (?:sluttede|slut|hævet|hævedes)\b"
)
# "Punkt 3: Budget", "Pkt. 42 Sti", "SAG NR. 4 - Havn"
_NAMED_NUMBER = re.compile(
    r"(?:Punkt|PUNKT|Pkt\.|Sag|Sag nr\.|SAG NR\.|Nr\.) ?(?P<number>\d{1,4})\b[.:]?(?= ?[A-ZÆØÅ–:-])"
)
_POINT = r"(?:,? (?:pkt\.|[Pp]unkt) \d{1,4})?:?"
# "Beslutning i Byrådet den 03-11-2015, pkt. 4:", "Beslutning Teknisk Udvalg den 4. maj 2010"
_OF_BODY = re.compile(rf" (?:(?:i|fra|for) )?[A-ZÆØÅ][^.:;\d]{{2,80}}?,? (?:den |d\. ?)?{DATE}{_POINT}")
# "Økonomiudvalgets beslutning den 04.12.2012 Punkt 1"
_BODYS_DECISION = re.compile(rf"s (?:beslutning|møde) (?:den |d\. ?)?{DATE}{_POINT}")
_BODY_NAME = re.compile(r"(?:[A-ZÆØÅ][a-zæøå]+-?(?:, | og |,? og for | for | ))*[A-ZÆØÅ][\wæøåÆØÅ-]+$")
# "Havnen...12", "Budget .... iv"
_LEADER = re.compile(r"(?<!\.)\.{3,} ?(?:\d{1,3}|[ivx]{1,5})(?=\s|$)")
_PAGE = re.compile(r"Side (?:\d{1,3}(?: (?:af|/) \d{1,3})?|[ivx]{1,5})(?=\s|$)")
_LEADING_PAGE = re.compile(r"(\d{1,3}) (?=[A-ZÆØÅ\d])")
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
# Labels that are no word of a sentence with a capital: "… Rådhuset Starttidspunkt Kl. 15"
_CERTAIN_LABELS = ("møde", "starttid", "sluttid")
# The full stop behind a title: "4. Sti langs åen. Beslutning: …"
_TITLE_STOP = re.compile(r"(?<=[a-zæøå)\d])\.\s*\Z")
# Words that a heading in mid-sentence belongs to: "jf. Indstilling", "og Økonomi"
_GOES_ON = re.compile(r"\b(?:og|i|til|under|fra|ved|på|af|om|for|den|det|en|et|jf\.?)$", re.IGNORECASE)


class _Mark(NamedTuple):
    """A label, heading, case number or item number inside of a line.

    `certain` when it can only be the beginning of a line; `alone` when what follows it is on the next.
    """

    start: int
    end: int
    kind: str
    certain: bool = False
    alone: bool = False


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
    for number, marks in _flat_marks(text, rows, phrases, numbers).items():
        cuts.setdefault(number, []).extend(_cuts(text, rows[number], marks))
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
) -> dict[int, list[_Mark]]:
    """Return the marks at which lines are to be cut, by row; none unless the document is flat."""
    on_own_line, inside_phrases = _headings_on_lines(text, rows, phrases)
    if inside_phrases < _FEWEST_IN_ROW or inside_phrases <= on_own_line:
        return {}
    marks = {}
    inside = last = 0
    for number, row in enumerate(rows):
        if row.end - row.start < _SHORTEST_FLAT:
            continue
        row_marks = _marks_of(text, row, phrases.get(number, []), numbers, last)
        last = next((numbers.at(mark.start) for mark in reversed(row_marks) if mark.kind in _ITEMS), last)
        certain = sum(mark.certain and mark.start > row.start for mark in row_marks)
        inside += certain
        if row_marks:
            marks[number] = (row_marks, certain)
    if inside < _FEWEST_IN_DOCUMENT or inside <= 2 * on_own_line:
        return {}
    flat = {number: row_marks for number, (row_marks, certain) in marks.items() if certain >= _FEWEST_IN_ROW}
    if not flat:
        return {}
    length = sum(rows[number].end - rows[number].start for number in flat)
    if 2 * length > len(text):
        flat = {number: row_marks for number, (row_marks, _) in marks.items()}
    return flat


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


def _marks_of(text: str, row: Row, phrases: Sequence[Phrase], numbers: Numbers, last: int) -> list[_Mark]:
    """Return the marks of a line, in order, none inside of another."""
    marks = [
        _Mark(match.start(), match.end(), "case", certain=True)
        for match in _CASE.finditer(text, row.start, row.end)
    ]
    marks += _decisions_of_bodies(text, row)
    behind = -1  # where the last mark ends
    for phrase in phrases:
        mark = _phrase_mark(text, row, phrase, behind)
        if mark:
            marks.append(mark)
            behind = mark.end
    marks += [*_item_marks(text, row, numbers, marks, last), *_named_item_marks(text, row, marks)]
    marks += _page_marks(text, row)
    return list(_apart(sorted(marks)))


def _apart(marks: Sequence[_Mark]) -> Iterator[_Mark]:
    end = -1
    for mark in marks:
        if mark.start >= end:
            yield mark
            end = mark.end


def _phrase_mark(text: str, row: Row, phrase: Phrase, behind: int) -> _Mark | None:
    """Return the mark of a label or heading that begins a line. `behind`: where the mark before it ends."""
    start, end, words = phrase
    ahead = text[max(row.start, start - 40) : start].rstrip()
    opens = (
        not ahead
        or ahead[-1] in _SENTENCE_ENDS
        or ahead[-1].isdigit()
        or len(text[behind:start].strip()) == 0
    )
    if words in TITLES:
        return _title_mark(text, row, phrase)
    if words.startswith("beslutning") and (of_body := _OF_BODY.match(text, end, row.end)):
        return _Mark(start, of_body.end(), "heading", certain=True, alone=True)
    after = text[end : min(end + 3, row.end)].lstrip()
    colon = after[:1] == ":"
    follows = after[:1].isupper() or after[:1] in '"“”»(•–-'
    heading = words in HEADINGS
    end += text[end : end + 2].find(":") + 1
    if words in WANT_COLON and not heading:
        return _Mark(start, end, "label", certain=True) if colon else None
    if not colon and not (opens and (follows or not after)):
        is_name = (
            _GOES_ON.search(ahead) or words in AMBIGUOUS or not (heading or words.startswith(_CERTAIN_LABELS))
        )
        if is_name or not after[:1].isupper():
            return None
    if not heading or (words in LISTS and colon):
        return _Mark(start, end, "heading" if heading else "label", certain=True)
    return _Mark(start, end, "heading", certain=colon or (opens and words not in AMBIGUOUS), alone=True)


def _title_mark(text: str, row: Row, phrase: Phrase) -> _Mark | None:
    """Return the mark of "REFERAT" in the head of the document, or of a contents list."""
    start, end, words = phrase
    after = text[end : min(end + 2, row.end)].strip()
    if words == "indholdsfortegnelse":
        end += len(" Side") if text.startswith(" Side ", end) else 0
        return _Mark(start, end, "title", certain=True, alone=True)
    if end > _HEAD_OF_DOCUMENT or (after and not after[:1].isupper() and not after[:1].isdigit()):
        return None
    return _Mark(start, end, "title", alone=bool(after[:1].isupper()))


def _decisions_of_bodies(text: str, row: Row) -> Iterator[_Mark]:
    """Yield the headings that name a body and a day: "Økonomiudvalgets beslutning den 04.12.2012 Punkt 1"."""
    for match in _BODYS_DECISION.finditer(text, row.start, row.end):
        begin = max(row.start, match.start() - 90)
        name = _BODY_NAME.search(text[begin : match.start()])
        if name:
            yield _Mark(begin + name.start(), match.end(), "heading", certain=True, alone=True)


def _anchors(marks: Sequence[_Mark]) -> list[int]:
    """Return where case numbers and headings are: what is under an item's title."""
    return sorted(mark.start for mark in marks if mark.kind in ("case", "heading"))


def _item_marks(text: str, row: Row, numbers: Numbers, around: Sequence[_Mark], last: int) -> Iterator[_Mark]:
    """Yield the item numbers of a line: those that run on, at a sentence's end or before a case or heading.

    Others count where they are missing: 15 behind 14, 1 before 2. `last` is the last number of the lines
    above, `around` the other marks of the line.
    """
    anchors = _anchors(around)
    ends = {mark.end for mark in around if mark.alone}
    places = [
        (start, number)
        for start, number in numbers.between(row.start, row.end)
        if numbers.runs(number) and not numbers.is_reference(start) and text[start - 1 : start] not in "/-,("
    ]
    marks: list[_Mark | None] = []
    afters = [*(start for start, _ in places[1:]), row.end]
    for (start, _), after in zip(places, afters if places else (), strict=True):
        ahead = text[max(row.start, start - 40) : start].rstrip()
        supported = _is_within(anchors, start, min(after, start + _NEAR))
        opens = not ahead or ahead[-1] in _SENTENCE_ENDS or bool(_LEADER.search(ahead)) or start - 1 in ends
        kind = "item" if supported else "number"
        marks.append(_Mark(start, start, kind, opens and supported) if opens or supported else None)
    following = 0
    is_before_next = []
    for mark, (_, number) in zip(reversed(marks), reversed(places), strict=True):
        is_before_next.append(number + 1 == following)
        following = number if mark else following
    for mark, (start, number), before_next in zip(marks, places, reversed(is_before_next), strict=True):
        if mark or number - 1 == last or before_next:
            yield mark or _Mark(start, start, "number")
            last = number


def _named_item_marks(text: str, row: Row, around: Sequence[_Mark]) -> Iterator[_Mark]:
    """Yield "Punkt 3" where a sentence ended before it, or a case number or heading follows."""
    anchors = _anchors(around)
    for match in _NAMED_NUMBER.finditer(text, row.start, row.end):
        start = match.start()
        ahead = text[max(row.start, start - 40) : start].rstrip()
        if not ahead or ahead[-1] in _SENTENCE_ENDS or _is_within(anchors, start, start + _NEAR):
            yield _Mark(start, match.end(), "item", certain=True)


def _is_within(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end


def _page_marks(text: str, row: Row) -> Iterator[_Mark]:
    for match in _PAGE.finditer(text, row.start, row.end):
        if match.end() >= row.end - 1 or match.start() <= row.start + 4:
            yield _Mark(match.start(), match.end(), "page", alone=True)
    for match in _LEADER.finditer(text, row.start, row.end):
        yield _Mark(match.end(), match.end(), "leader")


def _cuts(text: str, row: Row, marks: Sequence[_Mark]) -> Iterator[Cut]:
    """Yield the cuts: before marks, behind headings, and between a title and its decision."""
    for mark, after in zip(marks, [*marks[1:], None], strict=True):
        end = after.start if after else row.end
        behind = (
            list(_behind_title(text, mark, end, followed=after is not None)) if mark.kind in _ITEMS else []
        )
        yield from behind
        if mark.start > row.start:
            gap = mark.kind in ("heading", "item") or any(cut.gap for cut in behind)
            yield Cut(mark.start, gap, furniture=mark.kind == "page")
        if mark.alone and mark.end < row.end:
            yield Cut(mark.end)
    leading = _LEADING_PAGE.match(text, row.start, row.end)
    if leading and not any(mark.start == row.start for mark in marks):
        yield Cut(row.start, furniture=True)
        yield Cut(leading.end())
    if row.start < _HEAD_OF_DOCUMENT:
        end = min(marks[0].start if marks else row.end, row.start + _HEAD_OF_DOCUMENT)
        yield from (Cut(match.end()) for match in _MUNICIPALITY.finditer(text, row.start, end))


def _behind_title(text: str, mark: _Mark, end: int, *, followed: bool) -> Iterator[Cut]:
    """Yield the cut between an item's title and a sentence behind it, or the title's full stop."""
    zone = min(end, mark.end + _LONGEST_TITLE)
    sentence = _BEHIND_TITLE.search(text, mark.end + _SHORTEST_TITLE, zone)
    if sentence:
        yield Cut(sentence.start(), gap=True)
    elif followed and mark.kind == "item" and end == zone and text.find(". ", mark.end + 4, end - 2) < 0:
        stop = _TITLE_STOP.search(text, end - 3, end)
        if stop:
            yield Cut(stop.start(), furniture=True)
