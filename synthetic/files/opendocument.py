"""Writes minutes as an OpenDocument text: automatic numbers, headings, tables and a head on each page."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from synthetic.files.layout import Line, Lists

_NAMESPACE = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMES = " ".join(
    f'xmlns:{prefix}="{_NAMESPACE}{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)
_MANIFEST = (
    f'<m:manifest xmlns:m="{_NAMESPACE}manifest:1.0" m:version="1.2">'
    '<m:file-entry m:full-path="/" m:media-type="application/vnd.oasis.opendocument.text"/>'
    '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    '<m:file-entry m:full-path="styles.xml" m:media-type="text/xml"/></m:manifest>'
)
_STYLES = (
    '<style:style style:name="Tekst" style:family="paragraph"/>'
    '<style:style style:name="Luft" style:family="paragraph" style:parent-style-name="Tekst">'
    '<style:paragraph-properties fo:margin-top="0.42cm"/></style:style>'
)


def write_odt(lines: Sequence[Line], head: str = "") -> bytes:
    """Return the OpenDocument text of these paragraphs, with `head` and a page number on top of each page."""
    lists = Lists.empty()
    body = "".join(_blocks(lines, lists))
    styles = "".join(_list_style(form, index) for form, index in lists.forms.items())
    page_number = 'Side <text:page-number text:select-page="current">1</text:page-number>'
    members = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "META-INF/manifest.xml": _MANIFEST,
        "content.xml": f"<office:document-content {_NAMES}><office:automatic-styles>{_STYLES}{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {_NAMES}><office:master-styles>"
        '<style:master-page style:name="Standard"><style:header>'
        f"<text:p>{escape(head)}<text:tab/>{page_number}</text:p></style:header></style:master-page>"
        "</office:master-styles></office:document-styles>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def _blocks(lines: Sequence[Line], lists: Lists) -> Iterator[str]:
    for is_table, group in groupby(lines, key=lambda line: line.kind == "row"):
        run = list(group)
        if is_table:
            yield '<text:p text:style-name="Tekst"/>' if run[0].gap else ""
            columns = max(len(line.cells) for line in run)
            yield f'<table:table><table:table-column table:number-columns-repeated="{columns}"/>'
            yield "".join(map(_row, run)) + "</table:table>"
        else:
            yield from (_paragraph(line, lists) for line in run)


def _paragraph(line: Line, lists: Lists) -> str:
    style = "Luft" if line.gap else "Tekst"
    text = escape(line.text).replace("  ", ' <text:s text:c="1"/>')
    if line.kind == "heading":
        return f'<text:h text:style-name="{style}" text:outline-level="2">{text}</text:h>'
    paragraph = f'<text:p text:style-name="{style}">{text}</text:p>'
    if line.kind not in {"numbered", "bullet"}:
        return paragraph
    before = len(lists.starts)
    at = lists.of(line)
    is_new = len(lists.starts) > before
    start = f' text:start-value="{line.number}"' if is_new and line.number else ""
    more = "" if is_new else ' text:continue-numbering="true"'
    return (
        f'<text:list text:style-name="L{lists.forms[lists.starts[at][0]]}"{more}>'
        f"<text:list-item{start}>{paragraph}</text:list-item></text:list>"
    )


def _row(line: Line) -> str:
    cells = (f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in line.cells)
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _list_style(form: str, index: int) -> str:
    prefix, number, suffix = form.partition("%1")
    if number:
        level = (
            f'<text:list-level-style-number text:level="1" style:num-format="1"'
            f" style:num-prefix={quoteattr(prefix)} style:num-suffix={quoteattr(suffix)}/>"
        )
    else:
        level = f'<text:list-level-style-bullet text:level="1" text:bullet-char="{form}"/>'
    return f'<text:list-style style:name="L{index}">{level}</text:list-style>'
