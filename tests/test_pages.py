"""The public pages, as a visitor meets them."""

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command

from minutes.models import Committee, CommitteeAlias, Meeting, Reading
from minutes.reader.records import Absence, Document, Guest, Participant, Reference, Statement
from minutes.vocabulary import DocumentKind, MeetingKind, Outcome, SectionKind
from tests.documents import ballot, document, file, herning, item, randers, section

pytestmark = pytest.mark.django_db

SAMPLES = Path(__file__).parent / "samples"
MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"


def rich_item(number: str, title: str = "Cykelsti ved havnen"):
    """An item with something of everything."""
    return item(
        number,
        title,
        case_number="05.01.00-P20-1-19",
        decision="Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        outcome=Outcome.APPROVED,
        sections=(
            section(SectionKind.RESUME, "Kort om stien.", "Resume"),
            section(SectionKind.DECISION, "Godkendt.", "Beslutning"),
            section(
                SectionKind.PRESENTATION, "Langt om stien.\n\n- et\n- to\n\n1. at a\n2. at b", "Baggrund"
            ),
            section(SectionKind.ECONOMY, "År\t2020\t2021\nDrift\t100\t200", "Økonomi"),
        ),
        attachments=("Kort over stien",),
        ballots=(ballot(6, 1, against_names=("Ane Lund",)),),
        reservations=("Bo Dam",),
        statements=(Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
        absent=(Absence(name="Eva Kirk", reason="syg"),),
        left_or_recused=(Absence(name="Ib Holm", reason="inhabil"),),
        others_attending=(Guest(name="Per Vang", role="planchef"),),
        references=(
            Reference(committee="Byrådet", date="2019-09-09", item="386", evidence="x", start=0, end=4),
        ),
    )


def told(*items, **fields) -> Document:
    return document(*(items or (rich_item("1"), item("2", "Eventuelt"))), **fields)


def text_of(response) -> str:
    """What a reader sees of a page, on one line."""
    body = response.content.decode().split("<main", 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def page(client):
    """The page at an address, which must be there."""

    def page(address: str):
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return page


# Browsing


def test_an_empty_archive_has_a_front_page(page):
    assert "Arkivet er tomt endnu." in text_of(page("/"))
    assert "Arkivet er tomt endnu." in text_of(page("/kommuner/"))
    assert "0 møder" in text_of(page("/moeder/"))


def test_the_front_page_tells_what_the_archive_holds(page):
    file(told())
    file(told(date="2021-02-01", committee="Byrådet"))
    seen = text_of(page("/"))
    assert "møder 2 punkter 4 periode 2020–2021" in seen
    assert "1. februar 2021 Byrådet" in seen


def test_the_way_leads_from_municipality_to_committee_to_meeting_to_item(page):
    file(told())
    assert 'href="/randers/"' in page("/kommuner/").content.decode()
    assert 'href="/randers/beskaeftigelsesudvalget/"' in page("/randers/").content.decode()
    assert f'href="{MEETING}"' in page("/randers/beskaeftigelsesudvalget/").content.decode()
    assert f'href="{MEETING}1/"' in page(MEETING).content.decode()
    assert "Langt om stien." in text_of(page(f"{MEETING}1/"))


def test_names_stand_in_danish_order(page):
    in_order = ["Byrådet", "Zoneudvalget", "Ældreudvalget", "Ørdudvalget", "Aalborgudvalget", "Årsudvalget"]
    for committee in sorted(in_order):
        file(told(committee=committee))
    names = re.findall(r'<li><a href="/randers/[^"]+">([^<]+)</a> <span', page("/randers/").content.decode())
    assert names == in_order


def test_a_committee_shows_its_meetings_year_by_year(page, client):
    for year in (2019, 2020):
        file(told(date=f"{year}-03-03"))
    address = "/randers/beskaeftigelsesudvalget/"
    assert "3. marts 2020" in text_of(page(address))
    assert "3. marts 2019" in text_of(page(f"{address}?aar=2019"))
    for odd in ("2018", "x", "²", "-1", "99999"):
        assert client.get(address, {"aar": odd}).status_code == 404


def test_another_name_of_a_committee_leads_to_it(client):
    file(told())
    CommitteeAlias.objects.create(committee=Committee.objects.get(), name="Jobudvalget", slug="jobudvalget")
    response = client.get("/randers/jobudvalget/")
    assert (response.status_code, response["Location"]) == (301, "/randers/beskaeftigelsesudvalget/")


def test_a_committee_names_its_successor_once_that_has_a_page(page):
    old = file(told()).meeting.committee
    old.successor = Committee.objects.create(municipality=randers(), name="Jobudvalget", slug="jobudvalget")
    old.save()
    assert "Jobudvalget" not in page(old.get_absolute_url()).content.decode()
    file(told(committee="Jobudvalget"))
    assert 'afløst af <a href="/randers/jobudvalget/">' in page(old.get_absolute_url()).content.decode()


def test_meetings_lead_to_the_ones_before_and_after(page):
    for day in ("2020-01-14", "2020-02-14", "2020-03-14"):
        file(told(date=day))
    seen = page("/randers/beskaeftigelsesudvalget/2020-02-14/").content.decode()
    assert f'rel="prev" href="{MEETING}"' in seen
    assert 'rel="next" href="/randers/beskaeftigelsesudvalget/2020-03-14/"' in seen


def test_two_meetings_of_a_day_are_neighbours(page):
    file(told())
    file(told(item("9", "Ekstra"), kind=MeetingKind.EXTRAORDINARY, start_time="20:00"))
    assert f'rel="next" href="{MEETING[:-1]}-2/"' in page(MEETING).content.decode()
    seen = page(f"{MEETING[:-1]}-2/")
    assert f'rel="prev" href="{MEETING}"' in seen.content.decode()
    assert "Ekstraordinært møde" in text_of(seen)


def test_a_meeting_shows_its_decisions_at_a_glance(page):
    participants = (Participant(name="Ane Lund", party="A"), Participant(name="Bo Dam"))
    file(
        told(participants=participants, absent=(Absence(name="Eva Kirk", reason="syg"),), location="Rådhuset")
    )
    seen = text_of(page(MEETING))
    for words in (
        "1 Cykelsti ved havnen Godkendt Omstridt",
        "6 for, 1 imod – vedtaget",
        "2 Eventuelt",
        "Ane Lund (A), Bo Dam",
        "Eva Kirk (syg)",
        "tirsdag kl. 16.00 · Rådhuset",
    ):
        assert words in seen, words


def test_an_agenda_is_called_one(page):
    file(told(item("1", "Budget"), document=DocumentKind.AGENDA))
    assert "Dagsorden · tirsdag" in text_of(page(MEETING))


def test_an_item_shows_all_that_is_printed_under_it(page):
    file(told())
    seen = text_of(page(f"{MEETING}1/"))
    for words in (
        "Godkendt med 6 stemmer for og 1 stemme imod.",
        "6 for, 1 imod Imod Ane Lund",
        "Forbehold Bo Dam",
        "Ane Lund : det er for dyrt",
        "Eva Kirk (syg)",
        "Ib Holm (inhabil)",
        "Per Vang, planchef",
        "Resume Kort om stien.",
        "Bilag Kort over stien",
        "Sag 05.01.00-P20-1-19",
        "Byrådet, 9. september 2019, sag 386",
    ):
        assert words in seen, words


def test_an_item_shows_every_ballot_with_who_voted_how_and_a_way_to_its_words(page):
    call_command("import_minutes", str(SAMPLES / "aarhus_byraadet.txt"))
    seen = page("/aarhus/byraadet/2017-02-22/3/")
    for words in (
        "Afstemning om ændringsforslag: forkastet 10 for, 20 imod For Theis Arnfeldt , Venstre,",
        "2 for, 25 imod, 3 undlod Undlod SF (3)",
        "Afstemning: vedtaget 21 for, 7 imod, 2 undlod Imod Venstre Undlod Enhedslisten",
        "Ellen Tornvig : Venstre siger ja til at bygge, men nej til at bygge naboerne inde.",
        "Tidligere beslutning Teknisk Udvalg, den 13. februar 2017 A, B og F anbefaler, at planen vedtages.",
        "Byrådet, 25. januar 2017, sag 4",
    ):
        assert words in text_of(seen), words
    source = re.findall(r'href="(/kilde/[^"#]*)#fra"', seen.content.decode())[1]
    marked = re.search(r"<mark[^>]*>(.*?)</mark>", page(html.unescape(source)).content.decode(), re.DOTALL)
    assert marked
    assert marked[1].startswith("Venstres forslag om at gå fra otte til fem etager")
    assert "Afstemning om del 2: 16 for, 14 imod – vedtaget" in text_of(page("/aarhus/byraadet/2017-02-22/"))


def test_what_the_writer_put_on_lines_of_their_own_stays_there(page):
    file(told(item("1", "Budget", decision="For stemte 5.\nImod stemte 2.", sections=())))
    assert "For stemte 5.<br>Imod stemte 2." in page(f"{MEETING}1/").content.decode()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((6, 1, None), "vedtaget 6 for, 1 imod"),
        ((None, None, 2), "vedtaget 2 undlod"),
        ((None, None, None), "vedtaget Stemmetallene fremgår ikke af referatet."),
    ],
)
def test_a_ballot_shows_the_counts_that_are_known(page, counts, shown):
    file(told(item("1", "Budget", decision="Godkendt.", ballots=(ballot(*counts[:2], abstained=counts[2]),))))
    assert f"Afstemning: {shown}" in text_of(page(f"{MEETING}1/"))


