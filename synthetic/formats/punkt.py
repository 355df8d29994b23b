"""Formats with items "Punkt 1: …" under the title "REFERAT Byrådet d. 14-01-2020", as in Randers.

Votes are reported in sentences.
"""

import textwrap
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from minutes.reader.records import Participant
from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date, weekday
from synthetic.deliberation import Deliberation
from synthetic.formats import sections
from synthetic.formats.header_fields import absences
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.meetings import AgendaItem, Meeting
from synthetic.municipalities import Committee, Conventions, Member, Municipality, council_term
from synthetic.paragraphs import Paragraph
from synthetic.topics import PolicyArea
from synthetic.votes import (
    EMPTY_SIDE,
    Side,
    Sides,
    Vote,
    ballot_paragraph,
    join_words,
    name_with_party,
    size_only,
)
from synthetic.wording import Wording

_PARTICIPANTS_WIDTH = 62
_UNANIMOUS = {
    Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Tiltrådt.", "Indstillingen blev godkendt.", "Vedtaget."),
    Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
    Outcome.RECOMMENDED: ("Indstilles godkendt.", "Anbefales godkendt.", "Indstilles tiltrådt."),
    Outcome.DISCUSSED: ("Drøftet.", "Sagen blev drøftet."),
    Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
}
_CONTESTED = {
    Outcome.APPROVED: ("Godkendt", "Tiltrådt", "Indstillingen blev godkendt"),
    Outcome.NOTED: ("Taget til efterretning",),
    Outcome.RECOMMENDED: ("Indstilles godkendt", "Indstilles tiltrådt"),
    Outcome.REJECTED: ("Forslaget blev forkastet", "Indstillingen blev forkastet"),
}
_NUMBER_WORDS = ["nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv"]


def _write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
    assert deliberation.main
    paragraphs = [_main_vote(random, committee, deliberation.outcome, deliberation.main)]
    if deliberation.amendment:
        paragraphs.append(_amendment(random, deliberation.amendment))
    return paragraphs


def _main_vote(random: Random, committee: Committee, outcome: Outcome, vote: Vote) -> Paragraph:
    with_party = committee.area is PolicyArea.COUNCIL
    minority, side_name = (vote.no, "Imod") if vote.carried else (vote.yes, "For")
    text = f"{random.choice(_CONTESTED[outcome])} med {_votes(random, len(vote.yes))} for og "
    text += f"{_votes(random, len(vote.no))} imod"
    text += f", mens {len(vote.abstained)} undlod at stemme." if vote.abstained else "."
    if len(minority) < 3 and random.random() < 0.4:
        text += f" {_join_names(minority, with_party)} stemte {side_name.lower()}."
    else:
        text += f" {side_name} stemte {_join_names(minority, with_party)}."
    if vote.abstained:
        text += f" {_join_names(vote.abstained, with_party)} undlod at stemme."
    return _vote_sentence(text, vote)


def _amendment(random: Random, vote: Vote) -> Paragraph:
    return _vote_sentence(
        f"Et ændringsforslag fra {vote.yes[0].name} om, at {vote.motion}, blev forkastet med "
        f"{_votes(random, len(vote.yes))} for og {_votes(random, len(vote.no))} imod. "
        f"For stemte {_join_names(vote.yes, with_party=False)}.",
        vote,
    )


def _vote_sentence(text: str, vote: Vote) -> Paragraph:
    """Return a ballot that prints the names of the minority and the size of the majority."""
    yes, no = size_only(vote.yes), size_only(vote.no)
    sides = Sides(
        yes if vote.carried else yes._replace(members=vote.yes),
        no._replace(members=vote.no) if vote.carried else no,
        Side(len(vote.abstained), (), vote.abstained) if vote.abstained else EMPTY_SIDE,
    )
    return ballot_paragraph(text, vote, sides)


def _votes(random: Random, count: int) -> str:
    number = _NUMBER_WORDS[count] if count < len(_NUMBER_WORDS) and random.random() < 0.15 else str(count)
    return f"{number} {'stemme' if count == 1 else 'stemmer'}"


def _join_names(members: Sequence[Member], with_party: bool) -> str:
    return join_words([name_with_party(member) if with_party else member.name for member in members])


_WORDING = Wording(
    unanimous=_UNANIMOUS,
    write_votes=_write_votes,
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
) -> Callable[[Municipality, Meeting, Sequence[int]], Header]:
    def header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
        day, committee = meeting.day, meeting.committee
        term = "-".join(map(str, council_term(day))) if term_in_name else None
        name = f"{committee.name} {term}" if term else committee.name
        contents = "\n".join(
            f"{item.title}{_closed_suffix(item, municipality)}.....\t{page}"
            for item, page in zip(meeting.items, pages, strict=True)
        )
        text = (
            f"REFERAT {name} d. {day:%d-%m-%Y}\n\n"
            f"Mødedato {weekday(day)} d. {long_date(day)} kl. {committee.time}\n\n"
            f"Mødested {committee.place}\n\n"
            + (f"{_participants(meeting)}\n\n" if participants else "")
            + f"Indholdsfortegnelse\n\n{contents}\n\n"
        )
        fields: dict[str, Any] = {
            "committee_as_printed": name,
            "term": term,
            "start_time": committee.time,
            "location": committee.place,
        }
        if participants:
            fields["participants"] = tuple(Participant(name=member.name) for member in meeting.present)
        # Members named in the header, or under several items, are absent from the meeting.
        if participants or sum(not item.closed and item.decision is not None for item in meeting.items) > 1:
            fields["absent"] = absences(meeting.absent, with_party=False)
        return Header(text, fields)

    return header


