"""XML from strangers: parsed without DTDs, entities, network or great depth."""

from lxml import etree

from minutes.documents.source import DocumentError

_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))


def parse_xml(data: bytes) -> etree._Element:
    """Return the root of an XML document; raises `DocumentError` if it is not well-formed or has a DTD.

    Files of Word and OpenDocument have none. libxml2 refuses more than 256 levels and texts over 10 MB.
    """
    if any(doctype in data for doctype in _DOCTYPES):
        raise DocumentError(
            "Filen har en DTD og læses af sikkerhedsgrunde ikke. Gem den på ny, og indlæs den."
        )
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise DocumentError(
            "Filen er beskadiget og kan ikke læses. Åbn den, gem den på ny, og prøv igen."
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentError(
            "Filen har en DTD og læses af sikkerhedsgrunde ikke. Gem den på ny, og indlæs den."
        )
    return root
