"""The committee, day, time, place and people of invented headers, in as many layouts (headers.toml)."""

import pytest

from tests.headers import HEADERS, differences, read_header


@pytest.mark.parametrize("header", HEADERS, ids=[header["name"] for header in HEADERS])
def test_a_header_is_read_as_by_hand(header):
    assert list(differences(read_header(header), header)) == []
