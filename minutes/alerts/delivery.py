"""Sends the mails that are due, each at most once.

What a mail is about is claimed by a transaction that is committed before the mail is sent. If the server
certainly did not accept it, the claim is undone and the mail sent later. If that is not known, because the
process was killed or the connection lost, the mail is not sent again.
"""

import datetime
import logging
import smtplib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, NamedTuple

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from minutes.alerts.digests import News, news_of
from minutes.alerts.following import alerts_enabled, end
from minutes.alerts.messages import confirm_message, digest_message, link_message
from minutes.alerts.subjects import Window, subject_at
from minutes.models import Digest, Subscriber, Subscription

logger = logging.getLogger(__name__)

# A meeting's time of publication is set before its transaction commits; digests end so long before now.
SETTLED = datetime.timedelta(minutes=10)
# How long after a temporary refusal a mail is tried again, and for how long one to confirm is.
_PAUSE = datetime.timedelta(minutes=15)
_TRIED = datetime.timedelta(hours=2)


class Outcome(Enum):
    """The server's answer to a mail. UNKNOWN is none, so it may have accepted the mail."""

    SENT = auto()
    NO_SUCH_ADDRESS = auto()
    REFUSED = auto()
    LATER = auto()
    UNKNOWN = auto()


class Sent(NamedTuple):
    """The numbers of mails that the server accepted."""

    confirmations: int = 0
    links: int = 0
    digests: int = 0


def send_due(now: datetime.datetime | None = None) -> Sent:
    """Send mails to confirm, links and digests that are due; nothing if the site sends no mail.

    Processes may do so at the same time. Raises `OSError` if the server cannot be reached; then all mails
    are still due.
    """
    if not alerts_enabled():
        return Sent()
    now = now or timezone.now()
    confirmations, links = list(_to_confirm(now)), list(_links())
    due = Subscription.objects.confirmed().due(now)
    subscribers = list(due.order_by("subscriber").values_list("subscriber", flat=True).distinct())
    if not (confirmations or links or subscribers):
        return Sent()
    with closing(_Server()) as server:
        return Sent(
            sum(_send_confirmation(server, pk, now) for pk in confirmations),
            sum(_send_link(server, pk) for pk in links),
            sum(_send_digest(server, pk, now) for pk in subscribers),
        )


class _Server:
    """A connection to the mail server, opened again when it was lost."""

    def __init__(self) -> None:
        self._connection: Any = get_connection()
        self._connection.open()

    def close(self) -> None:
        self._connection.close()

    def send(self, message: EmailMessage) -> Outcome:
        """Send a mail to its one recipient."""
        self._connection.open()
        try:
            self._connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            ((code, answer),) = error.recipients.values()
            return _refusal(code, answer, bounce=True)
        except smtplib.SMTPResponseException as error:
            return _refusal(error.smtp_code, error.smtp_error, bounce=False)
        except (smtplib.SMTPException, OSError):
            logger.exception("The connection to the mail server was lost; a mail may not have been sent.")
            self._connection.close()
            return Outcome.UNKNOWN
        return Outcome.SENT


def _refusal(code: int, answer: bytes | str, *, bounce: bool) -> Outcome:
    """Return the outcome of a refusal: for an address (`bounce`), or of the sender or the content.

    A 5xx answer for reasons of policy ("5.7.1") says nothing about the address.
    """
    text = answer.decode(errors="replace") if isinstance(answer, bytes) else answer
    if 400 <= code < 500:
        return Outcome.LATER
    if text.startswith("5.1.") or (bounce and not text.startswith("5.7.")):
        return Outcome.NO_SUCH_ADDRESS
    logger.error("The mail server refuses our mail with code %s.", code)
    return Outcome.REFUSED


def _to_confirm(now: datetime.datetime) -> Iterator[int]:
    rows = Subscription.objects.unconfirmed().filter(mailed_at=None, requested_at__gt=now - _TRIED)
    yield from rows.values_list("pk", flat=True)


def _links() -> Iterator[int]:
    yield from Subscriber.objects.exclude(link_requested_at=None).values_list("pk", flat=True)


