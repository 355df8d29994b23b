"""Kinds of doubts, by which staff filter the drafts that wait for a review."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# Kind → its label and the codes of its doubts.
DOUBT_KINDS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "lukket": (
        gettext_lazy("Lukkede punkter"),
        (
            *("closed_sign_in_open_item", "closed_sign_unplaced", "open_sign_in_closed_item"),
            "closed_by_staff",
        ),
    ),
    "punkter": (
        gettext_lazy("Punkter og titler"),
        (
            *("no_items", "contents_differ", "empty_item", "item_without_number", "items_without_headings"),
            *("numbers_missing", "number_above_items", "item_long", "items_uncertain", "listed_unread"),
            *("title_odd", "title_inside_item", "case_unread", "text_before_items", "text_after_end"),
        ),
    ),
    "beslutninger": (
        gettext_lazy("Beslutninger"),
        (
            *("no_decision", "no_decisions", "decision_missing", "decision_mixed", "two_decisions"),
            *("outcome_unclear", "referral_unread"),
        ),
    ),
    "afstemninger": (
        gettext_lazy("Afstemninger"),
        (
            *("result_against_counts", "names_against_counts", "name_on_two_sides"),
            *("more_votes_than_members", "voters_unread", "vote_unread"),
        ),
    ),
    "deltagere": (
        gettext_lazy("Deltagere"),
        (
            *("people_uncertain", "people_unread", "people_odd", "people_left_out", "namesakes"),
            *("present_and_absent", "substitute_unread", "absence_unread", "recusal_unread"),
        ),
    ),
    "hoved": (
        gettext_lazy("Udvalg, dato og sted"),
        (
            *("no_committee", "no_date", "weekday_conflict", "date_conflict", "committee_conflict"),
            *("time_conflict", "committee_odd", "place_odd", "label_unread"),
            *("cancelled_uncertain", "cancelled_in_item"),
        ),
    ),
    "kommune": (gettext_lazy("Kommunen"), ("municipality_conflict", "other_municipality")),
    "samme-dag": (gettext_lazy("Andet møde eller anden udgave"), ("same_day", "fewer_items")),
    "tekst": (
        gettext_lazy("Tekstens form"),
        (
            *("unreadable", "cut_off", "unknown_form", "viewer_text", "lines_lost", "draft"),
            "recognised_text",
        ),
    ),
}
