"""Small Word files for tests, of the XML of their parts."""

import io
import re
import zipfile

from tests.zip_files import packed

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def docx(
    body: str, *, styles: str = "", numbering: str = "", head: str = "", prolog: str = "", page: str = ""
) -> bytes:
    """Return a Word file with this content of its body, styles, lists and head of pages."""
    parts = {"styles": styles, "numbering": numbering, "header": head}
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{_KINDS}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"{prolog}<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}'
        f'<Relationship Id="page" Type="{_KINDS}/aFChunk" Target="/word/page.html"/>'
        f'<Relationship Id="link" Type="{_KINDS}/hyperlink" Target="https://kommune.dk" TargetMode="External"/>'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {NAMES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMES}>{numbering}</w:numbering>",
        "word/page.html": page,
        "word/header.xml": f"<w:hdr {NAMES}>{head}</w:hdr>",
    }
    return packed(members)


def flat(data: bytes) -> bytes:
    """Return a Word file as one XML file."""
    parts = ""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            xml = re.sub(r"<\?xml[^>]*>", "", archive.read(name).decode())
            if name != "[Content_Types].xml":
                parts += f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{xml}</pkg:xmlData></pkg:part>'
    namespace = "http://schemas.microsoft.com/office/2006/xmlPackage"
    return f'<?xml version="1.0"?>\n<pkg:package xmlns:pkg="{namespace}">{parts}</pkg:package>'.encode()


def p(text: str, properties: str = "") -> str:
    """Return a paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    """Return a run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, use: int = 1, level: int = 0) -> str:
    """Return a paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{use}"/></w:numPr>')


def levels(*texts: str, form: str = "decimal", more: str = "") -> str:
    """Return the levels of a list, with these texts."""
    return "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
        for at, text in enumerate(texts)
    )


def abstract(levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{levels}</w:abstractNum>'


def use(number: int = 1, of: int = 0, override: str = "") -> str:
    """Return a reference to a list."""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{override}</w:num>'


def table(*rows: list[str]) -> str:
    """Return a table with a paragraph in each cell; a cell that begins with "<" is XML."""
    return (
        "<w:tbl>"
        + "".join(
            "<w:tr>"
            + "".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row)
            + "</w:tr>"
            for row in rows
        )
        + "</w:tbl>"
    )
