"""Atom feeds (RFC 4287): a list of entries as XML."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minutes.feeds.conditional import Stamp, conditional_response

# Entries of a feed.
MAX_ENTRIES = 50
# The year from which the names in `identity` hold, as RFC 4151 wants it said.
_SINCE = 2026
# What XML 1.0 has no way to write.
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class Entry:
    """`name` is the row's for good ("meeting/12"), `summary` HTML with all escaped that was printed."""

    name: str
    title: str
    address: str
    summary: str
    published: datetime | None
    updated: datetime
    categories: Sequence[str] = ()


def feed(
    request: HttpRequest,
    title: str,
    stamps: Sequence[Stamp],
    entries: Callable[[Sequence[Any]], Mapping[Any, Entry]],
) -> HttpResponse:
    """The feed of the rows in `stamps`, in their order; `entries` is asked for them unless they are known.

    A row that is hidden between the two is left out. The feed's page is where its address is without "feed/".
    """

    def made() -> HttpResponse:
        keys = [key for key, _when in stamps]
        found = entries(keys)
        return _written(request, title, [found[key] for key in keys if key in found])

    return conditional_response(request, stamps, made)


def identity(request: HttpRequest, name: str) -> str:
    """A name of nothing else, that stays when the address does not: "tag:referater.dk,2026:meeting/12"."""
    return f"tag:{split_domain_port(request.get_host())[0]},{_SINCE}:{name}"


def refused(form: forms.BaseForm) -> HttpResponse:
    """400, with what is wrong in a filter, a line for each."""
    lines = [f"{form[name].label}: {error}" for name, errors in form.errors.items() for error in errors]
    return HttpResponse("\n".join(lines) + "\n", status=400, content_type="text/plain; charset=utf-8")


class _Feed(Atom1Feed):
    def latest_post_date(self) -> datetime:
        """When the latest entry changed; of a feed that has none yet, never."""
        return max((each["updateddate"] for each in self.items), default=datetime.fromtimestamp(0, UTC))


def _written(request: HttpRequest, title: str, entries: Sequence[Entry]) -> HttpResponse:
    site = _("Referatarkivet")
    path = request.get_full_path()
    page = path.replace("/feed/", "/", 1)
    written = _Feed(
        title=_writable(f"{title} – {site}"),
        link=request.build_absolute_uri(page),
        description=None,
        language=get_language(),
        author_name=site,
        author_link=request.build_absolute_uri(reverse("home")),
        feed_url=request.build_absolute_uri(path),
        feed_guid=identity(request, path),
    )
    for each in entries:
        written.add_item(
            title=_writable(each.title),
            link=request.build_absolute_uri(each.address),
            description=_writable(each.summary),
            unique_id=identity(request, each.name),
            pubdate=each.published,
            updateddate=each.updated,
            categories=[_writable(category) for category in each.categories],
        )
    return HttpResponse(written.writeString("utf-8"), content_type=_Feed.content_type)


def _writable(text: str) -> str:
    return _UNWRITABLE.sub("", text)
