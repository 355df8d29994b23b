"""Rules for all public pages: escaping, addresses, headers and query counts."""

import re
from datetime import date, timedelta

import pytest

from minutes.reader.records import Absence, Guest, Participant, Reference, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section
from tests.pages import MEETING, rich_document, rich_item, text_of

pytestmark = pytest.mark.django_db


# The site's only script, a file of its own, and JSON-LD data, which browsers do not run.
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


# Addresses and queries


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
def test_an_invalid_filter_is_reported(client, address):
    file(rich_document())
    response = client.get(address)
    assert response.status_code == 400
    assert 'class="error"' in response.content.decode()
    assert "Cykelsti" not in text_of(response)


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
def test_an_invalid_address_gets_a_clear_answer(client, address, status):
    file(rich_document())
    response = client.get(address)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()
    assert 'lang="da"' in response.content.decode()


@pytest.mark.parametrize(
    "text",
    ["'", '"', "((((", "a & | !", "-", '"uafsluttet', ":*", "\\", "%", "æøå", "🐦", "or", "- -", "a" * 1000],
)
def test_no_query_is_too_odd_to_be_answered(client, text):
    file(rich_document())
    assert client.get("/soeg/", {"q": text}).status_code == 200


# Query counts


QUERIES = {
    "/": 10,
    "/?kommune=randers": 10,
    "/kommuner/": 1,
    "/moeder/": 6,
    "/moeder/?kommune=randers": 6,
    "/randers/": 12,
    "/randers/beskaeftigelsesudvalget/": 13,
    MEETING: 16,
    f"{MEETING}1/": 21,
    "/soeg/": 4,
    # After few matches come partial ones.
    "/soeg/?q=cykelsti": 15,
}


def test_a_page_makes_as_many_queries_for_twenty_rows_as_for_one(client, django_assert_max_num_queries):
    def get_all() -> None:
        for address, queries in QUERIES.items():
            with django_assert_max_num_queries(queries, info=address):
                assert client.get(address).status_code == 200

    file(rich_document())
    get_all()
    for number in range(1, 21):
        items = [rich_item(str(n), f"Cykelsti {number} {n}") for n in range(1, 6)]
        file(rich_document(*items, date=str(date(2020, 1, 14) + timedelta(days=number))))
        file(rich_document(*items, committee=f"Udvalg {number}", date="2020-01-15"))
    file(rich_document(*(rich_item(str(n)) for n in range(1, 21))))
    get_all()


# Headers


@pytest.mark.parametrize(
    "address", ["/", "/kommuner/", "/moeder/", "/soeg/", "/om/", "/randers/", MEETING, f"{MEETING}1/"]
)
def test_every_page_has_title_language_and_canonical_address_and_sets_no_cookie(page, address):
    file(rich_document())
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
