"""The only room that changes what the public sees.

`filing` takes a document in and decides which meeting it tells of (`identity`); `projection` turns the
meeting's current readings into public rows, with the corrections over them (`corrected`) and without what
is covered (`covers`); `states` publishes and withdraws, `corrections` and `merging` correct, `takedowns`
redacts and takes down and keeps the `ledger`; `references` finds what mentions mean; `earlier`
says what is shown of versions that were replaced; `changes` tells who did
it. Each keeps the search table in the same transaction.
"""

from minutes.publishing.corrections import confirm, correct, correct_ballot, drop, move, needs_another
from minutes.publishing.covers import facts_of, public_text
from minutes.publishing.earlier import changes, earlier_versions, shown_of
from minutes.publishing.filing import Filed, Status, file_document, file_rereading
from minutes.publishing.merging import merge, part
from minutes.publishing.projection import project
from minutes.publishing.references import resolve_names
from minutes.publishing.refusals import Refusal
from minutes.publishing.states import adopt, publish, reject, withdraw
from minutes.publishing.takedowns import (
    judge_false,
    redact_all_numbers,
    redact_number,
    redact_passage,
    take_down_item,
    take_down_meeting,
)

__all__ = [
    "Filed",
    "Refusal",
    "Status",
    "adopt",
    "changes",
    "confirm",
    "correct",
    "correct_ballot",
    "drop",
    "earlier_versions",
    "facts_of",
    "file_document",
    "file_rereading",
    "judge_false",
    "merge",
    "move",
    "needs_another",
    "part",
    "project",
    "public_text",
    "publish",
    "redact_all_numbers",
    "redact_number",
    "redact_passage",
    "reject",
    "resolve_names",
    "shown_of",
    "take_down_item",
    "take_down_meeting",
    "withdraw",
]
