"""Pages to follow a page by e-mail, and to confirm, change and end subscriptions by the links in mails.

They set no cookie. The links are signed, so they need no CSRF token: anybody who has one may use it.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.visitors import network_of, status_of_form
from minutes.alerts import following, links
from minutes.alerts.forms import ChoiceForm, FollowForm, LinkForm
from minutes.alerts.subjects import Subject, subject_at
from minutes.models import AlertRequest, Subscriber, Subscription

_METHODS = ["GET", "HEAD", "POST"]


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def follow(request: HttpRequest) -> HttpResponse:
    """Let the page of ?side= be followed; without it, send the link to one's subscriptions.

    The answer is the same for an address that is known and for one that is not. Raise `Http404` if the page
    cannot be followed or the site sends no mail.
    """
    address = request.POST.get("side") or request.GET.get("side") or ""
    subject = subject_at(address) if address else None
    if not following.alerts_enabled() or (address and subject is None):
        raise Http404
    form_class = FollowForm if subject else LinkForm
    context: dict[str, Any] = {"subject": subject, "form": form_class(), "sent": "sendt" in request.GET}
    if request.method != "POST":
        return render(request, "minutes/follow.html", context)
    form = form_class(request.POST)
    too_many = _("Formularen er brugt for mange gange på kort tid. Prøv igen om en time.")
    status = status_of_form(request, form, AlertRequest.objects.all(), too_many)
    if status == 200:
        _store(request, form, subject)
        query = {"sendt": "1"} | ({"side": subject.address} if subject else {})
        return redirect(f"{reverse('follow')}?{urlencode(query)}")
    return render(request, "minutes/follow.html", context | {"form": form}, status=status)


def _store(request: HttpRequest, form: LinkForm, subject: Subject | None) -> None:
    data, network = form.cleaned_data, network_of(request)
    if subject:
        following.request_subscription(network, data["email"], subject, data["frequency"], data["hour"])
    else:
        following.request_link(network, data["email"])


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the link confirms, and confirm it by POST, since programs open the links in mails too."""
    subscription = links.subscription_to_confirm(token)
    subject = subject_at(subscription.address) if subscription else None
    if subscription is None or subject is None:
        return _expired(request)
    if subscription.confirmed_at is None:
        if request.method != "POST":
            context = {"subject": subject, "subscription": subscription}
            return render(request, "minutes/follow_confirm.html", context)
        if not following.confirm(subscription):
            return render(request, "minutes/follow_confirm.html", {"too_many": True}, status=400)
    return redirect(f"{links.manage_address(subscription.subscriber)}?bekraeftet=1")


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def mine(request: HttpRequest, token: str) -> HttpResponse:
    """List the subscriptions of a link, to change and end them or to delete everything.

    Two queries, and two at most for each of the subscriptions, whose number is limited.
    """
    subscriber = links.managed_subscriber(token)
    if subscriber is None:
        return _expired(request)
    form = None
    if request.method == "POST":
        if request.POST.get("act") == "delete":
            subscriber.delete()
            return render(request, "minutes/follow_end.html", {"ended": True})
        subscription = _posted_subscription(request, subscriber)
        if request.POST.get("act") == "end":
            following.end(subscription)
            return redirect(f"{request.path}?stoppet=1")
        form = ChoiceForm(request.POST)
        if form.is_valid():
            following.change(subscription, form.cleaned_data["frequency"], form.cleaned_data["hour"])
            return redirect(f"{request.path}?gemt=1")
    rows = [_Row(subscription) for subscription in subscriber.subscriptions.confirmed()]
    context = {"subscriber": subscriber, "rows": rows, "invalid": form is not None}
    return render(request, "minutes/follow_mine.html", context, status=400 if form else 200)


class _Row:
    """A subscription with its page, None while that is not public, and the form to change it."""

    def __init__(self, subscription: Subscription) -> None:
        self.subscription = subscription
        self.subject = subject_at(subscription.address)
        initial = {"frequency": subscription.frequency, "hour": subscription.hour}
        self.form = ChoiceForm(initial=initial, auto_id=f"abonnement-{subscription.pk}-%s")


def _posted_subscription(request: HttpRequest, subscriber: Subscriber) -> Subscription:
    number = request.POST.get("subscription", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Http404
    return get_object_or_404(
        Subscription.objects.confirmed().select_related("subscriber"), subscriber=subscriber, pk=int(number)
    )


@csrf_exempt
@never_cache
@require_http_methods(_METHODS)
def end(request: HttpRequest, token: str) -> HttpResponse:
    """Delete a subscriber by POST, as mail programs send it (RFC 8058); GET shows a button."""
    is_ours, subscriber = links.subscriber_to_end(token)
    if not is_ours:
        return _expired(request)
    if request.method == "POST" and subscriber:
        subscriber.delete()
        subscriber = None
    return render(request, "minutes/follow_end.html", {"ended": subscriber is None})


def _expired(request: HttpRequest) -> HttpResponse:
    context = {"enabled": following.alerts_enabled()}
    return render(request, "minutes/follow_expired.html", context, status=404)
