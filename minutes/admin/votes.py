from collections.abc import Callable

from django.contrib import admin
from django.http import HttpResponse
from django.urls import URLPattern, path

from minutes.admin.own import OwnAdmin, ReadOnlyAdmin, ReadOnlyInline
from minutes.admin.people import merge_people, split_namesake, split_people
from minutes.models import (
    Attendance,
    Ballot,
    DeducedVote,
    Election,
    Party,
    Person,
    PersonAlias,
    PersonSplit,
    Statement,
    Vote,
)


@admin.register(Party)
class PartyAdmin(OwnAdmin):
    list_display = ("letter", "name", "municipality", "valid_from", "valid_to")
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality",)
    search_fields = ("letter", "name", "municipality__name")


class PersonAliasInline(ReadOnlyInline):
    model = PersonAlias
    fields = ("name", "made_at", "made_by")
    readonly_fields = ("made_at",)


class PersonSplitInline(ReadOnlyInline):
    """In which minutes the person's name means a namesake."""

    model = PersonSplit
    fk_name = "original"
    fields = ("person", "party_letter", "committee", "meeting", "made_at", "made_by")
    readonly_fields = ("made_at",)
    show_change_link = False


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    """People as named in the minutes, read-only but for merging and splitting."""

    list_display = ("name", "distinction", "municipality")
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality",)
    search_fields = ("name", "aliases__name", "municipality__name")
    raw_id_fields = ("municipality",)
    inlines = (PersonAliasInline, PersonSplitInline)
    change_form_template = "admin/person.html"

    def get_urls(self) -> list[URLPattern]:
        def page(address: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
            return path(address, self.admin_site.admin_view(view), name=f"minutes_person_{name}")

        return [
            page("<int:person_id>/slaa-sammen/", merge_people, "merge"),
            page("<int:person_id>/del/", split_namesake, "split_namesake"),
            page("stavemaade/<int:alias_id>/skil-ad/", split_people, "split"),
            *super().get_urls(),
        ]


@admin.register(PersonAlias)
class PersonAliasAdmin(ReadOnlyAdmin):
    list_display = ("name", "person", "municipality", "made_at", "made_by")
    list_select_related = ("person", "municipality", "made_by")
    search_fields = ("name", "person__name")
    raw_id_fields = ("person", "municipality")


class VoteInline(ReadOnlyInline):
    model = Vote
    fields = ("choice", "person", "party", "printed_party", "count")


class DeducedVoteInline(ReadOnlyInline):
    model = DeducedVote
    fields = ("choice", "person", "party")


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    list_display = ("item", "kind", "subject", "for_count", "against_count", "abstained_count", "result")
    list_filter = ("kind", "result", "counts_from", "result_from")
    list_select_related = ("item",)
    search_fields = ("evidence", "item__title")
    raw_id_fields = ("item",)
    inlines = (VoteInline, DeducedVoteInline)


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    list_display = ("ballot", "choice", "person", "party", "count")
    list_filter = ("choice",)
    list_select_related = ("ballot", "person", "party")
    search_fields = ("person__name", "party__letter")
    raw_id_fields = ("ballot", "person", "party", "printed_party")


@admin.register(DeducedVote)
class DeducedVoteAdmin(ReadOnlyAdmin):
    list_display = ("ballot", "choice", "person", "party")
    list_filter = ("choice",)
    list_select_related = ("ballot", "person", "party")
    search_fields = ("person__name", "party__letter")
    raw_id_fields = ("ballot", "person", "party")


@admin.register(Election)
class ElectionAdmin(ReadOnlyAdmin):
    list_display = ("item", "office", "elected")
    list_select_related = ("item",)
    search_fields = ("office", "elected")
    raw_id_fields = ("item",)


@admin.register(Statement)
class StatementAdmin(ReadOnlyAdmin):
    list_display = ("kind", "who", "item")
    list_filter = ("kind",)
    list_select_related = ("item",)
    search_fields = ("who", "text")
    raw_id_fields = ("item", "people")


@admin.register(Attendance)
class AttendanceAdmin(ReadOnlyAdmin):
    list_display = ("name", "role", "meeting", "item", "person", "party")
    list_filter = ("role",)
    list_select_related = ("meeting__committee", "item", "person", "party")
    search_fields = ("name", "note")
    raw_id_fields = ("meeting", "item", "person", "party")
