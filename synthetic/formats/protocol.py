"""Format of a "BESLUTNINGSPROTOKOL" with items "Nr. 20  BR 366/07.", as in København.

Votes read "vedtaget med 34 stemmer imod 15. For stemte: A, B og Ø."; the larger number comes first, even if
the motion is lost.
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import MeetingKind, Outcome, SectionKind
from synthetic.dates import long_date, weekday
from synthetic.deliberation import Deliberation
from synthetic.encodings import Encoding
from synthetic.formats import sections
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.formats.typography import Typography
from synthetic.meetings import Meeting
from synthetic.municipalities import Committee, Conventions, Member, Municipality
from synthetic.paragraphs import Paragraph
from synthetic.votes import (
    EMPTY_SIDE,
    Side,
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    member_count,
    member_names,
    mover_label,
    name_with_party,
    party_sort_key,
)
from synthetic.wording import Wording

_EXTRAORDINARY_SHARE = 0.08
_MEETINGS = {MeetingKind.ORDINARY: "Ordinært", MeetingKind.EXTRAORDINARY: "Ekstraordinært"}
_CONTESTED = {
    Outcome.APPROVED: (
        "Indstillingen blev vedtaget",
        "Indstillingen blev tiltrådt",
        "Indstillingen blev godkendt",
    ),
    Outcome.NOTED: ("Orienteringen blev taget til efterretning",),
    Outcome.RECOMMENDED: ("Indstillingen blev anbefalet",),
    Outcome.REJECTED: ("Indstillingen blev forkastet",),
}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = [_vote_sentence(random.choice(_CONTESTED[deliberation.outcome]), deliberation.main)]
    if vote := deliberation.amendment:
        motion = f"Et af {mover_label(vote)} stillet ændringsforslag om, at {vote.motion}, blev forkastet"
        paragraphs.insert(0, _vote_sentence(motion, vote))
    return paragraphs


def _vote_sentence(result: str, vote: Vote) -> Paragraph:
    larger, smaller = sorted((len(vote.yes), len(vote.no)), reverse=True)
    text = f"{result} med {larger} stemmer imod {smaller}."
    if vote.abstained:
        text += f" {member_count(len(vote.abstained))} undlod at stemme."
    yes, yes_words = _side(vote, vote.yes)
    no, no_words = _side(vote, vote.no)
    text += f" For stemte: {join_words(yes_words)}. Imod stemte: {join_words(no_words)}."
    abstained = EMPTY_SIDE
    if vote.abstained:
        abstained, abstained_words = _side(vote, vote.abstained)
        text += f" Undlod at stemme: {join_words(abstained_words)}."
    return ballot_paragraph(text, vote, Sides(yes, no, abstained))


def _side(vote: Vote, members: Sequence[Member]) -> tuple[Side, list[str]]:
    """Return one side of a vote and the words that print it.

    A single dissenter of a party of three or more is printed as an exception; all members of other divided
    parties are named.
    """
    voters = (*vote.yes, *vote.no, *vote.abstained)
    words: list[str] = []
    parties: list[str] = []
    named_members: list[Member] = []
    for party in sorted({member.party for member in members}, key=party_sort_key):
        agreeing = [member for member in members if member.party == party]
        dissenting = [member for member in voters if member.party == party and member not in agreeing]
        words.append(_party_words(party, agreeing, dissenting))
        if not dissenting or (len(dissenting) == 1 and len(agreeing) > 1):
            parties.append(party)
        else:
            named_members += agreeing
    return Side(len(members), tuple(parties), tuple(named_members)), words


def _party_words(party: str, agreeing: Sequence[Member], dissenting: Sequence[Member]) -> str:
    if not dissenting:
        return party
    if len(dissenting) == 1 and len(agreeing) > 1:
        return f"{party} med undtagelse af 1 medlem ({dissenting[0].name})"
    if len(agreeing) == 1 and len(dissenting) > 1:
        return f"1 medlem af {party} ({agreeing[0].name})"
    return f"{party} ({', '.join(member_names(agreeing))})"


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Indstillingen blev godkendt uden afstemning.", "Indstillingen blev tiltrådt."),
        Outcome.NOTED: ("Orienteringen blev taget til efterretning.",),
        Outcome.RECOMMENDED: ("Indstillingen blev anbefalet uden afstemning.",),
        Outcome.DISCUSSED: ("Sagen blev drøftet.",),
        Outcome.POSTPONED: ("Sagen blev udsat.", "Sagen blev udsat til næste møde."),
    },
    write_votes=_write_votes,
    reservations=("{name} ({party}) tog forbehold.", "{party} tog forbehold."),
    referral="{name} ({party}) begærede sagen indbragt for Byrådet.",
    remarks=(
        "{party} afgav følgende protokolbemærkning: |{Remark}.",
        "{name} ({party}) afgav følgende protokolbemærkning: |{Remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    kind = (
        MeetingKind.EXTRAORDINARY
        if municipality.random.random() < _EXTRAORDINARY_SHARE
        else MeetingKind.ORDINARY
    )
    absent = join_words([name_with_party(member) for member in meeting.absent]) if meeting.absent else ""
    text = (
        f"{committee.name}\n\nBESLUTNINGSPROTOKOL\n\n"
        f"fra {_MEETINGS[kind]} møde {weekday(day).lower()} den {long_date(day)}\n\n"
        f"Mødet begyndte kl. {committee.time.replace(':', '.')}\n\n"
        f"Mødested: {committee.place}\n\n" + (f"{absent} havde meldt forfald.\n\n" if absent else "")
    )
    return Header(text, header_fields(meeting, lists_present=False) | {"kind": kind})


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    return f"Nr. {item.number}  {item.case_number}.\n\n{item.title}{' (LUKKET)' if item.closed else ''}\n\n"


PROTOCOL = MinutesFormat(
    "protocol",
    Conventions(
        case_number="BR {long_serial}/{yy}",
        number_all_cases=True,
        print_closed_titles=True,
        number_through_year=True,
    ),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "RESUMÉ", sections.resume),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "INDSTILLING",
                sections.recommendation("{department} indstiller til {committee},", "{n}. at "),
            ),
            SectionSpec(SectionKind.PRESENTATION, "SAGSFREMSTILLING", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "ØKONOMI", sections.economy),
            SectionSpec(SectionKind.PRIOR_DECISION, "{committee}s beslutning i mødet den {long_date}"),
            SectionSpec(SectionKind.DECISION, "{committee}s beslutning i mødet den {long_date}"),
            SectionSpec(SectionKind.ATTACHMENTS, "BILAG", sections.attachments),
        ),
        typography=Typography(line_width=76, bullet="• "),
    ),
    Encoding("cp1252", crlf=True),
)
