"""The votes that were held, from the sentences of the item's own decision."""

import re
from collections.abc import Sequence

from minutes.reader.dates import NUMBER, number
from minutes.reader.names import names_in
from minutes.reader.records import Ballot
from minutes.reader.sentences import Sentence
from minutes.vocabulary import BallotResult, BallotSubject, ResultFrom

# "med 6 stemmer for og 1 stemme imod", "med seks stemmer for, 1 stemme imod"
_FOR_AGAINST = re.compile(
    rf"\b(?P<for>{NUMBER})\s+stemmer?\s+for\b(?:\s*,?\s*(?:og\s+)?(?P<against>{NUMBER})\s+(?:stemmer?\s+)?i?mod\b)?",
    re.IGNORECASE,
)
# "med 34 stemmer imod 15", "med 46 stemmer mod 3": the larger number is the side that won
_WON_LOST = re.compile(rf"\bmed\s+(?P<won>{NUMBER})\s+stemmer?\s+i?mod\s+(?P<lost>{NUMBER})\b", re.IGNORECASE)
# "Taget til efterretning med 6 stemmer."
_FOR_ALONE = re.compile(rf"\bmed\s+(?P<for>{NUMBER})\s+stemmer?\b(?!\s+i?mod\b)", re.IGNORECASE)
# "2 undlod at stemme", "og 1 stemme undlod", "8 medlemmer undlod at stemme"
_ABSTAINED = re.compile(
    rf"\b(?P<abstained>{NUMBER})\s+(?:(?:stemmer?|medlem(?:mer)?)\s+)?(?:undlod|hverken\s+for\s+eller)\b",
    re.IGNORECASE,
)
# "Imod stemte A og B.", "For stemte: A, B og C", "Undlod at stemme: A", "Hverken for eller imod stemte A"
_SIDE_FIRST = re.compile(
    r"(?P<side>Imod|Mod|For|Undlod)\s+(?:stemte|at\s+stemme)\s*:?\s*(?P<names>.+)", re.IGNORECASE | re.DOTALL
)
# "Kasper Holm stemte imod.", "A og B undlod at stemme."
_NAMES_FIRST = re.compile(
    r"(?P<names>.+?)\s+(?:stemte\s+(?P<side>i?mod|for)|(?P<abstained>undlod\s+at\s+stemme))\.?",
    re.IGNORECASE | re.DOTALL,
)
_LOST = re.compile(
    r"\bforkastet\b|\bforkastes\b|\bfaldt\b|\bfaldet\b|\bnedstemt\b|\bafvist\b|\bikke\s+(?:tiltrådt|godkendt|vedtaget)\b",
    re.IGNORECASE,
)
_CARRIED = re.compile(
    r"\bgodkendte?s?\b|\btiltrådte?s?\b|\bvedtag(?:et|es)\b|\bvedtog(?:es)?\b|\btil\s+efterretning\b|\bindstilles\b"
    r"|\banbefal\w*\b|\bbesluttet\b|\bbesluttede\b|\bimødekommet\b",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(
    r"ændringsforslag|\bmodforslag|\bprocedureforslag|\bforslag\b[^.]{0,60}\bom\s+(?:at\s+)?(?:udsæt|sende\b|oversend|tilbagesend)",
    re.IGNORECASE,
)
# "3. at: Indstilles godkendt med …", "Ad 2 …"
_PART = re.compile(
    r"(?:Ad\s+)?(?P<part>\d{1,2})(?:\.\s*at\b|\.\s*:|[.:])|Ad\s+(?P<ad>\d{1,2})\b", re.IGNORECASE
)


def find_ballots(text: str, decision: Sequence[Sequence[Sentence]]) -> tuple[Ballot, ...]:
    """The ballots of a decision, given as paragraphs of sentences of the document's `text`.

    A sentence with counts is a ballot; those right after it that say who voted belong to it.
    """
    ballots = []
    for paragraph in decision:
        position = 0
        while position < len(paragraph):
            counts = _counts(paragraph[position].text)
            if counts is None:
                position += 1
                continue
            following = position + 1
            while following < len(paragraph) and _voters(paragraph[following].text):
                following += 1
            ballots.append(_ballot(text, paragraph, position, following, counts))
            position = following
    return tuple(ballots)


def _ballot(
    text: str,
    paragraph: Sequence[Sentence],
    position: int,
    following: int,
    counts: tuple[int | None, int | None, int | None],
) -> Ballot:
    sentence = paragraph[position]
    names: dict[str, tuple[str, ...]] = {"for": (), "against": (), "abstained": ()}
    for each in paragraph[position + 1 : following]:
        voters = _voters(each.text)
        if voters:
            side, who = voters
            names[side] += who
    in_favour, against, abstained = counts
    lost, carried = _LOST.search(sentence.text), _CARRIED.search(sentence.text)
    printed = bool(lost or carried)
    is_lost = bool(lost) if printed else (against or 0) >= (in_favour or 0)
    start, end = sentence.start, paragraph[following - 1].end
    return Ballot(
        subject=_subject(paragraph[0].text, sentence.text),
        in_favour=in_favour,
        against=against,
        abstained=abstained,
        for_names=names["for"],
        against_names=names["against"],
        abstained_names=names["abstained"],
        result=BallotResult.LOST if is_lost else BallotResult.CARRIED,
        result_from=ResultFrom.PRINTED if printed else ResultFrom.COUNTS,
        evidence=text[start:end],
        start=start,
        end=end,
    )


def _counts(sentence: str) -> tuple[int | None, int | None, int | None] | None:
    """(for, against, abstained) of a sentence that tells of a vote, each as printed or None."""
    if "stemme" not in sentence:
        return None
    abstained = _ABSTAINED.search(sentence)
    rest = number(abstained["abstained"]) if abstained else None
    match = _WON_LOST.search(sentence)
    if match:
        sides = (number(match["won"]), number(match["lost"]))
        return (*(sides[::-1] if _LOST.search(sentence) else sides), rest)
    match = _FOR_AGAINST.search(sentence)
    if match:
        return number(match["for"]), number(match["against"]) if match["against"] else None, rest
    match = _FOR_ALONE.search(sentence)
    if match:
        return number(match["for"]), None, rest
    return None


def _voters(sentence: str) -> tuple[str, tuple[str, ...]] | None:
    """(side, names) of a sentence that says who voted how, and nothing else."""
    match = _SIDE_FIRST.fullmatch(sentence)
    if match:
        side = {"for": "for", "undlod": "abstained"}.get(match["side"].lower(), "against")
        names = names_in(match["names"])
        return (side, names) if names else None
    match = _NAMES_FIRST.fullmatch(sentence)
    if match:
        side = "abstained" if match["abstained"] else "for" if match["side"].lower() == "for" else "against"
        names = names_in(match["names"])
        return (side, names) if names else None
    return None


def _subject(opening: str, sentence: str) -> str:
    if _AMENDMENT.search(sentence):
        return BallotSubject.AMENDMENT
    part = _PART.match(opening)
    return f"part {part['part'] or part['ad']}" if part else BallotSubject.MAIN
