"""Writes the lines of minutes as PDF: by ReportLab, WeasyPrint, Chromium and LibreOffice.

Each page has a running head and its number. The text can be set in two columns; rows of tables are lines there.
"""

import contextlib
import html
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any

from synthetic.files.layout import Line
from synthetic.files.word import write_docx

Printer = Callable[[Sequence[Line], str, int], bytes]

_STYLE = """
@page { size: A4; margin: 28mm 22mm 24mm; %(boxes)s }
body { font: 10.5pt/1.3 "Liberation Sans", "DejaVu Sans", sans-serif; margin: 0; columns: %(columns)d; column-gap: 9mm }
p { margin: 0 } .gap { margin-top: 11pt } h2 { font-size: 12pt; margin: 0 } h2.gap { margin-top: 14pt }
p.listed { padding-left: 8mm; text-indent: -8mm } p.listed span { white-space: pre; display: inline-block; min-width: 8mm; text-indent: 0 }
table { border-collapse: collapse; width: 100%% } td { vertical-align: top; padding: 1pt 8pt 1pt 0 } h3 { font-size: 10.5pt; margin: 0 }
"""


_BOXES = """@top-right { content: "%s"; font: 8pt sans-serif }
  @bottom-center { content: "Side " counter(page) " af " counter(pages); font: 8pt sans-serif }"""


def write_reportlab(lines: Sequence[Line], head: str, columns: int = 1) -> bytes:
    """Return the lines as PDF, by ReportLab."""
    from reportlab.lib.pagesizes import A4  # noqa: PLC0415, only where files are written
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate  # noqa: PLC0415

    width, height = A4
    margin, gutter = 60.0, 24.0
    frame_width = (width - 2 * margin - gutter * (columns - 1)) / columns
    frames = [
        Frame(margin + index * (frame_width + gutter), 60, frame_width, height - 140, 0, 0, 0, 0)
        for index in range(columns)
    ]

    def decorate(canvas: Any, template: Any) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(margin, height - 40, head)
        canvas.drawRightString(width - margin, 30, f"Side {template.page}")

    output = io.BytesIO()
    template = BaseDocTemplate(output, pagesize=A4, invariant=True)
    template.addPageTemplates([PageTemplate(frames=frames, onPage=decorate)])
    template.build(list(_flowables(_in_columns(lines, columns), frame_width)))
    return output.getvalue()


def _in_columns(lines: Sequence[Line], columns: int) -> list[Line]:
    """Return the lines without tables, for which columns are too narrow."""
    if columns == 1:
        return list(lines)
    return [
        replace(line, kind="text", text=" ".join(line.cells)) if line.kind == "row" else line
        for line in lines
    ]


def _flowables(lines: Sequence[Line], width: float) -> Iterator[Any]:
    from reportlab.lib.styles import ParagraphStyle  # noqa: PLC0415
    from reportlab.platypus import Paragraph, Spacer, Table  # noqa: PLC0415

    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=13)
    listed = ParagraphStyle("listed", plain, leftIndent=22, bulletIndent=0)
    bold = ParagraphStyle("bold", plain, fontName="Helvetica-Bold")
    for is_row, group in groupby(lines, key=lambda line: line.kind == "row"):
        run = list(group)
        if is_row:
            cells = [[Paragraph(html.escape(cell), plain) for cell in line.cells] for line in run]
            most = max(map(len, cells))
            if run[0].gap:
                yield Spacer(1, 11)
            # The first column is narrow, as that of labels.
            widths = [width / most] * most if most != 2 else [0.32 * width, 0.68 * width]
            yield Table(
                [row + [""] * (most - len(row)) for row in cells],
                colWidths=widths,
                style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
            )
            continue
        for line in run:
            if line.gap:
                yield Spacer(1, 11)
            mark = _mark(line)
            style = bold if line.kind == "heading" or _is_title(line) else listed if mark else plain
            text = html.escape(line.text)
            if mark and style is bold:
                yield Paragraph(f"{html.escape(mark)} {text}", bold)
            else:
                yield Paragraph(text, style, bulletText=mark or None)


def print_html(lines: Sequence[Line], head: str, columns: int = 1) -> str:
    """Return the lines as a page to be printed."""
    parts = []
    rows = groupby(_in_columns(lines, columns), key=lambda line: line.kind == "row")
    for is_row, group in rows:
        run = list(group)
        parts.append(_table(run) if is_row else "".join(map(_element, run)))
    style = _STYLE % {"boxes": _BOXES % head.replace('"', "") if head else "", "columns": columns}
    return f'<!doctype html><html lang="da"><meta charset="utf-8"><style>{style}</style><body>{"".join(parts)}</body></html>'


def _table(rows: Sequence[Line]) -> str:
    cells = ("".join(f"<td>{html.escape(cell)}</td>" for cell in row.cells) for row in rows)
    gap = ' class="gap"' if rows[0].gap else ""
    return f"<table{gap}>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _element(line: Line) -> str:
    text, mark = html.escape(line.text), html.escape(_mark(line))
    gap = " gap" if line.gap else ""
    if line.kind == "heading":
        return f'<h3 class="{gap}">{text}</h3>'
    if _is_title(line):
        return f'<h2 class="{gap}">{mark} {text}</h2>'
    if mark:
        return f'<p class="listed{gap}"><span>{mark} </span>{text}</p>'
    return f'<p class="{gap}">{text}</p>'


def _mark(line: Line) -> str:
    return line.form.replace("%1", str(line.number)).strip()


def _is_title(line: Line) -> bool:
    return line.kind == "numbered" and line.gap


def write_weasyprint(lines: Sequence[Line], head: str, columns: int = 1) -> bytes:
    """Return the lines as PDF, by WeasyPrint."""
    import weasyprint  # noqa: PLC0415

    return bytes(weasyprint.HTML(string=print_html(lines, head, columns)).write_pdf())


def write_libreoffice(lines: Sequence[Line], head: str, columns: int = 1) -> bytes:
    """Return the lines as PDF, by LibreOffice from a Word document."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "minutes.docx"
        source.write_bytes(write_docx(_in_columns(lines, columns), head, columns))
        command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True)
        return source.with_suffix(".pdf").read_bytes()


@contextlib.contextmanager
def chromium_printer(executable: str | None = None) -> Iterator[Printer]:
    """Yield a function that returns lines as PDF, as a browser prints them."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable)
        page = browser.new_page()

        def write(lines: Sequence[Line], head: str, columns: int = 1) -> bytes:
            page.set_content(print_html(lines, "", columns))
            small = "font-size: 8px; width: 100%; padding: 0 60px"
            return page.pdf(
                format="A4",
                display_header_footer=True,
                header_template=f'<div style="{small}">{html.escape(head)}</div>',
                footer_template=f'<div style="{small}; text-align: right">'
                '<span class="pageNumber"></span>/<span class="totalPages"></span></div>',
                margin={"top": "28mm", "bottom": "24mm", "left": "22mm", "right": "22mm"},
            )

        yield write
        browser.close()
