"""BESLUTNINGSPROTOKOL; "Nr. 20  BR 366/07."; decisions told in sentences, "vedtaget med 34 stemmer imod 15.
For stemte: A, B og Ø.", the larger number first also of a motion that is lost. As in København."""

from collections.abc import Sequence
from random import Random

from minutes.vocabulary import MeetingKind, Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled, weekday
from synthetic.decisions import Course
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.setting import Setting
from synthetic.paragraphs import Paragraph
from synthetic.towns import Committee, Habits, Member, Town
from synthetic.votes import (
    NOBODY,
    Side,
    Sides,
    Vote,
    alphabetical,
    ballot,
    listed,
    mover,
    names,
    voters,
    with_party,
)
from synthetic.wording import Wording

_EXTRAORDINARY = 0.08
_MEETINGS = {MeetingKind.ORDINARY: "Ordinært", MeetingKind.EXTRAORDINARY: "Ekstraordinært"}
_VOTED = {
    Outcome.APPROVED: (
        "Indstillingen blev vedtaget",
        "Indstillingen blev tiltrådt",
        "Indstillingen blev godkendt",
    ),
    Outcome.NOTED: ("Orienteringen blev taget til efterretning",),
    Outcome.RECOMMENDED: ("Indstillingen blev anbefalet",),
    Outcome.REJECTED: ("Indstillingen blev forkastet",),
}


def _voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
    assert course.main
    paragraphs = [_told(random.choice(_VOTED[course.outcome]), course.main)]
    if vote := course.amendment:
        motion = f"Et af {mover(vote)} stillet ændringsforslag om, at {vote.motion}, blev forkastet"
        paragraphs.insert(0, _told(motion, vote))
    return paragraphs


def _told(words: str, vote: Vote) -> Paragraph:
    more, fewer = sorted((len(vote.yes), len(vote.no)), reverse=True)
    text = f"{words} med {more} stemmer imod {fewer}."
    if vote.idle:
        text += f" {voters(len(vote.idle))} undlod at stemme."
    yes, yes_words = _side(vote, vote.yes)
    no, no_words = _side(vote, vote.no)
    text += f" For stemte: {listed(yes_words)}. Imod stemte: {listed(no_words)}."
    idle = NOBODY
    if vote.idle:
        idle, idle_words = _side(vote, vote.idle)
        text += f" Undlod at stemme: {listed(idle_words)}."
    return ballot(text, vote, Sides(yes, no, idle))


def _side(vote: Vote, members: Sequence[Member]) -> tuple[Side, list[str]]:
    """What is printed of those who voted alike, and the words.

    Whoever votes apart from a party of three or more is taken out of it by name; of other split parties
    all are named.
    """
    everybody = (*vote.yes, *vote.no, *vote.idle)
    words: list[str] = []
    parties: list[str] = []
    people: list[Member] = []
    for party in sorted({member.party for member in members}, key=alphabetical):
        mine = [member for member in members if member.party == party]
        others = [member for member in everybody if member.party == party and member not in mine]
        if not others:
            words.append(party)
            parties.append(party)
        elif len(others) == 1 and len(mine) > 1:
            words.append(f"{party} med undtagelse af 1 medlem ({others[0].name})")
            parties.append(party)
        elif len(mine) == 1 and len(others) > 1:
            words.append(f"1 medlem af {party} ({mine[0].name})")
            people += mine
        else:
            words.append(f"{party} ({', '.join(names(mine))})")
            people += mine
    return Side(len(members), tuple(parties), tuple(people)), words


_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Indstillingen blev godkendt uden afstemning.", "Indstillingen blev tiltrådt."),
        Outcome.NOTED: ("Orienteringen blev taget til efterretning.",),
        Outcome.RECOMMENDED: ("Indstillingen blev anbefalet uden afstemning.",),
        Outcome.DISCUSSED: ("Sagen blev drøftet.",),
        Outcome.POSTPONED: ("Sagen blev udsat.", "Sagen blev udsat til næste møde."),
    },
    voted=_voted,
    reservations=("{name} ({party}) tog forbehold.", "{party} tog forbehold."),
    referral="{name} ({party}) begærede sagen indbragt for Byrådet.",
    remarks=(
        "{party} afgav følgende protokolbemærkning: |{Remark}.",
        "{name} ({party}) afgav følgende protokolbemærkning: |{Remark}.",
    ),
    recusals=(
        ("{name} ({party}) erklærede sig inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    day, committee = meeting.day, meeting.committee
    kind = MeetingKind.EXTRAORDINARY if town.random.random() < _EXTRAORDINARY else MeetingKind.ORDINARY
    absent = listed([with_party(each) for each in meeting.absent]) if meeting.absent else ""
    text = (
        f"{committee.name}\n\nBESLUTNINGSPROTOKOL\n\n"
        f"fra {_MEETINGS[kind]} møde {weekday(day).lower()} den {spelled(day)}\n\n"
        f"Mødet begyndte kl. {committee.time.replace(':', '.')}\n\n"
        f"Mødested: {committee.room}\n\n" + (f"{absent} havde meldt forfald.\n\n" if absent else "")
    )
    return Header(text, fields_of(meeting, present=False) | {"kind": kind})


def _opening(desk: Desk) -> str:
    item = desk.item
    return f"Nr. {item.number}  {item.case_number}.\n\n{item.title}{' (LUKKET)' if item.closed else ''}\n\n"


PROTOCOL = Form(
    "protocol",
    Habits(case_number="BR {long}/{yy}", all_cases_numbered=True, closed_titles=True, through_the_year=True),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "RESUMÉ", bodies.resume),
            Part(
                SectionKind.RECOMMENDATION,
                "INDSTILLING",
                bodies.points("{department} indstiller til {body},", "{n}. at "),
            ),
            Part(SectionKind.PRESENTATION, "SAGSFREMSTILLING", bodies.presentation),
            Part(SectionKind.ECONOMY, "ØKONOMI", bodies.economy),
            Part(SectionKind.PRIOR_DECISION, "{body}s beslutning i mødet den {spelled}"),
            Part(SectionKind.DECISION, "{body}s beslutning i mødet den {spelled}"),
            Part(SectionKind.ATTACHMENTS, "BILAG", bodies.attachments),
        ),
        setting=Setting(width=76, bullet="• "),
    ),
    Encoding("cp1252", crlf=True),
)
