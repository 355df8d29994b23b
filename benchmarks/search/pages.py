"""How fast the pages of the search are over HTTP: at rest, with several readers, while an import runs.

    ARCHIVE_DATA=... python -m benchmarks.search.pages queries.json

Starts gunicorn with two workers on the archive that `load` made. Each address is asked once before it is
measured. Milliseconds; prints plain tables, with the targets beside.
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
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from benchmarks.search.figures import Times
from benchmarks.search.load import ready

ROOT = Path(__file__).resolve().parents[2]
_ROUNDS = 3
_SECONDS_TO_START = 60
_IMPORTED_MEETINGS = 300
_DEEP_PAGE = 50
# What the pages of a kind should keep to: p50 and p95; everything below a second.
TARGETS = {
    "by rank": (60, 170),
    "  phrase": (None, 350),
    "by date": (35, 110),
    "filtered": (None, 60),
    f"page {_DEEP_PAGE}": (None, 250),
    "suggestions": (30, 30),
}
_LONGEST = 1000

# Kinds of pages, each with its addresses; those of a class of queries are told apart by two blanks.
Addresses = Mapping[str, Sequence[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path, help="JSON of benchmarks.search.queries")
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--without-import", action="store_true")
    options = parser.parse_args()
    asked = json.loads(options.queries.read_text(encoding="utf-8"))
    ready()
    print(f"{asked['items']:,} items, {len(asked['queries'])} queries")
    print_sizes()
    with served() as port:
        addresses = known_to(port, addresses_of(asked))
        for clients in (1, 4):
            print_times(
                f"{clients} client{'s' * (clients > 1)}",
                measured(port, addresses, clients=clients, rounds=options.rounds),
            )
        if not options.without_import:
            ranked = {kind: some for kind, some in addresses.items() if kind in by_rank(asked)}
            print_beside_import(port, ranked, options.rounds)


def addresses_of(asked: Mapping[str, Any]) -> dict[str, list[str]]:
    """Every kind of page with its addresses; the queries of one committee are a kind of their own."""
    plain = [query["q"] for query in asked["queries"] if "committee" not in query]
    narrowed = [query for query in asked["queries"] if "committee" in query]
    return {
        **by_rank(asked),
        "by date": [search(q=text, sorter="dato") for text in plain],
        "filtered": [
            search(q=each["q"], kommune=each["municipality_slug"], udvalg=each["committee_slug"])
            for each in narrowed
        ],
        f"page {_DEEP_PAGE}": [search(q=text, side=_DEEP_PAGE) for text in plain],
        "suggestions": [f"/soeg/forslag/?{urlencode({'q': each})}" for each in asked["beginnings"]],
        "person": [search(q=f'person:"{name}"') for name in asked["people"]],
        "case": [search(q=f"sag:{number}") for number in asked["cases"]],
    }


def by_rank(asked: Mapping[str, Any]) -> dict[str, list[str]]:
    """Of all classes together, and of each."""
    classes: dict[str, list[str]] = defaultdict(list)
    for query in asked["queries"]:
        if "committee" not in query:
            classes[f"  {query['class']}"].append(search(q=query["q"]))
    return {"by rank": [each for some in classes.values() for each in some], **classes}


def search(**parameters: object) -> str:
    return f"/soeg/?{urlencode(parameters)}"


@contextmanager
def served() -> Iterator[int]:
    """The site on a port of this machine, its style sheets collected."""
    statics = Path(tempfile.mkdtemp(prefix="referatarkivet-static-"))
    environment = os.environ | {"STATIC_ROOT": str(statics)}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "archive.wsgi", f"--bind=127.0.0.1:{port}"]
    command += ["--workers=2", "--threads=4", "--log-level=error", "--keep-alive=30"]
    manage("collectstatic", "--noinput", environment=environment)
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


def manage(*arguments: object, environment: Mapping[str, str] | None = None) -> None:
    command = [sys.executable, "manage.py", *map(str, arguments)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)


def wait_for(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if Client(port).status("/readyz") == 200:
                return
        except OSError:
            time.sleep(0.1)
    sys.exit("The web server does not answer.")


class Client:
    """Asks over a connection that is kept."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def status(self, address: str) -> int:
        """Ask, read all of the answer, and return its status; once more where the connection was closed."""
        for last in (False, True):
            try:
                self._connection.request("GET", address, headers={"Accept-Language": "da"})
                response = self._connection.getresponse()
                response.read()
            except (HTTPException, ConnectionError):
                self._connection.close()
                if last:
                    raise
            else:
                return response.status
        raise AssertionError("unreachable")

    def measured(self, address: str) -> tuple[int, float]:
        """The status, and the milliseconds it took."""
        began = time.perf_counter()
        status = self.status(address)
        return status, (time.perf_counter() - began) * 1000


