"""Decisions without a heading, told by their words from what stands above them."""

import re
from collections.abc import Sequence
from functools import lru_cache

from minutes.reader.dates import DATE
from minutes.reader.headings import DECISION_OPENING, NOTHING
from minutes.reader.layout import Line
from minutes.reader.passages import Passage
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_OUTCOME = pattern(*WORDS.outcomes.values(), WORDS.decisions.sent_on)
# "Indstillingen blev tiltrådt med 38 stemmer imod 11.", "Valgt blev …": the last paragraph decides …
_DECIDES = re.compile(
    rf"\b(?:blev|er|tog|og)\s+(?:\w+\s+){{0,4}}?{_OUTCOME}"
    rf"|\bvalgt blev\b|\bmed \d+ stemmer\b"
    rf"|(?:forslag|forslaget|indstilling|indstillingen|ansøgningen)\s+{_OUTCOME}\.?$",
    re.IGNORECASE,
)
# … unless it tells of another day: "blev i 2016 vedtaget", "besluttede den 4. maj".
_TELLS_PAST = re.compile(rf"\b(?:i|fra|siden) (?:19|20)\d\d\b|(?<!mødet )\bden {DATE}")
# "Medlemsforslaget blev tiltrådt", "Dagsordenen er herefter godkendt": a matter, and what became of it
_MATTER = re.compile(rf"(?:[\w-]+\s+){{0,3}}?[\w-]*(?:{'|'.join(WORDS.decisions.matters)})\b", re.IGNORECASE)
_BECAME = re.compile(rf"\s+(?:blev|bliver|er)\s+(?:\w+\s+){{0,3}}?{_OUTCOME}", re.IGNORECASE)
_PUT = re.compile(pattern(WORDS.motions.put), re.IGNORECASE)
# "For stemte: 3 (A)", "Imod: V", "Ad 2: Godkendt.", "Forslag fra F:", "(I) stillede forslag om, at …"
_VOTES = re.compile(
    r"(?:For|Imod|Mod|Undlod|Stemte|Hverken)\b(?:[^.:]{0,30}\bstem|\s*:)|Ad \d|Indstillingen:$"
    r"|[\w-]*forslag(?:et)? fra\b|[^.]{1,60}\bstillede [\w-]*forslag om\b",
    re.IGNORECASE,
)
_MOST_OPENINGS = 8
_LONGEST_ALONE = 60
# "Åbent", "Initialer: KTO": what stands above the words of an item without sections
_LONGEST_LABEL = 24
_LONGEST_SUBJECT = 90
# What can stand behind a decision that has no heading.
_BEHIND_DECISION = {SectionKind.ATTACHMENTS, SectionKind.ABSENT, SectionKind.CONTACTS}


def with_decision(passages: list[Passage]) -> list[Passage]:
    """The passages, with the decision apart from what stands before it where it has no heading."""
    if not passages or any(passage.kind is SectionKind.DECISION for passage in passages):
        return passages
    place = next(
        (n for n in range(len(passages) - 1, -1, -1) if passages[n].kind not in _BEHIND_DECISION), None
    )
    if place is None or passages[place].kind is SectionKind.PRIOR_DECISION:
        return passages
    at = _decision_begins(passages[place])
    if at is None:
        return passages
    lines = passages[place].lines
    decision = Passage(None, SectionKind.DECISION, lines[at])
    for line in lines[at:]:
        decision.add(line)
    before = Passage(passages[place].heading, passages[place].kind, passages[place].at)
    for line in lines[:at]:
        before.add(line)
    kept = [before] if before.heading is not None or not before.empty else []
    return [*passages[:place], *kept, decision, *passages[place + 1 :]]


def _decision_begins(passage: Passage) -> int | None:
    """The index of the line that begins the decision in the last passage of an item."""
    lines = passage.lines
    begins = [
        n
        for n, line in enumerate(lines)
        if line.text and (n == 0 or lines[n - 1].blank or _is_of_decision(line.text))
    ]
    votes = _first_of_votes(lines, begins)
    if votes is not None:
        return votes
    begins = begins[-_MOST_OPENINGS:]
    if passage.kind is SectionKind.RECOMMENDATION:
        # Its first paragraph recommends, whatever its words.
        begins = [
            n for n in begins if any(line.text for line in lines[:n]) and not _LISTED.match(lines[n].text)
        ]
    at = next((n for n in begins if decides(lines[n].text)), None)
    if at is not None:
        return _with_motion(lines, begins, at)
    return _last_decides(lines, begins) if passage.heading is None and begins else None


def _first_of_votes(lines: Sequence[Line], begins: Sequence[int]) -> int | None:
    """Return where paragraphs about votes begin, if they come first and their results follow."""
    voted = [n for n in begins if _VOTES.match(lines[n].text)]
    decided = [n for n in begins if decides(lines[n].text)]
    if not voted or not decided or not decided[-1] > voted[0]:
        return None
    if any(n < voted[0] for n in decided[-_MOST_OPENINGS:]):
        return None
    return _with_motion(lines, begins, voted[0])


# A point of a recommendation: "- at planen vedtages", "2. godkendes"
_LISTED = re.compile(r"(?:[-–•*]|\d{1,2}[.)]|[a-z]\)|at\b)\s*")


@lru_cache(maxsize=4096)
def decides(text: str) -> bool:
    """Return True if a paragraph opens like a decision: "Godkendt.", "Forslaget blev tiltrådt med …"."""
    if DECISION_OPENING.match(text):
        return True
    matter = _MATTER.match(text, 0, _LONGEST_SUBJECT)
    if not matter:
        return False
    became = _BECAME.match(text, matter.end())
    return bool(became) and not _TELLS_PAST.search(text)


def _is_of_decision(text: str) -> bool:
    return decides(text) or _VOTES.match(text) is not None


def _with_motion(lines: Sequence[Line], begins: Sequence[int], at: int) -> int:
    """Where the motion begins that the decision at `at` answers, else `at`."""
    before = [n for n in begins if n < at]
    for n in reversed(before[-3:]):
        text = lines[n].text
        if _PUT.search(text) and text[0].isupper() and not _TELLS_PAST.search(text):
            return n
        if text[0] not in '"”»“' and not _LISTED.match(text):
            break
    return at


def _last_decides(lines: Sequence[Line], begins: Sequence[int]) -> int | None:
    """The last paragraph, when it decides and nothing else does."""
    apart = [n for n in begins if n == 0 or lines[n - 1].blank]
    if not apart:
        return None
    last = apart[-1]
    words = " ".join(line.text for line in lines[last:] if line.text)
    labels = all(len(line.text) <= _LONGEST_LABEL for line in lines[:last])
    if labels and NOTHING.fullmatch(words):
        return last
    # Alone, it is a decision when it is short: "Forvaltningens forslag godkendt."
    can_be = len(begins) > 1 or len(words) <= _LONGEST_ALONE
    return last if can_be and _DECIDES.search(words) and not _TELLS_PAST.search(words) else None
