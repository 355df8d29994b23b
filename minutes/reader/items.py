"""The agenda: each item's number, title, case number, whether it is closed, and the lines under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from minutes.documents.stated import StatedItem
from minutes.reader.above_headings import Start, heads_group
from minutes.reader.bullets import without_marks
from minutes.reader.cases import (
    BESIDE_CASE,
    CASE_AHEAD,
    CASE_BEFORE_TEXT,
    CASE_BEHIND,
    JOURNAL,
    NO_CASE,
    case_on,
)
from minutes.reader.closed_lines import Access, access_of, case_line_closes, line_closes
from minutes.reader.closed_titles import Title, read_title
from minutes.reader.headings import heading_kind
from minutes.reader.item_runs import begins_standing
from minutes.reader.labels import label_of
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import squash
from minutes.reader.noted_items import notes_behind
from minutes.reader.starts import LISTED_ONLY, Choice, find_starts, outlined_starts, stated_starts
from minutes.reader.title_lines import TitleLines
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

# "Nyt varmeværk ............ 3": what leads from a title to its page
_LEADER = re.compile(r"\s*(?:\.{4,}|…{2,}|(?: \.){4,})[.\s]*\d{0,4}$")
# "(B)", "(O/D)", "(Beslutning)" after a title: what is to be done with it
_PURPOSE = r"[BODEØÅ]?(?:\s?[/+,]\s?[BODEI])*|(?i:(?:til )?(?:beslutning|orientering|drøftelse))"
_SUFFIX = re.compile(
    rf"\s*\(\s*(?:{_PURPOSE}|Åben(?:t| sag)?)\s*\)\s*$|(?<=\w)\s+Åben(?: sag|t punkt)$",
)
# "(Åben) Budget"
_OPEN_BEFORE = re.compile(r"\((?:Åben|Åbent)(?: sag| punkt)?\)\s+(?=\S)", re.IGNORECASE)
# "Pkt. 42", "42." printed again under the heading
_NUMBER_AGAIN = re.compile(r"(?:(?:Punkt|Pkt\.?|Nr\.?)\s*)?(?P<number>\d{1,4})[.:]?", re.IGNORECASE)
# "Mødet sluttede kl. 21:40.", "Mødet hævet: 20.15", "Underskrifter", "Underskriftsblad"
_CLOSES = re.compile(
    r"(?:Mødet\s+(?:sluttede|hævet|hævedes|slut|afsluttet|sluttet|blev hævet)|Møde slut|Underskrift(?:er"
    r"|sblad|sside)?\s*:?$"
    r"|Udskrevet\s+(?:den\s+)?\d|Således vedtaget|Referatet (?:er )?godkendt og underskrevet)",
    re.IGNORECASE,
)
# "Nørby, den 13.04.2016" over the signatures
_SIGNED = re.compile(r"[A-ZÆØÅ][a-zæøå]+, den \d{1,2}\.\s?(?:\d{1,2}\.\s?|[a-z]+ )(?:19|20)\d\d")
_LONGEST_END = 60
# Choices of starts that give no titles
_WITHOUT_TITLES = frozenset({"none", "untitled", "one item"})
HOW_FAR_UNDER = 14
# "2. Klimaplan 2030" in the list of contents
LISTED = re.compile(r"(?:(?i:Punkt|Pkt\.?|Sag|Sag nr\.) )?(?P<number>\d{1,4})\s*[.:)–-]?\s+(?P<title>\S.*)")
# "BudgetKlik her for at folde ud og læse mere om Budget"
_LINK_BEHIND = re.compile(r"(?:Klik (?:her )?for at|Fold (?:ud|ind)\b|Læs mere om\b|Vis mere\b).*$")
_SHORTEST_TITLE = 5
# "Meddelelser a)": the first point of the text
_POINT_BEHIND = re.compile(r"(?<=\w) a\)$")
# "Direktøren orienterer Punkter til beslutning:": the heading over the items that follow
_GROUP_BEHIND = re.compile(r"(?<=\w) (?:Punkter|Sager) til [a-zæøå]+(?:\s?:.{0,60})?$")
_BEHIND = (_LINK_BEHIND, _GROUP_BEHIND, _POINT_BEHIND)
# "LUKKET", "Lukket punkt" alone under the title
_LONGEST_MARK = 24
# "… Godkendt. Punkt 2: Budget. Indstilling: …": items one after the other in one paragraph
_MARK_WITHIN = re.compile(r"(?:(?<=^)|(?<=[.!?)] ))(?:Punkt|Pkt\.) (?P<number>\d{1,4})[:.] (?=[A-ZÆØÅ])")
# "… (måske). 1. Godkendelse af referat:"
_FIRST_BEHIND = re.compile(r"(?<=[.):!?])\s+1\. (?=[A-ZÆØÅ])")
# "Beslutning Byrådet den 4. maj", "Resumé", behind a case number
_OPENS_SECTION = re.compile(r" (?:Beslutning|Indstilling|Sagsfremstilling|Resum[eé]|Kompetence\w*)\b")
# "Budget. Indstilling: …": where the title ends, and where each section begins
_TITLE_ENDS = re.compile(r"\. (?=[A-ZÆØÅ])")
_SECTION_WITHIN = re.compile(rf"(?<=[.!?)] )(?i:{pattern(*WORDS.headings.values())}):(?= )")


_HEADER_LINES = 12


@dataclass
class ItemLines:
    """An item and the lines under its title and case number. `number` is None when none is printed.

    All that is printed of it is the document's text[start:end]. `above` are the lines above its heading.
    `title_doubtful` when the title may say that the item is closed.
    """

    number: str | None
    title: str
    case_number: str | None
    closed: bool
    heading: Line
    body: list[Line]
    start: int
    end: int
    above: Sequence[Line] = ()
    title_doubtful: bool = False


class Agenda(NamedTuple):
    """The lines before the first item, the items in the order of the text, the lines after the last."""

    before: list[Line]
    items: list[ItemLines]
    after: Sequence[Line]
    choice: Choice


def split(
    lines: Sequence[Line], stated: Sequence[StatedItem] = (), outlined: Sequence[StatedItem] = ()
) -> Agenda:
    """Split the lines of a document into its items, where they are `stated` or seem to be, and the rest.

    Where the text shows no items with titles, they are those `outlined` by the headings of the file.
    """
    if stated:
        choice = stated_starts(lines, stated)
    else:
        choice = find_starts(_with_first_apart(_with_items_apart(_with_cases_apart(without_marks(lines)))))
        if outlined and _shows_less(choice, outlined):
            choice = outlined_starts(lines, outlined)
    all_lines, starts = choice.lines, choice.starts
    lines = _without_end(all_lines, starts[-1].heading + 1 if starts else 0, len(starts))
    if not starts and any(map(_heads_header, all_lines[len(lines) :])):
        lines = all_lines  # "Mødet sluttede kl. 19.40" above the absentees
    before = list(lines[: starts[0].begin] if starts else lines)
    ends = [start.begin for start in starts[1:]] + [len(lines)]
    if choice.kind == LISTED_ONLY:
        # What is printed behind the list is the meeting's.
        ends = [start.heading + 1 for start in starts]
        before += lines[ends[-1] :]
    titles = TitleLines(lines, starts, choice.listed)
    items = [_item(lines, titles, start, end) for start, end in zip(starts, ends[: len(starts)], strict=True)]
    return Agenda(before, _with_numbers_of_contents(items, before), all_lines[len(lines) :], choice)


def _heads_header(line: Line) -> bool:
    """Return True if a line is a label of people or of the contents, in the header."""
    label = label_of(line.text) if ":" in line.text else None
    return label is not None and label.use in {"present", "absent", "contents"}


def _shows_less(choice: Choice, outlined: Sequence[StatedItem]) -> bool:
    """Return True if the text shows no items with titles, or only some of those that are outlined."""
    starts = {choice.lines[start.heading].start for start in choice.starts if start.number is None}
    is_part = len(starts) == len(choice.starts) and starts < {item.start for item in outlined}
    return choice.kind in _WITHOUT_TITLES or is_part


def _with_cases_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with case numbers apart from headings behind: "00.22.00-P35-1-21 Beslutning …"."""
    parts: list[Line] = []
    for line in lines:
        match = CASE_BEFORE_TEXT.match(line.text) if line.text[:1].isdigit() else None
        if match and _OPENS_SECTION.match(line.text, match.end()):
            text = line.part(match.end())
            parts += [line.part(0, match.end()), Line("", text.start, text.start), text]
        else:
            parts.append(line)
    return parts


