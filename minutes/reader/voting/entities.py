"""Tokens → tokens with people and parties: a run of capitalised words is a person, a party or unknown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from minutes.reader.voting.lexicon import Kind, Lexicon
from minutes.reader.voting.tokens import Token
from minutes.reader.voting.voting_roster import VotingRoster
from minutes.reader.words import WORDS

_PARTICLES = frozenset(WORDS.people.name_particles)
_ABBREVIATIONS = frozenset(WORDS.people.name_abbreviations)
_PARTIES = frozenset(WORDS.people.parties)
_OPENINGS = frozenset(WORDS.people.party_openings)
_ENDINGS = tuple(WORDS.people.party_endings)
# The parties of the country; other letters are of local lists.
_LETTERS = frozenset("ABCDFIKMOVØÅ")
_LONGEST_LETTERS = 3
_SHORT_PARTIES = frozenset(("sf", "df", "la", "kd", "nb", "el", "rv", "kf", "lok", "dd", "en", "cd"))
_LONGEST_PARTY = 5
# A word that can be in a name in spite of its other meaning.
_WEAK = Kind.TITLE | Kind.NO_NAME
# Kinds of tokens that no name has, wherever they are in a run of capitalised words.
_MARKS = Kind.BREAK | Kind.TAB | Kind.COMMA | Kind.STOP | Kind.COLON | Kind.OPEN | Kind.CLOSE | Kind.DASH
# Behind these a list of voters goes on or begins.
_LIST_AHEAD = Kind.COMMA | Kind.AND | Kind.PLUS | Kind.VERB | Kind.COLON | Kind.OPEN | Kind.BE
_LIST_BEHIND = Kind.COMMA | Kind.AND | Kind.PLUS | Kind.OPEN | Kind.CLOSE | Kind.STOP | Kind.BREAK | Kind.VERB


_PARTY_NAMES = Lexicon()
_PARTY_NAMES.add(Kind.PARTY, WORDS.people.parties)
_PARTY_NAMES.add(Kind.PARTY, (f"{party}s" for party in WORDS.people.parties))


_BODIES = ("udvalg", "udvalget", "råd", "rådet", "kommune", "nævn", "nævnet", "bestyrelse", "bestyrelsen")


def _is_body(words: Sequence[str]) -> bool:
    """Return True for "Teknisk Udvalg"."""
    return any(word.lower().endswith(_BODIES) for word in words[1:])


# A list's name; offices have the definite form: "Nytgribskov"
_LOCAL_LIST = re.compile(r"[A-ZÆØÅ][a-zæøå]{4,30}(?<!en)(?<!et)(?<!ne)(?<!er)(?<!es)")
# "Venstres gruppe"
_GROUPS = {"gruppe", "byrådsgruppe", "partigruppe", "medlemmer", "repræsentanter", "byrådsmedlemmer"}
_ACTS_OF_GROUPS = frozenset(WORDS.grammar.acts)


def _is_among_parties(tokens: Sequence[Token], at: int) -> bool:
    """Return True if a party is beside a token in a list."""
    separators = Kind.COMMA | Kind.AND | Kind.PLUS
    before = at > 1 and tokens[at - 1].kind & separators and Kind.PARTY in tokens[at - 2]
    behind = at + 2 < len(tokens) and tokens[at + 1].kind & separators and Kind.PARTY in tokens[at + 2]
    person = at + 2 < len(tokens) and tokens[at + 1].kind & separators and Kind.PERSON in tokens[at + 2]
    return bool(before or behind or person)


class _Words(Sequence[str]):
    """The words of tokens in lower case, "" for marks."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens

    def __len__(self) -> int:
        return len(self._tokens)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        text = self._tokens[at].text
        return text.lower() if text[:1].isalpha() else ""


