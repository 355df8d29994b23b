"""Labels of a side and the voters behind them: "For stemte: A, B og Ø", "Imod: 6 (…)", "Undlod:"."""

from dataclasses import dataclass, field

from minutes.reader.voting.lexicon import ABSTAINED, FOR, Kind
from minutes.reader.voting.sides import Voters
from minutes.reader.voting.tokens import Token
from minutes.reader.voting.voters import ListReader
from minutes.vocabulary import VoteChoice

_ENTITY = Kind.PERSON | Kind.PARTY
_LINE_END = Kind.STOP | Kind.BREAK
# The tokens that a label can follow.
_OPENING = (
    Kind.COMMA
    | Kind.STOP
    | Kind.COLON
    | Kind.AND
    | Kind.CLAUSE
    | Kind.BREAK
    | Kind.DASH
    | Kind.DOT
    | Kind.CLOSE
    | Kind.TAB
    | Kind.OPEN
)
# A label with one of these behind it has nobody: "Imod stemte: Godkendt."
_ENDS_LABEL = Kind.STOP | Kind.SIDE | Kind.RESULT | Kind.ABSTAIN | Kind.MOTION
# "For flertalsindstillingen fra ØK stemte 11": the longest motion between a side and its verb
_LONGEST_MOTION = 18
_NO_MOTION = (
    Kind.STOP
    | Kind.COLON
    | Kind.BREAK
    | Kind.OPEN
    | Kind.SIDE
    | Kind.CLAUSE
    | Kind.TAB
    | Kind.ABSTAIN
    | Kind.UNIT
)


@dataclass(slots=True)
class Label:
    """A label and the tokens behind it, up to tokens[end]."""

    side: VoteChoice
    end: int
    count: int | None = None
    voters: Voters = field(default_factory=Voters)
    rest: bool = False
    empty: bool = False
    unread: bool = False


