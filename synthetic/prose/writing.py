"""Writes what a matter is about: now and then a topic of its own, always a story in its own words."""

from collections.abc import Iterator, Sequence
from random import Random

from minutes.vocabulary import Outcome
from synthetic.prose import sentences
from synthetic.prose.lexicon import Lexicon
from synthetic.prose.slots import Subject, Words
from synthetic.topics import Field, Topic

# The logarithm of a story's sentences: their mean and how far they lie from it.
_SENTENCES_MEAN, _SENTENCES_SPREAD = 3.0, 0.6
_FEWEST_SENTENCES, _MOST_SENTENCES = 5, 120
_SENTENCES_OF_PARAGRAPH = (2, 3, 3, 4, 5)
# How often a matter has a topic of its own.
_OF_ITS_OWN = 0.7
# A follow-up's story is so much shorter.
_FOLLOW_UP = 0.4
_ENDS = (Outcome.APPROVED, Outcome.APPROVED, Outcome.APPROVED, Outcome.NOTED, Outcome.DISCUSSED)
_SUBJECT_GROUPS = (
    *("00", "01", "02", "04", "05", "06", "07", "09", "13", "15", "16", "17", "18", "19", "20", "24"),
    *("25", "27", "28", "29", "30", "54", "81", "82", "84", "85", "86", "88"),
)
_ACTIONS = ("P00", "P05", "P15", "P20", "P22", "G01", "G10", "A00", "A21", "K08", "S00", "Ø34", "Ø54")


class Writer:
    """Writes for one town. The same seed gives the same, in the same order of asking."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self.lexicon = Lexicon(self._random)

    def subject(self, field: Field, year: int) -> Subject:
        """Something new for a committee of `field` to deal with in `year`."""
        lexicon = self.lexicon
        return Subject(
            field,
            year,
            tuple(lexicon.noun(field) for _ in range(14)),
            {
                "place": tuple(lexicon.village() for _ in range(3)),
                "street": tuple(lexicon.street() for _ in range(3)),
                "institution": tuple(lexicon.institution() for _ in range(2)),
                "firm": (lexicon.firm(),),
                "person": tuple(lexicon.person() for _ in range(2)),
            },
        )

    def topic(self, subject: Subject, *, instead_of: Topic) -> Topic:
        """A topic that no other matter has, its texts without slots; now and then the other after all."""
        random = self._random
        if random.random() > _OF_ITS_OWN:
            return instead_of
        words = Words(self.lexicon, random, subject)
        ends = random.choice(_ENDS)
        if ends is Outcome.NOTED:
            points: Sequence[str] = ("orienteringen tages til efterretning",)
        elif ends is Outcome.DISCUSSED:
            points = ("sagen drøftes",)
        else:
            points = _said(words, random.sample(sentences.POINTS, random.choice((1, 1, 2, 3))))
        return Topic(
            f"{random.choice(_SUBJECT_GROUPS)}.{random.randint(0, 45):02}.{random.randint(0, 30):02}"
            f"-{random.choice(_ACTIONS)}",
            random.choice(sentences.TITLES).format_map(words),
            random.choice(sentences.RESUMES).format_map(words),
            story=(),
            points=tuple(points),
            economy=" ".join(_said(words, random.sample(sentences.ECONOMY, random.choice((0, 1, 1, 2))))),
            attachments=_said(words, random.sample(sentences.ATTACHMENTS, random.choice((0, 1, 2, 3)))),
            ends=ends,
            rises=ends is Outcome.APPROVED and random.random() < 0.5,
            heat=random.choice((0.02, 0.05, 0.1, 0.3)),
            table=random.random() < 0.2,
        )

    def story(self, subject: Subject, *, follow_up: bool = False) -> tuple[str, ...]:
        """Paragraphs that tell of `subject`."""
        count = self._random.lognormvariate(_SENTENCES_MEAN, _SENTENCES_SPREAD)
        count = min(max(count, _FEWEST_SENTENCES), _MOST_SENTENCES) * (_FOLLOW_UP if follow_up else 1)
        return tuple(self._paragraphs(subject, round(count)))

    def _paragraphs(self, subject: Subject, left: int) -> Iterator[str]:
        random = self._random
        words = Words(self.lexicon, random, subject)
        while left > 0:
            length = random.choice(_SENTENCES_OF_PARAGRAPH)
            chosen = (random.choice(sentences.OPENINGS), *random.choices(sentences.SENTENCES, k=length - 1))
            yield " ".join(_said(words, chosen))
            left -= length


def _said(words: Words, templates: Sequence[str]) -> tuple[str, ...]:
    return tuple(template.format_map(words) for template in templates)
