"""The only room that changes what the public sees.

`filing` takes a document in and decides which meeting it tells of (`identity`); `projection` turns the
meeting's current readings into public rows, with the corrections over them (`corrected`) and without what
is covered (`covers`); `states` publishes and withdraws, `corrections` and `merging` correct, `takedowns`
redacts and takes down and keeps the `ledger`; `references` finds what mentions mean; `earlier`
says what is shown of versions that were replaced; `changes` tells who did
it. Each keeps the search table in the same transaction.
"""

from minutes.publishing.corrections import confirm, correct, correct_ballot, drop, move, needs_another
from minutes.publishing.errors import PublishingError
from minutes.publishing.ingest import (
    ImportStatus,
    IngestResult,
    Relation,
    ingest_document,
    ingest_rereading,
)
from minutes.publishing.people import merge, split
from minutes.publishing.previous_versions import previous_versions, public_view, version_diff
from minutes.publishing.projection import project
from minutes.publishing.readings import mask_possible_cpr_numbers, masked_text, storable_facts
from minutes.publishing.redact import dismiss_match, redact_all_numbers, redact_number, redact_passage
from minutes.publishing.references import resolve_names
from minutes.publishing.states import accept, publish, reject, withdraw
from minutes.publishing.takedowns import take_down_item, take_down_meeting

__all__ = [
    "ImportStatus",
    "IngestResult",
    "PublishingError",
    "Relation",
    "accept",
    "confirm",
    "correct",
    "correct_ballot",
    "dismiss_match",
    "drop",
    "ingest_document",
    "ingest_rereading",
    "mask_possible_cpr_numbers",
    "masked_text",
    "merge",
    "move",
    "needs_another",
    "previous_versions",
    "project",
    "public_view",
    "publish",
    "redact_all_numbers",
    "redact_number",
    "redact_passage",
    "reject",
    "resolve_names",
    "split",
    "storable_facts",
    "take_down_item",
    "take_down_meeting",
    "version_diff",
    "withdraw",
]
