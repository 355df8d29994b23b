"""Measures public pages while anonymous posters post passwords to the login page, each from other addresses.

    BEHIND_PROXY=1 make demo PORT=8001
    python -m benchmarks.posters --port 8001 [--posters 16] [--seconds 15]

Prints the median and the 95th percentile of the pages in milliseconds, without posters and with them. A
poster sends the next password when the last is answered, with another `X-Forwarded-For` each time, so that
no limit by address or account stops it. Only on this machine, for a minute at most.
"""

import argparse
import http.client
import random
import re
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

_LOGIN = "/admin/login/"
_PAGES = ("/", "/soeg/?q=cykelsti", "/moeder/")
_MOST_SECONDS, _MOST_POSTERS = 60, 64
# name="csrfmiddlewaretoken" value="ahQd…"
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--posters", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=15)
    options = parser.parse_args()
    seconds = min(options.seconds, _MOST_SECONDS / 2)
    site = Site(options.port)
    print_times("without posters", site.times_of_pages(seconds))
    with posting(site, min(options.posters, _MOST_POSTERS), seconds + 1) as statuses:
        time.sleep(1)
        times = site.times_of_pages(seconds)
    print_times(f"with {options.posters} posters", times)
    print("attempts by status:", dict(statuses))


class Site:
    """The site on this machine's port."""

    def __init__(self, port: int) -> None:
        self._port = port

    def answer(
        self, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Return status, headers and body of a request, a POST if there is a form."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        sent = {"X-Forwarded-For": _address(), **headers}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request("GET" if form is None else "POST", path, urlencode(form or {}), sent)
            response = connection.getresponse()
            return response.status, dict(response.getheaders()), response.read().decode()
        finally:
            connection.close()

    def times_of_pages(self, seconds: float) -> dict[str, list[float]]:
        """Return the milliseconds of each public page, one after the other, for so many seconds."""
        times: dict[str, list[float]] = {page: [] for page in _PAGES}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for page in _PAGES:
                start = time.perf_counter()
                status, _headers, _body = self.answer(page)
                times[page].append((time.perf_counter() - start) * 1000)
                if status != 200:
                    raise SystemExit(f"{page} was answered with {status}.")
        return times


@contextmanager
def posting(site: Site, posters: int, seconds: float) -> Iterator[Counter[int]]:
    """Post passwords for so many seconds; yield how many attempts got which status."""
    statuses: Counter[int] = Counter()
    end = time.monotonic() + seconds

    def post() -> None:
        _status, headers, body = site.answer(_LOGIN)
        match = _TOKEN.search(body)
        if match is None:
            raise SystemExit("There is no login form.")
        cookie = headers["Set-Cookie"].partition(";")[0]
        while time.monotonic() < end:
            name = f"bruger{random.randrange(10**9)}"
            form = {"login": name, "password": "et forkert kodeord", "csrfmiddlewaretoken": match[1]}
            status, _headers, _body = site.answer(_LOGIN, form, Cookie=cookie)
            statuses[status] += 1

    threads = [threading.Thread(target=post) for _number in range(posters)]
    for thread in threads:
        thread.start()
    yield statuses
    for thread in threads:
        thread.join()


def _address() -> str:
    """Return an address of a network for documentation and benchmarks (RFC 2544)."""
    return f"198.18.{random.randrange(256)}.{random.randrange(256)}"


def print_times(title: str, times: dict[str, list[float]]) -> None:
    print(title)
    for page, values in times.items():
        ninety_fifth = sorted(values)[int(len(values) * 0.95)]
        median = statistics.median(values)
        print(f"  {page:20} {len(values):5} requests, p50 {median:5.0f} ms, p95 {ninety_fifth:5.0f} ms")


if __name__ == "__main__":
    main()
