"""The ballots of a decision, put together from what its sentences say."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.flow import Flow, Sentence
from minutes.reader.records import Ballot, Election
from minutes.reader.voting.drafts import Draft
from minutes.reader.voting.elections import find_elections
from minutes.reader.voting.entities import Entities
from minutes.reader.voting.lexicon import FOR, Kind, can_tell_of_votes
from minutes.reader.voting.results import is_tie, result_alone, result_of
from minutes.reader.voting.statement import Statement
from minutes.reader.voting.statements import StatementReader
from minutes.reader.voting.subjects import named_subject, part_mark, puts_motion, subject_of
from minutes.reader.voting.tables import flatten
from minutes.reader.voting.tokens import Token, tokenize
from minutes.reader.voting.voting_roster import VotingRoster
from minutes.vocabulary import BallotResult, BallotSubject, VoteChoice

# No decision speaks of votes further down.
_LONGEST = 50_000


# A line of its own between the sides: "Fraværende: 1 (C)"
_ABSENCE = re.compile(r"(?:fraværende|fravær|afbud|inhabil)\b[^.]{0,60}[:(]", re.IGNORECASE)


class Held(NamedTuple):
    """A ballot; for one on a motion beside the matter, where the flow tells of it and in what words."""

    ballot: Ballot
    told: tuple[tuple[int, int], ...] = ()


class Voting(NamedTuple):
    """The votes of a decision. `unread` are places that speak of voters who were not understood."""

    held: tuple[Held, ...] = ()
    elections: tuple[Election, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        return tuple(held.ballot for held in self.held)


def find_votes(flow: Flow, text: str, decision: Sequence[Sequence[Sentence]], roster: VotingRoster) -> Voting:
    """Return the votes of a decision, given as paragraphs of sentences of `flow`, whose words are of `text`.

    A sentence with counts or with voters opens a ballot; those after it that tell of other sides, name the
    voters or print the result belong to it. A remark that explains a vote is no second ballot.
    """
    end = max((sentence.end for paragraph in decision for sentence in paragraph), default=0)
    if not end:
        return Voting()
    words = flow.text[: min(end, _LONGEST)]
    if not can_tell_of_votes(words):
        return Voting()
    gathered = _gathered(words, flow.columns(), roster)
    held, unread = [], list(gathered.unread)
    for draft in gathered.drafts:
        ballot = _ballot(flow, text, draft, roster)
        held.append(Held(ballot, _told(draft, ballot)))
        if draft.unread:
            unread.append((draft.start, draft.end))
    places = tuple(flow.place(start, stop) for start, stop in unread)
    return Voting(tuple(held), find_elections(flow, words, gathered.tokens), places)


class _Gathered(NamedTuple):
    tokens: list[Token]
    drafts: list[Draft]
    unread: list[tuple[int, int]]


@lru_cache(maxsize=16)
def _gathered(words: str, columns: frozenset[int], roster: VotingRoster) -> _Gathered:
    """Return what a decision's words say of votes; the items of a document often have the same words."""
    tokens = Entities(flatten(tokenize(words, columns)), roster).merged()
    gathering = _Gathering(words, tokens)
    gathering.gather()
    drafts = [draft for draft in gathering.drafts if draft.is_whole]
    for draft in drafts:
        draft.settle()
    return _Gathered(tokens, drafts, gathering.unread)


def _ballot(flow: Flow, text: str, draft: Draft, roster: VotingRoster) -> Ballot:
    start, end = flow.place(draft.start, draft.end)
    subject = subject_of(draft.told, [words for words, _, _ in draft.lead], draft.part)
    return draft.ballot(subject, text[start:end], (start, end), roster)


def _told(draft: Draft, ballot: Ballot) -> tuple[tuple[int, int], ...]:
    if ballot.subject != BallotSubject.AMENDMENT:
        return ()
    return (
        *((start, end) for words, start, end in draft.lead if puts_motion(words)),
        (draft.start, draft.end),
    )