def test_tables_are_tables_and_lists_are_lists(page):
    file(told())
    seen = page(f"{MEETING}1/").content.decode()
    assert '<th scope="col" class="number">2020</th>' in seen
    assert '<th scope="row">Drift</th><td class="number">100</td>' in seen
    assert re.search(r"<ul>\s*<li>et</li>\s*<li>to</li>\s*</ul>", seen)
    assert re.search(r'<ol[^>]*>\s*<li value="1">at a</li>\s*<li value="2">at b</li>\s*</ol>', seen)


def test_items_of_the_same_case_lead_to_each_other(page):
    file(told())
    file(told(rich_item("7", "Cykelstien igen"), date="2020-03-14"))
    assert 'href="/randers/beskaeftigelsesudvalget/2020-03-14/7/"' in page(f"{MEETING}1/").content.decode()


def test_a_closed_item_shows_its_heading_and_no_more_than_its_decision(page, client):
    closed = item(
        "3",
        "Køb af ejendom",
        closed=True,
        decision="Godkendt.",
        outcome=Outcome.APPROVED,
        attachments=("Hemmeligt bilag",),
        ballots=(ballot(5, 2, against_names=("Ane Lund",)),),
        statements=(Statement(who=("Ane Lund",), text="hemmeligt ord", start=0, end=3),),
        sections=(section(SectionKind.PRESENTATION, "Hemmelig fremstilling", "Sagsfremstilling"),),
    )
    unsaid = (ballot(3, 2, against_names=("Bo Hemmelig",)),)
    file(told(closed, item("4", "Lukket", closed=True, ballots=unsaid)))
    seen = text_of(page(f"{MEETING}3/"))
    assert "5 for" in seen
    assert "Ane Lund" in seen
    assert "Omstridt" in seen
    assert "Køb af ejendom" in seen
    assert "Lukket punkt" in seen
    assert "Godkendt." in seen
    assert "emmelig" not in seen
    for word in ("hemmelig", "hemmeligt", "fremstilling"):
        assert "0 punkter fundet" in text_of(client.get("/soeg/", {"q": word}))
    other = text_of(page(f"{MEETING}4/"))
    assert "lukkede døre" in other
    for word in ("emmelig", "Omstridt", "imod"):
        assert word not in other
    assert "1 omstridt" in text_of(page("/moeder/"))


