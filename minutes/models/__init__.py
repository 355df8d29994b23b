"""The archive's tables. Public pages read them only through `published()` of their QuerySets."""

from minutes.models.alerts import AlertRequest, Digest, Subscriber, Subscription
from minutes.models.audit import Change
from minutes.models.cases import Case, CaseNumber, Reference
from minutes.models.editing import Correction, ErasedOriginal, FalseHit, Redaction, Takedown
from minutes.models.entries import SearchEntry, SearchWord
from minutes.models.error_reports import ErrorReport
from minutes.models.files import EnclosedFile, PublicFile
from minutes.models.gazetteer import GazetteerMention, GazetteerName, GazetteerPlace
from minutes.models.meetings import AgendaItem, Attachment, FormerAddress, Meeting, MeetingCommittee, Section
from minutes.models.name_redactions import NamePlace, NameRedaction
from minutes.models.people import Attendance, Party, Person, PersonAlias, PersonSplit, Statement
from minutes.models.places import Committee, CommitteeAlias, Municipality
from minutes.models.queue import QueuedFile
from minutes.models.reviewing import Claim, PlannedPublication, PreviewLink
from minutes.models.rights import Assignment
from minutes.models.sign_in import SignInAttempt
from minutes.models.sources import ImportRun, PublicText, Reading, Source, UnplacedDocument
from minutes.models.votes import Ballot, DeducedVote, Election, KnownVote, Vote

__all__ = [
    "AgendaItem",
    "AlertRequest",
    "Assignment",
    "Attachment",
    "Attendance",
    "Ballot",
    "Case",
    "CaseNumber",
    "Change",
    "Claim",
    "Committee",
    "CommitteeAlias",
    "Correction",
    "DeducedVote",
    "Digest",
    "Election",
    "EnclosedFile",
    "ErasedOriginal",
    "ErrorReport",
    "FalseHit",
    "FormerAddress",
    "GazetteerMention",
    "GazetteerName",
    "GazetteerPlace",
    "ImportRun",
    "KnownVote",
    "Meeting",
    "MeetingCommittee",
    "Municipality",
    "NamePlace",
    "NameRedaction",
    "Party",
    "Person",
    "PersonAlias",
    "PersonSplit",
    "PlannedPublication",
    "PreviewLink",
    "PublicFile",
    "PublicText",
    "QueuedFile",
    "Reading",
    "Redaction",
    "Reference",
    "SearchEntry",
    "SearchWord",
    "Section",
    "SignInAttempt",
    "Source",
    "Statement",
    "Subscriber",
    "Subscription",
    "Takedown",
    "UnplacedDocument",
    "Vote",
]
