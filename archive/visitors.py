"""Visitors without an account: the network they come from, and the forms that they send."""

import ipaddress

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def network_of(request: HttpRequest) -> str:
    """Return the network that the request came from, such as "192.0.2.0/24"; "" if that is not known.

    Behind a proxy (`BEHIND_PROXY`) it is the last address of `X-Forwarded-For`, which the proxy itself wrote.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped:
        parsed = parsed.ipv4_mapped
    return str(ipaddress.ip_network(f"{parsed}/{_PREFIX[parsed.version]}", strict=False))
