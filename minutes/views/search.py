"""The search page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.filters import SearchFilter
from minutes.models import SearchEntry
from minutes.search.query import newest, ranked
from minutes.search.snippets import snippets
from minutes.views.pages import page_of


def search(request: HttpRequest) -> HttpResponse:
    """Items that match ?q= and the filters: best first, or newest first with ?sorter=dato. Six queries."""
    text = request.GET.get("q", "").replace("\x00", " ").strip()
    entries = SearchEntry.objects.select_related("item__meeting__committee__municipality")
    found = SearchFilter(request.GET, entries)
    asked = bool(text) or (found.is_valid() and any(found.form.cleaned_data.values()))
    ctx = {"text": text, "filter": found, "asked": asked, "by_date": request.GET.get("sorter") == "dato"}
    if asked:
        matches = ranked(found.qs, text) if text else newest(found.qs)
        page = page_of(request, newest(matches) if ctx["by_date"] else matches, 20)
        passages = snippets(page.object_list, text)
        for entry in page.object_list:
            entry.passage = passages.get(entry.item_id, "")
        ctx["page"] = page
    return render(request, "minutes/search.html", ctx)
