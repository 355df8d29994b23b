"""The two halves of a clause with a vote: who ("alle undtagen Ø", "5 medlemmer (A+V)") and what they did."""

from dataclasses import dataclass, field

from minutes.reader.voting.lexicon import ABSTAINED, AGAINST, FOR, Kind
from minutes.reader.voting.sides import Voters
from minutes.reader.voting.tokens import Token
from minutes.reader.voting.voters import ListReader
from minutes.reader.words import WORDS
from minutes.vocabulary import Outcome, VoteChoice

_ENTITY = Kind.PERSON | Kind.PARTY
_SKIPPED = Kind.FILLER | Kind.ONLY
_OTHER_SIDE = {FOR: AGAINST, AGAINST: FOR}
# "et flertal i udvalget bestående af": words between a majority and its members
_LONGEST_DESCRIPTION = 5
# "indstiller, at ansøgningen om støtte til cykelstien afslås": words between the verb and the outcome
_LONGEST_MATTER = 14
_REFUSED = frozenset(WORDS.outcomes[Outcome.REJECTED])


@dataclass(slots=True)
class Subject:
    """The people a clause is about. `but` are those excepted from all."""

    end: int
    voters: Voters = field(default_factory=Voters)
    count: int | None = None
    everybody: bool = False
    rest: bool = False
    nobody: bool = False
    majority: bool = False
    minority: bool = False
    votes: bool = False  # counted in votes: "6 stemmer"
    but: Voters = field(default_factory=Voters)
    whole: bool = True

    @property
    def counted(self) -> bool:
        return self.count is not None and not self.voters.somebody


@dataclass(slots=True)
class Predicate:
    """The act of the subject; `choice` is None for "stemte ikke imod", which is no vote."""

    choice: VoteChoice | None
    end: int
    relative: bool = False  # "der undlod": of those named last
    voted: bool = True  # it has a verb or noun of voting, and not the bare "for" or "imod"
    approves: bool = False  # by a verb such as "anbefaler"
    denied: bool = False


