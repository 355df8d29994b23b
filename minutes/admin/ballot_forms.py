"""Forms that correct, add and remove the ballots of an item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from minutes.models import AgendaItem, Correction, Meeting
from minutes.models.votes import BALLOT_RESULTS
from minutes.publishing.corrected import is_same_ballot
from minutes.publishing.corrections import read_ballots
from minutes.vocabulary import BallotKind, BallotSubject, CountsFrom, ResultFrom, VoteKnown

# Facts of a ballot, as in the reader's JSON.
Facts = dict[str, Any]

# "Ane Lund (A)"
_VOTER = re.compile(r"(?P<name>.+?)(?: ?\((?P<party>[^()]{1,60})\))?")
_SIDES = ("for", "against", "abstained")
_SUBJECTS = [
    (BallotSubject.MAIN.value, gettext_lazy("Sagen")),
    (BallotSubject.AMENDMENT.value, gettext_lazy("Ændringsforslag")),
]


def _names_field(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Et navn på hver linje, og partiet i parentes, hvis det står der: Ane Lund (A)."
        ),
    )


def _count_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=9999, help_text=gettext_lazy("Tom, hvis ukendt.")
    )


class BallotForm(forms.Form):
    """The facts of a ballot."""

    subject = forms.ChoiceField(
        label=gettext_lazy("Om"),
        choices=_SUBJECTS,
    )
    for_count = _count_field(gettext_lazy("For"))
    against_count = _count_field(gettext_lazy("Imod"))
    abstained_count = _count_field(gettext_lazy("Undlod"))
    for_names = _names_field(gettext_lazy("Navne for"))
    against_names = _names_field(gettext_lazy("Navne imod"))
    abstained_names = _names_field(gettext_lazy("Navne, der undlod"))
    result = forms.TypedChoiceField(
        label=gettext_lazy("Resultat"),
        choices=[("", gettext_lazy("Fremgår ikke")), *BALLOT_RESULTS],
        required=False,
        empty_value=None,
    )
    evidence = forms.CharField(
        label=gettext_lazy("Ordlyd i referatet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("De ord, afstemningen fremgår af, kopieret fra kilden."),
    )
    false = forms.BooleanField(label=gettext_lazy("Det er ingen afstemning: fjern den"), required=False)

    def __init__(self, *args: Any, subject: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["subject"])
        if subject and subject not in {BallotSubject.MAIN, BallotSubject.AMENDMENT}:
            field.choices = [*_SUBJECTS, (subject, subject.replace("part", "Del"))]

    def facts(self, before: Facts | None) -> Facts | None:
        """Return the submitted facts, `before` itself if nothing differs, or None to remove the ballot."""
        cleaned = self.cleaned_data
        if cleaned["false"]:
            return None
        voters = {side: list(_voters(cleaned[f"{side}_names"])) for side in _SIDES}
        names = {side: [name for name, _party in voters[side]] for side in _SIDES}
        parties = {f"{side}_parties": (before or {}).get(f"{side}_parties", {}) for side in _SIDES}
        facts = {
            "kind": (before or {}).get("kind", BallotKind.MOTION.value),
            "subject": cleaned["subject"],
            **{side: cleaned[f"{side}_count"] for side in _SIDES},
            **{f"{side}_names": names[side] for side in _SIDES},
            **parties,
            "votes": _votes(voters),
            "result": cleaned["result"],
            "counts_from": CountsFrom.PRINTED.value,
            "result_from": ResultFrom.PRINTED.value,
            "evidence": cleaned["evidence"].strip() or (before or {}).get("evidence", ""),
            "start": 0,
            "end": 0,
        }
        if before is None:
            return facts
        comparable = {**facts, "counts_from": before["counts_from"], "result_from": before["result_from"]}
        return before if is_same_ballot(comparable, before) and voters == _voters_of(before) else facts


def _voters(lines: str) -> Iterator[tuple[str, str | None]]:
    """Yield the name and the party of each line: "Ane Lund (A)"."""
    for line in lines.splitlines():
        match = _VOTER.fullmatch(" ".join(line.split()))
        if match:
            yield match["name"], match["party"]


def _voters_of(ballot: Facts) -> dict[str, list[tuple[str, str | None]]]:
    """Return the names of each side of a ballot, with the parties that were printed at them."""
    parties = {
        (vote["choice"], vote["name"]): vote["party"]
        for vote in ballot.get("votes", ())
        if vote["known"] == VoteKnown.PRINTED
    }
    return {side: [(name, parties.get((side, name))) for name in ballot[f"{side}_names"]] for side in _SIDES}


def _votes(voters: dict[str, list[tuple[str, str | None]]]) -> list[Facts]:
    """Return the votes of the submitted names. Those that were deduced may no longer follow."""
    return [
        {"name": name, "party": party, "choice": side, "known": VoteKnown.PRINTED.value}
        for side in _SIDES
        for name, party in voters[side]
    ]


@dataclass
class BallotSlot:
    """A ballot with its form: as `seen` by the reader, as it is `now`, and its correction in force.

    All are None for the empty form that adds a ballot.
    """

    seen: Facts | None
    now: Facts | None
    correction: Correction | None
    form: BallotForm

    @property
    def is_filled(self) -> bool:
        """False for the empty form, unless something is entered in it."""
        return bool(self.seen or self.correction) or self.form.has_changed()

    def submitted(self) -> Facts | None:
        """Return the submitted facts, or `seen` itself where they differ from it at most in their place."""
        facts = self.form.facts(self.now or self.seen)
        is_as_seen = self.seen is not None and is_same_ballot(facts, self.seen)
        return self.seen if is_as_seen else facts

    def is_changed_to(self, facts: Facts | None) -> bool:
        """Return True if `facts` change the ballot or restore the reader's."""
        return facts != self.now or bool(self.correction and facts == self.seen)


