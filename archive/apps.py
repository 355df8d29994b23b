from django.contrib.admin.apps import AdminConfig


class StaffConfig(AdminConfig):
    """Use the staff site as the default admin site."""

    default_site = "archive.staff.StaffSite"

    def ready(self) -> None:
        super().ready()
        from archive import checks  # noqa: F401, PLC0415 — registers the checks
