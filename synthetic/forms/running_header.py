"""A header in a running sentence; votes too: "For forslaget stemte 21, Venstre, Karen Holm (O), … Imod
forslaget stemte 4, …"; soft hyphens. As in Faxe."""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled, weekday
from synthetic.decisions import Course
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.setting import Setting
from synthetic.paragraphs import Paragraph
from synthetic.towns import Committee, Habits, Town
from synthetic.votes import Side, Vote, ballot, group, named, sides_by_party, spoken
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Anbefales.",
    Outcome.REJECTED: "Forslaget faldt.",
}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = []
    if vote := course.amendment:
        by = spoken(sides_by_party(vote, group).yes)[0]
        paragraphs += [
            Paragraph(f"{by} stillede ændringsforslag om, at {vote.motion}."),
            _told("ændringsforslaget", vote, "Ændringsforslaget faldt."),
        ]
    paragraphs.append(_told("forslaget", course.main, _RESULTS[course.outcome]))
    return paragraphs


def _told(proposal: str, vote: Vote, result: str) -> Paragraph:
    sides = sides_by_party(vote, group)
    text = f"For {proposal} stemte {_side(sides.yes)} Imod {proposal} stemte {_side(sides.no)}"
    if vote.idle:
        text += f" Undlod at stemme {_side(sides.idle)}"
    return ballot(f"{text} {result}", vote, sides)


def _side(side: Side) -> str:
    """ "21, Venstre, Karen Holm (O)." """
    return f"{side.number}, {', '.join(spoken(side))}."


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Vedtaget."),
        Outcome.NOTED: ("Taget til efterretning.", "Orienteringen taget til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes."),
    },
    voted=_voted,
    reservations=("{name} ({party}) tog forbehold.", "{group} tog forbehold."),
    referral="{name} ({party}) begærede sagen indbragt for byrådet.",
    remarks=(
        "{group} ønskede følgende ført til protokollen: |{Remark}.",
        "{name} ({party}) bemærkede, |at {remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i behandlingen af punktet.", "inhabil"),
        ("{name} ({party}) deltog ikke i behandlingen af punktet.", None),
    ),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    absent = f"Fraværende: {named(meeting.absent)}\n\n" if meeting.absent else ""
    text = (
        f"Referat til mødet i {committee.name} den {spelled(day)} kl. {committee.time} i {committee.room}\n\n"
        f"{weekday(day)}, {spelled(day).replace('.', '').replace(f' {day.year}', f', {day.year}')}"
        f" - {committee.time}\n\n"
        f"Medlemmer: {named(committee.members)}\n\n{absent}"
    )
    return Header(text, fields_of(meeting))


def _opening(desk: Desk) -> str:
    item = desk.item
    closed = "Lukket punkt: " if item.closed else ""
    case = f"Sagsnr.: {item.case_number}\n\n" if item.case_number else ""
    return f"{item.number}. {closed}{item.title}\n\n{case}"


RUNNING_HEADER = Form(
    "running header",
    Habits(closed_titles=True),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resumé", bodies.resume),
            Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi", bodies.economy),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("{department} indstiller,", "at ", as_list=False),
            ),
            Part(SectionKind.PRIOR_DECISION, "Beslutning i {body} den {figures}"),
            Part(SectionKind.DECISION, "Beslutning i {body} den {figures}"),
            Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments),
        ),
        setting=Setting(softens=True, bullet="• "),
    ),
)
