"""Permissions of staff by municipality. Everything is denied by default.

A user has the permissions of the groups they are assigned to, each in one municipality. `PATHS` leads from a
row to its municipality; rows of models without a path are for superusers only.
"""

from collections import defaultdict
from typing import Any, TypeVar

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, Group, Permission
from django.db.models import Model, Q, QuerySet

from minutes import models
from minutes.models.rights import EDITOR, RESPONSIBLE

Anyone = AbstractBaseUser | AnonymousUser
Rows = TypeVar("Rows", bound=Model)

_OF_ITEM = "item__meeting__committee__municipality"
_OF_MEETING = "meeting__committee__municipality"

# Lookup paths from a row to its municipality.
PATHS: dict[type[Model], str] = {
    models.Municipality: "pk",
    models.Committee: "municipality",
    models.CommitteeAlias: "committee__municipality",
    models.Meeting: "committee__municipality",
    models.FormerAddress: _OF_MEETING,
    models.AgendaItem: _OF_MEETING,
    models.Section: _OF_ITEM,
    models.Attachment: _OF_ITEM,
    models.Ballot: _OF_ITEM,
    models.Vote: f"ballot__{_OF_ITEM}",
    models.DeducedVote: f"ballot__{_OF_ITEM}",
    models.Election: _OF_ITEM,
    models.Statement: _OF_ITEM,
    models.Attendance: _OF_MEETING,
    models.Party: "municipality",
    models.Person: "municipality",
    models.PersonAlias: "municipality",
    models.PersonSplit: "original__municipality",
    models.Case: "municipality",
    models.GazetteerPlace: "municipality",
    models.GazetteerName: "place__municipality",
    models.GazetteerMention: "place__municipality",
    models.CaseNumber: _OF_ITEM,
    models.Reference: _OF_ITEM,
    models.SearchEntry: "municipality",
    models.Source: "readings__meeting__committee__municipality",
    models.Reading: _OF_MEETING,
    models.EnclosedFile: f"source__readings__{_OF_MEETING}",
    models.PublicFile: _OF_MEETING,
    models.UnplacedDocument: "municipality",
    models.PublicText: f"reading__{_OF_MEETING}",
    models.ImportRun: "municipality",
    models.QueuedFile: "run__municipality",
    models.Claim: _OF_MEETING,
    models.PreviewLink: _OF_MEETING,
    models.PlannedPublication: _OF_MEETING,
    models.Correction: _OF_MEETING,
    models.Takedown: "municipality",
    models.Redaction: "municipality",
    models.ErasedOriginal: "municipality",
    models.NameRedaction: "municipality",
    models.NamePlace: "redaction__municipality",
    models.FalseHit: _OF_MEETING,
    models.Change: "municipality",
    models.Assignment: "municipality",
    models.ErrorReport: "municipality",
}

# Permissions of the groups besides viewing every row of the municipality.
_EDITS = (
    *("upload", "publish", "correct", "redact"),
    *("change_committee", "add_committeealias", "change_committeealias", "delete_committeealias"),
    *("change_case", "change_party", "add_party", "change_errorreport"),
)
_DECIDES = (
    *("take_down", "judge_hits"),
    *("add_assignment", "change_assignment", "delete_assignment"),
)
# Editors have no need to see who else works for the municipality, and when.
_NOT_FOR_EDITORS = {"view_assignment", "view_change"}


class Assignments(BaseBackend):
    """Authentication backend that grants permissions by assignment.

    With an object, the permissions in its municipality; without one, those in any municipality.
    """

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        permissions = _permissions(user_obj)
        if obj is None:
            return set().union(*permissions.values())
        return set().union(*(permissions[pk] for pk in municipalities_of(obj) & permissions.keys()))

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))


def within(rows: QuerySet[Rows], user: Any) -> QuerySet[Rows]:
    """Return the rows in municipalities where the user may view them; all for a superuser."""
    if user.is_active and user.is_superuser:
        return rows
    path = PATHS.get(rows.model)
    if path is None or not user.is_active or user.is_anonymous:
        return rows.none()
    view = f"minutes.view_{rows.model._meta.model_name}"
    permitted = Q(**{f"{path}__in": [pk for pk, perms in _permissions(user).items() if view in perms]})
    if rows.model in {models.Source, models.EnclosedFile}:
        # A sub-query, because a join would repeat the row of a source with two readings.
        return rows.filter(pk__in=rows.model._default_manager.filter(permitted).values("pk"))
    return rows.filter(permitted)


def municipalities_with(user: Any, perm: str) -> QuerySet[models.Municipality]:
    """Return municipalities where the user has the permission; all for a superuser. One query."""
    if user.is_active and user.is_superuser:
        return models.Municipality.objects.all()
    permitted = [pk for pk, perms in _permissions(user).items() if f"minutes.{perm}" in perms]
    return models.Municipality.objects.filter(pk__in=permitted)


def update_groups() -> None:
    """Create the groups and set their permissions. Called by `migrate`."""
    permissions = Permission.objects.filter(content_type__app_label="minutes")
    view = Q(codename__startswith="view_")
    editor, _created = Group.objects.get_or_create(name=EDITOR)
    editor.permissions.set(
        permissions.filter(view | Q(codename__in=_EDITS)).exclude(codename__in=_NOT_FOR_EDITORS)
    )
    responsible, _created = Group.objects.get_or_create(name=RESPONSIBLE)
    responsible.permissions.set(permissions.filter(view | Q(codename__in=(*_EDITS, *_DECIDES))))


def _permissions(user: Any) -> dict[int, set[str]]:
    """Return the user's permissions by municipality id, cached on the user object. One query."""
    cached: dict[int, set[str]] | None = getattr(user, "_assigned_permissions", None)
    if cached is not None:
        return cached
    permissions: defaultdict[int, set[str]] = defaultdict(set)
    of_group = "group__permissions__"
    assignments = models.Assignment.objects.filter(user_id=user.pk).order_by()
    for municipality_id, app, codename in assignments.values_list(
        "municipality_id", f"{of_group}content_type__app_label", f"{of_group}codename"
    ):
        permissions[municipality_id].add(f"{app}.{codename}")
    user._assigned_permissions = dict(permissions)
    return dict(permissions)


def municipalities_of(obj: Model) -> set[int]:
    """Return the ids of the row's municipalities; none if `PATHS` lacks the model."""
    path = PATHS.get(type(obj))
    if path is None or obj.pk is None:
        return set()
    if path == "pk":
        return {obj.pk}
    if path == "municipality":
        return {obj.municipality_id}  # type: ignore[attr-defined]
    return set(type(obj)._default_manager.filter(pk=obj.pk).values_list(path, flat=True)) - {None}
