"""The API, assembled from its families."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from minutes.api import ballots, cases, items, meetings, people, places, search, votes
from minutes.api.document import complete
from minutes.api.problems import ApiError, Fault, problem

_DESCRIPTION = """\
Danish council minutes as JSON: municipalities, committees, meetings, agenda items, ballots with their votes,
people, cases and the search. As on the pages, only published minutes are included.

Every object has its permanent address as `id` and the address of its page as `url`; `source` or `sources` is
the passage of the minutes that it was read from. A vote has the address of its `ballot` instead of an `id`.
Lists are paginated: follow `links.next` until it is null.
"""


class _AsPrinted(JSONRenderer):
    """Writes Danish letters unescaped."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012  As in the base class.


class ArchiveApi(NinjaAPI):
    """An API whose OpenAPI document includes the errors and examples."""

    _document: OpenAPISchema | None = None

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """Return the document, which is built once per process."""
        if self._document is None:
            self._document = complete(super().get_openapi_schema(**options))
        return self._document


api = ArchiveApi(
    title="Referatarkivet",
    version="1",
    description=_DESCRIPTION,
    docs_url=None,
    renderer=_AsPrinted(),
    urls_namespace="api-v1",
    servers=[{"url": "/"}],
)
for family in (places, meetings, items, ballots, votes, people, cases, search):
    api.add_router("", family.router)


@api.exception_handler(ApiError)
def _refused(request: HttpRequest, refusal: ApiError) -> HttpResponse:
    return problem(request, refusal.status, refusal.detail, refusal.errors)


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, 404)


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Answer 404 for an invalid part of the address, 400 for an invalid query parameter."""
    if any(fault["loc"][0] == "path" for fault in error.errors):
        return problem(request, 404)
    faults = [
        Fault(parameter=_parameter(fault["loc"]), message=fault["msg"].removeprefix("Value error, "))
        for fault in error.errors
    ]
    return problem(request, 400, f"“{faults[0].parameter}”: {faults[0].message}", faults)


def _parameter(location: tuple[Any, ...]) -> str:
    """Return the name of the parameter at a location such as ("query", "filters", "year", 0)."""
    return next(part for part in reversed(location) if isinstance(part, str))
