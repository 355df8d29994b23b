"""The facts that the reader finds in a document: frozen records, each with its place in the text.

Every `start`/`end` pair is a half-open range of characters of `Document.text`. Records turn into the
JSON of the reader's contract with `as_facts` and back with `from_facts`.
"""

from typing import Any

import msgspec

from minutes.vocabulary import (
    BallotKind,
    BallotResult,
    CountsFrom,
    DocumentKind,
    Grade,
    MeetingKind,
    Outcome,
    ResultFrom,
    SectionKind,
    VoteChoice,
    VoteKnown,
)


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A fact; its fields are its JSON keys, in this order."""


class SourceInfo(Record, frozen=True, kw_only=True):
    """The origin of the text: the file's name, the SHA-256 and number of its bytes, their encoding.

    `format` is "text", or what the text was converted from: "pdf". `notes` say in Danish what was left out.
    """

    name: str
    sha256: str
    bytes: int
    encoding: str  # empty where the format says it
    repaired: bool  # mojibake was undone
    format: str = "text"
    notes: tuple[str, ...] = ()


class MunicipalityFound(Record, frozen=True, kw_only=True):
    code: str
    name: str
    evidence: str


class Participant(Record, frozen=True, kw_only=True):
    name: str
    party: str | None = None


class Absence(Record, frozen=True, kw_only=True):
    """Somebody absent from the meeting, from an item, or recused from it (inhabil)."""

    name: str
    party: str | None = None
    reason: str | None = None


class Guest(Record, frozen=True, kw_only=True):
    name: str
    role: str | None = None


class Substitute(Record, frozen=True, kw_only=True):
    """A substitute who attended the meeting. `absentee` ("for" in JSON) is the member replaced."""

    name: str
    party: str | None = None
    absentee: str | None = msgspec.field(default=None, name="for")


class Movement(Record, frozen=True, kw_only=True):
    """A member who arrived late or left early, at what time or at which item."""

    name: str
    time: str | None = None  # HH:MM
    item: str | None = None  # its number as printed


class Section(Record, frozen=True, kw_only=True):
    """A passage under one heading; `heading` is null for text before the first.

    `text` is verbatim, `clean` is for reading: hyphens, page breaks and page furniture undone,
    paragraphs apart by an empty line, a table's cells by tabs, bullets as "- ".
    """

    heading: str | None
    kind: SectionKind
    text: str
    clean: str
    start: int
    end: int


class MemberVote(Record, frozen=True, kw_only=True):
    """The vote of one member in a ballot, with the party printed at that vote; null where none is."""

    name: str
    party: str | None = None
    choice: VoteChoice
    known: VoteKnown = VoteKnown.PRINTED


class Ballot(Record, frozen=True, kw_only=True, rename={"in_favour": "for"}):
    """A vote. A count is null unless it is printed or can be counted from names.

    The result is null, as is `result_from`, when it is neither printed nor certain from the counts. `votes`
    has everyone whose vote is known; the `…_names` and the counts have printed votes only. In facts of a
    reader before version 6 `votes` is empty.
    """

    kind: BallotKind = BallotKind.MOTION
    subject: str  # main, amendment, part N
    in_favour: int | None = None
    against: int | None = None
    abstained: int | None = None
    for_names: tuple[str, ...] = ()
    against_names: tuple[str, ...] = ()
    abstained_names: tuple[str, ...] = ()
    for_parties: dict[str, int | None] = {}
    against_parties: dict[str, int | None] = {}
    abstained_parties: dict[str, int | None] = {}
    votes: tuple[MemberVote, ...] = ()
    result: BallotResult | None
    counts_from: CountsFrom = CountsFrom.PRINTED
    result_from: ResultFrom | None = ResultFrom.PRINTED
    evidence: str
    start: int
    end: int


class Election(Record, frozen=True, kw_only=True):
    """An election to an office.

    `votes` maps candidates or lists to their votes, null where none is printed.
    """

    office: str | None = None
    elected: tuple[str, ...] = ()
    votes: dict[str, int | None] = {}
    start: int = 0
    end: int = 0


class Statement(Record, frozen=True, kw_only=True):
    """Words entered into the minutes for somebody."""

    who: tuple[str, ...]
    text: str
    start: int
    end: int


class PriorDecision(Record, frozen=True, kw_only=True):
    """A decision of another committee, or of this one on another day, quoted inside the item."""

    committee: str | None = None
    date: str | None = None  # YYYY-MM-DD
    item: str | None = None
    text: str
    start: int
    end: int


class Reference(Record, frozen=True, kw_only=True):
    """A mention of another meeting's item."""

    committee: str | None = None
    date: str | None = None  # YYYY-MM-DD
    item: str | None = None
    evidence: str
    start: int
    end: int


