"""Format with a table of contents, a header on every page and hyphenated words, as in Rebild.

Parties are printed by name: "For indstillingen stemte 19 (Venstre, …)".
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import numeric_date, weekday
from synthetic.deliberation import Deliberation
from synthetic.encodings import Encoding
from synthetic.formats import sections
from synthetic.formats.header_fields import absences, header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.formats.typography import Typography
from synthetic.meetings import Meeting
from synthetic.municipalities import Committee, Conventions, Municipality
from synthetic.paragraphs import Paragraph
from synthetic.votes import (
    EMPTY_SIDE,
    Side,
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    member_names,
    party_name,
    sides_by_party,
    size_only,
)
from synthetic.wording import Wording

_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Indstilles godkendt.",
    Outcome.REJECTED: "Forslaget faldt.",
}
_CONTENTS_WIDTH = 72


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = [*_amendment(random, deliberation.amendment)] if deliberation.amendment else []
    paragraphs.append(_main_vote(random, deliberation.outcome, deliberation.main))
    return paragraphs


def _main_vote(random: Random, outcome: Outcome, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote, party_name)
    if not vote.carried:
        return _lost_block(vote, sides)
    if vote.abstained:
        if outcome is Outcome.APPROVED and random.random() < 0.5:
            yes, no, blank = len(vote.yes), len(vote.no), len(vote.abstained)
            text = f"Indstillingen blev vedtaget med {yes} stemmer for, {no} imod og {blank} blank."
            return ballot_paragraph(text, vote, Sides(Side(yes), Side(no), Side(blank)))
    elif sides.no.parties and random.random() < 0.4:
        text = f"{_RESULTS[outcome][:-1]}, idet {join_words(_labels_without_party(sides.no))} stemte imod."
        return ballot_paragraph(text, vote, Sides(EMPTY_SIDE, sides.no._replace(size=None)))
    lines = [
        f"For indstillingen stemte {_size_with_labels(sides.yes)}",
        f"Imod stemte {_size_with_labels(sides.no)}",
    ]
    if vote.abstained:
        lines.append(f"Undlod at stemme {_size_with_labels(sides.abstained)}")
    return ballot_paragraph("\n".join((*lines, _RESULTS[outcome])), vote, sides)


def _amendment(random: Random, vote: Vote) -> list[Paragraph]:
    sides = sides_by_party(vote, party_name)
    mover = _labels_without_party(sides.yes)[0]
    if random.random() < 0.5:
        text = f"Ændringsforslaget blev forkastet med {len(vote.no)} stemmer mod {len(vote.yes)}."
        return [
            Paragraph(f"{mover} stillede ændringsforslag om, at {vote.motion}."),
            ballot_paragraph(text, vote, Sides(size_only(vote.yes), size_only(vote.no))),
        ]
    return [
        Paragraph(f"{mover} foreslog, at {vote.motion}."),
        _lost_block(vote, sides),
    ]


def _lost_block(vote: Vote, sides: Sides) -> Paragraph:
    """Report a lost motion; of the opponents only the number is printed."""
    lines = [f"For forslaget stemte {_size_with_labels(sides.yes)}", f"Imod stemte {sides.no.size}"]
    if vote.abstained:
        lines.append(f"Undlod at stemme {_size_with_labels(sides.abstained)}")
    printed_sides = Sides(sides.yes, Side(sides.no.size), sides.abstained)
    return ballot_paragraph("\n".join((*lines, "Forslaget faldt.")), vote, printed_sides)


def _size_with_labels(side: Side) -> str:
    return f"{side.size} ({', '.join(_labels_without_party(side))})"


def _labels_without_party(side: Side) -> tuple[str, ...]:
    return (*side.parties, *member_names(side.members))


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.",),
        Outcome.NOTED: ("Taget til efterretning.", "Til efterretning."),
        Outcome.RECOMMENDED: ("Indstilles godkendt.",),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.",),
    },
    write_votes=_write_votes,
    reservations=("{party_name} tog forbehold.", "{name} tog forbehold."),
    referral="{name} begærede sagen indbragt for Byrådet.",
    remarks=(
        "{party_name} afgav mindretalsudtalelse: |{Remark}.",
        "{name} ønskede følgende ført til protokol: |{Remark}.",
    ),
    recusals=(
        ("{name} deltog ikke i behandlingen af sagen.", None),
        ("{name} var inhabil og deltog ikke i behandlingen af sagen.", "inhabil"),
    ),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    contents = "".join(
        f"{_dot_leader(f'{item.number}. {_title(item.title)}')} {page}\n"
        for item, page in zip(meeting.items, pages, strict=True)
    )
    absent = ", ".join(member_names(meeting.absent))
    text = (
        f"{municipality.name.upper()} KOMMUNE\n\nREFERAT\n\n{committee.name}\n\n"
        f"Mødedato: {weekday(day)} den {numeric_date(day)}. \n"
        f"Mødetidspunkt: {committee.time}. \n"
        f"Sted: {committee.place}. \n"
        + (f"Fraværende: {absent}\n" if absent else "")
        + f"\n{'Indholdsfortegnelse':{_CONTENTS_WIDTH - 1}}Side\n{contents}\n"
    )
    fields = header_fields(meeting, lists_present=False)
    return Header(text, fields | {"absent": absences(meeting.absent, with_party=False)})


def _title(title: str) -> str:
    """Truncate a title to the width of the table of contents."""
    return title if len(title) < _CONTENTS_WIDTH - 10 else f"{title[: _CONTENTS_WIDTH - 14]}..."


def _dot_leader(title: str) -> str:
    return f"{title} {'.' * (_CONTENTS_WIDTH - 1 - len(title))}"


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    journal = item.kle.replace("-", "")
    return (
        f"{renderer.page_header}\n\n{item.number}. {item.title}\n\n"
        f"J.nr.: {journal}. Sagsnr.: {item.case_number}\n\n"
    )


PAGED = MinutesFormat(
    "paged",
    Conventions(case_number="{yy}/{long_serial}", number_all_cases=True, closed_title="Lukket sag"),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resumé:", sections.resume),
            SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling:", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi:", sections.economy),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling:",
                sections.recommendation("Forvaltningen indstiller,", "at ", as_list=False),
            ),
            SectionSpec(SectionKind.PRIOR_DECISION, "Beslutning i {committee} den {numeric_date}:"),
            SectionSpec(SectionKind.DECISION, "Beslutning:"),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag:", sections.attachments),
        ),
        heading_gap="\n",
        typography=Typography(line_width=80, hyphenate=True, page_break="\n\n{page_header}\n\n"),
        page_header="{committee:<32}{numeric_date:<27}Side {page}",
        page_length=1500,
        items_start_pages=True,
    ),
    Encoding("utf-16"),
)
