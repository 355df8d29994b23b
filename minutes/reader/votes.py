"""One sentence of a decision → what it says of a vote: counts, who voted how, what became of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from minutes.reader.dates import NUMBER, number
from minutes.reader.negation import denies
from minutes.reader.voters import Voters, subject_of, voters
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import BallotResult, Outcome, VoteChoice

FOR, AGAINST, ABSTAINED = VoteChoice.FOR, VoteChoice.AGAINST, VoteChoice.ABSTAINED

_VERBS = pattern(WORDS.votes.verbs)
# What can stand behind a number of votes.
_VOTES = rf"(?:\s+{pattern(WORDS.votes.units)})?"
_IN_BRACKETS = r"(?:\s*\((?P<{name}>(?:[^()]|\([^()]*\)){{1,2000}})\))?"
# "med 34 stemmer imod 15", "med 12 stemmer (A, C) mod 3 (Ø)", "med 18 stemmer mod 7", "med stemmetallene 18
# mod 7": the side that won, the one that lost
_WON_LOST = re.compile(
    rf"\bmed\s+(?:stemme(?:rne|tallene|tal)\s+)?(?P<won>{NUMBER})(?:\s+stemmer?)?{_IN_BRACKETS.format(name='winners')}\s+i?mod\s+(?P<lost>{NUMBER})\b(?:\s+stemmer?)?{_IN_BRACKETS.format(name='losers')}",
    re.IGNORECASE,
)
# "med stemmerne 4-3", "med stemmetallet 12-7"
_TALLY = re.compile(
    r"\bstemme(?:rne|tallene|tallet)\s+(?P<won>\d{1,3})\s*[-–]\s*(?P<lost>\d{1,3})(?P<winners>)(?P<losers>)\b",
    re.IGNORECASE,
)
# "6 stemmer for", "7 for (A, F, O, Ø)", "5 medlemmer stemte for", "3 (A og B) for", "to var for"
_COUNTED_FOR = re.compile(
    rf"\b(?P<count>{NUMBER}){_VOTES}{_IN_BRACKETS.format(name='ahead')}\s+(?:(?:{_VERBS}|var|er)\s+)?for\b"
    rf"(?!\s+(?:at|den|det|de|en|et)\b){_IN_BRACKETS.format(name='who')}",
    re.IGNORECASE,
)
# "Forslaget fik 2 stemmer, afgivet af A og Ø", "… opnåede ni stemmer"; people get votes in elections
_GOT = re.compile(
    rf"(?:forslag|indstilling)[^.;]{{0,200}}?\b(?:fik|opnåede)\s+(?P<count>{NUMBER})\s+stemmer?\b(?P<ahead>){_IN_BRACKETS.format(name='who')}",
    re.IGNORECASE,
)
# "1 stemme imod", "3 imod (B, V)", "2 stemte imod", "5 var imod", "2 (A og B) imod"
_COUNTED_AGAINST = re.compile(
    rf"\b(?P<count>{NUMBER}){_VOTES}{_IN_BRACKETS.format(name='ahead')}\s+(?:(?:{_VERBS}|var|er)\s+)?i?mod\b"
    rf"{_IN_BRACKETS.format(name='who')}",
    re.IGNORECASE,
)
# "…, afgivet af A og Ø", "8 stemmer mod 6, der blev afgivet af A og F", "2 stemmer imod, (Ø) og (O).": whose
# the votes told last were
_CAST_BY = re.compile(
    r",?\s+(?:(?:der|som)\s+(?:blev|er)\s+)?afgivet\s+af\s+(?P<who>[^.;:]{1,300}?)(?=,\s+mens\b|[.;:]|$)"
    r"|,\s+(?P<listed>[(A-ZÆØÅ][^.;:]{0,300})\.?$"
)
# "4 ja, 9 nej", "5 ja-stemmer (A, V) og 2 nej-stemmer (O)"
_YES, _NO = (
    re.compile(
        rf"\b(?P<count>{NUMBER})\s+{word}(?:-?stemmer?)?\b(?!-)(?P<ahead>){_IN_BRACKETS.format(name='who')}",
        re.IGNORECASE,
    )
    for word in ("ja", "nej")
)
# "2 undlod at stemme", "1 blank", "2 hverken for eller imod", "3 medlemmer undlod (A)"
_COUNTED_ABSTAINED = re.compile(
    rf"\b(?P<count>{NUMBER}){_VOTES}\s+(?:undlod|undlader|undladt|blanke?|stemte\s+blankt?|stemte\s+hverken|hverken)\b"
    rf"(?:\s+(?:at\s+stemme|stemmer?|for\s+eller\s+i?mod))?(?P<ahead>){_IN_BRACKETS.format(name='who')}",
    re.IGNORECASE,
)
# "Taget til efterretning med 6 stemmer."
_FOR_ALONE = re.compile(rf"\bmed\s+(?P<count>{NUMBER})\s+stemmer?\b(?!\s+(?:i?mod|for)\b)", re.IGNORECASE)

# "For stemte:", "Imod stemte", "For:", "Imod forslaget stemte", "For flertalsindstillingen fra ØK stemte",
# "Undlod at stemme:", "Følgende stemte for forslaget:", "Hverken for eller imod stemte", "Stemte for:"
_LABEL = re.compile(
    r"(?:^|(?<=[.;,:)]\s)|(?<=\sog\s)|(?<=\smens\s)|(?<=\smen\s))(?:"
    rf"(?P<side>(?:her)?for|(?:her)?imod|mod)\s+(?:(?P<motion>(?!{_VERBS})[^.:;()]{{1,120}}?)\s+)?{_VERBS}(?!\s+(?:for|imod|mod)\b)"
    rf"|(?:(?P<ayes>{pattern(WORDS.votes.label_for)})|(?P<noes>{pattern(WORDS.votes.label_against)})"
    rf"|(?P<neither>{pattern(WORDS.votes.label_abstained)}))\s*:|(?<=,\s)(?P<tally>i?mod)(?=\s+{NUMBER}(?:\s*\(|[.;]|$))"
    rf"|følgende\s+(?:medlemmer\s+)?{_VERBS}\s+(?P<named>for|imod|mod)\b(?P<named_motion>[^.:;()]{{0,80}}?)\s*:"
    rf"|{_VERBS}\s+(?P<verb>for|imod|mod)\s*:"
    r"|(?:følgende\s+)?(?P<rest>(?:undlod|undlader|undladt)(?:\s+at\s+stemme)?|hverken\s+for\s+eller\s+i?mod(?:\s+stemte)?"
    r"|blankt?(?:\s+stemte)|(?:stemte|stemmer)\s+(?:blankt?|hverken\s+for\s+eller\s+i?mod)\s*:)"
    r")\s*:?",
    re.IGNORECASE,
)
# "(O) stemmer imod, da …", "A og B undlod at stemme.", "Kasper Holm stemte imod", "Venstre imod."
_VERB = re.compile(
    rf"\s+(?:{_VERBS}\s+(?P<side>i?mod|for)\b"
    rf"|(?P<rest>{pattern(WORDS.votes.abstaining)})"
    r"|(?P<bare>i?mod|undlod|undlader)(?=\.?$))",
    re.IGNORECASE,
)
# Where the clause of a voter begins: "Godkendt, idet …", "…, mens …", "… og …"
_CLAUSE = re.compile(
    r"(?:^|[.:;]\s+|,\s+(?:idet|mens|men|hvor|og|hvorefter)\s+|\s+(?:idet|mens|hvor)\s+|\bmed\s+)"
)
# A vote somewhere else, told of here: "stemte imod i udvalget", "stemte imod i 2019"
_ELSEWHERE = re.compile(
    r"\b(?:i\s+\w*(?:udvalg|byråd)\w*|på\s+mødet\s+d|i\s+(?:19|20)\d\d|dengang|tidligere|ved\s+1\.|sidste\s+gang)",
    re.IGNORECASE,
)
# "5 medlemmer (A+V+C) anbefaler", "2 medlemmer (N+Ø) stemmer imod", "Et flertal bestående af Ane Holm (C)
# og Bo Lind (V) indstiller"
_GROUP = re.compile(
    rf"(?:(?:(?:et|udvalgets)\s+(?:flertal|mindretal),?\s+)?(?P<count>{NUMBER})\s+medlem(?:mer)?\s*\((?P<who>(?:[^()]|\([^()]*\)){{1,2000}})\)"
    rf"|(?:et|udvalgets)\s+(?:flertal|mindretal)(?:\s+på\s+(?P<size>{NUMBER}))?\s*(?:,)?\s*(?:bestående\s+af|\(|–|-|:)?\s*(?P<share>[A-ZÆØÅ(][^.:;]{{0,2000}}?)\)?)"
    rf",?\s+(?:(?P<for>{pattern(WORDS.votes.group_in_favour)})|(?P<against>{pattern(WORDS.votes.group_against)})"
    rf"|{pattern(WORDS.votes.group_abstaining)})",
    re.IGNORECASE,
)
# "Anbefalet af Ane Holm (V) og Bo Lind (R)", "Anbefales af A og V"
_BY = re.compile(
    r"(?P<verb>anbefalet|anbefales|godkendt|tiltrådt|indstilles(?:\s+(?:godkendt|tiltrådt))?)\s+af\s+(?P<who>[A-ZÆØÅ(].{1,2000})",
    re.IGNORECASE,
)

LOST = re.compile(pattern(WORDS.outcomes[Outcome.REJECTED]), re.IGNORECASE)
CARRIED = re.compile(
    pattern(
        WORDS.outcomes[Outcome.APPROVED],
        WORDS.outcomes[Outcome.NOTED],
        WORDS.outcomes[Outcome.POSTPONED],
        WORDS.decisions.sent_on,
        ("besluttet", "besluttede", "besluttes", "anbefaler"),
    ),
    re.IGNORECASE,
)
# "Tiltrådt, idet Ane Holm ikke kan støtte det": what follows is no result
_REASON = re.compile(r",\s+(?:idet|mens|men|da|fordi|hvoraf|hvorved)\b")
# A result and little else: "Faldet.", "Forslaget faldt.", "Indstillingen blev vedtaget.", "Faldet ved
# stemmelighed."
_RESULT_LINE = re.compile(
    r"(?:\S+\s+){0,7}?(?:er\s+|blev\s+|er\s+hermed\s+|blev\s+derfor\s+)?(?P<word>[\wæøå]+)(?:\s+ved\s+stemmelighed)?\.?",
    re.IGNORECASE,
)
# A sentence with none of these says nothing of a vote; looking for them is fast.
_STEMS_OF_VOTES = (
    *("ja", "nej", "hverken", "stem", "mod", "for", "medlem"),
    *("flertal", "mindretal", " af ", "blank", "undl"),
)
_STEMS_OF_COUNTS = ("stem", "undlod", " nej")


def _with_words(stems: tuple[str, ...], *lists: Iterable[str]) -> tuple[str, ...]:
    """Return the stems, and the words of the lists that have none of them."""
    words = (word for words in lists for word in words)
    return (*stems, *(word for word in words if not any(stem in f" {word}" for stem in stems)))


_WORDS_OF_VOTES = _with_words(
    _STEMS_OF_VOTES,
    WORDS.votes.verbs,
    WORDS.votes.units,
    WORDS.votes.label_for,
    WORDS.votes.label_against,
    WORDS.votes.label_abstained,
)
_WORDS_OF_COUNTS = _with_words(_STEMS_OF_COUNTS, WORDS.votes.verbs)
# A roll call of a large council is no longer.
_LONGEST_SENTENCE = 6000
_LONGEST_RESULT = 90
_PUTS_MOTION = re.compile(rf"{pattern(WORDS.motions.put)}|,\s+at\b", re.IGNORECASE)
# "V ville stemme imod", "uden afstemning", "”… stemmer imod …”": said, not done
_QUOTED = re.compile(r"[\"“”»][^\"“”«»]*[\"“”«]")


@dataclass(slots=True)
class Vote:
    """What a sentence says of a vote. `printed_result` when it says what became of the motion."""

    counts: dict[VoteChoice, int] = field(default_factory=dict)
    sides: dict[VoteChoice, Voters] = field(default_factory=dict)
    empty: set[VoteChoice] = field(default_factory=set)  # labels with nothing behind them
    motion: str = ""
    result: BallotResult | None = None
    labelled: bool = False  # it opens with a label such as "For stemte:"
    groups: bool = False  # told by groups: "5 medlemmer (A+V) anbefaler"
    majority: BallotResult | None = None  # the result that "flertal" or "mindretal" says
    by_size: bool = False  # the sides are told apart by their size alone: "34 stemmer imod 15"
    pieces: bool = False  # counts told as "med 6 stemmer for …": a whole ballot in one sentence

    @property
    def something(self) -> bool:
        return bool(self.counts or self.empty or any(each.somebody for each in self.sides.values()))


def result_of(sentence: str) -> BallotResult | None:
    """What the sentence says became of a motion; that something was lost outweighs what else it says."""
    if LOST.search(sentence) or denies(_REASON.split(sentence, maxsplit=1)[0]):
        return BallotResult.LOST
    return BallotResult.CARRIED if CARRIED.search(sentence) else None


def result_alone(sentence: str) -> BallotResult | None:
    """The result of a sentence that tells nothing else: "Faldet.", "Forslaget blev vedtaget."."""
    if (
        len(sentence) > _LONGEST_RESULT
        or not _RESULT_LINE.fullmatch(sentence)
        or _PUTS_MOTION.search(sentence)
    ):
        return None
    return result_of(sentence)


def vote_in(sentence: str) -> Vote | None:
    """What the sentence says of a vote held here, or None."""
    if len(sentence) > _LONGEST_SENTENCE:
        return None
    lower = sentence.lower()
    if not any(word in lower for word in _WORDS_OF_VOTES):
        return None
    said = _QUOTED.sub(lambda match: " " * len(match[0]), sentence)
    for form in (_by_labels, _by_counts, _by_groups, _by_verbs):
        vote = form(said)
        if vote and vote.something:
            vote.result = result_of(_GROUP.sub(_unless_against, said) if vote.groups else said)
            vote.majority = _by_majority(said) if vote.groups else None
            return vote
    return None


def _by_majority(sentence: str) -> BallotResult | None:
    """The result that "et flertal (A+V) anbefaler" or "et mindretal (C) kunne ikke tiltræde" says."""
    for match in _GROUP.finditer(sentence):
        words = match[0].lower()
        if "flertal" in words and (match["for"] or match["against"]):
            return BallotResult.CARRIED if match["for"] else BallotResult.LOST
        if "mindretal" in words and match["against"]:
            return BallotResult.CARRIED
    return None


def _unless_against(group: re.Match[str]) -> str:
    """A minority that "kunne ikke tiltræde" says nothing of what became of the motion."""
    return "" if group["against"] else group[0]


def _choice(word: str) -> VoteChoice:
    return {"f": FOR, "i": AGAINST, "m": AGAINST}.get(word.lower().removeprefix("her")[:1], ABSTAINED)


def _by_labels(sentence: str) -> Vote | None:
    """ "For stemte: A, B og Ø. Imod stemte: …", "For: 20 (…)", "Undlod at stemme:" """
    abstained = _COUNTED_ABSTAINED.search(sentence)
    if abstained:  # "…, imod stemte 3 (O), og 1 undlod at stemme (Tue Melsted)"
        sentence = sentence[: abstained.start()] + " " * len(abstained[0]) + sentence[abstained.end() :]
    labels = [match for match in _LABEL.finditer(sentence) if _is_label(sentence, match)]
    if not labels or sentence[: labels[0].start()].strip(" •-–").count(" ") > 25:
        return None
    vote = Vote(labelled=labels[0].start() == 0)
    ends = [match.start() for match in labels[1:]] + [len(sentence)]
    for match, end in zip(labels, ends, strict=True):
        word = match["side"] or match["named"] or match["verb"] or match["tally"]
        side = FOR if match["ayes"] else AGAINST if match["noes"] else _choice(word) if word else ABSTAINED
        behind = sentence[match.end() : end]
        vote.motion = vote.motion or (match["motion"] or match["named_motion"] or "").strip()
        behind, _, meanwhile = behind.partition(", mens ")
        listed = voters(re.sub(r"(?:\s*\b(?:og|mens)|\s*,)+[\s.]*$", "", behind))
        for other, who in _verbs(meanwhile):
            vote.sides.setdefault(other, who)
        if listed.count is not None:
            vote.counts[side] = listed.count
        elif not listed.somebody and not behind.strip(" .:-–"):
            vote.empty.add(side)
        if listed.somebody:
            vote.sides[side] = listed
        elif listed.count is None and side not in vote.empty:
            return None if not vote.something else vote
    if abstained and vote.something:
        vote.counts[ABSTAINED] = number(abstained["count"])
        if abstained["who"]:
            vote.sides[ABSTAINED] = voters(abstained["who"])
    return vote


def _is_label(sentence: str, match: re.Match[str]) -> bool:
    """Whether it opens a list; "A og B, undlod at stemme" says it of those before."""
    if not match["rest"] or match.start() == 0 or match[0].endswith(":"):
        return True
    return sentence[match.end() :].lstrip()[:1].isdigit()


def _by_counts(sentence: str) -> Vote | None:
    """ "med 6 stemmer for og 1 imod", "med 34 stemmer imod 15", "med stemmerne 7 for (A) og 3 imod (B)" """
    if not any(word in sentence.lower() for word in _WORDS_OF_COUNTS):
        return None
    vote = Vote(pieces=True)
    won = _WON_LOST.search(sentence) or _TALLY.search(sentence)
    if won:
        sides = sorted(
            ((number(won["won"]), won["winners"]), (number(won["lost"]), won["losers"])),
            key=lambda each: each[0],
            reverse=result_of(sentence) is not BallotResult.LOST,
        )
        for side, (count, who) in zip((FOR, AGAINST), sides, strict=True):
            vote.counts[side] = count
            if who:
                vote.sides[side] = voters(who)
        vote.by_size = True
        _cast_by(vote, sentence, won.end(), min(vote.counts, key=lambda each: vote.counts[each]))
        sentence = sentence[: won.start()] + " " * (won.end() - won.start()) + sentence[won.end() :]
    yes_and_no = ((FOR, _YES), (AGAINST, _NO)) if _YES.search(sentence) and _NO.search(sentence) else ()
    for side, form in (
        *((FOR, _COUNTED_FOR), (FOR, _GOT)),
        *((AGAINST, _COUNTED_AGAINST), (ABSTAINED, _COUNTED_ABSTAINED)),
        *yes_and_no,
    ):
        match = None if side in vote.counts else form.search(sentence)
        if match:
            vote.counts[side] = number(match["count"])
            if match["who"] or match["ahead"]:
                vote.sides[side] = voters(match["who"] or match["ahead"])
            _cast_by(vote, sentence, match.end(), side)
    if not vote.counts:
        alone = _FOR_ALONE.search(sentence)
        if alone:
            vote.counts[FOR] = number(alone["count"])
    if not vote.counts:
        return None
    for side, who in _verbs(sentence):
        if side not in vote.sides and who.count is None:
            vote.sides[side] = who
    return vote


def _cast_by(vote: Vote, sentence: str, end: int, side: VoteChoice) -> None:
    """Whose the votes of `side` were, told right behind their number."""
    cast = _CAST_BY.match(sentence, end)
    if cast and side not in vote.sides:
        listed = voters(cast["who"] or cast["listed"])
        if listed.somebody and listed.whole:
            vote.sides[side] = listed


def _by_groups(sentence: str) -> Vote | None:
    """ "5 medlemmer (A+V+C) anbefaler. 2 medlemmer (N+Ø) …", "Anbefalet af Ane Holm (V) og Bo Lind (R)" """
    vote = Vote()
    for match in _GROUP.finditer(sentence):
        side = FOR if match["for"] else AGAINST if match["against"] else ABSTAINED
        listed = voters(match["who"] or match["share"])
        if not listed.somebody or not listed.whole or side in vote.sides:
            continue
        vote.sides[side] = listed
        if match["count"] or match["size"]:
            vote.counts[side] = number(match["count"] or match["size"])
        vote.groups = True
    by = _BY.match(sentence)
    if by and not vote.sides:
        listed = voters(by["who"])
        if listed.somebody and listed.whole:
            vote.sides[FOR] = listed
            if listed.count is not None:
                vote.counts[FOR] = listed.count
    return vote


def _by_verbs(sentence: str) -> Vote | None:
    """ "(O) stemmer imod, da …", "Godkendt, idet Enhedslisten stemte imod.", "A undlod at stemme." """
    vote = Vote()
    for side, who in _verbs(sentence):
        vote.sides.setdefault(side, who)
        if who.count is not None:
            vote.counts[side] = who.count
    return vote


def _verbs(sentence: str) -> Iterator[tuple[VoteChoice, Voters]]:
    """(side, who) of each clause that names its voters before the verb, all of whom are understood."""
    for match in _VERB.finditer(sentence):
        if _ELSEWHERE.match(sentence[match.end() : match.end() + 60].lstrip(" ,")):
            continue
        begins = [each.end() for each in _CLAUSE.finditer(sentence, 0, match.start())]
        for begin in reversed(begins):
            who = voters(sentence[begin : match.start()])
            if not (who.somebody and who.whole):
                who = voters(subject_of(sentence[begin : match.start()]))
            if who.somebody and who.whole:
                side = ABSTAINED if match["rest"] else _choice(match["side"] or match["bare"])
                yield side, who
                break
