"""The archive's tables. `Meeting.objects.published()` and its like are the only road of public pages."""

from minutes.models.cases import Case, CaseNumber, Reference
from minutes.models.entries import SearchEntry
from minutes.models.meetings import AgendaItem, Attachment, Meeting, Section
from minutes.models.places import Committee, CommitteeAlias, Municipality
from minutes.models.sources import ImportRun, Reading, Source
from minutes.models.votes import Attendance, Ballot, Party, Person, Statement, Vote

__all__ = [
    "AgendaItem",
    "Attachment",
    "Attendance",
    "Ballot",
    "Case",
    "CaseNumber",
    "Committee",
    "CommitteeAlias",
    "ImportRun",
    "Meeting",
    "Municipality",
    "Party",
    "Person",
    "Reading",
    "Reference",
    "SearchEntry",
    "Section",
    "Source",
    "Statement",
    "Vote",
]
