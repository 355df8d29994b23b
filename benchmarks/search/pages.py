"""Measure the pages of the search over HTTP: with one client, with four, and during an import.

    ARCHIVE_DATA=... python -m benchmarks.search.pages queries.json

Starts gunicorn with two workers on the archive that `load` filled. Every address is requested once before it
is measured. Prints tables of milliseconds beside their targets.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from benchmarks.search.latencies import Latencies
from benchmarks.search.load import set_up_archive

ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 3
_SECONDS_TO_START = 60
_IMPORTED_MEETINGS = 300
_DEEP_PAGE = 50
# Targets of p50 and p95 by kind of page, and of the slowest page of all.
TARGETS = {
    "by rank": (60, 170),
    "  phrase": (None, 350),
    "by date": (35, 110),
    "filtered": (None, 60),
    f"page {_DEEP_PAGE}": (None, 250),
    "suggestions": (30, 30),
}
_MAX_MILLISECONDS = 1000

# Addresses by kind of page; the kinds of a class of queries are indented by two spaces.
Addresses = Mapping[str, Sequence[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path, help="JSON of benchmarks.search.queries")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--without-import", action="store_true")
    options = parser.parse_args()
    queries = json.loads(options.queries.read_text(encoding="utf-8"))
    set_up_archive()
    print(f"{queries['items']:,} items, {len(queries['queries'])} queries")
    print_sizes()
    with run_server() as port:
        addresses = existing(port, all_addresses(queries))
        for clients in (1, 4):
            print_latencies(
                f"{clients} client{'s' * (clients > 1)}",
                measure(port, addresses, clients=clients, rounds=options.rounds),
            )
        if not options.without_import:
            by_rank = {kind: addresses[kind] for kind in ranked_addresses(queries)}
            print_during_import(port, by_rank, options.rounds)


def all_addresses(queries: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the addresses of all kinds of pages; queries within a committee are a kind of their own."""
    unfiltered = [query["q"] for query in queries["queries"] if "committee" not in query]
    filtered = [query for query in queries["queries"] if "committee" in query]
    return {
        **ranked_addresses(queries),
        "by date": [search_address(q=text, sorter="dato") for text in unfiltered],
        "filtered": [
            search_address(q=query["q"], kommune=query["municipality_slug"], udvalg=query["committee_slug"])
            for query in filtered
        ],
        f"page {_DEEP_PAGE}": [search_address(q=text, side=_DEEP_PAGE) for text in unfiltered],
        "suggestions": [f"/soeg/forslag/?{urlencode({'q': text})}" for text in queries["beginnings"]],
        "person": [search_address(q=f'person:"{name}"') for name in queries["people"]],
        "case": [search_address(q=f"sag:{number}") for number in queries["cases"]],
    }