def _participants(meeting: Meeting) -> str:
    names = [
        f"{member.name} (Fravær)" if member in meeting.absent else member.name
        for member in meeting.committee.members
    ]
    return textwrap.fill(f"Mødedeltagere {', '.join(names)}", _PARTICIPANTS_WIDTH, break_on_hyphens=False)


def _closed_suffix(item: AgendaItem, municipality: Municipality) -> str:
    return " (LUKKET)" if item.closed and municipality.conventions.print_closed_titles else ""


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    suffix = _closed_suffix(item, renderer.municipality)
    case = f"{item.case_number}\n\n" if item.case_number else ""
    return f"Punkt {item.number}: {item.title}{suffix}\n\n{case}"


def _opening_with_title_twice(renderer: ItemRenderer) -> str:
    return _item_heading(renderer) + (f"{renderer.item.title}\n\n" if renderer.case else "")


_RESUME = SectionSpec(SectionKind.RESUME, "Resume", sections.resume)
_PRESENTATION = SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.presentation)
_ECONOMY = SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy)
_ATTACHMENTS = SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.separate_attachments)
_CASE_FLOW = SectionSpec(
    SectionKind.CASE_FLOW,
    "Sagens gang",
    sections.case_flow("- {committee} den {day}", include_current=True),
)
_PRIOR_DECISION = SectionSpec(SectionKind.PRIOR_DECISION, "{committee}, {long_date}, pkt. {number}:")
_DECISION = SectionSpec(SectionKind.DECISION, "Beslutning")
_INTRODUCTION = "Forvaltningen indstiller til {committee},"


def _unnumbered(heading: str) -> SectionSpec:
    return SectionSpec(SectionKind.RECOMMENDATION, heading, sections.recommendation("", "at ", as_list=False))


PUNKT_FORMATS = (
    MinutesFormat(
        "punkt, with term",
        Conventions(),
        _WORDING,
        Layout(
            _header(term_in_name=True),
            _item_heading,
            (
                _RESUME,
                SectionSpec(
                    SectionKind.RECOMMENDATION,
                    "Indstilling",
                    sections.recommendation(_INTRODUCTION, separator="\n\n"),
                ),
                _PRIOR_DECISION,
                _DECISION,
                SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.spaced_presentation),
                _ECONOMY,
                _ATTACHMENTS,
            ),
        ),
    ),
    MinutesFormat(
        "punkt, numbered through the year",
        Conventions(number_through_year=True),
        _WORDING,
        Layout(
            _header(),
            _item_heading,
            (
                _RESUME,
                _PRESENTATION,
                _ECONOMY,
                _unnumbered("Direktøren for {department} indstiller"),
                _PRIOR_DECISION,
                _DECISION,
                _ATTACHMENTS,
            ),
        ),
    ),
    MinutesFormat(
        "punkt, with case flow",
        Conventions(case_number="S{year}-{long_serial}", print_closed_titles=True),
        _WORDING,
        Layout(
            _header(),
            _item_heading,
            (
                _RESUME,
                _PRESENTATION,
                _ECONOMY,
                _CASE_FLOW,
                _unnumbered("Forvaltningen indstiller"),
                _PRIOR_DECISION,
                _DECISION,
                _ATTACHMENTS,
            ),
        ),
    ),
    MinutesFormat(
        "punkt, in capitals",
        Conventions(number_through_year=True),
        _WORDING,
        Layout(
            _header(participants=False),
            _opening_with_title_twice,
            (
                SectionSpec(SectionKind.RESUME, "RESUME", sections.resume),
                SectionSpec(
                    SectionKind.RECOMMENDATION, "INDSTILLING", sections.recommendation(_INTRODUCTION)
                ),
                _PRIOR_DECISION,
                SectionSpec(SectionKind.DECISION, "BESLUTNING"),
                SectionSpec(SectionKind.PRESENTATION, "SAGSFREMSTILLING", sections.presentation),
                SectionSpec(SectionKind.ECONOMY, "ØKONOMI", sections.economy),
                SectionSpec(SectionKind.ATTACHMENTS, "BILAG", sections.separate_attachments),
                SectionSpec(SectionKind.ABSENT, "Fraværende:", sections.absent_members),
            ),
        ),
    ),
)
