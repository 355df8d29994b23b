"""Advisory locks of PostgreSQL until the end of the transaction, with all their keys in one place."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

from minutes.models import Committee


def lock_sources(*hashes: str) -> None:
    """Let one transaction at a time store the bytes with one of these SHA-256."""
    _lock(f"source {sha256}" for sha256 in hashes)


def lock_days(*days: tuple[Committee, date]) -> None:
    """Let one transaction at a time add a meeting to, or move one to, a committee's day."""
    _lock(f"day {committee.pk} {day.isoformat()}" for committee, day in days)


def lock_references(municipality: int) -> None:
    """Let one transaction at a time resolve references in a municipality.

    Of two whose meetings refer to each other, the second sees the first's, so that none is missed.
    """
    _lock([f"references {municipality}"])


def _lock(keys: Iterable[str]) -> None:
    """Take the locks with these keys, sorted to avoid deadlocks. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) key",
            [sorted(keys)],
        )
