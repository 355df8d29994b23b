"""The language of a page, which its address alone decides: English under /en/, otherwise Danish.

Django's `LocaleMiddleware` is not used: it lets caches store a copy of each page for every `Accept-Language`,
and the language of a request remains active in its thread for whatever is rendered before the next one.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import translation

# The language of the addresses without a prefix.
DANISH = settings.LANGUAGE_CODE
_OTHERS = tuple(code for code, _name in settings.LANGUAGES if code != DANISH)


class LanguageOfAddress:
    """Middleware that activates the language of the address, and names it in `Content-Language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = language_of(request.path_info)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        if response.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Language", language)
        return response


def language_of(path: str) -> str:
    """Return the language of a path's prefix: "en" for "/en" and "/en/randers/", else `DANISH`."""
    first = path.removeprefix("/").partition("/")[0]
    return first if first in _OTHERS else DANISH


def without_language(path: str) -> str:
    """Return the Danish address of the page: "/en/randers/" → "/randers/"."""
    language = language_of(path)
    return path if language == DANISH else path.removeprefix(f"/{language}") or "/"
