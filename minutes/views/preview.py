"""The preview of a meeting that is not published: the public pages, behind a signed link."""

import copy
import html
import re
from urllib.parse import unquote

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from minutes.models import Meeting, PreviewLink
from minutes.models.states import State
from minutes.publishing import PublishingError, as_if_published, find_preview_link, preview_token

# Public pages that a preview shows: those of the meeting, and those that exist only with it.
_OF_MEETING = frozenset({"meeting", "item", "changes"})
_OF_READING = frozenset({"source", "source-text"})
_OF_MUNICIPALITY = frozenset({"person", "case"})
_OF_FILE = frozenset({"file"})
# ' href="/randers/byraadet/2020-01-14/"'
_LINK = re.compile(r'(?<= href=")/[^"/][^"]*')


def preview(request: HttpRequest, token: str, path: str = "") -> HttpResponseBase:
    """Show a public page as it will be when the meeting is published; without `path`, the meeting's page.

    A published meeting's links lead to its public pages. Responds 404 for a link that has expired or was
    withdrawn, and for pages that are not part of the preview. As many queries as a publication and the page.
    """
    link = find_preview_link(token)
    if link is None:
        return _private(render(request, "minutes/preview_missing.html", status=404))
    meeting = link.meeting
    address = f"/{path}" if path else meeting.get_absolute_url()
    match = _page_at(address, meeting)
    if match is None:
        raise Http404
    if meeting.state == State.PUBLISHED:
        return _private(redirect(address))
    try:
        with as_if_published(meeting):
            response = match.func(_request_for(request, address, match, link), *match.args, **match.kwargs)
    except PublishingError:
        return _private(render(request, "minutes/preview_missing.html", status=404))
    _turn_links_inside(response, meeting, preview_token(link))
    return _private(response)


def _page_at(address: str, meeting: Meeting) -> ResolverMatch | None:
    """Return the public page at an address if it is part of the meeting's preview, else None."""
    try:
        match = resolve(address)
    except Resolver404:
        return None
    committee, kwargs = meeting.committee, match.kwargs
    place = (kwargs.get("municipality_slug"), kwargs.get("committee_slug"), kwargs.get("meeting_slug"))
    if match.url_name in _OF_MEETING:
        is_inside = place == (committee.municipality.slug, committee.slug, meeting.slug)
    elif match.url_name in _OF_READING:
        is_inside = kwargs["reading_id"] in meeting.current_reading_ids
    elif match.url_name in _OF_MUNICIPALITY:
        is_inside = place[0] == committee.municipality.slug
    else:
        is_inside = match.url_name in _OF_FILE
    return match if is_inside else None


def _request_for(request: HttpRequest, address: str, match: ResolverMatch, link: PreviewLink) -> HttpRequest:
    """Return the request as if the visitor had come to the public address."""
    inner = copy.copy(request)
    inner.path = inner.path_info = address
    inner.resolver_match = match
    inner.preview = link  # type: ignore[attr-defined]
    return inner


def _turn_links_inside(response: HttpResponseBase, meeting: Meeting, token: str) -> None:
    """Let the links of a page lead to the preview where they lead to a page of it."""
    if not isinstance(response, HttpResponse) or "text/html" not in response.get("Content-Type", ""):
        return

    def turned(link: re.Match[str]) -> str:
        address, rest = re.fullmatch(r"([^?#]*)(.*)", link[0], re.DOTALL).groups()  # type: ignore[union-attr]
        path = unquote(html.unescape(address))
        if _page_at(path, meeting) is None:
            return link[0]
        return reverse("preview-page", args=[token, path.removeprefix("/")]) + rest

    response.content = _LINK.sub(turned, response.content.decode())


def _private(response: HttpResponseBase) -> HttpResponseBase:
    """Let nobody index or store the response, or learn its address from a link."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Cache-Control"] = "no-store, private"
    response["Referrer-Policy"] = "no-referrer"
    for header in ("ETag", "Last-Modified"):
        if header in response:
            del response[header]
    return response
