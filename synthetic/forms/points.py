"""The form of the seeds' system: "REFERAT X d. DD-MM-YYYY", "Punkt 1: title", votes told in sentences."""

import textwrap
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from minutes.reader.records import Absence, Participant
from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled, weekday
from synthetic.decisions import Course
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.items import Desk
from synthetic.paragraphs import Paragraph
from synthetic.topics import Field
from synthetic.towns import Committee, Habits, Member, Town, term_of
from synthetic.votes import NOBODY, Side, Sides, Vote, ballot, listed, with_party
from synthetic.wording import Wording

_NARROW = 62  # the width at which the list of participants is broken into lines
_UNANIMOUS = {
    Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Tiltrådt.", "Indstillingen blev godkendt.", "Vedtaget."),
    Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
    Outcome.RECOMMENDED: ("Indstilles godkendt.", "Anbefales godkendt.", "Indstilles tiltrådt."),
    Outcome.DISCUSSED: ("Drøftet.", "Sagen blev drøftet."),
    Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
}
_VOTED = {
    Outcome.APPROVED: ("Godkendt", "Tiltrådt", "Indstillingen blev godkendt"),
    Outcome.NOTED: ("Taget til efterretning",),
    Outcome.RECOMMENDED: ("Indstilles godkendt", "Indstilles tiltrådt"),
    Outcome.REJECTED: ("Forslaget blev forkastet", "Indstillingen blev forkastet"),
}
_FIGURES = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = [_main(random, committee, course.outcome, course.main)]
    if course.amendment:
        paragraphs.append(_amendment(random, course.amendment))
    return paragraphs


def _main(random: Random, committee: Committee, outcome: Outcome, vote: Vote) -> Paragraph:
    lettered = committee.field is Field.COUNCIL
    few, side = (vote.no, "Imod") if vote.carried else (vote.yes, "For")
    text = f"{random.choice(_VOTED[outcome])} med {_votes(random, len(vote.yes))} for og "
    text += f"{_votes(random, len(vote.no))} imod"
    text += f", mens {len(vote.idle)} undlod at stemme." if vote.idle else "."
    if len(few) < 3 and random.random() < 0.4:
        text += f" {_people(few, lettered)} stemte {side.lower()}."
    else:
        text += f" {side} stemte {_people(few, lettered)}."
    if vote.idle:
        text += f" {_people(vote.idle, lettered)} undlod at stemme."
    return _told(text, vote)


def _amendment(random: Random, vote: Vote) -> Paragraph:
    return _told(
        f"Et ændringsforslag fra {vote.yes[0].name} om, at {vote.motion}, blev forkastet med "
        f"{_votes(random, len(vote.yes))} for og {_votes(random, len(vote.no))} imod. "
        f"For stemte {_people(vote.yes, False)}.",
        vote,
    )


def _told(text: str, vote: Vote) -> Paragraph:
    """Of a minority the names are printed, of a majority the number."""
    yes, no = Side(len(vote.yes)), Side(len(vote.no))
    sides = Sides(
        yes if vote.carried else yes._replace(people=vote.yes),
        no._replace(people=vote.no) if vote.carried else no,
        Side(len(vote.idle), (), vote.idle) if vote.idle else NOBODY,
    )
    return ballot(text, vote, sides)


def _votes(random: Random, count: int) -> str:
    figure = _FIGURES[count] if count < len(_FIGURES) and random.random() < 0.15 else str(count)
    return f"{figure} {'stemme' if count == 1 else 'stemmer'}"


def _people(members: Sequence[Member], lettered: bool) -> str:
    return listed([with_party(member) if lettered else member.name for member in members])


WORDING = Wording(
    plain=_UNANIMOUS,
    voted=_voted,
    reservations=("{name} tog forbehold.",),
    referral="{name} begærede sagen i byrådet.",
    remarks=(
        "{name} bemærkede følgende: |{Remark}.",
        "{name} bemærkede, |at {remark}.",
        "{name} bemærkede, |at {remark}.",
    ),
    recusals=(
        ("{name} erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} deltog ikke i sagens behandling.", None),
    ),
)


