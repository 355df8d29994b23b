"""Corrects an item by words of its text that a person marked."""

from django.db import transaction
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Correction, Meeting
from minutes.publishing.audit_log import By
from minutes.publishing.corrected import places_of
from minutes.publishing.corrections import correct_value, facts_of, read_value
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import locked
from minutes.publishing.readings import load_document


@transaction.atomic
def mark_decision(
    meeting: Meeting,
    item: AgendaItem,
    words: str,
    *,
    near: int | None = None,
    by: By,
    reason: str = "",
) -> Correction | None:
    """Correct an item's decision to `words` of its text, with the votes and the outcome that they state.

    `near` is the offset at which they were selected. Raises `PublishingError` when the item's text does not
    contain them or, without `near`, contains them several times.
    """
    meeting = locked(meeting)
    item = meeting.items.select_related("reading").get(pk=item.pk)
    facts, text = facts_of(item), load_document(item.reading).text
    start, end = the_place_of(words, text, facts["start"], facts["end"], near=near)
    value = {"text": text[start:end], "start": start, "end": end}
    seen = read_value(item, Correction.Field.DECISION)
    return correct_value(meeting, item.slug, Correction.Field.DECISION, seen, value, by=by, reason=reason)


def the_place_of(words: str, text: str, start: int, end: int, *, near: int | None) -> tuple[int, int]:
    """Return the only place of `words` in text[start:end], or the one nearest to the offset `near`.

    Raises `PublishingError` if there is none, or several and no `near`.
    """
    places = places_of(words, text, start, end)
    if not places:
        raise PublishingError(_("Ordene står ikke i punktets tekst. Kopiér dem fra teksten."))
    if near is None and len(places) > 1:
        raise PublishingError(_("Ordene står flere steder i punktets tekst. Tag flere ord med."))
    return min(places, key=lambda place: abs(place[0] - (near or 0)))
