"""A header in a table, "1 : Titel", ballots in blocks with the numbers under their labels. As in
Ringkøbing-Skjern."""

from collections.abc import Sequence

from minutes.vocabulary import Outcome, SectionKind
from synthetic.agenda import Meeting
from synthetic.days import spelled, weekday
from synthetic.decisions import Custom
from synthetic.encodings import Encoding
from synthetic.forms import bodies
from synthetic.forms.form import Form, Header, Layout, Part
from synthetic.forms.headers import fields_of
from synthetic.forms.items import Desk
from synthetic.forms.labels import in_blocks
from synthetic.towns import Habits, Town
from synthetic.votes import named
from synthetic.wording import Wording

_WORDING = Wording(
    plain={
        Outcome.APPROVED: ("Godkendt.", "Godkendt som indstillet."),
        Outcome.NOTED: ("Taget til efterretning.", "Orienteringen blev taget til efterretning."),
        Outcome.RECOMMENDED: ("Anbefales.", "Anbefales godkendt."),
        Outcome.DISCUSSED: ("Drøftet.", "Sagen blev drøftet."),
        Outcome.POSTPONED: ("Udsat.", "Sagen udsættes."),
    },
    voted=in_blocks(("\n\n", "\n\n", " ")),
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
    custom=Custom(by_part=True, ties=True),
)


def _header(town: Town, meeting: Meeting, pages: Sequence[int]) -> Header:
    committee = meeting.committee
    rows = [
        ("Udvalg", committee.name),
        ("Dato", f"{weekday(meeting.day)} den {spelled(meeting.day)}"),
        ("Tidspunkt", committee.time),
        ("Sted", committee.room),
        ("Deltagere", named(meeting.present)),
    ]
    if meeting.absent:
        rows.append(("Fraværende", named(meeting.absent)))
    table = "".join(f"{label}:\t{words}\n" for label, words in rows)
    return Header(f"REFERAT\n\n{table}\n", fields_of(meeting))


def _opening(desk: Desk) -> str:
    item = desk.item
    title = f"{item.number} : {item.title}{' (LUKKET)' if item.closed else ''}"
    return f"{title}\n\nSagsnummer: {item.case_number}\n\n"


TABLED = Form(
    "tabled",
    Habits(case_number="{yy}/{long}", all_cases_numbered=True, closed_titles=True),
    _WORDING,
    Layout(
        _header,
        _opening,
        (
            Part(SectionKind.RESUME, "Resumé", bodies.resume),
            Part(SectionKind.PRESENTATION, "Sagsfremstilling", bodies.presentation),
            Part(SectionKind.ECONOMY, "Økonomi", bodies.economy),
            Part(
                SectionKind.RECOMMENDATION,
                "Indstilling",
                bodies.points("Administrationen indstiller,", "{n}. at "),
            ),
            Part(SectionKind.PRIOR_DECISION, "Beslutning i {body} den {figures}"),
            Part(SectionKind.DECISION, "Beslutning i {body} den {figures}"),
            Part(SectionKind.ATTACHMENTS, "Bilag", bodies.attachments),
        ),
    ),
    Encoding("utf-16", crlf=True),
)
