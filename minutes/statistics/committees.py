"""The meetings of each committee of a place: how many a year, and where some seem to be missing."""

from collections import defaultdict

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, IntegerField, Max, Min, Q, When
from django.db.models.functions import Cast, ExtractYear

from minutes.models import Meeting
from minutes.models.meetings import meeting_slug
from minutes.statistics.coverage import Coverage, HeldMeeting, assess_coverage, item_number_range
from minutes.statistics.places import Place, in_place

# "41"; not "41a" or "L 3"
_PLAIN_NUMBER = r"^[0-9]{1,4}$"


def coverage_by_committee(place: Place) -> dict[int, Coverage]:
    """The coverage of each committee of `place`, by its id. One query."""
    number = Case(When(items__number__regex=_PLAIN_NUMBER, then=Cast("items__number", IntegerField())))
    in_open, in_closed = Q(items__closed=False), Q(items__closed=True, items__number__regex=_PLAIN_NUMBER)
    rows = (
        Meeting.objects.published()
        .filter(**in_place(place))
        .order_by()
        .values("committees", "date", "sequence")
        .annotate(
            first=Min(number, filter=in_open),
            last=Max(number, filter=in_open),
            closed=ArrayAgg(number, filter=in_closed, default=[]),
        )
    )
    meetings: dict[int, list[HeldMeeting]] = defaultdict(list)
    for row in rows:
        numbers = item_number_range(row["first"], row["last"], row["closed"])
        slug = meeting_slug(row["date"], row["sequence"])
        meetings[row["committees"]].append(HeldMeeting(row["date"], slug, numbers))
    return {committee: assess_coverage(of_committee) for committee, of_committee in meetings.items()}


def meeting_counts_by_year(place: Place) -> dict[int, dict[int, int]]:
    """The number of published meetings of `place`, by committee id and year. One query."""
    rows = (
        Meeting.objects.published()
        .filter(**in_place(place))
        .order_by()
        .annotate(year=ExtractYear("date"))
        .values_list("committees", "year")
        .annotate(count=Count("pk"))
    )
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for committee, year, count in rows:
        counts[committee][year] = count
    return counts