class ClauseReader:
    """Reads subjects and predicates of one sentence, tokens[:end]."""

    def __init__(self, tokens: list[Token], closing: dict[int, int], end: int) -> None:
        self.tokens = tokens
        self.closing = closing
        self.end = end
        self.lists = ListReader(tokens, closing)

    def kind(self, at: int) -> int:
        return self.tokens[at].kind if at < self.end else Kind.STOP

    # Subjects

    def subject(self, at: int) -> Subject | None:
        """Return the subject that begins at a token, or None."""
        forms = (
            (Kind.ALL, self._all),
            (Kind.REST, self._rest),
            (Kind.NOBODY, self._nobody),
            (Kind.MAJORITY | Kind.MINORITY, self._majority),
            (Kind.NUMBER, self._number),
            (Kind.BODY, self._body),
            (_ENTITY | Kind.OPEN | Kind.TITLE | Kind.UNKNOWN, self._list),
        )
        return next((read(at) for kinds, read in forms if self.kind(at) & kinds), None)

    def _nobody(self, at: int) -> Subject:
        return Subject(at + 1 + bool(self.kind(at + 1) & Kind.UNIT), nobody=True)

    def _body(self, at: int) -> Subject | None:
        """Read "udvalget (A, V og C)"."""
        subject = self._list(at + 1) if self.kind(at + 1) & Kind.OPEN else None
        return subject if subject and subject.whole else None

    def _list(self, at: int) -> Subject | None:
        if self.kind(at) & Kind.UNKNOWN:
            behind = at + 1
            if self.kind(behind) & (Kind.COMMA | Kind.AND) and self.kind(behind + 1) & _ENTITY:
                voters, end = self.lists.read(behind + 1, end=self.end)
                return Subject(end, voters or Voters(), whole=False)
            return None
        voters, end = self.lists.read(at, end=self.end)
        if voters is None:
            return None
        subject = Subject(end, voters, voters.count, whole=voters.whole)
        if self.kind(end) & Kind.IN_ALL and self.kind(end + 1) & Kind.NUMBER:
            subject.count, subject.end = self.tokens[end + 1].number, end + 2
            subject.end += bool(self.kind(end + 2) & Kind.UNIT and not self._is_verb(end + 2))
        return subject

    def _all(self, at: int) -> Subject:
        """Read "alle", "alle medlemmer", "alle undtagen X", "alle stemmer"."""
        votes = self.kind(at + 1) & Kind.UNIT and self.tokens[at + 1].text.lower().startswith("stemme")
        at += 1 + bool(self.kind(at + 1) & (Kind.UNIT | Kind.BODY))
        subject = Subject(at, everybody=True, votes=bool(votes))
        but = at + bool(self.kind(at) & Kind.COMMA)
        if self.kind(but) & Kind.EXCEPT:
            voters, end = self.lists.read(but + 1, end=self.end)
            if voters and voters.whole:
                subject.but, subject.end = voters, end
            else:
                subject.whole = False
        return subject

    def _rest(self, at: int) -> Subject:
        """Read "resten af udvalget", "de øvrige 12", "øvrige medlemmer"."""
        at += 1
        while (
            self.kind(at) & (Kind.OF | Kind.BODY | Kind.UNIT | Kind.NO_NAME) and not self.kind(at) & Kind.VERB
        ):
            at += 1
        subject = Subject(at, rest=True)
        if self.kind(at) & Kind.NUMBER:
            subject.count = self.tokens[at].number
            subject.end = at + 1 + bool(self.kind(at + 1) & Kind.UNIT and not self.kind(at + 1) & Kind.VERB)
        return subject

    def _majority(self, at: int) -> Subject | None:
        """Read "flertal bestående af A og B", "flertal på 4 (C og V)", "mindretal, 1 medlem (Ø),"."""
        subject = Subject(
            at + 1,
            majority=bool(self.kind(at) & Kind.MAJORITY),
            minority=bool(self.kind(at) & Kind.MINORITY),
        )
        at += 1
        dashed = bool(self.kind(at) & Kind.DASH)
        at += dashed and bool(self.kind(at + 1) & Kind.NUMBER)
        for _ in range(_LONGEST_DESCRIPTION):
            if self.kind(at) & Kind.NUMBER and not self.tokens[at].article:
                subject.count = self.tokens[at].number
                at += 1 + bool(self.kind(at + 1) & Kind.UNIT and not self.kind(at + 1) & Kind.VERB)
            elif self.kind(at) & Kind.MADE_OF or (self._is_description(at) and not self._is_list(at)):
                at += 1
            else:
                break
        at += bool(self.kind(at) & (Kind.COMMA | Kind.DASH | Kind.COLON) and self._is_list(at + 1))
        if self._is_list(at):
            voters, end = self.lists.read(at, end=self.end)
            if voters:
                subject.voters, subject.whole = voters, voters.whole
                subject.count = voters.count if subject.count is None else subject.count
                at = end
        elif self.kind(at) & Kind.OPEN and at in self.closing:
            if self.closing[at] == at + 2 and self.kind(at + 1) & Kind.NUMBER and subject.count is None:
                subject.count = self.tokens[at + 1].number
            at = self.closing[at] + 1
        subject.end = at + bool(dashed and self.kind(at) & Kind.DASH)
        return subject

    def _is_description(self, at: int) -> bool:
        token = self.tokens[at] if at < self.end else None
        if token is None:
            return False
        return bool(token.kind & (Kind.OF | Kind.BODY | Kind.COMMA)) or token.text in {"i", "på", "udvalgets"}

    def _is_list(self, at: int) -> bool:
        if self.kind(at) & Kind.OPEN:
            return self.lists.read(at, end=self.end)[0] is not None
        return bool(self.kind(at) & (_ENTITY | Kind.TITLE)) and not self.kind(at) & Kind.BODY

    def _number(self, at: int) -> Subject | None:
        """Read "6 stemmer", "3 medlemmer (Ø og Å)", "2 medlemmer fra V", "7 (A, F)"."""
        token = self.tokens[at]
        listed, end = self.lists.read(at, end=self.end)
        if listed and listed.somebody:
            return Subject(end, listed, listed.count, whole=listed.whole)
        subject = Subject(at + 1, count=token.number)
        at = self._behind_total(at + 1)
        if self.kind(at) & Kind.UNIT and not self._is_verb(at):
            subject.votes = self.tokens[at].text.lower().startswith("stemme")
            at += 1
        elif self._is_of_body(at):
            at += 3  # "7 af rådets medlemmer"
        elif token.article and not self.kind(at) & (Kind.SIDE | Kind.ABSTAIN | Kind.VERB | Kind.LABEL):
            return None
        if self.kind(at) & Kind.OF and self._is_list(at + 1):
            voters, after = self.lists.read(at + 1, end=self.end)
            if voters:
                subject.voters, subject.whole, at = voters, voters.whole, after
        elif self.kind(at) & Kind.OPEN and at in self.closing:
            voters, after = self.lists.read(at, end=self.end)
            if voters:
                subject.voters, subject.whole, at = voters, voters.whole, after
        subject.end = at
        return subject

    def _behind_total(self, at: int) -> int:
        """Return the index behind the "ud af 5" of "3 ud af 5 medlemmer", "3 af de 5 stemte"."""
        begin = at + (at < self.end and self.tokens[at].text == "ud")
        total = begin + 1 + (begin + 1 < self.end and self.tokens[begin + 1].text == "de")
        is_total = self.kind(begin) & Kind.OF and self.kind(total) & Kind.NUMBER
        return total + 1 if is_total and self.kind(total + 1) & Kind.UNIT else at

    def _is_of_body(self, at: int) -> bool:
        """Return True for "af rådets medlemmer" and "af de medlemmer"."""
        members = self.kind(at + 2) & Kind.UNIT and not self.kind(at + 2) & Kind.VERB
        return bool(self.kind(at) & Kind.OF and members and not self.kind(at + 1) & _ENTITY)

    def _is_verb(self, at: int) -> bool:
        """Return True where "stemmer" is what somebody does: "5 medlemmer stemmer imod", "3 stemte imod"."""
        return self.tokens[at].text.lower() in {"stemte", "stemtes"}

    # Predicates

    def predicate(self, at: int) -> Predicate | None:
        """Return what the subject before a token did, or None."""
        start = at
        at += bool(self.kind(at) & Kind.COMMA)
        relative = bool(self.kind(at) & Kind.WHO)
        at += relative
        if (
            at > start
            and not relative
            and not self.kind(at) & (Kind.VERB | Kind.ABSTAIN | Kind.FAVOUR | Kind.CAN)
        ):
            return None
        at = self._skip(at)
        at += bool(self.kind(at) & Kind.AND and relative)
        for read in (self._voted, self._could_not, self._approved):
            predicate = read(at)
            if predicate:
                predicate.relative = relative
                return predicate
        return None

    def _skip(self, at: int) -> int:
        while self.kind(at) & _SKIPPED:
            at += 1
        return at

    def _voted(self, at: int) -> Predicate | None:
        """Read "stemte imod", "var for", "stemte ikke for", "undlod at stemme", "imod", "ja"."""
        verb = bool(self.kind(at) & (Kind.VERB | Kind.BE | Kind.UNIT))
        at = self._skip(at + verb)
        denied = bool(self.kind(at) & Kind.NOT)
        at = self._skip(at + denied)
        kind = self.kind(at)
        if kind & Kind.ABSTAIN:
            at += 1
            at += bool(self.kind(at) & Kind.VERB and not self.kind(at + 1) & Kind.SIDE)
            return None if denied else Predicate(ABSTAINED, at)
        if not kind & (Kind.SIDE | Kind.LABEL):
            return None
        choice = self.tokens[at].side
        if denied:
            return Predicate(AGAINST if choice is FOR else None, at + 1, denied=True)
        return Predicate(choice, at + 1, voted=verb or bool(kind & Kind.LABEL))

    def _could_not(self, at: int) -> Predicate | None:
        """Read "kan ikke tiltræde", "ikke kan godkende", "kan ikke stemme for"."""
        kinds = self.kind(at), self.kind(at + 1)
        if not (
            (kinds[0] & Kind.CAN and kinds[1] & Kind.NOT) or (kinds[0] & Kind.NOT and kinds[1] & Kind.CAN)
        ):
            return None
        at = self._skip(at + 2)
        at += at < self.end and self.tokens[at].text == "at"
        if self.kind(at) & Kind.FAVOUR:
            return Predicate(AGAINST, at + 1, approves=True, denied=True)
        if at < self.end and self.tokens[at].text == "stemme" and self.kind(at + 1) & Kind.SIDE:
            choice = self.tokens[at + 1].side
            return Predicate(AGAINST if choice is FOR else None, at + 2, denied=True)
        return None

    def _approved(self, at: int) -> Predicate | None:
        """Read "anbefaler", "kan anbefale", "tilsluttede sig ikke", "gik imod"."""
        if (
            self.kind(at) & Kind.CAN
            and self.tokens[at].text in {"kan", "kunne"}
            and self.kind(at + 1) & Kind.FAVOUR
        ):
            return Predicate(FOR, at + 2, approves=True)
        if not self.kind(at) & (Kind.FAVOUR | Kind.OPPOSE):
            return None
        choice = FOR if self.kind(at) & Kind.FAVOUR else AGAINST
        behind = self._skip(at + 1)
        # "godkender derfor ikke", "kan": no infinitive says what somebody did
        if self.kind(behind) & Kind.NOT:
            return Predicate(AGAINST if choice is FOR else None, behind + 1, approves=True, denied=True)
        if self.tokens[at].text.lower().split()[0].endswith("e") and not self._is_past(at):
            return None
        if choice is FOR and self._recommends_refusal(at + 1):
            return Predicate(AGAINST, at + 1, approves=True)
        return Predicate(choice, at + 1, approves=True)

    def _recommends_refusal(self, at: int) -> bool:
        """Return True for "indstiller forslaget forkastet" and "indstiller, at ansøgningen afslås"."""
        refused = False
        for index in range(at, min(at + _LONGEST_MATTER, self.end)):
            token = self.tokens[index]
            begins_clause = Kind.COMMA in token and self.tokens[index + 1].text != "at"
            if begins_clause or token.kind & (Kind.CLAUSE | Kind.STOP | Kind.BREAK):
                break
            if Kind.RESULT in token:
                if token.text.lower() not in _REFUSED:
                    return False
                refused = True
        return refused

    def _is_past(self, at: int) -> bool:
        return self.tokens[at].text.lower().split()[0].endswith(("ede", "te"))


def other_side(choice: VoteChoice | None) -> VoteChoice | None:
    return _OTHER_SIDE.get(choice) if choice else None
