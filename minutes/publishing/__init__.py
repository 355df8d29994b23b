"""The only room that changes what the public sees.

`filing` takes a document in and decides which meeting it tells of; `projection` turns the meeting's
current readings into public rows; `states` publishes and withdraws. Each keeps the search table in the
same transaction.
"""

from minutes.publishing.filing import Filed, Status, file_document, file_rereading
from minutes.publishing.projection import project
from minutes.publishing.refusals import Refusal
from minutes.publishing.states import publish, withdraw

__all__ = [
    "Filed",
    "Refusal",
    "Status",
    "file_document",
    "file_rereading",
    "project",
    "publish",
    "withdraw",
]
