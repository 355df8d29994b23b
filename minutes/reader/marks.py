"""Labels, headings, case numbers and item numbers that begin lines inside of a flat line."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.body_marks import bodies_with_days, end_of_body
from minutes.reader.case_marks import case_marks
from minutes.reader.dates import DATE
from minutes.reader.head_labels import head_labels
from minutes.reader.joints import DECIDED, Numbers
from minutes.reader.own_numbers import own_number_marks
from minutes.reader.page_marks import LEADER, page_marks
from minutes.reader.phrases import (
    AMBIGUOUS,
    HEADINGS,
    LABELS,
    LISTS,
    TITLES,
    WANT_COLON,
    WEAK,
    Phrase,
    Row,
)
from minutes.reader.sentence_marks import group_marks, sentence_marks
from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

SENTENCE_ENDS = frozenset('.!?:;)”"»…')
# How far behind a number its case number or first heading is.
_NEAR = 250
HEAD_OF_DOCUMENT = 500
ITEMS = ("item", "number")
_SHORTEST_WORD = 3
_LONGEST_PAGE_NUMBER = 5
# "1. Fraværende", "Nr. 2 - Bemærkninger til dagsordenen"
_NUMBER_AHEAD = re.compile(r"(?<![\w.,/-])\d{1,3}(?P<mark>[.:)]| -)? \Z")
_TITLES_TOO = frozenset(
    (*WORDS.headings[SectionKind.ABSENT], *WORDS.headings[SectionKind.OTHER], "orientering")
)


# "Mødet sluttede kl. 18.10"
_CLOSE = re.compile(r"Mødet (?:sluttede|slut|hævet|hævedes)\b")
# "GODKENDELSE AF DAGSORDEN: Godkendt", "ØKONOMIUDVALGET 2. Budget"
_CAPITALS = re.compile(r"(?<!\()\b[A-ZÆØÅ]{3,30}(?:[ -][A-ZÆØÅ]{2,30}){0,6}(?::|(?= \d{1,3}\. ))")
# "Punkt 3: Budget", "Pkt. 42 Sti", "SAG NR. 4 - Havn"
NAMED_NUMBER = re.compile(
    r"(?:Punkt:?|PUNKT|Pkt\.|PKT\.|Sag|Sag nr\.|SAG NR\.|Nr\.|Dagsordenspunkt) ?"
    r"(?P<number>\d{1,4})\b[.:]?(?= ?[A-ZÆØÅ–:-])"
)
# "• 4     Sti langs åen", "4 - Sti langs åen", "4 Sti langs åen": only above a case number or heading
_LOOSE_NUMBER = re.compile(
    r"(?<!\S)(?<!Side )(?:[•·] {1,6})?(?P<number>\d{1,3})(?: [-–:] | {1,6})(?=[A-ZÆØÅ])"
)
_BULLET = re.compile(r"(?<= )[•·](?= )")
# Labels that are no word of a sentence with a capital: "… Rådhuset Starttidspunkt Kl. 15"
_CERTAIN_LABELS = ("møde", "starttid", "sluttid")
_PEOPLE_LABELS = frozenset(
    {"til stede", "tilstede", "deltagere", "mødedeltagere", "medlemmer", "afbud", "fraværende"}
)
_ABSENCE = frozenset({"afbud", "fraværende"})
_MEETING_NUMBER = re.compile(r"(?<= )Møde nr\. ?\d{1,4}(?= |$)")
_DAY_LABELS = frozenset({"næste møde", "dato", "mødedato", "udsendelsesdato"})
_DAY = re.compile(rf" (?:[a-zæøå]+dag )?(?:den |d\. ?)?{DATE}")
# "Per Holm Til stede Ida Krog Til stede fra pkt. 3": behind each of several names
_STATUS = re.compile(
    r"(?:Til stede|Tilstede|Afbud)(?: fra (?:pkt|pk|punkt)\.? ?\d{1,3})?(?: (?=[A-ZÆØÅ])|\s*$)"
)
_STATUSES = frozenset({"til stede", "tilstede", "afbud"})
_FEWEST_STATUSES = 3
_NAME_AHEAD = re.compile(r"[A-ZÆØÅ][\wæøå.-]* [A-ZÆØÅ][a-zæøåé-]+ \Z")
_END_OF_HEADER = 3000
_FEWEST_IN_ROW = 3
# "Indstilling 1. at budgettet godkendes": a list behind a heading
_POINT = re.compile(r"1[.)] ?[A-ZÆØÅa]")
# "Fraværende i Nordby Byråd, 31. maj 2022: Ida Krog", "Fraværende- Ida Krog"
_LIST_FILLER = re.compile(r" i [A-ZÆØÅ][\w ,æøåÆØÅ-]{2,60}(?:\. [a-z]+ \d{4})?:|[-–](?= [A-ZÆØÅ])")
_AFTER = 6
_LETTER = re.compile(r"[A-HJ-Z] [a-zæøå]")
# "Godkendt Referat 9. Frigivelse af midler"
_ITEM_NEXT = re.compile(r"\d{1,3}[.:)] ?[A-ZÆØÅ]")
# "ÅBENT REFERAT"
_ACCESS_AHEAD = re.compile(r"(?<!\S)(?:Åbent?|ÅBENT?|Lukket|LUKKET) \Z")
# Words that a heading in mid-sentence belongs to: "jf. Indstilling", "og Økonomi"
_GOES_ON = re.compile(r"\b(?:og|i|til|under|fra|ved|på|af|om|for|den|det|en|et|jf\.?)$", re.IGNORECASE)


# "Starttidspunkt for møde:", "Afbud fra:", "Mødedato:"
_FILLER = re.compile(r"(?: (?:for mødet?|fra|for))?\s?:")


# "REGIONSRÅDETS " ahead of "BESLUTNING"
_OWNER = re.compile(r"(?<!\S)[A-ZÆØÅ-]{4,}S \Z")
_LONGEST_OWNER = 40
_NOTHING = re.compile(r"\s*\Z")
_NEXT_WORD = re.compile(r"\W{0,4}(\w{2,20})")
# "B E S L U T N I N G E R REGION"
_SPACED = re.compile(r"(?<!\S)(?:[A-ZÆØÅ] ){5,}(?=[A-ZÆØÅ\d][\wæøåÆØÅ])")


class Mark(NamedTuple):
    """A label, heading, case number or item number inside of a line.

    `certain` when it can only be the beginning of a line; `alone` when what follows it is on the next;
    `names` when a list of people follows; `in_row` when the values of several labels follow.
    """

    start: int
    end: int
    kind: str
    certain: bool = False
    alone: bool = False
    names: bool = False
    number: int = 0
    in_row: bool = False


def marks_of(text: str, row: Row, phrases: Sequence[Phrase], numbers: Numbers, last: int) -> list[Mark]:
    """Return the marks of a line, in order, none inside of another."""
    marks = [*_marks_by_form(text, row), *_marks_of_phrases(text, row, phrases)]
    marks += [*_item_marks(text, row, numbers, marks, last), *_named_item_marks(text, row, marks)]
    marks += [Mark(start, end, "page", alone=True) for start, end in page_marks(text, row)]
    marks += [Mark(match.end(), match.end(), "leader") for match in LEADER.finditer(text, row.start, row.end)]
    return list(_apart(sorted(marks, key=lambda mark: (mark.start, mark.kind != "page", mark))))


def _marks_by_form(text: str, row: Row) -> Iterator[Mark]:
    """Yield the marks that are recognised by their form, without the vocabulary of labels and headings."""
    for start, end, alone in case_marks(text, row):
        yield Mark(start, end, "case", certain=True, alone=alone)
    for match in _BULLET.finditer(text, row.start, row.end):
        yield Mark(match.start(), match.start(), "bullet")
    for start, end in bodies_with_days(text, row):
        yield Mark(start, end, "heading", certain=True, alone=True)
    for match in _CLOSE.finditer(text, row.start, row.end):
        yield Mark(match.start(), match.end(), "end")
    for match in _SPACED.finditer(text, row.start, row.end):
        yield Mark(match.start(), match.end(), "title", alone=True)
    yield from _capital_marks(text, row)
    for start, end in sentence_marks(text, row):
        yield Mark(start, end, "label", certain=end > start)
    for start, end in group_marks(text, row):
        yield Mark(start, end, "group", alone=True)
    for match in _MEETING_NUMBER.finditer(text, row.start, min(row.end, row.start + HEAD_OF_DOCUMENT)):
        yield Mark(match.start(), match.end(), "label")


def _marks_of_phrases(text: str, row: Row, phrases: Sequence[Phrase]) -> Iterator[Mark]:
    """Yield the marks of the labels and headings of the vocabulary."""
    behind = row.start  # where the last mark ends
    labels_in_row = _labels_in_row(text, phrases)
    in_header = head_labels(text, phrases)
    has_statuses = sum(phrase.words in _STATUSES for phrase in phrases) >= _FEWEST_STATUSES
    for phrase in phrases:
        if has_statuses and (status := _STATUS.match(text, phrase.start, row.end)):
            yield Mark(status.end(), status.end(), "label")
            continue
        if _is_title(text, row, phrase):
            continue
        if phrase.start in in_header:
            mark: Mark | None = Mark(phrase.start, phrase.end, "label", certain=True)
        else:
            mark = labels_in_row.get(phrase.start) or _phrase_mark(text, row, phrase, behind)
        if mark:
            yield mark
            behind = mark.end


def _capital_marks(text: str, row: Row) -> Iterator[Mark]:
    """Yield what is printed in capitals before a colon or number; with a heading's noun it is a heading."""
    for match in _CAPITALS.finditer(text, row.start, row.end):
        words = match[0].rstrip(":").lower()
        if words.rpartition(" ")[2] in HEADINGS and words not in HEADINGS:
            yield Mark(match.start(), match.end(), "heading", certain=True, alone=True)
        elif words not in HEADINGS:
            yield Mark(match.start(), match.end(), "label", certain=match[0][-1] == ":")


