"""Small OpenDocument texts for tests, of the XML of their parts."""

import io
import zipfile

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_PREFIXES = {
    **{name: name for name in ("office", "style", "text", "table")},
    "fo": "xsl-fo-compatible",
    "draw": "drawing",
}
NAMES = (
    " ".join(f'xmlns:{prefix}="{_NAMESPACE}{name}:1.0"' for prefix, name in _PREFIXES.items())
    + ' xmlns:xlink="http://www.w3.org/1999/xlink"'
    + ' xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
)


def odt(body: str, *, automatic: str = "", styles: str = "", manifest: str = "", prolog: str = "") -> bytes:
    """Return a text with this content of its body, automatic styles, and `styles.xml`."""
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        "content.xml": f"{prolog}<office:document-content {NAMES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {NAMES}>{styles}</office:document-styles>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def fodt(body: str) -> bytes:
    """Return a text with this content of its body as one XML file."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {NAMES} '
        'office:mimetype="application/vnd.oasis.opendocument.text"><office:body>'
        f"<office:text>{body}</office:text></office:body></office:document>"
    ).encode()


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def items(*texts: str, style: str = "L", more: str = "") -> str:
    """Return a list; a text that begins with "<" is XML."""
    content = "".join(
        f"<text:list-item>{text if text.startswith('<') else p(text)}</text:list-item>" for text in texts
    )
    return f'<text:list text:style-name="{style}" {more}>{content}</text:list>'


def numbers(*levels: str, style: str = "L") -> str:
    """Return the style of a list, with the attributes of its levels."""
    content = "".join(
        f'<text:list-level-style-number text:level="{at}" {level}/>' for at, level in enumerate(levels, 1)
    )
    return f'<text:list-style style:name="{style}">{content}</text:list-style>'
