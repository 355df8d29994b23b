"""compose.scale.yaml over compose.yaml, and the scripts that make a replica, run with real servers."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.clusters import AS_POSTGRES, PROGRAMS, Cluster, cluster_folder, new_cluster, run, wait_until

ROOT = Path(__file__).parents[1]
PASSWORD = "a\"b'c@:/%20 $æ"


def read(name: str) -> dict[str, Any]:
    content = yaml.safe_load((ROOT / name).read_text())
    assert isinstance(content, dict)
    return content


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services of both files, with their environments merged as compose does."""
    base, scale = read("compose.yaml")["services"], read("compose.scale.yaml")["services"]
    merged = {}
    for name in base | scale:
        extended = base[scale[name]["extends"]["service"]] if "extends" in scale.get(name, {}) else {}
        parts = [extended, base.get(name, {}), scale.get(name, {})]
        environment = {key: value for part in parts for key, value in part.get("environment", {}).items()}
        volumes = [volume for part in parts for volume in part.get("volumes", [])]
        merged[name] = {**parts[0], **parts[1], **parts[2], "environment": environment, "volumes": volumes}
    return merged


def test_both_sites_have_the_same_settings_and_data(services):
    assert services["web"]["environment"] == services["web2"]["environment"]
    assert services["web"]["volumes"] == services["web2"]["volumes"] == services["worker"]["volumes"]
    assert services["web"]["environment"].keys() >= read("compose.yaml")["x-environment"].keys()
    assert services["web2"]["command"] == re.findall(
        r'"([^"]+)"', (ROOT / "Dockerfile").read_text().splitlines()[-1]
    )


def test_all_processes_know_the_replica_and_only_sites_use_the_pooler(services):
    for name in ("web", "web2", "worker", "migrate"):
        environment = services[name]["environment"]
        assert environment["REPLICA_DATABASE_URL"], name
        is_site = name.startswith("web")
        assert ("@pgbouncer:6432/" in environment["DATABASE_URL"]) == is_site, name
        assert (environment.get("TRANSACTION_POOLING") == "1") == is_site, name


def test_every_file_and_host_that_is_named_exists(services):
    for name, service in services.items():
        for source in (volume.split(":")[0] for volume in service["volumes"] if volume.startswith("./")):
            assert (ROOT / source).is_file(), (name, source)
        for other in service.get("depends_on", ()):
            assert other in services, name
    hosts = set(services) | set(services["database"]["networks"]["default"]["aliases"])
    upstream = (ROOT / "deploy" / "nginx" / "upstream.scale.conf").read_text()
    assert set(re.findall(r"server (\w+):8000", upstream)) == {"web", "web2"}
    pooler = (ROOT / "deploy" / "pgbouncer" / "pgbouncer.ini").read_text()
    assert set(re.findall(r"host=(\w+)", pooler)) <= hosts
    addresses = " ".join(str(service["environment"]) for service in services.values())
    assert set(re.findall(r"postgresql://\w+@(\w+):", addresses)) <= hosts
    databases = set(re.findall(r"^(\w+) = host=", pooler, re.MULTILINE))
    assert set(re.findall(r"pgbouncer:6432/(\w+)", addresses)) == databases


def test_every_variable_is_described():
    described = (ROOT / "docs" / "operations.md").read_text()
    for variable in re.findall(r"\$\{([A-Z_]+)", (ROOT / "compose.scale.yaml").read_text()):
        assert f"`{variable}`" in described


@pytest.fixture(scope="module")
def primary() -> Iterator[Cluster]:
    with cluster_folder() as folder:
        yield new_cluster(folder)


def script(name: str, *arguments: str | Path, **environment: str) -> "subprocess.Popen[bytes]":
    # Copied by the shell, since the server's user may not enter this folder.
    program = (ROOT / "deploy" / "postgres" / name).read_text()
    return subprocess.Popen(
        [*AS_POSTGRES, "sh", "-c", program, name, *arguments],
        env={"PATH": f"{PROGRAMS}:{os.environ['PATH']}", **environment},
        cwd="/tmp",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def test_the_scripts_make_a_replica_that_goes_on_after_a_restart(primary):
    connect = {"PGHOST": "127.0.0.1", "PGPORT": str(primary.port)}
    database = {"POSTGRES_USER": "postgres", "POSTGRES_DB": "postgres", "REPLICATION_PASSWORD": PASSWORD}
    assert script("replication.sh", PGDATA=str(primary.folder), **database, **connect).wait(30) == 0
    access = primary.folder / "pg_hba.conf"
    lines = access.read_text().splitlines()
    assert lines[-1] == "host replication replication all scram-sha-256"
    # First, before those of this cluster that trust everybody.
    access.write_text("\n".join([lines[-1], *lines[:-1]]) + "\n")
    run("pg_ctl", "reload", "-D", primary.folder)
    replica = Cluster(primary.folder.with_name("replica"), primary.port + 1)
    follow = {
        "PGDATA_REPLICA": str(replica.folder),
        "PRIMARY_HOST": "127.0.0.1",
        "PRIMARY_PORT": str(primary.port),
        "PGPASSWORD": PASSWORD,
    }
    options = (
        *("-c", f"port={replica.port}", "-c", "listen_addresses=127.0.0.1"),
        *("-c", f"unix_socket_directories={replica.folder.parent}", "-c", "fsync=off"),
    )
    for number in (1, 2):
        server = script("follow.sh", "postgres", *options, **follow)
        try:
            primary.value(f"CREATE TABLE written_{number} ()")
            wait_until(lambda: replica.has(f"written_{number}"))  # noqa: B023
            assert replica.value("SELECT pg_is_in_recovery()")
            assert primary.value("SELECT active FROM pg_replication_slots WHERE slot_name = 'replica'")
        finally:
            run("pg_ctl", "stop", "-D", replica.folder, "-m", "fast", "-w")
            server.wait(timeout=20)


def test_a_wrong_password_makes_no_replica(primary):
    failed = script(
        "follow.sh",
        "postgres",
        PGDATA_REPLICA=str(primary.folder.with_name("other")),
        PRIMARY_HOST="127.0.0.1",
        PRIMARY_PORT=str(primary.port),
        PGPASSWORD="et-andet",
    )
    assert failed.wait(30) != 0
    assert not (primary.folder.with_name("other") / "PG_VERSION").exists()