class _Gathering:
    """Puts the sentences of a decision together into drafts of ballots."""

    def __init__(self, words: str, tokens: list[Token]) -> None:
        self.words = words
        self.tokens = tokens
        self.reader = StatementReader(tokens)
        self.drafts: list[Draft] = []
        self.unread: list[tuple[int, int]] = []
        self.lead: list[tuple[str, int, int]] = []
        self.part: str | None = None
        self.alone = False  # the part's mark stands on a line of its own, for all that follows
        self.said_before: tuple[BallotResult, int] | None = None  # a result printed right before, and where
        self.speaker: str | None = None  # the person whom the sentence before begins with

    def gather(self) -> None:
        at, opens_line, opens_paragraph = 0, True, True
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind & (Kind.BREAK | Kind.STOP):
                if Kind.BREAK in token:
                    opens_line = True
                    opens_paragraph = opens_paragraph or token.value == 2 or self._is_list_item(at + 1)
                at += 1
                continue
            if Kind.DASH in token and opens_line:
                at += 1
                continue
            if opens_paragraph and not self.alone:
                self.part = None
            at = self._sentence(at, opens_line=opens_line)
            opens_line = opens_paragraph = False

    def _is_list_item(self, at: int) -> bool:
        if at >= len(self.tokens):
            return False
        token = self.tokens[at]
        return Kind.DASH in token or bool(
            Kind.NUMBER in token and at + 1 < len(self.tokens) and self.tokens[at + 1].text in {".", ")"}
        )

    def _sentence(self, first: int, *, opens_line: bool) -> int:
        """Read the sentence that begins at a token, and return the index behind it."""
        begin = self.tokens[first].start
        first = self._mark(first, opens_line=opens_line)
        if first >= len(self.tokens) or Kind.BREAK in self.tokens[first]:
            return first
        self._name_pronouns(first)
        statement = self.reader.read(first)
        start, end = self.tokens[first].start, self._end(statement.last)
        begin = start if "\n" in self.words[begin:start] else begin
        text = self.words[start:end]
        if statement.something:
            self._vote(statement, text, (begin, start, end))
        else:
            if statement.unread:
                self.unread.append((start, end))
            self._no_vote(text, start, end)
        return max(statement.last, first + 1)

    def _name_pronouns(self, first: int) -> None:
        """Have "hun selv" name the person whom the sentence before begins with, who put the motion."""
        head = self.tokens[first]
        for at in range(first, self.reader.end_of_sentence(first) - 1):
            token = self.tokens[at]
            if token.text.lower() not in {"hun", "han"} or self.tokens[at + 1].text != "selv":
                continue
            if self.speaker is not None:
                self.tokens[at] = replace(token, kind=Kind.PERSON, value=self.speaker)
                self.tokens[at + 1] = replace(self.tokens[at + 1], text="", kind=Kind.FILLER)
        self.speaker = head.name if Kind.PERSON in head else None

    def _end(self, last: int) -> int:
        if last < len(self.tokens) and Kind.STOP in self.tokens[last] and self.tokens[last].text != ";":
            return self.tokens[last].end
        return self.tokens[last - 1].end

    def _mark(self, first: int, *, opens_line: bool) -> int:
        """Note the part that a sentence opens with, and return the index of its own first word."""
        start = self.tokens[first].start
        sentence = self.words[
            start : self.tokens[min(self.reader.end_of_sentence(first), len(self.tokens) - 1)].end
        ]
        mark = part_mark(sentence)
        if mark is None:
            return first
        number, begin, needs_decision = mark
        words = sentence[begin:]
        own = self._index_of(start + begin, first)
        if needs_decision and not (opens_line and (result_of(words[:60]) or self._votes_at(own))):
            return first
        self.part = number
        self.alone = not words.strip()
        self.lead, self.said_before = [], None
        if self.drafts:
            self.drafts[-1].closed = True
        return own

    def _index_of(self, place: int, at: int) -> int:
        """Return the index of the first token at a place or behind it, from tokens[at] on."""
        while at < len(self.tokens) and self.tokens[at].start < place:
            at += 1
        return at

    def _votes_at(self, at: int) -> bool:
        return at < len(self.tokens) and self.reader.read(at).something

    # Sentences with votes and without

    @property
    def now(self) -> Draft | None:
        return self.drafts[-1] if self.drafts and self.drafts[-1].part == self.part else None

    def _no_vote(self, text: str, start: int, end: int) -> None:
        now, result = self.now, result_alone(text)
        if now and _ABSENCE.match(text):
            return
        if now and not now.closed and result and now.result is None and not _is_of_another(text, now):
            now.result, now.end, now.closed = result, end, True
            self.said_before = None
            return
        if now and not now.closed and is_tie(text):
            now.end = end
            return
        self.said_before = (result, start) if result else None
        if now:
            now.closed = True
        self.lead.append((text, start, end))

    def _vote(self, statement: Statement, text: str, place: tuple[int, int, int]) -> None:
        """Add a statement to its ballot. `place` is where the sentence, its own words and its end are."""
        begin, start, end = place
        now, result = self.now, result_of(self._without_denials(statement, start, end))
        another = bool(now and now.result and not statement.counts and (self.said_before or result))
        another = another or bool(now and result and _is_of_another(text, now))
        another = another or bool(now and now.result and _is_behind_amendment(text, now))
        if now and not another and _belongs(statement, now, result):
            now.add(statement, result, text, end)
        elif another or not (now and _explains(statement, now)):
            draft = Draft(begin, end, self.part, self.lead)
            draft.add(statement, result, text, end)
            if self.said_before and draft.result is None:
                draft.result, draft.start = self.said_before
            self.drafts.append(draft)
            self.lead, self.said_before = [], None

    def _without_denials(self, statement: Statement, start: int, end: int) -> str:
        """Return the words of a sentence without those of a minority that "kunne ikke tiltræde"."""
        words = list(self.words[start:end])
        for first, last in statement.denials:
            low, high = self.tokens[first].start - start, self.tokens[last - 1].end - start
            words[low:high] = " " * (high - low)
        return "".join(words)