def ballot_slots(meeting: Meeting, item: AgendaItem, data: Any) -> list[BallotSlot]:
    """Return a slot for every ballot that was read or added, and an empty one. One query."""
    return [
        BallotSlot(
            seen,
            now,
            correction,
            BallotForm(
                data,
                prefix=f"ballot{number}",
                initial=_initial(now, seen),
                subject=(now or seen or {}).get("subject", ""),
                use_required_attribute=False,
            ),
        )
        for number, (seen, now, correction) in enumerate(_ballots(meeting, item))
    ]


def _ballots(
    meeting: Meeting, item: AgendaItem
) -> Iterator[tuple[Facts | None, Facts | None, Correction | None]]:
    """Yield read ballots with their corrections, then added ones, then an empty one."""
    corrections = list(
        meeting.corrections.in_force()
        .filter(item_slug=item.slug, field=Correction.Field.BALLOT)
        .order_by("id")
    )
    for seen in read_ballots(item):
        correction = next((row for row in corrections if row.seen and _is_same_ballot(row.seen, seen)), None)
        if correction is None:
            yield seen, seen, None
        else:
            corrections.remove(correction)
            yield seen, correction.value, correction
    yield from ((None, correction.value, correction) for correction in corrections if correction.seen is None)
    yield None, None, None


def _is_same_ballot(one: Facts, other: Facts) -> bool:
    return _identity_of(one) == _identity_of(other)


def _identity_of(ballot: Facts) -> tuple[list[str], str]:
    return ballot["evidence"].split(), ballot["subject"]


def _initial(now: Facts | None, seen: Facts | None) -> dict[str, Any]:
    facts = now or seen
    if facts is None:
        return {"subject": BallotSubject.MAIN.value}
    return {
        "subject": facts["subject"],
        **{f"{side}_count": facts[side] for side in _SIDES},
        **{
            f"{side}_names": "\n".join(f"{name} ({party})" if party else name for name, party in voters)
            for side, voters in _voters_of(facts).items()
        },
        "result": facts["result"],
        "evidence": facts["evidence"],
        "false": now is None,
    }
