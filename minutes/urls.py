"""URL patterns of the public pages, feeds and calendars, which have an address in each language.

Municipalities come last, since their slug matches any path.
"""

from django.urls import path

from minutes.feeds import calendar, item_images, sitemaps
from minutes.feeds import views as feeds
from minutes.views import (
    about,
    cases,
    committees,
    comparison,
    error_reports,
    following,
    gazetteer,
    home,
    items,
    meetings,
    parties,
    people,
    places,
    search,
    search_help,
    source,
    version_diff,
    votes,
)

_MUNICIPALITY = "<slug:municipality_slug>/"
_COMMITTEE = f"{_MUNICIPALITY}<slug:committee_slug>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("om/", about.about, name="about"),
    path("om/fejl/", error_reports.report_error, name="report-error"),
    path("om/foelg/", following.follow, name="follow"),
    path("om/foelg/bekraeft/<str:token>/", following.confirm, name="follow-confirm"),
    path("om/foelg/mine/<str:token>/", following.mine, name="follow-mine"),
    path("om/foelg/afmeld/<str:token>/", following.end, name="follow-end"),
    path("om/genbrug/", about.reuse, name="reuse"),
    path("om/ord/", about.glossary, name="glossary"),
    path("om/persondata/", about.privacy, name="privacy"),
    path("om/tilgaengelighed/", about.accessibility, name="accessibility"),
    path("kommuner/", places.municipalities, name="municipalities"),
    path("moeder/", meetings.meetings, name="meetings"),
    path("moeder/feed/", feeds.meetings, name="meetings-feed"),
    path("afstemninger/", votes.votes, name="votes"),
    path("afstemninger/feed/", feeds.votes, name="votes-feed"),
    path("soeg/", search.search, name="search"),
    path("soeg/feed/", feeds.search, name="search-feed"),
    path("soeg/forslag/", search.suggest, name="suggest"),
    path("soeg/hjaelp/", search_help.search_help, name="search-help"),
    path("kilde/<int:reading_id>/", source.source, name="source"),
    # A slug has no full stop, so these URLs cannot be those of another municipality or file.
    path("sitemap-<slug:municipality_slug>.xml", sitemaps.municipality, name="sitemap-municipality"),
    path("sitemap-<slug:municipality_slug>.<int:page>.xml", sitemaps.municipality, name="sitemap-page"),
    path(_MUNICIPALITY, places.municipality, name="municipality"),
    path(f"{_MUNICIPALITY}personer/", places.people, name="people"),
    path(f"{_MUNICIPALITY}feed/", feeds.municipality, name="municipality-feed"),
    path(f"{_MUNICIPALITY}kalender.ics", calendar.municipality, name="municipality-calendar"),
    path(f"{_MUNICIPALITY}personer/sammenlign/", comparison.comparison, name="comparison"),
    path(f"{_MUNICIPALITY}personer/<slug:person_slug>/", people.person, name="person"),
    path(f"{_MUNICIPALITY}personer/<slug:person_slug>/feed/", feeds.person, name="person-feed"),
    path(f"{_MUNICIPALITY}partier/", parties.parties, name="parties"),
    path(f"{_MUNICIPALITY}partier/<slug:party_slug>/", parties.party, name="party"),
    path(f"{_MUNICIPALITY}sager/<slug:case_slug>/", cases.case, name="case"),
    path(f"{_MUNICIPALITY}sager/<slug:case_slug>/feed/", feeds.case, name="case-feed"),
    path(f"{_MUNICIPALITY}steder/", gazetteer.places, name="places"),
    path(f"{_MUNICIPALITY}steder/<slug:place_slug>/", gazetteer.place, name="place"),
    path(f"{_MUNICIPALITY}steder/<slug:place_slug>/feed/", feeds.place, name="place-feed"),
    path(_COMMITTEE, committees.committee, name="committee"),
    path(f"{_COMMITTEE}feed/", feeds.committee, name="committee-feed"),
    path(f"{_COMMITTEE}kalender.ics", calendar.committee, name="committee-calendar"),
    path(f"{_COMMITTEE}<slug:meeting_slug>/", meetings.meeting, name="meeting"),
    path(f"{_COMMITTEE}<slug:meeting_slug>/aendringer/", version_diff.version_diff_page, name="changes"),
    path(f"{_COMMITTEE}<slug:meeting_slug>/<slug:item_slug>/", items.item, name="item"),
    path(
        f"{_COMMITTEE}<slug:meeting_slug>/<slug:item_slug>/billede.png",
        item_images.item_image,
        name="item-image",
    ),
]
