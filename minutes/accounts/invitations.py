"""Invitations by e-mail: a link with which a new member of staff chooses a password."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from minutes.models import Change
from minutes.publishing.audit_log import By, record_user


def invite(request: HttpRequest, user: Any, *, by: By) -> None:
    """Mail the user a link that works once, for `PASSWORD_RESET_TIMEOUT`. Raises `OSError` if mail fails."""
    link = request.build_absolute_uri(path_of_link(user))
    context = {"user": user, "link": link, "days": days_of_link()}
    text = render_to_string("account/email/invitation.txt", context)
    send_mail("Du er inviteret til Referatarkivet", text, None, [user.email])
    record_user(Change.Kind.INVITED, by, user, detail=user.get_username())


def path_of_link(user: Any) -> str:
    """Return the path of the page where the user chooses a password, once."""
    arguments = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=arguments)


def days_of_link() -> int:
    return int(settings.PASSWORD_RESET_TIMEOUT // 86_400)
