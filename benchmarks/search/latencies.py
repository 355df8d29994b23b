"""Percentiles of response times."""

from collections.abc import Sequence
from dataclasses import dataclass, field


def percentile(times: Sequence[float], share: float) -> float:
    """Return the time that `share` of `times` do not exceed; 0 if there are none."""
    ordered = sorted(times)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


@dataclass
class Latencies:
    """Response times in milliseconds, and the number of failed requests."""

    times: list[float] = field(default_factory=list)
    failed: int = 0

    @property
    def p50(self) -> float:
        return percentile(self.times, 0.5)

    @property
    def p95(self) -> float:
        return percentile(self.times, 0.95)

    @property
    def longest(self) -> float:
        return max(self.times, default=0.0)

    def columns(self) -> str:
        """Return p50, p95 and the longest in columns of nine characters, and the number of failures."""
        failures = f"   {self.failed} failed" if self.failed else ""
        if not self.times:
            return f"{'–':>9}{'–':>9}{'–':>9}{failures}"
        return f"{self.p50:9.1f}{self.p95:9.1f}{self.longest:9.1f}{failures}"
