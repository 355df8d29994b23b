"""Publications of SBSYS, eDoc and FirstAgenda are read by what their structure states."""

import json
from pathlib import Path

import pytest

from minutes.documents import DocumentError, SourceDocument, convert
from minutes.documents.packages import zip_of
from minutes.reader import read_converted
from minutes.reader.records import Document
from tests.vendor_files import CYCLE_PATH, SALE, agenda, sbsys

REAL = Path(__file__).parents[2] / "shared" / "real"
needs_real_files = pytest.mark.skipif(not REAL.exists(), reason="the real files are not beside the project")


def read(data: bytes, name: str = "") -> tuple[SourceDocument, Document]:
    converted = convert(data, name)
    return converted, read_converted(converted, data, name)


def test_what_a_publication_of_sbsys_states_is_taken_from_it():
    _, document = read(sbsys(agenda(CYCLE_PATH, SALE)))
    assert (document.committee, document.date, document.start_time, document.location) == (
        "Miljøudvalget",
        "2019-05-15",
        "16:30",
        "Lokale 3",
    )
    assert document.document == "minutes"
    assert [member.name for member in document.participants] == ["Ida Holm", "Per Krog"]
    first, second = document.items
    assert (first.number, first.title, first.case_number, first.closed) == ("1", "Cykelsti", "19/4711", False)
    assert (first.decision, first.outcome) == ("Godkendt.", "approved")
    assert [section.heading for section in first.sections] == [
        "Tidligere beslutning",
        "Sagen kort",
        "Afgørelse",
        "Bilag",
    ]
    assert (second.title, second.closed) == ("Salg af grund", True)


def test_numbered_lists_in_a_field_have_their_numbers():
    converted, _ = read(sbsys(agenda(CYCLE_PATH)))
    assert "1. Stien er to km.\n2. Den er bred." in converted.text


def test_an_item_that_is_not_said_to_be_public_is_closed():
    unsaid = CYCLE_PATH.replace("<IsPublic>True</IsPublic>", "")
    assert read(sbsys(agenda(unsaid)))[1].items[0].closed


def test_a_draft_is_doubtful_and_an_agenda_is_no_minutes():
    draft = read(sbsys(agenda(CYCLE_PATH), kind="Draft"))[1]
    assert (draft.grade, [doubt.code for doubt in draft.doubts]) == ("doubtful", ["draft"])
    assert read(sbsys(agenda(CYCLE_PATH), kind="Final"))[1].document == "agenda"


def test_enclosures_come_along_with_their_items_and_missing_ones_are_named():
    data = sbsys(agenda(CYCLE_PATH), more={"Publication7/Enclosures/1.pdf": b"%PDF-1.4 kort"})
    converted, document = read(data)
    [part] = converted.attachments
    assert (part.name, part.item, part.data) == ("Kort.pdf", "1", b"%PDF-1.4 kort")
    assert document.source.notes == ("Bilaget ”Brev” er ikke i ZIP-filen.",)


def test_several_agendas_of_a_publication_become_documents_of_their_own():
    data = sbsys(agenda(CYCLE_PATH), agenda(SALE, committee="Økonomiudvalget"))
    parts = convert(data).attachments
    committees = [read(part.data, part.name)[1].committee for part in parts]
    assert committees == ["Miljøudvalget", "Økonomiudvalget"]
    assert [part.data for part in convert(data).attachments] == [part.data for part in parts]


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        (b"<Publication><Agendas/></Publication>", "ikke en dagsorden"),
        (b"<Publication><Agendas><Agenda/></Agendas></Publication>", "mangler udvalg"),
        (b"<Publication>", "beskadiget"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><Publication>&a;</Publication>', "DTD"),
    ],
)
def test_a_faulty_publication_is_refused_with_the_reason(xml, says):
    with pytest.raises(DocumentError, match=says):
        convert(zip_of({"Publication7/Publication7.xml": xml}))


