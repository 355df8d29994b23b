"""Finds every place of a name in what is stored of a municipality's meetings.

The database finds the texts that have all words of the name, and the places are found in these.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast

from minutes.models import Correction, EnclosedFile, Municipality, NamePlace, Reading, Source
from minutes.privacy import WordMatch
from minutes.publishing import ledger
from minutes.publishing.redactions import strings_in

Where = NamePlace.Where

# Texts that are searched by one statement.
_ROWS_AT_A_TIME = 1_000
# A word broken at the end of a line, and invisible hyphens.
_BREAKS = r"[-\u00ad]\s*\n\s*|\u00ad"
# A text is decompressed once, as `whole`; without the OFFSET, it would be for each condition.
_STATEMENT = """
SELECT id FROM {table} CROSS JOIN LATERAL (SELECT text || '' AS whole OFFSET 0) AS decompressed
WHERE id = ANY(%s) AND (({has_words}) OR (
    (strpos(whole, E'-\\n') > 0 OR strpos(whole, E'\\u00ad') > 0) AND EXISTS (
        SELECT FROM (SELECT regexp_replace(whole, %s, '', 'g') AS text OFFSET 0) AS joined WHERE {if_joined}
    )
)) ORDER BY id
"""


@dataclass(frozen=True)
class PlaceOfName:
    """A place of the name. Without a reading and a file it is in a correction or in the name of a file."""

    meeting_id: int
    where: Where
    match: WordMatch
    reading_id: int | None = None
    file_id: int | None = None
    item_number: str = ""


def words_of(name: str) -> list[str]:
    """Return the words of a name: "Anne-Marie  Hansen" has three."""
    spaced = "".join(letter if letter.isalnum() else " " for letter in unicodedata.normalize("NFC", name))
    return spaced.split()


def find_places(municipality: Municipality, name: str) -> Iterator[PlaceOfName]:
    """Yield every place of the name in the municipality's documents, attachments, corrections and file names.

    Costs two statements per thousand readings or attachments, one per reading with the name, and nine more.
    """
    yield from _in_readings(municipality, name)
    yield from _in_files(municipality, name)
    yield from _in_sources(municipality, name)
    yield from _in_corrections(municipality, name)


def texts_of_meeting(meeting_id: int) -> Iterator[str]:
    """Yield the texts of a meeting in which redactions are applied. Four queries."""
    readings = Reading.objects.filter(meeting=meeting_id)
    yield from readings.values_list("text", flat=True)
    files = EnclosedFile.objects.filter(source__in=readings.values("source"))
    for texts in files.values_list("text", "name", "caption"):
        yield from texts
    for source in Source.objects.filter(pk__in=readings.values("source")):
        yield from (source.name, source.origin)
    for correction in Correction.objects.filter(meeting=meeting_id):
        yield from strings_in([correction.value, correction.seen, correction.new_reading])


def _in_readings(municipality: Municipality, name: str) -> Iterator[PlaceOfName]:
    readings = Reading.objects.filter(meeting__committee__municipality=municipality)
    for pks in _with_words(readings, name):
        for reading in Reading.objects.filter(pk__in=pks).only("text", "meeting_id").order_by("id"):
            matches = _matches(reading.text, name)
            items = _items_of(reading) if matches else []
            for match in matches:
                number = _item_number(items, match.start)
                yield PlaceOfName(
                    reading.meeting_id, Where.TEXT, match, reading_id=reading.pk, item_number=number
                )


def _in_files(municipality: Municipality, name: str) -> Iterator[PlaceOfName]:
    files = EnclosedFile.objects.filter(source__readings__meeting__committee__municipality=municipality)
    for pks in _with_words(files, name):
        rows = _by_meeting(EnclosedFile.objects.filter(pk__in=pks), "source__readings__meeting")
        for file in rows:
            for match in _matches(file.text, name):
                number = file.item_number or ""
                yield PlaceOfName(file.meeting_id, Where.FILE, match, file_id=file.pk, item_number=number)
    for field in ("name", "caption"):
        rows = _by_meeting(_containing(files, field, name).defer("text"), "source__readings__meeting")
        yield from _in_names(rows, field, name)


def _in_sources(municipality: Municipality, name: str) -> Iterator[PlaceOfName]:
    sources = Source.objects.filter(readings__meeting__committee__municipality=municipality)
    for field in ("name", "origin"):
        yield from _in_names(_by_meeting(_containing(sources, field, name), "readings__meeting"), field, name)


def _in_names(rows: Iterable[Any], field: str, name: str) -> Iterator[PlaceOfName]:
    for row in rows:
        for match in _matches(getattr(row, field), name):
            yield PlaceOfName(row.meeting_id, Where.OTHER, match)


def _in_corrections(municipality: Municipality, name: str) -> Iterator[PlaceOfName]:
    corrections = Correction.objects.filter(meeting__committee__municipality=municipality)
    for field in ("value", "seen", "new_reading"):
        rows = corrections.annotate(as_text=Cast(field, TextField()))
        for correction in _containing(rows, "as_text", name).order_by("id"):
            for text in strings_in(getattr(correction, field)):
                for match in _matches(text, name):
                    yield PlaceOfName(
                        correction.meeting_id, Where.OTHER, match, item_number=correction.item_slug[:30]
                    )


def _by_meeting(rows: QuerySet[Any], path: str) -> QuerySet[Any]:
    """Return the rows, each once for every meeting at `path`, with its `meeting_id`."""
    by_meeting: QuerySet[Any] = rows.annotate(meeting_id=F(path)).order_by("id", "meeting_id")
    return by_meeting.distinct("id", "meeting_id")


def _containing(rows: QuerySet[Any], field: str, name: str) -> QuerySet[Any]:
    """Return the rows whose short field has the longest word of the name."""
    matching: QuerySet[Any] = rows.filter(**{f"{field}__icontains": max(words_of(name), key=len)})
    return matching


def _with_words(rows: QuerySet[Any], name: str) -> Iterator[list[int]]:
    """Yield the ids of rows whose `text` has all words of the name, also broken at the ends of lines."""
    words = sorted(set(words_of(name)), key=len, reverse=True)
    spellings = [sorted({word, word.lower(), word.upper(), word.capitalize()}) for word in words]
    has_words = " AND ".join(_has_one_of("whole", word) for word in spellings)
    if_joined = " AND ".join(_has_one_of("joined.text", word) for word in spellings)
    statement = _STATEMENT.format(table=rows.model._meta.db_table, has_words=has_words, if_joined=if_joined)
    parameters = [spelling for word in spellings for spelling in word]
    pks = list(rows.order_by("id").values_list("pk", flat=True).distinct())
    with connection.cursor() as cursor:
        for at in range(0, len(pks), _ROWS_AT_A_TIME):
            batch = pks[at : at + _ROWS_AT_A_TIME]
            cursor.execute(statement, [batch, *parameters, _BREAKS, *parameters])
            matching = [pk for (pk,) in cursor.fetchall()]
            if matching:
                yield matching


def _has_one_of(column: str, spellings: Sequence[str]) -> str:
    return "(" + " OR ".join([f"strpos({column}, %s) > 0"] * len(spellings)) + ")"


def _items_of(reading: Reading) -> list[dict[str, Any]]:
    facts: dict[str, Any] = Reading.objects.values_list("facts", flat=True).get(pk=reading.pk)
    items: list[dict[str, Any]] = facts["items"]
    return items


def _matches(text: str, name: str) -> list[WordMatch]:
    return ledger.fingerprints().find_words(text, name)


def _item_number(items: Sequence[dict[str, Any]], offset: int) -> str:
    for item in items:
        if item["start"] <= offset < item["end"]:
            return (item["number"] or "")[:30]
    return ""
