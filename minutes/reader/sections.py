"""What stands under an item: passages under headings, each of a kind."""

import re
from collections.abc import Sequence
from itertools import pairwise

from minutes.reader.asides import is_aside, is_of_absentees, lists_people
from minutes.reader.bodies import COMMITTEE
from minutes.reader.dates import DATE
from minutes.reader.decision_headings import item_alone
from minutes.reader.headings import LONGEST_LEARNED, RECOMMENDS, heading_kind
from minutes.reader.labeller import Heading, Headings
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.reader.passages import Passage
from minutes.reader.tails import without_tail
from minutes.reader.unheaded import decides, with_decision
from minutes.vocabulary import SectionKind

# A sentence goes on with what is recommended; a heading does not.
_SENTENCE = re.compile(r",?\s+at\b")


def split(title: str, body: Sequence[Line], headings: Headings) -> list[Passage]:
    """The passages of an item in the order they stand; text before the first heading has none.

    The title repeated over the body is left out. An empty passage is kept when it has a heading.
    """
    passages = [Passage(None, SectionKind.OTHER)]
    repeated = squash(title).casefold()
    heads = _heads(body, headings)
    last_heading = max((n for n, head in enumerate(heads) if head), default=-1)
    no_body_yet, decided = True, False
    for index, line in enumerate(body):
        now = passages[-1]
        if line.blank:
            now.lines.append(line)
            continue
        if _is_step(body, index):
            if now.kind is not SectionKind.CASE_FLOW:
                passages.append(_way(now, line))
            passages[-1].add(line)
            continue
        number = item_alone(line.text) if now.decided_by and now.empty else None
        if number and now.decided_by:  # "Byrådets møde 18. september 2006" / "Punkt 2:"
            now.decided_by = now.decided_by._replace(item=number)
            continue
        alone = index == 0 or body[index - 1].blank
        in_asides = now.kind is SectionKind.DECISION and now.only_asides
        if not in_asides and _heads_absentees(body, index):
            passages.append(Passage(line.text, SectionKind.ABSENT, line))
            continue
        if is_aside(line, now):
            now.add_aside(line, of_absentee=is_of_absentees(line, now))
            continue
        head = heads[index]
        if (
            head
            and head.kind is SectionKind.RECOMMENDATION
            and now.kind is SectionKind.DECISION
            and _votes_below(body, index)
        ):
            head = None  # "Indstillingen:" / "For stemte: …" in a decision
        if head and not head.sure and now.kind is SectionKind.ATTACHMENTS and not _text_below(body, index):
            head = None  # the title of an attachment
        opened = _opened(body, index, head, now)
        if opened:
            passages.append(opened)
            decided = decided or opened.kind is SectionKind.DECISION
            no_body_yet = no_body_yet and opened.kind in {SectionKind.ATTACHMENTS, SectionKind.COMMUNICATION}
        elif _repeats(line.text, repeated) and (
            (index < last_heading and no_body_yet) or line.text.isupper()
        ):
            if now.heading is not None and no_body_yet:
                passages.append(Passage(None, SectionKind.OTHER))
        else:
            ends = now.kind is SectionKind.ABSENT and (alone or now.empty) and not lists_people(line.text)
            if ends and not _returned_to_prior_decision(passages):
                passages.append(Passage(None, _behind_absentees(passages, line, decided=decided), line))
            passages[-1].add(line)
    passages = [passage for passage in passages if passage.heading is not None or not passage.empty]
    return with_decision([part for passage in passages for part in without_tail(passage)])


# "Teknisk Udvalg den 4. maj 2020": a step of a case's way, where the next line is one too
_STEP = re.compile(rf"(?:[-–•·]\s*)?{COMMITTEE},?\s+(?:(?:d\.|den)\s*)?{DATE}\.?")


def _is_step(body: Sequence[Line], index: int) -> bool:
    if not body[index].text.rstrip(".")[-1:].isdigit():
        return False
    near = (body[at].text for at in (index - 1, index + 1) if 0 <= at < len(body))
    return bool(_STEP.fullmatch(body[index].text)) and any(map(_STEP.fullmatch, near))


def _ends_steps(body: Sequence[Line], index: int) -> bool:
    """Return True if the line has an empty one above it, and no step of a case's way next to it."""
    if index == 0 or not body[index - 1].blank:
        return False
    following = next((line.text for line in body[index + 1 : index + 4] if line.text), "")
    return bool(following) and not _STEP.fullmatch(following)


