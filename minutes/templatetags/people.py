"""Names of people with their pages, and shares like "41 af 45 (91 %)"."""

from django import template
from django.utils.translation import gettext as _

from minutes.models import Person, Statement
from minutes.models.danish import slug
from minutes.models.votes import VOTE_CHOICES
from minutes.statistics.outcomes import MIN_FOR_PERCENT

register = template.Library()


@register.simple_tag
def share(part: int, whole: int) -> str:
    """Format a share: "3 af 5", "41 af 45 (91 %)". 0 % and 100 % only for none and all."""
    text = _("%(part)s af %(whole)s") % {"part": part, "whole": whole}
    if whole < MIN_FOR_PERCENT:
        return text
    percent = round(100 * part / whole)
    if 0 < part < whole:
        percent = min(max(percent, 1), 99)
    share = _("%(percent)s %%") % {"percent": percent}
    return f"{text} ({share})"


@register.filter
def choice_label(choice: str) -> str:
    """The Danish label of a vote's choice: "against" → "Imod"."""
    return str(dict(VOTE_CHOICES)[choice])


@register.filter
def names(statement: Statement) -> list[tuple[str, Person | None]]:
    """The names of a statement as printed, each with its person or None. Needs `people` loaded."""
    printed = statement.who.split(", ")
    people = list(statement.people.all())
    if len(printed) == len(people) == 1:
        return [(printed[0], people[0])]
    # With several names, one that is spelled differently from the person's page gets no link.
    by_slug = {person.slug: person for person in people}
    return [(name, by_slug.get(slug(name)[:200])) for name in printed]
