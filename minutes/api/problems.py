"""Errors as application/problem+json (RFC 9457)."""

from collections.abc import Sequence
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

MEDIA_TYPE = "application/problem+json"
PREFIX = "/api/"

_DETAILS = {
    400: "The address or its query string has characters that cannot be read, or is too long.",
    404: "There is nothing at this address. /api/v1/ lists what there is; addresses end without a slash.",
    405: "The API only reads: GET, HEAD and OPTIONS are answered.",
    410: "This was taken down, for good.",
    413: "The request is too large: the API reads no body.",
    500: "Something went wrong on the server.",
    503: "The database did not answer in time. Try again in a moment, or ask for less.",
}


class Fault(BaseModel):
    parameter: str = Field(description="Name of the query parameter.", examples=["from"])
    message: str = Field(description="What is wrong with it.", examples=["Not a day, as 2020-01-14."])


class Problem(BaseModel):
    """A problem as in RFC 9457. `type` is always "about:blank": the status is the kind of the problem."""

    type: str = Field("about:blank", examples=["about:blank"])
    title: str = Field(description="The status in words.", examples=["Bad Request"])
    status: int = Field(description="The HTTP status.", examples=[400])
    detail: str = Field(
        description="What was wrong with this request.", examples=["Not a day, as 2020-01-14."]
    )
    instance: str = Field(description="The path that was asked for.", examples=["/api/v1/meetings"])
    errors: list[Fault] = Field(default=[], description="Each query parameter at fault.")


class ApiError(Exception):
    """Raised by an endpoint to respond with a problem."""

    def __init__(self, status: int, detail: str = "", errors: Sequence[Fault] = ()) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.errors = errors


def invalid_parameter(parameter: str, message: str) -> ApiError:
    """Return a 400 for the value of one query parameter."""
    return ApiError(400, message, [Fault(parameter=parameter, message=message)])


def problem(
    request: HttpRequest, status: int, detail: str = "", errors: Sequence[Fault] = ()
) -> HttpResponse:
    body = Problem(
        type="about:blank",
        title=HTTPStatus(status).phrase,
        status=status,
        detail=detail or _DETAILS[status],
        instance=request.path,
        errors=list(errors),
    )
    return HttpResponse(body.model_dump_json(), status=status, content_type=MEDIA_TYPE)


def is_api_request(request: HttpRequest) -> bool:
    """Return True for an address of the API, where errors are JSON instead of HTML."""
    return request.path_info.startswith(PREFIX)


def not_found(request: HttpRequest) -> HttpResponse:
    """Respond to an address under /api/ that no other view handles."""
    return problem(request, 404)
