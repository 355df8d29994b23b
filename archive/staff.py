"""The staff's site: the admin, with a dashboard as its front page and a way in for new minutes.

It stands outside `minutes.admin`, which registers its tables with it while that is imported; so what it
takes from there it imports when it is asked.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _


class StaffSite(admin.AdminSite):
    site_header = _("Referatarkivet")
    site_title = _("Referatarkivet")
    index_title = _("Overblik")
    index_template = "admin/dashboard.html"

    def get_urls(self) -> "list[URLResolver | URLPattern]":
        from minutes.admin.upload import upload, uploaded

        own: list[URLResolver | URLPattern] = [
            path("nyt/", self.admin_view(upload), name="upload"),
            path("nyt/<int:run_id>/", self.admin_view(uploaded), name="uploaded"),
        ]
        # "View on site" by type and number would tell the address of what is not public.
        return own + [each for each in super().get_urls() if getattr(each, "name", "") != "view_on_site"]

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from minutes.admin.dashboard import dashboard

        return super().index(request, {**dashboard(request.user), **(extra_context or {})})
