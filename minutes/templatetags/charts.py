"""Charts: the positions and sizes of their parts. The templates draw them as SVG."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import gettext as _

from minutes.statistics.ballots import BallotYear

register = template.Library()

# Widths are percentages, since a chart is as wide as the page allows; heights are pixels, so that text is
# not scaled. The year is left of a bar, the total right of it. The longest bar leaves space for five digits.
_BARS_START, _LONGEST_BAR, _LABEL_GAP = 15.0, 64.0, 1.5
_ROW_HEIGHT, _BAR_HEIGHT = 28, 18


@register.inclusion_tag("minutes/_ballot_years.html", takes_context=True)
def ballot_years(context: template.Context, years: Sequence[BallotYear]) -> dict[str, Any]:
    """A chart with a bar of results for each year, and a table of the same figures."""
    most = max((year.total for year in years), default=0) or 1
    # Ballots without a known result are rare: they have a column only where there are any.
    unknown = any(year.unknown for year in years)
    legend = [(kind, label) for kind, label, _count in _parts(BallotYear(0)) if unknown or kind != "unknown"]
    return {
        "request": context.get("request"),  # for links with the filters
        "rows": [_row(index, year, _LONGEST_BAR / most) for index, year in enumerate(years)],
        "legend": legend,
        "unknown": unknown,
        "height": len(years) * _ROW_HEIGHT,
        "bar": _BAR_HEIGHT,
    }


def _row(index: int, year: BallotYear, width_of_one: float) -> dict[str, Any]:
    """The row of a year: the parts of its bar, and where the bar and the texts go."""
    parts, at = [], _BARS_START
    for kind, label, count in _parts(year):
        width = width_of_one * count
        if count:
            title = f"{year.year}: {count} {label}"
            parts.append({"kind": kind, "at": f"{at:.2f}%", "width": f"{width:.2f}%", "title": title})
        at += width
    top = index * _ROW_HEIGHT
    return {
        "year": year,
        "parts": parts,
        "top": top + (_ROW_HEIGHT - _BAR_HEIGHT) // 2,
        "baseline": top + _ROW_HEIGHT // 2,
        "end": f"{at + _LABEL_GAP:.2f}%",
    }


def _parts(year: BallotYear) -> list[tuple[str, str, int]]:
    """The parts of a year's bar: CSS class, label, count."""
    return [
        ("agreed", _("vedtaget, ikke omstridt"), year.carried_uncontested),
        ("disputed", _("vedtaget, omstridt"), year.carried_contested),
        ("lost", _("forkastet"), year.lost),
        ("unknown", _("resultatet fremgår ikke"), year.unknown),
    ]
