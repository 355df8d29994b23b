"""The passages of an item under their headings, each of a kind."""

import re
from collections.abc import Sequence
from itertools import pairwise, zip_longest

from minutes.reader.asides import (
    add_if_aside,
    add_line,
    lists_people,
    says_absent,
)
from minutes.reader.case_steps import ends_steps, is_step, steps_passage
from minutes.reader.cases import case_on
from minutes.reader.deciding import decides
from minutes.reader.decision_headings import item_alone
from minutes.reader.headings import RECOMMENDS, counts_entries, heading_kind, noun_kind
from minutes.reader.labeller import Heading, Headings
from minutes.reader.labels import label_of
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.reader.passages import Passage
from minutes.reader.tail_lines import ends_decision, is_files
from minutes.reader.tails import without_tail
from minutes.reader.unheaded import with_decision
from minutes.vocabulary import SectionKind

# A sentence goes on with what is recommended; a heading does not.
_SENTENCE = re.compile(r",?\s+at\b")
_VOTES = re.compile(r"(?:For|Imod|Stemte)\b[^.]{0,60}(?:stemte|:)")
# "12 for, 9 imod", "7 stemte imod": behind "Indstillingen:"
_COUNTS = re.compile(r"\d{1,2} (?:stemmer |medlemmer |stemte )?(?:for|imod|mod|ja)\b", re.IGNORECASE)
# "x", "✓": a tick in a table whose column is headed "Beslutning"
_TICK = re.compile(r"[xX✓✔√☒☑](?:\s+[xX✓✔√☒☑])*")
# "Indstilling fra Teknik og Miljø", "Indstilling om,", "Det indstilles, at", "Social- og Plejeforvaltningen
# indstiller:", "Teknisk Afdeling indstiller"
_RECOMMENDED_BY = re.compile(
    r"Indstilling fra [A-ZÆØÅ][^.:;?!]{2,60}:?"
    r"|(?:Indstilling(?:en går)? (?:om|på)|Det (?:indstilles|foreslås)),?(?: at)?:?"
    r"|(?=[A-ZÆØÅ])(?:[A-ZÆØÅ][\wæøå-]*,? (?:og )?){0,4}[\wæøå-]*(?i:forvaltning(?:en)?|afdeling(?:en)?"
    r"|cent(?:er|ret)|sekretariatet|styregruppen) (?:indstiller|anbefaler)[,:]?"
)
_SHORTEST_TEXT = 60
# "Havneudvalget, den 4. maj 2010 Side"
_SIDE = re.compile(r"Side(?: \d{1,4})?")
# How many lines under the head of a page its item's title or case number is among.
_NEAR_TITLE = 2


def split(
    title: str,
    body: Sequence[Line],
    headings: Headings,
    *,
    plain: bool = False,
    committee: str | None = None,
) -> list[Passage]:
    """The passages of an item in order; text before the first heading has none.

    The title repeated over the body is left out. An empty passage remains if it has a heading. In `plain`
    minutes the text under a title can be its decision. `committee` is the meeting's.
    """
    splitter = _Splitter(title, body, headings)
    for index, line in enumerate(body):
        splitter.take(index, line)
    passages = [passage for passage in splitter.passages if _has_words(passage)]
    for passage in passages:
        if passage.heading is None and is_files(line.text for line in passage.lines if line.text):
            passage.kind = SectionKind.ATTACHMENTS
        if passage.kind is SectionKind.DECISION and _lists_members(passage):
            passage.kind = SectionKind.OTHER
    tailed = [
        part
        for passage, behind in zip_longest(passages, passages[1:])
        for part in without_tail(passage, _first_line(behind))
    ]
    return with_decision(tailed, title, plain=plain, committee=committee)


def _has_words(passage: Passage) -> bool:
    """Return True for a passage with a text or a heading, which does not only count what is elsewhere."""
    return not passage.empty or not (passage.heading is None or counts_entries(passage.heading))


def _lists_members(passage: Passage) -> bool:
    """Return True if nothing but lists of those present and absent is under a decision's heading."""
    printed = [line.text for line in passage.lines if line.text]
    label = label_of(printed[0]) if printed else None
    if label is None or label.use != "present":
        return False
    return all(lists_people(text) or label_of(text) for text in printed[1:])


def _first_line(passage: Passage | None) -> str:
    if passage is None:
        return ""
    return passage.heading or next((line.text for line in passage.lines if line.text), "")


