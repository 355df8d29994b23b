"""Visitors' pages are read from a replica of the database, with two real PostgreSQL servers."""

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes.publishing import replication
from minutes.publishing.replication import Transactions, remember_transaction
from tests.clusters import Cluster, cluster_folder, new_cluster, replica_of, wait_until
from tests.running_site import Site, manage, running_site
from tests.texts import minutes

MAX_LAG = 3
_ACT = """
from minutes import publishing
from minutes.models import Meeting
publishing.{act}(Meeting.objects.get(date="{day}"), by=None, reason="Efter anmodning")
"""


class Archive:
    """A site that reads from a replica."""

    def __init__(self, primary: Cluster, replica: Cluster, folder: Path, site: Site) -> None:
        self.primary, self.replica, self.folder, self.site = primary, replica, folder, site

    def manage(self, *arguments: str) -> str:
        return manage(
            self.primary.url, self.folder / "data", *arguments, REPLICA_DATABASE_URL=self.replica.url
        )

    def act(self, act: str, day: str) -> None:
        self.manage("shell", "--verbosity=0", "-c", _ACT.format(act=act, day=day))

    def database(self, path: str, **headers: str) -> str:
        """Request a page that exists, and return the database that it was read from."""
        answer = self.site.get(path, **headers)
        assert answer.status == 200, (path, answer)
        lines = [line for line in self.site.requests() if line["path"] == path.partition("?")[0]]
        return lines[-1]["database"]

    def wait_for(self, database: str) -> None:
        """Wait until both workers read from the database."""
        wait_until(lambda: {self.database("/kommuner/") for _number in range(8)} == {database})


DAYS = ("2020-01-07", "2020-01-14", "2020-01-21", "2020-01-28")


def page(day: str) -> str:
    return f"/randers/beskaeftigelsesudvalget/{day}/"


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[Cluster, Path]]:
    """A server with four published meetings and the folder of its files."""
    with cluster_folder() as folder:
        primary = new_cluster(folder)
        data = folder / "site" / "data"
        data.mkdir(parents=True)
        files = folder / "files"
        files.mkdir()
        for day in DAYS:
            text = minutes("Budget", "Cykelsti", day="-".join(reversed(day.split("-"))))
            (files / f"{day}.txt").write_text(text, encoding="utf-8")
        manage(primary.url, data, "migrate", "--verbosity=0")
        manage(primary.url, data, "import_minutes", str(files), "--verbosity=0")
        yield primary, data.parent


@pytest.fixture(scope="module")
def archive(servers) -> Iterator[Archive]:
    primary, folder = servers
    replica = replica_of(primary)
    settings = {
        "REPLICA_DATABASE_URL": replica.url,
        "REPLICA_MAX_LAG_SECONDS": str(MAX_LAG),
        "REQUEST_DEADLINE_SECONDS": "3",
        "METRICS_TOKEN": "et-token",
    }
    with running_site(primary.url, folder, **settings) as site:
        archive = Archive(primary, replica, folder, site)
        site.wait_until_ready()
        archive.wait_for("replica")
        yield archive


def test_visitors_read_from_the_replica_and_staff_from_the_primary(archive):
    for path in (
        "/",
        page(DAYS[0]),
        "/soeg/?q=cykelsti",
        "/moeder/?format=csv",
        "/api/v1/meetings",
        "/en/moeder/",
    ):
        assert archive.database(path) == "replica", path
    assert archive.database("/moeder/", Cookie="sessionid=abc") == "default"
    for path in ("/admin/login/", "/om/fejl/", "/en/om/fejl/"):
        assert archive.database(path) == "default", path


def test_figures_and_readiness_have_the_lag(archive):
    archive.wait_for("replica")
    assert archive.site.get("/metrics", Authorization="Bearer et-token").status == 200

    def figure(name: str) -> float:
        text = archive.site.get("/metrics", Authorization="Bearer et-token").text
        return float(re.search(rf"^referatarkivet_{name} (.+)$", text, re.MULTILINE)[1])

    assert figure("replica_lost") == 0
    assert figure("replica_lag_seconds") < MAX_LAG
    ready = archive.site.get("/readyz").text
    assert re.fullmatch(r"ok\nthe replica lags \d\.\d s behind\nno worker is running\n", ready)


