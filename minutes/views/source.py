"""Pages of the public text of a meeting's documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import PublicText, Reading
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import mask_possible_cpr_numbers
from minutes.views.meetings import gone


@dataclass(frozen=True)
class Line:
    """A line of the text in three parts, the middle one highlighted. `first`: the first such line."""

    number: int
    before: str
    marked: str
    after: str
    first: bool


def source(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Show the public text of a current reading, with the range from ?fra= to ?til= highlighted.

    One query.
    """
    public = _public_texts().filter(pk=reading_id).first()
    if public is None:
        return _missing(request, reading_id)
    reading = public.reading
    meeting = reading.meeting
    text = mask_possible_cpr_numbers(public.text, meeting.pk)
    start, end = _span(request, len(text))
    ctx = {
        "reading": reading,
        "file_name": mask_cpr_numbers(reading.source.name),
        "meeting": meeting,
        "committee": meeting.committee,
        "municipality": meeting.committee.municipality,
        "lines": list(_lines(text, start, end)),
        "marked": start < end,
    }
    return render(request, "minutes/source.html", ctx)


def source_text(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Download the public text of a current reading. One query."""
    public = _public_texts().filter(pk=reading_id).first()
    if public is None:
        return _missing(request, reading_id)
    meeting = public.reading.meeting
    text = mask_possible_cpr_numbers(public.text, meeting.pk)
    name = f"{meeting.committee.municipality.slug}-{meeting.committee.slug}-{meeting.slug}.txt"
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _missing(request: HttpRequest, reading_id: int) -> HttpResponse:
    """Return 410 where the reading's meeting was taken down, else raise `Http404`."""
    if Reading.objects.filter(pk=reading_id, meeting__state=State.TAKEN_DOWN).exists():
        return gone(request)
    raise Http404


def _public_texts() -> QuerySet[PublicText]:
    places = "reading__meeting__committee__municipality"
    return PublicText.objects.select_related("reading__source", places).defer(
        "reading__text", "reading__facts"
    )


def _span(request: HttpRequest, length: int) -> tuple[int, int]:
    """Return the requested range, clipped to the text; (0, 0) if none. Raise `Http404` if it is invalid."""
    offsets = [request.GET.get(name, "") for name in ("fra", "til")]
    if not any(offsets):
        return 0, 0
    if not all(offset.isascii() and offset.isdigit() and len(offset) < 12 for offset in offsets):
        raise Http404
    start, end = (min(int(offset), length) for offset in offsets)
    return start, end


def _lines(text: str, start: int, end: int) -> Iterator[Line]:
    """Split the text into lines; the part of a line within [start, end) is highlighted."""
    line_start, seen = 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        low = min(max(start - line_start, 0), len(line))
        high = max(min(end - line_start, len(line)), low)
        marked = line[low:high]
        yield Line(number, line[:low], marked, line[high:], bool(marked) and not seen)
        seen = seen or bool(marked)
        line_start += len(line) + 1
