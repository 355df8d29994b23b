"""Pairs the items of a new version with those the archive holds, so that addresses stay."""

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from minutes.models.danish import slug


class Printed(NamedTuple):
    """What tells an item from another; `address` is its slug in the archive, or empty."""

    number: str
    title: str
    case_number: str
    address: str


def pair(
    before: Sequence[Printed], now: Sequence[Printed], reserved: Iterable[str] = ()
) -> list[tuple[int | None, str]]:
    """For each item of `now`: the index in `before` of the same item, or None, and its address.

    By case number, title and number; then by case number and title; then by number. Each is used once.
    An item that the archive does not hold gets its number, else its place, as address, "-2" when taken
    by another or `reserved`.
    """
    found: dict[int, int] = {}
    for key in (_all_three, _case_and_title, _number):
        _pair_by(key, before, now, found)
    taken = {before[old].address for old in found.values()}.union(reserved)
    addresses: list[tuple[int | None, str]] = []
    for new, item in enumerate(now):
        if new in found:
            addresses.append((found[new], before[found[new]].address))
            continue
        address = _free_address(slug(item.number)[:30] or str(new + 1), taken)
        taken.add(address)
        addresses.append((None, address))
    return addresses


def _pair_by(
    key: Callable[[Printed], tuple[str, ...]],
    before: Sequence[Printed],
    now: Sequence[Printed],
    found: dict[int, int],
) -> None:
    """Add to `found` the pairs that `key` tells, among those not paired yet, in order."""
    used = set(found.values())
    free: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for old, item in enumerate(before):
        if old not in used and any(key(item)):
            free[key(item)].append(old)
    for new, item in enumerate(now):
        if new not in found and free.get(key(item)):
            found[new] = free[key(item)].popleft()


def _free_address(wanted: str, taken: set[str]) -> str:
    address, repeat = wanted, 1
    while address in taken:
        repeat += 1
        address = f"{wanted}-{repeat}"
    return address


def _all_three(item: Printed) -> tuple[str, ...]:
    return (slug(item.case_number), slug(item.title), slug(item.number))


def _case_and_title(item: Printed) -> tuple[str, ...]:
    return (slug(item.case_number), slug(item.title))


def _number(item: Printed) -> tuple[str, ...]:
    return (slug(item.number),)
