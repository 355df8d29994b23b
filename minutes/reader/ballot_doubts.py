"""Signs that a vote was misread: counts, names and results that contradict each other."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from minutes.reader.notices import doubt
from minutes.reader.records import Ballot, Document, Doubt, Item
from minutes.vocabulary import BallotKind, BallotResult, CountsFrom, DocumentKind, SectionKind

# "stemte imod", "6 stemmer for", "stemmetal"; not "stemning", "bestemte", "overensstemmelse"
_VOTED = re.compile(r"\b(?:stemte|stemmer)\b", re.IGNORECASE)
# Votes without sides, and words that are no votes: "uden afstemning", "enstemmigt", "stemmer overens"
_NO_SIDES = re.compile(
    r"enstemmig|samtlige|alle\b|ikke\b|ville|ønsker|overens|stemte? om|høringssvar|borger|\bvalgt?\b",
    re.IGNORECASE,
)
# "Imod stemte Ane Lund", "For stemte: A, B": where the voters of each side are listed
_LISTS = (
    re.compile(r"\b[Ff]or stemte:?[ \t]+[A-ZÆØÅ]"),
    re.compile(r"\b(?:[Ii]mod|[Mm]od) stemte:?[ \t]+[A-ZÆØÅ]"),
    re.compile(r"\b[Uu]ndlod(?: at stemme)?:?[ \t]+[A-ZÆØÅ]"),
)
# "Liste B stemte imod, idet …": the reason of a vote that a ballot has
_EXPLAINS = re.compile(r"\b(?:idet|da|fordi|eftersom|begrund\w*|motivering\w*|ud fra)\b", re.IGNORECASE)
# A shorter list of participants is not one of the members.
_FEWEST_MEMBERS = 3


def ballot_doubts(document: Document) -> Iterator[Doubt]:
    """Yield a doubt for each contradiction in a ballot, and for sentences about a vote that were not read."""
    # A list of absentees alone does not say how many members there are.
    is_listed = len(document.participants) >= _FEWEST_MEMBERS
    members = {
        *(member.name for member in document.participants),
        *(member.name for member in document.substitutes),
        *(absence.name for absence in document.absent),
        *(movement.name for movement in (*document.arrivals, *document.departures)),
    }
    for item in document.items:
        for ballot in item.ballots:
            for code in _codes(ballot, len(members) if is_listed else None):
                yield doubt(code, ballot.start, ballot.end, number=item.number, title=item.title)
        for one, other in pairwise(item.ballots):
            if _disagree(one, other):
                place = (other.start, other.end)
                yield doubt("names_against_counts", *place, number=item.number, title=item.title)
        if not item.closed and document.document == DocumentKind.MINUTES:
            yield from _unread_votes(document.text, item)


def _codes(ballot: Ballot, members: int | None) -> Iterator[str]:
    if _result_is_contradicted(ballot):
        yield "result_against_counts"
    if any(_is_contradicted(*side) for side in _sides(ballot)):
        yield "names_against_counts"
    if any(
        not names and not parties and voters.search(ballot.evidence)
        for (_, names, parties), voters in zip(_sides(ballot), _LISTS, strict=True)
    ):
        yield "voters_unread"
    names = [name for _, side_names, _ in _sides(ballot) for name in side_names]
    if len(set(names)) < len(names):
        yield "name_on_two_sides"
    votes = sum(count or 0 for count, _, _ in _sides(ballot))
    if members is not None and votes > members and ballot.kind == BallotKind.MOTION:
        yield "more_votes_than_members"


def _result_is_contradicted(ballot: Ballot) -> bool:
    in_favour, against = ballot.in_favour, ballot.against
    if in_favour is None or against is None or in_favour == against or not ballot.result:
        return False
    by_counts = BallotResult.CARRIED if in_favour > against else BallotResult.LOST
    return ballot.result is not by_counts


_Side = tuple[int | None, Sequence[str], dict[str, int | None]]


def _sides(ballot: Ballot) -> tuple[_Side, ...]:
    return (
        (ballot.in_favour, ballot.for_names, ballot.for_parties),
        (ballot.against, ballot.against_names, ballot.against_parties),
        (ballot.abstained, ballot.abstained_names, ballot.abstained_parties),
    )


def _is_contradicted(count: int | None, names: Sequence[str], parties: dict[str, int | None]) -> bool:
    """Return True if the voters that are printed of a side cannot be as many as its count."""
    if count is None or not (names or parties):
        return False
    fewest = len(names) + sum(1 if number is None else number for number in parties.values())
    is_open = any(number is None for number in parties.values())
    return fewest > count or (fewest < count and not is_open)


def _disagree(one: Ballot, other: Ballot) -> bool:
    """Return True if `other` lists one side's voters, and they are not as many as in the vote before it."""
    counts = [(first[0], second[0]) for first, second in zip(_sides(one), _sides(other), strict=True)]
    counted = [pair for pair in counts if pair[1] is not None]
    is_list = other.counts_from == CountsFrom.COUNTED and len(counted) == 1 and other.result is None
    return is_list and one.subject == other.subject and counted[0][0] not in (None, counted[0][1])


def _unread_votes(text: str, item: Item) -> Iterator[Doubt]:
    """Yield a doubt if a sentence in the decision mentions votes that are in no ballot."""
    spans = [(ballot.start, ballot.end) for ballot in item.ballots]
    spans += [(election.start, election.end) for election in item.elections]
    spans += [(statement.start, statement.end) for statement in item.statements]
    for section in item.sections:
        if section.kind != SectionKind.DECISION:
            continue
        for match in _VOTED.finditer(text, section.start, section.end):
            if any(start <= match.start() < end for start, end in spans):
                continue
            sentence = _sentence_at(text, match.start(), section.start, section.end)
            if not _NO_SIDES.search(sentence) and not _EXPLAINS.search(sentence):
                place = (match.start(), match.end())
                yield doubt("vote_unread", *place, number=item.number, title=item.title)
                return


def _sentence_at(text: str, at: int, start: int, end: int) -> str:
    begin = max(text.rfind(mark, start, at) for mark in (". ", "\n\n", ": "))
    stops = (text.find(mark, at, end) for mark in (". ", "\n\n"))
    stop = min((place for place in stops if place >= 0), default=end)
    return text[max(begin, start) : stop]
