"""Run the site under slow clients, load and faults: `make soak`. Loopback only, some ten minutes.

Prints tables for docs/benchmarks.md, and ends with status 1 if a limit is passed. Needs Debian's PostgreSQL
15 and nginx.
"""

import argparse
import contextlib
import os
import random
import re
import signal
import ssl
import statistics
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from synthetic.__main__ import main as write_minutes
from tests.clusters import Cluster, cluster_folder, new_cluster
from tests.running_proxy import running_proxy
from tests.running_site import WITH_QUERIES, WITHOUT_QUERIES, Answer, Site, manage, running_site
from tests.slow_clients import slow_clients

DEADLINE = 3
_MEETINGS = 300
_UNVERIFIED = ssl.create_default_context()
_UNVERIFIED.check_hostname, _UNVERIFIED.verify_mode = False, ssl.CERT_NONE

failures: list[str] = []


def require(condition: bool, message: str) -> None:
    if not condition:
        failures.append(message)
        print(f"FAILED: {message}", flush=True)


class Times(NamedTuple):
    """Seconds of requests, and how many of each status."""

    seconds: list[float]
    statuses: Counter[int]

    @classmethod
    def of(cls, answers: list[Answer]) -> "Times":
        return cls([answer.seconds for answer in answers], Counter(answer.status for answer in answers))

    def row(self, *names: str) -> str:
        p95 = statistics.quantiles(self.seconds, n=20)[-1]
        figures = (statistics.median(self.seconds), p95, max(self.seconds))
        codes = ", ".join(
            f"{count} × {status or 'no answer'}" for status, count in sorted(self.statuses.items())
        )
        return f"| {' | '.join(names)} | {' / '.join(f'{1000 * value:.0f}' for value in figures)} | {codes} |"

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.seconds, n=20)[-1]


@contextlib.contextmanager
def archive(folder: Path) -> Iterator[Cluster]:
    """Yield a server with an archive of synthetic minutes, whose files are in the folder."""
    with cluster_folder() as clusters:
        cluster = new_cluster(clusters)
        data = folder / "data"
        manage(cluster.url, data, "migrate", "--verbosity=0")
        write_minutes([str(folder / "minutes"), "--meetings", str(_MEETINGS), "--seed", "2026"])
        for texts in sorted((folder / "minutes").iterdir()):
            options = ("--municipality", texts.name, "--new", "--jobs=2", "--verbosity=0")
            manage(cluster.url, data, "import_minutes", str(texts), *options)
        cluster.value("ANALYZE")
        count = cluster.value("SELECT count(*) FROM minutes_meeting WHERE state = 'published'")
        require(count > _MEETINGS / 2, f"{count} published meetings")
        print(f"{count} published meetings", flush=True)
        yield cluster


def measure_slow_clients(cluster: Cluster, folder: Path) -> None:
    """Request a page while so many clients send a request that never arrives."""
    print("\n| slow clients | proxy | p50 / p95 / most | |\n|---|---|---|---|")
    with running_site(cluster.url, folder, REQUEST_DEADLINE_SECONDS=str(DEADLINE)) as site:
        site.wait_until_ready()
        proxy_folder = folder / "nginx"
        proxy_folder.mkdir(exist_ok=True)
        with running_proxy(proxy_folder, site.port) as proxy:
            for count in (0, 8, 50, 500):
                # Without a proxy, so many clients occupy all threads: requests are not answered.
                requests = 60 if count < 500 else 10
                with slow_clients(site.port, count):
                    direct = Times.of([_get(f"http://127.0.0.1:{site.port}") for _number in range(requests)])
                print(direct.row(str(count), "–"), flush=True)
                with slow_clients(proxy, count, tls=True):
                    proxied = Times.of([_get(f"https://127.0.0.1:{proxy}") for _number in range(60)])
                print(proxied.row(str(count), "nginx"), flush=True)
                require(proxied.p95 < 1 and set(proxied.statuses) == {200}, f"{count} clients, nginx")
                require(count > 50 or direct.p95 < 1, f"{count} clients without a proxy")


def _get(site: str) -> Answer:
    """Request a page with queries; the status is 0 if there is no answer within five seconds."""
    start, context = time.monotonic(), _UNVERIFIED if site.startswith("https") else None
    try:
        with urllib.request.urlopen(f"{site}{WITH_QUERIES}", timeout=5, context=context) as response:
            response.read()
            status = response.status
    except urllib.error.HTTPError as error:
        status = error.code
    except OSError:
        status = 0
    return Answer(status, time.monotonic() - start, "")


def measure_memory(cluster: Cluster, folder: Path, requests: int) -> None:
    """Make mixed requests; the memory of the workers must not grow after the first tenth."""
    with running_site(cluster.url, folder, REQUEST_DEADLINE_SECONDS="10") as site:
        site.wait_until_ready()
        paths = _paths(site)
        order = random.Random(1)
        print(f"\n{len(paths)} addresses\n\n| requests | memory of the workers | p50 / p95 / most | |")
        print("|---|---|---|---|")
        tenth, sizes = requests // 10, []
        for number in range(1, 11):
            with ThreadPoolExecutor(8) as pool:
                times = Times.of(list(pool.map(site.get, order.choices(paths, k=tenth))))
            sizes.append(_memory(site))
            if number in {1, 5, 10}:
                memory = ", ".join(f"{size // 1024**2} MB" for size in sizes[-1])
                print(times.row(str(number * tenth), memory), flush=True)
            require(not [status for status in times.statuses if status >= 500], f"{times.statuses}")
        first, last = sum(sizes[0]), sum(sizes[-1])
        print(f"\ngrowth from the first tenth to the last: {last / first - 1:.1%}", flush=True)
        require(last < first * 1.2, f"the memory grew from {first} to {last}")


