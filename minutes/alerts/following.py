"""Subscriptions: requested by form, confirmed by the link in a mail, changed and ended by their owner."""

import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from archive.language import without_language
from minutes.alerts.subjects import Subject
from minutes.models import AlertRequest, Digest, Subscriber, Subscription
from minutes.models.alerts import CONFIRM_DAYS, STORED_DAYS

# Pages that one address may follow.
MAX_SUBSCRIPTIONS = 50


def alerts_enabled() -> bool:
    """Return True if the site can send mail: a mail server, a sender and the site's address are set."""
    return bool(settings.EMAIL_HOST and settings.DEFAULT_FROM_EMAIL and settings.SITE_URL)


@transaction.atomic
def request_subscription(network: str, email: str, subject: Subject, frequency: str, hour: int) -> None:
    """Store a subscription to confirm; `delivery` sends the mail with the link.

    Mails are in the language that is active. Nothing happens if too many mails to the address were requested.
    """
    if not AlertRequest.objects.receive(network, email):
        return
    subscriber = _subscriber(email)
    Subscription.objects.update_or_create(
        subscriber=subscriber,
        address=without_language(subject.address),
        confirmed_at=None,
        defaults={
            "frequency": frequency,
            "hour": hour,
            "language": get_language(),
            "requested_at": timezone.now(),
            "mailed_at": None,
        },
    )


@transaction.atomic
def request_link(network: str, email: str) -> None:
    """Let `delivery` send the link to the subscriptions of an address, if there are any."""
    if AlertRequest.objects.receive(network, email):
        Subscriber.objects.filter(email__iexact=email).update(link_requested_at=timezone.now())


@transaction.atomic
def confirm(subscription: Subscription) -> bool:
    """Let digests be sent, with what is published from now on, or after the last digest.

    The subscription replaces a confirmed one to the same page. Return False, and change nothing, if the
    subscriber has too many.
    """
    now = timezone.now()
    subscriber = Subscriber.objects.select_for_update().get(pk=subscription.subscriber_id)
    replaced = subscriber.subscriptions.confirmed().filter(address=subscription.address).first()
    if not replaced and subscriber.subscriptions.confirmed().count() >= MAX_SUBSCRIPTIONS:
        return False
    subscription.sent_until = now
    if replaced:
        subscription.sent_until = replaced.sent_until
        replaced.delete()
    subscription.confirmed_at, subscription.next_at = now, subscription.following_slot(now)
    subscription.save()
    Subscriber.objects.filter(pk=subscriber.pk).update(stopped_at=None)
    return True


def change(subscription: Subscription, frequency: str, hour: int) -> None:
    """Change how often and when the digests of a confirmed subscription are sent."""
    subscription.frequency, subscription.hour = frequency, hour
    subscription.next_at = subscription.following_slot(timezone.now())
    subscription.save(update_fields=["frequency", "hour", "next_at"])


def end(subscription: Subscription) -> None:
    """Delete a subscription, and its subscriber when it was the last one."""
    subscriber = subscription.subscriber
    subscription.delete()
    if not subscriber.subscriptions.exists():
        subscriber.delete()


def delete_old() -> None:
    """Delete unconfirmed subscriptions, stopped subscribers and digests that are too old. Five queries."""
    now = timezone.now()
    old = now - datetime.timedelta(days=STORED_DAYS)
    requested_before = now - datetime.timedelta(days=CONFIRM_DAYS)
    Subscription.objects.unconfirmed().filter(requested_at__lt=requested_before).delete()
    Subscriber.objects.filter(subscriptions=None, created_at__lt=requested_before).delete()
    Subscriber.objects.filter(stopped_at__lt=old).delete()
    Digest.objects.filter(claimed_at__lt=old).delete()
    AlertRequest.objects.filter(requested_at__lt=now - datetime.timedelta(days=1)).delete()


def _subscriber(email: str) -> Subscriber:
    """Return the subscriber with an address, created if there is none. Letter case makes no difference.

    Two queries in either case.
    """
    Subscriber.objects.bulk_create([Subscriber(email=email)], ignore_conflicts=True)
    return Subscriber.objects.get(email__iexact=email)
