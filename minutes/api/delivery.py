"""Allowed methods, ETags and caching of every response under /api/.

Django's `ConditionalGetMiddleware` is not used: its ETags are strong, which a proxy that compresses must not
repeat, and it would also cover the pages. CORS headers are added by django-cors-headers (see the settings).
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from minutes.api.problems import is_api_request, problem

_METHODS = "GET, HEAD, OPTIONS"
# Minutes are published by the day, and what is taken back should be gone soon.
_FRESH = "public, max-age=60"


class ApiMiddleware:
    """Handle every request under /api/. Must come before the middleware that rejects requests."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_api_request(request):
            return self.answer(request)
        if request.method == "OPTIONS":
            response = HttpResponse(status=204)
            response["Allow"] = _METHODS
            return response
        if request.method not in {"GET", "HEAD"}:
            response = problem(request, 405)
            response["Allow"] = _METHODS
            return response
        return _conditional(request, self._get(request))

    def _get(self, request: HttpRequest) -> HttpResponseBase:
        """Return the response to GET; the server omits the body of a response to HEAD."""
        method, request.method = request.method, "GET"
        try:
            return self.answer(request)
        finally:
            request.method = method


def _conditional(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Return the response with an ETag, or 304 when the client has it.

    The ETag is weak, as proxies may compress.
    """
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        response.setdefault("Cache-Control", "no-store")
        return response
    response["Cache-Control"] = _FRESH
    etag = f'W/"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    assert conditional is not None
    return conditional
