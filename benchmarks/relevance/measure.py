"""Measure recall@20, nDCG@10 and precision of the search over judged queries, beside two baselines.

    python -m benchmarks.relevance.measure [--queries] [--collection everyday]

The collections are the five seeds (if ../shared has them), tests/samples, the demo's synthetic minutes, and
for everyday words, tests/samples with the invented minutes of `everyday_minutes`.
The baselines are PostgreSQL's own `danish` search, and the same with every word as a prefix.
Uses an embedded server in a new folder under /tmp, which is deleted afterwards.

The queries were written, and the items judged, before the ranking was tuned: {"query", "class",
"relevant": {address: 2 for what was sought, 1 for a mention of substance}}. A query without relevant
items is left out of the averages. "in_pairs": the list that the synonyms began from has words of the query.
"""

import argparse
import json
import math
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.temporary_archive import temporary_archive

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLES = ROOT / "tests" / "samples"
# Samples whose text does not name the municipality: its name, and whether it is an invented one.
MUNICIPALITIES = {
    "broenderslev": ("Brønderslev", False),
    "ishoej": ("Ishøj", False),
    "thisted": ("Thisted", False),
    "egebjerg": ("Egebjerg", True),
    "engsund": ("Engsund", True),
    "fjordrup": ("Fjordrup", True),
    "klintholt": ("Klintholt", True),
    "nordhede": ("Nordhede", True),
    "solbakke": ("Solbakke", True),
    # Of everyday_minutes.
    "baekkelund": ("Bækkelund", True),
    "hasselvig": ("Hasselvig", True),
    "klitnaes": ("Klitnæs", True),
    "skovmose": ("Skovmose", True),
    "tornsoe": ("Tornsø", True),
}
HERE = Path(__file__).parent
EVERYDAY_MINUTES = HERE / "everyday_minutes"
_DEMO_MEETINGS = 300
# Hits that precision, recall and gain are computed from.
_PRECISION_HITS, _RECALL_HITS, _GAIN_HITS = 100, 20, 10
# Below these, --queries prints a query.
_GOOD_RECALL, _GOOD_GAIN, _GOOD_PRECISION = 1, 0.9, 0.8
_MAX_PRINTED = 4


class Hits(NamedTuple):
    """The addresses of items, best first. The first `matches` match the query, others lack some words."""

    addresses: list[str]
    matches: int


SearchFunction = Callable[[str], Hits]
# A query with its class and the grades of relevant items, as in the JSON files.
JudgedQuery = dict[str, Any]


class Scores(NamedTuple):
    recall: float
    gain: float
    precision: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--queries", action="store_true", help="print the queries with low scores")
    parser.add_argument("--collection", choices=COLLECTION_IMPORTS, help="measure only one")
    options = parser.parse_args()
    if not options.collection:
        # Each needs an archive, and therefore a process, of its own.
        for collection in COLLECTION_IMPORTS:
            command = [sys.executable, "-m", "benchmarks.relevance.measure", *sys.argv[1:]]
            subprocess.run([*command, "--collection", collection], check=True, cwd=ROOT)
        return
    with temporary_archive("relevance") as folder:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        if COLLECTION_IMPORTS[options.collection](folder):
            measure(options.collection, print_queries=options.queries)


def import_seeds(_folder: Path) -> bool:
    """Import the seeds; return whether there are any."""
    from django.core.management import call_command

    if SEEDS.is_dir():
        call_command("import_minutes", str(SEEDS), verbosity=0)
    return SEEDS.is_dir()


def import_samples(_folder: Path) -> bool:
    import_and_publish(sorted(SAMPLES.glob("*.txt")))
    return True


def import_everyday(_folder: Path) -> bool:
    import_and_publish([*sorted(SAMPLES.glob("*.txt")), *sorted(EVERYDAY_MINUTES.glob("*.txt"))])
    return True


