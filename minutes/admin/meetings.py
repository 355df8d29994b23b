from collections.abc import Callable

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from minutes import publishing
from minutes.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from minutes.models import AgendaItem, Attachment, Attendance, Meeting, Section
from minutes.models.meetings import MeetingQuerySet


class ItemInline(ReadOnlyInline):
    model = AgendaItem
    fields = ("number", "title", "outcome", "contested", "closed")


class MeetingAttendanceInline(ReadOnlyInline):
    model = Attendance
    fields = ("role", "name", "note", "party", "item")


@admin.register(Meeting)
class MeetingAdmin(ReadOnlyAdmin):
    list_display = ("date", "committee", "municipality", "kind", "document", "state", "updated_at")
    list_display_links = ("date", "committee")
    list_filter = ("state", "kind", "document", ("committee__municipality", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("committee__municipality",)
    search_fields = ("committee__name", "committee__municipality__name", "date", "location")
    date_hierarchy = "date"
    inlines = (ItemInline, MeetingAttendanceInline)
    actions = ("publish", "withdraw")

    @admin.display(description=_("kommune"), ordering="committee__municipality__sort_key")
    def municipality(self, meeting: Meeting) -> str:
        return meeting.committee.municipality.name

    def view_on_site(self, meeting: Meeting) -> str | None:
        return meeting.get_absolute_url() if meeting.state == "published" else None

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("minutes.change_meeting")

    @admin.action(description=_("Offentliggør de valgte møder"), permissions=["publish"])
    def publish(self, request: HttpRequest, meetings: MeetingQuerySet) -> None:
        self._each(request, meetings, publishing.publish)

    @admin.action(description=_("Træk de valgte møder tilbage"), permissions=["publish"])
    def withdraw(self, request: HttpRequest, meetings: MeetingQuerySet) -> None:
        self._each(request, meetings, publishing.withdraw)

    def _each(self, request: HttpRequest, meetings: MeetingQuerySet, do: Callable[[Meeting], None]) -> None:
        """Do it to every meeting that allows it, and say which did not and why."""
        done = 0
        for meeting in meetings.with_places():
            try:
                do(meeting)
            except publishing.Refusal as refusal:
                self.message_user(request, f"{meeting}: {refusal}", messages.ERROR)
            else:
                done += 1
        if done:
            text = ngettext("%d møde er ændret.", "%d møder er ændret.", done) % done
            self.message_user(request, text, messages.SUCCESS)


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