def _with_items_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, with items apart that were run together in one line: their numbers follow each other."""
    parts: list[Line] = []
    for line in lines:
        marks = list(_MARK_WITHIN.finditer(line.text)) if _can_hold_two(line.text) else []
        numbers = [int(mark["number"]) for mark in marks]
        if len(marks) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            parts.append(line)
            continue
        parts.append(line.part(0, marks[0].start()))
        ends = [mark.start() for mark in marks[1:]] + [len(line.text)]
        for mark, end in zip(marks, ends, strict=True):
            title = _TITLE_ENDS.search(line.text, mark.end(), end)
            begins = [mark.start(), title.end() if title else end]
            begins += [section.start() for section in _SECTION_WITHIN.finditer(line.text, begins[1], end)]
            begins = sorted({*begins, end})
            for begin, stop in pairwise(begins):
                part = line.part(begin, title.start() if title and begin == mark.start() else stop)
                parts += [part, Line("", part.end, part.end)]
    return parts


def _with_first_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines with item 1 apart from the header's last line, if item 2 has a line of its own."""
    second = next((index for index, line in enumerate(lines) if line.text.startswith("2. ")), 0)
    for index in range(second - 1, -1, -1):
        line = lines[index]
        match = _FIRST_BEHIND.search(line.text) if " 1. " in line.text else None
        if match and begins_standing(line.text[match.end() :]):
            head, first = line.part(0, match.start()), line.part(match.end() - len("1. "))
            return [*lines[:index], head, Line("", first.start, first.start), first, *lines[index + 1 :]]
        if line.text.startswith("1. "):
            break
    return lines


