"""Who of the staff may do what, and in which municipalities. The default is no.

A user's permissions come from the groups they are assigned to, each for one municipality. What a row
belongs to is told by `PATHS`; rows of other models are nobody's but a superuser's.
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

# The way from a row to its municipality.
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
    models.Statement: _OF_ITEM,
    models.Attendance: _OF_MEETING,
    models.Party: "municipality",
    models.Person: "municipality",
    models.PersonAlias: "municipality",
    models.Case: "municipality",
    models.CaseNumber: _OF_ITEM,
    models.Reference: _OF_ITEM,
    models.SearchEntry: "municipality",
    models.Source: "readings__meeting__committee__municipality",
    models.Reading: _OF_MEETING,
    models.PublicText: f"reading__{_OF_MEETING}",
    models.ImportRun: "municipality",
    models.Correction: _OF_MEETING,
    models.Takedown: "municipality",
    models.Redaction: "municipality",
    models.FalseHit: _OF_MEETING,
    models.Change: "municipality",
    models.Assignment: "municipality",
}

# What a group may do beyond looking at every row of its municipality.
_EDITS = (
    *("upload", "publish", "correct", "redact"),
    *("change_committee", "add_committeealias", "change_committeealias", "delete_committeealias"),
    *("change_case", "change_party", "add_party"),
)
_DECIDES = (
    *("take_down", "judge_hits"),
    *("add_assignment", "change_assignment", "delete_assignment"),
)
# Whoever edits need not see who else does.
_NOT_FOR_EDITORS = {"view_assignment"}


class Assignments(BaseBackend):
    """Permissions by assignment: without an object those of all, with one those of its municipality."""

    def get_all_permissions(self, user_obj: Any, obj: Model | None = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous:
            return set()
        held = _permissions(user_obj)
        if obj is None:
            return set().union(*held.values())
        return set().union(*(held[each] for each in _municipalities_of(obj) & held.keys()))

    def has_perm(self, user_obj: Any, perm: str, obj: Model | None = None) -> bool:
        return perm in self.get_all_permissions(user_obj, obj)

    def has_module_perms(self, user_obj: Any, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions(user_obj))


def within(rows: QuerySet[Rows], user: Any) -> QuerySet[Rows]:
    """Those of `rows` that are of a municipality where the user may look at such; all for a superuser."""
    if user.is_active and user.is_superuser:
        return rows
    path = PATHS.get(rows.model)
    if path is None or not user.is_active or user.is_anonymous:
        return rows.none()
    look = f"minutes.view_{rows.model._meta.model_name}"
    mine = Q(**{f"{path}__in": [place for place, perms in _permissions(user).items() if look in perms]})
    if rows.model is models.Source:
        # By a sub-query: a source with two readings is still one.
        return rows.filter(pk__in=models.Source.objects.filter(mine).values("pk"))
    return rows.filter(mine)


def municipalities_with(user: Any, perm: str) -> QuerySet[models.Municipality]:
    """Where the user has the permission; every municipality for a superuser. One query."""
    if user.is_active and user.is_superuser:
        return models.Municipality.objects.all()
    where = [place for place, perms in _permissions(user).items() if f"minutes.{perm}" in perms]
    return models.Municipality.objects.filter(pk__in=where)


def make_groups() -> None:
    """Make the groups, or bring their permissions up to date; `migrate` does it."""
    ours = Permission.objects.filter(content_type__app_label="minutes")
    look = Q(codename__startswith="view_")
    editor, _made = Group.objects.get_or_create(name=EDITOR)
    editor.permissions.set(ours.filter(look | Q(codename__in=_EDITS)).exclude(codename__in=_NOT_FOR_EDITORS))
    responsible, _made = Group.objects.get_or_create(name=RESPONSIBLE)
    responsible.permissions.set(ours.filter(look | Q(codename__in=(*_EDITS, *_DECIDES))))


def _permissions(user: Any) -> dict[int, set[str]]:
    """The user's permissions in each municipality; asked once for each request's user. Two queries."""
    held: dict[int, set[str]] | None = getattr(user, "_assigned_permissions", None)
    if held is None:
        held = defaultdict(set)
        of_group = "group__permissions__"
        told = models.Assignment.objects.filter(user_id=user.pk).order_by()
        for place, app, codename in told.values_list(
            "municipality_id", f"{of_group}content_type__app_label", f"{of_group}codename"
        ):
            held[place].add(f"{app}.{codename}")
        user._assigned_permissions = held = dict(held)
    return held


def _municipalities_of(obj: Model) -> set[int]:
    """The ids of the municipalities that the row is of: none for a model that `PATHS` does not know."""
    path = PATHS.get(type(obj))
    if path is None or obj.pk is None:
        return set()
    if path == "pk":
        return {obj.pk}
    if path == "municipality":
        return {obj.municipality_id}  # type: ignore[attr-defined]
    return set(type(obj)._default_manager.filter(pk=obj.pk).values_list(path, flat=True)) - {None}
