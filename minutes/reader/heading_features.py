"""Lines that can be headings, and what speaks for and against it: features that know no layout."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.bodies import same_committee
from minutes.reader.deciding import concludes, decides
from minutes.reader.decision_headings import DecisionHeading, decision_heading
from minutes.reader.flow import LIST_MARK
from minutes.reader.headings import (
    DECISION_OPENING,
    INLINE,
    NOTHING,
    RECOMMENDS,
    Own,
    heading_kind,
    noun_kind,
    weak_kind,
)
from minutes.reader.layout import Line
from minutes.reader.names import is_name
from minutes.vocabulary import SectionKind

_SHORTEST = 3
_FEW = 3
# So many lines may be between a heading and what is under it.
_NEAR = 3
_LONGEST = 110
_LONGEST_INLINE = 50
_DIGITS = re.compile(r"\d+")
# "Sag 306-2013-1001 Dok 306-2013-20001": a line of numbers
_MOST_NUMBERS = 1
_LENGTHS = (8, 14, 22, 32, 45, 60, 80)
# Words that make a line a sentence.
_VERB = re.compile(
    r"\b(?:er|var|blev|bliver|har|havde|skal|kan|vil|deltog|stemte|stemmer|[a-zæøå]{3,}ede|godkend\w+|tiltr\w+"
    r"|indstill(?:er|es)|anbefal(?:er|es)|foreslå(?:r|s)|drøft(?:er|es|et)|tages|taget|der|som|ser|viser|lyder|fremgår|følger)\b"
)
_VOTE = re.compile(r"\b(?:[Ss]temte|[Ss]temme|[Ff]or|[Ii]mod|[Mm]od|JA|NEJ|Ja|Nej)\b")
# "Undlod at stemme:", "Imod stemte:", "Ad 1" head what is voted on, no section.
_VOTE_LABEL = re.compile(r"(?:(?:For|Imod|Mod|Undlod|Stemte|Ja|Nej|Hverken|Blankt?|Ad)\b|.{0,30}\bstemte:?$)")
# "Åbent", "Lukket punkt": who may read the item
_ACCESS = re.compile(r"(?:Åbent?|Lukket|Offentligt?)(?: (?:sag|punkt|møde))?:?", re.IGNORECASE)
# "… 6 fagområder. Gruppen": the end of one sentence and the begin of the next
_SENTENCES = re.compile(r"[a-zæøå]{3}[.!?] [A-ZÆØÅ]")
# "Venstre afgav mindretalsudtalelse:" opens a statement.
_STATES = re.compile(
    r"\b(?:afg[ai]v|afgiver|tog|tager|stillede|stiller|ønskede|ønsker|begærede|begærer|bad|fik)\b"
)
_ABBREVIATED = re.compile(r"\b(?:m\.?v|m\.?m|o\.?l|etc)\.$")
# "DIR FOU BFU SOS": the head of a table
_COLUMNS = re.compile(r"[A-ZÆØÅ]{1,4}(?: [A-ZÆØÅ]{1,4}){2,}")
_PREPOSITION = re.compile(r"\b(?:til|fra|for|af|i|på|om|med|ved|vedr|den|d)\b")


class Words(NamedTuple):
    """The words of a line that can be a heading: text[:end] of it, and its section goes on from `rest`.

    `key` is what headings of one kind have in common.
    """

    end: int
    rest: int
    decided: DecisionHeading | None
    table: SectionKind | None
    noun: SectionKind | None
    heading: str
    key: str


class Candidate(NamedTuple):
    """A line that can be a heading: its words, and the features of these.

    `item` and `place` are the numbers of its item and of the line in the item's body.
    """

    item: int
    place: int
    line: Line
    end: int
    rest: int
    decided: DecisionHeading | None
    table: SectionKind | None
    noun: SectionKind | None
    heading: str
    key: str
    of_words: tuple[str, ...]


def candidates(bodies: Sequence[Sequence[Line]]) -> list[Candidate]:
    """The lines of the items' bodies that can be headings."""
    return [
        candidate
        for item, body in enumerate(bodies)
        for index, line in enumerate(body)
        if line.text and (candidate := _candidate(item, index, line)) and not _is_put_to_vote(candidate, body)
    ]


def _is_put_to_vote(candidate: Candidate, body: Sequence[Line]) -> bool:
    """Return True for the name of a motion over its votes: "Indstillingen:" over "For stemte: 7"."""
    if candidate.decided or candidate.table or weak_kind(candidate.heading) is SectionKind.DECISION:
        return False
    below = next((line.text for line in body[candidate.place + 1 : candidate.place + 3] if line.text), "")
    return candidate.rest == len(candidate.line.text) and bool(_VOTE_LABEL.match(below))


def is_decision(candidate: Candidate, body: Sequence[Line]) -> bool:
    """Return True for the decision itself, right under its heading: "Udvalget besluttede," or "Godkendt"."""
    goes_on = candidate.line.text.endswith(",")
    if candidate.table or candidate.rest != len(candidate.line.text) or (candidate.decided and not goes_on):
        return False
    nearest = range(candidate.place - 1, max(candidate.place - 1 - _NEAR, -1), -1)
    above = next((body[index].text for index in nearest if body[index].text), "")
    heads = heading_kind(above) is SectionKind.DECISION or decision_heading(above) is not None
    return heads and (goes_on or concludes(candidate.line.text))


