"""The error that explains to a person why nothing was done."""

from django.utils.translation import gettext as _

from minutes.privacy import find_cpr_numbers


class PublishingError(Exception):
    """Nothing was changed. `str()` says in one line of Danish what is wrong and what to do."""


def refuse_cpr_numbers(*texts: str) -> None:
    """Raise `PublishingError` when a text that is stored as it is contains a possible CPR number."""
    if any(any(find_cpr_numbers(text)) for text in texts):
        raise PublishingError(_("Der står et muligt CPR-nummer i det, du skrev. Skriv det uden."))


def require_reason(reason: str) -> None:
    """Raise `PublishingError` when the reason is empty or contains a possible CPR number."""
    if not reason.strip():
        raise PublishingError(_("Skriv en begrundelse."))
    refuse_cpr_numbers(reason)
