"""Headers by which a shared cache stores public pages for a moment, and browsers ask if they have changed."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_cache_control

from archive.paths import is_staff_page

# Seconds for which a shared cache may answer by itself; so long a takedown can take to reach all visitors.
SHARED_SECONDS = 60


class CachePublicPages:
    """Middleware for pages that are the same for everybody: GET, no cookie, nothing of the staff's.

    A browser asks each time, and gets 304 if the page is as it was (Django's `ConditionalGetMiddleware`). A
    response that has a rule of its own is not changed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.has_header("Cache-Control") or is_staff_page(request):
            return response
        personal = response.cookies or has_vary_header(response, "Cookie")
        if request.method in {"GET", "HEAD"} and response.status_code in {200, 301, 304} and not personal:
            patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
        else:
            patch_cache_control(response, no_store=True)
        return response
