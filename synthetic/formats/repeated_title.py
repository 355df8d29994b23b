"""Format with every title twice followed by (B), (D) or (O), in double-encoded UTF-8, as in Slagelse.

Absent members are named under every decision; votes read "Ad 1: … med stemmerne 7 for (A, F) og 3 imod (B,
V)".
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date
from synthetic.deliberation import Deliberation, VotingRules
from synthetic.encodings import Encoding
from synthetic.formats import sections
from synthetic.formats.header_fields import absences
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.meetings import AgendaItem, Meeting
from synthetic.municipalities import Committee, Conventions, Municipality
from synthetic.paragraphs import Paragraph, join_paragraphs
from synthetic.topics.general import OBJECTIONS
from synthetic.votes import (
    EMPTY_SIDE,
    Side,
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    member_count,
    name_with_party,
    side_labels,
    sides_by_party,
    size_only,
    with_statement,
)
from synthetic.wording import Wording

_UNANIMOUS = {
    Outcome.APPROVED: ("Godkendt.",),
    Outcome.NOTED: ("Taget til efterretning.",),
    Outcome.RECOMMENDED: ("Indstilles til godkendelse.",),
    Outcome.DISCUSSED: ("Drøftet.",),
    Outcome.POSTPONED: ("Udsat.", "Udsættes til næste møde."),
}
# Letters after a title: beslutning, orientering or drøftelse.
_KINDS = {Outcome.NOTED: "O", Outcome.DISCUSSED: "D"}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    """Return one paragraph with a line per motion or point."""
    lines = []
    if vote := deliberation.amendment:
        sides = sides_by_party(vote)
        mover = _bracketed_labels(sides.yes)[0]
        lines += [
            Paragraph(f"{mover} stillede ændringsforslag om, at {vote.motion}."),
            ballot_paragraph(f"Ændringsforslaget faldt {_counts(sides)}", vote, sides),
        ]
    unanimous = _UNANIMOUS.get(deliberation.outcome, ("",))[0]
    for point, vote in enumerate(deliberation.point_votes, 1):
        text = f"Ad {point}: {unanimous}"
        lines.append(_with_counts(text, vote) if vote.no else Paragraph(text))
    if deliberation.main:
        lines.append(_main_vote(random, unanimous, deliberation.main))
    return [join_paragraphs("\n", lines)]


def _main_vote(random: Random, unanimous: str, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote)
    if not vote.carried:
        return _lost(vote, sides)
    if not vote.abstained and len(sides.no.parties) == 1 and not sides.no.members and random.random() < 0.5:
        party, reason = sides.no.parties[0], f"da {random.choice(OBJECTIONS)}."
        text = f"{unanimous}\n({party}) stemmer imod, {reason}"
        paragraph = ballot_paragraph(text, vote, Sides(EMPTY_SIDE, Side(None, (party,))))
        return with_statement(paragraph, party, reason)
    return _with_counts(unanimous, vote)


def _with_counts(unanimous: str, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote)
    text = f"{unanimous[:-1]} {_counts(sides)}"
    if vote.abstained:
        text += f" {member_count(len(vote.abstained))} undlod at stemme."
    return ballot_paragraph(text, vote, sides._replace(abstained=size_only(vote.abstained)))


def _counts(sides: Sides) -> str:
    yes, no = (f"({', '.join(side_labels(side))})" for side in (sides.yes, sides.no))
    return f"med stemmerne {sides.yes.size} for {yes} og {sides.no.size} imod {no}."


def _lost(vote: Vote, sides: Sides) -> Paragraph:
    yes, no = (join_words(_bracketed_labels(side)) for side in (sides.yes, sides.no))
    text = (
        f"Følgende stemte for forslaget: {yes}\nFølgende stemte imod forslaget: {no}\n"
        f"Forslaget faldt med {len(vote.yes)} stemmer for og {len(vote.no)} stemmer imod."
    )
    if vote.abstained:
        text += f" {member_count(len(vote.abstained))} undlod at stemme."
    return ballot_paragraph(text, vote, sides._replace(abstained=size_only(vote.abstained)))


def _bracketed_labels(side: Side) -> list[str]:
    return [*(f"({party})" for party in side.parties), *map(name_with_party, side.members)]


_WORDING = Wording(
    unanimous=_UNANIMOUS,
    write_votes=_write_votes,
    reservations=("({party}) tager forbehold.", "{name} ({party}) tager forbehold."),
    referral="{name} ({party}) begærer sagen indbragt for Byrådet.",
    remarks=("{name} ({party}) ønskede tilført: |{Remark}.", "{name} ({party}) bemærkede, |at {remark}."),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
    voting_rules=VotingRules(vote_by_point=True),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    text = f"{meeting.committee.name} – Referat – {long_date(meeting.day)}\n\n\n"
    return Header(text, {"absent": absences(meeting.absent)})


def _kind(item: AgendaItem) -> str:
    return _KINDS.get(item.decision.outcome, "B") if item.decision else "B"


def _item_heading(renderer: ItemRenderer) -> str:
    item, year = renderer.item, renderer.meeting.day.year
    title = f"{'Lukket - ' if item.closed else ''}{item.title} ({_kind(item)})"
    access = "Lukket" if item.closed else "Åbent"
    document = f"{renderer.municipality.code}-{year}-{renderer.random.randint(300_000, 399_999)}"
    return (
        f"\n{item.number}. {title}\n\n"
        f"{item.number}.     {title}\n\n"
        f"Sagsnr.: {item.case_number}{'':17}Dok.nr.: {document}{'':42}{access}\n"
    )


def _competence(renderer: ItemRenderer) -> list[Paragraph]:
    council_decides = renderer.case is not None and renderer.case.topic.council_decides
    council = renderer.municipality.conventions.council
    return [Paragraph(council if council_decides else renderer.meeting.committee.name)]


def _attachments(renderer: ItemRenderer) -> list[Paragraph]:
    titles = sections.attachment_titles(renderer)
    first = f"{renderer.municipality.code}-{renderer.meeting.day.year}-{renderer.random.randint(3000, 3999)}"
    lines = [f"{first}{n:02} {title}" for n, title in enumerate(titles, 1)]
    return [Paragraph("\n".join(lines))] if lines else []


REPEATED_TITLE = MinutesFormat(
    "repeated title",
    Conventions(case_number="{code}-{year}-{long_serial}", number_all_cases=True, print_closed_titles=True),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.CASE_FLOW, "Kompetence:", _competence, gap=" "),
            SectionSpec(SectionKind.OTHER, "Beslutningstema", sections.resume),
            SectionSpec(SectionKind.BACKGROUND, "Baggrund", sections.presentation),
            SectionSpec(SectionKind.OTHER, "Retligt grundlag", sections.fixed_text("Kommunalfuldmagten.")),
            SectionSpec(SectionKind.ECONOMY, "Økonomiske og personalemæssige konsekvenser", sections.economy),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation(
                    "Chefen for {department} indstiller,", "{n}.    at ", punctuated=False
                ),
            ),
            SectionSpec(SectionKind.PRIOR_DECISION, "Beslutning i {committee} den {long_date}:"),
            SectionSpec(SectionKind.DECISION, "Beslutning i {committee} den {long_date}:"),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", _attachments),
        ),
        heading_gap="\n",
        section_gap="\n",
        absence_line="Fraværende:  {names}",
    ),
    Encoding(mojibake=True),
)
