"""People's names, and how many of how many."""

from django import template
from django.utils.translation import gettext as _

from minutes.models import Person, Statement
from minutes.models.danish import slug

register = template.Library()

# Of fewer than these a percentage would promise more than the figures hold.
FEWEST_FOR_PERCENT = 20


@register.simple_tag
def share(part: int, whole: int) -> str:
    """ "3 af 5", "41 af 45 (91 %)". 0 and 100 are told only of none and of all."""
    told = _("%(part)s af %(whole)s") % {"part": part, "whole": whole}
    if whole < FEWEST_FOR_PERCENT:
        return told
    percent = round(100 * part / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    return f"{told} ({percent} %)"


@register.filter
def names(statement: Statement) -> list[tuple[str, Person | None]]:
    """Each name as printed with its person, where that is known. Needs `people` loaded."""
    printed = statement.who.split(", ")
    people = list(statement.people.all())
    if len(printed) == len(people) == 1:
        return [(printed[0], people[0])]
    # Of several, one under another spelling than the page's stays text.
    by_slug = {person.slug: person for person in people}
    return [(name, by_slug.get(slug(name)[:200])) for name in printed]
