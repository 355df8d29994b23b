"""The cases that a meeting's items name."""

import re
from collections.abc import Sequence

from minutes.models import Case, Meeting
from minutes.models.danish import slug
from minutes.reader.records import Item

# "00.01.00-P35", "05.01.00": a subject of the municipalities' classification, without a number of its own.
SUBJECT = re.compile(r"\d{2}\.\d{2}\.\d{2}(?:-?[A-ZÆØÅ]\d{2})?")
# "Gensidig orientering", "Punkter til næste møde", "Meddelelser fra formanden": on every agenda, no matter
_STANDING_TITLE = re.compile(
    r"(?:eventuelt|meddelelser\b.*|(?:gensidig )?orientering(?:er)?|(?:orientering|information)(?:er)? fra .*"
    r"|godkendelse af (?:dagsorden|referat|mødereferat)\w*|punkter til (?:næste|kommende) møder?"
    r"|underskrifter?|underskriftsark|spørgetid|bordet rundt|siden sidst|efterretningsliste)\.?",
    re.IGNORECASE,
)


def cases_of(meeting: Meeting, items: Sequence[Item]) -> dict[str, Case]:
    """The cases that the items name, by slug; those the municipality does not have are made. Two queries."""
    municipality = meeting.committee.municipality
    told = {slug(item.case_number): item for item in items if item.case_number and slug(item.case_number)}
    # In one order for every process, so that two cannot wait for each other.
    Case.objects.bulk_create(
        [
            Case(
                municipality=municipality,
                slug=address[:120],
                number=(item.case_number or "")[:100],
                standing=is_standing(item),
            )
            for address, item in sorted(told.items(), key=lambda each: each[0])
        ],
        ignore_conflicts=True,
    )
    held = Case.objects.filter(municipality=municipality, slug__in=[address[:120] for address in told])
    by_slug = {case.slug: case for case in held}
    return {address: by_slug[address[:120]] for address in told}


def is_standing(item: Item) -> bool:
    """Whether a new number seems to name no single matter. Staff can say otherwise, so it is asked once."""
    if SUBJECT.fullmatch(item.case_number or ""):
        return True
    return not item.closed and is_standing_title(item.title)


def is_standing_title(title: str) -> bool:
    """Whether the title is on every agenda, such as "Godkendelse af dagsorden" or "Eventuelt"."""
    return bool(_STANDING_TITLE.fullmatch(title.strip()))
