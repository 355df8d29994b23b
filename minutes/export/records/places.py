"""Records of municipalities and committees."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from minutes.export.records import JsonObject, fields
from minutes.models import Committee, CommitteeAlias, FormerAddress, Meeting, Municipality
from minutes.models.states import State


def municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.filter(pk__in=committees().order_by().values("municipality")).order_by("id")


def municipality_record(row: Municipality) -> JsonObject:
    return {
        "municipality": row.slug,
        "code": row.code,
        "name": row.name,
        "region": row.region,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def committees() -> QuerySet[Committee]:
    """Return published committees, and those with a public address but no published meeting.

    Such an address is a former one of a meeting, or that of a meeting that was taken down.
    """
    known = (State.PUBLISHED, State.TAKEN_DOWN)
    former = FormerAddress.objects.filter(committee=OuterRef("pk"), meeting__state__in=known)
    taken_down = Meeting.objects.filter(committee=OuterRef("pk"), state=State.TAKEN_DOWN)
    published = Committee.objects.published().filter(pk=OuterRef("pk"))
    successor = Committee.objects.published().filter(pk=OuterRef("successor"))
    return (
        Committee.objects.filter(Exists(published) | Exists(former) | Exists(taken_down))
        .annotate(is_published=Exists(published), has_successor=Exists(successor))
        .select_related("municipality", "successor__municipality")
        .prefetch_related(Prefetch("aliases", CommitteeAlias.objects.order_by("id")))
        .order_by("id")
    )


def committee_record(row: Any) -> JsonObject:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        "committee": row.slug,
        "name": row.name if row.is_published else "",
        "successor": f"{row.successor.municipality.slug}/{row.successor.slug}"
        if row.is_published and row.has_successor
        else None,
        "aliases": [fields(alias, "name", "slug", "valid_from", "valid_to") for alias in row.aliases.all()]
        if row.is_published
        else [],
    }
