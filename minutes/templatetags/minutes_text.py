"""Texts of minutes on a page: masks, quotation marks, outcomes and corrected values."""

import re
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from minutes.models import AgendaItem
from minutes.models.meetings import OUTCOMES
from minutes.models.votes import BALLOT_RESULTS
from minutes.privacy import replace_masks
from minutes.vocabulary import Outcome

register = template.Library()

_OUTCOME_LABELS = dict(OUTCOMES)

# "det er for dyrt", ”det er for dyrt”, »det er for dyrt«
_QUOTATION = re.compile(r"[\"“”»„](?P<quoted>[^\"“”«»„]*)[\"“”«]")


@register.filter
def shown(text: str | None) -> str:
    """Replace masks in `text` with notes like "[CPR-nummer fjernet]". The template escapes the result."""
    return replace_masks(text or "")


@register.filter
def unquoted(text: str) -> str:
    """Remove quotation marks around the whole `text`, where the page sets its own."""
    match = _QUOTATION.fullmatch(text)
    return match["quoted"] if match else text


@register.filter
def is_quoted(text: str) -> bool:
    """True for a statement in quotation marks, word for word; others are indirect speech."""
    return bool(_QUOTATION.fullmatch(text))


@register.simple_tag
def outcome(item: AgendaItem) -> SafeString:
    """A badge with the item's outcome, or nothing without one."""
    if item.outcome == Outcome.NONE:
        return mark_safe("")
    label = _OUTCOME_LABELS[item.outcome]
    return format_html('<span class="outcome outcome-{}">{}</span>', item.outcome, label)


@register.filter
def correction_value(value: Any) -> str:
    """The value of a correction on one line: a text, an outcome, a ballot, or a date and committee."""
    if value is None:
        return _("intet")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if isinstance(value, list):
        return shown(", ".join(value))
    if isinstance(value, dict):
        return shown(_facts_line(value))
    return shown(str(_OUTCOME_LABELS.get(value, value)))


def _facts_line(facts: dict[str, Any]) -> str:
    """Return the facts of a correction that has more than one: of a marked passage its text."""
    if "text" in facts:
        return str(facts["text"])
    if "words" in facts:
        # A part or an addition has a name; an item that was joined to another only its words.
        return " ".join(filter(None, [facts.get("number"), facts.get("title")])) or str(
            facts["words"]["words"]
        )
    if "status" in facts:
        return _person_line(facts)
    if "date" in facts:
        return f"{facts['committee']}, {facts['date']}"
    return _ballot_line(facts)


def _person_line(person: dict[str, Any]) -> str:
    """Name, party and attendance of a person: "Ane Lund (A): fraværende (ferie), gik kl. 18:00"."""
    statuses = {"present": _("til stede"), "absent": _("fraværende"), "substitute": _("stedfortræder")}
    status = statuses[person["status"]]
    if note := person["reason"] or person["for"]:
        status += f" ({note})"
    at, at_item = _("kl."), _("ved punkt")
    moves = [
        f"{label} {at} {person[name]}" if person[name] else f"{label} {at_item} {item}"
        for name, label in (("arrived", _("kom")), ("left", _("gik")))
        if person[name] or (item := person[f"{name}_item"])
    ]
    party = f" ({person['party']})" if person["party"] else ""
    return f"{person['name']}{party}: {', '.join([status, *moves])}"


def _ballot_line(ballot: dict[str, Any]) -> str:
    """Counts, names and result: "for 5, imod 2 (Ane Lund, Bo Dam) – vedtaget"."""
    sides = []
    for label, side in ((_("for"), "for"), (_("imod"), "against"), (_("undlod"), "abstained")):
        count, names = ballot[side], ", ".join(ballot[f"{side}_names"])
        if count is not None or names:
            sides.append(f"{label} {'?' if count is None else count}{f' ({names})' if names else ''}")
    line = ", ".join(sides) or _("uden tal")
    if ballot["result"] is None:
        return line
    return f"{line} – {str(dict(BALLOT_RESULTS)[ballot['result']]).lower()}"
