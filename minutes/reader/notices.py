"""The codes of warnings and doubts, which are permanent, and the parameters of each.

`minutes.warning_messages` words them in Danish for staff.
"""

from minutes.reader.records import Doubt, Warning

# An item is named by its number, or by its title where no number is printed.
_ITEM = ("number", "title")
PARAMS: dict[str, tuple[str, ...]] = {
    # Warnings: something was not understood. Of these, no_committee, no_date and no_items are doubts too.
    "no_committee": (),
    "no_date": (),
    "no_items": (),
    "contents_differ": ("contents", "items"),
    "unreadable": (),
    "empty_item": _ITEM,
    "no_decision": _ITEM,
    "cut_off": (),
    # Doubts: a person must look before the document is public.
    "closed_sign_in_open_item": _ITEM,
    "closed_sign_unplaced": (),
    "municipality_conflict": ("first", "other"),
    "result_against_counts": _ITEM,
    "unknown_form": (),
    "weekday_conflict": ("date",),
    "date_conflict": ("first", "other"),
    "committee_conflict": ("first", "other"),
    "time_conflict": ("first", "other"),
    "people_uncertain": ("first", "other"),
    "people_unread": ("names",),
    "people_odd": ("names",),
    "namesakes": ("names",),
    "viewer_text": (),
    "lines_lost": (),
    "item_without_number": _ITEM,
    "decision_mixed": _ITEM,
    "draft": (),
    "recognised_text": (),
    "numbers_missing": ("numbers",),
    "number_above_items": ("missing",),
    "item_long": _ITEM,
    "no_decisions": (),
    "items_without_headings": (),
    "two_decisions": _ITEM,
    "decision_missing": _ITEM,
    "names_against_counts": _ITEM,
    "name_on_two_sides": _ITEM,
    "more_votes_than_members": _ITEM,
    "vote_unread": _ITEM,
    "voters_unread": _ITEM,
    "label_unread": ("label",),
    "people_left_out": ("names",),
    "present_and_absent": ("names",),
    "committee_odd": ("committee",),
    "place_odd": ("place",),
    "substitute_unread": (),
    "items_uncertain": (),
    "listed_unread": ("numbers",),
    "cancelled_uncertain": (),
    "cancelled_in_item": _ITEM,
    "outcome_unclear": _ITEM,
    "title_odd": _ITEM,
    "case_unread": _ITEM,
    "absence_unread": _ITEM,
    "referral_unread": _ITEM,
    "recusal_unread": _ITEM,
    "title_inside_item": _ITEM,
    "open_sign_in_closed_item": _ITEM,
    "text_before_items": (),
    "text_after_end": (),
}


def warning(code: str, start: int, end: int, **params: str | int | None) -> Warning:
    return Warning(code=code, params=_checked(code, params), start=start, end=end)


def doubt(code: str, start: int, end: int, **params: str | int | None) -> Doubt:
    return Doubt(code=code, params=_checked(code, params), start=start, end=end)


def _checked(code: str, params: dict[str, str | int | None]) -> dict[str, str]:
    """Return `params` as strings, "" for None, without an item's title where it has a number."""
    if tuple(params) != PARAMS[code]:
        raise TypeError(f"{code} takes {PARAMS[code]}, not {tuple(params)}")
    if params.get("number") is not None:
        params = {**params, "title": ""}
    return {name: "" if value is None else str(value) for name, value in params.items()}
