"""The parts of a Word file: the document, its styles and lists, and what it links to."""

import posixpath

from lxml import etree

from minutes.documents.markup import parse_xml
from minutes.documents.packages import Package
from minutes.documents.source import DocumentError
from minutes.documents.word_names import transitional

_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_LARGEST_PART = 64 * 2**20
_USUAL_DOCUMENT = "word/document.xml"


class WordParts:
    """Reads the parts of a Word file by their relations to the document."""

    def __init__(self, package: Package) -> None:
        self._package = package
        root = self._relations("")
        self._document = next((part for kind, part in root.values() if kind == "officeDocument"), "")
        if self._document not in package:
            self._document = _USUAL_DOCUMENT
        if self._document not in package:
            raise DocumentError("Word-filen er beskadiget: Dokumentet mangler i den. Gem den på ny.")
        self._parts = self._relations(self._document)

    def document(self) -> etree._Element:
        return self._read(self._document)

    def of_kind(self, kind: str) -> etree._Element | None:
        """Return the first part of a kind, such as "styles" or "numbering"."""
        name = next((part for of, part in self._parts.values() if of == kind), "")
        return self._read(name) if name in self._package else None

    def by_id(self, identifier: str) -> etree._Element | None:
        """Return the part that the document refers to by a relation's identifier."""
        name = self._parts.get(identifier, ("", ""))[1]
        return self._read(name) if name in self._package else None

    def embedded(self, identifier: str) -> bytes:
        """Return the bytes of an embedded file."""
        name = self._parts.get(identifier, ("", ""))[1]
        return self._package.read(name, most=_LARGEST_PART) if name in self._package else b""

    def links(self) -> dict[str, str]:
        """Return the addresses of hyperlinks by their identifiers."""
        return {
            identifier: address for identifier, (kind, address) in self._parts.items() if kind == "hyperlink"
        }

    def _read(self, name: str) -> etree._Element:
        return parse_xml(transitional(self._package.read(name, most=_LARGEST_PART)))

    def _relations(self, source: str) -> dict[str, tuple[str, str]]:
        """Return identifier → kind and member (or address) of what a part refers to."""
        folder, name = posixpath.split(source)
        path = posixpath.join(folder, "_rels", f"{name}.rels")
        if path not in self._package:
            return {}
        relations: dict[str, tuple[str, str]] = {}
        for relation in parse_xml(self._package.read(path, most=_LARGEST_PART)).iterfind(_RELATIONSHIPS):
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            relations[relation.get("Id", "")] = (kind, target)
        return relations
