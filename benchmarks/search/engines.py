"""Search engines to compare: the archive's own, and alternatives to it.

All index the same texts. Each returns what a page shows: the first twenty items by rank, and their number.
"""

import shutil
import sqlite3
from collections.abc import Callable, Mapping
from functools import reduce
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

import tantivy
from django.core.management import call_command
from django.db import connection
from modelsearch.query import And, Not, Or, Phrase, PlainText
from watson import search as watson

from benchmarks.search.comparison.models import TABLE, IndexedText
from benchmarks.search.load import rebuild_index
from benchmarks.search.texts import TEXTS, texts
from minutes.search.filters import SearchFilters
from minutes.search.query_parser import parse_query
from minutes.search.searcher import Searcher

Query = Mapping[str, Any]


class Result(NamedTuple):
    """The first items by rank, and how many match."""

    items: list[int]
    total: int


PER_PAGE = 20


class Unsupported(Exception):
    """Raised for a query that the engine does not support."""


class Engine:
    name: ClassVar[str]

    def build(self) -> None:
        """Build the index, replacing an existing one."""
        raise NotImplementedError

    def search(self, query: Query) -> Result:
        raise NotImplementedError

    def bytes(self) -> int:
        """Return the size of the index."""
        raise NotImplementedError


class Archive(Engine):
    name = "referatarkivet"

    def build(self) -> None:
        rebuild_index()

    def search(self, query: Query) -> Result:
        filters = SearchFilters(committees=[query["committee"]]) if "committee" in query else None
        searcher = Searcher(parse_query(query["q"]), filters)
        return Result(searcher.page(1), searcher.count(facets=False).total)

    def bytes(self) -> int:
        return sum(map(_table_bytes, _tables_like("minutes\\_search%")))


