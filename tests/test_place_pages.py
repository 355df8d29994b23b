"""Places of a gazetteer: their import, the items that name them, and their pages, feeds and alerts."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from minutes import publishing
from minutes.alerts.subjects import Window, subject_at
from minutes.importer.gazetteer_file import read_gazetteer
from minutes.models import AgendaItem, GazetteerMention, GazetteerName, GazetteerPlace
from minutes.publishing.gazetteer import find_all_places, find_places
from minutes.publishing.gazetteer_places import PlaceEntry, store_gazetteer
from minutes.reader.records import Item
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, herning, imported, item, randers, section
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

BIRKEVEJ = "/randers/steder/birkevej/"


def gazetteer(*names: str, kind: str = "street", **options: bool) -> None:
    store_gazetteer(randers(), [PlaceEntry(name, kind) for name in names], **options)


def mentions() -> list[tuple[str, str]]:
    rows = GazetteerMention.objects.order_by("place__name", "item__title")
    return list(rows.values_list("place__name", "item__title"))


def street_item(number: str, **facts) -> Item:
    facts = {"decision": "Godkendt.", "outcome": Outcome.APPROVED, **facts}
    return item(number, f"Fortov på Birkevej {number}", **facts)


# Items


def test_an_item_names_the_places_in_its_title_decision_text_and_attachments():
    gazetteer("Birkevej", "Mosevej", "Engvej", "Skolevej", "Lindevej")
    text = (section(SectionKind.PRESENTATION, "Engvejs beboere er hørt."),)
    file(
        document(
            item(
                "1", "Birkevej", decision="Som Mosevej.", sections=text, attachments=("Kort over Skolevej",)
            ),
            item("2", "Budget"),
        )
    )
    assert mentions() == [(name, "Birkevej") for name in ("Birkevej", "Engvej", "Mosevej", "Skolevej")]


def test_items_that_are_stored_already_are_searched_as_new_ones():
    text = (section(SectionKind.PRESENTATION, "Engvejs beboere er hørt."),)
    file(document(item("1", "Birkevej", sections=text, attachments=("Kort over Skolevej",)), item("2", "B")))
    gazetteer("Birkevej", "Engvej", "Skolevej", "Lindevej")
    assert find_places(randers()) == 3
    before = mentions()
    find_all_places()
    assert mentions() == before
    GazetteerMention.objects.all().delete()
    publishing.withdraw(AgendaItem.objects.first().meeting)
    publishing.publish(AgendaItem.objects.first().meeting)
    assert mentions() == before


def test_places_of_another_municipality_are_not_found():
    store_gazetteer(herning(), [PlaceEntry("Birkevej", "street")])
    file(document(street_item("1")))
    find_all_places()
    assert mentions() == []


def test_a_closed_item_names_only_the_places_of_its_public_part():
    gazetteer("Birkevej", "Mosevej")
    hidden = (section(SectionKind.PRESENTATION, "Grunden ligger på Mosevej."),)
    file(document(item("1", "Salg på Birkevej", closed=True, sections=hidden)))
    find_places(randers())
    assert mentions() == [("Birkevej", "Salg på Birkevej")]


def test_a_redaction_or_a_withdrawal_ends_a_mention():
    gazetteer("Birkevej", "Mosevej")
    meeting = imported(minutes("Salg af grund", decision="Solgt til naboen på Birkevej."))
    assert mentions() == [("Birkevej", "Salg af grund")]
    publishing.redact_passage(meeting.readings.get(), "naboen på Birkevej", by=None, reason="Privat")
    assert mentions() == []
    second = imported(minutes("Fortov på Mosevej", day="21-01-2020"))
    assert mentions() == [("Mosevej", "Fortov på Mosevej")]
    publishing.withdraw(second)
    find_places(randers())
    assert mentions() == []


def test_a_gazetteer_costs_an_import_two_queries_whatever_its_size():
    """The names, and the rows of the mentions."""

    def queries(*names: str, day: str) -> int:
        gazetteer(*names)
        with CaptureQueriesContext(connection) as captured:
            file(document(*(street_item(str(number)) for number in range(1, 21)), date=day))
        return len(captured)

    queries(day="2020-01-01")
    without = queries(day="2020-01-02")
    assert queries("Birkevej", day="2020-01-03") == without + 2
    assert queries(*(f"Lokalplan {number}" for number in range(500)), day="2020-01-04") == without + 2


# Pages


def test_the_page_of_a_place_lists_its_items_newest_first_with_what_was_decided(client):
    gazetteer("Birkevej")
    voted = (ballot(16, 2),)
    file(document(street_item("1", ballots=voted), committee="Byrådet", date="2020-03-01"))
    file(document(street_item("2", decision="", outcome=Outcome.NONE), date="2020-04-01"))
    file(document(street_item("3"), date="2020-05-01"), publish=False)
    seen = text_of(client.get(BIRKEVEJ))
    assert "2 punkter nævner Birkevej" in seen
    assert seen.index("Fortov på Birkevej 2") < seen.index("Fortov på Birkevej 1")
    assert "Byrådet vedtog det: 16 stemte for, 2 imod" in seen
    assert "Birkevej 3" not in seen
    assert 'lang="da">Birkevej' in client.get(f"/en{BIRKEVEJ}").content.decode()


def test_the_page_of_a_place_shows_the_sentence_that_names_it_unless_the_title_does(client):
    gazetteer("Birkevej")
    text = (
        section(SectionKind.PRESENTATION, "Det er aftalt. Fortovet ved Birkevejs skole lægges i maj. Nyt."),
    )
    file(document(item("1", "Orientering", sections=text), street_item("2", sections=text)))
    seen = text_of(client.get(BIRKEVEJ))
    assert seen.count("… Fortovet ved Birkevejs skole lægges i maj …") == 1
    assert "Aftalt" not in seen


def test_a_place_is_linked_from_its_items_the_municipality_the_search_and_the_sitemap(client):
    gazetteer("Birkevej")
    meeting = file(document(street_item("1"))).meeting
    item_page = f"{meeting.get_absolute_url()}1/"
    for page in (item_page, "/randers/steder/", "/soeg/?q=birkevej", "/sitemap-randers.xml"):
        assert BIRKEVEJ in client.get(page).getvalue().decode(), page
    assert "/randers/steder/" in client.get("/randers/").content.decode()


def test_nothing_is_said_of_places_without_a_gazetteer_or_before_an_item_names_one(client):
    meeting = file(document(item("1", "Budget"))).meeting
    for names in ((), ("Birkevej",)):
        gazetteer(*names)
        for address in ("/randers/", f"{meeting.get_absolute_url()}1/", "/soeg/?q=birkevej"):
            assert "/steder/" not in client.get(address).content.decode(), address
        for address in ("/randers/steder/", BIRKEVEJ, f"{BIRKEVEJ}feed/", "/randers/steder/x/"):
            assert client.get(address).status_code == 404, address
        assert subject_at(BIRKEVEJ) is None


def test_the_list_of_places_can_be_restricted_to_a_kind(client):
    gazetteer("Birkevej", "Ålegade", "Mosevej")
    gazetteer("Engskolen", kind="school")
    file(document(street_item("1"), item("2", "Ålegade og Engskolen")))
    seen = text_of(client.get("/randers/steder/"))
    assert [seen.index(name) for name in ("Birkevej", "Engskolen", "Ålegade")] == sorted(
        seen.index(name) for name in ("Birkevej", "Engskolen", "Ålegade")
    )
    assert "Mosevej" not in seen
    assert "Birkevej" not in text_of(client.get("/randers/steder/?art=school"))
    assert client.get("/randers/steder/?art=plan").status_code == 404


def test_pages_of_places_make_as_many_queries_for_twenty_items_as_for_one(
    client, django_assert_max_num_queries
):
    gazetteer("Birkevej", *(f"Vej {number}" for number in range(30)))

    def get_all() -> None:
        for address, queries in {"/randers/steder/": 4, BIRKEVEJ: 6, f"{BIRKEVEJ}feed/": 3}.items():
            with django_assert_max_num_queries(queries, info=address):
                assert client.get(address).status_code == 200

    file(document(street_item("1", ballots=(ballot(6, 1),)), date="2019-01-01"))
    get_all()
    file(
        document(
            *(street_item(str(number), ballots=(ballot(6, 1),)) for number in range(1, 21)),
            *(item(str(number), f"Vej {number}") for number in range(21, 30)),
        )
    )
    get_all()


def test_a_place_has_a_feed_and_can_be_followed_by_mail(client):
    gazetteer("Birkevej")
    file(document(street_item("1"), item("2", "Budget")))
    feed = client.get(f"{BIRKEVEJ}feed/").content.decode()
    assert feed.count("<entry>") == 1
    assert "Fortov på Birkevej 1" in feed
    subject = subject_at(f"/en{BIRKEVEJ}?side=2")
    assert (subject.title, subject.address) == ("Birkevej, Randers", BIRKEVEJ)
    now = timezone.now()
    window = Window(datetime(2000, 1, 1, tzinfo=now.tzinfo), now + timedelta(minutes=1))
    assert [row.title for row in subject.new_items(window)] == ["Fortov på Birkevej 1"]


# Files


def read(text: str, kind: str = "") -> list[tuple[str, ...]]:
    file = read_gazetteer(text.encode(), kind)
    assert file.errors == []
    return [(entry.name, entry.kind, entry.external_id, *entry.other_names) for entry in file.entries]


def test_a_file_has_names_kinds_ids_and_other_names():
    assert read(
        "navn;type;id;andre navne\nBirkevej;vej;12;\nLokalplan 215;plan;;LP 215 | Engsletten Øst\n"
    ) == [
        ("Birkevej", "street", "12"),
        ("Lokalplan 215", "plan", "", "LP 215", "Engsletten Øst"),
    ]


def test_a_file_of_dawa_is_read_with_its_kind_given():
    printed = 'href,navn,postnumre\nhttps://x/1,Birkevej,"8900, 8920"\n\nhttps://x/2, Ålegade ,8900\n'
    assert read(printed, "street") == [("Birkevej", "street", ""), ("Ålegade", "street", "")]


def test_a_file_from_a_spreadsheet_may_have_tabs_a_byte_order_mark_or_another_encoding():
    assert read("\ufeffNavn\tType\r\nÅlegade\tVej\r\n") == [("Ålegade", "street", "")]
    assert read_gazetteer("navn;type\nÅlegade;vej\n".encode("cp1252")).entries[0].name == "Ålegade"


def test_each_line_with_an_error_is_reported_and_nothing_is_imported(tmp_path: Path):
    path = tmp_path / "steder.csv"
    path.write_text("navn;type\nBirkevej;vej\n;vej\nengen;vej\nMosevej;bro\nEngvej\n")
    with pytest.raises(CommandError) as error:
        call_command("import_places", str(path), municipality="Randers")
    lines = str(error.value).splitlines()
    assert [line.removeprefix(f"{path}: ").split(":")[0] for line in lines[:-1]] == [
        *("line 3", "line 4", "line 5", "line 6"),
    ]
    assert "engen" in lines[1]
    assert "bro" in lines[2]
    assert lines[-1] == "Nothing was imported."
    assert not GazetteerPlace.objects.exists()
    path.write_text("vej;nummer\nBirkevej;1\n")
    with pytest.raises(CommandError, match="line 1: there is no column of names"):
        call_command("import_places", str(path), municipality="Randers")
    with pytest.raises(CommandError, match="There is no municipality 'Birkerup'"):
        call_command("import_places", str(path), municipality="Birkerup")
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_places", str(tmp_path / "x.csv"), municipality="Randers")


def test_an_import_is_idempotent_finds_the_places_and_keeps_addresses(tmp_path: Path, capsys):
    file(document(street_item("1"), item("2", "Lindevej")))
    path = tmp_path / "veje.csv"

    def run(text: str, **options: bool) -> str:
        path.write_text(text)
        call_command("import_places", str(path), municipality="730", kind="street", **options)
        return capsys.readouterr().out

    first = "id;navn;andre navne\n1;Birkevej;\n2;Birkevej;Den Lange Vej\n3;Mosevej\n"
    assert run(first) == (
        "Randers: 2 places added, 0 changed, 0 deleted, 0 as before\nRanders: 1 mentions of places in items\n"
    )
    assert run(first).startswith("Randers: 0 places added, 0 changed, 0 deleted, 2 as before")
    assert GazetteerName.objects.count() == 3
    # Another name of the same id
    assert run("id;navn\n1;Birkevej\n3;Lindevej\n").startswith("Randers: 0 places added, 2 changed")
    assert mentions() == [("Birkevej", "Fortov på Birkevej 1"), ("Lindevej", "Lindevej")]
    assert GazetteerPlace.objects.get(name="Lindevej").slug == "mosevej"
    assert "1 deleted, 1 as before" in run("id;navn\n1;Birkevej\n", replace=True)
    assert mentions() == [("Birkevej", "Fortov på Birkevej 1")]
    call_command("import_places", municipality="730")
    assert capsys.readouterr().out == "Randers: 1 mentions of places in items\n"


def test_two_places_of_one_name_and_two_kinds_have_two_addresses():
    gazetteer("Engskolen")
    gazetteer("Engskolen", kind="school")
    assert sorted(GazetteerPlace.objects.values_list("slug", flat=True)) == ["engskolen", "engskolen-2"]
