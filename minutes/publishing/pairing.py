"""Pairs the items of a new version with the stored ones, so that their addresses are permanent."""

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from minutes.models.danish import slug


class Printed(NamedTuple):
    """The identifying facts of an item; `address` is the slug of a stored one, else empty."""

    number: str
    title: str
    case_number: str
    address: str


def pair(
    before: Sequence[Printed], now: Sequence[Printed], reserved: Iterable[str] = ()
) -> list[tuple[int | None, str]]:
    """Return for each item of `now` the index in `before` of the same item, or None, and its address.

    Items are paired by case number, title and number; then by case number and title; then by a title that
    no other item has, when not both have a case number; then by number. A new item's address is its number,
    else its position, with "-2" appended if that is used or `reserved`.
    """
    pairs: dict[int, int] = {}
    _pair_by(_all_three, before, now, pairs)
    _pair_by(_case_and_title, before, now, pairs)
    _pair_by_unique_title(before, now, pairs)
    _pair_by(_number, before, now, pairs)
    taken = {before[old].address for old in pairs.values()}.union(reserved)
    addresses: list[tuple[int | None, str]] = []
    for new, item in enumerate(now):
        if new in pairs:
            addresses.append((pairs[new], before[pairs[new]].address))
            continue
        address = free_address(slug(item.number)[:30] or str(new + 1), taken)
        taken.add(address)
        addresses.append((None, address))
    return addresses


def _pair_by(
    key: Callable[[Printed], tuple[str, ...]],
    before: Sequence[Printed],
    now: Sequence[Printed],
    pairs: dict[int, int],
) -> None:
    """Add to `pairs` the unpaired items with the same `key`, in their order."""
    used = set(pairs.values())
    free: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for old, item in enumerate(before):
        if old not in used and any(key(item)):
            free[key(item)].append(old)
    for new, item in enumerate(now):
        if new not in pairs and free.get(key(item)):
            pairs[new] = free[key(item)].popleft()


def _pair_by_unique_title(before: Sequence[Printed], now: Sequence[Printed], pairs: dict[int, int]) -> None:
    """Add to `pairs` the unpaired items with the same title, when one of them has no case number.

    A version can print the case numbers that an earlier one lacked, and number the items otherwise.
    """
    used = set(pairs.values())
    old_by_title = _unique_titles(before, used)
    for title, new in _unique_titles(now, set(pairs)).items():
        old = old_by_title.get(title)
        if title and old is not None and not (before[old].case_number and now[new].case_number):
            pairs[new] = old


def _unique_titles(items: Sequence[Printed], paired: set[int]) -> dict[str, int]:
    """Return the index of each unpaired item whose title no other item has, by title."""
    titles = [slug(item.title) for item in items]
    counts = Counter(titles)
    return {title: at for at, title in enumerate(titles) if at not in paired and counts[title] == 1}


def free_address(wanted: str, taken: set[str]) -> str:
    """Return the address `wanted`, with "-2" or a higher number appended if it is taken."""
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
