"""Atom feeds (RFC 4287) with Django's `Atom1Feed`.

`django.contrib.syndication` is not used: its view loads and renders every entry before it knows whether the
client needs them, so that 304 would cost as much as the feed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minutes.feeds.conditional import Key, conditional_response

# Entries of a feed.
MAX_ENTRIES = 50
# The year in the tag URIs of `tag_uri`. Never change it: every entry would be new to feed readers.
_TAG_YEAR = 2026
_XHTML = "http://www.w3.org/1999/xhtml"
# Characters that XML 1.0 does not allow.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """An entry; `name` identifies its row permanently ("meeting/12"), `summary` is escaped HTML."""

    name: str
    title: str
    url: str
    summary: str
    published: datetime | None
    categories: Sequence[str] = ()


def feed_response(
    request: HttpRequest,
    title: str,
    versions: Sequence[tuple[Key, datetime]],
    build_entries: Callable[[Sequence[Key]], Mapping[Key, Entry]],
) -> HttpResponse:
    """The feed of the rows in `versions`, in that order; 304 without calling `build_entries`.

    Rows hidden between the two queries are left out.
    """

    def build() -> HttpResponse:
        entries = build_entries([key for key, _changed in versions])
        dated_entries = [(entries[key], changed) for key, changed in versions if key in entries]
        return _render(request, title, dated_entries)

    response = conditional_response(request, versions, build)
    patch_vary_headers(response, ["Accept"])
    return response


def tag_uri(request: HttpRequest, name: str) -> str:
    """A permanent identifier (RFC 4151), independent of the URL: "tag:referater.dk,2026:meeting/12"."""
    return f"tag:{split_domain_port(request.get_host())[0]},{_TAG_YEAR}:{name}"


def invalid_filter(form: forms.BaseForm) -> HttpResponse:
    """Plain text with a line for each error of the form, status 400."""
    lines = [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


class _Feed(Atom1Feed):
    def add_root_elements(self, handler: Any) -> None:
        """Add an explanation to people who open the feed in a browser, which feed readers ignore.

        Foreign markup as RFC 4287 allows (6.4). Browsers show the XHTML in it, with links.
        """
        super().add_root_elements(handler)
        handler.startElement("div", {"xmlns": _XHTML, "lang": self.feed["language"]})
        handler.addQuickElement("h1", _("Dette er et feed"))
        handler.addQuickElement(
            "p",
            _(
                "Et feed er til en feedlæser, et program, der viser dig, når der er kommet nyt. Kopiér denne"
                " sides adresse, og sæt den ind i din feedlæser."
            ),
        )
        handler.startElement("p", {})
        handler.addQuickElement("a", _("Se siden i stedet"), {"href": self.feed["link"]})
        handler.endElement("p")
        handler.addQuickElement("h2", _("Det nyeste i feedet"))
        handler.endElement("div")

    def latest_post_date(self) -> datetime:
        """Time of the latest change; the epoch without entries, so that an empty feed stays the same."""
        return max((item["updateddate"] for item in self.items), default=datetime.fromtimestamp(0, UTC))


def _render(
    request: HttpRequest, title: str, dated_entries: Sequence[tuple[Entry, datetime]]
) -> HttpResponse:
    """The XML of the entries, each with when it changed."""
    site = _("Referatarkivet")
    path = request.get_full_path()
    # The feed's page has the same URL without "feed/".
    page = path.replace("/feed/", "/", 1)
    feed = _Feed(
        title=_without_invalid(f"{title} – {site}"),
        link=request.build_absolute_uri(page),
        description=None,
        language=get_language(),
        author_name=site,
        author_link=request.build_absolute_uri(reverse("home")),
        feed_url=request.build_absolute_uri(path),
        feed_guid=tag_uri(request, path),
    )
    for entry, changed in dated_entries:
        feed.add_item(
            title=_without_invalid(entry.title),
            link=request.build_absolute_uri(entry.url),
            description=_without_invalid(entry.summary),
            unique_id=tag_uri(request, entry.name),
            pubdate=entry.published,
            updateddate=changed,
            categories=[_without_invalid(category) for category in entry.categories],
        )
    # Browsers show Atom as text, and style XML.
    is_browser = "text/html" in request.headers.get("Accept", "")
    content_type = "application/xml; charset=utf-8" if is_browser else _Feed.content_type
    declaration, line_break, xml = feed.writeString("utf-8").partition("\n")
    # Django writes stylesheets into RSS only.
    stylesheet = f'<?xml-stylesheet type="text/css" href="{static("feed.css")}"?>'
    return HttpResponse(f"{declaration}{line_break}{stylesheet}{line_break}{xml}", content_type=content_type)


def _without_invalid(text: str) -> str:
    return _NOT_XML.sub("", text)
