"""Lines that were joined without a blank: "Sagsfremstilling2. Budget", "Godkendt.Bilag", "UdvalgÆldreråd"."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.phrases import AMBIGUOUS, HEADINGS, LABELS, LISTS, TITLES, Phrase, Row
from minutes.reader.words import WORDS, pattern

# "31. Godkendelse", "4) Budget"
_NUMBER = re.compile(r"(\d{1,3})[.)] ?(?=[A-ZÆØÅ\"”(])")
# The mark behind a number, which is rarer than figures
_MARK = re.compile(r"[.)](?<=\d[.)]) ?(?=[A-ZÆØÅ\"”(])")
_LONGEST_NUMBER = 3
# "mødet den 14. oktober 2016" and "143. Godkendelse" behind it
_YEAR_AHEAD = re.compile(r"(?<!\d)(?:19|20)\d\d(?=\d{1,3}\Z)")
_YEAR_BEFORE = re.compile(r"(?<!\d)(?:19|20)\d\d\Z")
_LONGEST_FIGURES = 8
# What a number belongs to that is no item's: "jf. nr. 3. Udvalget", "stk. 4. Rådet"
_NO_ITEM = re.compile(
    r"(?:\b(?:ad|nr|pkt|stk|kap|art|kl|d|den|bilag|punkt|side|fase|etape|lokalplan)\.?|§|,"
    r"|\b(?:og|eller|til|på|af|for|i|med)) ?$",
    re.IGNORECASE,
)
_FIRST = re.compile(r"\d{1,3}[.:)]? ?[A-ZÆØÅ]|[A-ZÆØÅ][a-zæøå]")
_LAST_WORD = re.compile(r"[a-zæøå]{3}")
_INDENT = 8
# "protokollen fra den 20. oktober 2014." ahead of "Beslutning"
_YEAR_ENDS = re.compile(r"\b(?:19|20)\d\d\.\Z")
_SENTENCE = re.compile(" [A-ZÆØÅ]")
# "1. GodkendelseKlik her for at folde ud og læse mere om Godkendelse"
_LINK = re.compile(r"(?<=[a-zæøå.)])Klik (?:her )?for at ")
_LONGEST_VALUE = 80
# The second cell of a row that is text, not another column's heading
_SHORTEST_TEXT = 40
_DECIDES = re.compile(pattern(WORDS.decisions.openings), re.IGNORECASE)
# "134Budget for 2014Sagsnr. 14/9022Bilag (1)": a case number between a title and a count of files
_GLUED_CASE = re.compile(r"(?<=[a-zæøå)\d])(?=(?:Sagsnr|Sagsid|J\.nr)\b\.? ?:? ?\d)")
_BEHIND_CASE = re.compile(r"Sagsnr\.? ?:? ?[\d/.-]*\d(?=Bilag\b)")
# "… sagens behandling.Sag nr. 93": the number over the next title
_GLUED_NUMBER = re.compile(r"(?<=[.!?a-zæøå)])(?=(?:Sag nr\.|Punkt|Pkt\.) \d{1,4}\.?[ \t]*$)", re.MULTILINE)
_NUMBER_ALONE = re.compile(r"^(?:Sag nr\.|Punkt|Pkt\.) \d{1,4}\.?[ \t]*$", re.MULTILINE)
_FEWEST_ALONE = 2
# "UdskrivSagsid.: 19/30839": a link before a label
_PRINT_LINK = re.compile(r"Udskriv(?=Sags?(?:id|nr)\b)")
# "… blev godkendtAd 2. MeddelelserRådet har …": items joined to the text around them
_AD = re.compile(r"(?<=[a-zæøå.!?)])Ad \d{1,2}\. ?(?=[A-ZÆØÅ])")
_FEWEST_AD = 2
_GLUED_CAPITAL = re.compile(r"(?<=[a-zæøå\d])(?=[A-ZÆØÅ][a-zæøå])")
_LONGEST_TITLE = 150
_JOINS = frozenset(WORDS.pages.title_joins)
# Tags of HTML that end a line, where some are left in a text
_TAG = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|h[1-6]|hr|center)(?: [^<>\n]{0,200})? ?/?>", re.IGNORECASE)
# A PDF viewer's page has the title twice; only behind "Download" it has all figures.
_VIEWER_TITLE = re.compile(r'^Download "(.{4,400})"[ \t]*$', re.MULTILINE)
# "2. Godkendelse af dagsorden", "Nr. 78 - Budget": a page with one item has its title as the document's
_ITEM_AS_TITLE = re.compile(r"(?:(?:Nr|Pkt|Punkt|Sag)\.? ?)?\d{1,4}(?:[.:)]| -) ?[A-ZÆØÅ]")
_HEAD_OF_DOCUMENT = 2000
_SHORTEST_TITLE = 12
# "Byrådet. Mødet den 3. maj 2010. Kl. 17.00. Salen": the lines of the title are joined with full stops.
_STOP_IN_TITLE = re.compile(r"(?:[a-zæøå]{3}|[A-ZÆØÅ]{3}|\d{4}|\d[.:]\d\d)\. (?=[A-ZÆØÅ])")


# "Godkendt. Til top": a link behind the last sentence
_LINK_LAST = re.compile(
    r"(?<=[.!?a-zæøå)]) (?=(?:Til top(?:pen)?|Tilbage til top(?:pen)?)[ \t]*$)", re.MULTILINE
)
# "Godkendt | Fraværende: Ida Krog"
DECIDED = re.compile(
    r"(?:godkendt|tiltrådt|vedtaget|drøftet|udsat|anbefales|til efterretning)\.? ?\Z", re.IGNORECASE
)
_LONGEST_DECIDED = 20


class Cut(NamedTuple):
    """A place where a line begins; `gap`: an empty line was above it; `furniture`: it is of the page.

    `listed`: it is an entry of a contents list whose titles come again. `cell`: "item" or "decision".
    """

    at: int
    gap: bool = False
    furniture: bool = False
    listed: bool = False
    cell: str = ""


class Numbers:
    """Numbers before a capital, as items have them: "4. Sti langs åen"."""

    def __init__(self, text: str, rows: Sequence[Row]) -> None:
        self._text = text
        self.places = list(_numbers(text))
        self._all = {number for _, number in self.places}
        starts = [row.start for row in rows]
        self.first = set()  # those that begin a line
        self.glued = []  # those that follow a letter or full stop without a blank
        for start, number in self.places:
            row_start = starts[bisect_right(starts, start) - 1]
            before = text[start - 1 : start]
            if start - row_start < _INDENT and not text[row_start:start].strip():
                self.first.add(number)
            elif self._is_glued(start, before) and not self.is_reference(start):
                self.glued.append((start, number))

    def _is_glued(self, start: int, before: str) -> bool:
        """Return True if a sentence, a word or a year is right before the number at `start`."""
        if before.isdecimal():
            return _YEAR_BEFORE.search(self._text, max(start - 5, 0), start) is not None
        return before in ".!?)" or _LAST_WORD.match(self._text, start - 3) is not None

    def runs(self, number: int) -> bool:
        """Return True if the text has a number before or after this one too."""
        return number - 1 in self._all or number + 1 in self._all

    def at(self, start: int) -> int:
        """Return the number at `start`; 0 when it is none before a capital."""
        match = _NUMBER.match(self._text, start)
        return int(match[1]) if match else 0

    def is_reference(self, start: int) -> bool:
        """Return True if the number at `start` belongs to the words before it: "stk. 4"."""
        return bool(_NO_ITEM.search(self._text, max(start - 12, 0), start))

    def between(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the (place, number) of those in text[start:end]."""
        return self.places[bisect_left(self.places, (start, 0)) : bisect_left(self.places, (end, 0))]


