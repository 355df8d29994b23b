"""Search engines that are given the same texts and the same queries: ours, and those it could be instead.

Each is asked for the first twenty items, best first, and for how many there are, as a page shows both.
"""

import shutil
import sqlite3
from collections.abc import Mapping
from functools import reduce
from pathlib import Path
from typing import Any, ClassVar

import tantivy
from django.core.management import call_command
from django.db import connection
from modelsearch.query import And, Not, Or, Phrase, PlainText
from watson import search as watson

from benchmarks.search.load import indexed
from benchmarks.search.rivalry.models import TABLE, RivalText
from benchmarks.search.texts import TEXTS, texts
from minutes.search.filters import SearchFilters
from minutes.search.query_parser import parse_query
from minutes.search.searcher import Searcher

Query = Mapping[str, Any]
Found = tuple[list[int], int | None]

PER_PAGE = 20


class Unsupported(Exception):
    """The engine has no such queries."""


class Engine:
    """An engine: `build` makes its index anew, `search` asks it, `bytes` is what the index takes."""

    name: ClassVar[str]

    def build(self) -> None:
        raise NotImplementedError

    def search(self, query: Query) -> Found:
        raise NotImplementedError

    def bytes(self) -> int:
        raise NotImplementedError


class Ours(Engine):
    name = "referatarkivet"

    def build(self) -> None:
        indexed()

    def search(self, query: Query) -> Found:
        narrowing = SearchFilters(committees=[query["committee"]]) if "committee" in query else None
        search = Searcher(parse_query(query["q"]), narrowing)
        return search.page(1), search.count(facets=False).total

    def bytes(self) -> int:
        return sum(map(_bytes_of, _tables_like("minutes\\_search%")))


class EveryMatch(Engine):
    """A stored tsvector and GIN, as the documentation of PostgreSQL and Django has it."""

    name = "tsvector + GIN"
    table: ClassVar[str] = "rivalry_vector"

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

    def search(self, query: Query) -> Found:
        function, told = "websearch_to_tsquery", query["q"]
        if query["kind"] == "prefix":
            function, told = "to_tsquery", f"{query['words'][0]}:*"
        where = "vector @@ asked" + (" AND committee = %(committee)s" if "committee" in query else "")
        source = f"FROM {self.table}, {function}('danish', %(q)s) asked WHERE {where}"
        values = {"q": told, "committee": query.get("committee")}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT id {source} ORDER BY ts_rank_cd(vector, asked) DESC, id DESC LIMIT {PER_PAGE}",
                values,
            )
            found = [item for (item,) in cursor.fetchall()]
            cursor.execute(f"SELECT count(*) {source}", values)
            return found, cursor.fetchone()[0]

    def bytes(self) -> int:
        return _bytes_of(self.table)


class _Adapter(watson.SearchAdapter):
    def get_title(self, obj: RivalText) -> str:
        return str(obj.title)[:1000]

    def get_description(self, obj: RivalText) -> str:
        return f"{obj.decision}\n{obj.resume}"

    def get_content(self, obj: RivalText) -> str:
        return str(obj.body)


class Watson(Engine):
    """django-watson: every word is the beginning of one, and all are to be there."""

    name = "django-watson"

    def __init__(self) -> None:
        watson.register(RivalText, _Adapter)

    def build(self) -> None:
        call_command("installwatson", verbosity=0)
        call_command("buildwatson", verbosity=0)
        _analyze("watson_searchentry")

    def search(self, query: Query) -> Found:
        if query["kind"] not in ("all", "prefix"):
            raise Unsupported("all words, or their beginnings, and nothing else")
        rows = RivalText.objects.all()
        if "committee" in query:
            rows = rows.filter(committee=query["committee"])
        found = watson.search(" ".join(query["words"]), models=(rows,))
        return list(found.values_list("object_id_int", flat=True)[:PER_PAGE]), found.count()

    def bytes(self) -> int:
        return _bytes_of("watson_searchentry")


class ModelSearch(Engine):
    """Wagtail's search, which is a package of its own now, in its PostgreSQL backend.

    It has no index on what it asks of plain queries, title and body together.
    """

    name = "wagtail (modelsearch)"

    def build(self) -> None:
        call_command("rebuild_modelsearch_index", verbosity=0)
        _analyze("modelsearch_indexentry")

    def search(self, query: Query) -> Found:
        rows = RivalText.objects.all()
        if "committee" in query:
            rows = rows.filter(committee=query["committee"])
        words = query["words"]
        if query["kind"] == "prefix":
            found = rows.autocomplete(words[0])
        elif query["kind"] == "phrase":
            found = rows.search(Phrase(" ".join(words)))
        elif query["kind"] == "any":
            found = rows.search(Or([PlainText(word) for word in words]))
        elif query["kind"] == "but":
            found = rows.search(And([PlainText(words[0]), Not(PlainText(words[1]))]))
        else:
            found = rows.search(" ".join(words), operator="and")
        return [row.pk for row in found[:PER_PAGE]], found.count()

    def bytes(self) -> int:
        return _bytes_of("modelsearch_indexentry")


