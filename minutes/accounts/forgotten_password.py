"""Links to a new password, for who forgot theirs: requested by anybody, mailed by a worker.

The request does the same for every address, since the time of a mail would tell who is a user.
"""

from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from procrastinate.contrib.django import app

from archive.visitors import network_of
from minutes.accounts.invitations import days_of_link, path_of_link
from minutes.models import Change
from minutes.publishing.audit_log import network, record_user

MAIL_TASK = "mail_new_password"
# Before uploads, of which thousands may wait.
_PRIORITY = 10


def request_links(request: HttpRequest, email: str) -> None:
    """Queue the mails to the users with that address, if there are any. One query."""
    task = app.configure_task(MAIL_TASK, priority=_PRIORITY)
    task.defer(email=email, site=request.build_absolute_uri("/"), requested_from=network_of(request))


def record_request(email: str, requested_from: str) -> None:
    """Store an entry of the audit log for each active user with that address, or one without a user.

    The address of an unknown user is not stored. `requested_from` is the truncated network of the request.
    """
    token = network.set(requested_from)
    try:
        users: list[User | None] = [*_users_of(email)]
        for user in users or [None]:
            detail = user.get_username() if user else ""
            record_user(Change.Kind.PASSWORD_REQUESTED, None, user, detail=detail)
    finally:
        network.reset(token)


def mail_links(email: str, site: str) -> None:
    """Mail a link to each active user with that address, to the address that is stored of them.

    Raises `OSError` if mail fails.
    """
    for user in _users_of(email):
        link = site.rstrip("/") + path_of_link(user)
        context = {"user": user, "link": link, "days": days_of_link()}
        text = render_to_string("account/email/new_password.txt", context)
        send_mail("Ny adgangskode til Referatarkivet", text, None, [user.email])


def _users_of(email: str) -> list[User]:
    return list(User.objects.filter(email__iexact=email, is_active=True).order_by("pk"))