def _numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the place and the value of each number before a capital."""
    for mark in _MARK.finditer(text):
        start = end = mark.start()
        while start > max(end - _LONGEST_NUMBER, 0) and text[start - 1].isdecimal():
            start -= 1
        year = _YEAR_AHEAD.search(text, max(end - _LONGEST_FIGURES, 0), end)
        if year:
            start = year.end()
        if start < 2 or text[start - 1] != "." or not text[start - 2].isdecimal():  # "00.01.00.A00"
            yield start, int(text[start:end])


def joints(
    text: str, rows: Sequence[Row], phrases: dict[int, list[Phrase]], numbers: Numbers
) -> dict[int, list[Cut]]:
    """Return the places where lines were joined without a blank, by row."""
    cuts: dict[int, list[Cut]] = {}
    for number, row_phrases in phrases.items():
        row = rows[number]
        for phrase in row_phrases:
            if row_cuts := list(_around(text, row, phrase)):
                cuts.setdefault(number, []).extend(row_cuts)
    starts = [row.start for row in rows]
    runs = numbers.first | {number for _, number in numbers.glued}
    for start, number in numbers.glued:
        if number - 1 in runs or number + 1 in runs:
            cuts.setdefault(bisect_right(starts, start) - 1, []).append(Cut(start, gap=True))
    for cut in _by_form(text):
        cuts.setdefault(bisect_right(starts, cut.at) - 1, []).append(cut)
    title = _VIEWER_TITLE.search(text, 0, _HEAD_OF_DOCUMENT)
    if title:
        cuts.setdefault(bisect_right(starts, title.start()) - 1, []).extend(_in_viewer_title(text, title))
        if text[rows[0].start : rows[0].end].strip()[:_SHORTEST_TITLE] == title[1][:_SHORTEST_TITLE]:
            cuts[0] = [Cut(rows[0].start, furniture=True)]
    return cuts


def _by_form(text: str) -> Iterator[Cut]:
    """Yield the cuts around links, tags and items that are recognised by their form alone."""
    for link in _LINK.finditer(text) if "Klik" in text else ():
        yield Cut(link.start(), furniture=True)
    for link in _LINK_LAST.finditer(text) if "il top" in text else ():
        yield Cut(link.end(), furniture=True)
    for link in _PRINT_LINK.finditer(text) if "UdskrivSag" in text else ():
        yield Cut(link.start(), furniture=True)
        yield Cut(link.end())
    for tag in _TAG.finditer(text) if "<" in text else ():
        yield Cut(tag.start(), furniture=True)
        yield Cut(tag.end())
    for at in _joined_items(text) if "Ad " in text else ():
        yield Cut(at, gap=True)
    yield from _around_cases(text)


def _around_cases(text: str) -> Iterator[Cut]:
    """Yield the cuts around glued case numbers, and before glued numbers of the next item's own line."""
    for case in _GLUED_CASE.finditer(text):
        yield Cut(case.end())
    for case in _BEHIND_CASE.finditer(text) if "Sagsnr" in text else ():
        yield Cut(case.end())
    numbers = list(_GLUED_NUMBER.finditer(text))
    if numbers and sum(1 for _ in _NUMBER_ALONE.finditer(text)) >= _FEWEST_ALONE:
        for number in numbers:
            yield Cut(number.end(), gap=True)


