"""Assignments of staff to municipalities."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.accounts.sessions import end_sessions
from minutes.admin.own import OwnAdmin
from minutes.models import Assignment, Change
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.publishing.audit_log import record_user


class AssignmentForm(forms.ModelForm):
    """The user is entered by name; a list of choices would disclose all users."""

    username = forms.CharField(
        label=gettext_lazy("Brugernavn"),
        max_length=150,
        help_text=gettext_lazy("Som brugeren logger ind med."),
    )

    class Meta:
        model = Assignment
        fields = ("municipality", "group")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "username" in self.fields:
            self.fields["username"].initial = self.instance.user.get_username()

    def clean_username(self) -> str:
        name: str = self.cleaned_data["username"].strip()
        user = get_user_model().objects.filter(username=name, is_active=True, is_staff=True).first()
        if user is None:
            raise forms.ValidationError(
                _("Der er ingen medarbejder med det brugernavn. Inviter medarbejderen i stedet.")
            )
        self.instance.user = user
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        user_id, municipality = self.instance.user_id, cleaned.get("municipality")
        others = Assignment.objects.exclude(pk=self.instance.pk)
        if user_id and municipality and others.filter(user_id=user_id, municipality=municipality).exists():
            raise forms.ValidationError(_("Brugeren har allerede en rolle i kommunen. Ret den i stedet."))
        return cleaned


def assignable_groups(user: Any) -> QuerySet[Group]:
    """Return the roles that the user may give: a responsible that of editors, a superuser any."""
    return Group.objects.filter(name__in=[EDITOR, RESPONSIBLE] if user.is_superuser else [EDITOR])


def record_role(by: Any, assignment: Assignment, kind: Change.Kind) -> None:
    """Record a role in its municipality."""
    detail, places = f"{assignment.user}: {assignment.group}", [assignment.municipality_id]
    record_user(kind, by, assignment.user, detail=detail, places=places)


@admin.register(Assignment)
class AssignmentAdmin(OwnAdmin):
    """Roles of staff in municipalities. A responsible assigns editors; a superuser any role."""

    list_display = ("user", "group", "municipality")
    list_filter = ("group", ("municipality", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("user", "group", "municipality")
    search_fields = ("user__username", "user__first_name", "user__last_name", "municipality__name")
    form = AssignmentForm
    fields = ("username", "municipality", "group")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "group":
            kwargs["queryset"] = assignable_groups(request.user)
        if db_field.name == "municipality":
            kwargs["queryset"] = rights.municipalities_with(request.user, "add_assignment")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_assignable(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_assignable(request, obj)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Store the role, record it, and end the user's sessions, which began with other permissions."""
        super().save_model(request, obj, form, change)
        kind = Change.Kind.ROLE_CHANGED if change else Change.Kind.ROLE_GIVEN
        self._record_role(request, obj, kind)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        self._record_role(request, obj, Change.Kind.ROLE_REMOVED)
        super().delete_model(request, obj)

    def record(self, request: HttpRequest, obj: Any, kind: Change.Kind, what: str) -> None:
        """Do nothing: the role itself is recorded."""

    @staticmethod
    def _record_role(request: HttpRequest, assignment: Assignment, kind: Change.Kind) -> None:
        record_role(request.user, assignment, kind)
        end_sessions(assignment.user, by=request.user)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer no actions: deletion of several rows would skip the permission check of each row."""
        return {}

    @staticmethod
    def _is_assignable(request: HttpRequest, obj: Any) -> bool:
        return obj is None or request.user.is_superuser or obj.group.name == EDITOR
