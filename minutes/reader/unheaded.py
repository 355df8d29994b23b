"""Finds decisions without a heading, by their words or because the document has no headings at all."""

import re
from collections.abc import Iterator, Sequence

from minutes.reader.asides import add_if_aside, add_line
from minutes.reader.deciding import TELLS_PAST, body_decides, concludes, decides, decides_somewhere
from minutes.reader.headings import NOTHING
from minutes.reader.labeller import Headings
from minutes.reader.layout import Line
from minutes.reader.passages import Passage
from minutes.reader.tails import without_tail
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_PUT = re.compile(pattern(WORDS.motions.put), re.IGNORECASE)
# "For stemte: 3 (A)", "Imod: V", "Ad 2: Godkendt.", "Forslag fra F:", "(I) stillede forslag om, at …"
_VOTES = re.compile(
    r"(?:For|Imod|Mod|Undlod|Stemte|Hverken)\b(?:[^.:]{0,30}\bstem|\s*:)|Ad \d|Indstillingen:$"
    r"|(?:Et\s+)?[\w-]*forslag(?:et)? fra\b|[^.]{1,60}\b(?:stillede|fremsatte) [\w-]*forslag om\b"
    r"|[^.:]{1,120}\b(?:stillede|fremsatte) følgende [\w-]*forslag:",
    re.IGNORECASE,
)
# "Et af Ane Holm (V) stillet ændringsforslag om, at …, blev forkastet med 30 stemmer imod 20.",
# "2. at-punkt blev godkendt med 30 stemmer imod 20."
_VOTED_ON = re.compile(
    r"(?:Et|Det|Forslag\w*|\w+sforslag\w*|(?:\d{1,2}\. )?at-punkt\w*|\d{1,2}\. punkt|Punkt \d{1,2})\b.{0,900}"
    r"\bblev\s+(?:\w+\s+){1,3}med\s+\d+\s+stemmer\b",
    re.DOTALL,
)
# "Venstre begærede delt afstemning.", "Ane Holm oplyste, at hun var inhabil, og forlod salen."
_ASKS_FOR_VOTE = re.compile(
    r"\bbegærede\b.{0,40}\bafstemning\b|\b(?:var|er) inhabil\b|\bsig (?:for )?inhabil\b"
)
_MOST_OPENINGS = 8
_LONGEST_ALONE = 60
# "Åbent", "Initialer: KTO": lines above the text of an item without sections
_LONGEST_LABEL = 24
# The text that can follow a decision without a heading.
_BEHIND_DECISION = {SectionKind.ATTACHMENTS, SectionKind.ABSENT, SectionKind.CONTACTS}
# Headings of minutes whose items are prepared in writing.
_PREPARED = {
    SectionKind.DECISION,
    SectionKind.PRIOR_DECISION,
    SectionKind.RECOMMENDATION,
    SectionKind.PRESENTATION,
    SectionKind.RESUME,
}
# A point of a recommendation: "- at planen vedtages", "2. godkendes"
_LISTED = re.compile(r"(?:[-–•*]|\d{1,2}[.)]|[a-z]\)|at\b)\s*")
# Items that report, and decide nothing: "Meddelelser fra formanden", "Siden sidst"
_REPORTS = re.compile(pattern(WORDS.pages.reports), re.IGNORECASE)
# "(16:30 - 16:35)", "Kl. 18.30-18.45", "Ansvarlig: Morten", "5 min."
_TIME_OR_LABEL = re.compile(
    r"\(?(?:kl\.?\s*)?\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}[.:]?\d{0,2})?(?:\s*min\w*\.?)?\)?"
    r"|[A-ZÆØÅ]\w+\s?:(?:\s+\w+){0,3}|v/\s*.{2,30}",
    re.IGNORECASE,
)
# "Pkt. 9", "Punkt 12: Ny vej": items below that were not read
_OTHER_ITEM = re.compile(r"(?:Pkt\.?|Punkt)\s*\d{1,3}\b(?:$|[.:]|\s+[A-ZÆØÅ(])")
# "00.22.02-A26-1-13 Godkendelse af dagsorden. Byrådet, 16.12.2014 …": lines that were joined
_CASE_FIRST = re.compile(r"\d\d[\d.]*-[A-ZÆØÅ]?\d+-|\d{2,4}/\d{3,}")
# "Det indstilles, at planen godkendes. | Planen godkendes.", "1. at planen godkendes. | Godkendt."
_RECOMMENDED = re.compile(
    r"(?:\b(?:indstilles?|indstiller|anbefales det|foreslås det)\b|\A\W*(?:1[.)] )?at )"
    r"[^.!?]{3,300}[.!?] (?=[A-ZÆØÅ])"
)
_LONGEST_WHOLE = 700
_LONGEST_BRIEF = 100
# What was decided behind a recommendation on one line is not longer.
_LONGEST_BEHIND = 400
_FEWEST_ITEMS = 2


