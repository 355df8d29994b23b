from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from minutes.admin import bulk
from minutes.admin.agenda import agenda
from minutes.admin.attendance import attendance, correct_person
from minutes.admin.claims import claim
from minutes.admin.corrections import correct_item, correct_meeting
from minutes.admin.files import decide_file, download_file
from minutes.admin.marking import mark
from minutes.admin.originals import download_original, erase_original
from minutes.admin.own import ReadOnlyAdmin, ReadOnlyInline
from minutes.admin.planning import change_plan
from minutes.admin.preview import change_preview
from minutes.admin.removal import personal_data, redact, take_down
from minutes.admin.review import review
from minutes.admin.states import answer_correction, change_relation, change_state, discard
from minutes.models import AgendaItem, Attachment, FormerAddress, Meeting, Reading, Section
from minutes.models.meetings import MeetingQuerySet
from minutes.models.sources import GRADES
from minutes.vocabulary import Grade

_GRADE_NAMES = dict(GRADES)


class GradeFilter(admin.SimpleListFilter):
    """Filters meetings by the grade of a current or pending reading."""

    title = _("læst")
    parameter_name = "grade"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[Any, Any]]:
        return list(GRADES)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Meeting]) -> QuerySet[Meeting]:
        if not self.value():
            return queryset
        readings = Reading.objects.filter(Q(current=True) | Q(pending=True), grade=self.value())
        return queryset.filter(pk__in=readings.values("meeting"))


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    """A meeting's change page is the review page."""

    list_display = ("date", "committee", "municipality", "kind", "document", "state", "grade", "updated_at")
    list_display_links = ("date", "committee")
    list_filter = (
        "state",
        GradeFilter,
        "kind",
        "document",
        ("committee__municipality", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("committee__municipality",)
    search_fields = ("committee__name", "committee__municipality__name", "date", "location")
    date_hierarchy = "date"
    actions = ("publish", "withdraw")

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponseBase], name: str) -> URLPattern:
            wrapped = self.admin_site.admin_view(view)
            return path(f"<int:meeting_id>/{address}", wrapped, name=f"minutes_meeting_{name}")

        return [
            page("laesning/<int:reading_id>/", review, "reading"),
            page("laesning/<int:reading_id>/fjern/", redact, "redact"),
            page("laesning/<int:reading_id>/kasser/", discard, "discard"),
            page("laesning/<int:reading_id>/original/", download_original, "original"),
            page("laesning/<int:reading_id>/original/slet/", erase_original, "erase_original"),
            page("tilstand/", change_state, "state"),
            page("gennemgang/", claim, "claim"),
            page("planlaeg/", change_plan, "plan"),
            page("forhaandsvisning/", change_preview, "preview"),
            page("dokument/", change_relation, "relation"),
            page("bilag/<int:file_id>/", download_file, "file"),
            page("bilag/<int:file_id>/afgoer/", decide_file, "decide_file"),
            page("persondata/", personal_data, "personal_data"),
            page("tag-ned/", take_down, "take_down"),
            page("ret/", correct_meeting, "correct"),
            page("ret/tekst/", mark, "mark"),
            page("ret/dagsorden/", agenda, "agenda"),
            page("ret/deltagere/", attendance, "attendance"),
            page("ret/deltager/", correct_person, "correct_person"),
            page("punkt/<slug:item_slug>/ret/", correct_item, "correct_item"),
            page("punkt/<slug:item_slug>/tag-ned/", take_down, "take_down_item"),
            page("rettelse/<int:correction_id>/", answer_correction, "correction"),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "GET" or self.get_object(request, object_id) is None:
            # The admin reports what is read-only or missing.
            return super().change_view(request, object_id, form_url, extra_context)
        return review(request, int(object_id))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Meeting]:
        readings = Reading.objects.filter(meeting=OuterRef("pk"), current=True).order_by("supplement", "id")
        meetings: QuerySet[Meeting] = super().get_queryset(request)
        return meetings.annotate(grade=readings.values("grade")[:1])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Meeting], search_term: str
    ) -> tuple[QuerySet[Meeting], bool]:
        """Also find unread documents by their text, which no other search has."""
        results, may_repeat = super().get_search_results(request, queryset, search_term)
        words = search_term.split()
        if words:
            unread = Reading.objects.filter(grade=Grade.UNREAD)
            for word in words:
                unread = unread.filter(text__icontains=word)
            results = results | queryset.filter(pk__in=unread.values("meeting"))
        return results, may_repeat

    @admin.display(description=_("læst"), ordering="grade")
    def grade(self, meeting: Any) -> str:
        return str(_GRADE_NAMES.get(meeting.grade, ""))

    @admin.display(description=_("kommune"), ordering="committee__municipality__sort_key")
    def municipality(self, meeting: Meeting) -> str:
        return meeting.committee.municipality.name

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("minutes.publish")

    @admin.action(description=_("Offentliggør de valgte møder"), permissions=["publish"])
    def publish(self, request: HttpRequest, meetings: MeetingQuerySet) -> HttpResponse | None:
        return bulk.publish(request, meetings)

    @admin.action(description=_("Træk de valgte møder tilbage"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, meetings: MeetingQuerySet) -> HttpResponse | None:
        return bulk.withdraw(request, meetings)


@admin.register(FormerAddress)
class FormerAddressAdmin(ReadOnlyAdmin):
    list_display = ("committee", "date", "sequence", "meeting")
    list_select_related = ("committee", "meeting__committee")
    search_fields = ("committee__name", "date")
    raw_id_fields = ("committee", "meeting")


class SectionInline(ReadOnlyInline):
    model = Section
    fields = ("position", "kind", "heading", "text")


class AttachmentInline(ReadOnlyInline):
    model = Attachment
    fields = ("position", "title")


@admin.register(AgendaItem)
class AgendaItemAdmin(ReadOnlyAdmin):
    list_display = ("number", "title", "meeting", "outcome", "contested", "closed")
    list_display_links = ("number", "title")
    list_filter = (
        "outcome",
        "contested",
        "closed",
        ("meeting__committee__municipality", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("meeting__committee",)
    search_fields = ("title", "case_numbers__printed")
    raw_id_fields = ("meeting", "reading")
    inlines = (SectionInline, AttachmentInline)


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ("heading", "kind", "item")
    list_filter = ("kind",)
    list_select_related = ("item",)
    search_fields = ("heading",)
    raw_id_fields = ("item",)


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("title", "item")
    list_select_related = ("item",)
    search_fields = ("title",)
    raw_id_fields = ("item",)
