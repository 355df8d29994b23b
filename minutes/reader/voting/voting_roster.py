"""The members of a body, by whom the people of a vote are recognised."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from minutes.reader.records import Participant

# The most names that can be in one run of words without a mark between them.
_MOST_NAMES = 12


@dataclass(frozen=True, eq=False)
class VotingRoster:
    """The members present, each with the printed party. An empty roster knows nobody."""

    members: tuple[Participant, ...] = ()
    _by_name: dict[str, list[Participant]] = field(default_factory=dict, init=False, repr=False)
    _by_word: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)
    _by_initials: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False)
    parties: frozenset[str] = field(default=frozenset(), init=False, repr=False)

    def __post_init__(self) -> None:
        for member in self.members:
            self._by_name.setdefault(_key(member.name), []).append(member)
        for name in sorted({member.name for member in self.members}):
            words = name.split()
            initials = "".join(word[0] for word in words if word[0].isupper())
            for letters in {initials, initials[:1] + initials[-1:]}:
                self._by_initials.setdefault(letters, []).append(name)
            for word in {words[0], words[-1]}:
                self._by_word.setdefault(_key(word), []).append(name)
        object.__setattr__(
            self, "parties", frozenset(member.party for member in self.members if member.party)
        )

    def full_name(self, name: str) -> str | None:
        """Return the roster's name for a full name, a first name or a surname of one member."""
        members = self._by_name.get(_key(name))
        if members:
            return members[0].name
        words = name.split()
        if len(words) == 1:
            names = self._by_word.get(_key(name), [])
            return names[0] if len(names) == 1 else None
        # "Carsten Holt" for "Carsten Ravn Holt"
        firsts, lasts = (self._by_word.get(_key(word), []) for word in (words[0], words[-1]))
        names = [full for full in firsts if full in lasts and _is_part(words, full)]
        # "Svend Erik" for "Svend Erik Legind"
        names = names or [full for full in firsts if _key(full).startswith(f"{_key(name)} ")]
        return names[0] if len(names) == 1 else None

    def of_initials(self, letters: str) -> str | None:
        """Return the only member with initials: "TL" for "Thomas Lykke"."""
        names = self._by_initials.get(letters, [])
        return names[0] if len(names) == 1 else None

    def is_member(self, name: str) -> bool:
        return _key(name) in self._by_name

    def party_of(self, name: str) -> str | None:
        """Return the party of a member; None for namesakes of several parties."""
        parties = {member.party for member in self._by_name.get(_key(name), ())}
        return parties.pop() if len(parties) == 1 else None

    def namesakes(self) -> frozenset[str]:
        return frozenset(
            name for name, times in Counter(member.name for member in self.members).items() if times > 1
        )

    def split(self, words: Sequence[str]) -> list[str]:
        """Return the names that a run of words consists of, or [] when a word belongs to none."""
        names: list[str] = []
        at = 0
        while at < len(words) and len(names) < _MOST_NAMES:
            for length in range(min(6, len(words) - at), 1, -1):
                if self.is_member(" ".join(words[at : at + length])):
                    names.append(" ".join(words[at : at + length]))
                    at += length
                    break
            else:
                return []
        return names if at == len(words) else []

    def has_word(self, word: str) -> bool:
        return any(_key(word) in _key(name).split() for name in self._by_name)


def _key(name: str) -> str:
    return " ".join(name.casefold().replace(".", "").split())


def _is_part(words: Iterable[str], full: str) -> bool:
    return {_key(word) for word in words} <= set(_key(full).split())
