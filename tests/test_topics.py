"""Topics of items by the subject numbers in their case numbers."""

import json

import pytest

from minutes.models import AgendaItem
from minutes.publishing.topics import assign_topics
from minutes.topics import LABELS, TOPIC_BY_GROUP, topic_of
from tests.documents import document, file, item


@pytest.mark.parametrize(
    ("case_number", "topic"),
    [
        ("17.01.00-P20-4-19", "skole"),
        ("17.01.00P20", "skole"),
        ("13.05.16-G01-1-20", "kollektiv-trafik"),
        ("13.03.01-P16-2-20", "energi"),
        ("16.06.00-A00-1-05", "dagtilbud"),
        ("16.02.00-A00-1-05", ""),
        ("00.30.10-S00-3-19", "oekonomi"),
        ("17.01.2019", ""),
        ("2019/1701", ""),
        ("99.01.00-P20-4-19", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_the_first_digits_of_a_case_number_give_the_topic(case_number, topic):
    assert topic_of(case_number) == topic


def test_a_group_is_of_one_topic_and_every_topic_has_a_label():
    assert all(len(group) in (2, 5) for group in TOPIC_BY_GROUP)
    assert set(TOPIC_BY_GROUP.values()) == set(LABELS)
    assert len(set(LABELS.values())) == len(LABELS)


@pytest.mark.django_db
def test_an_item_has_the_topic_of_its_case_number_in_rows_api_and_files(client):
    file(document(item("1", "Ny skole", case_number="17.01.00-P20-4-19"), item("2", "Drøftelse")))
    assert list(AgendaItem.objects.order_by("position").values_list("topic", flat=True)) == ["skole", ""]
    assert AgendaItem.objects.on_topic("skole").get().title == "Ny skole"
    rows = client.get("/api/v1/items").json()["data"]
    assert [row["topic"] for row in rows] == ["skole", None]
    (row,) = json.loads(client.get("/soeg/?q=skole&format=json").getvalue())["rækker"]
    assert row["emne"] == "skole"


@pytest.mark.django_db
def test_a_meeting_that_is_not_published_has_no_topics():
    file(document(item("1", "Ny skole", case_number="17.01.00-P20-4-19")), publish=False)
    assert AgendaItem.objects.get().topic == ""


@pytest.mark.django_db
def test_topics_of_stored_items_are_assigned_as_those_of_new_ones():
    numbers = ["17.01.00-P20-4-19", "13.05.16G01", "13.03.01-P16", "17.01.2019", "366/07", "99.00.00-P1-2"]
    file(document(*(item(str(at), f"Sag {at}", case_number=number) for at, number in enumerate(numbers))))
    topics = list(AgendaItem.objects.order_by("pk").values_list("topic", flat=True))
    assert topics == list(map(topic_of, numbers))
    assert assign_topics() == 0
    AgendaItem.objects.update(topic="kultur")
    assert assign_topics() == len(numbers)
    assert list(AgendaItem.objects.order_by("pk").values_list("topic", flat=True)) == topics
