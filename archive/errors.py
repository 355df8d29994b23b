"""Error responses: an HTML page, or problem+json under /api/."""

import errno
import logging
import sys
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from psycopg_pool import PoolTimeout

from archive.paths import is_staff_page
from minutes.api.problems import is_api_request, problem
from minutes.export.budget import TooManyFilesError

logger = logging.getLogger(__name__)

MAX_QUERY_STRING = 8_000
# Of a request to a public page, which has short forms only. The staff's pages take uploads.
MAX_BODY_BYTES = 64 * 1024
_RETRY_AFTER_SECONDS = "10"

_UNAVAILABLE = (OperationalError, InterfaceError, PoolTimeout, TooManyFilesError)

GetResponse = Callable[[HttpRequest], HttpResponse]


class RejectMalformedRequests:
    """Middleware that answers 400 to NUL bytes and overlong query strings, and 413 to large public requests.

    A body that is too large is not read.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_STRING or "%00" in query or "\0" in query or "\0" in request.path_info:
            return bad_request(request)
        if _content_length(request) > MAX_BODY_BYTES and not is_staff_page(request):
            return _error_response(request, 413)
        return self.get_response(request)


def _content_length(request: HttpRequest) -> int:
    """Return the announced length of the body in bytes, 0 if there is none."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class AnswerDatabaseErrors:
    """Middleware that answers 503 when the database cannot be reached or a statement times out.

    Also when too many files are being sent.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, _UNAVAILABLE):
            return None
        logger.error(
            "The database did not answer %s: %s", request.path, type(exception.__cause__ or exception)
        )
        return service_unavailable(request)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_response(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_response(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _error_response(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Respond to the exception that is being handled: 507 if the disk is full, else 500."""
    error = sys.exc_info()[1]
    is_full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
    return _error_response(request, 507 if is_full else 500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    response = _error_response(request, 503)
    response["Retry-After"] = _RETRY_AFTER_SECONDS
    return response


def _error_response(request: HttpRequest, status: int) -> HttpResponse:
    """The template `<status>.html`, which needs neither the database nor a session; a problem for the API."""
    if is_api_request(request):
        return problem(request, status)
    return HttpResponse(loader.render_to_string(f"{status}.html"), status=status)