def _apart(marks: Sequence[Mark]) -> Iterator[Mark]:
    end = -1
    for mark in marks:
        if mark.start >= end:
            yield mark
            end = mark.end


def _labels_in_row(text: str, phrases: Sequence[Phrase]) -> dict[int, Mark]:
    """Return the marks of labels that follow each other without values: "Sted Medlemmer Salen …"."""
    marks: dict[int, Mark] = {}
    run: list[tuple[Phrase, int]] = []
    for phrase in phrases:
        colon = _FILLER.match(text, phrase.end)
        goes_on = run and not text[run[-1][1] : phrase.start].strip()
        # "Mødested: Fraværende: Mødelokale 3": a value
        if not goes_on or (text[run[-1][1] - 1] == ":" and not colon):
            marks |= _row_marks(text, run)
            run = []
        run.append((phrase, colon.end() if colon else phrase.end))
    return marks | _row_marks(text, run)


def _row_marks(text: str, run: Sequence[tuple[Phrase, int]]) -> dict[int, Mark]:
    """Return the marks of a row of labels by their places; none where it is no row."""
    # "REFERAT Dato Udvalg Sted …"
    run = run[1:] if run and run[0][0].words in TITLES else run
    fewest = _FEWEST_IN_ROW - all(text[end - 1] == ":" for _, end in run)
    if len(run) < fewest or run[0][0].start > _END_OF_HEADER:
        return {}
    if not all(label.words in LABELS or label.words in LISTS for label, _ in run):
        return {}
    last = run[-1][0]
    return {
        label.start: Mark(label.start, end, "label", certain=True, in_row=label == last) for label, end in run
    }


