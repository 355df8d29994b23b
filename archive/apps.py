from django.contrib.admin.apps import AdminConfig


class StaffConfig(AdminConfig):
    """The admin with the staff's own pages."""

    default_site = "archive.staff.StaffSite"
