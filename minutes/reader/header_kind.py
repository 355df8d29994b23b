"""The kind of a meeting and of its document: ordinary or not, agenda or minutes, cancelled."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.decision_headings import decision_heading
from minutes.reader.header_candidates import NEAR, Header
from minutes.reader.header_labels import Layout
from minutes.reader.header_titles import TitleLine, parse_title
from minutes.reader.headings import Own, is_own
from minutes.reader.items import ItemLines
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.vocabulary import DocumentKind, MeetingKind

_TOP = 8
_LONGEST_LINE = 4000
_EXTRAORDINARY = re.compile(r"\bekstraordinær\w*", re.IGNORECASE)
# "… møde den 3. maj 2020 Ekstraordinært møde - Lokale 4 kl. 12": with a capital, in no sentence
_EXTRAORDINARY_MEETING = re.compile(r"\bEkstraordinært (?:\w+)?møde\b(?! \w*s\b)")
_SUPPLEMENT = re.compile(
    r"(?i:\btillægs(?:dagsorden|referat|punkter)\b|^tillæg til dagsorden)|^TILLÆG(?:$| TIL DAGSORDEN)"
)
# "Indkaldelse til 3. møde i Seniorrådet", "Det meddeles herved, at der afholdes møde i Byrådet"
_INVITATION = re.compile(
    r"(?:Møde)?[Ii]ndkaldelse til \S.{0,60}møde(?:t|r)?\b"
    r"|(?:Det meddeles|Der indkaldes)\b.{0,50}\b(?:afholdes|til)\b"
)
_APPROVED = re.compile(r"\b[Dd]agsorden(?:en)? (?:blev |er |var )?godkendt\b")
AGENDA_KINDS = frozenset({"dagsorden", "dagsordener", "tillægsdagsorden"})
_MINUTES = re.compile(r"referat|protokol|udskrift|vedtagelser|beslutninger$")
_LONGEST_SAID = 120
_LONGEST_SUPPLEMENT = 80
_SHORT = 60
_CANCELLED = re.compile(r"\baflys(?:t|es)\b", re.IGNORECASE)
_LONGEST_CANCELLED = 160
_CANCELLED_ALONE = re.compile(r"[(*!\s]*(?:er )?aflyst[)*!.\s]*", re.IGNORECASE)
_OF_MEETING = re.compile(r"\bmøde(?:t|ts)?\b|\w+møde(?:t)?\b|\bdagsorden", re.IGNORECASE)
# "Mødet er ikke aflyst", "Mødet den 3. maj er aflyst": no, and another
_NOT_CANCELLED = re.compile(r"\bikke\s+aflyst|busser|arrangement", re.IGNORECASE)
# "Bemærkninger til dagsordenen"
_ABOUT_AGENDA = re.compile(r"\b(?:bemærkning|ændring|tilføjelse|godkendelse)\w*\b.*dagsorden", re.IGNORECASE)
DECISION_ALONE = re.compile(r"(?:\w+s )?beslutning(?:er)?:?", re.IGNORECASE)


def choose_kinds(
    header: Header, layout: Layout, titles: Sequence[TitleLine], agenda_items: Sequence[ItemLines]
) -> None:
    """Set the kind of the meeting and of the document in `header`, and if the meeting was cancelled."""
    said = [title for title in titles if title.names_meeting and len(title.text) < _LONGEST_SAID]
    texts = [title.text for title in said if title.kinds or title.meeting or title.bodies]
    labelled = [block.text for block in layout.blocks if block.use in {"committee", "other"}]
    texts += [text for text in labelled if len(text) < _SHORT]
    header.kind = _kind(texts, layout)
    is_agenda = _is_agenda(layout, said) or _invites(layout.free)
    if (
        is_agenda
        and not _decided(agenda_items, Own(header.committee, header.date))
        and not _approves(layout.free, agenda_items)
    ):
        header.document = DocumentKind.AGENDA
    only = (
        [item.title for item in agenda_items] if len(agenda_items) == 1 else []
    )  # "Mødet den 26/3 er aflyst"
    header.cancelled = any(map(says_cancelled, [*(line.text for line in layout.free), *texts, *only]))


def _kind(texts: Sequence[str], layout: Layout) -> MeetingKind:
    """Return the kind of meeting that the titles say."""
    capitals = [line.text for line in layout.free if line.text.isupper() and len(line.text) < _SHORT]
    short = [text for text in texts if len(text) <= _LONGEST_SUPPLEMENT]
    if any(map(_SUPPLEMENT.search, [*short, *capitals])):
        return MeetingKind.SUPPLEMENTARY
    top = [line.text[:_LONGEST_LINE] for line in layout.free if line.text][:_TOP]
    if any(map(_EXTRAORDINARY.search, texts)) or any(map(_EXTRAORDINARY_MEETING.search, top)):
        return MeetingKind.EXTRAORDINARY
    return MeetingKind.ORDINARY


def _is_agenda(layout: Layout, titles: Sequence[TitleLine]) -> bool:
    """Return True if the titles call the document an agenda, and none of them minutes."""
    kinds = {
        kind
        for title in titles
        if title.number < (NEAR if title.bodies or title.dates else _TOP)
        and not _ABOUT_AGENDA.search(title.text)
        for kind in title.kinds
    }
    kinds |= {squash(block.text).casefold() for block in layout.blocks if block.use in {"other", ""}}
    return bool(kinds & AGENDA_KINDS) and not any(map(_MINUTES.search, kinds))


def _approves(free: Sequence[Line], agenda_items: Sequence[ItemLines]) -> bool:
    """Return True if lines of a document without items say that its agenda was approved."""
    return not agenda_items and any(_APPROVED.search(line.text) for line in free)


def _invites(free: Sequence[Line]) -> bool:
    """Return True if one of the first lines invites to a meeting that is to come."""
    printed = [line.text for line in free if line.text][:_TOP]
    return any(map(_INVITATION.match, printed)) and not any(map(_MINUTES.search, map(str.casefold, printed)))


def says_cancelled(text: str) -> bool:
    """Return True if a line says that the meeting was cancelled, not that something else was."""
    if len(text) >= _LONGEST_CANCELLED or not _CANCELLED.search(text) or _NOT_CANCELLED.search(text):
        return False
    title = parse_title(Line(text, 0, len(text)), 0, text)
    named = title is not None and title.names_meeting
    return named or bool(_CANCELLED_ALONE.fullmatch(text) or _OF_MEETING.search(text))


def _decided(agenda_items: Sequence[ItemLines], own: Own) -> bool:
    """Return True if most items have words under a heading "Beslutning" or one with this body and day."""
    decided = 0
    for item in agenda_items:
        printed = [line.text for line in item.body if line.text]
        decided += any(
            _heads_own_decision(heading, own) and not below.endswith(":") and below[-1] in ".!"
            for heading, below in pairwise(printed)
        )
    return bool(agenda_items) and 2 * decided >= len(agenda_items)


def _heads_own_decision(heading: str, own: Own) -> bool:
    if DECISION_ALONE.fullmatch(heading):
        return True
    decided = decision_heading(heading)
    if decided is None or not decided.decides or decided.rest < len(heading):
        return False
    return decided.date is not None and decided.date == own.date and is_own(decided, own)
