"""Compares models of headings on documents that were left out of training by family."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from benchmarks.headings.corpus import SECTION, Annotated
from benchmarks.headings.training import training_set, weights_of
from benchmarks.headings.variants import variant
from minutes.reader import labeller
from minutes.reader.heading_features import candidates
from minutes.reader.labeller import Weights

FOLDS = 5
Train = Callable[[Sequence[Annotated]], Weights]
_UNSEEN_VARIANTS = range(1000, 1002)
# Weights set by hand: for a heading, and for a decision's heading.
BY_HAND: Weights = {
    "bias": (-1.5, -2.0),
    "table": (3.0, 0.0),
    "weak table": (0.5, 0.0),
    "noun": (1.0, 0.0),
    "decides": (3.0, 5.0),
    "body and day": (2.0, 5.0),
    "table decision": (0.0, 3.0),
    "verb": (-2.0, 0.0),
    "preposition": (-0.5, 0.0),
    "digits": (-1.5, 0.0),
    "name": (-2.0, 0.0),
    "decision's words": (-2.0, 0.0),
    "end .": (-3.0, 0.0),
    "end :": (0.5, 0.0),
    "text behind unknown": (-2.0, 0.0),
    "text behind noun": (-1.0, 0.0),
    "decision behind": (2.0, 1.0),
    "blank above True, apart": (0.5, 0.0),
    "blank above False, apart": (-1.5, 0.0),
    "items third": (2.0, 0.0),
    "items 3": (1.0, 0.0),
    "items 1": (-0.5, 0.0),
    "below sentence": (1.0, 0.0),
    "below decision": (1.0, 2.0),
    "below no capital": (-1.5, 0.0),
    "above mark": (-0.5, 0.0),
}
# What is left out, one at a time, to see what it brings.
EVIDENCE: dict[str, Callable[[str], bool]] = {
    "phrases of the tables": lambda name: "table" in name,
    "head nouns": lambda name: name.startswith("noun"),
    "body, day, item": lambda name: name.startswith(
        ("own ", "other ", "decides", "body and day", "item's", "mark")
    ),
    "blank lines": lambda name: name.startswith("blank"),
    "lines above and below": lambda name: name.startswith(("above", "below", "unknown, ")),
    "repetition over items": lambda name: "items" in name,
    "length, end, capitals": lambda name: name.startswith(("length", "words", "end ", "capitals")),
    "words of sentences": lambda name: name in {"verb", "preposition", "digits", "name", "decision's words"},
}


def compare(documents: Sequence[Annotated]) -> None:
    """Print F1 of decisions' and other headings for each model and each kind of evidence left out."""
    print(f"{'':44}  as written          variants\n{'':44}  decision section    decision section")
    _report("weights by hand", documents, lambda inside: BY_HAND)
    _report("logistic regression, no variants", documents, lambda inside: weights_of(training_set(inside, 0)))
    _report("logistic regression", documents, lambda inside: weights_of(training_set(inside)))
    for name, without in EVIDENCE.items():
        _report(f"  without {name}", documents, _trained_without(without))


def _trained_without(without: Callable[[str], bool]) -> Train:
    return lambda inside: weights_of(training_set(inside), without)


def _report(
    name: str, documents: Sequence[Annotated], train: Callable[[Sequence[Annotated]], Weights]
) -> None:
    written: Counter[tuple[str, str]] = Counter()
    varied: Counter[tuple[str, str]] = Counter()
    for inside, outside in folds(documents):
        labeller.WEIGHTS.clear()
        labeller.WEIGHTS.update(train(inside))
        written += outcomes(outside)
        varied += outcomes([variant(document, seed) for document in outside for seed in _UNSEEN_VARIANTS])
    figures = (f1(counts, label) for counts in (written, varied) for label in ("decision", "section"))
    print(f"{name:44}", *(f"{figure:9.3f}" for figure in figures), flush=True)


def folds(documents: Sequence[Annotated]) -> Iterator[tuple[list[Annotated], list[Annotated]]]:
    """Yield (documents to train on, documents left out), by family."""
    families = sorted({document.family for document in documents})
    for fold in range(FOLDS):
        left_out = set(families[fold::FOLDS])
        yield (
            [document for document in documents if document.family not in left_out],
            [document for document in documents if document.family in left_out],
        )


def outcomes(documents: Sequence[Annotated]) -> Counter[tuple[str, str]]:
    """Count the lines by (label by hand, label of the model)."""
    counts: Counter[tuple[str, str]] = Counter()
    for document in documents:
        lines = candidates(document.bodies)
        for line, label in zip(lines, labeller.labels(lines, document.bodies, document.own), strict=True):
            wanted = document.labels.get((line.item, line.place), "text")
            counts[wanted if wanted in {"text", SECTION} else "decision", label or "text"] += 1
    return counts


def f1(counts: Counter[tuple[str, str]], label: str) -> float:
    """Return the harmonic mean of precision and recall of a label."""
    right = counts[label, label]
    both = sum(times for pair, times in counts.items() for side in pair if side == label)
    return 2 * right / both if both else 1.0