def _phrase_mark(text: str, row: Row, phrase: Phrase, behind: int) -> Mark | None:
    """Return the mark of a label or heading that begins a line. `behind`: where the mark before it ends."""
    start, end, words = phrase
    ahead = text[max(row.start, start - 40) : start].rstrip()
    opens = (
        not ahead
        or ahead[-1] in SENTENCE_ENDS
        or ahead[-1].isdigit()
        or (start - behind < _SHORTEST_WORD and not text[behind:start].strip())
        or DECIDED.search(ahead) is not None
    )
    if words in TITLES and (not opens or words != "referat" or end <= HEAD_OF_DOCUMENT):
        return _title_mark(text, row, phrase)
    if words.startswith("beslutning"):
        end_behind = end_of_body(text, end, row)
        if end_behind:
            return Mark(start, end_behind, "heading", certain=True, alone=True)
    if _is_last(text, row, phrase) and _behind_name(text, row, phrase):
        return Mark(start, end, "label", certain=True)
    if words in _ABSENCE and text[end : end + 2].strip().isupper() and _behind_name(text, row, phrase):
        return Mark(start, end, "label", certain=True)
    if words in HEADINGS or words in WEAK or words in TITLES:
        return _heading_mark(text, row, phrase, ahead, opens=opens)
    return _label_mark(text, row, phrase, opens=opens)


def _is_title(text: str, row: Row, phrase: Phrase) -> bool:
    """Return True if an item's number is right before words that titles have too: "1. Fraværende"."""
    if phrase.words not in _TITLES_TOO or text.startswith(":", phrase.end):
        return False
    number = _NUMBER_AHEAD.search(text, max(row.start, phrase.start - 12), phrase.start)
    # "Punkt 1 Fraværende Ida Krog" is no title
    return number is not None and (bool(number["mark"]) or phrase.words not in LISTS)


