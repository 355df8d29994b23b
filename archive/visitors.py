"""The network address of a visitor."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

# Bits of an address that stay: the rest tells machines of one network apart.
_PREFIX = {4: 24, 6: 48}


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
