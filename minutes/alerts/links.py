"""Signed addresses in mails, and the identifiers of the mails themselves."""

import datetime
import re
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from minutes.models import Subscriber, Subscription
from minutes.models.alerts import CONFIRM_DAYS

# How long the link to one's subscriptions works; every digest has a new one.
MANAGE_DAYS = 60

_SALT = "minutes.alerts"
# "<digest.12.0.5f3a…@referater.dk>"
_MESSAGE_ID = re.compile(
    r"<(?P<kind>[a-z]+)\.(?P<pk>\d{1,18})\.(?P<number>\d{1,18})\.(?P<signature>[0-9a-f]{32})@[^<>@\s]+>"
)


class Mail(NamedTuple):
    """A mail of ours: its kind ("digest", "confirm" or "link") and the id of the row that it is about.

    `number` differs for each mail about the row, and is the same when a mail is sent again.
    """

    kind: str
    pk: int
    number: int = 0


def confirm_address(subscription: Subscription) -> str:
    return reverse("follow-confirm", args=[_sign("confirm", subscription.pk)])


def manage_address(subscriber: Subscriber) -> str:
    return reverse("follow-mine", args=[_sign("mine", subscriber.pk)])


def unsubscribe_address(subscriber: Subscriber) -> str:
    return reverse("follow-end", args=[_sign("end", subscriber.pk)])


def subscription_to_confirm(token: str) -> Subscription | None:
    """Return the subscription of a link to confirm, None if it expired or is forged. One query.

    It may be confirmed already.
    """
    pk = _unsign("confirm", token, datetime.timedelta(days=CONFIRM_DAYS))
    return Subscription.objects.select_related("subscriber").filter(pk=pk).first()


def managed_subscriber(token: str) -> Subscriber | None:
    """Return the subscriber of a link to subscriptions, None if it expired or is forged. One query."""
    pk = _unsign("mine", token, datetime.timedelta(days=MANAGE_DAYS))
    return Subscriber.objects.filter(pk=pk).first()


def subscriber_to_end(token: str) -> tuple[bool, Subscriber | None]:
    """Return True if the link to unsubscribe is ours, and its subscriber, None once it has ended.

    The link never expires. One query.
    """
    pk = _unsign("end", token, None)
    return bool(pk), Subscriber.objects.filter(pk=pk).first()


def absolute(address: str) -> str:
    """Return an address of the site for a mail, with `SITE_URL`."""
    return f"{settings.SITE_URL}{address}"


def message_id(mail: Mail) -> str:
    """Return the Message-ID of a mail: the same each time it is sent, signed to recognise its bounces."""
    host = settings.SITE_URL.rpartition("//")[2].partition(":")[0] or "localhost"
    return f"<{mail.kind}.{mail.pk}.{mail.number}.{_signature(mail)}@{host}>"


def own_mails(text: str) -> list[Mail]:
    """Return the mails of ours whose Message-IDs are in a text, without forged ones."""
    mails = []
    for match in _MESSAGE_ID.finditer(text):
        mail = Mail(match["kind"], int(match["pk"]), int(match["number"]))
        if constant_time_compare(match["signature"], _signature(mail)):
            mails.append(mail)
    return mails


def _signature(mail: Mail) -> str:
    value = f"{mail.kind}.{mail.pk}.{mail.number}"
    return salted_hmac(f"{_SALT}.message-id", value, algorithm="sha256").hexdigest()[:32]


def _sign(purpose: str, pk: int) -> str:
    return signing.TimestampSigner(salt=f"{_SALT}.{purpose}").sign(str(pk))


def _unsign(purpose: str, token: str, max_age: datetime.timedelta | None) -> int:
    """Return the id in a token, 0 if it expired or is forged."""
    try:
        return int(signing.TimestampSigner(salt=f"{_SALT}.{purpose}").unsign(token, max_age=max_age))
    except signing.BadSignature:
        return 0
