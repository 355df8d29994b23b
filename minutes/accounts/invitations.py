"""Invitations by e-mail: a link with which a new member of staff chooses a password."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string

from minutes.models import Change
from minutes.publishing.audit_log import By, record_user


def invite(request: HttpRequest, user: Any, *, by: By) -> None:
    """Mail the user a link that works once, for `PASSWORD_RESET_TIMEOUT`. Raises `OSError` if mail fails."""
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    context = {
        "user": user,
        "link": get_adapter(request).get_reset_password_from_key_url(key),
        "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
    }
    text = render_to_string("account/email/invitation.txt", context)
    send_mail("Du er inviteret til Referatarkivet", text, None, [user.email])
    record_user(Change.Kind.INVITED, by, user, detail=user.get_username())
