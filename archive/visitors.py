"""Visitors without an account: the network they come from, and the forms that they send."""

import ipaddress
from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from archive.paths import is_staff_page
from minutes.models.visitor_limits import VisitorQuerySet
from minutes.publishing.audit_log import network

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Bits of an address that stay: the rest tells machines of one network apart.
_PREFIX = {4: 24, 6: 48}
# Sent by browsers for a form on the page of another site.
_OTHER_SITES = frozenset({"cross-site", "same-site"})


class VisitorForm(forms.Form):
    """A form with a field that is hidden from people, so that scripts give themselves away."""

    website = forms.CharField(
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        label=gettext_lazy("Lad dette felt være tomt"),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Feltet skal være tomt."))
        return ""


def is_from_other_site(request: HttpRequest) -> bool:
    """Return True if the browser says that a form on another site's page was sent.

    Visitors have no cookie and so no CSRF token: their forms act with nobody's rights.
    """
    return request.headers.get("Sec-Fetch-Site") in _OTHER_SITES


def status_of_form(request: HttpRequest, form: forms.Form, rows: VisitorQuerySet[Any], too_many: str) -> int:
    """Return 200 if a visitor's form is valid and accepted, else 400, or 429 with the error on the form.

    One query at most. `rows` are those that the form creates, `too_many` the error when they are too many.
    """
    if not form.is_valid():
        return 400
    if is_from_other_site(request):
        form.add_error(None, _("Formularen kom fra et andet websted. Send den herfra."))
    elif not rows.accepts(network_of(request)):
        form.add_error(None, too_many)
    else:
        return 200
    return 429


# An IPv6 subscriber has at least so large a network, and could use another address for each attempt.
_SUBSCRIBER_PREFIX = {4: 32, 6: 64}


class RememberNetwork:
    """Middleware that stores the network of a request to the staff's pages, for entries of the audit log."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_staff_page(request):
            return self.get_response(request)
        token = network.set(network_of(request))
        try:
            return self.get_response(request)
        finally:
            network.reset(token)


def network_of(request: HttpRequest) -> str:
    """Return the network that the request came from, such as "192.0.2.0/24"; "" if that is not known."""
    return _network(request, _PREFIX)


def subscriber_of(request: HttpRequest) -> str:
    """Return the address of the request, of IPv6 its /64 network; "" if that is not known.

    It is not for storing.
    """
    return _network(request, _SUBSCRIBER_PREFIX)


def _network(request: HttpRequest, prefix: dict[int, int]) -> str:
    address = _address(request)
    return str(ipaddress.ip_network(f"{address}/{prefix[address.version]}", strict=False)) if address else ""


def _address(request: HttpRequest) -> _Address | None:
    """Return the sender's address.

    Behind a proxy (`BEHIND_PROXY`) it is the last address of `X-Forwarded-For`, which the proxy itself wrote.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return None
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        return parsed.ipv4_mapped
    return parsed
