"""Permissions on every page of the admin, for every role, with objects of another municipality.

Pages and tables are read from the admin site, so that new ones are tested too or fail a test.
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

# The word in every row of Aarhus, a part of it to search for, its year, and the word in rows of Randers.
CANARY, SEARCHED, CANARY_YEAR, OWN = "anariefugl", "ariefug", "year=2003", "Cykelsti"
MODELS = [model for model in admin.site._registry if model._meta.app_label == "minutes"]
# Arguments of our pages' addresses that name nothing; `numbers` has the same keys.
MISSING = {"item_slug": "9"} | dict.fromkeys(
    (
        "meeting_id",
        "reading_id",
        "correction_id",
        "person_id",
        "alias_id",
        "run_id",
        "file_id",
        "redaction_id",
    ),
    999_999,
)
ARGUMENT = r"<(?:\w+:)?(\w+)>"
# Patterns that are regular expressions, with addresses that match.
REGEXES = {"^(?P<app_label>minutes|auth)/$": ["auth/", "minutes/"], "(?P<url>.*)$": ["findes/ikke/"]}
FORM = {"passage": OWN, "title": "y", "day": "2020-05-05", "time": "08:00", "committee": "Z", "reason": "x"}
ACTS = (
    "publish",
    "withdraw",
    "accept",
    "reject",
    "redact",
    "false",
    "all",
    "confirm",
    "drop",
    "release",
    "withhold",
    "claim",
    "skip",
    "create",
    "plan",
    "cancel",
)


@pytest.fixture(scope="module", autouse=True)
def meetings(module_db: None) -> tuple[int, int]:
    """Create a meeting of Randers and one of Aarhus, with a row in every table, for all tests."""
    ours = filled(randers(), OWN, "14-01-2020")
    return ours.pk, filled(aarhus(), "Kanariefugl", "03-03-2003", "Sag fire").pk


@pytest.fixture
def ours(meetings: tuple[int, int]) -> Meeting:
    return Meeting.objects.with_places().get(pk=meetings[0])


@pytest.fixture
def theirs(meetings: tuple[int, int]) -> Meeting:
    return Meeting.objects.with_places().get(pk=meetings[1])


def patterns(entries: Any, prefix: str = "") -> Iterator[str]:
    for entry in entries:
        if isinstance(entry, URLResolver):
            yield from patterns(entry.url_patterns, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern)


PATTERNS = list(patterns(admin.site.get_urls()))
OF_OBJECTS = [pattern for pattern in PATTERNS if "<" in pattern and pattern not in REGEXES]
# Addresses without arguments, but for login and logout, which are open to all.
WITHOUT_OBJECT = [
    f"/admin/{path}"
    for pattern in PATTERNS
    if pattern not in {*OF_OBJECTS, "login/", "logout/"}
    for path in REGEXES.get(pattern, [pattern])
]


def row(model: type[Model], place: Municipality) -> Model:
    known = model in rights.PATHS or model in {User, Group}
    assert known, f"rights.PATHS has no path for {model.__name__}"
    rows = model._default_manager.order_by("pk")
    first = (rows.filter(**{rights.PATHS[model]: place.pk}) if model in rights.PATHS else rows).first()
    assert first, f"{model.__name__} has no row of {place} to test its pages with: create one in filled()"
    return first


def numbers(meeting: Meeting) -> dict[str, Any]:
    place = meeting.committee.municipality
    return {
        "meeting_id": meeting.pk,
        "reading_id": row(Reading, place).pk,
        "correction_id": row(models.Correction, place).pk,
        # A slug that the other meeting does not have.
        "item_slug": "1" if place == randers() else "4",
        "person_id": Person.objects.get(municipality=place, name__endswith=" Hansen").pk,
        "alias_id": row(models.PersonAlias, place).pk,
        "run_id": row(models.ImportRun, place).pk,
        "file_id": row(models.EnclosedFile, place).pk,
        "redaction_id": row(models.NameRedaction, place).pk,
    }


def hit(meeting: Meeting) -> dict[str, Any]:
    reading = meeting.readings.exclude(unresolved_cpr_matches=[]).order_by("id")[0]
    return {"reading": reading.pk, "start": reading.unresolved_cpr_matches[0][0], "reason": "P-nummer"}


def tries(pattern: str, theirs: Meeting, ours: Meeting | None = None) -> Iterator[tuple[str, str]]:
    """Yield addresses with arguments of theirs mixed with ours, and the same with missing ones for theirs."""
    keys = re.findall(ARGUMENT, pattern)
    if keys in (["object_id"], ["id"]):
        instance = row(apps.get_model(*pattern.split("/")[:2]), theirs.committee.municipality)
        foreign, own, missing = {keys[0]: instance.pk}, {}, {keys[0]: 999_999}
    else:
        foreign, own, missing = numbers(theirs), numbers(ours) if ours else {}, MISSING
    assert set(keys) <= foreign.keys(), f"a new page, {pattern}: add its arguments to MISSING and numbers()"
    for mix in product([True, False] if own else [True], repeat=len(keys)):
        if any(mix) or not keys:
            is_foreign = dict(zip(keys, mix, strict=True))
            existing = {key: (foreign if is_foreign[key] else own)[key] for key in keys}
            absent = {key: (missing if is_foreign[key] else own)[key] for key in keys}
            yield at_pattern(pattern, existing), at_pattern(pattern, absent)


def at_pattern(pattern: str, arguments: dict[str, Any]) -> str:
    return "/admin/" + re.sub(ARGUMENT, lambda match: str(arguments[match[1]]), pattern)


def at(page: str, *arguments: Any) -> str:
    return reverse(f"admin:minutes_{page}", args=arguments)


def listed(model: type[Model]) -> str:
    return at(f"{model._meta.model_name}_changelist")


def answer(client, address: str, data: dict | None = None) -> tuple:
    """Return status, redirect, page and messages, with numbers masked; of a POST if there is `data`."""
    response = client.get(address) if data is None else client.post(address, data)
    messages = [str(message) for message in response.wsgi_request._messages]
    client.cookies.pop("messages", None)
    body = re.sub(r'(?<="csrfmiddlewaretoken" value=")\w+', "", response.content.decode())
    parts = [response.get("Location", ""), body, *messages]
    return (response.status_code, *(re.sub(r"\d+", "N", part) for part in parts))


def shown(client, address: str, **query: Any) -> str:
    response = client.get(address, query)
    return (b"".join(response.streaming_content) if response.streaming else response.content).decode()


def snapshot() -> dict[str, Any]:
    """Return every row of every table but the sessions' and the entries of refused pages, and the ledger."""
    rows: dict[str, Any] = {"ledger": ledger.path().read_bytes()}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - {"django_session"}:
            but = "WHERE kind <> 'refused'" if table == "minutes_change" else ""
            cursor.execute(f'SELECT t::text FROM "{table}" t {but} ORDER BY 1')
            rows[table] = cursor.fetchall()
    return rows


