"""Puts the sentences of a decision together into drafts of ballots."""

import re
from dataclasses import replace

from minutes.reader.voting.drafts import Draft
from minutes.reader.voting.lexicon import FOR, Kind
from minutes.reader.voting.results import is_lot, is_tie, result_alone, result_of
from minutes.reader.voting.statement import Statement
from minutes.reader.voting.statements import StatementReader
from minutes.reader.voting.subjects import named_subject, part_mark
from minutes.reader.voting.tokens import Token
from minutes.vocabulary import BallotKind, BallotResult, BallotSubject, VoteChoice

# A line of its own between the sides: "Fraværende: 1 (C)", "Stemte ikke: Ane Holm"
_ABSENCE = re.compile(
    r"(?:fraværende|fravær|afbud|inhabil|stemte ikke|deltog ikke)\b[^.]{0,60}[:(]", re.IGNORECASE
)


class SentenceGatherer:
    """Puts the sentences of a decision together into drafts of ballots."""

    def __init__(self, words: str, tokens: list[Token]) -> None:
        self.words = words
        self.tokens = tokens
        self.reader = StatementReader(tokens)
        self.drafts: list[Draft] = []
        self.unread: list[tuple[int, int]] = []
        self.lead: list[tuple[str, int, int]] = []
        self.part: str | None = None
        self.part_alone = False  # the part's mark is on a line of its own, for all that follows
        self.result_before: tuple[BallotResult, int] | None = None  # a result printed right before, and where
        self.moved_on = False  # the result printed right before is of another motion than the last ballot
        self.after_election = False  # the sentence before is about an election …
        self.chosen_before = False  # … and says who was elected
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
            if opens_paragraph and not self.part_alone:
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
        if statement.something and not ((self.after_election or statement.election) and statement.only_blank):
            self._vote(statement, text, (begin, start, end))
        else:
            if statement.unread or self._is_table_head(first, statement.last):
                self.unread.append((start, end))
            self._no_vote(statement, text, start, end)
        self.after_election, self.chosen_before = statement.election, statement.chooses
        return max(statement.last, first + 1)

    def _is_table_head(self, first: int, last: int) -> bool:
        """Return True for "For   Imod", above columns that were not understood."""
        heads = self.tokens[first:last]
        sides = {token.value for token in heads if token.kind & (Kind.SIDE | Kind.LABEL | Kind.ABSTAIN)}
        plain = Kind.SIDE | Kind.LABEL | Kind.ABSTAIN | Kind.TAB
        return len(sides) > 1 and all(token.kind & plain for token in heads)

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
        self.part_alone = not words.strip()
        self.lead, self.result_before, self.moved_on = [], None, False
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
    def current(self) -> Draft | None:
        return self.drafts[-1] if self.drafts and self.drafts[-1].part == self.part else None

    def _no_vote(self, statement: Statement, text: str, start: int, end: int) -> None:
        current, result = self.current, result_alone(text)
        if current and _ABSENCE.match(text):
            return
        if current and not current.closed and self._ends(current, statement, text, result):
            current.end = end
            return
        self.result_before = (result, start) if result else None
        if current:
            self.moved_on = bool(result) and _is_of_another(text, current)
            current.closed = True
        self.lead.append((text, start, end))

    def _ends(self, current: Draft, statement: Statement, text: str, result: BallotResult | None) -> bool:
        """Return True if a sentence without votes belongs to the ballot; note the result that it prints."""
        current.tie_settled = current.tie_settled or is_tie(text)
        if statement.chooses and current.is_on_person:
            current.elect()
            current.closed = True
            return True
        of_the_rest = "i øvrigt" in text
        if result and current.result is None and not of_the_rest and not _is_of_another(text, current):
            current.result, current.closed = result, True
            if named_subject([text]) == BallotSubject.AMENDMENT:
                current.sentences.append(text)
            current.kind = BallotKind.LOT if is_lot(text) else current.kind
            self.result_before = None
            return True
        return is_tie(text)

    def _vote(self, statement: Statement, text: str, place: tuple[int, int, int]) -> None:
        """Add a statement to its ballot. `place` is where the sentence, its own words and its end are."""
        begin, start, end = place
        current, result = self.current, result_of(self._without_denials(statement, start, end))
        is_another = current is not None and self._is_another(current, statement, text, result)
        if current and not is_another and _belongs(statement, current, result):
            current.add(statement, result, text, end)
        elif is_another or not (current and _explains(statement, current)):
            draft = Draft(begin, end, self.part, self.lead)
            draft.add(statement, result, text, end)
            self._add_draft(draft)

    def _is_another(
        self, current: Draft, statement: Statement, text: str, result: BallotResult | None
    ) -> bool:
        """Return True if a sentence with votes is about another motion than that of the current ballot."""
        if self.moved_on or (current.result and not statement.counts and (self.result_before or result)):
            return True
        if result and _is_of_another(text, current):
            return True
        return current.result is not None and _is_behind_amendment(text, current)

    def _add_draft(self, draft: Draft) -> None:
        """Add a ballot, with the result that is printed right before it."""
        if self.result_before and draft.result is None:
            draft.result, draft.start = self.result_before
        elif self.chosen_before and draft.is_on_person:
            draft.elect()
        self.drafts.append(draft)
        self.lead, self.result_before, self.moved_on = [], None, False

    def _without_denials(self, statement: Statement, start: int, end: int) -> str:
        """Return the words of a sentence without those of a minority that "kunne ikke tiltræde"."""
        words = list(self.words[start:end])
        for first, last in statement.denials:
            low, high = self.tokens[first].start - start, self.tokens[last - 1].end - start
            words[low:high] = " " * (high - low)
        return "".join(words)


