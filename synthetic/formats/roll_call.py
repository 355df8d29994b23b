"""Format with every vote by name, as in Fredensborg.

Votes read "For: 20 (Karen Holm (A), …)", "Imod: 6 (…)"; items are "Nr.178 - …"; pages end in mid-sentence
with a form feed.
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import numeric_date
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
from synthetic.topics.general import OBJECTIONS
from synthetic.votes import (
    Vote,
    ballot_paragraph,
    name_with_party,
    names_with_parties,
    sides_by_name,
    sides_by_party,
    with_statement,
)
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Anbefales godkendt.",
    Outcome.REJECTED: "Forkastet.",
}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = []
    if vote := deliberation.amendment:
        movers = sides_by_party(vote).yes.parties
        mover = f"Liste {movers[0]}" if movers else name_with_party(vote.yes[0])
        paragraphs += [
            Paragraph(f"{mover} stillede ændringsforslag om, at {vote.motion}."),
            _roll_call(vote, "Forkastet."),
            Paragraph("Afstemning om indstillingen:"),
        ]
    paragraphs.append(_roll_call(deliberation.main, _RESULTS[deliberation.outcome]))
    against = sides_by_party(deliberation.main).no.parties
    if deliberation.main.carried and len(against) == 1 and random.random() < 0.6:
        # Repeats the party's vote, but is no second ballot.
        reason = f"idet {random.choice(OBJECTIONS)}."
        remark = Paragraph(f"Liste {against[0]} stemte imod, {reason}")
        paragraphs.append(with_statement(remark, against[0], reason))
    return paragraphs


def _roll_call(vote: Vote, result: str) -> Paragraph:
    lines = [
        f"For: {len(vote.yes)} ({names_with_parties(vote.yes)})",
        f"Imod: {len(vote.no)} ({names_with_parties(vote.no)})",
    ]
    if vote.abstained:
        lines.append(f"Undlod: {len(vote.abstained)} ({names_with_parties(vote.abstained)})")
    return ballot_paragraph("\n\n".join((*lines, result)), vote, sides_by_name(vote))


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Vedtaget.", "Indstillingen godkendt."),
        Outcome.NOTED: ("Taget til efterretning.", "Til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales godkendt.", "Anbefales."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsat til næste møde."),
    },
    write_votes=_write_votes,
    reservations=("{name} ({party}) tog forbehold.", "Liste {party} tog forbehold."),
    referral="{name} ({party}) begærede sagen indbragt for byrådet.",
    remarks=(
        "{name} ({party}) bemærkede, |at {remark}.",
        "{name} ({party}) ønskede følgende ført til protokollen: |{Remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i behandlingen af sagen.", "inhabil"),
        ("{name} ({party}) deltog ikke i behandlingen af sagen.", None),
    ),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    text = (
        f"{committee.name}\n\nReferat\n\n{numeric_date(meeting.day)} kl. {committee.time}\n\n"
        f"Sted: {committee.place}\n\n"
        f"Deltagere\n{_one_per_line(meeting.present)}\n"
        + (f"Fraværende med afbud\n{_one_per_line(meeting.absent)}\n" if meeting.absent else "")
    )
    return Header(text, header_fields(meeting))


def _one_per_line(members: Sequence[Member]) -> str:
    return "".join(f"{name_with_party(member)}\n" for member in members)


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    closed = "Lukket punkt - " if item.closed else ""
    return f"Nr.{item.number} - {closed}{item.title}\n\nSagsnr. {item.case_number}\n\n"


ROLL_CALL = MinutesFormat(
    "roll call",
    Conventions(
        case_number="{yy}{long_serial:05}",
        number_all_cases=True,
        print_closed_titles=True,
        number_through_year=True,
    ),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resumé", sections.resume),
            SectionSpec(SectionKind.BACKGROUND, "Baggrund", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation("{department} indstiller,", "{n}. at "),
            ),
            SectionSpec(SectionKind.PRIOR_DECISION, "Beslutning i {committee} den {numeric_date}"),
            SectionSpec(SectionKind.DECISION, "Beslutning"),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.attachments),
        ),
        typography=Typography(line_width=84, hyphenate=True, page_break="\n\n\f{page_header}\n\n"),
        page_header="{committee}, {numeric_date}, side {page}",
    ),
    Encoding("utf-8-sig"),
)
