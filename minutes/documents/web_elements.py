"""The kinds of elements of a web page: blocks, furniture, hidden or skipped."""

import re

from lxml import etree

# No text for people, or not of the page.
SKIPPED = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed", "canvas"}
    | {
        "audio",
        "video",
        "select",
        "datalist",
        "textarea",
        "input",
        "map",
        "title",
        "link",
        "meta",
        "rp",
        "rt",
    }
)
# Blocks with a line of their own; those in `SPACED` have space around them.
BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
    }
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"}
    | {"hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "search", "section"}
    | {"summary", "table", "ul", "caption", "tbody", "thead", "tfoot", "tr", "td", "th"}
)
SPACED = frozenset(
    {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "menu", "dl", "blockquote", "pre", "hr", "figure"}
    | {"table", "section", "article", "fieldset", "summary", "details"}
)

_FURNITURE = frozenset({"nav", "footer", "aside", "dialog", "menu", "search"})
_FURNITURE_ROLES = frozenset(
    {
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "alertdialog",
        "complementary",
        "menu",
        "menubar",
    }
    | {"toolbar", "tablist"}
)
# Words of classes and identifiers: "site-footer", "cookieBanner", "skip-link"
_FURNITURE_WORDS = frozenset(
    {
        "cookie",
        "cookies",
        "consent",
        "cookiebot",
        "nav",
        "navbar",
        "navigation",
        "menu",
        "breadcrumb",
        "breadcrumbs",
    }
    | {
        "brødkrumme",
        "footer",
        "sidebar",
        "skip",
        "skiplink",
        "share",
        "social",
        "toolbar",
        "pagination",
        "topbar",
    }
    | {"searchbox", "readspeaker", "webreader"}
)
_CONTENT = frozenset({"html", "body", "main", "article"})
# A panel that a page hides until it is clicked is content.
_FOLDED_WORDS = frozenset(
    {
        "accordion",
        "collapse",
        "collapsed",
        "collapsible",
        "panel",
        "tab",
        "fold",
        "toggle",
        "details",
        "expand",
    }
)
_WORDS = re.compile("[A-ZÆØÅ]?[a-zæøå]+|[A-ZÆØÅ]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NO_MARGIN = re.compile(r"margin(?:-bottom)?\s*:\s*0(?:cm|px|pt|in|em)?\s*(?:;|$|!)", re.IGNORECASE)
_ROLE_HEADING = re.compile("[1-6]")


def is_furniture(element: etree._Element) -> bool:
    """Return True for menus, footers and the like, not for what has the page's heading in it."""
    tag = str(element.tag)
    if tag in _CONTENT:
        return False
    if tag == "header":
        return not _is_within(element, ("main", "article", "section")) and not _has_content(element)
    if tag in _FURNITURE and not (tag in {"footer", "aside"} and _is_within(element, ("main", "article"))):
        return not _has_content(element)
    return (element.get("role") or "").casefold() in _FURNITURE_ROLES and not _has_content(element)


def is_named_furniture(element: etree._Element) -> bool:
    """Return True for what its class or identifier calls a menu, a cookie banner or the like."""
    if element.tag in _CONTENT or _FURNITURE_WORDS.isdisjoint(_names(element)):
        return False
    return not _has_content(element)


def is_hidden(element: etree._Element) -> bool:
    """Return True if the page does not show an element; folded panels of an accordion are shown."""
    if element.get("hidden") is None and not _HIDDEN.search(element.get("style") or ""):
        return False
    above = element.getparent()
    names = _names(element) | (set() if above is None else _names(above))
    return _FOLDED_WORDS.isdisjoint(names) and element.get("role") != "tabpanel"


def is_control(element: etree._Element) -> bool:
    """Return True for a button that does something; one that unfolds a panel has the panel's title."""
    if element.tag != "button" or element.get("aria-expanded") or element.get("aria-controls"):
        return False
    above = element.getparent()
    return above is None or above.tag not in {"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"}


def heading_level(element: etree._Element) -> int | None:
    tag = str(element.tag)
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role") == "heading":
        level = _ROLE_HEADING.fullmatch(element.get("aria-level") or "2")
        return int(level[0]) if level else 2
    return None


def is_spaced(element: etree._Element, *, tight: frozenset[str]) -> bool:
    """Return True if a block has space around it; `tight` are classes whose style has no margin."""
    if element.tag not in SPACED:
        return False
    if element.tag == "p" and not tight.isdisjoint((element.get("class") or "").split()):
        return False
    return not _NO_MARGIN.search(element.get("style") or "")


def _names(element: etree._Element) -> set[str]:
    """Return the words of an element's classes and identifier, in small letters."""
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return {word.casefold() for word in _WORDS.findall(names[:1000])}


def _is_within(element: etree._Element, tags: tuple[str, ...]) -> bool:
    return next(element.iterancestors(*tags), None) is not None


def _has_content(element: etree._Element) -> bool:
    return next(element.iter("main", "article", "h1"), None) is not None
