"""Items "åbent 1", "åbent 2", …, then "lukket 101"; decisions under "X den 4. januar 2021:"; votes against
without a count. As in Bornholm."""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled
from synthetic.decisions import Course
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.setting import Setting
from synthetic.paragraphs import Paragraph
from synthetic.towns import Committee, Habits, Town
from synthetic.votes import (
    NOBODY,
    Side,
    Sides,
    Vote,
    ballot,
    listed,
    mover,
    named,
    sides_by_party,
    spoken,
)
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt",
    Outcome.NOTED: "Taget til efterretning",
    Outcome.RECOMMENDED: "Anbefales",
    Outcome.REJECTED: "Ikke tiltrådt",
}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = [_main(_RESULTS[course.outcome], course.main)]
    if vote := course.amendment:
        text = f"Ændringsforslaget blev forkastet med {len(vote.no)} stemmer mod {len(vote.yes)}."
        paragraphs = [
            Paragraph(f"{mover(vote)} fremsatte ændringsforslag om, at {vote.motion}."),
            ballot(text, vote, Sides(Side(len(vote.yes)), Side(len(vote.no)))),
            *paragraphs,
        ]
    return paragraphs


def _main(result: str, vote: Vote) -> Paragraph:
    """Counts are told where persons are named, of parties only the letters."""
    sides = sides_by_party(vote)
    if vote.carried and not vote.idle and sides.no.parties:
        against = _letters(sides.no)
        text = f"{result}. {against} {'stemte' if len(spoken(sides.no)) > 1 else 'stemmer'} imod."
        return ballot(text, vote, Sides(NOBODY, sides.no._replace(number=None)))
    text = f"{result} med {len(vote.yes)} stemmer for og {len(vote.no)} stemmer imod"
    text += f", mens {len(vote.idle)} undlod at stemme." if vote.idle else "."
    few, side = (sides.no, "Imod") if vote.carried else (sides.yes, "For")
    text += f" {side} stemte {_letters(few)}."
    idle = Side(len(vote.idle) or None)
    yes, no = Side(len(vote.yes)), Side(len(vote.no))
    return ballot(text, vote, Sides(yes, few, idle) if vote.carried else Sides(few, no, idle))


def _letters(side: Side) -> str:
    """ "Liste Ø og Karen Holm (F)" """
    return listed([*(f"Liste {party}" for party in side.parties), *spoken(side._replace(parties=()))])


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Tiltrådt.", "Indstillingen godkendt."),
        Outcome.NOTED: ("Taget til efterretning.", "Til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales.", "Indstilles godkendt.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes."),
    },
    voted=_voted,
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


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    text = (
        f"{committee.name}\n\nReferat\n\n"
        f"Dato: {spelled(meeting.day)}\n\nMødetidspunkt: {committee.time}\n\nSted: {committee.room}\n\n"
        f"Medlemmer: {named(committee.members)}\n\n"
        + (f"Fraværende: {named(meeting.absent)}\n\n" if meeting.absent else "")
    )
    return Header(text, fields_of(meeting))


def _opening(desk: Desk) -> str:
    item = desk.item
    case = f"{item.case_number}\n\n" if item.case_number else ""
    return f"{'lukket' if item.closed else 'åbent'} {item.number} {item.title}\n\n{case}"


OPEN_AND_CLOSED = Form(
    "open and closed",
    Habits(
        case_number="{glued}-{serial:04}",
        closed_from=101,
        closed_titles=True,
        council="Kommunalbestyrelsen",
    ),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resumé", bodies.resume),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("{department} indstiller,", "at ", as_list=False),
            ),
            Part(SectionKind.PRIOR_DECISION, "{body} den {spelled}:"),
            Part(SectionKind.DECISION, "{body} den {spelled}:"),
            Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi", bodies.economy),
            Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments),
        ),
        setting=Setting(width=90),
    ),
    Encoding("cp1252"),
)
