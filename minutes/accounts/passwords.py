"""Sign-in by password: limited before anything is hashed, and recorded."""

import logging
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from archive.visitors import network_of, subscriber_of
from minutes.accounts.hashing import Busy, hashing
from minutes.accounts.limits import TooManyAttempts, reserve
from minutes.models import Change
from minutes.publishing.audit_log import record_user

logger = logging.getLogger(__name__)


class SignInRefused(ValidationError):
    """An attempt that was refused before its password was looked at; `seconds` is how long to wait."""

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(message, code="refused")
        self.seconds = seconds


class LimitedPasswords(ModelBackend):
    """Authentication backend that counts attempts and bounds how many passwords are hashed at once.

    Raises `SignInRefused`, which a form shows, for an attempt that is locked, too soon or one too many.
    """

    def authenticate(
        self, request: HttpRequest | None, username: Any = None, password: Any = None, **kwargs: Any
    ) -> User | None:
        if username is None or password is None:
            return None
        try:
            attempt = reserve("password", username, subscriber_of(request) if request else "")
        except TooManyAttempts as error:
            if error.locks:
                _record_failure(request, username, locks=True)
            raise SignInRefused(too_many(error.seconds), error.seconds) from error
        try:
            with hashing():
                user = super().authenticate(request, username=username, password=password, **kwargs)
        except Busy as error:
            attempt.withdraw()
            raise SignInRefused(_("Mange prøver at logge ind lige nu. Prøv igen om lidt."), 2) from error
        if user is None:
            _record_failure(request, username, locks=attempt.locks)
        else:
            attempt.succeeded()
        return user


def too_many(seconds: int) -> str:
    if seconds < 60:
        text = ngettext(
            "For mange forsøg. Prøv igen om %d sekund.",
            "For mange forsøg. Prøv igen om %d sekunder.",
            seconds,
        )
        return text % seconds
    minutes = -(-seconds // 60)
    text = ngettext(
        "For mange forsøg. Prøv igen om %d minut.", "For mange forsøg. Prøv igen om %d minutter.", minutes
    )
    return text % minutes


def _record_failure(request: HttpRequest | None, username: str, *, locks: bool) -> None:
    """Record a failed attempt, and a lock if it `locks`; log both.

    An unknown user name is not stored: it may be a password in the wrong field.
    """
    user = get_user_model()._default_manager.filter(username=username).first()
    name = user.get_username() if user else ""
    who = f"user {user.pk}" if user else "unknown user"
    network = (network_of(request) if request else "") or "unknown network"
    logger.warning("Sign-in failed: %s, %s", who, network)
    record_user(Change.Kind.SIGN_IN_FAILED, None, user, detail=name)
    if locks:
        logger.warning("Sign-in locked for five minutes: %s, %s", who, network)
        record_user(Change.Kind.LOCKED, None, user, detail=name)
