"""Absolute URLs of the API's objects and of their pages."""

from dataclasses import dataclass

from django.http import HttpRequest

from minutes.models import AgendaItem, Ballot, Case, Committee, Meeting, Municipality, Person

ROOT = "api/v1"


@dataclass(frozen=True)
class ApiUrls:
    """URLs under the scheme and host of a request. Rows need `with_places`, as for `get_absolute_url`."""

    site: str

    @classmethod
    def for_request(cls, request: HttpRequest) -> "ApiUrls":
        return cls(f"{request.scheme}://{request.get_host()}")

    def page(self, path: str) -> str:
        """Return the URL of a page."""
        return f"{self.site}{path}"

    def list(self, kind: str, query: str = "") -> str:
        return f"{self.site}/{ROOT}/{kind}{'?' if query else ''}{query}"

    def municipality(self, municipality: Municipality) -> str:
        return self._object("municipalities", municipality.slug)

    def committee(self, committee: Committee) -> str:
        return self._object("committees", committee.municipality.slug, committee.slug)

    def meeting(self, meeting: Meeting) -> str:
        return self._object("meetings", meeting.key)

    def item(self, item: AgendaItem) -> str:
        return self.item_of(item.meeting, item.slug)

    def item_of(self, meeting: Meeting, slug: str) -> str:
        return self._object("items", meeting.key, slug)

    def ballot(self, ballot: Ballot) -> str:
        return self._object("ballots", ballot.item.meeting.key, ballot.item.slug, str(ballot.position))

    def person(self, person: Person) -> str:
        return self._object("people", person.municipality.slug, person.slug)

    def case(self, case: Case) -> str:
        return self._object("cases", case.municipality.slug, case.slug)

    def _object(self, kind: str, *parts: str) -> str:
        return "/".join((self.site, ROOT, kind, *parts))
