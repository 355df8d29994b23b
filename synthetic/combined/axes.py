"""Draws a combination of conventions, each by itself."""

from dataclasses import dataclass, replace
from random import Random

from minutes.vocabulary import Outcome
from synthetic.combined.damage import DAMAGES
from synthetic.combined.headers import HeaderForm, draw_header
from synthetic.combined.item_headings import CASE_NUMBERS, ItemHeading, draw_item_heading
from synthetic.combined.section_headings import draw_sections
from synthetic.combined.vote_sentences import VoteSentences, draw_vote_sentences
from synthetic.deliberation import VotingRules
from synthetic.encodings import Encoding
from synthetic.formats import FORMATS
from synthetic.formats.minutes_format import Layout, MinutesFormat
from synthetic.formats.typography import Typography
from synthetic.municipalities import Conventions
from synthetic.wording import Wording

# Bodies that take the place of a committee of the simulation; None leaves it as it is.
BODIES = (
    *(None,) * 12,
    "Ældrerådet",
    "Seniorrådet",
    "Handicaprådet",
    "Ungdomsrådet",
    "Integrationsrådet",
    "Skolebestyrelsen",
    "Landdistriktsrådet",
    "Udvalget for natur og fritid",
    "Forretningsudvalget",
    "Havneudvalget",
)
ENCODINGS = (
    *(Encoding(),) * 5,
    Encoding("utf-8-sig"),
    Encoding("utf-16"),
    Encoding("cp1252", crlf=True),
    Encoding(mojibake=True),
    Encoding(decomposed=True),
)
_ABSENCE_LINES = (
    *("",) * 5,
    "Fraværende: {names}",
    "Afbud: {names}",
    "Ikke til stede: {names}",
    "{names} var fraværende.",
    "{names} deltog ikke i mødet.",
)
_BULLETS = ("- ", "• ", "* ")
_UNANIMOUS = {
    Outcome.APPROVED: (
        "Godkendt.",
        "Tiltrådt.",
        "Vedtaget.",
        "Indstillingen blev godkendt.",
        "Godkendt som indstillet.",
    ),
    Outcome.NOTED: (
        "Taget til efterretning.",
        "Orienteringen blev taget til efterretning.",
        "Til efterretning.",
    ),
    Outcome.RECOMMENDED: ("Anbefales godkendt.", "Indstilles godkendt.", "Anbefales."),
    Outcome.DISCUSSED: ("Drøftet.", "Sagen blev drøftet.", "Udvalget drøftede sagen."),
    Outcome.POSTPONED: ("Udsat.", "Sagen udsættes.", "Sagen udsættes til næste møde."),
}


@dataclass(frozen=True)
class Combination:
    """A drawn form of minutes: a format, with the choices on each axis by name."""

    minutes_format: MinutesFormat
    header: HeaderForm
    item_heading: ItemHeading
    body: str | None
    damage: str
    choices: dict[str, str]


def draw_combination(random: Random) -> Combination:
    """Draw the form of one document."""
    header, item_heading = draw_header(random), draw_item_heading(random)
    if "{n}" not in item_heading.numbering:
        header = replace(header, contents="")  # it would print the numbers
    body = random.choice(BODIES)
    council = random.choice(("Byrådet", "Kommunalbestyrelsen"))
    conventions = Conventions(
        case_number=random.choice(CASE_NUMBERS),
        number_all_cases=random.random() < 0.5,
        number_through_year=random.random() < 0.4,
        print_closed_titles=random.random() < 0.7,
        closed_title=random.choice(("Lukket", "Lukket punkt", "Lukket sag")),
        council=council,
    )
    wording, vote_wording = _draw_wording(random)
    layout = _draw_layout(random, header, item_heading)
    encoding = random.choice(ENCODINGS)
    damage = random.choice(tuple(DAMAGES)) if random.random() < 0.5 else "none"
    choices = {
        "title": header.sentence or header.title,
        "date": header.date_form,
        "people": header.people or "none",
        "absence": header.absence,
        "numbering": item_heading.numbering,
        "closed mark": "…".join(item_heading.closed_mark),
        "case line": item_heading.case_line,
        "decision heading": next(spec.heading for spec in layout.sections if spec.kind == "decision"),
        "heading gap": "inline" if layout.sections[0].gap == " " else repr(layout.heading_gap),
        "votes": vote_wording,
        "labels": repr(header.separator) if not header.sentence else "sentence",
        "absence line": layout.absence_line,
        "encoding": "decomposed"
        if encoding.decomposed
        else "mojibake"
        if encoding.mojibake
        else encoding.name,
        "damage": damage,
    }
    return Combination(
        MinutesFormat("combined", conventions, wording, layout, encoding),
        header,
        item_heading,
        body,
        damage,
        choices,
    )


def _draw_wording(random: Random) -> tuple[Wording, str]:
    """Draw the phrases of decisions, remarks and recusals; also return a name for the wording of votes."""
    fixed = random.choice(FORMATS)
    writer: VoteSentences = draw_vote_sentences(random)
    composed = random.random() < 0.6
    wording = Wording(
        unanimous=_UNANIMOUS,
        write_votes=writer if composed else fixed.wording.write_votes,
        reservations=random.choice(FORMATS).wording.reservations,
        referral=random.choice(FORMATS).wording.referral,
        remarks=random.choice(FORMATS).wording.remarks,
        recusals=random.choice(FORMATS).wording.recusals,
        recusal_first=random.random() < 0.3,
        voting_rules=VotingRules() if composed else fixed.wording.voting_rules,
    )
    return wording, writer.name if composed else fixed.name


def _draw_layout(random: Random, header: HeaderForm, item_heading: ItemHeading) -> Layout:
    indent = random.choice(("", "", "", "    "))
    width = random.choice((0, 0, 0, 76, 90))
    absence_line = random.choice(_ABSENCE_LINES)
    page_header = random.choice(("", "", "", "{committee}, {numeric_date}, side {page}"))
    return Layout(
        header,
        item_heading,
        draw_sections(random),
        heading_gap=random.choice(("\n\n", "\n\n", "\n")),
        section_gap=random.choice(("\n\n", "\n\n", "\n\n\n")),
        absence_line=absence_line,
        absence_line_last=absence_line.startswith("{names}") or random.random() < 0.3,
        typography=Typography(
            line_width=width,
            hyphenate=bool(width) and random.random() < 0.3,
            soft_hyphens=not width and random.random() < 0.1,
            page_break="\n\n{page_header}\n\n" if page_header else "\n\n",
            bullet=random.choice(_BULLETS),
            indent=indent if not width else "",
        ),
        page_header=page_header,
    )
