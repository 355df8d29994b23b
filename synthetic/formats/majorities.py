"""Format that reports majorities and minorities, as in Aabenraa, Assens and Stevns.

Every line of the header has a label; votes read "5 medlemmer (A+V) anbefaler. 2 medlemmer (F+Ø) tager
forbehold."
"""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date, weekday
from synthetic.deliberation import Deliberation
from synthetic.encodings import Encoding
from synthetic.formats import sections
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
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
    member_count,
    mover_label,
    names_with_parties,
    side_labels,
    sides_by_party,
)
from synthetic.wording import Wording

_VERBS = {
    Outcome.APPROVED: ("godkender indstillingen", "godkender indstillingen"),
    Outcome.NOTED: ("tager sagen til efterretning", "tager sagen til efterretning"),
    Outcome.RECOMMENDED: ("anbefaler", "anbefaler indstillingen"),
}


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = [_main_vote(random, deliberation.outcome, deliberation.main)]
    if vote := deliberation.amendment:
        yes, no, _ = sides_by_party(vote)
        text = f"{_bloc(yes)} stemmer for. {_bloc(no)} stemmer imod. Ændringsforslaget er faldet."
        paragraphs = [
            Paragraph(f"{mover_label(vote)} stillede ændringsforslag om, at {vote.motion}."),
            ballot_paragraph(text, vote, Sides(yes, no)),
            *paragraphs,
        ]
    return paragraphs


def _main_vote(random: Random, outcome: Outcome, vote: Vote) -> Paragraph:
    sides = sides_by_party(vote)
    abstained = f" {_bloc(sides.abstained)} undlader at stemme." if vote.abstained else ""
    if not vote.carried:
        text = f"{_bloc(sides.yes)} stemmer for. {_bloc(sides.no)} stemmer imod.{abstained} Ikke tiltrådt."
        return ballot_paragraph(text, vote, sides)
    short_verb, verb_phrase = _VERBS[outcome]
    if outcome is Outcome.RECOMMENDED and not vote.abstained and random.random() < 0.5:
        return _with_reservation(short_verb, vote, sides)
    if not vote.abstained and sides.yes.parties and sides.no.parties and random.random() < 0.5:
        text = (
            f"Et flertal bestående af {join_words(side_labels(sides.yes))} {verb_phrase}. "
            f"Et mindretal bestående af {join_words(side_labels(sides.no))} stemmer imod."
        )
        return ballot_paragraph(text, vote, Sides(*(side._replace(size=None) for side in sides)))
    return ballot_paragraph(
        f"{_bloc(sides.yes)} {verb_phrase}. {_bloc(sides.no)} stemmer imod.{abstained}", vote, sides
    )


def _with_reservation(verb: str, vote: Vote, sides: Sides) -> Paragraph:
    """Report a minority's reservation, which is no vote against."""
    majority = ballot_paragraph(f"{_bloc(sides.yes)} {verb}.", vote, Sides(sides.yes, EMPTY_SIDE))
    reservation = f"{_bloc(sides.no)} tager forbehold."
    return Paragraph(f"{majority.text} {reservation}", "", majority.annotations, (reservation,))


def _bloc(side: Side) -> str:
    """Format a side as "5 medlemmer (A+V+Karen Holm (C))"."""
    return f"{member_count(side.size or 0)} ({'+'.join(side_labels(side))})"


_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Indstillingen godkendt."),
        Outcome.NOTED: ("Taget til efterretning.",),
        Outcome.RECOMMENDED: ("Anbefales godkendt.", "Indstillingen anbefales."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
    },
    write_votes=_write_votes,
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


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    absent = f"Afbud: {names_with_parties(meeting.absent)}\n" if meeting.absent else ""
    text = (
        f"Beslutningsprotokol\n\n{weekday(day)} den {long_date(day)} kl. {committee.time}\n\n"
        f"Mødested: {committee.place}\nUdvalg: {committee.name}\n"
        f"Medlemmer: {names_with_parties(committee.members)}\n{absent}\n"
    )
    return Header(text, header_fields(meeting))


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    closed = "Lukket punkt - " if item.closed else ""
    return f"{item.number}. {closed}{item.title}\n\nSagsid.: {item.case_number}\n\n"


MAJORITIES = MinutesFormat(
    "majorities",
    Conventions(
        case_number="{yy}/{long_serial:05}",
        number_all_cases=True,
        print_closed_titles=True,
        number_through_year=True,
    ),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resumé", sections.resume),
            SectionSpec(SectionKind.PRIOR_DECISION, "Beslutning i {committee} den {long_date}"),
            SectionSpec(SectionKind.DECISION, "Beslutning i {committee} den {long_date}"),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation("{department} indstiller til {committee},", "at ", as_list=False),
            ),
            SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy),
            SectionSpec(
                SectionKind.CASE_FLOW,
                "Sagsgang",
                sections.case_flow("{committee} den {day}", include_current=True),
            ),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.attachments),
        ),
    ),
    Encoding("utf-8", crlf=True),
)
