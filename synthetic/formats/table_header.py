"""Format with a table as header, items "1 : Titel" and ballots in blocks, as in Ringkøbing-Skjern."""

from collections.abc import Sequence

from minutes.vocabulary import Outcome, SectionKind
from synthetic.dates import long_date, weekday
from synthetic.deliberation import VotingRules
from synthetic.encodings import Encoding
from synthetic.formats import sections
from synthetic.formats.ballot_blocks import ballot_blocks
from synthetic.formats.header_fields import header_fields
from synthetic.formats.item_renderer import ItemRenderer
from synthetic.formats.minutes_format import Header, Layout, MinutesFormat, SectionSpec
from synthetic.meetings import Meeting
from synthetic.municipalities import Conventions, Municipality
from synthetic.votes import names_with_parties
from synthetic.wording import Wording

_WORDING = Wording(
    unanimous={
        Outcome.APPROVED: ("Godkendt.", "Godkendt som indstillet."),
        Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.", "Sagen blev drøftet."),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes."),
    },
    write_votes=ballot_blocks(("\n\n", "\n\n", " ")),
    reservations=("{name} ({party}) tager forbehold.", "{party} tager forbehold."),
    referral="{name} ({party}) ønsker sagen indbragt for byrådet.",
    remarks=(
        "{name} ({party}) ønskede følgende ført til protokol: |{Remark}.",
        "{name} ({party}) bemærkede, |at {remark}.",
    ),
    recusals=(
        ("{name} ({party}) var inhabil og deltog ikke i sagens behandling.", "inhabil"),
        ("{name} ({party}) deltog ikke i sagens behandling.", None),
    ),
    voting_rules=VotingRules(vote_by_point=True, allow_ties=True),
)


def _header(municipality: Municipality, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    rows = [
        ("Udvalg", committee.name),
        ("Dato", f"{weekday(meeting.day)} den {long_date(meeting.day)}"),
        ("Tidspunkt", committee.time),
        ("Sted", committee.place),
        ("Deltagere", names_with_parties(meeting.present)),
    ]
    if meeting.absent:
        rows.append(("Fraværende", names_with_parties(meeting.absent)))
    table = "".join(f"{label}:\t{words}\n" for label, words in rows)
    return Header(f"REFERAT\n\n{table}\n", header_fields(meeting))


def _item_heading(renderer: ItemRenderer) -> str:
    item = renderer.item
    title = f"{item.number} : {item.title}{' (LUKKET)' if item.closed else ''}"
    return f"{title}\n\nSagsnummer: {item.case_number}\n\n"


TABLE_HEADER = MinutesFormat(
    "table header",
    Conventions(case_number="{yy}/{long_serial}", number_all_cases=True, print_closed_titles=True),
    _WORDING,
    Layout(
        _header,
        _item_heading,
        (
            SectionSpec(SectionKind.RESUME, "Resumé", sections.resume),
            SectionSpec(SectionKind.PRESENTATION, "Sagsfremstilling", sections.presentation),
            SectionSpec(SectionKind.ECONOMY, "Økonomi", sections.economy),
            SectionSpec(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                sections.recommendation("Administrationen indstiller,", "{n}. at "),
            ),
            SectionSpec(SectionKind.PRIOR_DECISION, "Beslutning i {committee} den {numeric_date}"),
            SectionSpec(SectionKind.DECISION, "Beslutning i {committee} den {numeric_date}"),
            SectionSpec(SectionKind.ATTACHMENTS, "Bilag", sections.attachments),
        ),
    ),
    Encoding("utf-16", crlf=True),
)
