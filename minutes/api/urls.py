"""The addresses under /api/. Whatever else is asked for is a problem, never a page."""

from django.urls import path, re_path

from minutes.api.page import documentation
from minutes.api.problems import nothing_here
from minutes.api.v1 import api

urlpatterns = [
    path("v1/", documentation, name="api"),
    path("v1/", api.urls),
    re_path("", nothing_here),
]