def _can_hold_two(text: str) -> bool:
    return "P" in text and text.count("Punkt ") + text.count("Pkt. ") >= 2


def _with_numbers_of_contents(items: list[ItemLines], before: Sequence[Line]) -> list[ItemLines]:
    """The items, numbered by the list of contents where nothing else numbers them."""
    if not any(item.number is None for item in items):
        return items
    numbers: dict[str, str] = {}
    for line in before:
        match = LISTED.fullmatch(contents_title(line.text) or line.text)
        if match:
            title = read_title(_SUFFIX.sub("", match["title"])).text
            numbers.setdefault(squash(title).casefold().rstrip("."), match["number"])
    if not numbers:
        return items
    return [
        replace(item, number=numbers.get(item.title.casefold().rstrip("."))) if item.number is None else item
        for item in items
    ]


def _without_end(lines: Sequence[Line], begin: int, items: int) -> Sequence[Line]:
    """Return the lines without those that close the document: the hour, the signatures, notes on all `items`.

    The first line under the last heading closes nothing: an hour can be noted there above the text. Nor does
    one with the only heading of a decision below it.
    """
    first = next((index for index in range(begin, len(lines)) if lines[index].text), len(lines))
    notes = notes_behind(lines, begin, items)
    if notes is not None:
        return lines[:notes]
    least = begin or _in_header(lines)
    for index in range(max(least, len(lines) - _LONGEST_END), len(lines)):
        if not (_CLOSES.match(lines[index].text) or _SIGNED.fullmatch(lines[index].text)) or not (
            index > first or not begin
        ):
            continue
        if _decides(lines[begin:index]) or not _decides(lines[index:]):
            return lines[:index]
    return lines


def _in_header(lines: Sequence[Line]) -> int:
    """Return how many lines of a document without items are surely its header: "Mødet hævet: kl. 19"."""
    printed = [index for index, line in enumerate(lines) if line.text]
    return printed[min(len(printed), _HEADER_LINES) - 1] + 1 if printed else 0


def _decides(lines: Sequence[Line]) -> bool:
    return any(heading_kind(line.text) is SectionKind.DECISION for line in lines)


def _item(lines: Sequence[Line], titles: TitleLines, start: Start, end: int) -> ItemLines:
    printed = start.title
    body = list(lines[start.heading + (not start.untitled) : end])
    case_ahead = _case_above(lines[start.begin : start.heading])
    if not start.below and printed:
        ahead = CASE_AHEAD.match(printed)
        if ahead:
            case_ahead, printed = ahead["number"], printed[ahead.end() :]
    if start.untitled:
        pass
    elif not printed:
        above, printed, body = _title_below(body, start.number)
        printed, body = titles.whole(printed, printed, body) if printed else (printed, body)
        case_ahead = case_ahead or above
    elif not start.below:
        printed, body = titles.whole(lines[start.heading].text, printed, body)
    printed = _LEADER.sub("", _without_link(_OPEN_BEFORE.sub("", printed, count=1)))
    if behind := CASE_BEHIND.search(printed):
        case_ahead, printed = case_ahead or behind["number"], printed[: behind.start()].rstrip(".")
    below = next((line.text for line in body if line.text), "")
    if below[:1] == "(" and case_on(below):
        printed = printed.removesuffix(".")
    title = _without_suffixes(printed)
    case_number, is_closed, body = _case_number(_without_repeats(body, start.number, {printed, title.text}))
    return ItemLines(
        start.number,
        title.text,
        case_number or case_ahead,
        start.closed or is_closed or title.closed,
        lines[start.heading],
        body,
        lines[start.first].start,
        lines[end].start if end < len(lines) else lines[end - 1].end,
        lines[start.begin : start.heading],
        title.doubtful,
    )


