"""Models of headings over the reader's features: weights by hand, logistic regression, a chain CRF."""

import math
import random
from collections import defaultdict
from collections.abc import Sequence

Row = tuple[Sequence[str], int]
_ROUNDS = 25
_RATE = 0.3
_DECAY = 1e-4
_FEWEST = 3  # features seen in fewer rows are left out


def logistic(rows: Sequence[Row]) -> dict[str, float]:
    """Return the weights of a logistic regression: AdaGrad, L2, the rows in a fixed random order."""
    times: dict[str, int] = defaultdict(int)
    for features, _ in rows:
        for feature in features:
            times[feature] += 1
    frequent = [
        ([feature for feature in features if times[feature] >= _FEWEST], label) for features, label in rows
    ]
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(lambda: 1e-6)
    order = random.Random(0)
    for _ in range(_ROUNDS):
        order.shuffle(frequent)
        for features, label in frequent:
            total = sum(weights[feature] for feature in features)
            error = label - 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
            for feature in features:
                slope = error - _DECAY * weights[feature] * 10
                squares[feature] += slope * slope
                weights[feature] += _RATE * slope / math.sqrt(squares[feature])
    return dict(weights)
