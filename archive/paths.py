"""Tells the pages of the staff from public ones."""

from django.http import HttpRequest


def is_staff_page(request: HttpRequest) -> bool:
    """Return True for the pages of the staff, whose limits, caching and sessions differ from public ones."""
    return request.path_info.startswith("/admin/")