def test_a_replica_costs_a_page_no_query(archive):
    archive.database("/kommuner/")
    from_replica = archive.site.requests()[-1]
    archive.database("/kommuner/", Cookie="sessionid=abc")
    from_primary = archive.site.requests()[-1]
    assert (from_replica["database"], from_primary["database"]) == ("replica", "default")
    assert from_replica["queries"] == from_primary["queries"]


@pytest.mark.parametrize(("act", "day"), [("take_down_meeting", DAYS[1]), ("withdraw", DAYS[2])])
def test_what_is_taken_down_or_withdrawn_is_not_served_from_a_lagging_replica(archive, act, day):
    archive.wait_for("replica")
    archive.replica.value("SELECT pg_wal_replay_pause()")
    try:
        assert archive.database(page(day)) == "replica"
        archive.act(act, day)
        # At once, in every worker: the replica still has it.
        answers = {archive.site.get(page(day)).status for _number in range(8)}
        searches = [archive.site.get(f"/soeg/?q=cykelsti&fra={day}&til={day}").text for _number in range(4)]
        state = archive.replica.value(f"SELECT state FROM minutes_meeting WHERE date = '{day}'")
        databases = {archive.database("/kommuner/") for _number in range(8)}
    finally:
        archive.replica.value("SELECT pg_wal_replay_resume()")
    assert answers <= {404, 410}
    assert not [text for text in searches if page(day) in text]
    assert (state, databases) == ("published", {"default"})
    archive.wait_for("replica")
    assert archive.site.get(page(day)).status in {404, 410}


def test_a_replica_that_lags_is_not_read_from(archive):
    archive.wait_for("replica")
    archive.replica.value("SELECT pg_wal_replay_pause()")
    try:
        archive.primary.value("CREATE TABLE written (number int)")
        start = time.monotonic()
        archive.wait_for("default")
        seconds = time.monotonic() - start
    finally:
        archive.replica.value("SELECT pg_wal_replay_resume()")
    assert MAX_LAG - 2 < seconds < MAX_LAG + 3
    archive.wait_for("replica")


def test_a_replica_that_is_frozen_or_lost_costs_no_page(archive):
    archive.wait_for("replica")
    server = int((archive.replica.folder / "postmaster.pid").read_text().split()[0])
    family = [server, *children(server)]
    for process in family:
        os.kill(process, signal.SIGSTOP)
    try:
        frozen = [archive.site.get("/kommuner/") for _number in range(10)]
    finally:
        for process in family:
            os.kill(process, signal.SIGCONT)
    archive.wait_for("replica")
    archive.replica.stop("immediate")
    lost = [archive.site.get("/kommuner/") for _number in range(20)]
    archive.replica.start()
    archive.wait_for("replica")
    assert {answer.status for answer in frozen + lost} == {200}
    assert max(answer.seconds for answer in frozen + lost) < 4
    assert sorted(answer.seconds for answer in lost)[10] < 1


def children(process: int) -> list[int]:
    """Return the processes that a process of the server has started."""
    return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_pages_go_on_without_the_primary_and_after_a_failover(archive, tmp_path):
    archive.wait_for("replica")
    lsn = archive.primary.value("SELECT pg_current_wal_lsn()")
    wait_until(lambda: archive.replica.value(f"SELECT pg_last_wal_replay_lsn() >= '{lsn}'"))
    archive.primary.stop("immediate")
    answers = [archive.site.get(page(DAYS[0])) for _number in range(20)]
    assert {answer.status for answer in answers} == {200}
    archive.replica.promote()
    # It is no replica any more, and the primary is gone.
    wait_until(lambda: archive.site.get("/kommuner/").status == 503)
    shutil.copytree(archive.folder / "data", tmp_path / "data")
    with running_site(archive.replica.url, tmp_path) as site:
        site.wait_until_ready()
        assert site.get(page(DAYS[0])).status == 200
        assert site.get(page(DAYS[1])).status in {404, 410}
        manage(archive.replica.url, tmp_path / "data", "check_search")
        assert site.get("/readyz").status == 200


def test_transactions_are_remembered_once_and_read_as_they_are_added(settings, data_folder, db):
    settings.REPLICA_DATABASE_URL = "postgresql://replica/archive"
    transactions = Transactions()
    assert transactions.added() == []
    remember_transaction()
    (number,) = transactions.added()
    assert transactions.added() == []
    remember_transaction()
    assert transactions.added() == [number]
    replication.path().write_text("7\n")
    assert transactions.added() == [7]
    assert Transactions().added() == [7]