class LabelReader:
    """Reads labels within a sentence, tokens[first:end]; lists behind them may go on over lines."""

    def __init__(self, tokens: list[Token], closing: dict[int, int], first: int, end: int) -> None:
        self.tokens = tokens
        self.closing = closing
        self.first = first
        self.end = end
        self.lists = ListReader(tokens, closing)

    def kind(self, at: int) -> int:
        return self.tokens[at].kind if self.first <= at < len(self.tokens) else Kind.STOP

    def read(self, at: int) -> Label | None:
        """Return the label that begins at a token, or None."""
        if at > self.first and not self.kind(at - 1) & _OPENING and not self._is_glued(at):
            return None
        start = at
        while self.kind(at) & (Kind.FILLER | Kind.TITLE | Kind.CLAUSE | Kind.DASH) and at < self.end:
            at += 1
        head = self._head(at)
        if head is None:
            return None
        side, behind, certain = head
        label = self._behind(side, behind, certain=certain or at == start == self.first)
        if label and label.empty and not certain:
            return None
        return label

    def _is_glued(self, at: int) -> bool:
        """Return True for a label whose line was joined to the one before: "…, A Imod: Ane Holm"."""
        token = self.tokens[at]
        if not token.capital or not token.kind & (Kind.SIDE | Kind.ABSTAIN | Kind.LABEL):
            return False
        return bool(self.kind(at - 1) & (_ENTITY | Kind.NUMBER | Kind.UNIT))

    # The label itself

    def _head(self, at: int) -> tuple[VoteChoice, int, bool] | None:
        """Return the side, the index behind the label, and whether it is certain to be one."""
        kind = self.kind(at)
        if kind & Kind.UNIT and self.kind(at + 1) & Kind.SIDE and self.kind(at + 2) & (Kind.COLON | Kind.TAB):
            return self._side(at + 1), at + 3, True  # "Stemmer for: 12"
        if kind & Kind.VERB and self.kind(at + 1) & (Kind.SIDE | Kind.ABSTAIN):
            return self._verb_first(at)
        if kind & Kind.ABSTAIN:
            return self._abstained(at)
        if kind & (Kind.SIDE | Kind.LABEL):
            return self._sided(at)
        return None

    def _side(self, at: int) -> VoteChoice:
        return self.tokens[at].side

    def _verb_first(self, at: int) -> tuple[VoteChoice, int, bool] | None:
        """Read "Stemte for:", "Følgende stemte imod forslaget:"."""
        end = at + 2
        while (
            end < self.end
            and end < at + _LONGEST_MOTION
            and not self.kind(end) & (_NO_MOTION | _ENTITY | Kind.COMMA)
        ):
            end += 1
        if self.kind(end) & Kind.COLON:
            return self._side(at + 1), end + 1, True
        if end >= self.end and self.kind(end) & Kind.BREAK and self._is_side_line(end + 1):
            return self._side(at + 1), end, True
        return None

    def _abstained(self, at: int) -> tuple[VoteChoice, int, bool] | None:
        """Read "Undlod at stemme:", "hverken for eller imod stemte 5", "Undlod 1 (B)"."""
        end = at + 1
        end += bool(self.kind(end) & Kind.VERB)
        if self.kind(end) & Kind.COLON or (self.kind(end) & Kind.TAB and self.kind(end + 1) & Kind.NUMBER):
            return ABSTAINED, end + 1, True
        if self.kind(end) & (Kind.NUMBER | _ENTITY | Kind.OPEN | Kind.TITLE):
            return ABSTAINED, end, False
        if at == self.first and self.kind(end) & Kind.BREAK and self._is_side_line(end + 1):
            return ABSTAINED, end, True
        return None

    def _sided(self, at: int) -> tuple[VoteChoice, int, bool] | None:
        """Read "For:", "Imod stemte", "For forslaget stemte", "imod var", "imod 3 (O)", "For (4)"."""
        side, noun = self._side(at), Kind.LABEL in self.tokens[at]
        if self._is_candidate(at + 1):
            return None
        end = self._motion(at + 1) if not noun else at + 1
        kind = self.kind(end)
        if kind & Kind.COLON and (end == at + 1 or not noun):
            return side, end + 1, True
        if kind & (Kind.VERB | Kind.BE) and not self._is_sided_later(end):
            if kind & Kind.BE and end > at + 4:
                return None
            end += 1
            return side, end + bool(self.kind(end) & Kind.COLON), True
        return self._sided_alone(side, at)

    def _is_candidate(self, at: int) -> bool:
        """Return True for "For Ane Holm stemte 5": people are chosen."""
        return bool(
            self.kind(at) & Kind.PERSON and self.kind(at + 1) & Kind.VERB and self.kind(at + 2) & Kind.NUMBER
        )

    def _sided_alone(self, side: VoteChoice, at: int) -> tuple[VoteChoice, int, bool] | None:
        """Read "imod 3 (O)", "imod de øvrige", "For (4)", "For" on a line of its own."""
        end, kind = at + 1, self.kind(at + 1)
        unit = end + 1 + bool(self.kind(end + 1) & Kind.UNIT and not self.kind(end + 1) & Kind.VERB)
        counted = kind & Kind.NUMBER and self._ends_clause(unit)
        if counted or (kind & Kind.REST and self.kind(at - 1) & Kind.COMMA):
            return side, end, False
        if kind & Kind.OPEN and self._is_number(end) and self._is_paired(at):
            return side, end, True  # "For (9), imod (6)."
        if at != self.first and not self.kind(at - 1) & Kind.COLON:
            return None
        headed = kind & Kind.OPEN and self._is_number(end) and self.lists.is_line(self.closing[end] + 2)
        if headed or (kind & (Kind.TAB | Kind.BREAK) and self._is_alone(end)):
            return side, end, True
        return None

    def _is_paired(self, at: int) -> bool:
        """Return True if another side with its number in brackets is beside that of a token."""
        behind = self.closing[at + 1] + 1
        if self.kind(behind) & Kind.COMMA and self.kind(behind + 1) & (Kind.SIDE | Kind.ABSTAIN):
            return self._is_number(behind + 2)
        before = at - 5
        paired = self.kind(at - 1) & Kind.COMMA and self.kind(before) & (Kind.SIDE | Kind.ABSTAIN)
        return bool(paired) and self._is_number(before + 1)

    def _motion(self, at: int) -> int:
        """Return the index behind the motion between a side and its verb or colon."""
        start = at
        if self.kind(at) & (Kind.VERB | Kind.BE | Kind.COLON):
            return at
        if self.tokens[at].text.lower() in {"at", "så"} if at < self.end else True:
            return start
        while at < self.end and at < start + _LONGEST_MOTION:
            kind = self.kind(at)
            if kind & (Kind.VERB | Kind.COLON) or (kind & Kind.BE and at <= start + 3):
                return at
            if kind & (_NO_MOTION | Kind.NUMBER) and not (kind & Kind.NUMBER and self._is_numbering(at)):
                return start
            at += 1
        return start

    def _is_numbering(self, at: int) -> bool:
        return bool(
            self.kind(at - 1) & Kind.OTHER == Kind.OTHER
            and self.tokens[at - 1].text.lower() in {"punkt", "nr", "pkt", "."}
        )

    def _is_sided_later(self, verb: int) -> bool:
        """Return True for "For Venstre stemte Ane Holm imod", where the side follows the verb."""
        if self.kind(verb + 1) & (Kind.SIDE | Kind.NOT):
            return True
        voters, end = self.lists.read(verb + 1, end=self.end)
        return (
            voters is not None
            and bool(self.kind(end) & Kind.SIDE)
            and not self.kind(end + 1) & (Kind.VERB | Kind.COLON)
        )

    def _ends_clause(self, at: int) -> bool:
        """Return True if a number before a token is all that is said of a side: "imod fjorten"."""
        return bool(self.kind(at) & (_LINE_END | Kind.COMMA | Kind.OPEN | Kind.CLOSE)) or at >= self.end

    def _is_number(self, at: int) -> bool:
        return at in self.closing and self.closing[at] == at + 2 and bool(self.kind(at + 1) & Kind.NUMBER)

    def _is_alone(self, at: int) -> bool:
        """Return True if the label is a line of its own, or the first cell of one."""
        if self.kind(at) & Kind.TAB:
            return bool(self.kind(at + 1) & (Kind.NUMBER | _ENTITY))
        return self._is_side_line(at + 1)

    # What follows it

    def _behind(self, side: VoteChoice, at: int, *, certain: bool) -> Label | None:
        while self.kind(at) & (Kind.ONLY | Kind.FILLER) or (self.kind(at) & Kind.TAB and certain):
            at += 1
        lines = at
        while self.kind(lines) & Kind.BREAK:
            lines += 1
        if lines > at:
            return self._on_next_line(side, at, lines)
        kind = self.kind(at)
        if kind & Kind.NOBODY or (kind & Kind.DASH and self.kind(at + 1) & _LINE_END):
            return Label(side, at + 1, count=0)
        if kind & Kind.OPEN and self._is_number(at):
            count = self.tokens[at + 1].number
            closed = self.closing[at] + 1
            return self._listed(side, self._lines(closed), count) or Label(side, closed, count=count)
        if kind & (Kind.REST | Kind.NUMBER):
            return self._the_rest(side, at) if kind & Kind.REST else self._counted(side, at)
        if kind & (_ENTITY | Kind.TITLE | Kind.OPEN | Kind.UNKNOWN):
            return self._listed(side, at, None)
        ended = at >= self.end or bool(kind & _ENDS_LABEL)
        return Label(side, at, empty=True) if certain and ended else None

    def _lines(self, at: int) -> int:
        while self.kind(at) & (Kind.BREAK | Kind.COLON):
            at += 1
        return at

    def _on_next_line(self, side: VoteChoice, at: int, line: int) -> Label:
        """Read the number or the list below its label; a label with nothing below is empty."""
        begin = line + bool(self.kind(line) & Kind.DASH)
        if self.kind(begin) & Kind.NUMBER and self._is_side_line(begin):
            return self._counted(side, begin)
        if self.lists.is_line(begin):
            return self._listed(side, begin, None) or Label(side, at, empty=True)
        return Label(side, at, empty=True)

    def _is_side_line(self, at: int) -> bool:
        """Return True if a line is the number or the voters of a side: "4 (O+V)", "1: C (1)"."""
        if not self.kind(at) & Kind.NUMBER:
            return self.lists.is_line(at)
        behind = at + 1 + bool(self.kind(at + 1) & Kind.UNIT)
        if self.kind(behind) & Kind.OPEN and behind in self.closing:
            behind = self.closing[behind] + 1
            return bool(self.kind(behind) & _LINE_END) or behind >= len(self.tokens)
        if self.kind(behind) & (Kind.COLON | Kind.COMMA):
            return self.lists.is_line(behind + 1)
        return behind >= len(self.tokens) or bool(self.kind(behind) & Kind.BREAK)

    def _the_rest(self, side: VoteChoice, at: int) -> Label:
        at += 1
        while self.kind(at) & (Kind.OF | Kind.BODY | Kind.UNIT):
            at += 1
        if self.kind(at) & Kind.COLON and self.kind(at + 1) & _ENTITY:  # "Imod stemte resten: A (5) og F (2)"
            return self._listed(side, at + 1, None) or Label(side, at, rest=True)
        if self.kind(at) & Kind.NUMBER:
            return Label(side, at + 1, count=self.tokens[at].number, rest=True)
        if self.kind(at) & Kind.OPEN and self._is_number(at):
            return Label(side, at + 3, count=self.tokens[at + 1].number, rest=True)
        return Label(side, at, rest=True)

    def _counted(self, side: VoteChoice, at: int) -> Label:
        """Read "9 (A+C+T)", "21, Venstre, …", "6 stemmer: A og B", "7 medlemmer (A, F)", "4"."""
        members, end = self.lists.read(at, lines=True)
        if members and members.somebody and self.kind(at + 1) & Kind.UNIT:
            only = len(members.parties) == 1 and not members.members
            count = self.tokens[at].number if only else None
            return Label(side, end, count=count, voters=members, unread=not members.whole)
        count = self.tokens[at].number
        at += 1
        at += bool(self.kind(at) & Kind.UNIT)
        at += self.tokens[at].text == "fra" if at < len(self.tokens) else False
        begin = at
        if self.kind(at) & (Kind.COMMA | Kind.COLON | Kind.DASH):
            begin += 1
            begin += bool(self.kind(begin) & Kind.FILLER)  # "stemte 18, nemlig Venstre (7), …"
        if self.kind(begin) & Kind.BREAK and self.kind(at) & Kind.COLON:
            begin = self._lines(begin)
            if not self.lists.is_line(begin):
                return Label(side, at, count=count)
        if self.kind(begin) & Kind.OPEN and begin in self.closing:
            return self._in_brackets(side, begin, count)
        colon = Kind.COLON in self.tokens[begin - 1]
        if self.kind(begin) & (_ENTITY | Kind.TITLE | Kind.OPEN) and (colon or not self._does(begin)):
            return self._listed(side, begin, count) or Label(side, at, count=count)
        return Label(side, at, count=count)

    def _does(self, at: int) -> bool:
        """Return True if the list at a token is the subject of what follows: ", og A undlod"."""
        _, end = self.lists.read(at, end=self.end)
        return bool(self.kind(end) & (Kind.VERB | Kind.ABSTAIN | Kind.FAVOUR))

    def _in_brackets(self, side: VoteChoice, at: int, count: int) -> Label:
        """Read the list in the brackets behind a number; what is in them is all of it."""
        voters, end = self.lists.read(at, lines=True)
        closing = self.closing[at] + 1
        if voters is None:
            inside = self.kind(at + 1)
            unread = not inside & (Kind.REST | Kind.BODY | Kind.ALL | Kind.NUMBER | Kind.EXCEPT)
            return Label(side, closing, count=count, unread=unread, rest=bool(inside & Kind.REST))
        return Label(side, end, count=count, voters=voters, unread=not voters.whole)

    def _listed(self, side: VoteChoice, at: int, count: int | None) -> Label | None:
        voters, end = self.lists.read(at, lines=True)
        if voters is None:
            unknown = self.kind(at) & (Kind.UNKNOWN | Kind.TITLE)
            return Label(side, at + 1, count=count, unread=True) if unknown and count is not None else None
        if (
            self.kind(end) & Kind.COMMA
            and self.kind(end + 1) & Kind.IN_ALL
            and self.kind(end + 2) & Kind.NUMBER
        ):
            count, end = self.tokens[end + 2].number, end + 3
            end += bool(self.kind(end) & Kind.UNIT)
        elif self.kind(end) & Kind.OPEN and self._total(end) is not None:
            count, end = self._total(end), self.closing[end] + 1
        if count is None and voters.count is None and self.kind(end) & Kind.SIDE and side is FOR:
            return None
        return Label(side, end, count=count, voters=voters, unread=not voters.whole)

    def _total(self, at: int) -> int | None:
        """Return the number of "(i alt 11)"."""
        if (
            at not in self.closing
            or not self.kind(at + 1) & Kind.IN_ALL
            or not self.kind(at + 2) & Kind.NUMBER
        ):
            return None
        return self.tokens[at + 2].number
