"""Who of the staff reaches what: every page of the admin, each role, another municipality's objects.

The pages are those that the admin has, so a new one is looked at too, or the test says that it is not.
"""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.contrib.postgres.search import SearchVector
from django.db import connection
from django.db.models import Value
from django.urls import URLPattern, URLResolver, reverse

from minutes import publishing, rights
from minutes.models import (
    Assignment,
    Attendance,
    CommitteeAlias,
    Correction,
    FalseHit,
    FormerAddress,
    ImportRun,
    Meeting,
    Municipality,
    Party,
    Person,
    PersonAlias,
    Reading,
    Reference,
    SearchEntry,
    Statement,
)
from minutes.models.rights import EDITOR, RESPONSIBLE
from tests.documents import imported_for, randers
from tests.texts import minutes

pytestmark = pytest.mark.django_db

CANARY = "anariefugl"
MODELS = [model for model in admin.site._registry if model._meta.app_label == "minutes"]
MISSING = 999_999_999


def aarhus() -> Municipality:
    return Municipality.objects.get(code="751")


def staff(name: str, group: str | None = None, place: Municipality | None = None, **fields) -> User:
    user = User.objects.create_user(name, password=name, is_staff=True, **fields)
    if group:
        Assignment.objects.create(
            user=user, municipality=place or randers(), group=Group.objects.get(name=group)
        )
    return user


@pytest.fixture
def theirs() -> Meeting:
    """A meeting of Aarhus with a row of every model, the canary in each; one of Randers beside it."""
    owner = staff("kanariefuglejer", RESPONSIBLE, aarhus())
    decision = (
        "Om 010203-1234 blev talt. Godkendt med 6 stemmer for og 1 stemme imod. "
        "Imod stemte Kanariefugl Hansen."
    )
    text = minutes("Kanariefugl i titlen", "Sag to", committee="Kanariefugludvalget", decision=decision)
    meeting = imported_for(aarhus(), text)
    item = meeting.items.select_related("reading").get(slug="1")
    publishing.correct(
        meeting, item, Correction.Field.TITLE, "Kanariefugl rettet", by=owner, reason="Kanariefugl"
    )
    FalseHit.objects.create(meeting=meeting, fingerprint="0" * 32, reason="Kanariefugl", made_by=owner)
    FormerAddress.objects.create(meeting=meeting, committee=meeting.committee, date="2019-01-01")
    CommitteeAlias.objects.create(
        committee=meeting.committee, name="Kanariefuglerådet", slug="kanariefugleraadet"
    )
    person = Person.objects.get(municipality=aarhus(), name="Kanariefugl Hansen")
    PersonAlias.objects.create(
        municipality=aarhus(), person=person, name="Kanariefugl H.", slug="kanariefugl-h"
    )
    reading = meeting.readings.get()
    publishing.redact_passage(reading, "Randers Kommune", by=owner, reason="Kanariefugl")
    publishing.take_down_item(meeting.items.get(slug="2"), by=owner, reason="Kanariefugl")
    imported_for(aarhus(), text.replace("6 stemmer", "7 stemmer"))
    Reference.objects.create(item_id=item.pk, position=9, kind="mention", committee_name="Kanariefugl")
    Attendance.objects.create(meeting=meeting, position=9, role="absent", name="Kanariefugl Hansen")
    Statement.objects.create(item_id=item.pk, position=9, kind="remark", who="Kanariefugl Hansen")
    Party.objects.create(municipality=aarhus(), letter="Kanariefuglelisten")
    SearchEntry.objects.create(
        item_id=item.pk,
        committee=meeting.committee,
        municipality=aarhus(),
        date=meeting.date,
        outcome="approved",
        vector=SearchVector(Value("kanariefugl")),
    )
    ImportRun.objects.update(
        paths=["kanariefugl.txt"], report=[{"file": "kanariefugl.txt", "status": "refused"}]
    )
    imported_for(randers(), minutes("Cykelsti"))
    return Meeting.objects.with_places().get(pk=meeting.pk)


def pages() -> dict[str, str]:
    """The admin's pages by name, each with its pattern."""
    found: dict[str, str] = {}

    def walk(patterns, before: str) -> None:
        for each in patterns:
            if isinstance(each, URLResolver):
                walk(each.url_patterns, before + str(each.pattern))
            elif isinstance(each, URLPattern) and each.name:
                found[each.name] = before + str(each.pattern)

    walk(admin.site.get_urls(), "")
    return found


