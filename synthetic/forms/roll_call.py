"""Everybody's vote by name: "For: 20 (Karen Holm (A), …)", "Imod: 6 (…)", then why; "Nr.178 - "; pages that
end in mid-sentence with a form feed. As in Fredensborg."""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import figures
from synthetic.decisions import Course
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.setting import Setting
from synthetic.paragraphs import Paragraph
from synthetic.topics.anywhere import OBJECTIONS
from synthetic.towns import Committee, Habits, Member, Town
from synthetic.votes import Vote, ballot, explained, named, sides_by_name, sides_by_party, with_party
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Anbefales godkendt.",
    Outcome.REJECTED: "Forkastet.",
}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = []
    if course.amendment:
        sides = sides_by_party(course.amendment)
        mover = f"Liste {sides.yes.parties[0]}" if sides.yes.parties else with_party(course.amendment.yes[0])
        paragraphs += [
            Paragraph(f"{mover} stillede ændringsforslag om, at {course.amendment.motion}."),
            _roll_call(course.amendment, "Forkastet."),
            Paragraph("Afstemning om indstillingen:"),
        ]
    paragraphs.append(_roll_call(course.main, _RESULTS[course.outcome]))
    against = sides_by_party(course.main).no.parties
    if course.main.carried and len(against) == 1 and random.random() < 0.6:
        # Why they voted as they did, which is no second ballot.
        reason = f"idet {random.choice(OBJECTIONS)}."
        remark = Paragraph(f"Liste {against[0]} stemte imod, {reason}")
        paragraphs.append(explained(remark, against[0], reason))
    return paragraphs


def _roll_call(vote: Vote, result: str) -> Paragraph:
    lines = [f"For: {len(vote.yes)} ({named(vote.yes)})", f"Imod: {len(vote.no)} ({named(vote.no)})"]
    if vote.idle:
        lines.append(f"Undlod: {len(vote.idle)} ({named(vote.idle)})")
    return ballot("\n\n".join((*lines, result)), vote, sides_by_name(vote))


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Vedtaget.", "Indstillingen godkendt."),
        Outcome.NOTED: ("Taget til efterretning.", "Til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales godkendt.", "Anbefales."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsat til næste møde."),
    },
    voted=_voted,
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


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    text = (
        f"{committee.name}\n\nReferat\n\n{figures(meeting.day)} kl. {committee.time}\n\n"
        f"Sted: {committee.room}\n\n"
        f"Deltagere\n{_column(meeting.present)}\n"
        + (f"Fraværende med afbud\n{_column(meeting.absent)}\n" if meeting.absent else "")
    )
    return Header(text, fields_of(meeting))


def _column(members: Sequence[Member]) -> str:
    return "".join(f"{with_party(each)}\n" for each in members)


def _opening(desk: Desk) -> str:
    item = desk.item
    closed = "Lukket punkt - " if item.closed else ""
    return f"Nr.{item.number} - {closed}{item.title}\n\nSagsnr. {item.case_number}\n\n"


ROLL_CALL = Form(
    "roll call",
    Habits(case_number="{yy}{long:05}", all_cases_numbered=True, closed_titles=True, through_the_year=True),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resumé", bodies.resume),
            Part(SectionKind.BACKGROUND, "Baggrund", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi", bodies.economy),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("{department} indstiller,", "{n}. at "),
            ),
            Part(SectionKind.PRIOR_DECISION, "Beslutning i {body} den {figures}"),
            Part(SectionKind.DECISION, "Beslutning"),
            Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments),
        ),
        setting=Setting(width=84, divides=True, page_end="\n\n\f{folio}\n\n"),
        folio="{body}, {figures}, side {page}",
    ),
    Encoding("utf-8-sig"),
)
