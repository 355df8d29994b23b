"""The page to invite a member of staff: by superusers, and by a responsible for their own municipalities."""

from smtplib import SMTPException
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.accounts.invitations import invite
from minutes.admin.assignments import assignable_groups, record_role
from minutes.admin.pages import staff_page
from minutes.models import Assignment, Change, Municipality
from minutes.publishing.audit_log import record_user


class InvitationForm(forms.ModelForm):
    """A new user with a role; a superuser can also invite another one, and a user without a role.

    The choices are what the inviting user may give; a responsible gives a role in a municipality of theirs.
    """

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Hertil sendes et link til at vælge en adgangskode."),
    )
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("Kommune"), required=False
    )
    group = forms.ModelChoiceField(Group.objects.none(), label=gettext_lazy("Rolle"), required=False)

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "is_superuser")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["municipality"]
        places.queryset = rights.municipalities_with(by, "add_assignment").order_by("sort_key", "id")
        groups: Any = self.fields["group"]
        groups.queryset = assignable_groups(by)
        if not by.is_superuser:
            del self.fields["is_superuser"]
            places.required = groups.required = True
            if len(places.queryset) == 1:
                places.initial, places.empty_label = places.queryset[0], None
            if len(groups.queryset) == 1:
                groups.initial, groups.empty_label = groups.queryset[0], None

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("En anden bruger har den e-mailadresse."))
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if bool(cleaned.get("municipality")) != bool(cleaned.get("group")) and not self.errors:
            raise forms.ValidationError(_("Vælg både kommune og rolle, eller ingen af dem."))
        return cleaned

    def save(self, commit: bool = True) -> Any:
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


def invite_staff(request: HttpRequest) -> HttpResponse:
    """Create a user with a role, and mail them the link to choose a password."""
    if not request.user.has_perm("minutes.add_assignment"):
        raise PermissionDenied
    form = InvitationForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid():
        user = _create(request, form)
        mail_invitation(request, user)
        if request.user.is_superuser:
            return redirect("admin:auth_user_change", user.pk)
        return redirect("admin:minutes_assignment_changelist")
    context = staff_page(request, _("Inviter en medarbejder")) | {"form": form}
    return render(request, "admin/invite.html", context, status=400 if form.is_bound else 200)


@transaction.atomic
def _create(request: HttpRequest, form: InvitationForm) -> Any:
    user, place = form.save(), form.cleaned_data["municipality"]
    if place:
        group = form.cleaned_data["group"]
        assignment = Assignment.objects.create(user=user, municipality=place, group=group)
        record_role(request.user, assignment, Change.Kind.ROLE_GIVEN)
    record_user(Change.Kind.USER_CHANGED, request.user, user, detail=f"{user}: {_('oprettet')}")
    return user


def mail_invitation(request: HttpRequest, user: Any) -> None:
    """Mail a link to choose a password to the user, or show the administrator why not."""
    if not user.email:
        messages.error(request, _("%s har ingen e-mailadresse.") % user)
        return
    try:
        invite(request, user, by=request.user)
    except (OSError, SMTPException):
        messages.error(request, _("Mailen til %s kunne ikke sendes. Prøv igen senere.") % user)
    else:
        messages.success(request, _("Et link til at vælge adgangskode er sendt til %s.") % user.email)
