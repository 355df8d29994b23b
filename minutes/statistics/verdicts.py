"""The decision under an item, in one sentence of plain words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minutes.models import AgendaItem, Ballot
from minutes.vocabulary import BallotKind, BallotSubject, Outcome

_VERDICTS = {
    Outcome.APPROVED: gettext_lazy("%(who)s vedtog det"),
    Outcome.NOTED: gettext_lazy("%(who)s tog det til efterretning"),
    Outcome.RECOMMENDED: gettext_lazy("%(who)s anbefalede det"),
    Outcome.DISCUSSED: gettext_lazy("%(who)s drøftede det"),
    Outcome.POSTPONED: gettext_lazy("%(who)s udsatte sagen"),
    Outcome.REJECTED: gettext_lazy("%(who)s sagde nej"),
    Outcome.WITHDRAWN: gettext_lazy("%(who)s tog sagen af dagsordenen"),
}
# Names as "Teknisk Udvalg" and "Byråd", which a sentence has in the definite form.
_DEFINITE = {"udvalg": "et", "råd": "et", "bestyrelse": "n", "forsamling": "en", "kommission": "en"}


def verdict(item: AgendaItem) -> str:
    """Return what was decided: "Byrådet vedtog det: 16 stemte for, 2 imod"; "" if that is not known.

    Counts are those of the only vote on the item itself; nothing is said of several votes, amendments and
    elections. Needs `meeting.committee`, and queries the ballots unless they are prefetched.
    """
    outcome = Outcome(item.outcome)
    if item.closed or outcome == Outcome.NONE:
        return ""
    counted = _main_counts(item)
    if outcome not in _VERDICTS:
        return _("Afstemning: %(counts)s") % {"counts": counted} if counted else ""
    said = str(_VERDICTS[outcome]) % {"who": _definite(item.meeting.committee.name)}
    return f"{said}: {counted}" if counted else said


def short_verdict(item: AgendaItem) -> str:
    """Return the decision on a page that names the committee: "Godkendt: 16 stemte for, 2 imod", or "".

    Queries as `verdict`.
    """
    if item.outcome in (Outcome.NONE, Outcome.OTHER):
        return verdict(item)
    counted = "" if item.closed else _main_counts(item)
    label = str(item.get_outcome_display())
    return f"{label}: {counted}" if counted else label


def _main_counts(item: AgendaItem) -> str:
    """Return the counts of the only vote on the item itself; else ""."""
    main = main_ballot(item)
    return _counts(main) if main else ""


def main_ballot(item: AgendaItem) -> Ballot | None:
    """Return the only vote on the item itself; None for several, amendments and elections."""
    main = [
        ballot
        for ballot in item.ballots.all()
        if ballot.subject == BallotSubject.MAIN and ballot.kind == BallotKind.MOTION
    ]
    return main[0] if len(main) == 1 else None


def _definite(committee: str) -> str:
    """Return "Byrådet" for "Byråd"; other names as they are."""
    ending = next((ending for ending in _DEFINITE if committee.lower().endswith(ending)), "")
    return committee + _DEFINITE.get(ending, "")


def _counts(ballot: Ballot) -> str:
    """Return the counts of a ballot whose two sides are known; else ""."""
    if ballot.for_count is None or ballot.against_count is None:
        return ""
    said = _("%(for)d stemte for, %(against)d imod") % {
        "for": ballot.for_count,
        "against": ballot.against_count,
    }
    abstained = ballot.abstained_count
    if abstained:
        said += ngettext(", %(n)d undlod", ", %(n)d undlod", abstained) % {"n": abstained}
    return said