class Entities:
    """Finds the people and parties among the tokens of one decision."""

    def __init__(self, tokens: Sequence[Token], roster: VotingRoster) -> None:
        self.tokens = tokens
        self.roster = roster
        self.letters = _LETTERS | {party for party in roster.parties if len(party) <= _LONGEST_LETTERS}

    def merged(self) -> list[Token]:
        """Return the tokens, with each person and party as one."""
        merged: list[Token] = []
        at = 0
        while at < len(self.tokens):
            entities, end = self._at(at)
            if entities:
                merged += entities
                at = self._behind_group(entities[-1], end)
            else:
                merged.append(self._plain(at))
                at += 1
        return self._with_local_lists(merged)

    def _behind_group(self, party: Token, end: int) -> int:
        """Return the index behind the group of a party: "Venstres gruppe", "V's medlemmer"."""
        genitive = Kind.PARTY in party and party.end - party.start > len(party.name)
        group = genitive and end < len(self.tokens) and self.tokens[end].text in _GROUPS
        return end + 1 if group else end

    def _with_local_lists(self, tokens: list[Token]) -> list[Token]:
        """Return the tokens with words such as "Nytgribskov" as parties, where they are among parties.

        And where the decision has them act as groups do, or the roster knows that nobody has this name.
        """
        candidates = {
            token.text
            for at, token in enumerate(tokens)
            if Kind.UNKNOWN in token and self._is_local_list(token.text) and _is_among_parties(tokens, at)
        }
        acting = {
            token.text
            for token, following in pairwise(tokens)
            if Kind.UNKNOWN in token and following.text in _ACTS_OF_GROUPS
        }
        lists = {name for name in candidates if name in acting or self.roster.members}
        return [
            replace(token, kind=Kind.PARTY, value=token.text)
            if Kind.UNKNOWN in token and token.text in lists
            else token
            for token in tokens
        ]

    def _is_local_list(self, text: str) -> bool:
        return bool(_LOCAL_LIST.fullmatch(text)) and not self.roster.has_word(text)

    def _plain(self, at: int) -> Token:
        token = self.tokens[at]
        return replace(token, kind=token.kind & ~Kind.GROUP) if Kind.GROUP in token else token

    def _at(self, at: int) -> tuple[list[Token], int]:
        """Return the people and parties that begin at a token, and the index behind them."""
        token = self.tokens[at]
        if Kind.GROUP in token:
            entities, end = self._group(at)
            if entities:
                return entities, end
        known = self._known_party(at)
        if known:
            return known
        if not self._begins_name(at):
            return [], at
        words, end = self._run(at)
        return list(self._read(words, at, end)), end

    # Runs of capitalised words

    def _begins_name(self, at: int) -> bool:
        token = self.tokens[at]
        if not token.capital and not self._is_prefixed(at):
            return False
        if token.text in self.letters and token.kind == Kind.NO_NAME:  # "V, O og I"
            return at + 1 >= len(self.tokens) or self._ends_list(at)
        return not token.kind or bool(token.kind & Kind.NO_NAME == token.kind and self._named(at))

    def _ends_list(self, at: int) -> bool:
        """Return True if the letter of a party at a token is an entry of a list: "V, O og I undlod"."""
        listed = at > 0 and bool(self.tokens[at - 1].kind & (Kind.COMMA | Kind.AND | Kind.PLUS))
        kinds = _LIST_BEHIND | (Kind.SIDE | Kind.ABSTAIN | Kind.FAVOUR if listed else Kind.OTHER)
        return bool(self.tokens[at + 1].kind & kinds)

    def _named(self, at: int) -> bool:
        """Return True if a word such as "Plan" begins a name of the roster."""
        return self.roster.full_name(self.tokens[at].text) is not None

    def _is_prefixed(self, at: int) -> bool:
        """Return True for "el-Khatib"."""
        head, _, tail = self.tokens[at].text.partition("-")
        return head in _PARTICLES and tail[:1].isupper()

    def _run(self, at: int) -> tuple[list[int], int]:
        """Return the indices of the words of a run and the index behind it."""
        words = [at]
        end = self._behind(at, first=True)
        while end < len(self.tokens):
            token = self.tokens[end]
            if token.wide and len(words) > 1 and self._is_name_ahead(end):
                break
            if self._in_name(end):
                words.append(end)
                end = self._behind(end, first=False)
            elif token.text in _PARTICLES and end + 1 < len(self.tokens) and self._particles(end):
                words += range(end, self._particles(end))
                end = self._particles(end)
            elif Kind.BREAK in token and self._is_broken(words, end):
                end += 1
            else:
                break
        return words, end

    def _in_name(self, at: int) -> bool:
        token = self.tokens[at]
        if not token.text[:1].isalpha() or (not token.capital and not self._is_prefixed(at)):
            return False
        if Kind.GROUP in token and at + 1 < len(self.tokens):  # "Tværpolitisk Liste"
            return not self.tokens[at + 1].capital
        return not token.kind & ~_WEAK

    def _particles(self, at: int) -> int:
        """Return the index of the capitalised word behind "von der", or 0."""
        while at < len(self.tokens) and self.tokens[at].text in _PARTICLES:
            at += 1
        return at if at < len(self.tokens) and self._in_name(at) else 0

    def _is_name_ahead(self, at: int) -> bool:
        return at + 1 < len(self.tokens) and self._in_name(at) and self._in_name(at + 1)

    def _behind(self, at: int, *, first: bool) -> int:
        """Return the index behind a word and the full stop that makes it an initial or a short form."""
        tokens = self.tokens
        dot = at + 1
        if dot >= len(tokens) or tokens[dot].text != "." or tokens[dot].spaced:
            return at + 1
        if tokens[at].text.lower() in _ABBREVIATIONS and dot + 1 < len(tokens) and self._in_name(dot + 1):
            return dot + 1
        if len(tokens[at].text) == 1 and self._is_initial(at, first=first):
            return dot + 1
        return at + 1

    def _is_initial(self, at: int, *, first: bool) -> bool:
        """Return True if the letter before a full stop is an initial, not a party that ends a sentence."""
        tokens, surname = self.tokens, at + 2
        if surname >= len(tokens) or not self._in_name(surname):
            return False
        if (
            not first
            or not tokens[surname].spaced
            or Kind.DOT in tokens[at + 1]
            or self._is_letter_dot(surname)
        ):
            return True  # "Elvin J. Hansen", "H.C. Lund", "H. C. Dam"
        words, end = self._run(surname)
        name = " ".join(tokens[word].text for word in words)
        ahead = tokens[at - 1].kind if at > 0 else Kind.OTHER
        # A list ends with "og", not with a comma: "C, A. Ane Holm (løsgænger), O og V"
        listed = ahead & Kind.COMMA or (ahead & _LIST_AHEAD and len(words) == 1)
        return self._is_first_initial(tokens[at].text, name, words, end, listed=bool(listed))

    def _is_letter_dot(self, at: int) -> bool:
        dot = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        return len(self.tokens[at].text) == 1 and dot is not None and dot.text == "." and not dot.spaced

    def _is_first_initial(self, letter: str, name: str, words: list[int], end: int, *, listed: bool) -> bool:
        """Return True if "A. Lindholm" is a person, and not party A at the end of a sentence."""
        if self.roster.full_name(f"{letter} {name}"):
            return True
        member = self.roster.full_name(name) is not None and len(words) > 1
        if member or self._party(name) or self.tokens[words[0]].kind & Kind.NO_NAME:
            return False
        if letter not in self.letters:
            return True
        goes_on = end < len(self.tokens) and bool(self.tokens[end].kind & _LIST_BEHIND)
        return listed and goes_on

    def _is_broken(self, words: list[int], line_end: int) -> bool:
        """Return True if a name goes on behind the end of a line: "Hans" / "Jørgen Toftlund"."""
        tokens = self.tokens
        if tokens[line_end].value != 1 or line_end + 1 >= len(tokens) or not self._in_name(line_end + 1):
            return False
        if len(words) > 1:
            behind, _ = [line_end + 1], None
            joined = " ".join(tokens[word].text for word in (*words, *behind))
            return not self.roster.is_member(self._text(words)) and self.roster.full_name(joined) is not None
        word = tokens[words[0]].text
        ahead = tokens[words[0] - 1] if words[0] else None
        goes_on = ahead is not None and bool(ahead.kind & (Kind.COMMA | Kind.AND | Kind.VERB | Kind.PLUS))
        return goes_on and not self._party(word) and len(word) > 1

    def _text(self, words: Sequence[int]) -> str:
        parts = []
        for word in words:
            token = self.tokens[word]
            dotted = self._behind(word, first=word == words[0]) > word + 1
            parts.append(token.text + ("." if dotted else ""))
        return " ".join(parts).replace(". .", ".")

    # What a run is

    def _read(self, words: list[int], at: int, end: int) -> Iterator[Token]:
        text = self._text(words)
        texts = [self.tokens[word].text for word in words]
        names = self.roster.split(text.split(" ")) if len(words) > 3 else []
        if len(names) > 1:
            yield from self._several(words, names)
            return
        start, stop = self.tokens[at].start, self.tokens[end - 1].end
        token = replace(self.tokens[at], text=text, start=start, end=stop, value=text)
        party = self._party(text)
        full = self.roster.full_name(text) or self._of_initials(text)
        if full and (len(words) > 1 or not party or self._of_initials(text)):
            yield replace(token, kind=Kind.PERSON, value=full)
        elif party:
            yield replace(token, kind=Kind.PARTY, value=party)
        elif len(words) > 2 and self._party(texts[-1]) and texts[-1] in self.letters:
            name = self._text(words[:-1])
            last = self.tokens[words[-1]]
            yield replace(token, kind=Kind.PERSON, value=name, text=name, end=self.tokens[words[-2]].end)
            yield replace(last, kind=Kind.PARTY, value=last.text)
        elif len(words) > 1 and not self.tokens[at].kind & Kind.NO_NAME and not _is_body(texts):
            yield replace(token, kind=Kind.PERSON)
        else:
            yield replace(token, kind=Kind.UNKNOWN)

    def _of_initials(self, text: str) -> str | None:
        """Return the member whose initials a word is, unless it is a party."""
        if not 2 <= len(text) <= _LONGEST_LETTERS or not text.isupper() or text.lower() in _SHORT_PARTIES:
            return None
        return None if text in self.roster.parties else self.roster.of_initials(text)

    def _several(self, words: list[int], names: list[str]) -> Iterator[Token]:
        taken = 0
        for name in names:
            part = words[taken : taken + len(name.split())]
            taken += len(part)
            first, last = self.tokens[part[0]], self.tokens[part[-1]]
            yield replace(
                first, kind=Kind.PERSON, value=name, text=name, end=last.end, wide=taken > len(part)
            )

    def _party(self, text: str) -> str | None:
        """Return the party that a run names as a whole."""
        plain = _without_genitive(text)
        for name in (plain, text):
            if name in self.roster.parties or name.lower() in _PARTIES:
                return name
        for name in (plain, text):
            if name.isupper() and len(name) <= _LONGEST_LETTERS and name[0].isalpha():
                return name
        if plain.endswith("-gruppen"):  # "V-gruppen"
            return plain.removesuffix("-gruppen")
        words = plain.split()
        if len(words) <= _LONGEST_PARTY and words[-1].lower().endswith(_ENDINGS):
            return plain
        if 1 < len(words) <= _LONGEST_PARTY and words[0].lower() in _OPENINGS:
            return plain
        return None

    def _known_party(self, at: int) -> tuple[list[Token], int] | None:
        """Return the party whose name begins with an article or in lower case: "de konservative"."""
        token = self.tokens[at]
        phrase = _PARTY_NAMES.longest(_Words(self.tokens), at) if token.text[:1].isalpha() else None
        if phrase and (phrase.rest or token.capital):
            end = at + len(phrase.rest) + 1
            if end < len(self.tokens) and self._in_name(end) and len(self.tokens[end].text) > 1:
                return None
            return [self._party_token(at, end)], end
        if token.text not in {"Den", "Det", "De"} or at + 1 >= len(self.tokens) or not self._in_name(at + 1):
            return None
        words, end = self._run(at + 1)
        if self._text(words).lower().endswith(_ENDINGS) and len(words) < _LONGEST_PARTY:
            return [self._party_token(at, end)], end
        return None

    def _party_token(self, at: int, end: int) -> Token:
        name = _without_genitive(" ".join(token.text for token in self.tokens[at:end]))
        last = self.tokens[end - 1]
        return replace(self.tokens[at], kind=Kind.PARTY, value=name, text=name, end=last.end)

    def _group(self, at: int) -> tuple[list[Token], int]:
        """Return the party behind "Liste" or "Gruppe", or nothing where none follows."""
        begin = at + 1
        if begin >= len(self.tokens) or not self.tokens[begin].capital or self.tokens[begin].kind:
            return [], at
        words, end = self._run(begin)
        name = _without_genitive(self._text(words))
        if len(words) > _LONGEST_PARTY - 1:
            return [], at
        token = replace(self.tokens[at], kind=Kind.PARTY, value=name, text=name, end=self.tokens[end - 1].end)
        return [token], end


def _without_genitive(text: str) -> str:
    for ending in ("'s", "’s", "s"):
        bare = text.removesuffix(ending)
        if bare != text and (ending != "s" or bare.lower() in _PARTIES or bare.lower().endswith(_ENDINGS)):
            return bare
    return text.rstrip("'’")