def _way(now: Passage, line: Line) -> Passage:
    """The passage of a case's way that begins at `line`; the line right above can be its heading."""
    above = now.lines[-1] if now.lines else None
    if above and above.text and len(above.text) <= LONGEST_LEARNED and above.text[-1] not in ".,:;":
        now.lines.pop()
        now.empty = not any(each.text for each in now.lines)
        return Passage(above.text, SectionKind.CASE_FLOW, above)
    return Passage(None, SectionKind.CASE_FLOW, line)


def _votes_below(body: Sequence[Line], index: int) -> bool:
    below = next((line.text for line in body[index + 1 : index + 4] if line.text), "")
    return bool(re.match(r"(?:For|Imod|Stemte)\b[^.]{0,60}(?:stemte|:)", below))


def _text_below(body: Sequence[Line], index: int) -> bool:
    """Return True if running text follows, rather than the next title of a list."""
    below = next((line.text for line in body[index + 1 : index + 4] if line.text), "")
    return len(below) >= _SHORTEST_TEXT or below.endswith(".")


_SHORTEST_TEXT = 60


def _repeats(text: str, title: str) -> bool:
    """Return True if `text` is the title, which is squashed and in lower case."""
    return abs(len(text) - len(title)) < 8 and squash(text).casefold() == title


def _heads_absentees(body: Sequence[Line], index: int) -> bool:
    """Return True if a line heads a list of those absent from the item, which can be empty."""
    text = body[index].text
    if heading_kind(text) is not SectionKind.ABSENT:
        return False
    below = next((line.text for line in body[index + 1 : index + 4] if line.text), "")
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
    """The kind of what stands behind a list of absentees: the decision goes on, if one has begun."""
    if not decided:
        return SectionKind.OTHER
    above = passages[-2] if len(passages) > 1 else passages[-1]
    over = passages[-1].empty and not above.empty and not decides(line.text)
    return SectionKind.OTHER if over else SectionKind.DECISION


def _heads(body: Sequence[Line], headings: Headings) -> list[Heading | None]:
    """The heading that each line is; a body and day with nothing under them only refer to another meeting."""
    heads = [headings.get(line.start) if line.text else None for line in body]
    printed = [n for n, line in enumerate(body) if line.text]
    for n, below in pairwise([*printed, None]):
        head = heads[n] if n is not None else None
        if n is None or head is None or head.decided is None or head.decided.decides or head.decided.mark:
            continue
        under = heads[below] if below is not None else None
        headed = under is not None and under.kind is not SectionKind.ABSENT
        empty = below is None or (headed and item_alone(body[below].text) is None)
        if empty and head.kind is SectionKind.PRIOR_DECISION and head.rest == len(body[n].text):
            heads[n] = None
    return heads


def _opened(body: Sequence[Line], index: int, head: Heading | None, now: Passage) -> Passage | None:
    """The passage that a line opens, when it is a heading."""
    line = body[index]
    if head and _can_open(body, index, head, now):
        passage = Passage(line.text[: head.end], head.kind, line.part(0, head.end), decided_by=head.decided)
        if head.rest < len(line.text):
            rest = line.part(head.rest)
            if is_aside(rest, passage):
                passage.add_aside(rest, of_absentee=is_of_absentees(rest, passage))
            else:
                passage.add(rest)
        return passage
    alone = index == 0 or body[index - 1].blank
    recommends = alone and now.kind != SectionKind.RECOMMENDATION and RECOMMENDS.fullmatch(line.text)
    if recommends and not _SENTENCE.search(line.text):
        return Passage(line.text, SectionKind.RECOMMENDATION, line)
    return None


def _can_open(body: Sequence[Line], index: int, head: Heading, now: Passage) -> bool:
    """Return True if a heading can stand where it does."""
    line = body[index]
    if head.kind is now.kind is SectionKind.RECOMMENDATION and RECOMMENDS.fullmatch(line.text):
        return False
    # An attachment can be called "Bilag".
    if head.kind == now.kind == SectionKind.ATTACHMENTS and now.empty:
        return False
    decided = head.decided
    if decided and decided.body and now.kind is SectionKind.CASE_FLOW:
        return decided.decides or decided.mark or (not now.empty and _ends_steps(body, index))
    inline = head.rest < len(line.text) and not (decided and decided.body)
    above = now.heading is None and now.empty and line.text.startswith("Sagsbehandler")
    if inline and head.kind is SectionKind.CONTACTS and above:
        return False  # "Sagsbehandler: Ane Lund" belongs to the case number above it
    if now.kind is SectionKind.PRIOR_DECISION and inline:
        return not now.empty  # "Økonomiudvalget den 3. maj 2021" / "Beslutning: Godkendt." is one decision
    return not (inline and now.kind is head.kind and not now.empty)
