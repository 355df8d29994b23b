"""Figures as drawings: where each part of a chart stands. The templates draw them."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from minutes.statistics.ballots import BallotYear

register = template.Library()

# A chart is as wide as its place, so lengths across are hundredths of it; those down are pixels, so that
# words keep their size. Left of the bars stands the year, right of them how many.
_LEFT, _LONGEST = 15.0, 64.0
_ROW, _BAR = 28, 18


@register.inclusion_tag("minutes/_ballot_years.html", takes_context=True)
def ballot_years(context: template.Context, years: Sequence[BallotYear]) -> dict[str, Any]:
    """A bar for each year, in parts: carried and not contested, carried all the same, lost. A table with it.

    The longest bar is 64 of a hundred wide, so that five figures have room.
    """
    most = max((each.total for each in years), default=0) or 1
    rows = []
    for place, each in enumerate(years):
        parts, at = [], _LEFT
        for kind, label, count in _parts(each):
            width = _LONGEST * count / most
            if count:
                told = f"{each.year}: {count} {label}"
                parts.append({"kind": kind, "at": f"{at:.2f}%", "width": f"{width:.2f}%", "told": told})
            at += width
        top = place * _ROW
        rows.append(
            {
                "year": each,
                "parts": parts,
                "top": top + (_ROW - _BAR) // 2,
                "baseline": top + _ROW // 2,
                "end": f"{at + 1.5:.2f}%",
            }
        )
    legend = [(kind, label) for kind, label, _count in _parts(BallotYear(0))]
    return {
        "request": context.get("request"),  # for the links that keep the filters
        "rows": rows,
        "legend": legend,
        "height": len(rows) * _ROW,
        "bar": _BAR,
    }


def _parts(year: BallotYear) -> list[tuple[str, str, int]]:
    """The parts of a year's bar: kind, what it is called, how many."""
    return [
        ("agreed", _("vedtaget, ikke omstridt"), year.carried_uncontested),
        ("disputed", _("vedtaget, omstridt"), year.carried_contested),
        ("lost", _("forkastet"), year.lost),
    ]
