"""The months of the header in English, "Pkt. 42" twice, decisions under "X, 03-04-2019, pkt. 42"; "Vedtaget
med 15 stemmer mod 12. Imod stemte V". As in Roskilde."""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import in_english, weekday
from synthetic.decisions import Course
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.paragraphs import Paragraph
from synthetic.towns import Committee, Habits, Town
from synthetic.votes import (
    Side,
    Sides,
    Vote,
    ballot,
    listed,
    mover,
    named,
    sides_by_party,
    spoken,
    voters,
)
from synthetic.wording import Wording

_VOTED = {
    Outcome.APPROVED: ("Vedtaget", "Godkendt"),
    Outcome.NOTED: ("Taget til efterretning",),
    Outcome.RECOMMENDED: ("Anbefales godkendt", "Anbefales"),
    Outcome.REJECTED: ("Indstillingen blev forkastet",),
}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = [_told(random.choice(_VOTED[course.outcome]), course.main)]
    if vote := course.amendment:
        motion = f"Et ændringsforslag fra {mover(vote)} om, at {vote.motion}, blev forkastet"
        paragraphs.insert(0, _told(motion, vote))
    return paragraphs


def _told(words: str, vote: Vote) -> Paragraph:
    """The larger number comes first; who stood alone is told."""
    sides = sides_by_party(vote)
    more, fewer = sorted((len(vote.yes), len(vote.no)), reverse=True)
    text = f"{words} med {more} stemmer mod {fewer}."
    if vote.idle:
        text += f" {voters(len(vote.idle))} undlod at stemme."
    idle = Side(len(vote.idle) or None)
    if vote.carried:
        text += f" Imod stemte {listed(spoken(sides.no))}."
        return ballot(text, vote, Sides(Side(len(vote.yes)), sides.no, idle))
    text += f" For stemte {listed(spoken(sides.yes))}."
    return ballot(text, vote, Sides(sides.yes, Side(len(vote.no)), idle))


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Indstillingen godkendt.", "Vedtaget."),
        Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales godkendt.", "Anbefales."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen blev udsat."),
    },
    voted=_voted,
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


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    absent = f"Fraværende: {named(meeting.absent)}\n\n" if meeting.absent else ""
    text = (
        f"{committee.name}\n\nReferat\n\n"
        f"{weekday(day)}, {in_english(day)} - {committee.time}\n\n"
        f"Sted: {committee.room}\n\n"
        f"Deltagere: {named(meeting.present)}\n\n{absent}"
    )
    return Header(text, fields_of(meeting))


def _opening(desk: Desk) -> str:
    item = desk.item
    title = f"Pkt. {item.number} {item.title}{' (LUKKET)' if item.closed else ''}"
    return f"{title}\n\n{title}\n\nSagsnr. {item.case_number}\n\n"


ENGLISH_DATES = Form(
    "English dates",
    Habits(
        case_number="{yy}{long:04}",
        all_cases_numbered=True,
        closed_titles=True,
        through_the_year=True,
    ),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resume", bodies.resume),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("Forvaltningen indstiller,", "{n}. at ", "\n\n"),
            ),
            Part(SectionKind.DECISION, "{body}, {figures}, pkt. {number}"),
            Part(SectionKind.PRIOR_DECISION, "{body}, {figures}, pkt. {number}"),
            Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi", bodies.economy),
            Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments),
        ),
    ),
)
