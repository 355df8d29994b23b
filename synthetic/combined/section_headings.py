"""Headings and order of sections, each kind with words of its own."""

from random import Random

from minutes.vocabulary import SectionKind
from synthetic.formats import sections
from synthetic.formats.minutes_format import SectionSpec

HEADINGS: dict[SectionKind, tuple[str, ...]] = {
    SectionKind.RESUME: ("Resume", "Resumé", "Sammendrag", "Kort resumé", "Resumé af sagen"),
    SectionKind.RECOMMENDATION: (
        "Indstilling",
        "Administrativ indstilling",
        "Forvaltningens indstilling",
        "Administrationens indstilling",
        "Forslag til beslutning",
        "Indstilling fra {department}",
    ),
    SectionKind.PRESENTATION: (
        "Sagsfremstilling",
        "Sagsfremstilling",
        "Sagsbeskrivelse",
        "Beskrivelse af sagen",
        "Redegørelse",
    ),
    SectionKind.BACKGROUND: ("Baggrund", "Sagens baggrund", "Baggrund for sagen"),
    SectionKind.ECONOMY: (
        "Økonomi",
        "Økonomiske konsekvenser",
        "Økonomi og finansiering",
        "Økonomiske forhold",
    ),
    SectionKind.ATTACHMENTS: ("Bilag", "Bilag", "Bilagsliste", "Bilag til sagen"),
    SectionKind.CASE_FLOW: ("Sagens gang", "Sagsgang", "Sagens forløb", "Politisk behandling"),
    SectionKind.OTHER: ("Lovgrundlag", "Retsgrundlag", "Retsregler og andre forskrifter", "Retligt grundlag"),
}
DATED_DECISIONS = (
    "Beslutning i {committee} den {numeric_date}",
    "Beslutning i {committee} den {long_date}",
    "Beslutning {committee} den {numeric_date}",
    "Beslutninger {committee} den {numeric_date}",
    "{committee} den {long_date}",
    "{committee}, {numeric_date}",
    "{committee}, {long_date}, pkt. {number}",
    "{committee}s beslutning den {long_date}",
    "{committee}s beslutning i mødet den {long_date}",
)
PLAIN_DECISIONS = (*("Beslutning",) * 4, "Konklusion", "Afgørelse", "Referat")
_INTRODUCTIONS = (
    "",
    "Forvaltningen indstiller,",
    "Administrationen indstiller til {committee},",
    "{department} indstiller til {committee},",
    "Direktøren indstiller,",
)
_POINT_MARKS = ("{n}. at ", "at ", "- at ")
# Positions of the kinds; the decision's is drawn.
# A decision without heading follows the recommendation and ends the item.
_ORDER_WITHOUT_HEADING = "resume presentation economy recommendation decision"
_ORDERS = (
    "resume presentation economy other recommendation prior decision case_flow attachments",
    "resume recommendation prior decision presentation economy other case_flow attachments",
    "decision prior resume recommendation presentation economy case_flow attachments",
    "presentation other economy recommendation case_flow prior decision attachments",
    "attachments resume presentation economy recommendation prior decision",
    "resume background economy recommendation decision prior attachments",
    "recommendation decision resume presentation attachments",
)


def draw_sections(random: Random) -> tuple[SectionSpec, ...]:
    """Draw the order of the sections and the headings of each kind, in one style for the document."""
    capitals = random.random() < 0.2
    colon = ":" if random.random() < 0.35 else ""
    inline = bool(colon) and random.random() < 0.3
    plain = random.random() < 0.45
    own = random.choice(PLAIN_DECISIONS if plain else DATED_DECISIONS)
    prior = random.choice(DATED_DECISIONS) if plain else own

    order = random.choice(_ORDERS).split()
    if random.random() < 0.06:
        own, order = "", _ORDER_WITHOUT_HEADING.split()

    def spec(name: str) -> SectionSpec:
        if name in ("prior", "decision"):
            kind = SectionKind.PRIOR_DECISION if name == "prior" else SectionKind.DECISION
            heading = prior if name == "prior" else own
            if capitals and "{" not in heading:
                heading = heading.upper()
            return SectionSpec(kind, heading and heading + colon, gap=" " if inline and plain else None)
        kind = SectionKind(name)
        heading = random.choice(HEADINGS[kind])
        heading = heading.upper() if capitals and "{" not in heading else heading
        return SectionSpec(kind, heading + colon, _body(random, kind), " " if inline else None)

    return tuple(map(spec, order))


def _body(random: Random, kind: SectionKind) -> sections.Body:
    if kind is SectionKind.RECOMMENDATION:
        return sections.recommendation(
            random.choice(_INTRODUCTIONS), random.choice(_POINT_MARKS), as_list=random.random() < 0.6
        )
    if kind is SectionKind.CASE_FLOW:
        return sections.case_flow(
            random.choice(("- {committee} den {day}", "{committee} den {day}.")),
            include_current=random.random() < 0.5,
        )
    return {
        SectionKind.RESUME: sections.resume,
        SectionKind.PRESENTATION: sections.presentation,
        SectionKind.BACKGROUND: sections.presentation,
        SectionKind.ECONOMY: sections.economy,
        SectionKind.ATTACHMENTS: random.choice((sections.attachments, sections.separate_attachments)),
        SectionKind.OTHER: sections.fixed_text(
            random.choice(("Kommunestyrelsesloven.", "Planloven § 24.", "Serviceloven § 79."))
        ),
    }[kind]
