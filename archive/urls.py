"""URL configuration of the site."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path

from minutes.accounts.views import sign_in
from minutes.views.about import security_txt

handler400 = "archive.errors.bad_request"
handler403 = "archive.errors.permission_denied"
handler404 = "archive.errors.page_not_found"
handler500 = "archive.errors.server_error"


def favicon(request: HttpRequest) -> HttpResponse:
    """Redirect to the icon: browsers request this address for responses that cannot link one, as JSON."""
    return redirect(static("favicon.svg"))


urlpatterns = [
    path("favicon.ico", favicon),
    path(".well-known/security.txt", security_txt),
    path("admin/login/", sign_in, name="account_login"),
    path("admin/konto/", include("minutes.accounts.urls")),
    path("admin/", admin.site.urls),
    path("api/", include("minutes.api.urls")),
    path("", include("minutes.file_urls")),
    # Danish without a prefix, other languages under their own.
    *i18n_patterns(path("", include("minutes.urls")), prefix_default_language=False),
]