def test_an_item_that_is_gone_leads_to_its_meeting(client):
    file(told())
    response = client.get(f"{MEETING}99/")
    assert response.status_code == 404
    assert f'href="{MEETING}"' in response.content.decode()


# The list of meetings


def test_meetings_are_filtered_by_place_time_and_term(page):
    file(told(committee_as_printed="Beskæftigelsesudvalget 2018-2021", term="2018-2021"))
    file(told(date="2015-05-05", committee="Byrådet"))
    file(told(date="2021-06-06", municipality=None), given_municipality=herning())
    for query, days in {
        "": 3,
        "kommune=randers": 2,
        "kommune=randers&udvalg=byraadet": 1,
        "fra=2020-01-01": 2,
        "til=2020-01-14": 2,
        "fra=2020-01-14&til=2020-01-14": 1,
        "periode=2018-2021": 1,
        "kommune=herning&udvalg=beskaeftigelsesudvalget": 1,
    }.items():
        assert f" {days} møde" in text_of(page(f"/moeder/?{query}")), query


def test_the_list_of_meetings_has_pages(page, client):
    first = date(2020, 1, 1)
    for number in range(30):
        file(told(item("1", "Budget"), date=str(first + timedelta(days=number))))
    assert 'href="?side=2"' in page("/moeder/").content.decode()
    assert "1. januar 2020" in text_of(page("/moeder/?side=2"))
    for odd in ("3", "0", "-1", "x", "1000000000", "9" * 40, "1.5", "²"):
        assert client.get("/moeder/", {"side": odd}).status_code == 404, odd


