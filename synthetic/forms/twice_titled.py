"""Titles twice with (B), (D) or (O); the absent named under every decision; "Ad 1: … med stemmerne 7 for
(A, F) og 3 imod (B, V)". As in Slagelse, and with the accident of its file there: UTF-8 taken for
Windows-1252."""

from collections.abc import Sequence
from random import Random

from minutes.reader.records import Absence
from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Item, Meeting
from synthetic.days import spelled
from synthetic.decisions import Course, Custom
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.items import Desk
from synthetic.paragraphs import Paragraph, joined
from synthetic.topics.anywhere import OBJECTIONS
from synthetic.towns import Committee, Habits, Town
from synthetic.votes import (
    Side,
    Sides,
    Vote,
    ballot,
    explained,
    listed,
    sides_by_party,
    spoken,
    voters,
    with_party,
)
from synthetic.wording import Wording

_PLAIN = {
    Outcome.APPROVED: ("Godkendt.",),
    Outcome.NOTED: ("Taget til efterretning.",),
    Outcome.RECOMMENDED: ("Indstilles til godkendelse.",),
    Outcome.DISCUSSED: ("Drøftet.",),
    Outcome.POSTPONED: ("Udsat.", "Udsættes til næste møde."),
}
_KINDS = {Outcome.NOTED: "O", Outcome.DISCUSSED: "D"}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    """Lines, one after the other."""
    lines = []
    if course.amendment:
        sides = sides_by_party(course.amendment)
        mover = _bracketed(sides.yes)[0]
        lines += [
            Paragraph(f"{mover} stillede ændringsforslag om, at {course.amendment.motion}."),
            ballot(f"Ændringsforslaget faldt {_counted(sides)}", course.amendment, sides),
        ]
    plain = _PLAIN.get(course.outcome, ("",))[0]
    for part, vote in enumerate(course.part_votes, 1):
        words = f"Ad {part}: {plain}"
        lines.append(_with_counts(words, vote) if vote.no else Paragraph(words))
    if course.main:
        lines.append(_main(random, plain, course.main))
    return [joined("\n", lines)]


def _main(random: Random, plain: str, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote)
    if not vote.carried:
        return _lost(vote, sides)
    if not vote.idle and len(sides.no.parties) == 1 and not sides.no.people and random.random() < 0.5:
        party, reason = sides.no.parties[0], f"da {random.choice(OBJECTIONS)}."
        text = f"{plain}\n({party}) stemmer imod, {reason}"
        return explained(ballot(text, vote, Sides(Side(), Side(None, (party,)))), party, reason)
    return _with_counts(plain, vote)


def _with_counts(plain: str, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote)
    text = f"{plain[:-1]} {_counted(sides)}"
    if vote.idle:
        text += f" {voters(len(vote.idle))} undlod at stemme."
    return ballot(text, vote, sides._replace(idle=Side(len(vote.idle) or None)))


def _counted(sides: Sides) -> str:
    yes, no = (f"({', '.join(spoken(side))})" for side in (sides.yes, sides.no))
    return f"med stemmerne {sides.yes.number} for {yes} og {sides.no.number} imod {no}."


def _lost(vote: Vote, sides: Sides) -> Paragraph:
    yes, no = (listed(_bracketed(side)) for side in (sides.yes, sides.no))
    text = (
        f"Følgende stemte for forslaget: {yes}\nFølgende stemte imod forslaget: {no}\n"
        f"Forslaget faldt med {len(vote.yes)} stemmer for og {len(vote.no)} stemmer imod."
    )
    if vote.idle:
        text += f" {voters(len(vote.idle))} undlod at stemme."
    return ballot(text, vote, sides._replace(idle=Side(len(vote.idle) or None)))


def _bracketed(side: Side) -> list[str]:
    return [*(f"({party})" for party in side.parties), *map(with_party, side.people)]


_WORDING = Wording(
    plain=_PLAIN,
    voted=_voted,
    reservations=("({party}) tager forbehold.", "{name} ({party}) tager forbehold."),
    referral="{name} ({party}) begærer sagen indbragt for Byrådet.",
    remarks=("{name} ({party}) ønskede tilført: |{Remark}.", "{name} ({party}) bemærkede, |at {remark}."),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
    custom=Custom(by_part=True),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    # Whoever is absent is named under every decision.
    absent = tuple(Absence(name=each.name, party=each.party) for each in meeting.absent)
    text = f"{meeting.committee.name} – Referat – {spelled(meeting.day)}\n\n\n"
    return Header(text, {"absent": absent})


def _kind(item: Item) -> str:
    return _KINDS.get(item.decision.outcome, "B") if item.decision else "B"


def _opening(desk: Desk) -> str:
    item, year = desk.item, desk.meeting.day.year
    title = f"{'Lukket - ' if item.closed else ''}{item.title} ({_kind(item)})"
    access = "Lukket" if item.closed else "Åbent"
    document = f"{desk.town.code}-{year}-{desk.random.randint(300_000, 399_999)}"
    return (
        f"\n{item.number}. {title}\n\n"
        f"{item.number}.     {title}\n\n"
        f"Sagsnr.: {item.case_number}{'':17}Dok.nr.: {document}{'':42}{access}\n"
    )


def _competence(desk: Desk) -> list[Paragraph]:
    rises = desk.matter is not None and desk.matter.topic.rises
    return [Paragraph(desk.town.habits.council if rises else desk.meeting.committee.name)]


def _attachments(desk: Desk) -> list[Paragraph]:
    titles = bodies.attached(desk)
    first = f"{desk.town.code}-{desk.meeting.day.year}-{desk.random.randint(3000, 3999)}"
    lines = [f"{first}{n:02} {title}" for n, title in enumerate(titles, 1)]
    return [Paragraph("\n".join(lines))] if lines else []


TWICE_TITLED = Form(
    "twice titled",
    Habits(case_number="{code}-{year}-{long}", all_cases_numbered=True, closed_titles=True),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.CASE_FLOW, "Kompetence:", _competence, gap=" "),
            Part(SectionKind.OTHER, "Beslutningstema", bodies.resume),
            Part(SectionKind.BACKGROUND, "Baggrund", bodies.presentation),
            Part(SectionKind.OTHER, "Retligt grundlag", bodies.in_matters("Kommunalfuldmagten.")),
            Part(SectionKind.ECONOMY, "Økonomiske og personalemæssige konsekvenser", bodies.economy),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("Chefen for {department} indstiller,", "{n}.    at ", punctuated=False),
            ),
            Part(SectionKind.PRIOR_DECISION, "Beslutning i {body} den {spelled}:"),
            Part(SectionKind.DECISION, "Beslutning i {body} den {spelled}:"),
            Part(SectionKind.ATTACHMENTS, "Bilag", _attachments),
        ),
        gap="\n",
        between="\n",
        absence="Fraværende:  {names}",
    ),
    Encoding(mojibake=True),
)
