"""Computes the weights of the model from annotated documents."""

from collections.abc import Callable, Sequence

from benchmarks.headings.corpus import SECTION, Annotated
from benchmarks.headings.models import logistic
from benchmarks.headings.variants import variant
from minutes.reader.heading_features import candidates, features
from minutes.reader.labeller import Weights

VARIANTS = 3
_SMALLEST = 0.05
Labelled = tuple[list[str], str | None]


def training_set(documents: Sequence[Annotated], variants: int = VARIANTS) -> list[Annotated]:
    """Return the documents, each followed by its variants."""
    return [
        copy
        for document in documents
        for copy in (document, *(variant(document, seed) for seed in range(variants)))
    ]


def rows_of(document: Annotated) -> list[Labelled]:
    """Return the features of each line that can be a heading, and its label."""
    lines = candidates(document.bodies)
    evidence = features(lines, document.bodies, document.own)
    return [
        (names, document.labels.get((line.item, line.place)))
        for line, names in zip(lines, evidence, strict=True)
    ]


def weights_of(
    documents: Sequence[Annotated], without: Callable[[str], bool] = lambda feature: False
) -> Weights:
    """Train on the documents; features for which `without` is true are left out."""
    rows = [
        ([name for name in names if not without(name)], label)
        for document in documents
        for names, label in rows_of(document)
    ]
    heading = logistic([(names, int(label is not None)) for names, label in rows])
    decision = logistic([(names, int(label != SECTION)) for names, label in rows if label])
    weights = {
        feature: (round(heading.get(feature, 0.0), 2), round(decision.get(feature, 0.0), 2))
        for feature in {*heading, *decision}
    }
    return {feature: both for feature, both in weights.items() if max(map(abs, both)) >= _SMALLEST}
