"""URLs under /api/. Any other address there is answered with a problem, not a page."""

from django.urls import path, re_path

from minutes.api.page import documentation
from minutes.api.problems import not_found
from minutes.api.v1 import api

urlpatterns = [
    path("v1/", documentation, name="api"),
    path("v1/", api.urls),
    re_path("", not_found),
]