def reads_plainly(bodies: Sequence[Sequence[Line]], headings: Headings) -> bool:
    """Return True for minutes that print under each title what was decided, without headings.

    No item has a heading of prepared minutes, most are short, and one says plainly what was decided.
    """
    if len(bodies) < _FEWEST_ITEMS or any(heading.kind in _PREPARED for heading in headings.values()):
        return False
    texts = [_words(body) for body in bodies]
    short = sum(len(text) <= _LONGEST_WHOLE for text in texts)
    return 4 * short >= len(texts) and any(
        concludes(text) for text in texts if 0 < len(text) <= _LONGEST_WHOLE
    )


def with_decision(
    passages: list[Passage], title: str = "", *, plain: bool = False, committee: str | None = None
) -> list[Passage]:
    """Return the passages, with a decision without a heading apart from the text before it.

    `committee` is the meeting's: a last paragraph that says what it did is the decision.
    """
    place = _last_with_text(passages)
    if place is None:
        return passages
    if passages[place].kind is SectionKind.OTHER:
        passages[place].lines = list(_with_recommended_apart(passages[place].lines))
    at = _decision_begins(passages[place])
    if at is None:
        at = _body_decides(passages[place].lines, committee)
    if at and plain and _REPORTS.match(title) and _reports_more(passages[place].lines, at):
        return passages
    if at is None and (plain or len(passages) == 1):
        at = _plain_decision(passages[place], title, longest=_LONGEST_WHOLE if plain else _LONGEST_BRIEF)
    if at is None:
        return passages
    return [*passages[:place], *_divided(passages[place], at), *passages[place + 1 :]]


def _last_with_text(passages: Sequence[Passage]) -> int | None:
    """Return the index of the last passage that can end with the decision; None where one is headed."""
    if any(passage.kind is SectionKind.DECISION for passage in passages):
        return None
    place = next(
        (n for n in range(len(passages) - 1, -1, -1) if passages[n].kind not in _BEHIND_DECISION), None
    )
    if place is None or passages[place].kind is SectionKind.PRIOR_DECISION:
        return None
    return None if any(_OTHER_ITEM.match(line.text) for line in passages[place].lines) else place


