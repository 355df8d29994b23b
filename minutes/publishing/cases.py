"""The cases that a meeting's items name by number."""

import re
from collections.abc import Sequence
from operator import itemgetter

from minutes.models import Case, Meeting
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


def cases_of(meeting: Meeting, items: Sequence[Item]) -> dict[str, Case]:
    """Return the cases that the items name, by slug; creates those that are missing. Two queries."""
    municipality = meeting.committee.municipality
    numbered = {slug(item.case_number): item for item in items if item.case_number and slug(item.case_number)}
    # Sorted, to avoid deadlocks.
    Case.objects.bulk_create(
        [
            Case(
                municipality=municipality,
                slug=case_slug[:120],
                number=(item.case_number or "")[:100],
                standing=is_standing(item),
            )
            for case_slug, item in sorted(numbered.items(), key=itemgetter(0))
        ],
        ignore_conflicts=True,
    )
    cases = Case.objects.filter(
        municipality=municipality, slug__in=[case_slug[:120] for case_slug in numbered]
    )
    by_slug = {case.slug: case for case in cases}
    return {case_slug: by_slug[case_slug[:120]] for case_slug in numbered}


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