@pytest.mark.parametrize(
    "address",
    [
        *(
            f"{page}?{query}"
            for page in ("/moeder/", "/soeg/")
            for query in ("kommune=findesikke", "kommune=%27", "fra=igår", "til=2020-13-45", "udvalg=x")
        ),
        "/moeder/?periode=1900-1903",
        "/soeg/?udfald=ukendt",
    ],
)
def test_a_filter_that_cannot_be_is_said_so(client, address):
    file(told())
    response = client.get(address)
    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()
    assert "Cykelsti" not in text_of(response)


# The source


def test_the_source_shows_the_words_behind_a_fact(page):
    text = "REFERAT\nGodkendt med 6 stemmer.\nSlut"
    file(document(item("1", "Budget"), text=text))
    reading = Reading.objects.get()
    start = text.index("med 6")
    seen = page(f"/kilde/{reading.pk}/?fra={start}&til={start + 5}").content.decode()
    assert '<li id="fra" value="2">Godkendt <mark>med 6</mark> stemmer.</li>' in seen
    download = page(f"/kilde/{reading.pk}/tekst.txt")
    assert download.content.decode() == text
    assert download["Content-Disposition"] == (
        'attachment; filename="randers-beskaeftigelsesudvalget-2020-01-14.txt"'
    )


def test_the_source_covers_personal_numbers(page):
    """A number that an earlier version of the scanner let through is covered all the same."""
    file(document(item("1", "Budget"), text="Sagen om 010203-1234 blev drøftet"))
    Meeting.objects.update(state="published")
    reading = Reading.objects.get()
    Reading.objects.update(open_hits=[])
    for address, covered in (
        (f"/kilde/{reading.pk}/", "Sagen om [CPR-nummer fjernet] blev drøftet"),
        (f"/kilde/{reading.pk}/tekst.txt", f"Sagen om {'█' * 11} blev drøftet"),
    ):
        seen = page(address).content.decode()
        assert "1234" not in seen
        assert covered in seen


