"""Deleting the selected rows of a table: a page asks first, with their number and with what else is deleted.

The tables are read from the admin site, so that new ones are tested too.
"""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import IntegrityError
from django.test import RequestFactory
from django.utils.html import escape

from minutes.models import Case, Change, Committee, CommitteeAlias, ErrorReport, Municipality, Party
from minutes.models.rights import EDITOR
from tests.documents import imported_for, randers
from tests.filled import staff
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def chef(client) -> User:
    user = User.objects.create_superuser("chef")
    client.force_login(user)
    return user


def rows_of(model: Any) -> list[Any]:
    """Create two rows of the model."""
    numbers = ("1", "2")
    place, committee = randers(), imported_for(randers(), minutes("Cykelsti")).committee
    build: dict[Any, Any] = {
        User: lambda n: User.objects.create_user(f"bruger{n}", is_staff=True),
        Group: lambda n: Group.objects.create(name=f"Gruppe {n}"),
        Municipality: lambda n: Municipality.objects.create(name=f"By {n}", code=f"99{n}", slug=f"by-{n}"),
        Committee: lambda n: Committee.objects.create(municipality=place, name=f"Udvalg {n}", slug=f"u-{n}"),
        CommitteeAlias: lambda n: CommitteeAlias.objects.create(
            committee=committee, name=f"Navn {n}", slug=f"n-{n}"
        ),
        Party: lambda n: Party.objects.create(municipality=place, letter=f"X{n}"),
        Case: lambda n: Case.objects.create(municipality=place, number=f"24/000{n}", slug=f"24-000{n}"),
        ErrorReport: lambda n: ErrorReport.objects.receive("", path=f"/side{n}", kind="other", text="x"),
    }
    assert model in build, f"{model.__name__} can be deleted by the selection: create rows for the test"
    return [build[model](number) for number in numbers]


def deletable() -> list[Any]:
    """Return the models whose rows a superuser can select and delete."""
    request = RequestFactory().get("/admin/")
    request.user = User(is_superuser=True, is_staff=True, is_active=True)
    registered = admin.site._registry.items()
    return [model for model, own in registered if "delete_selected" in own.get_actions(request)]


def delete(client, rows: list[Any], **data: str) -> Any:
    meta = rows[0]._meta
    selected = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(f"/admin/{meta.app_label}/{meta.model_name}/", {**selected, **data}, follow=True)


@pytest.mark.parametrize("model", deletable())
def test_a_page_asks_with_number_and_list_before_rows_are_deleted_and_recorded(client, chef, model):
    rows = rows_of(model)
    before = Change.objects.count()
    page = delete(client, rows)
    assert f"{model._meta.verbose_name_plural}: 2".casefold() in text_of(page).casefold()
    for row in rows:
        assert escape(str(row)) in page.content.decode()
    assert model.objects.filter(pk__in=[row.pk for row in rows]).count() == 2
    assert Change.objects.count() == before
    delete(client, rows, post="yes")
    assert not model.objects.filter(pk__in=[row.pk for row in rows]).exists()
    changes = Change.objects.order_by("id")[before:]
    assert [change.by for change in changes] == [chef, chef]
    details = " ".join(change.detail for change in changes)
    assert [name for name in map(str, rows) if name not in details] == []


def test_of_committees_with_meetings_none_is_deleted_and_the_page_says_why(client, chef):
    empty, used = rows_of(Committee)[0], Committee.objects.exclude(name__startswith="Udvalg ").get()
    before = Change.objects.count()
    page = text_of(delete(client, [empty, used]))
    assert "Kan ikke slette" in page
    assert "møde" in page
    assert "Kan ikke slette" in text_of(delete(client, [empty, used], post="yes"))
    assert Committee.objects.filter(pk__in=[empty.pk, used.pk]).count() == 2
    assert Change.objects.count() == before


def test_what_could_not_be_deleted_is_not_recorded(client, chef, monkeypatch):
    rows, before = rows_of(Party), Change.objects.count()

    def fail(*args: Any) -> None:
        raise IntegrityError("still referenced")

    monkeypatch.setattr(admin.site._registry[Party], "delete_queryset", fail)
    client.raise_request_exception = False
    delete(client, rows, post="yes")
    assert Change.objects.count() == before


def test_nobody_deletes_their_own_user(client, chef):
    other = User.objects.create_user("anden", is_staff=True)
    page = delete(client, [chef, other], post="yes")
    assert page.status_code == 403
    assert User.objects.filter(pk__in=[chef.pk, other.pk]).count() == 2
    assert client.post(f"/admin/auth/user/{chef.pk}/delete/", {"post": "yes"}).status_code == 403


def test_an_editor_deletes_the_names_of_their_own_committees_alone(client):
    own = rows_of(CommitteeAlias)
    other = Committee.objects.create(municipality=Municipality.objects.get(code="751"), name="X", slug="x")
    foreign = CommitteeAlias.objects.create(committee=other, name="Fremmed", slug="fremmed")
    client.force_login(staff("redaktoer", EDITOR))
    page = delete(client, [*own, foreign])
    assert "Fremmed" not in text_of(page)
    delete(client, [*own, foreign], post="yes")
    assert list(CommitteeAlias.objects.all()) == [foreign]
    assert Change.objects.filter(kind="changed", by_name="redaktoer", municipality=randers()).count() == 2
