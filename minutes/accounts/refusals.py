"""Records pages that a user who is signed in was refused (403)."""

import datetime
from collections.abc import Callable

from django.contrib.auth.models import User
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from archive.paths import is_staff_page
from minutes.models import Change
from minutes.publishing.audit_log import record_user, target_of

# Of a user and a page, one entry within this time.
PERIOD = datetime.timedelta(hours=1)


class RecordRefusals:
    """Middleware that stores an entry of the audit log when a signed-in user is refused a page of the staff.

    The entry has the pattern of the page's address, so numbers in it make no other page. Only refused
    requests cost queries.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == 403 and is_staff_page(request) and request.user.is_authenticated:
            _record(request.user, _page_of(request))
        return response


def _page_of(request: HttpRequest) -> str:
    return f"/{request.resolver_match.route}"[:200] if request.resolver_match else ""


@transaction.atomic
def _record(user: User, page: str) -> None:
    """Store the entry unless there is one of the last hour."""
    # The lock makes two requests at once one entry.
    locked = User.objects.select_for_update(no_key=True).filter(pk=user.pk).first()
    recent = Change.objects.filter(
        kind=Change.Kind.REFUSED, target=target_of(user), detail=page, at__gt=timezone.now() - PERIOD
    )
    if locked and not recent.exists():
        record_user(Change.Kind.REFUSED, user, user, detail=page)