def _is_of_another(text: str, current: Draft) -> bool:
    """Return True if a sentence names another motion than that of the ballot."""
    named = named_subject([text])
    before = named_subject((*current.sentences, *(words for words, _, _ in reversed(current.lead))))
    return named is not None and before is not None and named != before


# "For indstillingen stemte 4", behind the votes on an amendment
_VOTES_ON_MOTION = re.compile(r"For\s+(?:forslaget|indstillingen|sagen)\s+stem", re.IGNORECASE)


def _is_behind_amendment(text: str, current: Draft) -> bool:
    """Return True if a sentence gives the votes on the motion, while the ballot's are on an amendment."""
    return bool(_VOTES_ON_MOTION.match(text)) and any(
        "ændringsforslag" in sentence.lower() for sentence in current.sentences
    )


def _belongs(statement: Statement, current: Draft, result: BallotResult | None) -> bool:
    """Return True if a sentence says more of a ballot: another side, who voted, or the numbers."""
    if statement.counts or statement.empty:
        if current.closed and (current.counts or current.empty):
            return False
        if any(
            side in current.counts or side in current.empty for side in {*statement.counts, *statement.empty}
        ):
            return not result and _repeats(statement, current)
        # A new motion begins with those in favour of it.
        return not (statement.labelled and FOR in _sides_of(statement) and current.mentions(FOR))
    if current.closed and not current.counts and current.result and result and result != current.result:
        return False
    return all(_fits(statement, current, side) for side in statement.sides)


def _sides_of(statement: Statement) -> set[VoteChoice]:
    return {*statement.counts, *statement.sides, *statement.empty, *statement.rest}


def _repeats(statement: Statement, current: Draft) -> bool:
    """Return True if the numbers are those of the ballot, printed again with the voters."""
    counts = current.counts if statement.by_size else current.settled_counts()
    same = all(counts.get(side, count) == count for side, count in statement.counts.items())
    if current.result and not (statement.labelled or statement.names_voters):
        return False  # numbers alone, behind a result: another vote, which happens to have the same
    return same and not current.closed and all(not current.has_voters(side) for side in statement.sides)


def _fits(statement: Statement, current: Draft, side: VoteChoice) -> bool:
    """Return True if the voters can be those of the ballot's side."""
    voters = statement.sides[side]
    if not current.has_voters(side):
        limit = current.settled_counts().get(side)
        if limit is None:
            return not current.closed or not current.counts
        return len(voters.members) <= limit and limit > 0
    return not current.counts and not current.closed and not _known(statement, current, side)


def _known(statement: Statement, current: Draft, side: VoteChoice) -> bool:
    voters, known = statement.sides[side], current.voters[side]
    return {*voters.names, *voters.parties} <= {*known.parties, *known.of_parties, *known.names}


def _explains(statement: Statement, current: Draft) -> bool:
    """Return True if a sentence only says why somebody voted as the ballot already has it."""
    if statement.counts or statement.empty or statement.labelled:
        return False
    return all(current.mentions(side) or current.counts for side in statement.sides)
