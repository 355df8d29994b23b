"""Users: invited by e-mail, never with a password that an administrator typed."""

from smtplib import SMTPException
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes.accounts.invitations import invite
from minutes.accounts.sessions import end_sessions
from minutes.admin.own import Recorded
from minutes.models import Change
from minutes.publishing.audit_log import record_user

# Users manage their own on the pages of their account.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession, User, Group):
    admin.site.unregister(_model)


class InvitationForm(forms.ModelForm):
    """A new user, who gets a mail with a link to choose a password."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        help_text=gettext_lazy("Hertil sendes et link til at vælge en adgangskode."),
    )

    class Meta:
        model = User
        fields = ("username", "email", "first_name", "last_name", "is_superuser")

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if User.objects.filter(email__iexact=email).exists():
            raise forms.ValidationError(_("En anden bruger har den e-mailadresse."))
        return email

    def save(self, commit: bool = True) -> Any:
        self.instance.is_staff = True
        self.instance.set_unusable_password()
        return super().save(commit)


@admin.register(User)
class StaffUserAdmin(Recorded, UserAdmin):
    """Users. A change of a role or a status ends their sessions."""

    add_form = InvitationForm
    add_fieldsets = ((None, {"fields": InvitationForm.Meta.fields}),)
    change_kind = Change.Kind.USER_CHANGED
    delete_kind = Change.Kind.USER_DELETED

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave the password out: users choose theirs by a link."""
        shown: Any = super().get_fieldsets(request, obj)
        if obj is None:
            return shown
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field != "password"]})
            for name, options in shown
        ]

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Send the user a link to choose a new password, instead of setting one."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = self.get_object(request, id)
        if user is None:
            raise Http404
        self._invite(request, user)
        return redirect("admin:auth_user_change", user.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            self._invite(request, obj)
        elif {"is_active", "is_staff", "is_superuser", "email", "username"} & set(form.changed_data):
            end_sessions(obj, by=request.user)

    def record(self, request: HttpRequest, obj: Any, kind: Change.Kind, what: str) -> None:
        record_user(kind, request.user, obj, detail=f"{obj}: {what}")

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        return admin.ModelAdmin.response_add(self, request, obj, post_url_continue)

    @staticmethod
    def _invite(request: HttpRequest, user: Any) -> None:
        """Mail a link to the user, or show the administrator why not."""
        if not user.email:
            messages.error(request, _("%s har ingen e-mailadresse.") % user)
            return
        try:
            invite(request, user, by=request.user)
        except (OSError, SMTPException):
            messages.error(request, _("Mailen til %s kunne ikke sendes. Prøv igen senere.") % user)
        else:
            messages.success(request, _("Et link til at vælge adgangskode er sendt til %s.") % user.email)


@admin.register(Group)
class RecordedGroupAdmin(Recorded, GroupAdmin):
    pass
