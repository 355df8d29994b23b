"""Who of the staff reaches what: every page of the admin, each role, another municipality's objects.

The pages and the tables are those that the admin has, so a new one is looked at too, or a test says that
it is not.
"""

import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.db import connection
from django.db.models import Model
from django.forms import ModelChoiceField
from django.urls import URLResolver, reverse

from minutes import models, rights
from minutes.models import Assignment, FalseHit, Meeting, Municipality, Person, Reading
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.publishing import ledger
from tests.documents import imported_for, randers
from tests.filled import aarhus, assign, filled, staff
from tests.texts import minutes

pytestmark = pytest.mark.django_db
each_role = pytest.mark.parametrize("group", [EDITOR, RESPONSIBLE])

# The word in every row of Aarhus, a part of it to search for, its year, and the word of Randers.
CANARY, SEARCHED, CANARY_YEAR, OWN = "anariefugl", "ariefug", "year=2003", "Cykelsti"
MODELS = [model for model in admin.site._registry if model._meta.app_label == "minutes"]
# What the addresses of our own pages are made of, for what does not exist; `numbers` has the same keys.
MISSING = {"item_slug": "9"} | dict.fromkeys(
    ("meeting_id", "reading_id", "correction_id", "person_id", "alias_id", "run_id"), 999_999
)
ARGUMENT = r"<(?:\w+:)?(\w+)>"
# Patterns that are no paths with arguments, and what to try them with.
REGEXES = {"^(?P<app_label>auth|minutes)/$": ["auth/", "minutes/"], "(?P<url>.*)$": ["findes/ikke/"]}
FORM = {"passage": OWN, "title": "y", "day": "2020-05-05", "committee": "Z", "reason": "x"}
ACTS = ("publish", "withdraw", "accept", "reject", "redact", "false", "all", "confirm", "drop")


@pytest.fixture
def ours() -> Meeting:
    return filled(randers(), OWN, "14-01-2020")


@pytest.fixture
def theirs() -> Meeting:
    return filled(aarhus(), "Kanariefugl", "03-03-2003", "Sag fire")


def patterns(among: Any, before: str = "") -> Iterator[str]:
    for each in among:
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, before + str(each.pattern))
        else:
            yield before + str(each.pattern)


PATTERNS = list(patterns(admin.site.get_urls()))
OF_OBJECTS = [each for each in PATTERNS if "<" in each and each not in REGEXES]
# Who is not logged in may see the login, and log out.
ALONE = [
    f"/admin/{path}"
    for each in PATTERNS
    if each not in {*OF_OBJECTS, "login/", "logout/"}
    for path in REGEXES.get(each, [each])
]


def row(model: type[Model], place: Municipality) -> Model:
    known = model in rights.PATHS or model in {User, Group}
    assert known, f"rights.PATHS does not tell whose the rows of {model.__name__} are"
    rows = model._default_manager.order_by("pk")
    found = (rows.filter(**{rights.PATHS[model]: place.pk}) if model in rights.PATHS else rows).first()
    assert found, f"{model.__name__} has no row of {place} to try its pages with: make one in filled()"
    return found


def numbers(meeting: Meeting) -> dict[str, Any]:
    place = meeting.committee.municipality
    return {
        "meeting_id": meeting.pk,
        "reading_id": row(Reading, place).pk,
        "correction_id": row(models.Correction, place).pk,
        # An address that the other's meeting does not have.
        "item_slug": "1" if place == randers() else "4",
        "person_id": Person.objects.get(municipality=place, name__endswith=" Hansen").pk,
        "alias_id": row(models.PersonAlias, place).pk,
        "run_id": row(models.ImportRun, place).pk,
    }


def hit(meeting: Meeting) -> dict[str, Any]:
    reading = meeting.readings.exclude(unresolved_cpr_matches=[]).order_by("id")[0]
    return {"reading": reading.pk, "start": reading.unresolved_cpr_matches[0][0], "reason": "P-nummer"}


def tries(pattern: str, theirs: Meeting, ours: Meeting | None = None) -> Iterator[tuple[str, str]]:
    """Each mix of theirs and ours that the page can be asked for, and the same with what is not there."""
    wanted = re.findall(ARGUMENT, pattern)
    if wanted in (["object_id"], ["id"]):
        found = row(apps.get_model(*pattern.split("/")[:2]), theirs.committee.municipality)
        there, here, missing = {wanted[0]: found.pk}, {}, {wanted[0]: 999_999}
    else:
        there, here, missing = numbers(theirs), numbers(ours) if ours else {}, MISSING
    assert set(wanted) <= there.keys(), f"a new page, {pattern}: tell MISSING and numbers() of its arguments"
    for mix in product([True, False] if here else [True], repeat=len(wanted)):
        if any(mix) or not wanted:
            of = [(there, missing) if foreign else (here, here) for foreign in mix]
            told, untold = ({key: side[n][key] for key, side in zip(wanted, of, strict=True)} for n in (0, 1))
            yield at_pattern(pattern, told), at_pattern(pattern, untold)


