"""Format with English month names in the header and every title twice, as in Roskilde.

Items are "Pkt. 42", decisions have the heading "Byrådet, 03-04-2019, pkt. 42" and votes read "Vedtaget med 15
stemmer mod 12. Imod stemte V".
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import english_date, weekday
from synthetic.deliberation import Deliberation
from synthetic.formats import sections
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.meetings import Meeting
from synthetic.municipalities import Committee, Conventions, Municipality
from synthetic.paragraphs import Paragraph
from synthetic.votes import (
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    member_count,
    mover_label,
    names_with_parties,
    side_labels,
    sides_by_party,
    size_only,
)
from synthetic.wording import Wording

_CONTESTED = {
    Outcome.APPROVED: ("Vedtaget", "Godkendt"),
    Outcome.NOTED: ("Taget til efterretning",),
    Outcome.RECOMMENDED: ("Anbefales godkendt", "Anbefales"),
    Outcome.REJECTED: ("Indstillingen blev forkastet",),
}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = [_vote_sentence(random.choice(_CONTESTED[deliberation.outcome]), deliberation.main)]
    if vote := deliberation.amendment:
        motion = f"Et ændringsforslag fra {mover_label(vote)} om, at {vote.motion}, blev forkastet"
        paragraphs.insert(0, _vote_sentence(motion, vote))
    return paragraphs


def _vote_sentence(result: str, vote: Vote) -> Paragraph:
    """Report the vote with the larger number first and the losing side by name."""
    sides = sides_by_party(vote)
    larger, smaller = sorted((len(vote.yes), len(vote.no)), reverse=True)
    text = f"{result} med {larger} stemmer mod {smaller}."
    if vote.abstained:
        text += f" {member_count(len(vote.abstained))} undlod at stemme."
    abstained = size_only(vote.abstained)
    if vote.carried:
        text += f" Imod stemte {join_words(side_labels(sides.no))}."
        return ballot_paragraph(text, vote, Sides(size_only(vote.yes), sides.no, abstained))
    text += f" For stemte {join_words(side_labels(sides.yes))}."
    return ballot_paragraph(text, vote, Sides(sides.yes, size_only(vote.no), abstained))


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Indstillingen godkendt.", "Vedtaget."),
        Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales godkendt.", "Anbefales."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen blev udsat."),
    },
    write_votes=_write_votes,
    reservations=("{name} ({party}) tog forbehold.",),
    referral="{name} ({party}) begærede sagen indbragt for byrådet.",
    remarks=(
        "{name} ({party}) ønskede følgende ført til protokol: |{Remark}.",
        "{name} ({party}) bemærkede, |at {remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    absent = f"Fraværende: {names_with_parties(meeting.absent)}\n\n" if meeting.absent else ""
    text = (
        f"{committee.name}\n\nReferat\n\n"
        f"{weekday(day)}, {english_date(day)} - {committee.time}\n\n"
        f"Sted: {committee.place}\n\n"
        f"Deltagere: {names_with_parties(meeting.present)}\n\n{absent}"
    )
    return Header(text, header_fields(meeting))


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    title = f"Pkt. {item.number} {item.title}{' (LUKKET)' if item.closed else ''}"
    return f"{title}\n\n{title}\n\nSagsnr. {item.case_number}\n\n"


ENGLISH_DATES = MinutesFormat(
    "English dates",
    Conventions(
        case_number="{yy}{long_serial:04}",
        number_all_cases=True,
        print_closed_titles=True,
        number_through_year=True,
    ),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resume", sections.resume),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation("Forvaltningen indstiller,", "{n}. at ", "\n\n"),
            ),
            SectionSpec(SectionKind.DECISION, "{committee}, {numeric_date}, pkt. {number}"),
            SectionSpec(SectionKind.PRIOR_DECISION, "{committee}, {numeric_date}, pkt. {number}"),
            SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.attachments),
        ),
    ),
)