def import_and_publish(paths: Sequence[Path]) -> None:
    """Import minutes and publish them; doubtful ones are judged too."""
    from django.core.management import call_command

    from minutes.models import Meeting
    from minutes.models.states import State
    from minutes.publishing import publish

    for path in paths:
        municipality = MUNICIPALITIES.get(path.stem.partition("_")[0])
        options = {"municipality": municipality[0], "new": municipality[1]} if municipality else {}
        call_command("import_minutes", str(path), verbosity=0, **options)
    for draft in Meeting.objects.filter(state=State.DRAFT):
        publish(draft)


def import_demo(folder: Path) -> bool:
    from minutes.management.commands.demo import import_synthetic

    return bool(list(import_synthetic(_DEMO_MEETINGS, folder)))


COLLECTION_IMPORTS = {
    "seeds": import_seeds,
    "samples": import_samples,
    "demo": import_demo,
    "everyday": import_everyday,
}


def measure(collection: str, *, print_queries: bool) -> None:
    """Print the average scores of each search function over the judged queries of a collection."""
    queries: list[JudgedQuery] = json.loads((HERE / f"{collection}.json").read_text(encoding="utf-8"))
    check_addresses(queries)
    judged = [query for query in queries if query["relevant"]]
    functions = {
        "plain danish": plain_search(prefix=False),
        "prefix": plain_search(prefix=True),
        "typed words": typed_words_search,
        "ours": archive_search,
    }
    print(f"\n{collection}: {len(judged)} queries")
    print(f"{'':<14}{'recall@20':>10}{'nDCG@10':>10}{'precision':>11}{'nothing':>9}")
    for name, search in functions.items():
        hits_by_query = [search(query["query"]) for query in judged]
        scores = [score(hits, query["relevant"]) for hits, query in zip(hits_by_query, judged, strict=True)]
        mean = average(scores)
        nothing = sum(not hits.addresses for hits in hits_by_query)
        print(f"{name:<14}{mean.recall:>10.3f}{mean.gain:>10.3f}{mean.precision:>11.3f}{nothing:>9}")
    if print_queries:
        print_low_scores(judged, hits_by_query, scores)
    print_classes([query["class"] for query in judged], hits_by_query, scores)
    if any("in_pairs" in query for query in judged):
        labels = ["in pairs" if query["in_pairs"] else "not in pairs" for query in judged]
        print_classes(labels, hits_by_query, scores)
    unanswerable = [query["query"] for query in queries if not query["relevant"]]
    if unanswerable:
        without_hits = sum(not archive_search(query).addresses for query in unanswerable)
        print(f"of {len(unanswerable)} queries without relevant items, {without_hits} find nothing")


def check_addresses(queries: Sequence[JudgedQuery]) -> None:
    """Exit if the archive lacks an item that was judged."""
    from minutes.models import AgendaItem

    published = {item.get_absolute_url() for item in AgendaItem.objects.published().with_places()}
    unknown = {address for query in queries for address in query["relevant"]} - published
    if unknown:
        sys.exit(f"Judged items that are not in the archive: {sorted(unknown)}")


def average(scores: Sequence[Scores]) -> Scores:
    return Scores(*(statistics.mean(column) for column in zip(*scores, strict=True)))


def print_low_scores(judged: Sequence[JudgedQuery], hits: Sequence[Hits], scores: Sequence[Scores]) -> None:
    for query, (addresses, _matches), (recall, gain, precision) in zip(judged, hits, scores, strict=True):
        if recall >= _GOOD_RECALL and gain >= _GOOD_GAIN and precision >= _GOOD_PRECISION:
            continue
        missed = [address for address in query["relevant"] if address not in addresses]
        irrelevant = [address for address in addresses[:_GAIN_HITS] if address not in query["relevant"]]
        print(f"  {recall:.2f} {gain:.2f} {precision:.2f}  {query['class']:<12} {query['query']}")
        print("      missed:", *missed[:_MAX_PRINTED])
        print("      extra: ", *irrelevant[:_MAX_PRINTED])


