"""Publishes and withdraws several meetings, after a page that lists them with their doubts."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.admin import helpers
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes import publishing, rights
from minutes.admin.drafts import doubts_of, with_current_readings
from minutes.admin.pages import staff_page
from minutes.models import Meeting
from minutes.models.meetings import MeetingQuerySet
from minutes.models.states import State

logger = logging.getLogger(__name__)

# Meetings on a page that asks: they are changed while the browser waits.
_MOST = 100


@dataclass(frozen=True)
class Candidate:
    """A selected meeting with its doubts and, if it cannot be changed, the reason."""

    meeting: Meeting
    doubts: list[str]
    refusal: str

    @property
    def ticked(self) -> bool:
        return not self.doubts


def publish(request: HttpRequest, meetings: MeetingQuerySet) -> HttpResponse | None:
    """Ask which of the selected meetings to publish, doubtful ones unticked; then publish the ticked ones."""
    if "confirmed" in request.POST:
        apply(request, as_shown(request, meetings), publishing.publish)
        return None
    allowed = _municipalities(request)
    candidates = [
        _candidate(meeting, may_publish=meeting.committee.municipality_id in allowed)
        for meeting in with_current_readings(meetings.with_places().with_item_counts())[: _MOST + 1]
    ]
    return _confirm(request, "publish", _("Offentliggør møder"), candidates)


def withdraw(request: HttpRequest, meetings: MeetingQuerySet) -> HttpResponse | None:
    """Ask which of the selected meetings to withdraw; then withdraw the ticked ones."""
    if "confirmed" in request.POST:
        apply(request, meetings.with_places(), publishing.withdraw)
        return None
    allowed = _municipalities(request)
    candidates = [
        Candidate(meeting, [], _refusal_to_withdraw(meeting, allowed))
        for meeting in meetings.with_places().with_item_counts()[: _MOST + 1]
    ]
    return _confirm(request, "withdraw", _("Træk møder tilbage"), candidates)


def _municipalities(request: HttpRequest) -> set[int]:
    """Return the ids of the municipalities where the user may publish and withdraw. One query."""
    return set(rights.municipalities_with(request.user, "publish").values_list("pk", flat=True))


def _refusal_to_withdraw(meeting: Meeting, allowed: set[int]) -> str:
    if meeting.committee.municipality_id not in allowed:
        return _("Du må ikke trække det tilbage.")
    return "" if meeting.state == State.PUBLISHED else _("Ikke offentliggjort.")


def _candidate(meeting: Any, *, may_publish: bool) -> Candidate:
    refusal = ""
    if not may_publish:
        refusal = _("Du må ikke offentliggøre det.")
    elif meeting.state == State.PUBLISHED:
        refusal = _("Allerede offentliggjort.")
    elif meeting.state == State.TAKEN_DOWN:
        refusal = _("Taget ned.")
    elif any(reading.unresolved_cpr_matches for reading in meeting.current_readings):
        refusal = _("Mulige CPR-numre i teksten.")
    return Candidate(meeting, doubts_of(meeting), refusal)


def _confirm(request: HttpRequest, action: str, title: str, candidates: list[Candidate]) -> HttpResponse:
    meetings = reverse("admin:minutes_meeting_changelist")
    context = staff_page(request, title) | {
        "action": action,
        "address": meetings,
        "back": meetings,
        "candidates": [candidate for candidate in candidates[:_MOST] if not candidate.refusal],
        "refused": [candidate for candidate in candidates[:_MOST] if candidate.refusal],
        "left_out": len(candidates) > _MOST,
        "shown_count": _MOST,
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        "opts": Meeting._meta,
    }
    return render(request, "admin/bulk.html", context)


def as_shown(request: HttpRequest, meetings: MeetingQuerySet) -> list[Meeting]:
    """Return the meetings whose current readings are those of the confirmation page; report the others."""
    shown = set(request.POST.getlist("reading"))
    unchanged: list[Meeting] = []
    meeting: Any
    for meeting in with_current_readings(meetings.with_places()):
        if {str(reading.pk) for reading in meeting.current_readings} <= shown:
            unchanged.append(meeting)
        else:
            messages.error(request, _("%s: der er kommet en ny udgave. Se mødet igennem først.") % meeting)
    return unchanged


def apply(request: HttpRequest, meetings: Iterable[Meeting], act: Callable[..., Any]) -> None:
    """Call `act` for every meeting; report the refused ones and why."""
    changed = 0
    for meeting in meetings:
        if not request.user.has_perm("minutes.publish", meeting):
            messages.error(request, _("%s: du må ikke.") % meeting)
            continue
        try:
            finished = act(meeting, by=request.user)
        except publishing.PublishingError as error:
            messages.error(request, f"{meeting}: {error}")
        except (OperationalError, InterfaceError):
            # The database is away.
            raise
        except Exception as error:
            logger.exception("A meeting could not be changed")
            message = _("%(meeting)s: Det mislykkedes (%(error)s).")
            messages.error(request, message % {"meeting": meeting, "error": type(error).__name__})
        else:
            changed += finished is not False
            if finished is False:
                message = _("%s: du har godkendt; en anden skal også gøre det.") % meeting
                messages.info(request, message)
    if changed:
        if act is publishing.publish:
            text = ngettext("%d møde er offentliggjort.", "%d møder er offentliggjort.", changed)
        else:
            text = ngettext("%d møde er trukket tilbage.", "%d møder er trukket tilbage.", changed)
        messages.success(request, text % changed)
