"""Format with item numbers behind bullets, indented text and ballots in blocks, as in Dragør.

Decisions have the heading "BESLUTNING: Teknikudvalget den 14-01-2020".
"""

from collections.abc import Sequence

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date, weekday
from synthetic.deliberation import VotingRules
from synthetic.formats import sections
from synthetic.formats.ballot_blocks import ballot_blocks
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.formats.typography import Typography
from synthetic.meetings import Meeting
from synthetic.municipalities import Conventions, Municipality
from synthetic.votes import names_with_parties
from synthetic.wording import Wording

_INDENT = "    "
_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Godkendt som indstillet."),
        Outcome.NOTED: ("Taget til efterretning.",),
        Outcome.RECOMMENDED: ("Anbefales.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
    },
    write_votes=ballot_blocks(("    ", "  ")),
    reservations=(
        "{party} tager forbehold.",
        "{party} tager forbehold for finansieringen.",
        "{name} ({party}) tager forbehold.",
    ),
    referral="{name} ({party}) begærede sagen indbragt for kommunalbestyrelsen.",
    remarks=(
        "{party} ønskede følgende ført til protokol: |{Remark}.",
        "{name} ({party}) ønskede følgende ført til protokol: |{Remark}.",
    ),
    recusals=(
        ("{name} ({party}) blev erklæret inhabil og forlod salen under punktet.", "inhabil"),
        ("{name} ({party}) deltog ikke i behandlingen af punktet.", None),
    ),
    recusal_first=True,
    voting_rules=VotingRules(vote_by_point=True, allow_ties=True),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    text = (
        "Skip navigationen\n\nReferat\n\n"
        f"{weekday(meeting.day)} den {long_date(meeting.day)} kl. {committee.time}\n\n"
        f"Mødested: {committee.place}\n"
        f"Udvalg: {committee.name}\n"
        f"Medlemmer: {names_with_parties(committee.members)}\n"
        f"Afbud fra: {names_with_parties(meeting.absent)}".rstrip()
        + "\nBemærkninger:\n\nUdskriv referat\n"
    )
    return Header(text, header_fields(meeting))


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    return (
        f"  • {item.number}\n"
        f"{_INDENT}{'(LUKKET) ' if item.closed else ''}{item.title}\n"
        f"{_INDENT}Sagsid.: {item.case_number}\n\n"
    )


BULLETED = MinutesFormat(
    "bulleted",
    Conventions(
        case_number="{yy}/{long_serial}",
        number_all_cases=True,
        print_closed_titles=True,
        council="Kommunalbestyrelsen",
    ),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "RESUMÉ:", sections.resume),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "INDSTILLING:",
                sections.recommendation("Administrationen indstiller,", "{n}. at ", "\n\n"),
            ),
            SectionSpec(SectionKind.DECISION, "BESLUTNING: {committee} den {numeric_date}"),
            SectionSpec(SectionKind.PRIOR_DECISION, "BESLUTNING: {committee} den {numeric_date}"),
            SectionSpec(SectionKind.PRESENTATION, "SAGSFREMSTILLING:", sections.presentation),
            SectionSpec(SectionKind.OTHER, "LOVE/REGLER:", sections.fixed_text("Kommunestyrelsesloven.")),
            SectionSpec(SectionKind.ECONOMY, "ØKONOMI/PERSONALE:", sections.economy),
            SectionSpec(
                SectionKind.CASE_FLOW,
                "BESLUTNINGSPROCES:",
                sections.case_flow("{committee} den {day}."),
            ),
            SectionSpec(SectionKind.ATTACHMENTS, "BILAG:", sections.attachments),
        ),
        typography=Typography(bullet="• ", indent=_INDENT),
    ),
)