def changed(before: dict[str, Any]) -> list[str]:
    return [table for table, rows in snapshot().items() if rows != before[table]]


@each_role
def test_objects_of_another_municipality_are_treated_as_missing(client, ours, theirs, group):
    client.force_login(staff("fra-randers", group))
    before = snapshot()
    form = {**FORM, **hit(theirs), "other": numbers(theirs)["person_id"], "post": "yes"}
    for pattern in (pattern for pattern in OF_OBJECTS if not pattern.startswith("auth/")):
        for existing, absent in tries(pattern, theirs, ours):
            post_only = answer(client, existing)[0] == 405
            for data in (None, form, *({**form, "act": act} for act in ACTS if post_only)):
                got = answer(client, existing, data)
                assert got == answer(client, absent, data), (existing, data)
                assert CANARY not in str(got), (existing, data)
        assert "object_id" in pattern or changed(before) == [], pattern
    assert changed(before) == []


def suggested(client) -> Iterator[tuple[int, str]]:
    """Yield status and body of the suggestions for every autocomplete field."""
    for model in MODELS:
        for name in admin.site._registry[model].autocomplete_fields:
            query = {"app_label": "minutes", "model_name": model._meta.model_name, "field_name": name}
            for term in (SEARCHED, ""):
                response = client.get(reverse("admin:autocomplete"), {**query, "term": term})
                yield response.status_code, response.content.decode()