def print_classes(labels: Sequence[str], hits: Sequence[Hits], scores: Sequence[Scores]) -> None:
    """Print the average scores of the archive's search by the label of each query."""
    print(f"ours, by class{'recall':>15}{'nDCG':>8}{'prec.':>8}{'nothing':>9}")
    for name in sorted(set(labels)):
        rows = [index for index, label in enumerate(labels) if label == name]
        mean = average([scores[row] for row in rows])
        nothing = sum(not hits[row].addresses for row in rows)
        figures = f"{mean.recall:>8.3f}{mean.gain:>8.3f}{mean.precision:>8.3f}{nothing:>9}"
        print(f"  {name:<16}{len(rows):>3}{figures}")


def score(hits: Hits, relevant: dict[str, int]) -> Scores:
    """Return recall@20 (of at most twenty relevant items), nDCG@10 and precision of one query.

    Precision is of the items that match, not of those that lack some of the words.
    """
    addresses, matches = hits.addresses, hits.addresses[: hits.matches]
    recall = sum(hit in relevant for hit in addresses[:_RECALL_HITS]) / min(len(relevant), _RECALL_HITS)
    gain = discounted_gain([relevant.get(hit, 0) for hit in addresses])
    ideal_gain = discounted_gain(sorted(relevant.values(), reverse=True))
    precision = sum(hit in relevant for hit in matches) / len(matches) if matches else 0.0
    return Scores(recall, gain / ideal_gain, precision)


def discounted_gain(grades: Sequence[int]) -> float:
    """Return the discounted cumulative gain of the grades of hits, best first."""
    return math.fsum((2**grade - 1) / math.log2(rank + 2) for rank, grade in enumerate(grades[:_GAIN_HITS]))


def typed_words_search(query: str) -> Hits:
    """Return the addresses that the archive's search finds without synonyms."""
    return archive_search(query, synonyms=False)


def archive_search(query: str, *, synonyms: bool = True) -> Hits:
    """Return what the search page shows: of few matches, the items that lack some of the words below them."""
    from minutes.search.filters import PER_PAGE, Order, SearchFilters
    from minutes.search.results import run_search

    items: list[int] = []
    similar: list[int] = []
    for page in range(1, _PRECISION_HITS // PER_PAGE + 1):
        result = run_search(query, SearchFilters(), Order.RANK, page, synonyms=synonyms, similar=synonyms)
        items += result.items
        similar += result.similar.items if result.similar else []
        if len(result.items) < PER_PAGE:
            break
    return Hits(addresses_of([*items, *similar]), len(items))


def plain_search(*, prefix: bool) -> SearchFunction:
    """Return a search by PostgreSQL's configuration `danish`: weighted vectors ranked by cover density."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS plain")
        cursor.execute(
            """
            CREATE TABLE plain AS SELECT item.id, meeting.date,
                setweight(to_tsvector('danish', translate(item.title, '/', ' ')), 'A')
                || setweight(to_tsvector('danish', translate(item.decision, '/', ' ')), 'B')
                || setweight(to_tsvector('danish', translate(coalesce((
                    SELECT string_agg(text, ' ') FROM minutes_section
                    WHERE item_id = item.id AND NOT item.closed
                ), ''), '/', ' ')), 'D') AS vector
            FROM minutes_agendaitem item JOIN minutes_meeting meeting ON meeting.id = item.meeting_id
            """
        )
    function = "to_tsquery" if prefix else "websearch_to_tsquery"

    def search(query: str) -> Hits:
        if prefix:
            text = " & ".join(f"{word}:*" for word in re.findall(r"\w+", query))
        else:
            text = query.replace("/", " ")
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT plain.id FROM plain, {function}('danish', %s) query WHERE vector @@ query
                ORDER BY ts_rank_cd(vector, query) DESC, date DESC, id DESC LIMIT %s
                """,
                [text, _PRECISION_HITS],
            )
            addresses = addresses_of([item for (item,) in cursor.fetchall()])
        return Hits(addresses, len(addresses))

    return search


def addresses_of(items: Sequence[int]) -> list[str]:
    from minutes.models import AgendaItem

    rows = AgendaItem.objects.published().with_places().in_bulk(items)
    return [rows[item].get_absolute_url() for item in items]


if __name__ == "__main__":
    main()
