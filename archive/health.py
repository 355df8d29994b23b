"""Whether the site is alive (`/healthz`) and ready to serve (`/readyz`)."""

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

from minutes.management.database import missing_migrations


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the process answers; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration is applied, else 503 with the reason."""
    try:
        missing = missing_migrations()
    except (DatabaseError, PoolTimeout):
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready(f"{missing} migrations are not applied; run manage.py migrate")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _not_ready(reason: str) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=503, content_type="text/plain; charset=utf-8")
