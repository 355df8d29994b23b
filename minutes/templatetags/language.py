"""The languages of a page: its address in each, and the text in it that is Danish in all of them."""

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from archive.language import DANISH
from minutes.models import Section
from minutes.vocabulary import SectionKind

register = template.Library()


@register.filter
def danish(text: str) -> str:
    """Mark text of a document as Danish where the page is not: `{{ item.title|danish }}`."""
    if not text or get_language() == DANISH:
        return text
    return format_html('<span lang="da">{}</span>', text)


@register.filter
def original(word: str) -> str:
    """The Danish word in brackets behind its translation; "" on a Danish page."""
    return "" if get_language() == DANISH else format_html(' (<span lang="da">{}</span>)', word)


@register.simple_tag
def meaning(section: Section) -> str:
    """The kind of a section behind its Danish heading: "Recommendation"; "" on a Danish page."""
    if get_language() == DANISH or section.kind == SectionKind.OTHER:
        return ""
    return format_html(' <span class="meta">({})</span>', section.get_kind_display())


@register.simple_tag
def in_danish() -> SafeString:
    """The attribute `lang="da"` of an element with text of a document, where the page is not Danish."""
    return mark_safe("" if get_language() == DANISH else ' lang="da"')  # noqa: S308 — constants


@register.simple_tag(takes_context=True)
def page_languages(context: template.Context) -> list[dict[str, object]]:
    """The page in each language: code, name, path and whether it is this one; empty where there is one."""
    request: HttpRequest | None = context.get("request")
    match = request.resolver_match if request else None
    if request is None or match is None or getattr(request, "preview", None):
        return []
    paths = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            paths[code] = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    if len(set(paths.values())) == 1:
        return []
    return [
        {"code": code, "name": name, "path": paths[code], "is_current": code == get_language()}
        for code, name in settings.LANGUAGES
    ]