def _candidate(item: int, index: int, line: Line) -> Candidate | None:
    parts = _words(line.text)
    return Candidate(item, index, line, *parts[0], parts[1]) if parts else None


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[Words, tuple[str, ...]] | None:
    """Return the words of a line that can be a heading, and their features."""
    if len(text) < _SHORTEST or not text[0].isupper() or "\t" in text:
        return None
    words = _decided(text) or _undecided(text)
    return (words, tuple(_of_words(text, words))) if words else None


# "Beslutning Tilbagesendes til Teknisk Udvalg.": the decision on the heading's line, without a colon
_SPACED = re.compile(r"(?:Beslutning|BESLUTNING|Afgørelse|Konklusion)(?:er|ER)?(?P<gap>\s+)(?=[A-ZÆØÅ])")


def _decided(text: str) -> Words | None:
    """Return the words of a heading that names the body whose decision follows, or announces a decision."""
    decided = decision_heading(text)
    if decided:
        heading = text[: decided.end]
        table = heading_kind(heading)
        noun = table or noun_kind(heading)
        return Words(decided.end, decided.rest, decided, table, noun, heading, _key(heading, decided))
    spaced = _SPACED.match(text)
    if not spaced or not decides(text[spaced.end() :]):
        return None
    heading = text[: spaced.start("gap")]
    kind = SectionKind.DECISION
    return Words(len(heading), spaced.end(), None, kind, kind, heading, _key(heading, None))


def _undecided(text: str) -> Words | None:
    """Return the words of a line that names neither a body nor a day."""
    inline = INLINE.match(text, 0, _LONGEST_INLINE + 1) if ":" in text[:_LONGEST_INLINE] else None
    end = inline.end() if inline else len(text)
    heading = text[:end]
    if end > _LONGEST or (
        text[end - 1] in ",;?!)" and not RECOMMENDS.fullmatch(text) and not heading_kind(text)
    ):
        return None
    if _is_no_heading(heading):
        return None
    table = heading_kind(heading)
    noun = table or noun_kind(heading)
    known = noun or weak_kind(heading)
    if (end < len(text) and not known) or (heading[-1] == "." and known):
        return None
    return Words(end, end, None, table, noun, heading, _key(heading, None))


def _key(heading: str, decided: DecisionHeading | None) -> str:
    """Return the form of a decision's heading, else the heading's words."""
    if decided and (decided.body or decided.date):
        return f"decided {decided.form}"
    return _DIGITS.sub("#", heading.casefold().rstrip(" :."))


def _is_no_heading(text: str) -> bool:
    return bool(
        _VOTE_LABEL.match(text)
        or _COLUMNS.fullmatch(text)
        or NOTHING.fullmatch(text)
        or _ACCESS.fullmatch(text)
        or _SENTENCES.search(text)
        or _STATES.search(text)
        or (text[-1] == "." and " " in text and not _ABBREVIATED.search(text))
        or len(_DIGITS.findall(text)) > _MOST_NUMBERS
    )


def can_be_unknown(heading: str) -> bool:
    """Return True if a line of no known kind can head a section: no label, no sentence, no decision."""
    return (
        len(heading) >= _SHORTEST_UNKNOWN
        and ":" not in heading
        and not DECISION_OPENING.match(heading)
        and not is_name(heading)
    )


def stands_over_text(candidate: Candidate, body: Sequence[Line]) -> bool:
    """Return True if a sentence, not another label, is below the heading."""
    below = _printed(body, candidate.place, 1)
    if below is None or len(below) < _SHORTEST_UNDER or below[0].islower():
        return False  # in small letters the line goes on: it is no heading
    return heading_kind(below) is None


# The shortest line that is a sentence under a heading.
_SHORTEST_UNDER = 40
_SHORTEST_UNKNOWN = 6


def features(
    candidates: Sequence[Candidate], bodies: Sequence[Sequence[Line]], own: Own
) -> Iterator[list[str]]:
    """Yield the features of each candidate, in their order."""
    items_with = Counter(key for key, _ in {(candidate.key, candidate.item) for candidate in candidates})
    apart = _apart(candidates, bodies)
    for candidate in candidates:
        body = bodies[candidate.item]
        yield [
            *candidate.of_words,
            *_of_decision(candidate.decided, own),
            *_of_place(candidate, body, apart),
            *_of_repetition(candidate, items_with[candidate.key], len(bodies)),
        ]


