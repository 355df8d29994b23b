"""The cases that a meeting's items name by number."""

import re
from collections.abc import Iterable, Sequence
from operator import itemgetter

from minutes.models import Case, Municipality
from minutes.models.danish import slug
from minutes.reader.records import Item

# "00.01.00-P35", "05.01.00": a subject of the municipalities' classification, not a case.
SUBJECT = re.compile(r"\d{2}\.\d{2}\.\d{2}(?:-?[A-ZÆØÅ]\d{2})?")
# "Gensidig orientering", "Punkter til næste møde", "Meddelelser fra formanden": on every agenda, not a case.
_STANDING_TITLE = re.compile(
    r"(?:eventuelt|meddelelser\b.*|(?:gensidig )?orientering(?:er)?|(?:orientering|information)(?:er)? fra .*"
    r"|godkendelse af (?:dagsorden|referat|mødereferat)\w*|punkter til (?:næste|kommende) møder?"
    r"|underskrifter?|underskriftsark|spørgetid|bordet rundt|siden sidst|efterretningsliste)\.?",
    re.IGNORECASE,
)


def case_slug(item: Item) -> str:
    """Return the address of the case that an item names by number, or an empty text."""
    return slug(item.case_number or "")[:120]


def cases_of(municipality: Municipality, agendas: Iterable[Sequence[Item]]) -> dict[str, Case]:
    """Return the cases that the items of meetings name, by slug; create those that are missing.

    A case is as the first meeting prints it. Two queries.
    """
    numbered: dict[str, Item] = {}
    for items in agendas:
        of_meeting = {slug(item.case_number): item for item in items if item.case_number}
        for address, item in sorted(of_meeting.items(), key=itemgetter(0)):
            if address:
                numbered.setdefault(address[:120], item)
    # Sorted, to avoid deadlocks.
    Case.objects.bulk_create(
        [
            Case(
                municipality=municipality,
                slug=address,
                number=(item.case_number or "")[:100],
                standing=is_standing(item),
            )
            for address, item in sorted(numbered.items(), key=itemgetter(0))
        ],
        ignore_conflicts=True,
    )
    cases = Case.objects.filter(municipality=municipality, slug__in=numbered)
    return {case.slug: case for case in cases}


def is_standing(item: Item) -> bool:
    """Return True for an item whose case number seems to be of a subject or a standing item.

    Staff can change it on the case.
    """
    if SUBJECT.fullmatch(item.case_number or ""):
        return True
    return not item.closed and is_standing_title(item.title)


def is_standing_title(title: str) -> bool:
    """Return True for a title that is on every agenda, such as "Godkendelse af dagsorden"."""
    return bool(_STANDING_TITLE.fullmatch(title.strip()))