def _is_of_another(text: str, now: Draft) -> bool:
    """Return True if a sentence names another motion than that of the ballot."""
    named = named_subject([text])
    before = named_subject((*now.told, *(words for words, _, _ in reversed(now.lead))))
    return named is not None and before is not None and named != before


# "For indstillingen stemte 4", behind the votes on an amendment
_VOTES_ON_MOTION = re.compile(r"For\s+(?:forslaget|indstillingen|sagen)\s+stem", re.IGNORECASE)


def _is_behind_amendment(text: str, now: Draft) -> bool:
    """Return True if a sentence gives the votes on the motion, while the ballot's are on an amendment."""
    return bool(_VOTES_ON_MOTION.match(text)) and any("ændringsforslag" in told.lower() for told in now.told)


def _belongs(statement: Statement, now: Draft, result: BallotResult | None) -> bool:
    """Return True if a sentence says more of a ballot: another side, who voted, or the numbers."""
    if statement.counts or statement.empty:
        if now.closed and (now.counts or now.empty):
            return False
        if any(side in now.counts or side in now.empty for side in {*statement.counts, *statement.empty}):
            return not result and _repeats(statement, now)
        # A new motion begins with those in favour of it.
        return not (statement.labelled and FOR in _sides_of(statement) and now.told_of(FOR))
    if now.closed and not now.counts and now.result and result and result != now.result:
        return False
    return all(_fits(statement, now, side) for side in statement.sides)


def _sides_of(statement: Statement) -> set[VoteChoice]:
    return {*statement.counts, *statement.sides, *statement.empty, *statement.rest}


def _repeats(statement: Statement, now: Draft) -> bool:
    """Return True if the numbers are those of the ballot, printed again with the voters."""
    counts = now.counts if statement.by_size else now.settled_counts()
    same = all(counts.get(side, count) == count for side, count in statement.counts.items())
    return same and not now.closed and all(not now.has_voters(side) for side in statement.sides)


def _fits(statement: Statement, now: Draft, side: VoteChoice) -> bool:
    """Return True if the voters can be those of the ballot's side."""
    voters = statement.sides[side]
    if not now.has_voters(side):
        limit = now.settled_counts().get(side)
        if limit is None:
            return not now.closed or not now.counts
        return len(voters.members) <= limit and limit > 0
    return not now.counts and not now.closed and not _known(statement, now, side)


def _known(statement: Statement, now: Draft, side: VoteChoice) -> bool:
    voters, known = statement.sides[side], now.voters[side]
    return {*voters.names, *voters.parties} <= {*known.parties, *known.of_parties, *known.names}


def _explains(statement: Statement, now: Draft) -> bool:
    """Return True if a sentence only says why somebody voted as the ballot already tells."""
    if statement.counts or statement.empty or statement.labelled:
        return False
    return all(now.told_of(side) or now.counts for side in statement.sides)
