"""The outcome of an item, in the words of its own decision."""

import re
from collections.abc import Iterable, Iterator, Sequence

from minutes.reader.negation import WITHOUT_RECOMMENDATION, denies, denies_for_part, denies_recommendation
from minutes.reader.outcome_clauses import clauses_of
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import BallotResult, Outcome

# "Intet.", "Ingen bemærkninger.", "Der var ingen emner på efterretningslisten."
_NOTHING = re.compile(rf"{pattern(WORDS.decisions.nothing)}[^.]{{0,60}}\.?", re.IGNORECASE)
# A sentence about a motion beside the matter itself says nothing of what became of the matter.
_ASIDE = re.compile(
    rf"{pattern(WORDS.motions.beside)}|\bbegærede\b|\bforbehold\b|\bbemærke(?:de|r)\b|\bmindretalsudtalelse|\bprotokol"
    r"|\bønskede (?:til)?ført\b|\btilkendegav\b|\bstemte (?:i?mod|for)\b|\bundlod at stemme\b",
    re.IGNORECASE,
)
_SENT_ON = re.compile(pattern(WORDS.decisions.sent_on), re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_RECOMMENDS = re.compile(r"\b(?:anbefale|indstille)(?:s|r|de|t)?\b", re.IGNORECASE)
_CHOOSES = re.compile(r"\b(?:gen)?valg(?:t|te|tes|es)\b|\budpege", re.IGNORECASE)
_RECOMMENDED = re.compile(r"\b(?:anbefale|indstille)(?:s|r|de|t)\b", re.IGNORECASE)
_WORDS = {outcome: re.compile(pattern(words), re.IGNORECASE) for outcome, words in WORDS.outcomes.items()}
# "at udsætte sagen", "sagen udsættes", "sende sagen tilbage"
_POSTPONING = re.compile(
    r"\budsæt\w*|\budsat\b|\budskyd\w*|\btilbagesend\w*|\bsend(?:e\w*|t)\s+(?:\w+\s+){0,3}tilbage\b",
    re.IGNORECASE,
)
# "om at udsætte sag 61": another item
_OF_ITEM = re.compile(
    r"\b(?:udsætte|udskyde|udsættelse af)\s+(?:sag|punkt|pkt\.?)\s+(?:nr\.?\s*)?(?P<number>\d{1,4})\b",
    re.IGNORECASE,
)
# "Forslagsstilleren trak sit forslag tilbage"
_DRAWN_BACK = re.compile(r"\b(?:trak|trækker|har trukket)\b[^.;,]{0,60}\btilbage\b", re.IGNORECASE)
# "Drøftet og udsat", "Sagen udgår og genoptages i maj": the later meeting says what becomes of it
_YIELDS = {Outcome.DISCUSSED, Outcome.WITHDRAWN}
# "Tilbagesendes Teknik og Miljø med bemærkning, at byrådet har vedtaget indstillingen"
_RETURNED = re.compile(
    r"(?:tilbagesend\w*|sendes tilbage)\b[^.;]{0,120}?\bmed (?:den )?bemærkning,? at\s", re.IGNORECASE
)
# "Fremsendes til Teknisk Udvalg til behandling": to a committee below or an authority outside
_SENT_DOWN = re.compile(
    r"\b(?:frem|over)sendes til (?:(?!økonomi)[^.;]{0,60}?udvalg\w*\s+til\s+(?:\w+\s+)?behandling"
    r"|(?:\w*ministeri|staten|KL\b|\w*styrelsen\b))",
    re.IGNORECASE,
)
# "Det blev nedstemt", "Forslaget faldt": of the motion put right before
_OF_THAT = re.compile(r"(?:Det|Dette|Forslaget)\b")
# "besluttede at udsætte sagen", "var enige om at godkende": what was decided is in the infinitive
_RESOLVES = re.compile(
    r"\b(?:beslutte(?:de|s|r|t)?|vedtog|vedtaget|enig\w* (?:om|i)|aftalte?|valgte)"
    r"(?:\s+\w+){0,10}?,?\s+at\s+",
    re.IGNORECASE,
)
# "Det tiltrådtes, at sagen udsættes"
_POSTPONES = re.compile(
    r"\b(?:tiltråd\w*|vedtag\w*|godkend\w*|vedtog),?\s+at\s+(?:sagen|punktet|emnet|behandlingen|beslutningen)\s+"
    r"(?:\w+\s+){0,2}?(?:udsæt\w*|udskyd\w*|sendes tilbage|genoptages)",
    re.IGNORECASE,
)
_RESOLVED = {
    outcome: re.compile(rf"(?:\w+\s+){{0,3}}?{pattern(words)}", re.IGNORECASE)
    for outcome, words in WORDS.resolved.items()
}
_CLAUSE = re.compile(r",\s+(?:idet|mens|hvoraf|hvorved|med (?:den )?bemærkning)\b")
# No decision says what became of the matter further down than this.
_LONGEST = 50_000
# "et forslag fra A om at udsætte sagen blev vedtaget", "forslag om udsættelse blev forkastet"
_MOTION_TO_POSTPONE = re.compile(
    r"\bforslag(?:et)?\b[^.;]{0,60}?\bom (?:at (?:udsætte|udskyde)|udsættelse)\b[^.;]{0,60}?"
    r"\b(?:blev|faldt)(?P<result>[^.;]*)",
    re.IGNORECASE,
)
_CARRIED = re.compile(r"\s+(?:vedtaget|godkendt|tiltrådt)\b", re.IGNORECASE)
# "Udvalget vedtog ikke at gøre indsigelse": what is not done is not approved
_NOT_TO = re.compile(r"\b(?:vedtog|vedtaget|vedtages)(?: ikke at\b|(?=\s+forkastet\b))", re.IGNORECASE)
# "Ingen bemærkninger til referatet, som hermed er godkendt."
_DECIDED = re.compile(r"\b(?:godkendt|vedtaget|tiltrådt|udsat|udsættes)\b", re.IGNORECASE)
_REPORTING = re.compile(pattern(WORDS.pages.reports), re.IGNORECASE)


def outcome(
    decision: str | None,
    carried: Sequence[str] = (),
    *,
    voted: BallotResult | None = None,
    number: str | None = None,
    title: str = "",
) -> Outcome:
    """Return the outcome of `decision`, or `none` when nothing was decided.

    The decision is clean text without what it says of motions beside the matter; `carried` are the words of
    those that were carried. `voted` is the result of the votes on the matter itself, which counts where the
    words say nothing. `number` and `title` are the item's.
    """
    if any(_POSTPONING.search(_without_other_items(words, number)) for words in carried):
        return Outcome.POSTPONED
    decision = (decision or "")[:_LONGEST].strip()
    if not _LETTER.search(decision) or (_NOTHING.fullmatch(decision) and not _DECIDED.search(decision)):
        return Outcome.OTHER if carried else Outcome.NONE
    motion = _MOTION_TO_POSTPONE.search(decision)
    if motion and _CARRIED.match(motion["result"]):
        return Outcome.POSTPONED
    reporting = _REPORTING.match(title) is not None
    own_clauses = clauses_of(_MOTION_TO_POSTPONE.sub("", decision), number, reporting=reporting)
    # "Godkendt, idet Venstre stemte imod.": the decision precedes the votes.
    clauses = list(_of_the_matter(_CLAUSE.split(clause, maxsplit=1)[0] for clause in own_clauses))
    own = "\n".join(_RETURNED.sub("", _with_denials_plain(clause)) for clause in clauses)
    own = _SENT_DOWN.sub("", own)
    if any(map(denies_recommendation, clauses)):
        # "Punkt 1 anbefales. Punkt 2 anbefales ikke.": neither the one nor the other.
        return Outcome.OTHER if _RECOMMENDED.search(own) else Outcome.REJECTED
    if _SENT_ON.search(own):
        return Outcome.RECOMMENDED
    return _resolved(own) or _first_outcome(own) or _voted(voted, decision, carried)


def _without_other_items(motion: str, number: str | None) -> str:
    return _OF_ITEM.sub(lambda match: match[0] if match["number"] == number else "", motion)


def _voted(result: BallotResult | None, decision: str, carried: Sequence[str]) -> Outcome:
    """Return the outcome by the votes on the matter itself, else by a motion that is sent on."""
    if result is None and any(_SENT_ON.search(words) for words in carried):
        return Outcome.RECOMMENDED
    if result is BallotResult.LOST:
        return Outcome.REJECTED
    if result is not BallotResult.CARRIED or _CHOOSES.search(decision):
        return Outcome.OTHER
    return Outcome.RECOMMENDED if _RECOMMENDS.search(decision) else Outcome.APPROVED


def _resolved(own: str) -> Outcome | None:
    """Return the outcome that a first sentence has in the infinitive: "besluttede at udsætte sagen"."""
    if _POSTPONES.search(own):
        return Outcome.POSTPONED
    match = _RESOLVES.search(own)
    if not match or any(words.search(own, 0, match.start()) for words in _WORDS.values()):
        return None
    return next((outcome for outcome, words in _RESOLVED.items() if words.match(own, match.end())), None)


def _first_outcome(own: str) -> Outcome | None:
    """Return the outcome whose words come first; "drøftet" and "udgår" yield to what else was decided."""
    places: dict[Outcome, int] = {}
    for candidate, words in _WORDS.items():
        match = words.search(own)
        if match:
            places[candidate] = match.start()
    ranked = sorted(places, key=places.__getitem__)  # stable: of those at one place the first in the table
    if not ranked:
        return Outcome.WITHDRAWN if _DRAWN_BACK.search(own) else None
    first = ranked[0]
    if first in _YIELDS and Outcome.POSTPONED in ranked:
        between = own[places[first] : places[Outcome.POSTPONED]]
        if "." not in between and "\n" not in between:
            return Outcome.POSTPONED
    decided = [candidate for candidate in ranked if candidate not in _YIELDS]
    return decided[0] if first is Outcome.WITHDRAWN and decided else first


def _with_denials_plain(clause: str) -> str:
    """Return the clause with a denial such as "ej godkendt" as "forkastet", and without "uden anbefaling"."""
    match = denies(clause)
    if match:
        clause = f"{clause[: match.start()]} forkastet {clause[match.end() :]}"
    return WITHOUT_RECOMMENDATION.sub(" ", _NOT_TO.sub(" ", clause))


def _of_the_matter(clauses: Iterable[str]) -> Iterator[str]:
    """The clauses without those about motions beside the matter."""
    put = False
    for clause in clauses:
        beside = _ASIDE.search(clause)
        decided = _before(clause, beside.start()) if beside else ""
        aside = bool(beside) or denies_for_part(clause) or (put and bool(_OF_THAT.match(clause)))
        put = aside and not any(form.search(clause) for form in _WORDS.values())
        if decided:
            yield decided
        elif not aside:
            yield clause


def _before(clause: str, beside: int) -> str:
    """Return what a clause decides before "og" and what is beside the matter, or ""."""
    decided = clause[: max(clause.rfind(" og ", 0, beside), 0)]
    return decided if any(form.search(decided) for form in _WORDS.values()) else ""
