"""Hooks of django-allauth: nobody signs up, limits and mail are the site's own, changes are recorded."""

import base64
import hashlib
import logging
from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from allauth.usersessions.models import UserSession
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from archive.visitors import network_of
from minutes.accounts.sessions import end_and_record, end_sessions
from minutes.accounts.single_sign_on import confirms_at_provider, had_second_factor, signed_in_lately
from minutes.models import Change
from minutes.publishing.audit_log import record_user

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Do nothing: `passwords.LimitedPasswords` counts attempts, in the database."""

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return the address truncated, for the user's list of sessions."""
        return network_of(request).partition("/")[0] or "0.0.0.0"  # noqa: S104  Not known.

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Return False for a user without a password who signed in at the provider a moment ago."""
        request = context.request
        if confirms_at_provider(request.user) and signed_in_lately(request):
            return False
        return bool(super().is_reauthentication_required(app=app, **kwargs))

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Let a user who has neither a password nor a factor confirm at the provider."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if not methods and user.is_authenticated and confirms_at_provider(user):
            url = reverse("account_confirm_at_provider")
            return [{"id": "sso", "description": settings.OIDC_NAME, "url": url}]
        return methods

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a mail. A server that refuses it is logged, since what the mail is about has happened."""
        try:
            super().send_mail(template_prefix, email, context)
        except (OSError, SMTPException):
            logger.exception("Mail %s was not sent", template_prefix)

    def set_password(self, user: Any, password: str) -> None:
        """Store the password, and end the user's sessions but this one."""
        super().set_password(user, password)
        request = self.request
        by = request.user if request and request.user.is_authenticated else user
        record_user(Change.Kind.PASSWORD_CHANGED, by, user)
        end_sessions(user, by=by, but=request.session.session_key if request else None)


class SessionAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions: Iterable[UserSession]) -> None:
        """End sessions that their user ends on the page of sessions or by single sign-on; record it."""
        ended = list(sessions)
        if ended:
            end_and_record(ended, by=ended[0].user)


class SocialAdapter(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Return False: single sign-on is for users who were invited, found by their e-mail address."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuse to add an identity to the user of the session: it would sign in as that user for good.

        Note on the request, for the signal of the sign-in, if the provider required a second factor.
        """
        if sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise PermissionDenied
        request.factor_at_provider = had_second_factor(sociallogin)  # type: ignore[attr-defined]


class FactorAdapter(DefaultMFAAdapter):
    """Stores the secrets of apps and recovery codes encrypted with a key of `SECRET_KEY`."""

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return the secret. Raises `InvalidToken` when `SECRET_KEY` was replaced."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    """Return the cipher of `SECRET_KEY`, which reads those of `SECRET_KEY_FALLBACKS` too."""
    keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet(
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"minutes.accounts {key}".encode()).digest()))
        for key in keys
    )
