"""Forms of sign-in whose attempts are limited."""

from typing import Any

from allauth.account.adapter import get_adapter as get_account_adapter
from allauth.account.forms import ChangePasswordForm, EmailField, LoginForm
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from minutes.accounts.forgotten_password import request_links
from minutes.accounts.limits import TooManyAttempts, reserve, spend
from minutes.accounts.passwords import SignInRefused, too_many


class _LimitedCode(forms.Form):
    """Counts attempts at the code of a user, as at a password."""

    user: Any

    def clean_code(self) -> str:
        try:
            attempt = reserve("code", str(self.user.pk), "")
        except TooManyAttempts as error:
            raise SignInRefused(too_many(error.seconds), error.seconds) from error
        code: str = super().clean_code()  # type: ignore[misc]
        if not spend("code", str(self.user.pk), code):
            raise get_adapter().validation_error("incorrect_code")
        attempt.succeeded()
        return code


class SignInForm(LoginForm):
    """The login form, with the focus in the first field, as in Django's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autofocus": True}


class ForgottenPasswordForm(forms.Form):
    """The address to which a link is mailed, if it is that of a user."""

    email = EmailField(required=True)

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email: str = self.cleaned_data["email"]
        request_links(request, email)
        return email


class PasswordChangeForm(ChangePasswordForm):
    """Counts attempts at the present password, as those to sign in."""

    def clean_oldpassword(self) -> str:
        password: str = self.cleaned_data.get("oldpassword", "")
        adapter = get_account_adapter()
        if not adapter.reauthenticate(self.user, password):
            raise adapter.validation_error("enter_current_password")
        return password


class PasskeyForm(AddWebAuthnForm):
    """The form that adds a passkey, with a Danish label for its name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Navn")


class CodeForm(_LimitedCode, AuthenticateForm):
    pass


class ReauthenticationForm(_LimitedCode, ReauthenticateForm):
    pass
