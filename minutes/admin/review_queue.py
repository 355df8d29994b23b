"""The review queue: drafts one after another, the certain ones first, filtered and published in few steps."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Case, Count, IntegerField, OuterRef, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.admin.drafts import draft_row, with_current_readings
from minutes.admin.pages import staff_page
from minutes.models import Committee, ImportRun, Meeting, Reading
from minutes.models.sources import GRADES
from minutes.models.states import State
from minutes.vocabulary import Grade

# The parameter of review pages that are opened from the queue: its filters as a query string.
PARAMETER = "koe"
_PER_PAGE = 50
_RANKS = Case(
    When(grade=Grade.CERTAIN.value, then=Value(0)),
    When(grade=Grade.DOUBTFUL.value, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


class QueueForm(forms.Form):
    """Filters of the queue, in the municipalities of a user."""

    udvalg = forms.ModelChoiceField(
        Committee.objects.none(),
        label=gettext_lazy("Udvalg"),
        required=False,
        empty_label=gettext_lazy("Alle"),
    )
    aar = forms.IntegerField(label=gettext_lazy("År"), required=False, min_value=1900, max_value=2100)
    laest = forms.ChoiceField(
        label=gettext_lazy("Læst"), required=False, choices=[("", gettext_lazy("Alle")), *GRADES]
    )
    indlaesning = forms.ModelChoiceField(ImportRun.objects.none(), required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data)
        drafts = rights.within(Meeting.objects.filter(state=State.DRAFT), user)
        committees = Committee.objects.filter(pk__in=drafts.order_by().values("committee"))
        self._drafts = drafts
        self.fields["udvalg"].queryset = committees.select_related("municipality")  # type: ignore[attr-defined]
        self.fields["indlaesning"].queryset = rights.within(ImportRun.objects.all(), user)  # type: ignore[attr-defined]

    def meetings(self) -> QuerySet[Meeting]:
        """Return the drafts that match, certain ones first, then by date. Invalid filters match nothing."""
        drafts = self._drafts
        if not self.is_valid():
            return drafts.none()
        chosen = self.cleaned_data
        if chosen["udvalg"]:
            drafts = drafts.filter(committee=chosen["udvalg"])
        if chosen["aar"]:
            drafts = drafts.filter(date__year=chosen["aar"])
        if chosen["indlaesning"]:
            of_run = Reading.objects.filter(source__run=chosen["indlaesning"])
            drafts = drafts.filter(pk__in=of_run.values("meeting"))
        current = Reading.objects.filter(meeting=OuterRef("pk"), current=True, supplement=False)
        if chosen["laest"]:
            graded = Reading.objects.filter(current=True, grade=chosen["laest"])
            drafts = drafts.filter(pk__in=graded.values("meeting"))
        ranked = drafts.annotate(rank=Subquery(current.values(value=_RANKS)[:1]))
        return ranked.order_by("rank", "date", "pk")

    def query(self) -> str:
        """Return the filters as a query string."""
        return urlencode({name: self.data[name] for name in self.fields if self.data.get(name)})


def review_queue(request: HttpRequest) -> HttpResponse:
    """List the drafts that wait for a review, with their doubts. Seven queries."""
    if not request.user.has_perm("minutes.view_meeting"):
        raise PermissionDenied
    form = QueueForm(request.GET, user=request.user)
    meetings = form.meetings()
    page = Paginator(
        with_current_readings(meetings.select_related("committee__municipality")),
        _PER_PAGE,
    ).get_page(request.GET.get("page"))
    ctx = staff_page(request, _("Gennemgå kladder")) | {
        "form": form,
        "page": page,
        "drafts": [
            draft_row(meeting) | {"address": review_address(meeting.pk, form.query())} for meeting in page
        ],
        "by_grade": _by_grade(meetings),
    }
    return render(request, "admin/review_queue.html", ctx)


def queue_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any] | None:
    """Return a meeting's position in the queue from which its page was opened, else None. Two queries."""
    query = request.POST.get(PARAMETER, request.GET.get(PARAMETER))
    if query is None:
        return None
    form = QueueForm(QueryDict(query), user=request.user)
    keys = list(form.meetings().values_list("pk", flat=True))
    position = keys.index(meeting.pk) if meeting.pk in keys else None
    following = keys[position + 1 :] if position is not None else keys
    return {
        "query": form.query(),
        "address": f"{reverse('admin:review_queue')}?{form.query()}",
        "position": position + 1 if position is not None else None,
        "count": len(keys),
        "next": review_address(following[0], form.query()) if following else None,
    }


def review_address(meeting_id: int, query: str | None) -> str:
    """Return the address of a meeting's review page, within the queue with these filters."""
    page = reverse("admin:minutes_meeting_change", args=[meeting_id])
    return page if query is None else f"{page}?{urlencode({PARAMETER: query})}"


def _by_grade(meetings: QuerySet[Meeting]) -> list[tuple[str, int]]:
    """Count the drafts by grade. One query."""
    readings = Reading.objects.filter(
        current=True, supplement=False, meeting__in=meetings.order_by().values("pk")
    )
    counts = dict(readings.order_by().values_list("grade").annotate(Count("pk")))
    return [(str(label), counts[grade]) for grade, label in GRADES if grade in counts]
