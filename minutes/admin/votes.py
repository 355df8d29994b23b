from django.contrib import admin

from minutes.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from minutes.models import Attendance, Ballot, Party, Person, Statement, Vote


@admin.register(Party)
class PartyAdmin(admin.ModelAdmin):
    list_display = ("letter", "name", "municipality", "valid_from", "valid_to")
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality",)
    search_fields = ("letter", "name", "municipality__name")
    raw_id_fields = ("municipality",)


@admin.register(Person)
class PersonAdmin(ReadOnlyAdmin):
    list_display = ("name", "municipality")
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality",)
    search_fields = ("name", "municipality__name")
    raw_id_fields = ("municipality",)


class VoteInline(ReadOnlyInline):
    model = Vote
    fields = ("choice", "person", "party", "count")


@admin.register(Ballot)
class BallotAdmin(ReadOnlyAdmin):
    list_display = ("item", "subject", "for_count", "against_count", "abstained_count", "result")
    list_filter = ("result", "counts_from", "result_from")
    list_select_related = ("item",)
    search_fields = ("evidence", "item__title")
    raw_id_fields = ("item",)
    inlines = (VoteInline,)


@admin.register(Vote)
class VoteAdmin(ReadOnlyAdmin):
    list_display = ("ballot", "choice", "person", "party", "count")
    list_filter = ("choice",)
    list_select_related = ("ballot", "person", "party")
    search_fields = ("person__name", "party__letter")
    raw_id_fields = ("ballot", "person", "party")


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
