"""What stands behind a decision and is not part of it: heads of groups, links, dates, signatures."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.bodies import COMMITTEE_PATTERN, in_small_letters
from minutes.reader.dates import DATE
from minutes.reader.headings import DECISION_OPENING
from minutes.reader.layout import Line
from minutes.reader.names import is_name
from minutes.reader.passages import Passage
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_LONGEST = 80
_LONGEST_FILES = 300
_NAVIGATION = re.compile(rf"\W*{pattern(WORDS.pages.navigation)}\W*", re.IGNORECASE)
_GROUP = re.compile(rf"(?:[A-ZÆØÅ0-9][.)]\s+)?{pattern(WORDS.pages.groups)}\s*:?", re.IGNORECASE)
_DAY = re.compile(rf"(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:den\s+)?{DATE}\.?", re.IGNORECASE)
_SIGNATURE = re.compile(r"Underskrift\w*\b.{0,20}|.{0,40}_{4,}.{0,40}", re.IGNORECASE)
# "Kort_over_havnen.pdf Notat.docx": files of the next item
_FILES = re.compile(r"(?:[^\s/]+\.(?:pdf|docx?|xlsx?|pptx?)\s*)+", re.IGNORECASE)
# "- Pkt. 13 Ny badebro": a link to the next item
_LINK = re.compile(r"(?:[-–•]\s*)?(?:Pkt\.|Punkt)\s*\d{1,4}[.:]?\s+[A-ZÆØÅ][^.:]{2,70}")
# "Se hele referatet som pdf", "Hent bilag"
_POINTER = re.compile(
    r"(?:Se|Læs|Hent|Download|Åbn|Vis)\b[^.]{0,50}(?:referat|dagsorden|bilag|pdf)[^.]{0,40}", re.IGNORECASE
)
# "Kunne ikke indlæse data fra kommunens hjemmeside."
_ERROR = re.compile(r"(?:Kunne ikke|Kan ikke) (?:indlæse|hente|vise|åbne)s?\b[^.]{0,60}\.?", re.IGNORECASE)
# "Mødet sluttede kl. 12.50", "Mødet hævet kl. 21": behind the last decision
_MEETING_ENDS = re.compile(
    r"Mødet\s+(?:\w+\s+)?(?:start|begyn|slut|hæv|afslut)\w*(?:\s+\w+){0,3}\s+(?:kl|klokken)\b.{0,60}",
    re.IGNORECASE,
)
# "Side 4 af 4", "Side 601"
_PAGE = re.compile(r"Side\s+\d{1,4}(?:\s+af\s+\d{1,4})?", re.IGNORECASE)
# "Sagsnr.: 1-21-2019": of the next item
_CASE = re.compile(r"(?:Sags?nr|Sagsnummer|Sagsid|J\.?nr|Dok\.?nr)\.?\s*:?\s*[\w./ -]{0,40}", re.IGNORECASE)
# "2. Service og økonomi" over "11/31929", "(16.35 - 17.05)": the next item, which was not read as one
_TITLE = re.compile(r"(?:Punkt\s+|Pkt\.\s+)?\d{1,3}[.:]\s+[A-ZÆØÅ][^.:;]{3,90}")
_UNDER_TITLE = re.compile(
    r"(?:Sags?nr\.?:?\s*)?\d\d(?:\d\d)?[/-]\d{3,6}|\(?(?:kl\.?\s*)?\d{1,2}[.:]\d\d\s*[-–]\s*\d{1,2}[.:]\d\d\)?",
    re.IGNORECASE,
)
# "( )", "•": what is left of an icon
_NO_LETTER = re.compile(r"[^\w]+")


def without_tail(passage: Passage) -> list[Passage]:
    """The passage of a decision, and what stands behind it in a passage of its own."""
    if passage.kind is not SectionKind.DECISION:
        return [passage]
    at = _tail_begins(passage.lines[: _next_item(passage.lines)])
    tail = passage.lines[at:]
    if not any(line.text for line in tail):
        return [passage]
    kept = Passage(passage.heading, passage.kind, passage.at, decided_by=passage.decided_by)
    behind = Passage(None, SectionKind.OTHER)
    for line in passage.lines[:at]:
        kept.add(line)
    for line in tail:
        behind.add(line)
    starts = {line.start for line in kept.lines}
    kept.asides = [line for line in passage.asides if line.start in starts]
    kept.absentees = [line for line in passage.absentees if line.start in starts]
    return [kept, behind]


def _tail_begins(lines: Sequence[Line]) -> int:
    """The index of the first line of the tail, or the number of lines."""
    end = len(lines)
    for index in range(len(lines) - 1, 0, -1):
        line = lines[index]
        if line.blank:
            continue
        if not _is_of_tail(line.text, alone=lines[index - 1].blank):
            break
        end = index
    return end


def _next_item(lines: Sequence[Line]) -> int:
    """Return the index of the title of another item, known by the line under it, or the number of lines."""
    printed = [index for index, line in enumerate(lines) if line.text]
    for index, below in pairwise(printed[1:]):
        if _TITLE.fullmatch(lines[index].text) and _UNDER_TITLE.fullmatch(lines[below].text):
            return index
    return len(lines)


def _is_of_tail(text: str, *, alone: bool) -> bool:
    if len(text) > _LONGEST:
        return alone and len(text) <= _LONGEST_FILES and _FILES.fullmatch(text) is not None
    if _NAVIGATION.fullmatch(text) or _SIGNATURE.fullmatch(text) or _NO_LETTER.fullmatch(text):
        return True
    if text.isupper() and (_GROUP.fullmatch(text) or COMMITTEE_PATTERN.fullmatch(in_small_letters(text))):
        return True
    if any(form.fullmatch(text) for form in (_POINTER, _ERROR, _MEETING_ENDS, _PAGE, _CASE)):
        return True
    forms = (_FILES, _LINK, _GROUP, _DAY, COMMITTEE_PATTERN)
    return alone and (_in_capitals(text) or any(form.fullmatch(text) for form in forms))


def _in_capitals(text: str) -> bool:
    """Return True if the line is a heading in capitals, over the items that follow: "ØKONOMIUDVALGET"."""
    return (
        text.isupper()
        and len(text) > _SHORTEST_IN_CAPITALS
        and text[-1] not in ".!?"
        and not DECISION_OPENING.match(text)
        and not is_name(text)
    )


_SHORTEST_IN_CAPITALS = 4
