"""Addresses of meetings and items, parsed and looked up for the pages and the API."""

import re
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404

from minutes.models.editing import Correction, Takedown
from minutes.models.meetings import Meeting, meeting_slug

# "2020-01-14", a second meeting that day "2020-01-14-2"
_SLUG = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})(?:-(?P<sequence>[2-9]|[1-9]\d{1,2}))?", re.ASCII)


def repaired_item(meeting: Meeting, item_slug: str) -> str | None:
    """Return the slug of the item that one without a row is in: joined to it, or split from it no longer.

    At most two queries.
    """
    fields, states = Correction.Field, Correction.State
    joined = Q(field=fields.JOIN, value__from=item_slug, state__in=[states.IN_FORCE, states.QUESTIONED])
    split = Q(field=fields.SPLIT, item_slug=item_slug, state=states.DROPPED)
    correction = meeting.corrections.filter(joined | split).order_by("-id").first()
    if correction is None:
        return None
    slug = correction.item_slug if correction.field == fields.JOIN else correction.value["from"]
    return slug if slug != item_slug and meeting.items.filter(slug=slug).exists() else None


@dataclass(frozen=True)
class Address:
    """A parsed address. Its meeting may be published, moved, taken down or missing."""

    municipality: str
    committee: str
    date: date
    sequence: int

    @classmethod
    def parse(cls, municipality_slug: str, committee_slug: str, meeting_slug: str) -> "Address":
        """Parse the slugs; raise `Http404` if the meeting's is not a date with an optional sequence."""
        match = _SLUG.fullmatch(meeting_slug)
        try:
            day = date.fromisoformat(match["date"]) if match else None
        except ValueError:
            day = None
        if match is None or day is None:
            raise Http404
        return cls(municipality_slug, committee_slug, day, int(match["sequence"] or 1))

    def published(self) -> Meeting | None:
        """Return the published meeting at the address. One query."""
        return Meeting.objects.published().with_places().filter(self._condition()).first()

    def moved_to(self) -> Meeting | None:
        """Return the published meeting that had the address before its date or committee was corrected.

        One query.
        """
        meetings = Meeting.objects.published().with_places()
        return meetings.filter(self._condition("former_addresses__")).first()

    def is_taken_down(self, item_slug: str = "") -> bool:
        """Return True if the meeting, or this item of it, was taken down. One query."""
        key = f"{self.municipality}/{self.committee}/{meeting_slug(self.date, self.sequence)}"
        return Takedown.objects.of([key], []).filter(item_slug__in=["", item_slug]).exists()

    def _condition(self, prefix: str = "") -> Q:
        return Q(
            **{
                f"{prefix}committee__municipality__slug": self.municipality,
                f"{prefix}committee__slug": self.committee,
                f"{prefix}date": self.date,
                f"{prefix}sequence": self.sequence,
            }
        )
