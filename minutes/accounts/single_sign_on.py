"""Sign-in at the OpenID Connect provider as a confirmation, and as a second factor."""

import time
from typing import Any

from allauth.account import app_settings
from allauth.account.internal.flows.login import get_authentication_records
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base import AuthProcess
from allauth.utils import get_request_param
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

PROVIDER = "sso"


def confirms_at_provider(user: Any) -> bool:
    """Return True for a user who has no password and signs in at the provider. One query at most."""
    return bool(
        settings.OIDC_NAME
        and not user.has_usable_password()
        and SocialAccount.objects.filter(user_id=user.pk, provider=PROVIDER).exists()
    )


def signed_in_lately(request: HttpRequest) -> bool:
    """Return True if the user of the session signed in at the provider within five minutes."""
    since = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    records = get_authentication_records(request, request.user)
    return any(record["method"] == "socialaccount" and record["at"] > since for record in records)


def had_second_factor(sociallogin: Any) -> bool:
    """Return True if the ID token says that the provider required a second factor: `OIDC_MFA_VALUES`."""
    token = (sociallogin.account.extra_data or {}).get("id_token") or {}
    methods = token.get("amr", [])
    stated = {*(methods if isinstance(methods, list) else [methods]), token.get("acr")}
    return bool(stated & set(settings.OIDC_MFA_VALUES))


@login_required
def confirm_at_provider(request: HttpRequest) -> HttpResponse:
    """Let the provider ask the user to sign in again, and return to ?next=."""
    if not settings.OIDC_NAME:
        raise Http404
    address = get_request_param(request, "next", "")
    if not url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure()):
        address = ""
    provider = get_adapter().get_provider(request, PROVIDER)
    params = {**provider.get_auth_params(), "prompt": "login"}
    response: HttpResponse = provider.redirect(
        request, process=AuthProcess.LOGIN, next_url=address or None, auth_params=params
    )
    return response
