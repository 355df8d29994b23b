"""Invented publications as SBSYS writes them."""

from minutes.documents.packages import zip_of

ITEM = """<Item><Caption>{title}</Caption><IsPublic>{public}</IsPublic><Number>{number}</Number>
<Case><Number>{case}</Number></Case><Fields>{fields}</Fields><Enclosures>{enclosures}</Enclosures></Item>"""
FIELD = """<ItemField><Caption>{heading}</Caption><HasContent>True</HasContent><IsFeedback>{decision}</IsFeedback>
<Content><![CDATA[{html}]]></Content></ItemField>"""
ENCLOSURE = """<Enclosure><Name>{name}</Name><ItemNumber>{number}</ItemNumber>
<InstantiationFilePathRelative>Enclosures\\{file}</InstantiationFilePathRelative></Enclosure>"""
AGENDA = """<Agenda><Name>Miljøudvalget</Name><Meeting><When>15-05-2019 16:30:00</When>
<Until>15-05-2019 18:00:00</Until><Where>Lokale 3</Where><Members>
<MeetingMember><ParticipationStatusAsText>NotDecided</ParticipationStatusAsText><Name>Ida Holm (A)</Name></MeetingMember>
<MeetingMember><ParticipationStatusAsText>NotDecided</ParticipationStatusAsText><Name>Per Krog (V)</Name></MeetingMember>
</Members></Meeting><Committee><Name>{committee}</Name></Committee><Items>{items}</Items></Agenda>"""


def item(
    number: int, title: str, *fields: str, public: bool = True, case: str = "", enclosures: str = ""
) -> str:
    return ITEM.format(
        number=number, title=title, public=public, case=case, fields="".join(fields), enclosures=enclosures
    )


def field(heading: str, html: str, *, decision: bool = False) -> str:
    return FIELD.format(heading=heading, html=html, decision=decision)


def enclosure(name: str, file: str, number: int | str = 1) -> str:
    return ENCLOSURE.format(name=name, file=file, number=number)


CYCLE_PATH = item(
    1,
    "Cykelsti",
    field("Tidligere beslutning", "<p>Udsat.</p>"),
    field("Sagen kort", "<ol><li>Stien er to km.</li><li>Den er bred.</li></ol>"),
    field("Afgørelse", "<p>Godkendt.</p>", decision=True),
    case="19/4711",
    enclosures=enclosure("Kort", "1.pdf") + enclosure("Brev", "2.pdf"),
)
SALE = item(2, "Salg af grund", field("Beslutning", "<p>Solgt.</p>", decision=True), public=False)


def sbsys(*agendas: str, kind: str = "Minutes", more: dict[str, bytes] | None = None) -> bytes:
    xml = (
        f"<Publication><PublicationTypeAsEnum>{kind}</PublicationTypeAsEnum>"
        f"<Agendas>{''.join(agendas)}</Agendas></Publication>"
    )
    return zip_of({"Publication7/Publication7.xml": xml.encode(), **(more or {})})


def agenda(*items: str, committee: str = "Miljøudvalget") -> str:
    return AGENDA.format(committee=committee, items="".join(items))
