"""The families of the API put together."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from minutes.api import ballots, cases, items, meetings, people, places, search
from minutes.api.document import completed
from minutes.api.problems import Fault, Refusal, problem

_DESCRIPTION = """\
What the archive has of Danish council minutes, for programs to read: municipalities, committees, meetings,
agenda items, ballots with their votes, people, cases and the search. Only published minutes are here, as on
the pages.

Every object has its permanent address as `id` and the address of its page as `url`, and tells in `source` or
`sources` which words of the minutes it was read from. Lists are read page by page: follow `links.next` until
it is null.
"""


class _AsPrinted(JSONRenderer):
    """Danish letters as they are, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012  As its base says it.


class Archive(NinjaAPI):
    """With an OpenAPI document that tells of the errors too, and has examples."""

    _document: OpenAPISchema | None = None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Made once: it does not change while the site runs."""
        if self._document is None:
            self._document = completed(super().get_openapi_schema(**options))
        return self._document


api = Archive(
    title="Referatarkivet",
    version="1",
    description=_DESCRIPTION,
    docs_url=None,
    renderer=_AsPrinted(),
    urls_namespace="api-v1",
    servers=[{"url": "/"}],
)
for family in (places, meetings, items, ballots, people, cases, search):
    api.add_router("", family.router)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(request, refusal.status, refusal.detail, refusal.errors)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """404 where a part of the address cannot be one, 400 where a query parameter is at fault."""
    if any(each["loc"][0] == "path" for each in error.errors):
        return problem(request, 404)
    faults = [
        Fault(parameter=_parameter(each["loc"]), message=each["msg"].removeprefix("Value error, "))
        for each in error.errors
    ]
    return problem(request, 400, f"“{faults[0].parameter}”: {faults[0].message}", faults)


def _parameter(place: tuple[Any, ...]) -> str:
    """The name of the parameter at a place as ("query", "asked", "year", 0)."""
    return next(str(each) for each in reversed(place) if isinstance(each, str))
