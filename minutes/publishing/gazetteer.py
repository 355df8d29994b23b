"""Finds which places of a municipality's gazetteer the published text of each item names.

Only what the public sees of an item is searched: its title, decision, sections and the titles of its
attachments.
"""

from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Exists, OuterRef

from minutes.gazetteer import Gazetteer, words_to_look_up
from minutes.models import AgendaItem, GazetteerMention, GazetteerName, GazetteerPlace, Meeting, Municipality
from minutes.models.states import State
from minutes.reader.records import Item as ItemFacts

# Meetings whose items are searched in one transaction.
_CHUNK = 50


def mentions_in(
    municipality: Municipality, items: Sequence[tuple[AgendaItem, ItemFacts]]
) -> list[GazetteerMention]:
    """Return the mentions of places in the public facts of items.

    Two queries, whatever the size of the gazetteer; one where the municipality has none.
    """
    if not GazetteerPlace.objects.filter(municipality=municipality).exists():
        return []
    texts = [(row, _texts_of(item)) for row, item in items]
    words = {word for _row, parts in texts for part in parts for word in words_to_look_up(part)}
    names = GazetteerName.objects.filter(place__municipality=municipality, key__in=words)
    gazetteer = Gazetteer(names.values_list("name", "place"))
    return list(_mentions(gazetteer, texts))


def _texts_of(item: ItemFacts) -> list[str]:
    return [item.title, item.decision or "", *(section.clean for section in item.sections), *item.attachments]


def _texts_of_row(row: AgendaItem) -> list[str]:
    sections = [section.text for section in row.sections.all()]
    return [row.title, row.decision, *sections, *(attachment.title for attachment in row.attachments.all())]


def _mentions(
    gazetteer: Gazetteer, texts: Iterable[tuple[AgendaItem, list[str]]]
) -> Iterator[GazetteerMention]:
    for row, parts in texts:
        places = set().union(*map(gazetteer.places_in, parts))
        for place in sorted(places):
            yield GazetteerMention(item=row, place_id=place)


def find_places(municipality: Municipality) -> int:
    """Search the published items of a municipality for its places; return the number of mentions.

    The meetings of a transaction are locked, so that a redaction or a withdrawal is not missed. Six queries
    for each chunk of meetings.
    """
    gazetteer = Gazetteer(
        GazetteerName.objects.filter(place__municipality=municipality).values_list("name", "place")
    )
    meetings = Meeting.objects.published().filter(committee__municipality=municipality)
    keys = list(meetings.order_by("pk").values_list("pk", flat=True))
    return sum(_find_in(gazetteer, keys[start : start + _CHUNK]) for start in range(0, len(keys), _CHUNK))


def find_all_places() -> None:
    """Search the published items of every municipality with a gazetteer. One query where none has one."""
    places = GazetteerPlace.objects.filter(municipality=OuterRef("pk"))
    for municipality in Municipality.objects.filter(Exists(places)):
        find_places(municipality)


@transaction.atomic
def _find_in(gazetteer: Gazetteer, keys: Sequence[int]) -> int:
    locked = Meeting.objects.filter(pk__in=keys, state=State.PUBLISHED).order_by("pk")
    meetings = list(locked.select_for_update(no_key=True).values_list("pk", flat=True))
    items = AgendaItem.objects.filter(meeting__in=meetings).prefetch_related("sections", "attachments")
    mentions = list(_mentions(gazetteer, ((row, _texts_of_row(row)) for row in items)))
    GazetteerMention.objects.filter(item__meeting__in=meetings).delete()
    GazetteerMention.objects.bulk_create(mentions, batch_size=2000)
    return len(mentions)