def address(name: str, pattern: str, meeting: Meeting | None) -> str | None:
    """The page's address for the objects of `meeting`'s municipality; with None for such as do not exist."""
    place = meeting.committee.municipality if meeting else None
    arguments = {
        "meeting_id": meeting.pk if meeting else MISSING,
        "reading_id": meeting.readings.order_by("id").last().pk if meeting else MISSING,
        "item_slug": meeting.items.order_by("position")[0].slug if meeting else "1",
        "correction_id": meeting.corrections.order_by("id")[0].pk if meeting else MISSING,
        "person_id": Person.objects.filter(municipality=place)[0].pk if meeting else MISSING,
        "alias_id": PersonAlias.objects.filter(municipality=place)[0].pk if meeting else MISSING,
        "run_id": ImportRun.objects.filter(municipality=place)[0].pk if meeting else MISSING,
    }
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", pattern)
    if wanted == ["object_id"]:
        model = next(each for each in admin.site._registry if name.startswith(f"{label(each)}_"))
        if model not in rights.PATHS:
            return None
        row = model.objects.filter(**{rights.PATHS[model]: place.pk}).first() if meeting else None
        assert row or not meeting, f"no {model.__name__} of the other municipality to try {name} with"
        return reverse(f"admin:{name}", args=[row.pk if row else MISSING])
    assert set(wanted) <= arguments.keys(), f"tell this test how to fill {pattern}"
    return reverse(f"admin:{name}", kwargs={key: arguments[key] for key in wanted})


def label(model) -> str:
    return f"{model._meta.app_label}_{model._meta.model_name}"


OF_OBJECTS = {name: pattern for name, pattern in pages().items() if "<" in pattern}
NOT_OURS = {"app_list", "auth_user_password_change"}
POSTS = [
    *({"act": act, "reason": "x"} for act in ("publish", "withdraw", "adopt", "reject", "all", "false")),
    *({"act": act} for act in ("redact", "confirm", "drop")),
    {"reason": "x", "passage": "Kanariefugl", "title": "y", "day": "2020-05-05", "committee": "Andet"},
    {"post": "yes"},
]


def told(response) -> tuple:
    """What an answer tells, numbers aside."""
    body = response.content.decode()
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", body)
    said = [str(each) for each in response.wsgi_request._messages][-1:]
    plain = [re.sub(r"\d+", "N", each) for each in said]
    return (
        response.status_code,
        re.sub(r"\d+", "N", response.get("Location", "")),
        re.sub(r"\d+", "N", body),
        plain,
    )


def snapshot() -> dict[str, list]:
    """Every row of the tables of ours."""
    rows: dict[str, list] = {}
    with connection.cursor() as cursor:
        for model in MODELS:
            cursor.execute(f"SELECT t::text FROM {model._meta.db_table} t ORDER BY 1")
            rows[model.__name__] = cursor.fetchall()
    return rows


@pytest.mark.parametrize("group", [EDITOR, RESPONSIBLE])
def test_what_is_another_municipalitys_is_answered_as_what_does_not_exist(client, theirs, group):
    client.force_login(staff("fra-randers", group))
    before = snapshot()
    for name, pattern in OF_OBJECTS.items():
        if name in NOT_OURS:
            continue
        there, nowhere = address(name, pattern, theirs), address(name, pattern, None)
        if there is None or nowhere is None:
            continue
        got = client.get(there)
        assert told(got) == told(client.get(nowhere)), name
        assert CANARY not in got.content.decode(), name
        # The pages of the tables take a form or a confirmation, ours one of several acts.
        for data in POSTS[-2:] if "object_id" in pattern else POSTS:
            number = theirs.readings.order_by("id")[0]
            told_data = {**data, "reading": number.pk, "start": (number.open_hits or [[0, 1]])[0][0]}
            answer = client.post(there, told_data)
            assert told(answer) == told(client.post(nowhere, told_data)), (name, data)
            assert answer.status_code in {302, 403, 404, 405}, (name, data)
            assert CANARY not in answer.content.decode(), (name, data)
    assert snapshot() == before


@pytest.mark.parametrize("group", [EDITOR, RESPONSIBLE])
def test_no_list_search_or_dashboard_shows_another_municipalitys(client, theirs, group):
    client.force_login(staff("fra-randers", group))
    addresses = ["/admin/", reverse("admin:upload")]
    for model in MODELS:
        listed = reverse(f"admin:{label(model)}_changelist")
        addresses += [listed, f"{listed}?q=kanariefugl", f"{listed}?_popup=1"]
    for each in addresses:
        response = client.get(each)
        assert response.status_code in {200, 403}, each
        body = (
            response.content.decode()
            .replace('value="kanariefugl"', "")
            .replace("q%3Dkanariefugl", "")
            .replace("q=kanariefugl", "")
        )
        assert CANARY not in body, each
    for model in ("committee", "municipality"):
        asked = {"app_label": "minutes", "model_name": model, "field_name": "x", "term": "kanarie"}
        assert CANARY not in client.get(reverse("admin:autocomplete"), asked).content.decode()