class Sqlite(Engine):
    """FTS5, which knows no Danish: a word is found as it is written."""

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
        for each in texts():
            self._connection.execute("INSERT INTO item VALUES (?, ?)", (each.item, each.committee))
            self._connection.execute(
                "INSERT INTO text (rowid, title, decision, resume, body) VALUES (?, ?, ?, ?, ?)",
                (each.item, *each[3:]),
            )
        self._connection.execute("INSERT INTO text(text) VALUES ('optimize')")
        self._connection.commit()

    def search(self, query: Query) -> Found:
        words = [f'"{word}"' for word in query["words"]]
        told = {
            "all": " ".join,
            "any": " OR ".join,
            "but": " NOT ".join,
            "prefix": lambda words: f"{words[0]}*",
            "phrase": lambda _words: f'"{" ".join(query["words"])}"',
        }[query["kind"]](words)
        source, values = "FROM text WHERE text MATCH ?", [told]
        if "committee" in query:
            source = "FROM text JOIN item ON item.id = text.rowid WHERE text MATCH ? AND item.committee = ?"
            values.append(query["committee"])
        best = f"SELECT text.rowid {source} ORDER BY bm25(text, 10, 5, 2, 1) LIMIT {PER_PAGE}"
        found = [item for (item,) in self._connection.execute(best, values)]
        return found, self._connection.execute(f"SELECT count(*) {source}", values).fetchone()[0]

    def bytes(self) -> int:
        return self._file.stat().st_size


class Tantivy(Engine):
    """A search engine beside the database, in files that are mapped into memory; with a Danish stemmer.

    The beginning of a word is looked for among stems, so a long one may find nothing.
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
        for each in texts():
            told = dict(zip(self._fields, each[3:], strict=True))
            writer.add_document(tantivy.Document(item=each.item, committee=each.committee, **told))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def search(self, query: Query) -> Found:
        words = query["words"]
        if query["kind"] == "prefix":
            begins = [tantivy.Query.regex_query(self._schema, each, f"{words[0]}.*") for each in self._fields]
            asked = reduce(lambda one, other: one.or_should_match(other), begins)
        else:
            told = {
                "all": " ".join(f"+{word}" for word in words),
                "any": " OR ".join(words),
                "but": f"+{words[0]} -{words[-1]}",
                "phrase": query["q"],
            }[query["kind"]]
            if "committee" in query:
                told += f" +committee:{query['committee']}"
            asked = self._index.parse_query(told, list(self._fields), field_boosts=self._fields)
        searcher = self._index.searcher()
        found = searcher.search(asked, PER_PAGE, count=True)
        return [searcher.doc(address)["item"][0] for _score, address in found.hits], found.count

    def bytes(self) -> int:
        return sum(path.stat().st_size for path in self._folder.iterdir())


def make_texts() -> None:
    """The table that the engines for Django index."""
    with connection.cursor() as cursor:
        # Its name for a key is Django's.
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}; CREATE TABLE {TABLE} AS {TEXTS} ORDER BY item.id")
        cursor.execute(f"ALTER TABLE {TABLE} ADD PRIMARY KEY (id)")
        cursor.execute(f"CREATE INDEX ON {TABLE} (committee)")
        cursor.execute(f"VACUUM (ANALYZE) {TABLE}")


def clear() -> None:
    """Leave the database as if only the archive's own search had been there."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}, {EveryMatch.table}")
        cursor.execute("TRUNCATE watson_searchentry, modelsearch_indexentry")


def engines(folder: Path) -> list[Engine]:
    """All of them; what they keep outside the database is in `folder`."""
    return [Ours(), EveryMatch(), Watson(), ModelSearch(), Sqlite(folder), Tantivy(folder)]


def _tables_like(pattern: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relname LIKE %s", [pattern])
        return [name for (name,) in cursor.fetchall()]


def _bytes_of(table: str) -> int:
    """The table with its indexes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
        return int(cursor.fetchone()[0])


def _analyze(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (ANALYZE) {table}")
