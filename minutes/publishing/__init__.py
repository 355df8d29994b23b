"""Imports documents and changes what the public sees; no other package does.

- `ingest` stores documents: `place` and `identity` find their meetings, `doubts` says why a person must look
  at one, `activation` decides whether a version becomes current. A document whose place is not known is
  stored by `unplaced`.
- `projection` writes a meeting's public rows from its current readings: with its corrections (`agendas`),
  without what is hidden (`public_content`), paired with the rows it had (`pairing`).
- `states` publishes, withdraws, accepts and rejects, `planning` publishes at a planned time, `preview`
  shows a meeting as if it were published; `corrections`, `attendance`, `marking`, `repairs` and `people`
  correct; `discard` removes what should not have been imported.
- `enclosed_files` stores the files that came along, `public_files` decides which are public, and
  `file_decisions` records what staff decide about one.
- `redact`, `redact_names` and `takedowns` remove content for good, `originals` the files that were imported,
  and record it in the `ledger`.
- `references` resolves mentions of other meetings; `previous_versions` compares published versions.

Each change updates the search index in the same transaction, and most are recorded in the `audit_log`.
"""

from minutes.publishing.attendance import correct_attendance
from minutes.publishing.corrections import (
    confirm,
    correct,
    correct_ballot,
    correct_meeting_fact,
    drop,
    move,
    needs_second_reviewer,
)
from minutes.publishing.discard import change_relation, discard
from minutes.publishing.enclosed_files import (
    Enclosure,
    delete_bytes_on_commit,
    hashes_of,
    store_enclosures,
)
from minutes.publishing.errors import PublishingError
from minutes.publishing.file_decisions import dismiss_file_match, release_file, withhold_file
from minutes.publishing.ingest import (
    ImportStatus,
    IncomingDocument,
    IngestResult,
    Relation,
    ingest_document,
    ingest_documents,
    ingest_rereading,
)
from minutes.publishing.marking import mark_decision
from minutes.publishing.originals import (
    erase_original,
    has_masked_text,
    meetings_with_copies,
    note_of,
    notes_of,
    read_stored_text,
)
from minutes.publishing.people import (
    NamesakeMinutes,
    meetings_of,
    merge,
    preview_merge,
    preview_split,
    split,
    split_namesake,
)
from minutes.publishing.place import Place, place_of, places_of
from minutes.publishing.planning import cancel_plan, plan_now, plan_publication, publish_due
from minutes.publishing.preview import (
    as_if_published,
    create_preview_link,
    find_preview_link,
    preview_token,
    withdraw_preview_link,
)
from minutes.publishing.previous_versions import previous_versions, public_view, version_diff
from minutes.publishing.projection import project
from minutes.publishing.readings import mask_possible_cpr_numbers, masked_text, storable_facts
from minutes.publishing.redact import dismiss_match, redact_all_numbers, redact_number, redact_passage
from minutes.publishing.redact_names import (
    CARRY_OUT_TASK,
    carry_out,
    find_known_names,
    prepare_name,
    redact_known_name,
    select_places,
    undo_name,
)
from minutes.publishing.references import resolve_names
from minutes.publishing.repairs import add_item, add_item_of_text, join_item, reorder, split_item
from minutes.publishing.states import accept, publish, reject, withdraw
from minutes.publishing.takedowns import take_down_item, take_down_meeting
from minutes.publishing.unplaced import discard_unplaced, keep_unplaced

__all__ = [
    "CARRY_OUT_TASK",
    "Enclosure",
    "ImportStatus",
    "IncomingDocument",
    "IngestResult",
    "NamesakeMinutes",
    "Place",
    "PublishingError",
    "Relation",
    "accept",
    "add_item",
    "add_item_of_text",
    "as_if_published",
    "cancel_plan",
    "carry_out",
    "change_relation",
    "confirm",
    "correct",
    "correct_attendance",
    "correct_ballot",
    "correct_meeting_fact",
    "create_preview_link",
    "delete_bytes_on_commit",
    "discard",
    "discard_unplaced",
    "dismiss_file_match",
    "dismiss_match",
    "drop",
    "erase_original",
    "find_known_names",
    "find_preview_link",
    "has_masked_text",
    "hashes_of",
    "ingest_document",
    "ingest_documents",
    "ingest_rereading",
    "join_item",
    "keep_unplaced",
    "mark_decision",
    "mask_possible_cpr_numbers",
    "masked_text",
    "meetings_of",
    "meetings_with_copies",
    "merge",
    "move",
    "needs_second_reviewer",
    "note_of",
    "notes_of",
    "place_of",
    "places_of",
    "plan_now",
    "plan_publication",
    "prepare_name",
    "preview_merge",
    "preview_split",
    "preview_token",
    "previous_versions",
    "project",
    "public_view",
    "publish",
    "publish_due",
    "read_stored_text",
    "redact_all_numbers",
    "redact_known_name",
    "redact_number",
    "redact_passage",
    "reject",
    "release_file",
    "reorder",
    "resolve_names",
    "select_places",
    "split",
    "split_item",
    "split_namesake",
    "storable_facts",
    "store_enclosures",
    "take_down_item",
    "take_down_meeting",
    "undo_name",
    "version_diff",
    "withdraw",
    "withdraw_preview_link",
    "withhold_file",
]