def at_pattern(pattern: str, told: dict[str, Any]) -> str:
    return "/admin/" + re.sub(ARGUMENT, lambda found: str(told[found[1]]), pattern)


def at(page: str, *arguments: Any) -> str:
    return reverse(f"admin:minutes_{page}", args=arguments)


def listed(model: type[Model]) -> str:
    return at(f"{model._meta.model_name}_changelist")


def answer(client, address: str, data: dict | None = None) -> tuple:
    """What is told, numbers aside, by the page, its messages and where it leads; a post with `data`."""
    response = client.get(address) if data is None else client.post(address, data)
    said = [str(each) for each in response.wsgi_request._messages]
    client.cookies.pop("messages", None)
    body = re.sub(r'(?<="csrfmiddlewaretoken" value=")\w+', "", response.content.decode())
    parts = [response.get("Location", ""), body, *said]
    return (response.status_code, *(re.sub(r"\d+", "N", each) for each in parts))


def shown(client, address: str, **query: Any) -> str:
    return client.get(address, query).content.decode()


def snapshot() -> dict[str, Any]:
    """Every row of every table but the sessions', and the ledger."""
    rows: dict[str, Any] = {"ledger": ledger.path().read_bytes()}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"django_session"}:
            cursor.execute(f'SELECT t::text FROM "{table}" t ORDER BY 1')
            rows[table] = cursor.fetchall()
    return rows


def changed(before: dict[str, Any]) -> list[str]:
    return [table for table, rows in snapshot().items() if rows != before[table]]


@each_role
def test_what_is_another_municipalitys_is_answered_as_what_does_not_exist(client, ours, theirs, group):
    client.force_login(staff("fra-randers", group))
    before = snapshot()
    form = {**FORM, **hit(theirs), "other": numbers(theirs)["person_id"], "post": "yes"}
    for pattern in (each for each in OF_OBJECTS if not each.startswith("auth/")):
        for there, nowhere in tries(pattern, theirs, ours):
            shut = answer(client, there)[0] == 405
            for data in (None, form, *({**form, "act": act} for act in ACTS if shut)):
                got = answer(client, there, data)
                assert got == answer(client, nowhere, data), (there, data)
                assert CANARY not in str(got), (there, data)
        assert "object_id" in pattern or changed(before) == [], pattern
    assert changed(before) == []


def suggested(client) -> Iterator[tuple[int, str]]:
    """What every field that completes itself suggests."""
    for model in MODELS:
        for name in admin.site._registry[model].autocomplete_fields:
            asked = {"app_label": "minutes", "model_name": model._meta.model_name, "field_name": name}
            for term in (SEARCHED, ""):
                response = client.get(reverse("admin:autocomplete"), {**asked, "term": term})
                yield response.status_code, response.content.decode()


@each_role
def test_no_list_filter_search_popup_or_suggestion_shows_another_municipalitys(client, ours, theirs, group):
    client.force_login(staff("fra-randers", group))
    for each in ALONE:
        assert CANARY not in shown(client, each), each
    assert OWN in shown(client, "/admin/")
    assert OWN in shown(client, listed(Meeting))
    for model in MODELS:
        places = [each[0] for each in admin.site._registry[model].list_filter if isinstance(each, tuple)]
        for query in (
            {"q": SEARCHED},
            {"_popup": 1, "_to_field": "id", "_facets": "True"},
            *({f"{path}__id__exact": aarhus().pk} for path in places),
        ):
            body = shown(client, listed(model), **query)
            assert CANARY not in body, (model, query)
            assert CANARY_YEAR not in body, (model, query)
    found = list(suggested(client))
    assert {status for status, _body in found} == {200}
    assert CANARY not in str(found)
    assert OWN in str(found)


def test_a_superuser_sees_the_canary_in_every_table(client, ours, theirs):
    client.force_login(User.objects.create_superuser("chef"))
    assert CANARY in shown(client, "/admin/")
    assert CANARY_YEAR in shown(client, listed(Meeting))
    assert CANARY in str(list(suggested(client)))
    for model in MODELS:
        change = at(f"{model._meta.model_name}_change", row(model, aarhus()).pk)
        assert CANARY in shown(client, listed(model)) + shown(client, change), model


