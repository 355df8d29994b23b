"""Reads delivery reports (RFC 3464) and stops the subscribers whose addresses do not exist.

A report counts only if the mail that it returns has a signed Message-ID of ours, so that nobody can stop the
mails to an address by sending a report about it.
"""

from collections.abc import Iterable
from email import message_from_string
from email.message import Message
from typing import NamedTuple

from django.utils import timezone

from minutes.alerts.following import end
from minutes.alerts.links import Mail, own_mails
from minutes.models import Digest, Subscriber, Subscription

# The parts of a report that return the mail, or its headers.
_RETURNED = frozenset({"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"})


class Bounces(NamedTuple):
    """The numbers of messages read, of those that report a failure of our mail, and of addresses stopped."""

    read: int
    failed: int
    stopped: int


def handle_bounces(messages: Iterable[Message]) -> Bounces:
    """Stop the subscribers to whom delivery failed for good, and delete requests to confirm.

    The same report again changes nothing. Three queries for each failed mail.
    """
    read = failed = stopped = 0
    for message in messages:
        read += 1
        if _has_failed(message) and (mails := own_mails(_message_ids(message))):
            failed += 1
            stopped += sum(map(_stop, mails))
    return Bounces(read, failed, stopped)


def _has_failed(message: Message) -> bool:
    """Return True for a report of a permanent failure: "Action: failed" with a status 5.x.x, but not 5.7.x.

    5.7.x is about policy, such as the content or the sender, and says nothing about the address.
    """
    if message.get_content_type() != "multipart/report":
        return False
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for block in blocks if isinstance(blocks, list) else []:
            if not isinstance(block, Message):
                continue
            status = str(block.get("Status", "")).strip()
            has_failed = str(block.get("Action", "")).strip().lower() == "failed"
            if has_failed and status.startswith("5.") and not status.startswith("5.7."):
                return True
    return False


def _message_ids(message: Message) -> str:
    """Return the Message-IDs of the mails that a report returns, as they are printed there."""
    ids = []
    for part in message.walk():
        if part.get_content_type() in _RETURNED:
            payload = part.get_payload()
            returned = payload if isinstance(payload, list) else [message_from_string(str(payload))]
            ids += [mail.get("Message-ID", "") for mail in returned if isinstance(mail, Message)]
    return " ".join(ids)


def _stop(mail: Mail) -> bool:
    """Stop the subscriber of a mail, or delete a request to confirm; return True if either was there."""
    if mail.kind == "confirm":
        requests = Subscription.objects.unconfirmed().select_related("subscriber")
        subscription = requests.filter(pk=mail.pk).first()
        if subscription:
            end(subscription)
        return subscription is not None
    subscriber = mail.pk
    if mail.kind == "digest":
        digest = Digest.objects.filter(pk=mail.pk).first()
        if digest is None:
            return False
        subscriber = digest.subscriber_id
    active = Subscriber.objects.filter(pk=subscriber, stopped_at=None)
    return bool(active.update(stopped_at=timezone.now()))