class _Splitter:
    """Gathers the lines of one item into passages, line by line."""

    def __init__(self, title: str, body: Sequence[Line], headings: Headings) -> None:
        self.body = body
        self.passages = [Passage(None, SectionKind.OTHER)]
        self.title = squash(title).casefold()
        self.heads = _heads(body, headings, self.title)
        self.last_heading = max((n for n, head in enumerate(self.heads) if head), default=-1)
        self.before_text = True
        self.decided = False

    @property
    def now(self) -> Passage:
        return self.passages[-1]

    def take(self, index: int, line: Line) -> None:
        """Put a line where it belongs."""
        if line.cell == "decision":
            self.passages.append(Passage(None, SectionKind.DECISION))
            self.decided = True
        if line.blank:
            self.now.lines.append(line)
        elif is_step(self.body, index):
            if self.now.kind is not SectionKind.CASE_FLOW:
                self.passages.append(steps_passage(self.now, line))
            self.now.add(line)
        elif not (self._take_item_number(line) or self._take_people(index, line)):
            self._take_text(index, line)

    def _take_item_number(self, line: Line) -> bool:
        """Take "Punkt 2:" below "Byrådets møde 18. september 2006"."""
        now = self.now
        number = item_alone(line.text) if now.decided_by and now.empty else None
        if number and now.decided_by:
            now.decided_by = now.decided_by._replace(item=number)
        return number is not None

    def _take_people(self, index: int, line: Line) -> bool:
        """Take a line about those absent: the heading of a list, or an aside of a decision."""
        now = self.now
        in_asides = now.kind is SectionKind.DECISION and now.only_asides
        if not in_asides and _heads_absentees(self.body, index):
            self.passages.append(Passage(line.text, SectionKind.ABSENT, line))
            return True
        return add_if_aside(now, self.body, index)

    def _take_text(self, index: int, line: Line) -> None:
        now = self.now
        alone = index == 0 or self.body[index - 1].blank
        opened = _opened(self.body, index, self._head(index), now)
        if opened:
            self.passages.append(opened)
            self.decided = self.decided or opened.kind is SectionKind.DECISION
            of_meeting = opened.kind in {SectionKind.ATTACHMENTS, SectionKind.COMMUNICATION}
            self.before_text = self.before_text and of_meeting
        elif self._repeats_title(index, line):
            if now.heading is not None and self.before_text:
                self.passages.append(Passage(None, SectionKind.OTHER))
        else:
            ends = now.kind is SectionKind.ABSENT and (alone or now.empty) and not _is_of_people(line.text)
            if ends and not _returned_to_prior_decision(self.passages):
                kind = _behind_absentees(self.passages, line, decided=self.decided)
                self.passages.append(Passage(None, kind, line))
            add_line(self.now, line)

    def _head(self, index: int) -> Heading | None:
        """Return the heading that a line is, unless the passage it is in says that it is none."""
        head, now = self.heads[index], self.now
        if head is None:
            return None
        votes = head.kind is SectionKind.RECOMMENDATION and now.kind is SectionKind.DECISION
        behind = self.body[index].text[head.rest :].strip() or _below(self.body, index)
        if votes and (_VOTES.match(behind) or _COUNTS.match(behind)):
            return None  # "Indstillingen:" / "For stemte: …" in a decision
        listed = not head.sure and now.kind is SectionKind.ATTACHMENTS
        return None if listed and not _text_below(self.body, index) else head

    def _repeats_title(self, index: int, line: Line) -> bool:
        if not _repeats(line.text, self.title):
            return False
        return line.text.isupper() or (index < self.last_heading and self.before_text)


def _is_of_people(text: str) -> bool:
    return lists_people(text) or says_absent(text)


def _below(body: Sequence[Line], index: int) -> str:
    """Return the next printed line, if it is near."""
    return next((line.text for line in body[index + 1 : index + 4] if line.text), "")


def _text_below(body: Sequence[Line], index: int) -> bool:
    """Return True if running text follows, rather than the next title of a list."""
    below = _below(body, index)
    return len(below) >= _SHORTEST_TEXT or below.endswith(".")


def _repeats(text: str, title: str) -> bool:
    """Return True if `text` is the title, which is squashed and in lower case."""
    return abs(len(text) - len(title)) < 8 and squash(text).casefold() == title


def _heads_absentees(body: Sequence[Line], index: int) -> bool:
    """Return True if a line heads a list of those absent from the item, which can be empty."""
    text = body[index].text
    labels = noun_kind(text) if text.endswith(":") else heading_kind(text)
    if (heading_kind(text) or labels) is not SectionKind.ABSENT:
        return False
    below = _below(body, index)
    return not below or lists_people(below) or (body[index + 1].blank and heading_kind(below) is not None)


def _returned_to_prior_decision(passages: list[Passage]) -> bool:
    """Give those absent, right under another body's heading, to its decision; return True if any are."""
    if len(passages) < 2 or passages[-2].kind is not SectionKind.PRIOR_DECISION or not passages[-2].empty:
        return False
    absentees = passages.pop()
    for line in filter(None, (absentees.at, *absentees.lines)):
        passages[-1].add_aside(line, of_absentee=True)
    return True