def tampered(page: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The page's form as it stands, each time with another choice or row of Aarhus put into it."""
    if page.status_code != 200 or not page.context or "adminform" not in page.context:
        return
    form, inlines = page.context["adminform"].form, page.context["inline_admin_formsets"]
    told = {name: form[name].value() or "" for name in form.fields}
    for each in inlines:
        told |= {f"{each.formset.prefix}-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField) and field.queryset.model in rights.PATHS:
            yield name, {**told, name: row(field.queryset.model, aarhus()).pk}
    for each in inlines:
        if each.has_change_permission and each.formset.instance.pk:
            rows, prefix = each.formset, each.formset.prefix
            taken = {"id": row(rows.model, aarhus()).pk, "name": "Taget", rows.fk.name: rows.instance.pk}
            taken_row = {f"{prefix}-0-{key}": value for key, value in taken.items()}
            yield prefix, {**told, f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1, **taken_row}


@each_role
def test_no_form_act_or_action_of_ones_own_takes_what_is_another_municipalitys(client, ours, theirs, group):
    client.force_login(staff("fra-randers", group))
    before, tried = snapshot(), set()
    for model in MODELS:
        name = model._meta.model_name
        for address in (at(f"{name}_add"), at(f"{name}_change", row(model, randers()).pk)):
            for field, data in tampered(client.get(address)):
                status, *said = answer(client, address, data)
                # A row of an inline that is not this committee's is left alone without a word.
                assert status == 200 or field == "aliases", (address, field)
                assert CANARY not in str(said), (address, field)
                tried.add(f"{name}.{field}")
        for action in ("publish", "withdraw", "delete_selected"):
            data = {"action": action, "_selected_action": [row(model, aarhus()).pk], "post": "yes"}
            assert CANARY not in str(answer(client, listed(model), data)), (name, action)
    assert tried >= {"committee.successor", "committee.aliases", "committeealias.committee"}
    assert tried >= {"party.municipality"} | ({"assignment.municipality"} if group == RESPONSIBLE else set())
    for page, act in product(("state", "personal_data"), ("accept", "reject", "redact", "false")):
        address, data = at(f"meeting_{page}", ours.pk), {**hit(theirs), "act": act}
        assert answer(client, address, data) == answer(client, address, {**data, "reading": 999_999}), data
    merge = at("person_merge", numbers(ours)["person_id"])
    assert CANARY not in shown(client, merge)
    assert client.post(merge, {"other": numbers(theirs)["person_id"]}).status_code == 400
    new = {"municipality": aarhus().pk, "text": minutes("Ny", day="01-02-2020")}
    assert client.post(reverse("admin:upload"), new).status_code == 400
    assert set(changed(before)) <= {"django_admin_log"}


@each_role
def test_the_bytes_of_anothers_document_tell_nothing_of_it_and_move_nothing(client, theirs, group):
    client.force_login(staff("fra-randers", group))
    text = minutes("Havnen", committee="Kanariefugludvalget", day="04-04-2004", municipality="Aarhus")
    imported_for(aarhus(), text)
    told = {"municipality": randers().pk, "text": text}
    seen = client.post(reverse("admin:upload"), told).content.decode().split("<textarea")[0]
    seen += json.dumps(list(models.ImportRun.objects.filter(municipality=randers()).values("report")))
    assert "aarhus" not in seen.lower()
    assert "2004" not in seen
    assert not Reading.objects.filter(meeting__committee__municipality=randers()).exists()


@pytest.mark.parametrize("who", ["anonymous", "citizen", "inactive"])
def test_who_is_not_of_the_staff_is_sent_to_the_login_by_every_page(client, theirs, who):
    user = staff("gammel", RESPONSIBLE, aarhus())
    if who != "anonymous":
        client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_staff=who != "citizen", is_active=who != "inactive")
    before = snapshot()
    for each in [*ALONE, *(there for page in OF_OBJECTS for there, _nowhere in tries(page, theirs))]:
        for response in (client.get(each), client.post(each, {**FORM, "act": "publish", "post": "yes"})):
            assert response.status_code == 302, each
            assert response["Location"].startswith("/admin/login/?next="), each
    assert changed(before) == []


@pytest.mark.parametrize("permitted", [False, True])
def test_staff_without_an_assignment_see_no_row_whatever_django_permits_them(client, ours, permitted):
    user = staff("ny")
    if permitted:
        user.groups.set(Group.objects.all())
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="minutes"))
    client.force_login(user)
    before = snapshot()
    for each in [*ALONE, *(f"{listed(model)}?q=ykelst" for model in MODELS)]:
        assert OWN not in shown(client, each), each
    pages = [there for page in OF_OBJECTS for there, _nowhere in tries(page, ours)]
    for there, data in product(pages, [None, {**FORM, **hit(ours), "act": "redact", "post": "yes"}]):
        status, *said = answer(client, there, data)
        assert status in {302, 403, 404, 405}, there
        assert OWN not in str(said), there
    assert changed(before) == []