class StoredVector(Engine):
    """A stored tsvector with a GIN index, as in the documentation of PostgreSQL and Django.

    Ranks all matches.
    """

    name = "tsvector + GIN"
    table: ClassVar[str] = "comparison_vector"

    def build(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                DROP TABLE IF EXISTS {self.table};
                CREATE TABLE {self.table} AS SELECT id, committee,
                    setweight(to_tsvector('danish', title), 'A')
                    || setweight(to_tsvector('danish', decision), 'B')
                    || setweight(to_tsvector('danish', resume), 'C')
                    || setweight(to_tsvector('danish', body), 'D') AS vector
                FROM {TABLE};
                CREATE INDEX ON {self.table} USING gin (vector);
                CREATE INDEX ON {self.table} (committee);
                """
            )
            cursor.execute(f"VACUUM (ANALYZE) {self.table}")

    def search(self, query: Query) -> Result:
        function, text = "websearch_to_tsquery", query["q"]
        if query["kind"] == "prefix":
            function, text = "to_tsquery", f"{query['words'][0]}:*"
        where = "vector @@ query" + (" AND committee = %(committee)s" if "committee" in query else "")
        source = f"FROM {self.table}, {function}('danish', %(q)s) query WHERE {where}"
        values = {"q": text, "committee": query.get("committee")}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id {source} ORDER BY ts_rank_cd(vector, query) DESC, id DESC LIMIT {PER_PAGE}",
                values,
            )
            items = [item for (item,) in cursor.fetchall()]
            cursor.execute(f"SELECT count(*) {source}", values)
            return Result(items, cursor.fetchone()[0])

    def bytes(self) -> int:
        return _table_bytes(self.table)


class _Adapter(watson.SearchAdapter):
    def get_title(self, obj: IndexedText) -> str:
        return str(obj.title)[:1000]

    def get_description(self, obj: IndexedText) -> str:
        return f"{obj.decision}\n{obj.resume}"

    def get_content(self, obj: IndexedText) -> str:
        return str(obj.body)


class Watson(Engine):
    """django-watson: every word is a prefix, and all must match."""

    name = "django-watson"

    def __init__(self) -> None:
        watson.register(IndexedText, _Adapter)

    def build(self) -> None:
        call_command("installwatson", verbosity=0)
        call_command("buildwatson", verbosity=0)
        _analyze("watson_searchentry")

    def search(self, query: Query) -> Result:
        if query["kind"] not in ("all", "prefix"):
            raise Unsupported("only all words or prefixes")
        rows = IndexedText.objects.all()
        if "committee" in query:
            rows = rows.filter(committee=query["committee"])
        matches = watson.search(" ".join(query["words"]), models=(rows,))
        return Result(list(matches.values_list("object_id_int", flat=True)[:PER_PAGE]), matches.count())

    def bytes(self) -> int:
        return _table_bytes("watson_searchentry")


class ModelSearch(Engine):
    """Wagtail's search, now a separate package, with its PostgreSQL backend.

    It has no index for the expression that plain queries search, title and body together.
    """

    name = "wagtail (modelsearch)"

    def build(self) -> None:
        call_command("rebuild_modelsearch_index", verbosity=0)
        _analyze("modelsearch_indexentry")

    def search(self, query: Query) -> Result:
        rows = IndexedText.objects.all()
        if "committee" in query:
            rows = rows.filter(committee=query["committee"])
        words = query["words"]
        if query["kind"] == "prefix":
            matches = rows.autocomplete(words[0])
        elif query["kind"] == "phrase":
            matches = rows.search(Phrase(" ".join(words)))
        elif query["kind"] == "any":
            matches = rows.search(Or([PlainText(word) for word in words]))
        elif query["kind"] == "but":
            matches = rows.search(And([PlainText(words[0]), Not(PlainText(words[1]))]))
        else:
            matches = rows.search(" ".join(words), operator="and")
        return Result([row.pk for row in matches[:PER_PAGE]], matches.count())

    def bytes(self) -> int:
        return _table_bytes("modelsearch_indexentry")


class Sqlite(Engine):
    """FTS5, without a Danish stemmer: words match as they are written."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self._file = folder / "fts5.sqlite"
        self._connection = sqlite3.connect(self._file)

    def build(self) -> None:
        self._connection.executescript(
            """
            PRAGMA journal_mode = OFF;
            DROP TABLE IF EXISTS text;
            DROP TABLE IF EXISTS item;
            CREATE TABLE item (id INTEGER PRIMARY KEY, committee INTEGER);
            CREATE VIRTUAL TABLE text USING fts5(
                title, decision, resume, body, content='', tokenize="unicode61 remove_diacritics 0"
            );
            """
        )
        for text in texts():
            self._connection.execute("INSERT INTO item VALUES (?, ?)", (text.item, text.committee))
            self._connection.execute(
                "INSERT INTO text (rowid, title, decision, resume, body) VALUES (?, ?, ?, ?, ?)",
                (text.item, text.title, text.decision, text.resume, text.body),
            )
        self._connection.execute("INSERT INTO text(text) VALUES ('optimize')")
        self._connection.commit()

    def search(self, query: Query) -> Result:
        words = [f'"{word}"' for word in query["words"]]
        joins: dict[str, Callable[[list[str]], str]] = {
            "all": " ".join,
            "any": " OR ".join,
            "but": " NOT ".join,
            "prefix": lambda words: f"{words[0]}*",
            "phrase": lambda _words: f'"{" ".join(query["words"])}"',
        }
        match = joins[query["kind"]](words)
        source, values = "FROM text WHERE text MATCH ?", [match]
        if "committee" in query:
            source = "FROM text JOIN item ON item.id = text.rowid WHERE text MATCH ? AND item.committee = ?"
            values.append(query["committee"])
        best = f"SELECT text.rowid {source} ORDER BY bm25(text, 10, 5, 2, 1) LIMIT {PER_PAGE}"
        items = [item for (item,) in self._connection.execute(best, values)]
        (total,) = self._connection.execute(f"SELECT count(*) {source}", values).fetchone()
        return Result(items, total)

    def bytes(self) -> int:
        return self._file.stat().st_size


class Tantivy(Engine):
    """A search engine outside the database, in memory-mapped files; with a Danish stemmer.

    A prefix is compared with stems, so a long one may match nothing.
    """

    name = "tantivy"
    _fields: ClassVar = {"title": 10.0, "decision": 5.0, "resume": 2.0, "body": 1.0}

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "tantivy"
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("item", stored=True, indexed=True, fast=True)
        builder.add_integer_field("committee", indexed=True, fast=True)
        for field in self._fields:
            builder.add_text_field(field, tokenizer_name="danish")
        self._schema = builder.build()
        self._analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.remove_long(60))
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer("danish"))
            .build()
        )

    def build(self) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        self._index = tantivy.Index(self._schema, path=str(self._folder))
        self._index.register_tokenizer("danish", self._analyzer)
        writer = self._index.writer(heap_size=200_000_000, num_threads=2)
        for text in texts():
            fields = {field: getattr(text, field) for field in self._fields}
            writer.add_document(tantivy.Document(item=text.item, committee=text.committee, **fields))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, query: Query) -> Result:
        words = query["words"]
        if query["kind"] == "prefix":
            prefixes = [
                tantivy.Query.regex_query(self._schema, field, f"{words[0]}.*") for field in self._fields
            ]
            parsed = reduce(lambda first, second: first.or_should_match(second), prefixes)
        else:
            text = {
                "all": " ".join(f"+{word}" for word in words),
                "any": " OR ".join(words),
                "but": f"+{words[0]} -{words[-1]}",
                "phrase": query["q"],
            }[query["kind"]]
            if "committee" in query:
                text += f" +committee:{query['committee']}"
            parsed = self._index.parse_query(text, list(self._fields), field_boosts=self._fields)
        searcher = self._index.searcher()
        matches = searcher.search(parsed, PER_PAGE, count=True)
        items = [searcher.doc(address)["item"][0] for _score, address in matches.hits]
        return Result(items, matches.count)

    def bytes(self) -> int:
        return sum(path.stat().st_size for path in self._folder.iterdir())


def create_texts() -> None:
    """Create the table that the search packages for Django index."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}; CREATE TABLE {TABLE} AS {TEXTS} ORDER BY item.id")
        cursor.execute(f"ALTER TABLE {TABLE} ADD PRIMARY KEY (id)")
        cursor.execute(f"CREATE INDEX ON {TABLE} (committee)")
        cursor.execute(f"VACUUM (ANALYZE) {TABLE}")


def delete_indexes() -> None:
    """Delete everything that other engines stored in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}, {StoredVector.table}")
        cursor.execute("TRUNCATE watson_searchentry, modelsearch_indexentry")


def all_engines(folder: Path) -> list[Engine]:
    """Return all engines, the archive's own first; `folder` is for their files."""
    return [Archive(), StoredVector(), Watson(), ModelSearch(), Sqlite(folder), Tantivy(folder)]


def _tables_like(pattern: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


def _table_bytes(table: str) -> int:
    """Return the size of a table with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
        return int(cursor.fetchone()[0])


def _analyze(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {table}")