def test_an_older_version_of_the_text_is_not_public(client):
    file(document(item("1", "Budget"), text="Første udgave"))
    file(document(item("1", "Budget"), text="Anden udgave"))
    old, new = Reading.objects.order_by("id")
    assert client.get(f"/kilde/{old.pk}/").status_code == 404
    assert client.get(f"/kilde/{new.pk}/").status_code == 200


@pytest.mark.parametrize("query", ["fra=x&til=5", "fra=5", "fra=-1&til=3", "fra=²&til=3", "fra=1&til=1e9"])
def test_a_place_that_cannot_be_is_not_found(client, query):
    file(told())
    assert client.get(f"/kilde/{Reading.objects.get().pk}/?{query}").status_code == 404


def test_a_place_past_the_end_is_the_end(page):
    file(told())
    page(f"/kilde/{Reading.objects.get().pk}/?fra=5&til=99999999999")
    page(f"/kilde/{Reading.objects.get().pk}/?fra=9&til=3")


# Trust


# The one script of the site, a file of its own, and data, which no browser runs and no text can end early.
OUR_SCRIPT = re.compile(
    r'<script src="/static/site\.js" type="module"></script>'
    r'|<script type="application/ld\+json">[^<>&]*</script>'
)
HOSTILE = "<script>alert(1)</script>&\"'<b>"


def test_everything_from_a_document_is_escaped(client):
    hostile = item(
        "1<i>",
        f"Sag {HOSTILE}",
        case_number=f"19/1{HOSTILE}",
        decision=f"Godkendt {HOSTILE}",
        outcome=Outcome.APPROVED,
        sections=(
            section(SectionKind.PRESENTATION, f"{HOSTILE}\n\n- {HOSTILE}\n\na\t{HOSTILE}", HOSTILE),
            section(SectionKind.PRIOR_DECISION, HOSTILE, HOSTILE),
        ),
        attachments=(HOSTILE,),
        ballots=(ballot(6, 1, against_names=(f"Ane {HOSTILE}",), evidence=HOSTILE),),
        reservations=(f"Bo {HOSTILE}",),
        statements=(Statement(who=(f"Bo {HOSTILE}",), text=HOSTILE, start=0, end=3),),
        absent=(Absence(name=f"Eva {HOSTILE}", reason=HOSTILE),),
        left_or_recused=(Absence(name=f"Ib {HOSTILE}", reason=HOSTILE),),
        others_attending=(Guest(name=HOSTILE, role=HOSTILE),),
        references=(Reference(committee=HOSTILE, date=None, item=HOSTILE, evidence="x", start=0, end=1),),
    )
    fields = {
        "committee": f"Udvalget {HOSTILE}",
        "location": HOSTILE,
        "text": f"Sag {HOSTILE} {HOSTILE}",
        "participants": (Participant(name=f"Ane {HOSTILE}", party="<u>"),),
        "absent": (Absence(name=f"Eva {HOSTILE}", reason=HOSTILE),),
    }
    meeting = file(document(hostile, **fields), name=HOSTILE).meeting
    reading = meeting.readings.get()
    addresses = [
        "/",
        "/kommuner/",
        "/moeder/",
        "/randers/",
        meeting.committee.get_absolute_url(),
        meeting.get_absolute_url(),
        meeting.items.get().get_absolute_url(),
        f"/kilde/{reading.pk}/?fra=2&til=9",
        "/soeg/?q=sag+alert",
        "/soeg/?q=%3Cscript%3Ealert(1)%3C/script%3E",
    ]
    for address in addresses:
        seen = client.get(address).content.decode()
        assert OUR_SCRIPT.sub("", seen).count("<script") == 0, address
        assert "<i>" not in seen, address
        assert "<u>" not in seen, address
    assert "&lt;script&gt;" in client.get(meeting.items.get().get_absolute_url()).content.decode()


