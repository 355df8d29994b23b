"""Examples of searches from the titles of the latest meetings, so that they find something."""

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

from minutes.item_facts import SEARCHED_FACTS, NamePrefix
from minutes.models import AgendaItem, Meeting
from minutes.models.danish import slug
from minutes.search.synonyms import has_synonyms

# The latest meetings whose items are read.
_MEETINGS = 40
# "cykelsti" in "Ny cykelsti langs Mosevej"; no part of "børne- og ungepolitik" or "10-12-2020"
_WORD = re.compile(r"(?<![\w-])[^\W\d_]{5,}(?![\w-])")
# "renovering af" in "Renovering af svømmehallen i Pugeby": two words after each other
_PHRASE = re.compile(r"(?<![\w-])[^\W\d_]{5,} [^\W\d_]{4,}(?![\w-])")
# Words of standing items, and small words.
_STANDING = frozenset(
    {
        *("eventuelt", "meddelelser", "godkendelse", "dagsorden", "dagsordenen", "orientering", "gensidig"),
        *("mellem", "under", "efter", "siden", "forslag", "mødet", "formand", "formanden", "forvaltning"),
        *("underskrift", "protokol", "referat", "lukket", "punkt", "langs", "ændring", "drøftelse"),
    }
)
_DANISH_LETTERS = frozenset("æøå")
_PREFIX_SHARE = 0.7


@dataclass(frozen=True)
class SearchExamples:
    """Words of titles: `word` and `second` are in one title, `word` is also in one without `second`.

    `other` is in another title. `phrase` has two words, `letters` is a word with æ, ø or å and `plain` the
    same without them. Each is "" if the titles have none.
    """

    word: str = ""
    second: str = ""
    other: str = ""
    phrase: str = ""
    letters: str = ""
    synonym: str = ""
    first_year: int = 0
    last_year: int = 0
    facts: tuple[tuple[NamePrefix, str], ...] = ()

    @property
    def prefix(self) -> str:
        """The beginning of `word`."""
        return self.word[: max(4, round(len(self.word) * _PREFIX_SHARE))]

    @property
    def plain(self) -> str:
        """The word with Danish letters, without them."""
        return slug(self.letters)


def search_examples() -> SearchExamples:
    """Return examples from the open items of the latest meetings. One query."""
    latest = Meeting.objects.published().newest_first().values("pk")[:_MEETINGS]
    names = [fact.name for fact, _prefix in SEARCHED_FACTS]
    items = AgendaItem.objects.published().filter(meeting__in=latest, closed=False)
    rows = list(items.order_by("-pk").values("title", "meeting__date", *names))
    titles = [_words(row["title"]) for row in rows]
    counts = Counter(word for words in titles for word in set(words))
    word, second = _pair(titles, counts)
    ranked = [name for name, _count in counts.most_common()]
    return SearchExamples(
        word=word,
        second=second,
        other=next((name for name in ranked if name not in (word, second)), ""),
        phrase=next((match[0].lower() for row in rows if (match := _PHRASE.search(row["title"]))), ""),
        letters=next((name for name in ranked if _DANISH_LETTERS & set(name)), ""),
        synonym=next(filter(has_synonyms, ranked), ""),
        facts=tuple(
            (prefix, f'{prefix.prefix}:"{value}"')
            for fact, prefix in SEARCHED_FACTS
            if (value := next((row[fact.name] for row in rows if row[fact.name]), ""))
        ),
        **_years([row["meeting__date"] for row, words in zip(rows, titles, strict=True) if word in words]),
    )


def _words(title: str) -> list[str]:
    return [word for word in _WORD.findall(title.lower()) if word not in _STANDING]


def _pair(titles: list[list[str]], counts: Counter[str]) -> tuple[str, str]:
    """Return the most frequent word that is in a title with another, and that other word."""
    for word, _count in counts.most_common():
        for words in titles:
            others = [other for other in words if other != word and counts[other] < counts[word]]
            if word in words and others:
                return word, others[0]
    return next(iter(counts), ""), ""


def _years(dates: list[date]) -> dict[str, int]:
    years = [day.year for day in dates]
    if not years:
        return {}
    last = max(years)
    # Two years at least, as an example of a period.
    return {"first_year": min(*years, last - 1), "last_year": last}
