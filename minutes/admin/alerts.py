"""The staff's page about e-mail alerts: a preview of the mail about any page, and how many there are."""

import base64
import hashlib
import re
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes.admin.pages import staff_page
from minutes.alerts.digests import News, news_of
from minutes.alerts.following import alerts_enabled
from minutes.alerts.links import absolute
from minutes.alerts.messages import digest_title, render_digest
from minutes.alerts.subjects import Subject, Window, subject_at
from minutes.models import Digest, Subscriber, Subscription

_STYLE = re.compile("<style>(.*?)</style>", re.DOTALL)


class PreviewForm(forms.Form):
    """The page that is followed, and how many days back its news are."""

    side = forms.CharField(max_length=1000, label=gettext_lazy("Side, som følges"))
    dage = forms.IntegerField(min_value=1, max_value=365, initial=7, label=gettext_lazy("Dage tilbage"))

    def clean_side(self) -> Subject:
        """Return the subject of a path or an address with the site's name."""
        parts = urlsplit(self.cleaned_data["side"].strip())
        subject = subject_at(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if subject is None:
            message = _("Skriv adressen på en kommune, et udvalg, en sag, en person eller en søgning.")
            raise forms.ValidationError(message)
        return subject


def alerts(request: HttpRequest) -> HttpResponse:
    """Show the mail that followers of ?side= would get with the news of the last days (?dage=).

    It has public content only. With ?vis=html, show the HTML of the mail as a mail program does. Three
    queries, and those of the news.
    """
    form = PreviewForm(request.GET) if "side" in request.GET else PreviewForm()
    news: list[News] = []
    if form.is_bound and form.is_valid():
        now = timezone.now()
        window = Window(now - timedelta(days=form.cleaned_data["dage"]), now)
        page = news_of(form.cleaned_data["side"], window)
        news = [page] if page else []
    context = {**staff_page(request, _("Mails til følgere")), "form": form, "enabled": alerts_enabled()}
    if news:
        link = absolute(reverse("follow"))
        text, html = render_digest(news, link, link)
        if request.GET.get("vis") == "html":
            return _as_in_a_mail_program(html)
        context |= {"mail_title": digest_title(news), "text": text}
    return render(request, "admin/alerts.html", context | _figures())


def _as_in_a_mail_program(html: str) -> HttpResponse:
    """Return the HTML as a page, whose own style alone is allowed, by its hash."""
    response = HttpResponse(html)
    (style,) = _STYLE.findall(html)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    response._csp_update = {"style-src": [f"'sha256-{digest}'"]}  # type: ignore[attr-defined]
    return response


def _figures() -> dict[str, Any]:
    """Return the numbers of subscribers, subscriptions and mails. Three queries."""
    subscriptions = Subscription.objects.aggregate(
        confirmed=Count("pk", filter=Q(confirmed_at__isnull=False)),
        unconfirmed=Count("pk", filter=Q(confirmed_at=None)),
    )
    digests = Digest.objects.aggregate(
        sent=Count("pk", filter=Q(sent_at__isnull=False)), unknown=Count("pk", filter=Q(sent_at=None))
    )
    stopped = Subscriber.objects.exclude(stopped_at=None).count()
    return {"figures": subscriptions | digests | {"stopped": stopped}}
