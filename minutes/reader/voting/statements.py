"""One sentence of a decision → what it says of a vote: counts, who voted how, what became of the motion."""

from minutes.reader.voting.acceptance import Acceptance
from minutes.reader.voting.clauses import ClauseReader, Predicate, Subject
from minutes.reader.voting.labels import LabelReader
from minutes.reader.voting.lexicon import ABSTAINED, AGAINST, FOR, Kind
from minutes.reader.voting.muted import muted
from minutes.reader.voting.statement import Statement
from minutes.reader.voting.tails import TailReader
from minutes.reader.voting.tallies import TallyReader
from minutes.reader.voting.tokens import Token
from minutes.vocabulary import BallotResult, VoteChoice

_ENTITY = Kind.PERSON | Kind.PARTY
_ENDS_SENTENCE = Kind.STOP | Kind.BREAK
_LONGEST_SENTENCE = 3000  # tokens
_GOT = {"fik", "opnåede", "får"}
# Behind a bare side: "med O's stemmer imod tiltrådte byrådet …"
_BEHIND_SIDE = Kind.FAVOUR | Kind.RESULT | Kind.COMMA | Kind.STOP | Kind.BREAK | Kind.BE


class StatementReader:
    """Reads the statements of one decision from its tokens."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.closing = closing_brackets(tokens)

    def end_of_sentence(self, at: int) -> int:
        while at < len(self.tokens) and not self.tokens[at].kind & _ENDS_SENTENCE:
            at += 1
        return at

    def read(self, first: int) -> Statement:
        """Return what the sentence that begins at a token says of a vote; its end may be lines further on."""
        statement = Statement(first, self.end_of_sentence(first))
        if statement.last - first <= _LONGEST_SENTENCE:
            _Sentence(self.tokens, self.closing, statement).read()
        return statement


def closing_brackets(tokens: list[Token]) -> dict[int, int]:
    """Return the index of the closing bracket for that of each opening one; none is open over paragraphs."""
    closing: dict[int, int] = {}
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if Kind.OPEN in token:
            opened.append(index)
        elif Kind.CLOSE in token and opened:
            closing[opened.pop()] = index
        elif Kind.BREAK in token and token.value == 2:
            opened.clear()
    return closing


class _Sentence:
    """The reading of one sentence from left to right."""

    def __init__(self, tokens: list[Token], closing: dict[int, int], statement: Statement) -> None:
        self.tokens = tokens
        self.closing = closing
        self.statement = statement
        self.first = statement.first
        self.end = statement.last
        self.clauses = ClauseReader(tokens, closing, self.end)
        self.tails = TailReader(tokens, closing, self.first, self.end)
        self.labels = LabelReader(tokens, closing, self.first, self.end)
        self.muted = muted(tokens, self.first, self.end)
        self.subject: Subject | None = None
        self.acceptance = Acceptance(tokens, self.first, self.end)
        self.tallies = TallyReader(self.clauses, self.acceptance, statement)

    def kind(self, at: int) -> int:
        return self.tokens[at].kind if self.first <= at < self.end else Kind.STOP

    def read(self) -> None:
        statement = self.statement
        statement.election = self.acceptance.election
        statement.chooses = self.acceptance.chooses
        at = self.first
        while at < self.end:
            skip = next((stop for begin, stop in self.muted if begin <= at < stop), None)
            if skip is not None:
                self.subject, at = None, skip
                continue
            after = self._label(at) or self.tallies.tally(at) or self._tail(at) or self._clause(at)
            if after and after > at:
                at = after
                continue
            if not self.kind(at) & (Kind.FILLER | Kind.COMMA | Kind.ONLY):
                self.subject = None
            at += 1

    # "For stemte: A, B og Ø", "Imod: 6 (…)", "Undlod at stemme:"

    def _label(self, at: int) -> int | None:
        label = self.labels.read(at)
        if label is None:
            return None
        statement = self.statement
        statement.labelled = statement.labelled or not statement.something
        if label.empty:
            statement.empty.add(label.side)
        if label.rest:
            statement.rest.add(label.side)
        statement.put(label.side, label.count, label.voters)
        statement.unread = statement.unread or label.unread
        if label.end > self.end:
            self._extend(label.end)
        self.subject = None
        return label.end

    def _extend(self, end: int) -> None:
        """Let the sentence go on to the end of the line on which its list ended."""
        while end < len(self.tokens) and not self.tokens[end].kind & _ENDS_SENTENCE:
            end += 1
        self.statement.last = self.end = end
        self.clauses.end = self.labels.end = self.tails.end = self.acceptance.end = end

    # "godkendt mod 2 stemmer (X og Y)", "mod O's stemmer", "med stemmerne fra A og B"

    def _tail(self, at: int) -> int | None:
        ahead = self.tokens[at].text.lower()
        if ahead not in {"mod", "imod", "med"} or not self.acceptance.voting:
            return None
        before = self.kind(at - 1) & (Kind.NUMBER | Kind.VERB | Kind.BE)
        if before and ahead != "med" and not (self.kind(at - 1) & Kind.UNIT and self._ahead(at) != "stemte"):
            return None
        side = FOR if ahead == "med" else AGAINST
        counted, end = self.tails.read(at + 1)
        if counted is None:
            return None
        if self.statement.election:
            return end
        if ahead == "med" and self.kind(end) & Kind.SIDE and self.kind(end + 1) & _BEHIND_SIDE:
            side, end = self.tokens[end].side, end + 1  # "med O's stemmer imod"
        if side is AGAINST and FOR not in self.statement.counts and FOR not in self.statement.sides:
            self.statement.opposed = True
        self.statement.put(side, counted.count, counted)
        self.statement.unread = self.statement.unread or not counted.whole
        return end

    # "5 medlemmer (A+V) stemte for", "alle undtagen Ø stemte for", "2 undlod"

    def _clause(self, at: int) -> int | None:
        if self.subject is None:
            return self._new_subject(at)
        predicate = self.clauses.predicate(at)
        if predicate is None:
            return None
        return self._did(self.subject, predicate)

    def _new_subject(self, at: int) -> int | None:
        subject = self.clauses.subject(at)
        if subject is None:
            inverted = self._inverted(at)
            if not inverted:
                self._stray(at)
            return inverted
        self.subject = subject
        subject.whole = subject.whole and self._fits(at)
        against = self.tallies.against(at, subject)
        if against:
            self.subject = None
        return against or self._acted(subject) or self._without_verb(at, subject)

    def _inverted(self, at: int) -> int | None:
        """Read "dog stemte Ane Holm (V) imod"."""
        if not self.kind(at) & Kind.VERB or not self.kind(at + 1) & (_ENTITY | Kind.TITLE):
            return None
        subject = self.clauses.subject(at + 1)
        if subject is None or subject.count is not None or not subject.whole:
            return None
        side = subject.end
        while self.kind(side) & Kind.FILLER:
            side += 1
        if not self.kind(side) & Kind.SIDE or self.kind(side + 1) & (Kind.PERSON | Kind.COLON | Kind.VERB):
            return None
        self.statement.put(self.tokens[side].side, None, subject.voters)
        return side + 1

    def _acted(self, subject: Subject) -> int | None:
        """Note what the subject did by the verb or the side behind it."""
        end = subject.end
        if subject.everybody and subject.votes and self.kind(end) & Kind.SIDE:
            return None  # "med alle stemmer mod Ø's"
        predicate = self.clauses.predicate(end) or self._row(end)
        if predicate is None:
            return None
        if predicate.relative and subject.but.somebody:
            self._but(subject, FOR, predicate)
            self.subject = None
            return predicate.end
        return self._did(subject, predicate)

    def _without_verb(self, at: int, subject: Subject) -> int:
        """Note votes without a verb: "med 6 stemmer", "godkendt af A og V"."""
        if self._alone(at, subject):
            return subject.end
        everybody = subject.everybody and subject.votes and self._ahead(at) == "med"
        if everybody and subject.but.somebody:
            self.statement.but[FOR] = subject.but
        if everybody or self._by(at, subject):
            self.subject = None
        return subject.end

    def _ahead(self, at: int) -> str:
        return self.tokens[at - 1].text.lower() if at > self.first else ""

    def _fits(self, at: int) -> bool:
        """Return True unless the list before a verb has a beginning that was not understood."""
        if at == self.first or not self.kind(at - 1) & (Kind.AND | Kind.COMMA | Kind.PLUS):
            return True
        if not self.kind(at) & (_ENTITY | Kind.TITLE | Kind.UNKNOWN) or self.kind(at - 2) & Kind.COMMA:
            return True
        behind = self.kind(at - 2) if at - 2 >= self.first else Kind.STOP
        if self.kind(at - 1) & Kind.AND:
            # "hun selv og Ole Vestervig": who the first was is not known
            word = self.tokens[at - 2]
            return bool(
                behind & (_ENTITY | Kind.SIDE | Kind.ABSTAIN | Kind.RESULT | Kind.CLOSE | Kind.UNIT)
            ) or (
                word.text.islower()
                and word.text not in {"selv", "hun", "han", "de", "formanden", "borgmesteren"}
            )
        return not behind & Kind.UNKNOWN

    def _did(self, subject: Subject, predicate: Predicate) -> int:
        """Note what the subject did, and return the index behind all that belongs to it."""
        end = predicate.end
        if not self.acceptance.is_vote(subject, predicate):
            self.subject = subject if not predicate.approves else None
            return end
        if predicate.denied or subject.minority:
            refuses = predicate.approves and predicate.choice is AGAINST and not predicate.denied
            self.statement.denials.append((subject.end, self.end if refuses else end))
        choice = predicate.choice
        if choice is None or self._is_nobody(subject, choice, predicate):
            self.subject = None
            return end
        if subject.majority or subject.minority:
            self._majority(subject, choice)
        if subject.but.somebody:
            self._but(subject, choice, None)
        elif subject.rest:
            self.statement.rest.add(choice)
            self.statement.put(choice, subject.count)
        elif subject.everybody:
            self.subject = None
            return end
        else:
            end = self._voters_behind(subject, choice, end)
            self.statement.pieces = self.statement.pieces or subject.votes
        self.subject = None
        return end

    def _is_nobody(self, subject: Subject, choice: VoteChoice, predicate: Predicate) -> bool:
        """Return True if no voter is known: nobody, a candidate's voters, or a list not read whole."""
        if subject.nobody:
            if self.statement.something:
                self.statement.put(choice, 0)
            return True
        if self._is_for_candidate(subject, predicate):
            return True
        # A minority that recommends something else may have voted against, or not at all.
        unread = not subject.whole or (subject.minority and predicate.approves and choice is FOR)
        self.statement.unread |= unread
        return unread

    def _is_for_candidate(self, subject: Subject, predicate: Predicate) -> bool:
        """Return True for "5 stemte for Ane Holm": people are chosen."""
        if not subject.counted or predicate.choice is not FOR or predicate.denied:
            return False
        self.statement.election |= bool(self.kind(predicate.end) & Kind.PERSON)
        return self.statement.election and bool(self.kind(predicate.end) & Kind.PERSON)

    def _voters_behind(self, subject: Subject, choice: VoteChoice, end: int) -> int:
        """Note the voters of a side, who may follow their number: "3 stemte for (Ø og Å)"."""
        voters = subject.voters
        if not voters.somebody:
            begin = end
            if self.kind(begin) & Kind.COLON:
                begin += 1
            if begin > end or self.kind(begin) & Kind.OPEN:
                listed, after = self.clauses.lists.read(begin, lines=begin > end)
                if listed and listed.count in {None, subject.count}:
                    voters, end = listed, after
                    self.statement.unread |= not listed.whole
                    if after > self.end:
                        self._extend(after)
        self.statement.put(choice, subject.count, voters)
        return self.tallies.cast_by(end, choice)

    def _majority(self, subject: Subject, choice: VoteChoice) -> None:
        if subject.majority and choice is not ABSTAINED:
            self.statement.majority = BallotResult.CARRIED if choice is FOR else BallotResult.LOST
        elif subject.minority and choice is AGAINST and self.statement.majority is None:
            self.statement.majority = BallotResult.CARRIED

    def _but(self, subject: Subject, choice: VoteChoice, predicate: Predicate | None) -> None:
        """Note those excepted from all; a clause behind them says what they did."""
        if predicate and predicate.choice:
            self.statement.put(predicate.choice, None, subject.but)
        elif choice is not ABSTAINED:
            self.statement.but[choice] = subject.but

    def _row(self, at: int) -> Predicate | None:
        """Read "Ane Holm (A): For" and a row of a table."""
        if not self.kind(at) & (Kind.COLON | Kind.DASH | Kind.TAB):
            return None
        kind = self.kind(at + 1)
        if not kind & (Kind.SIDE | Kind.LABEL | Kind.ABSTAIN) or not self.kind(at + 2) & _ENDS_SENTENCE:
            return None
        return Predicate(self.tokens[at + 1].side, at + 2)

    def _alone(self, at: int, subject: Subject) -> bool:
        """Note "med 6 stemmer" and "forslaget fik 2 stemmer": votes for, where nothing else is said."""
        if subject.count is None or not subject.votes or self.statement.election:
            return False
        ahead = self._ahead(at)
        if self._is_choice(at):
            return False
        motion = any(
            token.text.lower().startswith(("forslag", "ændringsforslag", "indstilling"))
            or Kind.MOTION in token
            for token in self.tokens[self.first : at]
        )
        got = ahead in _GOT and motion
        if not got and not (ahead == "med" and not self.statement.knows(FOR)):
            return False
        self.statement.put(FOR, subject.count, subject.voters)
        self.tallies.cast_by(subject.end, FOR)
        return True

    def _is_choice(self, at: int) -> bool:
        """Return True for "forslag A fik 5 stemmer": which of several, and no vote for or against."""
        option = at - 2 > self.first and bool(self.kind(at - 2) & (Kind.PARTY | Kind.NUMBER | Kind.UNKNOWN))
        return option and self._ahead(at) in _GOT

    def _by(self, at: int, subject: Subject) -> bool:
        """Note "anbefales af A og V" at the head of a sentence, and "godkendt af alle på nær Ø"."""
        begin = at - bool(self.tokens[at - 1].article and (subject.majority or subject.minority))
        if not self.kind(begin - 1) & Kind.OF or not self.kind(begin - 2) & Kind.PASSIVE or not subject.whole:
            return False
        if subject.but.somebody:
            self.statement.but[FOR] = subject.but
            return True
        ahead = begin - 2
        if subject.majority:
            self.statement.majority = BallotResult.CARRIED
        if subject.majority and subject.counted:
            self.statement.put(FOR, subject.count)
            return True
        while ahead > self.first and self.kind(ahead - 1) & Kind.PASSIVE:
            ahead -= 1
        if not subject.voters.somebody or not (
            ahead == self.first or self.kind(ahead - 1) & (Kind.COLON | Kind.DOT | Kind.BE)
        ):
            return False
        self.statement.put(FOR, subject.count, subject.voters)
        if (
            self.kind(subject.end) & Kind.COMMA
            and self.kind(subject.end + 1) & Kind.IN_ALL
            and self.kind(subject.end + 2) & Kind.NUMBER
        ):
            self.statement.put(FOR, self.tokens[subject.end + 2].number)
        return True

    def _stray(self, at: int) -> None:
        """Mark a vote whose voter is not understood."""
        verb = self.kind(at) & Kind.VERB and self.kind(at + 1) & Kind.SIDE
        if not verb and not (
            self.kind(at) & Kind.ABSTAIN and self.tokens[at].text.lower().startswith("undl")
        ):
            return
        if any(voters.somebody for voters in self.statement.sides.values()):
            return  # the second verb of a voter: "kan ikke støtte forslaget og stemmer imod"
        clause = at
        while clause > self.first and not (
            self.kind(clause - 1) & (Kind.CLAUSE | Kind.STOP) or self.tokens[clause - 1].text == "at"
        ):
            clause -= 1
        if any(self.kind(index) & (Kind.PERSON | Kind.PARTY | Kind.UNKNOWN) for index in range(clause, at)):
            self.statement.unread = True
