"""The review page says how many matches a redaction covers in all versions of the meeting."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from minutes import publishing
from minutes.models import Meeting, Reading
from tests.documents import imported_for, randers
from tests.pages import text_of
from tests.texts import minutes

pytestmark = pytest.mark.django_db

CPR, OTHER_CPR = "010203-1234", "020304-1235"


@pytest.fixture
def chief(client):
    client.force_login(User.objects.create_superuser("chef"))
    return client


def review(client, meeting: Meeting) -> str:
    return text_of(client.get(reverse("admin:minutes_meeting_change", args=[meeting.pk])))


def test_removing_all_cpr_numbers_says_how_many_matches_the_versions_have(chief):
    meeting = imported_for(randers(), minutes("Cykelsti", decision=f"Om {CPR} blev talt."))
    assert "alle mødets udgaver" not in review(chief, meeting), "one version"
    imported_for(randers(), minutes("Cykelsti", decision=f"Om {CPR} og {OTHER_CPR} blev talt."))
    seen = review(chief, meeting)
    assert "Fjern alle 2" in seen
    assert "I alle mødets udgaver er der 3 fund." in seen
    chief.post(reverse("admin:minutes_meeting_personal_data", args=[meeting.pk]), {"act": "all"})
    assert set(map(len, meeting.readings.values_list("unresolved_cpr_matches", flat=True))) == {0}
    assert "alle mødets udgaver" not in review(chief, meeting)


def test_removing_a_known_name_says_how_many_places_the_versions_have(chief):
    other = imported_for(randers(), minutes("Sti", decision="Karla Viborg talte.", day="03-03-2020"))
    redaction = publishing.prepare_name(randers(), "Karla Viborg", by=None, reason="Anmodning")
    publishing.carry_out(redaction, by=None, seconds=60)
    assert "Karla" not in Reading.objects.get(meeting=other).text
    meeting = imported_for(randers(), minutes("Cykelsti", decision="Karla Viborg talte."))
    assert "alle mødets udgaver" not in review(chief, meeting), "one version"
    imported_for(randers(), minutes("Cykelsti", decision="Karla Viborg talte igen."))
    assert "I alle mødets udgaver er der 2 steder." in review(chief, meeting)