def _header(
    *, term_in_name: bool = False, participants: bool = True
) -> Callable[[Town, Meeting, Sequence[int]], Header]:
    def header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
        day, committee = meeting.day, meeting.committee
        term = "-".join(map(str, term_of(day))) if term_in_name else None
        name = f"{committee.name} {term}" if term else committee.name
        contents = "\n".join(
            f"{item.title}{' (LUKKET)' if item.closed and town.habits.closed_titles else ''}.....\t{page}"
            for item, page in zip(meeting.items, pages, strict=True)
        )
        people = [
            f"{member.name} (Fravær)" if member in meeting.absent else member.name
            for member in committee.members
        ]
        present = textwrap.fill(f"Mødedeltagere {', '.join(people)}", _NARROW, break_on_hyphens=False)
        text = (
            f"REFERAT {name} d. {day:%d-%m-%Y}\n\n"
            f"Mødedato {weekday(day)} d. {spelled(day)} kl. {committee.time}\n\n"
            f"Mødested {committee.room}\n\n"
            + (f"{present}\n\n" if participants else "")
            + f"Indholdsfortegnelse\n\n{contents}\n\n"
        )
        fields: dict[str, Any] = {
            "committee_as_printed": name,
            "term": term,
            "start_time": committee.time,
            "location": committee.room,
        }
        if participants:
            fields["participants"] = tuple(Participant(name=each.name) for each in meeting.present)
        # Named in the header, or under every item that was decided: absent from the meeting.
        if participants or sum(not item.closed and item.decision is not None for item in meeting.items) > 1:
            fields["absent"] = tuple(Absence(name=each.name) for each in meeting.absent)
        return Header(text, fields)

    return header


def _opening(desk: Desk) -> str:
    item = desk.item
    suffix = " (LUKKET)" if item.closed and desk.town.habits.closed_titles else ""
    case = f"{item.case_number}\n\n" if item.case_number else ""
    return f"Punkt {item.number}: {item.title}{suffix}\n\n{case}"


def _opening_with_title_twice(desk: Desk) -> str:
    return _opening(desk) + (f"{desk.item.title}\n\n" if desk.matter else "")


_RESUME = Part(SectionKind.RESUME, "Resume", bodies.resume)
_PRESENTATION = Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.presentation)
_ECONOMY = Part(SectionKind.ECONOMY, "Økonomi", bodies.economy)
_ATTACHMENTS = Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments_apart)
_CASE_FLOW = Part(
    SectionKind.CASE_FLOW, "Sagens gang", bodies.case_flow("- {body} den {day}", with_this=True)
)
_PRIOR = Part(SectionKind.PRIOR_DECISION, "{body}, {spelled}, pkt. {number}:")
_DECISION = Part(SectionKind.DECISION, "Beslutning")
_INTRO = "Forvaltningen indstiller til {body},"


def _unnumbered(heading: str) -> Part:
    return Part(SectionKind.RECOMMENDATION, heading, bodies.points("", "at ", as_list=False))


POINTS = (
    Form(
        "points with the term",
        Habits(),
        WORDING,
        Layout(
            _header(term_in_name=True),
            _opening,
            (
                _RESUME,
                Part(SectionKind.RECOMMENDATION, "Indstilling", bodies.points(_INTRO, apart="\n\n")),
                _PRIOR,
                _DECISION,
                Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.spaced_presentation),
                _ECONOMY,
                _ATTACHMENTS,
            ),
        ),
    ),
    Form(
        "points through the year",
        Habits(through_the_year=True),
        WORDING,
        Layout(
            _header(),
            _opening,
            (
                _RESUME,
                _PRESENTATION,
                _ECONOMY,
                _unnumbered("Direktøren for {department} indstiller"),
                _PRIOR,
                _DECISION,
                _ATTACHMENTS,
            ),
        ),
    ),
    Form(
        "points with the case's way",
        Habits(case_number="S{year}-{long}", closed_titles=True),
        WORDING,
        Layout(
            _header(),
            _opening,
            (
                _RESUME,
                _PRESENTATION,
                _ECONOMY,
                Part(
                    SectionKind.CASE_FLOW,
                    "Sagens gang",
                    bodies.case_flow("- {body} den {day}", with_this=True),
                ),
                _unnumbered("Forvaltningen indstiller"),
                _PRIOR,
                _DECISION,
                _ATTACHMENTS,
            ),
        ),
    ),
    Form(
        "points in capitals",
        Habits(through_the_year=True),
        WORDING,
        Layout(
            _header(participants=False),
            _opening_with_title_twice,
            (
                Part(SectionKind.RESUME, "RESUME", bodies.resume),
                Part(SectionKind.RECOMMENDATION, "INDSTILLING", bodies.points(_INTRO)),
                _PRIOR,
                Part(SectionKind.DECISION, "BESLUTNING"),
                Part(SectionKind.PRESENTATION, "SAGSFREMSTILLING", bodies.presentation),
                Part(SectionKind.ECONOMY, "ØKONOMI", bodies.economy),
                Part(SectionKind.ATTACHMENTS, "BILAG", bodies.attachments_apart),
                Part(SectionKind.ABSENT, "Fraværende:", bodies.absent_names),
            ),
        ),
    ),
)