@each_role
def test_no_list_filter_search_popup_or_suggestion_shows_another_municipalitys(client, ours, theirs, group):
    client.force_login(staff("fra-randers", group))
    for address in WITHOUT_OBJECT:
        assert CANARY not in shown(client, address), address
    assert OWN in shown(client, "/admin/")
    assert OWN in shown(client, listed(Meeting))
    for model in MODELS:
        filters = admin.site._registry[model].list_filter
        places = [list_filter[0] for list_filter in filters if isinstance(list_filter, tuple)]
        for query in (
            {"q": SEARCHED},
            {"_popup": 1, "_to_field": "id", "_facets": "True"},
            *({f"{path}__id__exact": aarhus().pk} for path in places),
        ):
            body = shown(client, listed(model), **query)
            assert CANARY not in body, (model, query)
            assert CANARY_YEAR not in body, (model, query)
    suggestions = list(suggested(client))
    assert {status for status, _body in suggestions} == {200}
    assert CANARY not in str(suggestions)
    assert OWN in str(suggestions)


def test_a_superuser_sees_the_canary_in_every_table(client, ours, theirs):
    client.force_login(User.objects.create_superuser("chef"))
    assert CANARY in shown(client, "/admin/")
    assert CANARY_YEAR in shown(client, listed(Meeting))
    assert CANARY in str(list(suggested(client)))
    for model in MODELS:
        change = at(f"{model._meta.model_name}_change", row(model, aarhus()).pk)
        assert CANARY in shown(client, listed(model)) + shown(client, change), model


def tampered(page: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the data of the page's form with one choice or inline row replaced by one of Aarhus."""
    if page.status_code != 200 or not page.context or "adminform" not in page.context:
        return
    form, inlines = page.context["adminform"].form, page.context["inline_admin_formsets"]
    data = {name: form[name].value() or "" for name in form.fields}
    for inline in inlines:
        data |= {f"{inline.formset.prefix}-{count}_FORMS": 0 for count in ("TOTAL", "INITIAL")}
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField) and field.queryset.model in rights.PATHS:
            yield name, {**data, name: row(field.queryset.model, aarhus()).pk}
    for inline in inlines:
        if inline.has_change_permission and inline.formset.instance.pk:
            rows, prefix = inline.formset, inline.formset.prefix
            taken = {"id": row(rows.model, aarhus()).pk, "name": "Taget", rows.fk.name: rows.instance.pk}
            taken_row = {f"{prefix}-0-{key}": value for key, value in taken.items()}
            yield prefix, {**data, f"{prefix}-TOTAL_FORMS": 1, f"{prefix}-INITIAL_FORMS": 1, **taken_row}


@each_role
def test_no_form_or_action_accepts_objects_of_another_municipality(client, ours, theirs, group):
    client.force_login(staff("fra-randers", group))
    before, tried = snapshot(), set()
    for model in MODELS:
        name = model._meta.model_name
        for address in (at(f"{name}_add"), at(f"{name}_change", row(model, randers()).pk)):
            for field, data in tampered(client.get(address)):
                status, *texts = answer(client, address, data)
                # The formset ignores a row that is not this committee's.
                assert status == 200 or field == "aliases", (address, field)
                assert CANARY not in str(texts), (address, field)
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
    assert set(changed(before)) <= {"minutes_change"}


