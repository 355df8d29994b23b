"""Why something is not done, in words for the person who asked for it."""

from django.utils.translation import gettext as _

from minutes.privacy import find_cpr_numbers


class PublishingError(Exception):
    """Nothing was changed; `str` says in Danish, in one line, what is wrong and what to do."""


def refuse_personal_numbers(*texts: str) -> None:
    """Raise `PublishingError` when somebody wrote a possible personal number into what is kept as it is."""
    if any(any(find_cpr_numbers(text)) for text in texts):
        raise PublishingError(_("Der står et muligt CPR-nummer i det, du skrev. Skriv det uden."))
