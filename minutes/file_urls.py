"""URL patterns with one address whatever the language: files, their indexes, and previews for staff."""

from django.urls import path

from minutes.feeds import sitemaps
from minutes.views import about, files, preview, source

urlpatterns = [
    path("was", about.accessibility_statement, name="accessibility-statement"),
    path("moeder/forhaandsvisning/<str:token>/", preview.preview, name="preview"),
    path("moeder/forhaandsvisning/<str:token>/<path:path>", preview.preview, name="preview-page"),
    path("kilde/<int:reading_id>/tekst.txt", source.source_text, name="source-text"),
    path("bilag/<slug:digest>/<str:name>", files.file, name="file"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
]
