"""Beslutningsprotokol with a label on every line of its header; majorities and minorities: "5 medlemmer (A+V)
anbefaler. 2 medlemmer (F+Ø) tager forbehold." As in Aabenraa, Assens and Stevns."""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled, weekday
from synthetic.decisions import Course
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
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
    voters,
)
from synthetic.wording import Wording

_VERBS = {
    Outcome.APPROVED: ("godkender indstillingen", "godkender indstillingen"),
    Outcome.NOTED: ("tager sagen til efterretning", "tager sagen til efterretning"),
    Outcome.RECOMMENDED: ("anbefaler", "anbefaler indstillingen"),
}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = [_main(random, course.outcome, course.main)]
    if vote := course.amendment:
        yes, no, _ = sides_by_party(vote)
        text = f"{_bloc(yes)} stemmer for. {_bloc(no)} stemmer imod. Ændringsforslaget er faldet."
        paragraphs = [
            Paragraph(f"{mover(vote)} stillede ændringsforslag om, at {vote.motion}."),
            ballot(text, vote, Sides(yes, no)),
            *paragraphs,
        ]
    return paragraphs


def _main(random: Random, outcome: Outcome, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote)
    idle = f" {_bloc(sides.idle)} undlader at stemme." if vote.idle else ""
    if not vote.carried:
        text = f"{_bloc(sides.yes)} stemmer for. {_bloc(sides.no)} stemmer imod.{idle} Ikke tiltrådt."
        return ballot(text, vote, sides)
    short, whole = _VERBS[outcome]
    if outcome is Outcome.RECOMMENDED and not vote.idle and random.random() < 0.5:
        return _with_reservation(short, vote, sides)
    if not vote.idle and sides.yes.parties and sides.no.parties and random.random() < 0.5:
        text = (
            f"Et flertal bestående af {listed(spoken(sides.yes))} {whole}. "
            f"Et mindretal bestående af {listed(spoken(sides.no))} stemmer imod."
        )
        return ballot(text, vote, Sides(*(side._replace(number=None) for side in sides)))
    return ballot(f"{_bloc(sides.yes)} {whole}. {_bloc(sides.no)} stemmer imod.{idle}", vote, sides)


def _with_reservation(verb: str, vote: Vote, sides: Sides) -> Paragraph:
    """A minority's reservation is no vote against."""
    told = ballot(f"{_bloc(sides.yes)} {verb}.", vote, Sides(sides.yes, NOBODY))
    reservation = f"{_bloc(sides.no)} tager forbehold."
    return Paragraph(f"{told.text} {reservation}", "", told.said, (reservation,))


def _bloc(side: Side) -> str:
    """ "5 medlemmer (A+V+Karen Holm (C))" """
    return f"{voters(side.number or 0)} ({'+'.join(spoken(side))})"


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Indstillingen godkendt."),
        Outcome.NOTED: ("Taget til efterretning.",),
        Outcome.RECOMMENDED: ("Anbefales godkendt.", "Indstillingen anbefales."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
    },
    voted=_voted,
    reservations=("{name} ({party}) tager forbehold.", "{party} tager forbehold."),
    referral="{name} ({party}) begærer sagen indbragt for byrådet.",
    remarks=(
        "{party} afgiver følgende protokolbemærkning: |{Remark}.",
        "{name} ({party}) bemærker, |at {remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    absent = f"Afbud: {named(meeting.absent)}\n" if meeting.absent else ""
    text = (
        f"Beslutningsprotokol\n\n{weekday(day)} den {spelled(day)} kl. {committee.time}\n\n"
        f"Mødested: {committee.room}\nUdvalg: {committee.name}\n"
        f"Medlemmer: {named(committee.members)}\n{absent}\n"
    )
    return Header(text, fields_of(meeting))


def _opening(desk: Desk) -> str:
    item = desk.item
    closed = "Lukket punkt - " if item.closed else ""
    return f"{item.number}. {closed}{item.title}\n\nSagsid.: {item.case_number}\n\n"


MAJORITIES = Form(
    "majorities",
    Habits(case_number="{yy}/{long:05}", all_cases_numbered=True, closed_titles=True, through_the_year=True),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resumé", bodies.resume),
            Part(SectionKind.PRIOR_DECISION, "Beslutning i {body} den {spelled}"),
            Part(SectionKind.DECISION, "Beslutning i {body} den {spelled}"),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("{department} indstiller til {body},", "at ", as_list=False),
            ),
            Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi", bodies.economy),
            Part(SectionKind.CASE_FLOW, "Sagsgang", bodies.case_flow("{body} den {day}", with_this=True)),
            Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments),
        ),
    ),
    Encoding("utf-8", crlf=True),
)
