"""What the site answers when it cannot do what is asked: a page, or a problem where a program asks."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader
from psycopg_pool import PoolTimeout

from minutes.api.problems import is_of_the_api, problem

logger = logging.getLogger(__name__)

MAX_QUERY_STRING = 8_000

Answer = Callable[[HttpRequest], HttpResponse]


class RejectMalformedRequests:
    """Answers 400 to NUL bytes and to overlong query strings, before anything looks at them."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > MAX_QUERY_STRING or "%00" in query or "\0" in query or "\0" in request.path_info:
            return bad_request(request)
        return self.answer(request)


class AnswerDatabaseErrors:
    """Answers 503 when the database cannot be reached or a question takes too long."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, OperationalError | InterfaceError | PoolTimeout):
            return None
        logger.error(
            "The database did not answer %s: %s", request.path, type(exception.__cause__ or exception)
        )
        response = _answer(request, 503)
        response["Retry-After"] = "10"
        return response


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    """The page templates/<status>.html, which needs neither the database nor a session."""
    if is_of_the_api(request):
        return problem(request, status)
    return HttpResponse(loader.render_to_string(f"{status}.html"), status=status)
