"""Heads, feet and numbers of pages inside of flat text: "… Byrådet 28-09-2015 Side 2 …"."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from minutes.reader.dates import DATE
from minutes.reader.phrases import Row
from minutes.reader.words import WORDS

# "Havnen...12", "Budget .... iv"
LEADER = re.compile(r"(?<!\.)\.{3,} ?(?:\d{1,3}|[ivx]{1,5})(?=\s|$)")
# "Teknisk Udvalg Mødedato 03-05-2010 Side 4", also without the figures
_PAGE_HEAD = re.compile(rf"Mødedato:?(?: (?:{DATE}|[\d.-]{{8,10}}))? Side(?: \d{{1,3}})?(?= [A-ZÆØÅ\d])")
# "Side 3 af 9", "SIDE 4", "Sidenr. 240"; "Møde den Side 2" has lost its day
_PAGE = re.compile(
    r"(?:\bMødet? den (?:[\d.-]{8,10} )?)?"
    r"(?:(?:Side|SIDE)(?: ?nr\.?)? (?:\d{1,4}(?: (?:af|/) \d{1,3})?|[ivx]{1,5}|[A-H])|Sidenr\.?)(?=\s|$)"
)
# "… Godkendt. Side 6 Ny havn": between two items
_BETWEEN = re.compile(r"[.!?] (?:Side|SIDE) \d{1,4} (?=[A-ZÆØÅ])")
_LONGEST_HEAD = 120
# "Godkendt. Til toppen 2. Budget", "Udskriv Sagsid.: 12/33", "Kopier link til punktet - Print"
_LINKS = sorted(
    (re.escape(words[0].upper() + words[1:]) for words in WORDS.pages.links), key=len, reverse=True
)
_LINK = re.compile(rf"(?<![\w-])(?:[-|] )?(?:{'|'.join(_LINKS)})(?=[ |]*$| [A-ZÆØÅ\d•-])")
# "… Sagen udskudt. Kunne ikke indlæse data fra Nordby Kommunes hjemmeside."
_MESSAGE = re.compile(r"Kunne ikke (?:indlæse|hente) data [^.]{3,80}\.?")
# "… Byrådet 28-09-2015 Side 2 …": the foot of a page
_FOOT = re.compile(r"\b(?:Side|SIDE|side|S\.)(?: ?nr\.)?:? (?P<page>\d{1,4})(?: (?:af|/) \d{1,4})?(?=\s|$)")
_FIGURES = re.compile(r"\d+")
_WORD = re.compile(r"\S+")
_LONGEST_FOOT = 120
_MOST_WORDS = 9
_FEWEST_WORDS = 2
_FEWEST_FEET = 2
_FEWEST_HEADS = 3


def page_marks(text: str, row: Row) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of the page's number at a line's or sentence's end, of its head, of links."""
    for match in _PAGE.finditer(text, row.start, row.end):
        at_edge = match.end() >= row.end - 1 or match.start() <= row.start + 4
        if at_edge or _BETWEEN.match(text, match.start() - 2):
            yield match.start(), match.end()
    for form in (_LINK, _MESSAGE):
        yield from (match.span() for match in form.finditer(text, row.start, row.end))
    head = _PAGE_HEAD.search(text, row.start, min(row.start + _LONGEST_HEAD, row.end))
    if head:
        yield head.start(), head.end()


def page_feet(text: str, rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of feet with the page's number, and of the head of the page behind each.

    The numbers count pages; the words around a number count that most pages have there.
    """
    feet = _counted(match for row in rows for match in _FOOT.finditer(text, row.start, row.end))
    if len(feet) < _FEWEST_FEET:
        return
    ahead: list[list[re.Match[str]]] = []
    behind: list[list[re.Match[str]]] = []
    for foot in feet:
        start = max(0, foot.start() - _LONGEST_FOOT)
        start = max(start, text.rfind("\n", start, foot.start()) + 1)
        ahead.append(list(_WORD.finditer(text, start, foot.start()))[-_MOST_WORDS:][::-1])
        end = text.find("\n", foot.end(), foot.end() + _LONGEST_FOOT)
        end = end if end >= 0 else foot.end() + _LONGEST_FOOT
        behind.append(list(_WORD.finditer(text, foot.end(), end))[:_MOST_WORDS])
    before, after = _common(ahead, _FEWEST_FEET), _common(behind, _FEWEST_HEADS)
    for foot, words, others in zip(feet, ahead, behind, strict=True):
        if before and _begins(words, before):
            head = others[len(after) - 1].end() if after and _begins(others, after) else foot.end()
            yield words[len(before) - 1].start(), head


def _shape(words: Sequence[re.Match[str]]) -> tuple[str, ...]:
    return tuple(_FIGURES.sub("#", word[0]) for word in words)


def _begins(words: Sequence[re.Match[str]], common: tuple[str, ...]) -> bool:
    return _shape(words)[: len(common)] == common


def _common(pages: Sequence[Sequence[re.Match[str]]], fewest: int) -> tuple[str, ...]:
    """Return the longest row of words, two or more, with which at least `fewest` and most pages begin."""
    begins = Counter(
        _shape(words)[:length] for words in pages for length in range(_FEWEST_WORDS, len(words) + 1)
    )
    common = [begin for begin, times in begins.items() if times >= fewest and 2 * times > len(pages)]
    return max(common, key=lambda begin: (len(begin), begin), default=())


def _counted(matches: Iterator[re.Match[str]]) -> list[re.Match[str]]:
    """Return the numbers of pages that follow each other."""
    counted: list[re.Match[str]] = []
    for match in matches:
        if not counted or int(match["page"]) == int(counted[-1]["page"]) + 1:
            counted.append(match)
        elif len(counted) == 1:
            counted = [match]
    return counted
