"""Numbers behind bullets, all indented; "BESLUTNING: X den DD-MM-YYYY"; ballots in blocks. As in Dragør."""

from collections.abc import Sequence

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled, weekday
from synthetic.decisions import Custom
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.labels import in_blocks
from synthetic.forms.setting import Setting
from synthetic.towns import Habits, Town
from synthetic.votes import named
from synthetic.wording import Wording

_INDENT = "    "
_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Godkendt.", "Godkendt som indstillet."),
        Outcome.NOTED: ("Taget til efterretning.",),
        Outcome.RECOMMENDED: ("Anbefales.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.",),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes til næste møde."),
    },
    voted=in_blocks(("    ", "  ")),
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
    custom=Custom(by_part=True, ties=True),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    text = (
        "Skip navigationen\n\nReferat\n\n"
        f"{weekday(meeting.day)} den {spelled(meeting.day)} kl. {committee.time}\n\n"
        f"Mødested: {committee.room}\n"
        f"Udvalg: {committee.name}\n"
        f"Medlemmer: {named(committee.members)}\n"
        f"Afbud fra: {named(meeting.absent)}".rstrip()
        + "\nBemærkninger:\n\nUdskriv referat\n"
    )
    return Header(text, fields_of(meeting))


def _opening(desk: Desk) -> str:
    item = desk.item
    return (
        f"  • {item.number}\n"
        f"{_INDENT}{'(LUKKET) ' if item.closed else ''}{item.title}\n"
        f"{_INDENT}Sagsid.: {item.case_number}\n\n"
    )


BULLETED = Form(
    "bulleted",
    Habits(
        case_number="{yy}/{long}",
        all_cases_numbered=True,
        closed_titles=True,
        council="Kommunalbestyrelsen",
    ),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "RESUMÉ:", bodies.resume),
            Part(
                SectionKind.RECOMMENDATION,
                "INDSTILLING:",
                bodies.points("Administrationen indstiller,", "{n}. at ", "\n\n"),
            ),
            Part(SectionKind.DECISION, "BESLUTNING: {body} den {figures}"),
            Part(SectionKind.PRIOR_DECISION, "BESLUTNING: {body} den {figures}"),
            Part(SectionKind.PRESENTATION, "SAGSFREMSTILLING:", bodies.presentation),
            Part(SectionKind.OTHER, "LOVE/REGLER:", bodies.in_matters("Kommunestyrelsesloven.")),
            Part(SectionKind.ECONOMY, "ØKONOMI/PERSONALE:", bodies.economy),
            Part(SectionKind.CASE_FLOW, "BESLUTNINGSPROCES:", bodies.case_flow("{body} den {day}.")),
            Part(SectionKind.ATTACHMENTS, "BILAG:", bodies.attachments),
        ),
        setting=Setting(bullet="• ", indent=_INDENT),
    ),
)