class CaseFlowStep(Record, frozen=True, kw_only=True):
    committee: str
    date: str | None = None  # YYYY-MM-DD


class Item(Record, frozen=True, kw_only=True):
    """One item of the agenda, with what was decided. `number` is null when none is printed.

    All of it, its heading too, is in text[start:end]; 0 and 0 in facts of a reader before version 4.
    """

    number: str | None
    title: str
    case_number: str | None = None
    closed: bool = False
    case_officer: str | None = None  # a name or initials
    sections: tuple[Section, ...] = ()
    decision: str | None = None
    outcome: Outcome = Outcome.NONE
    attachments: tuple[str, ...] = ()
    ballots: tuple[Ballot, ...] = ()
    elections: tuple[Election, ...] = ()
    reservations: tuple[str, ...] = ()
    referred_to_council_by: tuple[str, ...] = ()
    statements: tuple[Statement, ...] = ()
    absent: tuple[Absence, ...] = ()
    left_or_recused: tuple[Absence, ...] = ()
    others_attending: tuple[Guest, ...] = ()
    prior_decisions: tuple[PriorDecision, ...] = ()
    references: tuple[Reference, ...] = ()
    case_flow: tuple[CaseFlowStep, ...] = ()
    start: int = 0
    end: int = 0


class Warning(Record, frozen=True, kw_only=True):
    """Something that was not understood, and where.

    `notices.PARAMS` lists the codes and the parameters of each. The wording is not the reader's.
    """

    code: str
    params: dict[str, str] = {}
    start: int
    end: int


class Doubt(Record, frozen=True, kw_only=True):
    """A reason why a person must look at the document before it is public, and where in the text."""

    code: str
    params: dict[str, str] = {}
    start: int
    end: int


class Document(Record, frozen=True, kw_only=True):
    """Everything read from one document. `text` is unmasked."""

    text: str
    source: SourceInfo
    municipality: MunicipalityFound | None = None
    committee: str | None = None
    committee_as_printed: str | None = None
    committees: tuple[str, ...] = ()  # of a joint meeting, the first equal to `committee`
    term: str | None = None
    kind: MeetingKind = MeetingKind.ORDINARY
    document: DocumentKind = DocumentKind.MINUTES
    cancelled: bool = False  # the document says that the meeting was cancelled
    date: str | None = None  # YYYY-MM-DD
    start_time: str | None = None  # HH:MM
    location: str | None = None
    participants: tuple[Participant, ...] = ()
    absent: tuple[Absence, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    arrivals: tuple[Movement, ...] = ()
    departures: tuple[Movement, ...] = ()
    items: tuple[Item, ...] = ()
    warnings: tuple[Warning, ...] = ()
    grade: Grade = Grade.CERTAIN
    doubts: tuple[Doubt, ...] = ()


def as_facts(document: Document) -> dict[str, Any]:
    """The document as the JSON object of the contract: dicts, lists, strings, numbers."""
    facts: dict[str, Any] = msgspec.to_builtins(document)
    return facts


def from_facts(facts: dict[str, Any]) -> Document:
    """Return the document of `facts`, the inverse of `as_facts`.

    Also takes facts of readers before version 5, whose warnings had a Danish message instead of parameters.
    Raises `msgspec.ValidationError` when `facts` has another shape.
    """
    warnings = [_with_params(warning) for warning in facts.get("warnings", ())]
    return msgspec.convert({**facts, "warnings": warnings}, Document)


def _with_params(warning: dict[str, Any]) -> dict[str, Any]:
    """Move the message of an old warning into its parameters."""
    if "message" not in warning:
        return warning
    rest = {key: value for key, value in warning.items() if key != "message"}
    return {**rest, "params": {"message": warning["message"]}}
