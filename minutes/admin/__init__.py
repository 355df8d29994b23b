"""The staff's pages: upload, review, correct, publish and take down minutes; search every table.

`dashboard` is the front page of `archive.staff`. `own` restricts staff to their municipalities.
`review_queue` lists the drafts that match `queue_filters`; `claims`, `approve_certain`, `planning` and
`preview` are what staff do with drafts. These, `upload`, `review`, `corrections`, `states`, `removal`, `bulk`
and `people` are views of our own; the other modules register the models.
"""

from django.contrib import admin
from procrastinate.contrib.django.models import ProcrastinateJob

from minutes.admin import (
    assignments,
    audit,
    cases,
    decisions,
    error_reports,
    files,
    gazetteer,
    meetings,
    name_redactions,
    originals,
    places,
    reviewing,
    sources,
    unplaced,
    users,
    votes,
)

__all__ = [
    "assignments",
    "audit",
    "cases",
    "decisions",
    "error_reports",
    "files",
    "gazetteer",
    "meetings",
    "name_redactions",
    "originals",
    "places",
    "reviewing",
    "sources",
    "unplaced",
    "users",
    "votes",
]

# Jobs of the queue have no municipality. `manage.py procrastinate shell` shows them to operators.
admin.site.unregister(ProcrastinateJob)
