from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MinutesConfig(AppConfig):
    name = "minutes"
    verbose_name = _("Referater")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from minutes.accounts import events  # noqa: PLC0415  Needs the models.

        events.connect()
