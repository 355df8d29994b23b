"""The second factor that members of staff with wide permissions must have."""

import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Max, Min, Q
from django.utils import timezone

from minutes.models import Assignment, Change
from minutes.models.rights import RESPONSIBLE
from minutes.publishing.audit_log import target_of


def is_required(user: Any) -> bool:
    """Return True for superusers and for a responsible of a municipality. One query at most."""
    if not settings.MFA_REQUIRED:
        return False
    of_user = Assignment.objects.filter(user_id=user.pk, group__name=RESPONSIBLE)
    return bool(user.is_superuser or of_user.exists())


def due_at(user: Any) -> datetime.datetime | None:
    """Return when the user must have a second factor; None if it is not required, or if there is one.

    That is `MFA_GRACE_DAYS` after the first sign-in, or after the latest change of a role. Three queries.
    """
    factors = Authenticator.objects.filter(user_id=user.pk)
    if not is_required(user) or factors.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
        return None
    of_roles = Q(kind__in=[Change.Kind.ROLE_GIVEN, Change.Kind.ROLE_CHANGED])
    times = Change.objects.filter(target=target_of(user)).aggregate(
        signed_in=Min("at", filter=Q(kind=Change.Kind.SIGNED_IN)), role=Max("at", filter=of_roles)
    )
    start = max((at for at in times.values() if at), default=timezone.now())
    return start + datetime.timedelta(days=settings.MFA_GRACE_DAYS)