@each_role
def test_uploading_another_municipalitys_document_discloses_and_moves_nothing(client, theirs, group):
    client.force_login(staff("fra-randers", group))
    text = minutes("Havnen", committee="Kanariefugludvalget", day="04-04-2004", municipality="Aarhus")
    of_randers = Reading.objects.filter(meeting__committee__municipality=randers())
    before = set(of_randers.values_list("pk", flat=True))
    imported_for(aarhus(), text)
    data = {"municipality": randers().pk, "text": text}
    seen = client.post(reverse("admin:upload"), data).content.decode().split("<textarea")[0]
    seen += json.dumps(list(models.ImportRun.objects.filter(municipality=randers()).values("report")))
    assert "aarhus" not in seen.lower()
    assert "2004" not in seen
    assert set(of_randers.values_list("pk", flat=True)) == before


@pytest.mark.parametrize("who", ["anonymous", "citizen", "inactive"])
def test_every_page_redirects_to_the_login_without_an_active_staff_user(client, theirs, who):
    user = staff("gammel", RESPONSIBLE, aarhus())
    if who != "anonymous":
        client.force_login(user)
    User.objects.filter(pk=user.pk).update(is_staff=who != "citizen", is_active=who != "inactive")
    before = snapshot()
    pages = [existing for page in OF_OBJECTS for existing, _absent in tries(page, theirs)]
    data = {**FORM, "act": "publish", "post": "yes"}
    for address in [*WITHOUT_OBJECT, *pages]:
        for response in (client.get(address), client.post(address, data)):
            assert response.status_code == 302, address
            assert response["Location"].startswith("/admin/login/?next="), address
    assert changed(before) == []


@pytest.mark.parametrize("permitted", [False, True])
def test_staff_without_an_assignment_see_no_row_whatever_django_permits_them(client, ours, permitted):
    user = staff("ny")
    if permitted:
        user.groups.set(Group.objects.all())
        user.user_permissions.set(Permission.objects.filter(content_type__app_label="minutes"))
    client.force_login(user)
    before = snapshot()
    for address in [*WITHOUT_OBJECT, *(f"{listed(model)}?q=ykelst" for model in MODELS)]:
        assert OWN not in shown(client, address), address
    pages = [existing for page in OF_OBJECTS for existing, _absent in tries(page, ours)]
    for address, data in product(pages, [None, {**FORM, **hit(ours), "act": "redact", "post": "yes"}]):
        status, *texts = answer(client, address, data)
        assert status in {302, 403, 404, 405}, address
        assert OWN not in str(texts), address
    assert changed(before) == []


@each_role
def test_users_and_groups_are_closed_to_all_but_a_superuser(client, theirs, group):
    user = staff("fra-aarhus", group, aarhus())
    client.force_login(user)
    before = snapshot()
    of_auth = [pattern for pattern in PATTERNS if pattern.startswith("auth/")]
    pages = [pattern for pattern in of_auth if not pattern.endswith("<path:object_id>/")]
    assert len(pages) >= 11
    raised = {"username": user.username, "is_superuser": "on", "is_staff": "on", "post": "yes"}
    for address in (existing for page in pages for existing, _absent in tries(page, theirs)):
        statuses = {client.get(address).status_code, client.post(address, raised).status_code}
        assert statuses == {403}, address
    assert client.get("/admin/auth/").status_code == 404
    assert changed(before) == []


def test_an_editor_cannot_take_down_dismiss_matches_or_assign(client, ours):
    me = staff("redaktoer")
    assignment = assign(me, EDITOR, randers()).pk
    client.force_login(me)
    before = snapshot()
    takedowns = [at("meeting_take_down", ours.pk), at("meeting_take_down_item", ours.pk, "1")]
    takedowns.append(at("meeting_erase_original", ours.pk, row(Reading, randers()).pk))
    of_one = [at(f"assignment_{page}", assignment) for page in ("change", "delete", "history")]
    for address in (*takedowns, *of_one, listed(Assignment), at("assignment_add")):
        data = {"reason": "x", "post": "yes", "username": "redaktoer"}
        for response in (client.get(address), client.post(address, data)):
            # Forbidden, or treated as missing.
            assert response.status_code == 403 or response.get("Location") == "/admin/", address
    judged = client.post(at("meeting_personal_data", ours.pk), {**hit(ours), "act": "false"})
    assert judged.status_code == 403
    assert "tag-ned" not in shown(client, at("meeting_change", ours.pk))
    assert "/assignment/" not in shown(client, "/admin/")
    assert changed(before) == []