def _send_confirmation(server: _Server, pk: int, now: datetime.datetime) -> bool:
    with transaction.atomic():
        rows = Subscription.objects.unconfirmed().filter(pk=pk, mailed_at=None)
        subscription = (
            rows.select_related("subscriber").select_for_update(of=["self"], skip_locked=True).first()
        )
        if subscription is None:
            return False
        subscription.mailed_at = now
        subscription.save(update_fields=["mailed_at"])
        with override(subscription.language):
            subject = subject_at(subscription.address)
            message = confirm_message(subscription, subject) if subject else None
    if message is None:
        return False
    outcome = server.send(message)
    if outcome == Outcome.LATER:
        Subscription.objects.filter(pk=pk, mailed_at=now).update(mailed_at=None)
    elif outcome == Outcome.NO_SUCH_ADDRESS:
        end(subscription)
    return outcome == Outcome.SENT


def _send_link(server: _Server, pk: int) -> bool:
    with transaction.atomic():
        rows = Subscriber.objects.exclude(link_requested_at=None).filter(pk=pk)
        subscriber = rows.select_for_update(skip_locked=True).first()
        if subscriber is None or subscriber.link_requested_at is None:
            return False
        number = int(subscriber.link_requested_at.timestamp())
        Subscriber.objects.filter(pk=pk).update(link_requested_at=None)
        subscription = subscriber.subscriptions.confirmed().last()
        if subscription is None:
            return False
    with override(subscription.language):
        message = link_message(subscriber, number)
    return server.send(message) == Outcome.SENT


@dataclass
class _Claim:
    """A digest that this process alone may send, and the subscriptions as they were before."""

    digest: Digest
    message: EmailMessage
    sent_until: dict[int, datetime.datetime]


def _send_digest(server: _Server, subscriber_id: int, now: datetime.datetime) -> bool:
    claim = _claim(subscriber_id, now)
    if claim is None:
        return False
    outcome = server.send(claim.message)
    if outcome == Outcome.SENT:
        Digest.objects.filter(pk=claim.digest.pk).update(sent_at=timezone.now())
    elif outcome != Outcome.UNKNOWN:
        _undo(claim, outcome, now)
    return outcome == Outcome.SENT


@transaction.atomic
def _claim(subscriber_id: int, now: datetime.datetime) -> _Claim | None:
    """Select the news of the subscriptions that are due, and record that they are sent; None without news."""
    subscribers = Subscriber.objects.filter(pk=subscriber_id).select_for_update(skip_locked=True)
    subscriber = subscribers.first()
    if subscriber is None:
        return None
    due = list(subscriber.subscriptions.confirmed().due(now).order_by("id"))
    if not due:
        return None
    due_at = due[0].next_at or now
    before = {subscription.pk: subscription.sent_until or now for subscription in due}
    with override(due[0].language):
        news = list(_news(due, now))
        Subscription.objects.bulk_update(due, ["sent_until", "next_at"])
        if not news:
            return None
        digest = Digest.objects.create(subscriber=subscriber, due_at=due_at)
        return _Claim(digest, digest_message(digest, news), before)


def _news(due: Sequence[Subscription], now: datetime.datetime) -> Iterator[News]:
    """Yield the news of each subscription, and set the next time and the beginning of its next news."""
    for subscription in due:
        since = subscription.sent_until or now
        window = Window(since, max(now - SETTLED, since))
        subject = subject_at(subscription.address)
        page = news_of(subject, window) if subject else None
        subscription.sent_until, subscription.next_at = window.until, subscription.following_slot(now)
        if page:
            yield page


@transaction.atomic
def _undo(claim: _Claim, outcome: Outcome, now: datetime.datetime) -> None:
    """Let the news be sent with a later digest; stop the subscriber if the address does not exist."""
    for pk, sent_until in claim.sent_until.items():
        Subscription.objects.filter(pk=pk).update(sent_until=sent_until)
    if outcome == Outcome.LATER:
        Subscription.objects.filter(pk__in=claim.sent_until).update(next_at=now + _PAUSE)
    elif outcome == Outcome.NO_SUCH_ADDRESS:
        Subscriber.objects.filter(pk=claim.digest.subscriber_id).update(stopped_at=now)
    claim.digest.delete()
