"""Advisory locks of PostgreSQL until the end of the transaction, with all their keys in one place."""

from datetime import date

from django.db import connection

from minutes.models import Committee


def lock_source(sha256: str) -> None:
    """Let one transaction at a time store the bytes with this SHA-256."""
    _lock(f"source {sha256}")


def lock_day(committee: Committee, day: date) -> None:
    """Let one transaction at a time add a meeting to, or move one to, a committee's day."""
    _lock(f"day {committee.pk} {day.isoformat()}")


def lock_references(municipality: int) -> None:
    """Let one transaction at a time resolve references in a municipality.

    Of two whose meetings refer to each other, the second sees the first's, so that none is missed.
    """
    _lock(f"references {municipality}")


def _lock(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
