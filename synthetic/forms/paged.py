"""A contents list with dotted pages, the same head on every page, words divided; parties by their names:
"For indstillingen stemte 19 (Venstre, …)". As in Rebild."""

from collections.abc import Sequence
from random import Random

from minutes.reader.records import Absence
from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import figures, weekday
from synthetic.decisions import Course
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.setting import Setting
from synthetic.paragraphs import Paragraph
from synthetic.towns import Committee, Habits, Town
from synthetic.votes import Side, Sides, Vote, ballot, group, listed, names, sides_by_party
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Indstilles godkendt.",
    Outcome.REJECTED: "Forslaget faldt.",
}
_CONTENTS_WIDTH = 72


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = [*_amendment(random, course.amendment)] if course.amendment else []
    paragraphs.append(_main(random, course.outcome, course.main))
    return paragraphs


def _main(random: Random, outcome: Outcome, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote, group)
    if not vote.carried:
        return _lost_block(vote, sides)
    if vote.idle:
        if outcome is Outcome.APPROVED and random.random() < 0.5:
            yes, no, blank = len(vote.yes), len(vote.no), len(vote.idle)
            text = f"Indstillingen blev vedtaget med {yes} stemmer for, {no} imod og {blank} blank."
            return ballot(text, vote, Sides(Side(yes), Side(no), Side(blank)))
    elif sides.no.parties and random.random() < 0.4:
        text = f"{_RESULTS[outcome][:-1]}, idet {listed(_spoken(sides.no))} stemte imod."
        return ballot(text, vote, Sides(Side(), sides.no._replace(number=None)))
    lines = [f"For indstillingen stemte {_bracket(sides.yes)}", f"Imod stemte {_bracket(sides.no)}"]
    if vote.idle:
        lines.append(f"Undlod at stemme {_bracket(sides.idle)}")
    return ballot("\n".join((*lines, _RESULTS[outcome])), vote, sides)


def _amendment(random: Random, vote: Vote) -> list[Paragraph]:
    sides = sides_by_party(vote, group)
    mover = _spoken(sides.yes)[0]
    if random.random() < 0.5:
        text = f"Ændringsforslaget blev forkastet med {len(vote.no)} stemmer mod {len(vote.yes)}."
        return [
            Paragraph(f"{mover} stillede ændringsforslag om, at {vote.motion}."),
            ballot(text, vote, Sides(Side(len(vote.yes)), Side(len(vote.no)))),
        ]
    return [
        Paragraph(f"{mover} foreslog, at {vote.motion}."),
        _lost_block(vote, sides),
    ]


def _lost_block(vote: Vote, sides: Sides) -> Paragraph:
    """Of those against only the number."""
    lines = [f"For forslaget stemte {_bracket(sides.yes)}", f"Imod stemte {sides.no.number}"]
    if vote.idle:
        lines.append(f"Undlod at stemme {_bracket(sides.idle)}")
    printed = Sides(sides.yes, Side(sides.no.number), sides.idle)
    return ballot("\n".join((*lines, "Forslaget faldt.")), vote, printed)


def _bracket(side: Side) -> str:
    return f"{side.number} ({', '.join(_spoken(side))})"


def _spoken(side: Side) -> tuple[str, ...]:
    return (*side.parties, *names(side.people))


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.",),
        Outcome.NOTED: ("Taget til efterretning.", "Til efterretning."),
        Outcome.RECOMMENDED: ("Indstilles godkendt.",),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.",),
    },
    voted=_voted,
    reservations=("{group} tog forbehold.", "{name} tog forbehold."),
    referral="{name} begærede sagen indbragt for Byrådet.",
    remarks=(
        "{group} afgav mindretalsudtalelse: |{Remark}.",
        "{name} ønskede følgende ført til protokol: |{Remark}.",
    ),
    recusals=(
        ("{name} deltog ikke i behandlingen af sagen.", None),
        ("{name} var inhabil og deltog ikke i behandlingen af sagen.", "inhabil"),
    ),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    contents = "".join(
        f"{_dotted(f'{item.number}. {_title(item.title)}')} {page}\n"
        for item, page in zip(meeting.items, pages, strict=True)
    )
    absent = ", ".join(names(meeting.absent))
    text = (
        f"{town.name.upper()} KOMMUNE\n\nREFERAT\n\n{committee.name}\n\n"
        f"Mødedato: {weekday(day)} den {figures(day)}. \n"
        f"Mødetidspunkt: {committee.time}. \n"
        f"Sted: {committee.room}. \n"
        + (f"Fraværende: {absent}\n" if absent else "")
        + f"\n{'Indholdsfortegnelse':{_CONTENTS_WIDTH - 1}}Side\n{contents}\n"
    )
    fields = fields_of(meeting, present=False)
    return Header(text, fields | {"absent": tuple(Absence(name=each.name) for each in meeting.absent)})


def _title(title: str) -> str:
    """A title that fits the contents list, cut off where it does not."""
    return title if len(title) < _CONTENTS_WIDTH - 10 else f"{title[: _CONTENTS_WIDTH - 14]}..."


def _dotted(words: str) -> str:
    return f"{words} {'.' * (_CONTENTS_WIDTH - 1 - len(words))}"


def _opening(desk: Desk) -> str:
    item = desk.item
    journal = item.subject.replace("-", "")
    return f"{desk.folio}\n\n{item.number}. {item.title}\n\nJ.nr.: {journal}. Sagsnr.: {item.case_number}\n\n"


PAGED = Form(
    "paged",
    Habits(case_number="{yy}/{long}", all_cases_numbered=True, closed_title="Lukket sag"),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resumé:", bodies.resume),
            Part(SectionKind.PRESENTATION, "Sagsfremstilling:", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi:", bodies.economy),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling:",
                bodies.points("Forvaltningen indstiller,", "at ", as_list=False),
            ),
            Part(SectionKind.PRIOR_DECISION, "Beslutning i {body} den {figures}:"),
            Part(SectionKind.DECISION, "Beslutning:"),
            Part(SectionKind.ATTACHMENTS, "Bilag:", bodies.attachments),
        ),
        gap="\n",
        setting=Setting(width=80, divides=True, page_end="\n\n{folio}\n\n"),
        folio="{body:<32}{figures:<27}Side {page}",
        page=1500,
        new_pages=True,
    ),
    Encoding("utf-16"),
)
