"""Users: invited by e-mail, never with a password that an administrator typed."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from minutes.accounts.sessions import end_sessions
from minutes.admin.invitations import mail_invitation
from minutes.admin.own import Recorded
from minutes.admin.pages import staff_page
from minutes.models import Change
from minutes.publishing.audit_log import record_user

# Users manage their own on the pages of their account.
for _model in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession, User, Group):
    admin.site.unregister(_model)


_LEFT_OUT = frozenset({"password", "groups", "user_permissions"})


@admin.register(User)
class StaffUserAdmin(Recorded, UserAdmin):
    """Users. A change of a role or a status ends their sessions."""

    change_kind = Change.Kind.USER_CHANGED
    delete_kind = Change.Kind.USER_DELETED
    readonly_fields = ("last_login", "date_joined")
    list_filter = ("is_staff", "is_superuser", "is_active")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out the password, which users choose by a link, and rights that apply in no municipality."""
        shown: Any = super().get_fieldsets(request, obj)
        return [
            (name, {**options, "fields": [field for field in options["fields"] if field not in _LEFT_OUT]})
            for name, options in shown
        ]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Let nobody delete their own user, perhaps the last superuser."""
        is_own = obj is not None and obj.pk == request.user.pk
        return not is_own and super().has_delete_permission(request, obj)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> Any:
        if not self.has_add_permission(request):
            raise PermissionDenied
        return redirect("admin:invite")

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Send the user a link to choose a new password, instead of setting one, after a page that asks."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        user = self.get_object(request, id)
        if user is None:
            raise Http404
        if request.method != "POST" and user.email:
            context = staff_page(request, _("Send link til ny adgangskode")) | {"invited": user}
            return render(request, "admin/send_link.html", context)
        mail_invitation(request, user)
        return redirect("admin:auth_user_change", user.pk)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            # The former address, and who signs in with it at the provider.
            EmailAddress.objects.filter(user=obj).delete()
            SocialAccount.objects.filter(user=obj).delete()
        if {"is_active", "is_staff", "is_superuser", "email", "username"} & set(form.changed_data):
            end_sessions(obj, by=request.user)

    def record(self, request: HttpRequest, obj: Any, kind: Change.Kind, what: str) -> None:
        record_user(kind, request.user, obj, detail=f"{obj}: {what}")


@admin.register(Group)
class RecordedGroupAdmin(Recorded, GroupAdmin):
    pass