def test_a_superuser_sees_all(client, theirs):
    client.force_login(User.objects.create_superuser("chef"))
    assert CANARY in client.get("/admin/").content.decode()
    for name, pattern in OF_OBJECTS.items():
        if name not in NOT_OURS and (there := address(name, pattern, theirs)):
            assert client.get(there).status_code in {200, 302, 403, 405}, name


def test_actions_on_another_municipalitys_meetings_do_nothing(client, theirs):
    client.force_login(staff("fra-randers", RESPONSIBLE))
    before = snapshot()
    for action in ("publish", "withdraw", "delete_selected"):
        data = {"action": action, "_selected_action": [theirs.pk], "post": "yes"}
        client.post(reverse("admin:minutes_meeting_changelist"), data)
    client.post(
        reverse("admin:upload"), {"municipality": aarhus().pk, "text": minutes("Cykelsti", day="01-02-2020")}
    )
    assert snapshot() == before


@pytest.mark.parametrize("who", ["anonymous", "citizen", "unassigned", "inactive"])
def test_whoever_is_assigned_to_nothing_sees_nothing(client, theirs, who):
    if who == "citizen":
        client.force_login(User.objects.create_user("borger"))
    if who == "unassigned":
        client.force_login(staff("ny"))
    if who == "inactive":
        client.force_login(staff("gammel", RESPONSIBLE, aarhus(), is_active=False))
    before = snapshot()
    for name, pattern in pages().items():
        if name in {*NOT_OURS, "login", "logout", "password_change", "password_change_done", "jsi18n"}:
            continue
        there = address(name, pattern, theirs) if "<" in pattern else reverse(f"admin:{name}")
        for response in (client.get(there), client.post(there, POSTS[0])) if there else ():
            assert CANARY not in response.content.decode(), name
            if who != "unassigned":
                assert response.status_code == 302, name
                assert "/admin/login/" in response["Location"], name
    assert snapshot() == before


def test_an_editor_takes_nothing_down_judges_nothing_and_assigns_nobody(client, theirs):
    client.force_login(staff("redaktoer", EDITOR, aarhus()))
    before = snapshot()
    meeting, reading = theirs, theirs.readings.exclude(open_hits=[]).first()
    for name, arguments in (
        ("minutes_meeting_take_down", [meeting.pk]),
        ("minutes_meeting_take_down_item", [meeting.pk, "1"]),
        ("minutes_assignment_changelist", []),
        ("minutes_assignment_add", []),
        ("auth_user_changelist", []),
        ("auth_group_changelist", []),
    ):
        assert client.get(reverse(f"admin:{name}", args=arguments)).status_code == 403, name
        assert client.post(reverse(f"admin:{name}", args=arguments), {"reason": "x"}).status_code == 403, name
    judged = {"act": "false", "reading": reading.pk, "start": reading.open_hits[0][0], "reason": "P-nummer"}
    address_ = reverse("admin:minutes_meeting_personal_data", args=[meeting.pk])
    assert client.post(address_, judged).status_code == 403
    assert snapshot() == before


def test_a_responsible_takes_down_judges_and_assigns_editors_of_their_own_alone(client, theirs):
    me = staff("ansvarlig", RESPONSIBLE, aarhus())
    new = staff("nyansat")
    client.force_login(me)
    groups = {group.name: group.pk for group in Group.objects.all()}
    add = reverse("admin:minutes_assignment_add")
    for place, group, made in (
        (randers(), EDITOR, 0),
        (aarhus(), RESPONSIBLE, 0),
        (aarhus(), EDITOR, 1),
        (aarhus(), EDITOR, 1),
    ):
        client.post(add, {"username": "nyansat", "municipality": place.pk, "group": groups[group]})
        assert Assignment.objects.filter(user=new).count() == made, (place, group)
    mine = Assignment.objects.get(user=me)
    change = reverse("admin:minutes_assignment_change", args=[mine.pk])
    raised = {"username": "ansvarlig", "municipality": randers().pk, "group": groups[RESPONSIBLE]}
    assert client.post(change, raised).status_code == 403
    assert (
        client.post(reverse("admin:minutes_assignment_delete", args=[mine.pk]), {"post": "yes"}).status_code
        == 403
    )
    assert client.get(reverse("admin:auth_user_changelist")).status_code == 403
    reading = Reading.objects.exclude(open_hits=[]).filter(meeting=theirs).first()
    judged = {"act": "false", "reading": reading.pk, "start": reading.open_hits[0][0], "reason": "P-nummer"}
    client.post(reverse("admin:minutes_meeting_personal_data", args=[theirs.pk]), judged)
    assert FalseHit.objects.filter(reason="P-nummer").exists()
    client.post(reverse("admin:minutes_meeting_take_down", args=[theirs.pk]), {"reason": "Efter anmodning"})
    assert Meeting.objects.get(pk=theirs.pk).state == "taken_down"
