"""Files of lists have a budget: a few at a time in a process, each within a minute."""

import threading
import time
from collections.abc import Iterator

import pytest

from minutes.export import budget
from minutes.export.budget import AT_A_TIME, FileTooSlowError, Pieces, TooManyFilesError, Turn

pytestmark = pytest.mark.django_db
ADDRESS = "/moeder/?format=csv"


def test_a_file_too_many_is_503_until_another_is_sent(client):
    responses = [client.get(ADDRESS) for _number in range(AT_A_TIME)]
    assert {response.status_code for response in responses} == {200}
    refused = client.get(ADDRESS)
    assert refused.status_code == 503
    assert refused["Retry-After"] == "10"
    # Pages are not refused.
    assert client.get("/moeder/").status_code == 200
    assert b"".join(responses[0].streaming_content)
    assert client.get(ADDRESS).status_code == 200


def test_a_client_that_leaves_ends_the_turn():
    files = [Pieces(iter([b"linje"]), Turn()) for _number in range(AT_A_TIME)]
    files[0].close()
    files[0].close()
    turn = Turn()
    with pytest.raises(TooManyFilesError):
        Turn()
    turn.end()


def test_a_request_waits_a_moment_for_its_turn():
    turns = [Turn() for _number in range(AT_A_TIME)]
    threading.Timer(0.2, turns[0].end).start()
    start = time.monotonic()
    later = Turn()
    assert time.monotonic() - start < 1
    with pytest.raises(TooManyFilesError):
        Turn()
    later.end()


def test_a_file_that_is_not_read_in_time_is_broken_off(monkeypatch):
    monkeypatch.setattr(budget, "_SECONDS", 0.2)

    def endless() -> Iterator[bytes]:
        while True:
            yield b"linje"

    pieces = Pieces(endless(), Turn())
    assert next(pieces) == b"linje"
    time.sleep(0.3)
    with pytest.raises(FileTooSlowError):
        next(pieces)
    # Its turn is over.
    turns = [Turn() for _number in range(AT_A_TIME)]
    assert len(turns) == AT_A_TIME
