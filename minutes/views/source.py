"""The text that a meeting was read from, as the public may see it."""

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
    """A line of the text in three parts, the middle one marked; `first` on the first marked line."""

    number: int
    before: str
    marked: str
    after: str
    first: bool


def source(request: HttpRequest, reading_id: int) -> HttpResponse:
    """The public text of a current reading, with the range from ?fra= to ?til= marked. One query."""
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
    """The same text as a file. One query."""
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
    """The range that is asked for, within the text; an empty one when none is. Else `Http404`."""
    asked = [request.GET.get(name, "") for name in ("fra", "til")]
    if not any(asked):
        return 0, 0
    if not all(each.isascii() and each.isdigit() and len(each) < 12 for each in asked):
        raise Http404
    start, end = (min(int(each), length) for each in asked)
    return start, end


def _lines(text: str, start: int, end: int):
    at, seen = 0, False
    for number, line in enumerate(text.split("\n"), start=1):
        low = min(max(start - at, 0), len(line))
        high = max(min(end - at, len(line)), low)
        marked = line[low:high]
        yield Line(number, line[:low], marked, line[high:], bool(marked) and not seen)
        seen = seen or bool(marked)
        at += len(line) + 1
