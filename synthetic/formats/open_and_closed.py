"""Format with items "åbent 1", "åbent 2", … and then "lukket 101", as in Bornholm.

Decisions have the heading "Teknikudvalget den 4. januar 2021:"; votes against are often reported without a
count.
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date
from synthetic.deliberation import Deliberation
from synthetic.encodings import Encoding
from synthetic.formats import sections
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.formats.typography import Typography
from synthetic.meetings import Meeting
from synthetic.municipalities import Committee, Conventions, Municipality
from synthetic.paragraphs import Paragraph
from synthetic.votes import (
    EMPTY_SIDE,
    Side,
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    mover_label,
    names_with_parties,
    side_labels,
    sides_by_party,
    size_only,
)
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt",
    Outcome.NOTED: "Taget til efterretning",
    Outcome.RECOMMENDED: "Anbefales",
    Outcome.REJECTED: "Ikke tiltrådt",
}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = [_main_vote(_RESULTS[deliberation.outcome], deliberation.main)]
    if vote := deliberation.amendment:
        text = f"Ændringsforslaget blev forkastet med {len(vote.no)} stemmer mod {len(vote.yes)}."
        paragraphs = [
            Paragraph(f"{mover_label(vote)} fremsatte ændringsforslag om, at {vote.motion}."),
            ballot_paragraph(text, vote, Sides(size_only(vote.yes), size_only(vote.no))),
            *paragraphs,
        ]
    return paragraphs


def _main_vote(result: str, vote: Vote) -> Paragraph:
    """Report the vote: with counts if members are named, otherwise only the opposing parties."""
    sides = sides_by_party(vote)
    if vote.carried and not vote.abstained and sides.no.parties:
        against = _list_letters(sides.no)
        text = f"{result}. {against} {'stemte' if len(side_labels(sides.no)) > 1 else 'stemmer'} imod."
        return ballot_paragraph(text, vote, Sides(EMPTY_SIDE, sides.no._replace(size=None)))
    text = f"{result} med {len(vote.yes)} stemmer for og {len(vote.no)} stemmer imod"
    text += f", mens {len(vote.abstained)} undlod at stemme." if vote.abstained else "."
    minority, side_name = (sides.no, "Imod") if vote.carried else (sides.yes, "For")
    text += f" {side_name} stemte {_list_letters(minority)}."
    abstained = size_only(vote.abstained)
    yes, no = size_only(vote.yes), size_only(vote.no)
    return ballot_paragraph(
        text, vote, Sides(yes, minority, abstained) if vote.carried else Sides(minority, no, abstained)
    )


def _list_letters(side: Side) -> str:
    """Format a side as "Liste Ø og Karen Holm (F)"."""
    return join_words(
        [*(f"Liste {party}" for party in side.parties), *side_labels(side._replace(parties=()))]
    )


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Tiltrådt.", "Indstillingen godkendt."),
        Outcome.NOTED: ("Taget til efterretning.", "Til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales.", "Indstilles godkendt.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes."),
    },
    write_votes=_write_votes,
    reservations=("{name} ({party}) tog forbehold.", "Liste {party} tog forbehold."),
    referral="{name} ({party}) begærede sagen indbragt for kommunalbestyrelsen.",
    remarks=(
        "{name} ({party}) bemærkede, |at {remark}.",
        "{name} ({party}) ønskede følgende ført til beslutningsprotokollen: |{Remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i behandlingen af sagen.", "inhabil"),
        ("{name} ({party}) deltog ikke i behandlingen af sagen.", None),
    ),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    text = (
        f"{committee.name}\n\nReferat\n\n"
        f"Dato: {long_date(meeting.day)}\n\nMødetidspunkt: {committee.time}\n\nSted: {committee.place}\n\n"
        f"Medlemmer: {names_with_parties(committee.members)}\n\n"
        + (f"Fraværende: {names_with_parties(meeting.absent)}\n\n" if meeting.absent else "")
    )
    return Header(text, header_fields(meeting))


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    case = f"{item.case_number}\n\n" if item.case_number else ""
    return f"{'lukket' if item.closed else 'åbent'} {item.number} {item.title}\n\n{case}"


OPEN_AND_CLOSED = MinutesFormat(
    "open and closed",
    Conventions(
        case_number="{kle_compact}-{serial:04}",
        first_closed_number=101,
        print_closed_titles=True,
        council="Kommunalbestyrelsen",
    ),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resumé", sections.resume),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation("{department} indstiller,", "at ", as_list=False),
            ),
            SectionSpec(SectionKind.PRIOR_DECISION, "{committee} den {long_date}:"),
            SectionSpec(SectionKind.DECISION, "{committee} den {long_date}:"),
            SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.attachments),
        ),
        typography=Typography(line_width=90),
    ),
    Encoding("cp1252"),
)
