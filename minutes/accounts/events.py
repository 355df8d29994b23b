"""Records what Django and django-allauth signal: sign-in, sign-out and second factors."""

from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa import signals as factor_signals
from django.contrib.auth import signals

from minutes.accounts.second_factor import due_at
from minutes.accounts.sessions import begin, note_factor
from minutes.models import Change
from minutes.publishing.audit_log import record_user


def connect() -> None:
    """Connect the receivers. Called once the apps are loaded."""
    signals.user_logged_in.connect(_signed_in)
    signals.user_logged_out.connect(_signed_out)
    factor_signals.authenticator_added.connect(_factor_added)
    factor_signals.authenticator_removed.connect(_factor_removed)
    factor_signals.authentication_failed.connect(_code_failed)


def _signed_in(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    at_provider = getattr(request, "factor_at_provider", False)
    methods = [*_methods(request, user), *(["mfa"] if at_provider else [])]
    record_user(Change.Kind.SIGNED_IN, user, user, detail=", ".join(methods))
    begin(request.session, factor_at_provider=at_provider)
    note_factor(request.session, due_at(user))


def _methods(request: Any, user: Any) -> list[str]:
    """Return how the user signed in, such as "password" and "totp"."""
    records = get_authentication_records(request, user)
    return [str(record.get("type") or record["method"]) for record in records]


def _signed_out(sender: Any, request: Any, user: Any, **kwargs: Any) -> None:
    if user is not None:
        record_user(Change.Kind.SIGNED_OUT, user, user)


def _factor_added(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    record_user(Change.Kind.FACTOR_ADDED, user, user, detail=authenticator.type)
    note_factor(request.session, None)


def _factor_removed(sender: Any, request: Any, user: Any, authenticator: Any, **kwargs: Any) -> None:
    record_user(Change.Kind.FACTOR_REMOVED, user, user, detail=authenticator.type)
    note_factor(request.session, due_at(user))


def _code_failed(sender: Any, user: Any, **kwargs: Any) -> None:
    record_user(Change.Kind.SIGN_IN_FAILED, None, user, detail=user.get_username())
