"""The search page."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.filters import SearchFilter
from minutes.models import SearchEntry
from minutes.search.query import LONGEST_QUERY, newest, ranked
from minutes.search.snippets import snippets
from minutes.views.pages import page_of


def search(request: HttpRequest) -> HttpResponse:
    """Items that match ?q= and the filters: best first, or newest first with ?sorter=dato. Six queries.

    A filter that cannot be is said so on the page, with status 400.
    """
    text = request.GET.get("q", "").strip()
    order = request.GET.get("sorter", "")
    if len(text) > LONGEST_QUERY or order not in {"", "dato"}:
        raise BadRequest("a query too long, or an order that does not exist")
    entries = SearchEntry.objects.select_related("item__meeting__committee__municipality")
    found = SearchFilter(request.GET, entries)
    asked = found.is_valid() and bool(text or any(found.form.cleaned_data.values()))
    ctx = {"text": text, "filter": found, "asked": asked, "by_date": order == "dato"}
    if asked:
        matches = ranked(found.qs, text) if text else newest(found.qs)
        page = page_of(request, newest(matches) if ctx["by_date"] else matches, 20)
        passages = snippets(page.object_list, text)
        for entry in page.object_list:
            entry.passage = passages.get(entry.item_id, "")
        ctx["page"] = page
    return render(request, "minutes/search.html", ctx, status=200 if found.is_valid() else 400)
