"""Writes the text of minutes as files of word processors and web pages, as an office would type them.

Numbers of lists are automatic, headings have styles, tables and heads of pages are real ones. Tests and
benchmarks read the files back and compare the facts.
"""

from synthetic.files.html import write_html
from synthetic.files.opendocument import write_odt
from synthetic.files.rich_text import write_rtf
from synthetic.files.word import write_docx

WRITERS = {"docx": write_docx, "odt": write_odt, "rtf": write_rtf, "html": write_html}

__all__ = ["WRITERS", "write_docx", "write_html", "write_odt", "write_rtf"]