def _behind_absentees(passages: Sequence[Passage], line: Line, *, decided: bool) -> SectionKind:
    """Return the kind of the text behind a list of absentees: the decision goes on, if one has begun."""
    if not decided:
        return SectionKind.OTHER
    above = passages[-2] if len(passages) > 1 else passages[-1]
    over = not above.empty and not decides(line.text) and (passages[-1].empty or _is_label(line.text))
    return SectionKind.OTHER if over else SectionKind.DECISION


def _is_label(text: str) -> bool:
    """Return True for a label of the meeting or the page: "Eftersendt materiale:"."""
    return ends_decision(text, "")


def _heads(body: Sequence[Line], headings: Headings, title: str) -> list[Heading | None]:
    """Return the heading that each line is, or None."""
    heads = [headings.get(line.start) if line.text else None for line in body]
    printed = [n for n, line in enumerate(body) if line.text]
    for at, below in pairwise([*printed, None]):
        head = heads[at] if at is not None else None
        if at is None or head is None:
            continue
        if below is not None and head.kind is SectionKind.DECISION and _TICK.fullmatch(body[below].text):
            heads[at] = head._replace(kind=SectionKind.OTHER)  # a column of a table
        elif _only_refers(body, heads, at, below) or _is_page_head(body, head, at, title):
            heads[at] = None
    return heads


def _is_page_head(body: Sequence[Line], head: Heading, at: int, title: str) -> bool:
    """Return True for a body and day over the item's title or case number: the head of a page."""
    if head.decided is None or head.decided.decides or head.decided.mark or head.decided.item:
        return False
    rest = body[at].text[head.rest :]
    if rest and _SIDE.fullmatch(rest) is None:
        return False
    below = [line.text for line in body[at + 1 :] if line.text][:_NEAR_TITLE]
    return any(_repeats(text, title) or case_on(text) for text in below)


def _only_refers(body: Sequence[Line], heads: Sequence[Heading | None], at: int, below: int | None) -> bool:
    """Return True for a body and day with nothing under them, which refer to another meeting."""
    head = heads[at]
    if head is None or head.decided is None or head.decided.decides or head.decided.mark:
        return False
    under = heads[below] if below is not None else None
    headed = under is not None and under.kind is not SectionKind.ABSENT
    empty = below is None or (headed and item_alone(body[below].text) is None)
    return empty and head.kind is SectionKind.PRIOR_DECISION and head.rest == len(body[at].text)


def _opened(body: Sequence[Line], index: int, head: Heading | None, now: Passage) -> Passage | None:
    """The passage that a line opens, when it is a heading."""
    line = body[index]
    if head and _can_open(body, index, head, now):
        passage = Passage(line.text[: head.end], head.kind, line.part(0, head.end), decided_by=head.decided)
        if head.rest < len(line.text):
            rest = line.part(head.rest)
            if not add_if_aside(passage, [rest], 0):
                add_line(passage, rest)
        return passage
    alone = index == 0 or body[index - 1].blank
    recommends = (
        alone
        and now.kind != SectionKind.RECOMMENDATION
        and (RECOMMENDS.fullmatch(line.text) or _RECOMMENDED_BY.fullmatch(line.text))
    )
    if recommends and not _SENTENCE.search(line.text):
        return Passage(line.text, SectionKind.RECOMMENDATION, line)
    return None


def _can_open(body: Sequence[Line], index: int, head: Heading, now: Passage) -> bool:
    """Return True if a heading can be in its place."""
    line = body[index]
    if head.kind is now.kind is SectionKind.RECOMMENDATION and RECOMMENDS.fullmatch(line.text):
        return False
    # An attachment can be called "Bilag".
    if head.kind == now.kind == SectionKind.ATTACHMENTS and now.empty:
        return False
    decided = head.decided
    if decided and decided.body and now.kind is SectionKind.CASE_FLOW:
        return decided.decides or decided.mark or (not now.empty and ends_steps(body, index))
    inline = head.rest < len(line.text) and not (decided and decided.body)
    return not inline or _can_open_inline(head, line, now)


def _can_open_inline(head: Heading, line: Line, now: Passage) -> bool:
    """Return True if a label with its text behind it can open a passage."""
    above = now.heading is None and now.empty and line.text.startswith("Sagsbehandler")
    if head.kind is SectionKind.CONTACTS and above:
        return False  # "Sagsbehandler: Ane Lund" belongs to the case number above it
    if now.kind is SectionKind.PRIOR_DECISION:
        return not now.empty  # "Økonomiudvalget den 3. maj 2021" / "Beslutning: Godkendt." is one decision
    return now.kind is not head.kind or now.empty
