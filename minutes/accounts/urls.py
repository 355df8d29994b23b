"""Pages where staff sign in and manage their own sign-in, under /admin/konto/. Names are django-allauth's."""

from allauth.account import views
from django.urls import include, path, re_path

from minutes.accounts.single_sign_on import confirm_at_provider
from minutes.accounts.views import ForgottenPassword

urlpatterns = [
    path("log-ud/", views.logout, name="account_logout"),
    path("lukket/", views.account_inactive, name="account_inactive"),
    path("bekraeft/", views.reauthenticate, name="account_reauthenticate"),
    path("bekraeft/sso/", confirm_at_provider, name="account_confirm_at_provider"),
    path("adgangskode/", views.password_change, name="account_change_password"),
    path("adgangskode/foerste/", views.password_set, name="account_set_password"),
    path("glemt/", ForgottenPassword.as_view(), name="account_reset_password"),
    path("glemt/sendt/", views.password_reset_done, name="account_reset_password_done"),
    path("ny/faerdig/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^ny/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("totrin/", include("allauth.mfa.urls")),
    path("sessioner/", include("allauth.usersessions.urls")),
    path("sso/", include("allauth.socialaccount.urls")),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
