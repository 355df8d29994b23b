"""The words that the reader, the maker and the tables share.

Values are stored in the database and printed in JSON, so they are permanent. Their Danish labels
belong to the models, which show them to people.
"""

from enum import StrEnum


class MeetingKind(StrEnum):
    ORDINARY = "ordinary"
    EXTRAORDINARY = "extraordinary"
    SUPPLEMENTARY = "supplementary"


class DocumentKind(StrEnum):
    MINUTES = "minutes"
    AGENDA = "agenda"


class Grade(StrEnum):
    """The certainty of a reading. A person must look at one that is not certain before it is public."""

    CERTAIN = "certain"
    DOUBTFUL = "doubtful"  # has doubts
    UNREAD = "unread"  # no items


class SectionKind(StrEnum):
    RESUME = "resume"
    RECOMMENDATION = "recommendation"
    DECISION = "decision"
    PRESENTATION = "presentation"
    BACKGROUND = "background"
    ADMINISTRATION_REMARKS = "administration_remarks"
    ECONOMY = "economy"
    ATTACHMENTS = "attachments"
    CASE_FLOW = "case_flow"
    COMMUNICATION = "communication"
    ABSENT = "absent"
    PRIOR_DECISION = "prior_decision"
    CONTACTS = "contacts"
    OTHER = "other"


class Outcome(StrEnum):
    """The outcome of an item by the wording of its own decision."""

    APPROVED = "approved"  # godkendt, tiltrådt
    NOTED = "noted"  # taget til efterretning
    RECOMMENDED = "recommended"  # indstilles godkendt, anbefales: sent on to a higher body
    DISCUSSED = "discussed"  # drøftet
    POSTPONED = "postponed"  # udsat
    REJECTED = "rejected"  # forkastet, ikke tiltrådt
    WITHDRAWN = "withdrawn"  # taget af dagsordenen, without a later meeting
    OTHER = "other"  # a decision in words of its own
    NONE = "none"  # no decision printed


class BallotSubject(StrEnum):
    """The subject of a vote; for a part of a decision "part N", N as printed."""

    MAIN = "main"
    AMENDMENT = "amendment"  # also procedural motions


class BallotKind(StrEnum):
    MOTION = "motion"
    ELECTION = "election"  # between people or lists
    LOT = "lot"  # decided by drawing lots


class BallotResult(StrEnum):
    CARRIED = "carried"
    LOST = "lost"


class CountsFrom(StrEnum):
    PRINTED = "printed"
    COUNTED = "counted"  # counted from the names printed


class ResultFrom(StrEnum):
    PRINTED = "printed"
    COUNTS = "counts"  # inferred from the counts


class VoteChoice(StrEnum):
    FOR = "for"
    AGAINST = "against"
    ABSTAINED = "abstained"


class VoteKnown(StrEnum):
    """The source of a member's vote."""

    PRINTED = "printed"
    DEDUCED = "deduced"  # follows from the counts, the names of the other sides and those present