def _paths(site: Site) -> list[str]:
    """Return addresses of pages, searches, feeds, files and the API."""
    maps = re.findall(r"<loc>([^<]+)", site.get("/sitemap.xml").text)
    pages = [
        urlsplit(address).path
        for one in maps[:8]
        for address in re.findall(r"<loc>([^<]+)", site.get(urlsplit(one).path).text)
    ]
    chosen = random.Random(1).sample(pages, min(400, len(pages)))
    words = ("cykelsti", "budget 2024", "skole lukning", "lokalplan", '"plejehjem"', "budgt", "vej OR sti")
    searches = [f"/soeg/?q={urllib.request.quote(word)}" for word in words] * 10  # type: ignore[attr-defined]
    others = [
        *("/", "/en/", "/moeder/", "/afstemninger/", "/kommuner/", "/om/", "/findes-ikke/", "/moeder/feed/"),
        *(
            "/moeder/?format=csv",
            "/afstemninger/?format=json",
            "/soeg/feed/?q=skole",
            "/soeg/?q=skole&format=csv",
        ),
        *("/api/v1/meetings", "/api/v1/search?q=skole", "/soeg/forslag/?q=sko"),
    ]
    return chosen + searches + others * 4


def _memory(site: Site) -> list[int]:
    """Return the private memory of each worker in bytes."""
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    sizes = []
    for child in children:
        status = Path(f"/proc/{child}/status").read_text()
        sizes.append(int(re.search(r"RssAnon:\s+(\d+) kB", status)[1]) * 1024)  # type: ignore[index]
    return sizes


def measure_database(cluster: Cluster, folder: Path) -> None:
    """Stop, freeze, restart and kill the server while visitors request pages."""
    print("\n| fault | p50 / p95 / most | | answers again after |\n|---|---|---|---|")
    with running_site(cluster.url, folder, REQUEST_DEADLINE_SECONDS=str(DEADLINE)) as site:
        site.wait_until_ready()
        faults: list[tuple[str, Callable[[], None], Callable[[], None]]] = [
            ("stopped for 10 s", lambda: cluster.stop("fast"), cluster.start),
            (
                "frozen for 10 s",
                lambda: _signal(cluster, signal.SIGSTOP),
                lambda: _signal(cluster, signal.SIGCONT),
            ),
            ("restarted", lambda: cluster.stop("fast"), cluster.start),
            ("killed (SIGKILL), started after 10 s", lambda: _kill(cluster), cluster.start),
        ]
        for name, begin, end in faults:
            pause = 0.0 if name == "restarted" else 10.0
            _measure_fault(site, name, begin, end, pause)


def _measure_fault(
    site: Site, name: str, begin: Callable[[], None], end: Callable[[], None], pause: float
) -> None:
    answers: list[Answer] = []
    stopped = threading.Event()

    def visit() -> None:
        while not stopped.is_set():
            answers.append(site.get(WITH_QUERIES))

    with ThreadPoolExecutor(8) as pool:
        visitors = [pool.submit(visit) for _number in range(8)]
        try:
            time.sleep(2)
            begin()
            time.sleep(pause)
            without = site.get(WITHOUT_QUERIES)
            end()
            back = time.monotonic()
            while [site.get(WITH_QUERIES).status for _number in range(8)] != [200] * 8:
                time.sleep(0.05)
            seconds = time.monotonic() - back
            time.sleep(1)
        finally:
            stopped.set()
        for visitor in visitors:
            visitor.result()
    times = Times.of(answers)
    print(f"{times.row(name)} {seconds:.1f} s |", flush=True)
    require(set(times.statuses) <= {200, 503}, f"{name}: {times.statuses}")
    require(max(times.seconds) < DEADLINE + 2, f"{name}: a page took {max(times.seconds):.1f} s")
    require(without.status == 200, f"{name}: a page without queries did not answer")
    require(seconds < 10, f"{name}: pages answered again after {seconds:.1f} s only")


def _processes(cluster: Cluster) -> list[int]:
    server = int((cluster.folder / "postmaster.pid").read_text().split()[0])
    return [server, *map(int, Path(f"/proc/{server}/task/{server}/children").read_text().split())]


def _signal(cluster: Cluster, number: int) -> None:
    for process in _processes(cluster):
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, number)


def _kill(cluster: Cluster) -> None:
    _signal(cluster, signal.SIGKILL)
    (cluster.folder / "postmaster.pid").unlink()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument("--only", choices=("slow", "memory", "database"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="referatarkivet-soak-") as name:
        folder = Path(name)
        (folder / "data").mkdir()
        with archive(folder) as cluster:
            if options.only in (None, "slow"):
                measure_slow_clients(cluster, folder)
            if options.only in (None, "memory"):
                measure_memory(cluster, folder, options.requests)
            if options.only in (None, "database"):
                measure_database(cluster, folder)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
