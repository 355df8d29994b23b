"""Images of shared links: the title, verdict and votes of a public item, drawn once."""

from io import BytesIO

import pytest
from PIL import Image

from minutes import publishing
from minutes.feeds import item_images, share_images
from minutes.feeds.share_images import Content, share_image
from tests.documents import drafted, imported
from tests.texts import minutes

pytestmark = pytest.mark.django_db

ITEM = "/randers/beskaeftigelsesudvalget/2020-01-14/1/"
IMAGE = f"{ITEM}billede.png"
VOTED = "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Bo Dam."
CONTENT = Content("Byrådet", "Cykelsti", "Byrådet vedtog det: 6 stemte for, 1 imod", (6, 1, 0), "Arkivet")


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def test_an_item_names_its_image_which_is_fetched_once(client, django_assert_num_queries):
    imported(minutes("Cykelsti", decision=VOTED))
    page = client.get(ITEM).content.decode()
    assert f'<meta property="og:image" content="http://testserver{IMAGE}">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert f"http://testserver/en{IMAGE}" in client.get(f"/en{ITEM}").content.decode()
    with django_assert_num_queries(3):
        response = client.get(IMAGE)
    assert response["Content-Type"] == "image/png"
    assert opened(response.content).size == (1200, 630)
    assert not response.cookies
    with django_assert_num_queries(2):
        assert client.get(IMAGE, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_the_image_says_what_the_page_says(client, monkeypatch):
    imported(minutes("Cykelsti", decision=VOTED))
    contents: list[Content] = []
    monkeypatch.setattr(item_images, "share_image", lambda content: contents.append(content) or b"")
    for prefix in ("", "/en"):
        client.get(f"{prefix}{IMAGE}")
    danish, english = contents
    assert danish.place == "Beskæftigelsesudvalget, Randers, 14. januar 2020"
    assert danish.title == english.title == "Cykelsti"
    assert danish.verdict == "Beskæftigelsesudvalget vedtog det: 6 stemte for, 1 imod"
    assert "14 January 2020" in english.place
    assert danish.counts == (6, 1, 0)


def test_what_is_not_public_has_no_image(client):
    drafted(minutes("Havnebad", day="02-02-2020"))
    meeting = imported(minutes("Cykelsti", "Skolevej"))
    assert client.get(IMAGE).status_code == 200
    publishing.take_down_item(meeting.items.get(slug="2"), by=None, reason="x")
    for slug in ("2", "9"):
        assert client.get(IMAGE.replace("/1/", f"/{slug}/")).status_code == 404
    assert client.get(IMAGE.replace("2020-01-14", "2020-02-02")).status_code == 404
    publishing.withdraw(meeting)
    assert client.get(IMAGE).status_code == 404


def test_requests_for_many_images_do_not_occupy_the_server(client, monkeypatch):
    imported(minutes("Cykelsti"))
    monkeypatch.setattr(share_images, "_PATIENCE", 0.01)
    with share_images._drawing:
        response = client.get(IMAGE)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert client.get(IMAGE).status_code == 200


@pytest.mark.parametrize(
    "title", ["W" * 5000, "x " * 900, "\x00\u202e\U0001f3e0 \u0627", "", " \n", "Ærø Åå"]
)
def test_any_title_fits(title):
    picture = opened(share_image(CONTENT._replace(title=title, place=title, verdict=title)))
    # Nothing is drawn in the margins below the band at the top.
    for box in ((0, 20, 60, 630), (1140, 20, 1200, 630)):
        assert picture.crop(box).getcolors() == [(60 * 610, (251, 250, 246))]


def test_the_votes_are_a_bar_and_equal_content_is_drawn_once(monkeypatch):
    picture = opened(share_image(CONTENT))
    colours = {picture.getpixel((x, 510)) for x in range(80, 1120)}
    assert len(colours) == 3  # for, against and the gap between them
    drawn = share_image(CONTENT)
    monkeypatch.setattr(share_images.Image, "new", None)
    assert share_image(CONTENT) is drawn
