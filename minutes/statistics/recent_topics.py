"""The topics of the latest meetings."""

from django.db.models import Count

from minutes.models import AgendaItem, Meeting, Municipality
from minutes.models.topics import topic_label

# The latest meetings whose items count, and the topics that are listed.
_MEETINGS, _TOPICS = 100, 12


def recent_topics(municipality: Municipality | None) -> list[tuple[str, str]]:
    """Return the most frequent topics of the latest meetings, by label: key and label. One query.

    Of a municipality, or of all.
    """
    meetings = Meeting.objects.published()
    if municipality:
        meetings = meetings.filter(committee__municipality=municipality)
    latest = meetings.newest_first().values("pk")[:_MEETINGS]
    items = AgendaItem.objects.filter(meeting__in=latest).exclude(topic="").order_by()
    counts = items.values("topic").annotate(count=Count("pk")).order_by("-count", "topic")
    topics = [row["topic"] for row in counts[:_TOPICS]]
    return sorted(((topic, topic_label(topic)) for topic in topics), key=lambda topic: topic[1])
