"""Trains the model of headings, and compares it with other models on documents that it was not trained on.

python -m benchmarks.headings train      writes minutes/reader/heading_weights.json
python -m benchmarks.headings compare    accuracy by model, and without each kind of evidence
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.headings.compare import compare
from benchmarks.headings.corpus import SAMPLES, annotated, training_documents
from benchmarks.headings.training import training_set, weights_of
from minutes.reader.labeller import WEIGHTS_FILE, Weights


def main(arguments: Sequence[str]) -> None:
    if arguments == ["train"]:
        write(weights_of(training_set(training_documents())), WEIGHTS_FILE)
    elif arguments == ["compare"]:
        compare(list(annotated(SAMPLES, SAMPLES)))
    else:
        sys.exit(__doc__)


def write(weights: Weights, path: Path) -> None:
    """Write the weights, a feature a line."""
    lines = (
        f"{json.dumps(feature, ensure_ascii=False)}: {json.dumps(both)}"
        for feature, both in sorted(weights.items())
    )
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


main(sys.argv[1:])
