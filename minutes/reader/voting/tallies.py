"""Numbers of votes against each other, and who cast them: "17-12", "34 stemmer (A, B) imod 15 (Ø)"."""

from minutes.reader.voting.acceptance import Acceptance
from minutes.reader.voting.clauses import ClauseReader, Subject
from minutes.reader.voting.lexicon import AGAINST, FOR, Kind
from minutes.reader.voting.sides import Voters
from minutes.reader.voting.statement import Statement
from minutes.vocabulary import VoteChoice

_ENDS_SENTENCE = Kind.STOP | Kind.BREAK
# A tally has no more voters: "17-12"
_MOST_VOTES = 200
_TALLY_FOLLOWS = {"med", "stemmelighed", "lige"}


class TallyReader:
    """Reads numbers against each other in one sentence, and notes them in its statement."""

    def __init__(self, clauses: ClauseReader, acceptance: Acceptance, statement: Statement) -> None:
        self.clauses = clauses
        self.tokens = clauses.tokens
        self.acceptance = acceptance
        self.statement = statement

    def kind(self, at: int) -> int:
        return self.tokens[at].kind if self.statement.first <= at < self.clauses.end else Kind.STOP

    def tally(self, at: int) -> int | None:
        """Read "17-12" behind "med stemmerne" or "vedtaget", and return the index behind it."""
        if not (
            self.kind(at) & Kind.NUMBER and self.kind(at + 1) & Kind.DASH and self.kind(at + 2) & Kind.NUMBER
        ):
            return None
        if at == self.statement.first:
            return None
        before = at - 1 - bool(self.kind(at - 1) & Kind.OPEN)
        is_tally = (
            self.kind(before) & (Kind.UNIT | Kind.RESULT)
            or self.tokens[before].text.lower() in _TALLY_FOLLOWS
        )
        won, lost = (self.tokens[index].number for index in (at, at + 2))
        if not is_tally or max(won, lost) > _MOST_VOTES:
            return None
        if not self.acceptance.chooses:
            self._by_size(won, None, lost, None)
        return at + 3

    def _by_size(self, won: int, winners: Voters | None, lost: int, losers: Voters | None) -> None:
        """Note the sides of "med 34 stemmer imod 15": the larger is first, also of a lost motion."""
        self.statement.put(FOR, won, winners)
        self.statement.put(AGAINST, lost, losers)
        self.statement.by_size = True

    def against(self, at: int, subject: Subject) -> int | None:
        """Read the "imod 15 (Ø)" of "34 stemmer (A, B) imod 15 (Ø)", whose first half begins at a token."""
        if subject.count is None or not self._is_against_number(subject.end):
            return None
        lost = self.clauses.subject(subject.end + 1)
        if lost is None or lost.count is None or self._is_counted_for(lost.end):
            return None
        near = subject.votes or lost.votes or self.kind(at - 1) & (Kind.RESULT | Kind.UNIT)
        if not near and not (at > self.statement.first and self.tokens[at - 1].text.lower() == "med"):
            return None
        if self.acceptance.chooses:
            return lost.end
        self._by_size(subject.count, subject.voters, lost.count, lost.voters)
        self.statement.unread |= not (subject.whole and lost.whole)
        return self.cast_by(lost.end, min((FOR, AGAINST), key=lambda side: self.statement.counts[side]))

    def _is_against_number(self, at: int) -> bool:
        """Return True for "imod 15", not for the article of "mod en cykelsti"."""
        against = self.kind(at) & Kind.SIDE and self.tokens[at].value is AGAINST
        if not against or not self.kind(at + 1) & Kind.NUMBER:
            return False
        return not self.tokens[at + 1].article or bool(self.kind(at + 2) & (Kind.UNIT | _ENDS_SENTENCE))

    def _is_counted_for(self, at: int) -> bool:
        return bool(self.kind(at) & Kind.SIDE and self.tokens[at].value is FOR)

    def cast_by(self, at: int, side: VoteChoice) -> int:
        """Read ", afgivet af A og Ø" and ", (Ø) og (O)" behind a number of votes."""
        if side in self.statement.sides and self.statement.sides[side].somebody:
            return at
        begin = at + bool(self.kind(at) & Kind.COMMA)
        while begin < self.clauses.end and (
            self.kind(begin) & (Kind.WHO | Kind.BE) or self.tokens[begin].text == "afgivet"
        ):
            begin += 1
        if self.tokens[begin - 1].text == "afgivet" and self.kind(begin) & Kind.OF:
            begin += 1
        elif not (begin == at + 1 and self.kind(begin) & Kind.OPEN):
            return at
        voters, end = self.clauses.lists.read(begin, end=self.clauses.end)
        if voters is None or not voters.whole or self.clauses.predicate(end):
            return at
        self.statement.put(side, None, voters)
        return end