def test_a_responsible_can_take_down_and_dismiss_matches(client, ours):
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
    before = list(Assignment.objects.order_by("pk").values())
    for page, assignment in product(("change", "delete"), (mine, peer)):
        posted = client.post(at(f"assignment_{page}", assignment.pk), {**good, "post": "yes"})
        assert posted.status_code == 403, (page, assignment)
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
    marked = {"_selected_action": [assignment.pk for assignment in (mine, peer, editor)], "post": "yes"}
    client.post(listed(Assignment), {"action": "delete_selected", **marked})
    assert list(Assignment.objects.order_by("pk").values()) == before
    # A posted user id is ignored; the user name counts.
    client.post(at("assignment_add"), {**good, "user": me.pk})
    assert Assignment.objects.get(user=new).group_id == lowered
    client.post(at("assignment_delete", editor.pk), {"post": "yes"})
    assert not Assignment.objects.filter(pk=editor.pk).exists()


def test_a_responsible_invites_no_superuser_no_responsible_and_nobody_elsewhere(client, mailoutbox):
    invite, editor = reverse("admin:invite"), Group.objects.get(name=EDITOR)
    new = {"username": "nyansat", "email": "nyansat@example.dk"}
    good = {**new, "municipality": randers().pk, "group": editor.pk}
    client.force_login(staff("redaktoer"))
    assert client.post(invite, good).status_code == 403
    user = staff("ansvarlig", RESPONSIBLE)
    # In Aarhus an editor, who may not invite there.
    assign(user, EDITOR, aarhus())
    client.force_login(user)
    before = snapshot()
    for bad in (
        {"municipality": aarhus().pk},
        {"group": Group.objects.get(name=RESPONSIBLE).pk},
        {"municipality": ""},
        {"group": ""},
        {"username": "redaktoer"},
    ):
        assert client.post(invite, {**good, **bad}).status_code == 400, bad
    assert (changed(before), mailoutbox) == ([], [])
    raised = {"is_superuser": "on", "is_active": "", "user_permissions": [1], "groups": [editor.pk]}
    assert client.post(invite, {**good, **raised, "password": "x", "pk": user.pk}).status_code == 302
    invited = User.objects.get(username="nyansat")
    assert (invited.is_superuser, invited.is_staff, invited.has_usable_password()) == (False, True, False)
    assert not invited.user_permissions.exists()
    assert not invited.groups.exists()
    assert [(role.municipality, role.group) for role in invited.assignments.all()] == [(randers(), editor)]
    assert [mail.to for mail in mailoutbox] == [["nyansat@example.dk"]]


def test_a_superuser_invites_into_any_role_or_none(client, mailoutbox):
    client.force_login(User.objects.create_superuser("chef"))
    invite, group = reverse("admin:invite"), Group.objects.get(name=RESPONSIBLE)
    data = {"username": "anna", "email": "anna@example.dk", "municipality": aarhus().pk}
    assert client.post(invite, data).status_code == 400, "a municipality without a role"
    client.post(invite, {**data, "group": group.pk})
    role = Assignment.objects.get(user__username="anna")
    assert (role.municipality, role.group) == (aarhus(), group)
    client.post(invite, {"username": "bo", "email": "bo@example.dk", "is_superuser": "on"})
    assert User.objects.get(username="bo").is_superuser
    assert len(mailoutbox) == 2
    assert client.get(reverse("admin:auth_user_add"))["Location"] == invite


def test_a_role_in_one_municipality_gives_no_permissions_in_another(client, theirs):
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
