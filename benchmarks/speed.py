"""How fast minutes are made, imported and exported, and how fast, big and frugal the archive's pages are.

    python -m benchmarks.speed [--meetings 3000] [--jobs 2]

Works in a new folder under /tmp, on an embedded server of its own, and removes both. Prints figures. A few
minutes come in a second time, corrected, so that there is something to compare.
"""

import argparse
import gzip
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.own_archive import own_archive

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 30
_CORRECTED = 10
WORDS = ("cykelsti", "kommune", "budget", '"nyt plejecenter"', "lokalplan solceller")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--meetings", type=int, default=3000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with own_archive("speed") as folder:
        filled(folder / "made", options.meetings, options.jobs)
        exported(folder / "export")
        pages()


def manage(*arguments: object) -> float:
    """Run a management command and return its duration in seconds."""
    return timed_run("manage.py", *arguments)


def timed_run(*arguments: object) -> float:
    """Run Python with these arguments and return the duration in seconds."""
    start = time.monotonic()
    subprocess.run([sys.executable, *map(str, arguments)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start


def filled(made: Path, meetings: int, jobs: int) -> None:
    manage("collectstatic", "--noinput")
    print(f"migrate, cluster included   {manage('migrate'):8.1f} s")
    took = timed_run("-m", "synthetic", made, "--meetings", meetings, "--municipalities", 2)
    size = sum(path.stat().st_size for path in made.rglob("*.txt"))
    print(f"python -m synthetic         {took:8.1f} s  {meetings / took:8.0f} meetings/s")
    towns = sorted(made.iterdir())
    for what in ("import_minutes", "the same again"):
        took = sum(
            manage("import_minutes", town, "--municipality", town.name, "--new", "--jobs", jobs, "-v", 0)
            for town in towns
        )
        print(
            f"{what:<24} -j{jobs}{took:8.1f} s  {meetings / took:8.0f} documents/s"
            f"  {size / took / 1e6:6.2f} MB/s"
        )

    corrected = folder_of_corrected(made.with_name("corrected"), towns[0])
    manage("import_minutes", corrected, "--municipality", towns[0].name, "-v", 0)


def folder_of_corrected(folder: Path, town: Path) -> Path:
    """Some of the town's minutes, with a word put in."""
    folder.mkdir()
    for path in sorted(town.rglob("*.txt"))[:_CORRECTED]:
        (folder / path.name).write_bytes(path.read_bytes().replace(b" at ", b" nu at "))
    return folder


def exported(folder: Path) -> None:
    from minutes.models import AgendaItem

    took, items = manage("export_archive", folder, "-v", 0), AgendaItem.objects.count()
    speed = sum(path.stat().st_size for path in folder.iterdir()) / took / 1e6
    print(f"export_archive              {took:8.1f} s  {items / took:8.0f} items/s      {speed:6.2f} MB/s")


def pages() -> None:
    from django.test import Client

    from minutes.models import AgendaItem, Meeting

    client = Client(headers={"host": "localhost"})
    print(f"\n{Meeting.objects.count()} meetings, {AgendaItem.objects.count()} items")
    print(f"{'page':<30}{'median':>9}{'95 %':>9}{'queries':>9}{'kB':>8}{'gzip kB':>9}")
    contested = spread(AgendaItem.objects.published().filter(contested=True).with_places())
    for kind, addresses in (places(contested) | followed() | machines()).items():
        measure(client, kind, addresses)
    staff(contested)


def spread(rows: Any) -> list:
    """As many of the rows as there are rounds, from the first to the last."""
    return list(rows.order_by("id")[:: max(rows.count() // ROUNDS, 1)])[:ROUNDS]


def places(items: list) -> dict[str, list[str]]:
    committee = items[0].meeting.committee
    return {
        "home": ["/"],
        "municipalities": ["/kommuner/"],
        "municipality": [committee.municipality.get_absolute_url()],
        "committee": [committee.get_absolute_url()],
        "meetings, filtered": [f"/moeder/?kommune={committee.municipality.slug}"],
        "meeting": [each.meeting.get_absolute_url() for each in items],
        "item": [each.get_absolute_url() for each in items],
        "source": [each.meeting.readings.get(current=True).get_absolute_url() for each in items[:10]],
        **{f"search {word}": [f"/soeg/?q={word}"] for word in WORDS},
        "search, contested": ["/soeg/?omstridt=on"],
    }


def followed() -> dict[str, list[str]]:
    from django.db.models import Count
    from django.urls import reverse

    from minutes.models import Case, Person, Reading

    people = spread(Person.objects.published().filter(votes__isnull=False).distinct())
    stories = Case.objects.published().filter(standing=False).annotate(n=Count("items")).filter(n__gte=2)
    versions = Reading.objects.replaced().select_related("meeting__committee__municipality")
    return {
        "votes": ["/afstemninger/"],
        "votes, contested and closest": ["/afstemninger/?omstridt=on&sorter=taettest"],
        "people": [reverse("people", args=[people[0].municipality.slug])],
        "person": [each.get_absolute_url() for each in people],
        "person, votes": [f"{each.get_absolute_url()}?vis=stemmer" for each in people],
        "case": [each.get_absolute_url() for each in spread(stories)],
        "what changed": [f"{each.meeting.get_absolute_url()}aendringer/" for each in versions],
    }


def machines() -> dict[str, list[str]]:
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


def staff(items: list) -> None:
    """The staff's pages of the same archive, and the upload of the largest document at hand."""
    from django.contrib.auth.models import User
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.create_superuser("benchmark"))
    meetings = [f"/admin/minutes/meeting/{each.meeting_id}" for each in items]
    measure(client, "staff: dashboard", ["/admin/"])
    measure(client, "staff: review", [f"{each}/change/" for each in meetings])
    corrected = [f"{address}/punkt/{each.slug}/ret/" for address, each in zip(meetings, items, strict=True)]
    measure(client, "staff: correct an item", corrected)
    seeds = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"), key=lambda path: path.stat().st_size)
    data = seeds[-1].read_bytes() if seeds else items[0].meeting.readings.get().text.encode() + b" "
    place = items[0].meeting.committee.municipality_id
    began = time.perf_counter()
    told = {"municipality": place, "documents": SimpleUploadedFile("referat.txt", data)}
    response = client.post("/admin/nyt/", told, follow=True)
    assert response.redirect_chain, response.content
    print(f"upload of {len(data) / 1000:.0f} kB, preview included {time.perf_counter() - began:10.2f} s")


def measure(client: Any, kind: str, addresses: list[str]) -> None:
    """Print how fast the pages at `addresses` are, in turn, and how big and frugal the first is."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(addresses[0])
    times = []
    for number in range(ROUNDS):
        began = time.perf_counter()
        response = client.get(addresses[number % len(addresses)])
        times.append((time.perf_counter() - began) * 1000)
        assert response.status_code == 200, addresses
    with CaptureQueriesContext(connection) as queries:
        response = client.get(addresses[0])
    times.sort()
    print(
        f"{kind:<30}{statistics.median(times):7.1f}ms{times[int(ROUNDS * 0.95)]:7.1f}ms{len(queries):>9}"
        f"{len(response.getvalue()) / 1000:>8.1f}{len(gzip.compress(response.getvalue())) / 1000:>9.1f}"
    )


if __name__ == "__main__":
    main()