MEETING = {
    "Id": "4711",
    "Udvalg": {"Id": "1", "Navn": "Miljøudvalget"},
    "Moede": {
        "Navn": "Referat",
        "MeetingBeginUtc": "2026-05-04T12:00:00Z",
        "MeetingEndUtc": "2026-05-04T16:00:00+02:00",
        "Sted": "Lokale 3",
    },
    "Dagsordenpunkter": [
        {
            "Punktnummer": "1.",
            "Navn": "Cykelsti",
            "SagsNummer": "19/4711",
            "IsOpen": True,
            "Felter": [
                {"Navn": "Resumé", "Html": "<p>Stien er to km.</p>"},
                {"Navn": "Beslutning", "Html": "<p>Godkendt.</p>"},
            ],
            "Bilag": [{"Id": "9", "Navn": "Kort"}],
        },
        {
            "Number": 2,
            "Caption": "Salg af grund",
            "Felter": [{"Navn": "Beslutning", "Html": "<p>Solgt.</p>"}],
        },
    ],
}


def firstagenda(**changes: object) -> bytes:
    return json.dumps({**MEETING, **changes}).encode()


def test_what_a_meeting_of_firstagenda_states_is_taken_from_it():
    _, document = read(firstagenda(), "moede.json")
    assert (document.committee, document.date, document.start_time) == (
        "Miljøudvalget",
        "2026-05-04",
        "14:00",
    )
    first, second = document.items
    assert (first.number, first.title, first.case_number, first.closed) == ("1", "Cykelsti", "19/4711", False)
    assert (first.decision, first.attachments) == ("Godkendt.", ("Kort",))
    assert (second.number, second.title, second.closed) == ("2", "Salg af grund", True)


@pytest.mark.parametrize(
    ("name", "kind"), [("Dagsorden", "agenda"), ("Referat", "minutes"), (None, "minutes")]
)
def test_a_meeting_of_firstagenda_is_minutes_or_an_agenda_by_its_name(name, kind):
    assert read(firstagenda(Moede={**MEETING["Moede"], "Navn": name}), "a.json")[1].document == kind


@pytest.mark.parametrize(
    "data", [b'{"a": 1, "b": 2}', b'[{"Dagsordenpunkter": []}]', b'{"Udvalg": "x", "Moede":']
)
def test_json_that_is_no_meeting_is_refused(data):
    with pytest.raises(DocumentError, match="JSON"):
        convert(data, "a.json")


@needs_real_files
def test_a_real_publication_of_sbsys_is_read_exactly():
    converted, document = read((REAL / "sbsys" / "Publication32.zip").read_bytes(), "Publication32.zip")
    assert (document.committee, document.date, document.start_time) == (
        "KMB IT-udvalget",
        "2013-05-15",
        "16:30",
    )
    assert (document.document, document.grade) == ("agenda", "certain")
    assert (len(document.participants), [item.number for item in document.items]) == (11, list("12345"))
    assert not any(item.closed for item in document.items)
    assert [(part.item, len(part.data)) for part in converted.attachments] == [("3", 94198)]


@needs_real_files
@pytest.mark.parametrize("file", ["the folder", "1552814.PDF"])
def test_a_real_publication_of_edoc_is_read_exactly(file):
    folder = REAL / "edoc"
    data = (
        zip_of({path.name: path.read_bytes() for path in folder.iterdir()})
        if file == "the folder"
        else (folder / file).read_bytes()
    )
    _, document = read(data, file)
    assert document.committee == "Sundheds- og Forebyggelsesudvalget"
    assert (document.date, document.start_time, document.document) == ("2012-12-04", "13:00", "minutes")
    assert len(document.participants) == 7
    assert [item.number for item in document.items] == list("12345678")
    assert not any(item.closed for item in document.items)
    assert [item.outcome for item in document.items] == [
        "noted",
        "approved",
        "recommended",
        "approved",
        "approved",
        "approved",
        "approved",
        "noted",
    ]