def _of_words(text: str, parts: Words) -> Iterator[str]:
    """Yield features of the heading's own words."""
    heading = parts.heading
    size = len(heading)
    words = heading.count(" ") + 1
    yield "bias"
    yield f"length {sum(size > limit for limit in _LENGTHS)}"
    yield f"words {min(words, 8)}"
    last = heading[-1]
    yield f"end {last if last in '.:)' else 'digit' if last.isdigit() else 'letter'}"
    if heading.isupper() and size > 3:
        yield "capitals"
    yield from _of_kind(parts, words)
    if parts.rest < len(text):
        yield f"text behind {_source(parts)}"
        if parts.table:
            yield f"text behind table {parts.table.value}"
        if DECISION_OPENING.match(text, parts.rest):
            yield "decision behind"
    if not parts.table and not parts.decided:
        yield from _of_sentences(heading, words)


def _of_kind(parts: Words, words: int) -> Iterator[str]:
    """Yield features of how the heading's words say its kind."""
    heading = parts.heading
    if parts.table:
        yield "table"
        yield f"table {parts.table.value}"
    elif weak_kind(heading):
        yield "weak table"
    elif parts.noun:
        yield "noun"
        yield f"noun {parts.noun.value}, words {min(words, 6)}"
        if words > 1 and noun_kind(heading.partition(" ")[0]) and not _PREPOSITION.search(heading):
            yield "words behind the noun"


def _of_sentences(heading: str, words: int) -> Iterator[str]:
    """Yield features of a line that can be a sentence, a name or a vote."""
    if _VERB.search(heading):
        yield "verb"
    if words > 1 and _PREPOSITION.search(heading):
        yield "preposition"
    if _DIGITS.search(heading):
        yield "digits"
    if words > 1 and is_name(heading):
        yield "name"
    if DECISION_OPENING.match(heading):
        yield "decision's words"
    if RECOMMENDS.fullmatch(heading):
        yield "recommends"
    if _VOTE.search(heading):
        yield "vote"


def _of_decision(decided: DecisionHeading | None, own: Own) -> Iterator[str]:
    """Yield features of a heading that says whose decision follows."""
    if decided is None:
        return
    yield "decides" if decided.decides else "body and day"
    body = day = "no"
    if decided.body:
        body = "own" if same_committee(decided.body, own.committee) else "other"
    if decided.date:
        day = "own" if decided.date == own.date else "other"
    yield f"{body} body"
    yield f"{day} day"
    yield f"{body} body, {day} day"
    if decided.item:
        yield "item's number"
    if decided.mark:
        yield "mark"


def _of_place(candidate: Candidate, body: Sequence[Line], apart: str) -> Iterator[str]:
    """Yield features of the place: blank lines around, the lines above and below."""
    index = candidate.place
    blank_above = index == 0 or body[index - 1].blank
    blank_below = index + 1 == len(body) or body[index + 1].blank
    yield f"blank above {blank_above}, {apart}"
    yield f"blank {'above ' * blank_above}{'below' * blank_below}"
    above = _printed(body, index, -1)
    below = _printed(body, index, 1)
    yield f"above {_above(above)}"
    yield f"below {_below(below)}"
    if not candidate.table and not candidate.decided:
        yield f"unknown, {_above(above)}, {_below(below)}, {'apart' if blank_above else 'joined'}"


def _printed(body: Sequence[Line], index: int, step: int) -> str | None:
    """The nearest printed line on one side."""
    at = index + step
    while 0 <= at < len(body):
        if body[at].text:
            return body[at].text
        at += step
    return None


def _above(text: str | None) -> str:
    if text is None:
        return "nothing"
    if text[-1] in ".!?":
        return "sentence"
    if text[-1] in ":,;":
        return "mark"
    return "long" if len(text) > 60 else "short"


@lru_cache(maxsize=4096)
def _below(text: str | None) -> str:
    if text is None:
        return "nothing"
    if DECISION_OPENING.match(text):
        return "decision"
    if LIST_MARK.match(text):
        return "list"
    if not text[0].isupper():
        return "no capital"
    if len(text) > 40 or text[-1] == ".":
        return "sentence"
    return "heading" if heading_kind(text) else "short"


def _apart(candidates: Sequence[Candidate], bodies: Sequence[Sequence[Line]]) -> str:
    """Return how the headings of the tables are printed: apart by blank lines, or joined to the text."""
    known = [candidate for candidate in candidates if candidate.table]
    if not known:
        return "unknown"
    blank = sum(
        candidate.place == 0 or bodies[candidate.item][candidate.place - 1].blank for candidate in known
    )
    return "apart" if 5 * blank >= 4 * len(known) else "joined" if 5 * blank <= 2 * len(known) else "mixed"


def _of_repetition(candidate: Candidate, items: int, of: int) -> Iterator[str]:
    """Yield features of how many items have the heading, and how its kind is known."""
    repeated = _repeated(items, of)
    yield repeated
    yield f"{_source(candidate)}, {repeated}"


def _source(candidate: Candidate | Words) -> str:
    if candidate.decided:
        return "decision's heading"
    if candidate.table:
        return "table"
    if weak_kind(candidate.heading):
        return "weak table"
    return "noun" if candidate.noun else "unknown"


def _repeated(items: int, of: int) -> str:
    if items == 1:
        return "items 1 of one" if of == 1 else "items 1 of few" if of <= _FEW else "items 1"
    return "items third" if 3 * items >= of and items >= 3 else "items 3" if items >= 3 else "items 2"
