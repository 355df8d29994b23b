"""Helpers of the tests of e-mail alerts: addresses, subscriptions and links in mails."""

import datetime
import re

from django.utils import timezone

from minutes.alerts import following
from minutes.alerts.subjects import subject_at
from minutes.models import Meeting, Subscription
from tests.mail_sink import text_of_mail

FORM = "/om/foelg/"
COMMITTEE = "/randers/beskaeftigelsesudvalget/"
SEARCH = "/soeg/?q=havnebad"
DAY = datetime.timedelta(days=1)
HOUR = datetime.timedelta(hours=1)
VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Bo Dam."


def ask(client, **fields):
    headers = fields.pop("headers", {})
    values = {"side": COMMITTEE, "email": "eva@eksempel.dk", "frequency": "daily", "hour": "7", "website": ""}
    return client.post(FORM, values | fields, **headers)


def link_in(mail, start="/om/foelg/"):
    """Return the first link of a mail to a page whose address begins with `start`."""
    (address, *_others) = re.findall(rf"https://referater\.eksempel\.dk({start}\S+)", text_of_mail(mail))
    return address


def follow(address=COMMITTEE, email="eva@eksempel.dk", **fields) -> Subscription:
    """Return a confirmed subscription whose next digest is due."""
    subject = subject_at(address)
    following.request_subscription(
        "", email, subject, fields.get("frequency", "daily"), fields.get("hour", 7)
    )
    subscription = Subscription.objects.unconfirmed().get()
    assert following.confirm(subscription)
    make_due(sent_until=timezone.now() - DAY)
    subscription.refresh_from_db()
    return subscription


def make_due(**fields):
    """Let the next digests be due."""
    Subscription.objects.confirmed().update(next_at=timezone.now() - HOUR, **fields)


def publish_now(meeting):
    """Let a meeting be first published now."""
    Meeting.objects.filter(pk=meeting.pk).update(published_at=timezone.now())
