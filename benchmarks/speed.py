"""Measures the import, the export and the pages: speed, size and number of queries.

    python -m benchmarks.speed [--meetings 3000] [--jobs 2]

Works in a new folder under /tmp, on an embedded server of its own, and removes both. A few minutes are
imported a second time with changes, so that there are versions to compare.
"""

import argparse
import gzip
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks.temporary_archive import temporary_archive

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet
    from django.test import Client

    from minutes.models import AgendaItem

    Row = TypeVar("Row", bound=Model)

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 30
_CHANGED_MINUTES = 10
QUERIES = ("cykelsti", "kommune", "budget", '"nyt plejecenter"', "lokalplan solceller")
_MB, _KB = 1e6, 1000

Pages = dict[str, list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=3000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with temporary_archive("speed") as folder:
        measure_import(folder, options.meetings, options.jobs)
        measure_export(folder / "export")
        measure_public_pages()
        measure_staff_pages()


def manage(*arguments: object) -> float:
    """Run a management command and return its duration in seconds."""
    return timed_run("manage.py", *arguments)


def timed_run(*arguments: object) -> float:
    """Run Python with these arguments and return the duration in seconds."""
    start = time.monotonic()
    subprocess.run([sys.executable, *map(str, arguments)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def measure_import(folder: Path, meetings: int, jobs: int) -> None:
    """Generate minutes in `folder` and import them, then once more, then some with changes."""
    manage("collectstatic", "--noinput")
    print(f"migrate, cluster included   {manage('migrate'):8.1f} s")
    generated = folder / "synthetic"
    seconds = timed_run("-m", "synthetic", generated, "--meetings", meetings, "--municipalities", 2)
    print(f"python -m synthetic         {seconds:8.1f} s  {meetings / seconds:8.0f} meetings/s")
    megabytes = sum(path.stat().st_size for path in generated.rglob("*.txt")) / _MB
    municipalities = sorted(generated.iterdir())
    for label in ("import_minutes", "the same again"):
        seconds = sum(
            manage("import_minutes", path, "--municipality", path.name, "--new", "--jobs", jobs, "-v", 0)
            for path in municipalities
        )
        print(
            f"{label:<24} -j{jobs}{seconds:8.1f} s  {meetings / seconds:8.0f} documents/s"
            f"  {megabytes / seconds:6.2f} MB/s"
        )
    first = municipalities[0]
    write_changed_minutes(first, folder / "changed")
    manage("import_minutes", folder / "changed", "--municipality", first.name, "-v", 0)


def write_changed_minutes(source: Path, target: Path) -> None:
    """Copy some minutes with a word inserted."""
    target.mkdir()
    for path in sorted(source.rglob("*.txt"))[:_CHANGED_MINUTES]:
        (target / path.name).write_bytes(path.read_bytes().replace(b" at ", b" nu at "))


def measure_export(folder: Path) -> None:
    from minutes.models import AgendaItem

    seconds, items = manage("export_archive", folder, "-v", 0), AgendaItem.objects.count()
    megabytes = sum(path.stat().st_size for path in folder.iterdir()) / _MB
    print(
        f"export_archive              {seconds:8.1f} s  {items / seconds:8.0f} items/s"
        f"      {megabytes / seconds:6.2f} MB/s"
    )


def measure_public_pages() -> None:
    from django.test import Client

    from minutes.models import AgendaItem, Meeting

    client = Client(headers={"host": "localhost"})
    print(f"\n{Meeting.objects.count()} meetings, {AgendaItem.objects.count()} items")
    print(f"{'page':<30}{'median':>9}{'95 %':>9}{'queries':>9}{'kB':>8}{'gzip kB':>9}")
    items = contested_items()
    for kind, addresses in (browsing_pages(items) | statistics_pages() | feeds_and_api()).items():
        measure_page(client, kind, addresses)


def contested_items() -> "list[AgendaItem]":
    from minutes.models import AgendaItem

    return spread(AgendaItem.objects.published().filter(contested=True).with_places())


def spread(rows: "QuerySet[Row]") -> "list[Row]":
    """Return one row per round, spread evenly over all of them."""
    return list(rows.order_by("id")[:: max(rows.count() // ROUNDS, 1)])[:ROUNDS]


def browsing_pages(items: "Sequence[AgendaItem]") -> Pages:
    committee = items[0].meeting.committee
    return {
        "home": ["/"],
        "municipalities": ["/kommuner/"],
        "municipality": [committee.municipality.get_absolute_url()],
        "committee": [committee.get_absolute_url()],
        "meetings, filtered": [f"/moeder/?kommune={committee.municipality.slug}"],
        "meeting": addresses_of(item.meeting for item in items),
        "item": addresses_of(items),
        "source": addresses_of(item.meeting.readings.get(current=True) for item in items[:10]),
        **{f"search {query}": [f"/soeg/?q={query}"] for query in QUERIES},
        "search, contested": ["/soeg/?omstridt=on"],
    }


def addresses_of(rows: "Iterable[Model]") -> list[str]:
    return [str(row.get_absolute_url()) for row in rows]  # type: ignore[attr-defined]


def statistics_pages() -> Pages:
    from django.db.models import Count
    from django.urls import reverse

    from minutes.models import Case, Person, Reading

    people = spread(Person.objects.published().filter(votes__isnull=False).distinct())
    cases = Case.objects.published().filter(standing=False).annotate(n=Count("items")).filter(n__gte=2)
    replaced = Reading.objects.replaced().select_related("meeting__committee__municipality")
    return {
        "votes": ["/afstemninger/"],
        "votes, contested and closest": ["/afstemninger/?omstridt=on&sorter=taettest"],
        "people": [reverse("people", args=[people[0].municipality.slug])],
        "person": addresses_of(people),
        "person, votes": [f"{address}?vis=stemmer" for address in addresses_of(people)],
        "case": addresses_of(spread(cases)),
        "version differences": [f"{reading.meeting.get_absolute_url()}aendringer/" for reading in replaced],
    }


def feeds_and_api() -> Pages:
    from minutes.models import Committee

    committee = Committee.objects.published().select_related("municipality").first()
    assert committee
    api = "/api/v1"
    return {
        "feed of meetings": ["/moeder/feed/"],
        "feed of a search": ["/soeg/feed/?q=cykelsti"],
        "feed of votes": ["/afstemninger/feed/"],
        "calendar": [f"{committee.get_absolute_url()}kalender.ics"],
        "sitemap": ["/sitemap.xml"],
        "API items": [f"{api}/items?limit=20"],
        "API ballots": [f"{api}/ballots?limit=20"],
        "API cases": [f"{api}/cases?limit=20"],
        "API search": [f"{api}/search?q=cykelsti"],
    }


def measure_staff_pages() -> None:
    """Measure staff pages and the upload of a large document."""
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("benchmark"))
    items = contested_items()
    meetings = [f"/admin/minutes/meeting/{item.meeting_id}" for item in items]
    corrections = [f"{address}/punkt/{item.slug}/ret/" for address, item in zip(meetings, items, strict=True)]
    measure_page(client, "staff: dashboard", ["/admin/"])
    measure_page(client, "staff: review", [f"{address}/change/" for address in meetings])
    measure_page(client, "staff: correct an item", corrections)
    document = large_document(items[0])
    form = {
        "municipality": items[0].meeting.committee.municipality_id,
        "documents": SimpleUploadedFile("referat.txt", document),
    }
    start = time.perf_counter()
    response = client.post("/admin/nyt/", form, follow=True)
    seconds = time.perf_counter() - start
    assert response.redirect_chain, response.content
    print(f"upload of {len(document) / _KB:.0f} kB, preview included {seconds:10.2f} s")


def large_document(item: "AgendaItem") -> bytes:
    """Return the largest of the seeds, or else a changed copy of the item's minutes."""
    seeds = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"), key=lambda path: path.stat().st_size)
    return seeds[-1].read_bytes() if seeds else item.meeting.readings.get().text.encode() + b" "


def measure_page(client: "Client", kind: str, addresses: Sequence[str]) -> None:
    """Print the response times of `addresses`, in turn, and the size and queries of the first."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(addresses[0])
    milliseconds = []
    for number in range(ROUNDS):
        address = addresses[number % len(addresses)]
        start = time.perf_counter()
        response = client.get(address)
        milliseconds.append((time.perf_counter() - start) * 1000)
        assert response.status_code == 200, address
    with CaptureQueriesContext(connection) as queries:
        content = client.get(addresses[0]).getvalue()
    milliseconds.sort()
    print(
        f"{kind:<30}{statistics.median(milliseconds):7.1f}ms{milliseconds[int(ROUNDS * 0.95)]:7.1f}ms"
        f"{len(queries):>9}{len(content) / _KB:>8.1f}{len(gzip.compress(content)) / _KB:>9.1f}"
    )


if __name__ == "__main__":
    main()
