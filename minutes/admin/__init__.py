"""The staff's pages: every table, to search and filter. Rows that come from a reading are read-only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from minutes.admin import cases, meetings, places, sources, votes

__all__ = ["cases", "meetings", "places", "sources", "votes"]

admin.site.site_header = _("Referatarkivet")
admin.site.site_title = _("Referatarkivet")
admin.site.index_title = _("Arkivets tabeller")