def _joined_items(text: str) -> Iterator[int]:
    """Yield where items begin that "Ad 2." numbers, and where the text glued to their titles does."""
    marks = list(_AD.finditer(text))
    if len(marks) < _FEWEST_AD:
        return
    for mark in marks:
        yield mark.start()
        for glue in _GLUED_CAPITAL.finditer(text, mark.end() + 1, mark.end() + _LONGEST_TITLE):
            before = text[max(mark.end(), glue.start() - 15) : glue.start()].rpartition(" ")[2]
            if before.lower() not in _JOINS:
                yield glue.start()
                break


def _in_viewer_title(text: str, title: re.Match[str]) -> Iterator[Cut]:
    """Yield the cuts around the document's title and at its full stops; one of an item is furniture."""
    yield Cut(title.start(), furniture=True)
    if not _ITEM_AS_TITLE.match(title[1]):
        yield Cut(title.start(1))
        yield Cut(title.end(1), furniture=True)
        for stop in _STOP_IN_TITLE.finditer(text, title.start(1), title.end(1)):
            yield Cut(stop.end())


def _around(text: str, row: Row, phrase: Phrase) -> Iterator[Cut]:
    """Yield the cuts before and behind a label or heading that its neighbours run into."""
    start, end, words = phrase
    ahead = text[max(row.start, start - _INDENT) : start]
    follows = bool(_FIRST.match(text, end))
    if ahead.strip():
        before = _is_joined(text, row, phrase, ahead, follows=follows)
        if before or (words in LISTS and _is_behind_decision(text, row, phrase)):
            yield Cut(start, gap=before)
    else:
        is_value = words in LABELS and row.end - row.start <= _LONGEST_VALUE
        before = start - row.start < _INDENT and (words in HEADINGS or words in TITLES or is_value)
        if words in HEADINGS and words not in LISTS and text[end : end + 1] == "\t":
            yield from _behind_tab(text, row, end)
    if before and follows:
        yield Cut(end, gap=text[end].isdigit())


def _is_behind_decision(text: str, row: Row, phrase: Phrase) -> bool:
    """Return True if a label of absentees with a colon follows the words of a decision on its line."""
    if not text.startswith(":", phrase.end):
        return False
    return DECIDED.search(text, max(row.start, phrase.start - _LONGEST_DECIDED), phrase.start) is not None


def _behind_tab(text: str, row: Row, end: int) -> Iterator[Cut]:
    """Yield the cut behind a heading that is the first of two cells, if the second is text."""
    cell = text[end : row.end].strip()
    is_text = len(cell) >= _SHORTEST_TEXT or cell.endswith(".") or _DECIDES.match(cell)
    if cell[:1].isupper() and "\t" not in cell and is_text:
        yield Cut(end)


def _is_joined(text: str, row: Row, phrase: Phrase, ahead: str, *, follows: bool) -> bool:
    """Return True if a heading follows a sentence or word without a blank, and is the last or runs on."""
    _, end, words = phrase
    if words not in HEADINGS or (words in AMBIGUOUS and words != "bilag"):
        return False
    after_sentence = ahead[-1] in ".!?)" and (ahead[-2:-1].isalpha() or _YEAR_ENDS.search(ahead) is not None)
    if not after_sentence and not (ahead[-1].islower() and words not in AMBIGUOUS):
        return False
    is_last = end == row.end or text[end] == ":" or not text[end : min(end + 3, row.end)].strip()
    return is_last or follows or bool(after_sentence and _SENTENCE.match(text, end))
