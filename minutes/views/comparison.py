"""The page that compares the votes of two members."""

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from minutes import topics
from minutes.filters import PRINTED_ONLY
from minutes.models import Municipality, Person
from minutes.models.topics import topic_label
from minutes.statistics.comparison import common_votes, compare
from minutes.statistics.voting_agreement import MIN_SHARED_BALLOTS
from minutes.views.pages import page_of

# Values of ?vis=: all ballots in which both votes are known, or those in which they can be compared.
_LISTS = {"": _("Alle"), "ens": _("Stemte ens"), "forskelligt": _("Stemte forskelligt")}


def comparison(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """Compare ?person= with ?med=, in ballots of ?emne= and ?vis=; without both, show the form. Five queries.

    Report one member chosen twice with status 400. Raise `Http404` for a member, topic or list that there is
    not.
    """
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    people = list(Person.objects.published().filter(municipality=municipality))
    person, other = (_chosen(people, request.GET.get(name, "")) for name in ("person", "med"))
    is_same = person is not None and person == other
    printed_only = request.GET.get(PRINTED_ONLY) == "on"
    context = {
        "municipality": municipality,
        "people": people,
        "person": person,
        "other": other,
        "is_same": is_same,
        "printed_only": printed_only,
        "min_shared_ballots": MIN_SHARED_BALLOTS,
    }
    if person and other and not is_same:
        person.municipality = other.municipality = municipality
        context |= _ballots(request, person, other, printed_only=printed_only)
    return render(request, "minutes/comparison.html", context, status=400 if is_same else 200)


def _chosen(people: list[Person], slug: str) -> Person | None:
    chosen = [person for person in people if person.slug == slug]
    if slug and not chosen:
        raise Http404
    return chosen[0] if chosen else None


def _ballots(request: HttpRequest, person: Person, other: Person, *, printed_only: bool) -> dict[str, object]:
    """Return the figures and a page of the ballots of both. Three queries."""
    topic, selected = request.GET.get("emne", ""), request.GET.get("vis", "")
    if selected not in _LISTS or (topic and topic not in topics.LABELS):
        raise Http404
    votes = common_votes(person, other, printed_only=printed_only)
    rows = votes.filter(ballot__item__topic=topic) if topic else votes
    if selected:
        same = {"other_choice": F("choice")}
        rows = rows.filter(comparable=True)
        rows = rows.filter(**same) if selected == "ens" else rows.exclude(**same)
    return {
        "comparison": compare(votes),
        "topic": topic,
        "topic_label": topic_label(topic),
        "selected": selected,
        "lists": _LISTS.items(),
        "page": page_of(request, rows),
    }