def _heading_mark(text: str, row: Row, phrase: Phrase, ahead: str, *, opens: bool) -> Mark | None:
    """Return the mark of a heading: with a colon, behind a sentence, or no plain word in mid-sentence."""
    start, end, words = phrase
    filler = _LIST_FILLER.match(text, end, row.end) if opens and words in LISTS else None
    if filler:
        return Mark(start, filler.end(), "heading", certain=True, names=True)
    after = text[end : min(end + _AFTER, row.end)].lstrip()
    colon = after[:1] == ":"
    in_capitals = _is_in_capitals(text, start, end)
    if colon:
        is_heading = _is_heading_by_colon(words, ahead, opens=opens)
    else:
        is_heading = in_capitals or _is_heading(words, ahead, after, opens=opens)
    if not is_heading:
        return None
    if in_capitals:
        owner = _OWNER.search(text, max(row.start, start - _LONGEST_OWNER), start)
        start = owner.start() if owner else start
    end += text[end : end + 2].find(":") + 1
    if words in LISTS and colon:
        return Mark(start, end, "heading", certain=True, names=True)
    certain = colon or in_capitals or (opens and words not in AMBIGUOUS)
    return Mark(start, end, "heading", certain, alone=True, names=words in LISTS)


def _is_heading_by_colon(words: str, ahead: str, *, opens: bool) -> bool:
    """Return False for a plain noun of the words before it: "Service og Økonomi:"."""
    return opens or words not in AMBIGUOUS or not _GOES_ON.search(ahead)


def _is_heading(words: str, ahead: str, after: str, *, opens: bool) -> bool:
    """Return True if a phrase without colon follows a sentence, or is no plain word and before a capital."""
    # "Sag nr. 14 Forslag A til boliger": a title
    if words in AMBIGUOUS and _LETTER.match(after):
        return False
    if opens and words in TITLES and _ITEM_NEXT.match(after):
        return True
    if opens:
        return not after or after[0].isupper() or after[0] in '"“”»(•–-' or _POINT.match(after) is not None
    plain = words in AMBIGUOUS or words in TITLES or bool(_GOES_ON.search(ahead))
    if plain:
        return False
    return not after or after[0].isupper() or after[0] in "•·" or _POINT.match(after) is not None


def _is_in_capitals(text: str, start: int, end: int) -> bool:
    """Return True if text[start:end] is in capitals and the next word is not: "INDSTILLING at budgettet"."""
    following = _NEXT_WORD.match(text, end)
    return text[start:end].isupper() and following is not None and not following[1].isupper()


def _label_mark(text: str, row: Row, phrase: Phrase, *, opens: bool) -> Mark | None:
    """Return the mark of a label: with a colon, run into its value, or before a capital."""
    start, end, words = phrase
    after = text[end : min(end + 3, row.end)]
    if after[:1].isdigit() or (after[:1].isupper() and after[1:2].islower()):
        return Mark(start, end, "label", certain=True, alone=True)
    after = after.lstrip()
    filler = _FILLER.match(text, end, row.end)
    if filler:
        return Mark(start, filler.end(), "label", certain=True)
    if words in _DAY_LABELS and _DAY.match(text, end, row.end):
        return Mark(start, end, "label", certain=True)
    is_certain = words.startswith(_CERTAIN_LABELS)
    if words == "mødelokale" and (after[:1].isdigit() or text[max(row.start, start - 2) : start] == "- "):
        return None
    behind_name = _behind_name(text, row, phrase)
    if not behind_name and (words in WANT_COLON or not (opens or is_certain)):
        return None
    follows = not after or after[:1].isupper() or after[0] in "•·" or (is_certain and after[:1].isdigit())
    return Mark(start, end, "label", certain=True) if follows else None


def _is_last(text: str, row: Row, phrase: Phrase) -> bool:
    return _NOTHING.match(text, phrase.end, row.end) is not None


def _behind_name(text: str, row: Row, phrase: Phrase) -> bool:
    """Return True if a label of people is behind a name in a header: "Per Holm Til stede Ida Krog"."""
    if phrase.start > _END_OF_HEADER or not (phrase.words in _PEOPLE_LABELS or _is_last(text, row, phrase)):
        return False
    return _NAME_AHEAD.search(text, max(row.start, phrase.start - 40), phrase.start) is not None


def _title_mark(text: str, row: Row, phrase: Phrase) -> Mark | None:
    """Return the mark of "REFERAT" in the head of the document, or of a contents list."""
    start, end, words = phrase
    after = text[end : min(end + 2, row.end)].strip()
    if words == "indholdsfortegnelse":
        end += len(" Side") if text.startswith(" Side ", end) else 0
        return Mark(start, end, "title", certain=True, alone=True)
    if end > HEAD_OF_DOCUMENT or (after and not after[:1].isupper() and not after[:1].isdigit()):
        return None
    access = _ACCESS_AHEAD.search(text, row.start, start)
    return Mark(access.start() if access else start, end, "title", alone=bool(after[:1].isupper()))


