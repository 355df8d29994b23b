"""How well the search finds: recall@20, nDCG@10 and precision over judged queries, three ways side by side.

    python -m benchmarks.relevance.measure [--queries] [--collection demo]

Over the five seeds where ../shared has them, over tests/samples, and over the demo's invented minutes. The
ways are PostgreSQL's own `danish` search, the same with every word as a prefix, and ours.
Works on an embedded server of its own in a new folder under /tmp, and removes both.

The judged queries were written, and the items judged, before the ranking was tuned: {"query", "class",
"relevant": {address: 2 for what was sought, 1 for a mention of substance}}.
"""

import argparse
import json
import math
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from benchmarks.temporary_archive import temporary_archive

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
SAMPLES = ROOT / "tests" / "samples"
# Samples that do not say whose they are: the municipality, and whether it is an invented one.
NAMED = {
    "broenderslev": ("Brønderslev", False),
    "ishoej": ("Ishøj", False),
    "thisted": ("Thisted", False),
    "egebjerg": ("Egebjerg", True),
    "fjordrup": ("Fjordrup", True),
    "klintholt": ("Klintholt", True),
    "nordhede": ("Nordhede", True),
    "solbakke": ("Solbakke", True),
}
HERE = Path(__file__).parent
# Hits that precision looks at, and relevant ones that recall looks for.
_RETURNED = 100
_RECALLED, _GAINED = 20, 10

Way = Callable[[str], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--queries", action="store_true", help="print each query that is not found whole")
    parser.add_argument("--collection", choices=("seeds", "samples", "demo"), help="one of them alone")
    options = parser.parse_args()
    if not options.collection:
        # Each has an archive, and so a process, of its own.
        for collection in ("seeds", "samples", "demo"):
            again = [sys.executable, "-m", "benchmarks.relevance.measure", *sys.argv[1:]]
            subprocess.run([*again, "--collection", collection], check=True, cwd=ROOT)
        return
    with temporary_archive("relevance") as folder:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill = {"seeds": seeds, "samples": samples, "demo": demo}[options.collection]
        if fill(folder):
            measure(options.collection, options.queries)


def seeds(_folder: Path) -> bool:
    from django.core.management import call_command

    if SEEDS.is_dir():
        call_command("import_minutes", str(SEEDS), verbosity=0)
    return SEEDS.is_dir()


def samples(_folder: Path) -> bool:
    """Our own samples; the municipality of some cannot be told from the text."""
    from django.core.management import call_command

    for path in sorted(SAMPLES.glob("*.txt")):
        named = NAMED.get(path.stem.partition("_")[0])
        told = {"municipality": named[0], "new": named[1]} if named else {}
        call_command("import_minutes", str(path), verbosity=0, **told)
    return True


def demo(folder: Path) -> bool:
    from minutes.management.commands.demo import import_synthetic

    return bool(list(import_synthetic(300, folder)))


def measure(collection: str, tell: bool) -> None:
    """Print the figures of each way over the judged queries of a collection."""
    judged = json.loads((HERE / f"{collection}.json").read_text(encoding="utf-8"))
    ways = {"plain danish": plain(prefix=False), "prefix": plain(prefix=True), "ours": ours}
    print(f"\n{collection}: {len(judged)} queries")
    print(f"{'':<14}{'recall@20':>10}{'nDCG@10':>10}{'precision':>11}{'nothing':>9}")
    for name, way in ways.items():
        found = {each["query"]: way(each["query"]) for each in judged}
        figures = [of(found[each["query"]], each["relevant"]) for each in judged]
        recall, gain, precision = (statistics.mean(column) for column in zip(*figures, strict=True))
        nothing = sum(not found[each["query"]] for each in judged)
        print(f"{name:<14}{recall:>10.3f}{gain:>10.3f}{precision:>11.3f}{nothing:>9}")
    if tell:
        for each, (recall, gain, precision) in zip(judged, figures, strict=True):
            if recall < 1 or gain < 0.9 or precision < 0.8:
                told = f"{recall:.2f} {gain:.2f} {precision:.2f}"
                print(f"  {told}  {each['class']:<12} {each['query']}")
                hits = found[each["query"]]
                missed = [address for address in each["relevant"] if address not in hits]
                print("      missed:", *missed[:4])
                print("      extra: ", *[hit for hit in hits[:10] if hit not in each["relevant"]][:4])
    print_classes(judged, figures)


def print_classes(judged: list[dict], figures: list[tuple[float, float, float]]) -> None:
    print("ours, by class of query")
    for kind in sorted({each["class"] for each in judged}):
        of_kind = [figure for each, figure in zip(judged, figures, strict=True) if each["class"] == kind]
        recall, gain, precision = (statistics.mean(column) for column in zip(*of_kind, strict=True))
        print(f"  {kind:<14}{len(of_kind):>3}{recall:>8.3f}{gain:>8.3f}{precision:>8.3f}")


def of(found: list[str], relevant: dict[str, int]) -> tuple[float, float, float]:
    """Recall@20 (of as many as twenty can hold), nDCG@10 and precision of one query."""
    recall = sum(hit in relevant for hit in found[:_RECALLED]) / min(len(relevant), _RECALLED)
    gain = sum((2 ** relevant.get(hit, 0) - 1) / math.log2(at + 2) for at, hit in enumerate(found[:_GAINED]))
    best = sorted(relevant.values(), reverse=True)[:_GAINED]
    ideal = sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(best))
    precision = sum(hit in relevant for hit in found) / len(found) if found else 0.0
    return recall, gain / ideal, precision


def ours(query: str) -> list[str]:
    from minutes.search.filters import PER_PAGE, Order, SearchFilters
    from minutes.search.results import run_search

    found: list[int] = []
    for page in range(1, _RETURNED // PER_PAGE + 1):
        answered = run_search(query, SearchFilters(), Order.RANK, page)
        found += answered.items
        if len(answered.items) < PER_PAGE:
            break
    return addresses(found)


def plain(*, prefix: bool) -> Way:
    """PostgreSQL's own: a weighted vector of the configuration `danish`, ranked by cover density."""
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

    def found(query: str) -> list[str]:
        asked = (
            " & ".join(f"{word}:*" for word in re.findall(r"\w+", query))
            if prefix
            else query.replace("/", " ")
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT plain.id FROM plain, {function}('danish', %s) asked WHERE vector @@ asked
                ORDER BY ts_rank_cd(vector, asked) DESC, date DESC, id DESC LIMIT %s
                """,
                [asked, _RETURNED],
            )
            return addresses([item for (item,) in cursor.fetchall()])

    return found


def addresses(items: list[int]) -> list[str]:
    from minutes.models import AgendaItem

    rows = AgendaItem.objects.published().with_places().in_bulk(items)
    return [rows[item].get_absolute_url() for item in items]


if __name__ == "__main__":
    main()