def known_to(port: int, addresses: Addresses) -> dict[str, list[str]]:
    """Those of `addresses` that are pages, each asked once; the others are told of."""
    client = Client(port)
    statuses = {address: client.status(address) for some in addresses.values() for address in some}
    for kind, some in addresses.items():
        odd: dict[int, list[str]] = defaultdict(list)
        for address in some:
            if statuses[address] != 200:
                odd[statuses[address]].append(address)
        for status, those in odd.items():
            # A page too deep is one that a query with few matches does not have.
            if not (status == 404 and "side=" in those[0]):
                print(f"{kind.strip()}: {len(those)} of {len(some)} answered {status}, as {those[0]}")
    return {kind: [each for each in some if statuses[each] == 200] for kind, some in addresses.items()}


def measured(
    port: int,
    addresses: Addresses,
    *,
    clients: int,
    rounds: int,
    until: Callable[[], bool] = lambda: False,
) -> dict[str, Times]:
    """Ask every address so many times, in an order of its own for each client, or `until` it is enough."""
    times: dict[str, Times] = {kind: Times() for kind in addresses}
    # The same address is of several kinds and is asked once for all of them.
    kinds: dict[str, list[str]] = defaultdict(list)
    for kind, some in addresses.items():
        for address in some:
            kinds[address].append(kind)
    lock = threading.Lock()

    def ask(number: int) -> None:
        client, order = Client(port), list(kinds)
        random = Random(number)
        for _round in range(rounds):
            random.shuffle(order)
            for address in order:
                if until():
                    return
                status, took = client.measured(address)
                with lock:
                    for kind in kinds[address]:
                        if status == 200:
                            times[kind].times.append(took)
                        else:
                            times[kind].failed += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def print_times(title: str, times: Mapping[str, Times]) -> None:
    print(f"\n{title:<18}{'asked':>7}{'p50':>9}{'p95':>9}{'max':>9}   target p50  p95")
    for kind, each in times.items():
        p50, p95 = TARGETS.get(kind, (None, None))
        target = f"{p50 or '':>13}{p95 or '':>5}"
        over = [
            name
            for name, value, limit in (
                ("p50", each.p50, p50),
                ("p95", each.p95, p95),
                ("max", each.longest, _LONGEST),
            )
            if limit and value > limit
        ]
        told = f"  over: {', '.join(over)}" if over else ""
        print(f"{kind:<18}{len(each.times):>7}{each.columns()}{target}{told}")


def print_beside_import(port: int, addresses: Addresses, rounds: int) -> None:
    """The pages at rest and while an import of made minutes runs."""
    at_rest = measured(port, addresses, clients=1, rounds=rounds)
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-import-"))
    try:
        name = made_minutes(folder)
        command = [sys.executable, "manage.py", "import_minutes", folder, "--municipality", name, "--new"]
        began = time.monotonic()
        importing = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        beside = measured(port, addresses, clients=1, rounds=1000, until=lambda: importing.poll() is not None)
        took = time.monotonic() - began
        if importing.wait():
            print("The import failed.")
    finally:
        shutil.rmtree(folder)
    print(f"\nWhile {_IMPORTED_MEETINGS} meetings were imported ({took:.0f} s, start included)")
    print(f"{'':<18}{'at rest':>9}{'':>18}{'beside it':>9}")
    print(f"{'':<18}" + 2 * f"{'p50':>9}{'p95':>9}{'max':>9}")
    for kind in addresses:
        print(f"{kind:<18}{at_rest[kind].columns()}{beside[kind].columns()}")


def made_minutes(folder: Path) -> str:
    """Write minutes that the archive does not have; returns their municipality."""
    from minutes.models import Source
    from synthetic import generate_minutes

    name = ""
    for made in generate_minutes(_IMPORTED_MEETINGS, Source.objects.count(), 1, long=True):
        path = folder / made.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(made.data)
        name = made.municipality
    return name


def print_sizes() -> None:
    """The tables of the search and their indexes, and the archive they index."""
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