def _anchors(marks: Sequence[Mark]) -> list[int]:
    """Return where case numbers and headings are: what is under an item's title."""
    return sorted(mark.start for mark in marks if mark.kind in ("case", "heading"))


# "… godkendt. 28 (Åben) Høring om stier", "30 (Lukket) Årets pris"
_ACCESS_NUMBER = re.compile(r"(?<![\d.,/-])\d{1,3} \((?:Åbent?|Lukket)\) (?=[A-ZÆØÅ])")
ACCESS_NUMBER_AHEAD = re.compile(r"(?<![\d.,/-])\d{1,3} \((?:Åbent?|Lukket)\) \Z")


def _item_marks(text: str, row: Row, numbers: Numbers, around: Sequence[Mark], last: int) -> Iterator[Mark]:
    """Yield the item numbers of a line: those that run on, at a sentence's end or before a case or heading.

    Others count where they are missing: 15 behind 14, 1 before 2. `last` is the last number of the lines
    above, `around` the other marks of the line.
    """
    anchors = _anchors(around)
    ends = {mark.end for mark in around if mark.alone}
    places = [
        (start, number)
        for start, number in numbers.between(row.start, row.end)
        if numbers.runs(number)
        and not numbers.is_reference(start)
        and text[start - 1 : start] not in "/-,(:."
    ]
    marks: list[Mark | None] = []
    afters = [*(start for start, _ in places[1:]), row.end]
    for (start, number), after in zip(places, afters if places else (), strict=True):
        ahead = text[max(row.start, start - 40) : start].rstrip()
        supported = _is_within(anchors, start, min(after, start + _NEAR))
        opens = not ahead or ahead[-1] in SENTENCE_ENDS or bool(LEADER.search(ahead)) or start - 1 in ends
        kind = "item" if supported else "number"
        mark = Mark(start, start, kind, opens and supported, number=number)
        marks.append(mark if opens or supported else None)
    yield from _with_missing(places, marks, last)


def _with_missing(
    places: Sequence[tuple[int, int]], marks: Sequence[Mark | None], last: int
) -> Iterator[Mark]:
    """Yield the marks, and those of numbers without one that go on from the last or lead to the next."""
    following = 0
    is_before_next = []
    for mark, (_, number) in zip(reversed(marks), reversed(places), strict=True):
        is_before_next.append(number + 1 == following)
        following = number if mark else following
    for mark, (start, number), before_next in zip(marks, places, reversed(is_before_next), strict=True):
        if mark or number - 1 == last or before_next:
            yield mark or Mark(start, start, "number", number=number)
            last = number


def _named_item_marks(text: str, row: Row, around: Sequence[Mark]) -> Iterator[Mark]:
    """Yield "Punkt 3" where a sentence ended before it, or a case number or heading follows."""
    anchors = _anchors(around)
    for match in NAMED_NUMBER.finditer(text, row.start, row.end):
        start = match.start()
        ahead = text[max(row.start, start - 40) : start].strip()
        opens_page = ahead.isdigit() and start - row.start <= _LONGEST_PAGE_NUMBER
        is_ended = not ahead or opens_page or ahead[-1] in SENTENCE_ENDS
        if is_ended or _is_within(anchors, start, start + _NEAR):
            yield Mark(start, match.end(), "item", certain=True)
    for start, end in own_number_marks(text, row):
        yield Mark(start, end, "item", certain=True)
    for match in _ACCESS_NUMBER.finditer(text, row.start, row.end):
        yield Mark(match.start(), match.end(), "item", certain=True)
    loose = [
        (match.start(), int(match["number"]))
        for match in _LOOSE_NUMBER.finditer(text, row.start, row.end)
        if _is_within(anchors, match.start(), match.start() + _NEAR)
    ]
    for (start, number), after in zip(loose, [*loose[1:], (row.end, 0)][: len(loose)], strict=True):
        if _is_within(anchors, start, after[0]) and not _GOES_ON.search(
            text[max(row.start, start - 8) : start].rstrip()
        ):
            yield Mark(start, start + len(str(number)), "loose", number=number)


def _is_within(places: Sequence[int], start: int, end: int) -> bool:
    at = bisect_left(places, start)
    return at < len(places) and places[at] < end