# Bad addresses


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/findesikke/", 404),
        ("/randers/findesikke/", 404),
        ("/randers/beskaeftigelsesudvalget/2020-13-45/", 404),
        ("/randers/beskaeftigelsesudvalget/2020-01-14-1/", 404),
        ("/randers/beskaeftigelsesudvalget/2020-01-14-02/", 404),
        ("/randers/beskaeftigelsesudvalget/2020-01-14-99999999999999/", 404),
        ("/randers/beskaeftigelsesudvalget/０２-01-14/", 404),
        ("/randers/beskaeftigelsesudvalget/2020-01-14/9999999999999999999999/", 404),
        ("/kilde/99999999999999999999999999/", 404),
        ("/kilde/0/tekst.txt", 404),
        ("/randers/%00/", 400),
        ("/soeg/?q=%00", 400),
        ("/moeder/?kommune=a%00b", 400),
        ("/soeg/?q=" + "a" * 10_000, 400),
        ("/soeg/?q=" + "a" * 1001, 400),
        ("/soeg/?sorter=baglaens&q=a", 400),
        ("/soeg/?side=1000000000&q=cykelsti", 404),
        ("/soeg/?side=%F0%9F%90%A6&q=cykelsti", 404),
    ],
)
def test_an_address_that_cannot_be_gets_a_clear_answer(client, address, status):
    file(told())
    response = client.get(address)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()
    assert 'lang="da"' in response.content.decode()


@pytest.mark.parametrize(
    "text",
    ["'", '"', "((((", "a & | !", "-", '"uafsluttet', ":*", "\\", "%", "æøå", "🐦", "or", "- -", "a" * 1000],
)
def test_no_query_is_too_odd_to_be_answered(client, text):
    file(told())
    assert client.get("/soeg/", {"q": text}).status_code == 200


# Speed


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/", 5),
        ("/kommuner/", 1),
        ("/moeder/", 6),
        ("/moeder/?kommune=randers", 6),
        ("/randers/", 10),
        ("/randers/beskaeftigelsesudvalget/", 13),
        (MEETING, 11),
        (f"{MEETING}1/", 17),
        ("/soeg/", 3),
        ("/soeg/?q=cykelsti", 10),
    ],
)
def test_a_page_makes_as_many_queries_for_twenty_rows_as_for_one(
    client, address, queries, django_assert_max_num_queries
):
    file(told())
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code == 200
    for number in range(1, 21):
        items = [rich_item(str(each), f"Cykelsti {number} {each}") for each in range(1, 6)]
        file(told(*items, date=str(date(2020, 1, 14) + timedelta(days=number))))
        file(told(*items, committee=f"Udvalg {number}", date="2020-01-15"))
    file(told(*(rich_item(str(each)) for each in range(1, 21))))
    with django_assert_max_num_queries(queries):
        assert client.get(address).status_code == 200


def test_the_source_takes_one_query(client, django_assert_num_queries):
    file(told())
    reading = Reading.objects.get()
    with django_assert_num_queries(1):
        client.get(f"/kilde/{reading.pk}/")


# What every page has


@pytest.mark.parametrize(
    "address", ["/", "/kommuner/", "/moeder/", "/soeg/", "/om/", "/randers/", MEETING, f"{MEETING}1/"]
)
def test_every_page_says_what_it_is_and_sets_no_cookie(page, address):
    file(told())
    response = page(address)
    body = response.content.decode()
    assert '<html lang="da">' in body
    assert re.search(r"<title>[^<]{10,}</title>", body)
    assert body.count("<h1") == 1
    assert f'<link rel="canonical" href="http://testserver{address}">' in body
    assert "style=" not in body
    assert "<script" not in OUR_SCRIPT.sub("", body)
    assert not re.search(r'(?:src|href)="(?:https?:)?//(?!testserver)', body)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