def ranked_addresses(queries: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return the addresses of pages by rank, of all classes together and of each class."""
    by_class: dict[str, list[str]] = defaultdict(list)
    for query in queries["queries"]:
        if "committee" not in query:
            by_class[f"  {query['class']}"].append(search_address(q=query["q"]))
    return {"by rank": [address for addresses in by_class.values() for address in addresses], **by_class}


def search_address(**parameters: object) -> str:
    return f"/soeg/?{urlencode(parameters)}"


@contextmanager
def run_server() -> Iterator[int]:
    """Run the site with its static files; yields its port."""
    statics = Path(tempfile.mkdtemp(prefix="referatarkivet-static-"))
    environment = os.environ | {"STATIC_ROOT": str(statics)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "archive.wsgi", f"--bind=127.0.0.1:{port}"]
    command += ["--workers=2", "--threads=4", "--log-level=error", "--keep-alive=30"]
    run_command("collectstatic", "--noinput", environment=environment)
    with (statics / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=log)
    try:
        wait_for(server, port)
        yield port
    except SystemExit:
        print((statics / "server.log").read_text(errors="replace")[-4000:], file=sys.stderr)
        raise
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(statics)


def run_command(*arguments: object, environment: Mapping[str, str] | None = None) -> None:
    command = [sys.executable, "manage.py", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if Client(port).status("/readyz") == HTTPStatus.OK:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The web server does not answer.")


class Client:
    """An HTTP client with a persistent connection."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def status(self, address: str) -> int:
        """Request a page and return its status; reconnect once if the connection was closed."""
        for is_retry in (False, True):
            try:
                self._connection.request("GET", address, headers={"Accept-Language": "da"})
                response = self._connection.getresponse()
                response.read()
            except (HTTPException, ConnectionError):
                self._connection.close()
                if is_retry:
                    raise
            else:
                return response.status
        raise AssertionError("unreachable")

    def timed(self, address: str) -> tuple[int, float]:
        """Request a page; return its status and the milliseconds."""
        start = time.perf_counter()
        status = self.status(address)
        return status, (time.perf_counter() - start) * 1000


def existing(port: int, addresses: Addresses) -> dict[str, list[str]]:
    """Request all addresses once; return those that are pages, and report the others."""
    client = Client(port)
    statuses = {address: client.status(address) for of_kind in addresses.values() for address in of_kind}
    for kind, of_kind in addresses.items():
        failed: dict[int, list[str]] = defaultdict(list)
        for address in of_kind:
            if statuses[address] != HTTPStatus.OK:
                failed[statuses[address]].append(address)
        for status, failures in failed.items():
            # Queries with few matches have no deep pages.
            if not (status == HTTPStatus.NOT_FOUND and "side=" in failures[0]):
                print(
                    f"{kind.strip()}: {len(failures)} of {len(of_kind)} returned {status}, as {failures[0]}"
                )
    return {
        kind: [address for address in of_kind if statuses[address] == HTTPStatus.OK]
        for kind, of_kind in addresses.items()
    }


def measure(
    port: int,
    addresses: Addresses,
    *,
    clients: int,
    rounds: int,
    is_finished: Callable[[], bool] = lambda: False,
) -> dict[str, Latencies]:
    """Request every address in each round, in a random order for each client, until `is_finished`."""
    latencies: dict[str, Latencies] = {kind: Latencies() for kind in addresses}
    # An address may be of several kinds, and is requested once for all of them.
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, of_kind in addresses.items():
        for address in of_kind:
            kinds[address].append(kind)
    lock = threading.Lock()

    def run_client(number: int) -> None:
        client, order = Client(port), list(kinds)
        random = Random(number)
        for _round in range(rounds):
            random.shuffle(order)
            for address in order:
                if is_finished():
                    return
                status, milliseconds = client.timed(address)
                with lock:
                    for kind in kinds[address]:
                        if status == HTTPStatus.OK:
                            latencies[kind].times.append(milliseconds)
                        else:
                            latencies[kind].failed += 1

    threads = [threading.Thread(target=run_client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return latencies


def print_latencies(title: str, latencies: Mapping[str, Latencies]) -> None:
    print(f"\n{title:<18}{'asked':>7}{'p50':>9}{'p95':>9}{'max':>9}   target p50  p95")
    for kind, of_kind in latencies.items():
        p50, p95 = TARGETS.get(kind, (None, None))
        exceeded = [
            name
            for name, value, target in (
                ("p50", of_kind.p50, p50),
                ("p95", of_kind.p95, p95),
                ("max", of_kind.longest, _MAX_MILLISECONDS),
            )
            if target and value > target
        ]
        note = f"  over: {', '.join(exceeded)}" if exceeded else ""
        targets = f"{p50 or '':>13}{p95 or '':>5}"
        print(f"{kind:<18}{len(of_kind.times):>7}{of_kind.columns()}{targets}{note}")


def print_during_import(port: int, addresses: Addresses, rounds: int) -> None:
    """Measure the pages before and during an import of synthetic minutes."""
    before = measure(port, addresses, clients=1, rounds=rounds)
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-import-"))
    try:
        name = write_minutes(folder)
        command = [
            sys.executable,
            "manage.py",
            "import_minutes",
            str(folder),
            "--municipality",
            name,
            "--new",
        ]
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        during = measure(
            port, addresses, clients=1, rounds=1000, is_finished=lambda: process.poll() is not None
        )
        seconds = time.monotonic() - start
        if process.wait():
            print("The import failed.")
    finally:
        shutil.rmtree(folder)
    print(f"\nWhile {_IMPORTED_MEETINGS} meetings were imported ({seconds:.0f} s, start included)")
    print(f"{'':<18}{'before':>9}{'':>18}{'during':>9}")
    print(f"{'':<18}" + 2 * f"{'p50':>9}{'p95':>9}{'max':>9}")
    for kind in addresses:
        print(f"{kind:<18}{before[kind].columns()}{during[kind].columns()}")


def write_minutes(folder: Path) -> str:
    """Write minutes that the archive does not have; return their municipality."""
    from minutes.models import Source
    from synthetic import generate_minutes

    name = ""
    for minutes in generate_minutes(_IMPORTED_MEETINGS, Source.objects.count(), 1, long=True):
        path = folder / minutes.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(minutes.data)
        name = minutes.municipality
    return name


def print_sizes() -> None:
    """Print the sizes of the search tables, of their indexes, and of the whole database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(of.indrelid, class.oid)::regclass::text AS table, class.relname, class.relkind,
                CASE class.relkind WHEN 'r' THEN pg_table_size(class.oid)
                    ELSE pg_relation_size(class.oid) END
            FROM pg_class class LEFT JOIN pg_index of ON of.indexrelid = class.oid
            WHERE class.relkind IN ('r', 'i')
            AND coalesce(of.indrelid, class.oid)::regclass::text LIKE 'minutes\\_search%'
            ORDER BY 1, class.relkind DESC, 4 DESC
            """
        )
        print(f"\n{'search tables and indexes':<44}{'MB':>9}")
        for _table, name, kind, size in cursor.fetchall():
            print(f"{'' if kind == 'r' else '  '}{name:<{44 if kind == 'r' else 42}}{size / 1e6:9.1f}")
        cursor.execute("SELECT pg_database_size(current_database())")
        print(f"{'the whole database':<44}{cursor.fetchone()[0] / 1e6:9.1f}\n")


if __name__ == "__main__":
    main()
