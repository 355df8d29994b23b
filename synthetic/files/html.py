"""Writes minutes as a web page, with menus and a footer, lists, tables and headings."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from synthetic.files.layout import Line

_PAGE = """<!DOCTYPE html>
<html lang="da"><head><meta charset="utf-8"><title>{head}</title>
<style>body {{ font-family: sans-serif }}</style><script>document.title = "x"</script></head>
<body><a class="skip-link" href="#indhold">Spring til indhold</a>
<div id="cookie-banner" role="dialog"><p>Vi bruger cookies.</p><button>Accepter</button></div>
<header><nav><ul><li><a href="/">Forside</a></li><li><a href="/politik">Politik</a></li></ul></nav></header>
<main id="indhold">
{body}
</main>
<footer><p>Rådhuset, Torvet 1</p><p>Telefon 12 34 56 78</p></footer></body></html>
"""
_LIST_FORMS = {"%1."}


def write_html(lines: Sequence[Line], head: str = "") -> bytes:
    """Return the page of these paragraphs, with `head` as its title."""
    return _PAGE.format(head=escape(head), body="\n".join(_blocks(lines))).encode()


def _blocks(lines: Sequence[Line]) -> Iterator[str]:
    for _, run in groupby(_grouped(lines), key=lambda pair: pair[0]):
        group = [line for _, line in run]
        first = group[0]
        margin = "" if first.gap else ' style="margin: 0"'
        kind = _block_kind(first)
        if kind == "row":
            yield _table(group)
        elif kind == "heading":
            yield f"<h2>{escape(first.text)}</h2>"
        elif kind in {"bullet", "numbered"}:
            yield _list(group, margin)
        elif first.kind == "numbered" and first.gap and len(group) == 1:
            yield f"<h3>{escape(_printed(first))}</h3>"
        else:
            yield f"<p{margin}>" + "<br>\n".join(escape(_printed(line)) for line in group) + "</p>"


def _list(lines: Sequence[Line], margin: str) -> str:
    if lines[0].kind == "bullet":
        return f"<ul{margin}>" + "".join(f"<li>{escape(line.text)}</li>" for line in lines) + "</ul>"
    items = "".join(f'<li value="{line.number}">{escape(line.text)}</li>' for line in lines)
    return f'<ol start="{lines[0].number}"{margin}>{items}</ol>'


def _table(lines: Sequence[Line]) -> str:
    rows = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in line.cells) + "</tr>" for line in lines)
    return f"<table>{''.join(rows)}</table>"


def _grouped(lines: Sequence[Line]) -> Iterator[tuple[int, Line]]:
    """Yield the lines with the number of the block that they are in: a list, a table, or lines without gaps."""
    block = 0
    previous: Line | None = None
    for line in lines:
        if previous is None or line.gap or _block_kind(line) != _block_kind(previous):
            block += 1
        previous = line
        yield block, line


def _block_kind(line: Line) -> str:
    if line.kind == "numbered" and line.form not in _LIST_FORMS:
        return "text"
    return line.kind


def _printed(line: Line) -> str:
    if line.kind == "numbered":
        return f"{line.form.replace('%1', str(line.number))} {line.text}"
    return line.text
