"""Writes the topic and the presentation of a case for long minutes."""

from collections.abc import Iterator, Sequence
from random import Random

from minutes.vocabulary import Outcome
from synthetic.prose import sentences
from synthetic.prose.lexicon import Lexicon
from synthetic.prose.slots import SlotValues, Subject
from synthetic.topics import PolicyArea, Topic

# Log-normal distribution of the number of sentences in a presentation.
_SENTENCES_MEAN, _SENTENCES_DEVIATION = 3.0, 0.6
_MIN_SENTENCES, _MAX_SENTENCES = 5, 120
_SENTENCES_PER_PARAGRAPH = (2, 3, 3, 4, 5)
_OWN_TOPIC_SHARE = 0.7
_FOLLOW_UP_LENGTH = 0.4  # relative to a presentation
_OUTCOMES = (Outcome.APPROVED, Outcome.APPROVED, Outcome.APPROVED, Outcome.NOTED, Outcome.DISCUSSED)
_KLE_GROUPS = (
    *("00", "01", "02", "04", "05", "06", "07", "09", "13", "15", "16", "17", "18", "19", "20", "24"),
    *("25", "27", "28", "29", "30", "54", "81", "82", "84", "85", "86", "88"),
)
_KLE_ACTIONS = ("P00", "P05", "P15", "P20", "P22", "G01", "G10", "A00", "A21", "K08", "S00", "Ø34", "Ø54")


class Writer:
    """Writes for one municipality. The same calls with the same seed return the same texts."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)
        self._lexicon = Lexicon(self._random)

    def subject(self, area: PolicyArea, year: int) -> Subject:
        """Invent a subject for a committee of `area`."""
        lexicon = self._lexicon
        return Subject(
            area,
            year,
            tuple(lexicon.noun(area) for _ in range(14)),
            {
                "place": tuple(lexicon.village() for _ in range(3)),
                "street": tuple(lexicon.street() for _ in range(3)),
                "institution": tuple(lexicon.institution() for _ in range(2)),
                "firm": (lexicon.firm(),),
                "person": tuple(lexicon.person() for _ in range(2)),
            },
        )

    def topic(self, subject: Subject, *, default: Topic) -> Topic:
        """Return a topic of the subject's own, with its slots filled, or now and then the default."""
        random = self._random
        if random.random() > _OWN_TOPIC_SHARE:
            return default
        values = SlotValues(self._lexicon, random, subject)
        outcome = random.choice(_OUTCOMES)
        points = self._points(values, outcome)
        return Topic(
            f"{random.choice(_KLE_GROUPS)}.{random.randint(0, 45):02}.{random.randint(0, 30):02}"
            f"-{random.choice(_KLE_ACTIONS)}",
            random.choice(sentences.TITLES).format_map(values),
            random.choice(sentences.RESUMES).format_map(values),
            presentation=(),
            points=points,
            economy=" ".join(_fill(values, random.sample(sentences.ECONOMY, random.choice((0, 1, 1, 2))))),
            attachments=_fill(values, random.sample(sentences.ATTACHMENTS, random.choice((0, 1, 2, 3)))),
            final_outcome=outcome,
            council_decides=outcome is Outcome.APPROVED and random.random() < 0.5,
            vote_probability=random.choice((0.02, 0.05, 0.1, 0.3)),
            has_budget_table=random.random() < 0.2,
        )

    def _points(self, values: SlotValues, outcome: Outcome) -> tuple[str, ...]:
        if outcome is Outcome.NOTED:
            return ("orienteringen tages til efterretning",)
        if outcome is Outcome.DISCUSSED:
            return ("sagen drøftes",)
        random = self._random
        return _fill(values, random.sample(sentences.POINTS, random.choice((1, 1, 2, 3))))

    def presentation(self, subject: Subject, *, follow_up: bool = False) -> tuple[str, ...]:
        """Return the paragraphs of a presentation of `subject`."""
        sentence_count = self._random.lognormvariate(_SENTENCES_MEAN, _SENTENCES_DEVIATION)
        sentence_count = min(max(sentence_count, _MIN_SENTENCES), _MAX_SENTENCES)
        if follow_up:
            sentence_count *= _FOLLOW_UP_LENGTH
        return tuple(self._paragraphs(subject, round(sentence_count)))

    def _paragraphs(self, subject: Subject, sentence_count: int) -> Iterator[str]:
        random = self._random
        values = SlotValues(self._lexicon, random, subject)
        while sentence_count > 0:
            length = random.choice(_SENTENCES_PER_PARAGRAPH)
            opening = random.choice(sentences.OPENINGS)
            templates = (opening, *random.choices(sentences.SENTENCES, k=length - 1))
            yield " ".join(_fill(values, templates))
            sentence_count -= length


def _fill(values: SlotValues, templates: Sequence[str]) -> tuple[str, ...]:
    return tuple(template.format_map(values) for template in templates)