def _case_above(lines: Sequence[Line]) -> str | None:
    """Return the first case number on the lines above an item's heading."""
    matches = (case_on(line.text) for line in lines if line.text)
    return next((match["number"] for match in matches if match), None)


def _without_suffixes(printed: str) -> Title:
    """Return a title without its marks and suffixes: "Lukket - Køb (B)", "Køb (B) - lukket"."""
    title = Title(printed, closed=False)
    while True:
        kind = _SUFFIX.search(title.text)
        again = read_title(title.text[: kind.start()] if kind else title.text)
        title = Title(again.text, title.closed or again.closed, title.doubtful or again.doubtful)
        if not _SUFFIX.search(title.text):
            return title


def _without_link(title: str) -> str:
    """Return a title without a web page's button or the heading over the next items behind it."""
    at = min(_SHORTEST_TITLE, len(title))
    behind = next(filter(None, (form.search(title, at) for form in _BEHIND)), None)
    return title[: behind.start()].rstrip() if behind else title


def _without_repeats(body: list[Line], number: str | None, titles: set[str]) -> list[Line]:
    """The body without the number and the title printed again at its head, with or without its marks."""
    begin = 0
    repeated = {title.casefold() for title in titles}
    for index, line in enumerate(body):
        if line.blank and index - begin < HOW_FAR_UNDER:
            continue
        again = _NUMBER_AGAIN.fullmatch(line.text)
        if not (
            (again and again["number"] == number and not case_on(line.text))
            or (squash(line.text).casefold() in repeated and not heading_kind(line.text))
        ):
            break
        begin = index + 1
    return body[begin:]


def _title_below(body: Sequence[Line], number: str | None) -> tuple[str | None, str, list[Line]]:
    """Return (a case number above the title, the title, the rest) of the lines under the number."""
    case: str | None = None
    for index, line in enumerate(body):
        if line.blank:
            continue
        match = case_on(line.text)
        if match and case is None:
            case = match["number"]
            continue
        again = _NUMBER_AGAIN.fullmatch(line.text)
        if again and again["number"] == number:
            continue
        return case, squash(line.text), list(body[index + 1 :])
    return case, "", list(body)


def _case_before_text(body: Sequence[Line]) -> str | None:
    """Return the case number that the first line under the title begins with, before text."""
    first = next((line.text for line in body if line.text), "")
    match = CASE_BEFORE_TEXT.match(first)
    return match[0] if match else None


def _is_case_of_journal(line: str, below: str) -> bool:
    """Return True if a journal's number is on a line, and the case's on the line below: "Sagsnr.: 6628"."""
    return bool(JOURNAL.match(line)) and below[:1].casefold() == "s"


def _lines_of_case(body: Sequence[Line], index: int) -> tuple[str | None, list[str], list[Line]]:
    """Return the case number on line `index` or the one below, the lines it is printed on, and the rest."""
    text = body[index].text
    match = case_on(text)
    under = next((at for at in range(index + 1, len(body)) if body[at].text), index)
    below = case_on(body[under].text) if under > index else None
    if below and (not match or _is_case_of_journal(text, body[under].text)):
        return below["number"], [text, body[under].text], list(body[under + 1 :])
    return match["number"] if match else None, [text], list(body[index + 1 :])


def _is_beside_case(text: str, *, at_begin: bool) -> bool:
    """Return True if a line can be between a title and its case number: a group's heading, another label."""
    is_beside = BESIDE_CASE.fullmatch(text) or (at_begin and heads_group(text))
    return bool(is_beside) and not line_closes(text)


def _case_number(body: Sequence[Line]) -> tuple[str | None, bool, list[Line]]:
    """Return the case number, whether the marks around it say closed, and the lines that follow.

    It is the first thing under the title but for marks of access and the group that the item is in: "Åben
    sag", "Lukket punkt", "A. Sager til afgørelse".
    """
    marks: list[tuple[int, bool]] = []
    for index, line in enumerate(body):
        if line.blank or _is_beside_case(line.text, at_begin=not marks):
            continue
        match = case_on(line.text)
        if match or NO_CASE.fullmatch(line.text):
            number, taken, rest = _lines_of_case(body, index)
            closes = any(case_line_closes(text) or line_closes(text) for text in taken)
            return number, closes or any(mark for _, mark in marks), rest
        closes = len(line.text) <= _LONGEST_MARK and line_closes(line.text)
        if marks or not (closes or access_of(line.text) is Access.OPEN_ITEM):
            break
        marks.append((index, closes))
    # A mark that is open may be a label: its value is under it.
    closed = [index for index, closes in marks if closes]
    return _case_before_text(body), bool(closed), list(body[closed[0] + 1 if closed else 0 :])
