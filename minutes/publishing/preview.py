"""Previews of meetings that are not published, behind a signed link that expires and can be withdrawn."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Change, Meeting, PreviewLink
from minutes.models.states import State
from minutes.publishing.audit_log import By, record
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import locked
from minutes.publishing.projection import project
from minutes.publishing.states import require_publishable

_SALT = "minutes.preview"


@transaction.atomic
def create_preview_link(meeting: Meeting, *, by: By) -> PreviewLink:
    """Create the link to the preview of a meeting, in place of an older one, which no longer works.

    Raises `PublishingError` when the meeting could not be published.
    """
    meeting = locked(meeting)
    require_publishable(meeting)
    PreviewLink.objects.filter(meeting=meeting).delete()
    expires_at = timezone.now() + datetime.timedelta(days=settings.PREVIEW_DAYS)
    link = PreviewLink.objects.create(meeting=meeting, created_by=by, expires_at=expires_at)
    record(meeting, Change.Kind.LINKED, by)
    return link


@transaction.atomic
def withdraw_preview_link(meeting: Meeting, *, by: By) -> None:
    """Withdraw the link to a meeting's preview. Raises `PublishingError` when there is none."""
    meeting = locked(meeting)
    deleted, _rows = PreviewLink.objects.filter(meeting=meeting).delete()
    if not deleted:
        raise PublishingError(_("Der er intet link til en forhåndsvisning."))
    record(meeting, Change.Kind.LINK_WITHDRAWN, by)


def preview_token(link: PreviewLink) -> str:
    """Return the signed token of a link, which names no other link, also after a backup is restored."""
    return Signer(salt=_SALT).sign(f"{link.pk}-{int(link.created_at.timestamp())}")


def find_preview_link(token: str) -> PreviewLink | None:
    """Return the link with this token; None if it is expired, withdrawn or not signed here. One query."""
    try:
        key, _dash, created_at = Signer(salt=_SALT).unsign(token).partition("-")
    except BadSignature:
        return None
    links = PreviewLink.objects.filter(expires_at__gt=timezone.now())
    link = links.select_related("meeting__committee__municipality").filter(pk=key).first()
    if link is None or int(link.created_at.timestamp()) != int(created_at):
        return None
    return link


@contextmanager
def as_if_published(meeting: Meeting) -> Iterator[None]:
    """Publish the meeting while the block runs, in a transaction that is rolled back at its end.

    So the block reads exactly the rows that publication would write, and nobody else ever sees them. Raises
    `PublishingError` when the meeting could not be published. As many queries as a publication without the
    search index.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Let no visitor wait long for an import.
            cursor.execute("SET LOCAL lock_timeout = '3s'")
        meeting = locked(meeting)
        require_publishable(meeting)
        meeting.state = State.PUBLISHED
        project(meeting, is_preview=True)
        yield
        transaction.set_rollback(True)
