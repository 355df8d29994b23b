"""Links in the text of minutes."""

import re

from django import template
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

# "[kortet](https://…)" or, with an address that was lost, "[kortet](#)"
_MARKDOWN = r"\[(?P<label>[^\[\]\n]{1,300})\]\((?P<target>#[^()\s]*|https?://[^()\s]+)?\)"
# "<https://www.eva.dk/>"
_BRACKETED = r"<(?P<bracketed>https?://[^<>\s]+)>"
# "https://www.eva.dk/fgu", "www.eva.dk"
_BARE = r"(?P<bare>https?://[^\s<>\"”»]+|\bwww\.[\w-]+\.[^\s<>\"”»]+)"
_LINK = re.compile(f"{_MARKDOWN}|{_BRACKETED}|{_BARE}")
# The punctuation of the sentence, not of the address.
_TRAILING = ".,;:!?)]’'"


@register.filter
def linked(text: str) -> SafeString:
    """Escape `text` and link its addresses. A link whose address was lost becomes its words."""
    parts: list[str] = []
    at = 0
    for match in _LINK.finditer(text):
        parts += [text[at : match.start()], _link(match)]
        at = match.end()
    return format_html_join("", "{}", ((part,) for part in (*parts, text[at:])))


def _link(match: re.Match[str]) -> SafeString:
    if label := match["label"]:
        target = match["target"] or ""
        return conditional_escape(label) if not target.startswith("http") else _anchor(target, label)
    if bracketed := match["bracketed"]:
        return _anchor(bracketed, bracketed)
    address = match["bare"].rstrip(_TRAILING)
    rest = match["bare"][len(address) :]
    target = address if address.startswith("http") else f"https://{address}"
    return _anchor(target, address) + conditional_escape(rest)


def _anchor(target: str, label: str) -> SafeString:
    return format_html('<a rel="nofollow" href="{}">{}</a>', target, label)
