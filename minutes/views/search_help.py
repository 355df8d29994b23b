"""The page that explains the query language, with examples from the archive."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import CaseNumber, Person, Vote
from minutes.models.states import State
from minutes.views.search_examples import search_examples
from minutes.vocabulary import VoteChoice

# The length of a subject number, with which the case numbers of a subject begin: "05.01.00".
_SUBJECT_LENGTH = 8


def search_help(request: HttpRequest) -> HttpResponse:
    """Explain the query language, with examples of the archive as links. Four queries."""
    votes = Vote.objects.published().order_by("-pk")
    opponent = (
        Person.objects.published()
        .filter(pk__in=votes.filter(choice=VoteChoice.AGAINST, person__isnull=False).values("person")[:1])
        .first()
    )
    party_vote = votes.filter(choice=VoteChoice.FOR, party__isnull=False).select_related("party").first()
    numbers = CaseNumber.objects.filter(item__meeting__state=State.PUBLISHED)
    case_number = numbers.select_related("item__meeting__committee__municipality").order_by("-pk").first()
    context = {
        # The page names a person.
        "noindex": settings.PEOPLE_NOINDEX and opponent is not None,
        "examples": search_examples(),
        "person": opponent.name if opponent else "",
        "last_name": opponent.name.split()[-1] if opponent else "",
        "party": party_vote.party.letter if party_vote and party_vote.party else "",
        "case_number": case_number.printed if case_number else "",
        "subject_number": case_number.printed[:_SUBJECT_LENGTH] if case_number else "",
        "meeting": case_number.item.meeting if case_number else None,
    }
    return render(request, "minutes/search_help.html", context)
