"""E-mail alerts: who follows which pages, and the digests that were sent."""

import datetime
from typing import Self
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minutes.models.visitor_limits import DAY, VisitorQuerySet

# Days in which a subscription can be confirmed; then it is deleted.
CONFIRM_DAYS = 3
# Days after which a stopped subscriber and old digests are deleted. Bounces arrive within a week.
STORED_DAYS = 30
MAX_ADDRESS = 1000

# Mails to an address in a day, which a person does not reach and a script does.
_PER_RECIPIENT = 5
_COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_MONDAY = 0


class AlertRequestQuerySet(VisitorQuerySet["AlertRequest"]):
    salt = "minutes.alerts"
    network_field, time_field = "network", "requested_at"
    most_of_network, most_in_all = 10, 1000

    def receive(self, network: str, email: str) -> bool:
        """Store a request; return False if the address is requested too often to get more mails.

        Three queries. Requests of former days are deleted.
        """
        now = timezone.now()
        self.filter(requested_at__lt=now - DAY).delete()
        recipient = self.hash_of(email.lower(), now)
        request = self.create(network=self.hash_of(network, now), recipient=recipient)
        return self.filter(recipient=recipient, pk__lte=request.pk).count() <= _PER_RECIPIENT


class AlertRequest(models.Model):
    """A use of the form, to limit the uses by one network and the mails to one address.

    Both are keyed hashes with the date, so that neither can be read nor two days be connected.
    """

    network = models.CharField(_("netværk"), max_length=64)
    recipient = models.CharField(_("modtager"), max_length=64)
    requested_at = models.DateTimeField(_("modtaget"), auto_now_add=True)

    objects = AlertRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("brug af formularen")
        verbose_name_plural = _("brug af formularen")
        indexes = (models.Index(fields=["requested_at"], name="alertrequest_requested"),)

    def __str__(self) -> str:
        return f"{self.requested_at:%Y-%m-%d %H:%M}"


class Subscriber(models.Model):
    """An e-mail address that gets alerts, or a mail to confirm one.

    `stopped_at` is set when mail to it bounced: it gets no digests, until its owner confirms a subscription
    again. `link_requested_at` is set until the link to its subscriptions is sent.
    """

    email = models.EmailField(_("e-mail"))
    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    stopped_at = models.DateTimeField(_("stoppet"), null=True, blank=True)
    link_requested_at = models.DateTimeField(_("link ønsket"), null=True, blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("abonnent")
        verbose_name_plural = _("abonnenter")
        constraints = (models.UniqueConstraint(Lower("email"), name="subscriber_email_unique"),)

    def __str__(self) -> str:
        return self.email


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self) -> Self:
        return self.filter(confirmed_at=None)

    def due(self, now: datetime.datetime) -> Self:
        """Return the subscriptions whose digest is due, unless mail to the subscriber bounced."""
        return self.filter(next_at__lte=now, subscriber__stopped_at=None)


class Subscription(models.Model):
    """A page that a subscriber follows, by its Danish address with the query ("/soeg/?q=cykelsti").

    A confirmed one lists what was first published after `sent_until` at `next_at`. A request for a page that
    is followed already is a row of its own, which replaces the confirmed one when it is confirmed.
    """

    class Frequency(models.TextChoices):
        DAILY = "daily", _("Hver dag")
        WEEKLY = "weekly", _("Hver mandag")

    address = models.CharField(_("side"), max_length=MAX_ADDRESS)
    frequency = models.CharField(_("hvor ofte"), max_length=10, choices=Frequency, default=Frequency.DAILY)
    hour = models.PositiveSmallIntegerField(_("klokken"), default=7)
    language = models.CharField(_("sprog"), max_length=5, default=settings.LANGUAGE_CODE)
    requested_at = models.DateTimeField(_("ønsket"))
    # When the mail with the link to confirm was sent; null before.
    mailed_at = models.DateTimeField(_("mail sendt"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("bekræftet"), null=True, blank=True)
    sent_until = models.DateTimeField(_("sendt til og med"), null=True, blank=True)
    next_at = models.DateTimeField(_("næste mail"), null=True, blank=True)
    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="subscriptions", verbose_name=_("abonnent")
    )

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("abonnement")
        verbose_name_plural = _("abonnementer")
        constraints = (
            models.UniqueConstraint(
                fields=["subscriber", "address"],
                condition=Q(confirmed_at__isnull=False),
                name="subscription_confirmed_once",
            ),
            models.UniqueConstraint(
                fields=["subscriber", "address"],
                condition=Q(confirmed_at__isnull=True),
                name="subscription_requested_once",
            ),
            models.CheckConstraint(condition=Q(hour__lte=23), name="subscription_hour_of_day"),
        )
        indexes = (
            # What is due, every minute.
            models.Index(F("next_at"), condition=Q(next_at__isnull=False), name="subscription_next"),
        )

    def __str__(self) -> str:
        return self.address

    def following_slot(self, after: datetime.datetime) -> datetime.datetime:
        """Return the first time after `after` at which a digest is due, by Danish time."""
        local = after.astimezone(_COPENHAGEN)
        slot = local.replace(hour=self.hour, minute=0, second=0, microsecond=0)
        if self.frequency == self.Frequency.WEEKLY:
            slot += datetime.timedelta(days=(_MONDAY - slot.weekday()) % 7)
        if slot <= local:
            slot += datetime.timedelta(days=7 if self.frequency == self.Frequency.WEEKLY else 1)
        return slot


class Digest(models.Model):
    """A mail with the news of a subscriber. Its row is committed before the mail is sent.

    A row without `sent_at` is a mail whose delivery is not known, because the process was killed or the
    connection lost. It is not sent again.
    """

    due_at = models.DateTimeField(_("skulle sendes"))
    claimed_at = models.DateTimeField(_("påbegyndt"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sendt"), null=True, blank=True)
    subscriber = models.ForeignKey(
        Subscriber, models.CASCADE, related_name="digests", verbose_name=_("abonnent")
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("mail med nyt")
        verbose_name_plural = _("mails med nyt")
        constraints = (
            models.UniqueConstraint(fields=["subscriber", "due_at"], name="digest_once_for_a_slot"),
        )

    def __str__(self) -> str:
        return f"{self.due_at:%Y-%m-%d %H:%M}"
