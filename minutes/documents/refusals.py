"""Formats that are recognised and refused, with what to do instead."""

from minutes.documents.kinds import Format
from minutes.documents.source import DocumentError

_EXPORT = "Gem referatet som PDF eller Word-dokument (.docx), og indlæs det."
_REFUSED = {
    Format.DOC: (
        "et Word-dokument i formatet fra før 2007 (.doc)",
        "Åbn det i Word eller LibreOffice, gem det som .docx, og indlæs det.",
    ),
    Format.DOCM: (
        "et Word-dokument med makroer (.docm)",
        "Åbn det i Word, gem det som Word-dokument uden makroer (.docx), og indlæs det.",
    ),
    Format.WORD_2003: (
        "et Word-dokument i XML-format fra Word 2003",
        "Åbn det i Word eller LibreOffice, gem det som .docx, og indlæs det.",
    ),
    Format.SPREADSHEET: ("et regneark", _EXPORT),
    Format.CSV: ("en tabel (CSV)", _EXPORT),
    Format.PRESENTATION: ("en præsentation", _EXPORT),
    Format.EBOOK: ("en e-bog", _EXPORT),
    Format.ENCRYPTED: ("beskyttet med adgangskode", "Gem den uden adgangskode, og indlæs den."),
}


def refuse(kind: Format) -> None:
    """Raise `DocumentError` if files of this format are not read, with its name and advice."""
    if kind in _REFUSED:
        name, advice = _REFUSED[kind]
        raise DocumentError(f"Filen er {name}. {advice}")
