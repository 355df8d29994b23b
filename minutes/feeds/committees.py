"""Committees by URL, for the views of feeds and calendars."""

from django.shortcuts import get_object_or_404

from minutes.models import Committee


def get_committee(municipality_slug: str, committee_slug: str) -> Committee:
    """The published committee with this slug, or with an alias of this slug; raises `Http404`.

    One query, two for an alias. The view redirects when `slug` differs from the one in the URL.
    """
    committees = Committee.objects.published().select_related("municipality")
    committees = committees.filter(municipality__slug=municipality_slug)
    committee = committees.filter(slug=committee_slug).first()
    return committee or get_object_or_404(committees, aliases__slug=committee_slug)
