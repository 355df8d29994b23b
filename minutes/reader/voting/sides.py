"""The voters of one side of a ballot."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Voters:
    """A side of a ballot as printed. `members` are people with the party printed at their vote.

    `parties` voted as one, with their numbers. `of_parties` only say whose member somebody is. `whole` is
    False when a part of the list was not understood.
    """

    count: int | None = None
    members: list[tuple[str, str | None]] = field(default_factory=list)
    parties: dict[str, int | None] = field(default_factory=dict)
    of_parties: set[str] = field(default_factory=set)
    whole: bool = True

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.members]

    @property
    def somebody(self) -> bool:
        return bool(self.members or self.parties)

    def of_party(self, party: str) -> "Voters":
        """Return the people as members of a party."""
        members: list[tuple[str, str | None]] = [(name, own or party) for name, own in self.members]
        return Voters(members=members, of_parties={party}, whole=self.whole)

    def add(self, other: "Voters") -> None:
        known = set(self.members)
        self.members += [member for member in other.members if member not in known]
        self.parties |= other.parties
        self.of_parties |= other.of_parties
        self.whole = self.whole and other.whole