@each_role
def test_users_and_groups_are_closed_to_all_but_a_superuser(client, theirs, group):
    user = staff("fra-aarhus", group, aarhus())
    client.force_login(user)
    before = snapshot()
    pages = [each for each in PATTERNS if each.startswith("auth/") and not each.endswith("<path:object_id>/")]
    assert len(pages) >= 11
    for each in (there for page in pages for there, _nowhere in tries(page, theirs)):
        raised = {"username": user.username, "is_superuser": "on", "is_staff": "on", "post": "yes"}
        assert client.get(each).status_code == client.post(each, raised).status_code == 403, each
    assert client.get("/admin/auth/").status_code == 404
    assert changed(before) == []


def test_an_editor_takes_nothing_down_judges_nothing_and_assigns_nobody(client, ours):
    me = staff("redaktoer")
    assignment = assign(me, EDITOR, randers()).pk
    client.force_login(me)
    before = snapshot()
    takedowns = [at("meeting_take_down", ours.pk), at("meeting_take_down_item", ours.pk, "1")]
    of_one = [at(f"assignment_{page}", assignment) for page in ("change", "delete", "history")]
    for address in (*takedowns, *of_one, listed(Assignment), at("assignment_add")):
        data = {"reason": "x", "post": "yes", "username": "redaktoer"}
        for response in (client.get(address), client.post(address, data)):
            # Forbidden, or as if it were not there.
            assert response.status_code == 403 or response.get("Location") == "/admin/", address
    judged = client.post(at("meeting_personal_data", ours.pk), {**hit(ours), "act": "false"})
    assert judged.status_code == 403
    assert "tag-ned" not in shown(client, at("meeting_change", ours.pk))
    assert "/assignment/" not in shown(client, "/admin/")
    assert changed(before) == []


def test_a_responsible_takes_down_and_judges(client, ours):
    client.force_login(staff("ansvarlig", RESPONSIBLE))
    client.post(at("meeting_personal_data", ours.pk), {**hit(ours), "act": "false"})
    assert FalseHit.objects.filter(reason="P-nummer").exists()
    client.post(at("meeting_take_down_item", ours.pk, "3"), {"reason": "Bedt om"})
    assert not ours.items.filter(slug="3").exists()
    client.post(at("meeting_take_down", ours.pk), {"reason": "Bedt om"})
    assert Meeting.objects.get(pk=ours.pk).state == "taken_down"


def test_a_responsible_assigns_editors_of_their_own_municipality_alone(client):
    mine = assign(me := staff("ansvarlig"), RESPONSIBLE, randers())
    peer = assign(staff("kollega"), RESPONSIBLE, randers())
    editor = assign(staff("redaktoer"), EDITOR, randers())
    new = staff("nyansat")
    User.objects.create_user("borger")
    client.force_login(me)
    raised, lowered = (Group.objects.get(name=name).pk for name in (RESPONSIBLE, EDITOR))
    good = {"username": "nyansat", "municipality": randers().pk, "group": lowered}
    held = list(Assignment.objects.order_by("pk").values())
    for page, each in product(("change", "delete"), (mine, peer)):
        posted = client.post(at(f"assignment_{page}", each.pk), {**good, "post": "yes"})
        assert posted.status_code == 403, (page, each)
    for address, bad in product(
        (at("assignment_add"), at("assignment_change", editor.pk)),
        (
            {"municipality": aarhus().pk},
            {"group": raised},
            {"username": "ansvarlig"},
            {"username": "ansvarlig", "municipality": aarhus().pk, "group": raised},
            {"username": "borger"},
        ),
    ):
        assert client.post(address, {**good, **bad}).status_code == 200, (address, bad)
    marked = {"_selected_action": [each.pk for each in (mine, peer, editor)], "post": "yes"}
    client.post(listed(Assignment), {"action": "delete_selected", **marked})
    assert list(Assignment.objects.order_by("pk").values()) == held
    # Whose number is posted is not asked: the name says who it is.
    client.post(at("assignment_add"), {**good, "user": me.pk})
    assert Assignment.objects.get(user=new).group_id == lowered
    client.post(at("assignment_delete", editor.pk), {"post": "yes"})
    assert not Assignment.objects.filter(pk=editor.pk).exists()


def test_a_responsible_of_one_municipality_is_but_an_editor_where_they_are_an_editor(client, theirs):
    user = staff("begge", RESPONSIBLE)
    assign(user, EDITOR, aarhus())
    client.force_login(user)
    before = snapshot()
    assert client.get(at("meeting_change", theirs.pk)).status_code == 200
    for page in ("take_down", "personal_data"):
        posted = client.post(at(f"meeting_{page}", theirs.pk), {**hit(theirs), "act": "false"})
        assert posted.status_code == 403, page
    assert changed(before) == []
    assert "kanariefugljer" not in shown(client, listed(Assignment))
