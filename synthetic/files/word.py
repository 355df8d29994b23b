"""Writes minutes as a Word file: automatic numbers, styles of headings, tables and a head on each page."""

import io
import zipfile
from collections.abc import Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from synthetic.files.layout import Line, Lists

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_NAMES = f'xmlns:w="{_MAIN}" xmlns:r="{_OFFICE}"'

_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/numbering.xml" ContentType="{_WORD}.numbering+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_WORD}.header+xml"/></Types>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)
_DOCUMENT_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/numbering" Target="numbering.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/header" Target="header1.xml"/></Relationships>'
)
_STYLES = (
    f"<w:styles {_NAMES}>"
    '<w:docDefaults><w:pPrDefault><w:pPr><w:spacing w:after="0"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Overskrift2"><w:name w:val="heading 2"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr><w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style></w:styles>'
)


def write_docx(lines: Sequence[Line], head: str = "", columns: int = 1) -> bytes:
    """Return the Word file of these paragraphs, with `head` and a page number on top of each page."""
    lists = Lists.empty()
    body = "".join(_blocks(lines, lists))
    reference = '<w:headerReference w:type="default" r:id="rId3"/>' if head else ""
    division = f'<w:cols w:num="{columns}" w:space="480"/>' if columns > 1 else ""
    section = f"<w:sectPr>{reference}{division}</w:sectPr>"
    members = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELATIONS,
        "word/_rels/document.xml.rels": _DOCUMENT_RELATIONS,
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": _STYLES,
        "word/numbering.xml": _numbering(lists),
        "word/header1.xml": f"<w:hdr {_NAMES}><w:p>{_run(head)}{_PAGE_NUMBER}</w:p></w:hdr>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{content}')
    return file.getvalue()


def _blocks(lines: Sequence[Line], lists: Lists) -> list[str]:
    blocks: list[str] = []
    for is_table, group in groupby(lines, key=lambda line: line.kind == "row"):
        run = list(group)
        if not is_table:
            blocks += [_paragraph(line, lists) for line in run]
            continue
        # An empty paragraph is the space above the table.
        blocks.append("<w:p/>" if run[0].gap else "")
        blocks.append("<w:tbl>" + "".join(_row(line) for line in run) + "</w:tbl>")
    return blocks


def _paragraph(line: Line, lists: Lists) -> str:
    properties = '<w:spacing w:before="240"/>' if line.gap else ""
    if line.kind in {"numbered", "bullet"}:
        properties = (
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{lists.of(line) + 1}"/></w:numPr>{properties}'
        )
    elif line.kind == "heading":
        properties = f'<w:pStyle w:val="Overskrift2"/>{properties}'
    return f"<w:p><w:pPr>{properties}</w:pPr>{_run(line.text)}</w:p>"


def _row(line: Line) -> str:
    cells = (f"<w:tc><w:tcPr/><w:p>{_run(cell)}</w:p></w:tc>" for cell in line.cells)
    return f"<w:tr>{''.join(cells)}</w:tr>"


def _run(text: str) -> str:
    """Return a text as two runs, as Word divides them where the spelling was checked."""
    half = len(text) // 2
    return "".join(
        f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in (text[:half], text[half:])
    )


_PAGE_NUMBER = (
    '<w:r><w:tab/><w:t xml:space="preserve">Side </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


def _numbering(lists: Lists) -> str:
    abstract = "".join(_abstract(index, form) for form, index in lists.forms.items())
    uses = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{lists.forms[form]}"/>'
        f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, (form, start) in enumerate(lists.starts, 1)
    )
    return f"<w:numbering {_NAMES}>{abstract}{uses}</w:numbering>"


def _abstract(index: int, form: str) -> str:
    number_form = "decimal" if "%1" in form else "bullet"
    return (
        f'<w:abstractNum w:abstractNumId="{index}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{number_form}"/><w:lvlText w:val={quoteattr(form)}/></w:lvl></w:abstractNum>'
    )
