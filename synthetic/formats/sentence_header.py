"""Format whose header is a sentence, with soft hyphens, as in Faxe.

Votes read "For forslaget stemte 21, Venstre, Karen Holm (O). Imod forslaget stemte 4, …".
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date, weekday
from synthetic.deliberation import Deliberation
from synthetic.formats import sections
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.formats.typography import Typography
from synthetic.meetings import Meeting
from synthetic.municipalities import Committee, Conventions, Municipality
from synthetic.paragraphs import Paragraph
from synthetic.votes import (
    Side,
    Vote,
    ballot_paragraph,
    names_with_parties,
    party_name,
    side_labels,
    sides_by_party,
)
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Anbefales.",
    Outcome.REJECTED: "Forslaget faldt.",
}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = []
    if vote := deliberation.amendment:
        mover = side_labels(sides_by_party(vote, party_name).yes)[0]
        paragraphs += [
            Paragraph(f"{mover} stillede ændringsforslag om, at {vote.motion}."),
            _vote_sentence("ændringsforslaget", vote, "Ændringsforslaget faldt."),
        ]
    paragraphs.append(_vote_sentence("forslaget", deliberation.main, _RESULTS[deliberation.outcome]))
    return paragraphs


def _vote_sentence(proposal: str, vote: Vote, result: str) -> Paragraph:
    sides = sides_by_party(vote, party_name)
    yes, no = _size_and_labels(sides.yes), _size_and_labels(sides.no)
    text = f"For {proposal} stemte {yes} Imod {proposal} stemte {no}"
    if vote.abstained:
        text += f" Undlod at stemme {_size_and_labels(sides.abstained)}"
    return ballot_paragraph(f"{text} {result}", vote, sides)


def _size_and_labels(side: Side) -> str:
    """Format a side as "21, Venstre, Karen Holm (O)."."""
    return f"{side.size}, {', '.join(side_labels(side))}."


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Vedtaget."),
        Outcome.NOTED: ("Taget til efterretning.", "Orienteringen taget til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes."),
    },
    write_votes=_write_votes,
    reservations=("{name} ({party}) tog forbehold.", "{party_name} tog forbehold."),
    referral="{name} ({party}) begærede sagen indbragt for byrådet.",
    remarks=(
        "{party_name} ønskede følgende ført til protokollen: |{Remark}.",
        "{name} ({party}) bemærkede, |at {remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i behandlingen af punktet.", "inhabil"),
        ("{name} ({party}) deltog ikke i behandlingen af punktet.", None),
    ),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    absent = f"Fraværende: {names_with_parties(meeting.absent)}\n\n" if meeting.absent else ""
    text = (
        f"Referat til mødet i {committee.name} den {long_date(day)} kl. {committee.time} "
        f"i {committee.place}\n\n"
        f"{weekday(day)}, {long_date(day).replace('.', '').replace(f' {day.year}', f', {day.year}')}"
        f" - {committee.time}\n\n"
        f"Medlemmer: {names_with_parties(committee.members)}\n\n{absent}"
    )
    return Header(text, header_fields(meeting))


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    closed = "Lukket punkt: " if item.closed else ""
    case = f"Sagsnr.: {item.case_number}\n\n" if item.case_number else ""
    return f"{item.number}. {closed}{item.title}\n\n{case}"


SENTENCE_HEADER = MinutesFormat(
    "sentence header",
    Conventions(print_closed_titles=True),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resumé", sections.resume),
            SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation("{department} indstiller,", "at ", as_list=False),
            ),
            SectionSpec(SectionKind.PRIOR_DECISION, "Beslutning i {committee} den {numeric_date}"),
            SectionSpec(SectionKind.DECISION, "Beslutning i {committee} den {numeric_date}"),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.attachments),
        ),
        typography=Typography(soft_hyphens=True, bullet="• "),
    ),
)
