"""Sessions of staff: they end when idle, after a day, and when a password or a role changes."""

import datetime
import time
from collections.abc import Callable, Iterable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from archive.paths import is_staff_page
from minutes.accounts.second_factor import due_at
from minutes.models import Change
from minutes.publishing.audit_log import By, record_user

# Seconds between two renewals of a session that is in use: each is a write.
_RENEWED_EVERY = 300
# Pages that a user without a required second factor can open.
_WITHOUT_FACTOR = ("/admin/konto/", "/admin/login/", "/admin/logout/", "/admin/jsi18n/")


class StaffSessions:
    """Middleware that ends sessions of the staff's pages, and requires a second factor when it is due.

    No query of its own; it renews a session that is in use every five minutes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff_page(request) or "_auth_user_id" not in request.session:
            return self.get_response(request)
        session, now = request.session, time.time()
        started, seen = session.get("started", 0), session.get("seen", 0)
        if now - seen > settings.SESSION_COOKIE_AGE or now - started > settings.SESSION_MOST_SECONDS:
            logout(request)
        elif now - seen > _RENEWED_EVERY:
            session["seen"] = now
        is_due = now > session.get("factor_due", now)
        if is_due and not request.path_info.startswith(_WITHOUT_FACTOR) and _lacks_factor(request):
            messages.warning(request, _("Slå totrinsbekræftelse til for at fortsætte."))
            return redirect("mfa_index")
        return self.get_response(request)


def _lacks_factor(request: HttpRequest) -> bool:
    """Return True if the user has not added the second factor since it became due. Four queries at most."""
    due = due_at(request.user)
    note_factor(request.session, due)
    return due is not None


def begin(session: Any, *, factor_at_provider: bool) -> None:
    """Note when the session began, and if the provider of single sign-on required a second factor."""
    session["started"] = session["seen"] = time.time()
    session["factor_at_provider"] = factor_at_provider


def note_factor(session: Any, due: datetime.datetime | None) -> None:
    """Note when the user must have a second factor, unless the session began with the provider's."""
    session.pop("factor_due", None)
    if due is not None and not session.get("factor_at_provider"):
        session["factor_due"] = due.timestamp()


def end_sessions(user: Any, *, by: By, but: str | None = None) -> None:
    """End the user's sessions, but the one with that key, and record how many there were."""
    sessions = UserSession.objects.filter(user_id=user.pk).exclude(session_key=but or "")
    end_and_record(sessions.select_related("user"), by=by)


def end_and_record(sessions: Iterable[UserSession], *, by: By) -> None:
    """End sessions of one user; record how many there were, if any."""
    ended = list(sessions)
    for session in ended:
        session.end()
    if ended:
        user = ended[0].user
        record_user(Change.Kind.SESSIONS_ENDED, by, user, detail=f"{user.get_username()}: {len(ended)}")
