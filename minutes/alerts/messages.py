"""The mails, as text and HTML: to confirm, with the link to one's subscriptions, and with news.

They are in the language that is active.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes.alerts.digests import News
from minutes.alerts.links import (
    Mail,
    absolute,
    confirm_address,
    manage_address,
    message_id,
    unsubscribe_address,
)
from minutes.alerts.subjects import Subject
from minutes.models import Digest, Subscriber, Subscription
from minutes.models.alerts import CONFIRM_DAYS

# Characters of a search that a mail to confirm repeats, so that nobody sends advertisements with the form.
_NOT_WORDS = re.compile(r"[^\w\s,()-]+")
_MAX_TITLE = 80


def confirm_message(subscription: Subscription, subject: Subject) -> EmailMultiAlternatives:
    """Return the mail with the link that confirms a subscription."""
    number = int(subscription.requested_at.timestamp())
    title = " ".join(_NOT_WORDS.sub(" ", subject.title).split())
    return _message(
        "confirm",
        _("Bekræft, at du vil have nyt fra Referatarkivet"),
        subscription.subscriber,
        Mail("confirm", subscription.pk, number),
        {
            "title": title if len(title) <= _MAX_TITLE else f"{title[:_MAX_TITLE]} …",
            "subscription": subscription,
            "link": absolute(confirm_address(subscription)),
            "days": CONFIRM_DAYS,
        },
    )


def link_message(subscriber: Subscriber, number: int) -> EmailMultiAlternatives:
    """Return the mail with the link to the subscriptions of an address."""
    return _message(
        "link",
        _("Dine abonnementer i Referatarkivet"),
        subscriber,
        Mail("link", subscriber.pk, number),
        {"link": absolute(manage_address(subscriber))},
    )


def digest_message(digest: Digest, news: Sequence[News]) -> EmailMultiAlternatives:
    """Return the mail with news, which can be unsubscribed by one click (RFC 8058)."""
    subscriber = digest.subscriber
    end = absolute(unsubscribe_address(subscriber))
    message = _message(
        "digest",
        digest_title(news),
        subscriber,
        Mail("digest", digest.pk),
        {"news": news, "manage": absolute(manage_address(subscriber)), "end": end},
    )
    message.extra_headers |= {
        "List-Unsubscribe": f"<{end}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return message


def digest_title(news: Sequence[News]) -> str:
    """Return the subject line: "Byrådet, Randers: 3 nye punkter"."""
    count = sum(page.count for page in news)
    title = ngettext("%(page)s: %(n)d nyt punkt", "%(page)s: %(n)d nye punkter", count)
    if len(news) > 1:
        title = ngettext("%(page)s og mere: %(n)d nyt punkt", "%(page)s og mere: %(n)d nye punkter", count)
    return " ".join((title % {"page": news[0].title, "n": count}).split())


def render_digest(news: Sequence[News], manage: str, end: str) -> tuple[str, str]:
    """Return the text and the HTML of a mail with news."""
    return _rendered("digest", {"news": news, "manage": manage, "end": end})


def _message(
    template: str, title: str, subscriber: Subscriber, mail: Mail, context: Mapping[str, Any]
) -> EmailMultiAlternatives:
    text, html = _rendered(template, context)
    contact = settings.PUBLISHER["email"]
    message = EmailMultiAlternatives(
        title,
        text,
        to=[subscriber.email],
        reply_to=[contact] if contact else None,
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(html, "text/html")
    return message


def _rendered(template: str, context: Mapping[str, Any]) -> tuple[str, str]:
    values = {**context, "site": absolute(reverse("home")), "publisher": settings.PUBLISHER["name"]}
    text = render_to_string(f"minutes/alerts/{template}.txt", values)
    html = render_to_string(f"minutes/alerts/{template}.html", values)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n", html
