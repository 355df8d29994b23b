"""States of a meeting."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Publication state of a meeting. Only `publishing` changes it."""

    DRAFT = "draft", _("Kladde")
    PUBLISHED = "published", _("Offentliggjort")
    WITHDRAWN = "withdrawn", _("Trukket tilbage")
    TAKEN_DOWN = "taken_down", _("Taget ned")
