"""The staff site: Django's admin with a dashboard as its index and a page for uploads.

`minutes.admin` registers its models with this site while it is imported, so its views are imported late.
"""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.translation import gettext_lazy as _


class StaffSite(admin.AdminSite):
    site_header = _("Referatarkivet")
    site_title = _("Referatarkivet")
    index_title = _("Overblik")
    index_template = "admin/dashboard.html"

    def get_urls(self) -> "list[URLResolver | URLPattern]":
        from minutes.admin.alerts import alerts  # noqa: PLC0415
        from minutes.admin.approve_certain import approve_certain  # noqa: PLC0415
        from minutes.admin.batch import progress, uploaded  # noqa: PLC0415
        from minutes.admin.invitations import invite_staff  # noqa: PLC0415
        from minutes.admin.name_redactions import name_redaction, redact_name  # noqa: PLC0415
        from minutes.admin.review_queue import review_queue  # noqa: PLC0415
        from minutes.admin.service import service  # noqa: PLC0415
        from minutes.admin.upload import add, start, upload  # noqa: PLC0415

        own: list[URLResolver | URLPattern] = [
            path("fjern-navn/", self.admin_view(redact_name), name="redact_name"),
            path("fjern-navn/<int:redaction_id>/", self.admin_view(name_redaction), name="name_redaction"),
            path("inviter/", self.admin_view(invite_staff), name="invite"),
            path("drift/", self.admin_view(service), name="service"),
            path("kladder/", self.admin_view(review_queue), name="review_queue"),
            path("kladder/sikre/", self.admin_view(approve_certain), name="approve_certain"),
            path("mails/", self.admin_view(alerts), name="alerts"),
            path("nyt/", self.admin_view(upload), name="upload"),
            path("nyt/start/", self.admin_view(start), name="upload_start"),
            path("nyt/<int:run_id>/", self.admin_view(uploaded), name="uploaded"),
            path("nyt/<int:run_id>/filer/", self.admin_view(add), name="upload_files"),
            path("nyt/<int:run_id>/status/", self.admin_view(progress), name="upload_progress"),
        ]
        # The redirect by content type and id would reveal the address of rows that are not public.
        return own + [route for route in super().get_urls() if getattr(route, "name", "") != "view_on_site"]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from minutes.accounts.views import sign_in  # noqa: PLC0415

        return sign_in(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        from minutes.admin.dashboard import dashboard  # noqa: PLC0415

        return super().index(request, {**dashboard(request.user), **(extra_context or {})})
