from django.contrib.admin.apps import AdminConfig


class StaffConfig(AdminConfig):
    """Use the staff site as the default admin site."""

    default_site = "archive.staff.StaffSite"
