"""Stores the places of a municipality's gazetteer, as a file has them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db import transaction

from minutes.gazetteer import key_of
from minutes.models import GazetteerName, GazetteerPlace, Municipality
from minutes.models.danish import slug

# Leaves space for the number that distinguishes a second place of the name.
_MAX_SLUG = 110


@dataclass(frozen=True)
class PlaceEntry:
    """A place of a file. `other_names` are what else it is called."""

    name: str
    kind: str
    external_id: str = ""
    other_names: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """The kind and the name, in which letter case makes no difference."""
        return self.kind, self.name.casefold()

    @property
    def names(self) -> list[str]:
        """All names, each once whatever its letter case."""
        by_folded: dict[str, str] = {}
        for name in (self.name, *self.other_names):
            by_folded.setdefault(name.casefold(), name)
        return list(by_folded.values())


@dataclass(frozen=True)
class StoredGazetteer:
    """The number of places that were added, changed, deleted and left as they were."""

    added: int
    changed: int
    deleted: int
    unchanged: int


@transaction.atomic
def store_gazetteer(
    municipality: Municipality, entries: Iterable[PlaceEntry], *, delete_others: bool = False
) -> StoredGazetteer:
    """Store the places of a file; a second time changes nothing. A constant number of queries.

    A place is the one of its kind and name, else the one of its kind and id, which gets the new name
    under its old address. Entries of one kind and name are one place: a text does not say which is meant.
    `delete_others` deletes the places that are not in the file.
    """
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    places = _Places(municipality)
    for entry in _merged(entries):
        places.store(entry)
    return places.save(delete_others=delete_others)


def _merged(entries: Iterable[PlaceEntry]) -> Iterable[PlaceEntry]:
    """Return one entry for each kind and name, with the other names of all and the first id."""
    merged: dict[tuple[str, str], PlaceEntry] = {}
    for entry in entries:
        first = merged.setdefault(entry.key, entry)
        if entry is not first:
            merged[entry.key] = replace(
                first,
                external_id=first.external_id or entry.external_id,
                other_names=(*first.other_names, *entry.other_names),
            )
    return merged.values()


class _Places:
    """The places of a municipality while a file is stored."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        rows = GazetteerPlace.objects.filter(municipality=municipality).prefetch_related("names")
        self.before = list(rows.order_by("pk"))
        self.by_name = {(row.kind, row.name.casefold()): row for row in self.before}
        self.by_id = {(row.kind, row.external_id): row for row in self.before if row.external_id}
        self.slugs = {row.slug for row in self.before}
        self.in_file: set[int] = set()
        self.new: list[tuple[GazetteerPlace, list[str]]] = []
        self.changed: list[tuple[GazetteerPlace, list[str]]] = []

    def store(self, entry: PlaceEntry) -> None:
        row = self.by_name.get(entry.key) or self.by_id.get((entry.kind, entry.external_id))
        if row is None or row.pk in self.in_file:
            self._add(entry)
            return
        self.in_file.add(row.pk)
        facts = (entry.name, entry.external_id or row.external_id)
        has_names = sorted(entry.names) == sorted(name.name for name in row.names.all())
        if (row.name, row.external_id) != facts or not has_names:
            row.name, row.external_id = facts
            self.changed.append((row, entry.names))

    def save(self, *, delete_others: bool) -> StoredGazetteer:
        others = [row.pk for row in self.before if row.pk not in self.in_file] if delete_others else []
        GazetteerPlace.objects.filter(pk__in=others).delete()
        changed = [row for row, _names in self.changed]
        GazetteerPlace.objects.bulk_update(changed, ["name", "external_id"], batch_size=500)
        GazetteerPlace.objects.bulk_create((row for row, _names in self.new), batch_size=2000)
        GazetteerName.objects.filter(place__in=changed).delete()
        GazetteerName.objects.bulk_create(
            (
                GazetteerName(place=row, name=name, key=key_of(name))
                for row, names in (*self.new, *self.changed)
                for name in names
            ),
            batch_size=2000,
        )
        unchanged = len(self.before) - len(changed) - len(others)
        return StoredGazetteer(len(self.new), len(changed), len(others), unchanged)

    def _add(self, entry: PlaceEntry) -> None:
        row = GazetteerPlace(
            municipality=self.municipality,
            slug=self._free_slug(entry.name),
            name=entry.name,
            kind=entry.kind,
            external_id=entry.external_id,
        )
        self.new.append((row, entry.names))

    def _free_slug(self, name: str) -> str:
        base = slug(name)[:_MAX_SLUG].strip("-")
        address, number = base, 1
        while address in self.slugs:
            number += 1
            address = f"{base}-{number}"
        self.slugs.add(address)
        return address
