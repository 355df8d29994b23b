"""Filters of the review queue: which drafts of a user's municipalities are listed, and in which order."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.admin.doubt_kinds import DOUBT_KINDS
from minutes.models import (
    Claim,
    Committee,
    ImportRun,
    Meeting,
    PlannedPublication,
    Reading,
    UnplacedDocument,
)
from minutes.models.sources import GRADES
from minutes.models.states import State
from minutes.vocabulary import Grade

UNPLACED = "unplaced"
_REASONS = [
    ("", gettext_lazy("Alle")),
    *GRADES,
    ("cpr", gettext_lazy("Mulige CPR-numre")),
    (UNPLACED, gettext_lazy("Uden møde")),
    ("planned", gettext_lazy("Planlagt")),
    ("refused", gettext_lazy("Ikke offentliggjort som planlagt")),
    (gettext_lazy("Tvivl om"), [(kind, label) for kind, (label, _codes) in DOUBT_KINDS.items()]),
]
_CLAIMED = [
    ("", gettext_lazy("Alle")),
    ("mig", gettext_lazy("Mig")),
    ("andre", gettext_lazy("Andre")),
    ("ledig", gettext_lazy("Ingen andre")),
]
# Imports that can be chosen; the page of an older one has a link to the queue.
_MOST_RUNS = 30
_RANKS = Case(
    When(grade=Grade.CERTAIN.value, then=Value(0)),
    When(grade=Grade.DOUBTFUL.value, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


class RunField(forms.ModelChoiceField):
    def label_from_instance(self, run: Any) -> str:
        return f"{date_format(localtime(run.started_at), 'j. F Y H.i')}{f', {run.user}' if run.user else ''}"


class QueueForm(forms.Form):
    """Filters of the queue, in the municipalities of a user."""

    udvalg = forms.ModelChoiceField(
        Committee.objects.none(),
        label=gettext_lazy("Udvalg"),
        required=False,
        empty_label=gettext_lazy("Alle"),
    )
    aar = forms.IntegerField(label=gettext_lazy("År"), required=False, min_value=1900, max_value=2100)
    grund = forms.ChoiceField(label=gettext_lazy("Grund"), required=False, choices=_REASONS)
    hos = forms.ChoiceField(label=gettext_lazy("Gennemgås af"), required=False, choices=_CLAIMED)
    indlaesning = RunField(
        ImportRun.objects.none(),
        label=gettext_lazy("Indlæsning"),
        required=False,
        empty_label=gettext_lazy("Alle"),
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        self._user = user
        self._drafts = rights.within(Meeting.objects.filter(state=State.DRAFT), user)
        committees = Committee.objects.filter(pk__in=self._drafts.order_by().values("committee"))
        self.fields["udvalg"].queryset = committees.select_related("municipality")  # type: ignore[attr-defined]
        self.fields["indlaesning"].queryset = rights.within(  # type: ignore[attr-defined]
            ImportRun.objects.select_related("user"), user
        )

    def offer_runs(self) -> None:
        """Let the user choose among the last imports with drafts, and the chosen one. One query."""
        field: Any = self.fields["indlaesning"]
        with_drafts = Reading.objects.filter(current=True, meeting__in=self._drafts.order_by().values("pk"))
        runs = list(
            field.queryset.filter(pk__in=with_drafts.values("source__run")).order_by("-id")[:_MOST_RUNS]
        )
        chosen = self.is_valid() and self.cleaned_data["indlaesning"]
        if chosen and chosen not in runs:
            runs.append(chosen)
        field.choices = [("", field.empty_label), *((run.pk, field.label_from_instance(run)) for run in runs)]

    def meetings(self) -> QuerySet[Meeting]:
        """Return the drafts that match, certain ones first, then by date. Invalid filters match nothing."""
        if not self.is_valid() or self.cleaned_data["grund"] == UNPLACED:
            return self._drafts.none()
        chosen = self.cleaned_data
        drafts = self._drafts
        if chosen["udvalg"]:
            drafts = drafts.filter(committee=chosen["udvalg"])
        if chosen["aar"]:
            drafts = drafts.filter(date__year=chosen["aar"])
        if chosen["indlaesning"]:
            of_run = Reading.objects.filter(source__run=chosen["indlaesning"])
            drafts = drafts.filter(pk__in=of_run.values("meeting"))
        if chosen["grund"]:
            drafts = drafts.filter(pk__in=_meetings_for(chosen["grund"]))
        drafts = self._by_claim(drafts)
        current = Reading.objects.filter(meeting=OuterRef("pk"), current=True, supplement=False)
        ranked = drafts.annotate(rank=Subquery(current.values(value=_RANKS)[:1]))
        return ranked.order_by("rank", "date", "pk")

    def unplaced(self) -> QuerySet[UnplacedDocument]:
        """Return the documents without a meeting that match; none if a filter is of meetings only."""
        documents = rights.within(
            UnplacedDocument.objects.select_related("source", "municipality"), self._user
        )
        if not self.is_valid():
            return documents.none()
        chosen = self.cleaned_data
        if chosen["grund"] not in {"", UNPLACED} or chosen["udvalg"] or chosen["hos"] in {"mig", "andre"}:
            return documents.none()
        if chosen["aar"]:
            documents = documents.filter(date__year=chosen["aar"])
        if chosen["indlaesning"]:
            documents = documents.filter(source__run=chosen["indlaesning"])
        return documents

    def query(self) -> str:
        """Return the filters as a query string."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})

    def _by_claim(self, drafts: QuerySet[Meeting]) -> QuerySet[Meeting]:
        claims = {"mig": Claim.objects.by(self._user), "andre": Claim.objects.by_others(self._user)}
        chosen = self.cleaned_data["hos"]
        if chosen in claims:
            return drafts.filter(pk__in=claims[chosen].values("meeting"))
        if chosen == "ledig":
            return drafts.exclude(pk__in=claims["andre"].values("meeting"))
        return drafts


def _meetings_for(reason: str) -> QuerySet[Any, Any]:
    """Return the ids of the meetings that wait for this reason, as a sub-query."""
    if reason in {"planned", "refused"}:
        plans = PlannedPublication.objects
        return (plans.waiting() if reason == "planned" else plans.refused()).values("meeting")
    current = Reading.objects.filter(current=True)
    if reason == "cpr":
        return current.exclude(unresolved_cpr_matches=[]).values("meeting")
    if reason in DOUBT_KINDS:
        matches = Q()
        for code in DOUBT_KINDS[reason][1]:
            matches |= Q(doubts__contains=[{"code": code}])
        return current.filter(matches).values("meeting")
    return current.filter(grade=reason).values("meeting")
