"""Limits on guesses: attempts by account and by address, counted in PostgreSQL for all processes."""

import datetime
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from minutes.models import SignInAttempt

# So many failures within the period lock an account, or an address, until the oldest of them is that old.
MOST_FAILURES = 10
PERIOD = datetime.timedelta(minutes=5)
# Failures of an account after which the next attempt must wait one second, then two, four and so on.
_WITHOUT_DELAY = 5


class TooManyAttempts(Exception):
    """An attempt that is refused before anything is verified.

    `seconds` is how long to wait, at least one; `locks` says that this attempt locked the account or address.
    """

    def __init__(self, seconds: float, *, locks: bool = False) -> None:
        super().__init__(seconds)
        self.seconds = max(1, round(seconds))
        self.locks = locks


@dataclass(frozen=True)
class Reserved:
    """An attempt that counts as failed until `succeeded` or `withdraw` is called.

    If it fails and `locks` is true, its account or address is locked.
    """

    account_key: str
    attempts: tuple[SignInAttempt, ...]
    locks: bool

    def succeeded(self) -> None:
        """Forget the failures of the account, but not the others of the address. Two queries."""
        self.withdraw()
        SignInAttempt.objects.filter(key=self.account_key).delete()

    def withdraw(self) -> None:
        """Forget the attempt. One query."""
        SignInAttempt.objects.filter(pk__in=[attempt.pk for attempt in self.attempts]).delete()


def reserve(purpose: str, account: str, address: str) -> Reserved:
    """Count an attempt, before anything is verified, as if it had failed. Seven queries at most.

    An empty address is not counted. Raises `TooManyAttempts` while the account or the address is locked, or
    when the account must wait. An attempt that does not wait counts as failed; one while locked does not
    count.
    """
    keys = [_key(purpose, "account", account.strip().casefold())]
    if address:
        keys.append(_key(purpose, "address", address))
    now = timezone.now()
    SignInAttempt.objects.filter(at__lt=now - PERIOD).delete()
    with transaction.atomic():
        _lock(keys)
        failures = _failures(keys)
        for times in failures.values():
            if len(times) >= MOST_FAILURES:
                raise TooManyAttempts((times[-MOST_FAILURES] + PERIOD - now).total_seconds())
        attempts = SignInAttempt.objects.bulk_create([SignInAttempt(key=key, at=now) for key in keys])
    locks = any(len(times) + 1 == MOST_FAILURES for times in failures.values())
    if (seconds := _delay(failures[keys[0]], now)) > 0:
        raise TooManyAttempts(seconds, locks=locks)
    return Reserved(keys[0], tuple(attempts), locks)


def spend(purpose: str, account: str, code: str) -> bool:
    """Return True the first time within the period that the account uses the code. Three queries."""
    key = _key(purpose, account, code)
    with transaction.atomic():
        _lock([key])
        if SignInAttempt.objects.filter(key=key).exists():
            return False
        SignInAttempt.objects.create(key=key, at=timezone.now())
    return True


def _key(purpose: str, kind: str, value: str) -> str:
    digest = salted_hmac("minutes.accounts.limits", f"{purpose} {kind} {value}", algorithm="sha256")
    return digest.hexdigest()


def _lock(keys: list[str]) -> None:
    """Let attempts with the same key follow each other, so that attempts at once are all counted."""
    with connection.cursor() as cursor:
        # Sorted, to avoid deadlocks.
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _failures(keys: list[str]) -> dict[str, list[datetime.datetime]]:
    times: dict[str, list[datetime.datetime]] = {key: [] for key in keys}
    attempts = SignInAttempt.objects.filter(key__in=keys, at__gt=timezone.now() - PERIOD).order_by("at")
    for key, at in attempts.values_list("key", "at"):
        times[key].append(at)
    return times


def _delay(failures: list[datetime.datetime], now: datetime.datetime) -> float:
    """Return the seconds that an account with these failures must still wait."""
    excess = len(failures) - _WITHOUT_DELAY
    return (failures[-1] - now).total_seconds() + 2**excess if excess >= 0 else 0.0