def _with_recommended_apart(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, with what concludes apart from the recommendation on its line."""
    for line in lines:
        ends = [match.end() for match in _RECOMMENDED.finditer(line.text)]
        if ends and _concludes_after(line.text[ends[-1] :]):
            behind = line.part(ends[-1])
            yield from (line.part(0, ends[-1]), Line("", behind.start, behind.start), behind)
        else:
            yield line


def _concludes_after(text: str) -> bool:
    """Return True if a text behind a recommendation is short and says what was decided."""
    return len(text) <= _LONGEST_BEHIND and concludes(text)


def _reports_more(lines: Sequence[Line], at: int) -> bool:
    """Return True if a last paragraph is one of the things that were reported, and no decision on all."""
    return any(line.text for line in lines[:at]) and not decides(lines[at].text)


def _divided(passage: Passage, at: int) -> list[Passage]:
    """Return the text before the decision, if any, the decision, and the text behind it."""
    decision = Passage(None, SectionKind.DECISION, passage.lines[at])
    for index in range(at, len(passage.lines)):
        line = passage.lines[index]
        if line.blank:
            decision.add(line)
        elif not add_if_aside(decision, passage.lines, index):
            add_line(decision, line)
    before = Passage(passage.heading, passage.kind, passage.at)
    for line in passage.lines[:at]:
        before.add(line)
    parts = without_tail(decision)
    return [before, *parts] if before.heading is not None or not before.empty else parts


def _plain_decision(passage: Passage, title: str, *, longest: int) -> int | None:
    """Return the index of the first line of an item's text, if all of it is what was decided.

    Where other items have headings, only a text in few words can be.
    """
    if passage.heading is not None:
        return None
    printed = [
        n for n, line in enumerate(passage.lines) if line.text and not _TIME_OR_LABEL.fullmatch(line.text)
    ]
    if not printed or any(passage.lines[n].text.endswith("?") for n in printed):
        return None
    words = _words(passage.lines[printed[0] :])
    if _CASE_FIRST.match(words) or _RECOMMENDED.search(words):
        return None
    if len(words) > longest or (_REPORTS.match(title) and not decides(words)):
        return None
    return printed[0] if concludes(words) else None


def _words(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines if line.text)


def _decision_begins(passage: Passage) -> int | None:
    """The index of the line that begins the decision in the last passage of an item."""
    lines = passage.lines
    begins = _paragraphs(lines)
    votes = _first_of_votes(lines, begins)
    if votes is not None:
        return votes
    begins = begins[-_MOST_OPENINGS:]
    if _presents_first(passage):
        begins = [
            n for n in begins if any(line.text for line in lines[:n]) and not _LISTED.match(lines[n].text)
        ]
    at = next((n for n in begins if decides(lines[n].text)), None)
    if at is not None:
        return _with_motion(lines, begins, at)
    return _last_decides(lines, begins) if passage.heading is None and begins else None


def _body_decides(lines: Sequence[Line], committee: str | None) -> int | None:
    """Return the index of the line at which a last passage begins that says what the meeting's body did.

    Behind it are only votes, statements and further decisions.
    """
    begins = _paragraphs(lines)
    for n in reversed(begins[-_MOST_OPENINGS:]):
        if body_decides(lines[n].text, committee):
            return _with_motion(lines, begins, n)
        if len(lines[n].text) > _LONGEST_BEHIND:
            break
    return None


def _paragraphs(lines: Sequence[Line]) -> list[int]:
    """Return where paragraphs begin, and lines that are of a decision by their words."""
    return [
        n
        for n, line in enumerate(lines)
        if line.text
        and (n == 0 or lines[n - 1].blank or (not line.text[0].islower() and _is_of_decision(line.text)))
    ]


def _presents_first(passage: Passage) -> bool:
    """Return True if the first paragraph recommends or presents the matter, whatever its words."""
    if passage.kind is SectionKind.RECOMMENDATION:
        return True
    headed = passage.heading is not None and passage.kind is not SectionKind.OTHER
    return headed and len(_words(passage.lines)) > _LONGEST_ALONE


def _first_of_votes(lines: Sequence[Line], begins: Sequence[int]) -> int | None:
    """Return where paragraphs about votes begin, if they come first and their results follow."""
    voted = [n for n in begins if _tells_of_votes(lines[n].text)]
    decided = [n for n in begins if decides(lines[n].text)]
    if not voted:
        return None
    if not any(n > voted[0] for n in decided) and not any(_has_result(lines[n].text) for n in voted):
        return None
    if any(n < voted[0] for n in decided[-_MOST_OPENINGS:]):
        return None
    return _with_motion(lines, begins, voted[0])


def _has_result(text: str) -> bool:
    """Return True if a paragraph about votes says what became of the motion."""
    return bool(_VOTED_ON.match(text)) or decides_somewhere(text)


def _tells_of_votes(text: str) -> bool:
    return bool(_VOTES.match(text) or (_VOTED_ON.match(text) and not TELLS_PAST.search(text)))


def _is_of_decision(text: str) -> bool:
    return decides(text) or _tells_of_votes(text)


def _with_motion(lines: Sequence[Line], begins: Sequence[int], at: int) -> int:
    """Return where the motion begins that the decision at `at` answers, else `at`."""
    first = at
    for n in reversed([n for n in begins if n < at]):
        text = lines[n].text
        if _leads_to_vote(text):
            first = n
        elif text[0] not in '"”»“' and not _LISTED.match(text):
            break
    return first


def _leads_to_vote(text: str) -> bool:
    """Return True if a paragraph puts a motion, asks for a vote or says who was not impartial."""
    leads = _PUT.search(text) or _ASKS_FOR_VOTE.search(text)
    return bool(leads) and text[0].isupper() and not TELLS_PAST.search(text)


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
    return last if can_be and decides_somewhere(words) else None
