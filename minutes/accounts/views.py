"""The login page and the request of a new password, with status 429 for too many attempts."""

from typing import Any

from allauth.account.views import LoginView, PasswordResetView
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from archive.visitors import subscriber_of
from minutes.accounts.limits import TooManyAttempts, reserve
from minutes.accounts.passwords import SignInRefused, too_many


class SignIn(LoginView):
    """The login page. A refused attempt is answered with status 429 and `Retry-After`."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        for error in form.errors.as_data().get("__all__", []):
            if isinstance(error, SignInRefused):
                return _refused(response, error.seconds)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"single_sign_on": settings.OIDC_NAME}


class ForgottenPassword(PasswordResetView):
    """The request of a mail with a link to choose a password: ten in five minutes from an address."""

    def form_valid(self, form: Any) -> HttpResponse:
        address = subscriber_of(self.request)
        try:
            reserve("reset", form.cleaned_data["email"], address)
        except TooManyAttempts as error:
            form.add_error(None, too_many(error.seconds))
            return _refused(self.form_invalid(form), error.seconds)
        answer: HttpResponse = super().form_valid(form)
        return answer


def _refused(response: HttpResponse, seconds: int) -> HttpResponse:
    """Return the page with status 429 and how long to wait."""
    response.status_code = 429
    response["Retry-After"] = str(seconds)
    return response


def sign_in(request: HttpRequest, **kwargs: Any) -> Any:
    """Show the login page. Raises `PermissionDenied` for a user who is signed in and not staff."""
    if request.user.is_authenticated and not request.user.is_staff:
        raise PermissionDenied
    return SignIn.as_view()(request, **kwargs)
